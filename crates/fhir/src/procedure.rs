//! Surgery and radiation with their place; what else a Procedure is, is reported and not used.

use crate::annotation;
use crate::context::{Context, modified, status_word};
use crate::datatype::{Concept, Extension, Reference};
use crate::date;
use crate::lenient::Text;
use crate::lookup::{Lookup, fold};
use crate::naming;
use crate::plain;
use crate::report::{Fact, Found, Reading, Refusal};
use crate::resource::Procedure;
use crate::wording;
use waymark_criteria::DateBounds;
use waymark_engine::chart::{Event, LocalTherapy, LocalTherapyKind, Place};

/// Reads a Procedure.
pub(crate) fn read(procedure: &Procedure<'_>, context: &Context<'_, '_, '_>) -> Reading {
    let status = status_word(procedure.status.as_ref().map_or("", Text::as_str));
    let status = status.as_ref();
    if !matches!(status, "completed" | "in-progress" | "stopped" | "") {
        return Err(format!("status `{status}`").into());
    }
    let empty = Concept::default();
    let code = procedure.code.as_ref().unwrap_or(&empty);
    let label = code.label().unwrap_or("a procedure without a code");
    let mut found = Found::default();
    let (kind, fixed, from_text) = kind(code, context, &mut found)?;
    if let Some(other) = other_reason(procedure, context) {
        return Err(format!("done for another cancer: {other}").into());
    }
    let place = fixed
        .or_else(|| context.place(&procedure.body_site))
        .or_else(|| volume(procedure, context))
        .or_else(|| {
            code.words()
                .find_map(|words| wording::place(context.lookup, words))
        })
        .unwrap_or(Place::Unstated);
    let when = date::of(procedure.performed_date_time.as_ref())
        .or_else(|| date::start(procedure.performed_period.as_ref()?))
        .or_else(|| date::parse(procedure.performed_string.as_ref()?.as_str()))
        .unwrap_or(DateBounds::UNKNOWN);
    if from_text {
        found.notes.push((
            "read-from-text",
            format!("the procedure was read from words, not from a code: `{label}`"),
        ));
    }
    found.facts.push(Fact {
        date: when,
        event: Event::LocalTherapy(LocalTherapy { kind, place }),
        text: label.to_owned(),
        from_text,
    });
    let (rules, extensions) = (&procedure.implicit_rules, &procedure.modifier_extension);
    let doubt = modified(rules.as_ref(), extensions)
        .or_else(|| (status == "stopped").then(|| "it was stopped before its end".to_owned()))
        .or_else(|| annotation::not_done(context.lookup, &procedure.note))
        .or_else(|| without_effect(procedure, context));
    if let Some(why) = doubt {
        return Ok(found.in_doubt(("in-doubt", format!("it decides nothing: {why}"))));
    }
    let mut words = code.words();
    // What words deny or doubt may be another thing than the procedure ("negative for metastasis"): it stays possible.
    let of_breast = from_text && (kind, place) == (LocalTherapyKind::Surgery, Place::Breast);
    let how_it_went = context.lookup.words("words.medicine-not-denied");
    let odd = |said: &str| {
        let beside = how_it_went.taken_out_of(said);
        plain::odd(context.lookup, &beside, &["words.beside-breast-surgery"]).is_some()
    };
    let not_done = |words: &&str| {
        let said = fold(words);
        context.lookup.says(&said, "words.not-done")
            || (of_breast && odd(&said))
            || (from_text && naming::hedged(context.lookup, words))
    };
    Ok(match words.find(not_done) {
        Some(words) => {
            let why = format!(
                "it decides nothing: its words do not say plainly that it was done: `{words}`"
            );
            found.in_doubt(("in-doubt", why))
        }
        None => found,
    })
}

/// The outcome by which it did not come about, or did not do what it was for.
fn without_effect(procedure: &Procedure<'_>, context: &Context<'_, '_, '_>) -> Option<String> {
    let lists = ["words.not-done", "words.no-outcome"];
    let mut words = procedure.outcome.as_ref()?.words();
    let none = words.find(|words| {
        let said = fold(words);
        lists.iter().any(|list| context.lookup.says(&said, list))
    })?;
    Some(format!("its outcome is `{none}`"))
}

type Kind = (LocalTherapyKind, Option<Place>, bool);

fn kind(
    code: &Concept<'_>,
    context: &Context<'_, '_, '_>,
    found: &mut Found,
) -> Result<Kind, Refusal> {
    use LocalTherapyKind::{Radiosurgery, Radiotherapy, Surgery};
    let label = code.label().unwrap_or_default();
    let kind = match context.lookup.first(code, "procedure.") {
        Some("radiosurgery") => (Radiosurgery, None, false),
        Some("radiosurgery-brain") => (Radiosurgery, Some(Place::Cns), false),
        Some("radiotherapy") => (Radiotherapy, None, false),
        Some("surgery-brain") => (Surgery, Some(Place::Cns), false),
        Some("surgery-breast" | "surgery-nodes") => (Surgery, Some(Place::Breast), false),
        Some("biopsy") => return Err("a biopsy takes tissue, it does not treat".into()),
        Some("chemotherapy") => {
            return Err(
                "it names no medicine; chemotherapy is read from records of medicines".into(),
            );
        }
        Some("her2-test") => {
            return Err("it says that a HER2 test was done, not what it found".into());
        }
        _ if context.lookup.not_used(code).is_some() => {
            return Err(context.lookup.not_used(code).unwrap_or_default().into());
        }
        _ => in_words(code, context.lookup)
            .ok_or_else(|| format!("not a procedure that the knowledge asks for: `{label}`"))?,
    };
    let chemotherapy = code
        .words()
        .any(|words| fold(words).contains(" chemotherapy "));
    let other_kind = in_words(code, context.lookup)
        .is_some_and(|said| (said.0 == Surgery) != (kind.0 == Surgery));
    if !kind.2 && (chemotherapy || other_kind) {
        found.notes.push((
            "contradictory-codes",
            format!("code and words name different procedures (`{label}`); the code was taken"),
        ));
    }
    Ok(kind)
}

fn in_words(code: &Concept<'_>, lookup: &Lookup<'_>) -> Option<Kind> {
    use LocalTherapyKind::{Radiosurgery, Radiotherapy, Surgery};
    code.words().find_map(|text| {
        let words = fold(text);
        let says = |meaning| lookup.says(&words, meaning);
        if says("words.no-treatment") || says("words.not-done") {
            None
        } else if says("procedure.radiosurgery") {
            Some((Radiosurgery, None, true))
        } else if says("procedure.radiotherapy") {
            Some((Radiotherapy, None, true))
        } else if says("procedure.surgery-breast") {
            Some((Surgery, Some(Place::Breast), true))
        } else {
            None
        }
    })
}

/// The place of an irradiated volume (mCODE: a reference to a BodyStructure inside an extension).
fn volume(procedure: &Procedure<'_>, context: &Context<'_, '_, '_>) -> Option<Place> {
    fn references<'e, 'a>(extensions: &'e [Extension<'a>], found: &mut Vec<&'e Reference<'a>>) {
        for extension in extensions {
            found.extend(&extension.value_reference);
            references(&extension.extension, found);
        }
    }
    let mut found = Vec::new();
    references(&procedure.extension, &mut found);
    found.iter().find_map(|reference| {
        context.body_structure(reference, &procedure.contained, |structure| {
            context.place(std::slice::from_ref(structure.location.as_ref()?))
        })
    })
}

/// Another cancer that it was done for, when breast cancer is not among the reasons.
fn other_reason(procedure: &Procedure<'_>, context: &Context<'_, '_, '_>) -> Option<String> {
    use waymark_engine::chart::Cancer;
    if let Some(other) = context.other_cancer(
        &procedure.reason_reference,
        &procedure.extension,
        &procedure.contained,
    ) {
        return Some(other);
    }
    let mut other = None;
    for concept in procedure.reason_code.iter() {
        match context.cancer(concept).map(|named| named.cancer) {
            Some(Cancer::Other(name)) => other = Some(name),
            Some(Cancer::Breast | Cancer::Unspecified | Cancer::NotOnRecord) => return None,
            None => {}
        }
    }
    other
}

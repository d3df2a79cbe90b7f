//! Medicines ordered, taken, given or dispensed.

use crate::annotation;
use crate::context::{Context, in_error, modified, rank, status_word};
use crate::datatype::Concept;
use crate::date;
use crate::given;
use crate::lenient::{Flag, Text};
use crate::lookup::fold;
use crate::naming;
use crate::report::{Fact, Found, Reading, Refusal};
use crate::resource::{MedicationUse, Resource};
use crate::why;
use std::borrow::Cow;
use waymark_criteria::{DateBounds, Truth};
use waymark_engine::chart::{
    Cancer, DiseaseStatus, Drug, Event, Intent, Place, StopReason, Therapy, TherapyStatus, Trend,
};

/// Reads a MedicationRequest, MedicationStatement, MedicationAdministration or MedicationDispense.
pub(crate) fn read(
    kind: &str,
    medication: &MedicationUse<'_>,
    context: &Context<'_, '_, '_>,
) -> Reading {
    if medication.do_not_perform == Some(Flag(true)) {
        return Err("an order not to give it (`doNotPerform`)".into());
    }
    let (status, remark) = status(kind, medication)?;
    let mut found = Found::default();
    let reason = reason(medication, context);
    if let Some(Cancer::Other(other)) = &reason {
        return Err(format!("given for another cancer: {other}").into());
    }
    let concept = described(medication, context, &mut found);
    let (drugs, unknown) = drugs(medication, &concept, reason.is_some(), context, &mut found)?;
    let (mut when, end, fallback) = dates(kind, medication, status);
    // It shows no therapy, and keeps a record that is stated to be complete from showing that there was none.
    let doubt = doubt(kind, medication, context)
        .or_else(|| match reason {
            None => lost_reason(medication, context),
            Some(_) => None,
        })
        .or_else(|| match reason {
            None => elsewhere(medication, context),
            Some(_) => None,
        })
        .or_else(|| in_words(&concept, drugs.len(), context))
        .or(unknown);
    if let Some(doubt) = doubt.filter(|_| status != TherapyStatus::Planned) {
        when = date::doubtful(when);
        found
            .notes
            .push(("in-doubt", format!("it decides nothing: {doubt}")));
    }
    let label = concept
        .iter()
        .find_map(|concept| concept.label())
        .unwrap_or("a medicine");
    let text = match remark {
        "" => [label, fallback].concat(),
        remark => [label, ", ", remark, fallback].concat(),
    };
    let intent = intent(medication, context);
    let (stopped, perhaps_grew) = match stopped(medication, context) {
        Ok(stopped) => (stopped, None),
        Err(said) => (Some(StopReason::Other), Some(said)),
    };
    for (drug, from_text) in drugs {
        if from_text {
            found.notes.push((
                "read-from-text",
                format!("the medicine was read from words, not from a code: `{label}`"),
            ));
        }
        found.facts.push(Fact {
            date: when,
            event: Event::Therapy(Therapy {
                drug,
                end,
                status,
                intent,
                stopped,
            }),
            text: text.clone(),
            from_text,
        });
    }
    if let Some(said) = perhaps_grew.filter(|_| status != TherapyStatus::Planned) {
        found.notes.push((
            "in-doubt",
            format!("that it ended because the cancer grew is left open: `{said}`"),
        ));
        found.facts.push(Fact {
            date: date::doubtful(when),
            event: Event::Status(DiseaseStatus {
                trend: Trend::Progression,
                place: Place::Unstated,
                cancer: None,
            }),
            text: said,
            from_text: true,
        });
    }
    Ok(found)
}

/// Whether a word is a status of one of the four resources in R4; another word tells nothing.
fn is_status(word: &str) -> bool {
    matches!(
        word,
        "" | "active"
            | "on-hold"
            | "cancelled"
            | "completed"
            | "entered-in-error"
            | "stopped"
            | "draft"
            | "unknown"
            | "intended"
            | "not-taken"
            | "in-progress"
            | "not-done"
            | "preparation"
            | "declined"
            | "revoked"
            | "canceled"
    )
}

/// Why it cannot be told whether it was ever given.
fn doubt(
    kind: &str,
    medication: &MedicationUse<'_>,
    context: &Context<'_, '_, '_>,
) -> Option<String> {
    let (rules, extensions) = (&medication.implicit_rules, &medication.modifier_extension);
    if let Some(reason) = modified(rules.as_ref(), extensions) {
        return Some(reason);
    }
    let status = status_word(medication.status.as_ref().map_or("", Text::as_str));
    let held = matches!(
        (kind, status.as_ref()),
        ("MedicationRequest", "on-hold") | ("MedicationDispense", "stopped")
    );
    if held || status == "unknown" || !is_status(&status) {
        return Some(format!("status `{status}`"));
    }
    let goes_on = matches!(status.as_ref(), "active" | "in-progress" | "");
    if let Some(said) = annotation::not_given(context.lookup, &medication.note, goes_on) {
        return Some(said);
    }
    // An order may end before it begins; what was taken and then refused was taken.
    let is_order = kind == "MedicationRequest";
    let words = context.lookup.words(if is_order {
        "words.order-not-begun"
    } else {
        "words.never-begun"
    });
    let mut reasons = medication.status_reason.iter();
    let never = reasons.find(|reason| {
        let refused = context.lookup.first(reason, "reason.") == Some("refused");
        (is_order && refused) || reason.words().any(|said| words.are_in(&fold(said)))
    })?;
    let never = never.label().unwrap_or("refused");
    Some(format!("it ended with `{never}`"))
}

/// What in the words for it leaves open whether it was given.
fn in_words(
    concepts: &[Cow<'_, Concept<'_>>],
    medicines: usize,
    context: &Context<'_, '_, '_>,
) -> Option<String> {
    let mut words = concepts.iter().flat_map(|concept| concept.words());
    let lookup = context.lookup;
    let denied = words.find_map(|words| {
        let doubt = given::doubt(lookup, words, medicines);
        let taken_back = || lookup.words("words.taken-back").first_in(&fold(words));
        Some((words, doubt.or_else(taken_back)?))
    });
    if let Some((said, doubt)) = denied {
        return Some(format!("`{doubt}` in `{said}`"));
    }
    // The display of a code is the entry of a catalogue, which declines nothing.
    let written =
        |concept: &&Cow<'_, Concept<'_>>| concept.coding.iter().all(|it| it.code.is_none());
    let mut words = concepts
        .iter()
        .filter(written)
        .flat_map(|concept| concept.words());
    let (said, odd) = words.find_map(|words| {
        let named = !context.lookup.named(words).is_empty();
        let odd = given::odd_word(context.lookup, &context.lookup.beside_names(words));
        Some((words, odd.filter(|_| named)?))
    })?;
    Some(format!(
        "no code names it, and `{odd}` in `{said}` may say anything"
    ))
}

/// A reason that is not in the input, and may be another cancer.
fn lost_reason(medication: &MedicationUse<'_>, context: &Context<'_, '_, '_>) -> Option<String> {
    let contained = &medication.contained;
    let mut reasons = medication.reason_reference.iter();
    let lost =
        reasons.find(|reason| context.dangles(reason, contained, &["Condition", "Observation"]))?;
    let target = lost.target().unwrap_or_default();
    Some(format!("given for `{target}`, which is not in the input"))
}

/// A reason that speaks of no cancer: methotrexate and cyclophosphamide are given for other illnesses too.
fn elsewhere(medication: &MedicationUse<'_>, context: &Context<'_, '_, '_>) -> Option<String> {
    let lookup = context.lookup;
    let lists = [
        "words.beside-intent",
        "words.beside-medicine",
        "words.beside-growth",
    ];
    let of_cancer = |words: &str| {
        let folded = fold(words);
        let goes = |word: &str| lists.iter().any(|list| lookup.is_word(word, list));
        let named = naming::is_cancer(lookup, words) || naming::is_metastatic(lookup, words);
        (named
            && !naming::may_be_of_another_organ(lookup, &folded)
            && !naming::denies_what_follows(lookup, words))
            || lookup.says(&folded, "words.cancer-medicine")
            || why::names_intent(lookup, &folded)
            || folded.split_whitespace().all(goes)
    };
    let related = |reason: &Concept<'_>| {
        let families = ["intent.", "condition-receptor.", "history."];
        families
            .iter()
            .any(|family| lookup.first(reason, family).is_some())
            || reason.words().any(of_cancer)
    };
    let conditions = medication.reason_reference.iter().filter_map(|reference| {
        context.condition(reference, &medication.contained, |condition| {
            condition.code.as_ref().map(owned)
        })
    });
    let conditions: Vec<Concept<'static>> = conditions.collect();
    let reasons = || medication.reason_code.iter().chain(&conditions);
    if reasons().any(related) {
        return None;
    }
    let said = reasons().find_map(Concept::label)?;
    Some(format!(
        "given for `{said}`, which is no cancer that is known"
    ))
}

/// Whether it was given, and a remark for the reader.
fn status(
    kind: &str,
    medication: &MedicationUse<'_>,
) -> Result<(TherapyStatus, &'static str), Refusal> {
    use TherapyStatus::{Ended, Ongoing, Ordered, Planned};
    let status = status_word(medication.status.as_ref().map_or("", Text::as_str));
    let status = status.as_ref();
    let refused = || Refusal::from(format!("status `{status}`"));
    if !is_status(status) {
        return Ok((Ended, "of a status that is not known"));
    }
    if kind == "MedicationRequest" {
        // R4 medicationrequest-intent: only orders have been acted upon (`filler-order`, `reflex-order` and the like).
        let intent = status_word(medication.intent.as_ref().map_or("", Text::as_str));
        let planned = !intent.is_empty() && !intent.ends_with("order");
        return match status {
            "draft" => Ok((Planned, "not carried out")),
            "on-hold" if planned => Ok((Planned, "planned")),
            // Suspended: doses may have been given before.
            "on-hold" => Ok((Ordered, "ordered, on hold")),
            "active" | "completed" | "stopped" | "" if planned => Ok((Planned, "planned")),
            "active" | "" => Ok((Ordered, "ordered")),
            "unknown" if !planned => Ok((Ended, "ordered")),
            "completed" | "stopped" => Ok((Ended, "ordered")),
            _ => Err(refused()),
        };
    }
    match (kind, status) {
        ("MedicationStatement", "intended") => Ok((Planned, "intended")),
        ("MedicationStatement" | "MedicationAdministration", "on-hold") => Ok((Ongoing, "on hold")),
        ("MedicationStatement", "active" | "") | ("MedicationAdministration", "in-progress") => {
            Ok((Ongoing, ""))
        }
        ("MedicationStatement" | "MedicationAdministration", "completed" | "stopped")
        | ("MedicationAdministration", "") => Ok((Ended, "")),
        ("MedicationDispense", "stopped") => Ok((Ended, "stopped")),
        (_, "unknown") => Ok((Ended, "of unknown status")),
        ("MedicationDispense", "preparation" | "on-hold" | "in-progress") => {
            Ok((Planned, "not handed over yet"))
        }
        // What was handed over says nothing on when it was taken last.
        ("MedicationDispense", "completed" | "") => Ok((Ordered, "dispensed")),
        _ => Err(refused()),
    }
}

/// The concepts that name the medicine: its own, or those of the Medication it refers to.
fn described<'c, 'm>(
    medication: &'c MedicationUse<'m>,
    context: &Context<'_, '_, '_>,
    found: &mut Found,
) -> Vec<Cow<'c, Concept<'m>>> {
    let mut all: Vec<Cow<'c, Concept<'m>>> = Vec::new();
    all.extend(
        medication
            .medication_codeable_concept
            .as_ref()
            .map(Cow::Borrowed),
    );
    if let Some(reference) = &medication.medication_reference {
        let referred = context.look(reference, &medication.contained, &["Medication"], |seen| {
            let Resource::Medication(medicine) = seen else {
                return None;
            };
            if seen.not_understood().is_some() || in_error(medicine.status.as_ref()) {
                return Some(Vec::new());
            }
            let mut concepts: Vec<Concept<'static>> = medicine.code.iter().map(owned).collect();
            if concepts.iter().all(Concept::is_empty) {
                concepts.extend(
                    medicine
                        .ingredient
                        .iter()
                        .filter(|it| it.is_active != Some(Flag(false)))
                        .filter(|it| it.modifier_extension.is_empty())
                        .filter_map(|ingredient| ingredient.item_codeable_concept.as_ref())
                        .map(owned),
                );
            }
            Some(concepts)
        });
        match referred {
            Some(concepts) => all.extend(concepts.into_iter().map(Cow::Owned)),
            None => {
                if let Some(target) = reference.target() {
                    found.notes.push((
                        "dangling-reference",
                        format!("the medication `{target}` is not in the input"),
                    ));
                }
            }
        }
        if all.iter().all(|concept| concept.is_empty())
            && let Some(display) = &reference.display
        {
            all.push(Cow::Owned(Concept {
                text: Some(Text(display.as_str().to_owned().into())),
                ..Concept::default()
            }));
        }
    }
    all.retain(|concept| !concept.is_empty());
    all
}

fn owned(concept: &Concept<'_>) -> Concept<'static> {
    let text = |text: &Text<'_>| Text(text.as_str().to_owned().into());
    Concept {
        coding: concept
            .coding
            .iter()
            .map(|coding| crate::datatype::Coding {
                system: coding.system.as_ref().map(text),
                code: coding.code.as_ref().map(text),
                display: coding.display.as_ref().map(text),
            })
            .collect(),
        text: concept.text.as_ref().map(text),
        plain: concept.plain,
        extension: None,
    }
}

/// Medicines, whether each was told by words, and why none of them may have been given against the cancer.
type Named = (Vec<(Drug, bool)>, Option<String>);

/// Which medicines they are, and whether each was told by words; and why none may have been given against the cancer.
fn drugs<'m>(
    medication: &MedicationUse<'m>,
    concepts: &[Cow<'_, Concept<'m>>],
    for_cancer: bool,
    context: &Context<'_, '_, '_>,
    found: &mut Found,
) -> Result<Named, Refusal> {
    let known = |id: &str, from_text| (Drug::Known(id.to_owned()), from_text);
    let mut drugs: Vec<(Drug, bool)> = Vec::new();
    for concept in concepts {
        let coded = context.lookup.drugs(concept);
        let named = concept
            .words()
            .map(|words| context.lookup.named(words))
            .find(|named| !named.is_empty())
            .unwrap_or_default();
        if coded.is_empty() {
            drugs.extend(named.iter().map(|named| known(named.id, true)));
            continue;
        }
        let other = named
            .iter()
            .find(|named| !coded.iter().any(|id| context.lookup.agree(id, named.id)));
        if let Some(other) = other {
            let label = concept.label().unwrap_or(other.id);
            found.notes.push((
                "contradictory-codes",
                format!(
                    "the code means `{}`, the words name `{}`; which one it was cannot be told",
                    coded[0], other.id
                ),
            ));
            drugs.push((Drug::Unrecognised(label.to_owned()), true));
            continue;
        }
        drugs.extend(coded.iter().map(|id| known(id, false)));
    }
    drugs.dedup();
    if !drugs.is_empty() {
        return Ok((drugs, None));
    }
    let label = concepts.iter().find_map(|concept| concept.label());
    let Some(label) = label else {
        found.notes.push((
            "unnamed-medicine",
            "it names no medicine, and may be any".to_owned(),
        ));
        let unnamed = medication
            .medication_reference
            .as_ref()
            .and_then(|reference| reference.target());
        let unnamed = unnamed.unwrap_or("a medicine without a name").to_owned();
        return Ok((vec![(Drug::Unrecognised(unnamed), true)], None));
    };
    let words = || concepts.iter().flat_map(|concept| concept.words());
    let group = |wanted: &str| {
        let mut hits = concepts
            .iter()
            .flat_map(|concept| context.lookup.hits(concept));
        hits.any(|hit| hit.meaning == wanted)
    };
    let said = medication
        .category
        .iter()
        .chain(concepts.iter().map(Cow::as_ref))
        .flat_map(Concept::words)
        .any(|words| context.lookup.says(&fold(words), "words.cancer-medicine"));
    let antineoplastic = group("medicine.cancer");
    let by_words = || {
        let mut said = words().peekable();
        said.peek().is_some() && said.all(|words| given::is_other_medicine(context.lookup, words))
    };
    let unread = || {
        words().any(|words| {
            is_acronym(words)
                || is_in_other_letters(words)
                || context.lookup.nearly_named(words)
                || context.lookup.ends_like_cancer_medicine(words)
        })
    };
    let other = !said && !antineoplastic && (by_words() || (group("medicine.other") && !unread()));
    if other {
        return Err(format!("not a medicine against cancer: `{label}`").into());
    }
    let unrecognised = vec![(Drug::Unrecognised(label.to_owned()), true)];
    if for_cancer || antineoplastic || said || unread() {
        return Ok((unrecognised, None));
    }
    let why = format!("no list knows the medicine `{label}`, which may be any");
    Ok((unrecognised, Some(why)))
}

/// Whether a text is an acronym, as regimens (letters of their drugs) and drugs under study (letters and a number)
/// are written.
fn is_acronym(text: &str) -> bool {
    let text = text.trim();
    let letters = |wanted: fn(&char) -> bool| text.chars().filter(wanted).count();
    let capitals = letters(char::is_ascii_uppercase);
    let dense = text.strip_prefix("dd").unwrap_or(text);
    text.len() <= 12
        && (2..=8).contains(&capitals)
        && dense.chars().all(|letter| {
            letter.is_ascii_uppercase()
                || letter.is_ascii_digit()
                || matches!(letter, '-' | '/' | '+' | ' ')
        })
}

/// Whether a text is in an alphabet that no name of the knowledge base is written in.
fn is_in_other_letters(text: &str) -> bool {
    let mut letters = text.chars().filter(|letter| letter.is_alphabetic());
    let plain = |letter: char| letter < '\u{370}';
    letters
        .next()
        .is_some_and(|first| !plain(first) && !letters.any(plain))
}

/// The cancer that it is given for; `None` when the record names none.
fn reason(medication: &MedicationUse<'_>, context: &Context<'_, '_, '_>) -> Option<Cancer> {
    let by_code = medication
        .reason_code
        .iter()
        .filter_map(|concept| cancer_or_metastasis(concept, context));
    let by_reference = medication.reason_reference.iter().filter_map(|reference| {
        context
            .condition(reference, &medication.contained, |condition| {
                cancer_or_metastasis(condition.code.as_ref()?, context)
            })
            .or_else(|| {
                let text = Text(reference.display.as_ref()?.as_str().to_owned().into());
                let concept = Concept {
                    text: Some(text),
                    ..Concept::default()
                };
                cancer_or_metastasis(&concept, context)
            })
    });
    // Breast cancer among the reasons decides; another cancer only when it is the only one.
    by_code.chain(by_reference).min_by_key(rank)
}

fn cancer_or_metastasis(concept: &Concept<'_>, context: &Context<'_, '_, '_>) -> Option<Cancer> {
    context
        .cancer(concept)
        .map(|named| named.cancer)
        .or_else(|| {
            let secondary = context.lookup.first(concept, "metastasis.").is_some()
                || concept.words().any(|words| {
                    let lookup = context.lookup;
                    naming::is_metastatic(lookup, words)
                        && !naming::may_be_of_another_organ(lookup, &fold(words))
                });
            secondary.then_some(Cancer::Unspecified)
        })
}

/// Start, last dose, and a remark on a fallback.
fn dates(
    kind: &str,
    medication: &MedicationUse<'_>,
    status: TherapyStatus,
) -> (DateBounds, Option<DateBounds>, &'static str) {
    let mut understood = medication.dosage_instruction.iter();
    let bounds_period = understood.find_map(|dosage| {
        dosage
            .modifier_extension
            .is_empty()
            .then_some(dosage)?
            .timing
            .as_ref()?
            .repeat
            .as_ref()?
            .bounds_period
            .as_ref()
    });
    let period = medication.effective_period.as_deref();
    let end = period
        .or(bounds_period)
        .and_then(|period| date::of(period.end.as_ref()))
        .map(|end| match status {
            // Until when it was to be given: it may have ended before.
            TherapyStatus::Ordered => DateBounds { low: None, ..end },
            TherapyStatus::Ended | TherapyStatus::Ongoing | TherapyStatus::Planned => end,
        });
    let effective = date::of(medication.effective_date_time.as_ref());
    if let Some(when) = effective.or_else(|| date::start(period?)) {
        // One administration is its own last dose.
        let single = kind == "MedicationAdministration" && status == TherapyStatus::Ended;
        let end = end.or_else(|| effective.filter(|_| single));
        return (when, end, "");
    }
    let dosage = bounds_period.and_then(date::start);
    if let Some(written) = date::of(medication.authored_on.as_ref()) {
        return (begun(written, dosage), end, "");
    }
    if let Some(when) = dosage {
        return (when, end, " (dated by the dosage)");
    }
    let handed = date::of(medication.when_handed_over.as_ref())
        .or_else(|| date::of(medication.when_prepared.as_ref()));
    if let Some(when) = handed {
        return (when, end, "");
    }
    if let Some(asserted) = date::of(medication.date_asserted.as_ref()) {
        let before = DateBounds {
            low: None,
            high: asserted.high,
        };
        return (before, end, " (known since the day of the statement)");
    }
    (DateBounds::UNKNOWN, end, "")
}

/// When an order was begun: not before the dosage is to begin, which a later order may only have put into writing.
fn begun(written: DateBounds, dosage: Option<DateBounds>) -> DateBounds {
    match dosage {
        Some(dosage) if written.before(dosage) == Truth::True => dosage,
        Some(dosage) if dosage.before(written) == Truth::True => DateBounds {
            low: dosage.low,
            high: written.high,
        },
        Some(_) | None => written,
    }
}

fn intent(medication: &MedicationUse<'_>, context: &Context<'_, '_, '_>) -> Option<Intent> {
    let extensions = medication
        .extension
        .iter()
        .filter(|extension| {
            extension.is("mcode-treatment-intent") || extension.is("mcode-procedure-intent")
        })
        .filter_map(|extension| extension.value_codeable_concept.as_ref());
    let concepts: Vec<&Concept<'_>> = extensions
        .chain(medication.reason_code.iter())
        .chain(medication.category.iter())
        .collect();
    let coded =
        concepts
            .iter()
            .find_map(|concept| match context.lookup.first(concept, "intent.")? {
                "curative" => Some(Intent::Curative),
                "palliative" => Some(Intent::Metastatic),
                "adjuvant" => Some(Intent::Adjuvant),
                "neoadjuvant" => Some(Intent::Neoadjuvant),
                _ => None,
            });
    coded.or_else(|| {
        let mut words = concepts.iter().flat_map(|concept| concept.words());
        words.find_map(|words| why::intent(context.lookup, words))
    })
}

/// Why it ended. `Err`: perhaps because the cancer grew.
fn stopped(
    medication: &MedicationUse<'_>,
    context: &Context<'_, '_, '_>,
) -> Result<Option<StopReason>, String> {
    let reasons = &medication.status_reason;
    let coded = reasons
        .iter()
        .find_map(|concept| context.lookup.first(concept, "reason."));
    if let Some(coded) = coded {
        return Ok(Some(match coded {
            "progression" => StopReason::Progression,
            "toxicity" => StopReason::Toxicity,
            "completed" => StopReason::Completed,
            _ => StopReason::Other,
        }));
    }
    if reasons.is_empty() {
        return Ok(None);
    }
    let ended = why::end(context.lookup, reasons.iter().flat_map(Concept::words));
    let said = || reasons.iter().find_map(Concept::label).unwrap_or_default();
    ended.map(Some).ok_or_else(|| said().to_owned())
}

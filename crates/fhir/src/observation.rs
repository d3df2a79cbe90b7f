//! Observations: which kind of fact one is, and everything but receptors.

use crate::annotation;
use crate::answer::{answer, contradictory, interpreted, values};
use crate::context::{CANCER_NOT_THERE, Context, modified, status_word};
use crate::datatype::{Concept, Reference};
use crate::date;
use crate::extent::{
    Told, history_of_metastasis, m_category, metastasis_site, or_perhaps_spread, stage_group,
};
use crate::lenient::{Flag, Text};
use crate::line;
use crate::lookup;
use crate::measurement;
use crate::plain;
use crate::receptor;
use crate::report::{Fact, Found, Reading, Refusal};
use crate::resource::{Observation, Resource};
use crate::specimen;
use crate::staging;
use crate::why;
use crate::wording;
use std::collections::BTreeSet;
use waymark_criteria::DateBounds;
use waymark_engine::chart::{
    Cancer, DiseaseStatus, Event, Metastasis, Place, Polarity, ReceptorResult, Stage, Trend,
};

/// Reads an Observation.
pub(crate) fn read(observation: &Observation<'_>, context: &Context<'_, '_, '_>) -> Reading {
    let status = status_word(observation.status.as_ref().map_or("", Text::as_str));
    let status = status.as_ref();
    let usable = matches!(
        status,
        "" | "final" | "amended" | "corrected" | "preliminary" | "registered"
    );
    if !usable {
        return Err(format!("status `{status}`").into());
    }
    let empty = Concept::default();
    let code = observation.code.as_ref().unwrap_or(&empty);
    let preliminary = is_preliminary(observation);
    if preliminary && tested(observation).is_some_and(|key| context.finals.contains(&key)) {
        return Err(
            format!("status `{status}`, and a final result of the same test is there").into(),
        );
    }
    let mut reading = by_kind(observation, code, context);
    if preliminary && let Ok(found) = &mut reading {
        found.notes.push((
            "preliminary",
            format!("status `{status}`: the result may still change"),
        ));
    }
    match doubt(observation, context) {
        Some(why) => reading.map(|found| opened(found, &why)),
        None => reading,
    }
}

/// Why a result decides nothing, whatever it says.
fn doubt(observation: &Observation<'_>, context: &Context<'_, '_, '_>) -> Option<String> {
    let (rules, extensions) = (&observation.implicit_rules, &observation.modifier_extension);
    let status = status_word(observation.status.as_ref().map_or("", Text::as_str));
    modified(rules.as_ref(), extensions)
        .or_else(|| {
            // R4 observation-status: there is no result yet.
            let registered = status == "registered";
            registered
                .then(|| "its status `registered` says that there is no result yet".to_owned())
        })
        .or_else(|| annotation::takes_back(context.lookup, &observation.note))
        .or_else(|| {
            let unfit = specimen::is_unsatisfactory(observation, context);
            unfit.then(|| "its specimen is unsatisfactory".to_owned())
        })
}

/// A result that decides nothing: it may be the latest of its kind, and what it says may not be so.
fn opened(mut found: Found, why: &str) -> Found {
    for fact in &mut found.facts {
        match &mut fact.event {
            Event::Receptor(result) => {
                *result = ReceptorResult {
                    polarity: Some(Polarity::Contradictory),
                    score: None,
                    ratio: None,
                    copies: None,
                    percent: None,
                    ..result.clone()
                }
            }
            _ => fact.date = date::doubtful(fact.date),
        }
    }
    let why = format!("it decides nothing: {why}");
    found.notes.push(("in-doubt", why));
    found
}

fn is_preliminary(observation: &Observation<'_>) -> bool {
    let status = status_word(observation.status.as_ref().map_or("", Text::as_str));
    matches!(status.as_ref(), "preliminary" | "registered")
}

/// The tests of which there is a final result; empty where no result is preliminary.
pub(crate) fn finals(resources: &[Option<Resource<'_>>]) -> BTreeSet<String> {
    let all = || {
        resources.iter().filter_map(|resource| match resource {
            Some(Resource::Observation(observation)) => Some(observation.as_ref()),
            _ => None,
        })
    };
    if !all().any(is_preliminary) {
        return BTreeSet::new();
    }
    let is_final = |observation: &&Observation<'_>| {
        let status = status_word(observation.status.as_ref().map_or("", Text::as_str));
        matches!(status.as_ref(), "final" | "amended" | "corrected")
    };
    all().filter(is_final).filter_map(tested).collect()
}

/// Subject, codes, day and specimen of a test: what a preliminary and a final result of it share.
fn tested(observation: &Observation<'_>) -> Option<String> {
    let day = observation.effective_date_time.as_ref()?.as_str();
    let day = day.split('T').next()?;
    let target = |reference: Option<&Reference<'_>>| {
        let target = reference.and_then(Reference::target);
        target.unwrap_or_default().to_owned()
    };
    let mut codes: Vec<&str> = observation
        .code
        .as_ref()?
        .coding
        .iter()
        .filter_map(|coding| coding.code.as_ref())
        .map(Text::as_str)
        .collect();
    codes.sort_unstable();
    let (subject, specimen) = (
        target(observation.subject.as_ref()),
        target(observation.specimen.as_deref()),
    );
    (!codes.is_empty()).then(|| format!("{subject} {} {day} {specimen}", codes.join(" ")))
}

fn by_kind(
    observation: &Observation<'_>,
    code: &Concept<'_>,
    context: &Context<'_, '_, '_>,
) -> Reading {
    let comorbidities = comorbidities(observation, code, context);
    if !comorbidities.is_empty() {
        return Ok(Found {
            facts: comorbidities,
            notes: Vec::new(),
        });
    }
    let hits = context.lookup.hits(code);
    let test = match receptor::test(context.lookup, code, &hits) {
        Some(Ok(test)) => Some(test),
        Some(Err(reason)) => return Err(reason.into()),
        None => None,
    };
    let metastatic = hits.iter().any(|hit| hit.meaning == "history.metastatic");
    let kind = hits
        .iter()
        .find_map(|hit| hit.meaning.strip_prefix("observation."));
    if test.is_none() && !metastatic && kind.is_none() {
        if let Some(why) = context.lookup.not_used(code) {
            return Err(why.into());
        }
        if line::is_asked(code) {
            let (when, fallback) = when(observation, context);
            let text = describe(observation, code) + fallback;
            return line::read(observation, when, &text, context);
        }
        let label = code.label().unwrap_or("no code");
        return Err(format!("not an observation that the knowledge asks for: `{label}`").into());
    }
    if let Some(other) = about_another(observation) {
        return Err(format!("it is about somebody else (`focus` is `{other}`)").into());
    }
    let (when, fallback) = when(observation, context);
    let text = &(describe(observation, code) + fallback);
    let absent = observation.data_absent_reason.is_some();
    let no_value = !observation.has_value() && observation.component.is_empty();
    let placed = kind == Some("metastasis-site") && observation.body_site.is_some();
    let said_otherwise = placed || !observation.interpretation.is_empty();
    if no_value && !metastatic && (absent || !said_otherwise) {
        return Err(if absent {
            let why = observation
                .data_absent_reason
                .as_deref()
                .and_then(Concept::label);
            format!("no result ({})", why.unwrap_or("data absent"))
        } else {
            "no result".to_owned()
        }
        .into());
    }
    // R4 obs-6: a reason for absence stands only where there is no value.
    if absent && observation.has_value() {
        return Err(Refusal {
            reason: "it gives a value and a reason why there is none".to_owned(),
            notes: vec![(
                "contradictory-result",
                "a value, and a reason why there is none; the result counts as unknown".to_owned(),
            )],
        });
    }
    if let Some(test) = test {
        return receptor::read(observation, test, when, text, context);
    }
    let cancer = context.tied(
        &observation.focus,
        &observation.extension,
        &observation.contained,
    );
    let lost = cancer == Some(Cancer::NotOnRecord);
    let one = |event: Event, from_text: bool| {
        let mut found = Found::default();
        found.facts.push(Fact {
            date: when,
            event,
            text: text.to_owned(),
            from_text,
        });
        if lost {
            let (code, says) = CANCER_NOT_THERE;
            found.notes.push((code, says.to_owned()));
        }
        if from_text {
            found.notes.push((
                "read-from-text",
                "the value was read from words, not from a code".to_owned(),
            ));
        }
        Ok(found)
    };
    if metastatic {
        let spread = history_of_metastasis(observation, context);
        let found = one(
            Event::Metastasis(Metastasis {
                site: code
                    .words()
                    .find_map(|words| wording::site(context.lookup, words)),
                present: !matches!(spread, Ok((false, _))),
                cancer,
            }),
            matches!(spread, Ok((_, true))),
        );
        return match spread {
            Ok(_) => found,
            Err(note) => found.map(|found| found.in_doubt(note)),
        };
    }
    match kind.unwrap_or_default() {
        "stage-group" => {
            let of = |group| {
                Event::Stage(Stage {
                    group: Some(group),
                    distant: None,
                    cancer: cancer.clone(),
                })
            };
            let mut words = values(observation);
            let perhaps = words.find(|words| staging::perhaps_stage_four(context.lookup, words));
            let told = stage_group(observation, context);
            let told = told.and_then(|(group, words)| one(of(group), words));
            or_perhaps_spread(told, perhaps, || one(of(4), true))
        }
        "stage-m" => {
            let of = |distant| {
                Event::Stage(Stage {
                    group: None,
                    distant: Some(distant),
                    cancer: cancer.clone(),
                })
            };
            let mut words = values(observation);
            let perhaps = words.find(|words| staging::perhaps_m1(context.lookup, words));
            let told = m_category(observation, context);
            let told = told.and_then(|(distant, words)| one(of(distant), words));
            or_perhaps_spread(told, perhaps, || one(of(true), true))
        }
        "stage-t" | "stage-n" => Err("a T or N category alone decides no fact".into()),
        "disease-status" => {
            if let Some(Cancer::Other(other)) = &cancer {
                return Err(format!("tied to another cancer: {other}").into());
            }
            let (status, words, perhaps) = disease_status(observation, context)?;
            let found = one(Event::Status(DiseaseStatus { cancer, ..status }), words)?;
            Ok(match perhaps {
                Some(said) => found.in_doubt((
                    "in-doubt",
                    format!("that the cancer grew is left open: `{said}`"),
                )),
                None => found,
            })
        }
        "menopause" => {
            const STATES: [&str; 3] = ["premenopausal", "perimenopausal", "postmenopausal"];
            let (state, words) = answer(
                observation,
                context,
                |meaning| STATES.into_iter().find(|state| *state == meaning),
                |words| {
                    let words = words
                        .replace(" pre ", " pre")
                        .replace(" peri ", " peri")
                        .replace(" post ", " post");
                    let names = |state: &&str| words.split(' ').any(|word| word == *state);
                    let odd = plain::odd(context.lookup, &words, &["words.beside-state"]);
                    STATES.into_iter().find(names).filter(|_| odd.is_none())
                },
            )?
            .ok_or("no menopausal state that is known")?;
            one(
                Event::Condition {
                    id: state.to_owned(),
                    present: true,
                },
                words,
            )
        }
        "pregnancy" => {
            let (present, words) = answer(
                observation,
                context,
                |meaning| match meaning {
                    "pregnant" | "positive" | "detected" => Some(true),
                    "not-pregnant" | "negative" | "not-detected" => Some(false),
                    _ => None,
                },
                |words| {
                    let has = |list: &[&str]| lookup::says(words, list);
                    let no = has(&[" not pregnant ", " negative "]);
                    let rest = words.replace(" not pregnant ", " ");
                    let odd = plain::odd(context.lookup, &rest, &["words.beside-state"]);
                    (odd.is_none() && (no || has(&[" pregnant ", " positive "]))).then_some(!no)
                },
            )?
            .map_or_else(
                || Ok(interpreted(observation, context).map(|positive| (positive, false))),
                |told| match interpreted(observation, context) {
                    Some(positive) if positive != told.0 => Err(contradictory(
                        "its value and its interpretation contradict each other",
                    )),
                    Some(_) | None => Ok(Some(told)),
                },
            )?
            .ok_or("no state of pregnancy that is known")?;
            one(
                Event::Condition {
                    id: "pregnancy".to_owned(),
                    present,
                },
                words,
            )
        }
        "metastasis-site" => {
            let (site, told) = metastasis_site(observation, context)?;
            let metastasis = Metastasis {
                site: Some(site),
                present: true,
                cancer,
            };
            let found = one(Event::Metastasis(metastasis), told != Told::ByCode)?;
            if told == (Told::InWords { plain: false }) {
                let said = format!("the place is left open: `{text}`");
                return Ok(found.in_doubt(("in-doubt", said)));
            }
            Ok(found)
        }
        "tumor-size" | "age-at-menopause" => Err("decides no fact".into()),
        quantity => measurement::read(observation, quantity, when, text, context),
    }
}

/// The person other than the patient whom a result is about (R4 10.1.3, `focus`: a fetus, a donor, a relative), by
/// reference or by the standard extension that stands in for one.
fn about_another<'o>(observation: &'o Observation<'_>) -> Option<&'o str> {
    let mut extensions = observation.extension.iter();
    if let Some(code) = extensions.find(|it| it.is("observation-focusCode")) {
        let value = code.value_codeable_concept.as_ref();
        return Some(value.and_then(Concept::label).unwrap_or("a code"));
    }
    observation.focus.iter().find_map(|focus| {
        let target = focus.target()?;
        let kind = target.split("/_history/").next()?.rsplit('/').nth(1)?;
        let own = observation.subject.as_ref().and_then(Reference::target) == Some(target);
        let person = matches!(kind, "Patient" | "RelatedPerson" | "FamilyMemberHistory");
        (person && !own).then_some(target)
    })
}

/// When a result holds, and a remark on a fallback.
fn when(
    observation: &Observation<'_>,
    context: &Context<'_, '_, '_>,
) -> (DateBounds, &'static str) {
    let effective = date::of(observation.effective_date_time.as_ref())
        .or_else(|| date::of(observation.effective_instant.as_ref()))
        .or_else(|| date::within(observation.effective_period.as_ref()?))
        .or_else(|| date::timing(observation.effective_timing.as_ref()?));
    if let Some(date) = effective {
        return (date, "");
    }
    if let Some(date) = date::of(observation.issued.as_ref()) {
        return (date, " (dated by issue)");
    }
    if let Some(date) = specimen::collected(observation, context) {
        return (date, " (dated by collection of the specimen)");
    }
    (DateBounds::UNKNOWN, "")
}

/// A code and its value in a few words.
fn describe(observation: &Observation<'_>, code: &Concept<'_>) -> String {
    let mut text = String::with_capacity(64);
    text.push_str(code.label().unwrap_or("result"));
    let mut values = 0;
    let mut add = |text: &mut String, part: &str| {
        text.push_str(if values == 0 { ": " } else { ", " });
        text.push_str(part);
        values += 1;
    };
    let concept = observation.value_codeable_concept.as_ref();
    if let Some(label) = concept.and_then(Concept::label) {
        add(&mut text, label);
    }
    if let Some(said) = &observation.value_string {
        add(&mut text, said.as_str());
    }
    if let Some(quantity) = &observation.value_quantity
        && let Some(value) = quantity.value
    {
        let comparator = quantity.comparator.as_ref().map_or("", Text::as_str);
        let unit = quantity.unit.as_ref().or(quantity.code.as_ref());
        let unit = unit.map_or("", Text::as_str);
        add(&mut text, comparator);
        for part in [value.0, unit].iter().filter(|part| !part.is_empty()) {
            if !text.ends_with(' ') {
                text.push(' ');
            }
            text.push_str(part);
        }
    }
    if let Some(value) = observation.value_integer {
        add(&mut text, value.0);
    }
    if let Some(Flag(value)) = observation.value_boolean {
        add(&mut text, if value { "true" } else { "false" });
    }
    text
}

/// mCODE comorbidities: conditions that are stated to be present or absent in extensions.
fn comorbidities(
    observation: &Observation<'_>,
    code: &Concept<'_>,
    context: &Context<'_, '_, '_>,
) -> Vec<Fact> {
    let mut facts = Vec::new();
    for extension in observation.extension.iter() {
        let present = if extension.is("mcode-related-condition-absent") {
            false
        } else if extension.is("mcode-related-condition") {
            true
        } else {
            continue;
        };
        let Some(concept) = &extension.value_codeable_concept else {
            continue;
        };
        if let Some(id) = context.lookup.first(concept, "condition.") {
            facts.push(Fact {
                date: when(observation, context).0,
                event: Event::Condition {
                    id: id.to_owned(),
                    present,
                },
                text: code.label().unwrap_or("comorbidities").to_owned(),
                from_text: false,
            });
        }
    }
    facts
}

/// The course of the disease, whether words told it, and the words by which it only may have grown.
fn disease_status(
    observation: &Observation<'_>,
    context: &Context<'_, '_, '_>,
) -> Result<(DiseaseStatus, bool, Option<String>), Refusal> {
    let mut perhaps = None;
    let coded = observation
        .value_codeable_concept
        .as_ref()
        .and_then(|value| {
            context.lookup.hits(value).into_iter().find_map(|hit| {
                match hit.meaning.strip_prefix("value.")? {
                    "worsened" => Some(Ok(Trend::Progression)),
                    "stable" => Some(Ok(Trend::Stable)),
                    "improved" => Some(Ok(Trend::Response)),
                    "remission" => Some(Ok(Trend::Remission)),
                    "undetermined" | "unknown" | "indeterminate" => Some(Err(())),
                    _ => None,
                }
            })
        });
    let (trend, words) = match coded {
        // A look that settled nothing: the cancer may have grown, and what an older look found may no longer hold.
        Some(Err(())) => {
            let value = observation.value_codeable_concept.as_ref();
            perhaps = Some(
                value
                    .and_then(Concept::label)
                    .unwrap_or_default()
                    .to_owned(),
            );
            (Trend::Progression, false)
        }
        Some(Ok(trend)) => {
            let grows = |trend| trend == Trend::Progression;
            let mut said =
                values(observation).filter_map(|words| wording::trend(context.lookup, words));
            if said.any(|said| grows(said) != grows(trend)) {
                return Err(contradictory(
                    "its code and its words contradict each other",
                ));
            }
            (trend, false)
        }
        None => {
            let said = values(observation).find_map(|words| wording::trend(context.lookup, words));
            // What is not understood may be growth, unless it denies that.
            let open = |words: &&str| {
                let denies = context.lookup.says(&lookup::fold(words), "words.no-growth");
                let grew = why::grew(context.lookup, words, "value.worsened");
                grew.is_none() || (said.is_none() && !denies)
            };
            perhaps = values(observation).find(open).map(str::to_owned);
            let grown = perhaps.as_ref().map(|_| Trend::Progression);
            (
                grown.or(said).ok_or("no disease status that is known")?,
                true,
            )
        }
    };
    let by_site = observation
        .body_site
        .as_deref()
        .and_then(|site| context.place(std::slice::from_ref(site)));
    let by_focus = || {
        observation.focus.iter().find_map(|reference| {
            context.condition(reference, &observation.contained, |condition| {
                let code = condition.code.as_ref()?;
                Some(match context.lookup.first(code, "metastasis.")? {
                    "brain" | "leptomeninges" | "cns" => Place::Cns,
                    "unspecified" => Place::Unstated,
                    "nodes-regional" => Place::Breast,
                    _ => Place::Elsewhere,
                })
            })
        })
    };
    let status = DiseaseStatus {
        trend,
        place: by_site.or_else(by_focus).unwrap_or(Place::Unstated),
        cancer: None,
    };
    Ok((status, words, perhaps))
}

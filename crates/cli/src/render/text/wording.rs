//! Values, marks and sources in words.

use crate::render::style::Ink;
use waymark_engine::{Bundle, wire};

/// A fact of the assessment.
pub(crate) fn fact<'a>(assessment: &'a wire::Assessment, id: &str) -> Option<&'a wire::Fact> {
    assessment.facts.iter().find(|fact| fact.id == id)
}

/// A fact's value in words: `yes`, `no`, `2`, `at least 1`, `unknown (conflict)`.
pub(crate) fn shown(fact: &wire::Fact) -> String {
    let unit = fact
        .unit
        .as_ref()
        .map(|unit| format!(" {unit}"))
        .unwrap_or_default();
    let word = |scalar: &wire::Scalar| match scalar {
        wire::Scalar::Null => "unknown".to_owned(),
        wire::Scalar::Boolean(true) => "yes".to_owned(),
        wire::Scalar::Boolean(false) => "no".to_owned(),
        wire::Scalar::Integer(number) => number.to_string(),
        wire::Scalar::Text(text) => text.clone(),
    };
    match (&fact.value, &fact.low, &fact.high) {
        (wire::Scalar::Null, Some(low), Some(high)) => {
            format!("between {} and {}{unit}", word(low), word(high))
        }
        (wire::Scalar::Null, Some(low), None) => format!("at least {}{unit}", word(low)),
        (wire::Scalar::Null, None, Some(high)) => format!("at most {}{unit}", word(high)),
        (wire::Scalar::Null, None, None) => match fact.why_unknown.as_deref() {
            Some("conflict") => "unknown (records contradict one another)".to_owned(),
            Some("unresolved") => "unknown (on record, but unresolved)".to_owned(),
            Some("after-as-of") => "unknown (recorded only after this day)".to_owned(),
            Some(_) | None => "unknown (not recorded)".to_owned(),
        },
        (value, _, _) => format!("{}{unit}", word(value)),
    }
}

/// `age: 55 years`
pub(super) fn labelled(fact: &wire::Fact) -> String {
    format!("{}: {}", fact.label, shown(fact))
}

/// The date of a record; a lone `?` would read as the mark of what is not known.
pub(crate) fn when(date: &str) -> &str {
    if date == "?" { "undated:" } else { date }
}

/// The mark of a therapy.
pub(super) fn mark_of(verdict: wire::Verdict) -> (&'static str, Ink) {
    match verdict {
        wire::Verdict::Indicated => ("●", Ink::Green),
        wire::Verdict::Unknown => ("◐", Ink::Yellow),
        wire::Verdict::NotIndicated | wire::Verdict::NotInForce | wire::Verdict::OutsideGuide => {
            ("○", Ink::Red)
        }
    }
}

/// The tick of a criterion.
pub(crate) fn tick(truth: wire::Truth) -> (&'static str, Ink) {
    match truth {
        wire::Truth::True => ("✓", Ink::Green),
        wire::Truth::False => ("✗", Ink::Red),
        wire::Truth::Unknown => ("?", Ink::Yellow),
    }
}

/// `FDA label, Enhertu (2022-05-04)`: a source's title and date.
pub(crate) fn source(bundle: &Bundle, id: &str) -> String {
    bundle.source(id).map_or_else(
        || id.to_owned(),
        |source| format!("{}, {}", source.title, source.date),
    )
}

/// `already given: NAME, 2023-09-05 to 2026-07-21 (progression)`
pub(crate) fn given_line(given: &wire::Given, bundle: &Bundle) -> String {
    let name = bundle
        .medicine(&given.medicine)
        .map_or(given.medicine.as_str(), |medicine| medicine.name.as_str());
    let until = given
        .to
        .as_ref()
        .map(|to| format!(" to {to}"))
        .unwrap_or_default();
    let stopped = given
        .stopped
        .as_ref()
        .map(|reason| format!(" (stopped: {reason})"))
        .unwrap_or_default();
    format!("already given: {name}, {}{until}{stopped}", given.from)
}

/// `1 record`, `2 records`
pub(super) fn several(count: usize, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}

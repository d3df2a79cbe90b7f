//! What is known of the person: a strip of the facts that matter most, then every fact.

use super::Sheet;
use super::chart::{From, Subject};
use maud::{Markup, html};
use waymark_engine::wire::{Fact, Scalar};

/// The facts of the strip, in the order in which a clinician looks for them.
pub(crate) const STRIP: [&str; 21] = [
    "her2-status",
    "hr-status",
    "her2-differs",
    "hr-differs",
    "metastatic",
    "de-novo",
    "bone-metastases",
    "liver-metastases",
    "lung-metastases",
    "brain-metastases",
    "cns-state",
    "current-line",
    "prior-her2-regimens-metastatic",
    "prior-her2-regimens-any",
    "lvef",
    "heart-failure",
    "ild-history",
    "severe-hepatic-impairment",
    "pregnant",
    "menopausal-status",
    "ecog",
];

/// How sure a value is: confirmed here, entered or read and not verified, unknown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flag {
    Entered,
    Read,
    Confirmed,
    Unknown,
}

impl Flag {
    fn of(sheet: &Sheet<'_, '_, '_>, fact: &Fact) -> Flag {
        if is_unknown(fact) {
            Flag::Unknown
        } else if sheet.confirmed.contains(&&*fact.id) {
            Flag::Confirmed
        } else {
            match Subject::from(sheet.context) {
                From::Answers => Flag::Entered,
                From::Record => Flag::Read,
            }
        }
    }

    /// Its letter and the key of its word.
    fn letter(self) -> (&'static str, &'static str) {
        match self {
            Flag::Entered => ("P", "sheet.flag-p"),
            Flag::Read => ("R", "sheet.flag-r"),
            Flag::Confirmed => ("C", "sheet.flag-c"),
            Flag::Unknown => ("?", "sheet.flag-unknown"),
        }
    }
}

/// Neither a value nor a bound.
pub(super) fn is_unknown(fact: &Fact) -> bool {
    fact.value == Scalar::Null && fact.low.is_none() && fact.high.is_none()
}

pub(super) fn strip(sheet: &Sheet<'_, '_, '_>, hidden: &Markup) -> Markup {
    let (context, words) = (sheet.context, sheet.context.words);
    let facts = &sheet.reading.assessment.facts;
    let chosen = STRIP.iter().filter_map(|id| sheet.reading.fact(id));
    sheet.section(
        "known",
        &html! {
            p.small {
                @for flag in [Flag::Entered, Flag::Read, Flag::Confirmed, Flag::Unknown] {
                    @let (letter, word) = flag.letter();
                    span.flag { (letter) } " " (words.text(word)) ". "
                }
            }
            form method="post" action=(context.href("clinician")) {
                (hidden)
                ul.strip { @for fact in chosen { (told(sheet, fact)) } }
                details {
                summary { (words.text("sheet.all-facts")) }
                ul { @for fact in facts { (in_full(sheet, fact)) } }
            }
        }
        (conflicts(sheet))
            (treatments(sheet))
        },
    )
}

fn told(sheet: &Sheet<'_, '_, '_>, fact: &Fact) -> Markup {
    let words = sheet.context.words;
    html! {
        li data-fact=(fact.id) {
            (words.span(words.said("fact", &fact.id, "label", &fact.label))) ": "
            strong { (value(sheet, fact)) }
            (flag(sheet, fact))
        }
    }
}

/// The flag of a fact: a button where it can still be confirmed.
fn flag(sheet: &Sheet<'_, '_, '_>, fact: &Fact) -> Markup {
    let words = sheet.context.words;
    let flag = Flag::of(sheet, fact);
    let (letter, word) = flag.letter();
    html! {
        @match flag {
            Flag::Entered | Flag::Read => button.flag type="submit" name="confirmed" value=(fact.id) {
                (letter) span.visually-hidden { " " (words.text(word)) ". " (words.text("sheet.confirm")) }
            },
            Flag::Confirmed | Flag::Unknown => span.flag { (letter) span.visually-hidden { " " (words.text(word)) } },
        }
    }
}

/// The letter that says how sure a value is.
pub(super) fn letter(sheet: &Sheet<'_, '_, '_>, fact: &Fact) -> &'static str {
    Flag::of(sheet, fact).letter().0
}

/// A fact with how it was concluded and the records behind it.
fn in_full(sheet: &Sheet<'_, '_, '_>, fact: &Fact) -> Markup {
    let words = sheet.context.words;
    html! {
        li {
            (words.span(words.said("fact", &fact.id, "label", &fact.label))) ": "
            strong { (value(sheet, fact)) }
            span.small lang="en" {
                @if let Some(inferred) = &fact.inferred { " " (inferred) "." }
                @for record in &fact.from { " " (record.record) " (" (record.date) ")" }
            }
            @if !STRIP.contains(&&*fact.id) { " " (flag(sheet, fact)) }
        }
    }
}

/// A word of a fact as it is read, `none known` for `none-known`; a date stays as it is.
pub(super) fn spelled(word: &str) -> String {
    if word.starts_with(|it: char| it.is_ascii_digit()) {
        word.to_owned()
    } else {
        word.replace('-', " ")
    }
}

/// A value as a reader reads it.
pub(super) fn value(sheet: &Sheet<'_, '_, '_>, fact: &Fact) -> Markup {
    let words = sheet.context.words;
    let unit = fact.unit.as_deref().unwrap_or("");
    let plain = |scalar: &Scalar| match scalar {
        Scalar::Null => words.text("sheet.not-known").to_owned(),
        Scalar::Boolean(true) => words.text("sheet.yes").to_owned(),
        Scalar::Boolean(false) => words.text("sheet.no").to_owned(),
        Scalar::Integer(number) => number.to_string(),
        Scalar::Text(word) => spelled(word),
    };
    html! {
        @match (&fact.value, &fact.low, &fact.high) {
            (Scalar::Null, Some(low), Some(high)) => { (plain(low)) "–" (plain(high)) }
            (Scalar::Null, Some(low), None) => { (words.fill("sheet.at-least", &[("n", &plain(low))])) }
            (Scalar::Null, None, Some(high)) => { (words.fill("sheet.at-most", &[("n", &plain(high))])) }
            (known, _, _) => (plain(known)),
        }
        @if !unit.is_empty() && !is_unknown(fact) { " " span lang="en" { (unit) } }
    }
}

/// Facts on which the record contradicts itself.
pub(super) fn conflicts(sheet: &Sheet<'_, '_, '_>) -> Markup {
    let words = sheet.context.words;
    let facts = sheet.reading.assessment.facts.iter();
    let conflicts = facts.filter(|fact| fact.why_unknown.as_deref() == Some("conflict"));
    html! {
        @for fact in conflicts {
            div.notice {
                p {
                    strong { (words.text("sheet.conflict")) } ": "
                    (words.span(words.said("fact", &fact.id, "label", &fact.label)))
                }
                ul { @for record in &fact.from { li lang="en" { (record.record) " (" (record.date) "): " (record.text) } } }
            }
        }
    }
}

/// What was given, one line for each start.
pub(super) fn treatments(sheet: &Sheet<'_, '_, '_>) -> Markup {
    let words = sheet.context.words;
    let bundle = &sheet.context.guide.bundle;
    let lines = &sheet.reading.lines;
    let name = |id: &str| {
        bundle
            .medicine(id)
            .map_or(id.to_owned(), |it| it.name.clone())
    };
    html! {
        @if !lines.episodes.is_empty() {
            h3 { (words.text("sheet.treatments")) }
            ol {
                @for episode in &lines.episodes {
                    li {
                        @let names: Vec<String> = episode.medicines.iter().map(|it| name(&it.medicine)).collect();
                        span lang="en" { (names.join(" + ")) } " · "
                        (episode.from) " – " (episode.to.as_deref().unwrap_or(if episode.ongoing { "" } else { "?" }))
                        @if episode.ongoing { (words.text("sheet.ongoing")) }
                        " · " (words.text(&format!("sheet.setting-{}", episode.setting)))
                        @if let Some(line) = episode.line {
                            " · " (words.text("sheet.line-number")) " " (line.low)
                            @if line.high != line.low { "–" (line.high) }
                        }
                    }
                }
            }
        }
    }
}

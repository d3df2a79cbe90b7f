//! The sheet as text for a chart: ASCII, short enough for a note field.

use super::criteria::conjuncts;
use super::facts::{STRIP, is_unknown};
use crate::words::{ENGLISH, Words};
use crate::{Reading, Status};
use std::fmt::Write;
use waymark_engine::wire::{Fact, Regimen, Scalar, Truth};

/// The most characters that the text has.
pub(crate) const LONGEST: usize = 1500;

/// What a clinician pastes into a chart: date and version, facts, every regimen by status and by the first criterion that
/// fails or is open, what would settle most, and the line to verify. At most 1,500 ASCII characters, in English.
#[must_use]
pub fn chart_text(reading: &Reading<'_>) -> String {
    let words = Words::of(reading.guide, ENGLISH);
    use Reasons::{All, Decisive, Nothing};
    // What matters less is given up first: reasons of the course, then facts, then all reasons.
    for (facts, reasons) in [
        (20, All),
        (20, Decisive),
        (10, Decisive),
        (6, Decisive),
        (6, Nothing),
        (0, Nothing),
    ] {
        let text = ascii(&written(reading, words, facts, reasons));
        if text.len() <= LONGEST {
            return text;
        }
    }
    let text = ascii(&written(reading, words, 0, Nothing));
    let rest = ascii(words.text("sheet.text-cut"));
    let room = LONGEST.saturating_sub(rest.len() + 1);
    format!("{}\n{rest}", text.get(..room).unwrap_or(&text))
}

/// Facts that are told before the others, since most verdicts rest on them.
const FIRST: [&str; 6] = [
    "her2-status",
    "hr-status",
    "metastatic",
    "cns-state",
    "prior-her2-regimens-metastatic",
    "current-line",
];

/// For which regimens the text says why.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reasons {
    All,
    /// Those on which something is open, or fails for good.
    Decisive,
    Nothing,
}

fn written(reading: &Reading<'_>, words: Words<'_>, facts: usize, reasons: Reasons) -> String {
    let assessment = &reading.assessment;
    let mut text = words.fill(
        "sheet.text-head",
        &[
            ("date", &assessment.as_of),
            ("version", &assessment.knowledge.version),
        ],
    );
    text.push('\n');
    for notice in &assessment.notices {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{notice}");
    }
    let others = STRIP.iter().filter(|id| !FIRST.contains(id));
    let known = FIRST.iter().chain(others);
    let known = known.filter_map(|id| reading.fact(id));
    let known = known.filter(|fact| !is_unknown(fact)).take(facts);
    let known: Vec<String> = known.map(told).collect();
    if !known.is_empty() {
        let _ = writeln!(
            text,
            "{}: {}",
            words.text("sheet.text-facts"),
            known.join("; ")
        );
    }
    for (status, regimens) in reading.groups() {
        let _ = writeln!(
            text,
            "{}:",
            words.text(&format!("sheet.text-{}", status.word()))
        );
        let mut by_reason: Vec<(Option<String>, Vec<&str>)> = Vec::new();
        for regimen in regimens {
            let told = match reasons {
                Reasons::All => true,
                Reasons::Decisive => status != Status::Later,
                Reasons::Nothing => false,
            };
            let why = why(reading, words, regimen, status).filter(|_| told);
            match by_reason.iter_mut().find(|(reason, _)| *reason == why) {
                Some((_, names)) => names.push(&regimen.name),
                None => by_reason.push((why, vec![&regimen.name])),
            }
        }
        for (why, names) in by_reason {
            let names = names.join("; ");
            let _ = match why {
                Some(why) => writeln!(text, "- {names}: {why}"),
                None => writeln!(text, "- {names}"),
            };
        }
    }
    let settle: Vec<&str> = assessment
        .settle
        .iter()
        .take(3)
        .filter_map(|it| Some(&*reading.fact(&it.fact)?.label))
        .collect();
    if !settle.is_empty() {
        let _ = writeln!(
            text,
            "{}: {}",
            words.text("sheet.text-settle"),
            settle.join(", ")
        );
    }
    text.push_str(words.text("sheet.text-verify"));
    text
}

fn told(fact: &Fact) -> String {
    let plain = |scalar: &Scalar| match scalar {
        Scalar::Null => "?".to_owned(),
        Scalar::Boolean(truth) => if *truth { "yes" } else { "no" }.to_owned(),
        Scalar::Integer(number) => number.to_string(),
        Scalar::Text(word) => super::facts::spelled(word),
    };
    let value = match (&fact.value, &fact.low, &fact.high) {
        (Scalar::Null, Some(low), Some(high)) => format!("{}-{}", plain(low), plain(high)),
        (Scalar::Null, Some(low), None) => format!(">={}", plain(low)),
        (Scalar::Null, None, Some(high)) => format!("<={}", plain(high)),
        (known, _, _) => plain(known),
    };
    format!("{}: {value}", fact.label)
}

/// The first criterion that fails, or else the first that cannot be told.
fn why(
    reading: &Reading<'_>,
    words: Words<'_>,
    regimen: &Regimen,
    status: Status,
) -> Option<String> {
    if status == Status::May {
        return None;
    }
    let root = regimen.nearest_indication()?.explanation.as_ref()?;
    let lines = conjuncts(root);
    let first = |truth: Truth, word: &str| {
        let node = lines.iter().find(|node| node.verdict == truth)?;
        let entry = node.criterion.as_ref();
        let entry = entry.and_then(|id| reading.guide.bundle.criterion(id));
        let label = entry.map_or(&*node.text, |entry| &*entry.label);
        Some(format!("{}: {label}", words.text(word)))
    };
    first(Truth::False, "sheet.unmet").or_else(|| first(Truth::Unknown, "sheet.open"))
}

fn ascii(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '≥' => plain.push_str(">="),
            '≤' => plain.push_str("<="),
            '–' | '—' => plain.push('-'),
            '’' => plain.push('\''),
            it if it.is_ascii() => plain.push(it),
            _ => plain.push('?'),
        }
    }
    plain
}

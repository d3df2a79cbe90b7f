//! The sheet as text for a chart: ASCII, short enough for a note field.

use super::criteria::conjuncts;
use super::facts::{STRIP, is_unknown};
use crate::words::{ENGLISH, Words};
use crate::{Reading, Status};
use std::fmt::Write;
use waymark_engine::wire::{Fact, Regimen, Scalar, Truth};

/// The most characters that the text has.
pub(crate) const LONGEST: usize = 1500;

/// What a clinician pastes into a chart: date and version, facts, every regimen by status with the first criterion that
/// fails or is open, what would settle most, and the line to verify. At most 1,500 ASCII characters, in English.
#[must_use]
pub fn chart_text(reading: &Reading<'_>) -> String {
    let words = Words::of(reading.guide, ENGLISH);
    // What is said first is given up last: facts, then reasons.
    for (facts, reasons) in [(20, true), (8, true), (4, true), (4, false), (0, false)] {
        let text = ascii(&written(reading, words, facts, reasons));
        if text.len() <= LONGEST {
            return text;
        }
    }
    let text = ascii(&written(reading, words, 0, false));
    let rest = ascii(words.text("sheet.text-cut"));
    let room = LONGEST.saturating_sub(rest.len() + 1);
    format!("{}\n{rest}", text.get(..room).unwrap_or(&text))
}

fn written(reading: &Reading<'_>, words: Words<'_>, facts: usize, reasons: bool) -> String {
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
    let known = STRIP.iter().filter_map(|id| reading.fact(id));
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
        for regimen in regimens {
            let why = if reasons { why(regimen, status) } else { None };
            let _ = match why {
                Some(why) => writeln!(text, "- {}: {why}", regimen.id),
                None => writeln!(text, "- {}", regimen.id),
            };
        }
    }
    let settle: Vec<&str> = assessment
        .settle
        .iter()
        .take(3)
        .map(|it| &*it.fact)
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
        Scalar::Text(word) => word.clone(),
    };
    let value = match (&fact.value, &fact.low, &fact.high) {
        (Scalar::Null, Some(low), Some(high)) => format!("{}-{}", plain(low), plain(high)),
        (Scalar::Null, Some(low), None) => format!(">={}", plain(low)),
        (Scalar::Null, None, Some(high)) => format!("<={}", plain(high)),
        (known, _, _) => plain(known),
    };
    format!("{} {value}", fact.id)
}

/// The first criterion that fails, or else the first that cannot be told.
fn why(regimen: &Regimen, status: Status) -> Option<String> {
    if status == Status::May {
        return None;
    }
    let root = regimen.nearest_indication()?.explanation.as_ref()?;
    let lines = conjuncts(root);
    let first = |truth: Truth, sign: &str| {
        let node = lines.iter().find(|node| node.verdict == truth)?;
        Some(format!(
            "{sign} {}",
            node.criterion.as_deref().unwrap_or(&node.text)
        ))
    };
    first(Truth::False, "x").or_else(|| first(Truth::Unknown, "?"))
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

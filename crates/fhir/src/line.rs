//! A line of therapy as an Observation states it. No standard code exists for it, so the words of the question and
//! local codes of the answer are read: `1L`, `2L`, `3L-plus`, `maintenance`, as a public draft guide proposes.

use crate::context::Context;
use crate::datatype::Concept;
use crate::lenient::Text;
use crate::lookup::fold;
use crate::report::{Fact, Found, Reading};
use crate::resource::Observation;
use std::collections::BTreeSet;
use waymark_criteria::{Bounds, DateBounds};
use waymark_engine::bundle::Derivation;
use waymark_engine::chart::{Event, Stated, Statement};

/// Whether an observation asks for the line of therapy.
pub(crate) fn is_asked(code: &Concept<'_>) -> bool {
    let codes = code.coding.iter().filter_map(|coding| coding.code.as_ref());
    code.words().chain(codes.map(Text::as_str)).any(|words| {
        let words = fold(words);
        words.contains(" line of therapy ") || words.contains(" line of treatment ")
    })
}

/// The stated line, as a statement of the fact that counts lines.
pub(crate) fn read(
    observation: &Observation<'_>,
    when: DateBounds,
    text: &str,
    context: &Context<'_, '_, '_>,
) -> Reading {
    let Some(fact) = context.lookup.fact_by(&Derivation::CurrentLine {}) else {
        return Err("a line of therapy, for which the knowledge has no fact".into());
    };
    let mut said: BTreeSet<Answer> = BTreeSet::new();
    let mut local = false;
    if let Some(value) = &observation.value_codeable_concept {
        let codes = value
            .coding
            .iter()
            .filter_map(|coding| coding.code.as_ref());
        let codes: BTreeSet<Answer> = codes.filter_map(|code| answer(code.as_str())).collect();
        local = !codes.is_empty();
        said.extend(codes);
        said.extend(value.words().filter_map(answer));
    }
    said.extend(
        observation
            .value_string
            .iter()
            .filter_map(|it| answer(it.as_str())),
    );
    let numbers: BTreeSet<Bounds> = said.iter().filter_map(|answer| answer.bounds()).collect();
    let mut lines = numbers.into_iter();
    let value = match (lines.next(), lines.next()) {
        (Some(value), None) => value,
        (Some(_), Some(_)) => return Err("it names different lines of therapy".into()),
        (None, _) if said.contains(&Answer::Maintenance) => {
            return Err("maintenance, without the number of the line".into());
        }
        (None, _) => return Err("no line of therapy that is known".into()),
    };
    let mut found = Found::default();
    found.facts.push(Fact {
        date: when,
        event: Event::Statement(Statement {
            fact: fact.to_owned(),
            value: Stated::Bounds(value),
            overrides: false,
        }),
        text: text.to_owned(),
        from_text: !local,
    });
    let how = if local { "a local code" } else { "words" };
    let note = format!("the line of therapy was read from {how}: no standard code exists for it");
    found.notes.push(("stated-line", note));
    Ok(found)
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Answer {
    Line(u8),
    ThirdOrLater,
    Maintenance,
}

impl Answer {
    fn bounds(self) -> Option<Bounds> {
        match self {
            Answer::Line(number) => Some(Bounds::exact(i64::from(number))),
            Answer::ThirdOrLater => Some(Bounds {
                low: Some(3),
                high: None,
            }),
            Answer::Maintenance => None,
        }
    }
}

fn answer(words: &str) -> Option<Answer> {
    match fold(words).trim() {
        "1l" | "first line" | "first line therapy" => Some(Answer::Line(1)),
        "2l" | "second line" | "second line therapy" => Some(Answer::Line(2)),
        "3l plus" | "third line or later" | "third line plus" => Some(Answer::ThirdOrLater),
        "maintenance" | "maintenance therapy" => Some(Answer::Maintenance),
        _ => None,
    }
}

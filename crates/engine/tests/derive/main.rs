//! Facts derived from small charts: each rule, its opposite, and the days on either side of a boundary.
//!
//! A case is a chart in lines, and what facts come of it: `true`, `false`, a word, a number or bounds; `?` is unknown,
//! and `?c`, `?u`, `?n`, `?a` say why: conflict, unresolved, not recorded, after the day asked for.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it did not expect"
)]

mod bundle;
mod counting;
mod disease;
mod her2;
mod history;
mod hormone;
mod lines;
mod person;
mod progression;
mod properties;
mod regimens;
mod relapse;
mod statements;
mod therapies;
mod timeline;

use bundle::BUNDLE;
use waymark_criteria::value::DECIMAL_UNIT;
use waymark_criteria::{Bounds, Date, FactType, Truth, Value};
use waymark_engine::chart::{Chart, Completeness, written};
use waymark_engine::derive::derive;
use waymark_engine::facts::{Fact, FactValue, Facts, WhyUnknown};

/// The day asked for, unless a case names another one.
const AS_OF: &str = "2026-11-01";

fn chart(lines: &str) -> Chart {
    let text = format!("chart 1\n{lines}\n");
    written::read(&text, &BUNDLE).unwrap_or_else(|problems| panic!("{lines}: {problems:#?}"))
}

fn facts_of(chart: &Chart, as_of: &str, record: Completeness) -> Facts {
    derive(chart, &BUNDLE, Date::parse(as_of).unwrap(), record)
}

/// Lines of a chart, and `fact = value` after value.
type Case = (&'static str, &'static str);

fn check_as_of(as_of: &str, record: Completeness, cases: &[Case]) {
    let mut wrong = Vec::new();
    for (lines, expected) in cases {
        let mut chart = chart(&lines.replace(" | ", "\n"));
        let facts = facts_of(&chart, as_of, record);
        chart.entries.reverse();
        assert_eq!(
            facts,
            facts_of(&chart, as_of, record),
            "order matters: {lines}"
        );
        for expected in expected.split(", ") {
            let (id, value) = expected.split_once(" = ").unwrap();
            let fact = get(&facts, id);
            let found = written_value(id, fact, value.starts_with('?') && value.len() > 1);
            if found != value {
                wrong.push(format!(
                    "{lines}\n    {id} = {found}, not {value}: {:?} {:?}",
                    fact.why_unknown, fact.inferred
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn partial(cases: &[Case]) {
    check_as_of(AS_OF, Completeness::Partial, cases);
}

fn complete(cases: &[Case]) {
    check_as_of(AS_OF, Completeness::Complete, cases);
}

fn both(cases: &[Case]) {
    partial(cases);
    complete(cases);
}

fn get<'f>(facts: &'f Facts, id: &str) -> &'f Fact {
    let index = BUNDLE
        .schema()
        .find(id)
        .unwrap_or_else(|| panic!("no fact {id}"));
    facts.get(index)
}

fn written_value(id: &str, fact: &Fact, with_reason: bool) -> String {
    let unknown = || {
        let why = match fact.why_unknown {
            Some(WhyUnknown::Conflict) => "?c",
            Some(WhyUnknown::Unresolved) => "?u",
            Some(WhyUnknown::NotRecorded) => "?n",
            Some(WhyUnknown::AfterAsOf) => "?a",
            None => "? without a reason",
        };
        if with_reason { why } else { "?" }.to_owned()
    };
    match &fact.value {
        FactValue::Word(Some(word)) => word.clone(),
        FactValue::Value(Value::Truth(truth)) if *truth != Truth::Unknown => {
            truth.word().to_owned()
        }
        FactValue::Value(Value::Bounds(bounds)) if *bounds != Bounds::UNKNOWN => {
            let index = BUNDLE.schema().find(id).unwrap();
            let number = |value: i64| match BUNDLE.schema().fact(index).ty {
                FactType::Decimal => {
                    let text = format!("{}.{:08}", value / DECIMAL_UNIT, value % DECIMAL_UNIT);
                    text.trim_end_matches('0').trim_end_matches('.').to_owned()
                }
                FactType::Date => Date::from_days(value).to_string(),
                FactType::Boolean | FactType::Integer | FactType::Word => value.to_string(),
            };
            match (bounds.low, bounds.high) {
                (Some(low), Some(high)) if low == high => number(low),
                (low, high) => format!(
                    "{}..{}",
                    low.map(number).unwrap_or_default(),
                    high.map(number).unwrap_or_default()
                ),
            }
        }
        FactValue::Word(None) | FactValue::Value(_) => unknown(),
    }
}

//! The documents of `cases/facts`: each row of their tables is a chart and the facts that follow from it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it did not expect"
)]

use std::collections::BTreeSet;
use waymark_criteria::Date;
use waymark_engine::chart::{Completeness, written};
use waymark_engine::derive::derive;
use waymark_engine::{Bundle, assess, wire};
use waymark_testsuite::{bundle, files, root};

const AS_OF: &str = "2026-11-01";

/// One row of a table.
struct Case {
    place: String,
    chart: String,
    facts: String,
    because: String,
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for path in files(&root().join("cases/facts"), ".md") {
        let text = std::fs::read_to_string(&path).unwrap();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        if file == "README.md" {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let [_, chart, facts, because, _] = cells[..] else {
                assert!(!line.starts_with('|'), "{file}:{}: three cells", number + 1);
                continue;
            };
            if !chart.starts_with('`') {
                continue;
            }
            cases.push(Case {
                place: format!("{file}:{}", number + 1),
                chart: chart.trim_matches('`').to_owned(),
                facts: facts.trim_matches('`').to_owned(),
                because: because.to_owned(),
            });
        }
    }
    cases
}

/// The facts of a case as the contract shows them; the order of its lines may not matter.
fn facts_of(case: &Case, bundle: &Bundle) -> Vec<wire::Fact> {
    let mut as_of = Date::parse(AS_OF).unwrap();
    let mut record = Completeness::Partial;
    let mut lines = Vec::new();
    for part in case.chart.split("; ") {
        if let Some(day) = part.strip_prefix("as of ") {
            as_of = Date::parse(day).unwrap();
        } else if part == "complete" {
            record = Completeness::Complete;
        } else {
            lines.push(part);
        }
    }
    let text = format!("chart 1\n{}\n", lines.join("\n"));
    let mut chart = written::read(&text, bundle)
        .unwrap_or_else(|problems| panic!("{}: {problems:#?}", case.place));
    let facts = derive(&chart, bundle, as_of, record);
    chart.entries.reverse();
    assert_eq!(
        facts,
        derive(&chart, bundle, as_of, record),
        "{}: order matters",
        case.place
    );
    assess::assess(&chart, &facts, bundle, as_of).facts
}

/// A value as a case writes it.
fn written(fact: &wire::Fact, with_reason: bool) -> String {
    let word = |scalar: &wire::Scalar| match scalar {
        wire::Scalar::Null => None,
        wire::Scalar::Boolean(truth) => Some(truth.to_string()),
        wire::Scalar::Integer(number) => Some(number.to_string()),
        wire::Scalar::Text(text) => Some(text.clone()),
    };
    if let Some(value) = word(&fact.value) {
        return value;
    }
    let end = |end: &Option<wire::Scalar>| end.as_ref().and_then(word).unwrap_or_default();
    if (fact.low.is_some() || fact.high.is_some()) && !with_reason {
        return format!("{}..{}", end(&fact.low), end(&fact.high));
    }
    let why = match fact.why_unknown.as_deref() {
        Some("conflict") => "?c",
        Some("unresolved") => "?u",
        Some("not-recorded") => "?n",
        Some("after-as-of") => "?a",
        _ => "? without a reason",
    };
    if with_reason { why } else { "?" }.to_owned()
}

#[test]
fn every_row_of_every_document() {
    let bundle = bundle();
    let cases = cases();
    let mut wrong = Vec::new();
    let mut deciding: BTreeSet<String> = BTreeSet::new();
    for case in &cases {
        let facts = facts_of(case, &bundle);
        let get = |id: &str| {
            let found = facts.iter().find(|fact| fact.id == id);
            found.unwrap_or_else(|| panic!("{}: no fact {id}", case.place))
        };
        for expected in case.facts.split(", ") {
            let (id, value) = expected.split_once(" = ").unwrap();
            let fact = get(id);
            let found = written(fact, value.starts_with('?') && value.len() > 1);
            let open = value == "?" && fact.value == wire::Scalar::Null;
            if found != value && !open {
                wrong.push(format!(
                    "{}: {}\n    {id} = {found}, not {value}: {:?}",
                    case.place, case.chart, fact.inferred
                ));
            }
        }
        let (first, _) = case.facts.split_once(" = ").unwrap();
        let told = get(first).inferred.clone().unwrap_or_default();
        for row in case.because.split('`').skip(1).step_by(2) {
            if told.contains(&format!("({row})")) {
                deciding.insert(row.to_owned());
            } else {
                wrong.push(format!(
                    "{}: {}\n    `{row}` is not in the explanation: {told}",
                    case.place, case.chart
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    let rows = bundle.content().tables.iter().flat_map(|table| {
        let rows = table.rows.iter();
        rows.map(|row| format!("{}: {}", table.id, row.id))
    });
    let untried: Vec<String> = rows.filter(|row| !deciding.contains(row)).collect();
    assert!(untried.is_empty(), "rows that no case tries: {untried:?}");
    assert!(cases.len() >= 80, "only {} cases", cases.len());
}

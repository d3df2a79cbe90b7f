//! The documents of `cases/facts`: each row of their tables is a chart and the facts that follow from it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it did not expect"
)]
#![expect(
    clippy::print_stdout,
    reason = "what the cases cover is told to who asks with --nocapture"
)]

use serde_json::Value;
use std::collections::BTreeSet;
use waymark_criteria::Date;
use waymark_engine::chart::{Chart, Completeness, written};
use waymark_engine::derive::{derive, history};
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

/// The chart of a case, the day asked for, and what its silence means.
fn chart_of(case: &Case, bundle: &Bundle) -> (Chart, Date, Completeness) {
    let mut as_of = Date::parse(AS_OF).unwrap();
    let mut record = Completeness::Partial;
    let mut lines = Vec::new();
    for part in case.chart.split("; ") {
        if let Some(day) = part.strip_prefix("as of ") {
            as_of = Date::parse(day).unwrap();
        } else if let Some(word) = Completeness::from_word(part) {
            record = word;
        } else {
            lines.push(part);
        }
    }
    let text = format!("chart 1\n{}\n", lines.join("\n"));
    let chart = written::read(&text, bundle)
        .unwrap_or_else(|problems| panic!("{}: {problems:#?}", case.place));
    (chart, as_of, record)
}

/// The facts of a case as the contract shows them; the order of its lines may not matter.
fn facts_of(case: &Case, bundle: &Bundle) -> Vec<wire::Fact> {
    let (mut chart, as_of, record) = chart_of(case, bundle);
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
            if row.starts_with("line: ") {
                continue;
            }
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
    covered("rows of the decision tables", rows, &deciding);
    assert!(cases.len() >= 120, "only {} cases", cases.len());
    println!("{} cases", cases.len());
}

/// Prints how many of what there is a case reaches.
///
/// # Panics
/// Where one has no case.
fn covered(what: &str, all: impl Iterator<Item = String>, reached: &BTreeSet<String>) {
    let all: Vec<String> = all.collect();
    let untried: Vec<&String> = all.iter().filter(|one| !reached.contains(*one)).collect();
    println!("{} of {} {what}", all.len() - untried.len(), all.len());
    assert!(untried.is_empty(), "{what} that no case tries: {untried:?}");
}

/// Every rule of counting, and its opposite. A rule that a history names stands in that of its case, and not in that of
/// its opposite.
#[test]
fn every_rule_of_counting_and_its_opposite() {
    let bundle = bundle();
    let cases = cases();
    let told: Vec<BTreeSet<String>> = cases
        .iter()
        .map(|case| named_rules(case, &bundle))
        .collect();
    let named: BTreeSet<&String> = told.iter().flatten().collect();
    let mut reached = BTreeSet::new();
    for (case, told) in cases.iter().zip(&told) {
        let marks = case.because.split('`').skip(1).step_by(2);
        for mark in marks.filter_map(|mark| mark.strip_prefix("line: ")) {
            let (rule, holds) = match mark.strip_prefix("not ") {
                Some(rule) => (rule.to_owned(), false),
                None => (mark.to_owned(), true),
            };
            assert!(
                !named.contains(&rule) || told.contains(&rule) == holds,
                "{}: `{mark}`, and the history names {told:?}",
                case.place
            );
            reached.insert(mark.to_owned());
        }
    }
    let rules = bundle.content().line_rules.iter();
    let both = rules.flat_map(|rule| [rule.id.clone(), format!("not {}", rule.id)]);
    covered("rules of counting with their opposites", both, &reached);
}

/// The rules by which something begins or goes on in the history of a case.
fn named_rules(case: &Case, bundle: &Bundle) -> BTreeSet<String> {
    let (chart, as_of, record) = chart_of(case, bundle);
    let told = history(&chart, bundle, as_of, record);
    let rules = told.episodes.into_iter().flat_map(|episode| {
        let begins = episode.begins.into_iter().flat_map(|begins| begins.rules);
        begins.chain(episode.goes_on_by).collect::<Vec<_>>()
    });
    rules.collect()
}

/// Every number by which a fact or a rule decides, and every limit of a decision table, moved by the least step to either
/// side: a case notices.
#[test]
fn a_limit_that_moves_by_one_is_noticed() {
    let bundle = bundle();
    let cases = cases();
    let content = serde_json::to_value(bundle.content()).unwrap();
    let mut moved: Vec<(String, Value)> = Vec::new();
    for list in ["facts", "line_rules"] {
        for (index, entry) in content[list].as_array().unwrap().iter().enumerate() {
            let part = if list == "facts" {
                "derivation"
            } else {
                "rule"
            };
            let numbers = entry[part].as_object().unwrap().iter();
            for (key, number) in numbers.filter_map(|(key, it)| Some((key, it.as_i64()?))) {
                for other in [number - 1, number + 1] {
                    let mut content = content.clone();
                    content[list][index][part][key] = other.into();
                    moved.push((format!("{}: {key} = {other}", entry["id"]), content));
                }
            }
        }
    }
    for (index, table) in content["tables"].as_array().unwrap().iter().enumerate() {
        let written = table["rows"].to_string();
        for (limit, others) in LIMITS.iter().filter(|(limit, _)| written.contains(limit)) {
            for other in others {
                let mut content = content.clone();
                let rows = written.replace(limit, other);
                content["tables"][index]["rows"] = serde_json::from_str(&rows).unwrap();
                moved.push((format!("{}: {other}", table["id"]), content));
            }
        }
    }
    let expected = outcomes(&cases, &bundle);
    let mut noticed = BTreeSet::new();
    for (what, content) in &moved {
        let content = serde_json::from_value(content.clone()).unwrap();
        let bundle =
            Bundle::new(content).unwrap_or_else(|problems| panic!("{what}: {problems:#?}"));
        if outcomes(&cases, &bundle) != expected {
            noticed.insert(what.clone());
        }
    }
    let all = moved.into_iter().map(|(what, _)| what);
    covered("limits moved by one", all, &noticed);
}

/// The limits of the decision tables, and what lies next to each.
const LIMITS: [(&str, [&str; 2]); 6] = [
    (" 2.00", [" 1.99", " 2.01"]),
    (" 4.00", [" 3.99", " 4.01"]),
    (" 6.00", [" 5.99", " 6.01"]),
    (" 1.00", [" 0.99", " 1.01"]),
    (" 10.00", [" 9.99", " 10.01"]),
    ("2018-05-30", ["2018-05-29", "2018-05-31"]),
];

/// What each case comes to, of the facts that it names.
fn outcomes(cases: &[Case], bundle: &Bundle) -> Vec<String> {
    let outcome = |case: &Case| {
        let (chart, as_of, record) = chart_of(case, bundle);
        let facts = derive(&chart, bundle, as_of, record);
        let ids = case.facts.split(", ").filter_map(|it| it.split_once(" = "));
        let told = ids.filter_map(|(id, _)| Some(facts.get(bundle.schema().find(id)?)));
        let told = told.map(|fact| format!("{:?} {:?}", fact.value, fact.inferred));
        told.collect::<Vec<_>>().join(", ")
    };
    cases.iter().map(outcome).collect()
}

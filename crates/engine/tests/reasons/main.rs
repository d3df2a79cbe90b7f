//! Reasons against brute force: small bundles with every constraint and rule drawn at random, every possibility tried.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it did not expect"
)]

mod brute;

use brute::Brute;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use std::sync::Arc;
use waymark_criteria::{Bounds, Truth, Value, Values};
use waymark_engine::bundle::{Content, name};
use waymark_engine::reasons::Reasoner;
use waymark_engine::{Bundle, wire};

const BOOLEANS: [&str; 4] = ["a", "b", "c", "d"];
const NUMBERS: [&str; 2] = ["m", "n"];
const MOST: i64 = 3;

fn fact(id: &str, ty: &str, changes: &str, cql: &str) -> Json {
    let rule = if ty == "date" { "as-of" } else { "stated" };
    let mut fact = json!({
        "id": id, "type": ty, "label": id, "question": "?", "how": "!", "derivation": { "rule": rule },
        "changes": changes, "review": { "on": "2026-11-23", "due": "2027-05-23" }, "cql": cql,
    });
    if ty == "integer" {
        fact["min"] = json!(0);
        fact["max"] = json!(MOST);
    }
    fact
}

/// A bundle of one regimen with two indications, the second of which is in force from 2020 to 2025.
fn bundle(changes: &[&str], constraints: &[&str], rules: &[String; 2]) -> Bundle {
    let define =
        |position: usize, body: &str| format!("define \"constraint {position}\": {body}\n");
    let constraints: String = constraints
        .iter()
        .enumerate()
        .map(|(position, body)| define(position, body))
        .collect();
    let mut facts = vec![fact("as-of", "date", "fixed", &constraints)];
    let ids = BOOLEANS.iter().map(|id| (id, "boolean"));
    let ids = ids.chain(NUMBERS.iter().map(|id| (id, "integer")));
    for ((id, ty), changes) in ids.zip(changes) {
        facts.push(fact(id, ty, changes, ""));
    }
    let indication = |id: &str, to: Option<&str>| {
        json!({ "id": id, "jurisdiction": "US", "scope": "metastatic", "text": "t", "from": "2020", "to": to,
                "source": "s", "status": "confirmed" })
    };
    let cql = format!("define one: {}\ndefine two: {}", rules[0], rules[1]);
    let content = json!({
        "format": 1, "publisher": { "developer": "test", "funding": "none", "released": "2026-11-23", "report-to": "nobody" }, "patient_data": [], "version": "test", "sources": [], "criteria": [], "guidance": [], "trials": [], "terms": [],
        "medicines": [], "facts": facts,
        "regimens": [{
            "id": "r", "name": "r", "basis": "label", "medicines": [], "cql": cql,
            "indications": [indication("one", None), indication("two", Some("2025-06"))],
            "review": { "on": "2026-11-23", "due": "2027-05-23" },
        }],
    });
    let content: Content = serde_json::from_value(content).unwrap();
    Bundle::new(content).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn rule() -> impl Strategy<Value = String> {
    let number = (prop::sample::select(NUMBERS.to_vec()), 0..=MOST)
        .prop_map(|(id, least)| format!("{id} >= {least}"));
    let exact = (prop::sample::select(NUMBERS.to_vec()), 0..=MOST)
        .prop_map(|(id, value)| format!("{id} = {value}"));
    let boolean = prop::sample::select(BOOLEANS.to_vec()).prop_map(str::to_owned);
    prop_oneof![3 => boolean, 1 => number, 1 => exact].prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            1 => inner.clone().prop_map(|operand| format!("not ({operand})")),
            4 => (prop::collection::vec(inner, 2..4), any::<bool>()).prop_map(|(operands, all)| {
                let operands: Vec<String> = operands.iter().map(|it| format!("({it})")).collect();
                operands.join(if all { " and " } else { " or " })
            }),
        ]
    })
}

fn constraints() -> impl Strategy<Value = Vec<&'static str>> {
    let pool = vec![
        "a implies b",
        "b implies c",
        "not (a and d)",
        "c implies m >= 1",
        "m <= n",
        "n >= 1 implies d",
        "a or b or c",
        "m >= 2 implies a",
    ];
    prop::sample::subsequence(pool, 0..5)
}

fn values() -> impl Strategy<Value = Vec<Value>> {
    let boolean = prop_oneof![
        Just(Truth::True),
        Just(Truth::False),
        Just(Truth::True),
        Just(Truth::False),
        Just(Truth::Unknown)
    ];
    let number = (0..=MOST, 0..=MOST, 0..4u8).prop_map(|(one, other, kind)| match kind {
        0 => Bounds {
            low: Some(0),
            high: Some(MOST),
        },
        1 => Bounds {
            low: Some(one.min(other)),
            high: Some(one.max(other)),
        },
        _ => Bounds::exact(one),
    });
    (
        prop::collection::vec(boolean.prop_map(Value::Truth), BOOLEANS.len()),
        prop::collection::vec(number.prop_map(Value::Bounds), NUMBERS.len()),
    )
        .prop_map(|(booleans, numbers)| [booleans, numbers].concat())
}

fn person(bundle: &Bundle, facts: &[Value], day: &str) -> Values {
    let mut values = Values::unknown(bundle.schema());
    let day = waymark_criteria::Date::parse(day).unwrap();
    values.set(bundle.as_of(), Value::Bounds(Bounds::exact(day.to_days())));
    for (id, value) in BOOLEANS.iter().chain(&NUMBERS).zip(facts) {
        values.set(bundle.schema().find(id).unwrap(), *value);
    }
    values
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reasons_are_those_that_trying_everything_finds(
        changes in prop::collection::vec(prop::sample::select(vec!["may-change", "grows", "fixed"]), 6),
        constraints in constraints(),
        rules in [rule(), rule()],
        facts in values(),
        day in prop::sample::select(vec!["2019-01-01", "2020-05-01", "2024-01-01", "2026-01-01"]),
    ) {
        let bundle = bundle(&changes, &constraints, &rules);
        let actual = person(&bundle, &facts, day);
        let brute = Brute::new(&bundle, &actual);
        let found = Reasoner::new(&bundle, &actual).reasons("r").unwrap();
        if !brute.is_consistent() {
            prop_assert_eq!(found.not_computed.as_deref(), Some("contradiction"));
            return Ok(());
        }
        prop_assert_eq!(found.not_computed, None);
        let truth = brute.truth(&actual);
        prop_assert_eq!(found.decided_by, truth.is_known().then(|| brute.smallest(truth)));
        for (wanted, otherwise) in [(true, &found.would_be_met), (false, &found.would_not_be_met)] {
            prop_assert_eq!(otherwise.is_some(), truth != Truth::decided(wanted));
            if let Some(otherwise) = otherwise {
                let (possible, expected) = brute.ways(truth, wanted);
                let given: Vec<Vec<String>> = otherwise.ways.iter().map(changed).collect();
                prop_assert_eq!(given.len() + otherwise.more, expected.len(), "{:?} {:?}", otherwise, expected);
                prop_assert_eq!(otherwise.possible, possible);
                for way in &otherwise.ways {
                    prop_assert!(expected.contains(&changed(way)), "{:?} {:?}", way, expected);
                    prop_assert!(brute.brings_about(way, wanted), "{:?}", way);
                }
            }
        }
    }

    /// What is still open is nothing but what is unknown, and something is open where the verdict is unknown.
    #[test]
    fn what_is_open_is_shown(constraints in constraints(), rules in [rule(), rule()], facts in values()) {
        let bundle = bundle(&["may-change"; 6], &constraints, &rules);
        let actual = person(&bundle, &facts, "2024-01-01");
        let reasons = Reasoner::new(&bundle, &actual).reasons("r").unwrap();
        let node = bundle.program().root(&name::regimen("r")).unwrap();
        let open = !bundle.program().truth_of(&actual, node).is_known();
        prop_assert_eq!(reasons.still_open.is_empty(), !open);
        let mut work: Vec<&wire::Node> = reasons.still_open.iter().collect();
        while let Some(node) = work.pop() {
            prop_assert_eq!(node.verdict, wire::Truth::Unknown);
            work.extend(node.children.iter().map(Arc::as_ref));
            for id in node.facts.iter() {
                prop_assert!(!actual.get(bundle.schema().find(id).unwrap()).is_settled());
            }
        }
    }
}

fn changed(way: &wire::Way) -> Vec<String> {
    way.changes
        .iter()
        .map(|change| change.fact.clone())
        .collect()
}

/// The nearest value is given where it is known what the fact is, and all that would do where it is not.
#[test]
fn changes_are_near_and_unknown_facts_wide() {
    let rules = ["m >= 2 and a".to_owned(), "false".to_owned()];
    let bundle = bundle(&["grows"; 6], &["m <= n"], &rules);
    let truth = |holds| Value::Truth(Truth::decided(holds));
    let exactly = |value| Value::Bounds(Bounds::exact(value));
    let unknown = Value::Bounds(Bounds::UNKNOWN);
    let ask = |facts: [Value; 6]| {
        let values = person(&bundle, &facts, "2024-01-01");
        let reasons = Reasoner::new(&bundle, &values).reasons("r").unwrap();
        reasons.would_be_met.unwrap()
    };
    let (yes, no) = (truth(true), truth(false));
    let near = ask([yes, no, no, no, exactly(0), exactly(1)]);
    assert_eq!(near.ways.len(), 1);
    assert_eq!(
        near.ways[0].changes[0].would_be.value,
        wire::Scalar::Integer(2)
    );
    assert_eq!(near.ways[0].follows[0].fact, "n");
    assert_eq!(
        near.ways[0].follows[0].would_be.low,
        Some(wire::Scalar::Integer(2))
    );
    let wide = ask([yes, no, no, no, unknown, unknown]);
    assert_eq!(
        wide.ways[0].changes[0].would_be.low,
        Some(wire::Scalar::Integer(2))
    );
    assert_eq!(wide.ways[0].changes[0].would_be.high, None);
    assert!(wide.ways[0].follows.is_empty());
}

/// What no longer changes is told apart from what may still come about.
#[test]
fn the_past_does_not_change() {
    let rules = ["not a and b".to_owned(), "false".to_owned()];
    let bundle = bundle(&["grows"; 6], &[], &rules);
    let ask = |a: Truth| {
        let facts = [a, Truth::False, Truth::False, Truth::False].map(Value::Truth);
        let facts = [&facts[..], &[Value::Bounds(Bounds::exact(0)); 2]].concat();
        let values = person(&bundle, &facts, "2024-01-01");
        let reasons = Reasoner::new(&bundle, &values).reasons("r").unwrap();
        reasons.would_be_met.unwrap()
    };
    assert!(ask(Truth::False).possible);
    let past = ask(Truth::True);
    assert!(!past.possible);
    assert_eq!(changed(&past.ways[0]), ["a", "b"]);
}

//! An entry found to be wrong is withdrawn by one table in the manifest, whatever its own cases say.

use crate::sample::{all_shown, edited, files, run};
use waymark_criteria::{Bounds, Date, Truth, Value, Values};
use waymark_engine::Bundle;
use waymark_engine::bundle::{AS_OF, name};
use waymark_knowledge::Tree;

const REGIMEN: &str = "examplimab-alone";

fn withdrawing(id: &str) -> Tree {
    let mut files = files();
    let manifest = files.get_mut("knowledge.toml").unwrap();
    *manifest += &format!(
        "\n[[withdrawn]]\nid = \"{id}\"\non = \"2026-01-02\"\nreason = \"a wrong threshold\"\n"
    );
    Tree::new(files)
}

/// The verdict of the regimen for someone who meets every criterion, on the day.
fn verdict(bundle: &Bundle, day: &str) -> Truth {
    let mut values = Values::unknown(bundle.schema());
    let mut set = |fact: &str, value| values.set(bundle.schema().find(fact).unwrap(), value);
    set(
        AS_OF,
        Value::Bounds(Bounds::exact(Date::parse(day).unwrap().to_days())),
    );
    set("marker-positive", Value::Truth(Truth::True));
    set("earlier-regimens", Value::Bounds(Bounds::exact(1)));
    let root = bundle.program().root(&name::regimen(REGIMEN)).unwrap();
    bundle.program().truth_of(&values, root)
}

#[test]
fn what_rests_on_a_withdrawn_criterion_is_unknown_at_once() {
    let whole = run(&Tree::new(files())).bundle.unwrap();
    assert_eq!(verdict(&whole, "2022-01-01"), Truth::True);
    let tree = withdrawing("marker-positive-disease");
    let outcome = run(&tree);
    let Some(bundle) = outcome.bundle else {
        panic!("{}", all_shown(&tree, &outcome.diagnostics))
    };
    assert_eq!(verdict(&bundle, "2022-01-01"), Truth::Unknown);
    assert_ne!(bundle.hash(), whole.hash());
    // The cases still prove the logic as it is written.
    assert!(outcome.cases.iter().all(|case| case.passed));
    let again = Bundle::from_bytes(&bundle.to_bytes()).unwrap();
    assert_eq!(verdict(&again, "2022-01-01"), Truth::Unknown);
}

#[test]
fn what_was_not_in_force_stays_so() {
    let bundle = run(&withdrawing("marker-positive-disease")).bundle.unwrap();
    assert_eq!(verdict(&bundle, "1990-01-01"), Truth::False);
}

#[test]
fn only_what_is_defined_can_be_withdrawn() {
    let outcome = run(&withdrawing("no-such-criterion"));
    assert!(outcome.bundle.is_none());
    let codes: Vec<_> = outcome
        .diagnostics
        .iter()
        .map(|it| (it.code, it.place.as_str()))
        .collect();
    assert!(
        codes.contains(&("withdrawn-unknown", "knowledge.toml")),
        "{codes:?}"
    );
    let tree = edited("knowledge.toml", "[publisher]", "[publishers]");
    let codes: Vec<_> = run(&tree).diagnostics.iter().map(|it| it.code).collect();
    assert!(codes.contains(&"no-publisher"), "{codes:?}");
}

//! A stored answer is confirmed from the facts in it, and what was changed in it is found.

#![allow(clippy::unwrap_used)]

use waymark_engine::chart::Completeness;
use waymark_engine::replay::{again, differences};
use waymark_engine::wire::{Assessment, Scalar, Verdict};
use waymark_testsuite::{assess_with_reasons, bundle, chart, day, files, root};

/// Through the bytes that a person would keep.
fn kept(assessment: &Assessment) -> Assessment {
    serde_json::from_slice(&serde_json::to_vec(assessment).unwrap()).unwrap()
}

fn example(name: &str) -> Assessment {
    let bundle = bundle();
    let chart = chart(&root().join("examples").join(name), &bundle).unwrap();
    kept(&assess_with_reasons(
        &chart,
        &bundle,
        day("2026-11-01"),
        Completeness::Complete,
    ))
}

#[test]
fn every_example_is_confirmed() {
    let bundle = bundle();
    for path in files(&root().join("examples"), ".chart") {
        let chart = chart(&path, &bundle).unwrap();
        for record in [Completeness::Partial, Completeness::Complete] {
            for as_of in ["2024-05-24", "2026-11-01"] {
                let stored = kept(&assess_with_reasons(&chart, &bundle, day(as_of), record));
                let found = differences(&stored, &again(&stored, &bundle).unwrap());
                assert_eq!(found, [], "{} {as_of} {record:?}", path.display());
            }
        }
    }
}

#[test]
fn a_verdict_that_was_changed_is_found() {
    let bundle = bundle();
    let mut stored = example("two-lines-brain-metastases.chart");
    let tdxd = stored
        .regimens
        .iter_mut()
        .find(|it| it.id == "tdxd")
        .unwrap();
    assert_eq!(tdxd.verdict, Verdict::Indicated);
    tdxd.verdict = Verdict::NotIndicated;
    let found = differences(&stored, &again(&stored, &bundle).unwrap());
    let places: Vec<&str> = found.iter().map(|it| it.place.as_str()).collect();
    assert_eq!(places, ["regimens.tdxd.verdict"]);
}

#[test]
fn a_fact_that_was_changed_changes_what_rests_on_it() {
    let bundle = bundle();
    let mut stored = example("two-lines-brain-metastases.chart");
    let her2 = stored
        .facts
        .iter_mut()
        .find(|it| it.id == "her2-positive")
        .unwrap();
    her2.value = Scalar::Boolean(false);
    let found = differences(&stored, &again(&stored, &bundle).unwrap());
    assert!(
        found.iter().any(|it| it.place == "regimens.tdxd.verdict"),
        "{found:#?}"
    );
    assert!(
        found
            .iter()
            .all(|it| it.place != "facts.her2-positive.value")
    );
}

#[test]
fn what_is_no_answer_of_this_knowledge_is_refused() {
    let bundle = bundle();
    let mut other = example("minimal.chart");
    other.schema = "waymark.assessment/0".to_owned();
    other.facts[0].id = "no-such-fact".into();
    let codes: Vec<&str> = again(&other, &bundle)
        .unwrap_err()
        .iter()
        .map(|it| it.code)
        .collect();
    assert_eq!(codes, ["unknown-schema", "unknown-fact"]);
    let mut wrong = example("minimal.chart");
    let her2 = wrong
        .facts
        .iter_mut()
        .find(|it| it.id == "her2-positive")
        .unwrap();
    her2.value = Scalar::Integer(3);
    let message = &again(&wrong, &bundle).unwrap_err()[0].message;
    assert_eq!(message, "the value of `her2-positive` is not of its type");
}

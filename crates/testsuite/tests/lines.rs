//! The history of treatment over the real knowledge: its schema, its rules, its agreement with the facts, and what a
//! FHIR record states of a line.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::collections::BTreeSet;
use waymark_engine::bundle::LineFunction;
use waymark_engine::chart::Completeness;
use waymark_engine::derive::{derive, history};
use waymark_engine::wire::{Scalar, lines};
use waymark_testsuite::{bundle, chart, day, files, root};

const BOTH: [Completeness; 2] = [Completeness::Partial, Completeness::Complete];

#[test]
fn every_function_is_set_by_a_rule_of_the_knowledge() {
    let error = serde_json::from_str::<LineFunction>(r#"{"function": "none"}"#).unwrap_err();
    let error = error.to_string();
    let known: BTreeSet<&str> = error.split('`').skip(3).step_by(2).collect();
    let bundle = bundle();
    let rules = &bundle.content().line_rules;
    let set: BTreeSet<&str> = rules.iter().map(|rule| rule.rule.word()).collect();
    assert_eq!(set, known);
    assert!(known.len() > 10, "{error}");
}

#[test]
fn histories_hold_to_the_published_schema_and_count_as_the_facts_do() {
    let bundle = bundle();
    let schema = std::fs::read_to_string(root().join("docs/lines.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let mut episodes = 0;
    for path in files(&root().join("examples"), "")
        .iter()
        .filter(|path| !path.ends_with("README.md"))
    {
        let chart = chart(path, &bundle).unwrap();
        for record in BOTH {
            for as_of in ["1997-01-01", "2024-05-24", "2026-11-01"] {
                let told = history(&chart, &bundle, day(as_of), record);
                let place = format!("{} as of {as_of}", path.display());
                let json = serde_json::to_value(&told).unwrap();
                let problems: Vec<String> = validator
                    .iter_errors(&json)
                    .map(|error| format!("{error} at {}", error.instance_path()))
                    .collect();
                assert!(problems.is_empty(), "{place}: {problems:#?}");
                counts_agree(
                    &told,
                    &waymark_testsuite::assess(&chart, &bundle, day(as_of), record),
                    &place,
                );
                rules_are_told(&told, &place);
                episodes += told.episodes.len();
            }
        }
    }
    assert!(episodes > 50, "only {episodes} episodes");
}

fn counts_agree(told: &lines::Lines, assessment: &waymark_engine::wire::Assessment, place: &str) {
    assert!(told.counts.len() >= 3, "{place}");
    for count in &told.counts {
        let fact = assessment
            .facts
            .iter()
            .find(|fact| fact.id == count.fact.id);
        assert_eq!(fact, Some(&count.fact), "{place}");
    }
    // What surely begins is counted.
    let count = told
        .counts
        .iter()
        .find(|count| count.fact.id == "current-line");
    let Some(Scalar::Integer(lines)) = count.map(|count| &count.fact.value) else {
        return;
    };
    let begun = told.episodes.iter().flat_map(|episode| &episode.begins);
    let begun = begun.filter(|begins| begins.what == "line" && begins.certain);
    assert_eq!(i64::try_from(begun.count()), Ok(*lines), "{place}");
}

/// Every rule that is named is told.
fn rules_are_told(told: &lines::Lines, place: &str) {
    let known: BTreeSet<&str> = told.rules.iter().map(|rule| rule.id.as_str()).collect();
    let begins = told.episodes.iter().flat_map(|episode| &episode.begins);
    let named = begins.flat_map(|begins| &begins.rules);
    let named = named.chain(told.episodes.iter().flat_map(|episode| &episode.goes_on_by));
    let because = told.counts.iter().flat_map(|count| &count.because);
    for rule in named.chain(because.flat_map(|because| &because.rules)) {
        assert!(known.contains(rule.as_str()), "{place}: {rule}");
    }
}

/// The count of lines from a bundle with this answer to a question on the line of therapy.
fn stated(question: &str, answer: &str) -> (Option<(Scalar, Option<Scalar>)>, Vec<String>) {
    let bundle = bundle();
    let text = format!(
        r#"{{"resourceType":"Bundle","type":"collection","entry":[
          {{"resource":{{"resourceType":"Patient","id":"p"}}}},
          {{"resource":{{"resourceType":"Observation","id":"o","status":"final","code":{question},
            "effectiveDateTime":"2025-03-01","subject":{{"reference":"Patient/p"}},{answer}}}}}]}}"#
    );
    let chart = waymark_fhir::read(text.as_bytes(), &bundle, None).unwrap();
    let facts = derive(&chart, &bundle, day("2026-11-01"), Completeness::Partial);
    let assessment = waymark_engine::assess::assess(&chart, &facts, &bundle, day("2026-11-01"));
    let line = assessment
        .facts
        .into_iter()
        .find(|fact| fact.id == "current-line")
        .unwrap();
    let used = chart
        .import
        .used
        .iter()
        .any(|used| used.record == "Observation/o");
    let ignored = chart
        .import
        .ignored
        .iter()
        .map(|ignored| ignored.reason.clone());
    (used.then_some((line.value, line.low)), ignored.collect())
}

#[test]
fn a_line_that_a_fhir_record_states_is_evidence() {
    let local = r#"{"coding":[{"system":"http://example.org/local","code":"line-of-therapy"}]}"#;
    let words = r#"{"text":"Line of therapy"}"#;
    let code = |code: &str| {
        format!(
            r#""valueCodeableConcept":{{"coding":[{{"system":"http://example.org/local","code":"{code}"}}]}}"#
        )
    };
    let number = |value: i64| Some((Scalar::Integer(value), None));
    assert_eq!(stated(local, &code("1L")).0, number(1));
    assert_eq!(stated(words, &code("2L")).0, number(2));
    assert_eq!(stated(words, r#""valueString":"second line""#).0, number(2));
    let later = Some((Scalar::Null, Some(Scalar::Integer(3))));
    assert_eq!(stated(local, &code("3L-plus")).0, later);
    // Reported and not used.
    for (question, answer) in [
        (local, code("maintenance")),
        (local, code("0L")),
        (words, r#""valueString":"not the first line""#.to_owned()),
        (
            local,
            r#""valueCodeableConcept":{"coding":[{"code":"1L"},{"code":"2L"}]}"#.to_owned(),
        ),
        (r#"{"text":"Line placement"}"#, code("1L")),
    ] {
        let (line, ignored) = stated(question, &answer);
        assert_eq!(line, None, "{answer}");
        assert_eq!(ignored.len(), 1, "{answer}: {ignored:?}");
    }
}

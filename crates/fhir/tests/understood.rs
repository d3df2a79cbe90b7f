//! What has to be understood before a record is used, and whether the record of a person is the one to read.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod knowledge;

use knowledge::{accounted, bundle, expand, lines};
use waymark_engine::Chart;

fn read(text: &str, patient: Option<&str>) -> Chart {
    let chart = waymark_fhir::read(expand(text).as_bytes(), &bundle(), patient).unwrap();
    accounted(&chart);
    chart
}

fn input(head: &str, entries: &[&str]) -> String {
    let entries = entries.join(",");
    format!(r#"{{"resourceType":"Bundle","type":"collection"{head},"entry":[{entries}]}}"#)
}

/// The codes of what the report notes.
fn notes(chart: &Chart) -> Vec<&str> {
    let notes = chart.import.notes.iter();
    notes.map(|note| note.code).collect()
}

const PERSON: &str = r#"{"resource":{"resourceType":"Patient","id":"p"}}"#;
const CANCER: &str = r#"{"resource":{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"code":{"coding":[@sct:254837009]}}}"#;

#[test]
fn a_bundle_with_rules_of_its_own_gives_nothing() {
    let plain = read(&input("", &[PERSON, CANCER]), None);
    assert_eq!(lines(&plain), ["? breast"]);
    assert_eq!(plain.import.lost, 0);
    let rules = r#","implicitRules":"http://example.org/rules""#;
    let refused = read(&input(rules, &[PERSON, CANCER]), None);
    assert!(refused.entries.is_empty());
    assert_eq!(refused.import.ignored.len(), 2);
    assert!(refused.import.ignored[1].reason.contains("implicitRules"));
    // Nothing in it may be taken for all there is.
    assert_eq!(refused.import.lost, 2);
}

#[test]
fn a_modified_entry_gives_nothing_and_leaves_the_others() {
    let modified = CANCER.replacen(
        '{',
        r#"{"modifierExtension":[{"url":"http://example.org/not"}],"#,
        1,
    );
    let other = CANCER.replace(r#""id":"c""#, r#""id":"d""#);
    let chart = read(&input("", &[PERSON, &modified, &other]), None);
    assert_eq!(lines(&chart), ["? breast"]);
    assert_eq!(chart.import.ignored[0].record, "Condition/c");
    assert_eq!(chart.import.lost, 1);
}

#[test]
fn a_record_that_is_not_understood_keeps_the_others_from_being_all() {
    let with = |element: &str| {
        let record = CANCER.replace(r#""id":"c""#, &format!(r#""id":"c",{element}"#));
        read(&input("", &[PERSON, &record]), None).import.lost
    };
    assert_eq!(with(r#""language":"en""#), 0);
    assert_eq!(with(r#""implicitRules":"http://example.org/rules""#), 1);
    assert_eq!(
        with(r#""modifierExtension":[{"url":"http://example.org/not"}]"#),
        1
    );
}

#[test]
fn whether_it_is_the_record_to_read() {
    let with = |element: &str| {
        let person = format!(r#"{{"resource":{{"resourceType":"Patient","id":"p",{element}}}}}"#);
        let chart = read(&input("", &[&person, CANCER]), None);
        assert_eq!(lines(&chart), ["? breast"], "{element}");
        let notes: Vec<String> = notes(&chart)
            .iter()
            .map(|code| (*code).to_owned())
            .collect();
        (notes, chart.import.lost)
    };
    let not_whole = |code: &str| (vec![code.to_owned(), "not-whole".to_owned()], 1);
    assert_eq!(with(r#""active":true"#), (vec![], 0));
    assert_eq!(with(r#""active":false"#), not_whole("patient-not-in-use"));
    for kind in ["replaced-by", "replaces", "refer", "seealso"] {
        let link = format!(r#""link":[{{"type":"{kind}","other":{{"reference":"Patient/q"}}}}]"#);
        assert_eq!(with(&link), not_whole("patient-link"), "{kind}");
    }
    let relative = r#""link":[{"type":"seealso","other":{"reference":"RelatedPerson/q"}}]"#;
    assert_eq!(with(relative), (vec![], 0));
    // A masked link tells nothing.
    assert_eq!(with(r#""link":[{"extension":[{"url":"x"}]}]"#), (vec![], 0));
    assert_eq!(with(r#""deceasedBoolean":false"#), (vec![], 0));
    let died = (vec!["deceased".to_owned()], 0);
    assert_eq!(with(r#""deceasedBoolean":true"#), died);
    assert_eq!(with(r#""deceasedDateTime":"2025-01-02""#), died);
}

#[test]
fn a_record_that_another_one_replaces_is_not_chosen() {
    let old = r#"{"resource":{"resourceType":"Patient","id":"o","link":[{"type":"replaced-by","other":{"reference":"Patient/p"}}]}}"#;
    let of_old = CANCER
        .replace("Patient/p", "Patient/o")
        .replace(r#""id":"c""#, r#""id":"d""#);
    let input = input("", &[old, PERSON, CANCER, &of_old]);
    let chart = read(&input, None);
    assert_eq!(chart.patient.id, "p");
    assert_eq!(lines(&chart), ["? breast"]);
    // Who asks for the old record gets it, and is told.
    let chart = read(&input, Some("o"));
    assert_eq!(chart.patient.id, "o");
    assert!(notes(&chart).contains(&"patient-link"));
    // A replacement that is not there cannot be read instead.
    let alone = input_of(old, &of_old);
    assert_eq!(read(&alone, None).patient.id, "o");
}

fn input_of(person: &str, record: &str) -> String {
    input("", &[person, record])
}

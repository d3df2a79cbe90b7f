//! The closed list of meanings of the knowledge against what this crate does with them.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod knowledge;

use knowledge::{bundle, chart_by, lines, table};
use std::collections::BTreeSet;
use waymark_engine::Bundle;

const KNOWLEDGE: &str = include_str!("../../../kb/knowledge.toml");

const BY_NAME: &str =
    "a quantity is handed on by its name, and judged by the fact that asks for it";

/// Meanings that are read like any other word of their family, and why that is meant.
const LIKE_ANY_OTHER: &[(&str, &str)] = &[
    ("body.other", "any place but brain and breast is elsewhere"),
    (
        "condition.pregnancy",
        "a condition is handed on by its name",
    ),
    (
        "condition.severe-hepatic-impairment",
        "a condition is handed on by its name",
    ),
    (
        "intent.supportive",
        "says nothing of the setting of a treatment",
    ),
    (
        "metastasis.unspecified",
        "a place that is not told apart is not told",
    ),
    ("observation.alkaline-phosphatase", BY_NAME),
    ("observation.alt", BY_NAME),
    ("observation.ast", BY_NAME),
    ("observation.bilirubin", BY_NAME),
    ("observation.creatinine", BY_NAME),
    ("reason.other", "an end that nothing follows from"),
    ("value.female", "read of the person alone"),
    ("value.male", "read of the person alone"),
];

/// Records in which a code of any meaning (`@probe:probe`) may stand.
const RECORDS: &[&str] = &[
    // A code of a condition, its stage and its place.
    r#"{"resourceType":"Condition","code":{"coding":[@probe:probe]}}"#,
    r#"{"resourceType":"Condition","clinicalStatus":{"coding":[{"code":"resolved"}]},"code":{"coding":[@probe:probe]}}"#,
    r#"{"resourceType":"Condition","code":{"coding":[@sct:254837009]},"stage":[{"summary":{"coding":[@probe:probe]}}]}"#,
    r#"{"resourceType":"Condition","code":{"coding":[@sct:128462008]},"bodySite":[{"coding":[@probe:probe]}]}"#,
    r#"{"resourceType":"Condition","code":{"coding":[@sct:363346000]},"bodySite":[{"coding":[@probe:probe]}]}"#,
    r#"{"resourceType":"Condition","code":{"coding":[@sct:254837009]},"bodySite":[{"extension":[{"url":"x/mcode-laterality-qualifier","valueCodeableConcept":{"coding":[@probe:probe]}}]}]}"#,
    r#"{"resourceType":"Condition","extension":[{"url":"x/mcode-histology-morphology-behavior","valueCodeableConcept":{"coding":[@probe:probe]}}],"code":{"coding":[@sct:254837009]}}"#,
    // What is asked for.
    r#"{"resourceType":"Observation","status":"final","code":{"coding":[@probe:probe]},"valueCodeableConcept":{"coding":[@sct:10828004]}}"#,
    r#"{"resourceType":"Observation","status":"final","code":{"coding":[@probe:probe]},"valueCodeableConcept":{"coding":[@sct:258228008]}}"#,
    r#"{"resourceType":"Observation","status":"final","code":{"coding":[@probe:probe]},"valueCodeableConcept":{"coding":[@sct:1229903009]}}"#,
    r#"{"resourceType":"Observation","status":"final","code":{"coding":[@probe:probe]},"valueCodeableConcept":{"coding":[@sct:271299001]}}"#,
    r#"{"resourceType":"Observation","status":"final","code":{"coding":[@probe:probe]},"valueCodeableConcept":{"coding":[@sct:76498008]}}"#,
    r#"{"resourceType":"Observation","status":"final","code":{"coding":[@probe:probe]},"valueCodeableConcept":{"coding":[@sct:94381002]}}"#,
    r#"{"resourceType":"Observation","status":"final","code":{"coding":[@probe:probe]},"valueQuantity":{"value":3}}"#,
    r#"{"resourceType":"Observation","status":"final","code":{"coding":[@probe:probe]},"valueQuantity":{"value":40,"unit":"%"}}"#,
    r#"{"resourceType":"Observation","status":"final","code":{"coding":[@probe:probe]},"valueQuantity":{"value":60000,"unit":"U/L"}}"#,
    r#"{"resourceType":"Observation","status":"final","code":{"coding":[@probe:probe]},"valueBoolean":true}"#,
    // What is answered.
    r#"{"resourceType":"Observation","status":"final","code":{"coding":[@loinc:48676-1]},"valueCodeableConcept":{"coding":[@probe:probe]}}"#,
    r#"{"resourceType":"Observation","status":"final","code":{"coding":[@loinc:21908-9]},"valueCodeableConcept":{"coding":[@probe:probe]}}"#,
    r#"{"resourceType":"Observation","status":"final","code":{"coding":[@loinc:21907-1]},"valueCodeableConcept":{"coding":[@probe:probe]}}"#,
    r#"{"resourceType":"Observation","status":"final","code":{"coding":[@loinc:97509-4]},"valueCodeableConcept":{"coding":[@probe:probe]}}"#,
    r#"{"resourceType":"Observation","status":"final","code":{"coding":[@sct:161712005]},"valueCodeableConcept":{"coding":[@probe:probe]}}"#,
    r#"{"resourceType":"Observation","status":"final","code":{"coding":[@loinc:82810-3]},"valueCodeableConcept":{"coding":[@probe:probe]}}"#,
    r#"{"resourceType":"Observation","status":"final","code":{"coding":[@loinc:44667-4]},"valueCodeableConcept":{"coding":[@probe:probe]}}"#,
    r#"{"resourceType":"Observation","status":"final","code":{"coding":[@loinc:89247-1]},"valueCodeableConcept":{"coding":[@probe:probe]}}"#,
    r#"{"resourceType":"Observation","status":"final","code":{"coding":[@loinc:85319-2]},"valueInteger":3,"bodySite":{"coding":[@probe:probe]}}"#,
    // Procedures, and medicines with their intent and the reason of their end.
    r#"{"resourceType":"Procedure","status":"completed","code":{"coding":[@probe:probe]}}"#,
    r#"{"resourceType":"Procedure","status":"completed","code":{"coding":[@sct:33195004]},"bodySite":[{"coding":[@probe:probe]}]}"#,
    r#"{"resourceType":"MedicationRequest","status":"stopped","intent":"order","statusReason":{"coding":[@probe:probe]},"medicationCodeableConcept":{"coding":[@rxnorm:56946]}}"#,
    r#"{"resourceType":"MedicationRequest","status":"active","intent":"order","medicationCodeableConcept":{"coding":[@probe:probe]}}"#,
    r#"{"resourceType":"MedicationRequest","status":"active","intent":"order","reasonCode":[{"coding":[@probe:probe]}],"medicationCodeableConcept":{"coding":[@rxnorm:56946]}}"#,
];

/// The closed list, without families that stand open (`ignored.*`).
fn meanings() -> Vec<&'static str> {
    let (_, list) = KNOWLEDGE.split_once("\nmeanings = [\n").unwrap();
    let (list, _) = list.split_once("\n]").unwrap();
    let quoted = list
        .lines()
        .filter_map(|line| line.trim().split('"').nth(1));
    quoted.filter(|meaning| !meaning.ends_with('*')).collect()
}

fn with_probe(meaning: &str) -> Bundle {
    let mut content = bundle().content().clone();
    let row = format!("probe {meaning}");
    content.terms.push(table("probe", &["probe"], &[&row]));
    Bundle::new(content).unwrap()
}

/// What comes of every record when the probe has a meaning. The words that two readings differ by anyway are left out.
fn readings(meaning: &str, words: [&str; 2]) -> Vec<String> {
    let bundle = with_probe(meaning);
    let read = RECORDS.iter().map(|record| {
        let chart = chart_by(&bundle, &[record]);
        let notes: Vec<_> = chart
            .import
            .notes
            .iter()
            .map(|note| &note.message)
            .collect();
        let text = format!("{:?} {:?} {notes:?}", lines(&chart), chart.import.ignored);
        text.replace(words[0], "·").replace(words[1], "·")
    });
    read.collect()
}

#[test]
fn every_meaning_is_understood_or_meant_to_be_like_any_other() {
    let alike: BTreeSet<&str> = meanings()
        .into_iter()
        .filter(|meaning| {
            let (family, word) = meaning.rsplit_once('.').unwrap();
            let words = [word, "unnamed"];
            readings(meaning, words) == readings(&format!("{family}.unnamed"), words)
        })
        .collect();
    let mut meant: BTreeSet<&str> = LIKE_ANY_OTHER.iter().map(|(meaning, _)| *meaning).collect();
    // Looked for in words, never as a code.
    meant.extend(of_words());
    assert_eq!(alike, meant);
}

/// Meanings of words alone.
fn of_words() -> BTreeSet<&'static str> {
    let meanings = meanings().into_iter();
    meanings
        .filter(|meaning| meaning.starts_with("words."))
        .collect()
}

#[test]
fn every_meaning_of_words_has_words() {
    let bundle = bundle();
    let tables = bundle.content().terms.iter();
    let listed: BTreeSet<&str> = tables
        .flat_map(|table| &table.lists)
        .filter(|list| !list.words.is_empty())
        .map(|list| list.meaning.as_str())
        .filter(|meaning| meaning.starts_with("words."))
        .collect();
    assert_eq!(listed, of_words());
}

#[test]
fn tests_use_no_meaning_outside_the_list() {
    let known = meanings();
    for table in &bundle().content().terms {
        for term in &table.terms {
            let meaning = term.meaning.as_str();
            assert!(
                known.contains(&meaning) || meaning.starts_with("ignored."),
                "{meaning}"
            );
        }
    }
}

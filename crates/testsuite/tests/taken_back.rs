//! Records whose meaning something in them, or around them, takes back: what must not be made of them, beside the same
//! record without it.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::sync::LazyLock;
use waymark_criteria::Truth;
use waymark_engine::Bundle;
use waymark_engine::chart::Completeness;
use waymark_engine::wire::{Assessment, Scalar, Verdict};
use waymark_testsuite::{assess, bundle, day};

static BUNDLE: LazyLock<Bundle> = LazyLock::new(bundle);

const PATIENT: &str =
    r#"{"resourceType":"Patient","id":"p","gender":"female","birthDate":"1971-05-30"}"#;

const CANCER: &str = r#"{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"onsetDateTime":"2020-01-01","code":{"coding":[{"system":"http://snomed.info/sct","code":"254837009"}]}}"#;

const LIVER: &str = r#"{"resourceType":"Condition","id":"m","subject":{"reference":"Patient/p"},"onsetDateTime":"2022-01-18","code":{"coding":[{"system":"http://snomed.info/sct","code":"94381002"}]}}"#;

/// HER2 by immunohistochemistry: its score on a day.
fn ihc(score: u8, date: &str) -> String {
    format!(
        r#"{{"resourceType":"Observation","status":"final","subject":{{"reference":"Patient/p"}},"effectiveDateTime":"{date}","code":{{"coding":[{{"system":"http://loinc.org","code":"85319-2"}}]}},"valueInteger":{score}}}"#
    )
}

/// What comes of records that are stated to be complete.
fn complete(resources: &[&str]) -> Assessment {
    let text = format!("[{}]", resources.join(","));
    let chart = waymark_fhir::read(text.as_bytes(), &BUNDLE, None).unwrap();
    let import = &chart.import;
    assert_eq!(import.records, import.used.len() + import.ignored.len());
    assess(&chart, &BUNDLE, day("2026-11-01"), Completeness::Complete)
}

fn truth(assessment: &Assessment, fact: &str) -> Truth {
    let fact = assessment.facts.iter().find(|found| found.id == fact);
    match fact.unwrap().value {
        Scalar::Boolean(value) => Truth::decided(value),
        _ => Truth::Unknown,
    }
}

fn anything_met(assessment: &Assessment) -> bool {
    let mut regimens = assessment.regimens.iter();
    regimens.any(|regimen| regimen.verdict == Verdict::Indicated)
}

/// An element of a record replaced or put in.
fn with(record: &str, element: &str) -> String {
    record.replacen('{', &format!("{{{element},"), 1)
}

/// "History of metastatic cancer" is asked with yes or no, in whatever form the answer comes.
#[test]
fn a_history_of_metastasis_is_what_its_answer_says() {
    let history = |answer: &str| {
        format!(
            r#"{{"resourceType":"Observation","status":"final","subject":{{"reference":"Patient/p"}},"effectiveDateTime":"2022-01-18","code":{{"coding":[{{"system":"http://snomed.info/sct","code":"1287652008"}}]}}{answer}}}"#
        )
    };
    for (answer, metastatic) in [
        ("", Truth::True),
        (r#","valueBoolean":true"#, Truth::True),
        (r#","valueCodeableConcept":{"text":"Yes"}"#, Truth::True),
        (r#","valueBoolean":false"#, Truth::False),
        (r#","valueBoolean":"false""#, Truth::False),
        (r#","valueString":"No""#, Truth::False),
        (
            r#","valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"260385009"}]}"#,
            Truth::False,
        ),
        (r#","valueString":"to be clarified""#, Truth::Unknown),
        (r#","valueBoolean":true,"valueString":"No""#, Truth::Unknown),
    ] {
        let assessment = complete(&[PATIENT, CANCER, &ihc(3, "2022-01-11"), &history(answer)]);
        assert_eq!(truth(&assessment, "metastatic"), metastatic, "{answer}");
        assert_eq!(
            anything_met(&assessment),
            metastatic == Truth::True,
            "{answer}"
        );
    }
}

/// The code of a metastasis beside words, labels or a status that speak against it: it may be there, and nobody says so.
#[test]
fn a_coded_metastasis_that_something_speaks_against_is_unknown() {
    let positive = ihc(3, "2022-01-11");
    let metastatic = |record: &str| {
        let assessment = complete(&[PATIENT, CANCER, &positive, record]);
        let known = truth(&assessment, "metastatic");
        assert_eq!(anything_met(&assessment), known == Truth::True, "{record}");
        known
    };
    let text =
        |words: &str| LIVER.replace(r#""code":{"#, &format!(r#""code":{{"text":"{words}","#));
    assert_eq!(metastatic(LIVER), Truth::True);
    assert_eq!(metastatic(&text("Liver metastases, growing")), Truth::True);
    for words in [
        "No evidence of liver metastases",
        "Rule out liver metastases",
        "Suspected metastasis of the liver",
        "Liver metastasis?",
        "Mother had metastatic breast cancer",
    ] {
        assert_eq!(metastatic(&text(words)), Truth::Unknown, "{words}");
    }
    for label in ["SUBSETTED", "REDACTED"] {
        let record = with(
            LIVER,
            &format!(r#""meta":{{"tag":[{{"code":"{label}"}}]}}"#),
        );
        assert_eq!(metastatic(&record), Truth::Unknown, "{label}");
    }
    let status = |status: &str| with(LIVER, &format!(r#""verificationStatus":{status}"#));
    assert_eq!(metastatic(&status(r#""unknown""#)), Truth::Unknown);
    assert_eq!(
        metastatic(&status(r#"{"coding":[{"code":"A"},{"code":"refuted"}]}"#)),
        Truth::False
    );
}

/// An incomplete copy of a newer result takes certainty from the older one; the whole of it takes its place.
#[test]
fn an_incomplete_newer_result_leaves_the_older_one_open() {
    let (older, newer) = (ihc(3, "2022-01-11"), ihc(0, "2024-05-06"));
    let label = r#""meta":{"tag":[{"code":"SUBSETTED"}]}"#;
    let positive = |results: &[&str]| {
        let mut records = vec![PATIENT, CANCER, LIVER];
        records.extend(results);
        truth(&complete(&records), "her2-positive")
    };
    assert_eq!(positive(&[&older]), Truth::True);
    assert_eq!(positive(&[&older, &with(&newer, label)]), Truth::Unknown);
    assert_eq!(positive(&[&with(&older, label)]), Truth::Unknown);
}

/// What stands inside a report is of whom the report is, and holds as long as the report does.
#[test]
fn a_result_inside_a_report_goes_with_it() {
    let inside = ihc(3, "2022-01-11").replacen(r#""subject":{"reference":"Patient/p"},"#, "", 1);
    let report = |status: &str, patient: &str| {
        format!(
            r#"{{"resourceType":"DiagnosticReport","id":"r","status":"{status}","subject":{{"reference":"Patient/{patient}"}},"contained":[{inside}]}}"#
        )
    };
    let positive = |report: &str| {
        let assessment = complete(&[PATIENT, CANCER, LIVER, report]);
        truth(&assessment, "her2-positive")
    };
    assert_eq!(positive(&report("final", "p")), Truth::True);
    assert_eq!(positive(&report("final", "q")), Truth::Unknown);
    assert_eq!(positive(&report("entered-in-error", "p")), Truth::Unknown);
}

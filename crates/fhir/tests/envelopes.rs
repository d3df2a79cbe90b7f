//! The shapes in which records arrive, whose they are, and what is refused.

mod knowledge;

use knowledge::{accounted, bundle, expand, lines};
use waymark_criteria::Diagnostic;
use waymark_engine::Chart;

fn read(text: &str, patient: Option<&str>) -> Result<Chart, Diagnostic> {
    let read = waymark_fhir::read(expand(text).as_bytes(), &bundle(), patient);
    if let Ok(chart) = &read {
        accounted(chart);
    }
    read.map_err(|mut errors| {
        assert_eq!(errors.len(), 1);
        errors.remove(0)
    })
}

const PATIENT: &str = r#"{"resourceType":"Patient","id":"p"}"#;
const CANCER: &str = r#"{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"code":{"coding":[@sct:254837009]}}"#;

#[test]
fn every_envelope_gives_the_same() {
    let entry = |resource: &str| format!(r#"{{"resource":{resource}}}"#);
    let bundle = |kind: &str, entries: &[String]| {
        format!(
            r#"{{"resourceType":"Bundle","type":"{kind}","entry":[{}]}}"#,
            entries.join(",")
        )
    };
    let both = [entry(PATIENT), entry(CANCER)];
    let shapes = [
        bundle("collection", &both),
        bundle("transaction", &both),
        bundle("searchset", &both),
        format!("[{PATIENT},{CANCER}]"),
        format!("{PATIENT}\n{CANCER}\n"),
        format!("\u{feff}{PATIENT}\r\n\r\n{CANCER}\r\n"),
        bundle("collection", &[entry(&bundle("searchset", &both))]),
        format!(
            r#"{{"resourceType":"Parameters","parameter":[{{"name":"a","resource":{}}}]}}"#,
            bundle("collection", &both)
        ),
        format!(
            r#"{{"resourceType":"Parameters","parameter":[{{"name":"a","part":[{{"name":"b","resource":{PATIENT}}},{{"name":"c","resource":{CANCER}}}]}}]}}"#
        ),
        CANCER.to_owned(),
    ];
    for shape in &shapes {
        let chart = read(shape, None).unwrap_or_else(|error| panic!("{shape}: {error:?}"));
        assert_eq!(lines(&chart), ["? breast"], "{shape}");
        assert_eq!(chart.patient.id, "p");
        assert!(waymark_fhir::looks_like_fhir(expand(shape).as_bytes()));
    }
}

#[test]
fn references_to_the_patient() {
    for (url, subject) in [
        ("urn:uuid:p", "urn:uuid:p"),
        ("http://example.org/fhir/Patient/p", "Patient/p"),
        (
            "http://example.org/fhir/Patient/p",
            "http://example.org/fhir/Patient/p",
        ),
        ("http://example.org/fhir/Patient/p", "Patient/p/_history/3"),
    ] {
        let text = format!(
            r#"{{"resourceType":"Bundle","type":"collection","entry":[{{"fullUrl":"{url}","resource":{PATIENT}}},{{"resource":{}}}]}}"#,
            CANCER.replace("Patient/p", subject)
        );
        assert_eq!(
            lines(&read(&text, None).unwrap()),
            ["? breast"],
            "{subject}"
        );
    }
}

#[test]
fn nothing_leaks_from_others() {
    let relative = r#"{"resourceType":"FamilyMemberHistory","id":"f","patient":{"reference":"Patient/p"},"condition":[{"code":{"coding":[@sct:254837009]}}]}"#;
    let other = CANCER.replace("Patient/p", "Patient/q");
    let text = format!("[{PATIENT},{other},{relative}]");
    let chart = read(&text, None).unwrap();
    assert_eq!(lines(&chart), [""; 0]);
    let reasons: Vec<&str> = chart
        .import
        .ignored
        .iter()
        .map(|ignored| ignored.reason.as_str())
        .collect();
    assert_eq!(
        reasons,
        [
            "not of this patient but of `Patient/q`",
            "it tells of a relative, not of the patient"
        ]
    );
}

#[test]
fn two_patients_need_a_choice() {
    let text = format!(r#"[{PATIENT},{{"resourceType":"Patient","id":"q"}},{CANCER}]"#);
    let error = read(&text, None).unwrap_err();
    assert_eq!(error.code, "several-patients");
    assert_eq!(error.help.as_deref(), Some("choose one of: p, q"));
    for (choice, facts) in [("p", 1), ("Patient/p", 1), ("Patient/q", 0)] {
        assert_eq!(read(&text, Some(choice)).unwrap().entries.len(), facts);
    }
    let nobody = CANCER.replace(r#""subject":{"reference":"Patient/p"},"#, "");
    let subjects = format!(
        "{CANCER}\n{}\n{nobody}",
        CANCER.replace("Patient/p", "Patient/q")
    );
    let chart = read(&subjects, Some("q")).unwrap();
    assert_eq!((chart.entries.len(), chart.import.ignored.len()), (1, 2));
    let error = read(&text, Some("r")).unwrap_err();
    assert_eq!(error.code, "no-such-patient");
}

#[test]
fn search_results_and_histories() {
    let text = format!(
        r#"{{"resourceType":"Bundle","type":"searchset","link":[{{"relation":"next","url":"x"}}],"entry":[{{"resource":{PATIENT}}},{{"search":{{"mode":"outcome"}},"resource":{{"resourceType":"OperationOutcome","id":"o"}}}}]}}"#
    );
    let chart = read(&text, None).unwrap();
    assert_eq!(chart.import.notes[0].code, "more-pages");
    assert!(
        chart.import.ignored[0]
            .reason
            .contains("message of the server")
    );
    let version = |status: &str, updated: &str| {
        format!(
            r#"{{"resource":{{"resourceType":"Condition","id":"c","meta":{{"lastUpdated":"{updated}"}},"subject":{{"reference":"Patient/p"}},"verificationStatus":{{"coding":[{{"code":"{status}"}}]}},"code":{{"coding":[@sct:254837009]}}}}}}"#
        )
    };
    let history = |entries: &[&str]| {
        format!(
            r#"{{"resourceType":"Bundle","type":"history","entry":[{{"resource":{PATIENT}}},{}]}}"#,
            entries.join(",")
        )
    };
    let (new, old) = (
        version("refuted", "2024-02-01T00:00:00Z"),
        version("confirmed", "2024-01-01T00:00:00Z"),
    );
    for order in [[new.as_str(), old.as_str()], [old.as_str(), new.as_str()]] {
        assert_eq!(lines(&read(&history(&order), None).unwrap()), [""; 0]);
    }
    let gone = r#"{"request":{"method":"DELETE","url":"Condition/c"}}"#;
    assert_eq!(
        lines(&read(&history(&[gone, &old]), None).unwrap()),
        [""; 0]
    );
}

#[test]
fn damage_takes_nothing_else_down() {
    let text = format!("{PATIENT}\n{{\"resourceType\":\"Condition\",\n{CANCER}\n");
    let chart = read(&text, None).unwrap();
    assert_eq!(lines(&chart), ["? breast"]);
    assert!(chart.import.ignored[0].reason.starts_with("damaged"));
    let text = format!(
        r#"[{PATIENT},17,{{"resourceType":"Observation","id":"deep","extension":{}}},{CANCER}]"#,
        {
            let mut deep = r#"{"url":"x"}"#.to_owned();
            for _ in 0..200 {
                deep = format!(r#"{{"url":"x","extension":[{deep}]}}"#);
            }
            deep
        }
    );
    let chart = read(&text, None).unwrap();
    assert_eq!(lines(&chart), ["? breast"]);
}

#[test]
fn refusals_say_what_to_do() {
    for (text, code, shown) in [
        ("", "empty-input", ""),
        ("hello", "not-json", ""),
        (r#"{"resourceType":"Bundle","entry":[{"#, "not-json", ""),
        (
            "[\n{\"resourceType\":\"Patient\",\"id\":\"p\"},\n{\"resourceType\":\"Patient\",\n",
            "not-json",
            "",
        ),
        (r#"{"a":1}"#, "not-fhir", ""),
        ("[1,2]", "not-fhir", ""),
        ("[]", "no-records", ""),
        (
            r#"{"resourceType":"Bundle","type":"collection"}"#,
            "no-records",
            "",
        ),
        (
            r#"{"resourceType":"MedicationOrder","id":"m"}"#,
            "old-fhir",
            "MedicationOrder",
        ),
        (
            r#"{"resourceType":"Condition","patient":{"reference":"Patient/p"}}"#,
            "old-fhir",
            "Condition.patient",
        ),
        (
            r#"{"resourceType":"MedicationStatement","taken":"n"}"#,
            "old-fhir",
            "MedicationStatement.taken",
        ),
        (
            r#"{"resourceType":"Condition","clinicalStatus":"active","code":{"coding":[@sct:254837009]}}"#,
            "old-fhir",
            "clinicalStatus",
        ),
    ] {
        let error = read(text, None).unwrap_err();
        assert_eq!(error.code, code, "{text}");
        assert!(error.message.contains(shown), "{error:?}");
        assert!(error.help.is_some(), "{text}");
    }
    let error = waymark_fhir::read(b"{\"a\":\"\xff\"}", &bundle(), None).unwrap_err();
    assert_eq!(error[0].code, "not-utf-8");
}

#[test]
fn looks() {
    assert!(!waymark_fhir::looks_like_fhir(b"{\"chart\": 1}"));
    assert!(!waymark_fhir::looks_like_fhir(
        b"patient = 1 \"resourceType\""
    ));
}

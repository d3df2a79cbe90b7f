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
        bundle("batch", &both),
        bundle("history", &both),
        bundle(
            "document",
            &[
                entry(r#"{"resourceType":"Composition","id":"d"}"#),
                both[0].clone(),
                both[1].clone(),
            ],
        ),
        bundle(
            "message",
            &[
                entry(r#"{"resourceType":"MessageHeader","id":"h"}"#),
                both[0].clone(),
                both[1].clone(),
            ],
        ),
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

/// A resource that begins with its type is read in one pass, any other in two: what comes out is the same.
#[test]
fn where_the_type_stands_changes_nothing() {
    let report = r#"{"resourceType":"DiagnosticReport","id":"r","contained":[{"resourceType":"Observation","id":"o","subject":{"reference":"Patient/p"},"code":{"coding":[@loinc:85319-2]},"valueCodeableConcept":{"coding":[@loinc:LA11843-2]}}]}"#;
    let failure = r#"{"resourceType":"OperationOutcome","id":"f","issue":[{"severity":"error"}]}"#;
    let twice = r#"{"resourceType":"Condition","id":"d","id":"e","subject":{"reference":"Patient/p"},"code":{"coding":[@sct:94225005]}}"#;
    let visit = r#"{"resourceType":"Encounter","id":"v"}"#;
    let first = [PATIENT, CANCER, report, failure, twice, visit];
    let last = first.map(|resource| {
        let (kind, rest) = resource.split_once(',').unwrap();
        format!(
            "{{{},{}}}",
            rest.strip_suffix('}').unwrap(),
            kind.trim_start_matches('{')
        )
    });
    let bundle = |resources: &[&str]| {
        let entries = resources.iter().map(|it| format!(r#"{{"resource":{it}}}"#));
        let entries: Vec<String> = entries.collect();
        let entries = entries.join(",");
        read(
            &format!(r#"{{"resourceType":"Bundle","type":"collection","entry":[{entries}]}}"#),
            None,
        )
        .unwrap()
    };
    let chart = bundle(&first);
    assert_eq!(
        lines(&chart),
        ["? breast", "? her2 ihc score 3", "? met brain"]
    );
    assert_eq!(chart.import.lost, 1, "the message of the server");
    assert_eq!(chart, bundle(&last.each_ref().map(String::as_str)));
    for mixed in 0..first.len() {
        let mut resources = first;
        resources[mixed] = &last[mixed];
        assert_eq!(chart, bundle(&resources), "{}", resources[mixed]);
    }
    // NDJSON takes the same two ways.
    assert_eq!(chart, read(&first.join("\n"), None).unwrap());
    assert_eq!(chart, read(&last.join("\n"), None).unwrap());
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

/// An entry may be called by its fullUrl alone, which need not hold the id of the resource (R4 2.36.4).
#[test]
fn a_full_url_of_its_own_names_the_patient() {
    let text = |subject: &str| {
        format!(
            r#"{{"resourceType":"Bundle","type":"transaction","entry":[{{"fullUrl":"urn:uuid:0c3151bd","resource":{PATIENT}}},{{"fullUrl":"urn:uuid:77","resource":{}}}]}}"#,
            CANCER.replace("Patient/p", subject)
        )
    };
    let facts = |subject: &str| lines(&read(&text(subject), None).unwrap());
    assert_eq!(facts("urn:uuid:0c3151bd"), ["? breast"]);
    assert_eq!(facts("Patient/p"), ["? breast"]);
    assert_eq!(facts("urn:uuid:77"), [""; 0]);
    let without_id = text("urn:uuid:0c3151bd").replace(r#","id":"p""#, "");
    assert_eq!(lines(&read(&without_id, None).unwrap()), ["? breast"]);
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

/// A deletion with a moment counts where it is the newest, wherever it stands; moments are compared across zones.
#[test]
fn versions_are_ordered_by_their_moment() {
    let version = |updated: &str| {
        format!(
            r#"{{"resource":{{"resourceType":"Condition","id":"c","meta":{{"lastUpdated":"{updated}"}},"code":{{"coding":[@sct:254837009]}}}}}}"#
        )
    };
    let deleted = |modified: &str| {
        format!(
            r#"{{"request":{{"method":"DELETE","url":"Condition/c"}},"response":{{"lastModified":"{modified}"}}}}"#
        )
    };
    let facts = |one: &str, two: &str| {
        let text = format!(
            r#"{{"resourceType":"Bundle","type":"history","entry":[{{"resource":{PATIENT}}},{one},{two}]}}"#
        );
        read(&text, None).unwrap().entries.len()
    };
    // Two hours before midnight in New York is later than midnight in Greenwich.
    let (before, after) = ("2024-01-02T00:00:00Z", "2024-01-01T22:00:00-05:00");
    assert_eq!(facts(&version(before), &deleted(after)), 0);
    assert_eq!(facts(&deleted(after), &version(before)), 0);
    assert_eq!(facts(&version(after), &deleted(before)), 1);
    assert_eq!(facts(&deleted(before), &version(after)), 1);
}

/// A deletion names what it deletes in the address of its request, however that is written.
#[test]
fn a_deletion_is_of_whatever_its_address_names() {
    let version = r#"{"resource":{"resourceType":"Condition","id":"c","meta":{"lastUpdated":"2024-01-01T00:00:00Z"},"code":{"coding":[@sct:254837009]}}}"#;
    let facts = |url: &str| {
        let deleted = format!(r#"{{"request":{{"method":"DELETE","url":"{url}"}}}}"#);
        let text = format!(
            r#"{{"resourceType":"Bundle","type":"history","entry":[{{"resource":{PATIENT}}},{deleted},{version}]}}"#
        );
        read(&text, None).unwrap().entries.len()
    };
    assert_eq!(facts("Condition/c"), 0);
    assert_eq!(facts("Condition/c/_history/3"), 0);
    assert_eq!(facts("https://example.org/fhir/Condition/c"), 0);
    assert_eq!(facts("/Condition/c"), 0);
    assert_eq!(facts("Condition/d"), 1);
    assert_eq!(facts("Procedure/c"), 1);
}

/// The versions of a record may stand on two pages of one history.
#[test]
fn pages_of_a_history_belong_together() {
    let page = |entry: &str| {
        expand(&format!(
            r#"{{"resourceType":"Bundle","type":"history","entry":[{{"resource":{PATIENT}}},{entry}]}}"#
        ))
    };
    let version = |updated: &str| {
        page(&format!(
            r#"{{"resource":{{"resourceType":"Condition","id":"c","meta":{{"lastUpdated":"{updated}"}},"code":{{"coding":[@sct:254837009]}}}}}}"#
        ))
    };
    let deleted = page(
        r#"{"request":{"method":"DELETE","url":"Condition/c"},"response":{"lastModified":"2024-02-01T00:00:00Z"}}"#,
    );
    let (before, after) = (
        version("2024-01-01T00:00:00Z"),
        version("2024-03-01T00:00:00Z"),
    );
    let bundle = bundle();
    let reader = waymark_fhir::Reader::new(&bundle);
    let facts = |pages: [&String; 2]| {
        let chart = reader.read_together(&pages.map(|page| page.as_bytes()), None);
        let chart = chart.unwrap();
        accounted(&chart);
        chart.entries.len()
    };
    assert_eq!(facts([&deleted, &before]), 0);
    assert_eq!(facts([&before, &deleted]), 0);
    assert_eq!(facts([&deleted, &after]), 1);
    assert_eq!(facts([&after, &deleted]), 1);
}

/// What a transaction or batch asks for, and what a server answers to it.
#[test]
fn transactions_and_the_answers_to_them() {
    let bundle = |kind: &str, entry: &str| {
        format!(
            r#"{{"resourceType":"Bundle","type":"{kind}","entry":[{{"resource":{PATIENT}}},{entry}]}}"#
        )
    };
    for (kind, entry, facts, lost, reason) in [
        (
            "transaction",
            format!(
                r#"{{"resource":{CANCER},"request":{{"method":"PUT","url":"Condition/c"}}}}"#
            ),
            1,
            0,
            "",
        ),
        (
            "transaction",
            format!(
                r#"{{"resource":{CANCER},"request":{{"method":"DELETE","url":"Condition/c"}}}}"#
            ),
            0,
            0,
            "deleted",
        ),
        (
            "batch",
            r#"{"request":{"method":"DELETE","url":"Condition/c"}}"#.to_owned(),
            0,
            0,
            "deleted",
        ),
        (
            "batch",
            r#"{"request":{"method":"GET","url":"Condition?patient=p"}}"#.to_owned(),
            0,
            0,
            "the entry holds no resource",
        ),
        (
            "batch-response",
            format!(r#"{{"resource":{CANCER},"response":{{"status":"200 OK"}}}}"#),
            1,
            0,
            "",
        ),
        // A server that does not give what it was asked for.
        (
            "batch-response",
            r#"{"response":{"status":"404 Not Found","outcome":{"resourceType":"OperationOutcome"}}}"#
                .to_owned(),
            0,
            1,
            "damaged: the server answered `404 Not Found`",
        ),
        (
            "transaction-response",
            r#"{"response":{"status":"204","location":"Condition/c"}}"#.to_owned(),
            0,
            0,
            "the entry holds no resource",
        ),
        // An entry of nothing at all is a torn one.
        (
            "collection",
            r#"{"fullUrl":"https://example.org/Condition/c"}"#.to_owned(),
            0,
            1,
            "damaged: the entry holds no resource",
        ),
    ] {
        let chart = read(&bundle(kind, &entry), None).unwrap();
        assert_eq!(chart.entries.len(), facts, "{entry}");
        assert_eq!(chart.import.lost, lost, "{entry}");
        let reasons = chart.import.ignored.iter().map(|it| it.reason.as_str());
        let expected = (!reason.is_empty()).then_some(reason);
        assert_eq!(reasons.collect::<Vec<_>>(), Vec::from_iter(expected), "{entry}");
    }
}

/// Parameters may be the first entry of a Bundle, as an application sends what it asks for beside its records.
#[test]
fn parameters_beside_records() {
    let text = format!(
        r#"{{"resourceType":"Bundle","type":"collection","entry":[{{"resource":{{"resourceType":"Parameters","id":"x","parameter":[{{"name":"phase","valueString":"any"}}]}}}},{{"resource":{PATIENT}}},{{"resource":{CANCER}}}]}}"#
    );
    let chart = read(&text, None).unwrap();
    assert_eq!(lines(&chart), ["? breast"]);
    assert_eq!(chart.import.ignored[0].record, "Parameters/x");
}

/// A search is whole when every page that another one names is there.
#[test]
fn pages_of_a_search_belong_together() {
    let page = |own: &str, next: &str, resource: &str| {
        let link = match next {
            "" => String::new(),
            next => format!(r#",{{"relation":"next","url":"{next}"}}"#),
        };
        format!(
            r#"{{"resourceType":"Bundle","type":"searchset","total":2,"link":[{{"relation":"self","url":"{own}"}}{link}],"entry":[{{"resource":{resource}}}]}}"#
        )
    };
    let (first, second) = (
        expand(&page("x?p=1", "x?p=2", PATIENT)),
        expand(&page("x?p=2", "", CANCER)),
    );
    let bundle = bundle();
    let reader = waymark_fhir::Reader::new(&bundle);
    let lost = |pages: &[&str]| {
        let pages: Vec<&[u8]> = pages.iter().map(|page| page.as_bytes()).collect();
        let chart = reader.read_together(&pages, None).unwrap();
        accounted(&chart);
        (lines(&chart), chart.import.lost)
    };
    assert_eq!(lost(&[&first]), (vec![], 1));
    assert_eq!(lost(&[&first, &second]), (vec!["? breast".to_owned()], 0));
    assert_eq!(lost(&[&second, &first]), (vec!["? breast".to_owned()], 0));
}

/// What was not given is said aloud, whoever says it: the count of a search, or the message of a server.
#[test]
fn what_is_not_whole_is_said() {
    let search = |total: usize, more: &str| {
        format!(
            r#"{{"resourceType":"Bundle","type":"searchset","total":{total},"entry":[{{"search":{{"mode":"match"}},"resource":{PATIENT}}}{more}]}}"#
        )
    };
    let outcome = |severity: &str| {
        format!(
            r#",{{"search":{{"mode":"outcome"}},"resource":{{"resourceType":"OperationOutcome","id":"f","issue":[{{"severity":"{severity}","code":"timeout"}}]}}}}"#
        )
    };
    for (text, lost, code) in [
        (search(1, ""), 0, ""),
        (search(2, ""), 1, "more-pages"),
        (search(1, &outcome("warning")), 0, ""),
        (search(1, &outcome("error")), 1, "server-error"),
    ] {
        let import = read(&text, None).unwrap().import;
        assert_eq!(import.lost, lost, "{text}");
        let said = import.notes.iter().any(|note| note.code == code);
        assert_eq!(said, lost > 0, "{text}");
        let whole = import.notes.iter().any(|note| note.code == "not-whole");
        assert_eq!(whole, lost > 0, "{text}");
    }
}

/// The files of a bulk export: one type each, several patients in every one.
#[test]
fn files_of_an_export_are_grouped_by_patient() {
    let patients = format!("{PATIENT}\n{}\n", PATIENT.replace(r#""p""#, r#""q""#));
    let conditions = expand(&format!(
        "{CANCER}\n\n{}\n",
        CANCER
            .replace("Patient/p", "Patient/q")
            .replace("@sct:254837009", "@sct:94225005")
    ));
    let parts = [conditions.as_bytes(), patients.as_bytes()];
    assert_eq!(waymark_fhir::patients(&parts).unwrap(), ["p", "q"]);
    let bundle = bundle();
    let reader = waymark_fhir::Reader::new(&bundle);
    for (patient, fact) in [("p", "? breast"), ("q", "? met brain")] {
        let chart = reader.read_together(&parts, Some(patient)).unwrap();
        accounted(&chart);
        assert_eq!(lines(&chart), [fact]);
        assert_eq!(chart.import.ignored.len(), 2);
    }
}

/// What stands beside the records in the folder of an export: its list of files, its file of errors, and empty files.
#[test]
fn what_else_an_export_holds() {
    let records = expand(&format!("{PATIENT}\n{CANCER}\n"));
    let manifest = r#"{"transactionTime":"2026-01-02T03:04:05Z","request":"x","requiresAccessToken":true,"output":[{"type":"Condition","url":"Condition.000.ndjson"}],"error":[]}"#;
    let failure =
        r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"processing"}]}"#;
    let bundle = bundle();
    let reader = waymark_fhir::Reader::new(&bundle);
    let read = |beside: &str| {
        let parts = [records.as_bytes(), beside.as_bytes()];
        let chart = reader.read_together(&parts, None).unwrap();
        accounted(&chart);
        assert_eq!(lines(&chart), ["? breast"], "{beside}");
        chart.import.lost
    };
    assert_eq!(read(manifest), 0);
    assert_eq!(read("\n"), 0);
    assert_eq!(
        read(failure),
        1,
        "what the server could not give is missing"
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
            r#"{"resourceType":"Bundle","fhirVersion":"5.0.0","entry":[{"resource":{"resourceType":"Patient","id":"p"}}]}"#,
            "other-fhir",
            "5.0.0",
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

//! The command as a person or script meets it: output, exit codes, refusals.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot run the program has failed"
)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn waymark(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_waymark"))
        .args(args)
        .current_dir(root())
        .output()
        .expect("waymark starts")
}

fn piped(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_waymark"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("waymark starts");
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(input.as_bytes())
        .expect("waymark reads");
    child.wait_with_output().expect("waymark ends")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const CHART: &str = "examples/two-lines-brain-metastases.chart";

#[test]
fn lines_tells_the_history_as_a_page_and_as_json() {
    let text = waymark(&["lines", CHART, "--as-of", "2026-11-01"]);
    assert!(text.status.success(), "{}", stderr(&text));
    let page = stdout(&text);
    assert!(page.contains("begins line 2 [growth-between]"), "{page}");
    assert!(page.contains("░ perhaps given"), "a timeline: {page}");
    let json = waymark(&["lines", CHART, "--as-of", "2023-09-04", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&json.stdout).expect("one JSON object");
    assert_eq!(value["schema"], "waymark.lines/1");
    // The second line began a day later.
    assert_eq!(value["episodes"].as_array().map(Vec::len), Some(1));
    assert_ne!(value["after_as_of"], serde_json::Value::Null);
}

#[test]
fn assess_prints_a_page_a_json_object_and_markdown() {
    let text = waymark(&["assess", CHART, "--as-of", "2026-11-01"]);
    assert!(text.status.success(), "{}", stderr(&text));
    assert!(stdout(&text).contains("as of 2026-11-01"));
    assert!(
        !stdout(&text).contains('\u{1b}'),
        "no colour outside a terminal"
    );
    let json = waymark(&["assess", CHART, "--as-of", "2026-11-01", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&json.stdout).expect("one JSON object");
    assert_eq!(value["schema"], "waymark.assessment/1");
    let markdown = waymark(&[
        "assess",
        CHART,
        "--as-of",
        "2026-11-01",
        "--format",
        "markdown",
    ]);
    assert!(stdout(&markdown).starts_with("# "), "{}", stdout(&markdown));
}

#[test]
fn the_report_traces_every_fact_to_its_records_and_every_record_to_its_facts() {
    let record = "examples/two-lines-brain-metastases.fhir.json";
    let text = waymark(&["assess", record, "--as-of", "2026-11-01", "--report"]);
    let text = stdout(&text);
    for part in [
        "Facts and the records behind them",
        "HER2-positive: yes  [her2-positive]",
        "Records used (24)",
        "date of birth → age",
        "Records ignored (1)",
        "read only through the records that refer to it",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("approved use"), "{text}");
    let json = waymark(&["assess", record, "--report", "--format", "json"]);
    assert_eq!(json.status.code(), Some(2));
}

#[test]
fn reasons_are_shown_by_explain_and_given_in_json_on_request() {
    let chart = "examples/de-novo-untreated.chart";
    let shown = waymark(&["explain", chart, "tdxd", "--as-of", "2026-11-01"]);
    for words in [
        "Decided by",
        "Would be met with",
        "HER2 regimens for metastatic disease: 1 (now 0)",
    ] {
        assert!(stdout(&shown).contains(words), "{}", stdout(&shown));
    }
    let minimal = waymark(&[
        "explain",
        "examples/minimal.chart",
        "tdxd",
        "--as-of",
        "2026-11-01",
    ]);
    for words in ["Still open", "Would be met with", "Would not be met with"] {
        assert!(stdout(&minimal).contains(words), "{}", stdout(&minimal));
    }
    let ask = ["assess", chart, "--as-of", "2026-11-01"];
    for (more, expected) in [
        (&["--format", "json"][..], false),
        (&["--format", "json", "--reasons"], true),
    ] {
        let output = waymark(&[&ask[..], more].concat());
        let answer: serde_json::Value =
            serde_json::from_slice(&output.stdout).expect("one JSON object");
        for regimen in answer["regimens"].as_array().expect("a list") {
            assert_eq!(regimen.get("reasons").is_some(), expected, "{regimen}");
        }
    }
    let text = waymark(&[&ask[..], &["--reasons"]].concat());
    assert_eq!(text.status.code(), Some(2), "{}", stderr(&text));
}

#[test]
fn trials_are_shown_by_explain_and_given_in_json_on_request() {
    let therapy = "tucatinib-trastuzumab-capecitabine";
    let shown = stdout(&waymark(&[
        "explain",
        CHART,
        therapy,
        "--as-of",
        "2026-11-01",
    ]));
    for words in [
        "HER2CLIMB (pivotal; NCT02614794; 612 people (410 against 202)",
        "HR 0.73 (0.59–0.90)",
        "[?] orr ",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let ask = ["assess", CHART, "--as-of", "2026-11-01"];
    let output = waymark(&[&ask[..], &["--format", "json", "--evidence"]].concat());
    let answer: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("one JSON object");
    let regimens = answer["regimens"].as_array().expect("a list");
    let found = regimens.iter().find(|it| it["id"] == therapy);
    assert_eq!(
        found.expect("it is judged")["evidence"][0]["id"],
        "her2climb"
    );
    let text = waymark(&[&ask[..], &["--evidence"]].concat());
    assert_eq!(text.status.code(), Some(2), "{}", stderr(&text));
}

#[test]
fn explain_shows_every_indication_and_refuses_an_unknown_therapy() {
    let tree = waymark(&["explain", CHART, "tdxd", "--as-of", "2026-11-01"]);
    assert!(
        stdout(&tree).contains("tdx-2019"),
        "superseded wording is listed"
    );
    assert!(stdout(&tree).contains("Facts read"));
    let unknown = waymark(&["explain", CHART, "no-such-therapy"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("tdxd"), "it lists what there is");
}

#[test]
fn a_refused_input_says_why_and_exits_with_one() {
    let cases = [
        ("not json at all", "unknown-format"),
        ("{\"name\": \"no FHIR\"}", "error["),
        ("{\"resourceType\": \"Bundle\", \"entry\": [", "error["),
        (
            "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"a\"}},{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"b\"}}]}",
            "--patient",
        ),
        (
            "{\"resourceType\":\"Bundle\",\"fhirVersion\":\"5.0.0\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"a\"}}]}",
            "5.0.0",
        ),
    ];
    for (input, said) in cases {
        let output = piped(&["assess", "-"], input);
        assert_eq!(output.status.code(), Some(1), "{input}");
        assert!(
            stderr(&output).contains(said),
            "{input}: {}",
            stderr(&output)
        );
        assert!(stdout(&output).is_empty());
    }
}

#[test]
fn a_patient_who_is_not_in_the_file_is_refused_in_both_forms() {
    for file in ["examples/minimal.chart", "examples/minimal.fhir.json"] {
        let there = waymark(&["assess", file, "--patient", "minimal"]);
        assert!(there.status.success(), "{file}: {}", stderr(&there));
        let absent = waymark(&["assess", file, "--patient", "another"]);
        assert_eq!(absent.status.code(), Some(1), "{file}");
        assert!(stderr(&absent).contains("no-such-patient"), "{file}");
        assert!(stderr(&absent).contains("minimal"), "it says who is there");
        assert!(stdout(&absent).is_empty(), "{file}");
    }
}

#[test]
fn a_note_on_the_whole_input_names_no_record() {
    let damaged = r#"{"resourceType":"Bundle","type":"collection","entry":[
        {"resource":{"resourceType":"Patient","id":"a"}}, 7]}"#;
    for format in ["text", "markdown"] {
        let output = piped(&["assess", "-", "--format", format], damaged);
        let said = stdout(&output).replace("\n    ", " ");
        let line = said.lines().find(|line| line.contains("could not be read"));
        let line = line.expect("the note is there");
        assert!(line.ends_with("stated to be complete"), "{line}");
        assert!(!line.contains("on :"), "{line}");
    }
}

#[test]
fn a_refused_file_does_not_take_the_others_down() {
    let output = waymark(&["assess", "Cargo.toml", CHART, "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output).lines().count(), 1, "the chart is assessed");
}

#[test]
fn a_wrong_command_line_exits_with_two() {
    for args in [
        &["assess"][..],
        &["assess", CHART, "--as-of", "yesterday"],
        &["no-such-command"],
    ] {
        assert_eq!(waymark(args).status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn wrong_knowledge_exits_with_three() {
    let output = waymark(&["assess", CHART, "--kb", "docs"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
}

#[test]
fn the_knowledge_base_is_checked_tested_listed_and_covered() {
    for args in [
        &["kb", "check"][..],
        &["kb", "test"],
        &["kb", "list"],
        &["kb", "show", "tdxd"],
        &["kb", "coverage", "lbbc-2024-05-24"],
    ] {
        let output = waymark(args);
        assert!(
            output.status.success(),
            "{args:?}: {}{}",
            stdout(&output),
            stderr(&output)
        );
    }
    assert_eq!(
        waymark(&["kb", "show", "no-such-entry"]).status.code(),
        Some(2)
    );
}

#[test]
fn a_source_is_compared_with_itself_on_another_day() {
    let (before, since) = ("fda-labels@2022-05-03", "fda-labels@2022-05-04");
    // The day on which the wording of one label changed, from two earlier regimens to one.
    let json = waymark(&["kb", "compare", before, since, "--json"]);
    let value: serde_json::Value = serde_json::from_slice(&json.stdout).expect("one JSON object");
    assert_eq!(value["schema"], "waymark.comparison/1");
    let therapies = value["therapies"].as_array().expect("a list");
    let differ: Vec<&serde_json::Value> = therapies
        .iter()
        .filter(|therapy| therapy["outcome"] == "differ")
        .map(|therapy| &therapy["differ"])
        .collect();
    assert_eq!(differ.len(), 1, "{differ:?}");
    let patient = &differ[0][0]["facts"];
    assert_eq!(patient["prior-her2-regimens-metastatic"], 1, "{patient}");
    assert_eq!(differ[0][0]["met_by"], 1);
    for (wrong, names) in [("nowhere", "`nowhere`"), ("fda-labels@soon", "`soon`")] {
        let refused = waymark(&["kb", "compare", wrong, "fda-labels"]);
        assert_eq!(refused.status.code(), Some(2));
        assert!(stderr(&refused).contains(names), "{}", stderr(&refused));
    }
}

#[test]
fn an_overdue_review_warns_everywhere_and_stops_only_a_release() {
    let late = ["--today", "2099-01-01"];
    let assessed = waymark(&[&["assess", CHART, "--as-of", "2026-11-01"][..], &late].concat());
    assert!(assessed.status.success());
    assert!(
        stdout(&assessed).contains("overdue"),
        "{}",
        stdout(&assessed)
    );
    let checked = waymark(&[&["kb", "check"][..], &late].concat());
    assert!(checked.status.success(), "a warning: {}", stderr(&checked));
    let release = waymark(&[&["kb", "check", "--release"][..], &late].concat());
    assert_eq!(release.status.code(), Some(3));
}

#[test]
fn files_of_one_record_are_read_together() {
    let folder = std::env::temp_dir().join(format!("waymark-together-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    };
    let patients = file(
        "Patient.ndjson",
        "{\"resourceType\":\"Patient\",\"id\":\"one\"}\n{\"resourceType\":\"Patient\",\"id\":\"two\"}\n",
    );
    let conditions = file(
        "Condition.ndjson",
        "{\"resourceType\":\"Condition\",\"id\":\"c\",\"subject\":{\"reference\":\"Patient/two\"},\"code\":{\"coding\":[{\"system\":\"http://snomed.info/sct\",\"code\":\"254837009\"}]}}\n",
    );
    let args = [
        "assess",
        "--together",
        &patients,
        &conditions,
        "--format",
        "json",
    ];
    let every = stdout(&waymark(&args));
    let ids: Vec<String> = every
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON")["patient"]["id"]
                .to_string()
        })
        .collect();
    assert_eq!(ids, ["\"one\"", "\"two\""]);
    let chosen = waymark(&[&args[..], &["--patient", "two"]].concat());
    let value: serde_json::Value = serde_json::from_slice(&chosen.stdout).expect("one JSON object");
    assert_eq!(value["import"]["read"][1]["record"], "Condition/c");
    assert_eq!(value["import"]["read"][1]["facts"][0], "breast-cancer");
    std::fs::remove_dir_all(&folder).unwrap();
}

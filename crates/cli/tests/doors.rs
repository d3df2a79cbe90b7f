//! The same answer at every door: the command, a page of a running server, and the engine of the browser under Node.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot run the program has failed"
)]

mod server;

use serde_json::{Value, json};
use server::Server;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use waymark_engine::Bundle;
use waymark_page::Answers;
use waymark_page::answers::chart_text;

const DAY: &str = "2026-11-26";

/// By the id of a therapy: `indicated`, `unknown` or `not-indicated`.
type Verdicts = BTreeMap<String, String>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn bundle() -> Bundle {
    let kb = root().join("kb");
    waymark_knowledge::bundle_for_build(&kb)
        .expect("the knowledge compiles")
        .0
}

/// Every persona with the answers, in the order of their names.
fn personas(bundle: &Bundle) -> Vec<(String, Answers)> {
    let folder = root().join("crates/testsuite/personas");
    let files = std::fs::read_dir(folder)
        .expect("there are personas")
        .flatten();
    let mut personas: Vec<(String, Answers)> = files
        .map(|file| {
            let text = std::fs::read_to_string(file.path()).expect("a persona is text");
            let restored = Answers::restore(&text, bundle).expect("a persona is saved answers");
            assert!(
                restored.dropped.is_empty(),
                "{:?}: {:?}",
                file.path(),
                restored.dropped
            );
            (
                file.file_name().to_string_lossy().into_owned(),
                restored.answers,
            )
        })
        .collect();
    personas.sort_by(|one, other| one.0.cmp(&other.0));
    assert!(personas.len() >= 24, "{} personas", personas.len());
    personas
}

/// What the command says of a written chart.
fn command(chart: &str) -> Verdicts {
    let mut child = Command::new(env!("CARGO_BIN_EXE_waymark"))
        .args(["assess", "-", "--as-of", DAY, "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("waymark starts");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(chart.as_bytes()).expect("waymark reads");
    drop(input);
    let output = child.wait_with_output().expect("waymark ends");
    verdicts(&serde_json::from_slice(&output.stdout).expect("JSON"))
}

fn verdicts(assessment: &Value) -> Verdicts {
    let regimens = assessment["regimens"].as_array().expect("therapies").iter();
    regimens
        .map(|it| {
            let text = |key: &str| it[key].as_str().expect("text").to_owned();
            (text("id"), text("verdict"))
        })
        .collect()
}

/// What a page says: the status of every card or row, as the verdict that it stands for.
fn shown(html: &str, before: &str) -> Verdicts {
    let parts = html.split(before).skip(1);
    parts
        .filter_map(|part| {
            let (id, rest) = part.split_once('"')?;
            let status = rest.strip_prefix(" data-status=\"")?.split('"').next()?;
            let verdict = match status {
                "may" => "indicated",
                "depends" => "unknown",
                "later" | "notnow" | "trial" => "not-indicated",
                other => other,
            };
            Some((id.to_owned(), verdict.to_owned()))
        })
        .collect()
}

const CARD: &str = "id=\"card-";
const ROW: &str = "<tr data-regimen=\"";

/// A server on the day of these tests.
fn server() -> Server {
    Server::start(Command::new(env!("CARGO_BIN_EXE_waymark")).args([
        "--today",
        DAY,
        "serve",
        "--listen",
        "127.0.0.1:0",
    ]))
}

/// Posts fields as a browser without scripts would.
fn post(server: &Server, path: &str, fields: &[(&str, &str)]) -> String {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    server.ask(&format!(
        "POST {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\n\r\n{body}",
        server.address,
        body.len()
    ))
}

/// Calls of the engines under Node, and the replies to each; nothing, said loudly, where it was not built or there is no Node.
fn engine(calls: &[Value]) -> Option<Vec<Value>> {
    let dist = root().join("web/dist");
    let node = Command::new("node").arg("--version").output();
    if !dist.join("waymark.wasm").exists() || !node.is_ok_and(|it| it.status.success()) {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: the engine of the browser (needs `cargo xtask web` and Node); two doors were compared, not three"
        );
        return None;
    }
    let mut child = Command::new("node")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engine.mjs"))
        .arg(&dist)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node starts");
    let mut input = child.stdin.take().expect("a pipe");
    let calls = serde_json::to_vec(calls).expect("JSON");
    let sent = std::thread::spawn(move || input.write_all(&calls));
    let output = child.wait_with_output().expect("node ends");
    sent.join().expect("a thread").expect("node reads");
    assert!(output.status.success(), "the engine stopped");
    Some(serde_json::from_slice(&output.stdout).expect("JSON"))
}

#[test]
fn a_person_gets_the_same_verdicts_from_the_command_the_server_and_the_browser() {
    let bundle = bundle();
    let server = server();
    let mut calls = Vec::new();
    let mut expected = Vec::new();
    for (name, answers) in personas(&bundle) {
        let chart = chart_text(&answers, &bundle);
        let told = command(&chart);
        assert!(told.len() >= 15, "{name}");
        let code = answers.code();
        let page = post(&server, "/page/", &[("state", &code)]);
        assert_eq!(shown(&page, CARD), told, "{name}: the page of the server");
        calls.push(json!(["assess", [DAY, chart]]));
        calls.push(json!(["respond", [DAY, "page", "state", code]]));
        expected.push((name, told));
    }
    if let Some(replies) = engine(&calls) {
        for ((name, told), reply) in expected.iter().zip(replies.chunks(2)) {
            let (assessed, pages) = (&reply[0], &reply[1]);
            // The engine that a page begins with does not assess records.
            assert_eq!(assessed.as_array().map(Vec::len), Some(1));
            let assessment = assessed[0][0].as_str().expect("JSON");
            assert_eq!(
                &verdicts(&serde_json::from_str(assessment).expect("JSON")),
                told,
                "{name}: the engine of the browser"
            );
            let pages = pages.as_array().expect("a page of each engine");
            assert_eq!(pages.len(), 2);
            for page in pages {
                let html = page[3].as_str().expect("a page");
                assert_eq!(&shown(html, CARD), told, "{name}: the page of the browser");
            }
        }
    }
    assert_eq!(server.end(), "", "the server logs nothing");
}

#[test]
fn a_chart_gets_the_same_verdicts_from_the_command_and_the_sheet_of_the_server() {
    let server = server();
    let examples = std::fs::read_dir(root().join("examples"))
        .expect("examples")
        .flatten();
    let mut compared = 0;
    for file in examples.filter(|file| file.path().extension().is_some_and(|it| it == "chart")) {
        let chart = std::fs::read_to_string(file.path()).expect("text");
        let sheet = post(&server, "/clinician/", &[("chart", &chart)]);
        assert_eq!(
            shown(&sheet, ROW),
            command(&chart),
            "{}",
            file.path().display()
        );
        compared += 1;
    }
    assert!(compared >= 12);
    assert_eq!(server.end(), "");
}

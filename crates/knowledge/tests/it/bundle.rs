//! What comes out: canonical bytes, coverage of sources, overdue reviews.

use crate::sample::{all_shown, edited, files, run};
use waymark_criteria::{Date, Severity};
use waymark_engine::Bundle;
use waymark_knowledge::{Kind, Options, Tree, compile, coverage};

#[test]
fn bytes_do_not_depend_on_the_order_or_the_folders_of_files() {
    let forward = Tree::new(files());
    let backward = Tree::new(files().into_iter().rev());
    let bytes = run(&forward).bundle.unwrap().to_bytes();
    assert_eq!(bytes, run(&backward).bundle.unwrap().to_bytes());
    let again = Bundle::from_bytes(&bytes).unwrap();
    assert_eq!(again.to_bytes(), bytes);
    let mut renamed = files();
    let group = renamed.remove("sources/example-labels.md").unwrap();
    renamed.insert("sources/a-group.md".to_owned(), group);
    assert_eq!(
        run(&Tree::new(renamed)).bundle.unwrap().hash(),
        again.hash()
    );
}

#[test]
fn line_ends_of_another_system_change_nothing() {
    let bundle = run(&Tree::new(files())).bundle.unwrap();
    let windows: Vec<_> = files()
        .into_iter()
        .map(|(path, text)| (path, text.replace('\n', "\r\n")))
        .collect();
    let tree = Tree::new(windows);
    let outcome = run(&tree);
    let Some(other) = outcome.bundle else {
        panic!("{}", all_shown(&tree, &outcome.diagnostics))
    };
    assert_eq!(other.hash(), bundle.hash());
}

#[test]
fn title_prose_and_criteria_come_from_the_body() {
    let bundle = run(&Tree::new(files())).bundle.unwrap();
    let criterion = bundle.criterion("marker-positive-disease").unwrap();
    assert_eq!(criterion.title, "Marker-positive cancer");
    assert!(
        criterion
            .text
            .starts_with("The label speaks of marker-positive cancer.")
    );
    assert!(!criterion.text.contains("define") && !criterion.text.contains("expect"));
    assert!(criterion.cql.contains("\"marker-positive\""));
    assert_eq!(
        bundle
            .source("example-label-2020-02-03")
            .unwrap()
            .group
            .as_deref(),
        Some("example-labels")
    );
}

#[test]
fn coverage_counts_what_is_planned_as_not_yet_carried() {
    let bundle = run(&Tree::new(files())).bundle.unwrap();
    let all = coverage(&bundle, "example-page-2024").unwrap();
    assert!(all.is_complete());
    assert!(
        all.rows[0]
            .carried_by
            .contains(&(Kind::Guidance, "ask-for-the-marker".to_owned()))
    );
    assert!(coverage(&bundle, "no-such-source").is_none());

    let mut files = files();
    for text in files.values_mut() {
        *text = text.replace("carries = [\"example-page-2024#S01\"]", "");
    }
    let planned = run(&Tree::new(files.clone())).bundle.unwrap();
    let planned = coverage(&planned, "example-page-2024").unwrap();
    assert!(!planned.is_complete() && planned.rows[0].is_planned() && planned.lost().count() == 0);
    for text in files.values_mut() {
        *text = text.replace("module = \"planned\"", "");
    }
    let lost = run(&Tree::new(files)).bundle.unwrap();
    let lost = coverage(&lost, "example-page-2024").unwrap();
    assert_eq!(
        lost.lost()
            .map(|row| row.statement.as_str())
            .collect::<Vec<_>>(),
        ["S01"]
    );
}

#[test]
fn an_overdue_review_is_a_warning_until_the_release() {
    let tree = edited(
        "trials/example-1.md",
        "due = \"2027-01-01\"",
        "due = \"2026-06-01\"",
    );
    let today = Date::parse("2026-07-01");
    let outcome = compile(
        &tree,
        &Options {
            today,
            release: false,
        },
    );
    let warning = outcome
        .diagnostics
        .iter()
        .find(|problem| problem.code == "review-overdue")
        .unwrap();
    assert_eq!(
        (warning.severity, warning.place.as_str()),
        (Severity::Warning, "trials/example-1.md")
    );
    assert!(outcome.bundle.is_some());
    assert!(
        compile(
            &tree,
            &Options {
                today,
                release: true
            }
        )
        .bundle
        .is_none()
    );
    assert!(compile(&tree, &Options::default()).bundle.is_some());
}

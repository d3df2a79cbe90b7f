//! Decision tables: what is wrong with one is underlined where it stands, and no bundle comes out.

use crate::sample::{all_shown, edited, files, run, shown};
use waymark_knowledge::Tree;

const TABLE: &str = "tables/marker-share.md";

/// Text to replace, replacement, and the code and underlined text.
const WRONG: &[(&str, &str, &str, &str)] = &[
    // Below 0.50 only one row is left, between 0.50 and 0.99 there is none.
    ("\"< 1.00\"", "\"< 0.50\"", "bad-table", "[[rows]]"),
    ("\"< 1.00\"", "\"<= 1.00\"", "bad-table", "\"positive\""),
    (
        "\"< 1.00\"",
        "\"below 1\"",
        "bad-table",
        "{ percent = \"below 1\" }",
    ),
    (
        "\"< 1.00\"",
        "\"< 1.001\"",
        "bad-table",
        "{ percent = \"< 1.001\" }",
    ),
    (
        "\"< 1.00\"",
        "[\"< 1.00\"]",
        "bad-table",
        "{ percent = [\"< 1.00\"] }",
    ),
    (
        "when = { percent = \"< 1.00\" }",
        "when = { ratio = \"< 1.00\" }",
        "bad-table",
        "{ ratio = \"< 1.00\" }",
    ),
    (
        "result = \"negative\" ",
        "result = \"negative or none\" ",
        "bad-table",
        "\"negative or none\"",
    ),
    (
        "status = \"confirmed\"",
        "status = \"memory\"",
        "bad-table",
        "\"memory\"",
    ),
    (
        "id = \"positive\"",
        "id = \"negative\"",
        "duplicate-id",
        "\"negative\"",
    ),
    (
        "source = \"example-label-2020-02-03\"",
        "source = \"no-label\"",
        "unresolved",
        "\"no-label\"",
    ),
    (
        "comment = \"fewer",
        "comment = \"failed: fewer",
        "banned-word",
        "failed",
    ),
    // Cases.
    (
        "percent = \"0.99\"",
        "percent = \"1.00\"",
        "case-failed",
        "\"just below\"",
    ),
    (
        "percent = \"0.99\"",
        "percent = \"< 2.00\"",
        "case-failed",
        "\"just below\"",
    ),
    ("percent = \"0.99\"", "ihc = \"3+\"", "bad-value", "\"3+\""),
    (
        "row = \"negative\"",
        "row = \"positive\"",
        "untried",
        "\"negative\"",
    ),
    (
        "title = \"at the limit\"",
        "title = \"just below\"",
        "duplicate-case",
        "\"just below\"",
    ),
];

#[test]
fn one_thing_wrong_at_a_time() {
    let mut missed = Vec::new();
    for (from, to, code, underlined) in WRONG {
        let tree = edited(TABLE, from, to);
        let outcome = run(&tree);
        let expected = (
            (*code).to_owned(),
            TABLE.to_owned(),
            (*underlined).to_owned(),
        );
        let found = outcome
            .diagnostics
            .iter()
            .any(|problem| shown(&tree, problem) == expected);
        if !found || outcome.bundle.is_some() {
            missed.push(format!(
                "{from} → {to}:\n{}",
                all_shown(&tree, &outcome.diagnostics)
            ));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn one_table_for_each_decision() {
    let mut more = files();
    let second = more[TABLE].replace("\"marker-share\"", "\"marker-share-2\"");
    more.insert("tables/marker-share-2.md".to_owned(), second);
    let tree = Tree::new(more);
    let outcome = run(&tree);
    let expected = (
        "second-table".to_owned(),
        "tables/marker-share.md".to_owned(),
        "\"hormone-receptor\"".to_owned(),
    );
    let codes: Vec<_> = outcome
        .diagnostics
        .iter()
        .map(|problem| shown(&tree, problem))
        .collect();
    assert!(codes.contains(&expected), "{codes:?}");
}

#[test]
fn its_cases_are_among_what_is_run() {
    let outcome = run(&Tree::new(files()));
    assert_eq!(outcome.table_cases.len(), 2);
    assert!(outcome.table_cases.iter().all(|case| case.passed()));
}

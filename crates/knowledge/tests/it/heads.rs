//! What an entry is told of its head, title and prose, of reviews, and of wordings that contradict themselves.

use crate::sample::{all_shown, edited, files, run, shown};
use waymark_criteria::{Date, Severity};
use waymark_knowledge::{Options, Tree, compile};

const MANIFEST: &str = "knowledge.toml";
const MARKER: &str = "facts/marker-positive.md";
const REGIMEN: &str = "regimens/examplimab-alone.md";
const TRIAL: &str = "trials/example-1.md";

/// Whether the edit gives a diagnostic of this code and severity in that file, and, for an error, no bundle.
fn check(tree: &Tree, options: &Options, path: &str, code: &str, severity: Severity) {
    let outcome = compile(tree, options);
    let found = outcome.diagnostics.iter().any(|problem| {
        let (got, place, _) = shown(tree, problem);
        got == code && place == path && problem.severity == severity
    });
    let all = all_shown(tree, &outcome.diagnostics);
    assert!(found, "{path}: no {code} among\n{all}");
    let refused = severity == Severity::Error;
    assert_eq!(outcome.bundle.is_none(), refused, "{code}\n{all}");
}

fn on(day: &str) -> Options {
    Options {
        today: Date::parse(day),
        ..Options::default()
    }
}

#[test]
fn a_file_that_is_no_whole_entry_is_refused() {
    for (path, from, to, code) in [
        (TRIAL, "```toml", "Before it.\n\n```toml", "head-not-first"),
        (TRIAL, "kind = \"trial\"", "# kind = \"trial\"", "no-kind"),
        (TRIAL, "# EXAMPLE-1", "EXAMPLE-1", "no-title"),
        (MANIFEST, "version = \"2", "version = \"v2", "bad-version"),
        (
            REGIMEN,
            "superseded-by = \"ex-2\"",
            "superseded-by = \"ex-1\"",
            "superseded-by-itself",
        ),
    ] {
        let tree = edited(path, from, to);
        check(&tree, &Options::default(), path, code, Severity::Error);
    }
}

#[test]
fn a_regimen_without_indications_is_refused() {
    let mut files = files();
    let regimen = files.get_mut(REGIMEN).unwrap();
    let (head, rest) = regimen.split_once("[[indications]]").unwrap();
    let (_, rest) = rest.split_once("[[positions]]").unwrap();
    let id = "id = \"examplimab-alone\"";
    let head = head.replacen(id, &format!("{id}\nindications = []"), 1);
    *regimen = format!("{head}[[positions]]{rest}");
    let tree = Tree::new(files);
    check(
        &tree,
        &Options::default(),
        REGIMEN,
        "no-indication",
        Severity::Error,
    );
}

#[test]
fn what_leaves_a_reader_without_words_or_codes_is_worth_a_warning() {
    let tree = edited(TRIAL, "An invented trial.", "");
    check(
        &tree,
        &Options::default(),
        TRIAL,
        "no-prose",
        Severity::Warning,
    );
    // No table of the template has a code for this condition.
    let tree = edited(
        MARKER,
        "rule = \"stated\"",
        "rule = \"condition\"\ncondition = \"heart-failure\"\nabsence-means-none = true",
    );
    check(
        &tree,
        &Options::default(),
        MARKER,
        "no-code",
        Severity::Warning,
    );
}

#[test]
fn a_review_counts_from_its_day_and_is_overdue_after_the_day_it_was_due() {
    let tree = edited(MARKER, "# Marker", "# Marker");
    // `on` is 2026-01-01 and `due` 2027-01-01 in every entry of the template.
    check(
        &tree,
        &on("2025-12-31"),
        MARKER,
        "review-in-future",
        Severity::Error,
    );
    for day in ["2026-01-01", "2027-01-01"] {
        let outcome = compile(&tree, &on(day));
        let all = all_shown(&tree, &outcome.diagnostics);
        assert!(outcome.bundle.is_some(), "{day}\n{all}");
        assert!(!all.contains("review"), "{day}\n{all}");
    }
    check(
        &tree,
        &on("2027-01-02"),
        MARKER,
        "review-overdue",
        Severity::Warning,
    );
    let release = Options {
        release: true,
        ..on("2027-01-02")
    };
    check(&tree, &release, MARKER, "review-overdue", Severity::Error);
    assert!(
        run(&tree).bundle.is_some(),
        "without a day nothing is overdue"
    );
}

//! One thing wrong at a time: its code, its file and the text that is underlined. Wrong files of their own stand in
//! `tests/wrong`; what is wrong in a longer file of the template is put there by an edit.

use crate::sample::{all_shown, edited, files, run, shown};
use std::path::Path;
use waymark_criteria::{Diagnostic, Severity};
use waymark_knowledge::Tree;

/// File, text to replace, replacement, and the code and underlined text of a diagnostic in that file.
type Wrong = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const LABELS: &str = "sources/example-labels.md";
const MARKER: &str = "facts/marker-positive.md";
const COUNT: &str = "facts/earlier-regimens.md";
const DISEASE: &str = "shared/marker-positive-disease.md";
const MEDICINE: &str = "medicines/examplimab.md";
const REGIMEN: &str = "regimens/examplimab-alone.md";
const TRIAL: &str = "trials/example-1.md";
const EARLIER: &str = "questions/earlier-medicines.md";
const TOGETHER: &str = "lines/started-together.md";

const SHAPE: &[Wrong] = &[
    (
        TRIAL,
        "# EXAMPLE-1",
        "# EXAMPLE-1\n# EXAMPLE-2",
        "second-title",
        "# EXAMPLE-2\n",
    ),
    (
        TRIAL,
        "An invented trial.",
        "```cql\ndefine \"a\": true\n```",
        "criteria-not-here",
        "```cql\ndefine \"a\": true\n```",
    ),
    (
        TRIAL,
        "An invented trial.",
        "```toml\na = 1\n```",
        "second-head",
        "```toml\na = 1\n```",
    ),
];

const QUESTIONS: &[Wrong] = &[
    (
        EARLIER,
        "id = \"given\"\nrow = \"examplimab\"",
        "id = \"given\"\nrow = \"other\"",
        "unresolved",
        "\"other\"",
    ),
    (
        EARLIER,
        "answer = \"any\"",
        "answer = \"one\"",
        "bad-row",
        "",
    ),
    (
        EARLIER,
        "row = \"examplimab\"\nlabel = \"I don't know\"",
        "label = \"I don't know\"",
        "bad-row",
        "\"examplimab\"",
    ),
    // Who does not know says no "no".
    (
        EARLIER,
        "chart = [\"before metastasis: perhaps examplimab\"]",
        "chart = [\"before metastasis: perhaps examplimab, no examplimab\"]",
        "bad-answer",
        "",
    ),
    (
        EARLIER,
        "answers = [\"not-given\"]",
        "answers = [\"not-told\"]",
        "unresolved",
        "",
    ),
    // An id that was retired is never offered again.
    (
        EARLIER,
        "id = \"all\"",
        "id = \"given\"",
        "bad-answer",
        "\"given\"",
    ),
    (
        EARLIER,
        "becomes = [\"not-given\"]",
        "becomes = [\"never\"]",
        "unresolved",
        "",
    ),
    (
        EARLIER,
        "chart = [\"before metastasis: examplimab\"]",
        "chart = [\"before metastasis: exmplimab\"]",
        "chart-unknown-medicine",
        "",
    ),
];

const IDS_AND_CITATIONS: &[Wrong] = &[
    (
        REGIMEN,
        "id = \"ex-2\"",
        "id = \"ex-1\"",
        "duplicate-id",
        "\"ex-1\"",
    ),
    (
        REGIMEN,
        "id = \"examplimab-page-position\"",
        "id = \"ask-for-the-marker\"",
        "duplicate-id",
        "\"ask-for-the-marker\"",
    ),
    (
        REGIMEN,
        "source = \"example-page-2024\"",
        "source = \"example-page-2023\"",
        "unresolved",
        "\"example-page-2023\"",
    ),
    (
        REGIMEN,
        "carries = [\"example-page-2024#S01\"]",
        "carries = [\"example-page-2024#S02\"]",
        "unresolved",
        "\"example-page-2024#S02\"",
    ),
    (
        REGIMEN,
        "medicines = [\"examplimab\"]",
        "medicines = [\"examplumab\"]",
        "unresolved",
        "\"examplumab\"",
    ),
    (
        REGIMEN,
        "[[\"examplimab\", ",
        "[[\"examplumab\", ",
        "unresolved",
        "\"examplumab\"",
    ),
    (
        REGIMEN,
        "pivotal = [\"example-1\"]",
        "pivotal = [\"example-9\"]",
        "unresolved",
        "\"example-9\"",
    ),
    (
        REGIMEN,
        "superseded-by = \"ex-2\"",
        "superseded-by = \"ex-3\"",
        "unresolved",
        "\"ex-3\"",
    ),
];

const DATES_AND_WORDS: &[Wrong] = &[
    (
        REGIMEN,
        "from = \"2020-02-03\"",
        "from = \"2020-02-30\"",
        "bad-date",
        "\"2020-02-30\"",
    ),
    (
        REGIMEN,
        "to = \"2025-06-01\"",
        "to = \"2020-02-03\"",
        "empty-span",
        "\"2020-02-03\"",
    ),
    (
        REGIMEN,
        "to = \"2025-06-01\"",
        "to = \"2026-06-01\"",
        "future-date",
        "\"2026-06-01\"",
    ),
    (
        REGIMEN,
        "to = \"2025-06-01\"",
        "to = \"2025-05-31\"",
        "broken-succession",
        "\"2025-05-31\"",
    ),
    (
        REGIMEN,
        "to = \"2025-06-01\"",
        "to = \"2025-07\"",
        "broken-succession",
        "\"2025-07\"",
    ),
    (
        REGIMEN,
        "to = \"2025-06-01\"",
        "",
        "superseded-without-end",
        "\"ex-2\"",
    ),
    (
        MEDICINE,
        "route = \"iv\"",
        "route = \"drip\"",
        "unknown-word",
        "\"drip\"",
    ),
    (
        MEDICINE,
        "topic = \"dose\"",
        "topic = \"doses\"",
        "unknown-word",
        "\"doses\"",
    ),
    (
        MEDICINE,
        "\"marker-targeted\"",
        "\"marker-targetted\"",
        "unknown-class",
        "\"marker-targetted\"",
    ),
    (
        MEDICINE,
        "\"marker-targeted\"",
        "\"marker-targeted\", \"perhaps-markertargeted\"",
        "unknown-class",
        "\"perhaps-markertargeted\"",
    ),
    (
        "knowledge.toml",
        "\"perhaps-chemotherapy\"",
        "\"perhaps-chemotherapie\"",
        "unknown-class",
        "",
    ),
    (
        REGIMEN,
        "severity = \"caution\"",
        "severity = \"boxed\"",
        "grave-from-memory",
        "\"boxed\"",
    ),
    (
        MEDICINE,
        "from = \"2020-02-03\"                              # optional: first day on which it stood",
        "# ",
        "end-without-start",
        "\"2026-01-01\"",
    ),
];

const FACTS_AND_CRITERIA: &[Wrong] = &[
    (COUNT, "min = 0 ", "min = 60 ", "fact-range", "50"),
    (TOGETHER, "days = 28", "days = -1", "bad-window", "-1"),
    (
        TOGETHER,
        "function = \"same-start\"\ndays = 28",
        "function = \"endocrine\"\nclasses = [\"no-such-class\"]",
        "unresolved",
        "\"no-such-class\"",
    ),
    (
        REGIMEN,
        "define \"ex-1\":\n  \"marker-positive-disease\" and \"regimen-before-where-required\"",
        "",
        "no-criteria",
        "\"ex-1\"",
    ),
    (
        REGIMEN,
        "and \"regimen-before-where-required\"",
        "and \"earlier-regimens\" >= 1",
        "bare-condition",
        "\"earlier-regimens\"",
    ),
    (
        REGIMEN,
        "and \"regimen-before-where-required\"",
        "and \"regimen-before\"",
        "unknown-name",
        "\"regimen-before\"",
    ),
    (
        MEDICINE,
        "define \"examplimab-earlier\":\n  \"earlier-regimens\" >= 2",
        "define \"examplimab-earlier\":\n  \"later-regimens\" >= 2",
        "unknown-name",
        "\"later-regimens\"",
    ),
    (
        REGIMEN,
        "status = \"confirmed\"                             # mandatory; one from memory",
        "status = \"memory\" #",
        "memory-decides",
        "\"ex-1\"",
    ),
];

const CASES: &[Wrong] = &[
    (
        REGIMEN,
        "earlier-regimens = 1",
        "earlier-regimens = 51",
        "bad-fact",
        "51",
    ),
    (
        REGIMEN,
        "earlier-regimens = 1",
        "earlier-regimens = \"-1..1\"",
        "bad-fact",
        "\"-1..1\"",
    ),
    (
        REGIMEN,
        "of = \"ex-1\"\nas-of = \"2025-03-01\"",
        "as-of = \"2025-03-01\"",
        "case-of",
        "\"marker-negative, at a time without the limit\"",
    ),
    (
        REGIMEN,
        "expect = \"not-met\"\nunmet = [\"marker-positive-disease\"]",
        "expect = \"not-met\"",
        "missing-case",
        "\"ex-1\"",
    ),
    (
        MEDICINE,
        "expect = \"unknown\"",
        "expect = \"met\"",
        "missing-case",
        "\"examplimab-earlier\"",
    ),
    (
        REGIMEN,
        "title = \"examplimab-page-position: not recorded\"\nlike = \"examplimab-page-position: it applies\"\nexpect = \"unknown\"",
        "title = \"examplimab-page-position: not recorded\"\nlike = \"examplimab-page-position: it applies\"\nexpect = \"met\"",
        "missing-case",
        "\"examplimab-page-position\"",
    ),
];

#[test]
fn each_mistake_is_shown_where_it_is() {
    let all = [
        SHAPE,
        QUESTIONS,
        IDS_AND_CITATIONS,
        DATES_AND_WORDS,
        FACTS_AND_CRITERIA,
        CASES,
    ]
    .concat();
    let mut failures = String::new();
    for (path, from, to, code, underlined) in all {
        let tree = edited(path, from, to);
        let outcome = run(&tree);
        let found = outcome.diagnostics.iter().any(|problem| {
            let (got_code, got_path, got_text) = shown(&tree, problem);
            let fits = underlined.is_empty() || got_text == underlined;
            got_code == code && got_path == path && fits && problem.severity == Severity::Error
        });
        if !found || outcome.bundle.is_some() {
            let got = all_shown(&tree, &outcome.diagnostics);
            failures += &format!("--- {path}: `{to}` expected {code} «{underlined}», got:\n{got}");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// The last line of each file of the folder says where it stands in the knowledge base of the template, which code is
/// expected, and what is underlined.
#[test]
fn each_wrong_file_is_shown_where_it_is_wrong() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wrong");
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    names.sort();
    assert!(names.len() >= 40, "only {} wrong files", names.len());
    let mut failures = String::new();
    for name in names {
        let text = std::fs::read_to_string(&name).unwrap();
        let (wrong, last) = text.trim_end().rsplit_once('\n').unwrap();
        let last = last
            .strip_prefix("<!-- ")
            .and_then(|it| it.strip_suffix("» -->"))
            .unwrap();
        let (place, underlined) = last.split_once(" «").unwrap();
        let (path, code) = place.split_once(": ").unwrap();
        let mut files = files();
        assert!(
            files
                .insert(path.to_owned(), format!("{wrong}\n"))
                .is_some()
        );
        let tree = Tree::new(files);
        let outcome = run(&tree);
        let found = outcome.diagnostics.iter().any(|problem| {
            let (got_code, got_path, got_text) = shown(&tree, problem);
            let fits = underlined.is_empty() || got_text == underlined;
            got_code == code && got_path == path && fits && problem.severity == Severity::Error
        });
        if !found || outcome.bundle.is_some() {
            let got = all_shown(&tree, &outcome.diagnostics);
            failures += &format!("--- {}: expected {last}, got:\n{got}", name.display());
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// A mistake in one file does not call every file that rests on it wrong.
#[test]
fn a_mistake_is_said_once() {
    for (path, from, to) in [
        (MARKER, "type = \"boolean\"", "type = \"bolean\""),
        (DISEASE, "label = ", "lable = "),
        (LABELS, "publisher = ", "publishr = "),
        (TRIAL, "people = 100 ", "people = = 100 "),
        (MEDICINE, "name = \"examplimab\"", "name = 1"),
    ] {
        let tree = edited(path, from, to);
        let outcome = run(&tree);
        let elsewhere: Vec<_> = outcome
            .diagnostics
            .iter()
            .filter(|problem| problem.severity == Severity::Error && problem.place != path)
            .cloned()
            .collect();
        assert!(outcome.bundle.is_none());
        assert!(
            elsewhere.is_empty(),
            "{path}:\n{}",
            all_shown(&tree, &elsewhere)
        );
    }
}

#[test]
fn nothing_is_better_confirmed_than_its_source() {
    let tree = edited(LABELS, "status = \"confirmed\"", "status = \"memory\"");
    let outcome = run(&tree);
    let codes = outcome
        .diagnostics
        .iter()
        .map(|problem| shown(&tree, problem));
    let expected = (
        "unconfirmed-source".into(),
        REGIMEN.into(),
        "\"single\"".into(),
    );
    assert!(codes.into_iter().any(|code| code == expected));
}

#[test]
fn constraints_have_cases_too() {
    let case = "```case\ntitle = \"none\"\nexpect = \"not-met\"\n[facts]\nmarker-positive = false\nearlier-regimens = 1\n```\n";
    let tree = edited(MARKER, "```cql", &format!("{case}```cql"));
    let outcome = run(&tree);
    let result = outcome
        .cases
        .iter()
        .find(|result| result.case.path == MARKER)
        .unwrap();
    assert!(
        result.passed && outcome.bundle.is_some(),
        "{}",
        all_shown(&tree, &outcome.diagnostics)
    );
}

/// A bare fact is refused as such, not asked to be tried alone by a name that no case can give.
#[test]
fn a_bare_condition_is_said_once() {
    let tree = edited(
        REGIMEN,
        "and \"regimen-before-where-required\"",
        "and \"marker-positive\"",
    );
    let outcome = run(&tree);
    let asks = |problem: &&Diagnostic| problem.help.as_deref().unwrap_or("").contains("[\"\"");
    assert_eq!(outcome.diagnostics.iter().filter(asks).count(), 0);
}

#[test]
fn two_mistakes_in_one_head_are_both_shown() {
    let tree = edited(TRIAL, "people = 100", "poeple = 100\nnmae = 1");
    let keys = run(&tree)
        .diagnostics
        .iter()
        .filter(|problem| problem.code == "unknown-key")
        .count();
    assert_eq!(keys, 2);
}

#[test]
fn files_without_a_head_or_in_the_wrong_place_are_refused() {
    let mut spoilt = files();
    spoilt.insert("facts/notes.md".to_owned(), "# Notes\n".to_owned());
    let trial = spoilt.remove(TRIAL).unwrap();
    spoilt.insert("facts/example-1.md".to_owned(), trial);
    spoilt.insert("facts/README.md".to_owned(), "anything".to_owned());
    spoilt.remove("knowledge.toml");
    let tree = Tree::new(spoilt);
    let outcome = run(&tree);
    let codes: Vec<_> = outcome
        .diagnostics
        .iter()
        .map(|problem| shown(&tree, problem))
        .collect();
    for (code, path, underlined) in [
        ("no-head", "facts/notes.md", "# Notes"),
        ("wrong-folder", "facts/example-1.md", "\"trial\""),
        ("no-manifest", "knowledge.toml", ""),
    ] {
        assert!(
            codes.contains(&(code.into(), path.into(), underlined.into())),
            "{codes:?}"
        );
    }
    assert!(!codes.iter().any(|(_, path, _)| path.ends_with("README.md")));
}

#[test]
fn a_fact_that_nothing_reads_is_worth_a_warning() {
    let mut more = files();
    let fact = more[MARKER]
        .split("A fact file may")
        .next()
        .unwrap()
        .replace("marker-positive\"", "marker-old\"");
    more.insert("facts/marker-old.md".to_owned(), fact);
    let tree = Tree::new(more);
    let outcome = run(&tree);
    let Some(warning) = outcome
        .diagnostics
        .iter()
        .find(|problem| problem.place == "facts/marker-old.md")
    else {
        panic!("nothing said");
    };
    assert_eq!(
        (warning.code, warning.severity),
        ("unused", Severity::Warning)
    );
    assert!(outcome.bundle.is_some());
}

/// Nothing that an author can write makes the compiler stop.
#[test]
fn files_cut_anywhere_are_only_wrong() {
    for (path, text) in files() {
        for (cut, _) in text.char_indices().step_by(37) {
            let mut cut_files = files();
            cut_files.insert(path.clone(), text[..cut].to_owned());
            run(&Tree::new(cut_files));
        }
    }
}

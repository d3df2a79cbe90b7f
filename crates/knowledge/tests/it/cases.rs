//! Cases are run with the program that ships.

use crate::sample::{all_shown, edited, files, run, shown};
use waymark_criteria::{Severity, Truth};
use waymark_knowledge::{Tree, draft};

#[test]
fn a_failed_case_says_what_came_out_and_why() {
    let tree = edited(
        "regimens/examplimab-alone.md",
        "earlier-regimens = 1",
        "earlier-regimens = 0",
    );
    let outcome = run(&tree);
    assert!(outcome.bundle.is_none());
    let failed: Vec<_> = outcome
        .cases
        .iter()
        .filter(|result| !result.passed)
        .collect();
    let [failed] = failed[..] else {
        panic!("{}", all_shown(&tree, &outcome.diagnostics))
    };
    let got = failed.got.as_ref().unwrap();
    assert_eq!(failed.case.title, "one regimen before");
    assert_eq!(failed.case.expect.truth, Truth::True);
    assert_eq!(
        (got.truth, &got.unmet[..]),
        (
            Truth::False,
            &["regimen-before-where-required".to_owned()][..]
        )
    );
    assert!(
        failed.explanation.contains("true: marker-positive-disease"),
        "{}",
        failed.explanation
    );
    let problem = outcome
        .diagnostics
        .iter()
        .find(|problem| problem.code == "case-failed")
        .unwrap();
    assert_eq!(shown(&tree, problem).2, "\"one regimen before\"");
    assert_eq!(
        problem.message,
        "case `one regimen before`: expected met, got not-met, unmet [regimen-before-where-required]"
    );
}

/// A draft is there to be looked at while its cases fail; any other error takes it away.
#[test]
fn a_draft_may_have_cases_that_fail() {
    let path = "regimens/examplimab-alone.md";
    let failing = edited(path, "earlier-regimens = 1", "earlier-regimens = 0");
    assert!(run(&failing).bundle.is_none());
    let outcome = draft(&failing);
    assert!(outcome.bundle.is_some());
    assert_eq!(
        outcome.errors().map(|it| it.code).collect::<Vec<_>>(),
        ["case-failed"]
    );
    let broken = edited(
        path,
        "source = \"example-label-2020-02-03\"",
        "source = \"no-such\"",
    );
    assert!(draft(&broken).bundle.is_none());
}

#[test]
fn an_in_force_test_that_fails_is_among_what_is_not_met() {
    let outcome = run(&Tree::new(files()));
    let before = outcome
        .cases
        .iter()
        .find(|result| result.case.title.ends_with("before the approval"))
        .unwrap();
    assert_eq!(before.got.as_ref().unwrap().unmet, ["in force ex-1"]);
}

#[test]
fn like_takes_over_what_it_does_not_replace() {
    let outcome = run(&Tree::new(files()));
    let case = outcome
        .cases
        .iter()
        .find(|result| result.case.title == "no regimen before")
        .unwrap();
    assert_eq!(case.case.of, "ex-1");
    assert_eq!(case.case.as_of.to_string(), "2022-01-01");
    assert_eq!(
        case.case.facts.keys().collect::<Vec<_>>(),
        ["earlier-regimens", "marker-positive"]
    );
}

#[test]
fn unmet_and_missing_are_exact() {
    let path = "regimens/examplimab-alone.md";
    for (from, to, message) in [
        (
            "unmet = [\"in force ex-1\"]",
            "unmet = [\"in force ex-1\", \"adult\"]",
            "expected unmet [adult, in force ex-1], got [in force ex-1]",
        ),
        (
            "missing = [\"earlier-regimens\"]",
            "missing = []",
            "expected missing [], got [earlier-regimens]",
        ),
    ] {
        let tree = edited(path, from, to);
        let outcome = run(&tree);
        let found = outcome
            .diagnostics
            .iter()
            .any(|problem| problem.message.ends_with(message));
        assert!(found, "{}", all_shown(&tree, &outcome.diagnostics));
    }
}

/// Cases of what is in order run even while another file is not.
#[test]
fn a_broken_criterion_stops_only_the_cases_that_rest_on_it() {
    let path = "shared/regimen-before-where-required.md";
    let tree = edited(path, "or \"earlier-regimens\"", "or \"earlier-regimes\"");
    let outcome = run(&tree);
    let errors: Vec<_> = outcome
        .diagnostics
        .iter()
        .filter(|it| it.severity == Severity::Error)
        .collect();
    let [error] = errors[..] else {
        panic!("{}", all_shown(&tree, &outcome.diagnostics))
    };
    assert_eq!(shown(&tree, error).2, "\"earlier-regimes\"");
    for result in &outcome.cases {
        let rests = result.case.path == path || result.case.path == "regimens/examplimab-alone.md";
        assert_eq!(result.got.is_none(), rests, "{}", result.case.title);
    }
}

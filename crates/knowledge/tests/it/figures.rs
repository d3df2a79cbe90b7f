//! Figures of trials that cannot be: each is shown where it stands.

use crate::sample::{all_shown, edited, run, shown};
use waymark_criteria::Severity;

const ONE: &str = "trials/example-1.md";
const SINGLE_ARM: &str = "trials/example-2.md";
const REGIMEN: &str = "regimens/examplimab-alone.md";

/// File, text to replace, replacement, code and underlined text of the diagnostic.
const WRONG: &[[&str; 5]] = &[
    [
        ONE,
        "endpoint = \"pfs\"",
        "endpoint = \"psf\"",
        "bad-value",
        "",
    ],
    [
        ONE,
        "value = \"10\"",
        "value = \"ten\"",
        "figure",
        "\"ten\"",
    ],
    [
        ONE,
        "value = \"5.0\"",
        "value = \"5,0\"",
        "figure",
        "\"5,0\"",
    ],
    // A lower end is a number; only what lies above may be open.
    [
        ONE,
        "low = \"8\"",
        "low = \"not reached\"",
        "figure",
        "\"not reached\"",
    ],
    [ONE, "low = \"8\"", "low = \"12\"", "figure", "\"10\""],
    [
        ONE,
        "high = \"0.60\"",
        "high = \"0.49\"",
        "figure",
        "\"0.49\"",
    ],
    [ONE, "high = \"0.60\"\n", "\n", "figure", ""],
    [
        ONE,
        "measure = \"median\"",
        "measure = \"medium\"",
        "bad-value",
        "",
    ],
    [ONE, "measure = \"median\"", "", "figure", ""],
    [
        ONE,
        "unit = \"months\"",
        "unit = \"moons\"",
        "figure",
        "\"moons\"",
    ],
    [ONE, "unit = \"months\"", "", "figure", ""],
    [
        ONE,
        "grade = \"3+\"",
        "grade = \"bad\"",
        "figure",
        "\"bad\"",
    ],
    [ONE, "what = \"rash\" ", "", "figure", "\"side-effect\""],
    [ONE, "value = \"30\"", "value = \"130\"", "figure", ""],
    [
        ONE,
        "measure = \"share\"",
        "measure = \"mean\"",
        "figure",
        "",
    ],
    [ONE, "p = \"0.04\"", "p = \"small\"", "figure", "\"small\""],
    [
        ONE,
        "people-given = 50",
        "people-given = 51",
        "figure",
        "100",
    ],
    [ONE, "comparator = \"no examplimab\"", "", "figure", ""],
    [
        SINGLE_ARM,
        "note = \"Too early to tell.\"",
        "",
        "figure",
        "\"os\"",
    ],
    [
        SINGLE_ARM,
        "note = \"Too early",
        "note = \"The medicine failed. Too early",
        "banned-word",
        "",
    ],
    [
        REGIMEN,
        "studied = [\"example-2\"]",
        "studied = [\"example-9\"]",
        "unresolved",
        "\"example-9\"",
    ],
    [
        REGIMEN,
        "studied = [\"example-2\"]",
        "studied = [\"example-1\"]",
        "trial-twice",
        "\"example-1\"",
    ],
    [
        REGIMEN,
        "id = \"gain-often\"",
        "id = \"Gain\"",
        "bad-id",
        "\"Gain\"",
    ],
    [
        REGIMEN,
        "layer = \"how-often\"",
        "layer = \"how-much\"",
        "bad-value",
        "",
    ],
    [
        REGIMEN,
        "topic = \"may-gain\"",
        "topic = \"gain\"",
        "bad-value",
        "",
    ],
];

#[test]
fn a_figure_that_cannot_be_is_shown_where_it_stands() {
    let mut failures = String::new();
    for [path, from, to, code, underlined] in WRONG {
        let tree = edited(path, from, to);
        let outcome = run(&tree);
        let found = outcome.diagnostics.iter().any(|problem| {
            let (got_code, got_path, got_text) = shown(&tree, problem);
            let fits = underlined.is_empty() || got_text == *underlined;
            got_code == *code && got_path == *path && fits && problem.severity == Severity::Error
        });
        if !found || outcome.bundle.is_some() {
            let got = all_shown(&tree, &outcome.diagnostics);
            failures += &format!("--- {path}: `{to}` expected {code} «{underlined}», got:\n{got}");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// The ends of an interval may be its value, and an upper end may be open.
#[test]
fn an_interval_may_be_as_narrow_as_its_value() {
    for (from, to) in [
        ("low = \"8\"", "low = \"10.0\""),
        ("value = \"30\"", "value = \"100\""),
        ("high = \"not reached\"", "high = \"not calculable\""),
        ("people-given = 50", "people-given = 49"),
    ] {
        let tree = edited(ONE, from, to);
        let outcome = run(&tree);
        assert!(
            outcome.bundle.is_some(),
            "{to}: {}",
            all_shown(&tree, &outcome.diagnostics)
        );
    }
}

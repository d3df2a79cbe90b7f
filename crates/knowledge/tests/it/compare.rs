//! Two sources side by side on small invented knowledge.

use crate::small::Small;
use waymark_criteria::Date;
use waymark_knowledge::analysis::compare::{Outcome, Side, compare};

fn side(source: &str, on: &str) -> Side {
    Side {
        source: source.to_owned(),
        on: Date::parse(on).unwrap(),
    }
}

fn sides() -> [Side; 2] {
    [side("page", "2026-11-01"), side("label", "2026-11-01")]
}

fn outcome(small: &Small, sides: [Side; 2]) -> Outcome {
    compare(&small.bundle(), sides)
        .unwrap()
        .therapies
        .remove(0)
        .outcome
}

fn ill() -> Small {
    Small::new()
        .boolean("ill", "")
        .boolean("marker", "")
        .number("count", 5, "")
}

/// Side that is met, what the other asks for, the patient: one line each.
fn lines(outcome: &Outcome) -> Vec<String> {
    let Outcome::Both { differ, .. } = outcome else {
        return vec![format!("{outcome:?}")];
    };
    let line = |it: &waymark_knowledge::analysis::compare::Difference| {
        let facts: Vec<String> = it
            .patient
            .iter()
            .map(|(fact, value)| format!("{fact} = {value}"))
            .collect();
        format!(
            "{} | {} | {}",
            it.met_by,
            it.because.join("; "),
            facts.join(", ")
        )
    };
    differ.iter().map(line).collect()
}

#[test]
fn each_thing_that_one_side_asks_for_has_its_smallest_patient() {
    let small = ill().regimen(
        "therapy",
        &[
            (
                "page-1",
                "page",
                "2020",
                None,
                "\"ill\" and not \"marker\" and \"count\" >= 2",
            ),
            (
                "label-1",
                "label",
                "2020",
                None,
                "\"ill\" and \"count\" >= 1",
            ),
        ],
    );
    assert_eq!(
        lines(&outcome(&small, sides())),
        [
            "1 | not \"marker\" | count = \"1..\", ill = true, marker = true",
            "1 | \"count\" >= 2 | count = 1, ill = true",
        ]
    );
}

#[test]
fn the_same_in_other_words_is_no_difference() {
    let small = ill().regimen(
        "therapy",
        &[
            ("page-1", "page", "2020", None, "\"ill\" and \"count\" >= 1"),
            (
                "label-1",
                "label",
                "2020",
                None,
                "not (not \"ill\" or \"count\" = 0)",
            ),
        ],
    );
    let Outcome::Both { differ, .. } = outcome(&small, sides()) else {
        panic!()
    };
    assert_eq!(differ, []);
}

#[test]
fn facts_that_leave_one_side_open_are_a_list_of_their_own() {
    let small = ill().regimen(
        "therapy",
        &[
            ("page-1", "page", "2020", None, "\"ill\""),
            ("label-1", "label", "2020", None, "\"ill\" and \"marker\""),
        ],
    );
    let Outcome::Both { open, .. } = outcome(&small, sides()) else {
        panic!()
    };
    let open: Vec<(usize, bool, &str)> = open
        .iter()
        .map(|it| (it.decided, it.met, it.patient[0].0.as_str()))
        .collect();
    // Who is ill meets the page; without the marker the label is not met. Who meets the label meets the page, and who
    // is not ill meets neither, so that nothing else stays open.
    assert_eq!(open, [(0, true, "ill"), (1, false, "marker")]);
}

#[test]
fn two_days_of_one_source() {
    let small = ill().regimen(
        "therapy",
        &[
            (
                "old",
                "label",
                "2020-01-01",
                Some("2022-05-04"),
                "\"ill\" and \"count\" >= 2",
            ),
            (
                "new",
                "label",
                "2022-05-04",
                None,
                "\"ill\" and \"count\" >= 1",
            ),
        ],
    );
    let last_and_first = [side("label", "2022-05-03"), side("label", "2022-05-04")];
    assert_eq!(
        lines(&outcome(&small, last_and_first)),
        ["1 | \"count\" >= 2 | count = 1, ill = true"]
    );
    let both_before = [side("label", "2020-01-01"), side("label", "2022-05-03")];
    assert_eq!(lines(&outcome(&small, both_before)), [""; 0]);
}

#[test]
fn where_only_one_side_speaks_the_other_is_not_read_as_no() {
    let small = ill().regimen(
        "therapy",
        &[
            ("page-1", "page", "2020", None, ""),
            ("label-1", "label", "2020", None, "\"ill\""),
        ],
    );
    let met = Some(vec![("ill".to_owned(), "true".to_owned())]);
    assert_eq!(outcome(&small, sides()), Outcome::OnlyOne(1, met));
}

#[test]
fn a_group_speaks_with_all_its_sources_and_an_unknown_one_is_named() {
    let small = ill().regimen(
        "therapy",
        &[
            ("page-1", "page", "2020", None, "\"ill\" and \"marker\""),
            (
                "label-1",
                "label",
                "2020",
                None,
                "\"ill\" and not \"marker\"",
            ),
        ],
    );
    let together = [side("all", "2026-11-01"), side("label", "2026-11-01")];
    assert_eq!(
        lines(&outcome(&small, together)),
        ["0 | not \"marker\" | ill = true, marker = true"]
    );
    let unknown = compare(
        &small.bundle(),
        [side("nowhere", "2026-11-01"), side("label", "2026-11-01")],
    );
    assert_eq!(unknown.unwrap_err(), "nowhere");
}

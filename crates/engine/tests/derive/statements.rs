//! Statements over the record, and facts that cannot hold together.

use crate::{AS_OF, both, chart, complete, facts_of, get, partial};
use waymark_engine::chart::Completeness;

#[test]
fn statements_fill_in_contradict_and_override() {
    both(&[
        ("fact judged = true", "judged = true"),
        ("patient: nobody", "judged = ?n"),
        (
            "2024-01-05 HER2 IHC 2+ | fact her2-positive = true",
            "her2-positive = true, her2-status = positive",
        ),
        (
            "2024-01-05 HER2 IHC 3+ | fact her2-positive = true",
            "her2-positive = true",
        ),
        (
            "2024-01-05 HER2 IHC 3+ | fact her2-positive = false",
            "her2-positive = ?c, her2-status = ?c",
        ),
        (
            "2024-01-05 HER2 IHC 1+ | fact her2-positive = true override",
            "her2-positive = true, her2-low = false, her2-status = positive",
        ),
        (
            "2024-01-05 HER2 IHC 1+ | fact her2-status = positive",
            "her2-positive = ?c, her2-status = ?c",
        ),
        (
            "fact her2-status = low",
            "her2-positive = false, her2-low = true, her2-status = low",
        ),
        (
            "fact her2-status = equivocal",
            "her2-positive = ?n, her2-status = equivocal",
        ),
        (
            "fact her2-positive = true",
            "her2-low = false, her2-ultralow = false, her2-ihc-3plus = ?n",
        ),
        (
            "fact subtype = HR+/HER2+",
            "her2-positive = true, hr-positive = true, subtype = HR+/HER2+",
        ),
        (
            "fact cns-state = active",
            "brain-metastases = true, active-brain-metastases = true",
        ),
        ("fact disease = other", "breast-cancer = false"),
        // Two statements.
        (
            "2024-01-01 fact judged = true | 2025-01-01 fact judged = false",
            "judged = false",
        ),
        (
            "2024-01-01 fact judged = true | 2024-01-01 fact judged = false",
            "judged = ?c",
        ),
        (
            "fact judged = true | 2024-01-01 fact judged = false",
            "judged = ?c",
        ),
        (
            "fact judged = true override | 2024-01-01 fact judged = false",
            "judged = true",
        ),
        // A statement of "not yet", and what came later.
        (
            "2023-01-01 fact metastatic = false | 2024-01-01 metastasis: liver",
            "metastatic = true",
        ),
        (
            "2024-01-01 fact metastatic = false | 2024-01-01 metastasis: liver",
            "metastatic = ?c",
        ),
        (
            "fact brain-metastases = true",
            "metastatic = true, brain-metastases = true",
        ),
    ]);
}

/// What was not so on a day may be so on a later one, unless the record is stated to hold all that came.
#[test]
fn a_stated_no_is_of_its_day() {
    partial(&[
        // The day asked for is 2026-11-01.
        (
            "2026-11-01 fact brain-metastases = false",
            "brain-metastases = false",
        ),
        (
            "2026-10-31 fact brain-metastases = false",
            "brain-metastases = ?u",
        ),
        (
            "2026-11 fact brain-metastases = false",
            "brain-metastases = ?u",
        ),
        (
            "2026-10 fact brain-metastases = false",
            "brain-metastases = ?u",
        ),
        ("fact brain-metastases = false", "brain-metastases = false"),
        (
            "2026-10-31 fact brain-metastases = true",
            "brain-metastases = true",
        ),
        (
            "2026-10-31 fact brain-metastases = false override",
            "brain-metastases = false",
        ),
        (
            "2026-10-31 fact cns-state = none-known",
            "brain-metastases = ?u",
        ),
        ("2020-01-01 fact metastatic = false", "metastatic = ?u"),
        ("2020-01-01 fact prior-taxane = false", "prior-taxane = ?u"),
        // Not by itself.
        ("2020-01-01 fact judged = false", "judged = false"),
        (
            "2020-01-01 fact her2-positive = false",
            "her2-positive = false",
        ),
        // An earlier no beside a later one, and beside what the record shows.
        (
            "2020-01-01 fact brain-metastases = false | fact brain-metastases = false",
            "brain-metastases = false",
        ),
        (
            "2023-01-01 metastasis: brain | 2024-01-01 fact brain-metastases = false",
            "brain-metastases = ?c",
        ),
        // By a record the last day is twelve months later, by a statement too.
        (
            "2025-11-01 fact postmenopausal = false",
            "postmenopausal = false",
        ),
        (
            "2025-10-31 fact postmenopausal = false",
            "postmenopausal = ?u",
        ),
        // Brain metastases that are quiet, for four months.
        (
            "2024-01-01 metastasis: brain | 2026-07-01 fact active-brain-metastases = false",
            "active-brain-metastases = false",
        ),
        (
            "2024-01-01 metastasis: brain | 2026-06-30 fact active-brain-metastases = false",
            "active-brain-metastases = ?u",
        ),
        // What ends by itself.
        ("2026-10-31 fact pregnant = false", "pregnant = ?u"),
        ("2026-11-01 fact pregnant = false", "pregnant = false"),
    ]);
    complete(&[
        (
            "2020-01-01 fact brain-metastases = false",
            "brain-metastases = false",
        ),
        (
            "2020-01-01 fact prior-taxane = false",
            "prior-taxane = false",
        ),
        ("2020-01-01 fact metastatic = false", "metastatic = false"),
    ]);
}

#[test]
fn stated_numbers_meet_counted_ones() {
    let mbc =
        "2020-01-01 metastasis: liver | 2020-02-01..2021-01-01 trastuzumab | 2021-02-01.. tdxd";
    let case = |stated: &str, value: &str| -> (&'static str, &'static str) {
        (
            Box::leak(format!("{mbc} | {stated}").into_boxed_str()),
            Box::leak(format!("regimens-metastatic = {value}").into_boxed_str()),
        )
    };
    partial(&[
        case("fact regimens-metastatic = 2", "2"),
        case("fact regimens-metastatic = 3", "3"),
        case("fact regimens-metastatic = 1..4", "2..4"),
        case("fact regimens-metastatic = 1", "?c"),
        // Said before the last regimen began: what was true then can only have grown.
        case("2020-06-01 fact regimens-metastatic = 1", "2.."),
        ("fact regimens-metastatic = 2", "regimens-metastatic = 2"),
    ]);
    complete(&[
        case("fact regimens-metastatic = 3", "?c"),
        case("fact regimens-metastatic = 3 override", "3"),
        (
            "fact regimens-metastatic = 2 | fact metastatic = true",
            "regimens-metastatic = 2",
        ),
    ]);
}

#[test]
fn facts_that_cannot_hold_together_are_taken_back() {
    both(&[
        (
            "fact brain-metastases = true | fact metastatic = false",
            "brain-metastases = true, metastatic = ?c",
        ),
        (
            "fact brain-metastases = true | fact metastatic = false override",
            "brain-metastases = ?c, metastatic = false",
        ),
        (
            "fact her2-positive = true | fact her2-low = true",
            "her2-positive = ?c, her2-low = ?c, her2-status = ?c",
        ),
    ]);
}

#[test]
fn a_conflict_names_both_records() {
    let chart = chart("2024-01-05 HER2 IHC 3+\nfact her2-positive = false");
    let facts = facts_of(&chart, AS_OF, Completeness::Partial);
    assert_eq!(get(&facts, "her2-positive").from.len(), 2);
}

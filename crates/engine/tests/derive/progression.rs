//! Growth since the latest HER2 regimen for metastatic disease began.

use crate::{both, check_as_of, complete, partial};
use waymark_engine::chart::Completeness;

/// The cancer grew on the first regimen, and a second one goes on.
const TWO: &str = "2024-01-01 metastasis: liver | 2024-01-15..2024-12-20 docetaxel + trastuzumab: progression | 2025-01-05.. tdxd";

fn two(more: &str) -> &'static str {
    Box::leak(format!("{TWO}{more}").into_boxed_str())
}

#[test]
fn growth_on_an_earlier_regimen_is_not_growth_since_the_latest() {
    complete(&[
        (
            two(""),
            "regimens-metastatic = 2, progressed-on-her2-metastatic = true, grew-since-latest = false",
        ),
        // Found on the first day, it was there before.
        (
            two(" | 2025-01-05 progression"),
            "grew-since-latest = false",
        ),
        (two(" | 2024-12 progression"), "grew-since-latest = false"),
    ]);
    both(&[
        // Found in its first 28 days, it may have been there before.
        (two(" | 2025-01-06 progression"), "grew-since-latest = ?u"),
        (two(" | 2025-02-02 progression"), "grew-since-latest = ?u"),
        (two(" | 2025-02-03 progression"), "grew-since-latest = true"),
        (two(" | 2025-03 progression"), "grew-since-latest = true"),
        (two(" | 2025-02 progression"), "grew-since-latest = ?u"),
        (two(" | 2025-01 progression"), "grew-since-latest = ?u"),
        (two(" | ? progression"), "grew-since-latest = ?u"),
    ]);
    // What has not been recorded may have happened.
    partial(&[(two(""), "grew-since-latest = ?u")]);
}

/// The growth for which a medicine was stopped is no reason why it was begun, however soon it was stopped.
#[test]
fn growth_that_ended_a_medicine_came_after_it_began() {
    let stopped = |end: &str| -> &'static str {
        let partner = format!("2022-01-16..{end} paclitaxel: progression");
        let text = format!(
            "2021-12-15 metastasis: liver | 2022-01-01..2023-05-28 trastuzumab | {partner} | 2022-03-02..2022-06-01 docetaxel"
        );
        Box::leak(text.into_boxed_str())
    };
    for end in ["2022-01-16", "2022-01-17", "2022-01"] {
        complete(&[(
            stopped(end),
            "regimens-metastatic = 2, grew-since-latest = false",
        )]);
    }
}

#[test]
fn the_latest_regimen_may_be_the_first() {
    let one = "2024-01-01 metastasis: liver | 2024-01-15.. trastuzumab";
    let one = |more: &str| -> &'static str { Box::leak(format!("{one}{more}").into_boxed_str()) };
    complete(&[
        ("2024-01-01 metastasis: liver", "grew-since-latest = false"),
        (one(""), "grew-since-latest = false"),
        (
            one(" | 2024-01-15 progression"),
            "grew-since-latest = false",
        ),
        (one(" | 2024-01-16 progression"), "grew-since-latest = ?u"),
        (one(" | 2024-02-12 progression"), "grew-since-latest = ?u"),
        (one(" | 2024-02-13 progression"), "grew-since-latest = true"),
        // A regimen for early disease is none of these.
        (
            "2024-01-01 no metastasis | fact unresectable = false | 2023-01-01..2023-06-01 adjuvant trastuzumab: progression",
            "grew-since-latest = false",
        ),
    ]);
    partial(&[
        ("2024-01-01 metastasis: liver", "grew-since-latest = ?n"),
        (one(""), "grew-since-latest = ?n"),
        (one(" | 2024-01-16 progression"), "grew-since-latest = ?u"),
        (one(" | 2024-02-12 progression"), "grew-since-latest = ?u"),
        (one(" | 2024-02-13 progression"), "grew-since-latest = true"),
    ]);
}

#[test]
fn growth_counts_during_the_latest_regimen_and_after_it() {
    let until = |more: &str| -> &'static str {
        let first = "2024-01-01 metastasis: liver | 2024-01-15..2024-12-20 trastuzumab: progression | 2025-01-05..2025-06-01 tdxd";
        Box::leak(format!("{first}{more}").into_boxed_str())
    };
    both(&[
        (until(": progression"), "grew-since-latest = true"),
        (
            until(": toxicity | 2025-09-01 progression"),
            "grew-since-latest = true",
        ),
        (
            until(": toxicity | 2025-07-01.. capecitabine | 2025-09-01 progression"),
            "grew-since-latest = true",
        ),
    ]);
    complete(&[(until(": toxicity"), "grew-since-latest = false")]);
}

#[test]
fn another_partner_after_growth_begins_the_latest_regimen() {
    let on = |more: &str| -> &'static str {
        let on = "2024-01-01 metastasis: liver | 2024-01-15..2025-12-01 trastuzumab | 2024-06-10.. vinorelbine";
        Box::leak(format!("{on}{more}").into_boxed_str())
    };
    complete(&[
        (
            on(" | 2024-06-10 progression"),
            "regimens-metastatic = 2, grew-since-latest = false",
        ),
        (
            on(" | 2024-06-11 progression"),
            "regimens-metastatic = 1, grew-since-latest = true",
        ),
        (
            on(" | 2024-06-01 progression | 2024-09-01 progression"),
            "regimens-metastatic = 2, grew-since-latest = true",
        ),
    ]);
}

#[test]
fn dates_that_leave_the_order_open_decide_nothing() {
    both(&[
        (
            "2023-01-01 metastasis: liver | 2024-01..2024-12 trastuzumab: progression | 2024-12.. tdxd",
            "grew-since-latest = ?u",
        ),
        (
            "? metastasis: liver | ..? palliative trastuzumab: progression | ? palliative tdxd",
            "grew-since-latest = ?u",
        ),
        // Whichever was the latest, the cancer grew on it.
        (
            "? metastasis: liver | ..? palliative trastuzumab: progression | ..? palliative tdxd: progression",
            "grew-since-latest = true",
        ),
        (
            "? metastasis: liver | ..? palliative trastuzumab: progression",
            "grew-since-latest = true",
        ),
        // A medicine that is not known may be a later one.
        (
            "2024-01-01 metastasis: liver | 2024-01-15..2024-12-20 trastuzumab: progression | 2025-01-05.. other: ABC-123",
            "grew-since-latest = ?u",
        ),
        // For which disease it was given is not known.
        (
            "2024-03-15 metastasis: liver | 2023-06-01..2023-10-01 trastuzumab: progression",
            "grew-since-latest = ?u",
        ),
    ]);
    complete(&[(
        "2023-01-01 metastasis: liver | 2024-01..2024-12 trastuzumab: progression | 2025-01.. tdxd",
        "grew-since-latest = false",
    )]);
}

#[test]
fn the_day_asked_for_tells_which_regimen_is_the_latest() {
    let chart = two(" | 2025-03-01 progression");
    for (day, expected) in [
        ("2024-12-19", "grew-since-latest = false"),
        ("2024-12-20", "grew-since-latest = true"),
        ("2025-01-04", "grew-since-latest = true"),
        ("2025-01-05", "grew-since-latest = false"),
        ("2025-02-28", "grew-since-latest = false"),
        ("2025-03-01", "grew-since-latest = true"),
    ] {
        check_as_of(day, Completeness::Complete, &[(chart, expected)]);
    }
}

#[test]
fn a_statement_speaks_of_the_regimen_that_was_the_latest_then() {
    both(&[
        (
            two(" | 2025-01-06 fact grew-since-latest = true | 2025-01-06 progression"),
            "grew-since-latest = true",
        ),
        (
            two(" | 2025-06-01 fact grew-since-latest = false | 2025-06-02 progression"),
            "grew-since-latest = true",
        ),
    ]);
    // Someone says yes, where the record vouches that there was no growth.
    complete(&[(
        two(" | fact grew-since-latest = true"),
        "grew-since-latest = ?c",
    )]);
    partial(&[
        (
            two(" | fact grew-since-latest = true"),
            "grew-since-latest = true",
        ),
        (
            two(" | 2025-01-05 fact grew-since-latest = true"),
            "grew-since-latest = ?u",
        ),
        (
            two(" | 2025-01-05 fact grew-since-latest = true override"),
            "grew-since-latest = ?u",
        ),
        (
            two(" | 2025-01-06 fact grew-since-latest = true"),
            "grew-since-latest = true",
        ),
        (
            two(" | fact grew-since-latest = false"),
            "grew-since-latest = false",
        ),
        (
            two(" | 2025-06-01 fact grew-since-latest = false"),
            "grew-since-latest = false",
        ),
    ]);
    complete(&[(
        two(" | 2025-01-05 fact grew-since-latest = true"),
        "grew-since-latest = false",
    )]);
}

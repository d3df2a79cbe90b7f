//! Lines of systemic therapy, and maintenance after induction.

use crate::{check_as_of, complete, partial};
use waymark_engine::chart::Completeness;

#[test]
fn lines_for_metastatic_disease() {
    let case = |lines: &str, number: &str| -> (&'static str, &'static str) {
        (
            Box::leak(format!("2020-01-01 metastasis: liver | {lines}").into_boxed_str()),
            Box::leak(format!("line = {number}").into_boxed_str()),
        )
    };
    complete(&[
        case("2020-02-01.. denosumab", "0"),
        case("2020-02-01.. letrozole", "1"),
        case("2020-02-01.. docetaxel | 2020-02-29.. trastuzumab", "1"),
        case("2020-02-01.. docetaxel | 2020-03-01.. trastuzumab", "2"),
        // Growth and a new drug, even inside the window.
        case(
            "2020-02-01..2020-02-10 docetaxel | 2020-02-10 progression | 2020-02-11.. capecitabine",
            "2",
        ),
        case(
            "2020-02-01..2021-01-01 docetaxel + trastuzumab | 2020-06-01.. letrozole",
            "1",
        ),
        case(
            "2020-02-01..2021-01-01 docetaxel + trastuzumab | 2020-05-20 progression | 2020-06-01.. letrozole",
            "2",
        ),
        case(
            "2020-02-01..2021-01-01 docetaxel + trastuzumab | 2020-06-01.. letrozole + palbociclib",
            "1",
        ),
        // A chemotherapy exchanged for one of its class, or beside a medicine aimed at HER2.
        case(
            "2020-02-01..2020-05-01 docetaxel | 2020-06-01.. paclitaxel",
            "1",
        ),
        case(
            "2020-02-01..2020-05-01 docetaxel | 2020-06-01.. capecitabine",
            "2",
        ),
        case(
            "2020-02-01..2020-05-01 docetaxel + trastuzumab | 2020-06-01.. capecitabine",
            "1",
        ),
        case(
            "2020-02-01..2020-05-01 letrozole | 2020-06-01.. fulvestrant",
            "1",
        ),
        // The same drugs after a pause: to the 120th day, and after it.
        case(
            "2020-02-01..2020-05-01 docetaxel | 2020-08-29.. docetaxel",
            "1",
        ),
        case(
            "2020-02-01..2020-05-01 docetaxel | 2020-08-30.. docetaxel",
            "1..2",
        ),
        case(
            "2020-02-01..2021-01-01 trastuzumab + pertuzumab | 2021-02-01..2022-01-01 tdxd | 2022-02-01.. tucatinib + trastuzumab + capecitabine",
            "3",
        ),
        case(
            "2020-02-01..2020-05-01 docetaxel | 2020-06-01.. other: ABC-123",
            "1..2",
        ),
        case("2020-02.. docetaxel | 2020-03.. trastuzumab", "1..2"),
        case("? docetaxel", "0..1"),
        // A medicine that is not known here may be none against the cancer, or any.
        case("2020-02-01.. other: ABC-123", "0..1"),
        case(
            "2020-02-01.. docetaxel | 2020-06-01 progression | 2020-06-20.. other: ABC-123",
            "1..2",
        ),
        case(
            "2020-02-01.. other: ABC-123 | 2020-06-01 progression | 2020-06-20.. docetaxel",
            "1..2",
        ),
        case(
            "2020-02-01..2020-05-01 docetaxel + other: ABC-123 | 2020-06-20.. capecitabine",
            "1..2",
        ),
        case(
            "2020-02-01.. other: ABC-123 | 2020-06-20.. other: ABC-124",
            "0..2",
        ),
        // Beside a medicine aimed at HER2 it leaves the line as it is, if it is chemotherapy.
        case(
            "2020-02-01..2020-05-01 trastuzumab | 2020-06-20.. sacituzumab",
            "1..2",
        ),
        case("2019-12-01.. docetaxel", "0..1"),
        case("2019-12-01.. docetaxel | 2020-02-01.. tdxd", "1..2"),
    ]);
    partial(&[
        case("2020-02-01.. docetaxel", "1.."),
        case("2020-02-01 progression", "0.."),
    ]);
}

#[test]
fn induction_and_what_came_after() {
    let case = |lines: &str, value: &str| -> (&'static str, &'static str) {
        (
            Box::leak(format!("2020-01-01 metastasis: bone | {lines}").into_boxed_str()),
            Box::leak(format!("induction = {value}").into_boxed_str()),
        )
    };
    let induction =
        "2020-02-01..2020-06-01 docetaxel: completed | 2020-02-01.. trastuzumab + pertuzumab";
    let then = |lines: &str, value: &str| case(&format!("{induction} | {lines}"), value);
    complete(&[
        case(induction, "true"),
        then("2020-02-01 progression", "true"),
        // In its first 28 days it may have grown before them.
        then("2020-02-02 progression", "?u"),
        then("2020-02-29 progression", "?u"),
        then("2020-03-01 progression", "false"),
        then("2020-07-01.. letrozole", "true"),
        then("2020-09-01.. tdxd", "false"),
        case("2020-02-01.. docetaxel + trastuzumab", "false"),
        case("2020-02-01..? docetaxel + trastuzumab", "?u"),
        case("2020-02-01..2020-06-01 trastuzumab", "false"),
        case("planned docetaxel", "false"),
        then("2020-02-01.. other: ABC-123", "?u"),
        then("2020-09-01.. other: ABC-123", "?u"),
        then("2020-09-01.. sacituzumab", "?u"),
        then(
            "2020-09-01 progression | 2020-10-01.. other: ABC-123",
            "false",
        ),
        then("2019-12-01.. other: ABC-123", "?u"),
        case("2020-02-01.. other: ABC-123", "?u"),
    ]);
    partial(&[
        case(induction, "?u"),
        // The first line on record need not have been the first.
        then("2020-07-01 stable", "?u"),
        then("2020-07-01 stable | 2020-09-01 progression", "false"),
        // A treatment that was stopped for growth began before it, on whatever days.
        case(
            "? palliative docetaxel + trastuzumab: stopped, progression",
            "false",
        ),
        case("? palliative docetaxel + trastuzumab: completed", "?u"),
        case("? progression | ? palliative docetaxel + trastuzumab", "?u"),
        case("2020-02-01..2020-06-01 trastuzumab", "?u"),
    ]);
    check_as_of(
        "2020-05-01",
        Completeness::Complete,
        &[case(induction, "false")],
    );
}

//! Return of the cancer during, or soon after, early-stage therapy.

use crate::{complete, partial};

fn case(lines: &str, value: &str) -> (&'static str, &'static str) {
    (
        Box::leak(lines.to_owned().into_boxed_str()),
        Box::leak(value.to_owned().into_boxed_str()),
    )
}

/// HER2 therapy after surgery up to 31 August 2023, and more.
fn after(lines: &str, value: &str) -> (&'static str, &'static str) {
    case(
        &format!("2022-09-05..2023-08-31 adjuvant trastuzumab: completed | {lines}"),
        value,
    )
}

#[test]
fn within_so_many_months_of_the_last_dose() {
    for table in [complete, partial] {
        table(&[
            // Six months after 31 August is the last day of February.
            after(
                "2024-02-29 metastasis: lung",
                "early-her2 = true, early-adjuvant = true, within-12-months = true",
            ),
            after(
                "2024-03-01 metastasis: lung",
                "early-her2 = false, within-12-months = true",
            ),
            after("2024-08-31 metastasis: lung", "within-12-months = true"),
            after("2024-09-01 metastasis: lung", "within-12-months = false"),
            after("2023-01-10 metastasis: lung", "early-her2 = true"),
            after("2023-01-10 recurrence", "early-her2 = true"),
            after("2024-02 metastasis: lung", "early-her2 = true"),
            after("2024-02/2024-03 metastasis: lung", "early-her2 = ?u"),
            after("2024 metastasis: lung", "early-her2 = ?u"),
            // Its tissue was tested: the metastasis was there by then.
            after(
                "2024 metastasis: lung | 2024-02-20 HER2 IHC 3+ (metastasis)",
                "early-her2 = true",
            ),
            after(
                "2024 metastasis: lung | 2024-03-20 HER2 IHC 3+ (metastasis)",
                "early-her2 = ?u, within-12-months = true",
            ),
            // In time if it came at all by the day asked for.
            case(
                "2025-08-05..2026-07-31 adjuvant trastuzumab: completed | 2026-10/2026-12 recurrence",
                "early-her2 = ?u",
            ),
            // The earliest return counts.
            after(
                "2023-12-01 recurrence | 2025-03-01 metastasis: lung",
                "early-her2 = true",
            ),
            case(
                "2022-09..2023-08 adjuvant trastuzumab | 2024-02-01 metastasis: lung",
                "early-her2 = true",
            ),
            case(
                "2022-09..2023-08 adjuvant trastuzumab | 2024-02-15 metastasis: lung",
                "early-her2 = ?u",
            ),
            case(
                "2022-09..2023-08 adjuvant trastuzumab | 2024-03-01 metastasis: lung",
                "early-her2 = false",
            ),
            case(
                "2022-09..? adjuvant trastuzumab | 2024-03-15 metastasis: lung",
                "early-her2 = ?u",
            ),
        ]);
    }
}

#[test]
fn which_therapy_counts() {
    for table in [complete, partial] {
        table(&[
            case(
                "2023-01-01..2023-05-01 neoadjuvant trastuzumab | 2023-09-01 metastasis: lung",
                "early-her2 = true",
            ),
            case(
                "2023-01-01..2023-05-01 curative trastuzumab | 2023-09-01 metastasis: lung",
                "early-her2 = true, within-12-months = ?u",
            ),
            case(
                "2023-01-01..2023-05-01 curative trastuzumab | 2022-12-01 mastectomy | 2023-09-01 metastasis: lung",
                "within-12-months = true",
            ),
            // After endocrine therapy alone it is not decided.
            case(
                "2023-01-01..2023-05-01 adjuvant letrozole | 2023-09-01 metastasis: lung",
                "early-adjuvant = ?u",
            ),
            case(
                "2023-01-01..2023-05-01 adjuvant docetaxel | 2023-01-01.. adjuvant letrozole | 2025-09-01 metastasis: lung",
                "early-adjuvant = ?u",
            ),
            case(
                "2023-01-01..2023-05-01 adjuvant docetaxel | 2023-09-01 metastasis: lung",
                "early-adjuvant = true",
            ),
            case(
                "2023-01-01..2023-05-01 adjuvant docetaxel | 2024-09-01 metastasis: lung",
                "early-adjuvant = false",
            ),
            // Found within 90 days of the first diagnosis it may have been there from the start, and never came back.
            case(
                "2023-01-10 breast cancer, stage 3 | 2023-02-01..2023-06-01 neoadjuvant trastuzumab | 2023-04-10 metastasis: liver",
                "early-her2 = ?u",
            ),
            case(
                "2023-01-10 breast cancer, stage 3 | 2023-02-01..2023-06-01 neoadjuvant trastuzumab | 2023-04-11 metastasis: liver",
                "early-her2 = true",
            ),
            case(
                "2023-01-10 breast cancer, stage 3 | 2023-02-01..2023-06-01 neoadjuvant trastuzumab | 2023-04-10 recurrence, metastasis: liver",
                "early-her2 = true",
            ),
            // The first diagnosis on record is not the first sign of the cancer.
            case(
                "2023-09-01 breast cancer | 2023-01-01..2023-05-01 neoadjuvant trastuzumab | 2023-09-10 metastasis: liver",
                "early-her2 = true",
            ),
            // No intent on record, and begun before a metastasis that may only have been written down late.
            case(
                "2023-01-01.. trastuzumab | 2023-02-01 metastasis: lung",
                "early-her2 = ?u",
            ),
            case(
                "2022-12-01 stage 2 | 2023-01-01.. trastuzumab | 2023-02-01 metastasis: lung",
                "early-her2 = ?u",
            ),
            case(
                "2023-01-01..2023-08-01 trastuzumab | 2023-09-01 metastasis: lung",
                "early-her2 = ?u",
            ),
            case(
                "2022-12-01 stage 2 | 2023-01-01..2023-08-01 trastuzumab | 2023-09-01 metastasis: lung",
                "early-her2 = true",
            ),
            // The last of two records of one course that lie inside one another.
            case(
                "2022-12-01 stage 2 | 2022-12-10..2023-06 trastuzumab | 2023-06-15..2023-06-15 trastuzumab | 2023-12-20 metastasis: lung",
                "early-her2 = ?u",
            ),
            // It may be no medicine against the cancer.
            case(
                "2023-01-01..2023-05-01 adjuvant other: ABC-123 | 2023-09-01 metastasis: lung",
                "early-her2 = ?u, early-adjuvant = ?u",
            ),
        ]);
    }
    let metastatic =
        "2023-01-01 metastasis: lung | 2023-02-01.. trastuzumab | 2023-06-01 progression";
    let neoadjuvant =
        "2023-01-01..2023-05-01 neoadjuvant trastuzumab | 2023-09-01 metastasis: lung";
    complete(&[
        case(
            "2023-01-01 metastasis: lung",
            "early-her2 = false, early-adjuvant = false",
        ),
        case(metastatic, "early-her2 = false"),
        case(neoadjuvant, "early-adjuvant = false"),
        after("2024-01-01 LVEF 60 %", "early-her2 = false"),
    ]);
    partial(&[
        case(
            "2023-01-01 metastasis: lung",
            "early-her2 = ?n, early-adjuvant = ?n",
        ),
        case(metastatic, "early-her2 = ?n"),
        case(neoadjuvant, "early-adjuvant = ?n"),
        after("2024-01-01 LVEF 60 %", "early-her2 = ?n"),
    ]);
}

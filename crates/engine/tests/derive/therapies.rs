//! What was given, for which stage of the disease, and whether the cancer grew on it.

use crate::{AS_OF, both, check_as_of, complete, partial};
use waymark_engine::chart::Completeness;

#[test]
fn a_medicine_of_a_class_was_given() {
    both(&[
        (
            "2020-01-01..2020-06-01 docetaxel",
            "prior-taxane = true, prior-systemic-therapy = true",
        ),
        ("? trastuzumab", "prior-trastuzumab = true"),
        ("2020-01-01.. phesgo", "prior-trastuzumab = true"),
        (
            "2020-01-01.. other: ABC-123",
            "prior-trastuzumab = ?u, prior-systemic-therapy = ?u",
        ),
        ("2020-01-01.. sacituzumab", "prior-systemic-therapy = true"),
    ]);
    partial(&[
        (
            "2020-01-01.. tdm1",
            "prior-trastuzumab = ?n, prior-taxane = ?n",
        ),
        ("planned trastuzumab", "prior-trastuzumab = ?n"),
        ("2020-01-01.. denosumab", "prior-systemic-therapy = ?n"),
    ]);
    complete(&[
        (
            "2020-01-01.. tdm1",
            "prior-trastuzumab = false, prior-taxane = false",
        ),
        ("planned trastuzumab", "prior-trastuzumab = false"),
        ("2020-01-01.. denosumab", "prior-systemic-therapy = false"),
        (
            "2020-01-01.. docetaxel + other: ABC-123",
            "prior-trastuzumab = ?u, prior-taxane = true",
        ),
    ]);
}

#[test]
fn the_setting_follows_intent_then_dates() {
    complete(&[
        // Fourteen days before the metastatic date still count as metastatic.
        (
            "2024-03-15 metastasis: liver | 2024-03-01..2024-06-01 docetaxel",
            "prior-chemotherapy-metastatic = true",
        ),
        (
            "2024-03-15 metastasis: liver | 2024-02-29..2024-06-01 docetaxel",
            "prior-chemotherapy-metastatic = ?u",
        ),
        (
            "2024-03-15 metastasis: liver | 2023-06-01..2023-10-01 docetaxel",
            "prior-chemotherapy-metastatic = ?u",
        ),
        // Early for a reason, and over by then.
        (
            "2024-03-15 metastasis: liver | 2023-05-20 stage 2 | 2023-06-01..2023-10-01 docetaxel",
            "prior-chemotherapy-metastatic = false",
        ),
        (
            "2024-03-15 metastasis: liver | 2023-05-20 stage 2 | 2023-06-01.. docetaxel",
            "prior-chemotherapy-metastatic = ?u",
        ),
        (
            "2024-03-15 metastasis: liver | 2023-05-20 stage 2 | 2023-06-01..2024-03-15 docetaxel",
            "prior-chemotherapy-metastatic = ?u",
        ),
        (
            "2024-03-15 metastasis: liver | 2023-05-20 mastectomy | 2023-06-01..2023-10-01 docetaxel",
            "prior-chemotherapy-metastatic = false",
        ),
        (
            "2024-03-15 metastasis: liver | 2023-06-01..2023-10-01 docetaxel | 2023-11-10 mastectomy",
            "prior-chemotherapy-metastatic = false",
        ),
        (
            "2024-03-15 metastasis: liver | 2023-06-01..2023-10-01 docetaxel | 2024-03-20 mastectomy",
            "prior-chemotherapy-metastatic = ?u",
        ),
        // Nothing of long before makes it early.
        (
            "2024-03-15 metastasis: liver | 2012-05-20 stage 2 | 2012-05-20 mastectomy | 2023-06-01..2023-10-01 docetaxel",
            "prior-chemotherapy-metastatic = ?u",
        ),
        (
            "2024-03-15 metastasis: liver | 2022-06-01 stage 2 | 2023-06-01..2023-10-01 docetaxel",
            "prior-chemotherapy-metastatic = false",
        ),
        (
            "2024-03-15 metastasis: liver | 2022-05-31 stage 2 | 2023-06-01..2023-10-01 docetaxel",
            "prior-chemotherapy-metastatic = ?u",
        ),
        (
            "2024-03-15 metastasis: liver | 2024-02-29.. adjuvant docetaxel",
            "prior-chemotherapy-metastatic = false",
        ),
        // It had grown or come back by then.
        (
            "2024-03-15 metastasis: liver | 2023-03-20 stage 2 | 2023-05-20 progression | 2023-06-01..2023-10-01 docetaxel",
            "prior-chemotherapy-metastatic = ?u",
        ),
        (
            "2024-03-15 metastasis: liver | 2023-03-20 stage 2 | ? recurrence | 2023-06-01..2023-10-01 docetaxel",
            "prior-chemotherapy-metastatic = ?u",
        ),
        // Cure may be meant of metastatic disease.
        (
            "2024-03-15 metastasis: liver | 2024-03-14..2024-06-01 curative docetaxel",
            "prior-chemotherapy-metastatic = false",
        ),
        (
            "2024-03-15 metastasis: liver | 2024-03-15..2024-06-01 curative docetaxel",
            "prior-chemotherapy-metastatic = ?u",
        ),
        // A medicine that may count as chemotherapy.
        (
            "2024-03-15 metastasis: liver | 2024-04-01.. sacituzumab",
            "prior-chemotherapy-metastatic = ?u, line = 1",
        ),
        (
            "2024-03-15 metastasis: liver | 2024-04-01.. docetaxel + sacituzumab",
            "prior-chemotherapy-metastatic = true",
        ),
        (
            "2024-03-15 metastasis: liver | 2024-02-29..2024-06-01 palliative docetaxel",
            "prior-chemotherapy-metastatic = true",
        ),
        // An early intent on what began after the metastatic date, or long outlasts it, contradicts that date.
        (
            "2024-03-15 metastasis: liver | 2024-03-29..2024-06-01 adjuvant docetaxel",
            "prior-chemotherapy-metastatic = false",
        ),
        (
            "2024-03-15 metastasis: liver | 2024-03-30..2024-06-01 adjuvant docetaxel",
            "prior-chemotherapy-metastatic = ?u",
        ),
        (
            "2024-03-15 metastasis: liver | 2023-03-15..2025-03-15 adjuvant docetaxel",
            "prior-chemotherapy-metastatic = false",
        ),
        (
            "2024-03-15 metastasis: liver | 2023-03-15..2025-03-16 adjuvant docetaxel",
            "prior-chemotherapy-metastatic = ?u",
        ),
        (
            "2024-03-15 metastasis: liver | 2024..2024-06-01 docetaxel",
            "prior-chemotherapy-metastatic = ?u",
        ),
        (
            "2024-03 metastasis: liver | 2024-03-02..2024-06-01 docetaxel",
            "prior-chemotherapy-metastatic = ?u",
        ),
        (
            "2024-03-15 metastasis: liver | ? docetaxel",
            "prior-chemotherapy-metastatic = ?u, prior-taxane = true",
        ),
        (
            "? metastasis: liver | 2024-04-01.. docetaxel",
            "prior-chemotherapy-metastatic = ?u",
        ),
        (
            "2024-03-15 stage 2 | 2024-04-01.. docetaxel",
            "prior-chemotherapy-metastatic = false",
        ),
    ]);
    partial(&[
        (
            "2024-03-15 metastasis: liver",
            "prior-chemotherapy-metastatic = ?n",
        ),
        (
            "2024-04-01.. docetaxel",
            "metastatic = ?n, prior-chemotherapy-metastatic = ?u",
        ),
        (
            "? no metastasis",
            "metastatic = false, prior-chemotherapy-metastatic = ?n, regimens-metastatic = 0.., line = 0..",
        ),
        (
            "2024-03-15 no metastasis | 2024-03-01 fact unresectable = true | 2024-04-01.. docetaxel",
            "prior-chemotherapy-metastatic = true",
        ),
        (
            "2024-03-15 fact metastatic = true | 2024-04-01.. docetaxel",
            "prior-chemotherapy-metastatic = true",
        ),
        (
            "2024-03-15 fact metastatic = true | 2024-02-01.. docetaxel",
            "prior-chemotherapy-metastatic = ?u",
        ),
        (
            "? no metastasis | fact unresectable = false | 2024-04-01.. docetaxel",
            "prior-chemotherapy-metastatic = false, regimens-metastatic = 0, line = 0",
        ),
        (
            "2024-03-15 no metastasis | fact unresectable = false | 2024-04-01.. docetaxel",
            "prior-chemotherapy-metastatic = ?u, regimens-metastatic = 0..",
        ),
        (
            "2024-03-15 fact metastatic = true | 2024-04-01.. palliative docetaxel",
            "prior-chemotherapy-metastatic = true",
        ),
    ]);
}

#[test]
fn growth_on_a_medicine() {
    let given = "2024-01-01 metastasis: liver | 2024-01-15..2024-12-20 trastuzumab";
    let with =
        |more: &str| -> &'static str { Box::leak(format!("{given}{more}").into_boxed_str()) };
    complete(&[
        (
            with(": progression"),
            "progressed-on-trastuzumab = true, progressed-on-her2-metastatic = true",
        ),
        (with(": toxicity"), "progressed-on-trastuzumab = false"),
        (
            with(" | 2024-12-20 progression"),
            "progressed-on-trastuzumab = true",
        ),
        (
            with(" | 2024-01-15 progression"),
            "progressed-on-trastuzumab = false",
        ),
        // In its first 28 days: it may have grown before them.
        (
            with(" | 2024-01-16 progression"),
            "progressed-on-trastuzumab = ?u",
        ),
        (
            with(" | 2024-02-12 progression"),
            "progressed-on-trastuzumab = ?u",
        ),
        (
            with(" | 2024-02-13 progression"),
            "progressed-on-trastuzumab = true",
        ),
        // After the last dose and before anything else: it may have grown on it.
        (
            with(" | 2024-12-21 progression"),
            "progressed-on-trastuzumab = ?u",
        ),
        (
            with(" | 2025-01-05.. tdxd | 2025-06-01 progression"),
            "progressed-on-trastuzumab = false, progressed-on-her2-metastatic = true",
        ),
        // Another one was still given, or may have been.
        (
            with(" | 2024-06-05.. letrozole | 2025-06-01 progression"),
            "progressed-on-trastuzumab = false",
        ),
        (
            with(" | 2024-06-05..? letrozole | 2025-06-01 progression"),
            "progressed-on-trastuzumab = ?u",
        ),
        // The other medicine may be none against the cancer.
        (
            with(" | 2025-01-05.. other: ABC-123 | 2025-06-01 progression"),
            "progressed-on-trastuzumab = ?u",
        ),
        (
            with(" | 2024-06-05..2025-08-01 other: ABC-123 | 2025-06-01 progression"),
            "progressed-on-trastuzumab = ?u",
        ),
        (
            with(" | 2024-12 progression"),
            "progressed-on-trastuzumab = ?u",
        ),
        (
            with(" | 2024-11 progression"),
            "progressed-on-trastuzumab = true",
        ),
        (
            "2024-01-01 metastasis: liver | 2024-01-15.. trastuzumab | 2024-11-01 progression",
            "progressed-on-trastuzumab = true",
        ),
        // On record as still given, but something else was begun before the growth.
        (
            "2024-01-01 metastasis: liver | 2024-01-15.. trastuzumab | 2024-08-01.. tdxd | 2024-11-01 progression",
            "progressed-on-trastuzumab = ?u",
        ),
        (
            "2024-01-01 metastasis: liver | 2024-01-15..? trastuzumab | 2024-11-01 progression",
            "progressed-on-trastuzumab = ?u",
        ),
        // Ordered months before the growth: whether it was given until then is not told.
        (
            "2024-01-01 metastasis: liver | 2024-01-15.. trastuzumab: ordered | 2024-11-01 progression",
            "prior-trastuzumab = true, progressed-on-trastuzumab = ?u",
        ),
        (
            "2024-01-01 metastasis: liver",
            "progressed-on-trastuzumab = false",
        ),
    ]);
    partial(&[
        (with(": toxicity"), "progressed-on-trastuzumab = ?n"),
        (with(": progression"), "progressed-on-trastuzumab = true"),
        (
            "2024-01-01 metastasis: liver",
            "progressed-on-trastuzumab = ?n",
        ),
        // In early disease it counts for any setting alone.
        (
            "2020-01-15..2020-12-20 adjuvant trastuzumab: progression",
            "progressed-on-trastuzumab = true, progressed-on-her2-metastatic = ?",
        ),
    ]);
    // The end of a course lies after the day: it goes on, and did not stop yet.
    check_as_of(
        "2024-06-01",
        Completeness::Complete,
        &[(
            with(": progression"),
            "progressed-on-trastuzumab = false, prior-trastuzumab = true",
        )],
    );
}

#[test]
fn a_record_may_vouch_for_the_therapies_of_metastatic_disease_alone() {
    check_as_of(
        AS_OF,
        Completeness::MetastaticTherapies,
        &[
            (
                "? metastasis: liver",
                "prior-chemotherapy-metastatic = false, regimens-metastatic = 0, line = 0, \
                 induction = false, prior-taxane = ?n, regimens-any = 0..",
            ),
            // Metastatic from the start: there was no earlier therapy.
            (
                "? metastasis: liver | fact de-novo = true",
                "prior-taxane = false, regimens-any = 0, prior-systemic-therapy = false",
            ),
            (
                "? metastasis: liver | fact de-novo = false",
                "prior-taxane = ?n, regimens-any = 0..",
            ),
            // Whoever counted the regimens since it spread counted all of them.
            (
                "? metastasis: liver | fact de-novo = true | ? palliative trastuzumab + pertuzumab | fact regimens-metastatic = 1",
                "regimens-metastatic = 1, regimens-any = 1",
            ),
            // Conditions are not vouched for.
            ("? metastasis: liver", "heart-failure = ?n"),
        ],
    );
}

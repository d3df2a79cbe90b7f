//! HER2: one test, and the choice among tests.

use crate::{AS_OF, both, chart, check_as_of, facts_of, get, partial, written_value};
use waymark_engine::chart::Completeness;

#[test]
fn one_test_by_the_rules_of_asco_and_cap() {
    both(&[
        (
            "2024-01-05 HER2 IHC 3+ (metastasis)",
            "her2-positive = true, her2-ihc-3plus = true, her2-low = false, her2-ultralow = false, her2-status = positive",
        ),
        (
            "2024-01-05 HER2 IHC 2+ (metastasis)",
            "her2-positive = ?u, her2-ihc-3plus = false, her2-low = ?u, her2-ultralow = false, her2-status = equivocal",
        ),
        (
            "2024-01-05 HER2 IHC 1+ (metastasis)",
            "her2-positive = false, her2-low = true, her2-ultralow = false, her2-status = low",
        ),
        (
            "2024-01-05 HER2 IHC 0 (metastasis)",
            "her2-positive = false, her2-low = false, her2-ultralow = ?u, her2-status = negative",
        ),
        (
            "2024-01-05 HER2 IHC 2+ ISH positive (metastasis)",
            "her2-positive = true, her2-ihc-3plus = false, her2-low = false",
        ),
        (
            "2024-01-05 HER2 IHC 2+ ISH negative (metastasis)",
            "her2-positive = false, her2-low = true, her2-status = low",
        ),
        (
            "2024-01-05 HER2 IHC 3+ ISH negative (metastasis)",
            "her2-positive = true, her2-ihc-3plus = true",
        ),
        (
            "2024-01-05 HER2 IHC 1+ ISH positive (metastasis)",
            "her2-positive = true, her2-low = false",
        ),
        (
            "2024-01-05 HER2 IHC 0 ISH negative (metastasis)",
            "her2-positive = false, her2-low = false",
        ),
        (
            "2024-01-05 HER2 ISH positive (metastasis)",
            "her2-positive = true, her2-ihc-3plus = ?u",
        ),
        (
            "2024-01-05 HER2 ISH negative (metastasis)",
            "her2-positive = false, her2-low = ?u, her2-ihc-3plus = false",
        ),
        (
            "2024-01-05 HER2 ISH equivocal (metastasis)",
            "her2-positive = ?u",
        ),
        (
            "2024-01-05 HER2 positive (metastasis)",
            "her2-positive = true, her2-ihc-3plus = ?u",
        ),
        (
            "2024-01-05 HER2 negative (metastasis)",
            "her2-positive = false, her2-low = ?u, her2-ultralow = ?u, her2-status = negative",
        ),
        (
            "2024-01-05 HER2 equivocal (metastasis)",
            "her2-positive = ?u, her2-status = equivocal",
        ),
        (
            "2024-01-05 HER2 low (metastasis)",
            "her2-positive = false, her2-low = true, her2-ultralow = false, her2-status = low",
        ),
        (
            "2024-01-05 HER2 ultralow (metastasis)",
            "her2-positive = false, her2-low = false, her2-ultralow = true, her2-status = ultralow",
        ),
    ]);
}

#[test]
fn groups_of_hybridisation_at_their_thresholds() {
    both(&[
        // Group 1 and its neighbours.
        (
            "2024-01-05 HER2 ISH ratio 2.00 copies 4.00 (metastasis)",
            "her2-positive = true",
        ),
        (
            "2024-01-05 HER2 ISH ratio 1.99 copies 3.99 (metastasis)",
            "her2-positive = false",
        ),
        (
            "2024-01-05 HER2 ISH ratio 2.00 copies 3.99 (metastasis)",
            "her2-positive = ?u",
        ),
        (
            "2024-01-05 HER2 ISH ratio 1.99 copies 4.00 (metastasis)",
            "her2-positive = ?u",
        ),
        (
            "2024-01-05 HER2 ISH ratio 1.99 copies 6.00 (metastasis)",
            "her2-positive = ?u",
        ),
        // Groups 2 to 4 are decided by IHC, but 2+ needs a recount.
        (
            "2024-01-05 HER2 IHC 1+ ISH ratio 2.0 copies 3.9 (metastasis)",
            "her2-positive = false, her2-low = true",
        ),
        (
            "2024-01-05 HER2 IHC 0 ISH ratio 1.9 copies 6.0 (metastasis)",
            "her2-positive = false",
        ),
        (
            "2024-01-05 HER2 IHC 3+ ISH ratio 1.9 copies 4.0 (metastasis)",
            "her2-positive = true",
        ),
        (
            "2024-01-05 HER2 IHC 2+ ISH ratio 1.9 copies 6.0 (metastasis)",
            "her2-positive = ?u",
        ),
        (
            "2024-01-05 HER2 IHC 2+ ISH ratio 1.9 copies 5.9 (metastasis)",
            "her2-positive = ?u",
        ),
        (
            "2024-01-05 HER2 IHC 2+ ISH ratio 1.9 copies 3.9 (metastasis)",
            "her2-positive = false, her2-low = true",
        ),
        // A ratio without copies: group 1 or 2, or 3, 4 or 5.
        (
            "2024-01-05 HER2 ISH ratio 5.0 (metastasis)",
            "her2-positive = ?u",
        ),
        (
            "2024-01-05 HER2 IHC 3+ ISH ratio 5.0 (metastasis)",
            "her2-positive = true",
        ),
        (
            "2024-01-05 HER2 IHC 1+ ISH ratio 1.2 (metastasis)",
            "her2-positive = false, her2-low = true",
        ),
        (
            "2024-01-05 HER2 IHC 2+ ISH ratio 1.2 (metastasis)",
            "her2-positive = ?u",
        ),
        // Limits decide only where every value inside them agrees.
        (
            "2024-01-05 HER2 ISH ratio >2.2 (metastasis)",
            "her2-positive = ?u",
        ),
        (
            "2024-01-05 HER2 ISH ratio >2.2 copies >=4 (metastasis)",
            "her2-positive = true",
        ),
        (
            "2024-01-05 HER2 ISH ratio >2.2 copies >3.9 (metastasis)",
            "her2-positive = ?u",
        ),
        (
            "2024-01-05 HER2 ISH ratio >1.99 copies 5.0 (metastasis)",
            "her2-positive = ?u",
        ),
        (
            "2024-01-05 HER2 ISH ratio <2.0 copies <4.0 (metastasis)",
            "her2-positive = false",
        ),
        (
            "2024-01-05 HER2 ISH ratio <=2.0 copies 3.0 (metastasis)",
            "her2-positive = ?u",
        ),
        (
            "2024-01-05 HER2 ISH ratio <1.8 (metastasis)",
            "her2-positive = ?u",
        ),
        (
            "2024-01-05 HER2 ISH positive ratio >2.2 (metastasis)",
            "her2-positive = true",
        ),
        (
            "2024-01-05 HER2 IHC 3+ ISH ratio >2.2 (metastasis)",
            "her2-positive = true",
        ),
        (
            "2024-01-05 HER2 IHC 1+ ISH ratio >2.2 (metastasis)",
            "her2-positive = ?u, her2-low = ?u",
        ),
        (
            "2024-01-05 HER2 IHC 1+ ISH ratio <1.8 (metastasis)",
            "her2-positive = false, her2-low = true",
        ),
        (
            "2024-01-05 HER2 single-probe ISH copies >6 (metastasis)",
            "her2-positive = true",
        ),
        (
            "2024-01-05 HER2 single-probe ISH copies <6 (metastasis)",
            "her2-positive = ?u",
        ),
        // A single probe.
        (
            "2024-01-05 HER2 single-probe ISH copies 6.0 (metastasis)",
            "her2-positive = true",
        ),
        (
            "2024-01-05 HER2 single-probe ISH copies 5.99 (metastasis)",
            "her2-positive = ?u",
        ),
        (
            "2024-01-05 HER2 single-probe ISH copies 3.99 (metastasis)",
            "her2-positive = false",
        ),
        (
            "2024-01-05 HER2 IHC 1+, HER2 single-probe ISH copies 5.0 (metastasis)",
            "her2-positive = false",
        ),
    ]);
}

#[test]
fn a_ratio_without_copies_says_what_is_missing() {
    for result in ["ratio >2.2", "ratio 5.0", "IHC 1+ ISH ratio >=2"] {
        let chart = chart(&format!("2024-01-05 HER2 {result} (metastasis)"));
        let facts = facts_of(&chart, AS_OF, Completeness::Partial);
        let positive = get(&facts, "her2-positive");
        let inferred = positive.inferred.as_deref().unwrap_or_default();
        assert!(inferred.contains("copies"), "{result}: {inferred}");
    }
}

#[test]
fn results_of_one_test_that_contradict_each_other() {
    both(&[
        (
            "2024-01-05 HER2 IHC 3+ (metastasis) | 2024-01-05 HER2 IHC 1+ (metastasis)",
            "her2-positive = ?c, her2-status = ?c",
        ),
        (
            "2024-01-05 HER2 ISH positive (metastasis) | 2024-01-05 HER2 ISH negative (metastasis)",
            "her2-positive = ?c",
        ),
        (
            "2024-01-05 HER2 ISH ratio >2.2 (metastasis) | 2024-01-05 HER2 ISH ratio 1.9 copies 3 (metastasis)",
            "her2-positive = ?c",
        ),
        (
            "2024-01-05 HER2 ISH ratio >2.2 (metastasis) | 2024-01-05 HER2 ISH ratio 2.5 copies 5 (metastasis)",
            "her2-positive = true",
        ),
        (
            "2024-01-05 HER2 positive (metastasis) | 2024-01-05 HER2 IHC 1+ (metastasis)",
            "her2-positive = ?c",
        ),
        (
            "2024-01-05 HER2 negative (metastasis) | 2024-01-05 HER2 IHC 3+ (metastasis)",
            "her2-positive = ?c",
        ),
        (
            "2024-01-05 HER2 positive (metastasis) | 2024-01-05 HER2 IHC 2+ (metastasis)",
            "her2-positive = true",
        ),
        (
            "2024-01-05 HER2 low (metastasis) | 2024-01-05 HER2 IHC 0 (metastasis)",
            "her2-positive = ?c",
        ),
        // The same specimen is one test, whatever the days say.
        (
            "2024-01-05 HER2 IHC 3+ (metastasis) specimen=A | 2024-01-09 HER2 IHC 1+ (metastasis) specimen=A",
            "her2-positive = ?c",
        ),
        // One record is one test, whatever its date; two records of one month need not be.
        (
            "2024-01 HER2 IHC 2+ ISH positive (metastasis)",
            "her2-positive = true",
        ),
        (
            "2024-01 HER2 IHC 1+ (metastasis) | 2024-01 HER2 ISH positive (metastasis)",
            "her2-positive = ?c",
        ),
        // Two specimens of one day.
        (
            "2024-01-05 HER2 IHC 3+ (metastasis) specimen=A | 2024-01-05 HER2 IHC 1+ (metastasis) specimen=B",
            "her2-positive = ?c",
        ),
        (
            "2024-01-05 HER2 IHC 3+ (metastasis) specimen=A | 2024-01-05 HER2 ISH positive (metastasis) specimen=B",
            "her2-positive = true",
        ),
    ]);
}

/// Which test a result belongs to may be open, but not of which tissue it is.
#[test]
fn a_result_without_tissue_beside_two_specimens_of_its_day() {
    let two = "2021-11-05 HER2 IHC positive | 2021-11-05 HER2 IHC 2+ (primary) specimen=A";
    let with = |more: &str| -> &'static str { Box::leak(format!("{two}{more}").into_boxed_str()) };
    both(&[
        // Of the breast, whichever of them it belongs to: the later one of the breast speaks.
        (
            with(
                " | 2021-11-05 HER2 IHC 1+ (primary) specimen=B | 2023-05-05 HER2 IHC 3+ (primary)",
            ),
            "her2-ihc-3plus = true",
        ),
        // One specimen: one test.
        (with(""), "her2-positive = ?u, her2-status = equivocal"),
    ]);
    partial(&[
        // Perhaps of the metastasis.
        (
            with(
                " | 2021-11-05 HER2 IHC 1+ (metastasis) specimen=B | 2023-05-05 HER2 IHC 3+ (primary)",
            ),
            "her2-positive = ?c, her2-ihc-3plus = ?c",
        ),
    ]);
}

/// Hybridisation that may follow one of two IHC tests names both as what leaves it open.
#[test]
fn hybridisation_of_which_the_ihc_is_open_names_what_may_be_it() {
    let lines = "2022-02-05 HER2 IHC 1+\n2022-02 HER2 IHC 2+\n2023-05-20 HER2 ISH ratio 2.0";
    let facts = facts_of(&chart(lines), AS_OF, Completeness::Partial);
    let fact = get(&facts, "her2-ihc-3plus");
    assert_eq!(written_value("her2-ihc-3plus", fact, true), "?u");
    assert_eq!(fact.from.len(), 3, "{:?}", fact.from);
    partial(&[(
        "2022-02 HER2 IHC 2+ | 2023-05-20 HER2 ISH ratio 2.0",
        "her2-ihc-3plus = false",
    )]);
}

#[test]
fn hybridisation_of_a_later_day_resolves_what_was_equivocal() {
    both(&[
        (
            "2024-01-05 HER2 IHC 2+ (metastasis) | 2024-01-19 HER2 ISH negative (metastasis)",
            "her2-positive = false, her2-low = true",
        ),
        (
            "2024-01-05 HER2 IHC 2+ (metastasis) specimen=A | 2024-01-19 HER2 ISH positive (metastasis) specimen=A",
            "her2-positive = true",
        ),
        // Another specimen, or another IHC between them: two tests, the later of which counts alone.
        (
            "2024-01-05 HER2 IHC 2+ (metastasis) specimen=A | 2024-01-19 HER2 ISH negative (metastasis) specimen=B",
            "her2-positive = false, her2-low = ?u",
        ),
        (
            "2024-01-05 HER2 IHC 2+ (metastasis) | 2024-01-10 HER2 IHC 1+ (metastasis) | 2024-01-19 HER2 ISH negative (metastasis)",
            "her2-positive = false, her2-low = ?u",
        ),
        // Hybridisation of other tissue, or before the IHC, does not resolve it.
        (
            "2024-01-05 HER2 IHC 2+ (metastasis) | 2024-01-19 HER2 ISH negative (primary)",
            "her2-positive = ?u, her2-status = equivocal",
        ),
        (
            "2024-01-05 HER2 ISH negative (metastasis) | 2024-01-19 HER2 IHC 2+ (metastasis)",
            "her2-positive = ?u",
        ),
    ]);
}

#[test]
fn the_latest_metastatic_tissue_counts() {
    both(&[
        (
            "2019-04-08 HER2 IHC 3+ (primary) | 2025-09-22 HER2 IHC 1+ (metastasis)",
            "her2-positive = false, her2-low = true",
        ),
        (
            "2019-04-08 HER2 IHC 1+ (primary) | 2025-09-22 HER2 IHC 3+ (metastasis)",
            "her2-positive = true",
        ),
        (
            "2023-04-08 HER2 IHC 1+ (metastasis) | 2025-09-22 HER2 IHC 3+ (primary)",
            "her2-positive = false",
        ),
        (
            "2023-04-08 HER2 IHC 1+ (metastasis) | 2025-09-22 HER2 IHC 3+ (metastasis)",
            "her2-positive = true",
        ),
        (
            "2018-04-08 HER2 IHC 1+ (primary) | 2019-09-22 HER2 IHC 3+ (primary)",
            "her2-positive = true",
        ),
        // Equivocal or contradictory metastatic tissue does not fall back.
        (
            "2019-04-08 HER2 IHC 3+ (primary) | 2025-09-22 HER2 IHC 2+ (metastasis)",
            "her2-positive = ?u, her2-status = equivocal",
        ),
        (
            "2019-04-08 HER2 IHC 3+ (primary) | 2025-09-22 HER2 IHC 3+ (metastasis) | 2025-09-22 HER2 IHC 0 (metastasis)",
            "her2-positive = ?c",
        ),
        // Dates that do not tell which is the later one.
        (
            "2025 HER2 IHC 3+ (metastasis) | 2025-06 HER2 IHC 1+ (metastasis)",
            "her2-positive = ?c",
        ),
        (
            "2025 HER2 IHC 3+ (metastasis) | 2025-06 HER2 ISH positive (metastasis)",
            "her2-positive = true",
        ),
        (
            "? HER2 IHC 3+ (metastasis) | 2025-06 HER2 IHC 1+ (metastasis)",
            "her2-positive = ?c",
        ),
        ("? HER2 IHC 3+ (metastasis)", "her2-positive = true"),
    ]);
}

#[test]
fn tissue_that_is_not_told() {
    partial(&[
        ("2025-01-05 HER2 IHC 3+", "her2-positive = true"),
        (
            "2023-01-05 HER2 IHC 1+ | 2025-01-05 HER2 IHC 3+",
            "her2-positive = true",
        ),
        // Before the metastatic disease it is the primary.
        (
            "2024-06-01 metastasis: liver | 2024-06-05 HER2 IHC 1+ (metastasis) | 2020-01-05 HER2 IHC 3+",
            "her2-positive = false",
        ),
        (
            "2024-06-01 metastasis: liver | 2018-06-05 HER2 IHC 1+ (primary) | 2020-01-05 HER2 IHC 3+",
            "her2-positive = true",
        ),
        // After it, it may be either.
        (
            "2024-06-01 metastasis: liver | 2024-06-05 HER2 IHC 1+ (metastasis) | 2025-01-05 HER2 IHC 3+",
            "her2-positive = ?c",
        ),
        (
            "2024-06-01 metastasis: liver | 2024-06-05 HER2 IHC 3+ (metastasis) | 2025-01-05 HER2 ISH positive",
            "her2-positive = true",
        ),
        (
            "2024-06-01 metastasis: liver | 2020-06-05 HER2 IHC 1+ (primary) | 2025-01-05 HER2 IHC 3+",
            "her2-positive = true",
        ),
        // The same day as a stated tissue: one test.
        (
            "2024-06-05 HER2 IHC 2+ (metastasis) | 2024-06-05 HER2 ISH negative",
            "her2-positive = false, her2-low = true",
        ),
    ]);
}

#[test]
fn an_undated_status_is_weak() {
    both(&[
        (
            "? HER2 positive",
            "her2-positive = true, her2-ihc-3plus = ?u",
        ),
        (
            "? HER2 positive | 2024-06-05 HER2 IHC 1+ (metastasis)",
            "her2-positive = false",
        ),
        (
            "? HER2 negative | 2024-06-05 HER2 IHC 3+ (primary)",
            "her2-positive = true",
        ),
        (
            "? HER2 positive | 2024-06-05 HER2 IHC 2+ (metastasis)",
            "her2-positive = ?u",
        ),
        ("? HER2 positive | ? HER2 negative", "her2-positive = ?c"),
    ]);
}

#[test]
fn results_beside_a_second_cancer() {
    let two = Completeness::Partial;
    check_as_of(
        "2026-11-01",
        two,
        &[
            (
                "2020-01-01 breast cancer | 2022-01-01 cancer: lung | 2023-01-05 HER2 IHC 3+",
                "her2-positive = ?c",
            ),
            (
                "2020-01-01 breast cancer | 2022-01-01 cancer: lung | 2023-01-05 HER2 IHC 3+ cancer=breast",
                "her2-positive = true",
            ),
            (
                "2020-01-01 breast cancer | 2022-01-01 cancer: lung | 2023-01-05 HER2 IHC 3+ cancer=lung",
                "her2-positive = ?n",
            ),
            (
                "2020-01-01 breast cancer | 2022-01-01 cancer: lung | 2023-01-05 HER2 IHC 3+ cancer=breast | 2024-01-01 HER2 IHC 0",
                "her2-positive = true",
            ),
            (
                "2020-01-01 breast cancer | 2022-01-01 cancer: lung | 2023-01-05 metastasis: liver",
                "metastatic = ?c, breast-cancer = true",
            ),
            (
                "2020-01-01 breast cancer | 2022-01-01 cancer: lung | 2023-01-05 metastasis: brain cancer=breast",
                "metastatic = true, brain-metastases = true",
            ),
            (
                "2020-01-01 breast cancer | 2022-01-01 cancer: lung | 2023-01-05 metastasis: brain cancer=lung",
                "metastatic = ?n, brain-metastases = ?n",
            ),
            (
                "2020-01-01 breast cancer | 2022-01-01 cancer: lung | 2023-01-05 HER2 IHC 3+ | fact her2-positive = false",
                "her2-positive = false",
            ),
        ],
    );
}

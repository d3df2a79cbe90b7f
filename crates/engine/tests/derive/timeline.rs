//! The day asked for: what lies after it, and what may.

use crate::{AS_OF, BUNDLE, chart, check_as_of, facts_of, get};
use waymark_engine::chart::Completeness;
use waymark_engine::facts::FactValue;

#[test]
fn entries_after_the_day_are_not_used_but_named() {
    let on = |day: &str, cases: &[(&'static str, &'static str)]| {
        check_as_of(day, Completeness::Partial, cases);
    };
    let case = "2024-06-01 breast cancer, HER2 IHC 3+ (metastasis), ER 90 % | 2024-06-01 metastasis: brain | 2024-06-01.. trastuzumab | 2024-06-01 LVEF 60 % | 2024-06-01 pregnant";
    on(
        "2024-05-31",
        &[(
            case,
            "breast-cancer = ?a, her2-positive = ?a, hr-positive = ?a, metastatic = ?a, brain-metastases = ?a, prior-trastuzumab = ?a, lvef = ?a, pregnant = ?a, subtype = ?a",
        )],
    );
    on(
        "2024-06-01",
        &[(
            case,
            "breast-cancer = true, her2-positive = true, hr-positive = true, metastatic = true, brain-metastases = true, prior-trastuzumab = true, lvef = 60, pregnant = true",
        )],
    );
    on(
        "2024-05-31",
        &[
            ("2024-06-01 fact judged = true", "judged = ?a"),
            (
                "2020-06-01 HER2 IHC 1+ (primary) | 2024-06-01 HER2 IHC 3+ (metastasis)",
                "her2-positive = false",
            ),
        ],
    );
}

#[test]
fn entries_that_may_lie_after_the_day_only_take_certainty_away() {
    let on = |day: &str, cases: &[(&'static str, &'static str)]| {
        check_as_of(day, Completeness::Complete, cases);
    };
    on(
        "2024-06-15",
        &[
            ("2024-06 metastasis: liver", "metastatic = ?u"),
            ("2024-05 metastasis: liver", "metastatic = true"),
            ("2024-06 breast cancer", "breast-cancer = ?u"),
            (
                "2020-01-01 HER2 IHC 1+ (metastasis) | 2024-06 HER2 IHC 3+ (metastasis)",
                "her2-positive = ?u",
            ),
            (
                "2020-01-01 HER2 IHC 3+ (metastasis) | 2024-06 HER2 IHC 3+ (metastasis)",
                "her2-positive = true",
            ),
            ("2024-06 HER2 IHC 3+ (metastasis)", "her2-positive = ?u"),
            (
                "2024-06.. trastuzumab",
                "prior-trastuzumab = ?u, regimens-any = 0..1",
            ),
            ("2024-05-01 LVEF 60 % | 2024-06 LVEF 40 %", "lvef = ?u"),
            ("2024-06 heart failure", "heart-failure = ?u"),
            ("2024-06 fact judged = true", "judged = ?u"),
        ],
    );
    on(
        "2024-06-30",
        &[("2024-06 metastasis: liver", "metastatic = true")],
    );
}

#[test]
fn every_fact_has_a_value_or_a_reason_and_its_records_in_order() {
    let chart = chart("2024-01-01 breast cancer, stage 4, HER2 IHC 2+ | 2024..2025 trastuzumab | 2024-05 progression".replace(" | ", "\n").as_str());
    for record in [Completeness::Partial, Completeness::Complete] {
        let facts = facts_of(&chart, AS_OF, record);
        assert_eq!(facts.facts.len(), BUNDLE.schema().facts().len());
        for (index, fact) in BUNDLE.schema().indices().zip(&facts.facts) {
            let id = &BUNDLE.schema().fact(index).id;
            let settled = match &fact.value {
                FactValue::Value(value) => value.is_settled(),
                FactValue::Word(word) => word.is_some(),
            };
            assert_eq!(settled, fact.why_unknown.is_none(), "{id}: {fact:?}");
            assert!(fact.from.is_sorted(), "{id}");
        }
        assert_eq!(get(&facts, "as-of").from, Vec::new());
    }
}

//! The patient page beside the labels, therapy by therapy. The patients are worked out from what the page says
//! (`kb/sources/lbbc-2024-05-24.md`) and from the labels (`kb/regimens`): the fewest facts that meet one side and fail
//! the other.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::LazyLock;
use waymark_knowledge::analysis::compare::{Comparison, Outcome, Side, compare};
use waymark_testsuite::{bundle, day};

const PAGE: usize = 0;
const LABEL: usize = 1;

static COMPARED: LazyLock<Comparison> = LazyLock::new(|| {
    let side = |source: &str| Side {
        source: source.to_owned(),
        on: day("2026-11-01"),
    };
    compare(&bundle(), [side("lbbc-2024-05-24"), side("fda-labels")]).unwrap()
});

fn outcome(regimen: &str) -> &Outcome {
    let mut therapies = COMPARED.therapies.iter();
    &therapies.find(|it| it.regimen == regimen).unwrap().outcome
}

/// Asserts that one side is met and the other is not for what it asks, with exactly these facts beside breast cancer,
/// HER2-positive and metastatic.
fn differs(regimen: &str, met_by: usize, asked: &str, facts: &str) {
    let Outcome::Both { differ, .. } = outcome(regimen) else {
        panic!("{regimen}: {:?}", outcome(regimen));
    };
    let found = differ
        .iter()
        .find(|it| it.met_by == met_by && it.because.iter().any(|it| it == asked))
        .unwrap_or_else(|| panic!("{regimen}: nobody fails {asked}: {differ:?}"));
    let mut expected: Vec<&str> = facts.split(", ").filter(|it| !it.is_empty()).collect();
    for shared in ["breast-cancer = true", "her2-positive = true"] {
        expected.push(shared);
    }
    if !facts.contains("metastatic = false") {
        expected.push("metastatic = true");
    }
    expected.sort_unstable();
    let mut stated: Vec<String> = found
        .patient
        .iter()
        .map(|(fact, value)| format!("{fact} = {value}"))
        .collect();
    stated.sort_unstable();
    assert_eq!(stated, expected, "{regimen}, {asked}");
}

#[test]
fn tdxd_by_receptor_and_line() {
    let (label, early) = ("age = \"18..\"", "early-relapse-her2 = true");
    let not_negative = format!("{label}, {early}, hr-positive = true");
    differs("tdxd", LABEL, "not \"hr-positive\"", &not_negative);
    let one_line = format!("{label}, {early}, current-line = \"..1\"");
    differs("tdxd", LABEL, "\"current-line\" >= 2", &one_line);
    let unresectable = format!("{label}, {early}, metastatic = false, unresectable = true");
    differs("tdxd", LABEL, "metastatic-disease", &unresectable);
    // The page counts lines of any kind, the label HER2 regimens.
    differs(
        "tdxd",
        PAGE,
        "her2-regimen-metastatic-or-early-relapse",
        "hr-positive = false, current-line = \"2..\", prior-her2-regimens-metastatic = 0, early-relapse-her2 = false",
    );
}

#[test]
fn margetuximab_and_neratinib_by_the_setting_of_the_lines_that_count() {
    differs(
        "margetuximab-chemo",
        PAGE,
        "one-her2-regimen-metastatic",
        "prior-her2-regimens-any = \"2..\", prior-her2-regimens-metastatic = 0",
    );
    differs(
        "neratinib-capecitabine",
        PAGE,
        "two-her2-regimens-metastatic",
        "prior-her2-regimens-any = \"2..\", prior-her2-regimens-metastatic = 0, early-relapse-her2 = true",
    );
}

#[test]
fn lapatinib_by_earlier_medicines_and_menopause() {
    let grew = "progressed-on-trastuzumab = true";
    for medicine in ["anthracycline", "taxane"] {
        let facts = format!("{grew}, prior-{medicine} = false");
        differs(
            "lapatinib-capecitabine",
            PAGE,
            &format!("{medicine}-given"),
            &facts,
        );
    }
    let page = format!("{grew}, hr-positive = true");
    let before = format!("{page}, postmenopausal = false");
    differs(
        "lapatinib-letrozole",
        PAGE,
        "postmenopausal-patient",
        &before,
    );
    let unsuitable = format!("{page}, hormonal-therapy-indicated = false");
    differs(
        "lapatinib-letrozole",
        PAGE,
        "hormonal-therapy-suitable",
        &unsuitable,
    );
    // The label asks for no earlier trastuzumab.
    differs(
        "lapatinib-letrozole",
        LABEL,
        "\"progressed-on-trastuzumab\"",
        "hr-positive = true, postmenopausal = true, hormonal-therapy-indicated = true, progressed-on-trastuzumab = false",
    );
}

#[test]
fn tdm1_and_pertuzumab_whose_line_the_page_leaves_out() {
    differs(
        "tdm1",
        PAGE,
        "trastuzumab-given",
        "prior-trastuzumab = false",
    );
    differs("tdm1", PAGE, "taxane-given", "prior-taxane = false");
    differs(
        "tdm1",
        PAGE,
        "treated-metastatic-or-adjuvant-relapse",
        "current-line = 0, early-relapse-adjuvant = false",
    );
    let chemotherapy = "prior-chemotherapy-metastatic = true";
    differs("thp", PAGE, "first-line-metastatic", chemotherapy);
}

#[test]
fn what_the_page_does_not_have() {
    for (regimen, facts) in [("tdxd-pertuzumab", 7), ("palbociclib-maintenance", 5)] {
        let Outcome::OnlyOne(LABEL, Some(patient)) = outcome(regimen) else {
            panic!("{regimen}: {:?}", outcome(regimen));
        };
        assert_eq!(patient.len(), facts, "{regimen}: {patient:?}");
    }
}

#[test]
fn nobody_meets_the_label_of_tdm1_and_not_the_page() {
    // The page asks for nothing that the label does not ask for.
    let Outcome::Both { differ, .. } = outcome("tdm1") else {
        panic!()
    };
    assert!(differ.iter().all(|it| it.met_by == PAGE), "{differ:?}");
}

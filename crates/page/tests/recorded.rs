//! A record fills in answers that never say more than it does.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod guide;

use guide::{guide, today};
use waymark_engine::chart::written;
use waymark_page::Answers;

fn recorded(lines: &str) -> Answers {
    let bundle = &guide().bundle;
    let chart = written::read(&format!("chart 1\n{lines}"), bundle).unwrap();
    Answers::recorded(&chart, bundle, today())
}

fn chosen(answers: &Answers, question: &str) -> Vec<String> {
    answers
        .get(question)
        .map_or_else(Vec::new, |given| given.chosen.clone())
}

#[test]
fn results_and_places_become_answers() {
    let answers = recorded(
        "? breast cancer\n? metastasis: bone\n? metastasis: brain\n? HER2 IHC 3+\n? ER 90 %\n",
    );
    assert_eq!(chosen(&answers, "her2"), ["positive"]);
    assert_eq!(chosen(&answers, "spread"), ["bones", "brain"]);
}

#[test]
fn a_score_that_leaves_it_open_is_no_positive_result() {
    let answers = recorded("? breast cancer\n? HER2 IHC 2+\n");
    assert_eq!(chosen(&answers, "her2"), ["open"]);
}

#[test]
fn what_the_record_does_not_say_stays_unanswered() {
    let answers = recorded("? breast cancer\n");
    for question in [
        "her2",
        "hormones",
        "spread",
        "brain",
        "brain-scan",
        "treatments",
    ] {
        assert!(answers.get(question).is_none(), "{question}: {answers:?}");
    }
}

#[test]
fn a_medicine_of_metastatic_disease_is_none_from_before_it_spread() {
    let answers = recorded(
        "? breast cancer\n2025-01-10 metastasis: liver\n? HER2 IHC 3+\n2025-02-01..2025-07-01 palliative docetaxel + trastuzumab + pertuzumab: stopped, progression\n",
    );
    assert!(answers.get("before").is_none(), "{answers:?}");
    let treatments = &answers.get("treatments").unwrap().treatments;
    assert_eq!(treatments.len(), 1);
    assert_eq!(treatments[0].from.as_deref(), Some("2025-02"));
    assert_eq!(treatments[0].to.as_deref(), Some("2025-07"));
    assert_eq!(treatments[0].ended.word(), "grew");
}

//! The steps of treatment that a person tells: added, taken away, and never vouched for where one was lost.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod guide;

use guide::{guide, posted, today};
use waymark_criteria::Truth;
use waymark_page::answers::{Ended, Given, Treatment};
use waymark_page::{Answers, Reading};

fn step(medicines: &[&str], from: Option<&str>, to: Option<&str>) -> Treatment {
    Treatment {
        medicines: medicines.iter().map(|it| (*it).to_owned()).collect(),
        ended: Ended::Grew,
        from: from.map(str::to_owned),
        to: to.map(str::to_owned),
    }
}

fn told(chosen: &[(&str, &str)], treatments: Vec<Treatment>) -> Answers {
    let mut answers = Answers::default();
    for (question, answer) in chosen {
        let given = answers.answers.entry((*question).to_owned());
        given
            .or_insert_with(Given::default)
            .chosen
            .push((*answer).to_owned());
    }
    let given = answers.answers.entry("treatments".to_owned());
    given.or_insert_with(Given::default).treatments = treatments;
    answers
}

/// What comes back for a form of the question, with its fields beside the answers so far.
fn sent(answers: &Answers, fields: &[(&str, &str)]) -> (String, Answers) {
    let code = answers.code();
    let mut all = vec![("state", code.as_str())];
    all.extend(fields);
    let response = posted(guide(), "q/treatments", &all);
    let restored = Answers::restore(&response.state, &guide().bundle).unwrap();
    (response.html, restored.answers)
}

#[test]
fn the_button_beside_a_step_takes_that_step_away_and_no_other() {
    let steps = vec![
        step(&["docetaxel", "trastuzumab"], None, None),
        step(&["tdxd"], None, None),
    ];
    let (html, answers) = sent(
        &told(&[("treatments", "all")], steps),
        &[
            ("remove", "1"),
            ("asked", "treatments"),
            ("treatments", "all"),
        ],
    );
    let left = &answers.get("treatments").unwrap().treatments;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].medicines, ["tdxd"]);
    assert!(answers.chose("treatments", "all"));
    assert!(
        html.contains("name=\"ended\""),
        "the question is shown again"
    );
}

#[test]
fn enter_in_a_field_adds_a_step_and_takes_none_away() {
    let (html, _) = sent(&told(&[], vec![step(&["tdxd"], None, None)]), &[]);
    let form = html.split("<form class=\"question\"").nth(1).unwrap();
    let first = form.split("<button").nth(1).unwrap();
    assert!(
        first.starts_with(" type=\"submit\" name=\"go\" value=\"again\""),
        "{first:.60}"
    );
}

#[test]
fn a_list_of_which_a_step_was_lost_is_not_complete() {
    let answers = [
        ("her2", "positive"),
        ("spread", "liver"),
        ("begin", "first"),
        ("adult", "adult"),
        ("treatments", "all"),
    ];
    // The last month lies before the first: the line cannot be read, and nobody knows which of the two is wrong.
    let steps = vec![step(
        &["docetaxel", "trastuzumab", "pertuzumab"],
        Some("2024-05"),
        Some("2020-01"),
    )];
    let reading = Reading::of_answers(guide(), told(&answers, steps), today());
    assert_eq!(reading.left_out.len(), 1, "{}", reading.chart_text);
    assert_eq!(reading.truth("prior-pertuzumab"), Truth::Unknown);
    let thp = reading
        .assessment
        .regimens
        .iter()
        .find(|it| it.id == "thp")
        .unwrap();
    assert_eq!(reading.status(thp).word(), "depends");
}

//! Saved answers that this version does not read as they were saved: it is said which, and said once.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod guide;

use guide::{guide, posted};
use waymark_page::{Answers, Response};

/// A saved file with these answers.
fn file(answers: &str) -> String {
    format!(r#"{{"waymark":1,"answers":{{{answers}}}}}"#)
}

fn page(state: &str, path: &str) -> Response {
    posted(guide(), path, &[("state", state)])
}

fn ask(question: &str) -> &'static str {
    let questions = &guide().bundle.content().questions;
    &questions.iter().find(|it| it.id == question).unwrap().ask
}

/// The notice on what became of the saved answers, if there is one.
fn notice(html: &str) -> Option<&str> {
    let start = html.find(r#"<div class="notice" role="status">"#)?;
    let end = html[start..].find("</div>")?;
    Some(&html[start..start + end])
}

fn dropped(answers: &str) -> Vec<String> {
    let restored = Answers::restore(&file(answers), &guide().bundle).unwrap();
    for id in &restored.dropped {
        assert!(restored.answers.get(id).is_none(), "{id} counts");
    }
    restored.dropped
}

#[test]
fn two_answers_where_one_is_chosen_are_asked_for_again() {
    assert_eq!(
        dropped(r#""hormones":{"chosen":["yes","no"]},"her2":{"chosen":["positive"]}"#),
        ["hormones"]
    );
    let row = r#""before":{"chosen":["taxane","no-taxane"]}"#;
    assert_eq!(dropped(row), ["before"]);
    let list = r#""treatments":{"chosen":["all","more"],"treatments":[{"medicines":["tdxd"]}]}"#;
    assert_eq!(dropped(list), ["treatments"]);
    let four = r#""matters":{"chosen":["time","hair","cost","pills"]}"#;
    assert_eq!(dropped(four), ["matters"]);
    // One each is what the form allows.
    let fits = r#""before":{"chosen":["taxane","no-anthracycline"]},"matters":{"chosen":["time","hair","cost"]},"hormones":{"chosen":["no"]}"#;
    assert!(dropped(fits).is_empty());
}

#[test]
fn what_is_asked_again_and_what_was_carried_over_is_named_once() {
    let saved = file(
        r#""hormones":{"chosen":["yes","no"]},"before":{"chosen":["taxane","all"]},"of-old":{"chosen":["yes"]}"#,
    );
    let first = page(&saved, "page");
    let notice_of = notice(&first.html).unwrap();
    let place = |text: &str| {
        notice_of
            .find(text)
            .unwrap_or_else(|| panic!("no `{text}` in {notice_of}"))
    };
    let words = |key: &str| {
        let mut all = guide().bundle.content().wordings.iter();
        let part = all.find(|it| it.id == "frame").unwrap();
        place(part.texts.get(key).expect(key))
    };
    let order = [
        words("asked-again"),
        place(ask("hormones")),
        words("carried-over"),
        place(ask("before")),
        words("unasked.one"),
    ];
    assert!(order.is_sorted(), "{order:?}");
    let second = page(&first.state, "page");
    assert_eq!(notice(&second.html), None);
}

#[test]
fn an_answer_of_which_nothing_is_left_is_asked_for_again() {
    // "That is all" beside nothing that is known by name told nothing, and tells nothing now.
    assert_eq!(dropped(r#""before":{"chosen":["all"]}"#), ["before"]);
    let kept = r#""before":{"chosen":["hormone","all"]}"#;
    assert!(dropped(kept).is_empty());
}

#[test]
fn answers_of_today_are_restored_without_a_word() {
    let saved = file(r#""her2":{"chosen":["positive"]},"hormones":{"chosen":["unknown"]}"#);
    assert_eq!(notice(&page(&saved, "page").html), None);
}

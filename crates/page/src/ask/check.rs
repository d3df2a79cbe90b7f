//! What was answered, before the page is made.

use super::{go, treatments};
use crate::answers::{Answers, Given};
use crate::respond::{Context, Page};
use maud::{Markup, html};
use waymark_engine::bundle::Question;

pub(crate) fn check(context: &Context<'_, '_>) -> Page {
    of(context, context.answers())
}

pub(super) fn of(context: &Context<'_, '_>, answers: Answers) -> Page {
    let words = context.words;
    let reading = context.reading(answers);
    let code = reading.answers.code();
    let main = html! {
        h1 { (words.text("check.title")) }
        p { (words.text("check.lead")) }
        @if !reading.left_out.is_empty() {
            p.notice { (words.text("check.left-out")) }
        }
        (conflicts(context, &reading))
        @let path = reading.path();
        @let (told, open): (Vec<_>, Vec<_>) = path.questions().partition(|it| reading.answers.get(&it.id).is_some_and(|given| !given.chosen.is_empty() || !given.treatments.is_empty()));
        (list(context, &reading, told.into_iter()))
        form method="post" action=(context.href("page")) data-ahead="" {
            input type="hidden" name="state" value=(code);
            button.primary type="submit" { (words.text("check.make")) }
        }
        @if !open.is_empty() {
            details {
                summary { (words.count("check.open", open.len())) }
                (list(context, &reading, open.into_iter()))
            }
        }
    };
    Page {
        status: 200,
        title: words.text("check.title").to_owned(),
        kind: "ask",
        main,
        answers: reading.answers,
    }
}

/// Questions, each with its answer and a way to change it.
pub(crate) fn list<'g>(
    context: &Context<'_, '_>,
    reading: &crate::Reading<'_>,
    questions: impl Iterator<Item = &'g Question>,
) -> Markup {
    let words = context.words;
    let code = reading.answers.code();
    html! {
        dl.answers {
            @for question in questions {
                div {
                    dt { (words.span(words.said("question", &question.id, "ask", &question.ask))) }
                    dd {
                        @match reading.answers.get(&question.id) {
                            Some(given) => (told(context, question, given)),
                            None => { p { (words.text("check.unanswered")) } }
                        }
                        @let key = if reading.answers.get(&question.id).is_some() { "check.change" } else { "check.answer" };
                        (go(context, &code, &format!("q/{}", question.id), "link", words.text(key)))
                    }
                }
            }
        }
    }
}

/// Answers that contradict one another: both may be true, and nothing is blocked.
pub(crate) fn conflicts(context: &Context<'_, '_>, reading: &crate::Reading<'_>) -> Markup {
    let words = context.words;
    let facts = reading.assessment.facts.iter();
    let conflicts = facts.filter(|fact| fact.why_unknown.as_deref() == Some("conflict"));
    let entries = &context.guide.bundle.content().facts;
    let entries = conflicts.filter_map(|fact| entries.iter().find(|it| it.id == fact.id));
    let path = reading.path();
    let told = |fact: &str| {
        let about = path
            .questions()
            .filter(|it| it.settles.iter().any(|id| id == fact));
        about
            .filter(|it| reading.answers.get(&it.id).is_some())
            .collect::<Vec<_>>()
    };
    let code = reading.answers.code();
    html! {
        @for entry in entries {
            div.notice {
                p { (words.fill("check.conflict", &[("what", words.ask(entry).text)])) }
                @for question in told(&entry.id) {
                    p {
                        (words.span(words.said("question", &question.id, "ask", &question.ask))) " "
                        (go(context, &code, &format!("q/{}", question.id), "link", words.text("check.change")))
                    }
                }
            }
        }
    }
}

/// An answer in the person's words.
pub(crate) fn told(context: &Context<'_, '_>, question: &Question, given: &Given) -> Markup {
    let words = context.words;
    let answers = question
        .answers
        .iter()
        .filter(|it| given.chosen.contains(&it.id));
    let said: Vec<String> = answers
        .map(|answer| {
            let field = format!("answers.{}.label", answer.id);
            let said = words
                .said("question", &question.id, &field, &answer.label)
                .text;
            let mut rows = question.rows.iter();
            let row = rows.find(|row| Some(&row.id) == answer.row.as_ref());
            row.map_or_else(
                || said.to_owned(),
                |row| {
                    let field = format!("rows.{}.label", row.id);
                    let row = words
                        .said("question", &question.id, &field, &row.label)
                        .text;
                    format!("{row}: {said}")
                },
            )
        })
        .collect();
    html! {
        @if said.is_empty() && given.treatments.is_empty() { p { (words.text("check.passed-over")) } }
        @for treatment in &given.treatments { p { (treatments::told(context, question, treatment)) } }
        @if !said.is_empty() { p { (said.join("; ")) } }
    }
}

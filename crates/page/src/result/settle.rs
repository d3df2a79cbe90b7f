//! What cannot be told yet, and what would settle most of it.

use super::name;
use super::view::View;
use crate::ask::go;
use maud::{Markup, html};
use waymark_engine::wire;

/// How many are shown before the rest is folded away.
const FIRST: usize = 3;

/// What a person is asked for, what tells most first.
pub(crate) fn open<'v>(view: &View<'v, '_, '_>) -> Vec<&'v wire::Settle> {
    let all = view.reading.assessment.settle.iter();
    all.filter(|it| !view.is_asked_later(&it.fact)).collect()
}

pub(super) fn settle(view: &View<'_, '_, '_>) -> Markup {
    let words = view.words();
    let all = open(view);
    let (first, rest) = all.split_at(all.len().min(FIRST));
    html! {
        @if all.is_empty() {
            p { (words.text("result.settle-none")) }
        } @else {
            p { (words.text("result.settle-lead")) }
            ol.settle { @for it in first { (item(view, it)) } }
            @if !rest.is_empty() {
                details {
                    summary { (words.count("result.settle-more", rest.len())) }
                    ol.settle start=(FIRST + 1) { @for it in rest { (item(view, it)) } }
                }
            }
        }
        (on_request(view))
    }
}

/// What may be told beside the questions of the way, by who wants to.
fn on_request(view: &View<'_, '_, '_>) -> Markup {
    let words = view.words();
    let code = view.reading.answers.code();
    let path = view.reading.path();
    let asked = match view.context.request.chart {
        Some(_) => &[],
        None => path.on_request(),
    };
    html! {
        @if !asked.is_empty() {
            p { (words.text("result.on-request")) }
            ul.requests {
                @for question in asked {
                    li data-question=(question.id) {
                        (words.span(words.said("question", &question.id, "ask", &question.ask)))
                        " " (go(view.context, &code, &format!("q/{}", question.id), "link", words.text("result.tell")))
                    }
                }
            }
        }
    }
}

/// The way to the question whose answer tells a fact, where this person is asked it.
fn answer(view: &View<'_, '_, '_>, fact: &str) -> Markup {
    let words = view.words();
    let path = view.reading.path();
    let mut asked = path
        .questions()
        .filter(|_| view.context.request.chart.is_none());
    let Some(question) = asked.find(|it| it.settles.iter().any(|id| id == fact)) else {
        return html! {};
    };
    go(
        view.context,
        &view.reading.answers.code(),
        &format!("q/{}", question.id),
        "link",
        words.text("result.tell"),
    )
}

fn item(view: &View<'_, '_, '_>, settle: &wire::Settle) -> Markup {
    let words = view.words();
    let Some(fact) = view.fact(&settle.fact) else {
        return html! {};
    };
    // Some values of the fact may decide more than every value of it does.
    let regimens: &[wire::Text] = if settle.may_decide.is_empty() {
        &settle.would_decide
    } else {
        &settle.may_decide
    };
    let names: Vec<&str> = regimens
        .iter()
        .map(|id| name(view.context, view.reading, id))
        .collect();
    html! {
        li data-fact=(fact.id) {
            p { strong { (words.span(words.ask(fact))) } }
            p { (words.span(words.said("fact", &fact.id, "how", &fact.how))) }
            (answer(view, &fact.id))
            details {
                summary { (words.count("result.settle-would", names.len())) }
                ul.names { @for name in &names { li { (name) } } }
            }
        }
    }
}

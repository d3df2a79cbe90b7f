//! One question on a page of its own.

use super::treatments;
use crate::Reading;
use crate::ask::{ON_START, check, go};
use crate::respond::{Context, Page};
use maud::{Markup, html};
use waymark_engine::bundle::{Answer, AnswerForm, Question};

/// Takes the answer that the form carries, if any, and shows the question asked for or the next one.
pub(crate) fn question(context: &Context<'_, '_>, id: &str) -> Page {
    let mut answers = context.answers();
    let questions = &context.guide.bundle.content().questions;
    let find = |id: &str| questions.iter().find(|question| question.id == id);
    let fields = context.request.fields;
    for asked in fields.all("asked").filter_map(find) {
        if asked.order == ON_START {
            answers.take_ticks(asked, &fields);
        }
    }
    let Some(asked) = find(id) else {
        if !id.is_empty() {
            return super::not_found(context);
        }
        let reading = context.reading(answers);
        return match reading.path().next(None) {
            Some(next) => show(context, &reading, next),
            None => check::of(context, reading.answers),
        };
    };
    let removed = fields.get("remove").map(|_| "again");
    let Some(went) = fields.get("go").or(removed) else {
        let reading = context.reading(answers);
        return show(context, &reading, asked);
    };
    answers.take(asked, &fields);
    let reading = context.reading(answers);
    match went {
        "again" => show(context, &reading, asked),
        "stop" => check::of(context, reading.answers),
        _ => match reading.path().next(Some(id)) {
            Some(next) => show(context, &reading, next),
            None => check::of(context, reading.answers),
        },
    }
}

fn show(context: &Context<'_, '_>, reading: &Reading<'_>, question: &Question) -> Page {
    let words = context.words;
    let path = reading.path();
    let said = |field: &str, english| words.said("question", &question.id, field, english);
    let number = path.place(&question.id).unwrap_or(1);
    let count = path.questions().len();
    let (number, count) = (number.to_string(), count.to_string());
    let code = reading.answers.code();
    let title = said("ask", &question.ask);
    let main = html! {
        nav.thread aria-label=(words.text("ask.progress")) {
            p { (words.fill("ask.place", &[("n", &number), ("of", &count)])) }
            progress value=(number) max=(count) aria-hidden="true" {}
            @if let Some(before) = path.before(&question.id) {
                (go(context, &code, &format!("q/{}", before.id), "link", words.text("ask.back")))
            }
        }
        form.question method="post" action=(context.href(&format!("q/{}", question.id))) {
            input type="hidden" name="state" value=(code);
            fieldset aria-describedby=[question.hint.as_ref().map(|_| "hint")] {
                legend {
                    span.caption { (words.span(said("section", &question.section))) }
                    h1 { (words.span(title)) }
                }
                @if let Some(hint) = &question.hint { p #hint.hint { (words.span(said("hint", hint))) } }
                @match question.answer {
                    AnswerForm::Treatments => (treatments::fields(context, reading, question)),
                    AnswerForm::One | AnswerForm::Any | AnswerForm::UpToThree => {}
                }
                (choices(context, reading, question))
            }
            @if let Some(why) = &question.why {
                details { summary { (words.text("ask.why")) } p { (words.span(said("why", why))) } }
            }
            @if let Some(find) = &question.find {
                details {
                    summary { (words.text("ask.find")) }
                    p { (words.span(said("find", find))) }
                    @if let Some(specimen) = &question.specimen { p.specimen lang="en" { (specimen) } }
                }
            }
            div.actions {
                button.primary type="submit" name="go" value="next" { (words.text("ask.continue")) }
                button.link type="submit" name="go" value="stop" { (words.text("ask.stop")) }
            }
            p.small { (words.text("ask.nothing-lost")) }
        }
    };
    Page {
        status: 200,
        title: title.text.to_owned(),
        kind: "ask",
        main,
        answers: reading.answers.clone(),
    }
}

fn choices(context: &Context<'_, '_>, reading: &Reading<'_>, question: &Question) -> Markup {
    let words = context.words;
    let several = matches!(question.answer, AnswerForm::Any | AnswerForm::UpToThree);
    let said = |answer: &Answer, field: &str, english: &'_ str| {
        let field = format!("answers.{}.{field}", answer.id);
        words
            .said("question", &question.id, &field, english)
            .text
            .to_owned()
    };
    html! {
        ul.choices {
            @for answer in &question.answers {
                li {
                    label {
                        input
                            type=(if several { "checkbox" } else { "radio" })
                            name="answer"
                            value=(answer.id)
                            checked[reading.answers.chose(&question.id, &answer.id)];
                        span {
                            (said(answer, "label", &answer.label))
                            @if let Some(hint) = &answer.hint { span.hint { (said(answer, "hint", hint)) } }
                        }
                    }
                }
            }
        }
    }
}

/// A month and a year to fill in; either may stay empty.
pub(crate) fn months(context: &Context<'_, '_>, prefix: &str, told: &str) -> Markup {
    let words = context.words;
    let (year, month) = told.split_once('-').unwrap_or((told, ""));
    html! {
        div.month {
            label {
                span { (words.text("ask.month")) }
                select name={ (prefix) "month" } {
                    option value="" { (words.text("ask.month-unknown")) }
                    @for number in 1..=12 {
                        @let number = format!("{number:02}");
                        option value=(number) selected[number == month] { (words.text(&format!("date.{number}"))) }
                    }
                }
            }
            label {
                span { (words.text("ask.year")) }
                input name={ (prefix) "year" } value=(year) inputmode="numeric" pattern="[0-9]{4}" maxlength="4" size="4" autocomplete="off";
            }
        }
    }
}

//! One question on a page of its own.

use super::treatments;
use crate::Reading;
use crate::answers::row_field;
use crate::ask::{check, go};
use crate::respond::{Context, Page};
use maud::{Markup, html};
use waymark_engine::bundle::{Answer, AnswerForm, Question, Row};

/// Takes the answers that the form carries, if any, and shows the page of the question asked for or the next one.
pub(crate) fn question(context: &Context<'_, '_>, id: &str) -> Page {
    let questions = &context.guide.bundle.content().questions;
    let find = |id: &str| questions.iter().find(|question| question.id == id);
    let asked = find(id);
    if asked.is_none() && !id.is_empty() {
        return super::not_found(context);
    }
    let mut answers = context.answers();
    let fields = context.request.fields;
    for carried in fields.all("asked").filter_map(find) {
        // Left empty on the start page, it is asked for with the first questions.
        if id.is_empty() && fields.get(&carried.id).is_none() {
            answers.answers.remove(&carried.id);
        } else {
            answers.take(carried, &fields);
        }
    }
    let reading = context.reading(answers);
    let path = reading.path();
    let removed = fields.get("remove").map(|_| "again");
    let next = match (asked, fields.get("go").or(removed)) {
        (Some(asked), None | Some("again")) => {
            return show(context, &reading, path.page(id).unwrap_or(&[asked]));
        }
        (Some(_), Some("stop")) => None,
        (Some(_), Some(_)) => path.next(Some(id)),
        (None, _) => path.next(None),
    };
    match next {
        Some(next) => show(context, &reading, next),
        None => check::of(context, reading.answers),
    }
}

/// A page of questions. One alone is its heading; several stand below that of their section.
fn show(context: &Context<'_, '_>, reading: &Reading<'_>, page: &[&Question]) -> Page {
    let words = context.words;
    let Some(first) = page.first() else {
        return super::not_found(context);
    };
    let path = reading.path();
    let number = path.place(&first.id).unwrap_or(1).to_string();
    let count = path.len().max(1).to_string();
    let code = reading.answers.code();
    let alone = page.len() == 1;
    let section = words.said("question", &first.id, "section", &first.section);
    let title = if alone {
        words.said("question", &first.id, "ask", &first.ask)
    } else {
        section
    };
    let main = html! {
        nav.thread aria-label=(words.text("ask.progress")) {
            p { (words.fill("ask.place", &[("n", &number), ("of", &count)])) }
            progress value=(number) max=(count) aria-hidden="true" {}
            @if let Some(before) = path.before(&first.id) {
                (go(context, &code, &format!("q/{}", before.id), "link", words.text("ask.back")))
            }
        }
        form.question method="post" action=(context.href(&format!("q/{}", first.id))) {
            input type="hidden" name="state" value=(code);
            @if !alone { h1 { (words.span(title)) } }
            @for question in page { (one(context, reading, question, alone)) }
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

fn one(
    context: &Context<'_, '_>,
    reading: &Reading<'_>,
    question: &Question,
    alone: bool,
) -> Markup {
    let words = context.words;
    let said = |field: &str, english| words.said("question", &question.id, field, english);
    let asks = words.span(said("ask", &question.ask));
    let hint = format!("hint-{}", question.id);
    html! {
        input type="hidden" name="asked" value=(question.id);
        fieldset aria-describedby=[question.hint.as_ref().map(|_| &hint)] {
            legend {
                @if alone {
                    span.caption { (words.span(said("section", &question.section))) }
                    h1 { (asks) }
                } @else {
                    h2 { (asks) }
                }
            }
            @if let Some(text) = &question.hint { p.hint id=(hint) { (words.span(said("hint", text))) } }
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
    }
}

/// The answers in their order; the rows stand in the place of the first answer of one.
fn choices(context: &Context<'_, '_>, reading: &Reading<'_>, question: &Question) -> Markup {
    let answers = &question.answers;
    let rows = answers.iter().position(|answer| answer.row.is_some());
    let (first, rest) = answers.split_at(rows.unwrap_or(answers.len()));
    let several = matches!(question.answer, AnswerForm::Any | AnswerForm::UpToThree);
    let list = |answers: &mut dyn Iterator<Item = &Answer>| {
        let kind = if several { "checkbox" } else { "radio" };
        list(context, reading, question, (kind, &question.id), answers)
    };
    html! {
        @if !first.is_empty() { (list(&mut first.iter())) }
        @if !question.rows.is_empty() {
            div.rows { @for row in &question.rows { (row_of(context, reading, question, row)) } }
            (list(&mut rest.iter().filter(|answer| answer.row.is_none())))
        }
    }
}

/// One line of the form, in which one answer is chosen.
fn row_of(
    context: &Context<'_, '_>,
    reading: &Reading<'_>,
    question: &Question,
    row: &Row,
) -> Markup {
    let words = context.words;
    let said = |field: &str, english| {
        words.said(
            "question",
            &question.id,
            &format!("rows.{}.{field}", row.id),
            english,
        )
    };
    let mut answers = question.answers.iter();
    let answers = &mut answers
        .by_ref()
        .filter(|answer| answer.row.as_ref() == Some(&row.id));
    html! {
        fieldset {
            legend {
                (words.span(said("label", &row.label)))
                @if let Some(hint) = &row.hint { span.hint { (words.span(said("hint", hint))) } }
            }
            (list(context, reading, question, ("radio", &row_field(&question.id, row)), answers))
        }
    }
}

fn list(
    context: &Context<'_, '_>,
    reading: &Reading<'_>,
    question: &Question,
    (kind, name): (&str, &str),
    answers: &mut dyn Iterator<Item = &Answer>,
) -> Markup {
    let words = context.words;
    let said = |answer: &Answer, field: &str, english: &'_ str| {
        let field = format!("answers.{}.{field}", answer.id);
        words
            .said("question", &question.id, &field, english)
            .text
            .to_owned()
    };
    html! {
        ul.choices {
            @for answer in answers {
                li {
                    label {
                        input
                            type=(kind)
                            name=(name)
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

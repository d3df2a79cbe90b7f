//! The one-screen entry: every question at once, and lines of a written chart.

use super::chart::{Subject, questions};
use super::{body, chart};
use crate::Fields;
use crate::answers::{Answers, row_field};
use crate::ask;
use crate::respond::{Context, Page};
use maud::{Markup, html};
use waymark_engine::Bundle;
use waymark_engine::bundle::{AnswerForm, Question};

pub(crate) fn entry(context: &Context<'_, '_>) -> Page {
    let words = context.words;
    let subject = Subject::of(context);
    let (answers, typed) = (subject.answers.clone(), subject.typed.clone());
    let filled = !answers.is_empty() || !typed.trim().is_empty() || context.request.chart.is_some();
    Page {
        status: 200,
        title: words.text("sheet.entry-title").to_owned(),
        kind: "sheet",
        main: html! {
            h1 { (words.text("sheet.entry-title")) }
            p.screen { (words.text("sheet.entry-lead")) }
            // The script sends this form on every change and puts the part `live` of the answer into the part below.
            form.entry.screen #entry method="post" action=(context.href("clinician")) data-live="live" {
                input type="hidden" name="state" value=(answers.code());
                input type="hidden" name="entry" value="1";
                div.questions {
                    @for question in questions(context) { (fields(context, &subject, question)) }
                }
                label for="chart" { (words.text("sheet.chart-label")) }
                p.hint #chart-hint { (words.text("sheet.chart-hint")) }
                textarea #chart name="chart" rows="6" cols="80" spellcheck="false" aria-describedby="chart-hint" { (typed) }
                p { button.primary type="submit" { (words.text("sheet.make")) } }
            }
            (drop(context))
            div #live aria-live="off" {
                @if filled { (body(context, subject)) } @else { (chart::problems(context, &subject)) }
            }
        },
        answers,
    }
}

/// A record to be read by the door: pasted, or from a file where scripts run.
fn drop(context: &Context<'_, '_>) -> Markup {
    let words = context.words;
    html! {
        details.drop.screen {
            summary { (words.text("sheet.record")) }
            form method="post" action=(context.href("clinician")) data-record="" {
                label for="record" { (words.text("sheet.record-label")) }
                textarea #record name="record" rows="4" cols="80" spellcheck="false" {}
                p data-scripts="" hidden { label { (words.text("sheet.record-file")) " " input type="file" accept=".json,.ndjson,.chart,.txt" data-into="record"; } }
                p { button.secondary type="submit" { (words.text("sheet.record-read")) } }
                (crate::scripted::whose(context))
                output.problem lang="en" {}
            }
        }
    }
}

/// The name of the field of a question.
fn name(question: &Question) -> String {
    format!("q-{}", question.id)
}

fn fields(context: &Context<'_, '_>, subject: &Subject<'_>, question: &Question) -> Markup {
    let words = context.words;
    let answers = &subject.answers;
    let ask_it = words.span(words.said("question", &question.id, "ask", &question.ask));
    let name = name(question);
    let label = |answer: &waymark_engine::bundle::Answer| {
        let field = format!("answers.{}.label", answer.id);
        words.span(words.said("question", &question.id, &field, &answer.label))
    };
    let options = |row: Option<&String>| {
        html! {
            option value="" { (words.text("sheet.not-answered")) }
            @for answer in question.answers.iter().filter(|it| it.row.as_ref() == row) {
                option value=(answer.id) selected[answers.chose(&question.id, &answer.id)] { (label(answer)) }
            }
        }
    };
    html! {
        @match question.answer {
            AnswerForm::One => div.field {
                label for=(name) { (ask_it) }
                select id=(name) name=(name) { (options(None)) }
            },
            AnswerForm::Any | AnswerForm::UpToThree => fieldset.field {
                legend { (ask_it) }
                @for row in &question.rows {
                    @let name = row_field(&name, row);
                    label for=(name) { (words.span(words.said("question", &question.id, &format!("rows.{}.label", row.id), &row.label))) }
                    select id=(name) name=(name) { (options(Some(&row.id))) }
                }
                @for answer in question.answers.iter().filter(|it| it.row.is_none()) {
                    label {
                        input type="checkbox" name=(name) value=(answer.id) checked[answers.chose(&question.id, &answer.id)];
                        " " span { (label(answer)) }
                    }
                }
            },
            AnswerForm::Treatments => fieldset.field {
                legend { (ask_it) }
                @if !question.answers.is_empty() {
                    select name=(name) aria-label=(question.ask) { (options(None)) }
                }
                details open[answers.get(&question.id).is_some()] {
                    summary { (words.text("sheet.add-treatment")) }
                    (ask::treatments(context, &subject.reading, question))
                }
            },
        }
    }
}

impl Answers {
    /// Takes every question from the fields of the one-screen entry. A question left empty is not answered.
    pub(super) fn take_all(&mut self, bundle: &Bundle, fields: &Fields<'_>) {
        for question in &bundle.content().questions {
            let name = name(question);
            let mut own: Vec<(String, String)> = Vec::new();
            let rows: Vec<String> = question
                .rows
                .iter()
                .map(|row| row_field(&name, row))
                .collect();
            for (key, value) in fields.0 {
                let told = !value.trim().is_empty();
                if (*key == name || rows.contains(key)) && told {
                    own.push((question.id.clone(), value.clone()));
                } else if question.answer == AnswerForm::Treatments && is_of_treatment(key) {
                    own.push((key.clone(), value.clone()));
                }
            }
            self.take(question, &Fields(&own));
            let empty = self
                .get(&question.id)
                .is_some_and(|it| *it == crate::answers::Given::default());
            if empty {
                self.answers.remove(&question.id);
            }
        }
    }
}

/// The fields of the form that adds a treatment; there is one such question.
fn is_of_treatment(key: &str) -> bool {
    matches!(
        key,
        "medicine" | "ended" | "from-year" | "from-month" | "to-year" | "to-month" | "remove"
    )
}

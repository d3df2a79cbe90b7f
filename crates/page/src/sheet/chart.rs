//! Whom a sheet is about: a record that a door has read, the answers of the form, and lines of a written chart.

use crate::answers::{self, Answers};
use crate::respond::{Context, Door};
use crate::{Reading, ask};
use maud::{Markup, html};
use waymark_criteria::Diagnostic;
use waymark_engine::chart::written;

/// Where the facts of a sheet come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// Answers alone.
    Answers,
    /// A record or written chart, perhaps with answers.
    Record,
}

/// Whom a sheet is about.
pub(super) struct Subject<'g> {
    pub(super) reading: Reading<'g>,
    pub(super) answers: Answers,
    /// The text of the field `chart`, as it came.
    pub(super) typed: String,
    /// Why that text could not be read; the sheet then rests on the answers alone.
    pub(super) problems: Vec<Diagnostic>,
}

impl<'g> Subject<'g> {
    /// Reads a request: a record of the door wins; else answers and the lines typed beside them are one chart.
    pub(super) fn of(context: &Context<'g, '_>) -> Self {
        let fields = context.request.fields;
        let mut answers = context.answers();
        if fields.get("entry").is_some() {
            answers.take_all(&context.guide.bundle, &fields);
        }
        let typed = fields.get("chart").unwrap_or("").to_owned();
        if context.request.chart.is_some() || typed.trim().is_empty() {
            return Subject {
                reading: context.reading(answers.clone()),
                answers,
                typed,
                problems: Vec::new(),
            };
        }
        let (guide, today) = (context.guide, context.request.today);
        match written::read(&whole(&typed), &guide.bundle) {
            Err(problems) => Subject {
                reading: Reading::of_answers(guide, answers.clone(), today),
                answers,
                typed,
                problems,
            },
            Ok(_) => {
                let lines = answers::chart_text(&answers, &guide.bundle);
                let both = format!(
                    "{}\n{}",
                    whole(&typed),
                    lines.split_once('\n').map_or("", |it| it.1)
                );
                // What was typed comes first: of two lines that cannot stand together, that of the answers is left out.
                let mut reading = Reading::of_text(guide, both, today);
                reading.answers = answers.clone();
                Subject {
                    reading,
                    answers,
                    typed,
                    problems: Vec::new(),
                }
            }
        }
    }

    /// Where its facts come from.
    pub(super) fn from(context: &Context<'_, '_>) -> From {
        let typed = context.request.fields.get("chart").unwrap_or("");
        if context.request.chart.is_some() || !typed.trim().is_empty() {
            From::Record
        } else {
            From::Answers
        }
    }

    /// The fields that a form of this person carries on. A record stays with the door.
    pub(super) fn hidden(&self, context: &Context<'_, '_>) -> Markup {
        html! {
            input type="hidden" name="state" value=(self.answers.code());
            @if !self.typed.trim().is_empty() { input type="hidden" name="chart" value=(self.typed); }
            // A server keeps nothing: what was pasted comes along.
            @if context.request.door == Door::Server && let Some(record) = context.request.fields.get("record") {
                input type="hidden" name="record" value=(record);
            }
            @for fact in context.request.fields.all("confirmed") { input type="hidden" name="confirmed" value=(fact); }
        }
    }

    /// A button that opens another page on the same person.
    pub(super) fn go(
        &self,
        context: &Context<'_, '_>,
        place: &str,
        class: &str,
        label: &str,
    ) -> Markup {
        html! {
            form method="post" action=(context.href(place)) {
                (self.hidden(context))
                button class=(class) type="submit" { (context.words.text(label)) }
            }
        }
    }
}

/// The text with the first line that the format asks for.
fn whole(typed: &str) -> String {
    if written::looks_like_written(typed) {
        typed.to_owned()
    } else {
        format!("chart 1\n{typed}")
    }
}

/// What of a typed chart could not be read: line, message, help.
pub(super) fn problems(context: &Context<'_, '_>, subject: &Subject<'_>) -> Markup {
    let words = context.words;
    let text = whole(&subject.typed);
    // The line that `whole` put in front is not the reader's.
    let added = text
        .lines()
        .count()
        .saturating_sub(subject.typed.lines().count());
    html! {
        @if !subject.reading.left_out.is_empty() {
            p.notice { (words.text("check.left-out")) }
        }
        @if !subject.problems.is_empty() {
            div.notice role="alert" {
                p { strong { (words.count("sheet.problems", subject.problems.len())) } }
                ul {
                    @for problem in &subject.problems {
                        li {
                            @let start = problem.span.map_or(0, |span| span.start);
                            @let before = text.get(..start).unwrap_or("");
                            @let line = before.matches('\n').count() + 1;
                            (words.fill("sheet.problem-line", &[("n", &line.saturating_sub(added).max(1).to_string())])) ": "
                            span lang="en" {
                                (problem.message)
                                @if let Some(help) = &problem.help { " (" (help) ")" }
                            }
                        }
                    }
                }
                (subject.go(context, "clinician/entry", "link", "sheet.edit"))
            }
        }
    }
}

/// The questions of the knowledge in their order, those of the start page first.
pub(super) fn questions<'g>(
    context: &Context<'g, '_>,
) -> Vec<&'g waymark_engine::bundle::Question> {
    let mut questions: Vec<_> = context.guide.bundle.content().questions.iter().collect();
    questions.sort_by_key(|question| (question.order, &question.id));
    questions
}

/// An answer in the person's words.
pub(super) fn answered(
    context: &Context<'_, '_>,
    question: &waymark_engine::bundle::Question,
    given: &crate::answers::Given,
) -> Markup {
    ask::told(context, question, given)
}

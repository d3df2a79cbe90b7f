//! The clinician sheet: one screen to trust or reject in a minute, every number with its source.

mod board;
mod chart;
mod criteria;
mod entry;
mod evidence;
mod facts;
mod import;
mod panels;
mod regimens;
mod settle;
mod text;

pub(crate) use entry::entry;
pub use text::chart_text;

use crate::cite::Notes;
use crate::respond::{Context, Page};
use crate::{Answers, Reading};
use chart::Subject;
use maud::{Markup, html};

/// What a sheet is made of.
pub(crate) struct Sheet<'c, 'g, 'r> {
    pub(crate) context: &'c Context<'g, 'r>,
    pub(crate) reading: &'c Reading<'g>,
    /// Sources cited so far.
    pub(crate) notes: Notes,
    /// Facts that the reader of the sheet confirmed.
    pub(crate) confirmed: Vec<&'r str>,
    /// Whether each regimen stands in full below the sheet.
    pub(crate) with_appendix: bool,
}

/// The sheet. A form of the one-screen entry that only adds or removes a treatment is shown again instead.
pub(crate) fn page(context: &Context<'_, '_>) -> Page {
    let fields = context.request.fields;
    if fields.get("go") == Some("again") || fields.get("remove").is_some() {
        return entry(context);
    }
    let subject = Subject::of(context);
    let words = context.words;
    Page {
        status: 200,
        title: words.text("sheet.title").to_owned(),
        kind: "sheet",
        answers: subject.answers.clone(),
        main: html! {
            h1 { (words.text("sheet.title")) }
            div.actions {
                (subject.go(context, "clinician/entry", "secondary", "sheet.edit"))
                (subject.go(context, "clinician/text", "secondary", "sheet.as-text"))
                (subject.go(context, "clinician/json", "secondary", "sheet.as-json"))
                form method="post" action=(context.href("clinician")) {
                    (subject.hidden(context))
                    button.secondary type="submit" name="appendix" value="print" { (words.text("sheet.with-appendix")) }
                }
            }
            div #live { (body(context, subject)) }
        },
    }
}

/// The sheet below its heading: the part that follows the entry live.
fn body(context: &Context<'_, '_>, subject: Subject<'_>) -> Markup {
    let problems = chart::problems(context, &subject);
    let form = subject.hidden(context);
    let reading = subject.reading;
    let with_appendix = context.request.fields.get("appendix").is_some();
    let of = |notes| Sheet {
        context,
        notes,
        with_appendix,
        confirmed: context.request.fields.all("confirmed").collect(),
        reading: &reading,
    };
    let sheet = of(Notes::default());
    let words = context.words;
    html! {
        p.notice { strong { (words.text("sheet.line")) } }
        @for notice in &sheet.reading.assessment.notices { p.notice lang="en" { (notice) } }
        (problems)
        @if !with_appendix { (board::board(&of(Notes::with("board-")))) }
        div.screen[!with_appendix] {
        (import::line(&sheet))
        (facts::strip(&sheet, &form))
        (panels::matters(&sheet))
        (settle::table(&sheet))
        (regimens::table(&sheet))
        (panels::brain(&sheet))
        (panels::hormone(&sheet))
        (panels::trials(&sheet))
        (panels::questions(&sheet))
        (import::told(&sheet))
        (panels::not_covered(&sheet))
        section aria-labelledby="h-notes" {
            h2 #h-notes { (words.text("sheet.notes")) }
            (sheet.notes.list(context))
        }
        (foot(&sheet, "h-knowledge"))
        }
        // Made only where it is asked for: dozens of pages, and two thirds of the bytes.
        @if with_appendix {
            div.appendix {
                (regimens::details(&sheet))
                section aria-labelledby="h-more-notes" {
                    h2 #h-more-notes { (words.text("sheet.more-notes")) }
                    (sheet.notes.list(context))
                }
            }
        }
    }
}

impl Sheet<'_, '_, '_> {
    /// A section with its heading.
    fn section(&self, id: &str, body: &Markup) -> Markup {
        html! {
            section id=(id) aria-labelledby={ "h-" (id) } {
                h2 id={ "h-" (id) } { (self.context.words.text(&format!("sheet.{id}"))) }
                (body)
            }
        }
    }

    /// The note of a source.
    fn cite(&self, id: &str) -> Markup {
        self.notes.cite(self.context, id, false)
    }

    /// The name of a regimen, linked to its details where they stand on this sheet.
    fn regimen_link(&self, id: &str) -> Markup {
        let name = crate::result::name(self.context, self.reading, id);
        html! {
            @if self.with_appendix { a href={ "#regimen-" (id) } { (name) } } @else { (name) }
        }
    }
}

/// The knowledge behind the sheet, and where to say that it is wrong.
fn foot(sheet: &Sheet<'_, '_, '_>, id: &str) -> Markup {
    let (context, words) = (sheet.context, sheet.context.words);
    let assessment = &sheet.reading.assessment;
    let (knowledge, by) = (&assessment.knowledge, &assessment.attributes);
    let reviews = context.guide.bundle.reviews();
    let due = reviews.iter().map(|(_, review)| &*review.due).min();
    let signed = reviews
        .iter()
        .filter(|(_, review)| !review.reviewers.is_empty());
    let (signed, all) = (signed.count().to_string(), reviews.len().to_string());
    html! {
        section.knowledge aria-labelledby=[(!id.is_empty()).then_some(id)] {
            h2 id=[(!id.is_empty()).then_some(id)] { (words.text("sheet.knowledge")) }
            p {
                (words.fill("sheet.version", &[
                    ("version", &knowledge.version),
                    ("date", &words.date(&by.released)),
                    ("engine", &assessment.engine),
                    ("as-of", &assessment.as_of),
                    ("record", words.text(&format!("sheet.record-{}", assessment.record.replace(' ', "-")))),
                ]))
            }
            p.small { span lang="en" { (knowledge.hash) } }
            p {
                (words.fill("sheet.signed", &[("n", &signed), ("of", &all)]))
                @if let Some(due) = due { " " (words.fill("changes.due", &[("date", &words.date(due))])) }
            }
            @if !knowledge.overdue.is_empty() {
                p.notice {
                    (words.text("sheet.overdue")) " "
                    @for (place, entry) in knowledge.overdue.iter().enumerate() { @if place > 0 { ", " } (entry.id) " (" (words.date(&entry.due)) ")" }
                }
            }
            p { (crate::trust::report(context)) }
            p { strong { (words.text("sheet.line")) } }
        }
    }
}

/// The word of a closed list of the knowledge, as its files write it.
fn word(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

/// The assessment behind the sheet as a file: what `waymark assess --format json` prints.
pub(crate) fn json(context: &Context<'_, '_>) -> (String, Answers) {
    let subject = Subject::of(context);
    let mut assessment = subject.reading.assessment;
    for regimen in &mut assessment.regimens {
        regimen.evidence = None;
    }
    // Strings, numbers and lists: serialising them cannot fail.
    let text = serde_json::to_string_pretty(&assessment).unwrap_or_default();
    (text + "\n", subject.answers)
}

/// The text for a chart, to be copied.
pub(crate) fn text(context: &Context<'_, '_>) -> Page {
    let words = context.words;
    let subject = Subject::of(context);
    let text = chart_text(&subject.reading);
    let length = text.chars().count().to_string();
    Page {
        status: 200,
        title: words.text("sheet.text-title").to_owned(),
        kind: "sheet",
        main: html! {
            h1 { (words.text("sheet.text-title")) }
            p { (words.fill("sheet.text-lead", &[("n", &length)])) }
            (chart::problems(context, &subject))
            label for="chart-text" { (words.text("sheet.text-title")) }
            textarea #chart-text lang="en" readonly rows="24" cols="80" { (text) }
            p { button.primary #copy type="button" data-copy="chart-text" { (words.text("sheet.copy")) } }
            (subject.go(context, "clinician", "secondary", "sheet.back"))
        },
        answers: subject.answers,
    }
}

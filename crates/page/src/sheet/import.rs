//! What of a record was used, what was not and why: nothing is dropped silently.

use super::Sheet;
use super::chart::{From, Subject};
use maud::{Markup, html};

/// How much of a record was used, in one line.
pub(super) fn line(sheet: &Sheet<'_, '_, '_>) -> Markup {
    let words = sheet.context.words;
    html! {
        @if Subject::from(sheet.context) == From::Record {
            p { (counts(sheet)) " " a href="#import" { (words.text("sheet.import-more")) } }
        }
    }
}

fn counts(sheet: &Sheet<'_, '_, '_>) -> String {
    let import = &sheet.reading.assessment.import;
    sheet.context.words.fill(
        "sheet.import-counts",
        &[
            ("records", &import.records.to_string()),
            ("used", &import.used.to_string()),
            ("ignored", &import.ignored.len().to_string()),
        ],
    )
}

pub(super) fn told(sheet: &Sheet<'_, '_, '_>) -> Markup {
    if Subject::from(sheet.context) == From::Answers {
        return html! {};
    }
    let words = sheet.context.words;
    let import = &sheet.reading.assessment.import;
    sheet.section("import", &html! {
        p { (counts(sheet)) }
        @if !import.notes.is_empty() {
            p { strong { (words.text("sheet.import-notes")) } }
            ul lang="en" { @for note in &import.notes { li { (note.record) ": " (note.message) } } }
        }
        details {
            summary { (words.text("sheet.import-used")) }
            ul lang="en" {
                @for read in &import.read {
                    li {
                        (read.record) ": " (read.gave)
                        @if !read.facts.is_empty() { " → " (read.facts.join(", ")) }
                        @if let Some(unused) = &read.unused { " (" (unused) ")" }
                    }
                }
            }
        }
        @if !import.ignored.is_empty() {
            details {
                summary { (words.text("sheet.import-ignored")) }
                ul lang="en" { @for ignored in &import.ignored { li { (ignored.record) ": " (ignored.reason) } } }
            }
        }
    })
}

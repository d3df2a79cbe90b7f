//! Which missing result would change most, and how it is usually got.

use super::Sheet;
use maud::{Markup, html};
use waymark_engine::wire::Text;

pub(super) fn table(sheet: &Sheet<'_, '_, '_>) -> Markup {
    let words = sheet.context.words;
    let settle = &sheet.reading.assessment.settle;
    let facts = &sheet.context.guide.bundle.content().facts;
    let head = [
        "sheet.settle-fact",
        "sheet.settle-how",
        "sheet.settle-decides",
        "sheet.settle-may",
    ]
    .map(|key| words.text(key));
    sheet.section("settle", &html! {
        @if settle.is_empty() {
            p { (words.text("sheet.settle-none")) }
        } @else {
            p { (words.text("sheet.settle-lead")) }
            div.scroll tabindex="0" role="group" aria-labelledby="h-settle" {
                table.stack {
                    thead { tr { @for cell in head { th scope="col" { (cell) } } } }
                    tbody {
                        @for row in settle {
                            @let entry = facts.iter().find(|it| it.id == row.fact);
                            tr data-fact=(row.fact) {
                                th scope="row" data-label=(head[0]) {
                                    @match entry {
                                        Some(entry) => {
                                            (words.span(words.said("fact", &entry.id, "label", &entry.label)))
                                            p.small { (words.span(words.said("fact", &entry.id, "question", &entry.question))) }
                                        }
                                        None => (row.fact),
                                    }
                                }
                                td data-label=(head[1]) {
                                    @if let Some(entry) = entry {
                                        (words.span(words.said("fact", &entry.id, "how", &entry.how)))
                                        @for source in &entry.sources { (sheet.cite(source)) }
                                    }
                                }
                                td data-label=(head[2]) { (regimens(sheet, &row.would_decide)) }
                                td data-label=(head[3]) { (regimens(sheet, &row.may_decide)) }
                            }
                        }
                    }
                }
            }
        }
    })
}

fn regimens(sheet: &Sheet<'_, '_, '_>, ids: &[Text]) -> Markup {
    html! {
        @if ids.is_empty() {
            (sheet.context.words.text("sheet.none"))
        } @else {
            @for (place, id) in ids.iter().enumerate() { @if place > 0 { "; " } (sheet.regimen_link(id)) }
        }
    }
}

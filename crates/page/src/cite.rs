//! The sources of what a page says: numbered notes on a sheet, links to the page of sources elsewhere.

use crate::respond::Context;
use maud::{Markup, html};
use std::cell::{Cell, RefCell};
use waymark_engine::bundle::{SourceEntry, Status};

/// The sources that a page has cited so far, each with the number under which it stands at its end.
#[derive(Default)]
pub(crate) struct Notes {
    /// What the ids of these notes begin with, where a page has several lists.
    prefix: &'static str,
    ids: RefCell<Vec<String>>,
    /// How many of them stand in a list already.
    listed: Cell<usize>,
}

impl Notes {
    /// Notes whose ids begin with a text of their own.
    pub(crate) fn with(prefix: &'static str) -> Self {
        Notes {
            prefix,
            ..Notes::default()
        }
    }

    /// A link to the note of a source; `unverified` says that what it stands behind rests on memory.
    pub(crate) fn cite(&self, context: &Context<'_, '_>, id: &str, unverified: bool) -> Markup {
        let words = context.words;
        let mut ids = self.ids.borrow_mut();
        let number = match ids.iter().position(|it| it == id) {
            Some(place) => place + 1,
            None => {
                ids.push(id.to_owned());
                ids.len()
            }
        };
        let number = number.to_string();
        html! {
            @if unverified { " " span.unverified { (words.text("sources.unverified")) } }
            " "
            a.note href={ "#" (self.prefix) "note-" (number) } data-source=(id) aria-label=(words.fill("sources.number", &[("n", &number)])) { "[" (number) "]" }
        }
    }

    /// How many sources were cited.
    pub(crate) fn count(&self) -> usize {
        self.ids.borrow().len()
    }

    /// The notes that stand in no list yet, in the order in which they were cited.
    pub(crate) fn list(&self, context: &Context<'_, '_>) -> Markup {
        let ids = self.ids.borrow();
        let listed = self.listed.replace(ids.len());
        html! {
            ol.notes start=(listed + 1) {
                @for (number, id) in (1..).zip(ids.iter()).skip(listed) {
                    li id={ (self.prefix) "note-" (number) } data-source=(id) {
                        @match context.guide.bundle.source(id) {
                            Some(source) => (told(context, source)),
                            None => (id),
                        }
                    }
                }
            }
        }
    }
}

/// A link to a source on the page of sources.
pub(crate) fn linked(context: &Context<'_, '_>, id: &str, unverified: bool) -> Markup {
    let words = context.words;
    let source = context.guide.bundle.source(id);
    html! {
        span.source {
            a href={ (context.href("sources")) "#" (id) } {
                @match source {
                    Some(source) => { (source.publisher) ", " (words.date(&source.date)) }
                    None => (id),
                }
            }
            @if unverified { " " span.unverified { (words.text("sources.unverified")) } }
        }
    }
}

/// A source in one line: title, publisher, date, where it can be read.
pub(crate) fn told(context: &Context<'_, '_>, source: &SourceEntry) -> Markup {
    let words = context.words;
    let status = match source.status {
        Status::Confirmed => "sources.confirmed",
        Status::Single => "sources.single",
        Status::Memory => "sources.memory",
    };
    html! {
        cite lang="en" { (source.title) } ". " (source.publisher) ", " (words.date(&source.date)) ". "
        @if let Some(url) = &source.url { a href=(url) rel="noreferrer" { (words.text("sources.open")) } " " }
        span.small { (words.text(status)) }
    }
}

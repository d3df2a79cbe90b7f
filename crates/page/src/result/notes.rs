//! Sources as numbered notes: a number where something is said, the source with its date at the end.

use crate::Words;
use maud::{Markup, html};
use std::cell::RefCell;
use waymark_engine::Bundle;

/// The sources named so far, in the order in which they were first named.
#[derive(Default)]
pub(crate) struct Notes {
    named: RefCell<Vec<String>>,
}

impl Notes {
    /// The number of a source, as a link to its note.
    pub(crate) fn mark(&self, words: Words<'_>, source: &str) -> Markup {
        let number = self.number(source).to_string();
        html! {
            sup.note {
                a href={ "#note-" (number) } data-source=(source) aria-label=(words.fill("result.source-number", &[("n", &number)])) { (number) }
            }
        }
    }

    fn number(&self, source: &str) -> usize {
        let mut named = self.named.borrow_mut();
        let known = named.iter().position(|it| it == source);
        let place = known.unwrap_or_else(|| {
            named.push(source.to_owned());
            named.len() - 1
        });
        place + 1
    }

    /// The notes; to be written last.
    pub(crate) fn list(&self, words: Words<'_>, bundle: &Bundle) -> Markup {
        html! {
            ol.notes {
                @for (number, id) in (1..).zip(self.named.borrow().iter()) {
                    li id={ "note-" (number) } data-source=(id) {
                        @match bundle.source(id) {
                            Some(source) => {
                                @match &source.url {
                                    Some(url) => a href=(url) rel="noreferrer" lang="en" { (source.title) },
                                    None => span lang="en" { (source.title) },
                                }
                                ". " (source.publisher) ", " (words.date(&source.date)) "."
                            }
                            None => (id),
                        }
                    }
                }
            }
        }
    }
}

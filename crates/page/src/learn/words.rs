//! What words mean.

use super::prose;
use crate::cite;
use crate::respond::Context;
use maud::{Markup, html};

/// Words that reports and letters use, by the key of their wordings: `learn.term-X` and `learn.means-X`.
const TERMS: [&str; 20] = [
    "adjuvant",
    "antibody",
    "adc",
    "biopsy",
    "biosimilar",
    "blood-brain-barrier",
    "chemotherapy",
    "cns",
    "endocrine",
    "growth",
    "her2",
    "hormone-receptor",
    "ihc",
    "indication",
    "ish",
    "line",
    "maintenance",
    "metastasis",
    "tki",
    "trial",
];

pub(super) fn list(context: &Context<'_, '_>) -> Markup {
    let words = context.words;
    html! {
        dl.words {
            @for term in TERMS {
                div id={ "word-" (term) } {
                    dt { (words.text(&format!("learn.term-{term}"))) }
                    dd { (words.text(&format!("learn.means-{term}"))) }
                }
            }
        }
    }
}

/// Facts on the cancer that a page explains, each with its question and how the answer is usually got.
pub(super) fn facts(context: &Context<'_, '_>, ids: &[&str]) -> Markup {
    let words = context.words;
    let facts = context.guide.bundle.content().facts.iter();
    let chosen: Vec<_> = facts
        .filter(|fact| ids.contains(&fact.id.as_str()))
        .collect();
    html! {
        @for fact in chosen {
            section.piece id={ "fact-" (fact.id) } {
                h2 { (words.span(words.said("fact", &fact.id, "label", &fact.label))) }
                (prose(context, "fact", &fact.id, &fact.text))
                p {
                    strong { (words.span(words.ask(fact))) } " "
                    (words.span(words.said("fact", &fact.id, "how", &fact.how)))
                }
                p.small { @for source in &fact.sources { (cite::linked(context, source, false)) " " } }
            }
        }
    }
}

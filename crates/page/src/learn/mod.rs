//! Topics for everyone, the same whatever was answered: they read well without scripts.

mod guidance;
mod medicines;
mod regimens;
mod trials;
mod words;

pub(crate) use guidance::graded;
pub(crate) use trials::registry;

use crate::ask;
use crate::respond::{Context, Page};
use maud::{Markup, html};
use waymark_engine::bundle::Theme;

/// What a topic is made of.
#[derive(Clone, Copy)]
enum Part {
    /// The guidance that is read there.
    Guidance(&'static [Theme]),
    /// Guidance that no topic names.
    Remaining,
    /// The worded facts on the cancer that it explains.
    Facts(&'static [&'static str]),
    /// Every regimen with its approved uses.
    Regimens,
    /// Every medicine.
    Medicines,
    /// Every trial.
    Trials,
    /// The words list.
    Words,
}

/// A topic.
struct Topic {
    id: &'static str,
    parts: &'static [Part],
}

/// Every topic, in the order of a course of care.
const TOPICS: [Topic; 10] = [
    Topic {
        id: "kinds",
        parts: &[
            Part::Guidance(&[Theme::Kinds]),
            Part::Facts(&["metastatic", "subtype", "her2-status", "hr-status"]),
        ],
    },
    Topic {
        id: "testing",
        parts: &[Part::Guidance(&[Theme::Testing])],
    },
    Topic {
        id: "order",
        parts: &[Part::Guidance(&[Theme::Order]), Part::Regimens],
    },
    Topic {
        id: "medicines",
        parts: &[Part::Medicines],
    },
    Topic {
        id: "hormone",
        parts: &[Part::Guidance(&[Theme::Hormone])],
    },
    Topic {
        id: "brain",
        parts: &[Part::Guidance(&[Theme::Brain]), Part::Facts(&["cns-state"])],
    },
    Topic {
        id: "trials",
        parts: &[Part::Guidance(&[Theme::Trials]), Part::Trials],
    },
    Topic {
        id: "checks",
        parts: &[
            Part::Guidance(&[Theme::Checks, Theme::Digestion, Theme::Bones]),
            Part::Remaining,
        ],
    },
    Topic {
        id: "support",
        parts: &[Part::Guidance(&[
            Theme::Support,
            Theme::Call,
            Theme::Pregnancy,
        ])],
    },
    Topic {
        id: "words",
        parts: &[Part::Words],
    },
];

/// The paths of all topics.
pub(crate) fn paths() -> impl Iterator<Item = String> {
    std::iter::once("learn".to_owned()).chain(TOPICS.iter().map(|it| format!("learn/{}", it.id)))
}

/// The list of topics, or one of them.
pub(crate) fn page(context: &Context<'_, '_>, id: &str) -> Page {
    if id.is_empty() {
        return list(context);
    }
    let Some(place) = TOPICS.iter().position(|it| it.id == id) else {
        return ask::not_found(context);
    };
    let Some(topic) = TOPICS.get(place) else {
        return ask::not_found(context);
    };
    let words = context.words;
    let title = words.text(&format!("learn.{id}")).to_owned();
    Page {
        status: 200,
        main: html! {
            p.topics {
                a href=(context.href("learn")) { (words.text("learn.all")) }
            }
            h1 { (title) }
            p.lead { (words.text(&format!("learn.{id}-lead"))) }
            p.small { (words.text("learn.not-tailored")) " " a href=(context.href("")) { (words.text("learn.tailor")) } }
            @for part in topic.parts { (body(context, *part)) }
            nav.next aria-label=(words.text("learn.next")) {
                @if let Some(next) = TOPICS.get(place + 1) {
                    a href=(context.href(&format!("learn/{}", next.id))) {
                        (words.text("learn.next")) ": " (words.text(&format!("learn.{}", next.id)))
                    }
                }
            }
        },
        title,
        kind: "text",
        answers: context.answers(),
    }
}

fn list(context: &Context<'_, '_>) -> Page {
    let words = context.words;
    Page {
        status: 200,
        title: words.text("learn.title").to_owned(),
        kind: "text",
        main: html! {
            h1 { (words.text("learn.title")) }
            p.lead { (words.text("learn.lead")) }
            (topics(context))
        },
        answers: context.answers(),
    }
}

/// The topics as a list of links, each with one line.
fn topics(context: &Context<'_, '_>) -> Markup {
    let words = context.words;
    html! {
        ul.topics {
            @for topic in &TOPICS {
                li {
                    a href=(context.href(&format!("learn/{}", topic.id))) { (words.text(&format!("learn.{}", topic.id))) }
                    p { (words.text(&format!("learn.{}-lead", topic.id))) }
                }
            }
        }
    }
}

fn body(context: &Context<'_, '_>, part: Part) -> Markup {
    match part {
        Part::Guidance(themes) => guidance::of(context, |theme| {
            theme.is_some_and(|theme| themes.contains(&theme))
        }),
        Part::Remaining => guidance::of(context, |theme| {
            let named = |theme: &Theme| {
                let parts = TOPICS.iter().flat_map(|topic| topic.parts);
                parts.into_iter().any(|part| match part {
                    Part::Guidance(themes) => themes.contains(theme),
                    Part::Remaining
                    | Part::Facts(_)
                    | Part::Regimens
                    | Part::Medicines
                    | Part::Trials
                    | Part::Words => false,
                })
            };
            !theme.as_ref().is_some_and(named)
        }),
        Part::Facts(ids) => words::facts(context, ids),
        Part::Regimens => regimens::all(context),
        Part::Medicines => medicines::all(context),
        Part::Trials => trials::all(context),
        Part::Words => words::list(context),
    }
}

/// Prose of an entry: paragraphs with blank lines between them.
pub(crate) fn prose(context: &Context<'_, '_>, kind: &str, id: &str, english: &str) -> Markup {
    let words = context.words;
    let said = words.said(kind, id, "text", english);
    html! {
        @for paragraph in said.text.split("\n\n").filter(|it| !it.trim().is_empty()) {
            p { (words.span(crate::Said { text: paragraph, ..said })) }
        }
    }
}

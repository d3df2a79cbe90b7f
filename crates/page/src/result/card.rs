//! One card for every way to go on: the same parts in the same order, whatever it is.

use super::options::status;
use super::view::{Answered, View, medicines, of_guidance, of_regimen, on};
use super::{drug, name, numbers, why};
use crate::Status;
use maud::{Markup, html};
use std::sync::Arc;
use waymark_criteria::SortedSet;
use waymark_engine::Bundle;
use waymark_engine::bundle::{self, Topic};
use waymark_engine::wire::{self, Truth};

/// What makes a card.
struct Parts<'g> {
    id: String,
    name: Markup,
    status: Option<Status>,
    /// The reason in one line.
    line: Markup,
    /// What kind of treatment it is, and its brands.
    kind: Markup,
    why: Markup,
    /// How its medicines work.
    works: Markup,
    /// What must be thought of before, because of something known of the person: in sight on the closed card.
    first: Markup,
    cautions: Markup,
    /// Questions to the team.
    asks: Vec<Markup>,
    answers: Vec<Answered<'g>>,
}

/// For whom a caution holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// For this person, because of something known of them.
    Told,
    /// For everyone who has the medicine.
    Everyone,
    /// For some people; whether for this one cannot be told.
    Open,
}

/// Cautions that hold or may hold, each with the key of its heading.
pub(crate) const CAUTIONS: [(&str, Holds); 3] = [
    ("card.cautions-told", Holds::Told),
    ("card.cautions", Holds::Everyone),
    ("card.cautions-open", Holds::Open),
];

/// The card of a therapy.
pub(super) fn regimen(view: &View<'_, '_, '_>, regimen: &wire::Regimen, status: Status) -> Markup {
    let words = view.words();
    let Some(entry) = view.bundle().regimen(&regimen.id) else {
        return html! {};
    };
    let medicines = medicines(view.bundle(), entry);
    let line = why::line(view, regimen, status);
    card(
        view,
        &Parts {
            id: regimen.id.to_string(),
            name: html! { (name(view.context, view.reading, &regimen.id)) },
            status: Some(status),
            line,
            kind: drug::kinds(view, &medicines),
            why: why::list(view, regimen),
            works: drug::works(view, entry),
            first: html! {
                @if let Some(list) = cautions(view, regimen, Holds::Told) {
                    div.first { p { strong { (words.text("card.cautions-told")) } } (list) }
                }
            },
            cautions: html! {
                @for (key, holds) in CAUTIONS.into_iter().filter(|(_, holds)| *holds != Holds::Told) {
                    @if let Some(list) = cautions(view, regimen, holds) { h5 { (words.text(key)) } (list) }
                }
            },
            asks: asks(view, regimen)
                .into_iter()
                .map(|it| words.span(it))
                .collect(),
            answers: of_regimen(view.bundle(), entry),
        },
    )
}

/// The card of a way to go on that is no medicine.
pub(super) fn guidance(view: &View<'_, '_, '_>, guidance: &wire::Guidance) -> Markup {
    let words = view.words();
    let Some(entry) = view.guidance(&guidance.id) else {
        return html! {};
    };
    let statement = words.said("guidance", &entry.id, "statement", &entry.statement);
    card(
        view,
        &Parts {
            id: entry.id.clone(),
            name: html! { (words.text(&format!("options.{}", entry.id))) },
            status: None,
            line: html! { (words.span(statement)) (view.cite(&entry.source, entry.status == bundle::Status::Memory)) },
            kind: html! {},
            why: html! { p { (words.text(if guidance.verdict == Truth::True { "card.why-everyone" } else { "card.why-perhaps" })) } },
            works: html! {},
            first: html! {},
            cautions: html! {},
            asks: Vec::new(),
            answers: of_guidance(entry),
        },
    )
}

fn card(view: &View<'_, '_, '_>, parts: &Parts<'_>) -> Markup {
    let words = view.words();
    let part = |key: &str, body: Markup| {
        html! {
            h5 { (words.text(&format!("card.{key}"))) }
            (body)
        }
    };
    let like = [
        ("how-given", Topic::HowGiven),
        ("time-it-takes", Topic::TimeItTakes),
        ("what-people-notice", Topic::WhatPeopleNotice),
        ("daily-life", Topic::DailyLife),
    ];
    html! {
        article.card id={ "card-" (parts.id) } data-status=[parts.status.map(Status::word)] {
            h4 { (parts.name) }
            @if let Some(word) = parts.status { p { (status(view, word)) } }
            p.line { (parts.line) }
            (parts.kind)
            (parts.first)
            label.tick.screen {
                input type="checkbox" name="option" value=(parts.id) form="compare";
                span { (words.text("card.pick")) span.visually-hidden { ": " (parts.name) } }
            }
            details {
                summary { (words.text("card.more")) span.visually-hidden { ": " (parts.name) } }
                (part("why", parts.why.clone()))
                (parts.works)
                div.panels {
                    div data-panel="gain" { (part("gain", answers(view, &parts.answers, Topic::MayGain))) }
                    div data-panel="face" { (part("face", answers(view, &parts.answers, Topic::MayFace))) }
                }
                h5 { (words.text("card.like")) }
                dl.facts {
                    @for (key, topic) in like {
                        @if !on(&parts.answers, topic).is_empty() {
                            div {
                                dt { (words.text(&format!("card.{key}"))) }
                                dd { (answers(view, &parts.answers, topic)) }
                            }
                        }
                    }
                }
                (part("how-studied", answers(view, &parts.answers, Topic::HowStudied)))
                (part("unknown", answers(view, &parts.answers, Topic::NotKnown)))
                (parts.cautions)
                @if !on(&parts.answers, Topic::WhenToCall).is_empty() {
                    (part("call", answers(view, &parts.answers, Topic::WhenToCall)))
                }
                h5 { (words.text("card.ask")) }
                ul.asks {
                    @for ask in &parts.asks { li { (ask) } }
                    li { (words.text("card.ask-general")) }
                }
            }
        }
    }
}

/// The plain answers on a topic, as deep as the reader went; what is silent says so.
pub(crate) fn answers<'g>(view: &View<'_, 'g, '_>, all: &[Answered<'g>], topic: Topic) -> Markup {
    let words = view.words();
    let mut shown = on(all, topic);
    shown.retain(|it| view.depth.shows(it.about.layer));
    shown.sort_by_key(|it| it.about.layer);
    html! {
        @if shown.is_empty() {
            p { (words.text("card.silent")) }
        } @else {
            ul {
                @for it in shown {
                    li data-layer=[it.about.layer.map(numbers::layer_word)] {
                        (words.span(view.answer(it)))
                        (view.cite(&it.about.source, it.about.status == bundle::Status::Memory))
                        @if it.about.layer == Some(bundle::Layer::HowOften) && let Some(number) = numbers::in_hundred(&it.about.text) {
                            (numbers::hundred(number))
                        }
                    }
                }
            }
        }
    }
}

/// Whether a caution applies because of something known of this person, and not to everyone who has the medicine.
pub(crate) fn is_personal(view: &View<'_, '_, '_>, caution: &wire::Caution) -> bool {
    holds(view.bundle(), caution) == Some(Holds::Told)
}

/// For whom a caution holds; nothing where it does not hold for this person.
pub(crate) fn holds(bundle: &Bundle, caution: &wire::Caution) -> Option<Holds> {
    match (caution.verdict, bundle.program().root(&caution.id)) {
        (Truth::True, Some(_)) => Some(Holds::Told),
        (Truth::True, None) => Some(Holds::Everyone),
        (Truth::Unknown, _) => Some(Holds::Open),
        (Truth::False, _) => None,
    }
}

/// What is known of this person that a caution holds for, in a few words: "You said: heart failure."
fn because(view: &View<'_, '_, '_>, caution: &wire::Caution) -> Option<String> {
    let (words, bundle) = (view.words(), view.bundle());
    let root = bundle.program().root(&caution.id)?;
    let facts = bundle.program().facts_of(root);
    let known: Vec<String> = facts
        .into_iter()
        .filter_map(|index| {
            let entry = bundle.fact(index);
            let label = words.said("fact", &entry.id, "label", &entry.label).text;
            match view.reading.fact(&entry.id)?.value {
                wire::Scalar::Null => None,
                wire::Scalar::Boolean(false) => {
                    Some(words.fill("card.because-not", &[("what", label)]))
                }
                wire::Scalar::Boolean(true) | wire::Scalar::Integer(_) | wire::Scalar::Text(_) => {
                    Some(label.to_owned())
                }
            }
        })
        .collect();
    let key = match view.context.request.chart {
        Some(_) => "card.because-record",
        None => "card.because-told",
    };
    (!known.is_empty()).then(|| words.fill(key, &[("what", &known.join(", "))]))
}

/// What must be thought of before, for whom it is to be shown.
pub(crate) fn cautions(
    view: &View<'_, '_, '_>,
    regimen: &wire::Regimen,
    shown: Holds,
) -> Option<Markup> {
    let words = view.words();
    let all = regimen.cautions.iter().map(Arc::as_ref);
    let of = |it: &&wire::Caution| holds(view.bundle(), it) == Some(shown);
    let found: Vec<&wire::Caution> = all.filter(of).collect();
    (!found.is_empty()).then(|| {
        html! {
            ul.cautions {
                @for caution in &found {
                    li {
                        @if shown == Holds::Told && let Some(because) = because(view, caution) { (because) " " }
                        @if caution.severity != "caution" { strong { (words.text(&format!("card.{}", caution.severity))) ": " } }
                        (caution_said(view, regimen, caution))
                        (view.cite(&caution.source, caution.unverified))
                    }
                }
            }
        }
    })
}

/// A caution in the reader's language, beside its English where the translation is a draft.
pub(crate) fn caution_said(
    view: &View<'_, '_, '_>,
    regimen: &wire::Regimen,
    caution: &wire::Caution,
) -> Markup {
    let words = view.words();
    let field = format!("cautions.{}.text", caution.id);
    let (kind, id, all) = match &caution.medicine {
        Some(medicine) => match view.bundle().medicine(medicine) {
            Some(entry) => ("medicine", &entry.id, &entry.cautions),
            None => return html! { (caution.text) },
        },
        None => match view.bundle().regimen(&regimen.id) {
            Some(entry) => ("regimen", &entry.id, &entry.cautions),
            None => return html! { (caution.text) },
        },
    };
    let english = all.iter().find(|it| it.id == caution.id);
    html! {
        @match english {
            Some(entry) => (words.safe(words.said(kind, id, &field, &entry.text))),
            None => (caution.text),
        }
    }
}

/// The questions that would settle what is open of a therapy: its criteria first, then its cautions.
fn asks<'g>(view: &View<'_, 'g, '_>, regimen: &wire::Regimen) -> Vec<crate::Said<'g>> {
    let words = view.words();
    let mut seen = SortedSet::new();
    let mut found = Vec::new();
    if let Some(indication) = regimen.nearest_indication() {
        for question in why::criteria(view, indication)
            .iter()
            .filter_map(|it| it.question)
        {
            if seen.insert(question.text) {
                found.push(question);
            }
        }
    }
    for fact in regimen.cautions.iter().flat_map(|caution| &caution.missing) {
        if let Some(entry) = view.fact(fact) {
            let question = words.ask(entry);
            if seen.insert(question.text) {
                found.push(question);
            }
        }
    }
    found.truncate(5);
    found
}

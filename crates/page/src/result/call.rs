//! Reasons to call the same day: one card on every page, with the number to dial where that is known.

use super::view::{Answered, View, of_guidance};
use maud::{Markup, html};
use std::sync::Arc;
use waymark_criteria::{SortedSet, Truth};
use waymark_engine::bundle::{Card, Status, Theme, Topic};
use waymark_engine::wire;

/// The question on where care is given, and its answer for the United States.
const WHERE: (&str, &str) = ("region", "us");

/// The key of the sentence on emergencies, by where care is given.
pub(crate) fn emergency(view: &View<'_, '_, '_>) -> &'static str {
    let answers = &view.reading.answers;
    let elsewhere = answers
        .get(WHERE.0)
        .is_some_and(|given| !given.chosen.is_empty());
    if answers.chose(WHERE.0, WHERE.1) {
        "call.emergency-us"
    } else if elsewhere {
        "call.emergency-elsewhere"
    } else {
        "call.emergency-anywhere"
    }
}

pub(super) fn call(view: &View<'_, '_, '_>) -> Markup {
    let words = view.words();
    let general = signs(view);
    let medicines = of_medicines(view);
    html! {
        p { strong { (words.text(emergency(view))) } }
        p { (words.text("call.lead")) }
        ul {
            @for it in &general { (sign(view, *it)) }
            @for guidance in statements(view) {
                @if let Some(entry) = view.guidance(&guidance.id) {
                    li {
                        (words.safe(words.said("guidance", &entry.id, "statement", &entry.statement)))
                        (view.cite(&entry.source, entry.status == Status::Memory))
                    }
                }
            }
        }
        @if !medicines.is_empty() {
            p { (words.text("call.medicines")) }
            ul { @for it in &medicines { (sign(view, *it)) } }
        }
        p { (words.text("call.write")) }
        p.rule aria-hidden="true" {}
    }
}

/// When to call, in a sentence or two.
pub(crate) fn in_short(view: &View<'_, '_, '_>) -> Markup {
    let mut all = view.bundle().content().guidance.iter();
    let entry = all.find(|entry| entry.card == Some(Card::WhenToCall));
    html! {
        @if let Some(entry) = entry {
            (view.words().safe(view.words().said("guidance", &entry.id, "statement", &entry.statement)))
        }
    }
}

/// Whether the card stands before everything else.
pub(super) fn is_first(view: &View<'_, '_, '_>) -> bool {
    view.reading.truth("new-neurological-symptoms") == Truth::True
}

fn sign<'g>(view: &View<'_, 'g, '_>, it: Answered<'g>) -> Markup {
    let words = view.words();
    html! {
        li {
            (words.safe(view.answer(it)))
            (view.cite(&it.about.source, it.about.status == Status::Memory))
        }
    }
}

/// Signs that hold for everyone.
fn signs<'g>(view: &View<'_, 'g, '_>) -> Vec<Answered<'g>> {
    let all = view.bundle().content().guidance.iter();
    let cards = all.filter(|entry| entry.card == Some(Card::WhenToCall));
    let mut signs: Vec<_> = cards.flat_map(of_guidance).collect();
    signs.retain(|it| it.about.topic == Topic::WhenToCall);
    signs
}

/// Guidance on calling that holds for this person.
fn statements<'v>(view: &View<'v, '_, '_>) -> Vec<&'v wire::Guidance> {
    let all = view.reading.assessment.guidance.iter().map(Arc::as_ref);
    all.filter(|it| it.verdict == wire::Truth::True)
        .filter(|it| {
            view.guidance(&it.id)
                .is_some_and(|entry| entry.theme == Some(Theme::Call) && entry.card.is_none())
        })
        .collect()
}

/// Signs that belong to the medicines under way.
fn of_medicines<'g>(view: &View<'_, 'g, '_>) -> Vec<Answered<'g>> {
    let courses = view
        .reading
        .lines
        .episodes
        .iter()
        .flat_map(|it| &it.medicines);
    let under_way: SortedSet<&str> = courses
        .filter(|course| course.ongoing || course.ordered)
        .map(|course| &*course.medicine)
        .collect();
    let medicines = under_way.iter().filter_map(|id| view.bundle().medicine(id));
    let mut signs: Vec<Answered<'g>> = medicines
        .flat_map(|medicine| {
            medicine.about.iter().map(|about| Answered {
                kind: "medicine",
                id: &medicine.id,
                about,
            })
        })
        .collect();
    signs.retain(|it| it.about.topic == Topic::WhenToCall && it.about.layer.is_none());
    signs
}

//! Guidance where it is read: what holds for this person, and what may hold.

use super::card::answers;
use super::name;
use super::options::Groups;
use super::view::{View, of_guidance, on};
use crate::Status;
use maud::{Markup, html};
use std::sync::Arc;
use waymark_criteria::Truth;
use waymark_engine::bundle::{self, Card, Theme, Topic};
use waymark_engine::wire;

/// The brain (open where it is part of the answers, else two lines and the rest folded away).
pub(super) fn brain(view: &View<'_, '_, '_>) -> Markup {
    let words = view.words();
    let told = [
        view.reading.truth("brain-metastases"),
        view.reading.truth("leptomeningeal-disease"),
        view.reading.truth("new-neurological-symptoms"),
    ];
    let open = told.contains(&Truth::True);
    html! {
        p { (words.text(if open { "result.brain-open" } else { "result.brain-lead" })) }
        @if !open { p { (words.text("result.brain-choose")) } }
        details open[open] {
            summary { (words.text("result.brain-read")) }
            (themed(view, &[Theme::Brain]))
        }
    }
}

/// Hormone medicines, where the cancer has their receptors or that is not known.
pub(super) fn hormone(view: &View<'_, '_, '_>) -> Option<Markup> {
    let words = view.words();
    let lead = match view.reading.truth("hr-positive") {
        Truth::True => "result.hormone-yes-lead",
        Truth::Unknown => "result.hormone-unknown-lead",
        Truth::False => return None,
    };
    Some(html! {
        p { (words.text(lead)) }
        (themed(view, &[Theme::Hormone]))
    })
}

/// Trials.
pub(super) fn trials(view: &View<'_, '_, '_>, groups: &Groups<'_>) -> Markup {
    let words = view.words();
    html! {
        p { (words.text("result.trials-lead")) }
        (themed(view, &[Theme::Trials]))
        @if view.guidance("clinical-trials").is_some() { p { a href="#card-clinical-trials" { (words.text("result.trials-card")) } } }
        @if let Some(studied) = groups.get(&Status::Trial) {
            p { (words.text("result.trials-studied")) }
            ul { @for regimen in studied { li { a href={ "#card-" (regimen.id) } { (name(view.context, view.reading, &regimen.id)) } } } }
        }
        p { (words.text("result.trials-how")) }
    }
}

/// What is done beside the cancer medicines.
pub(super) fn feeling_well(view: &View<'_, '_, '_>) -> Markup {
    let words = view.words();
    let parts = [
        ("checks", Theme::Checks),
        ("digestion", Theme::Digestion),
        ("bones", Theme::Bones),
        ("pregnancy", Theme::Pregnancy),
        ("support", Theme::Support),
    ];
    html! {
        p { (words.text("result.well-lead")) }
        @for (key, theme) in parts {
            @let found = of_theme(view, &[theme]);
            @if !found.is_empty() {
                details {
                    summary { (words.text(&format!("result.well-{key}"))) }
                    (both(view, &found))
                }
            }
        }
    }
}

/// Everything of some themes that holds or may hold.
pub(super) fn themed(view: &View<'_, '_, '_>, themes: &[Theme]) -> Markup {
    both(view, &of_theme(view, themes))
}

fn of_theme<'v>(view: &View<'v, '_, '_>, themes: &[Theme]) -> Vec<&'v wire::Guidance> {
    let all = view.reading.assessment.guidance.iter().map(Arc::as_ref);
    let mut found: Vec<&wire::Guidance> = all
        .filter(|it| {
            let holds = match it.verdict {
                wire::Truth::True | wire::Truth::Unknown => true,
                wire::Truth::False => false,
            };
            holds
                && view.guidance(&it.id).is_some_and(|entry| {
                    entry.theme.is_some_and(|theme| themes.contains(&theme))
                        && matches!(entry.card, None | Some(Card::Test))
                })
        })
        .collect();
    // What carries a statement of a page is read in the order of that page, the rest behind it.
    found.sort_by_key(|it| {
        let carried = view
            .guidance(&it.id)
            .and_then(|entry| entry.carries.first());
        (carried.is_none(), carried, &it.id)
    });
    found
}

/// How many points that may hold are read without opening them, where none holds.
const FEW: usize = 3;

fn both(view: &View<'_, '_, '_>, found: &[&wire::Guidance]) -> Markup {
    let words = view.words();
    let with = |truth: wire::Truth| {
        let some = found.iter().filter(|it| it.verdict == truth);
        some.copied().collect::<Vec<_>>()
    };
    let (holds, may_hold) = (with(wire::Truth::True), with(wire::Truth::Unknown));
    html! {
        @if !holds.is_empty() {
            ul.guidance data-fits="fits" { @for it in &holds { (item(view, it)) } }
        }
        @if !may_hold.is_empty() {
            @if holds.is_empty() && may_hold.len() <= FEW {
                p { span.sign aria-hidden="true" { "?" } " " strong { (words.text("result.may-hold")) } }
                ul.guidance data-fits="open" { @for it in &may_hold { (item(view, it)) } }
            } @else {
                details {
                    @let key = if holds.is_empty() { "result.may-hold-fold" } else { "result.may-hold-more" };
                    summary { span.sign aria-hidden="true" { "?" } " " (words.count(key, may_hold.len())) }
                    ul.guidance data-fits="open" { @for it in &may_hold { (item(view, it)) } }
                }
            }
        }
    }
}

fn item(view: &View<'_, '_, '_>, guidance: &wire::Guidance) -> Markup {
    let words = view.words();
    let Some(entry) = view.guidance(&guidance.id) else {
        return html! {};
    };
    let all = of_guidance(entry);
    let topics = [
        ("looks-for", Topic::LooksFor),
        ("if-found", Topic::IfFound),
        ("if-not-found", Topic::IfNotFound),
        ("unknown", Topic::NotKnown),
    ];
    let deeper = all.iter().filter(|it| it.about.layer.is_some());
    let deeper: Vec<_> = deeper
        .filter(|it| view.depth.shows(it.about.layer))
        .collect();
    html! {
        li id={ "guidance-" (entry.id) } {
            (words.span(words.said("guidance", &entry.id, "statement", &entry.statement)))
            (view.cite(&entry.source, entry.status == bundle::Status::Memory))
            @for it in deeper {
                " " (words.span(view.answer(*it))) (view.cite(&it.about.source, it.about.status == bundle::Status::Memory))
            }
            @if entry.card == Some(Card::Test) {
                dl.facts {
                    @for (key, topic) in topics {
                        @if !on(&all, topic).is_empty() {
                            div { dt { (words.text(&format!("card.{key}"))) } dd { (answers(view, &all, topic)) } }
                        }
                    }
                }
            }
        }
    }
}

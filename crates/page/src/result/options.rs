//! Every therapy in one of five groups, and ways to go on that are no medicine against HER2.

use super::card;
use super::name;
use super::numbers;
use super::view::View;
use super::why;
use crate::Status;
use crate::ask::go;
use litemap::LiteMap;
use maud::{Markup, html};
use std::sync::Arc;
use waymark_criteria::Truth;
use waymark_engine::bundle::Card;
use waymark_engine::wire;

/// The therapies of each group, in the order of their ids.
pub(crate) type Groups<'r> = LiteMap<Status, Vec<&'r wire::Regimen>>;

pub(super) fn options(view: &View<'_, '_, '_>, groups: &Groups<'_>) -> Markup {
    let words = view.words();
    let some = groups.contains_key(&Status::May);
    let fits = some || groups.contains_key(&Status::Depends);
    html! {
        p { (words.text("options.no-ranking")) }
        (numbers::choice(view, "page", &[]))
        @if !some { (none_yet(view, groups)) }
        @for (status, regimens) in groups {
            section.group id={ "group-" (status.word()) } aria-labelledby={ "h-" (status.word()) } {
                h3 id={ "h-" (status.word()) } { (shape(*status)) (words.text(&format!("status.{}", status.word()))) }
                p { (words.text(&format!("options.about-{}", status.word()))) }
                @let cards = html! { @for regimen in regimens { (card::regimen(view, regimen, *status)) } };
                @if fits && folds(*status) {
                    (names(view, regimens))
                    details { summary { (words.count("options.see", regimens.len())) } (cards) }
                } @else if *status == Status::Depends && regimens.len() > MANY {
                    ul.reasons {
                        @for (reason, regimens) in because(view, regimens) { li { (reason) (names(view, &regimens)) } }
                    }
                    details { summary { (words.count("options.see", regimens.len())) } (cards) }
                } @else {
                    (cards)
                }
            }
        }
        section.group #group-also aria-labelledby="h-also" {
            h3 #h-also { (words.text("options.also")) }
            p { (words.text("options.about-also")) }
            @for guidance in others(view) { (card::guidance(view, guidance)) }
        }
        form #compare.compare method="post" action=(view.context.href("compare")) {
            input type="hidden" name="state" value=(view.reading.answers.code());
            input type="hidden" name="numbers" value=(view.depth.min(numbers::Depth::Long).word());
            p { (words.text("options.compare-lead")) }
            button.secondary type="submit" { (words.text("options.compare")) }
        }
    }
}

/// Beyond so many that depend on something, what they depend on is read first, and their cards are opened on request.
const MANY: usize = 6;

/// The names of therapies in a line of its own.
pub(crate) fn names(view: &View<'_, '_, '_>, regimens: &[&wire::Regimen]) -> Markup {
    html! {
        p.names {
            @for (place, regimen) in regimens.iter().enumerate() {
                @if place > 0 { "; " }
                span data-option=(regimen.id) { (name(view.context, view.reading, &regimen.id)) }
            }
        }
    }
}

/// The options by what is open of them first, in the order in which they came.
pub(crate) fn because<'r>(
    view: &View<'_, '_, '_>,
    regimens: &[&'r wire::Regimen],
) -> Vec<(Markup, Vec<&'r wire::Regimen>)> {
    let mut found: Vec<(Markup, Vec<&wire::Regimen>)> = Vec::new();
    for regimen in regimens {
        let reason = why::line(view, regimen, Status::Depends);
        match found.iter_mut().find(|(it, _)| it.0 == reason.0) {
            Some((_, same)) => same.push(regimen),
            None => found.push((reason, vec![regimen])),
        }
    }
    found
}

/// Whether a group is named in a line and opened on request, behind those that fit or may fit.
fn folds(status: Status) -> bool {
    match status {
        Status::May | Status::Depends => false,
        Status::Later | Status::NotNow | Status::Trial => true,
    }
}

/// Ways to go on that are no medicine, which hold for this person or may hold.
pub(crate) fn others<'v>(view: &View<'v, '_, '_>) -> Vec<&'v wire::Guidance> {
    let all = view.reading.assessment.guidance.iter().map(Arc::as_ref);
    let option = |it: &&wire::Guidance| {
        view.guidance(&it.id)
            .is_some_and(|entry| entry.card == Some(Card::Option))
    };
    let fits = |it: &&wire::Guidance| match it.verdict {
        wire::Truth::True | wire::Truth::Unknown => true,
        wire::Truth::False => false,
    };
    all.filter(option).filter(fits).collect()
}

/// What is said where no therapy can be told to fit yet: never that there are no options.
fn none_yet(view: &View<'_, '_, '_>, groups: &Groups<'_>) -> Markup {
    let words = view.words();
    let code = view.reading.answers.code();
    html! {
        div.notice #none-yet {
            p { strong { (words.text("options.none-yet")) } }
            ul {
                @if groups.contains_key(&Status::Depends) { li { a href="#group-depends" { (words.text("options.none-depends")) } } }
                li { a href="#trials" { (words.text("options.none-trials")) } }
                li { (words.text("options.none-opinion")) }
                li { a href="#group-also" { (words.text("options.none-support")) } }
            }
            @if view.reading.truth("her2-positive") == Truth::Unknown {
                p { (words.text("options.none-answer")) }
                (go(view.context, &code, "q", "secondary", words.text("result.go-on")))
            }
        }
    }
}

/// The sign of a status: told apart by its form, never by colour alone.
pub(crate) fn shape(status: Status) -> Markup {
    html! {
        svg class={ "shape " (status.word()) } viewBox="0 0 20 20" aria-hidden="true" focusable="false" {
            @match status {
                Status::May => { circle cx="10" cy="10" r="8" fill="currentColor" {} }
                Status::Depends => {
                    circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="2" {}
                    path d="M10 2.5a7.5 7.5 0 0 0 0 15z" fill="currentColor" {}
                }
                Status::Later => {
                    circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="2" {}
                    path d="M6 10h7M10.5 6.8 13.8 10l-3.3 3.2" fill="none" stroke="currentColor" stroke-width="2" {}
                }
                Status::NotNow => {
                    circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="2" {}
                    path d="M5.5 10h9" stroke="currentColor" stroke-width="2" {}
                }
                Status::Trial => {
                    circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="2.5" stroke-dasharray="1 3.7" stroke-linecap="round" {}
                }
            }
        }
    }
}

/// A status in its word and shape.
pub(crate) fn status(view: &View<'_, '_, '_>, status: Status) -> Markup {
    html! {
        span class={ "status " (status.word()) } {
            (shape(status))
            (view.words().text(&format!("status.{}", status.word())))
        }
    }
}

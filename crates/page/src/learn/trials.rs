//! Every trial of the knowledge, in a few sentences.

use super::prose;
use crate::respond::Context;
use maud::{Markup, html};
use waymark_engine::bundle::{Status, Trial};

pub(super) fn all(context: &Context<'_, '_>) -> Markup {
    let words = context.words;
    html! {
        section aria-labelledby="h-trials" {
            h2 #h-trials { (words.text("learn.trials-done")) }
            p { (words.text("learn.trials-done-lead")) }
            @for trial in &context.guide.bundle.content().trials { (told(context, trial)) }
        }
    }
}

fn told(context: &Context<'_, '_>, trial: &Trial) -> Markup {
    let words = context.words;
    let said = |field: &str, english| words.said("trial", &trial.id, field, english);
    html! {
        article.trial id=(trial.id) {
            h3 lang="en" { (trial.name) }
            p.small {
                (registry(context, &trial.nct, trial.nct_status == Status::Memory))
                @if let Some(phase) = &trial.phase { " · " (words.fill("learn.phase", &[("phase", phase)])) }
                @if let Some(people) = trial.people { " · " (words.fill("learn.people", &[("n", &people.to_string())])) }
                " · " span lang="en" { (trial.published) }
            }
            (prose(context, "trial", &trial.id, &trial.text))
            p {
                (words.span(said("given", &trial.given)))
                @if let Some(other) = &trial.comparator { " " (words.text("learn.against")) " " (words.span(said("comparator", other))) }
                ". " (words.span(said("population", &trial.population))) "."
            }
        }
    }
}

/// A registry number, linked to the registry.
pub(crate) fn registry(context: &Context<'_, '_>, nct: &str, unverified: bool) -> Markup {
    html! {
        a href={ "https://clinicaltrials.gov/study/" (nct) } rel="noreferrer" { (nct) }
        @if unverified { " " span.unverified { (context.words.text("sources.unverified")) } }
    }
}

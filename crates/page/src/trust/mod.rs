//! Why a reader may trust the page: who makes it, what it keeps, what changed, what it rests on.

mod about;
mod changes;
mod modules;
mod privacy;
mod sources;

pub(crate) use about::about;
pub(crate) use changes::changes;
pub(crate) use modules::{help_line, modules};
pub(crate) use privacy::privacy;
pub(crate) use sources::sources;

use crate::respond::{Context, Page};
use maud::{Markup, html};
use waymark_engine::bundle::Reviewer;

/// A page of text.
fn page(context: &Context<'_, '_>, id: &str, body: &Markup) -> Page {
    let words = context.words;
    let title = words.text(&format!("{id}.title")).to_owned();
    Page {
        status: 200,
        main: html! {
            h1 { (title) }
            p.lead { (words.text(&format!("{id}.lead"))) }
            (body)
        },
        title,
        kind: "text",
        answers: context.answers(),
    }
}

/// A section whose heading is `PART.ID`.
fn section(context: &Context<'_, '_>, part: &str, id: &str, body: &Markup) -> Markup {
    html! {
        section aria-labelledby={ "h-" (id) } {
            h2 id={ "h-" (id) } { (context.words.text(&format!("{part}.{id}"))) }
            (body)
        }
    }
}

/// Where to say that something is wrong; where nobody is named, whom to tell instead.
pub(crate) fn report(context: &Context<'_, '_>) -> Markup {
    let words = context.words;
    let site = context.guide.site.report_to.as_deref();
    let knowledge = &context.guide.bundle.content().publisher.report_to;
    let is_address = |it: &&str| it.starts_with("https://") || it.starts_with("mailto:");
    html! {
        @match site.or(Some(knowledge.as_str()).filter(is_address)) {
            Some(address) => a href=(address) rel="noreferrer" { (words.text("feedback.wrong")) },
            None => (words.text("feedback.nobody")),
        }
    }
}

/// Every named person who compared an entry with its sources, once, by name.
fn reviewers<'g>(context: &Context<'g, '_>) -> Vec<&'g Reviewer> {
    let reviews = context.guide.bundle.reviews();
    let named = reviews
        .into_iter()
        .flat_map(|(_, review)| &review.reviewers);
    let mut named: Vec<&Reviewer> = named.collect();
    named.sort_by_key(|it| (&it.name, &it.on));
    named.dedup_by_key(|it| &it.name);
    named
}

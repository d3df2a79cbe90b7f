//! Everything that is cited.

use super::page;
use crate::cite;
use crate::respond::{Context, Page};
use litemap::LiteMap;
use maud::{Markup, html};
use waymark_engine::bundle::SourceEntry;

pub(crate) fn sources(context: &Context<'_, '_>) -> Page {
    let words = context.words;
    let mut groups: LiteMap<&str, Vec<&SourceEntry>> = LiteMap::new_vec();
    for source in &context.guide.bundle.content().sources {
        groups.entry(&source.publisher).or_default().push(source);
    }
    page(
        context,
        "sources",
        &html! {
            dl {
                @for status in ["confirmed", "single", "memory"] {
                    dt { (words.text(&format!("sources.{status}"))) }
                    dd { (words.text(&format!("sources.{status}-means"))) }
                }
            }
            @for (number, (publisher, sources)) in (1..).zip(&groups) {
                section aria-labelledby={ "h-publisher-" (number) } {
                    h2 id={ "h-publisher-" (number) } lang="en" { (publisher) }
                    ul.sources { @for source in sources { (told(context, source)) } }
                }
            }
        },
    )
}

fn told(context: &Context<'_, '_>, source: &SourceEntry) -> Markup {
    let words = context.words;
    html! {
        li id=(source.id) {
            (cite::told(context, source))
            @if let Some(note) = &source.note { p.small lang="en" { (note) } }
            @if !source.seen_at.is_empty() {
                p.small {
                    (words.text("sources.seen-at")) ": "
                    @for (place, url) in source.seen_at.iter().enumerate() {
                        @if place > 0 { ", " }
                        a href=(url) rel="noreferrer" { (host(url)) }
                    }
                }
            }
        }
    }
}

/// The name of the host of an address.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

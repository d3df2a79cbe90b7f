//! What this is for, who makes and pays for it, how it is kept up to date, and what it does not do.

use super::{page, report, reviewers, section};
use crate::respond::{Context, Page};
use maud::{Markup, html};

pub(crate) fn about(context: &Context<'_, '_>) -> Page {
    let words = context.words;
    let site = &context.guide.site;
    let lines = |keys: &[&str]| -> Markup {
        html! { @for key in keys { p { (words.text(&format!("about.{key}"))) } } }
    };
    let of_site = |own: &str, knowledge: &str| -> String {
        let own = if own.is_empty() {
            words.text("about.not-told")
        } else {
            own.trim_end_matches('.')
        };
        words.fill(
            "about.site-and-knowledge",
            &[("site", own), ("knowledge", knowledge)],
        )
    };
    page(
        context,
        "about",
        &html! {
            (section(context, "about", "purpose", &lines(&["purpose-1", "purpose-2", "purpose-3"])))
            (section(context, "about", "intended", &html! {
                (lines(&["intended-1", "intended-2", "intended-3"]))
                p.notice { (words.text("frame.line")) }
            }))
            (section(context, "about", "update", &html! {
                (lines(&["update-1", "update-2", "update-3", "update-4"]))
                p { a href=(context.href("changes")) { (words.text("frame.changes")) } }
            }))
            (section(context, "about", "funding", &html! {
                p { (of_site(&site.funding, words.text("about.knowledge-funding"))) }
                p { (words.text("about.no-adverts")) }
            }))
            (section(context, "about", "interests", &html! {
                p { (if site.interests.is_empty() { words.text("about.not-told") } else { &site.interests }) }
            }))
            (section(context, "about", "people", &people(context)))
            (section(context, "about", "evidence", &html! {
                (lines(&["evidence-1", "evidence-2", "evidence-3", "evidence-4"]))
                p { a href=(context.href("sources")) { (words.text("frame.sources")) } }
            }))
            (section(context, "about", "reading", &lines(&["reading-1", "reading-2"])))
            (section(context, "about", "limits", &html! {
                ul { @for key in ["limit-1", "limit-2", "limit-3", "limit-4", "limit-5"] { li { (words.text(&format!("about.{key}"))) } } }
            }))
            (section(context, "about", "score", &html! {
                (lines(&["score-1"]))
                p { a href=(context.asset("ipdas.json")) { (words.text("about.score-link")) } }
            }))
            (section(context, "about", "wrong", &html! {
                (lines(&["wrong-1"]))
                p { (report(context)) }
            }))
        },
    )
}

fn people(context: &Context<'_, '_>) -> Markup {
    let words = context.words;
    let site = &context.guide.site;
    let reviewed = reviewers(context);
    html! {
        p { (words.fill("about.made-by", &[("name", words.text("about.knowledge-developer"))])) }
        @if !site.people.is_empty() {
            ul {
                @for person in &site.people {
                    li { (person.name) ", " (person.role) ". " (words.text("about.interests")) ": " (person.interests) }
                }
            }
        }
        @if reviewed.is_empty() {
            p { (words.text("feedback.no-reviewer")) }
        } @else {
            p { (words.text("about.reviewers")) }
            ul {
                @for person in reviewed {
                    li { (person.name) ", " span lang="en" { (person.role) } ", " (words.date(&person.on)) ". "
                        (words.text("about.interests")) ": " span lang="en" { (person.interests) } }
                }
            }
        }
    }
}

//! What stands below a page: its topics, who reviewed it and when, whether it helped, whom to ask, who publishes it.

use super::reviewers;
use crate::respond::Context;
use crate::site::Feedback;
use crate::{learn, site};
use maud::{Markup, html};

pub(crate) fn modules(context: &Context<'_, '_>) -> Markup {
    let words = context.words;
    html! {
        aside.modules aria-label=(words.text("feedback.more")) {
            (reviewed(context))
            (tags(context))
            (helpful(context))
            (connected(context))
            (publisher(context))
        }
    }
}

fn reviewed(context: &Context<'_, '_>) -> Markup {
    let words = context.words;
    let content = context.guide.bundle.content();
    let named = reviewers(context);
    html! {
        section #module-reviewed aria-labelledby="h-module-reviewed" {
            h2 #h-module-reviewed { (words.text("feedback.reviewed")) }
            p { (words.fill("feedback.updated", &[("date", &words.date(&content.publisher.released))])) }
            @if named.is_empty() {
                p { (words.text("feedback.no-reviewer")) }
            } @else {
                ul { @for person in named { li { (person.name) ", " span lang="en" { (person.role) } ", " (words.date(&person.on)) } } }
            }
        }
    }
}

fn tags(context: &Context<'_, '_>) -> Markup {
    let words = context.words;
    html! {
        nav #module-topics aria-labelledby="h-module-topics" {
            h2 #h-module-topics { (words.text("feedback.topics")) }
            ul.tags {
                @for place in learn::paths().skip(1) {
                    li { a href=(context.href(&place)) { (words.text(&place.replace('/', "."))) } }
                }
            }
        }
    }
}

fn helpful(context: &Context<'_, '_>) -> Markup {
    let words = context.words;
    let site = &context.guide.site;
    let choices = html! {
        fieldset {
            legend { (words.text("feedback.helpful")) }
            @for answer in ["yes", "no"] {
                label { input type="radio" name="helpful" value=(answer); span { (words.text(&format!("feedback.{answer}"))) } }
            }
        }
        label { span { (words.text("feedback.part")) } textarea name="part" rows="3" maxlength="1000" {} }
    };
    html! {
        section #module-helpful aria-labelledby="h-module-helpful" {
            h2 #h-module-helpful { (words.text("feedback.title")) }
            @match site.feedback {
                // The form carries neither answers nor state: the script leaves it alone.
                Feedback::Server => {
                    p { (words.text("feedback.sent")) }
                    form method="post" action={ (site.base) "feedback" } data-plain="" {
                        input type="hidden" name="page" value=(context.place);
                        (choices)
                        button.secondary type="submit" { (words.text("feedback.send")) }
                    }
                }
                Feedback::Local => {
                    p { (words.text("feedback.local")) }
                    form data-plain="" data-note="" { (choices) }
                }
            }
            @if let Some(address) = &site.report_to {
                p { a href=(address) { (words.text("feedback.wrong")) } }
            }
        }
    }
}

fn connected(context: &Context<'_, '_>) -> Markup {
    let words = context.words;
    let site = &context.guide.site;
    html! {
        @if site.newsletter.is_some() || site.help_line.is_some() {
            section #module-connected aria-labelledby="h-module-connected" {
                h2 #h-module-connected { (words.text("feedback.connected")) }
                @if let Some(line) = &site.help_line { p { (help_line(context, line)) } }
                @if let Some(newsletter) = &site.newsletter {
                    p {
                        a href=(newsletter.url) rel="noreferrer" { (words.text("feedback.newsletter")) } ". "
                        @if let Some(about) = &newsletter.about { (about) " " }
                        (words.text("feedback.newsletter-outside"))
                    }
                }
            }
        }
    }
}

/// Someone to talk to.
pub(crate) fn help_line(context: &Context<'_, '_>, line: &site::HelpLine) -> Markup {
    let words = context.words;
    html! {
        (words.text("feedback.help-line")) " "
        @match &line.url {
            Some(url) => a href=(url) rel="noreferrer" { (line.name) },
            None => (line.name),
        }
        @if let Some(phone) = &line.phone {
            ": " a href={ "tel:" (phone.replace(' ', "")) } { (phone) }
        }
    }
}

fn publisher(context: &Context<'_, '_>) -> Markup {
    let words = context.words;
    html! {
        section #module-publisher aria-labelledby="h-module-publisher" {
            h2 #h-module-publisher { (words.text("feedback.publisher")) }
            @match &context.guide.site.organisation {
                Some(organisation) => p {
                    @if let Some(logo) = &organisation.logo { img.logo src=(context.asset(logo)) alt=""; " " }
                    @match &organisation.url {
                        Some(url) => a href=(url) rel="noreferrer" { (organisation.name) },
                        None => (organisation.name),
                    }
                    @if let Some(offers) = &organisation.offers { ". " (offers) }
                },
                None => p { (words.fill("feedback.no-publisher", &[("name", words.text("about.knowledge-developer"))])) },
            }
            p { a href=(context.href("about")) { (words.text("feedback.about")) } }
        }
    }
}

//! What stands around every page: head, banner, navigation, footer.

use crate::answers::Restored;
use crate::ask::go;
use crate::respond::{Context, Door, Page};
use crate::scripted;
use crate::words::ENGLISH;
use maud::{DOCTYPE, Markup, html};
use waymark_criteria::Date;

/// Days after its release from which the knowledge says of itself that it may be out of date (IPDAS C4).
const AGEING_DAYS: i64 = 120;

/// The frame of a page.
pub(crate) struct Frame<'c, 'g, 'r> {
    pub(crate) context: &'c Context<'g, 'r>,
}

impl Frame<'_, '_, '_> {
    /// The whole document.
    pub(crate) fn around(&self, page: &Page) -> Markup {
        let context = self.context;
        let (words, site) = (context.words, &context.guide.site);
        let door = match context.request.door {
            Door::Server => "server",
            Door::Browser => "browser",
            Door::Static => "static",
        };
        html! {
            (DOCTYPE)
            html lang=(words.language()) data-door=(door) data-base=(site.base) data-path=(context.href(context.place)) data-languages=(site.languages.join(" ")) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="referrer" content="no-referrer";
                    meta name="color-scheme" content="light dark";
                    title { (page.title) " · " (site.name) }
                    link rel="stylesheet" href=(context.asset("waymark.css"));
                    // The script brings the fonts after the first paint, which they would hold up.
                    noscript { link rel="stylesheet" href=(context.asset("fonts.css")); }
                    link rel="icon" href=(context.asset("waymark.svg")) type="image/svg+xml";
                    @for language in &site.languages {
                        link rel="alternate" hreflang=(language) href=(context.href_in(language, context.place));
                    }
                    script src=(context.asset("waymark.js")) data-files=(scripted::files(context)) defer {}
                }
                body class=(page.kind) {
                    a.skip href="#main" { (words.text("frame.skip")) }
                    (self.header(page))
                    main #main tabindex="-1" {
                        (self.notices())
                        (scripted::no_engine(context))
                        (page.main)
                    }
                    @if matches!(page.kind, "text" | "result") { (crate::trust::modules(context)) }
                    (self.footer())
                    // The answers so far, for the script that takes links over: they never stand in an address.
                    form #state hidden { input type="hidden" name="state" value=(page.answers.code()); }
                    (scripted::windows(context))
                }
            }
        }
    }

    fn header(&self, page: &Page) -> Markup {
        let context = self.context;
        let (words, site) = (context.words, &context.guide.site);
        html! {
            header.top {
                a.home href=(context.href("")) {
                    (crate::frame::mark())
                    span { (site.name) }
                }
                (scripted::themes(context))
                nav.languages aria-label=(words.text("frame.languages")) {
                    @for language in site.languages.iter().filter(|it| *it != words.language()) {
                        form method="post" action=(context.href_in(language, context.place)) {
                            input type="hidden" name="state" value=(page.answers.code());
                            button.link type="submit" lang=(language) { (words.text(&format!("language.{language}"))) }
                        }
                    }
                }
            }
        }
    }

    /// What must be said before anything else.
    fn notices(&self) -> Markup {
        let context = self.context;
        let words = context.words;
        let content = context.guide.bundle.content();
        let released = Date::parse(&content.publisher.released);
        let old = released.is_some_and(|day| day.add_days(AGEING_DAYS) < context.request.today);
        html! {
            @if words.is_draft() {
                p.notice.draft { (words.text("frame.draft")) " " span lang=(ENGLISH) { (words.text("frame.draft-english")) } }
            }
            @if old {
                p.notice { (words.fill("frame.ageing", &[("date", &words.date(&content.publisher.released))])) }
            }
            @if let Err(damaged) = &context.restored {
                p.notice role="alert" {
                    (match damaged {
                        crate::answers::Damaged::Unreadable => words.text("frame.damaged"),
                        crate::answers::Damaged::Newer => words.text("frame.newer"),
                    })
                }
            }
            @if let Ok(restored) = &context.restored { (self.restored(restored)) }
        }
    }

    /// What became of saved answers that this version does not read as they were saved. The answers that the page hands on are
    /// today's, so that it is said once.
    fn restored(&self, restored: &Restored) -> Markup {
        let context = self.context;
        let words = context.words;
        let questions = &context.guide.bundle.content().questions;
        let code = restored.answers.code();
        let list = |ids: &[String], label: &str| {
            let known = |id: &String| questions.iter().find(|question| question.id == *id);
            let known: Vec<_> = ids.iter().filter_map(known).collect();
            html! {
                @if !known.is_empty() {
                    p { (words.text(&format!("frame.{label}"))) }
                    ul {
                        @for question in known {
                            li {
                                (words.span(words.said("question", &question.id, "ask", &question.ask))) " "
                                (go(context, &code, &format!("q/{}", question.id), "link", words.text("frame.see")))
                            }
                        }
                    }
                }
            }
        };
        let unasked = |id: &&String| !questions.iter().any(|question| question.id == **id);
        let unasked = restored.dropped.iter().filter(unasked).count();
        html! {
            @if !(restored.carried.is_empty() && restored.dropped.is_empty()) {
                div.notice role="status" {
                    p { strong { (words.text("frame.restored")) } }
                    (list(&restored.dropped, "asked-again"))
                    (list(&restored.carried, "carried-over"))
                    @if unasked > 0 { p { (words.count("frame.unasked", unasked)) } }
                }
            }
        }
    }

    fn footer(&self) -> Markup {
        let context = self.context;
        let (words, site) = (context.words, &context.guide.site);
        let content = context.guide.bundle.content();
        html! {
            footer.foot {
                p { (words.text("frame.line")) }
                nav aria-label=(words.text("frame.more")) {
                    ul {
                        @for place in ["learn", "about", "privacy", "changes", "sources"] {
                            li { a href=(context.href(place)) { (words.text(&format!("frame.{place}"))) } }
                        }
                    }
                }
                p.small {
                    (words.fill("frame.version", &[("version", &content.version), ("date", &words.date(&content.publisher.released))]))
                    @if let Some(organisation) = &site.organisation {
                        " " (words.fill("frame.published-by", &[("name", &organisation.name)]))
                    }
                }
            }
        }
    }
}

/// The sign of the site: the thread.
pub(crate) fn mark() -> Markup {
    html! {
        svg.mark viewBox="0 0 32 32" aria-hidden="true" focusable="false" {
            path d="M4 26c6 0 4-10 10-10s4-10 14-10" fill="none" stroke="currentColor" stroke-width="4" stroke-linecap="round" {}
        }
    }
}

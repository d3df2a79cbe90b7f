//! The first page.

use crate::answers::ON_START;
use crate::respond::{Context, Door, Page};
use maud::{Markup, html};

/// What a reader may come for, each with the page that it leads to.
const WAYS: [(&str, &str); 5] = [
    ("new", "learn/kinds"),
    ("grew", "learn/order"),
    ("brain", "learn/brain"),
    ("visit", "q"),
    ("clinician", "clinician"),
];

pub(crate) fn start(context: &Context<'_, '_>) -> Page {
    let words = context.words;
    let answers = context.answers();
    let mut asked: Vec<_> = context.guide.bundle.content().questions.iter().collect();
    asked.retain(|question| question.order == ON_START);
    let privacy = match context.request.door {
        Door::Server => "start.private-server",
        Door::Browser | Door::Static => "start.private-browser",
    };
    Page {
        status: 200,
        title: words.text("start.title").to_owned(),
        kind: "start",
        main: html! {
            (hero())
            h1 { (words.text("start.title")) }
            p.lead { (words.text("start.lead")) }
            form.begin method="post" action=(context.href("q")) {
                input type="hidden" name="state" value=(answers.code());
                @for question in &asked {
                    input type="hidden" name="asked" value=(question.id);
                    @for answer in &question.answers {
                        label.tick {
                            input type="checkbox" name=(question.id) value=(answer.id) checked[answers.chose(&question.id, &answer.id)];
                            span { (words.span(words.said("question", &question.id, &format!("answers.{}.label", answer.id), &answer.label))) }
                        }
                    }
                }
                button.primary type="submit" { (words.text("start.answer")) }
                a.secondary href=(context.href("learn")) { (words.text("start.everything")) }
            }
            p.private { (words.text(privacy)) " " a href=(context.href("privacy")) { (words.text("start.prove")) } }
            @if context.request.door == Door::Static {
                noscript { p.notice { (words.text("start.no-script")) } }
            }
            (crate::scripted::drop(context))
            section.ways aria-labelledby="ways" {
                h2 #ways { (words.text("start.ways")) }
                ul {
                    @for (way, place) in WAYS {
                        li { a href=(context.href(place)) { (words.text(&format!("start.way-{way}"))) } }
                    }
                }
            }
        },
        answers,
    }
}

/// The thread, with its stations: what the page is drawn along.
fn hero() -> Markup {
    html! {
        svg.hero viewBox="0 0 640 92" aria-hidden="true" focusable="false" {
            path d="M8 78C110 78 108 18 214 18s110 58 212 58 104-56 198-56" fill="none" stroke="currentColor" stroke-width="5" stroke-linecap="round" {}
            @for (x, y) in [(108, 50), (214, 18), (322, 48), (426, 76)] { circle cx=(x) cy=(y) r="8" {} }
            circle.end cx="624" cy="20" r="9" {}
        }
    }
}

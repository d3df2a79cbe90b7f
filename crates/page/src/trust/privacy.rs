//! What becomes of answers: ten sentences, and how to see that they are true.

use super::{page, section};
use crate::respond::{Context, Door, Page};
use maud::html;

/// Sentences that hold at every door.
const EVERYWHERE: [&str; 6] = [
    "no-account",
    "no-cookies",
    "no-others",
    "not-in-address",
    "clear",
    "shared-device",
];

/// How a reader can see for themselves.
const PROOF: [&str; 4] = [
    "prove-network",
    "prove-offline",
    "prove-code",
    "prove-address",
];

pub(crate) fn privacy(context: &Context<'_, '_>) -> Page {
    let words = context.words;
    // What holds at this door: with scripts nothing is sent; without, the server that gave the page answers the form.
    let here: [&str; 4] = match context.request.door {
        Door::Server => ["server-1", "server-2", "server-3", "server-4"],
        Door::Browser | Door::Static => ["browser-1", "browser-2", "browser-3", "browser-4"],
    };
    let sentences = here.iter().chain(&EVERYWHERE);
    let logs = &context.guide.site.logs;
    page(
        context,
        "privacy",
        &html! {
            ol.sentences {
                @for key in sentences { li { (words.text(&format!("privacy.{key}"))) } }
            }
            (section(context, "privacy", "host", &html! {
                p { (words.text("privacy.host-1")) }
                p { (if logs.is_empty() { words.text("privacy.host-not-told") } else { logs }) }
            }))
            (section(context, "privacy", "prove", &html! {
                ol { @for key in PROOF { li { (words.text(&format!("privacy.{key}"))) } } }
            }))
        },
    )
}

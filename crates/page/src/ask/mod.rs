//! The start, the questions, and the page on which answers are checked.

mod check;
mod question;
mod start;
mod treatments;

pub(crate) use check::{check, conflicts, list as answers, told};
pub(crate) use question::question;
pub(crate) use start::start;
pub(crate) use treatments::fields as treatments;
pub(crate) use treatments::medicines;

use crate::respond::{Context, Page};
use maud::{Markup, html};

/// A button that opens a page with the answers so far.
pub(crate) fn go(
    context: &Context<'_, '_>,
    code: &str,
    place: &str,
    class: &str,
    label: &str,
) -> Markup {
    html! {
        form method="post" action=(context.href(place)) {
            input type="hidden" name="state" value=(code);
            button class=(class) type="submit" { (label) }
        }
    }
}

/// A path that leads nowhere.
pub(crate) fn not_found(context: &Context<'_, '_>) -> Page {
    let words = context.words;
    Page {
        status: 404,
        title: words.text("frame.not-found").to_owned(),
        kind: "text",
        main: html! {
            h1 { (words.text("frame.not-found")) }
            p { a href=(context.href("")) { (words.text("frame.to-start")) } }
        },
        answers: context.answers(),
    }
}

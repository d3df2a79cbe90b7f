//! Every therapy in one of five groups.

use super::card;
use crate::respond::Context;
use crate::{Reading, Status};
use maud::{Markup, html};

pub(super) fn groups(context: &Context<'_, '_>, reading: &Reading<'_>) -> Markup {
    let words = context.words;
    let groups = reading.groups();
    html! {
        p { (words.text("options.no-ranking")) }
        @for (status, regimens) in &groups {
            section.group id={ "group-" (status.word()) } aria-labelledby={ "h-" (status.word()) } {
                h3 id={ "h-" (status.word()) } { (shape(*status)) (words.text(&format!("status.{}", status.word()))) }
                @for regimen in regimens { (card::card(context, reading, regimen, *status)) }
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

//! One therapy.

use super::name;
use super::options::shape;
use crate::respond::Context;
use crate::{Reading, Status};
use maud::{Markup, html};
use waymark_engine::wire;

pub(super) fn card(
    context: &Context<'_, '_>,
    reading: &Reading<'_>,
    regimen: &wire::Regimen,
    status: Status,
) -> Markup {
    let words = context.words;
    html! {
        article.card id={ "card-" (regimen.id) } data-status=(status.word()) {
            h4 { (shape(status)) (name(context, reading, &regimen.id)) }
            p { (words.text(&format!("status.{}", status.word()))) }
            details {
                summary { (words.text("card.more")) }
                p { (regimen.why) }
            }
        }
    }
}

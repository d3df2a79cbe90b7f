//! The page of one person.

mod card;
mod options;

pub(crate) use options::shape;

use crate::Reading;
use crate::respond::{Context, Page};
use maud::{Markup, html};

/// The sections of the page, in their order (each with its heading `result.ID`).
pub(crate) fn page(context: &Context<'_, '_>) -> Page {
    let words = context.words;
    let reading = context.reading(context.answers());
    Page {
        status: 200,
        title: words.text("result.title").to_owned(),
        kind: "result",
        main: html! {
            h1 { (words.text("result.title")) }
            (section(context, "options", &options::groups(context, &reading)))
        },
        answers: reading.answers,
    }
}

fn section(context: &Context<'_, '_>, id: &str, body: &Markup) -> Markup {
    html! {
        section id=(id) aria-labelledby={ "h-" (id) } {
            h2 id={ "h-" (id) } { (context.words.text(&format!("result.{id}"))) }
            (body)
        }
    }
}

/// The name of a therapy in the reader's language.
pub(crate) fn name<'g>(context: &Context<'g, '_>, reading: &Reading<'g>, id: &str) -> &'g str {
    let regimen = reading.guide.bundle.regimen(id);
    regimen.map_or("", |it| {
        context.words.said("regimen", &it.id, "name", &it.name).text
    })
}

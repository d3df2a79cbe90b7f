//! The page of one person.

pub(crate) mod asks;
mod bar;
pub(crate) mod call;
pub(crate) mod card;
pub(crate) mod drug;
mod exits;
pub(crate) mod matters;
pub(crate) mod numbers;
pub(crate) mod options;
mod pathway;
pub(crate) mod settle;
pub(crate) mod short;
mod stage;
mod sure;
mod themed;
pub(crate) mod timeline;
pub(crate) mod view;
pub(crate) mod why;

pub(crate) use options::shape;

use crate::Reading;
use crate::respond::{Context, Page};
use maud::{Markup, html};
use view::View;
use waymark_engine::bundle::Theme;

/// The sections of the page, in their order (each with its heading `result.ID`).
pub(crate) fn page(context: &Context<'_, '_>) -> Page {
    let words = context.words;
    let reading = context.reading(context.answers());
    let view = View::of(context, &reading);
    let groups = reading.groups();
    let call = section(context, "call", "call", &call::call(&view));
    let first = call::is_first(&view);
    let main = html! {
        (short::head(&view))
        (exits::exit(&view))
        @if first { (call) }
        (section(context, "in-short", "", &short::short(&view, &groups)))
        (jump(context))
        (section(context, "told", "", &short::answers(&view)))
        (section(context, "your-cancer", "", &html! {
            (short::your_cancer(&view))
            details {
                summary { (words.text("result.kinds-more")) }
                (themed::themed(&view, &[Theme::Kinds, Theme::Testing]))
            }
        }))
        (section(context, "pathway", "", &html! {
            (pathway::pathway(&view))
            details {
                summary { (words.text("result.order-more")) }
                (themed::themed(&view, &[Theme::Order]))
            }
        }))
        (section(context, "options", "", &options::options(&view, &groups)))
        (section(context, "settle", "", &settle::settle(&view)))
        (section(context, "brain", "", &themed::brain(&view)))
        @if let Some(hormone) = themed::hormone(&view) { (section(context, "hormone", "", &hormone)) }
        (section(context, "trials", "", &themed::trials(&view, &groups)))
        (section(context, "timeline", "", &timeline::timeline(&view)))
        (section(context, "matters", "", &matters::matters(&view)))
        (section(context, "questions", "", &asks::list(&view)))
        (section(context, "feeling-well", "", &themed::feeling_well(&view)))
        @if !first { (call) }
        (section(context, "sure", "", &sure::sure(&view)))
        (bar::bar(&view))
    };
    Page {
        status: 200,
        title: words.text("result.title").to_owned(),
        kind: "result",
        main,
        answers: reading.answers,
    }
}

/// What most readers come for, one tap away.
fn jump(context: &Context<'_, '_>) -> Markup {
    let words = context.words;
    html! {
        nav.jump aria-labelledby="h-jump" {
            p #h-jump { (words.text("result.jump")) }
            ul {
                @for id in ["options", "settle", "brain", "trials", "questions", "call"] {
                    li { a href={ "#" (id) } { (words.text(&format!("result.{id}"))) } }
                }
            }
        }
    }
}

fn section(context: &Context<'_, '_>, id: &str, class: &str, body: &Markup) -> Markup {
    html! {
        section id=(id) class=[(!class.is_empty()).then_some(class)] aria-labelledby={ "h-" (id) } {
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

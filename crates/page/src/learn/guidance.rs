//! Guidance, piece by piece, with who says it.

use super::medicines::about;
use super::prose;
use crate::cite;
use crate::respond::Context;
use maud::{Markup, html};
use waymark_engine::bundle::{Guidance, Status, Theme};

pub(super) fn of(context: &Context<'_, '_>, chosen: impl Fn(Option<Theme>) -> bool) -> Markup {
    let all = context.guide.bundle.content().guidance.iter();
    let ended = |piece: &&Guidance| {
        let today = context.request.today.to_string();
        piece.to.as_ref().is_some_and(|to| *to <= today)
    };
    let chosen: Vec<&Guidance> = all
        .filter(|piece| chosen(piece.theme))
        .filter(|piece| !ended(piece))
        .collect();
    html! { @for piece in chosen { (told(context, piece)) } }
}

fn told(context: &Context<'_, '_>, piece: &Guidance) -> Markup {
    let words = context.words;
    let statement = words.said("guidance", &piece.id, "statement", &piece.statement);
    html! {
        section.piece id=(piece.id) {
            p { strong { (words.span(statement)) } }
            (prose(context, "guidance", &piece.id, &piece.text))
            (about(context, "guidance", &piece.id, &piece.about))
            p.small {
                (cite::linked(context, &piece.source, piece.status == Status::Memory))
                (graded(context, piece.strength.as_deref(), piece.quality.as_deref()))
            }
        }
    }
}

/// How strongly the source says it, and on what evidence, in its own grades.
pub(crate) fn graded(
    context: &Context<'_, '_>,
    strength: Option<&str>,
    quality: Option<&str>,
) -> Markup {
    let words = context.words;
    html! {
        @if let Some(strength) = strength {
            " · " (words.text("learn.strength")) ": " span lang="en" { (strength) }
        }
        @if let Some(quality) = quality {
            " · " (words.text("learn.quality")) ": " span lang="en" { (quality) }
        }
    }
}

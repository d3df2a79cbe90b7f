//! Numbers, which a reader opens one layer after the other, and the picture of a hundred people.

use super::view::View;
use crate::Fields;
use maud::{Markup, html};
use waymark_engine::bundle::Layer;

/// How deep the reader went. It is a field of the form alone and no part of the answers, so that nothing keeps it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Depth {
    /// No numbers.
    #[default]
    Words,
    /// How often it helped or harmed.
    Often,
    /// How long it held the cancer back, too.
    Long,
    /// How long people lived, too.
    Survival,
}

impl Depth {
    const ALL: [Depth; 4] = [Depth::Words, Depth::Often, Depth::Long, Depth::Survival];

    pub(crate) fn of(fields: &Fields<'_>) -> Self {
        let asked = fields.get("numbers").unwrap_or("");
        let found = Depth::ALL.into_iter().find(|it| it.word() == asked);
        found.unwrap_or_default()
    }

    /// The value of the form field `numbers`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Depth::Words => "words",
            Depth::Often => "often",
            Depth::Long => "long",
            Depth::Survival => "survival",
        }
    }

    /// Whether a layer is open.
    pub(crate) fn shows(self, layer: Option<Layer>) -> bool {
        self >= match layer {
            None => Depth::Words,
            Some(Layer::HowOften) => Depth::Often,
            Some(Layer::HowLong) => Depth::Long,
            Some(Layer::Survival) => Depth::Survival,
        }
    }
}

/// The choice of how much is shown, once for a whole page; `options` are those that the page compares.
pub(crate) fn choice(view: &View<'_, '_, '_>, place: &str, options: &[&str]) -> Markup {
    let words = view.words();
    let depth = view.depth;
    let action = format!("{}#numbers", view.context.href(place));
    let button = |to: Depth| {
        html! {
            button.secondary type="submit" name="numbers" value=(to.word()) aria-pressed=(if depth == to { "true" } else { "false" }) {
                (words.text(&format!("numbers.{}", to.word())))
            }
        }
    };
    html! {
        form #numbers.numbers method="post" action=(action) {
            input type="hidden" name="state" value=(view.reading.answers.code());
            @for option in options { input type="hidden" name="option" value=(option); }
            details open[depth > Depth::Words] {
                summary { (words.text("numbers.title")) }
                p { (words.text("numbers.lead")) }
                div.actions {
                    (button(Depth::Words))
                    (button(Depth::Often))
                    (button(Depth::Long))
                }
                @if depth > Depth::Words { p.hint { (words.text("numbers.groups")) } }
                details.survival open[depth == Depth::Survival] {
                    summary { (words.text("numbers.survival-title")) }
                    p { (words.text("numbers.survival-warning")) }
                    div.actions {
                        (button(Depth::Survival))
                        button.secondary type="submit" name="numbers" value=(depth.min(Depth::Long).word()) { (words.text("numbers.not-now")) }
                    }
                }
            }
        }
    }
}

/// The number of people in a hundred that a sentence names first, in the English that every entry is written in.
pub(super) fn in_hundred(english: &str) -> Option<usize> {
    let (before, _) = english.split_once(" in 100")?;
    let number: usize = before.rsplit(' ').next()?.parse().ok()?;
    (number <= 100).then_some(number)
}

/// A hundred dots, so many of them filled. The sentence beside it says the same.
pub(super) fn hundred(number: usize) -> Markup {
    html! {
        svg.dots viewBox="0 0 120 120" width="120" height="120" aria-hidden="true" focusable="false" {
            @for dot in 0..100_usize {
                circle class=(if dot < number { "on" } else { "off" }) cx=(6 + dot % 10 * 12) cy=(6 + dot / 10 * 12) r="4.2" {}
            }
        }
    }
}

/// The word of a layer, an attribute of whatever belongs to it.
pub(super) fn layer_word(layer: Layer) -> &'static str {
    match layer {
        Layer::HowOften => "often",
        Layer::HowLong => "long",
        Layer::Survival => "survival",
    }
}

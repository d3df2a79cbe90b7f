//! Why a therapy stands where it stands: the criteria of its approved use, each in a patient's words.

use super::view::View;
use crate::Status;
use crate::words::Said;
use maud::{Markup, html};
use waymark_engine::bundle::AS_OF;
use waymark_engine::wire::{Indication, Node, Regimen, Truth};

/// A criterion as it bears on an approved use.
pub(crate) struct Bears<'g> {
    /// Whether it speaks for the use.
    pub(crate) fits: Truth,
    /// The sentence.
    pub(crate) said: Said<'g>,
    /// The question that would settle it, where it is open.
    pub(crate) question: Option<Said<'g>>,
    /// Whether it is open for facts alone that a person is asked for only after others.
    asked_later: bool,
}

/// The criteria of an approved use: what does not fit first, then what is open, then what fits.
pub(crate) fn criteria<'g>(view: &View<'_, 'g, '_>, indication: &Indication) -> Vec<Bears<'g>> {
    let mut found = Vec::new();
    if let Some(explanation) = &indication.explanation {
        for child in &explanation.children {
            named(view, child, true, &mut found);
        }
    }
    found.sort_by_key(|bears| match bears.fits {
        Truth::False => 0,
        Truth::Unknown => 1 + u8::from(bears.asked_later),
        Truth::True => 3,
    });
    found
}

/// The outermost named criteria below a node; a plain test is told by the label of its facts.
fn named<'g>(view: &View<'_, 'g, '_>, node: &Node, holds: bool, found: &mut Vec<Bears<'g>>) {
    let criterion = node.criterion.as_deref();
    let words = view.words();
    let fits = match (node.verdict, holds) {
        (Truth::Unknown, _) => Truth::Unknown,
        (Truth::True, true) | (Truth::False, false) => Truth::True,
        (Truth::True, false) | (Truth::False, true) => Truth::False,
    };
    if let Some(entry) = criterion.and_then(|id| view.bundle().criterion(id)) {
        let (field, english) = match node.verdict {
            Truth::True => ("met", &entry.met),
            Truth::False => ("not-met", &entry.not_met),
            Truth::Unknown => ("unknown", &entry.unknown),
        };
        let open = node.verdict == Truth::Unknown;
        found.push(Bears {
            fits,
            said: words.said("criterion", &entry.id, field, english),
            asked_later: asked_later(view, node),
            question: open.then(|| words.said("criterion", &entry.id, "question", &entry.question)),
        });
        return;
    }
    let holds = if node.op == "not" { !holds } else { holds };
    if !node.children.is_empty() {
        for child in &node.children {
            named(view, child, holds, found);
        }
        return;
    }
    // The day itself is no matter of the person's.
    let facts = node.facts.iter().filter(|id| **id != AS_OF);
    for id in facts {
        if let Some(fact) = view.fact(id) {
            found.push(Bears {
                fits,
                said: words.said("fact", &fact.id, "label", &fact.label),
                asked_later: view.is_asked_later(&fact.id),
                question: (fits == Truth::Unknown).then(|| words.ask(fact)),
            });
        }
    }
}

/// Whether what is open below a node is open for facts alone that a person is asked for only after others. The day itself is
/// no matter of the person's.
fn asked_later(view: &View<'_, '_, '_>, node: &Node) -> bool {
    let mut open = node
        .children
        .iter()
        .filter(|it| it.verdict == Truth::Unknown)
        .peekable();
    if open.peek().is_some() {
        return open.all(|it| asked_later(view, it));
    }
    let mut facts = node.facts.iter().filter(|id| **id != AS_OF).peekable();
    facts.peek().is_some() && facts.all(|id| view.is_asked_later(id))
}

/// The reason in one line.
pub(crate) fn line(view: &View<'_, '_, '_>, regimen: &Regimen, status: Status) -> Markup {
    let words = view.words();
    let criteria = regimen
        .nearest_indication()
        .map_or_else(Vec::new, |it| criteria(view, it));
    let first = |fits: Truth| criteria.iter().find(|it| it.fits == fits);
    let decisive = match status {
        Status::May | Status::Trial => None,
        Status::Depends => first(Truth::Unknown),
        Status::Later | Status::NotNow => first(Truth::False),
    };
    let judged = |it: &Indication| it.scope == "metastatic";
    let outside = status == Status::NotNow && !regimen.indications.iter().any(|it| judged(it));
    html! {
        @match decisive {
            Some(bears) => (words.span(bears.said)),
            None if outside => (words.text("card.line-outside")),
            None => (words.text(&format!("card.line-{}", status.word()))),
        }
    }
}

/// The criteria as a list, each with a sign and a word.
pub(super) fn list(view: &View<'_, '_, '_>, regimen: &Regimen) -> Markup {
    let words = view.words();
    html! {
        @match regimen.nearest_indication() {
            None => { p { (words.text("card.no-approval")) } }
            Some(indication) => {
                p { (words.text(if regimen.basis == "label" { "card.why-label" } else { "card.why-guideline" })) (view.cite(&indication.source, false)) }
                ul.criteria {
                    @for bears in criteria(view, indication) {
                        @let (word, sign) = match bears.fits {
                            Truth::True => ("fits", "✓"),
                            Truth::False => ("unfit", "✕"),
                            Truth::Unknown => ("open", "?"),
                        };
                        li data-fits=(word) {
                            span.sign aria-hidden="true" { (sign) }
                            span { strong { (words.text(&format!("card.{word}"))) } ": " (words.span(bears.said)) }
                        }
                    }
                }
            }
        }
    }
}

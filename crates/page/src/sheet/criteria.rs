//! The criteria of a label line by line, each with the truth that the explanation gives it.

use super::Sheet;
use maud::{Markup, html};
use waymark_engine::wire::{Indication, Node, Truth};

/// The conjuncts of an explanation: what the label asks for, one by one.
pub(super) fn conjuncts(root: &Node) -> Vec<&Node> {
    let mut found = Vec::new();
    collect(root, true, &mut found);
    found
}

fn collect<'n>(node: &'n Node, is_root: bool, found: &mut Vec<&'n Node>) {
    if node.op == "all" && (is_root || node.criterion.is_none()) && !node.children.is_empty() {
        for child in &node.children {
            collect(child, false, found);
        }
    } else {
        found.push(node);
    }
}

/// The sign of a truth, with its word.
pub(super) fn sign(sheet: &Sheet<'_, '_, '_>, truth: Truth) -> Markup {
    let words = sheet.context.words;
    let (class, sign, word) = match truth {
        Truth::True => ("met", "✓", "sheet.met"),
        Truth::False => ("unmet", "✕", "sheet.unmet"),
        Truth::Unknown => ("open", "?", "sheet.open"),
    };
    html! { span class={ "sign " (class) } { (sign) " " (words.text(word)) } }
}

/// The criteria of an indication.
pub(super) fn lines(sheet: &Sheet<'_, '_, '_>, indication: &Indication) -> Markup {
    let Some(root) = &indication.explanation else {
        return html! {};
    };
    html! {
        ul.criteria {
            @for node in conjuncts(root) {
                li data-criterion=[node.criterion.as_deref()] data-truth=(super::word(&node.verdict)) {
                    (sign(sheet, node.verdict))
                    span { (told(sheet, node)) }
                }
            }
        }
    }
}

/// What a criterion asks for, in a few words.
pub(super) fn label(sheet: &Sheet<'_, '_, '_>, node: &Node) -> Markup {
    let words = sheet.context.words;
    let entry = node
        .criterion
        .as_ref()
        .and_then(|id| sheet.context.guide.bundle.criterion(id));
    match entry {
        Some(entry) => words.span(words.said("criterion", &entry.id, "label", &entry.label)),
        None => html! { span lang="en" { (node.text) } },
    }
}

/// What a criterion asks for, and why it does not hold or cannot be told.
fn told(sheet: &Sheet<'_, '_, '_>, node: &Node) -> Markup {
    let words = sheet.context.words;
    let entry = node
        .criterion
        .as_ref()
        .and_then(|id| sheet.context.guide.bundle.criterion(id));
    let Some(entry) = entry else {
        return html! { span lang="en" { (node.text) } };
    };
    let said =
        |field: &str, english| words.span(words.said("criterion", &entry.id, field, english));
    html! {
        (label(sheet, node))
        @match node.verdict {
            Truth::True => {}
            Truth::False => { ": " (said("not-met", &entry.not_met)) }
            Truth::Unknown => { ": " (said("unknown", &entry.unknown)) }
        }
        @for source in node.sources.iter() { (sheet.cite(source)) }
    }
}

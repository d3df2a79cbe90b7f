//! Names: what refers to what, in which order to compile, and which name was meant.

use super::{Body, Definition};
use crate::syntax::{Expr, ExprKind};
use crate::{Diagnostic, Span};
use std::collections::BTreeMap;

/// The definitions in such an order that what one refers to comes before it. Cycles are reported; their members come
/// in some order.
pub(super) fn order(
    definitions: &[Definition],
    by_name: &BTreeMap<String, usize>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<usize> {
    let edges: Vec<Vec<(usize, Option<Span>)>> = definitions
        .iter()
        .map(|definition| references(&definition.body, by_name))
        .collect();
    let mut state = vec![State::New; definitions.len()];
    let mut order = Vec::new();
    for start in 0..definitions.len() {
        if state[start] != State::New {
            continue;
        }
        // A path of definitions, each with the number of its references that have been followed.
        let mut path = vec![(start, 0)];
        state[start] = State::Open;
        while let Some((at, followed)) = path.last_mut() {
            let at = *at;
            let Some(&(next, span)) = edges[at].get(*followed) else {
                state[at] = State::Done;
                order.push(at);
                path.pop();
                continue;
            };
            *followed += 1;
            match state[next] {
                State::New => {
                    state[next] = State::Open;
                    path.push((next, 0));
                }
                State::Open => {
                    let from = path
                        .iter()
                        .position(|(member, _)| *member == next)
                        .unwrap_or_default();
                    let members = path[from..].iter().map(|(member, _)| *member).chain([next]);
                    let names: Vec<String> = members
                        .map(|member| format!("`{}`", definitions[member].name))
                        .collect();
                    let message =
                        format!("{} is defined by itself: {}", names[0], names.join(" → "));
                    let diagnostic = Diagnostic::error("definition-cycle", message)
                        .in_place(definitions[at].place.clone())
                        .help("rewrite one of them in terms of facts");
                    diagnostics.push(Diagnostic { span, ..diagnostic });
                }
                State::Done => {}
            }
        }
    }
    order
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

fn references(body: &Body, by_name: &BTreeMap<String, usize>) -> Vec<(usize, Option<Span>)> {
    match body {
        Body::Text(expr) => {
            let mut found = Vec::new();
            each_name(expr, &mut |name, span| {
                found.extend(by_name.get(name).map(|index| (*index, Some(span))))
            });
            found
        }
        Body::InForce { .. } => Vec::new(),
        Body::All(names) | Body::Any(names) => names
            .iter()
            .filter_map(|name| Some((*by_name.get(name)?, None)))
            .collect(),
    }
}

/// Calls a function with every name in an expression, aliases of queries included.
pub(super) fn each_name<'e>(expr: &'e Expr, visit: &mut dyn FnMut(&'e str, Span)) {
    if let ExprKind::Name(name) = &expr.kind {
        visit(name, expr.span);
    }
    expr.each_child(&mut |child| each_name(child, visit));
}

/// The name nearest to a mistyped one, if one is near: at most a third of its letters differ.
pub(super) fn nearest<'n>(typed: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let limit = (typed.chars().count() / 3).max(1);
    let distances = names.map(|name| (distance(&typed.to_lowercase(), &name.to_lowercase()), name));
    distances
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

/// The number of letters to insert, remove or replace.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (above, mine) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = above + 1;
        for (at, theirs) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(mine != *theirs);
            diagonal = row[at + 1];
            row[at + 1] = replaced.min(diagonal + 1).min(row[at] + 1);
        }
    }
    row[right.len()]
}

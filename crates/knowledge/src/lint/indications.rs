//! Indications are judged by named criteria, and only by confirmed ones.

use crate::base::Base;
use crate::body::Body;
use crate::entry::Entry;
use crate::kind::Kind;
use crate::run::called;
use waymark_criteria::{Diagnostic, NodeId, Span, Values};
use waymark_engine::Bundle;
use waymark_engine::bundle::{Indication, Scope, Status};

pub(super) fn check(base: &Base, problems: &mut Vec<Diagnostic>) {
    for (entry, indication) in indications(base) {
        let defined = entry.defines(&indication.id);
        let place = entry.place_of(&indication.id);
        if indication.status == Status::Memory {
            if defined {
                let message = format!("`{}` rests on memory and may not decide", indication.id);
                problems.push(
                    entry
                        .error("memory-decides", place, message)
                        .help("confirm it from a source, or take its define out"),
                );
            }
        } else if indication.scope == Scope::Metastatic && !defined {
            let message = format!("`{}` has no criteria", indication.id);
            problems.push(entry.error("no-criteria", place, message).help(format!(
                "add a `cql` block with `define \"{}\": …`",
                indication.id
            )));
        }
    }
}

/// Every indication with its file.
pub(super) fn indications(base: &Base) -> impl Iterator<Item = (&Entry, &Indication)> {
    base.of(Kind::Regimen).flat_map(|entry| {
        let indications: &[Indication] = match &entry.body {
            Some(Body::Regimen(regimen)) => &regimen.indications,
            _ => &[],
        };
        indications
            .iter()
            .map(move |indication| (entry, indication))
    })
}

/// Every conjunct of an indication is a criterion with sentences for readers.
pub(super) fn check_conjuncts(base: &Base, bundle: &Bundle, problems: &mut Vec<Diagnostic>) {
    let program = bundle.program();
    let nothing = program.evaluate(&Values::unknown(bundle.schema()));
    for (entry, indication) in indications(base) {
        let Some(root) = program.root(&indication.id) else {
            continue;
        };
        for node in program.conjuncts(root) {
            if criterion_of(bundle, node).is_some() {
                continue;
            }
            let text = called(program, &nothing, node);
            let text = if node == root {
                nameless(bundle, node)
            } else {
                text
            };
            let message = format!("`{text}` is not a named criterion");
            let place = first_fact(bundle, entry, indication, node);
            problems.push(entry.error("bare-condition", place, message).help(
                "give it an entry in `shared/`, with sentences for readers, and refer to that",
            ));
        }
    }
}

/// The shared criterion that a node is.
pub(super) fn criterion_of(bundle: &Bundle, node: NodeId) -> Option<&str> {
    let name = bundle.program().name_of(node)?;
    bundle
        .criterion(name)
        .map(|criterion| criterion.id.as_str())
}

/// The facts of a definition that is a single test.
fn nameless(bundle: &Bundle, node: NodeId) -> String {
    let facts = bundle.program().facts_of(node).into_iter();
    let ids: Vec<&str> = facts.map(|fact| bundle.fact(fact).id.as_str()).collect();
    ids.join(", ")
}

/// The place in the indication's define where the first fact of a node is named.
fn first_fact(bundle: &Bundle, entry: &Entry, indication: &Indication, node: NodeId) -> Span {
    let facts = bundle.program().facts_of(node);
    let ids: Vec<&str> = facts
        .into_iter()
        .map(|fact| bundle.fact(fact).id.as_str())
        .collect();
    let mut within = false;
    for name in &entry.names {
        if name.defined {
            within = name.name == indication.id;
        } else if within && ids.contains(&name.name.as_str()) {
            return name.span;
        }
    }
    entry.place_of(&indication.id)
}

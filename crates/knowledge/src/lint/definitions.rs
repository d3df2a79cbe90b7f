//! A file defines what its head announces, and nothing else.

use crate::base::Base;
use crate::body::Body;
use crate::entry::Entry;
use waymark_criteria::{Diagnostic, Span};

/// How the definitions of a constraint between facts begin.
const CONSTRAINT: &str = "constraint ";

pub(super) fn check(base: &Base, problems: &mut Vec<Diagnostic>) {
    for entry in &base.entries {
        let Some(body) = &entry.body else { continue };
        let (own, help): (Vec<&str>, &str) = match body {
            Body::Fact(_) => {
                check_constraints(entry, problems);
                continue;
            }
            Body::Criterion(criterion) => {
                check_criterion(entry, criterion.in_force.is_some(), problems);
                (vec![&criterion.id], "a criterion defines its own id")
            }
            Body::Medicine(medicine) => (
                medicine.cautions.iter().map(|it| it.id.as_str()).collect(),
                "a medicine defines ids of its cautions",
            ),
            Body::Regimen(regimen) => (
                regimen
                    .indications
                    .iter()
                    .map(|it| it.id.as_str())
                    .chain(regimen.positions.iter().map(|it| it.id.as_str()))
                    .chain(regimen.cautions.iter().map(|it| it.id.as_str()))
                    .collect(),
                "a regimen defines ids of its indications, positions and cautions",
            ),
            Body::Guidance(guidance) => (vec![&guidance.id], "guidance defines its own id"),
            Body::Sources(_)
            | Body::Table(_)
            | Body::Trial(_)
            | Body::Terms(_)
            | Body::LineRule(_)
            | Body::Question(_)
            | Body::Wording(_) => continue,
        };
        for name in entry.names.iter().filter(|name| name.defined) {
            if !own.contains(&name.name.as_str()) {
                let message = format!("`{}` is no id of this file", name.name);
                problems.push(entry.error("foreign-define", name.span, message).help(help));
            }
        }
    }
}

fn check_constraints(entry: &Entry, problems: &mut Vec<Diagnostic>) {
    for name in entry.names.iter().filter(|name| name.defined) {
        if !name.name.starts_with(CONSTRAINT) {
            let message = format!("`{}` is not the name of a constraint", name.name);
            problems.push(
                entry
                    .error("constraint-name", name.span, message)
                    .help(format!("begin it with `{CONSTRAINT}`")),
            );
        }
    }
}

fn check_criterion(entry: &Entry, in_force: bool, problems: &mut Vec<Diagnostic>) {
    let defined: Vec<Span> = entry
        .names
        .iter()
        .filter(|name| name.defined)
        .map(|name| name.span)
        .collect();
    match (in_force, &defined[..]) {
        (true, [first, ..]) => {
            let message = "a criterion with `in-force` has no criteria of its own";
            problems.push(entry.error("two-tests", *first, message));
        }
        (false, []) => {
            let message = format!("`{}` defines nothing", entry.id);
            problems.push(
                entry
                    .error("no-criteria", entry.head.span("id"), message)
                    .help(format!(
                        "add a `cql` block with `define \"{}\": …`, or `in-force`",
                        entry.id
                    )),
            );
        }
        (true, []) | (false, _) => {}
    }
}

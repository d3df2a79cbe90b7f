//! Facts that nothing reads and criteria that nothing uses.

use crate::base::Base;
use crate::body::Body;
use crate::entry::Entry;
use crate::kind::Kind;
use std::collections::BTreeSet;
use waymark_criteria::Diagnostic;
use waymark_engine::bundle::{AS_OF, Derivation, FactKind};

pub(super) fn check(base: &Base, problems: &mut Vec<Diagnostic>) {
    let mut used: BTreeSet<&str> = BTreeSet::from([AS_OF]);
    for entry in &base.entries {
        let referred = entry.names.iter().filter(|name| !name.defined);
        used.extend(referred.map(|name| name.name.as_str()));
        if let Some(Body::Fact(fact)) = &entry.body
            && let Derivation::StatedOr { fact, .. } = &fact.derivation
        {
            used.insert(fact);
        }
    }
    for entry in base.of(Kind::Fact) {
        let shown = matches!(&entry.body, Some(Body::Fact(fact)) if fact.ty == FactKind::Word || fact.for_readers);
        if !shown && !used.contains(entry.id.as_str()) {
            problems.push(unused(
                entry,
                "no criterion, constraint, caution or guidance reads this fact",
            ));
        }
    }
    for entry in base.of(Kind::Criterion) {
        if !used.contains(entry.id.as_str()) {
            problems.push(unused(entry, "no entry uses this criterion"));
        }
    }
}

fn unused(entry: &Entry, message: &str) -> Diagnostic {
    Diagnostic::warning("unused", message)
        .in_place(&entry.path)
        .at(entry.head.span("id"))
}

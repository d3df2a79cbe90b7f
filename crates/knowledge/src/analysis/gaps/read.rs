//! Facts on which nothing depends, and cautions that depend on no fact.

use super::{Finding, Gap, judged};
use std::collections::BTreeSet;
use waymark_criteria::FactIndex;
use waymark_engine::Bundle;
use waymark_engine::bundle::{Derivation, FactKind, Status};

pub(super) fn check(bundle: &Bundle, gaps: &mut Vec<Gap>) {
    let (program, content) = (bundle.program(), bundle.content());
    let criteria: BTreeSet<&str> = content.criteria.iter().map(|it| it.id.as_str()).collect();
    let mut read: BTreeSet<FactIndex> = BTreeSet::from([bundle.as_of()]);
    // A criterion by itself is shown to nobody.
    for definition in judged(bundle).iter().filter(|it| !criteria.contains(it.id)) {
        read.extend(program.facts_of(definition.root));
    }
    for fact in &content.facts {
        if let Derivation::StatedOr { fact, .. } = &fact.derivation {
            read.extend(bundle.schema().find(fact));
        }
    }
    for fact in bundle.schema().indices() {
        let entry = bundle.fact(fact);
        if entry.ty != FactKind::Word && !read.contains(&fact) {
            let text = "no indication, position, caution or guidance depends on it";
            gaps.push(gap(Finding::UnreadFact, &entry.id, text));
        }
    }
    let of_medicines = content.medicines.iter().flat_map(|it| &it.cautions);
    let of_regimens = content.regimens.iter().flat_map(|it| &it.cautions);
    for caution in of_medicines.chain(of_regimens) {
        // What rests on memory is never raised, so it needs no threshold.
        if program.root(&caution.id).is_none() && caution.status != Status::Memory {
            let text = "no fact decides it: everyone is told";
            gaps.push(gap(Finding::NoThreshold, &caution.id, text));
        }
    }
}

fn gap(finding: Finding, of: &str, text: &str) -> Gap {
    Gap {
        finding,
        of: of.to_owned(),
        text: text.to_owned(),
        witness: None,
        on: None,
        accepted: None,
    }
}

//! The records behind facts: each is shown once, with the facts that rest on it.

use super::facts::record;
use crate::chart::Source;
use crate::facts::Provenance;
use crate::wire;
use std::collections::BTreeMap;
use std::sync::Arc;
use waymark_criteria::{DateBounds, FactIndex};

/// The records behind the facts shown so far.
#[derive(Default)]
pub(super) struct Records<'a> {
    /// By the place in memory of their source, which entries of one place share, and by date.
    found: BTreeMap<(*const Source, DateBounds), Found<'a>>,
}

struct Found<'a> {
    id: &'a str,
    shown: Arc<wire::Record>,
    facts: Vec<FactIndex>,
}

impl<'a> Records<'a> {
    /// A record on which a fact rests, as it is shown.
    pub(super) fn behind(
        &mut self,
        fact: FactIndex,
        provenance: &'a Provenance,
    ) -> Arc<wire::Record> {
        let key = (Arc::as_ptr(&provenance.source), provenance.date);
        let found = self.found.entry(key).or_insert_with(|| Found {
            id: &provenance.source.record,
            shown: Arc::new(record(provenance)),
            facts: Vec::new(),
        });
        found.facts.push(fact);
        Arc::clone(&found.shown)
    }

    /// The facts that rest on each record, in the order of the schema.
    pub(super) fn facts(&self) -> BTreeMap<&'a str, Vec<FactIndex>> {
        let mut facts: BTreeMap<&str, Vec<FactIndex>> = BTreeMap::new();
        for found in self.found.values() {
            facts.entry(found.id).or_default().extend(&found.facts);
        }
        for facts in facts.values_mut() {
            facts.sort_unstable();
            facts.dedup();
        }
        facts
    }
}

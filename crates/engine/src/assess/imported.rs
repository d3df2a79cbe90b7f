//! The import report: each record with the facts that rest on it, or why none does.

use crate::bundle::Bundle;
use crate::chart::{Chart, Used};
use crate::facts::Facts;
use crate::wire::{self, Text};
use std::collections::{BTreeMap, BTreeSet};
use waymark_criteria::Date;

/// What of the input was used.
pub(super) fn imported(chart: &Chart, facts: &Facts, bundle: &Bundle) -> wire::Import {
    let ignored = chart.import.ignored.iter().map(|ignored| wire::Ignored {
        record: ignored.record.clone(),
        reason: ignored.reason.clone(),
    });
    let notes = chart.import.notes.iter().map(|note| wire::Note {
        record: note.place.clone(),
        code: note.code.to_owned(),
        message: note.message.clone(),
    });
    let dates = Dates::of(chart, facts.as_of);
    let later = dates.later.iter().map(|record| wire::Note {
        record: (*record).to_owned(),
        code: "after-as-of".to_owned(),
        message: format!(
            "dated after {}: read, and not used for this day",
            facts.as_of
        ),
    });
    let resting = resting(facts, bundle);
    let read = chart.import.used.iter().map(|used| {
        let facts = resting.get(used.record.as_str()).into_iter().flatten();
        let facts: Vec<Text> = facts.map(|id| (*id).clone()).collect();
        wire::Read {
            record: used.record.clone(),
            gave: used.gave.clone(),
            unused: facts.is_empty().then(|| dates.why_unused(used)),
            facts,
        }
    });
    wire::Import {
        records: chart.import.records,
        used: chart.import.used.len(),
        read: read.collect(),
        ignored: ignored.collect(),
        notes: notes.chain(later).collect(),
    }
}

/// The facts that rest on each record, in the order of the schema.
fn resting<'a>(facts: &'a Facts, bundle: &'a Bundle) -> BTreeMap<&'a str, Vec<&'a Text>> {
    let mut resting: BTreeMap<&str, Vec<&Text>> = BTreeMap::new();
    for index in bundle.schema().indices() {
        let id = &bundle.shown().fact(index).unrecorded.id;
        for provenance in &facts.get(index).from {
            let ids = resting.entry(&provenance.source.record).or_default();
            if ids.last() != Some(&id) {
                ids.push(id);
            }
        }
    }
    resting
}

/// Which records lie after the day asked for: wholly, or not.
struct Dates<'a> {
    as_of: Date,
    later: BTreeSet<&'a str>,
    by_then: BTreeSet<&'a str>,
}

impl<'a> Dates<'a> {
    fn of(chart: &'a Chart, as_of: Date) -> Self {
        let mut dates = Dates {
            as_of,
            later: BTreeSet::new(),
            by_then: BTreeSet::new(),
        };
        for entry in &chart.entries {
            let later = entry.date.low.is_some_and(|earliest| earliest > as_of);
            let side = if later {
                &mut dates.later
            } else {
                &mut dates.by_then
            };
            side.insert(&entry.source.record);
        }
        dates
    }

    fn why_unused(&self, used: &Used) -> String {
        let record = used.record.as_str();
        if self.later.contains(record) && !self.by_then.contains(record) {
            format!("dated after {}", self.as_of)
        } else {
            "no fact of this day rests on it".to_owned()
        }
    }
}

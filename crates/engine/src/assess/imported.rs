//! The import report: each record with the facts that rest on it, or why none does.

use super::records::Records;
use crate::bundle::Bundle;
use crate::chart::{Chart, Entry, Used};
use crate::wire::{self, Text};
use waymark_criteria::{Date, SortedSet};

/// What of the input was used.
pub(super) fn imported(
    chart: &Chart,
    as_of: Date,
    records: &Records<'_>,
    bundle: &Bundle,
) -> wire::Import {
    let ignored = chart.import.ignored.iter().map(|ignored| wire::Ignored {
        record: ignored.record.clone(),
        reason: ignored.reason.clone(),
    });
    let notes = chart.import.notes.iter().map(|note| wire::Note {
        record: note.place.clone(),
        code: note.code.to_owned(),
        message: note.message.clone(),
    });
    let dates = Dates::of(chart, as_of);
    let later = dates.later.iter().map(|record| wire::Note {
        record: (*record).to_owned(),
        code: "after-as-of".to_owned(),
        message: format!("dated after {as_of}: read, and not used for this day"),
    });
    let resting = records.facts();
    let read = chart.import.used.iter().map(|used| {
        let facts = resting.get(used.record.as_str()).into_iter().flatten();
        let ids = facts.map(|fact| bundle.shown().fact(*fact).unrecorded.id.clone());
        let facts: Vec<Text> = ids.collect();
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

/// Which records lie after the day asked for.
struct Dates<'a> {
    as_of: Date,
    /// At least in part.
    later: SortedSet<&'a str>,
    wholly_later: SortedSet<&'a str>,
}

impl<'a> Dates<'a> {
    fn of(chart: &'a Chart, as_of: Date) -> Self {
        let is_later = |entry: &&Entry| entry.date.low.is_some_and(|earliest| earliest > as_of);
        let (later, by_then): (Vec<&Entry>, Vec<&Entry>) = chart.entries.iter().partition(is_later);
        let later: SortedSet<&str> = later.iter().map(|it| it.source.record.as_str()).collect();
        let mut wholly_later = later.clone();
        for entry in by_then {
            wholly_later.remove(entry.source.record.as_str());
        }
        Dates {
            as_of,
            later,
            wholly_later,
        }
    }

    fn why_unused(&self, used: &Used) -> String {
        if self.wholly_later.contains(used.record.as_str()) {
            format!("dated after {}", self.as_of)
        } else {
            "no fact of this day rests on it".to_owned()
        }
    }
}

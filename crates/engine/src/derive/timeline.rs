//! The chart as of a day: what had happened by then, what may have, and what had not.

use crate::chart::{Cancer, Chart, Completeness, Earlier, Entry, Event, Statement};
use crate::facts::Provenance;
use std::sync::Arc;
use waymark_criteria::{Date, DateBounds};

/// An entry that lies, or may lie, on or before the day asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'a> {
    /// The entry.
    pub(super) entry: &'a Entry,
    /// Its date, given that it happened by the day asked for.
    pub(super) date: DateBounds,
    /// It surely happened by then, and with this cancer. Undated entries count as such: what a record holds exists.
    pub(super) certain: bool,
}

impl Seen<'_> {
    /// The record behind it.
    pub(super) fn provenance(&self) -> Provenance {
        provenance(self.entry)
    }

    /// Nothing is known of its date.
    pub(super) fn undated(&self) -> bool {
        self.entry.date == DateBounds::UNKNOWN
    }
}

/// The entries of a chart as of a day, in an order that does not depend on that of the input.
#[derive(Clone, Debug)]
pub(super) struct Timeline<'a> {
    /// The day asked for.
    pub(super) as_of: Date,
    /// What a silence means.
    pub(super) record: Completeness,
    /// The chart.
    pub(super) chart: &'a Chart,
    /// Entries on or possibly before the day, by date and then by content.
    pub(super) seen: Vec<Seen<'a>>,
    /// Those of them by which every course is judged: diagnoses, stages and local therapies, which are few.
    pub(super) landmarks: Vec<Seen<'a>>,
    /// Those of them that state a fact.
    pub(super) statements: Vec<(Seen<'a>, &'a Statement)>,
    /// What is said of medicines before the disease was metastatic.
    pub(super) earlier: Vec<(Seen<'a>, &'a Earlier)>,
    /// Entries that are surely later; they are named where nothing else is known, and never used.
    pub(super) later: Vec<&'a Entry>,
}

impl<'a> Timeline<'a> {
    pub(super) fn new(chart: &'a Chart, as_of: Date, record: Completeness) -> Self {
        let mut entries: Vec<&Entry> = chart.entries.iter().collect();
        entries.sort();
        let mut seen = Vec::new();
        let mut later = Vec::new();
        for entry in entries {
            if entry.date.low.is_some_and(|low| low > as_of) {
                later.push(entry);
                continue;
            }
            let undated = entry.date == DateBounds::UNKNOWN;
            seen.push(Seen {
                entry,
                date: cut(entry.date, as_of),
                certain: (undated || entry.date.high.is_some_and(|high| high <= as_of))
                    && !of_a_cancer_not_on_record(&entry.event),
            });
        }
        let is_landmark = |seen: &&Seen<'_>| {
            use Event::{Diagnosis, LocalTherapy, Stage};
            matches!(seen.entry.event, Diagnosis(_) | Stage(_) | LocalTherapy(_))
        };
        let statement = |seen: &Seen<'a>| match &seen.entry.event {
            Event::Statement(statement) => Some((*seen, statement)),
            _ => None,
        };
        let earlier = |seen: &Seen<'a>| match &seen.entry.event {
            Event::Earlier(said) => Some((*seen, said)),
            _ => None,
        };
        Timeline {
            as_of,
            statements: seen.iter().filter_map(statement).collect(),
            landmarks: seen.iter().filter(is_landmark).copied().collect(),
            earlier: seen.iter().filter_map(earlier).collect(),
            // What was lost on the way cannot be vouched for.
            record: if chart.import.lost == 0 {
                record
            } else {
                Completeness::Partial
            },
            chart,
            seen,
            later,
        }
    }

    /// Conditions and therapies are all there.
    pub(super) fn complete(&self) -> bool {
        self.record == Completeness::Complete
    }

    /// What `pick` makes of each entry seen.
    pub(super) fn each<'t, T: 't>(
        &'t self,
        pick: impl Fn(&'a Event) -> Option<T> + 't,
    ) -> impl Iterator<Item = (Seen<'a>, T)> + 't {
        self.seen
            .iter()
            .filter_map(move |seen| pick(&seen.entry.event).map(|found| (*seen, found)))
    }
}

fn of_a_cancer_not_on_record(event: &Event) -> bool {
    let cancer = match event {
        Event::Metastasis(found) => &found.cancer,
        Event::Stage(stage) => &stage.cancer,
        Event::Receptor(result) => &result.cancer,
        Event::Status(status) => &status.cancer,
        _ => &None,
    };
    *cancer == Some(Cancer::NotOnRecord)
}

/// The date of something that happened by the day asked for.
pub(super) fn cut(date: DateBounds, as_of: Date) -> DateBounds {
    DateBounds {
        low: date.low,
        high: Some(date.high.map_or(as_of, |high| high.min(as_of))),
    }
}

/// The record behind an entry.
pub(super) fn provenance(entry: &Entry) -> Provenance {
    Provenance {
        date: entry.date,
        source: Arc::clone(&entry.source),
    }
}

/// Those of the dated things that may be the latest: no other one is surely later.
pub(super) fn latest<T>(things: &[T], date: impl Fn(&T) -> DateBounds) -> Vec<&T> {
    // Surely later than another is what begins after its end: the latest beginning decides for all.
    let begun = things.iter().filter_map(|thing| date(thing).low).max();
    let overtaken = |thing: &&T| {
        begun
            .zip(date(thing).high)
            .is_some_and(|(low, high)| high < low)
    };
    things.iter().filter(|thing| !overtaken(thing)).collect()
}

/// The bounds of the earliest of some dates, each of which surely happened.
pub(super) fn earliest(dates: impl IntoIterator<Item = DateBounds>) -> Option<DateBounds> {
    dates.into_iter().reduce(|one, other| DateBounds {
        low: one.low.zip(other.low).map(|(one, other)| one.min(other)),
        high: match (one.high, other.high) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        },
    })
}

//! What was read of each record: facts for the chart, or the reason why there are none.

use crate::date;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;
use waymark_criteria::{DateBounds, Diagnostic};
use waymark_engine::chart::{Entry, Event, Ignored, ImportReport, Source, Used};

/// One fact of a record.
#[derive(Debug)]
pub(crate) struct Fact {
    /// When.
    pub(crate) date: DateBounds,
    /// What.
    pub(crate) event: Event,
    /// What the record says, in a few words.
    pub(crate) text: String,
    /// Read from words, not from a code.
    pub(crate) from_text: bool,
}

/// What a record gave.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// At least one fact.
    pub(crate) facts: Vec<Fact>,
    /// Oddities: code and message.
    pub(crate) notes: Vec<(&'static str, String)>,
}

impl Found {
    /// The same, of a record that shows nothing: it keeps a record that is stated to be complete from showing the opposite.
    pub(crate) fn in_doubt(mut self, note: (&'static str, String)) -> Self {
        for fact in &mut self.facts {
            fact.date = date::doubtful(fact.date);
        }
        self.notes.push(note);
        self
    }
}

/// Why a record gave nothing.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// The reason.
    pub(crate) reason: String,
    /// Oddities: code and message.
    pub(crate) notes: Vec<(&'static str, String)>,
}

impl<S: Into<String>> From<S> for Refusal {
    fn from(reason: S) -> Self {
        Refusal {
            reason: reason.into(),
            notes: Vec::new(),
        }
    }
}

/// The outcome of reading one record.
pub(crate) type Reading = Result<Found, Refusal>;

/// Collects entries and the report.
#[derive(Debug, Default)]
pub(crate) struct Report<'r> {
    pub(crate) entries: Vec<Entry>,
    pub(crate) import: ImportReport,
    /// Names that more than one record has, and the entries of those.
    repeated: BTreeSet<&'r str>,
    seen: BTreeSet<Entry>,
}

impl<'r> Report<'r> {
    /// A report on records of these names.
    pub(crate) fn on(names: impl Iterator<Item = &'r str>) -> Self {
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        let pairs = names.windows(2).filter(|pair| pair[0] == pair[1]);
        Report {
            repeated: pairs.map(|pair| pair[0]).collect(),
            ..Report::default()
        }
    }

    /// Adds a note on a record.
    pub(crate) fn note(&mut self, record: &str, code: &'static str, message: impl Into<String>) {
        self.import
            .notes
            .push(Diagnostic::warning(code, message).in_place(record));
    }

    /// Records that a record was used.
    pub(crate) fn used(&mut self, record: &str, gave: impl Into<String>) {
        self.import.used.push(Used {
            record: record.to_owned(),
            gave: gave.into(),
        });
    }

    /// Records that a record was not used.
    pub(crate) fn ignored(&mut self, record: &str, reason: impl Into<String>) {
        self.import.ignored.push(Ignored {
            record: record.to_owned(),
            reason: reason.into(),
        });
    }

    /// Takes the outcome of one record. What a copy of a record says again is entered once; two records that differ by
    /// their id alone are two, whichever comes first.
    pub(crate) fn take(&mut self, record: &str, reading: Reading) {
        let (found, reason) = match reading {
            Ok(found) => (found, None),
            Err(refusal) => (
                Found {
                    facts: Vec::new(),
                    notes: refusal.notes,
                },
                Some(refusal.reason),
            ),
        };
        for (code, message) in found.notes {
            self.note(record, code, message);
        }
        if found.facts.is_empty() {
            let reason = reason.unwrap_or_else(|| "it gave no fact".to_owned());
            self.ignored(record, reason);
            return;
        }
        let mut gave = String::with_capacity(32);
        let again = self.repeated.contains(record);
        let own = self.entries.len();
        for fact in found.facts {
            let before = gave.len();
            tell(&mut gave, &fact);
            let entry = Entry {
                date: fact.date,
                event: fact.event,
                source: Arc::new(Source {
                    record: record.to_owned(),
                    text: fact.text,
                    from_text: fact.from_text,
                }),
            };
            let first = if again {
                self.seen.insert(entry.clone())
            } else {
                !self.entries[own..].contains(&entry)
            };
            if first {
                self.entries.push(entry);
            }
            // Two codings of one record may say the same thing.
            if !first && before > 0 {
                gave.truncate(before);
            }
        }
        self.used(record, gave);
    }
}

/// Adds a fact in a few words to those before it.
fn tell(told: &mut String, fact: &Fact) {
    let add = |told: &mut String, words: &[&str]| words.iter().for_each(|it| told.push_str(it));
    if !told.is_empty() {
        told.push_str("; ");
    }
    match &fact.event {
        Event::Diagnosis(found) if found.recurrence => told.push_str("recurrence of cancer"),
        Event::Diagnosis(_) => told.push_str("diagnosis of cancer"),
        Event::Metastasis(found) if found.present => told.push_str("metastasis"),
        Event::Metastasis(_) => told.push_str("no metastasis"),
        Event::Stage(_) => told.push_str("stage"),
        Event::Receptor(_) => told.push_str("receptor result"),
        Event::Therapy(_) => told.push_str("therapy"),
        Event::Status(_) => told.push_str("disease status"),
        Event::LocalTherapy(_) => told.push_str("local therapy"),
        Event::Measurement(found) => add(told, &["measurement of ", &found.quantity]),
        Event::Condition { id, present: true } => told.push_str(id),
        Event::Condition { id, .. } => add(told, &["no ", id]),
        Event::Statement(statement) => told.push_str(&statement.fact),
        Event::Earlier(_) => told.push_str("earlier medicine"),
    }
    // Writing to a string cannot fail.
    let _ = write!(told, " ({})", fact.date);
}

//! What one line of a chart says, whoever read it: the reader of the written format, or the compiler of the knowledge for
//! the lines that answers tell.

use super::{Chart, Completeness, Entry, Event, Ignored, Sex, Source, Used};
use std::sync::Arc;
use waymark_criteria::DateBounds;
use waymark_packed::Packed;

/// A line that was read.
#[derive(Clone, Debug, PartialEq, Eq, Packed)]
pub enum Line {
    /// When the person was born, and the words of it.
    Born(DateBounds, String),
    /// Their sex.
    Sex(Sex),
    /// What a silence of the record means.
    Record(Completeness),
    /// What happened.
    Entry {
        /// When.
        date: DateBounds,
        /// The words of it.
        text: String,
        /// What they say.
        events: Vec<Event>,
        /// What of it is not used, and why.
        left_out: Option<String>,
    },
}

impl Chart {
    /// Puts a line of this number into the chart; whether it may stand there: a chart says once who the person is, and what a
    /// silence means.
    pub fn put(&mut self, number: usize, line: Line) -> bool {
        match line {
            Line::Born(date, text) if self.patient.birth_source.is_none() => {
                self.patient.birth = date;
                self.patient.birth_source = Some(source(number, text));
            }
            Line::Sex(sex) if self.patient.sex.is_none() => self.patient.sex = Some(sex),
            Line::Record(record) if self.record.is_none() => self.record = Some(record),
            Line::Born(..) | Line::Sex(_) | Line::Record(_) => return false,
            Line::Entry {
                date,
                text,
                events,
                left_out,
            } => self.add(source(number, text), date, events, left_out),
        }
        true
    }

    fn add(
        &mut self,
        source: Source,
        date: DateBounds,
        events: Vec<Event>,
        left_out: Option<String>,
    ) {
        self.import.records += 1;
        let gave = gave(&events);
        let record = source.record.clone();
        match left_out {
            Some(reason) if events.is_empty() => {
                self.import.ignored.push(Ignored { record, reason });
                return;
            }
            left_out => self.import.used.push(Used {
                record,
                gave: match left_out {
                    Some(left_out) => format!("{gave}; not {left_out}"),
                    None => gave,
                },
            }),
        }
        let source = Arc::new(source);
        self.entries.extend(events.into_iter().map(|event| Entry {
            date,
            event,
            source: Arc::clone(&source),
        }));
    }
}

fn source(number: usize, text: String) -> Source {
    Source {
        record: format!("line {number}"),
        text,
        from_text: false,
    }
}

/// Words with single spaces between them.
pub(super) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a line gave, in a few words: `diagnosis, 2 receptor results`.
fn gave(events: &[Event]) -> String {
    let mut counts: Vec<(&str, &str, usize)> = Vec::new();
    for event in events {
        let (one, many) = kind(event);
        match counts.iter_mut().find(|(known, _, _)| *known == one) {
            Some((_, _, count)) => *count += 1,
            None => counts.push((one, many, 1)),
        }
    }
    let told = counts.into_iter().map(|(one, many, count)| match count {
        1 => one.to_owned(),
        _ => format!("{count} {many}"),
    });
    told.collect::<Vec<_>>().join(", ")
}

fn kind(event: &Event) -> (&'static str, &'static str) {
    match event {
        Event::Diagnosis(_) => ("diagnosis", "diagnoses"),
        Event::Metastasis(_) => ("statement on metastasis", "statements on metastasis"),
        Event::Stage(_) => ("stage", "stages"),
        Event::Receptor(_) => ("receptor result", "receptor results"),
        Event::Therapy(_) => ("medicine", "medicines"),
        Event::Status(_) => ("course of the disease", "courses of the disease"),
        Event::LocalTherapy(_) => ("local therapy", "local therapies"),
        Event::Measurement(_) => ("measurement", "measurements"),
        Event::Condition { .. } => ("condition", "conditions"),
        Event::Statement(_) => ("stated fact", "stated facts"),
        Event::Earlier(_) => ("earlier medicine", "earlier medicines"),
    }
}

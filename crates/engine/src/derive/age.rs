//! Completed years of age.

use super::Deriver;
use crate::facts::{Fact, Provenance, WhyUnknown};
use std::sync::Arc;
use waymark_criteria::{Bounds, Date, DateBounds};

impl Deriver<'_> {
    /// Bounds of the age, from the bounds of the date of birth.
    pub(super) fn age(&self) -> Fact {
        let patient = &self.timeline.chart.patient;
        let (birth, as_of) = (patient.birth, self.timeline.as_of);
        let from = patient.birth_source.iter().map(|source| Provenance {
            date: birth,
            source: Arc::new(source.clone()),
        });
        let from: Vec<Provenance> = from.collect();
        if birth == DateBounds::UNKNOWN {
            return Fact::bounds(Bounds::UNKNOWN, Vec::new());
        }
        if birth.low.is_some_and(|low| low > as_of) {
            return Fact::bounds(Bounds::UNKNOWN, from).because(WhyUnknown::AfterAsOf);
        }
        let bounds = Bounds {
            low: Some(birth.high.map_or(0, |born| years(born, as_of).max(0))),
            high: birth.low.map(|born| years(born, as_of)),
        };
        let fact = Fact::bounds(bounds, from);
        if bounds.as_exact().is_some() {
            fact
        } else {
            fact.because(WhyUnknown::Unresolved)
        }
    }
}

/// Completed years between two days; a birthday on 29 February is reached on 1 March of a shorter year.
pub(super) fn years(born: Date, on: Date) -> i64 {
    let birthday_to_come = (on.month(), on.day()) < (born.month(), born.day());
    i64::from(on.year()) - i64::from(born.year()) - i64::from(birthday_to_come)
}

//! Medicines of a regimen that were given before: an approved use may be met although a medicine was already tried.

use super::Judged;
use super::shown::OfRegimen;
use crate::chart::{Entry, StopReason, Therapy, TherapyStatus};
use crate::wire;
use std::sync::Arc;
use waymark_criteria::{DateBounds, Truth};

impl Judged<'_> {
    /// Courses of the regimen's own medicines begun for sure on or before the day, in order of medicine and start.
    pub(super) fn given(&self, regimen: &OfRegimen) -> Vec<Arc<wire::Given>> {
        let mut given = Vec::new();
        for position in &regimen.own {
            given.extend_from_slice(&self.medicines[*position].given);
        }
        given
    }

    pub(super) fn course(
        &self,
        medicine: &str,
        entry: &Entry,
        therapy: &Therapy,
    ) -> Option<wire::Given> {
        let undated = entry.date == DateBounds::UNKNOWN;
        let begun = entry.date.on_or_before(DateBounds::exact(self.as_of)) == Truth::True;
        let counts = therapy.status != TherapyStatus::Planned && (undated || begun);
        counts.then(|| wire::Given {
            medicine: medicine.to_owned(),
            from: entry.date.to_string(),
            to: self.ended(therapy).map(|end| end.to_string()),
            stopped: self
                .ended(therapy)
                .and(therapy.stopped)
                .map(|reason| stop_word(reason).to_owned()),
            record: entry.source.record.clone(),
        })
    }

    /// The last dose, when it was on or before the day.
    fn ended(&self, therapy: &Therapy) -> Option<DateBounds> {
        therapy
            .end
            .filter(|end| end.on_or_before(DateBounds::exact(self.as_of)) == Truth::True)
    }
}

fn stop_word(reason: StopReason) -> &'static str {
    match reason {
        StopReason::Progression => "progression",
        StopReason::Toxicity => "toxicity",
        StopReason::Completed => "completed",
        StopReason::Other => "other",
    }
}

//! Dates of a record that are none, such as `17` or `2024-13-01`: what they date is read as if they were not there.

use crate::date;
use crate::lenient::Text;
use crate::resource::{Period, Resource};

/// A sentence for each date of a record that cannot be read.
pub(crate) fn unreadable(resource: &Resource<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let mut look = |name: &str, written: Option<&Text<'_>>| {
        if let Some(written) = written.filter(|text| date::parse(text.as_str()).is_none()) {
            let written = written.as_str();
            found.push(format!("`{name}` is no date and is not used: `{written}`"));
        }
    };
    match resource {
        Resource::Condition(it) => {
            let period = ends(&it.onset_period);
            look("onsetDateTime", it.onset_date_time.as_ref());
            look("onsetPeriod.start", period.start.as_ref());
            look("onsetPeriod.end", period.end.as_ref());
            look("recordedDate", it.recorded_date.as_ref());
        }
        Resource::Observation(it) => {
            let period = ends(&it.effective_period);
            look("effectiveDateTime", it.effective_date_time.as_ref());
            look("effectiveInstant", it.effective_instant.as_ref());
            look("effectivePeriod.start", period.start.as_ref());
            look("effectivePeriod.end", period.end.as_ref());
            look("issued", it.issued.as_ref());
        }
        Resource::MedicationUse(it) => {
            let period = ends(&it.effective_period);
            look("authoredOn", it.authored_on.as_ref());
            look("effectiveDateTime", it.effective_date_time.as_ref());
            look("effectivePeriod.start", period.start.as_ref());
            look("effectivePeriod.end", period.end.as_ref());
            look("dateAsserted", it.date_asserted.as_ref());
            look("whenHandedOver", it.when_handed_over.as_ref());
            look("whenPrepared", it.when_prepared.as_ref());
        }
        Resource::Procedure(it) => {
            let period = ends(&it.performed_period);
            look("performedDateTime", it.performed_date_time.as_ref());
            look("performedPeriod.start", period.start.as_ref());
            look("performedPeriod.end", period.end.as_ref());
        }
        Resource::Patient(_)
        | Resource::Medication(_)
        | Resource::Specimen(_)
        | Resource::BodyStructure(_)
        | Resource::DiagnosticReport(_)
        | Resource::OperationOutcome(_)
        | Resource::Unread => {}
    }
    found
}

fn ends<'a>(period: &Option<Period<'a>>) -> Period<'a> {
    period.clone().unwrap_or_default()
}

//! Dates of a record that are none, such as `17` or `2024-13-01`: what they date is read as if they were not there. And
//! findings that need a date and have none.

use crate::datatype::Period;
use crate::date;
use crate::lenient::Text;
use crate::report::Found;
use crate::resource::Resource;
use waymark_criteria::DateBounds;
use waymark_engine::chart::Event;

/// What a record found not to be there, on a day that it does not tell, may have come since: it decides nothing.
pub(crate) fn opened(mut found: Found) -> Found {
    let mut open = false;
    for fact in &mut found.facts {
        let not_there = match &fact.event {
            Event::Metastasis(metastasis) => !metastasis.present,
            Event::Condition { id, present } => {
                !present || matches!(id.as_str(), "premenopausal" | "perimenopausal")
            }
            _ => false,
        };
        if not_there && fact.date == DateBounds::UNKNOWN {
            fact.date = date::doubtful(fact.date);
            open = true;
        }
    }
    if open {
        let why =
            "it decides nothing: what was not there on a day that is not told may have come since";
        found.notes.push(("in-doubt", why.to_owned()));
    }
    found
}

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
            let (start, end) = ends(it.onset_period.as_deref());
            look("onsetDateTime", it.onset_date_time.as_ref());
            look("onsetPeriod.start", start);
            look("onsetPeriod.end", end);
            look("recordedDate", it.recorded_date.as_ref());
            look("assertedDate", it.asserted_date.as_ref());
        }
        Resource::Observation(it) => {
            let (start, end) = ends(it.effective_period.as_deref());
            look("effectiveDateTime", it.effective_date_time.as_ref());
            look("effectiveInstant", it.effective_instant.as_ref());
            look("effectivePeriod.start", start);
            look("effectivePeriod.end", end);
            look("issued", it.issued.as_ref());
        }
        Resource::MedicationUse(it) => {
            let (start, end) = ends(it.effective_period.as_deref());
            look("authoredOn", it.authored_on.as_ref());
            look("effectiveDateTime", it.effective_date_time.as_ref());
            look("effectivePeriod.start", start);
            look("effectivePeriod.end", end);
            look("dateAsserted", it.date_asserted.as_ref());
            look("whenHandedOver", it.when_handed_over.as_ref());
            look("whenPrepared", it.when_prepared.as_ref());
        }
        Resource::Procedure(it) => {
            let (start, end) = ends(it.performed_period.as_deref());
            look("performedDateTime", it.performed_date_time.as_ref());
            look("performedPeriod.start", start);
            look("performedPeriod.end", end);
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

type End<'q, 'a> = Option<&'q Text<'a>>;

fn ends<'q, 'a>(period: Option<&'q Period<'a>>) -> (End<'q, 'a>, End<'q, 'a>) {
    period.map_or((None, None), |it| (it.start.as_ref(), it.end.as_ref()))
}

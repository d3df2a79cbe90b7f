//! Resources of FHIR DSTU2 and STU3 brought to R4: every element that is read here and was renamed, moved or could
//! reverse a meaning then. The reader is told of each such record.

use crate::datatype::Period;
use crate::lenient::{Many, Text};
use crate::resource::{Condition, MedicationUse, Procedure, Resource};
use waymark_criteria::{Diagnostic, Severity};

/// A type whose name changed, by its name of R4.
pub(crate) fn kind(kind: &str) -> &str {
    match kind {
        "MedicationOrder" => "MedicationRequest",
        kind => kind,
    }
}

/// Moves what an older version says to where R4 has it; the elements that showed it, or `None` for a record of R4.
pub(crate) fn convert(kind: &str, resource: &mut Resource<'_>) -> Option<String> {
    let mut seen = Seen(Vec::new());
    match resource {
        Resource::Condition(it) => condition(it, &mut seen),
        Resource::MedicationUse(it) => {
            if kind == "MedicationOrder" {
                seen.0.push("MedicationOrder");
            }
            medication(it, &mut seen);
        }
        Resource::Procedure(it) => procedure(it, &mut seen),
        Resource::Patient(_)
        | Resource::Observation(_)
        | Resource::Medication(_)
        | Resource::Specimen(_)
        | Resource::BodyStructure(_)
        | Resource::DiagnosticReport(_)
        | Resource::OperationOutcome(_)
        | Resource::Unread => {}
    }
    let shown: Vec<String> = seen.0.iter().map(|name| format!("`{name}`")).collect();
    (!shown.is_empty()).then(|| {
        format!(
            "of FHIR DSTU2 or STU3 ({}): read by what R4 calls it",
            shown.join(", ")
        )
    })
}

/// The elements that showed an older version.
struct Seen(Vec<&'static str>);

impl Seen {
    /// Moves an element to its place in R4, where that is empty.
    fn moved<T>(&mut self, name: &'static str, old: &mut Option<T>, new: &mut Option<T>) {
        if let Some(value) = old.take() {
            self.0.push(name);
            new.get_or_insert(value);
        }
    }

    fn listed<T>(&mut self, name: &'static str, old: &mut Option<Box<T>>, new: &mut Many<T>) {
        if let Some(value) = old.take() {
            self.0.push(name);
            new.0.push(*value);
        }
    }

    /// A flag that says that nothing was done.
    fn never<'a>(
        &mut self,
        name: &'static str,
        flag: Option<&Text<'a>>,
        status: &mut Option<Text<'a>>,
    ) {
        let Some(flag) = flag else { return };
        self.0.push(name);
        if flag.as_str() != "false" {
            *status = Some(Text("not-done".into()));
        }
    }
}

fn condition(it: &mut Condition<'_>, seen: &mut Seen) {
    seen.moved("patient", &mut it.patient, &mut it.subject);
    seen.moved("dateRecorded", &mut it.date_recorded, &mut it.recorded_date);
    if it.asserted_date.is_some() {
        seen.0.push("assertedDate");
    }
    seen.moved("onsetQuantity", &mut it.onset_quantity, &mut it.onset_age);
    let plain = |status: &Option<crate::datatype::Concept<'_>>| {
        status.as_ref().is_some_and(|status| status.plain)
    };
    if plain(&it.clinical_status) {
        seen.0.push("clinicalStatus, a plain string");
    }
    if plain(&it.verification_status) {
        seen.0.push("verificationStatus, a plain string");
    }
}

fn medication(it: &mut MedicationUse<'_>, seen: &mut Seen) {
    seen.moved("patient", &mut it.patient, &mut it.subject);
    seen.moved("dateWritten", &mut it.date_written, &mut it.authored_on);
    seen.moved(
        "effectiveTimeDateTime",
        &mut it.effective_time_date_time,
        &mut it.effective_date_time,
    );
    seen.moved(
        "effectiveTimePeriod",
        &mut it.effective_time_period,
        &mut it.effective_period,
    );
    seen.listed("reasonEnded", &mut it.reason_ended, &mut it.status_reason);
    seen.listed(
        "reasonCodeableConcept",
        &mut it.reason_codeable_concept,
        &mut it.reason_code,
    );
    seen.listed(
        "reasonForUseCodeableConcept",
        &mut it.reason_for_use_codeable_concept,
        &mut it.reason_code,
    );
    if let Some(end) = it.date_ended.take() {
        seen.0.push("dateEnded");
        let start = it.authored_on.clone();
        let end = Some(end);
        it.effective_period
            .get_or_insert_with(|| Box::new(Period { start, end }));
    }
    if !it.reason_not_taken.is_empty() {
        seen.0.push("the reason why not");
        it.status = Some(Text("not-done".into()));
    }
    seen.never("wasNotTaken", it.was_not_taken.as_ref(), &mut it.status);
    seen.never("wasNotGiven", it.was_not_given.as_ref(), &mut it.status);
    seen.never("notGiven", it.not_given.as_ref(), &mut it.status);
    // STU3 MedicationStatement.taken: y, n, unk (not known), na (not applicable).
    if let Some(taken) = it.taken.take() {
        seen.0.push("taken");
        match taken.as_str() {
            "y" => {}
            "n" => it.status = Some(Text("not-taken".into())),
            _ => it.status = Some(Text("unknown".into())),
        }
    }
}

fn procedure(it: &mut Procedure<'_>, seen: &mut Seen) {
    if !it.not_done_reason.is_empty() {
        seen.0.push("the reason why not");
        it.status = Some(Text("not-done".into()));
    }
    seen.never("notDone", it.not_done.as_ref(), &mut it.status);
    seen.never("notPerformed", it.not_performed.as_ref(), &mut it.status);
    seen.listed(
        "reasonCodeableConcept",
        &mut it.reason_codeable_concept,
        &mut it.reason_code,
    );
    if it
        .status
        .as_ref()
        .is_some_and(|status| status.as_str() == "aborted")
    {
        seen.0.push("status `aborted`");
        it.status = Some(Text("stopped".into()));
    }
}

/// Refuses a Bundle that says of itself that it is of a version that cannot be read.
pub(crate) fn refuse(shown_by: &str) -> Diagnostic {
    Diagnostic::error(
        "other-fhir",
        format!("the record is not FHIR R4: {shown_by}"),
    )
    .in_place("Bundle")
    .help("convert the record to FHIR R4 (4.0.1) first; nothing of it was read")
}

/// Whether a note of the envelope refuses the input.
pub(crate) fn is_refusal(note: &Diagnostic) -> bool {
    note.severity == Severity::Error
}

//! Records of FHIR DSTU2 and STU3 are refused as a whole: some of their elements reverse or move a meaning, so that
//! reading what looks alike would be half-reading.

use crate::resource::{Meta, Resource};
use waymark_criteria::{Diagnostic, Severity};

/// The one diagnostic for an older version.
pub(crate) fn refuse(record: &str, shown_by: &str, version: &str) -> Diagnostic {
    Diagnostic::error(
        "old-fhir",
        format!("the record is {version}, not FHIR R4: {shown_by}"),
    )
    .in_place(record)
    .help("convert the record to FHIR R4 (4.0.1) first; nothing of it was read")
}

/// Whether a note of the envelope refuses the input.
pub(crate) fn is_refusal(note: &Diagnostic) -> bool {
    note.severity == Severity::Error
}

/// What shows, for sure, that a resource is older than R4.
pub(crate) fn older(kind: &str, resource: Option<&Resource<'_>>) -> Option<(String, &'static str)> {
    const DSTU2: &str = "FHIR DSTU2";
    const STU3: &str = "FHIR STU3";
    const EITHER: &str = "FHIR DSTU2 or STU3";
    match kind {
        "MedicationOrder" | "DiagnosticOrder" => {
            return Some((format!("the resource type `{kind}`"), DSTU2));
        }
        "ProcedureRequest" | "ReferralRequest" => {
            return Some((format!("the resource type `{kind}`"), EITHER));
        }
        _ => {}
    }
    let element = |path: &str, version| Some((format!("the element `{kind}.{path}`"), version));
    let resource = resource?;
    let by_element = match resource {
        Resource::Condition(condition) if condition.patient.0 => element("patient", DSTU2),
        Resource::Condition(condition) if condition.date_recorded.0 => {
            element("dateRecorded", DSTU2)
        }
        Resource::Condition(condition) if condition.asserted_date.0 => {
            element("assertedDate", STU3)
        }
        Resource::Patient(patient) if patient.animal.0 => element("animal", EITHER),
        Resource::MedicationUse(medication) => [
            ("patient", medication.patient.0, DSTU2),
            ("dateWritten", medication.date_written.0, DSTU2),
            ("wasNotTaken", medication.was_not_taken.0, DSTU2),
            ("wasNotGiven", medication.was_not_given.0, DSTU2),
            ("taken", medication.taken.0, STU3),
            ("notGiven", medication.not_given.0, STU3),
            (
                "effectiveTimeDateTime",
                medication.effective_time_date_time.0,
                DSTU2,
            ),
        ]
        .into_iter()
        .find(|(_, there, _)| *there)
        .and_then(|(path, _, version)| element(path, version)),
        Resource::Procedure(procedure) if procedure.not_done.0 => element("notDone", STU3),
        Resource::Procedure(procedure) if procedure.not_performed.0 => {
            element("notPerformed", DSTU2)
        }
        _ => None,
    };
    by_element.or_else(|| {
        meta(resource)?.profile.iter().find_map(|profile| {
            let url = profile.as_str().to_lowercase();
            let old = ["/dstu2/", "/stu3/", "/3.0/", "/dstu2", "/1.0.2/"];
            old.iter()
                .any(|part| url.contains(part))
                .then(|| (format!("the profile `{}`", profile.as_str()), EITHER))
        })
    })
}

/// Whether a Condition's clinicalStatus is a plain string, as before R4.
pub(crate) fn plain_status(resource: &Resource<'_>) -> bool {
    matches!(resource, Resource::Condition(condition)
        if condition.clinical_status.as_ref().is_some_and(|status| status.plain))
}

/// Whether something in a resource exists in R4 only, or comes from a guide that is written for R4.
pub(crate) fn shows_r4(resource: &Resource<'_>) -> bool {
    let by_element = matches!(resource, Resource::Condition(condition)
        if [&condition.clinical_status, &condition.verification_status]
            .iter()
            .any(|status| status.as_ref().is_some_and(|status| !status.plain)));
    by_element
        || meta(resource).is_some_and(|meta| {
            meta.profile
                .iter()
                .any(|profile| profile.as_str().contains("/us/mcode/"))
        })
}

fn meta<'r, 'a>(resource: &'r Resource<'a>) -> Option<&'r Meta<'a>> {
    match resource {
        Resource::Patient(patient) => Some(&patient.meta),
        Resource::Condition(condition) => Some(&condition.meta),
        Resource::Observation(observation) => Some(&observation.meta),
        Resource::MedicationUse(medication) => Some(&medication.meta),
        Resource::Procedure(procedure) => Some(&procedure.meta),
        Resource::Medication(_)
        | Resource::Specimen(_)
        | Resource::BodyStructure(_)
        | Resource::Unread => None,
    }
}

//! Who the chart is of.

use crate::datatype::{Identifier, Reference};
use crate::date;
use crate::envelope::Record;
use crate::lenient::{Flag, Text};
use crate::lookup::Lookup;
use crate::reference::patient_id;
use crate::resource::{Patient, PatientLink, Resource};
use std::collections::BTreeSet;
use waymark_criteria::{DateBounds, Diagnostic};
use waymark_engine::chart::{self, Sex, Source};

/// The patients of an input, by id in the order of the input: those of its Patient records; where there is none, the
/// subjects of the other records tell.
pub(crate) fn all<'p>(
    records: &'p [Record<'_>],
    resources: &'p [Option<Resource<'_>>],
) -> Vec<&'p str> {
    let read = || {
        records
            .iter()
            .zip(resources)
            .filter(|(record, _)| record.skip.is_none())
    };
    let distinct = |ids: &mut dyn Iterator<Item = &'p str>| {
        let mut known = BTreeSet::new();
        ids.filter(|id| !id.is_empty() && known.insert(*id))
            .collect::<Vec<_>>()
    };
    let own = distinct(
        &mut read()
            .filter(|(record, _)| record.kind == "Patient")
            .map(|(record, _)| own_id(record)),
    );
    if !own.is_empty() {
        return own;
    }
    distinct(
        &mut read().filter_map(|(_, resource)| patient_id(subject(resource.as_ref()?)?.target()?)),
    )
}

/// Those patients whose record no other one of the input stands in place of; all where that leaves nobody.
pub(crate) fn in_use<'p>(
    ids: &[&'p str],
    records: &[Record<'_>],
    resources: &[Option<Resource<'_>>],
) -> Vec<&'p str> {
    let replaced = |id: &str| {
        records.iter().zip(resources).any(|(record, resource)| {
            let by = resource.as_ref().and_then(replaced_by);
            own_id(record) == id && by.is_some_and(|by| by != id && ids.contains(&by))
        })
    };
    let in_use: Vec<&str> = ids.iter().filter(|id| !replaced(id)).copied().collect();
    if in_use.is_empty() {
        ids.to_vec()
    } else {
        in_use
    }
}

/// The id of the patient whose record stands in place of this one (R4 link-type `replaced-by`).
fn replaced_by<'q>(resource: &'q Resource<'_>) -> Option<&'q str> {
    let Resource::Patient(patient) = resource else {
        return None;
    };
    let link = patient.link.iter().find(|link| link.is("replaced-by"))?;
    patient_id(link.other.as_ref()?.target()?)
}

/// What a reader of a patient's record has to know of it.
pub(crate) struct Caution {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// More of the same person may stand elsewhere.
    pub(crate) not_whole: bool,
}

/// That the record is no longer the one to read, that another one holds more of the person, that the person has died.
pub(crate) fn cautions(patient: &Patient<'_>) -> Vec<Caution> {
    let mut found = Vec::new();
    if patient.active == Some(Flag(false)) {
        found.push(Caution {
            code: "patient-not-in-use",
            message: "the record of the patient is not in use (`active` is false)".to_owned(),
            not_whole: true,
        });
    }
    for link in patient.link.iter() {
        let target = link.other.as_ref().and_then(Reference::target);
        let Some(target) = target.filter(|target| !target.contains("RelatedPerson")) else {
            continue;
        };
        let message = if link.is("replaced-by") {
            format!("`{target}` stands in place of this record, and is the one to read")
        } else if link.is("replaces") {
            format!("it stands in place of `{target}`, whose records are not read as the patient's")
        } else {
            format!("more of the same person stands in `{target}`, which is not read with it")
        };
        found.push(Caution {
            code: "patient-link",
            message,
            not_whole: true,
        });
    }
    let day = patient.deceased_date_time.as_ref();
    if patient.deceased_boolean == Some(Flag(true)) || day.is_some() {
        let day = day.map_or(String::new(), |day| format!(" ({})", day.as_str()));
        found.push(Caution {
            code: "deceased",
            message: format!("the record says that the person has died{day}"),
            not_whole: false,
        });
    }
    found
}

impl PatientLink<'_> {
    fn is(&self, kind: &str) -> bool {
        self.kind.as_ref().is_some_and(|own| own.as_str() == kind)
    }
}

/// The id of the one patient to be read; `None` when the input names nobody. Who is not chosen has to be `in_use`.
///
/// # Errors
/// When there are two and none was chosen, or the chosen one is not there.
pub(crate) fn choose(
    ids: &[&str],
    in_use: &[&str],
    wanted: Option<&str>,
) -> Result<Option<String>, Diagnostic> {
    let list = || {
        let shown: Vec<&str> = ids.iter().take(20).copied().collect();
        let more = ids.len().saturating_sub(shown.len());
        if more == 0 {
            shown.join(", ")
        } else {
            format!("{} and {more} more", shown.join(", "))
        }
    };
    if let Some(wanted) = wanted {
        let id = patient_id(wanted.trim()).unwrap_or(wanted);
        return if ids.contains(&id) {
            Ok(Some(id.to_owned()))
        } else {
            Err(Diagnostic::error(
                "no-such-patient",
                format!("the input has no patient `{wanted}`"),
            )
            .help(if ids.is_empty() {
                "the input names no patient".to_owned()
            } else {
                format!("patients: {}", list())
            }))
        };
    }
    if in_use.len() > 1 {
        return Err(Diagnostic::error(
            "several-patients",
            format!("the input holds {} patients, one must be chosen", ids.len()),
        )
        .help(format!("choose one of: {}", list())));
    }
    Ok(in_use.first().map(|id| (*id).to_owned()))
}

/// The id of a Patient record: its own, else that in its fullUrl.
pub(crate) fn own_id<'p>(record: &'p Record<'_>) -> &'p str {
    record
        .id
        .as_deref()
        .or_else(|| patient_id(record.full_url.as_deref()?))
        .unwrap_or(&record.name)
}

/// The subject of a resource that is read.
pub(crate) fn subject<'q, 'a>(resource: &'q Resource<'a>) -> Option<&'q Reference<'a>> {
    match resource {
        Resource::Condition(condition) => condition.subject.as_ref(),
        Resource::Observation(observation) => observation.subject.as_ref(),
        Resource::MedicationUse(medication) => medication.subject.as_ref(),
        Resource::Procedure(procedure) => procedure.subject.as_ref(),
        Resource::Specimen(specimen) => specimen.subject.as_ref(),
        Resource::Patient(_)
        | Resource::Medication(_)
        | Resource::BodyStructure(_)
        | Resource::DiagnosticReport(_)
        | Resource::OperationOutcome(_)
        | Resource::Unread => None,
    }
}

/// The person as the chart holds them, and what the record gave.
pub(crate) fn read(
    name: &str,
    id: &str,
    patient: &Patient<'_>,
    lookup: &Lookup<'_>,
) -> (chart::Patient, String) {
    let birth = date::of(patient.birth_date.as_ref());
    let by_extension = || {
        patient
            .extension
            .iter()
            .find(|extension| extension.is("us-core-birthsex") || extension.is("us-core-sex"))
            .and_then(|extension| extension.value_code.as_ref())
            .and_then(|code| {
                let coded = lookup.in_table("snomed-sex", code.as_str());
                sex(coded
                    .and_then(|meaning| meaning.strip_prefix("value."))
                    .unwrap_or(code.as_str()))
            })
    };
    let sex = patient
        .gender
        .as_ref()
        .and_then(|gender| sex(gender.as_str()))
        .or_else(by_extension);
    let gave = match birth {
        Some(_) => "date of birth".to_owned(),
        None => "the person; the date of birth is masked or not given".to_owned(),
    };
    let person = chart::Patient {
        id: id.to_owned(),
        birth: birth.unwrap_or(DateBounds::UNKNOWN),
        birth_source: birth.map(|birth| Source {
            record: name.to_owned(),
            text: format!("born {birth}"),
            from_text: false,
        }),
        sex,
    };
    (person, gave)
}

fn sex(word: &str) -> Option<Sex> {
    match word {
        "female" | "F" | "f" => Some(Sex::Female),
        "male" | "M" | "m" => Some(Sex::Male),
        _ => None,
    }
}

/// Whose record a resource is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Whose<'q> {
    /// The patient's.
    Theirs,
    /// Taken as the patient's, though the record does not say so plainly.
    Assumed(&'static str),
    /// Somebody else's, or of something that is no patient.
    Not(&'q str),
}

/// What other records may call the patient.
#[derive(Debug, Default)]
pub(crate) struct Own<'p> {
    pub(crate) id: Option<&'p str>,
    /// The fullUrls of their Patient records.
    pub(crate) urls: Vec<&'p str>,
    pub(crate) identifiers: &'p [Identifier<'p>],
    /// The input holds other patients too.
    pub(crate) among_others: bool,
}

impl Own<'_> {
    /// Compares a subject with the patient. A record that names another patient is never used, whether that patient is
    /// in the input or not.
    pub(crate) fn whose<'q>(&self, subject: Option<&'q Reference<'_>>) -> Whose<'q> {
        const NOT_FOLLOWED: &str =
            "its subject is no reference that can be followed; taken as the patient's";
        let Some(subject) = subject else {
            return self.unnamed("it names no subject; taken as the patient's");
        };
        let Some(target) = subject.target() else {
            let named = subject.identifier.as_ref();
            let named = named.and_then(|named| {
                let value = named.value.as_ref().map_or("", Text::as_str);
                self.identified(named.system.as_ref().map(Text::as_str), value)
            });
            return named.unwrap_or_else(|| self.unnamed(NOT_FOLLOWED));
        };
        // Nearly all are written so.
        if self.id.is_some() && target.strip_prefix("Patient/") == self.id {
            return Whose::Theirs;
        }
        if let Some(search) = target.strip_prefix("Patient?") {
            let mut terms = search.split('&');
            let named = terms.find_map(|term| {
                let token = term.strip_prefix("identifier=")?;
                let (system, value) = token.split_once('|').unwrap_or(("", token));
                self.identified(Some(system).filter(|system| !system.is_empty()), value)
            });
            return named.unwrap_or_else(|| self.unnamed(NOT_FOLLOWED));
        }
        if target.starts_with('#') {
            return self.unnamed(NOT_FOLLOWED);
        }
        match patient_id(target) {
            Some(id) if Some(id) == self.id => Whose::Theirs,
            _ if self.urls.contains(&target) => Whose::Theirs,
            _ => Whose::Not(target),
        }
    }

    fn unnamed<'q>(&self, why: &'static str) -> Whose<'q> {
        if self.among_others {
            Whose::Not("nobody")
        } else {
            Whose::Assumed(why)
        }
    }

    /// Whose an identifier is; `None` where the patient has none of that system.
    fn identified<'q>(&self, system: Option<&str>, value: &'q str) -> Option<Whose<'q>> {
        let text = |it: &Option<Text<'_>>| it.as_ref().map(|it| it.as_str().to_owned());
        let mut same_system = self.identifiers.iter().filter(|own| {
            let own = text(&own.system);
            own.is_none() || system.is_none() || own.as_deref() == system
        });
        let first = same_system.next()?;
        let mut all = std::iter::once(first).chain(same_system);
        Some(
            if all.any(|own| text(&own.value).as_deref() == Some(value)) {
                Whose::Theirs
            } else {
                Whose::Not(value)
            },
        )
    }
}

/// The person when the input has no Patient resource.
pub(crate) fn unnamed(id: Option<String>) -> chart::Patient {
    chart::Patient {
        id: id.unwrap_or_else(|| "unknown".to_owned()),
        birth: DateBounds::UNKNOWN,
        birth_source: None,
        sex: None,
    }
}

/// Whether the elements that hold a date of birth were there but could not be read.
pub(crate) fn unreadable_birth<'p>(patient: &'p Patient<'_>) -> Option<&'p str> {
    let written = patient.birth_date.as_ref().map(Text::as_str)?;
    (date::parse(written).is_none()).then_some(written)
}

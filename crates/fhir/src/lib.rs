//! FHIR R4 and mCODE records to a [`Chart`], with a report of every record: used, or ignored and why.
//!
//! ```text
//! bytes ──envelope──▶ records ──resource──▶ typed shapes ──condition, observation, …──▶ entries
//!                        └────────────── every one of them ──────────────▶ report
//! ```
//!
//! Selection is by resource type and code, never by profile. What codes mean and which medicines there are comes from
//! the knowledge base ([`Bundle`]); this crate knows the shapes of FHIR and how producers bend them. It is pure: no
//! clock, files, network or randomness.

mod annotation;
mod answer;
mod condition;
mod context;
mod datatype;
mod date;
mod envelope;
mod extent;
mod given;
mod histology;
mod keyed;
mod lenient;
mod line;
mod lookup;
mod measurement;
mod medication;
mod naming;
mod number;
mod observation;
mod older;
mod patient;
mod plain;
mod procedure;
mod receptor;
mod reference;
mod repeated;
mod report;
mod resource;
mod specimen;
mod staging;
mod undated;
mod why;
mod wording;
mod words;

use crate::context::{Context, modified};
use crate::envelope::{Envelope, Record};
use crate::lenient::Repair;
use crate::lookup::Lookup;
use crate::patient::{Own, Whose};
use crate::reference::Index;
use crate::report::Report;
use crate::resource::Resource;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use waymark_criteria::Diagnostic;
use waymark_engine::chart::written;
use waymark_engine::{Bundle, Chart};

/// Reads the chart of one patient. For many charts make one [`Reader`] and use that.
///
/// # Errors
/// See [`Reader::read`].
pub fn read(
    bytes: &[u8],
    bundle: &Bundle,
    patient: Option<&str>,
) -> Result<Chart, Vec<Diagnostic>> {
    Reader::new(bundle).read(bytes, patient)
}

/// Reads a FHIR record or a chart in the written format, told apart by how they begin. Several parts are the files of one
/// FHIR record. `patient` as for [`Reader::read`]; a written chart holds one patient.
///
/// # Errors
/// When the input is neither, or as for [`Reader::read`] and [`written::read`].
pub fn read_either(
    parts: &[&[u8]],
    bundle: &Bundle,
    patient: Option<&str>,
) -> Result<Chart, Vec<Diagnostic>> {
    if let [part] = parts
        && let Ok(text) = std::str::from_utf8(part)
        && written::looks_like_written(text)
    {
        let chart = written::read(text, bundle)?;
        return match patient {
            Some(asked) if asked != chart.patient.id => {
                let message = format!("the input has no patient `{asked}`");
                Err(vec![
                    Diagnostic::error("no-such-patient", message)
                        .help(format!("patients: {}", chart.patient.id)),
                ])
            }
            Some(_) | None => Ok(chart),
        };
    }
    if !parts.iter().any(|part| looks_like_fhir(part)) {
        let message = "this is neither JSON with FHIR resources nor a Waymark chart";
        return Err(vec![Diagnostic::error("unknown-format", message).help(
            "a FHIR file begins with `{` or `[`; a Waymark chart begins with `chart 1` (docs/chart-format.md)",
        )]);
    }
    Reader::new(bundle).read_together(parts, patient)
}

/// The patients of one or more inputs that belong together, in their order: those of the Patient records, else the
/// subjects of the others.
///
/// # Errors
/// When an input is not JSON or not FHIR, is of a version after R4, or holds no record.
pub fn patients(parts: &[&[u8]]) -> Result<Vec<String>, Vec<Diagnostic>> {
    let envelope = opened(parts)?;
    let read = envelope.records.iter().zip(envelope.contents);
    let parsed = read.map(|(record, read)| {
        let mut resource = match record.skip {
            Some(_) => Resource::Unread,
            None => read.ok()?,
        };
        older::convert(&record.kind, &mut resource);
        Some(resource)
    });
    let resources: Vec<_> = parsed.collect();
    let ids = patient::all(&envelope.records, &resources);
    Ok(ids.into_iter().map(str::to_owned).collect())
}

/// The records of inputs that belong together.
fn opened<'p>(parts: &[&'p [u8]]) -> Result<Envelope<'p>, Vec<Diagnostic>> {
    let envelope = envelope::open_all(parts).map_err(|error| vec![error])?;
    if let Some(refusal) = envelope.notes.iter().find(|note| older::is_refusal(note)) {
        return Err(vec![refusal.clone()]);
    }
    if envelope.records.is_empty() {
        return Err(vec![
            Diagnostic::error("no-records", "the input has no Patient and no records")
                .help("give the Patient and their records"),
        ]);
    }
    Ok(envelope)
}

/// Whether bytes look like FHIR: JSON in which a `resourceType` stands. Cheap, and no promise that [`read`] accepts them.
#[must_use]
pub fn looks_like_fhir(bytes: &[u8]) -> bool {
    const KEY: &[u8] = b"\"resourceType\"";
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    matches!(first, Some(b'{' | b'[')) && bytes.windows(KEY.len()).any(|window| window == KEY)
}

/// A knowledge base prepared for reading records.
#[derive(Debug)]
pub struct Reader<'b> {
    lookup: Lookup<'b>,
}

impl<'b> Reader<'b> {
    /// Prepares the code tables of a knowledge base.
    #[must_use]
    pub fn new(bundle: &'b Bundle) -> Self {
        Reader {
            lookup: Lookup::new(bundle),
        }
    }

    /// Reads the chart of one patient: a Bundle of any type, a list of resources, one resource, or NDJSON.
    /// `patient` is an id or `Patient/id`, needed when the input holds several patients.
    ///
    /// A damaged record is reported and the others are read. The result depends on the input alone.
    ///
    /// # Errors
    /// When the input is not JSON or not FHIR, is of a version after R4, holds no record, holds several patients
    /// and none was chosen, or does not hold the chosen one.
    pub fn read(&self, bytes: &[u8], patient: Option<&str>) -> Result<Chart, Vec<Diagnostic>> {
        self.read_together(&[bytes], patient)
    }

    /// Reads the chart of one patient from several inputs that belong together: the pages of a search, or the files of
    /// a bulk export.
    ///
    /// # Errors
    /// See [`Reader::read`].
    pub fn read_together(
        &self,
        parts: &[&[u8]],
        patient: Option<&str>,
    ) -> Result<Chart, Vec<Diagnostic>> {
        let Envelope {
            records,
            contents,
            notes,
            ..
        } = opened(parts)?;
        let mut report = Report::on(records.iter().map(|record| record.name.as_str()));
        for (record, read) in records.iter().zip(&contents) {
            if matches!(read, Ok(Resource::OperationOutcome(outcome)) if outcome.is_failure()) {
                report.import.lost += 1;
                report.note(
                    &record.name,
                    "server-error",
                    "a server says that something could not be given",
                );
            }
        }
        let damaged = contents.iter().enumerate();
        let damaged = damaged.filter(|(_, read)| read.is_err());
        let repairs: BTreeMap<usize, Repair> = damaged
            .filter_map(|(position, _)| {
                let record = &records[position];
                let parse = |text: &str| resource::parse(&record.kind, text).map(drop);
                Some((position, lenient::repair(record.text?, parse)?))
            })
            .collect();
        let mut damage = BTreeMap::new();
        let mut converted = BTreeMap::new();
        let mut resources: Vec<Option<Resource<'_>>> = Vec::with_capacity(records.len());
        for (position, (record, read)) in records.iter().zip(contents).enumerate() {
            let read = match record.skip {
                Some(_) => Ok(Resource::Unread),
                None => read,
            };
            let repaired = repairs
                .get(&position)
                .and_then(|repair| resource::parse(&record.kind, &repair.text).ok());
            let mut resource = match (read, repaired) {
                (Ok(resource), _) | (Err(_), Some(resource)) => Some(resource),
                (Err(error), None) => {
                    damage.insert(position, lenient::plain(&error));
                    None
                }
            };
            let shown = resource
                .as_mut()
                .and_then(|resource| older::convert(&record.kind, resource));
            converted.extend(shown.map(|shown| (position, shown)));
            resources.push(resource);
        }
        let patients = patient::all(&records, &resources);
        let in_use = patient::in_use(&patients, &records, &resources);
        let chosen = patient::choose(&patients, &in_use, patient).map_err(|error| vec![error])?;
        report.import.records = records.len();
        let pages = notes.iter().filter(|note| note.code == "more-pages");
        report.import.lost += pages.count();
        report.import.notes.extend(notes);
        let read = ReadOnce {
            reader: self,
            records: &records,
            resources: &resources,
            repairs: &repairs,
            damage: &damage,
            converted: &converted,
            chosen: chosen.as_deref(),
            several: patients.len() > 1,
        };
        let person = read.person(&mut report);
        let person = person.unwrap_or_else(|| patient::unnamed(chosen.clone()));
        read.facts(&person, &mut report);
        repeated::begin_with_the_problem(&mut report.entries);
        if report.import.lost > 0 {
            report.import.notes.push(Diagnostic::warning(
                "not-whole",
                "records are missing or could not be read: what is absent stays unknown, even in a record that is stated to be complete",
            ));
        }
        Ok(Chart {
            patient: person,
            record: None,
            entries: report.entries,
            import: report.import,
        })
    }
}

/// One input while it is read.
struct ReadOnce<'c, 'b, 'r> {
    reader: &'c Reader<'b>,
    records: &'c [Record<'r>],
    resources: &'c [Option<Resource<'r>>],
    /// Of damaged records, by position: without what is damaged, or else what is wrong with them.
    repairs: &'c BTreeMap<usize, Repair>,
    damage: &'c BTreeMap<usize, String>,
    /// What shows that a record is of an older FHIR, by position.
    converted: &'c BTreeMap<usize, String>,
    chosen: Option<&'c str>,
    several: bool,
}

impl ReadOnce<'_, '_, '_> {
    /// The chosen person, from the first Patient record with that id.
    fn person(&self, report: &mut Report<'_>) -> Option<waymark_engine::chart::Patient> {
        let mut person = None;
        for (position, record) in self.records.iter().enumerate() {
            let (None, Some(Resource::Patient(found))) = (&record.skip, &self.resources[position])
            else {
                continue;
            };
            let id = patient::own_id(record);
            // What cannot be used is told with the other records.
            if Some(id) != self.chosen || self.unusable(position).is_some() {
                continue;
            }
            let (rules, extensions) = (&found.implicit_rules, &found.modifier_extension);
            if let Some(reason) = modified(rules.as_ref(), extensions) {
                report.ignored(&record.name, reason);
                continue;
            }
            if let Some(first) = &person {
                let first: &waymark_engine::chart::Patient = first;
                report.used(&record.name, "same as the first record of the patient");
                if patient::read(&record.name, id, found, &self.reader.lookup)
                    .0
                    .birth
                    != first.birth
                {
                    report.note(
                        &record.name,
                        "two-births",
                        "the patient's records give different dates of birth; the first one counts",
                    );
                }
                continue;
            }
            let (read, gave) = patient::read(&record.name, id, found, &self.reader.lookup);
            if let Some(written) = patient::unreadable_birth(found) {
                report.note(
                    &record.name,
                    "bad-date",
                    format!("the date of birth `{written}` is no date"),
                );
            }
            for caution in patient::cautions(found) {
                report.import.lost += usize::from(caution.not_whole);
                report.note(&record.name, caution.code, caution.message);
            }
            report.used(&record.name, gave);
            person = Some(read);
        }
        person
    }

    /// Why a record that was damaged must not be used.
    fn unusable(&self, position: usize) -> Option<&str> {
        self.repairs.get(&position)?.unusable.as_deref()
    }

    /// What other records may call the chosen person.
    fn own(&self) -> Own<'_> {
        let mut own = Own {
            id: self.chosen,
            among_others: self.several,
            ..Own::default()
        };
        for (record, resource) in self.records.iter().zip(self.resources) {
            if let Some(Resource::Patient(patient)) = resource
                && Some(patient::own_id(record)) == self.chosen
            {
                own.urls.extend(record.full_url.as_deref());
                if own.identifiers.is_empty() {
                    own.identifiers = &patient.identifier;
                }
            }
        }
        own
    }

    fn facts(&self, person: &waymark_engine::chart::Patient, report: &mut Report<'_>) {
        let index = Index::new(self.records);
        let finals = observation::finals(self.resources);
        let context = Context {
            lookup: &self.reader.lookup,
            index: &index,
            resources: self.resources,
            birth: person.birth,
            finals: &finals,
            cancers: vec![OnceCell::new(); self.resources.len()],
        };
        let own = self.own();
        for (position, record) in self.records.iter().enumerate() {
            let name = record.name.as_str();
            if let Some(reason) = &record.skip {
                let lost = ["damaged: ", envelope::NOT_UNDERSTOOD];
                let lost = lost.iter().any(|why| reason.starts_with(why));
                report.import.lost += usize::from(lost);
                report.ignored(name, reason.as_str());
                continue;
            }
            let Some(resource) = &self.resources[position] else {
                let why = self
                    .damage
                    .get(&position)
                    .map_or("unreadable", String::as_str);
                report.import.lost += 1;
                report.ignored(name, format!("damaged: {why}"));
                continue;
            };
            if let Some(why) = self.unusable(position) {
                report.import.lost += 1;
                report.ignored(name, format!("damaged: {why}"));
                continue;
            }
            if let Some(repair) = self.repairs.get(&position) {
                for left_out in &repair.left_out {
                    report.note(name, "damaged-element", left_out.as_str());
                }
            }
            if let Some(shown) = self.converted.get(&position) {
                report.note(name, "older-fhir", shown.as_str());
            }
            let mut assumed = None;
            if resource.is_read_for_facts() {
                match own.whose(patient::subject(resource)) {
                    Whose::Theirs => {}
                    Whose::Assumed(why) => assumed = Some(why),
                    Whose::Not(target) => {
                        report.ignored(name, format!("not of this patient but of `{target}`"));
                        continue;
                    }
                }
            }
            // What cannot be understood may say anything, so that a record that is stated to be complete is not.
            let refused = resource.not_understood().is_some();
            report.import.lost += usize::from(refused && resource.is_read_for_facts());
            for says in undated::unreadable(resource) {
                report.note(name, "unreadable-date", says);
            }
            let mut reading = match resource {
                Resource::Condition(condition) => condition::read(condition, &context),
                Resource::Observation(observation) => observation::read(observation, &context),
                Resource::MedicationUse(medication) => {
                    medication::read(older::kind(&record.kind), medication, &context)
                }
                Resource::Procedure(procedure) => procedure::read(procedure, &context),
                Resource::Patient(_) => {
                    if Some(patient::own_id(record)) != self.chosen {
                        report.ignored(name, "another patient");
                    }
                    continue;
                }
                Resource::Medication(_) | Resource::Specimen(_) | Resource::BodyStructure(_) => {
                    report.ignored(name, resource.referred_to());
                    continue;
                }
                Resource::DiagnosticReport(found) if !found.result.0 => {
                    let why = "a report in words alone (text or attachment), which are not read: look at it";
                    report.ignored(name, why);
                    continue;
                }
                Resource::DiagnosticReport(_)
                | Resource::OperationOutcome(_)
                | Resource::Unread => {
                    report.ignored(name, unread(&record.kind));
                    continue;
                }
            };
            reading = reading.map(undated::opened);
            if let Some(label) = resource.incomplete() {
                report.import.lost += 1;
                let why = format!("an incomplete copy (`{label}`): it decides nothing");
                reading = reading.map(|found| found.in_doubt(("incomplete", why)));
            }
            if let (Some(why), Ok(_)) = (assumed, &reading) {
                report.note(name, "subject-assumed", why);
            }
            report.take(name, reading);
        }
    }
}

/// Why a resource of a type that is not read is ignored.
fn unread(kind: &str) -> String {
    match kind {
        "FamilyMemberHistory" => "it tells of a relative, not of the patient".to_owned(),
        "OperationOutcome" => "a message of a server, not a record".to_owned(),
        "DiagnosticReport" => {
            "reports are not read; their results are, where they are given as Observations"
                .to_owned()
        }
        "DocumentReference" | "Composition" | "Binary" => {
            "a document, whose words are not read".to_owned()
        }
        kind => format!("records of type {kind} are not read"),
    }
}

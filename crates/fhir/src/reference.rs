//! Which record a reference means, and whose record a subject names.

use crate::datatype::Reference;
use crate::envelope::Record;
use crate::keyed::Keyed;
use crate::lenient::Text;
use crate::resource::{self, Resource};
use serde_json::value::RawValue;

/// The records that others may refer to.
#[derive(Debug, Default)]
pub(crate) struct Index<'r> {
    by_key: Keyed<&'r str, usize>,
    names: Vec<&'r str>,
}

/// Where a reference led.
#[derive(Debug)]
pub(crate) enum Target<'a> {
    /// A record of the input.
    Record(usize),
    /// A resource contained in the one that refers to it.
    Contained(Box<Resource<'a>>),
    /// Nothing in the input.
    Dangling,
}

impl<'r> Index<'r> {
    /// Indexes the records of the types that are referred to. Where a key is taken, the first record keeps it.
    pub(crate) fn new(records: &'r [Record<'_>]) -> Self {
        let referred_to = records.iter().enumerate().filter(|(_, record)| {
            record.skip.is_none()
                && matches!(
                    record.kind.as_ref(),
                    "Condition" | "Observation" | "Medication" | "Specimen" | "BodyStructure"
                )
        });
        let keys = referred_to.flat_map(|(position, record)| {
            let url = record.full_url.as_deref();
            // What has a type and an id is called by the two.
            let name = record.id.is_some().then_some(record.name.as_str());
            url.into_iter().chain(name).map(move |key| (key, position))
        });
        Index {
            by_key: keys.collect(),
            names: records.iter().map(|it| it.name.as_str()).collect(),
        }
    }

    /// Resolves a reference to one of the given types: contained, exact fullUrl, `Type/id` at its end, then the bare
    /// id (also after `urn:uuid:`). Versions (`/_history/n`) are not told apart. `None` when it has no target at all.
    pub(crate) fn resolve<'a>(
        &self,
        reference: &Reference<'a>,
        contained: &[&'a RawValue],
        types: &[&str],
    ) -> Option<Target<'a>> {
        let target = reference.target()?;
        if let Some(id) = target.strip_prefix('#') {
            return Some(
                contained
                    .iter()
                    .find_map(|raw| contained_resource(raw, id, types))
                    .map_or(Target::Dangling, |found| Target::Contained(Box::new(found))),
            );
        }
        if let Some(position) = self.by_key.get(target) {
            return Some(Target::Record(*position));
        }
        let plain = unversioned(target);
        let mut segments = plain.rsplit('/');
        let id = segments.next().unwrap_or_default();
        let id = id.strip_prefix("urn:uuid:").unwrap_or(id);
        let named = segments.next();
        let found = self.by_key.get(plain).or_else(|| {
            types
                .iter()
                .filter(|kind| named.is_none_or(|named| named == **kind))
                .find_map(|kind| self.by_key.get([kind, "/", id].concat().as_str()))
        });
        Some(found.map_or(Target::Dangling, |position| Target::Record(*position)))
    }

    /// The name of a record.
    pub(crate) fn name(&self, position: usize) -> &'r str {
        self.names.get(position).copied().unwrap_or_default()
    }
}

fn contained_resource<'a>(raw: &'a RawValue, wanted: &str, types: &[&str]) -> Option<Resource<'a>> {
    #[derive(serde::Deserialize)]
    #[serde(rename_all = "camelCase", bound(deserialize = "'de: 'h"))]
    struct Head<'h> {
        resource_type: Text<'h>,
        id: Text<'h>,
    }
    let head: Head<'_> = serde_json::from_str(raw.get()).ok()?;
    let matches = head.id.as_str().trim_start_matches('#') == wanted
        && types.contains(&head.resource_type.as_str());
    matches
        .then(|| resource::parse(head.resource_type.as_str(), raw.get()).ok())
        .flatten()
}

/// A reference without the version of what it refers to.
fn unversioned(reference: &str) -> &str {
    // Nearly none has one, and a letter is found sooner than a word.
    if reference.contains('_') {
        reference.split("/_history/").next().unwrap_or(reference)
    } else {
        reference
    }
}

/// `Type/id` of what an address leads to, as records are called; another address as it is.
pub(crate) fn record_name(address: &str) -> &str {
    let plain = unversioned(address);
    let mut slashes = plain.rmatch_indices('/').map(|(at, _)| at);
    let (Some(last), before) = (slashes.next(), slashes.next()) else {
        return plain;
    };
    let begin = before.map_or(0, |at| at + 1);
    if plain[begin..last].starts_with(|first: char| first.is_ascii_uppercase()) {
        &plain[begin..]
    } else {
        plain
    }
}

/// The id of a patient in any spelling of a reference to one; `None` for a reference to something else.
pub(crate) fn patient_id(reference: &str) -> Option<&str> {
    // Nearly all are written so (R4 2.24.0.1: what an id may be made of).
    let of_an_id = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
    if let Some(id) = reference.strip_prefix("Patient/")
        && id.bytes().all(of_an_id)
    {
        return Some(id);
    }
    let plain = unversioned(reference);
    if plain.contains('?') || plain.starts_with('#') {
        return None;
    }
    match plain.rsplit_once('/') {
        Some((before, id)) if before.rsplit('/').next() == Some("Patient") => Some(id),
        Some(_) => None,
        None => Some(plain.strip_prefix("urn:uuid:").unwrap_or(plain)),
    }
}

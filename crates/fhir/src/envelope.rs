//! From bytes to records: Bundles of every type, bare lists, single resources, NDJSON, Parameters, nested Bundles.

use crate::lenient::{Many, Text, plain};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use waymark_criteria::Diagnostic;

/// Bundles inside Bundles are opened so many times; each level costs one more pass over the text.
const NESTING: usize = 8;

/// One resource of the input, not read yet.
#[derive(Debug)]
pub(crate) struct Record<'a> {
    /// For example `Observation/1`.
    pub(crate) name: String,
    /// Its resource type, empty when it has none.
    pub(crate) kind: Cow<'a, str>,
    /// Its id.
    pub(crate) id: Option<Cow<'a, str>>,
    /// The fullUrl of its Bundle entry.
    pub(crate) full_url: Option<Cow<'a, str>>,
    /// Its text, an object.
    pub(crate) raw: &'a str,
    /// Why it is not to be read, when the envelope says so.
    pub(crate) skip: Option<String>,
}

/// The records of an input in its order.
#[derive(Debug, Default)]
pub(crate) struct Envelope<'a> {
    /// All of them, those to be skipped included.
    pub(crate) records: Vec<Record<'a>>,
    /// Oddities of the envelope itself.
    pub(crate) notes: Vec<Diagnostic>,
}

/// Opens an input.
///
/// # Errors
/// When it is not UTF-8, not JSON, or not FHIR.
pub(crate) fn open(bytes: &[u8]) -> Result<Envelope<'_>, Diagnostic> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        Diagnostic::error(
            "not-utf-8",
            format!("the text is not UTF-8 (byte {})", error.valid_up_to()),
        )
        .help("save the file as UTF-8")
    })?;
    let text = text.trim();
    let mut envelope = Envelope::default();
    if text.is_empty() {
        return Err(Diagnostic::error("empty-input", "the input is empty")
            .help("give a FHIR R4 Bundle, a resource, or NDJSON"));
    }
    let first_try = match text.as_bytes().first() {
        Some(b'[') => serde_json::from_str::<Vec<&RawValue>>(text).map(|all| {
            for (position, raw) in all.iter().enumerate() {
                envelope.add(raw.get(), None, &format!("element {}", position + 1), 0);
            }
        }),
        Some(b'{') => open_object(text, &mut envelope),
        _ => Err(serde::de::Error::custom("it begins with neither { nor [")),
    };
    if let Err(error) = first_try {
        return open_lines(text).ok_or_else(|| {
            Diagnostic::error("not-json", format!("the text is not JSON: {error}"))
                .help("give a FHIR R4 Bundle, a resource, or NDJSON with one resource a line")
        });
    }
    if !envelope.records.is_empty() && envelope.records.iter().all(|record| record.kind.is_empty())
    {
        return Err(Diagnostic::error(
            "not-fhir",
            "the JSON holds no FHIR resource: no object has a `resourceType`",
        )
        .help("give a FHIR R4 Bundle, a resource, or NDJSON"));
    }
    Ok(envelope)
}

fn open_object<'a>(text: &'a str, envelope: &mut Envelope<'a>) -> Result<(), serde_json::Error> {
    let head = peek(text);
    match head.kind.as_deref() {
        Some("Bundle") => open_bundle(text, envelope, 0),
        Some("Parameters") => open_parameters(text, envelope, 0, &head, "Parameters"),
        _ => {
            serde_json::from_str::<&RawValue>(text)?;
            envelope.add(text, None, "the resource", 0);
            Ok(())
        }
    }
}

/// One resource a line; `None` when fewer than half of the lines hold one: that is other text, or a torn Bundle.
fn open_lines(text: &str) -> Option<Envelope<'_>> {
    let mut envelope = Envelope::default();
    let (mut lines, mut found) = (0, 0);
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        lines += 1;
        let place = format!("line {}", number + 1);
        match serde_json::from_str::<&RawValue>(line) {
            Ok(raw) => {
                let before = envelope.records.len();
                envelope.add(raw.get(), None, &place, 0);
                let added = &envelope.records[before..];
                found += usize::from(added.iter().any(|record| !record.kind.is_empty()));
            }
            Err(error) => envelope.skip(
                place,
                format!("damaged: the line is not JSON ({})", plain(&error)),
            ),
        }
    }
    (found > 0 && 2 * found >= lines).then_some(envelope)
}

#[derive(serde::Deserialize)]
#[serde(
    default,
    rename_all = "camelCase",
    bound(deserialize = "'de: 'a, E: Deserialize<'de>")
)]
struct Bundle<'a, E> {
    #[serde(rename = "type")]
    kind: Option<Text<'a>>,
    entry: Many<E>,
    link: Many<Link<'a>>,
    fhir_version: Option<Text<'a>>,
}

impl<E> Default for Bundle<'_, E> {
    fn default() -> Self {
        Bundle {
            kind: None,
            entry: Many::default(),
            link: Many::default(),
            fhir_version: None,
        }
    }
}

#[derive(Default, serde::Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Link<'a> {
    relation: Option<Text<'a>>,
}

#[derive(Default, serde::Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
struct Entry<'a> {
    full_url: Option<Text<'a>>,
    resource: Option<&'a RawValue>,
    request: Option<Request<'a>>,
    search: Option<Search<'a>>,
}

#[derive(Default, serde::Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Request<'a> {
    method: Option<Text<'a>>,
    url: Option<Text<'a>>,
}

#[derive(Default, serde::Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Search<'a> {
    mode: Option<Text<'a>>,
}

fn open_bundle<'a>(
    text: &'a str,
    envelope: &mut Envelope<'a>,
    depth: usize,
) -> Result<(), serde_json::Error> {
    let first = envelope.records.len();
    let kind = match serde_json::from_str::<Bundle<'a, Entry<'a>>>(text) {
        Ok(bundle) => {
            envelope.note_bundle(&bundle);
            for (position, entry) in bundle.entry.0.into_iter().enumerate() {
                envelope.add_entry(entry, position, depth);
            }
            bundle.kind
        }
        // An entry has a shape of its own: each is read alone, so that one does not take the others down.
        Err(_) => {
            let bundle = serde_json::from_str::<Bundle<'a, &'a RawValue>>(text)?;
            envelope.note_bundle(&bundle);
            for (position, raw) in bundle.entry.0.into_iter().enumerate() {
                match serde_json::from_str::<Entry<'a>>(raw.get()) {
                    Ok(entry) => envelope.add_entry(entry, position, depth),
                    Err(error) => envelope.skip(
                        format!("entry {}", position + 1),
                        format!("damaged: {}", plain(&error)),
                    ),
                }
            }
            bundle.kind
        }
    };
    if kind.is_some_and(|kind| kind.as_str() == "history") {
        keep_newest(&mut envelope.records[first..]);
    }
    Ok(())
}

/// Of several versions of one resource only the newest counts (R4 3.1.0.7: newest first, `lastUpdated` decides).
fn keep_newest(records: &mut [Record<'_>]) {
    let mut newest: BTreeMap<String, (String, usize)> = BTreeMap::new();
    let version = |record: &Record<'_>| {
        #[derive(Default, serde::Deserialize)]
        #[serde(default)]
        struct Versioned {
            meta: VersionMeta,
        }
        #[derive(Default, serde::Deserialize)]
        #[serde(default, rename_all = "camelCase")]
        struct VersionMeta {
            last_updated: String,
        }
        serde_json::from_str::<Versioned>(record.raw)
            .unwrap_or_default()
            .meta
            .last_updated
    };
    for (position, record) in records.iter().enumerate() {
        let updated = version(record);
        match newest.get(&record.name) {
            // A deletion carries no date; it comes first where it is the newest.
            Some((best, _)) if best.is_empty() || updated <= *best => {}
            _ => {
                newest.insert(record.name.clone(), (updated, position));
            }
        }
    }
    for (position, record) in records.iter_mut().enumerate() {
        let is_newest = newest
            .get(&record.name)
            .is_some_and(|(_, best)| *best == position);
        if !is_newest && record.skip.is_none() {
            record.skip = Some("an older version of a record of this history".to_owned());
        }
    }
}

#[derive(Default, serde::Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Parameters<'a> {
    parameter: Many<Parameter<'a>>,
}

#[derive(Default, serde::Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Parameter<'a> {
    resource: Option<&'a RawValue>,
    part: Many<Parameter<'a>>,
}

fn open_parameters<'a>(
    text: &'a str,
    envelope: &mut Envelope<'a>,
    depth: usize,
    head: &Head<'a>,
    place: &str,
) -> Result<(), serde_json::Error> {
    fn walk<'a>(
        parameters: &[Parameter<'a>],
        envelope: &mut Envelope<'a>,
        depth: usize,
        place: &str,
    ) {
        for (position, parameter) in parameters.iter().enumerate() {
            let place = format!("{place}, parameter {}", position + 1);
            if let Some(resource) = parameter.resource {
                envelope.add(resource.get(), None, &place, depth + 1);
            }
            walk(&parameter.part, envelope, depth, &place);
        }
    }
    let first = envelope.records.len();
    let parameters: Parameters<'a> = serde_json::from_str(text)?;
    walk(&parameters.parameter, envelope, depth, place);
    if envelope.records.len() == first {
        let name = head
            .id
            .as_ref()
            .map_or_else(|| place.to_owned(), |id| format!("Parameters/{id}"));
        envelope.records.push(Record {
            name,
            kind: Cow::Borrowed("Parameters"),
            id: None,
            full_url: None,
            raw: text,
            skip: Some("Parameters that hold no resource".to_owned()),
        });
    }
    Ok(())
}

impl<'a> Envelope<'a> {
    fn skip(&mut self, name: String, reason: String) {
        self.records.push(Record {
            name,
            kind: Cow::Borrowed(""),
            id: None,
            full_url: None,
            raw: "{}",
            skip: Some(reason),
        });
    }

    fn note_bundle<E>(&mut self, bundle: &Bundle<'a, E>) {
        let next = |link: &Link<'_>| {
            link.relation
                .as_ref()
                .is_some_and(|relation| relation.as_str() == "next")
        };
        if bundle.link.iter().any(next) {
            self.notes.push(
                Diagnostic::warning(
                    "more-pages",
                    "the search result has further pages that were not given",
                )
                .help("fetch every page (link `next`) and give them together"),
            );
        }
        if let Some(version) = &bundle.fhir_version
            && !version.as_str().starts_with("4.0")
        {
            self.notes.push(crate::version::refuse(
                "Bundle",
                &format!("`fhirVersion` is `{}`", version.as_str()),
                "another version of FHIR",
            ));
        }
    }

    fn add_entry(&mut self, entry: Entry<'a>, position: usize, depth: usize) {
        let request = entry.request.unwrap_or_default();
        let method = request.method.as_ref().map_or("", Text::as_str);
        let place = format!("entry {}", position + 1);
        let Some(resource) = entry.resource else {
            let name = match (&request.url, &entry.full_url) {
                (Some(url), _) if !url.as_str().is_empty() => url.as_str().to_owned(),
                (_, Some(url)) => url.as_str().to_owned(),
                _ => place,
            };
            let reason = if method == "DELETE" {
                "deleted"
            } else {
                "the entry holds no resource"
            };
            self.skip(name, reason.to_owned());
            return;
        };
        let first = self.records.len();
        self.add(
            resource.get(),
            entry.full_url.map(|url| url.0),
            &place,
            depth,
        );
        let mode = entry.search.and_then(|search| search.mode);
        let reason = if method == "DELETE" {
            Some("deleted")
        } else if mode.is_some_and(|mode| mode.as_str() == "outcome") {
            Some("a message of the server on the search, not a record")
        } else {
            None
        };
        if let Some(reason) = reason {
            for record in &mut self.records[first..] {
                record.skip.get_or_insert_with(|| reason.to_owned());
            }
        }
    }

    fn add(&mut self, text: &'a str, full_url: Option<Cow<'a, str>>, place: &str, depth: usize) {
        let head = peek(text);
        if let Some(container @ ("Bundle" | "Parameters")) = head.kind.as_deref() {
            let opened = if depth >= NESTING {
                Err("containers are nested too deep".to_owned())
            } else if container == "Bundle" {
                open_bundle(text, self, depth + 1).map_err(|error| plain(&error))
            } else {
                open_parameters(text, self, depth, &head, place).map_err(|error| plain(&error))
            };
            if let Err(why) = opened {
                self.skip(place.to_owned(), format!("damaged: {why}"));
            }
            return;
        }
        let kind = head.kind.unwrap_or_default();
        let name = match (&head.id, &full_url) {
            (Some(id), _) if !kind.is_empty() => format!("{kind}/{id}"),
            (_, Some(url)) if !url.is_empty() => url.clone().into_owned(),
            _ if kind.is_empty() => place.to_owned(),
            _ => format!("{kind} ({place})"),
        };
        let skip = kind
            .is_empty()
            .then(|| "damaged: not a resource, it has no `resourceType`".to_owned());
        self.records.push(Record {
            name,
            kind,
            id: head.id,
            full_url,
            raw: text,
            skip,
        });
    }
}

/// Type and id of a resource.
#[derive(Debug, Default)]
struct Head<'a> {
    kind: Option<Cow<'a, str>>,
    id: Option<Cow<'a, str>>,
}

/// Reads just so far into an object as its type and id stand.
fn peek(text: &str) -> Head<'_> {
    struct Seed<'h, 'de>(&'h mut Head<'de>);
    impl<'de> DeserializeSeed<'de> for Seed<'_, 'de> {
        type Value = ();
        fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
            deserializer.deserialize_map(self)
        }
    }
    impl<'de> Visitor<'de> for Seed<'_, 'de> {
        type Value = ();
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a resource")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            while let Some(Text(key)) = map.next_key::<Text<'de>>()? {
                match key.as_ref() {
                    "resourceType" => self.0.kind = Some(map.next_value::<Text<'de>>()?.0),
                    "id" => self.0.id = map.next_value::<Option<Text<'de>>>()?.map(|id| id.0),
                    _ => {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                // Nobody asks for the id of a Bundle, which may be long.
                let bundle = self.0.kind.as_deref() == Some("Bundle");
                if bundle || self.0.kind.is_some() && self.0.id.is_some() {
                    // Stops the parser; the result is thrown away.
                    return Err(serde::de::Error::custom("enough"));
                }
            }
            Ok(())
        }
    }
    let mut head = Head::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let _stopped = Seed(&mut head).deserialize(&mut deserializer);
    head.kind = head.kind.filter(|kind| !kind.trim().is_empty());
    head.id = head.id.filter(|id| !id.trim().is_empty());
    head
}

//! From bytes to records: Bundles of every type, bare lists, single resources, NDJSON, Parameters, nested Bundles.

use crate::date::{self, Instant};
use crate::lenient::{Many, Number, Text, plain};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
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
    /// When it was changed, as its Bundle entry says.
    modified: Option<Cow<'a, str>>,
    /// Why it is not to be read, when the envelope says so.
    pub(crate) skip: Option<String>,
}

impl Record<'_> {
    /// Whether it is the message of a server that something was not given: a search or an export that is not whole.
    pub(crate) fn is_failure(&self) -> bool {
        #[derive(Default, serde::Deserialize)]
        #[serde(default, bound(deserialize = "'de: 'a"))]
        struct Outcome<'a> {
            issue: Many<Issue<'a>>,
        }
        #[derive(Default, serde::Deserialize)]
        #[serde(default, bound(deserialize = "'de: 'a"))]
        struct Issue<'a> {
            severity: Option<Text<'a>>,
        }
        if self.kind != "OperationOutcome" {
            return false;
        }
        let outcome: Outcome<'_> = serde_json::from_str(self.raw).unwrap_or_default();
        outcome.issue.iter().any(|issue| {
            let severity = issue.severity.as_ref().map(Text::as_str);
            matches!(severity, Some("error" | "fatal"))
        })
    }
}

/// The records of an input in its order.
#[derive(Debug, Default)]
pub(crate) struct Envelope<'a> {
    /// All of them, those to be skipped included.
    pub(crate) records: Vec<Record<'a>>,
    /// Oddities of the envelope itself.
    pub(crate) notes: Vec<Diagnostic>,
    /// The address of every page of a search that was given, and of every one that follows on one.
    pages: Pages<'a>,
}

#[derive(Debug, Default)]
struct Pages<'a> {
    given: BTreeSet<Cow<'a, str>>,
    next: Vec<Cow<'a, str>>,
    /// Pages that name no further one and hold fewer matches than the search counts, with both numbers.
    short: Vec<(Cow<'a, str>, usize, usize)>,
}

/// Opens inputs that belong together.
///
/// # Errors
/// When one of them is not UTF-8, not JSON, or not FHIR.
pub(crate) fn open_all<'p>(parts: &[&'p [u8]]) -> Result<Envelope<'p>, Diagnostic> {
    let mut all = Envelope::default();
    for part in parts {
        let mut one = open(part)?;
        all.records.append(&mut one.records);
        all.notes.append(&mut one.notes);
        all.pages.given.append(&mut one.pages.given);
        all.pages.next.append(&mut one.pages.next);
        all.pages.short.append(&mut one.pages.short);
    }
    let missing = all.pages.next.iter();
    let missing = missing.filter(|page| page.is_empty() || !all.pages.given.contains(*page));
    for page in missing {
        let message = match page.as_ref() {
            "" => "the search result has further pages that were not given".to_owned(),
            page => format!("the search result has a further page that was not given: {page}"),
        };
        all.notes.push(
            Diagnostic::warning("more-pages", message)
                .help("fetch every page (link `next`) and give them together"),
        );
    }
    for (page, total, given) in &all.pages.short {
        // The last of several pages counts the matches of all.
        if page.is_empty() || !all.pages.next.contains(page) {
            all.notes.push(Diagnostic::warning(
                "more-pages",
                format!("the search found {total} records and gives {given}"),
            ));
        }
    }
    Ok(all)
}

/// Opens an input.
///
/// # Errors
/// When it is not UTF-8, not JSON, or not FHIR.
fn open(bytes: &[u8]) -> Result<Envelope<'_>, Diagnostic> {
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
                envelope.add(raw.get(), None, &|| format!("element {}", position + 1), 0);
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
            envelope.add(text, None, &|| "the resource".to_owned(), 0);
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
        let place = || format!("line {}", number + 1);
        match serde_json::from_str::<&RawValue>(line) {
            Ok(raw) => {
                let before = envelope.records.len();
                envelope.add(raw.get(), None, &place, 0);
                let added = &envelope.records[before..];
                found += usize::from(added.iter().any(|record| !record.kind.is_empty()));
            }
            Err(error) => envelope.skip(
                place(),
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
    total: Option<Number<'a>>,
    fhir_version: Option<Text<'a>>,
}

impl<E> Default for Bundle<'_, E> {
    fn default() -> Self {
        Bundle {
            kind: None,
            entry: Many::default(),
            link: Many::default(),
            total: None,
            fhir_version: None,
        }
    }
}

#[derive(Default, serde::Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Link<'a> {
    relation: Option<Text<'a>>,
    url: Option<Text<'a>>,
}

#[derive(Default, serde::Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
struct Entry<'a> {
    full_url: Option<Text<'a>>,
    resource: Option<&'a RawValue>,
    request: Option<Request<'a>>,
    response: Option<Response<'a>>,
    search: Option<Search<'a>>,
}

#[derive(Default, serde::Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Request<'a> {
    method: Option<Text<'a>>,
    url: Option<Text<'a>>,
}

#[derive(Default, serde::Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
struct Response<'a> {
    last_modified: Option<Text<'a>>,
}

#[derive(Default, serde::Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Contained<'a> {
    contained: Many<&'a RawValue>,
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
            envelope.note_total(&bundle);
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
    let mut newest: BTreeMap<String, (Option<Instant>, usize)> = BTreeMap::new();
    for (position, record) in records.iter().enumerate() {
        let own: Versioned = serde_json::from_str(record.raw).unwrap_or_default();
        let updated = date::instant(&own.meta.last_updated)
            .or_else(|| date::instant(record.modified.as_deref()?));
        match newest.get(&record.name) {
            // Of what has no moment the first one counts: a deletion often has none, and is the newest where it is first.
            Some((best, _)) if best.is_none() || updated <= *best => {}
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
                envelope.add(resource.get(), None, &|| place.clone(), depth + 1);
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
            modified: None,
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
            modified: None,
            skip: Some(reason),
        });
    }

    /// How many matches a search counts, where it gives fewer and names no further page.
    fn note_total(&mut self, bundle: &Bundle<'a, Entry<'a>>) {
        let link = |wanted: &str| {
            let named = |link: &&Link<'_>| {
                let relation = link.relation.as_ref();
                relation.is_some_and(|relation| relation.as_str() == wanted)
            };
            bundle.link.iter().find(named)
        };
        let search = bundle
            .kind
            .as_ref()
            .is_some_and(|kind| kind.as_str() == "searchset");
        let matches = bundle.entry.iter().filter(|entry| {
            let mode = entry
                .search
                .as_ref()
                .and_then(|search| search.mode.as_ref());
            !mode.is_some_and(|mode| matches!(mode.as_str(), "include" | "outcome"))
        });
        let given = matches.count();
        let total = bundle.total.and_then(|total| total.0.parse::<usize>().ok());
        if let Some(total) = total.filter(|total| search && *total > given)
            && link("next").is_none()
        {
            let own = link("self").and_then(|link| link.url.as_ref());
            let own = own.map(|url| url.0.clone()).unwrap_or_default();
            self.pages.short.push((own, total, given));
        }
    }

    fn note_bundle<E>(&mut self, bundle: &Bundle<'a, E>) {
        for link in bundle.link.iter() {
            let url = link
                .url
                .as_ref()
                .map(|url| url.0.clone())
                .unwrap_or_default();
            match link.relation.as_ref().map(Text::as_str) {
                Some("next") => self.pages.next.push(url),
                Some("self") => {
                    self.pages.given.insert(url);
                }
                _ => {}
            }
        }
        if let Some(version) = &bundle.fhir_version
            && !["1.", "3.", "4."]
                .iter()
                .any(|known| version.as_str().starts_with(known))
        {
            let shown_by = format!("`fhirVersion` is `{}`", version.as_str());
            self.notes.push(crate::older::refuse(&shown_by));
        }
    }

    fn add_entry(&mut self, entry: Entry<'a>, position: usize, depth: usize) {
        let first = self.records.len();
        let modified = entry
            .response
            .as_ref()
            .and_then(|response| response.last_modified.clone());
        self.add_content(entry, position, depth);
        for record in &mut self.records[first..] {
            record.modified = modified.as_ref().map(|moment| moment.0.clone());
        }
    }

    fn add_content(&mut self, entry: Entry<'a>, position: usize, depth: usize) {
        let request = entry.request.unwrap_or_default();
        let method = request.method.as_ref().map_or("", Text::as_str);
        let place = || format!("entry {}", position + 1);
        let Some(resource) = entry.resource else {
            let name = match (&request.url, &entry.full_url) {
                (Some(url), _) if !url.as_str().is_empty() => url.as_str().to_owned(),
                (_, Some(url)) => url.as_str().to_owned(),
                _ => place(),
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

    /// `place` tells where a resource without a name stands.
    fn add(
        &mut self,
        text: &'a str,
        full_url: Option<Cow<'a, str>>,
        place: &dyn Fn() -> String,
        depth: usize,
    ) {
        let head = peek(text);
        if let Some(container @ ("Bundle" | "Parameters")) = head.kind.as_deref() {
            let opened = if depth >= NESTING {
                Err("containers are nested too deep".to_owned())
            } else if container == "Bundle" {
                open_bundle(text, self, depth + 1).map_err(|error| plain(&error))
            } else {
                open_parameters(text, self, depth, &head, &place()).map_err(|error| plain(&error))
            };
            if let Err(why) = opened {
                self.skip(place(), format!("damaged: {why}"));
            }
            return;
        }
        let kind = head.kind.unwrap_or_default();
        let name = match (&head.id, &full_url) {
            (Some(id), _) if !kind.is_empty() => [&kind, "/", id].concat(),
            (_, Some(url)) if !url.is_empty() => url.clone().into_owned(),
            _ if kind.is_empty() => place(),
            _ => format!("{kind} ({})", place()),
        };
        let skip = kind
            .is_empty()
            .then(|| "damaged: not a resource, it has no `resourceType`".to_owned());
        let first = self.records.len();
        self.records.push(Record {
            name,
            kind,
            id: head.id,
            full_url,
            raw: text,
            modified: None,
            skip,
        });
        self.add_results(first);
    }

    /// Results that stand inside a report.
    fn add_results(&mut self, report: usize) {
        let Some(record) = self.records.get(report) else {
            return;
        };
        if record.kind != "DiagnosticReport" || !record.raw.contains("\"contained\"") {
            return;
        }
        let inside: Contained<'a> = serde_json::from_str(record.raw).unwrap_or_default();
        let name = record.name.clone();
        for raw in inside.contained.0 {
            let head = peek(raw.get());
            if head.kind.as_deref() != Some("Observation") {
                continue;
            }
            let id = head
                .id
                .as_deref()
                .unwrap_or("?")
                .trim_start_matches('#')
                .to_owned();
            self.records.push(Record {
                name: format!("{name}#{id}"),
                kind: head.kind.unwrap_or_default(),
                id: None,
                full_url: None,
                raw: raw.get(),
                modified: None,
                skip: None,
            });
        }
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
                    // Stops the parser, which takes the rest of the object for an error: it is thrown away.
                    return Ok(());
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

//! From bytes to records: Bundles of every type, bare lists, single resources, NDJSON, Parameters, nested Bundles.

use crate::context::modified;
use crate::datatype::Extension;
use crate::date::{self, Instant};
use crate::lenient::{Many, Number, Present, Text, plain};
use crate::reference;
use crate::resource::{self, DiagnosticReport, Resource, TypeFirst};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use waymark_criteria::Diagnostic;

/// How the reason begins for which what an envelope says is not used.
pub(crate) const NOT_UNDERSTOOD: &str = "not understood: ";

/// Bundles inside Bundles are opened so many times; each level costs a few more passes over the text.
const NESTING: usize = 8;

/// One resource of the input: what it is called, apart from its content.
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
    /// Its text, an object, where it was not read in one pass.
    pub(crate) text: Option<&'a str>,
    /// Where it is one version of a history: when it was made.
    version: Option<Version>,
    /// Why it is not to be used, when the envelope says so.
    pub(crate) skip: Option<String>,
}

/// The moment of a version, where it has one.
#[derive(Clone, Copy, Debug)]
struct Version(Option<Instant>);

/// What a record holds, or why that could not be read.
pub(crate) type Read<'a> = Result<Resource<'a>, serde_json::Error>;

/// A resource where it stands in an envelope.
#[derive(Debug)]
enum Content<'a> {
    Read(TypeFirst<'a>),
    Text(&'a str),
}

impl<'a> From<TypeFirst<'a>> for Content<'a> {
    fn from(read: TypeFirst<'a>) -> Self {
        Content::Read(read)
    }
}

impl<'a> From<&'a RawValue> for Content<'a> {
    fn from(raw: &'a RawValue) -> Self {
        Content::Text(raw.get())
    }
}

impl<'a> Content<'a> {
    /// Reads the text of a resource in one pass where that can be done.
    ///
    /// # Errors
    /// When the text is not JSON.
    fn of(text: &'a str) -> Result<Self, serde_json::Error> {
        if let Ok(read) = serde_json::from_str(text) {
            return Ok(Content::Read(read));
        }
        serde_json::from_str::<&RawValue>(text).map(Content::from)
    }
}

/// The records of an input in its order.
#[derive(Debug, Default)]
pub(crate) struct Envelope<'a> {
    /// All of them, those to be skipped included.
    pub(crate) records: Vec<Record<'a>>,
    /// What each of them holds.
    pub(crate) contents: Vec<Read<'a>>,
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
        // A file of an export in which there was nothing of its type.
        if parts.len() > 1 && part.trim_ascii().is_empty() {
            continue;
        }
        let mut one = open(part)?;
        all.records.append(&mut one.records);
        all.contents.append(&mut one.contents);
        all.notes.append(&mut one.notes);
        all.pages.given.append(&mut one.pages.given);
        all.pages.next.append(&mut one.pages.next);
        all.pages.short.append(&mut one.pages.short);
    }
    keep_newest(&mut all.records);
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
                let place = || format!("element {}", position + 1);
                envelope.add((*raw).into(), None, &place, 0);
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
        None if is_manifest(text) => {
            let reason = "the list of the files of an export, which is no record".to_owned();
            envelope.skip("Manifest".to_owned(), reason);
            if let Some(record) = envelope.records.last_mut() {
                record.kind = Cow::Borrowed("Manifest");
            }
            Ok(())
        }
        Some("Bundle") => open_bundle(text, envelope, 0),
        Some("Parameters") => open_parameters(text, envelope, 0, &head, "Parameters"),
        _ => {
            let place = || "the resource".to_owned();
            envelope.add(Content::of(text)?, None, &place, 0);
            Ok(())
        }
    }
}

/// Whether an object is what a bulk export answers with (Bulk Data Access, response - complete status).
fn is_manifest(text: &str) -> bool {
    #[derive(Default, serde::Deserialize)]
    #[serde(default, rename_all = "camelCase")]
    struct Manifest {
        transaction_time: Present,
        output: Present,
    }
    serde_json::from_str(text).is_ok_and(|it: Manifest| it.transaction_time.0 && it.output.0)
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
        match Content::of(line) {
            Ok(content) => {
                let before = envelope.records.len();
                envelope.add(content, None, &place, 0);
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
    implicit_rules: Option<Text<'a>>,
}

impl<E> Bundle<'_, E> {
    fn is(&self, kind: &str) -> bool {
        self.kind.as_ref().is_some_and(|own| own.as_str() == kind)
    }
}

impl<E> Default for Bundle<'_, E> {
    fn default() -> Self {
        Bundle {
            kind: None,
            entry: Many::default(),
            link: Many::default(),
            total: None,
            fhir_version: None,
            implicit_rules: None,
        }
    }
}

#[derive(Default, serde::Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Link<'a> {
    relation: Option<Text<'a>>,
    url: Option<Text<'a>>,
}

#[derive(serde::Deserialize)]
#[serde(
    default,
    rename_all = "camelCase",
    bound(deserialize = "'de: 'a, R: Deserialize<'de>")
)]
struct Entry<'a, R> {
    full_url: Option<Text<'a>>,
    resource: Option<R>,
    request: Option<Request<'a>>,
    response: Option<Box<Response<'a>>>,
    search: Option<Search<'a>>,
    modifier_extension: Many<Extension<'a>>,
}

impl<R> Default for Entry<'_, R> {
    fn default() -> Self {
        Entry {
            full_url: None,
            resource: None,
            request: None,
            response: None,
            search: None,
            modifier_extension: Many::default(),
        }
    }
}

impl<'a, R: Into<Content<'a>>> Entry<'a, R> {
    fn content(self) -> Entry<'a, Content<'a>> {
        Entry {
            full_url: self.full_url,
            resource: self.resource.map(Into::into),
            request: self.request,
            response: self.response,
            search: self.search,
            modifier_extension: self.modifier_extension,
        }
    }

    /// Whether a search counts it among its matches.
    fn is_match(&self) -> bool {
        let mode = self.search.as_ref().and_then(|search| search.mode.as_ref());
        !mode.is_some_and(|mode| matches!(mode.as_str(), "include" | "outcome"))
    }
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
    status: Option<Text<'a>>,
    last_modified: Option<Text<'a>>,
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
    let read = serde_json::from_str::<Bundle<'a, Entry<'a, TypeFirst<'a>>>>(text);
    let rules = match read {
        // Which version is the newest stands in what is otherwise not read.
        Ok(bundle) if !bundle.is("history") => {
            let matches = bundle.entry.iter().filter(|entry| entry.is_match());
            envelope.note_bundle(&bundle, matches.count());
            envelope.records.reserve(bundle.entry.len());
            envelope.contents.reserve(bundle.entry.len());
            for (position, entry) in bundle.entry.0.into_iter().enumerate() {
                envelope.add_entry(entry.content(), position, depth);
            }
            bundle.implicit_rules
        }
        // Each is read alone, so that one with a shape of its own does not take the others down.
        Ok(_) | Err(_) => {
            let bundle = serde_json::from_str::<Bundle<'a, &'a RawValue>>(text)?;
            let history = bundle.is("history");
            let entries = bundle.entry.iter().map(|raw| entry(raw.get(), history));
            let entries: Vec<_> = entries.collect();
            let matches = entries
                .iter()
                .filter(|entry| entry.as_ref().map_or(true, Entry::is_match));
            envelope.note_bundle(&bundle, matches.count());
            for (position, entry) in entries.into_iter().enumerate() {
                match entry {
                    Ok(entry) if history => envelope.add_version(entry, position, depth),
                    Ok(entry) => envelope.add_entry(entry, position, depth),
                    Err(error) => envelope.skip(
                        format!("entry {}", position + 1),
                        format!("damaged: {}", plain(&error)),
                    ),
                }
            }
            bundle.implicit_rules
        }
    };
    if let Some(why) = modified(rules.as_ref(), &[]) {
        envelope.refuse_from(first, &why);
    }
    Ok(())
}

/// Reads one entry of a Bundle; in one pass where it can be done and the text is not asked for.
fn entry(text: &str, keep_text: bool) -> Result<Entry<'_, Content<'_>>, serde_json::Error> {
    let one_pass = (!keep_text).then(|| serde_json::from_str::<Entry<'_, TypeFirst<'_>>>(text));
    match one_pass {
        Some(Ok(read)) => Ok(read.content()),
        _ => Ok(serde_json::from_str::<Entry<'_, &RawValue>>(text)?.content()),
    }
}

/// When the version was made whose text this is (`meta.lastUpdated`).
fn last_updated(text: &str) -> Option<Instant> {
    #[derive(Default, serde::Deserialize)]
    #[serde(default)]
    struct Versioned {
        meta: Meta,
    }
    #[derive(Default, serde::Deserialize)]
    #[serde(default, rename_all = "camelCase")]
    struct Meta {
        last_updated: String,
    }
    let own: Versioned = serde_json::from_str(text).ok()?;
    date::instant(&own.meta.last_updated)
}

/// Of several versions of one resource only the newest counts (R4 3.1.0.7: newest first, `lastUpdated` decides), on
/// whichever page of the history it stands.
fn keep_newest(records: &mut [Record<'_>]) {
    let mut newest: BTreeMap<String, (Option<Instant>, usize)> = BTreeMap::new();
    for (position, record) in records.iter().enumerate() {
        let Some(Version(made)) = record.version else {
            continue;
        };
        match newest.get(&record.name) {
            // Of what has no moment the first one counts: a deletion often has none, and is the newest where it is first.
            Some((best, _)) if best.is_none() || made <= *best => {}
            _ => {
                newest.insert(record.name.clone(), (made, position));
            }
        }
    }
    for (position, record) in records.iter_mut().enumerate() {
        let newer = newest.get(&record.name);
        let is_older = newer.is_some_and(|(_, best)| *best != position);
        if record.version.is_some() && is_older && record.skip.is_none() {
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
                envelope.add(resource.into(), None, &|| place.clone(), depth + 1);
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
        envelope.skip(name, "Parameters that hold no resource".to_owned());
        if let Some(record) = envelope.records.last_mut() {
            record.kind = Cow::Borrowed("Parameters");
        }
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
            text: None,
            version: None,
            skip: Some(reason),
        });
        self.contents.push(Ok(Resource::Unread));
    }

    /// Uses none of the records from a position on: what holds them is not understood.
    fn refuse_from(&mut self, first: usize, why: &str) {
        for record in &mut self.records[first..] {
            let reason = || format!("{NOT_UNDERSTOOD}{why}, in what holds it");
            record.skip.get_or_insert_with(reason);
        }
    }

    /// Notes what a Bundle tells of itself; `given` are the matches of a search that it holds.
    fn note_bundle<E>(&mut self, bundle: &Bundle<'a, E>, given: usize) {
        let link = |wanted: &str| {
            let named = |link: &&Link<'_>| {
                let relation = link.relation.as_ref();
                relation.is_some_and(|relation| relation.as_str() == wanted)
            };
            bundle.link.iter().find(named)
        };
        let total = bundle.total.and_then(|total| total.0.parse::<usize>().ok());
        // A search that counts more than it gives and names no further page.
        if let Some(total) = total.filter(|total| bundle.is("searchset") && *total > given)
            && link("next").is_none()
        {
            let own = link("self").and_then(|link| link.url.as_ref());
            let own = own.map(|url| url.0.clone()).unwrap_or_default();
            self.pages.short.push((own, total, given));
        }
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

    /// Adds an entry of a history.
    fn add_version(&mut self, entry: Entry<'a, Content<'a>>, position: usize, depth: usize) {
        let first = self.records.len();
        let response = entry.response.as_ref();
        let moment = response.and_then(|response| response.last_modified.clone());
        self.add_entry(entry, position, depth);
        for record in &mut self.records[first..] {
            let made = last_updated(record.text.unwrap_or("{}"));
            let made = made.or_else(|| date::instant(moment.as_ref()?.as_str()));
            record.version = Some(Version(made));
        }
    }

    fn add_entry(&mut self, entry: Entry<'a, Content<'a>>, position: usize, depth: usize) {
        let request = entry.request.unwrap_or_default();
        let method = request.method.as_ref().map_or("", Text::as_str);
        let place = || format!("entry {}", position + 1);
        let Some(resource) = entry.resource else {
            let name = match (&request.url, &entry.full_url) {
                (Some(url), _) | (_, Some(url)) if !url.as_str().is_empty() => {
                    reference::record_name(url.as_str()).to_owned()
                }
                _ => place(),
            };
            let response = entry.response.as_ref();
            let refused = response.and_then(|response| response.status.as_ref());
            let refused = refused.filter(|it| it.as_str().starts_with(['4', '5']));
            let reason = match (method, refused) {
                ("DELETE", None) => "deleted".to_owned(),
                (_, Some(status)) => {
                    format!("damaged: the server answered `{}`", status.as_str())
                }
                // R4 bdl-5: an entry has a resource, a request or a response.
                ("", None) if response.is_none() => {
                    "damaged: the entry holds no resource".to_owned()
                }
                (_, None) => "the entry holds no resource".to_owned(),
            };
            self.skip(name, reason);
            return;
        };
        let first = self.records.len();
        self.add(resource, entry.full_url.map(|url| url.0), &place, depth);
        if let Some(why) = modified(None, &entry.modifier_extension) {
            self.refuse_from(first, &why);
        }
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
        content: Content<'a>,
        full_url: Option<Cow<'a, str>>,
        place: &dyn Fn() -> String,
        depth: usize,
    ) {
        let text = match content {
            Content::Read(read) => {
                let head = Head {
                    kind: Some(read.kind),
                    id: read.id,
                };
                return self.push(head, full_url, place, None, Ok(read.resource));
            }
            Content::Text(text) => text,
        };
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
        let read = match head.kind.as_deref() {
            Some(kind) => resource::parse(kind, text),
            None => Ok(Resource::Unread),
        };
        self.push(head, full_url, place, Some(text), read);
    }

    fn push(
        &mut self,
        head: Head<'a>,
        full_url: Option<Cow<'a, str>>,
        place: &dyn Fn() -> String,
        text: Option<&'a str>,
        read: Read<'a>,
    ) {
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
        self.records.push(Record {
            name,
            kind,
            id: head.id,
            full_url,
            text,
            version: None,
            skip,
        });
        let at = self.contents.len();
        self.contents.push(read);
        if let Ok(Resource::DiagnosticReport(report)) = &mut self.contents[at]
            && !report.contained.is_empty()
        {
            let report = std::mem::take(report);
            self.add_results(at, &report);
            self.contents[at] = Ok(Resource::DiagnosticReport(report));
        }
    }

    /// The results that stand inside a report: whose they are and whether they hold, the report says too.
    fn add_results(&mut self, at: usize, report: &DiagnosticReport<'a>) {
        for raw in report.contained.iter() {
            let text = raw.get();
            let head = peek(text);
            if head.kind.as_deref() != Some("Observation") {
                continue;
            }
            let mut read = resource::parse("Observation", text);
            if let Ok(Resource::Observation(result)) = &mut read
                && result.subject.is_none()
            {
                result.subject.clone_from(&report.subject);
            }
            let id = head.id.as_deref().unwrap_or("?").trim_start_matches('#');
            self.records.push(Record {
                name: format!("{}#{id}", self.records[at].name),
                kind: Cow::Borrowed("Observation"),
                id: None,
                full_url: None,
                text: Some(text),
                version: None,
                skip: report.taken_back(),
            });
            self.contents.push(read);
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
                    // Where one is given twice, the first one counts.
                    "resourceType" => {
                        let kind = map.next_value::<Text<'de>>()?.0;
                        self.0.kind.get_or_insert(kind);
                    }
                    "id" => {
                        let id = map.next_value::<Option<Text<'de>>>()?.map(|id| id.0);
                        self.0.id = self.0.id.take().or(id);
                    }
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

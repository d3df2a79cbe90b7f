//! What the calls do. Their input and their answers are texts and bytes in a row, each behind its length; the first part of an
//! answer says what went wrong, the second what to do, and both are empty where nothing did.

use waymark_criteria::{Date, Diagnostic};
use waymark_engine::bundle::Translation;
use waymark_engine::{Bundle, Chart};
#[cfg(feature = "record")]
use waymark_engine::{assess::assess, chart::Completeness, derive::derive};
#[cfg(feature = "record")]
use waymark_page::Answers;
use waymark_page::{Door, Fields, Guide, Media, Request, Site};

/// What was loaded, and a record that was read.
#[derive(Default)]
pub(crate) struct Session {
    guide: Option<Guide>,
    #[cfg(feature = "record")]
    record: Option<Chart>,
}

impl Session {
    pub(crate) fn load_knowledge(&mut self, input: &[u8]) -> Vec<u8> {
        match Bundle::from_shipped(input) {
            Ok(bundle) => {
                self.guide = Some(Guide {
                    bundle,
                    translations: Vec::new(),
                    site: Site::default(),
                });
                done()
            }
            Err(problems) => told(&problems),
        }
    }

    pub(crate) fn load_translation(&mut self, input: &[u8]) -> Vec<u8> {
        let Some(guide) = &mut self.guide else {
            return not_loaded();
        };
        match Translation::from_shipped(input) {
            Ok(translation) => {
                let translations = &mut guide.translations;
                translations.retain(|it| it.language != translation.language);
                translations.push(translation);
                done()
            }
            Err(problem) => refused(&problem, ""),
        }
    }

    pub(crate) fn load_site(&mut self, input: &[u8]) -> Vec<u8> {
        let Some(guide) = &mut self.guide else {
            return not_loaded();
        };
        match Site::from_shipped(input) {
            Ok(site) => {
                guide.site = site;
                done()
            }
            Err(problem) => refused(&problem.to_string(), ""),
        }
    }

    /// The first part is the day and, on a line of its own, the patient who is meant; the others are the files of the record.
    /// The answer has the code of the answers that the record gives; where a file holds records of several people and it was not
    /// said whose are meant, no code but the people.
    #[cfg(feature = "record")]
    pub(crate) fn read_record(&mut self, input: &[u8]) -> Vec<u8> {
        let Some(guide) = &self.guide else {
            return not_loaded();
        };
        let parts = parts(input).unwrap_or_default();
        let Some((head, files)) = parts.split_first() else {
            return refused("the parts of the record are not whole", "");
        };
        let head = std::str::from_utf8(head).unwrap_or("");
        let (day, patient) = match head.split_once('\n') {
            Some((day, patient)) => (day, Some(patient)),
            None => (head, None),
        };
        let Some(today) = Date::parse(day) else {
            return not_a_day();
        };
        match read(files, &guide.bundle, patient) {
            Ok(chart) => {
                let state = Answers::recorded(&chart, &guide.bundle, today).code();
                self.record = Some(chart);
                row(&["", "", &state])
            }
            Err(problems) => {
                let patients = several(files, &problems);
                if patients.is_empty() {
                    return told(&problems);
                }
                let patients = patients.iter().map(String::as_str);
                row(&["", "", ""].into_iter().chain(patients).collect::<Vec<_>>())
            }
        }
    }

    pub(crate) fn forget(&mut self, _: &[u8]) -> Vec<u8> {
        #[cfg(feature = "record")]
        {
            self.record = None;
        }
        done()
    }

    /// The record that was read.
    #[cfg(feature = "record")]
    fn record(&self) -> Option<&Chart> {
        self.record.as_ref()
    }

    /// The small engine reads none.
    #[cfg(not(feature = "record"))]
    fn record(&self) -> Option<&Chart> {
        None
    }

    /// The first part is the day, the second the path; then names and values of fields by turns. The answer has the status, what
    /// was made (a page, or a file to be saved), the code of the answers, and the page.
    pub(crate) fn respond(&mut self, input: &[u8]) -> Vec<u8> {
        let Some(guide) = &self.guide else {
            return not_loaded();
        };
        let text = |part: &[u8]| String::from_utf8_lossy(part).into_owned();
        let parts: Vec<String> = parts(input)
            .unwrap_or_default()
            .into_iter()
            .map(text)
            .collect();
        let [day, path, fields @ ..] = &*parts else {
            return refused("the parts of the request are not whole", "");
        };
        let Some(today) = Date::parse(day) else {
            return not_a_day();
        };
        let (fields, _) = fields.as_chunks();
        let fields = fields
            .iter()
            .map(|[name, value]| (name.clone(), value.clone()));
        let fields: Vec<_> = fields.collect();
        let request = Request {
            path,
            fields: Fields(&fields),
            today,
            door: Door::Browser,
            chart: self.record(),
        };
        let page = waymark_page::respond(guide, &request);
        let media = match page.media {
            Media::Html => "page",
            Media::Json => "file",
        };
        let status = page.status.to_string();
        row(&["", "", &status, media, &page.state, &page.html])
    }

    /// The first part is the day, the others are the files of the record. The answer has the assessment as JSON.
    #[cfg(feature = "record")]
    pub(crate) fn assess(&mut self, input: &[u8]) -> Vec<u8> {
        let Some(guide) = &self.guide else {
            return not_loaded();
        };
        let parts = parts(input).unwrap_or_default();
        let Some((day, files)) = parts.split_first() else {
            return refused("the parts of the record are not whole", "");
        };
        let Some(as_of) = std::str::from_utf8(day).ok().and_then(Date::parse) else {
            return not_a_day();
        };
        let bundle = &guide.bundle;
        match read(files, bundle, None) {
            Ok(chart) => {
                let record = chart.record.unwrap_or(Completeness::Partial);
                let facts = derive(&chart, bundle, as_of, record);
                let assessment = assess(&chart, &facts, bundle, as_of);
                // Strings, numbers and lists into memory: serialising them cannot fail.
                row(&[
                    "",
                    "",
                    &serde_json::to_string(&assessment).unwrap_or_default(),
                ])
            }
            Err(problems) => told(&problems),
        }
    }
}

#[cfg(feature = "record")]
fn read(parts: &[&[u8]], bundle: &Bundle, patient: Option<&str>) -> Result<Chart, Vec<Diagnostic>> {
    waymark_fhir::read_either(parts, bundle, patient)
}

/// The patients among whom a reader has to choose.
#[cfg(feature = "record")]
fn several(parts: &[&[u8]], problems: &[Diagnostic]) -> Vec<String> {
    if problems.iter().any(|it| it.code == "several-patients") {
        waymark_fhir::patients(parts).unwrap_or_default()
    } else {
        Vec::new()
    }
}

/// The parts of an input: each four bytes with its length, least significant first, and so many bytes.
fn parts(mut input: &[u8]) -> Option<Vec<&[u8]>> {
    let mut parts = Vec::new();
    while !input.is_empty() {
        let (length, rest) = input.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let (part, rest) = rest.split_at_checked(length)?;
        parts.push(part);
        input = rest;
    }
    Some(parts)
}

fn not_a_day() -> Vec<u8> {
    refused("the first part is not a day", "write YYYY-MM-DD")
}

/// Texts in a row, each behind four bytes with its length.
fn row(parts: &[&str]) -> Vec<u8> {
    let mut row = Vec::with_capacity(parts.iter().map(|it| it.len() + 4).sum());
    for part in parts {
        row.extend(u32::try_from(part.len()).unwrap_or(0).to_le_bytes());
        row.extend(part.as_bytes());
    }
    row
}

fn done() -> Vec<u8> {
    row(&["", ""])
}

fn refused(problem: &str, help: &str) -> Vec<u8> {
    row(&[problem, help])
}

fn not_loaded() -> Vec<u8> {
    refused("the knowledge is not loaded", "call `load_knowledge` first")
}

/// The first of several problems; the others follow from it, or stand behind it.
fn told(problems: &[Diagnostic]) -> Vec<u8> {
    let first = problems.first();
    refused(
        first.map_or("", |it| it.message.as_str()),
        first.and_then(|it| it.help.as_deref()).unwrap_or(""),
    )
}

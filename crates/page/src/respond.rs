//! A path and the fields of a form to a page.

use crate::answers::{Answers, Damaged, Restored};
use crate::frame::Frame;
#[cfg(feature = "sheet")]
use crate::sheet;
use crate::words::{ENGLISH, Words};
use crate::{Guide, Reading, ask, compare, learn, print, result, trust};
use maud::{Markup, html};
use waymark_criteria::Date;
use waymark_engine::Chart;

/// Through which door a page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// A server, for a browser without scripts or before they have run.
    Server,
    /// The browser itself: nothing leaves it.
    Browser,
    /// Written to a file once: forms work only where the scripts run.
    Static,
}

/// The fields of a form, in their order.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fields<'r>(pub &'r [(String, String)]);

impl<'r> Fields<'r> {
    /// The first field of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'r str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The values of all fields of a name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &'r str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// The path below the site's base, with or without slashes around it: `es/q/her2-result`.
    pub path: &'r str,
    /// The fields of the form, `state` among them: the code of the answers so far.
    pub fields: Fields<'r>,
    /// The day.
    pub today: Date,
    /// The door.
    pub door: Door,
    /// A record that the door has read: it stands in the place of answers. No form carries it; the door keeps it.
    pub chart: Option<&'r Chart>,
}

/// What an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// A page to be shown.
    Html,
    /// An assessment to be saved as a file.
    Json,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status of HTTP.
    pub status: u16,
    /// What `html` is.
    pub media: Media,
    /// The whole document.
    pub html: String,
    /// The code of the answers that the page was made of.
    pub state: String,
}

/// What a page is made of.
pub(crate) struct Context<'g, 'r> {
    pub(crate) guide: &'g Guide,
    pub(crate) words: Words<'g>,
    pub(crate) request: Request<'r>,
    /// The path without its language and outer slashes.
    pub(crate) place: &'r str,
    pub(crate) restored: Result<Restored, Damaged>,
}

/// A page before its frame.
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) title: String,
    /// The width and kind of page, a class of the body: `ask`, `result`, `sheet`, `text`.
    pub(crate) kind: &'static str,
    pub(crate) main: Markup,
    pub(crate) answers: Answers,
}

impl<'g> Context<'g, '_> {
    /// The answers of the form; none where they are damaged.
    pub(crate) fn answers(&self) -> Answers {
        let restored = self.restored.as_ref();
        restored.map_or_else(|_| Answers::default(), |it| it.answers.clone())
    }

    /// What the guide says for the record that the door has read, else for these answers.
    pub(crate) fn reading(&self, answers: Answers) -> Reading<'g> {
        match self.request.chart {
            Some(chart) => Reading::of_chart(self.guide, chart.clone(), self.request.today),
            None => Reading::of_answers(self.guide, answers, self.request.today),
        }
    }

    /// The address of a page in this language.
    pub(crate) fn href(&self, place: &str) -> String {
        self.href_in(self.words.language(), place)
    }

    /// The address of a page in a language.
    pub(crate) fn href_in(&self, language: &str, place: &str) -> String {
        let site = &self.guide.site;
        let first = site.languages.first().map_or(ENGLISH, String::as_str);
        let mut href = site.base.clone();
        if language != first {
            href = format!("{href}{language}/");
        }
        if !place.is_empty() {
            href = format!("{href}{place}/");
        }
        href
    }

    /// The address of a file of the site, with its version in it: `assets/waymark.0123456789abcdef.css`.
    pub(crate) fn asset(&self, file: &str) -> String {
        let site = &self.guide.site;
        let (stem, end) = file.rsplit_once('.').unwrap_or((file, ""));
        match site.versions.get(file) {
            Some(version) => format!("{}assets/{stem}.{version}.{end}", site.base),
            None => format!("{}assets/{file}", site.base),
        }
    }
}

/// Why a server does not read what was sent to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is asked for in a way that pages are not.
    Method,
    /// More than a form holds.
    TooLong,
    /// Something else than a form.
    Form,
    /// A record that is neither FHIR nor a written chart.
    Record,
}

impl Refused {
    /// The status of HTTP, and the word of the wording.
    fn parts(self) -> (u16, &'static str) {
        match self {
            Refused::Method => (405, "method"),
            Refused::TooLong => (413, "too-long"),
            Refused::Form => (415, "form"),
            Refused::Record => (422, "record"),
        }
    }
}

/// Answers a request. Every path has an answer: an unknown one says so.
#[must_use]
pub fn respond(guide: &Guide, request: &Request<'_>) -> Response {
    #[cfg(feature = "sheet")]
    if let Some(file) = saved(guide, request) {
        return file;
    }
    made(guide, request, page)
}

/// An answer that is no page but a file.
#[cfg(feature = "sheet")]
fn saved(guide: &Guide, request: &Request<'_>) -> Option<Response> {
    let context = context(guide, request);
    (context.place == "clinician/json").then(|| {
        let (json, answers) = sheet::json(&context);
        Response {
            status: 200,
            media: Media::Json,
            html: json,
            state: answers.code(),
        }
    })
}

/// The page that says why a server did not read what was sent to it.
#[must_use]
pub fn refuse(guide: &Guide, path: &str, why: Refused, today: Date) -> Response {
    let request = Request {
        path,
        fields: Fields::default(),
        today,
        door: Door::Server,
        chart: None,
    };
    let (status, word) = why.parts();
    made(guide, &request, |context| {
        let words = context.words;
        let title = words.find(&format!("door.{word}")).unwrap_or(word);
        Page {
            status,
            title: title.to_owned(),
            kind: "text",
            main: html! {
                h1 { (title) }
                p { (words.text("door.not-read")) }
                p { a href=(context.href("")) { (words.text("frame.to-start")) } }
            },
            answers: Answers::default(),
        }
    })
}

fn context<'g, 'r>(guide: &'g Guide, request: &Request<'r>) -> Context<'g, 'r> {
    let path = request.path.trim_matches('/');
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    let (language, place) = match guide.site.languages.iter().find(|it| *it == first) {
        Some(language) => (language.as_str(), rest),
        None => {
            let language = guide.site.languages.first();
            (language.map_or(ENGLISH, String::as_str), path)
        }
    };
    let code = request.fields.get("state").unwrap_or("");
    Context {
        guide,
        words: Words::of(guide, language),
        request: *request,
        place,
        restored: Answers::restore(code, &guide.bundle),
    }
}

fn made(
    guide: &Guide,
    request: &Request<'_>,
    page: impl FnOnce(&Context<'_, '_>) -> Page,
) -> Response {
    let context = context(guide, request);
    let page = page(&context);
    let frame = Frame { context: &context };
    Response {
        status: page.status,
        media: Media::Html,
        state: page.answers.code(),
        html: frame.around(&page).into_string(),
    }
}

fn page(context: &Context<'_, '_>) -> Page {
    let (head, tail) = context.place.split_once('/').unwrap_or((context.place, ""));
    match (head, tail) {
        ("", "") => ask::start(context),
        ("q", id) => ask::question(context, id),
        ("check", "") => ask::check(context),
        ("page", "") => result::page(context),
        ("compare", "") => compare::compare(context),
        ("print", "") => print::print(context),
        #[cfg(feature = "sheet")]
        ("clinician", "") => sheet::page(context),
        #[cfg(feature = "sheet")]
        ("clinician", "entry") => sheet::entry(context),
        #[cfg(feature = "sheet")]
        ("clinician", "text") => sheet::text(context),
        #[cfg(not(feature = "sheet"))]
        ("clinician", "" | "entry" | "text" | "json") => elsewhere(context),
        ("learn", topic) => learn::page(context, topic),
        ("about", "") => trust::about(context),
        ("privacy", "") => trust::privacy(context),
        ("changes", "") => trust::changes(context),
        ("sources", "") => trust::sources(context),
        _ => ask::not_found(context),
    }
}

/// What stands in the place of the clinician sheet where it was not built in: who loads such an engine has another with it.
#[cfg(not(feature = "sheet"))]
fn elsewhere(context: &Context<'_, '_>) -> Page {
    let words = context.words;
    Page {
        status: 501,
        title: words.text("door.no-sheet").to_owned(),
        kind: "text",
        main: html! {
            h1 { (words.text("door.no-sheet")) }
            p { (words.text("door.no-sheet-where")) }
        },
        answers: context.answers(),
    }
}

/// The paths of every page that can be written to a file, in one language, without its prefix.
#[must_use]
pub fn pages(guide: &Guide) -> Vec<String> {
    let fixed = [
        "",
        "check",
        "page",
        "compare",
        "print",
        "clinician",
        "clinician/entry",
        "clinician/text",
        "about",
        "privacy",
        "changes",
        "sources",
    ];
    let questions = guide.bundle.content().questions.iter();
    let questions = questions.map(|question| format!("q/{}", question.id));
    fixed
        .into_iter()
        .map(str::to_owned)
        .chain(learn::paths())
        .chain(questions)
        .collect()
}

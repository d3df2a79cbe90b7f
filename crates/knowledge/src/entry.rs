//! One file of the knowledge base, read.

use crate::blocks::{self, Blocks, Excerpt};
use crate::body::{Below, Body};
use crate::head::{Head, Raw};
use crate::kind::Kind;
use crate::names::{Name, names};
use toml::de::DeValue;
use waymark_criteria::{Diagnostic, Span};

/// A file, as far as it could be read.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Path below the knowledge base.
    pub path: String,
    /// The text of the file.
    pub text: String,
    /// Its kind, if its head says one.
    pub kind: Option<Kind>,
    /// Its id; of a file of sources, the group; of a head without one, the name of the file.
    pub id: String,
    /// The head's values and places.
    pub head: Head,
    /// The typed entry; none where the head is in error.
    pub body: Option<Body>,
    /// All criteria blocks in one text.
    pub cql: Excerpt,
    /// The names in that text, with places in the file.
    pub names: Vec<Name>,
    /// Case blocks.
    pub cases: Vec<Excerpt>,
    /// Blocks of sentences in other languages, with their codes.
    pub translations: Vec<(String, Excerpt)>,
    /// The prose as one text.
    pub prose_text: String,
    /// Where the prose stands.
    pub prose: Vec<Span>,
    /// The title's text and place.
    pub title: Option<(String, Span)>,
}

impl Entry {
    /// Reads a file; what is wrong with it is reported, and as much as possible is kept.
    pub(crate) fn read(path: &str, text: &str, problems: &mut Vec<Diagnostic>) -> Entry {
        let blocks = blocks::split(path, text, problems);
        let cql = Excerpt::joined(&blocks.cql);
        let in_file = |name: Name| Name {
            span: cql.in_file(name.span),
            ..name
        };
        let mut entry = Entry {
            path: path.to_owned(),
            text: text.to_owned(),
            kind: None,
            id: stem(path).to_owned(),
            head: Head::default(),
            body: None,
            names: names(&cql.text).into_iter().map(in_file).collect(),
            cql,
            cases: blocks.cases.clone(),
            translations: blocks.translations.clone(),
            prose_text: blocks.prose_text(text),
            prose: blocks.prose.clone(),
            title: blocks.title.clone(),
        };
        let Some(head) = &blocks.head else {
            let first = Span::new(0, text.find('\n').unwrap_or(text.len()));
            problems.push(
                entry
                    .error("no-head", first, "the file has no `toml` block")
                    .help("open it with a fenced block that begins with `kind = \"…\"`"),
            );
            return entry;
        };
        let mut raw = Raw::parse(path, head, problems);
        entry.head = raw.head.clone();
        if let Some(id) = entry.head.text("id") {
            entry.id = id.value.clone();
        }
        let Some((kind, several)) = entry.read_kind(&mut raw, problems) else {
            return entry;
        };
        entry.kind = Some(kind);
        entry.refuse_body_in_head(kind, &mut raw, problems);
        let below = entry.read_below(kind, &blocks, problems);
        entry.body = Body::read(kind, several, raw, below, problems);
        entry
    }

    /// The kind that the head states, and whether it is a file of several sources.
    fn read_kind(&self, raw: &mut Raw<'_>, problems: &mut Vec<Diagnostic>) -> Option<(Kind, bool)> {
        let span = self.head.span("kind");
        let stated = raw.take("kind");
        let Some(DeValue::String(word)) = stated.as_ref().map(|kind| kind.get_ref()) else {
            let message = "the head does not say what kind of entry this is";
            let problem = self.error("no-kind", span, message);
            problems.push(problem.help("begin it with `kind = \"…\"`"));
            return None;
        };
        if word == "sources" {
            return Some((Kind::Source, true));
        }
        let kind = Kind::ALL
            .into_iter()
            .find(|kind| kind.word() == word.as_ref());
        if kind.is_none() {
            let known: Vec<&str> = Kind::ALL.into_iter().map(Kind::word).collect();
            let problem = self.error("unknown-kind", span, format!("there is no kind `{word}`"));
            problems.push(problem.help(format!("known: {}, sources", known.join(", "))));
        }
        kind.map(|kind| (kind, false))
    }

    /// Keys of the schema that are filled from the body may not stand in the head.
    fn refuse_body_in_head(&self, kind: Kind, raw: &mut Raw<'_>, problems: &mut Vec<Diagnostic>) {
        // A source has a title of its own: that of the document cited.
        let own_title = kind == Kind::Source;
        for key in ["title", "text", "cql"] {
            if key == "title" && own_title || raw.take(key).is_none() {
                continue;
            }
            let message = format!("`{key}` is not a key of a head");
            let problem = self.error("key-in-head", self.head.span(key), message);
            let help = "it comes from the body: the `#` title, the prose, the `cql` blocks";
            problems.push(problem.help(help));
        }
    }

    /// Title, prose and criteria. A source needs none of them.
    fn read_below(&self, kind: Kind, blocks: &Blocks, problems: &mut Vec<Diagnostic>) -> Below {
        let criteria = blocks.cql.iter().filter(|_| !kind.has_criteria());
        let cases = blocks.cases.iter().filter(|_| !kind.has_cases());
        for block in criteria.chain(cases) {
            let message = format!("an entry of kind {} has no criteria", kind.word());
            problems.push(self.error("criteria-not-here", block.whole, message));
        }
        let below = Below {
            title: self
                .title
                .as_ref()
                .map(|(title, _)| title.clone())
                .unwrap_or_default(),
            text: self.prose_text.clone(),
            cql: self.cql.text.clone(),
        };
        if kind == Kind::Source {
            return below;
        }
        let head = blocks
            .head
            .as_ref()
            .map(|head| head.whole)
            .unwrap_or_default();
        if below.title.is_empty() {
            problems.push(
                self.error("no-title", head, "the entry has no title")
                    .help("write a line `# Title` below the `toml` block"),
            );
        }
        if below.text.is_empty() {
            let message = "the entry explains nothing to its reader";
            let warning = Diagnostic::warning("no-prose", message).in_place(&self.path);
            let help = "write one to four short paragraphs below the title";
            problems.push(warning.at(head).help(help));
        }
        below
    }

    /// An error at a place in this file.
    pub(crate) fn error(
        &self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(code, message)
            .in_place(&self.path)
            .at(span)
    }

    /// The name of the file without its folder and ending.
    pub(crate) fn stem(&self) -> &str {
        stem(&self.path)
    }

    /// The place where a name is defined in the criteria, else where the head gives it as an id.
    pub(crate) fn place_of(&self, name: &str) -> Span {
        let defined = self
            .names
            .iter()
            .find(|known| known.defined && known.name == name);
        if let Some(defined) = defined {
            return defined.span;
        }
        let ids = self
            .head
            .texts
            .iter()
            .find(|text| text.key == "id" && text.value == name);
        ids.map_or_else(|| self.head.span("id"), |text| text.span)
    }

    /// Whether the criteria of this file define a name.
    pub(crate) fn defines(&self, name: &str) -> bool {
        self.names
            .iter()
            .any(|known| known.defined && known.name == name)
    }
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".md").unwrap_or(name)
}

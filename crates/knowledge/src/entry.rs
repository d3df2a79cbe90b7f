//! One file of the knowledge base, read.

use crate::blocks::{self, Blocks, Excerpt};
use crate::head::{Head, Raw};
use crate::names::{Name, names};
use serde::Deserialize;
use toml::de::DeValue;
use waymark_criteria::{Diagnostic, Span};
use waymark_engine::bundle::{
    Criterion, FactEntry, Guidance, Medicine, Regimen, SourceEntry, TermTable, Trial,
};

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A source, or a file of several.
    Source,
    /// A fact of the schema.
    Fact,
    /// A named criterion.
    Criterion,
    /// A medicine.
    Medicine,
    /// A regimen.
    Regimen,
    /// A piece of guidance.
    Guidance,
    /// A trial.
    Trial,
    /// A code table.
    Terms,
}

impl Kind {
    /// Every kind, in the order in which they rest on one another.
    pub const ALL: [Kind; 8] = [
        Kind::Source,
        Kind::Fact,
        Kind::Criterion,
        Kind::Medicine,
        Kind::Regimen,
        Kind::Guidance,
        Kind::Trial,
        Kind::Terms,
    ];

    /// The word in the head of a file, and in output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::Source => "source",
            Kind::Fact => "fact",
            Kind::Criterion => "criterion",
            Kind::Medicine => "medicine",
            Kind::Regimen => "regimen",
            Kind::Guidance => "guidance",
            Kind::Trial => "trial",
            Kind::Terms => "terms",
        }
    }

    /// The folder in which its files lie.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Source => "sources",
            Kind::Fact => "facts",
            Kind::Criterion => "shared",
            Kind::Medicine => "medicines",
            Kind::Regimen => "regimens",
            Kind::Guidance => "guidance",
            Kind::Trial => "trials",
            Kind::Terms => "terms",
        }
    }

    fn has_criteria(self) -> bool {
        match self {
            Kind::Fact | Kind::Criterion | Kind::Medicine | Kind::Regimen | Kind::Guidance => true,
            Kind::Source | Kind::Trial | Kind::Terms => false,
        }
    }
}

/// The typed head of an entry, with its body filled in.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    Sources(Vec<SourceEntry>),
    Fact(Box<FactEntry>),
    Criterion(Box<Criterion>),
    Medicine(Box<Medicine>),
    Regimen(Box<Regimen>),
    Guidance(Box<Guidance>),
    Trial(Box<Trial>),
    Terms(Box<TermTable>),
}

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
    /// Where the prose stands.
    pub prose: Vec<Span>,
    /// The title's text and place.
    pub title: Option<(String, Span)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SourceGroup {
    #[serde(default)]
    group: Option<String>,
    source: Vec<SourceEntry>,
}

impl Entry {
    /// Reads a file; what is wrong with it is reported, and as much as possible is kept.
    pub(crate) fn read(path: &str, text: &str, problems: &mut Vec<Diagnostic>) -> Entry {
        let Blocks {
            head,
            title,
            prose,
            cql,
            cases,
        } = &blocks::split(path, text, problems);
        let stem = stem(path);
        let joined = Excerpt::joined(cql);
        let mut entry = Entry {
            path: path.to_owned(),
            text: text.to_owned(),
            kind: None,
            id: stem.to_owned(),
            head: Head::default(),
            body: None,
            names: names(&joined.text)
                .into_iter()
                .map(|name| Name {
                    span: joined.in_file(name.span),
                    ..name
                })
                .collect(),
            cql: joined,
            cases: cases.clone(),
            prose: prose.clone(),
            title: title.clone(),
        };
        let Some(head) = head else {
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
        let several = match raw.take("kind").as_ref().map(|kind| kind.get_ref()) {
            Some(DeValue::String(word)) => {
                let kinds = Kind::ALL.into_iter();
                entry.kind = kinds.clone().find(|kind| kind.word() == word.as_ref());
                if word == "sources" {
                    entry.kind = Some(Kind::Source);
                }
                if entry.kind.is_none() {
                    let known: Vec<&str> = kinds.map(Kind::word).collect();
                    let span = entry.head.span("kind");
                    let message = format!("there is no kind `{word}`");
                    problems.push(
                        entry
                            .error("unknown-kind", span, message)
                            .help(format!("known: {}, sources", known.join(", "))),
                    );
                }
                word == "sources"
            }
            Some(_) | None => {
                let message = "the head does not say what kind of entry this is";
                problems.push(
                    entry
                        .error("no-kind", entry.head.span("kind"), message)
                        .help("begin it with `kind = \"…\"`"),
                );
                false
            }
        };
        let Some(kind) = entry.kind else { return entry };
        let written_below = [
            ("title", kind != Kind::Source),
            ("text", true),
            ("cql", true),
        ];
        for (key, refused) in written_below {
            if refused && raw.take(key).is_some() {
                let message = format!("`{key}` is not a key of a head");
                problems.push(
                    entry
                        .error("key-in-head", entry.head.span(key), message)
                        .help("it comes from the body: the `#` title, the prose, the `cql` blocks"),
                );
            }
        }
        if !kind.has_criteria() {
            for block in cql.iter().chain(cases) {
                let message = format!("an entry of kind {} has no criteria", kind.word());
                problems.push(entry.error("criteria-not-here", block.whole, message));
            }
        }
        if kind != Kind::Source && title.is_none() {
            problems.push(
                entry
                    .error("no-title", head.whole, "the entry has no title")
                    .help("write a line `# Title` below the `toml` block"),
            );
        }
        let title = title.as_ref().map(|(title, _)| title.clone());
        let title = title.unwrap_or_default();
        let prose = Blocks {
            prose: prose.clone(),
            ..Blocks::default()
        }
        .prose_text(text);
        if kind != Kind::Source && prose.is_empty() {
            problems.push(
                Diagnostic::warning("no-prose", "the entry explains nothing to its reader")
                    .in_place(path)
                    .at(head.whole)
                    .help("write one to four short paragraphs below the title"),
            );
        }
        let cql = entry.cql.text.clone();
        entry.body = match kind {
            Kind::Source if several => raw.read::<SourceGroup>(problems).map(Body::grouped),
            Kind::Source => raw
                .read::<SourceEntry>(problems)
                .map(|source| Body::Sources(vec![source])),
            Kind::Fact => raw.read::<FactEntry>(problems).map(|fact| {
                Body::Fact(Box::new(FactEntry {
                    title,
                    text: prose,
                    cql,
                    ..fact
                }))
            }),
            Kind::Criterion => raw.read::<Criterion>(problems).map(|criterion| {
                Body::Criterion(Box::new(Criterion {
                    title,
                    text: prose,
                    cql,
                    ..criterion
                }))
            }),
            Kind::Medicine => raw.read::<Medicine>(problems).map(|medicine| {
                Body::Medicine(Box::new(Medicine {
                    title,
                    text: prose,
                    cql,
                    ..medicine
                }))
            }),
            Kind::Regimen => raw.read::<Regimen>(problems).map(|regimen| {
                Body::Regimen(Box::new(Regimen {
                    title,
                    text: prose,
                    cql,
                    ..regimen
                }))
            }),
            Kind::Guidance => raw.read::<Guidance>(problems).map(|guidance| {
                Body::Guidance(Box::new(Guidance {
                    title,
                    text: prose,
                    cql,
                    ..guidance
                }))
            }),
            Kind::Trial => raw.read::<Trial>(problems).map(|trial| {
                Body::Trial(Box::new(Trial {
                    title,
                    text: prose,
                    ..trial
                }))
            }),
            Kind::Terms => raw.read::<TermTable>(problems).map(|table| {
                Body::Terms(Box::new(TermTable {
                    title,
                    text: prose,
                    ..table
                }))
            }),
        };
        entry
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

impl Body {
    fn grouped(group: SourceGroup) -> Body {
        let SourceGroup { group, source } = group;
        let fill = |source: SourceEntry| SourceEntry {
            group: source.group.clone().or_else(|| group.clone()),
            ..source
        };
        Body::Sources(source.into_iter().map(fill).collect())
    }
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".md").unwrap_or(name)
}

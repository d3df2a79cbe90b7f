//! Sentences for patients in other languages: which there are, and what was made of them.
//!
//! A block of a language stands in the file of the entry. Each sentence names the English that it was made from by its
//! mark, so that a changed English sentence takes the signature off its translation.

use crate::base::{Base, shape};
use crate::entry::Entry;
use crate::head::{Raw, Text};
use crate::kind::Kind;
use crate::lint::wording;
use crate::manifest::Language;
use serde::Deserialize;
use std::collections::BTreeMap;
use waymark_criteria::{Diagnostic, Span};
use waymark_engine::bundle::translation::{Translated, Translation, key, mark};

/// A sentence of an entry that readers who are no clinicians may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Path of its file below the knowledge base.
    pub path: String,
    /// Kind of its entry.
    pub kind: Kind,
    /// Id of its entry.
    pub id: String,
    /// Where it stands in the entry; members of lists go by their ids.
    pub field: String,
    /// What it says.
    pub english: String,
    /// Its place in the file.
    span: Span,
}

/// How far a language is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Two-letter code.
    pub language: String,
    /// Sentences for readers.
    pub sentences: usize,
    /// Those that are translated.
    pub translated: usize,
    /// Those that a named reviewer signed as they stand.
    pub signed: usize,
    /// Those whose English has changed since.
    pub behind: usize,
}

/// What a block says of one sentence.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// The mark of the English that it was made from.
    of: String,
    /// The sentence.
    text: String,
    /// Name, role and day of the reviewer who signed it.
    #[serde(default)]
    signed: Option<String>,
}

/// The fields of each kind that are translated; `*` stands for a member of a list.
fn fields(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Fact => &[
            "label",
            "question",
            "ask",
            "how",
            "derivation.inferred",
            "text",
        ],
        Kind::Criterion => &["label", "met", "not-met", "unknown", "question"],
        Kind::Medicine => &[
            "kind-of-medicine",
            "target",
            "mechanism.text",
            "about.*.text",
            "cautions.*.text",
            "text",
        ],
        Kind::Regimen => &[
            "name",
            "about.*.text",
            "indications.*.text",
            "indications.*.caveat",
            "positions.*.text",
            "positions.*.differs",
            "cautions.*.text",
            "text",
        ],
        Kind::Guidance => &["statement", "about.*.text", "text"],
        Kind::Trial => &["given", "comparator", "population", "text"],
        Kind::Question => &[
            "section",
            "ask",
            "hint",
            "why",
            "find",
            "answers.*.label",
            "answers.*.hint",
            "rows.*.label",
            "rows.*.hint",
            "groups.*.label",
            "groups.*.hint",
            "groups.*.kind-alone.label",
        ],
        Kind::Wording => &["texts.*"],
        Kind::Source | Kind::Table | Kind::Terms | Kind::LineRule => &[],
    }
}

/// Every sentence of an entry that is translated.
pub(crate) fn sentences(entry: &Entry) -> Vec<Sentence> {
    let Some(kind) = entry.kind else {
        return Vec::new();
    };
    let fields = fields(kind);
    let sentence = |field: String, english: &str, span| Sentence {
        path: entry.path.clone(),
        kind,
        id: entry.id.clone(),
        field,
        english: english.to_owned(),
        span,
    };
    let mut found: Vec<Sentence> = entry
        .head
        .texts
        .iter()
        .filter(|text| fields.contains(&field_shape(kind, text).as_str()))
        .map(|text| sentence(by_ids(entry, &text.path), &text.value, text.span))
        .collect();
    if fields.contains(&"text") && !entry.prose_text.is_empty() {
        let span = entry.prose.first().copied().unwrap_or_default();
        found.push(sentence("text".to_owned(), &entry.prose_text, span));
    }
    found
}

/// The shape of a path by which its field is looked for; keys of a part of the page are free.
fn field_shape(kind: Kind, text: &Text) -> String {
    match (kind, text.path.strip_prefix("texts.")) {
        (Kind::Wording, Some(_)) => "texts.*".to_owned(),
        _ => shape(&text.path),
    }
}

/// A path with the ids of members of lists in the place of their positions, where they have one.
fn by_ids(entry: &Entry, path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    let named = parts.iter().enumerate().map(|(depth, part)| {
        let id = entry
            .head
            .text(&format!("{}.id", parts[..=depth].join(".")))
            .filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()));
        id.map_or(*part, |id| id.value.as_str())
    });
    named.collect::<Vec<_>>().join(".")
}

/// A language of which nothing has been read yet.
fn begun(language: &Language) -> (&str, (Translation, Progress)) {
    let translation = Translation {
        language: language.code.clone(),
        ..Translation::default()
    };
    let progress = Progress {
        language: language.code.clone(),
        ..Progress::default()
    };
    (&language.code, (translation, progress))
}

/// The translations of every language of the manifest, and what is wrong with them.
pub(crate) fn read(
    base: &Base,
    problems: &mut Vec<Diagnostic>,
) -> (Vec<Translation>, Vec<Progress>) {
    let languages = &base.manifest.languages;
    let mut made: BTreeMap<&str, (Translation, Progress)> = languages.iter().map(begun).collect();
    for entry in &base.entries {
        let sentences = sentences(entry);
        for (_, progress) in made.values_mut() {
            progress.sentences += sentences.len();
        }
        for (code, block) in &entry.translations {
            let Some((translation, progress)) = made.get_mut(code.as_str()) else {
                let message = format!("`{code}` is no language of this knowledge base");
                let problem = entry.error("unknown-language", block.whole, message);
                problems.push(problem.help("its languages stand in `knowledge.toml`"));
                continue;
            };
            let raw = Raw::parse(&entry.path, block, problems);
            let head = raw.head.clone();
            let Some(written) = raw.read::<BTreeMap<String, Written>>(problems) else {
                continue;
            };
            let banned = languages.iter().find(|language| language.code == *code);
            let banned = banned.map_or(&[][..], |language| &language.banned[..]);
            for text in head.texts.iter().filter(|text| text.key == "text") {
                wording::check_span(banned, entry, text.span, problems);
            }
            for (field, written) in written {
                let place = head.span(&field);
                let Some(english) = sentences.iter().find(|sentence| sentence.field == field)
                else {
                    let message = format!("`{field}` is no sentence of this entry");
                    let known: Vec<&str> = sentences.iter().map(|it| it.field.as_str()).collect();
                    let problem = entry.error("no-such-sentence", place, message);
                    problems.push(problem.help(format!("its sentences are {}", known.join(", "))));
                    continue;
                };
                let now = mark(&english.english);
                let behind = written.of != now;
                if behind {
                    let message = format!("the English of `{field}` has changed since");
                    let problem = Diagnostic::warning("translation-behind", message);
                    let help = format!(
                        "compare it with the English again, then write `of = \"{now}\"`; until then it is a draft"
                    );
                    problems.push(problem.in_place(&entry.path).at(place).help(help));
                }
                let signed = written.signed.is_some() && !behind;
                progress.translated += 1;
                progress.signed += usize::from(signed);
                progress.behind += usize::from(behind);
                let text = written.text.trim().to_owned();
                let key = key(english.kind.word(), &english.id, &field);
                translation
                    .sentences
                    .insert(key, Translated { text, signed });
            }
        }
    }
    made.into_values().unzip()
}

/// A block to fill in for each file that lacks sentences of a language or is behind with some: what `waymark kb translate`
/// prints.
pub(crate) fn open_sentences(base: &Base, language: &str) -> Vec<(Sentence, String)> {
    let mut open = Vec::new();
    for entry in &base.entries {
        let mut made: BTreeMap<String, String> = BTreeMap::new();
        for (_, block) in entry
            .translations
            .iter()
            .filter(|(code, _)| code == language)
        {
            let raw = Raw::parse(&entry.path, block, &mut Vec::new());
            let written = raw.read::<BTreeMap<String, Written>>(&mut Vec::new());
            let marks = written.unwrap_or_default().into_iter();
            made.extend(marks.map(|(field, written)| (field, written.of)));
        }
        for sentence in sentences(entry) {
            let now = mark(&sentence.english);
            if made.get(&sentence.field) != Some(&now) {
                open.push((sentence, now));
            }
        }
    }
    open
}

//! Sentences for readers inform; they never order, rank or blame. The words to avoid stand in `knowledge.toml`.

use crate::base::Base;
use crate::entry::Entry;
use crate::kind::Kind;
use crate::manifest::Banned;
use waymark_criteria::{Diagnostic, Span};

/// Keys of heads whose strings readers see. Names of sources and what they are called by others are not ours.
const SENTENCES: [&str; 30] = [
    "analysis",
    "arm",
    "ask",
    "caveat",
    "comment",
    "comparator",
    "differs",
    "display",
    "find",
    "given",
    "hint",
    "how",
    "inferred",
    "kind-of-medicine",
    "label",
    "met",
    "not-met",
    "note",
    "population",
    "purpose",
    "question",
    "section",
    "statement",
    "target",
    "text",
    "texts",
    "title",
    "unknown",
    "what",
    "why",
];

pub(super) fn check(base: &Base, problems: &mut Vec<Diagnostic>) {
    for entry in &base.entries {
        let mut spans: Vec<Span> = entry.prose.clone();
        spans.extend(entry.title.as_ref().map(|(_, span)| *span));
        let seen = |key: &str| {
            let cited_title = key == "title" && entry.kind == Some(Kind::Source);
            SENTENCES.contains(&key) && !cited_title
        };
        let texts = entry.head.texts.iter();
        let strings = texts.filter(|text| seen(&text.key));
        spans.extend(strings.map(|text| text.span));
        for span in spans {
            check_span(&base.manifest.banned, entry, span, problems);
        }
    }
}

/// Looks for words to avoid in a range of the file.
pub(crate) fn check_span(
    banned: &[Banned],
    entry: &Entry,
    span: Span,
    problems: &mut Vec<Diagnostic>,
) {
    let text = entry.text[span.start..span.end].to_ascii_lowercase();
    for banned in banned {
        for (at, found) in text.match_indices(banned.word.as_str()) {
            if !stands_alone(&text, at, found.len()) {
                continue;
            }
            let place = Span::new(at, at + found.len()).shifted(span.start);
            let message = format!("`{}` is not a word for readers", banned.word);
            let problem = entry.error("banned-word", place, message);
            problems.push(problem.help(format!("say {}", banned.say)));
        }
    }
}

/// Whether the characters on either side are not part of the same word.
fn stands_alone(text: &str, at: usize, length: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + length..].chars().next();
    let in_word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    !in_word(before) && !in_word(after)
}

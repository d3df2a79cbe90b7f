//! The sentences of the page: each that the code names is there, and each that is there is named.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::collections::BTreeSet;
use waymark_testsuite::personas::guide;
use waymark_testsuite::{files, root};

/// String literals of the page's code, tests within it left out.
fn literals() -> Vec<String> {
    let mut found = Vec::new();
    for folder in ["crates/page/src", "crates/server/src"] {
        for file in files(&root().join(folder), ".rs") {
            let text = std::fs::read_to_string(&file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or("");
            let code = code
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"));
            for line in code {
                let parts = line.split('"').skip(1).step_by(2);
                found.extend(parts.map(str::to_owned));
            }
        }
    }
    found
}

/// Whether a key is what a literal stands for; `{…}` stands for anything.
fn is_named_by(key: &str, literal: &str) -> bool {
    let mut rest = key;
    let mut parts = literal.split('{').enumerate();
    let Some((_, first)) = parts.next() else {
        return false;
    };
    let Some(after) = rest.strip_prefix(first) else {
        return false;
    };
    rest = after;
    for (_, part) in parts {
        let tail = part.split_once('}').map_or("", |(_, tail)| tail);
        if tail.is_empty() {
            rest = "";
            continue;
        }
        let Some(at) = rest.find(tail) else {
            return false;
        };
        rest = &rest[at + tail.len()..];
    }
    rest.is_empty()
}

#[test]
fn every_sentence_is_there_and_used() {
    let wordings = &guide().bundle.content().wordings;
    let keys: BTreeSet<String> = wordings
        .iter()
        .flat_map(|part| {
            part.texts
                .keys()
                .map(move |key| format!("{}.{key}", part.id))
        })
        .collect();
    let parts: BTreeSet<&str> = wordings.iter().map(|part| &*part.id).collect();
    let is_key = |literal: &&String| {
        let part = literal.split_once('.').map_or("", |(part, _)| part);
        let plain = |byte: u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-{}()_ ".contains(&byte)
        };
        // Names of files, and fields of entries.
        let file = [".css", ".js", ".svg", ".html", ".md", ".json", ".text"];
        parts.contains(part)
            && literal.bytes().all(plain)
            && !file.iter().any(|end| literal.ends_with(end))
    };
    let literals = literals();
    let named: Vec<&String> = literals.iter().filter(is_key).collect();
    let counted = |key: &str| ["one", "many"].map(|form| format!("{key}.{form}"));
    let missing: BTreeSet<&str> = named
        .iter()
        .map(|literal| literal.as_str())
        .filter(|literal| {
            let there = keys.iter().any(|key| is_named_by(key, literal));
            !there
                && !counted(literal)
                    .iter()
                    .all(|key| keys.iter().any(|it| is_named_by(it, key)))
        })
        .collect();
    assert_eq!(
        missing,
        BTreeSet::new(),
        "named in code, and not in kb/wording"
    );
    let said = |text: &str| literals.iter().any(|literal| literal == text);
    // `{part}.title`, `{part}.{id}`: the part, and what stands for a name, are literals of their own.
    let composed = |key: &str| {
        let (part, name) = key.split_once('.').unwrap_or((key, ""));
        let tail =
            |literal: &String| literal.starts_with('{') && literal.ends_with(&format!("}}.{name}"));
        said(part) && (said(name) || literals.iter().any(tail))
    };
    let unused: BTreeSet<&String> = keys
        .iter()
        .filter(|key| {
            let base = key
                .strip_suffix(".one")
                .or_else(|| key.strip_suffix(".many"));
            let names = |literal: &&String| {
                is_named_by(key, literal) || base.is_some_and(|base| is_named_by(base, literal))
            };
            !named.iter().any(names) && !composed(key)
        })
        .collect();
    assert_eq!(
        unused,
        BTreeSet::new(),
        "in kb/wording, and not named in code"
    );
}

/// What the knowledge declares of itself is data in English; a page says it in the reader's language.
#[test]
fn the_page_says_who_made_the_knowledge_and_who_paid_as_the_knowledge_does() {
    let content = guide().bundle.content();
    let about = content.wordings.iter().find(|part| part.id == "about");
    let said = |key: &str| about.unwrap().texts.get(key).unwrap();
    assert_eq!(said("knowledge-funding"), &content.publisher.funding);
    assert_eq!(said("knowledge-developer"), &content.publisher.developer);
}

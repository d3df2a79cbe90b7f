//! TOML with the place of every value: the head of an entry, a case, the manifest.

use crate::blocks::Excerpt;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue, Deserializer, Error};
use waymark_criteria::{Diagnostic, Span};

/// A string of a head.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    /// Where it stands, for example `indications.0.source`.
    pub path: String,
    /// The key that it is under; elements of an array have the key of the array.
    pub key: String,
    /// The string.
    pub value: String,
    /// Its range in the file, quotation marks included.
    pub span: Span,
}

impl Text {
    /// The path of the table or array that it is in, with the trailing point; empty at the top.
    pub(crate) fn parent(&self) -> &str {
        self.path
            .rfind('.')
            .map_or("", |point| &self.path[..=point])
    }
}

/// Every value of a piece of TOML with its place in the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Head {
    /// All strings, in order of their paths.
    pub texts: Vec<Text>,
    spans: BTreeMap<String, Span>,
    whole: Span,
}

impl Head {
    /// The string at a path.
    pub(crate) fn text(&self, path: &str) -> Option<&Text> {
        self.texts.iter().find(|text| text.path == path)
    }

    /// The place of a value, or of the nearest table around it that is there.
    pub(crate) fn span(&self, path: &str) -> Span {
        let mut path = path;
        loop {
            if let Some(span) = self.spans.get(path) {
                return *span;
            }
            match path.rfind('.') {
                Some(point) => path = &path[..point],
                None => return self.whole,
            }
        }
    }

    fn gather(&mut self, excerpt: &Excerpt, table: &DeTable<'_>, prefix: &str) {
        for (key, value) in table {
            let path = format!("{prefix}{}", key.get_ref());
            // The sentences of a part of the page are under keys of its own, whose names mean nothing here.
            let key = if prefix == "texts." {
                "texts"
            } else {
                key.get_ref()
            };
            self.value(excerpt, value, path, key);
        }
    }

    fn value(&mut self, excerpt: &Excerpt, value: &Spanned<DeValue<'_>>, path: String, key: &str) {
        let range = value.span();
        let span = excerpt.in_file(Span::new(range.start, range.end));
        match value.get_ref() {
            DeValue::String(text) => self.texts.push(Text {
                path: path.clone(),
                key: key.to_owned(),
                value: text.to_string(),
                span,
            }),
            DeValue::Array(array) => {
                for (position, item) in array.iter().enumerate() {
                    self.value(excerpt, item, format!("{path}.{position}"), key);
                }
            }
            DeValue::Table(table) => self.gather(excerpt, table, &format!("{path}.")),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => {}
        }
        self.spans.insert(path, span);
    }
}

/// A parsed piece of TOML, not yet given a shape.
pub(crate) struct Raw<'t> {
    path: &'t str,
    excerpt: &'t Excerpt,
    /// The table; keys that are dealt with may be taken out before [`Raw::read`].
    pub table: Spanned<DeTable<'t>>,
    /// Its values and places, as they were parsed.
    pub head: Head,
    sound: bool,
}

impl<'t> Raw<'t> {
    /// Parses; every error of syntax is reported, and what could be read is kept.
    pub(crate) fn parse(
        path: &'t str,
        excerpt: &'t Excerpt,
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let (table, errors) = DeTable::parse_recoverable(&excerpt.text);
        let mut head = Head {
            whole: excerpt.whole,
            ..Head::default()
        };
        head.gather(excerpt, table.get_ref(), "");
        let raw = Raw {
            path,
            excerpt,
            table,
            head,
            sound: errors.is_empty(),
        };
        problems.extend(
            errors
                .iter()
                .map(|error| raw.problem("toml-syntax", error, error.message().to_owned())),
        );
        raw
    }

    /// An error at a place of this text.
    pub(crate) fn error(&self, code: &'static str, span: Span, message: String) -> Diagnostic {
        Diagnostic::error(code, message)
            .in_place(self.path)
            .at(span)
    }

    /// Takes a key of the top out.
    pub(crate) fn take(&mut self, key: &str) -> Option<Spanned<DeValue<'t>>> {
        self.table.get_mut().remove(key)
    }

    /// Gives it a shape. Unknown keys are reported one by one and passed over.
    pub(crate) fn read<T: DeserializeOwned>(mut self, problems: &mut Vec<Diagnostic>) -> Option<T> {
        if !self.sound {
            return None;
        }
        loop {
            let error = match T::deserialize(Deserializer::from(self.table.clone())) {
                Ok(value) => return Some(value),
                Err(error) => error,
            };
            let message = error.message();
            let unknown = between(message, "unknown field `", "`").map(str::to_owned);
            let missing = between(message, "missing field `", "`");
            if let Some(key) = unknown {
                let known = message.split_once("expected ").map(|(_, known)| known);
                let known = known.unwrap_or("no key at all").trim();
                problems.push(
                    self.problem("unknown-key", &error, format!("`{key}` is not a key here"))
                        .help(format!("known: {}", known.trim_start_matches("one of "))),
                );
                let at = error.span().unwrap_or_default();
                if prune(self.table.get_mut(), &key, at.start..at.end) {
                    continue;
                }
            } else if let Some(key) = missing {
                problems.push(
                    self.problem("missing-key", &error, format!("the key `{key}` is missing"))
                        .help("TEMPLATE.md shows every key of every kind"),
                );
            } else {
                problems.push(self.problem("bad-value", &error, one_line(message)));
            }
            return None;
        }
    }

    fn problem(&self, code: &'static str, error: &Error, message: String) -> Diagnostic {
        let span = match error.span() {
            Some(range) if range.end > 0 && range.end - range.start < self.excerpt.text.len() => {
                self.excerpt.in_file(Span::new(range.start, range.end))
            }
            // A key missing at the top has no place of its own: the first line will do.
            Some(_) | None => {
                let first = self.excerpt.text.find('\n');
                let first = first.unwrap_or(self.excerpt.text.len());
                self.excerpt.in_file(Span::new(0, first))
            }
        };
        self.error(code, span, one_line(&message))
    }
}

/// Takes out the key of this name at this place; whether it was there.
fn prune(table: &mut DeTable<'_>, key: &str, at: std::ops::Range<usize>) -> bool {
    let here = |(name, _): (&Spanned<DeString<'_>>, &Spanned<DeValue<'_>>)| {
        name.get_ref() == key && name.span() == at
    };
    if table.iter().any(here) {
        return table.remove(key).is_some();
    }
    table
        .iter_mut()
        .any(|(_, value)| prune_value(value.get_mut(), key, &at))
}

fn prune_value(value: &mut DeValue<'_>, key: &str, at: &std::ops::Range<usize>) -> bool {
    match value {
        DeValue::Table(table) => prune(table, key, at.clone()),
        DeValue::Array(items) => items
            .iter_mut()
            .any(|item| prune_value(item.get_mut(), key, at)),
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => false,
    }
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(inside, _)| inside)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! The names in a criteria text: what it defines and what it refers to, read off the text so that it works even where
//! the text does not compile.

use waymark_criteria::Span;

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// The name without its quotation marks.
    pub name: String,
    /// Its place, quotation marks included.
    pub span: Span,
    /// Whether it is being defined here.
    pub defined: bool,
}

/// Every quoted name, in order. Comments and strings in single quotation marks are passed over.
pub(crate) fn names(cql: &str) -> Vec<Name> {
    let bytes = cql.as_bytes();
    let mut found = Vec::new();
    let mut last_word = "";
    let mut at = 0;
    while at < bytes.len() {
        let rest = &cql[at..];
        let length = match bytes[at] {
            b'/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            b'/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            b'\'' => quoted(rest, '\''),
            b'"' => {
                let length = quoted(rest, '"');
                found.push(Name {
                    name: rest[1..length].trim_end_matches('"').to_owned(),
                    span: Span::new(at, at + length),
                    defined: last_word == "define",
                });
                last_word = "";
                length
            }
            byte if byte.is_ascii_alphabetic() => {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric());
                let length = end.unwrap_or(rest.len());
                last_word = &rest[..length];
                length
            }
            _ => rest.chars().next().map_or(1, char::len_utf8),
        };
        at += length;
    }
    found
}

/// Bytes of a quoted token, both marks included; up to the end where it is not closed.
fn quoted(text: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        if !escaped && character == mark {
            return at + 1;
        }
        escaped = !escaped && character == '\\';
    }
    text.len()
}

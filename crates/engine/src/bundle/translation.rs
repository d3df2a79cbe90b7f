//! The sentences of the knowledge in another language, beside the bundle: what is judged never depends on them.

use super::hex;
use litemap::LiteMap;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use waymark_packed::Packed;

/// All translated sentences of one language.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Translation {
    /// Two-letter code, for example `es`.
    pub language: String,
    /// By [`key`].
    pub sentences: LiteMap<String, Translated>,
}

/// A sentence in another language.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Translated {
    /// The sentence.
    pub text: String,
    /// Whether a named reviewer signed it for the English that stands there now. Otherwise it is a draft, and a reader is told so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub signed: bool,
}

/// By what a sentence is found: kind and id of its entry and the field, where members of lists go by their ids:
/// `regimen/tdxd/positions.lbbc-tdxd.text`.
#[must_use]
pub fn key(kind: &str, id: &str, field: &str) -> String {
    format!("{kind}/{id}/{field}")
}

/// Eight hexadecimal digits that tell one English sentence from another: a translation names those of the sentence that it
/// was made from. White space does not count.
#[must_use]
pub fn mark(english: &str) -> String {
    let words: Vec<&str> = english.split_whitespace().collect();
    hex(&Sha256::digest(words.join(" ")))[..8].to_owned()
}

impl Translation {
    /// The sentence of a field, if it was translated.
    #[must_use]
    pub fn get(&self, kind: &str, id: &str, field: &str) -> Option<&Translated> {
        self.sentences.get(&key(kind, id, field))
    }

    /// The bytes that [`Translation::from_bytes`] reads; the same sentences give the same bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Strings and truths into memory: serialising them cannot fail.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads a translation.
    ///
    /// # Errors
    /// When the bytes are none.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(bytes).map_err(|error| format!("this is no translation: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn white_space_makes_no_other_sentence() {
        assert_eq!(mark("Is it\n  positive?"), mark("Is it positive?"));
        assert_ne!(mark("Is it positive?"), mark("Is it negative?"));
        assert_eq!(mark("Is it positive?").len(), 8);
    }
}

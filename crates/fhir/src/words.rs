//! Lists of words of the knowledge, ready to be looked for.

use crate::keyed::Keyed;
use crate::lookup::{initial, initials, says_one_of};
use waymark_engine::bundle::{Status, WordList};

/// Words and phrases that say one thing.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// In the order of the knowledge, each after a space, and before one unless the word may go on.
    phrases: Vec<String>,
    /// The same without spaces around them.
    whole: Keyed<String, ()>,
    /// What words may begin with that may go on.
    openings: Vec<String>,
    /// The letters that phrases begin with.
    initials: u64,
}

/// No words.
pub(crate) static NONE: Words = Words {
    phrases: Vec::new(),
    whole: Keyed::EMPTY,
    openings: Vec::new(),
    initials: 0,
};

/// Meanings that only take certainty away: they do so from memory too.
const TAKES: [&str; 32] = [
    "words.payload",
    "words.not-done",
    "words.no-outcome",
    "words.taken-back",
    "words.note-not-given",
    "words.note-ended",
    "words.no-treatment",
    "words.medicine-in-doubt",
    "words.order-not-begun",
    "words.never-begun",
    "words.cancer-medicine",
    "words.cancer-medicine-ending",
    "words.cancer-in-doubt",
    "words.denies-what-follows",
    "words.relative",
    "words.other-organ",
    "words.spread-in-doubt",
    "words.coded-spread-in-doubt",
    "words.coded-cancer-in-doubt",
    "words.asked-for",
    "words.less-than-positive",
    "words.note-denies-spread",
    "words.no-result",
    "words.result-in-doubt",
    "words.score-in-doubt",
    "words.cut-off",
    "words.trend-in-doubt",
    // A side only keeps apart what is of two breasts.
    "side.left",
    "side.right",
    "side.both",
    "histology.in-situ",
    "histology.other",
];

impl Words {
    /// Adds a list. One from memory tells nothing, unless it only takes certainty away.
    pub(crate) fn add(&mut self, list: &WordList) {
        if list.status == Status::Memory && !TAKES.contains(&list.meaning.as_str()) {
            return;
        }
        for word in &list.words {
            let (word, end) = match word.strip_suffix('*') {
                Some(word) => {
                    self.openings.push(word.to_owned());
                    (word, "")
                }
                None => (word.as_str(), " "),
            };
            self.phrases.push(format!(" {word}{end}"));
            self.whole.insert(word.to_owned(), ());
        }
        self.initials = initials(&self.phrases);
    }

    /// Whether a text as [`fold`](crate::lookup::fold) gives it has one of them.
    pub(crate) fn are_in(&self, folded: &str) -> bool {
        says_one_of(folded, &self.phrases, self.initials)
    }

    /// The first of them, in the order of the knowledge, that a folded text has.
    pub(crate) fn first_in(&self, folded: &str) -> Option<&str> {
        let mut phrases = self.phrases.iter();
        let first = phrases.find(|phrase| folded.contains(phrase.as_str()))?;
        Some(first.trim())
    }

    /// Whether a folded text begins with one of them.
    pub(crate) fn open(&self, folded: &str) -> bool {
        let first = folded.as_bytes().get(1);
        let mut phrases = self.phrases.iter();
        first.is_some_and(|letter| self.initials & initial(letter) != 0)
            && phrases.any(|phrase| folded.starts_with(phrase.as_str()))
    }

    /// A folded text with each of them, one after the other in the order of the knowledge, made a space.
    pub(crate) fn taken_out_of(&self, folded: &str) -> String {
        let mut rest = folded.to_owned();
        if self.are_in(folded) {
            for phrase in &self.phrases {
                if rest.contains(phrase.as_str()) {
                    rest = rest.replace(phrase.as_str(), " ");
                }
            }
        }
        rest
    }

    /// Whether a word is the whole of one of them.
    pub(crate) fn have(&self, word: &str) -> bool {
        self.whole.has(word)
    }

    /// Whether a word is the whole of one of them, or begins with one that may go on.
    pub(crate) fn hold(&self, word: &str) -> bool {
        let mut openings = self.openings.iter();
        self.have(word) || openings.any(|opening| word.starts_with(opening.as_str()))
    }

    /// Whether a word ends with one of them.
    pub(crate) fn end(&self, word: &str) -> bool {
        let mut phrases = self.phrases.iter();
        phrases.any(|phrase| {
            let ending = phrase.strip_prefix(' ').unwrap_or(phrase);
            word.ends_with(ending.strip_suffix(' ').unwrap_or(ending))
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use waymark_engine::Bundle;
    use waymark_engine::bundle::TermTable;

    /// A bundle of the real words of cancer and of results, and nothing else.
    pub(crate) fn bundle() -> Bundle {
        let files = [
            include_str!("../../../kb/terms/words-of-cancer.md"),
            include_str!("../../../kb/terms/words-of-medicines.md"),
            include_str!("../../../kb/terms/words-of-results.md"),
        ];
        let terms = files.map(|file| {
            let head = file.split("```").nth(1).unwrap();
            let head = head.strip_prefix("toml\nkind = \"terms\"\n").unwrap();
            toml::from_str::<TermTable>(head).unwrap()
        });
        let review = serde_json::json!({ "on": "2026-01-01", "due": "2027-01-01" });
        let as_of = serde_json::json!({
            "id": "as-of", "type": "date", "label": "", "question": "", "how": "", "sources": [],
            "derivation": { "rule": "as-of" }, "review": review,
        });
        let content = serde_json::json!({
            "format": 1, "version": "2026.1.0", "patient_data": [],
            "publisher": { "developer": "", "funding": "", "released": "2026-01-01", "report-to": "" },
            "sources": [], "facts": [as_of], "criteria": [], "medicines": [], "regimens": [],
            "guidance": [], "trials": [], "terms": terms,
        });
        Bundle::new(serde_json::from_value(content).unwrap()).unwrap()
    }
}

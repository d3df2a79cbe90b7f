//! Whether a text says a thing plainly, denies it, or leaves it in doubt.
//!
//! Only what is said plainly is a result. A denial counts as one only in the forms of the lists below; every other
//! word of denial or doubt in the same clause leaves the result open, since what it denies cannot be told from words.

/// How a clause stands to a word in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stance {
    /// Nothing in the clause speaks against it.
    Plain,
    /// It says that it is not so.
    Denied,
    /// Something in the clause denies or doubts, and it cannot be told what.
    Doubted,
}

/// Words that deny what follows them.
const DENIES: [&str; 8] = [
    "no", "not", "without", "neither", "nor", "never", "lacks", "lacking",
];

/// Words that may stand between a denial and what it denies, or between a word and its denial.
const BETWEEN: [&str; 28] = [
    "a",
    "amplification",
    "amplified",
    "any",
    "are",
    "been",
    "currently",
    "definite",
    "detectable",
    "detected",
    "evidence",
    "for",
    "gene",
    "has",
    "have",
    "her2",
    "is",
    "neu",
    "of",
    "over",
    "overexpression",
    "positive",
    "present",
    "protein",
    "significant",
    "the",
    "was",
    "were",
];

/// Words that, after "not", say that a thing was looked for.
const LOOKED_FOR: [&str; 9] = [
    "confirmed",
    "demonstrated",
    "detected",
    "found",
    "identified",
    "observed",
    "present",
    "seen",
    "shown",
];

/// Words that leave open what holds: of doubt, of other times, and of what is not the tumour.
const DOUBTS: [&str; 43] = [
    "absence",
    "cannot",
    "control",
    "controls",
    "could",
    "exclude",
    "excluded",
    "excludes",
    "excluding",
    "exclusion",
    "failed",
    "family",
    "formerly",
    "historical",
    "historically",
    "history",
    "if",
    "lack",
    "lacking",
    "lacks",
    "likely",
    "may",
    "maybe",
    "might",
    "mutated",
    "mutation",
    "neither",
    "never",
    "none",
    "nor",
    "possible",
    "possibly",
    "previous",
    "previously",
    "prior",
    "probable",
    "probably",
    "question",
    "questionable",
    "rule",
    "ruled",
    "suspected",
    "unlikely",
];

/// How a clause, in lower-case words, stands to the word at a place in it.
pub(crate) fn stance(words: &[&str], at: usize) -> Stance {
    let (before, after) = (&words[..at], &words[at + 1..]);
    let nearest = before.iter().rev().find(|word| !BETWEEN.contains(word));
    if nearest.is_some_and(|word| DENIES.contains(word)) {
        return Stance::Denied;
    }
    let mut after = after.iter().skip_while(|word| BETWEEN.contains(word));
    match (after.next().copied(), after.next()) {
        (Some("not"), Some(verb)) if LOOKED_FOR.contains(verb) => return Stance::Denied,
        (Some("not" | "none" | "no" | "absent"), None) => return Stance::Denied,
        _ => {}
    }
    if in_doubt(words) || words.iter().any(|word| DENIES.contains(word)) {
        Stance::Doubted
    } else {
        Stance::Plain
    }
}

/// Whether a clause, in lower-case words, holds a word of doubt.
pub(crate) fn in_doubt(words: &[&str]) -> bool {
    words.iter().any(|word| DOUBTS.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_denied_is_not_said() {
        for (text, word, stance_of) in [
            ("her2 amplified", "amplified", Stance::Plain),
            (
                "no evidence of her2 gene amplification",
                "amplification",
                Stance::Denied,
            ),
            ("no her2 amplification detected", "detected", Stance::Denied),
            (
                "amplification was not identified",
                "amplification",
                Stance::Denied,
            ),
            ("gene amplification none", "amplification", Stance::Denied),
            ("not her2 positive", "positive", Stance::Denied),
            ("not clearly positive", "positive", Stance::Doubted),
            ("amplified not polysomic", "amplified", Stance::Doubted),
            ("cannot exclude positive", "positive", Stance::Doubted),
            ("previously positive", "positive", Stance::Doubted),
        ] {
            let words: Vec<&str> = text.split(' ').collect();
            let at = words.iter().position(|found| *found == word).unwrap();
            assert_eq!(stance(&words, at), stance_of, "{text}");
        }
    }
}

//! The one rule by which words are read: a text says a thing only where every other word of it is known to go with that
//! thing, and where it asks nothing. Nobody can list every way to deny, to doubt, or to speak of somebody else.
//!
//! A denial counts as one only in the forms below; every other word of denial or doubt in the same clause leaves a result
//! open, since what it denies cannot be told from words.

use crate::lookup::Lookup;

/// Lists of words that may stand beside a thing.
pub(crate) type Beside = &'static [&'static str];

/// Beside a result of a test of receptors.
pub(crate) const RESULT: Beside = &[
    "words.beside-result",
    "words.found-or-not",
    "value.positive",
    "value.negative",
    "value.equivocal",
];

/// Beside one that is denied.
pub(crate) const DENIED_RESULT: Beside = &[
    "words.beside-result",
    "words.found-or-not",
    "value.positive",
    "value.negative",
    "value.equivocal",
    "words.denial",
    "words.looked-for",
    "words.beside-denial",
];

/// Beside metastasis: a place of it, a word of the cancer.
pub(crate) const SPREAD: Beside = &[
    "words.beside-spread",
    "words.beside-unresectable",
    "words.never-breast",
    "metastasis.leptomeninges",
    "metastasis.brain",
    "metastasis.cns",
    "words.node",
    "metastasis.nodes-regional",
    "metastasis.bone",
    "metastasis.liver",
    "metastasis.lung",
    "metastasis.may-be-regional",
];

/// The first word of a folded text that is not known to stand beside a thing. A number is, and what is joined to one
/// where its letters are ("420mg", "q3w", "T12"); so is the blank of a medicine's name.
pub(crate) fn odd<'t>(lookup: &Lookup<'_>, folded: &'t str, beside: Beside) -> Option<&'t str> {
    let mut words = folded.split_whitespace();
    words.find(|word| !goes(lookup, word, beside))
}

/// Whether a word is known to stand beside a thing.
pub(crate) fn goes(lookup: &Lookup<'_>, word: &str, beside: Beside) -> bool {
    word.starts_with('_')
        || beside.iter().any(|list| lookup.words(list).hold(word))
        || is_number(lookup, word, beside)
}

/// Whether a word is a number with what goes with it, or a billing code of HCPCS. Other letters before a number are the
/// name of something else ("p53", "A166").
fn is_number(lookup: &Lookup<'_>, word: &str, beside: Beside) -> bool {
    let digit = |letter: char| letter.is_ascii_digit();
    if !word.contains(digit) {
        return false;
    }
    let leads = !word.starts_with(digit);
    let known = |letters: &str| {
        letters.is_empty()
            || lookup.is_word(letters, "words.beside-number")
            || (!leads && beside.iter().any(|list| lookup.is_word(letters, list)))
    };
    let billed = leads && word.len() == 5 && word.bytes().skip(1).all(|it| it.is_ascii_digit());
    billed || word.split(digit).all(known)
}

/// Whether a text asks rather than says: by a question mark, by both signs, of which one was to be struck out, or by a box
/// of a form, of which it cannot be told whether it is ticked.
pub(crate) fn asks(text: &str) -> bool {
    const SIGNS: [&str; 11] = [
        "[ ]", "[]", "[x]", "[X]", "( )", "()", "(x)", "(X)", "__", "+/-", "±",
    ];
    let is_box = |letter: char| matches!(letter, '\u{2610}'..='\u{2612}' | '\u{25a0}'..='\u{25a3}' | '\u{2713}'..='\u{2718}' | '\u{2705}' | '\u{2b1c}');
    text.contains('?')
        || SIGNS.iter().any(|sign| text.contains(sign))
        || (!text.is_ascii() && text.contains(is_box))
}

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

/// How a clause, in lower-case words, stands to the word at a place in it.
pub(crate) fn stance(lookup: &Lookup<'_>, words: &[&str], at: usize) -> Stance {
    let denials = lookup.words("words.denial");
    let between = lookup.words("words.beside-denial");
    let (before, after) = (&words[..at], &words[at + 1..]);
    let nearest = before.iter().rev().find(|word| !between.have(word));
    if nearest.is_some_and(|word| denials.have(word)) {
        return Stance::Denied;
    }
    let mut after = after.iter().skip_while(|word| between.have(word));
    match (after.next().copied(), after.next()) {
        (Some("not"), Some(verb)) if lookup.is_word(verb, "words.looked-for") => {
            return Stance::Denied;
        }
        (Some("not" | "none" | "no" | "absent"), None) => return Stance::Denied,
        _ => {}
    }
    let denied = words.iter().any(|word| denials.have(word));
    let odd = words.iter().any(|word| !goes(lookup, word, RESULT));
    if denied || odd || in_doubt(lookup, words) {
        Stance::Doubted
    } else {
        Stance::Plain
    }
}

/// Whether a clause, in lower-case words, holds a word of doubt.
pub(crate) fn in_doubt(lookup: &Lookup<'_>, words: &[&str]) -> bool {
    let doubts = lookup.words("words.result-in-doubt");
    words.iter().any(|word| doubts.have(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_denied_is_not_said() {
        let bundle = crate::words::tests::bundle();
        let lookup = Lookup::new(&bundle);
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
            assert_eq!(stance(&lookup, &words, at), stance_of, "{text}");
        }
    }
}

//! Whether a text says a thing plainly, denies it, or leaves it in doubt.
//!
//! Only what is said plainly is a result. A denial counts as one only in the forms below; every other
//! word of denial or doubt in the same clause leaves the result open, since what it denies cannot be told from words; so
//! does any word that is not known to go with a result.

use crate::lookup::Lookup;

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
    if denied || in_doubt(lookup, words) || !words.iter().all(|it| goes_with_result(lookup, it)) {
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

/// Whether a word is known to go with a result of a test of receptors.
pub(crate) fn goes_with_result(lookup: &Lookup<'_>, word: &str) -> bool {
    const RESULTS: [&str; 5] = [
        "words.beside-result",
        "words.found-or-not",
        "value.positive",
        "value.negative",
        "value.equivocal",
    ];
    word.bytes().any(|byte| byte.is_ascii_digit())
        || RESULTS.iter().any(|meaning| lookup.is_word(word, meaning))
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

//! Whether the words that name a treatment say plainly that it was given.
//!
//! A status says what became of a record, the words beside it what the writer meant: `completed` may stand over a
//! treatment that was only talked about. Where the words deny, doubt or look ahead, the record decides nothing. Nobody can
//! list every way to do so: where no code names the medicine, any word that is not known to go with a medicine given
//! leaves it open.

use crate::lookup::{Lookup, fold};
use crate::plain;
use crate::wording;

/// The word or phrase that leaves open whether the treatment was given; `medicines` is how many the text names.
pub(crate) fn doubt<'l>(lookup: &'l Lookup<'_>, text: &str, medicines: usize) -> Option<&'l str> {
    let folded = fold(text);
    let doubts = lookup.words("words.medicine-in-doubt");
    if doubts.are_in(&folded)
        && let Some(doubt) = doubts.first_in(&plainer(lookup, &folded))
    {
        return Some(doubt);
    }
    if plain::asks(text) {
        return Some("?");
    }
    if wording::names_a_zero(text) {
        return Some("0");
    }
    // One of them was, and it cannot be told which; "or biosimilar" names no second one.
    (medicines > 1 && folded.contains(" or ")).then_some("or")
}

/// The first word of a text, with the names of medicines blanked by `_`, that is not known to go with a medicine given.
pub(crate) fn odd_word(lookup: &Lookup<'_>, beside: &str) -> Option<String> {
    let plain = plainer(lookup, beside);
    // FDA gives biologics suffixes of four letters without meaning (`-dkst`): no English word is written so.
    let consonant = |letter: u8| letter.is_ascii_lowercase() && !b"aeiou".contains(&letter);
    let suffix = |word: &str| word.len() == 4 && word.bytes().all(consonant);
    let mut words = plain.split_whitespace();
    let odd =
        words.find(|word| !suffix(word) && !plain::goes(lookup, word, &["words.beside-medicine"]));
    odd.map(str::to_owned)
}

/// Whether a text names a medicine that is given for other reasons than a cancer, and holds no word that may name another.
pub(crate) fn is_other_medicine(lookup: &Lookup<'_>, text: &str) -> bool {
    let folded = fold(text);
    let (names, beside) = (
        lookup.words("words.other-medicine"),
        lookup.words("words.beside-other-medicine"),
    );
    let mut words = folded.split_whitespace();
    let rest = words
        .clone()
        .filter(|word| !names.have(word) && !beside.have(word));
    let rest: Vec<&str> = rest.collect();
    words.any(|word| names.have(word))
        && odd_word(lookup, &format!(" {} ", rest.join(" "))).is_none()
}

/// A folded text without the phrases that deny no treatment.
fn plainer(lookup: &Lookup<'_>, folded: &str) -> String {
    let mut folded = lookup
        .words("words.medicine-not-denied")
        .taken_out_of(folded);
    // "Cycle No. 3" counts, it denies nothing.
    if folded.contains(" no ") {
        for digit in '0'..='9' {
            folded = folded.replace(&format!(" no {digit}"), &format!(" {digit}"));
        }
    }
    if says_given(&folded) {
        folded = folded.replace(" planned ", " ").replace(" scheduled ", " ");
    }
    folded
}

/// "given today", and neither "not given" nor "to be given".
pub(crate) fn says_given(folded: &str) -> bool {
    let words: Vec<&str> = folded.split_whitespace().collect();
    let asserts = |word: &str| matches!(word, "given" | "administered" | "received");
    let negates = |word: &str| matches!(word, "not" | "never" | "be" | "being" | "if" | "when");
    let said = words.iter().enumerate().any(|(at, word)| {
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        asserts(word) && before.is_none_or(|before| !negates(before))
    });
    let denied = words
        .windows(2)
        .any(|pair| negates(pair[0]) && asserts(pair[1]));
    said && !denied
}

//! Stage groups and M categories in words: `IIIC`, `Stage 3A (qualifier value)`, `c3A`, `pM1`.

use crate::lookup::{Lookup, fold};
use crate::naming;
use crate::plain::{self, RESULT, SPREAD};

/// A stage group in words or AJCC codes: `IIIC`, `Stage 3A (qualifier value)`, `c3A`, `pIIB`, `4`.
pub(crate) fn stage_group(lookup: &Lookup<'_>, text: &str) -> Option<u8> {
    let text = &naming::unremarked(lookup, text);
    is_plain(lookup, text).then(|| stage_named(&fold(text)))?
}

/// Whether a text denies and doubts nothing, and every word of it goes with a cancer of the breast and its stage.
fn is_plain(lookup: &Lookup<'_>, text: &str) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let denials = lookup.words("words.denial");
    let denied = words.iter().any(|word| denials.have(word));
    // "Liver disease stage 4".
    let of_organ = |word: &str| {
        SPREAD
            .iter()
            .any(|list| list.starts_with("metastasis.") && lookup.words(list).hold(word))
    };
    let another = words
        .windows(3)
        .any(|three| of_organ(three[0]) && three[1..] == ["disease", "stage"]);
    !denied
        && !another
        && !plain::asks(text)
        && !plain::in_doubt(lookup, &words)
        && !naming::may_be_of_another_organ(lookup, &folded)
        && words.iter().all(|word| goes_with_stage(lookup, word))
}

/// Whether a text that tells no stage group plainly may tell of stage IV.
pub(crate) fn perhaps_stage_four(lookup: &Lookup<'_>, text: &str) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let denied = |word: &&str| lookup.is_word(word, "words.spread-denied") || *word == "not";
    let behind = words
        .windows(2)
        .any(|pair| pair[0] == "stage" && group_of(pair[1]) == Some(4));
    let several = words
        .iter()
        .any(|word| matches!(*word, "or" | "to" | "vs" | "versus"));
    let open = behind || several || !words.contains(&"stage");
    let four = words.iter().any(|word| group_of(word) == Some(4));
    four && open && !words.iter().any(denied) && stage_group(lookup, text).is_none()
}

/// Whether a word is known to go with a cancer of the breast and its stage.
pub(crate) fn goes_with_stage(lookup: &Lookup<'_>, word: &str) -> bool {
    lookup.is_word(word, "words.beside-stage")
        || group_of(word).is_some()
        || plain::goes(lookup, word, RESULT)
        || plain::goes(lookup, word, SPREAD)
}

/// The group that a folded text names, if it names one.
fn stage_named(folded: &str) -> Option<u8> {
    let words: Vec<&str> = folded.split_whitespace().collect();
    let after = words
        .iter()
        .position(|word| *word == "stage")
        .and_then(|at| words[at + 1..].iter().find(|word| **word != "group"));
    let word = match (after, &words[..]) {
        (Some(word), _) => word,
        (None, [word] | [word, "stage"]) => word,
        _ => return None,
    };
    // "Stage III or IV", "stage I-IV": which one cannot be told.
    let group = group_of(word)?;
    let roman = |word: &&&str| !word.contains(|letter: char| letter.is_ascii_digit());
    let mut others = words.iter().filter(roman).filter_map(|word| group_of(word));
    let one = !folded.contains(" or ") && !folded.contains(" to ") && others.all(|it| it == group);
    one.then_some(group)
}

/// The stage group that a word is.
fn group_of(word: &str) -> Option<u8> {
    let word = word.strip_prefix(['c', 'p', 'y']).unwrap_or(word);
    let plain = word.trim_end_matches(|last: char| matches!(last, 'a'..='c' | '0'..='9'));
    match plain {
        "i" => Some(1),
        "ii" => Some(2),
        "iii" => Some(3),
        "iv" => Some(4),
        "" => {
            let mut letters = word.chars();
            let digit = letters.next()?.to_digit(10).filter(|digit| *digit <= 4)?;
            // `3a`, `2`, `1a2`, but not `12`.
            let next = letters.next();
            next.is_none_or(char::is_alphabetic).then_some(digit as u8)
        }
        _ => None,
    }
}

/// An M category in words or codes: `cM0`, `M1`, `pM1`, `M0(i+)`.
pub(crate) fn m_category(lookup: &Lookup<'_>, text: &str) -> Option<bool> {
    match m_named(text) {
        (true, false) => {
            let denied = fold(text).contains(" not ");
            (!denied && !plain::asks(text)).then_some(false)
        }
        // "No distant metastasis" stands beside M0 as well; only of M1 a denial is one.
        (false, true) => is_plain(lookup, text).then_some(true),
        _ => None,
    }
}

/// Whether a text that tells no M category plainly may tell of M1.
pub(crate) fn perhaps_m1(lookup: &Lookup<'_>, text: &str) -> bool {
    m_named(text).1 && m_category(lookup, text).is_none()
}

/// Whether a text names M0, and whether it names M1.
fn m_named(text: &str) -> (bool, bool) {
    let folded = fold(text);
    let names = |wanted: &[&str]| {
        let mut words = folded.split_whitespace();
        words.any(|word| wanted.contains(&word.strip_prefix(['c', 'p', 'y']).unwrap_or(word)))
    };
    (names(&["m0"]), names(&["m1", "m1a", "m1b", "m1c"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_in_words() {
        let bundle = crate::words::tests::bundle();
        let lookup = Lookup::new(&bundle);
        for (text, group) in [
            ("IV", Some(4)),
            ("Stage 3A (qualifier value)", Some(3)),
            ("c3A", Some(3)),
            ("pIIB", Some(2)),
            (
                "American Joint Committee on Cancer stage IIIC (qualifier value)",
                Some(3),
            ),
            ("4", Some(4)),
            ("12", None),
            ("T2 category", None),
        ] {
            assert_eq!(stage_group(&lookup, text), group, "{text}");
        }
        assert_eq!(m_category(&lookup, "cM0"), Some(false));
        assert_eq!(m_category(&lookup, "M1 category (finding)"), Some(true));
    }
}

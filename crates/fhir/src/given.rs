//! Whether the words that name a treatment say plainly that it was given.
//!
//! A status says what became of a record, the words beside it what the writer meant: `completed` may stand over a
//! treatment that was only talked about. Where the words deny, doubt or look ahead, the record decides nothing.

use crate::lookup::{fold, says};

/// What speaks against it: denial, another person's choice, a time to come, a comparison, an intolerance.
const DOUBTS: [&str; 81] = [
    " allerg",
    " anticipat",
    " avoid",
    " awaiting ",
    " blinded ",
    " canceled ",
    " cancelled ",
    " candidate ",
    " cannot ",
    " comparator ",
    " consider ",
    " considered ",
    " considering ",
    " contraindicat",
    " control arm ",
    " could ",
    " declined ",
    " declines ",
    " deferred ",
    " denied ",
    " denies ",
    " discussed ",
    " discussing ",
    " discussion ",
    " eligible ",
    " excluded ",
    " family ",
    " father ",
    " hypersensitiv",
    " if ",
    " in place of ",
    " ineligible ",
    " instead of ",
    " intended ",
    " intoleran",
    " likely ",
    " maybe ",
    " might ",
    " mother ",
    " naive ",
    " naïve ",
    " never ",
    " no ",
    " none ",
    " not ",
    " observation arm ",
    " offered ",
    " omitted ",
    " on hold ",
    " option ",
    " optional ",
    " pending ",
    " placebo ",
    " plan ",
    " planned ",
    " planning ",
    " possible ",
    " possibly ",
    " potential ",
    " pre medication ",
    " premedication ",
    " probable ",
    " probably ",
    " proposed ",
    " randomised ",
    " randomized ",
    " rather than ",
    " recommend",
    " refused ",
    " refuses ",
    " scheduled ",
    " should ",
    " sister ",
    " unless ",
    " unsure ",
    " versus ",
    " vs ",
    " will ",
    " withheld ",
    " without ",
    " would ",
];

/// Phrases of code systems that hold such a word and deny no treatment (HCPCS Level II J codes, ATC, ICD-10).
const OF_CODES: [&str; 2] = [" not otherwise ", " not therapeutically "];

/// The word or phrase that leaves open whether the treatment was given; `medicines` is how many the text names.
pub(crate) fn doubt(text: &str, medicines: usize) -> Option<&'static str> {
    let asked = text.contains('?');
    let mut folded = fold(text);
    for phrase in OF_CODES {
        folded = folded.replace(phrase, " ");
    }
    // "Cycle No. 3" counts, it denies nothing.
    for digit in '0'..='9' {
        folded = folded.replace(&format!(" no {digit}"), &format!(" {digit}"));
    }
    if says(&folded, &DOUBTS) {
        let found = DOUBTS.iter().find(|doubt| folded.contains(**doubt));
        return found.map(|doubt| doubt.trim());
    }
    if asked {
        return Some("?");
    }
    // One of them was, and it cannot be told which; "or biosimilar" names no second one.
    (medicines > 1 && folded.contains(" or ")).then_some("or")
}

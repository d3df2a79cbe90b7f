//! Why a treatment was given, why it ended, and whether the cancer grew, in words.
//!
//! A word that may stand in a denial as well says a thing only where every word beside it is known to go with it. What
//! may be growth and is not plainly so is left open, since silence would read as none.

use crate::lookup::{Lookup, fold};
use crate::plain;
use waymark_engine::chart::{Intent, StopReason};

/// Intents by their words; "neo adjuvant" holds "adjuvant".
const INTENTS: [(&str, Intent); 4] = [
    ("intent.neoadjuvant", Intent::Neoadjuvant),
    ("intent.adjuvant", Intent::Adjuvant),
    ("intent.palliative", Intent::Metastatic),
    ("intent.curative", Intent::Curative),
];

/// The one intent that a text plainly tells; cure is meant before and after surgery too.
pub(crate) fn intent(lookup: &Lookup<'_>, text: &str) -> Option<Intent> {
    if !names_intent(lookup, &fold(text)) {
        return None;
    }
    let mut rest = lookup.beside_names(text);
    let mut told = Vec::new();
    for (meaning, intent) in INTENTS {
        let words = lookup.words(meaning);
        if words.are_in(&rest) {
            told.push(intent);
            rest = words.taken_out_of(&rest);
        }
    }
    let odd = plain::odd(lookup, &rest, &["words.beside-intent"]);
    let plain = odd.is_none() && !plain::asks(text);
    match told[..] {
        [one]
        | [
            one @ (Intent::Neoadjuvant | Intent::Adjuvant),
            Intent::Curative,
        ] => plain.then_some(one),
        _ => None,
    }
}

/// Whether a folded text names an intent, plainly or not.
pub(crate) fn names_intent(lookup: &Lookup<'_>, folded: &str) -> bool {
    INTENTS
        .iter()
        .any(|(meaning, _)| lookup.says(folded, meaning))
}

/// Whether the cancer grew, in the words of a meaning: a text says so plainly, it does not speak of it or denies it, or
/// `None`: it may say so.
pub(crate) fn grew(lookup: &Lookup<'_>, text: &str, meaning: &str) -> Option<bool> {
    let rest = lookup.words("words.no-growth").taken_out_of(&fold(text));
    if !lookup.says(&rest, "words.perhaps-growth") {
        return Some(false);
    }
    let growth = lookup.words(meaning);
    let beside = growth.taken_out_of(&rest);
    let plain = growth.are_in(&rest)
        && !plain::asks(text)
        && plain::odd(lookup, &beside, &["words.beside-growth"]).is_none();
    plain.then_some(true)
}

/// Why a treatment ended, by the texts that tell of it. `None`: it may have ended because the cancer grew.
pub(crate) fn end<'w>(
    lookup: &Lookup<'_>,
    texts: impl Iterator<Item = &'w str>,
) -> Option<StopReason> {
    let texts: Vec<&str> = texts.collect();
    let grew = texts
        .iter()
        .map(|text| grew(lookup, text, "reason.progression"));
    let grew: Vec<Option<bool>> = grew.collect();
    let says = |meaning| texts.iter().any(|text| lookup.says(&fold(text), meaning));
    if grew.contains(&Some(true)) {
        Some(StopReason::Progression)
    } else if grew.contains(&None) {
        None
    } else if says("reason.toxicity") {
        Some(StopReason::Toxicity)
    } else if says("reason.completed") {
        Some(StopReason::Completed)
    } else {
        Some(StopReason::Other)
    }
}

//! Tumours that are no invasive carcinoma of the breast, by their histology (mCODE histology-morphology-behavior) or by words.
//!
//! This guide is not for a sarcoma, a lymphoma or a tumour in situ. Which of two is right, a code or the histology beside
//! it, nobody can tell: the cancer and its spread stay open.

use crate::datatype::{Concept, Extension};
use crate::date;
use crate::lookup::{Lookup, fold};
use crate::naming;
use crate::report::Found;
use crate::resource::Condition;
use waymark_engine::chart::{Cancer, Event};

/// Leaves open what a condition says of the breast cancer or its spread where it may be another tumour. A histology that is
/// not known is named, and changes nothing: an extension may be left unread (R4 2.4).
pub(crate) fn open_other_tumours(
    found: &mut Found,
    condition: &Condition<'_>,
    code: &Concept<'_>,
    lookup: &Lookup<'_>,
) {
    let of_ours = |event: &Event| match event {
        Event::Diagnosis(diagnosis) => !matches!(diagnosis.cancer, Cancer::Other(_)),
        Event::Metastasis(spread) => !matches!(spread.cancer, Some(Cancer::Other(_))),
        _ => false,
    };
    if !found.facts.iter().any(|fact| of_ours(&fact.event)) {
        return;
    }
    let mut events = found.facts.iter().map(|fact| &fact.event);
    let is_primary = events.any(|event| matches!(event, Event::Diagnosis(_)));
    let mut words = code.words();
    let mut doubt = words
        .find(|words| is_other_tumour(lookup, words))
        .map(|words| format!("its words are `{words}`"));
    for histology in histologies(&condition.extension) {
        let label = histology.label().unwrap_or_default();
        let spread = |words: &str| is_primary && naming::is_metastatic(lookup, words);
        let meant = lookup.first(histology, "histology.");
        let mut words = histology.words();
        let other = matches!(meant, Some("in-situ" | "other"))
            || words.any(|words| spread(words) || is_other_tumour(lookup, words));
        let mut words = histology.words();
        let known = lookup.not_used(histology).is_some()
            || words.any(|words| naming::is_cancer(lookup, words));
        if other {
            doubt = doubt.or_else(|| Some(format!("its histology is `{label}`")));
        } else if !known {
            let why = format!("its histology `{label}` is not known, and is not read");
            found.notes.push(("part-not-read", why));
        }
    }
    let Some(why) = doubt else {
        return;
    };
    let why = format!("it decides nothing, as it may be no invasive carcinoma: {why}");
    found.notes.push(("in-doubt", why));
    found
        .facts
        .retain(|fact| !matches!(fact.event, Event::Receptor(_)));
    for fact in &mut found.facts {
        fact.date = date::doubtful(fact.date);
    }
}

/// The values of the extension, under the address of its value set too, as one producer writes it.
fn histologies<'e, 'a>(extensions: &'e [Extension<'a>]) -> impl Iterator<Item = &'e Concept<'a>> {
    const NAMES: [&str; 2] = [
        "mcode-histology-morphology-behavior",
        "mcode-histology-morphology-behavior-vs",
    ];
    let named = extensions
        .iter()
        .filter(|extension| NAMES.iter().any(|name| extension.is(name)));
    named
        .filter_map(|extension| extension.value_codeable_concept.as_ref())
        .filter(|histology| !histology.is_empty())
}

/// Whether a text names another tumour, or one that is in situ and not invasive beside that.
pub(crate) fn is_other_tumour(lookup: &Lookup<'_>, text: &str) -> bool {
    let folded = fold(text);
    let in_situ = lookup.words("histology.in-situ");
    let only_in_situ =
        in_situ.are_in(&folded) && !lookup.says(&in_situ.taken_out_of(&folded), "words.invasive");
    only_in_situ
        || lookup.says(&folded, "histology.other")
        || naming::is_never_breast_cancer(lookup, text)
}

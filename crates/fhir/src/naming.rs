//! Cancer and metastasis named in words: whose, which, and whether it is said plainly.

use crate::denial::asks;
use crate::lookup::{Lookup, fold};
use crate::wording;

/// Whether a text denies, doubts or only fears what it names, or speaks of someone else or of the past of a family.
pub(crate) fn hedged(lookup: &Lookup<'_>, text: &str) -> bool {
    let folded = fold(text);
    asks(text) || lookup.says(&folded, "words.cancer-in-doubt") || folded.starts_with(" no ")
}

/// Whether a text denies, doubts or only asks for what comes after, or speaks of a relative.
pub(crate) fn denies_what_follows(lookup: &Lookup<'_>, text: &str) -> bool {
    let folded = fold(text);
    text.trim_start().starts_with('?')
        || lookup.words("words.denies-what-follows").open(&folded)
        || lookup.says(&folded, "words.relative")
}

/// Whether the words beside the code of a metastasis deny or doubt it.
pub(crate) fn spread_in_doubt(lookup: &Lookup<'_>, text: &str) -> bool {
    asks(text) || lookup.says(&fold(text), "words.coded-spread-in-doubt")
}

/// Whether the words for a breast cancer leave open that surgery cannot remove it: they deny or doubt it, speak of another
/// time, of what else cannot be removed or why, or hold any word that is not known to go with it.
pub(crate) fn extent_in_doubt(lookup: &Lookup<'_>, text: &str) -> bool {
    let goes_with = lookup.words("words.beside-unresectable");
    hedged(lookup, text) || !goes_with.are_all_of(&fold(text))
}

/// Whether a text says plainly that there is metastasis (`true`), or only that there may be (`false`): it doubts it, names
/// another organ, or holds any word that is not known to go with it. `None`: it does not speak of it, denies it, or speaks
/// of someone else.
pub(crate) fn spread(lookup: &Lookup<'_>, text: &str) -> Option<bool> {
    if !is_metastatic(lookup, text) {
        return None;
    }
    let folded = fold(text);
    let doubts = lookup.words("words.spread-in-doubt");
    if lookup.says(&folded, "words.spread-denied") {
        None
    } else if doubts.are_in(&folded)
        || asks(text)
        || wording::names_a_zero(text)
        || may_be_of_another_organ(lookup, &folded)
    {
        let beside = doubts.taken_out_of(&folded);
        (!hedged(lookup, &beside)).then_some(false)
    } else {
        (!hedged(lookup, text)).then(|| {
            folded
                .split_whitespace()
                .all(|it| goes_with_spread(lookup, it))
        })
    }
}

/// Whether a word is known to go with metastasis: a place of it, a word of the cancer, a number.
pub(crate) fn goes_with_spread(lookup: &Lookup<'_>, word: &str) -> bool {
    const PLACES: [&str; 9] = [
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
    let words = [
        "words.beside-spread",
        "words.beside-unresectable",
        "words.never-breast",
    ];
    let word_alone = format!(" {word} ");
    words.iter().any(|meaning| lookup.is_word(word, meaning))
        || word.bytes().any(|byte| byte.is_ascii_digit())
        || PLACES.iter().any(|place| lookup.says(&word_alone, place))
}

/// Whether a text that answers where metastasis is names a place and nothing that may deny or doubt it.
pub(crate) fn is_plainly_a_site(lookup: &Lookup<'_>, text: &str) -> bool {
    let folded = fold(text);
    let against = ["words.spread-denied", "words.spread-in-doubt"];
    !hedged(lookup, text)
        && !wording::names_a_zero(text)
        && !may_be_of_another_organ(lookup, &folded)
        && !against.iter().any(|list| lookup.says(&folded, list))
        && folded
            .split_whitespace()
            .all(|it| goes_with_spread(lookup, it))
}

/// Whether folded words on metastasis may be about another cancer than that of the breast: "metastatic lung cancer" is
/// said of both. Where they do not name the breast, any word before "cancer" that is not known may name an organ.
fn may_be_of_another_organ(lookup: &Lookup<'_>, folded: &str) -> bool {
    let named = is_breast(lookup, folded) || is_never_breast_cancer(lookup, folded);
    let words: Vec<&str> = folded.split_whitespace().collect();
    words.windows(2).any(|pair| {
        let organ = pair[0];
        let cancer = matches!(pair[1], "cancer" | "carcinoma" | "adenocarcinoma");
        let tumour = cancer || matches!(pair[1], "tumor" | "tumour");
        (tumour && lookup.is_word(organ, "words.other-organ"))
            || (cancer && !named && !lookup.is_word(organ, "words.of-no-other-organ"))
    })
}

/// Whether a text names a malignant tumour that is never breast cancer, wherever it grows.
pub(crate) fn is_never_breast_cancer(lookup: &Lookup<'_>, text: &str) -> bool {
    lookup.says(&fold(text), "words.never-breast")
}

/// Whether a text names a tumour that came to the breast from elsewhere.
pub(crate) fn spread_to_breast(lookup: &Lookup<'_>, text: &str) -> bool {
    lookup.says(&fold(text), "words.to-breast")
}

/// Whether a text names a malignant tumour.
pub(crate) fn is_cancer(lookup: &Lookup<'_>, text: &str) -> bool {
    let folded = fold(text);
    lookup.says(&folded, "words.cancer") || lookup.says(&folded, "words.never-breast")
}

/// Whether a text speaks of metastasis.
pub(crate) fn is_metastatic(lookup: &Lookup<'_>, text: &str) -> bool {
    let folded = fold(text);
    lookup.says(&folded, "words.metastatic") && !lookup.says(&folded, "words.not-metastatic")
}

/// Whether a text names a cancer of the breast, and nothing beside it that may make it another's or none.
pub(crate) fn is_plainly_breast_cancer(lookup: &Lookup<'_>, text: &str) -> bool {
    let folded = fold(text);
    let goes = |word| wording::goes_with_stage(lookup, word);
    is_cancer(lookup, text) && is_breast(lookup, text) && folded.split_whitespace().all(goes)
}

/// Whether a text names a cancer of the breast and says nothing of its spread or return.
pub(crate) fn is_primary_breast_cancer(lookup: &Lookup<'_>, text: &str) -> bool {
    is_cancer(lookup, text)
        && is_breast(lookup, text)
        && !lookup.says(&fold(text), "words.beyond-primary")
}

/// Whether a text names the breast.
pub(crate) fn is_breast(lookup: &Lookup<'_>, text: &str) -> bool {
    lookup.says(&fold(text), "words.breast")
}

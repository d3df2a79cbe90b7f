//! Cancer and metastasis named in words: whose, which, and whether it is said plainly.

use crate::lookup::{Lookup, fold};
use crate::plain::{self, SPREAD};
use crate::staging;
use crate::wording;
use std::borrow::Cow;

/// A text without remarks in brackets that say nothing of a diagnosis: "(HCC)", "(disorder)".
pub(crate) fn unremarked<'t>(lookup: &Lookup<'_>, text: &'t str) -> Cow<'t, str> {
    let remarks = lookup.words("words.remark");
    let mut rest = Cow::Borrowed(text);
    let mut from = 0;
    while let Some(open) = rest[from..].find('(').map(|at| from + at)
        && let Some(close) = rest[open..].find(')').map(|at| open + at)
    {
        from = open + 1;
        if remarks.have(fold(&rest[open + 1..close]).trim()) {
            rest.to_mut().replace_range(open..=close, "");
            from = open;
        }
    }
    rest
}

/// Whether a text denies, doubts or only fears what it names, or speaks of someone else or of the past of a family.
pub(crate) fn hedged(lookup: &Lookup<'_>, text: &str) -> bool {
    let folded = fold(text);
    plain::asks(text) || lookup.says(&folded, "words.cancer-in-doubt") || folded.starts_with(" no ")
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
    let folded = fold(text);
    plain::asks(text)
        || lookup.says(&without_aside(&folded), "words.coded-spread-in-doubt")
        || names_another_organ(lookup, &folded)
}

/// Whether the words beside the code of a cancer doubt it, or only look for it; words on its spread may doubt that alone.
pub(crate) fn cancer_in_doubt(lookup: &Lookup<'_>, text: &str) -> bool {
    !is_metastatic(lookup, text)
        && (text.trim_end().ends_with('?')
            || lookup.says(&fold(text), "words.coded-cancer-in-doubt"))
}

/// Folded words without what code systems add to them, which denies nothing.
fn without_aside(folded: &str) -> String {
    folded
        .replace(" not elsewhere classified ", " ")
        .replace(" no known primary ", " ")
}

/// Whether the words beside the code of a breast cancer name the cancer of another organ.
pub(crate) fn is_cancer_of_another_organ(lookup: &Lookup<'_>, text: &str) -> bool {
    !is_breast(lookup, text) && names_another_organ(lookup, &fold(text))
}

/// Whether the words for a breast cancer leave open that surgery cannot remove it: they deny or doubt it, speak of another
/// time, of what else cannot be removed or why, or hold any word that is not known to go with it.
pub(crate) fn extent_in_doubt(lookup: &Lookup<'_>, text: &str) -> bool {
    hedged(lookup, text)
        || plain::odd(
            lookup,
            &fold(&unremarked(lookup, text)),
            &["words.beside-unresectable"],
        )
        .is_some()
}

/// Whether a text says plainly that there is metastasis (`true`), or only that there may be (`false`): it doubts it, names
/// another organ, or holds any word that is not known to go with it. `None`: it does not speak of it, denies it, or speaks
/// of someone else.
pub(crate) fn spread(lookup: &Lookup<'_>, text: &str) -> Option<bool> {
    if !is_metastatic(lookup, text) {
        return None;
    }
    let text = &unremarked(lookup, text);
    let folded = fold(text);
    let doubts = lookup.words("words.spread-in-doubt");
    let folded = without_negative_receptors(lookup, &folded);
    if lookup.says(&folded, "words.spread-denied") {
        // "Metastatic breast cancer, no prior therapy": what is denied behind it may be another thing.
        (!denies_spread(lookup, &folded)).then_some(false)
    } else if doubts.are_in(&folded)
        || plain::asks(text)
        || wording::names_a_zero(text)
        || may_be_of_another_organ(lookup, &folded)
    {
        let beside = doubts.taken_out_of(&folded);
        (!hedged(lookup, &beside)).then_some(false)
    } else {
        (!hedged(lookup, text)).then(|| plain::odd(lookup, &folded, SPREAD).is_none())
    }
}

/// Folded words without what says that a receptor, all three of them, or the nodes are negative: that denies no metastasis.
fn without_negative_receptors(lookup: &Lookup<'_>, folded: &str) -> String {
    let named = |word: &str| {
        matches!(
            word,
            "triple" | "her2" | "neu" | "receptor" | "receptors" | "node" | "nodes"
        ) || lookup.is_word(word, "words.marker")
    };
    let words: Vec<&str> = folded.split_whitespace().collect();
    let status =
        |at: usize| matches!(words[at], "negative" | "neg") && at > 0 && named(words[at - 1]);
    let rest = (0..words.len())
        .filter(|at| !status(*at))
        .map(|at| words[at]);
    rest.fold(String::from(" "), |rest, word| rest + word + " ")
}

/// Whether folded words that hold a denial deny the metastasis that they name: before it, or at their end.
fn denies_spread(lookup: &Lookup<'_>, folded: &str) -> bool {
    let words: Vec<&str> = folded.split_whitespace().collect();
    let denial = |word: &str| lookup.words("words.spread-denied").hold(word);
    let named = words
        .iter()
        .position(|word| lookup.words("words.metastatic").hold(word));
    let denied = words.iter().position(|word| denial(word));
    denied < named || words.last().is_some_and(|word| denial(word))
}

/// Whether a text that answers where metastasis is names a place and nothing that may deny or doubt it.
pub(crate) fn is_plainly_a_site(lookup: &Lookup<'_>, text: &str) -> bool {
    let folded = fold(text);
    let against = [
        "words.spread-denied",
        "words.spread-in-doubt",
        "words.in-situ",
    ];
    !hedged(lookup, text)
        && !wording::names_a_zero(text)
        && !may_be_of_another_organ(lookup, &folded)
        && !against.iter().any(|list| lookup.says(&folded, list))
        && plain::odd(lookup, &folded, SPREAD).is_none()
}

/// Whether folded words on metastasis may be about another cancer than that of the breast: "metastatic lung cancer" is
/// said of both. Where they do not name the breast, any word before "cancer" that is not known may name an organ.
pub(crate) fn may_be_of_another_organ(lookup: &Lookup<'_>, folded: &str) -> bool {
    let named = is_breast(lookup, folded) || is_never_breast_cancer(lookup, folded);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let unknown = words.windows(2).any(|pair| {
        let cancer = matches!(pair[1], "cancer" | "carcinoma" | "adenocarcinoma");
        cancer && !named && !lookup.is_word(pair[0], "words.of-no-other-organ")
    });
    unknown || names_another_organ(lookup, folded)
}

/// Whether folded words name a tumour of another organ: "lung cancer", "carcinoma of the colon".
fn names_another_organ(lookup: &Lookup<'_>, folded: &str) -> bool {
    let said = folded.split_whitespace().filter(|word| *word != "the");
    let words: Vec<&str> = said.collect();
    let tumour = |word: &str| {
        matches!(
            word,
            "cancer" | "carcinoma" | "adenocarcinoma" | "tumor" | "tumour" | "neoplasm"
        )
    };
    let organ = |word: &str| lookup.is_word(word, "words.other-organ");
    // A "secondary neoplasm of the liver" is of the liver by its spread.
    let primary = !lookup.says(folded, "words.metastatic");
    let of_organ = |pair: &[&str]| {
        (organ(pair[0]) && (tumour(pair[1]) || pair[1] == "primary"))
            || (pair[0] == "primary" && organ(pair[1]))
    };
    words.windows(2).any(of_organ)
        || words
            .windows(3)
            .any(|three| primary && tumour(three[0]) && three[1] == "of" && organ(three[2]))
}

/// Whether a text plainly names a cancer of another organ, or one that is never of the breast, and no breast cancer.
pub(crate) fn is_plainly_another_cancer(lookup: &Lookup<'_>, text: &str) -> bool {
    let breast = is_breast(lookup, text) && lookup.says(&fold(text), "words.cancer");
    !breast && (is_never_breast_cancer(lookup, text) || names_another_organ(lookup, &fold(text)))
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
    let text = &unremarked(lookup, text);
    let folded = fold(text);
    let goes = |word| staging::goes_with_stage(lookup, word);
    is_cancer(lookup, text)
        && is_breast(lookup, text)
        && !is_never_breast_cancer(lookup, text)
        && staging::stage_group(lookup, text) != Some(0)
        && folded.split_whitespace().all(goes)
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

//! Cancer and metastasis named in words: whose, which, and whether it is said plainly.

use crate::denial::in_doubt;
use crate::lookup::{fold, says};

/// Whether a text denies, doubts or only fears what it names, or speaks of someone else or of the past of a family.
pub(crate) fn hedged(text: &str) -> bool {
    const HEDGES: [&str; 48] = [
        " no evidence ",
        " no known ",
        " not ",
        " without ",
        " negative for ",
        " rule out ",
        " ruled out ",
        " suspected ",
        " suspicion ",
        " suspicious ",
        " possible ",
        " probable ",
        " risk ",
        " screening ",
        " family ",
        " familial ",
        " mother ",
        " sister ",
        " relative ",
        " fear ",
        " benign ",
        " in situ ",
        " prevention ",
        " prophylactic ",
        " counseling ",
        " counselling ",
        " susceptibility ",
        " father ",
        " brother ",
        " daughter ",
        " aunt ",
        " uncle ",
        " grandmother ",
        " cousin ",
        " maternal ",
        " paternal ",
        " fh ",
        " hereditary ",
        " syndrome ",
        " cancer gene ",
        " carrier ",
        " excluded ",
        " r o ",
        " query ",
        " concern ",
        " concerning ",
        " evaluate ",
        " evaluation ",
    ];
    let asked = text.contains('?');
    let text = fold(text);
    asked || says(&text, &HEDGES) || text.starts_with(" no ")
}

/// Whether the words for a cancer deny or doubt how far it reaches, or speak of an earlier time.
pub(crate) fn extent_in_doubt(text: &str) -> bool {
    const OTHERWISE: [&str; 13] = [
        " initially ",
        " borderline ",
        " now ",
        " at diagnosis ",
        " at presentation ",
        " at onset ",
        " was ",
        " became ",
        " medically ",
        " unfit ",
        " resected ",
        " resectable ",
        " downstaged ",
    ];
    let folded = fold(text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    hedged(text) || in_doubt(&words) || says(&folded, &OTHERWISE)
}

/// Whether a text says plainly that there is metastasis (`true`), or only that there may be (`false`). `None`: it does
/// not speak of it, denies it, or speaks of someone else.
pub(crate) fn spread(text: &str) -> Option<bool> {
    const DOUBTS: [&str; 20] = [
        " suspected ",
        " suspicion ",
        " suspicious ",
        " possible ",
        " possibly ",
        " potential ",
        " probable ",
        " probably ",
        " likely ",
        " may ",
        " rule out ",
        " r o ",
        " query ",
        " concern ",
        " concerning ",
        " evaluate ",
        " evaluation ",
        " workup ",
        " work up ",
        " staging ",
    ];
    const DENIES: [&str; 9] = [
        " no ",
        " non ",
        " none ",
        " never ",
        " absence ",
        " absent ",
        " free ",
        " negative ",
        " m0 ",
    ];
    if !is_metastatic(text) {
        return None;
    }
    let folded = fold(text);
    let has = |list: &[&str]| says(&folded, list);
    if has(&DENIES) {
        None
    } else if has(&DOUBTS) || text.contains('?') {
        let doubts = DOUBTS
            .iter()
            .fold(folded.clone(), |text, doubt| text.replace(doubt, " "));
        (!hedged(&doubts)).then_some(false)
    } else {
        (!hedged(text)).then_some(true)
    }
}

/// Whether a text names a malignant tumour that is never breast cancer, wherever it grows.
pub(crate) fn is_never_breast_cancer(text: &str) -> bool {
    const NAMES: [&str; 5] = [
        " lymphoma ",
        " leukemia ",
        " leukaemia ",
        " melanoma ",
        " sarcoma ",
    ];
    says(&fold(text), &NAMES)
}

/// Whether a text names a tumour that came to the breast from elsewhere.
pub(crate) fn spread_to_breast(text: &str) -> bool {
    const PHRASES: [&str; 4] = [
        " to breast ",
        " to the breast ",
        " to left breast ",
        " to right breast ",
    ];
    says(&fold(text), &PHRASES)
}

/// Whether a text names a malignant tumour.
pub(crate) fn is_cancer(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        " cancer ",
        " carcinoma ",
        " malignant neoplasm ",
        " malignant neoplastic ",
        " malignant tumor ",
        " malignant tumour ",
        " adenocarcinoma ",
        " lymphoma ",
        " leukemia ",
        " leukaemia ",
        " melanoma ",
        " sarcoma ",
    ];
    says(&fold(text), &WORDS)
}

/// Whether a text speaks of metastasis.
pub(crate) fn is_metastatic(text: &str) -> bool {
    const DENIED: [&str; 3] = [" non metastatic ", " nonmetastatic ", " no metasta"];
    const WORDS: [&str; 5] = [
        " metastatic ",
        " metastasis ",
        " metastases ",
        " secondary malignant ",
        " mets ",
    ];
    let text = fold(text);
    !says(&text, &DENIED) && says(&text, &WORDS)
}

/// Whether a text names a cancer of the breast and says nothing of its spread or return.
pub(crate) fn is_primary_breast_cancer(text: &str) -> bool {
    const SPREAD: [&str; 6] = [
        " metasta",
        " mets ",
        " secondary ",
        " advanced ",
        " recurren",
        " spread ",
    ];
    is_cancer(text) && is_breast(text) && !says(&fold(text), &SPREAD)
}

/// Whether a text names the breast.
pub(crate) fn is_breast(text: &str) -> bool {
    says(&fold(text), &[" breast ", " mammary ", " mamma "])
}

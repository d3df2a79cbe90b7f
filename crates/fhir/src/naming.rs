//! Cancer and metastasis named in words: whose, which, and whether it is said plainly.

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

/// Whether a text denies, doubts or only asks for what comes after, or speaks of a relative.
pub(crate) fn denies_what_follows(text: &str) -> bool {
    const OPENINGS: [&str; 18] = [
        " no ",
        " not ",
        " denies ",
        " denied ",
        " rule out ",
        " ruled out ",
        " r o ",
        " query ",
        " suspected ",
        " suspicion ",
        " suspicious ",
        " possible ",
        " probable ",
        " concern for ",
        " concern about ",
        " fear of ",
        " risk of ",
        " screening for ",
    ];
    const RELATIVES: [&str; 10] = [
        " family history ",
        " fh ",
        " fhx ",
        " mother ",
        " father ",
        " sister ",
        " brother ",
        " daughter ",
        " aunt ",
        " grandmother ",
    ];
    let asked = text.trim_start().starts_with('?');
    let text = fold(text);
    asked || OPENINGS.iter().any(|it| text.starts_with(it)) || says(&text, &RELATIVES)
}

/// Whether the words beside the code of a metastasis deny or doubt it.
pub(crate) fn spread_in_doubt(text: &str) -> bool {
    const DOUBTS: [&str; 17] = [
        " no evidence ",
        " no known ",
        " no metasta",
        " no mets ",
        " without evidence ",
        " negative for ",
        " rule out ",
        " ruled out ",
        " r o ",
        " suspected ",
        " suspicion ",
        " suspicious ",
        " possible ",
        " possibly ",
        " probable ",
        " probably ",
        " excluded ",
    ];
    text.contains('?') || says(&fold(text), &DOUBTS)
}

/// Whether the words for a breast cancer leave open that surgery cannot remove it: they deny or doubt it, speak of another
/// time, of what else cannot be removed or why, or hold any word that is not known to go with it.
pub(crate) fn extent_in_doubt(text: &str) -> bool {
    const PLAIN: [&str; 57] = [
        "active",
        "adenocarcinoma",
        "advanced",
        "and",
        "breast",
        "cancer",
        "carcinoma",
        "deemed",
        "diffuse",
        "ductal",
        "er",
        "female",
        "grade",
        "her2",
        "hormone",
        "hr",
        "iii",
        "iiia",
        "iiib",
        "iiic",
        "infiltrating",
        "inflammatory",
        "inner",
        "inoperable",
        "invasive",
        "irresectable",
        "is",
        "left",
        "lobular",
        "locally",
        "lower",
        "male",
        "malignancy",
        "malignant",
        "mammary",
        "negative",
        "neoplasm",
        "nonresectable",
        "nos",
        "of",
        "outer",
        "overlapping",
        "positive",
        "pr",
        "primary",
        "quadrant",
        "receptor",
        "recurrent",
        "right",
        "stage",
        "surgically",
        "the",
        "triple",
        "tumor",
        "tumour",
        "unresectable",
        "upper",
    ];
    let folded = fold(text);
    let counted = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    let mut words = folded.split_whitespace();
    hedged(text) || words.any(|word| !counted(word) && !PLAIN.contains(&word))
}

/// Whether a text says plainly that there is metastasis (`true`), or only that there may be (`false`). `None`: it does
/// not speak of it, denies it, or speaks of someone else.
pub(crate) fn spread(text: &str) -> Option<bool> {
    const DOUBTS: [&str; 29] = [
        " awaiting ",
        " or ",
        " pre ",
        " prior to ",
        " surveillance ",
        " survey ",
        " unlikely ",
        " versus ",
        " vs ",
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
    } else if has(&DOUBTS) || text.contains('?') || names_another_organ(&folded) {
        let doubts = DOUBTS
            .iter()
            .fold(folded.clone(), |text, doubt| text.replace(doubt, " "));
        (!hedged(&doubts)).then_some(false)
    } else {
        (!hedged(text)).then_some(true)
    }
}

/// Whether folded words name a cancer of another organ, whose spread it may be.
fn names_another_organ(folded: &str) -> bool {
    const ORGANS: [&str; 19] = [
        "bladder",
        "cervical",
        "colon",
        "colorectal",
        "endometrial",
        "esophageal",
        "gastric",
        "kidney",
        "liver",
        "lung",
        "oesophageal",
        "ovarian",
        "pancreatic",
        "prostate",
        "rectal",
        "renal",
        "stomach",
        "thyroid",
        "uterine",
    ];
    const KINDS: [&str; 5] = ["adenocarcinoma", "cancer", "carcinoma", "tumor", "tumour"];
    let words: Vec<&str> = folded.split_whitespace().collect();
    words
        .windows(2)
        .any(|pair| ORGANS.contains(&pair[0]) && KINDS.contains(&pair[1]))
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

//! What the code of a test asks for: which receptor, and by which method.

use super::tally::Family;
use crate::datatype::Concept;
use crate::lookup::{Hit, Lookup};
use crate::naming;
use crate::wording;
use waymark_engine::chart::Receptor;

/// What a code of a test asks for. The order is that of telling: of several codings the last one is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Overall,
    Panel,
    Intensity,
    Ihc,
    Ish,
    Percent,
    Ratio,
    Copies,
}

impl Kind {
    pub(super) fn family(self) -> Family {
        match self {
            Kind::Overall | Kind::Panel => Family::Overall,
            Kind::Ihc | Kind::Intensity | Kind::Percent => Family::Ihc,
            Kind::Ish | Kind::Ratio | Kind::Copies => Family::Ish,
        }
    }
}

/// A receptor test, or why a test that looks like one is not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Test {
    pub(super) receptor: Receptor,
    pub(super) kind: Kind,
    pub(super) from_text: bool,
}

/// The receptor test that a code element and its meanings name; an error when it must not be used; `None` when it is something else.
pub(crate) fn test(
    lookup: &Lookup<'_>,
    code: &Concept<'_>,
    hits: &[Hit<'_, '_, '_>],
) -> Option<Result<Test, &'static str>> {
    let mut best: Option<Test> = None;
    for hit in hits {
        let next = match named_test(hit) {
            Some(Ok(test)) => test,
            Some(Err(reason)) => return Some(Err(reason)),
            None => continue,
        };
        best = Some(match best {
            None => next,
            Some(before) if before.receptor != next.receptor => {
                let hormones = [Receptor::Er, Receptor::Pr, Receptor::Hormone];
                if !hormones.contains(&before.receptor) || !hormones.contains(&next.receptor) {
                    return Some(Err("its codes name different receptors"));
                }
                Test {
                    receptor: Receptor::Hormone,
                    ..before
                }
            }
            Some(before) if next.kind > before.kind => next,
            Some(before) => before,
        });
    }
    best.map(Ok).or_else(|| {
        if hits.is_empty() {
            code.words().find_map(|words| test_in_words(lookup, words))
        } else {
            None
        }
    })
}

fn named_test(hit: &Hit<'_, '_, '_>) -> Option<Result<Test, &'static str>> {
    let (receptor, kind) = match hit.meaning.strip_prefix("receptor.")? {
        "her2.serum" => return Some(Err("HER2 in serum is not the tumour's HER2 status")),
        "her2.mutation" => return Some(Err("a mutation of HER2 is neither IHC nor ISH")),
        "her2.overall" => (Receptor::Her2, Kind::Overall),
        "her2.ihc" => (Receptor::Her2, Kind::Ihc),
        "her2.ish" => (Receptor::Her2, Kind::Ish),
        "her2.ratio" => (Receptor::Her2, Kind::Ratio),
        "her2.copies" => (Receptor::Her2, Kind::Copies),
        "her2.percent" => (Receptor::Her2, Kind::Percent),
        "her2.panel" => (Receptor::Her2, Kind::Panel),
        "er.presence" => (Receptor::Er, Kind::Overall),
        "er.percent" => (Receptor::Er, Kind::Percent),
        "er.intensity" => (Receptor::Er, Kind::Intensity),
        "pr.presence" => (Receptor::Pr, Kind::Overall),
        "pr.percent" => (Receptor::Pr, Kind::Percent),
        "pr.intensity" => (Receptor::Pr, Kind::Intensity),
        "er-pr" => (Receptor::Hormone, Kind::Overall),
        _ => return None,
    };
    Some(Ok(Test {
        receptor,
        kind,
        from_text: false,
    }))
}

fn test_in_words(lookup: &Lookup<'_>, text: &str) -> Option<Result<Test, &'static str>> {
    let text = text.to_lowercase();
    // Nearly every observation is about something else.
    if !["her", "erbb", "receptor"]
        .iter()
        .any(|part| text.contains(part))
    {
        return None;
    }
    let text = wording::normal(&text);
    let words = crate::lookup::fold(&text);
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    let her2 = has(&[" her2 ", " human epidermal growth factor receptor 2 "]);
    let er = has(&[" estrogen receptor ", " oestrogen receptor "]);
    let pr = has(&[" progesterone receptor "]);
    if her2 && has(&[" serum ", " plasma "]) {
        return Some(Err("HER2 in serum is not the tumour's HER2 status"));
    }
    if her2 && has(&[" mutation", " variant"]) {
        return Some(Err("a mutation of HER2 is neither IHC nor ISH"));
    }
    let markers = words.split_whitespace();
    let another = her2 && { markers }.any(|word| lookup.is_word(word, "words.marker"));
    let receptor = match (her2, er, pr) {
        _ if another => return None,
        (true, false, false) => Receptor::Her2,
        (false, true, false) => Receptor::Er,
        (false, false, true) => Receptor::Pr,
        (false, true, true) => Receptor::Hormone,
        _ => return None,
    };
    // "HER2 control", "HER2-low", "HER2 vaccine", "HER2 of lung cancer": another thing is asked for, or of another.
    let plain = wording::is_plain(lookup, &text, &words)
        && !naming::may_be_of_another_organ(lookup, &words)
        && !has(&[" low ", " ultralow ", " high "])
        && !ANSWERS.iter().any(|list| lookup.says(&words, list));
    if !plain {
        return Some(Err(
            "its name holds words that may make it another test: look at it",
        ));
    }
    let kind = if receptor != Receptor::Her2 {
        Kind::Overall
    } else if has(&[" ratio "]) {
        Kind::Ratio
    } else if has(&[" copies ", " copy number "]) {
        Kind::Copies
    } else if has(ISH) {
        Kind::Ish
    } else if has(&[" ihc ", " immun"]) {
        Kind::Ihc
    } else {
        Kind::Overall
    };
    Some(Ok(Test {
        receptor,
        kind,
        from_text: true,
    }))
}

/// What belongs in an answer, not in a question.
const ANSWERS: [&str; 3] = ["value.positive", "value.negative", "value.equivocal"];

/// Words of in-situ hybridisation, between spaces.
pub(super) const ISH: &[&str] = &[
    " ish ",
    " fish ",
    " cish ",
    " sish ",
    " dish ",
    " in situ ",
    " amplif",
    " nonamplif",
    " unamplif",
];

//! Receptor status as a diagnosis or billing code.

use crate::lookup::{Lookup, fold};
use crate::plain::{self, RESULT, SPREAD, in_doubt};
use crate::{naming, wording};
use waymark_engine::chart::{Event, Method, Polarity, Receptor, ReceptorResult, Tissue};

/// The polarity that a status condition gives for one receptor.
pub(super) fn polarity(meaning: &str, receptor: Receptor) -> Option<Polarity> {
    statuses(meaning)
        .into_iter()
        .find(|(of, _)| *of == receptor)
        .map(|(_, polarity)| polarity)
}

/// The receptor statuses that a condition's meaning states.
pub(crate) fn statuses(meaning: &str) -> Vec<(Receptor, Polarity)> {
    use Polarity::{Negative, Positive};
    use Receptor::{Er, Her2, Hormone, Pr};
    let Some(status) = meaning.strip_prefix("condition-receptor.") else {
        return Vec::new();
    };
    match status {
        "her2-positive" => vec![(Her2, Positive)],
        "her2-negative" => vec![(Her2, Negative)],
        "hr-positive" => vec![(Hormone, Positive)],
        "er-positive" => vec![(Er, Positive)],
        "er-negative" => vec![(Er, Negative)],
        "pr-positive" => vec![(Pr, Positive)],
        "pr-negative" => vec![(Pr, Negative)],
        "triple-negative" => vec![(Er, Negative), (Pr, Negative), (Her2, Negative)],
        "hr-positive-her2-positive" => vec![(Hormone, Positive), (Her2, Positive)],
        "hr-positive-her2-negative" => vec![(Hormone, Positive), (Her2, Negative)],
        "hr-negative-her2-positive" => vec![(Hormone, Negative), (Her2, Positive)],
        "hr-negative-her2-negative" => vec![(Hormone, Negative), (Her2, Negative)],
        _ => Vec::new(),
    }
}

/// The receptor statuses that the words of a breast cancer state: `HER2-positive`, `ER+/PR-`, `triple negative`. Only a
/// word right behind the receptor's name counts, and nothing where the words deny or doubt.
pub(crate) fn statuses_in_words<'w>(
    lookup: &Lookup<'_>,
    texts: impl Iterator<Item = &'w str>,
) -> Vec<(Receptor, Polarity)> {
    let mut found: Vec<(Receptor, Polarity)> = Vec::new();
    for text in texts {
        let text = &naming::unremarked(lookup, text);
        let folded = fold(text);
        let words: Vec<&str> = folded.split_whitespace().collect();
        // A word of the cancer or its places, or of a result; none that tells of another time.
        let goes = |word: &&str| {
            [RESULT, SPREAD]
                .iter()
                .any(|it| plain::goes(lookup, word, it))
        };
        let now = |word: &&str| !lookup.is_word(word, "words.score-in-doubt");
        let plain = words.iter().all(|word| goes(word) && now(word));
        if !plain
            || naming::hedged(lookup, text)
            || naming::may_be_of_another_organ(lookup, &folded)
            || in_doubt(lookup, &words)
            || wording::stains_too_few(&wording::normal(text))
        {
            continue;
        }
        let told = in_words(text, &folded);
        // "HER2 negative to positive", "triple-negative with HER2-positive metastasis": which of them holds is not told.
        let polarities = words.iter().filter(|word| {
            lookup.is_word(word, "value.positive") || lookup.is_word(word, "value.negative")
        });
        let triple = folded.contains(" triple negative ");
        if polarities.count() > if triple { 1 } else { told.len() } {
            continue;
        }
        for (receptor, polarity) in told {
            match found.iter_mut().find(|(known, _)| *known == receptor) {
                Some((_, known)) if *known != polarity => *known = Polarity::Contradictory,
                Some(_) => {}
                None => found.push((receptor, polarity)),
            }
        }
    }
    found
}

fn in_words(text: &str, folded: &str) -> Vec<(Receptor, Polarity)> {
    const NAMES: [(&str, Receptor); 4] = [
        ("her2", Receptor::Her2),
        ("er", Receptor::Er),
        ("pr", Receptor::Pr),
        ("hr", Receptor::Hormone),
    ];
    if folded.contains(" triple negative ") {
        return statuses("condition-receptor.triple-negative");
    }
    let mut text = wording::normal(text);
    for (long, short) in [
        ("human epidermal growth factor receptor 2", "her2"),
        ("human epidermal growth factor 2", "her2"),
        ("oestrogen receptor", "er"),
        ("estrogen receptor", "er"),
        ("progesterone receptor", "pr"),
        ("hormone receptor", "hr"),
    ] {
        text = text.replace(long, short);
    }
    let words: Vec<&str> = text
        .split(|letter: char| {
            letter.is_whitespace() || matches!(letter, '/' | ',' | ';' | '(' | ')')
        })
        .filter(|word| !word.is_empty())
        .collect();
    let stated = |at: usize| {
        let (name, receptor) = NAMES.iter().find(|(name, _)| {
            words[at]
                .strip_prefix(name)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })?;
        let said = match &words[at][name.len()..] {
            "" => words.get(at + 1).copied().unwrap_or_default(),
            sign @ ("+" | "-") => sign,
            rest => rest.trim_start_matches('-'),
        };
        let polarity = match said {
            "+" | "positive" | "pos" => Polarity::Positive,
            "-" | "negative" | "neg" => Polarity::Negative,
            "low" if *receptor == Receptor::Her2 => Polarity::Low,
            _ => return None,
        };
        Some((*receptor, polarity))
    };
    (0..words.len()).filter_map(stated).collect()
}

/// A receptor status known only as a condition: weak, of no tissue.
pub(crate) fn status(receptor: Receptor, polarity: Polarity) -> Event {
    Event::Receptor(ReceptorResult {
        receptor,
        method: Method::Overall,
        polarity: Some(polarity),
        score: None,
        ratio: None,
        copies: None,
        recount: false,
        percent: None,
        tissue: Tissue::Unstated,
        side: None,
        specimen: None,
        cancer: None,
    })
}

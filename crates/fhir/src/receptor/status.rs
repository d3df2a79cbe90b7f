//! Receptor status as a diagnosis or billing code.

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

/// A receptor status known only as a condition: weak, of no tissue.
pub(crate) fn status(receptor: Receptor, polarity: Polarity) -> Event {
    Event::Receptor(ReceptorResult {
        receptor,
        method: Method::Overall,
        polarity: Some(polarity),
        score: None,
        ratio: None,
        copies: None,
        percent: None,
        tissue: Tissue::Unstated,
        specimen: None,
        cancer: None,
    })
}

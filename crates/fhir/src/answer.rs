//! The answer that an Observation gives to what it asks: by codes, words, a boolean or its interpretation.

use crate::context::Context;
use crate::datatype::Concept;
use crate::lenient::{Flag, Text};
use crate::lookup;
use crate::plain;
use crate::report::Refusal;
use crate::resource::Observation;
use crate::wording;

/// The words of a value.
pub(crate) fn values<'o, 'a>(observation: &'o Observation<'a>) -> impl Iterator<Item = &'o str> {
    observation
        .value_codeable_concept
        .iter()
        .flat_map(Concept::words)
        .chain(observation.value_string.iter().map(Text::as_str))
}

/// The answer that the parts of a value give, by the meanings of codes (`value.`…) and by words as [`lookup::fold`] gives
/// them; and whether words alone tell it.
///
/// # Errors
/// When one part gives one answer and another part another one.
pub(crate) fn answer<T: Copy + PartialEq>(
    observation: &Observation<'_>,
    context: &Context<'_, '_, '_>,
    meant: impl Fn(&str) -> Option<T>,
    said: impl Fn(&str) -> Option<T>,
) -> Result<Option<(T, bool)>, Refusal> {
    let value = observation.value_codeable_concept.as_ref();
    let hits = value.map(|value| context.lookup.hits(value));
    let meanings = hits.iter().flatten().map(|hit| hit.meaning);
    let mut answers: Vec<T> = meanings
        .filter_map(|meaning| meant(meaning.strip_prefix("value.")?))
        .collect();
    if let Some(Flag(yes)) = observation.value_boolean {
        answers.extend(meant(if yes { "positive" } else { "negative" }));
    }
    let coded = !answers.is_empty();
    let told =
        values(observation).filter(|text| !plain::asks(text) && !wording::names_a_zero(text));
    answers.extend(told.filter_map(|text| said(&lookup::fold(text))));
    let Some(first) = answers.first().copied() else {
        return Ok(None);
    };
    if answers.iter().any(|answer| *answer != first) {
        return Err(contradictory(
            "its values, or its code and its words, contradict each other",
        ));
    }
    Ok(Some((first, !coded)))
}

/// A result that contradicts itself.
pub(crate) fn contradictory(how: &str) -> Refusal {
    Refusal {
        reason: how.to_owned(),
        notes: vec![(
            "contradictory-result",
            format!("{how}; the result counts as unknown"),
        )],
    }
}

/// Whether its interpretation is positive; `None` where it says neither or both.
pub(crate) fn interpreted(
    observation: &Observation<'_>,
    context: &Context<'_, '_, '_>,
) -> Option<bool> {
    let concepts = observation.interpretation.iter();
    let meanings = concepts.flat_map(|concept| context.lookup.interpretation(concept));
    let mut told = meanings.filter_map(|meaning| match meaning {
        "value.positive" | "value.detected" => Some(true),
        "value.negative" | "value.not-detected" => Some(false),
        _ => None,
    });
    let first = told.next()?;
    told.all(|other| other == first).then_some(first)
}

/// Whether its boolean or its interpretation says that what it asks for is not there.
pub(crate) fn denies(observation: &Observation<'_>, context: &Context<'_, '_, '_>) -> bool {
    let mut interpretations = observation.interpretation.iter();
    observation.value_boolean == Some(Flag(false))
        || interpretations.any(|concept| {
            let meanings = context.lookup.interpretation(concept);
            let denied = |it: &&str| matches!(*it, "value.negative" | "value.not-detected");
            meanings.iter().any(denied)
        })
}

//! Measured quantities in the units of the knowledge base, with the upper limit of normal reported beside them.

use crate::context::Context;
use crate::datatype::{Concept, Quantity, Range};
use crate::lenient::Text;
use crate::number;
use crate::report::{Fact, Found, Reading, Refusal};
use crate::resource::Observation;
use crate::wording;
use waymark_criteria::value::DECIMAL_UNIT;
use waymark_criteria::{Bounds, DateBounds};
use waymark_engine::chart::{Event, Measurement};

/// How a unit is brought to the unit of a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Scale {
    multiply: i64,
    divide: i64,
}

const SAME: Scale = Scale {
    multiply: 1,
    divide: 1,
};

/// Reads a measurement of the given quantity.
pub(crate) fn read(
    observation: &Observation<'_>,
    quantity: &str,
    date: DateBounds,
    text: &str,
    context: &Context<'_, '_, '_>,
) -> Reading {
    let mut found = Found::default();
    let mut values = stated(observation, quantity, context).into_iter();
    let Some((value, unit, from_text)) = values.next() else {
        return Err("no number that can be read".into());
    };
    if values.any(|(other, in_unit, _)| in_unit == unit && other != value) {
        return Err(Refusal {
            reason: "it gives two values".to_owned(),
            notes: vec![(
                "contradictory-result",
                "two values that differ; the result counts as unknown".to_owned(),
            )],
        });
    }
    let Some(scale) = scale(quantity, &unit, value) else {
        return Err(match unit.as_str() {
            "" => "the value has no unit, and no unit goes without saying".into(),
            _ => format!("the unit `{unit}` is not one of this quantity").into(),
        });
    };
    let Some(scaled) = number::scale(value, scale.multiply, scale.divide) else {
        return Err("the number is out of range".into());
    };
    let limit = upper_limit(observation, &unit, scale);
    // The least and the greatest value of the fact that asks for it.
    if let Some((low, high)) = context.lookup.range_of(quantity, false)
        && !number::inside(scaled, low, high)
    {
        return Err(
            format!("the value is not plausible in its unit (expected {low} to {high})").into(),
        );
    }
    let beyond = |(_, most): (i64, i64), limit: i64| {
        let most = limit.checked_mul(most);
        let over = |end: i64| most.is_some_and(|most| end > most);
        scaled.low.or(scaled.high).is_some_and(over)
    };
    let times = context.lookup.range_of(quantity, true);
    if times
        .zip(limit)
        .is_some_and(|(range, limit)| beyond(range, limit))
    {
        return Err("the value is not plausible beside its upper limit".into());
    }
    if quantity == "karnofsky"
        && scaled
            .as_exact()
            .is_some_and(|value| value % (10 * DECIMAL_UNIT) != 0)
    {
        return Err("the value is no step of the Karnofsky scale".into());
    }
    if quantity == "ecog"
        && scaled
            .as_exact()
            .is_some_and(|value| value % DECIMAL_UNIT != 0)
    {
        return Err("the value is no ECOG grade".into());
    }
    if unit.is_empty() && scale != SAME {
        found.notes.push((
            "unit-assumed",
            "the value has no unit and was read as a fraction of one".to_owned(),
        ));
    }
    if from_text {
        found.notes.push((
            "read-from-text",
            "the value was read from words, not from a number".to_owned(),
        ));
    }
    found.facts.push(Fact {
        date,
        event: Event::Measurement(Measurement {
            quantity: quantity.to_owned(),
            value: scaled,
            upper_limit: limit,
        }),
        text: text.to_owned(),
        from_text,
    });
    Ok(found)
}

/// Every value as written, its unit, and whether it stood in words: a quantity first, a grade by its code last. Nothing
/// where what comes first cannot be read.
fn stated(
    observation: &Observation<'_>,
    quantity: &str,
    context: &Context<'_, '_, '_>,
) -> Vec<(Bounds, String, bool)> {
    let grades = matches!(quantity, "ecog" | "karnofsky");
    let mut found = Vec::new();
    if let Some(measured) = &observation.value_quantity {
        let Some(value) = number::bounds(measured) else {
            return found;
        };
        let unit = number::unit(measured);
        let unit = if grades && matches!(unit.as_str(), "1" | "{score}" | "score") {
            String::new()
        } else {
            unit
        };
        found.push((value, unit, false));
    }
    if let Some(value) = observation.value_integer {
        let Some(value) = number::decimal(value.0) else {
            return found;
        };
        found.push((Bounds::exact(value), String::new(), false));
    }
    if let Some(range) = &observation.value_range {
        let Some((value, unit)) = between(range) else {
            return Vec::new();
        };
        found.push((value, unit, false));
    }
    let concept = observation.value_codeable_concept.as_ref();
    let words = concept.into_iter().flat_map(Concept::words);
    for text in words.chain(observation.value_string.iter().map(Text::as_str)) {
        if let [one] = wording::numbers(text)[..] {
            // "more than 50 % of waking hours" describes a grade, it is none.
            if grades && (one.percent || !one.comparator.is_empty()) {
                continue;
            }
            // "Decreased by 10 %", "lower limit of normal 50 %", "ECOG was 3": another number than the measured one.
            if !wording::goes_with_measurement(context.lookup, text) {
                continue;
            }
            let unit = if one.percent { "%" } else { "" };
            let value = number::compare(one.comparator, one.value);
            found.extend(value.map(|value| (value, unit.to_owned(), true)));
        }
    }
    // mCODE gives the answer to a grade as its interpretation.
    let answers = concept.into_iter().chain(observation.interpretation.iter());
    let meaning = format!("value.{quantity}-");
    let coded = answers.filter_map(|value| context.lookup.first(value, &meaning));
    let coded = coded.filter_map(number::decimal);
    found.extend(coded.map(|grade| (Bounds::exact(grade), String::new(), false)));
    found
}

/// The bounds of a range and its unit; an end that is not given is open.
fn between(range: &Range<'_>) -> Option<(Bounds, String)> {
    let end = |quantity: &Option<Quantity<'_>>| match quantity {
        Some(quantity) => Some(Some((
            number::bounds(quantity)?.as_exact()?,
            number::unit(quantity),
        ))),
        None => Some(None),
    };
    let (low, high) = (end(&range.low)?, end(&range.high)?);
    let unit = match (&low, &high) {
        (Some((low, of_low)), Some((high, of_high))) if low <= high && of_low == of_high => of_low,
        (Some((_, unit)), None) | (None, Some((_, unit))) => unit,
        _ => return None,
    };
    let unit = unit.clone();
    let (low, high) = (low.map(|it| it.0), high.map(|it| it.0));
    Some((Bounds { low, high }, unit))
}

/// Units (UCUM, lower case) that mean one thing for a quantity; `None` refuses the value. Spellings of a unit and their
/// powers of ten are arithmetic and stand here; the unit of a fact and what is plausible stand with the fact.
fn scale(quantity: &str, unit: &str, value: Bounds) -> Option<Scale> {
    let per_thousand = Scale {
        multiply: 1,
        divide: 1000,
    };
    match quantity {
        "lvef" => match unit {
            "%" | "percent" => Some(SAME),
            "" | "1" => {
                let fraction = number::inside(value, 0, 1);
                Some(if fraction {
                    Scale {
                        multiply: 100,
                        divide: 1,
                    }
                } else {
                    SAME
                })
            }
            _ => None,
        },
        "platelets" | "neutrophils" => match unit {
            "10*9/l" | "10^9/l" | "10e9/l" | "x10^9/l" | "x10e9/l" | "g/l" | "giga/l"
            | "10*3/ul" | "10^3/ul" | "10e3/ul" | "x10^3/ul" | "x10e3/ul" | "10*3/mm3"
            | "10^3/mm3" | "10*3/mm*3" | "k/ul" | "k/mm3" | "10*3/µl" | "10^3/µl" | "/nl" => {
                Some(SAME)
            }
            "/ul" | "{cells}/ul" | "cells/ul" | "/mm3" | "cells/mm3" | "{#}/ul" | "/µl"
            | "10*6/l" | "10^6/l" => Some(per_thousand),
            _ => None,
        },
        "creatinine-clearance" => matches!(unit, "ml/min").then_some(SAME),
        "hemoglobin" => match unit {
            "g/dl" => Some(SAME),
            "g/l" => Some(Scale {
                multiply: 1,
                divide: 10,
            }),
            _ => None,
        },
        "ecog" | "karnofsky" => matches!(unit, "" | "%").then_some(SAME),
        // Liver values are only ever compared with the upper limit reported beside them.
        _ => Some(SAME),
    }
}

/// The upper limit of the normal range in the same unit, in hundred-millionths.
fn upper_limit(observation: &Observation<'_>, unit: &str, scale: Scale) -> Option<i64> {
    let limits = observation.reference_range.iter().filter_map(|range| {
        let normal = range
            .kind
            .as_ref()
            .and_then(Concept::word)
            .is_none_or(|kind| kind.eq_ignore_ascii_case("normal"));
        let high: &Quantity<'_> = range.high.as_ref()?;
        let own_unit = number::unit(high);
        let same_unit = own_unit.is_empty() || own_unit == unit;
        if !normal || !same_unit || !range.modifier_extension.is_empty() {
            return None;
        }
        let limit = number::bounds(high)?
            .as_exact()
            .filter(|limit| *limit > 0)?;
        number::scale(Bounds::exact(limit), scale.multiply, scale.divide)?.as_exact()
    });
    // Ranges for several kinds of people: which one is meant cannot be told.
    let mut limits: Vec<i64> = limits.collect();
    limits.dedup();
    match limits[..] {
        [limit] => Some(limit),
        _ => None,
    }
}

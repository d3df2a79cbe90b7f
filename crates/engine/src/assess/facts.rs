//! Facts as the contract shows them.

use super::records::Records;
use crate::bundle::{Bundle, FactEntry};
use crate::facts::{Fact, FactValue, Facts, Provenance, WhyUnknown};
use crate::wire::{self, Text};
use std::sync::Arc;
use waymark_criteria::value::DECIMAL_UNIT;
use waymark_criteria::{Bounds, Date, FactType, Truth, Value};

/// Every fact of the schema, in its order.
pub(super) fn shown<'a>(
    facts: &'a Facts,
    bundle: &Bundle,
    records: &mut Records<'a>,
) -> Vec<wire::Fact> {
    let indices = bundle.schema().indices();
    let shown = indices.map(|index| {
        let fact = facts.get(index);
        let from = fact.from.iter().map(|it| records.behind(index, it));
        let unrecorded = bundle.shown().fact(index).unrecorded.clone();
        with(unrecorded, fact, bundle.fact(index), from.collect())
    });
    shown.collect()
}

/// A fact as the contract shows it.
pub(crate) fn one(fact: &Fact, entry: &FactEntry) -> wire::Fact {
    let from = fact.from.iter().map(|it| Arc::new(record(it)));
    with(unrecorded(entry), fact, entry, from.collect())
}

/// A fact of which nothing is recorded.
pub(super) fn unrecorded(entry: &FactEntry) -> wire::Fact {
    wire::Fact {
        id: Text::from(&entry.id),
        label: Text::from(&entry.label),
        value: wire::Scalar::Null,
        unit: entry.unit.as_ref().map(Text::from),
        low: None,
        high: None,
        why_unknown: Some(Text::from(why_word(WhyUnknown::NotRecorded))),
        inferred: None,
        from: Vec::new(),
    }
}

/// With what is known of it, and the records behind that.
fn with(
    unrecorded: wire::Fact,
    fact: &Fact,
    entry: &FactEntry,
    from: Vec<Arc<wire::Record>>,
) -> wire::Fact {
    let wire::Extent { value, low, high } = match &fact.value {
        FactValue::Word(word) => just(word.clone().map_or(wire::Scalar::Null, wire::Scalar::Text)),
        FactValue::Value(value) => extent(*value, entry),
    };
    wire::Fact {
        why_unknown: match fact.why_unknown {
            _ if value != wire::Scalar::Null => None,
            Some(WhyUnknown::NotRecorded) | None => unrecorded.why_unknown,
            Some(why) => Some(Text::from(why_word(why))),
        },
        value,
        low,
        high,
        inferred: fact.inferred.clone(),
        from,
        ..unrecorded
    }
}

/// A record as the contract shows it.
pub(crate) fn record(provenance: &Provenance) -> wire::Record {
    wire::Record {
        record: provenance.source.record.clone(),
        date: provenance.date.to_string(),
        text: provenance.source.text.clone(),
    }
}

fn just(value: wire::Scalar) -> wire::Extent {
    wire::Extent {
        value,
        low: None,
        high: None,
    }
}

/// A value of a fact.
pub(crate) fn extent(value: Value, entry: &FactEntry) -> wire::Extent {
    match value {
        Value::Truth(Truth::True) => just(wire::Scalar::Boolean(true)),
        Value::Truth(Truth::False) => just(wire::Scalar::Boolean(false)),
        Value::Truth(Truth::Unknown) => just(wire::Scalar::Null),
        Value::Bounds(bounds) => ordered(bounds, entry),
    }
}

fn ordered(bounds: Bounds, entry: &FactEntry) -> wire::Extent {
    let ty = entry.ty.into();
    if let Some(value) = bounds.as_exact() {
        return just(scalar(value, ty));
    }
    // An end that the fact has by its nature says nothing of this person.
    let unit = if ty == FactType::Decimal {
        DECIMAL_UNIT
    } else {
        1
    };
    let natural = |end: Option<i64>| end.and_then(|end| end.checked_mul(unit));
    let low = bounds.low.filter(|_| bounds.low > natural(entry.min));
    let high = bounds
        .high
        .filter(|_| entry.max.is_none() || bounds.high < natural(entry.max));
    let shown = |end: Option<i64>| end.map(|end| scalar(end, ty));
    wire::Extent {
        value: wire::Scalar::Null,
        low: shown(low),
        high: shown(high),
    }
}

/// A value in its fact's unit as JSON.
fn scalar(value: i64, ty: FactType) -> wire::Scalar {
    match ty {
        FactType::Integer => wire::Scalar::Integer(value),
        FactType::Date => wire::Scalar::Text(Date::from_days(value).to_string()),
        FactType::Decimal => wire::Scalar::Text(decimal(value)),
        FactType::Boolean | FactType::Word => wire::Scalar::Null,
    }
}

/// Hundred-millionths as a decimal number without trailing zeros.
fn decimal(value: i64) -> String {
    let (sign, magnitude) = if value < 0 {
        ("-", value.unsigned_abs())
    } else {
        ("", value.unsigned_abs())
    };
    let unit = DECIMAL_UNIT.unsigned_abs();
    let digits = format!("{:08}", magnitude % unit);
    let fraction = digits.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", magnitude / unit)
}

/// A decimal number as [`decimal`] writes it, in hundred-millionths.
pub(crate) fn parse_decimal(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) || fraction.len() > 8 {
        return None;
    }
    let scaled: i128 = format!("{whole}{fraction:0<8}").parse().ok()?;
    i64::try_from(if negative { -scaled } else { scaled }).ok()
}

/// Why a fact is unknown, from the contract's word.
pub(crate) fn why_of_word(word: &str) -> Option<WhyUnknown> {
    use WhyUnknown::{AfterAsOf, Conflict, NotRecorded, Unresolved};
    [NotRecorded, Conflict, Unresolved, AfterAsOf]
        .into_iter()
        .find(|why| why_word(*why) == word)
}

fn why_word(why: WhyUnknown) -> &'static str {
    match why {
        WhyUnknown::NotRecorded => "not-recorded",
        WhyUnknown::Conflict => "conflict",
        WhyUnknown::Unresolved => "unresolved",
        WhyUnknown::AfterAsOf => "after-as-of",
    }
}

#[cfg(test)]
mod tests {
    use super::{decimal, parse_decimal};

    #[test]
    fn decimals_lose_trailing_zeros_only() {
        assert_eq!(decimal(5_550_000_000), "55.5");
        assert_eq!(decimal(5_500_000_000), "55");
        assert_eq!(decimal(-1), "-0.00000001");
        assert_eq!(decimal(0), "0");
        assert_eq!(decimal(i64::MIN), "-92233720368.54775808");
    }

    #[test]
    fn decimals_read_back() {
        for value in [0, 1, -1, 5_550_000_000, i64::MAX, i64::MIN] {
            assert_eq!(parse_decimal(&decimal(value)), Some(value));
        }
        for text in [
            "",
            "-",
            ".5",
            "5.",
            "1.123456789",
            "1e3",
            "92233720368.54775808",
        ] {
            assert_eq!(parse_decimal(text), None, "{text}");
        }
    }
}

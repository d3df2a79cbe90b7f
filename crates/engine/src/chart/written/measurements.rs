//! Measured quantities: `LVEF 58 %`, `ALT 80 (limit 40)`, `ALT 2.5 x limit`.

use super::number;
use super::piece::Piece;
use super::vocabulary::Vocabulary;
use crate::bundle::FactEntry;
use crate::chart::{Event, Measurement};
use waymark_criteria::value::DECIMAL_UNIT;
use waymark_criteria::{Bounds, Diagnostic};

/// The measurement of a segment; `None` when it does not begin with a quantity of the knowledge base.
pub(super) fn read(
    segment: Piece<'_>,
    vocabulary: &Vocabulary<'_>,
) -> Option<Result<Event, Diagnostic>> {
    let (quantity, rest) = vocabulary.quantity(segment)?;
    Some(measurement(quantity, segment, rest.trim(), vocabulary))
}

fn measurement(
    quantity: &str,
    segment: Piece<'_>,
    rest: Piece<'_>,
    vocabulary: &Vocabulary<'_>,
) -> Result<Event, Diagnostic> {
    if rest.is_empty() {
        return Err(Diagnostic::error(
            "chart-no-result",
            format!("`{}` has no value", segment.text),
        )
        .at(segment.span())
        .help("leave out what was not measured"));
    }
    let rest = rest.after_sign(&['=', ':']).unwrap_or(rest);
    let (value, after) = number::read(rest, DECIMAL_UNIT)?;
    let number = rest.split_at(after.start - rest.start).0.trim();
    let after = after.trim();
    if let Some(tail) = after.after_any(&["x limit", "× limit", "x ULN", "× ULN"]) {
        return match tail.trim() {
            tail if tail.is_empty() => Ok(event(quantity, value, Some(DECIMAL_UNIT))),
            tail => Err(unexpected(tail)),
        };
    }
    let (unit, limit) = match after.split_once(&['(']) {
        Some((unit, brackets)) => (unit, Some(limit(brackets)?)),
        None => (after, None),
    };
    let fact = vocabulary.measured(quantity);
    if let Some(fact) = fact {
        check_unit(fact, unit)?;
        check_range(fact, value, number)?;
    }
    Ok(event(quantity, value, limit))
}

fn event(quantity: &str, value: Bounds, upper_limit: Option<i64>) -> Event {
    Event::Measurement(Measurement {
        quantity: quantity.to_owned(),
        value,
        upper_limit,
    })
}

/// `limit 40)`: the upper limit of normal, above 0.
fn limit(brackets: Piece<'_>) -> Result<i64, Diagnostic> {
    let Some(rest) = brackets.after_any(&["limit", "upper limit", "ULN"]) else {
        return Err(unexpected(brackets));
    };
    let (limit, rest) = number::exact(rest, DECIMAL_UNIT)?;
    match rest.trim().text {
        ")" if limit > 0 => Ok(limit),
        _ => Err(unexpected(brackets)),
    }
}

fn check_unit(fact: &FactEntry, unit: Piece<'_>) -> Result<(), Diagnostic> {
    match &fact.unit {
        Some(wanted) if !unit.is_empty() && unit.text != wanted => Err(Diagnostic::error(
            "chart-bad-unit",
            format!("`{}` is not the unit of {}", unit.text, fact.label),
        )
        .at(unit.span())
        .help(format!("convert the value to {wanted}"))),
        _ => Ok(()),
    }
}

fn check_range(fact: &FactEntry, value: Bounds, number: Piece<'_>) -> Result<(), Diagnostic> {
    let scaled = |end: Option<i64>| end.map(|end| end.saturating_mul(DECIMAL_UNIT));
    let (min, max) = (scaled(fact.min), scaled(fact.max));
    let below = |end: Option<i64>| end.zip(min).is_some_and(|(end, min)| end < min);
    let above = |end: Option<i64>| end.zip(max).is_some_and(|(end, max)| end > max);
    if below(value.high) || above(value.low) || (value.as_exact().is_none() && above(value.high)) {
        return Err(out_of_range(fact, number));
    }
    Ok(())
}

/// The error for a value that a fact cannot have.
pub(super) fn out_of_range(fact: &FactEntry, number: Piece<'_>) -> Diagnostic {
    let unit = match fact.unit.as_deref() {
        None => String::new(),
        Some("%") => "in percent, ".to_owned(),
        Some(unit) => format!("in {unit}, "),
    };
    let range = match (fact.min, fact.max) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("{min} or more"),
        (None, Some(max)) => format!("{max} or less"),
        (None, None) => "any number".to_owned(),
    };
    Diagnostic::error(
        "chart-out-of-range",
        format!("`{}` is not possible for {}", number.text, fact.label),
    )
    .at(number.span())
    .help(format!("{}: {unit}{range}", fact.label))
}

fn unexpected(at: Piece<'_>) -> Diagnostic {
    Diagnostic::error(
        "chart-unexpected",
        format!("`{}` is not understood here", at.text),
    )
    .at(at.span())
    .help("after a value: its unit, and `(limit N)` or `x limit` for the upper limit of normal")
}

//! Decimal numbers without floating point, and quantities with a comparator as bounds.

use crate::datatype::Quantity;
use crate::lenient::Text;
use waymark_criteria::Bounds;
use waymark_criteria::value::DECIMAL_UNIT;

/// A decimal number in hundred-millionths; places beyond the eighth are cut. A decimal comma is accepted.
pub(crate) fn decimal(text: &str) -> Option<i64> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (negative, digits) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    // The value is `whole fraction` × 10^(exponent − places); it is wanted × 10^8.
    let mut value: i64 = 0;
    let places = i32::try_from(fraction.len()).ok()?;
    let mut shift = exponent.checked_sub(places)?.checked_add(8)?;
    let mut kept: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    while shift < 0 {
        if kept.pop().is_none() {
            break;
        }
        shift += 1;
    }
    for byte in kept {
        value = value.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
    }
    if value != 0 {
        value = value.checked_mul(10_i64.checked_pow(u32::try_from(shift).ok()?)?)?;
    }
    Some(if negative { -value } else { value })
}

/// The value of a quantity in hundred-millionths of its own unit; a comparator opens an end.
pub(crate) fn bounds(quantity: &Quantity<'_>) -> Option<Bounds> {
    let value = decimal(quantity.value?.0)?;
    compare(quantity.comparator.as_ref().map_or("", Text::as_str), value)
}

/// Bounds of `comparator value`; `None` for a comparator that FHIR does not have.
pub(crate) fn compare(comparator: &str, value: i64) -> Option<Bounds> {
    Some(match comparator {
        "" => Bounds::exact(value),
        "<" => Bounds {
            low: None,
            high: Some(value.checked_sub(1)?),
        },
        "<=" | "≤" => Bounds {
            low: None,
            high: Some(value),
        },
        ">=" | "≥" => Bounds::at_or_above(value),
        ">" => Bounds::at_or_above(value.checked_add(1)?),
        _ => return None,
    })
}

/// Divides both ends, rounding inwards never: the low end down, the high end down (they are whole hundred-millionths).
pub(crate) fn scale(bounds: Bounds, multiply: i64, divide: i64) -> Option<Bounds> {
    let one = |end: i64| -> Option<i64> { Some(end.checked_mul(multiply)?.div_euclid(divide)) };
    Some(Bounds {
        low: match bounds.low {
            Some(low) => Some(one(low)?),
            None => None,
        },
        high: match bounds.high {
            Some(high) => Some(one(high)?),
            None => None,
        },
    })
}

/// Bounds in hundred-millionths as hundredths; further places are cut.
pub(crate) fn hundredths(bounds: Bounds) -> Option<Bounds> {
    scale(bounds, 1, DECIMAL_UNIT / 100)
}

/// Whether every value inside the bounds lies from `low` to `high` whole units.
pub(crate) fn inside(bounds: Bounds, low: i64, high: i64) -> bool {
    let fits = |end: i64| (low * DECIMAL_UNIT..=high * DECIMAL_UNIT).contains(&end);
    bounds.low.is_none_or(fits) && bounds.high.is_none_or(fits)
}

/// A unit as written: the UCUM code, else the unit's text, lower case without spaces.
pub(crate) fn unit(quantity: &Quantity<'_>) -> String {
    quantity
        .code
        .as_ref()
        .or(quantity.unit.as_ref())
        .map_or("", Text::as_str)
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        for (text, value) in [
            ("3", Some(300_000_000)),
            ("-1", Some(-100_000_000)),
            ("2,45", Some(245_000_000)),
            ("0.123456789", Some(12_345_678)),
            ("1e2", Some(10_000_000_000)),
            ("1.5E-3", Some(150_000)),
            ("1e-400", Some(0)),
            ("0e999", Some(0)),
            ("1e999", None),
            ("99999999999999999999", None),
            ("", None),
            ("abc", None),
            (".5", None),
        ] {
            assert_eq!(decimal(text), value, "{text}");
        }
    }
}

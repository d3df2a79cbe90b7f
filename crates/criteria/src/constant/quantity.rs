//! Quantities: units of the calendar, and the UCUM units of time, length, mass and volume.

use super::number::{Decimal, divided};
use crate::syntax::tree::{self, TimeUnit, Unit};
use std::cmp::Ordering;

/// A number with a unit; without one the unit is `'1'`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The number.
    pub value: Decimal,
    /// The unit.
    pub unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dimension {
    /// In milliseconds.
    Time,
    /// In months of the calendar, which have no length.
    Months,
    /// In metres.
    Length,
    /// In grams.
    Mass,
    /// In litres.
    Volume,
}

/// What one of a unit is: a number, times ten to a power, of its dimension.
#[derive(Clone, Copy)]
struct Scale {
    dimension: Dimension,
    number: i128,
    power: i32,
}

const DAY: i128 = 86_400_000;

/// UCUM prefixes; longer ones first.
const PREFIXES: [(&str, i32); 11] = [
    ("da", 1),
    ("k", 3),
    ("h", 2),
    ("d", -1),
    ("c", -2),
    ("m", -3),
    ("u", -6),
    ("n", -9),
    ("p", -12),
    ("f", -15),
    ("", 0),
];

fn scale(unit: &Unit) -> Option<Scale> {
    let time = |number| (Dimension::Time, number, 0);
    let (dimension, number, power) = match unit {
        Unit::Calendar(TimeUnit::Year) => (Dimension::Months, 12, 0),
        Unit::Calendar(TimeUnit::Month) => (Dimension::Months, 1, 0),
        Unit::Calendar(TimeUnit::Week) => time(7 * DAY),
        Unit::Calendar(TimeUnit::Day) => time(DAY),
        Unit::Calendar(TimeUnit::Hour) => time(3_600_000),
        Unit::Calendar(TimeUnit::Minute) => time(60_000),
        Unit::Calendar(TimeUnit::Second) => time(1_000),
        Unit::Calendar(TimeUnit::Millisecond) => time(1),
        Unit::Ucum(code) => match code.as_str() {
            // UCUM, table "Time": a year is 365.25 days, and a month is a twelfth of it.
            "a" => time(1_461 * DAY / 4),
            "mo" => time(1_461 * DAY / 48),
            "wk" => time(7 * DAY),
            "d" => time(DAY),
            "h" => time(3_600_000),
            "min" => time(60_000),
            code => metric(code)?,
        },
    };
    Some(Scale {
        dimension,
        number,
        power,
    })
}

fn metric(code: &str) -> Option<(Dimension, i128, i32)> {
    let bases = [
        ("m", Dimension::Length, 0),
        ("g", Dimension::Mass, 0),
        ("L", Dimension::Volume, 0),
        ("l", Dimension::Volume, 0),
        ("s", Dimension::Time, 3),
    ];
    let (prefix, dimension, power) = bases
        .into_iter()
        .find_map(|(base, dimension, power)| Some((code.strip_suffix(base)?, dimension, power)))?;
    let (_, shift) = PREFIXES.into_iter().find(|(word, _)| *word == prefix)?;
    Some((dimension, 1, power + shift))
}

/// A count of one unit as a count of another one, as a fraction: numerator and denominator.
fn converted(value: Decimal, from: Scale, to: Scale) -> Option<(i128, i128)> {
    let ten = |power: i32| 10_i128.checked_pow(u32::try_from(power.max(0)).ok()?);
    let shift = from.power - to.power;
    let numerator = value
        .parts()
        .checked_mul(from.number)?
        .checked_mul(ten(shift)?)?;
    Some((numerator, to.number.checked_mul(ten(-shift)?)?))
}

impl Quantity {
    /// A quantity as written; nothing when the number is out of range.
    #[must_use]
    pub fn read(written: &tree::Quantity) -> Option<Self> {
        Some(Quantity {
            value: Decimal::parse(&written.number)?,
            unit: written.unit.clone().unwrap_or_else(no_unit),
        })
    }

    /// A number as a quantity.
    #[must_use]
    pub fn from_number(value: Decimal) -> Self {
        Quantity {
            value,
            unit: no_unit(),
        }
    }

    /// Less, equal or greater; nothing when the units do not compare.
    #[must_use]
    pub fn order(&self, other: &Self) -> Option<Ordering> {
        if self.unit == other.unit {
            return Some(self.value.cmp(&other.value));
        }
        let (from, to) = (scale(&self.unit)?, scale(&other.unit)?);
        if from.dimension != to.dimension {
            return None;
        }
        let (numerator, denominator) = converted(self.value, from, to)?;
        Some(numerator.cmp(&other.value.parts().checked_mul(denominator)?))
    }

    /// The same quantity, where the calendar year and month stand for 365 and 30 days and for the UCUM units of the
    /// same name (CQL 1.5, "Equivalent").
    #[must_use]
    pub fn equivalent(&self, other: &Self) -> bool {
        let (left, right) = (self.beside(&other.unit), other.beside(&self.unit));
        if left.unit == right.unit {
            return left.value.equivalent(right.value);
        }
        let (Some(from), Some(to)) = (left.softened(&right), right.softened(&left)) else {
            return false;
        };
        if from.dimension != to.dimension {
            return false;
        }
        // Decimals are compared in the coarser unit.
        let left_coarser =
            converted(Decimal::from(1), from, to).is_some_and(|(numerator, denominator)| {
                numerator / denominator >= Decimal::from(1).parts()
            });
        let (fine, from, coarse, to) = if left_coarser {
            (right.value, to, left.value, from)
        } else {
            (left.value, from, right.value, to)
        };
        converted(fine, from, to)
            .and_then(|(numerator, denominator)| {
                Decimal::from_parts(divided(numerator, denominator))
            })
            .is_some_and(|fine| fine.equivalent(coarse))
    }

    /// The UCUM year and month as those of the calendar, beside a unit of the calendar.
    fn beside(&self, other: &Unit) -> Quantity {
        let unit = match (&self.unit, other) {
            (Unit::Ucum(code), Unit::Calendar(_)) if code == "a" => Unit::Calendar(TimeUnit::Year),
            (Unit::Ucum(code), Unit::Calendar(_)) if code == "mo" => {
                Unit::Calendar(TimeUnit::Month)
            }
            (unit, _) => unit.clone(),
        };
        Quantity {
            value: self.value,
            unit,
        }
    }

    /// The scale, with years and months in days beside a length of time.
    fn softened(&self, other: &Quantity) -> Option<Scale> {
        let own = scale(&self.unit)?;
        let days = match (&self.unit, scale(&other.unit)?.dimension) {
            (Unit::Calendar(TimeUnit::Year), Dimension::Time) => 365,
            (Unit::Calendar(TimeUnit::Month), Dimension::Time) => 30,
            _ => return Some(own),
        };
        Some(Scale {
            dimension: Dimension::Time,
            number: days * DAY,
            power: 0,
        })
    }
}

fn no_unit() -> Unit {
    Unit::Ucum("1".to_owned())
}

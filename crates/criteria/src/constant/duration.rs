//! Dates plus and minus quantities, and the time between two dates.

use super::moment::DAY;
use super::number::uncertainty;
use super::{Constant, Diagnostic, Kind, Moment, Quantity, mismatch, out_of_range};
use crate::Date;
use crate::syntax::tree::{TimeUnit, Unit};

/// Milliseconds of a unit that has a length.
fn length(unit: TimeUnit) -> Option<i64> {
    match unit {
        TimeUnit::Year | TimeUnit::Month => None,
        TimeUnit::Week => Some(7 * DAY),
        TimeUnit::Day => Some(DAY),
        TimeUnit::Hour => Some(3_600_000),
        TimeUnit::Minute => Some(60_000),
        TimeUnit::Second => Some(1_000),
        TimeUnit::Millisecond => Some(1),
    }
}

/// The unit of a quantity that may be added to a date. The UCUM year and month may not (CQL 1.5, "Add").
fn calendar(unit: &Unit) -> Option<TimeUnit> {
    match unit {
        Unit::Calendar(unit) => Some(*unit),
        Unit::Ucum(code) => match code.as_str() {
            "wk" => Some(TimeUnit::Week),
            "d" => Some(TimeUnit::Day),
            "h" => Some(TimeUnit::Hour),
            "min" => Some(TimeUnit::Minute),
            "s" => Some(TimeUnit::Second),
            "ms" => Some(TimeUnit::Millisecond),
            _ => None,
        },
    }
}

/// Whether values of a type are counted in a unit.
fn counts(kind: Kind, unit: TimeUnit) -> bool {
    kind.parts().contains(&unit) || (unit == TimeUnit::Week && kind != Kind::Time)
}

/// A moment plus (`sign` 1) or minus (`sign` −1) a quantity. A time goes round the clock; a date that leaves the
/// calendar is an error.
pub(super) fn add(moment: &Moment, quantity: &Quantity, sign: i64) -> Result<Constant, Diagnostic> {
    let kind = moment.kind();
    let unit = calendar(&quantity.unit)
        .filter(|unit| counts(kind, *unit))
        .ok_or_else(|| mismatch(format!("the unit is none to add to {}", kind.word())))?;
    // A fraction counts for seconds only, whose milliseconds are their decimals.
    let (value, unit) = if unit == TimeUnit::Second && moment.precision() == TimeUnit::Millisecond {
        let milliseconds = quantity.value.parts() / (super::Decimal::from(1).parts() / 1_000);
        (milliseconds, TimeUnit::Millisecond)
    } else {
        (quantity.value.truncated(), unit)
    };
    // More than the calendar has milliseconds.
    let value = i64::try_from(value)
        .ok()
        .filter(|value| value.abs() < 1 << 50)
        .ok_or_else(|| out_of_range("the quantity"))?;
    let (value, unit) = coarsened(value * sign, unit, moment.precision());
    let moved = match unit {
        TimeUnit::Year => months_on(moment, value * 12),
        TimeUnit::Month => months_on(moment, value),
        unit => length(unit).and_then(|length| {
            let millisecond = value.checked_mul(length)?.checked_add(moment.earliest())?;
            if kind == Kind::Time {
                moment.beginning(millisecond.rem_euclid(DAY))
            } else {
                moment.beginning(millisecond)
            }
        }),
    };
    moved
        .map(Constant::Moment)
        .ok_or_else(|| out_of_range("the date"))
}

/// A count of a unit finer than the last part written, in that part, without its fraction: 30 days are a month and 365
/// days a year (CQL 1.5, "Add", on partial dates).
fn coarsened(value: i64, unit: TimeUnit, precision: TimeUnit) -> (i64, TimeUnit) {
    if unit <= precision {
        return (value, unit);
    }
    let converted = match (precision, length(unit), length(precision)) {
        (TimeUnit::Year, None, _) => value / 12,
        (TimeUnit::Year, Some(length), _) => (value.saturating_mul(length) / DAY) / 365,
        (TimeUnit::Month, Some(length), _) => (value.saturating_mul(length) / DAY) / 30,
        (_, Some(fine), Some(coarse)) => value.saturating_mul(fine) / coarse,
        _ => value,
    };
    (converted, precision)
}

fn months_on(moment: &Moment, months: i64) -> Option<Moment> {
    let days = moment.earliest().div_euclid(DAY);
    let date = Date::from_days(days);
    let year = (i64::from(date.year()) * 12 + i64::from(date.month()) - 1 + months).div_euclid(12);
    if !(1..=9_999).contains(&year) {
        return None;
    }
    moment.beginning(date.add_months(months).to_days() * DAY + moment.earliest().rem_euclid(DAY))
}

/// The whole units between two moments, or with `difference` the borders of units crossed; an uncertainty when they
/// are not fully written, and null when no Integer holds it.
pub(super) fn between(
    unit: TimeUnit,
    difference: bool,
    from: &Moment,
    to: &Moment,
) -> Result<Constant, Diagnostic> {
    let (from, to) = from.alike(to)?;
    if !counts(from.kind(), unit) {
        let (unit, kind) = (unit.word(), from.kind().word());
        return Err(mismatch(format!("{kind} is not counted in {unit}s")));
    }
    // A duration is time gone by; borders of days and longer are those of the local calendar.
    let shift = if from.offset() == to.offset() || (difference && unit <= TimeUnit::Day) {
        0
    } else {
        i64::from(from.offset() - to.offset()) * 60_000
    };
    let count = |from: i64, to: i64| {
        let to = to + shift;
        let count = if difference {
            borders(unit, from, to)
        } else {
            whole(unit, from, to)
        };
        i32::try_from(count).ok()
    };
    let least = count(from.latest(), to.earliest());
    let most = count(from.earliest(), to.latest());
    Ok(least
        .zip(most)
        .map_or(Constant::Null, |(least, most)| uncertainty(least, most)))
}

/// Months since the first of the calendar, and what is left of the last one.
fn month(millisecond: i64) -> (i64, i64) {
    let date = Date::from_days(millisecond.div_euclid(DAY));
    let months = i64::from(date.year()) * 12 + i64::from(date.month());
    (
        months,
        i64::from(date.day()) * DAY + millisecond.rem_euclid(DAY),
    )
}

/// CQL 1.5, appendix H: a month is over at the same time of the same day, or of the next one if there is none.
fn whole(unit: TimeUnit, from: i64, to: i64) -> i64 {
    let Some(length) = length(unit) else {
        let ((first, start), (last, end)) = (month(from), month(to));
        let months = match last - first {
            months if months > 0 && end < start => months - 1,
            months if months < 0 && end > start => months + 1,
            months => months,
        };
        return if unit == TimeUnit::Year {
            months / 12
        } else {
            months
        };
    };
    (to - from) / length
}

fn borders(unit: TimeUnit, from: i64, to: i64) -> i64 {
    let index = |millisecond: i64| match (unit, length(unit)) {
        (TimeUnit::Year, _) => (month(millisecond).0 - 1).div_euclid(12),
        // The calendar begins on a Monday, a week on a Sunday.
        (TimeUnit::Week, _) => (millisecond.div_euclid(DAY) + 1).div_euclid(7),
        (_, Some(length)) => millisecond.div_euclid(length),
        (_, None) => month(millisecond).0,
    };
    index(to) - index(from)
}

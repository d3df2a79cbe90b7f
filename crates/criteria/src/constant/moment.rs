//! Dates, dates with time, and times of day, each written as far as it is known.

use super::{Constant, Decimal, Diagnostic, mismatch, out_of_range};
use crate::Date;
use crate::syntax::tree::TimeUnit;
use std::cmp::Ordering;

/// Which of the three types a moment is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `@2024-06-01`.
    Date,
    /// `@2024-06-01T12:00`.
    DateTime,
    /// `@T12:00`.
    Time,
}

impl Kind {
    /// The name of the type.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::Date => "Date",
            Kind::DateTime => "DateTime",
            Kind::Time => "Time",
        }
    }

    /// The parts that a value of this type may have.
    pub(super) fn parts(self) -> &'static [TimeUnit] {
        match self {
            Kind::Date => &PARTS[..3],
            Kind::DateTime => &PARTS,
            Kind::Time => &PARTS[3..],
        }
    }
}

/// The parts, largest first. A week is none.
const PARTS: [TimeUnit; 7] = [
    TimeUnit::Year,
    TimeUnit::Month,
    TimeUnit::Day,
    TimeUnit::Hour,
    TimeUnit::Minute,
    TimeUnit::Second,
    TimeUnit::Millisecond,
];

pub(super) const DAY: i64 = 86_400_000;

/// A date, a date with time, or a time of day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    kind: Kind,
    /// The least that the parts not written may be. The date of a time is the first day of the calendar.
    date: Date,
    /// Milliseconds since midnight, likewise.
    time: i64,
    /// The last part written.
    precision: TimeUnit,
    /// Minutes east of Greenwich; zero but for a date with time.
    offset: i32,
}

impl Moment {
    /// Reads what the lexer has read, without the `@` and without the `T` that begins a time.
    #[must_use]
    pub fn read(kind: Kind, text: &str) -> Option<Self> {
        let (date, time) = match kind {
            Kind::Date => (text, ""),
            Kind::DateTime => text.split_once('T')?,
            Kind::Time => ("", text),
        };
        let (time, offset) = match time.find(['Z', '+', '-']) {
            Some(at) => (time.get(..at)?, offset_minutes(time.get(at..)?)?),
            None => (time, 0),
        };
        let mut parts = Vec::new();
        for part in date.split('-').filter(|part| !part.is_empty()) {
            parts.push(part.parse().ok()?);
        }
        let (clock, fraction) = time
            .split_once('.')
            .map_or((time, None), |(clock, fraction)| (clock, Some(fraction)));
        for part in clock.split(':').filter(|part| !part.is_empty()) {
            parts.push(part.parse().ok()?);
        }
        if let Some(fraction) = fraction {
            let digits = fraction.trim_end_matches('0');
            if digits.len() > 3 {
                return None;
            }
            parts.push(format!("{digits:0<3}").parse().ok()?);
        }
        Moment::from_parts(kind, &parts, offset)
    }

    /// From the parts, largest first; nothing when there is none or one is out of range.
    #[must_use]
    pub fn from_parts(kind: Kind, parts: &[i32], offset: i32) -> Option<Self> {
        let last = parts.len().checked_sub(1)?;
        let precision = *kind.parts().get(last)?;
        let part = |unit: TimeUnit, missing: i32| {
            let at = kind.parts().iter().position(|part| *part == unit);
            at.and_then(|at| parts.get(at)).copied().unwrap_or(missing)
        };
        let small = |value: i32| u8::try_from(value).ok();
        let date = Date::new(
            part(TimeUnit::Year, 1),
            small(part(TimeUnit::Month, 1))?,
            small(part(TimeUnit::Day, 1))?,
        )?;
        let mut time = 0;
        for (unit, limit) in [
            (TimeUnit::Hour, 24),
            (TimeUnit::Minute, 60),
            (TimeUnit::Second, 60),
            (TimeUnit::Millisecond, 1_000),
        ] {
            let value = part(unit, 0);
            if !(0..limit).contains(&value) {
                return None;
            }
            time = time * i64::from(limit) + i64::from(value);
        }
        Some(Moment {
            kind,
            date,
            time,
            precision,
            offset,
        })
    }

    /// The value of the function `Date`, `DateTime` or `Time`.
    pub(super) fn construct(kind: Kind, arguments: &[Constant]) -> Result<Constant, Diagnostic> {
        let most = kind.parts().len();
        let (arguments, offset) = match arguments {
            [parts @ .., offset] if kind == Kind::DateTime && parts.len() == most => {
                (parts, offset)
            }
            parts => (parts, &Constant::Null),
        };
        let offset = match super::number::decimal(offset) {
            Some(hours) => offset_of_hours(hours)?,
            None => 0,
        };
        let mut parts = Vec::new();
        let mut ended = false;
        for argument in arguments {
            match argument {
                Constant::Null => ended = true,
                Constant::Integer(value) if !ended => parts.push(*value),
                Constant::Integer(_) => {
                    return Err(mismatch("a part stands after one that is null"));
                }
                other => {
                    let message = format!("a part is an Integer, not {}", other.type_name());
                    return Err(mismatch(message));
                }
            }
        }
        if parts.is_empty() && ended {
            return Ok(Constant::Null);
        }
        if parts.is_empty() || parts.len() > most {
            let message = format!("`{}` takes 1 to {most} parts", kind.word());
            return Err(mismatch(message));
        }
        Moment::from_parts(kind, &parts, offset)
            .map(Constant::Moment)
            .ok_or_else(|| out_of_range(format!("`{}`", kind.word())))
    }

    /// The type.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The last part written; never a week.
    #[must_use]
    pub fn precision(&self) -> TimeUnit {
        self.precision
    }

    /// Minutes east of Greenwich; zero but for a date with time.
    #[must_use]
    pub fn offset(&self) -> i32 {
        self.offset
    }

    /// A part, if it is written.
    #[must_use]
    pub fn part(&self, unit: TimeUnit) -> Option<i32> {
        let written = self.kind.parts().contains(&unit) && unit <= self.precision;
        let clock = |unit: i64, limit: i64| i32::try_from(self.time / unit % limit).ok();
        match unit {
            _ if !written => None,
            TimeUnit::Year => Some(self.date.year()),
            TimeUnit::Month => Some(i32::from(self.date.month())),
            TimeUnit::Day => Some(i32::from(self.date.day())),
            TimeUnit::Week => None,
            TimeUnit::Hour => clock(3_600_000, 24),
            TimeUnit::Minute => clock(60_000, 60),
            TimeUnit::Second => clock(1_000, 60),
            TimeUnit::Millisecond => clock(1, 1_000),
        }
    }

    /// The same value as another type or to fewer parts; a date becomes a date with time that has none written.
    pub(super) fn recast(&self, kind: Kind, precision: TimeUnit) -> Option<Self> {
        let parts: Vec<i32> = kind
            .parts()
            .iter()
            .filter(|unit| **unit <= precision)
            .map_while(|unit| self.part(*unit))
            .collect();
        let offset = if kind == Kind::DateTime {
            self.offset
        } else {
            0
        };
        Moment::from_parts(kind, &parts, offset)
    }

    /// Both as one type: a date beside a date with time becomes one.
    pub(super) fn alike(&self, other: &Self) -> Result<(Self, Self), Diagnostic> {
        if self.kind == other.kind {
            return Ok((self.clone(), other.clone()));
        }
        let lifted = |moment: &Self| match moment.kind {
            Kind::Time => None,
            Kind::Date | Kind::DateTime => moment.recast(Kind::DateTime, moment.precision),
        };
        lifted(self).zip(lifted(other)).ok_or_else(|| {
            mismatch(format!(
                "{} and {} do not compare",
                self.kind.word(),
                other.kind.word()
            ))
        })
    }

    /// The first millisecond that this may be, counted from the first day of the calendar, at its own offset.
    pub(super) fn earliest(&self) -> i64 {
        self.date.to_days() * DAY + self.time
    }

    /// The last one. A second without a fraction has the fraction zero (CQL 1.5, "Equal": seconds and milliseconds
    /// are one decimal), and a day of a date without time is one value.
    pub(super) fn latest(&self) -> i64 {
        let (year, month) = (self.date.year(), self.date.month());
        let last_of = |month| (28..=31).rev().find_map(|day| Date::new(year, month, day));
        let last = match self.precision {
            TimeUnit::Year => last_of(12),
            TimeUnit::Month => last_of(month),
            _ => None,
        };
        let start = last.unwrap_or(self.date).to_days() * DAY + self.time;
        start
            + match self.precision {
                _ if self.kind == Kind::Date => 0,
                TimeUnit::Hour => 3_599_999,
                TimeUnit::Minute => 59_999,
                TimeUnit::Second | TimeUnit::Millisecond => 0,
                TimeUnit::Year | TimeUnit::Month | TimeUnit::Week | TimeUnit::Day => DAY - 1,
            }
    }

    /// The value that begins at a millisecond counted as in [`Moment::earliest`], with the precision of this one.
    pub(super) fn beginning(&self, millisecond: i64) -> Option<Self> {
        let range = 0..=Date::MAX.to_days() * DAY + (DAY - 1);
        range.contains(&millisecond).then(|| Moment {
            date: Date::from_days(millisecond.div_euclid(DAY)),
            time: millisecond.rem_euclid(DAY),
            ..self.clone()
        })
    }

    /// The same at offset zero, written as far as every value that this may be agrees.
    pub(super) fn at_greenwich(&self) -> Result<Self, Diagnostic> {
        if self.offset == 0 {
            return Ok(self.clone());
        }
        let shift = i64::from(self.offset) * 60_000;
        let whole = Moment {
            precision: TimeUnit::Millisecond,
            offset: 0,
            ..self.clone()
        };
        let (first, last) = whole
            .beginning(self.earliest() - shift)
            .zip(whole.beginning(self.latest() - shift))
            .ok_or_else(|| out_of_range("a date at offset zero"))?;
        let precision = PARTS
            .into_iter()
            .take_while(|unit| *unit <= self.precision && first.part(*unit) == last.part(*unit))
            .last();
        precision
            .and_then(|precision| first.recast(Kind::DateTime, precision))
            .ok_or_else(|| out_of_range("a year at offset zero"))
    }

    /// Compares part by part, as far as `to` or else as far as either is written; nothing when one of them lacks a
    /// part that is needed (CQL 1.5, "Equal", "Same As").
    pub(super) fn order(
        &self,
        other: &Self,
        to: Option<TimeUnit>,
    ) -> Result<Option<Ordering>, Diagnostic> {
        let (mut left, mut right) = self.alike(other)?;
        if let Some(unit) = to
            && !left.kind.parts().contains(&unit)
        {
            let (unit, kind) = (unit.word(), left.kind.word());
            return Err(mismatch(format!("{kind} has no {unit} to compare")));
        }
        let by_the_clock = to.is_none_or(|unit| unit >= TimeUnit::Hour);
        if by_the_clock && left.offset != right.offset {
            (left, right) = (left.at_greenwich()?, right.at_greenwich()?);
        }
        for unit in left.kind.parts() {
            if to.is_some_and(|to| *unit > to) {
                break;
            }
            let pair = match unit {
                TimeUnit::Millisecond => (left.fraction(), right.fraction()),
                unit => (left.part(*unit), right.part(*unit)),
            };
            match pair {
                (Some(left), Some(right)) if left == right => {}
                (Some(left), Some(right)) => return Ok(Some(left.cmp(&right))),
                (None, None) if to.is_none() => break,
                (None, _) | (_, None) => return Ok(None),
            }
        }
        Ok(Some(Ordering::Equal))
    }

    /// The milliseconds of a written second.
    fn fraction(&self) -> Option<i32> {
        self.part(TimeUnit::Second)
            .map(|_| self.part(TimeUnit::Millisecond).unwrap_or(0))
    }
}

fn offset_minutes(text: &str) -> Option<i32> {
    if text == "Z" {
        return Some(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    Some(sign * (hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?))
}

/// An offset in hours, which is a whole number of minutes and at most fourteen hours.
fn offset_of_hours(hours: Decimal) -> Result<i32, Diagnostic> {
    let parts = hours.parts() * 60;
    let minutes = parts / Decimal::from(1).parts();
    i32::try_from(minutes)
        .ok()
        .filter(|minutes| (-840..=840).contains(minutes))
        .filter(|_| parts % Decimal::from(1).parts() == 0)
        .ok_or_else(|| out_of_range("a time zone offset"))
}

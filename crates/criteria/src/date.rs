//! Civil (proleptic Gregorian) dates and dates known only within bounds. No clock, no time zones.

use crate::value::Bounds;
use std::fmt;
use waymark_packed::{Packed, Unpacker};

/// A calendar day, year 1 to 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Since 0001-01-01, which is 0.
    days: i32,
}

impl Date {
    /// A day, or `None` when there is no such day in the calendar.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let valid = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && day >= 1
            && day <= days_in_month(year, month);
        valid.then(|| Date::of_calendar(year, month, day))
    }

    /// The first day of the calendar that this type holds.
    pub const MIN: Date = Date { days: 0 };
    /// The last day of the calendar that this type holds, 9999-12-31.
    pub const MAX: Date = Date { days: 3_652_058 };

    /// Year, 1 to 9999.
    #[must_use]
    pub fn year(self) -> i32 {
        self.calendar().0
    }

    /// Month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.calendar().1
    }

    /// Day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.calendar().2
    }

    /// Parses `YYYY-MM-DD` and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let [year, month, day] = digits(text, [4, 2, 2])?;
        Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// Days since 0001-01-01 (which is 0).
    #[must_use]
    pub fn to_days(self) -> i64 {
        i64::from(self.days)
    }

    /// The day that lies `days` after 0001-01-01, clamped to [`Date::MIN`]..=[`Date::MAX`].
    #[must_use]
    pub fn from_days(days: i64) -> Self {
        let last = Date::MAX.to_days();
        Date {
            days: days.clamp(0, last) as i32,
        }
    }

    /// Of a day that is there.
    fn of_calendar(year: i32, month: u8, day: u8) -> Self {
        // Counted from March so that the leap day ends the year.
        let shifted_year = year - i32::from(month <= 2);
        let shifted_month = (i32::from(month) + 9) % 12;
        let day_of_year = (153 * shifted_month + 2) / 5 + i32::from(day) - 1;
        let before =
            365 * shifted_year + shifted_year / 4 - shifted_year / 100 + shifted_year / 400;
        Date {
            days: before + day_of_year - 306,
        }
    }

    /// Year, month and day of the month.
    fn calendar(self) -> (i32, u8, u8) {
        let days = self.days + 306;
        let era = days / 146_097;
        let in_era = days % 146_097;
        let year_in_era = (in_era - in_era / 1_460 + in_era / 36_524 - in_era / 146_096) / 365;
        let day_of_year = in_era - (365 * year_in_era + year_in_era / 4 - year_in_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        let year = year_in_era + era * 400 + i32::from(month <= 2);
        (year, month as u8, day as u8)
    }

    /// Adds days, clamped to the calendar.
    #[must_use]
    pub fn add_days(self, days: i64) -> Self {
        Date::from_days(self.to_days().saturating_add(days))
    }

    /// Adds months; where the target month is shorter the last day of it is meant
    /// (CQL 1.5, "Add (Date)": 31 January + 1 month is 28 or 29 February). Clamped to the calendar.
    #[must_use]
    pub fn add_months(self, months: i64) -> Self {
        let (year, month, day) = self.calendar();
        let index = (i64::from(year) * 12 + i64::from(month) - 1).saturating_add(months);
        if index < 12 {
            return Date::MIN;
        }
        let (year, month) = (index / 12, (index % 12 + 1) as u8);
        if year > 9999 {
            return Date::MAX;
        }
        let year = year as i32;
        Date::of_calendar(year, month, day.min(days_in_month(year, month)))
    }
}

/// As it is written.
impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digit = |number: i32| b'0' + (number % 10) as u8;
        let (year, month, day) = self.calendar();
        let (month, day) = (i32::from(month), i32::from(day));
        let text = [
            digit(year / 1000),
            digit(year / 100),
            digit(year / 10),
            digit(year),
            b'-',
            digit(month / 10),
            digit(month),
            b'-',
            digit(day / 10),
            digit(day),
        ];
        // Digits and hyphens are text.
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl Packed for Date {
    const SHAPE: u64 = waymark_packed::shape("Date", &[i64::SHAPE]);

    fn pack(&self, bytes: &mut Vec<u8>) {
        self.to_days().pack(bytes);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        Date::from_days(i64::unpack(from))
    }
}

/// A date known only to lie between two days, both included; an open end is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Packed)]
pub struct DateBounds {
    /// The earliest possible day.
    pub low: Option<Date>,
    /// The latest possible day.
    pub high: Option<Date>,
}

impl DateBounds {
    /// Nothing is known of the date.
    pub const UNKNOWN: DateBounds = DateBounds {
        low: None,
        high: None,
    };

    /// A date known to the day.
    #[must_use]
    pub fn exact(date: Date) -> Self {
        DateBounds {
            low: Some(date),
            high: Some(date),
        }
    }

    /// A date between two days, both included.
    #[must_use]
    pub fn between(low: Date, high: Date) -> Self {
        DateBounds {
            low: Some(low),
            high: Some(high),
        }
    }

    /// Parses `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or two of these joined by `/`
    /// (somewhere from the first day of the one to the last day of the other).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((from, to)) = text.split_once('/') {
            let (from, to) = (
                DateBounds::parse_partial(from)?,
                DateBounds::parse_partial(to)?,
            );
            return (from.low <= to.high).then_some(DateBounds {
                low: from.low,
                high: to.high,
            });
        }
        DateBounds::parse_partial(text)
    }

    fn parse_partial(text: &str) -> Option<Self> {
        match text.len() {
            4 => {
                let [year] = digits(text, [4])?;
                Some(DateBounds::between(
                    Date::new(year, 1, 1)?,
                    Date::new(year, 12, 31)?,
                ))
            }
            7 => {
                let [year, month] = digits(text, [4, 2])?;
                let month = u8::try_from(month).ok()?;
                let first = Date::new(year, month, 1)?;
                let last = Date::of_calendar(year, month, days_in_month(year, month));
                Some(DateBounds::between(first, last))
            }
            _ => Date::parse(text).map(DateBounds::exact),
        }
    }

    /// The day, when it is known.
    #[must_use]
    pub fn as_exact(self) -> Option<Date> {
        if self.low == self.high {
            self.low
        } else {
            None
        }
    }

    /// The same bounds counted in days.
    #[must_use]
    pub fn in_days(self) -> Bounds {
        Bounds {
            low: self.low.map(Date::to_days),
            high: self.high.map(Date::to_days),
        }
    }

    /// Adds months to both ends.
    #[must_use]
    pub fn add_months(self, months: i64) -> Self {
        DateBounds {
            low: self.low.map(|day| day.add_months(months)),
            high: self.high.map(|day| day.add_months(months)),
        }
    }

    /// Adds days to both ends.
    #[must_use]
    pub fn add_days(self, days: i64) -> Self {
        DateBounds {
            low: self.low.map(|day| day.add_days(days)),
            high: self.high.map(|day| day.add_days(days)),
        }
    }

    /// Whether this date is on or before the other one.
    #[must_use]
    pub fn on_or_before(self, other: DateBounds) -> crate::Truth {
        self.in_days().at_most(other.in_days())
    }

    /// Whether this date is before the other one.
    #[must_use]
    pub fn before(self, other: DateBounds) -> crate::Truth {
        self.in_days().less(other.in_days())
    }
}

/// `2023-03-05`, `2023-03`, `2023`, `2023-03-05/2024-01-02`, `≤ 2023-03-05`, `≥ 2023-03-05` or `?`.
impl fmt::Display for DateBounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.low, self.high) {
            (None, None) => write!(f, "?"),
            (Some(low), None) => write!(f, "≥ {low}"),
            (None, Some(high)) => write!(f, "≤ {high}"),
            (Some(low), Some(high)) if low == high => fmt::Display::fmt(&low, f),
            (Some(low), Some(high)) => {
                let ((from, first_month, first), (to, last_month, last)) =
                    (low.calendar(), high.calendar());
                let whole_months =
                    from == to && first == 1 && last == days_in_month(to, last_month);
                if whole_months && first_month == last_month {
                    write!(f, "{from:04}-{first_month:02}")
                } else if whole_months && first_month == 1 && last_month == 12 {
                    write!(f, "{from:04}")
                } else {
                    write!(f, "{low}/{high}")
                }
            }
        }
    }
}

/// Days of a month; `month` is 1 to 12.
fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Splits at `-` and reads each part, which must have exactly the given number of digits.
fn digits<const PARTS: usize>(text: &str, widths: [usize; PARTS]) -> Option<[i32; PARTS]> {
    let mut numbers = [0; PARTS];
    let mut rest = text.as_bytes();
    for (position, (number, width)) in numbers.iter_mut().zip(widths).enumerate() {
        if position > 0 {
            rest = rest.strip_prefix(b"-")?;
        }
        let (part, after) = rest.split_at_checked(width)?;
        for byte in part {
            if !byte.is_ascii_digit() {
                return None;
            }
            *number = *number * 10 + i32::from(byte - b'0');
        }
        rest = after;
    }
    rest.is_empty().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_round_trip_over_the_calendar() {
        for days in (0..Date::MAX.to_days()).step_by(97) {
            let (year, month, day) = Date::from_days(days).calendar();
            assert_eq!(Date::new(year, month, day).unwrap().to_days(), days);
        }
        assert_eq!(Date::new(1, 1, 1), Some(Date::MIN));
        assert_eq!(Date::new(9999, 12, 31), Some(Date::MAX));
        // 1970-01-01 is day 719162 of the proleptic Gregorian calendar counted from 0.
        assert_eq!(Date::new(1970, 1, 1).unwrap().to_days(), 719_162);
    }

    #[test]
    fn months_clamp_to_the_end_of_a_shorter_month() {
        let date = |text| Date::parse(text).unwrap();
        assert_eq!(date("2023-08-31").add_months(6), date("2024-02-29"));
        assert_eq!(date("2022-08-31").add_months(6), date("2023-02-28"));
        assert_eq!(date("2023-01-15").add_months(-1), date("2022-12-15"));
        assert_eq!(Date::MAX.add_months(1), Date::MAX);
    }

    #[test]
    fn partial_dates_are_bounds() {
        let parse = |text| DateBounds::parse(text).unwrap().to_string();
        assert_eq!(parse("2023"), "2023");
        assert_eq!(parse("2024-02"), "2024-02");
        assert_eq!(parse("2024-02-29"), "2024-02-29");
        assert_eq!(parse("2009/2025-01"), "2009-01-01/2025-01-31");
        for bad in [
            "2023-02-29",
            "23",
            "2023-13",
            "2023-1-1",
            "2024/2023",
            "+123",
            "",
        ] {
            assert_eq!(DateBounds::parse(bad), None, "{bad}");
        }
    }
}

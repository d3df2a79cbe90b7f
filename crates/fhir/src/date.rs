//! FHIR partial dates and instants as bounds. The civil date is kept as written; zone offsets are not applied.

use crate::datatype::{Period, Timing};
use crate::lenient::Text;
use waymark_criteria::{Date, DateBounds};

/// A FHIR date, dateTime or instant (R4 2.24.0.1). `None` for anything else.
pub(crate) fn parse(text: &str) -> Option<DateBounds> {
    // What nearly all are.
    if matches!(text.as_bytes().get(10), None | Some(b'T'))
        && let Some(day) = text.get(..10).and_then(Date::parse)
    {
        return Some(DateBounds::exact(day));
    }
    let day = text.split(['T', 't', ' ']).next().unwrap_or(text);
    // A `/` would be read as a span of two dates, which FHIR does not have.
    if day.contains('/') {
        return None;
    }
    DateBounds::parse(day)
}

/// A moment: seconds since 0001-01-01 in UTC, then nanoseconds.
pub(crate) type Instant = (i64, u32);

/// A FHIR instant (R4 2.24.0.1), for the order of versions; `None` for anything less exact.
pub(crate) fn instant(text: &str) -> Option<Instant> {
    let (day, clock) = text.trim().split_once('T')?;
    let day = Date::parse(day)?;
    let zone = clock.find(['Z', 'z', '+', '-'])?;
    let (clock, zone) = clock.split_at(zone);
    let number = |part: &str| {
        part.parse::<i64>()
            .ok()
            .filter(|part| (0..=60).contains(part))
    };
    let minutes = |text: &str| {
        let (hours, minutes) = text.split_once(':')?;
        Some(number(hours)? * 60 + number(minutes)?)
    };
    let (hours_minutes, seconds) = clock.rsplit_once(':')?;
    let (seconds, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let nanoseconds = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
    let offset = match zone.split_at_checked(1)? {
        ("+", offset) => minutes(offset)?,
        ("-", offset) => -minutes(offset)?,
        _ => 0,
    };
    let minutes = day.to_days() * 24 * 60 + minutes(hours_minutes)? - offset;
    Some((minutes * 60 + number(seconds)?, nanoseconds))
}

/// The same of an element that may be absent.
pub(crate) fn of(text: Option<&Text<'_>>) -> Option<DateBounds> {
    parse(text?.as_str())
}

/// The date of what may never have happened: on no day is it surely there.
pub(crate) fn doubtful(date: DateBounds) -> DateBounds {
    DateBounds {
        low: Some(date.low.unwrap_or(Date::MIN)),
        high: None,
    }
}

/// Somewhere inside a period; an end that is not given stays open.
pub(crate) fn within(period: &Period<'_>) -> Option<DateBounds> {
    let (start, end) = (of(period.start.as_ref()), of(period.end.as_ref()));
    if start.is_none() && end.is_none() {
        return None;
    }
    let (low, high) = (
        start.and_then(|start| start.low),
        end.and_then(|end| end.high),
    );
    match (low, high) {
        (Some(from), Some(to)) if to < from => start,
        _ => Some(DateBounds { low, high }),
    }
}

/// Somewhere among the moments of a timing, else inside its bounds.
pub(crate) fn timing(timing: &Timing<'_>) -> Option<DateBounds> {
    let events = timing.event.iter().filter_map(|event| of(Some(event)));
    let all = events.reduce(|one, next| DateBounds {
        low: one.low.min(next.low),
        high: one.high.max(next.high),
    });
    all.or_else(|| within(timing.repeat.as_ref()?.bounds_period.as_ref()?))
}

/// The start of a period, else on or before its end.
pub(crate) fn start(period: &Period<'_>) -> Option<DateBounds> {
    of(period.start.as_ref()).or_else(|| {
        of(period.end.as_ref()).map(|end| DateBounds {
            low: None,
            high: end.high,
        })
    })
}

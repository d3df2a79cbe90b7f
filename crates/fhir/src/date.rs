//! FHIR partial dates and instants as bounds. The civil date is kept as written; zone offsets are not applied.

use crate::lenient::Text;
use crate::resource::Period;
use waymark_criteria::{Date, DateBounds};

/// A FHIR date, dateTime or instant (R4 2.24.0.1). `None` for anything else.
pub(crate) fn parse(text: &str) -> Option<DateBounds> {
    let day = text.split(['T', 't', ' ']).next().unwrap_or(text);
    // A `/` would be read as a span of two dates, which FHIR does not have.
    if day.contains('/') {
        return None;
    }
    DateBounds::parse(day)
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

/// The start of a period, else on or before its end.
pub(crate) fn start(period: &Period<'_>) -> Option<DateBounds> {
    of(period.start.as_ref()).or_else(|| {
        of(period.end.as_ref()).map(|end| DateBounds {
            low: None,
            high: end.high,
        })
    })
}

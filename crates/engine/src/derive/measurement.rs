//! Measured quantities: the latest value on or before the day.

use super::Deriver;
use super::timeline::{Seen, latest};
use crate::bundle::{FactEntry, FactKind};
use crate::chart::{Event, Measurement};
use crate::facts::{Fact, WhyUnknown};
use waymark_criteria::Bounds;
use waymark_criteria::value::DECIMAL_UNIT;

impl Deriver<'_> {
    /// The latest measurement of a quantity; two different values of one day, or of days that cannot be told apart,
    /// are a conflict.
    pub(super) fn measurement(&self, entry: &FactEntry, quantity: &str, times_limit: bool) -> Fact {
        let found: Vec<(Seen<'_>, &Measurement)> = self
            .timeline
            .each(|event| match event {
                Event::Measurement(found) if found.quantity == quantity => Some(found),
                _ => None,
            })
            .collect();
        let last = latest(&found, |(seen, _)| seen.date);
        let from = last.iter().map(|(seen, _)| seen.provenance()).collect();
        let open = Fact::bounds(Bounds::UNKNOWN, from);
        let Some((_, first)) = last.first() else {
            return open;
        };
        let same = last.iter().all(|(_, other)| {
            other.value == first.value && (!times_limit || other.upper_limit == first.upper_limit)
        });
        if !same {
            let may_be_later = last.iter().any(|(seen, _)| !seen.certain);
            return open.because(if may_be_later {
                WhyUnknown::Unresolved
            } else {
                WhyUnknown::Conflict
            });
        }
        if last.iter().all(|(seen, _)| !seen.certain) {
            return open.because(WhyUnknown::Unresolved);
        }
        let value = if times_limit {
            let Some(limit) = first.upper_limit.filter(|limit| *limit > 0) else {
                return open
                    .because(WhyUnknown::Unresolved)
                    .inferred("measured, but no upper limit of normal was reported with it");
            };
            multiple(first.value, limit)
        } else {
            first.value
        };
        let value = if entry.ty == FactKind::Integer {
            whole(value)
        } else {
            value
        };
        let fact = Fact {
            why_unknown: None,
            ..Fact::bounds(value, open.from)
        };
        let fact = if value.as_exact().is_some() {
            fact
        } else {
            fact.because(WhyUnknown::Unresolved)
        };
        if last.iter().all(|(seen, _)| seen.undated()) {
            fact.inferred("the measurement is undated")
        } else {
            fact
        }
    }
}

/// A value as a multiple of a limit, in hundred-millionths. A quotient with more than eight places is rounded up:
/// labels ask for "no more than so many times the upper limit", and rounding must not help to meet that.
fn multiple(value: Bounds, limit: i64) -> Bounds {
    let scaled = |end: i64, up: bool| {
        let exact = i128::from(end) * i128::from(DECIMAL_UNIT);
        let (quotient, rest) = (
            exact.div_euclid(i128::from(limit)),
            exact.rem_euclid(i128::from(limit)),
        );
        i64::try_from(quotient + i128::from(up && rest != 0)).ok()
    };
    Bounds {
        low: value
            .low
            .and_then(|end| scaled(end, value.as_exact().is_some())),
        high: value.high.and_then(|end| scaled(end, true)),
    }
}

/// A decimal as the whole numbers inside its bounds.
fn whole(value: Bounds) -> Bounds {
    Bounds {
        low: value
            .low
            .map(|end| end.div_euclid(DECIMAL_UNIT) + i64::from(end.rem_euclid(DECIMAL_UNIT) != 0)),
        high: value.high.map(|end| end.div_euclid(DECIMAL_UNIT)),
    }
}

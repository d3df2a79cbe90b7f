//! Measured quantities: the latest value on or before the day.

use super::therapies::Course;
use super::timeline::{Seen, latest};
use super::{Deriver, is_unknown};
use crate::bundle::{Derivation, FactEntry, FactKind};
use crate::chart::{Event, Measurement};
use crate::facts::{Fact, FactValue, WhyUnknown};
use waymark_criteria::value::DECIMAL_UNIT;
use waymark_criteria::{Bounds, Truth, Value};

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

impl Deriver<'_> {
    /// The latest measurement on or before the first dose of the medicines of a class that are under way. Where they
    /// began on different days, were held and taken up again, or dates do not tell which measurement was before, every
    /// value that may be it.
    pub(super) fn baseline(&self, quantity: &str, drug: &str) -> Fact {
        let found: Vec<(Seen<'_>, &Measurement)> = self
            .timeline
            .each(|event| match event {
                Event::Measurement(found) if found.quantity == quantity => Some(found),
                _ => None,
            })
            .filter(|(seen, _)| seen.certain && !seen.undated())
            .collect();
        let mut from = Vec::new();
        let mut value: Option<Bounds> = None;
        let advanced = self.advanced();
        let ours = |course: &&Course<'_>| course.certain && course.is_in(drug) == Truth::True;
        let under_way: Vec<&Course<'_>> = self
            .courses
            .iter()
            .filter(ours)
            .filter(|course| !course.ended)
            .collect();
        // Held and taken up again, with nothing of the class in between: it was begun before the pause.
        let resumed = |earlier: &&Course<'_>| {
            under_way.iter().any(|now| {
                let between = |other: &Course<'_>| {
                    other.is_in(drug) != Truth::False
                        && other.ingredients.is_disjoint(&now.ingredients)
                        && earlier.start.on_or_before(other.start) == Truth::True
                        && other.start.before(now.start) == Truth::True
                };
                earlier.ended
                    && earlier.ingredients == now.ingredients
                    && earlier.end.before(now.start) == Truth::True
                    && self.phase(earlier, &advanced) == self.phase(now, &advanced)
                    && !self.courses.iter().any(between)
            })
        };
        let begun = self.courses.iter().filter(ours).filter(resumed);
        for course in begun.chain(under_way.iter().copied()) {
            let begun = |(seen, _): &(Seen<'_>, &Measurement)| seen.date.on_or_before(course.start);
            let (surely, maybe): (Vec<_>, Vec<_>) = found
                .iter()
                .copied()
                .filter(|found| begun(found) != Truth::False)
                .partition(|found| begun(found) == Truth::True);
            let last = latest(&surely, |(seen, _)| seen.date);
            if last.is_empty() {
                let none = Fact::bounds(Bounds::UNKNOWN, course.from.clone());
                return none.inferred("nothing on record was surely measured before it began");
            }
            for (seen, measured) in last.into_iter().chain(&maybe) {
                from.push(seen.provenance());
                value = Some(value.map_or(measured.value, |value| around(value, measured.value)));
            }
            from.extend(course.from.clone());
        }
        unresolved_unless_exact(Fact::bounds(value.unwrap_or(Bounds::UNKNOWN), from))
    }

    /// By how much the latest measurement lies below the baseline; negative when it lies above; unknown while nothing has
    /// been measured since.
    pub(super) fn fall(&self, quantity: &str, drug: &str) -> Fact {
        let is_baseline = |rule: &Derivation| matches!(rule, Derivation::MeasurementBaseline { quantity: of, drug: on } if of == quantity && on == drug);
        let is_latest = |rule: &Derivation| matches!(rule, Derivation::Measurement { quantity: of, times_upper_limit: false } if of == quantity);
        let baseline = self
            .fact_by(is_baseline)
            .unwrap_or_else(|| self.baseline(quantity, drug));
        let none = || Fact::bounds(Bounds::UNKNOWN, Vec::new());
        let Some(latest) = self.fact_by(is_latest) else {
            return none();
        };
        // The measurement before the start says nothing of what came after it.
        let none_since = latest.from.iter().any(|it| baseline.from.contains(it));
        if is_unknown(&baseline) || is_unknown(&latest) || none_since {
            return none();
        }
        let (before, now) = (bounds(&baseline), bounds(&latest));
        let less = |one: Option<i64>, other: Option<i64>| one?.checked_sub(other?);
        let fall = Bounds {
            low: less(before.low, now.high),
            high: less(before.high, now.low),
        };
        unresolved_unless_exact(Fact::bounds(fall, [baseline.from, latest.from].concat()))
    }
}

fn unresolved_unless_exact(fact: Fact) -> Fact {
    if fact.why_unknown.is_some() && !fact.from.is_empty() {
        fact.because(WhyUnknown::Unresolved)
    } else {
        fact
    }
}

fn bounds(fact: &Fact) -> Bounds {
    match fact.value {
        FactValue::Value(Value::Bounds(bounds)) => bounds,
        FactValue::Value(Value::Truth(_)) | FactValue::Word(_) => Bounds::UNKNOWN,
    }
}

/// The bounds around both.
fn around(one: Bounds, other: Bounds) -> Bounds {
    Bounds {
        low: one.low.zip(other.low).map(|(one, other)| one.min(other)),
        high: one.high.zip(other.high).map(|(one, other)| one.max(other)),
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

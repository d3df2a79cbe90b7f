//! Atoms: tests of facts below the logic.

use crate::{Bounds, Date, DateBounds, FactIndex, Truth, Value, Values};
use waymark_packed::Packed;

/// A test of facts. Atoms that mean the same are one atom.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub(crate) enum Atom {
    /// A constant.
    Constant(Truth),
    /// A boolean fact.
    Fact(FactIndex),
    /// A comparison of two ordered values of the same type.
    Compare(Operand, Comparison, Operand),
}

/// How two ordered values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

/// One side of a comparison: a constant, or a fact moved by constant steps.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub(crate) enum Operand {
    Constant(Bounds),
    /// The steps apply in order: months do not commute with days.
    Fact(FactIndex, Vec<Step>),
}

/// A constant distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub(crate) enum Step {
    /// In the unit of the fact; days for a date.
    Units(i64),
    /// Months of the calendar.
    Months(i64),
}

impl Comparison {
    /// The comparison that says the same with its sides exchanged.
    pub(crate) fn mirrored(self) -> Self {
        match self {
            Comparison::Equal => Comparison::Equal,
            Comparison::NotEqual => Comparison::NotEqual,
            Comparison::Less => Comparison::Greater,
            Comparison::AtMost => Comparison::AtLeast,
            Comparison::Greater => Comparison::Less,
            Comparison::AtLeast => Comparison::AtMost,
        }
    }

    pub(crate) fn decide(self, left: Bounds, right: Bounds) -> Truth {
        match self {
            Comparison::Equal => left.equal(right),
            Comparison::NotEqual => !left.equal(right),
            Comparison::Less => left.less(right),
            Comparison::AtMost => left.at_most(right),
            Comparison::Greater => right.less(left),
            Comparison::AtLeast => right.at_most(left),
        }
    }
}

impl Step {
    /// Moves both ends; `None` when an end leaves the range of its type.
    pub(crate) fn apply(self, bounds: Bounds) -> Option<Bounds> {
        let end = |end: Option<i64>| match end {
            Some(end) => self.apply_to(end).map(Some),
            None => Some(None),
        };
        Some(Bounds {
            low: end(bounds.low)?,
            high: end(bounds.high)?,
        })
    }

    /// Moves a value; `None` when it leaves the range of its type.
    pub(crate) fn apply_to(self, value: i64) -> Option<i64> {
        match self {
            Step::Units(units) => value.checked_add(units),
            Step::Months(months) => {
                let moved = Date::from_days(value).add_months(months);
                let clamped = moved == Date::MIN || moved == Date::MAX;
                (!clamped).then(|| moved.to_days())
            }
        }
    }

    /// Whether a value that leaves the range of its type leaves it at the lower end.
    pub(crate) fn leaves_low(self, value: i64) -> bool {
        match self {
            Step::Units(units) => units < 0,
            Step::Months(months) => Date::from_days(value).add_months(months) == Date::MIN,
        }
    }
}

impl Operand {
    pub(crate) fn fact(&self) -> Option<FactIndex> {
        match self {
            Operand::Constant(_) => None,
            Operand::Fact(fact, _) => Some(*fact),
        }
    }

    /// The bounds of this side; unknown where arithmetic leaves the range of the type.
    fn bounds(&self, value: &impl Fn(FactIndex) -> Value) -> Bounds {
        match self {
            Operand::Constant(bounds) => *bounds,
            Operand::Fact(fact, steps) => steps
                .iter()
                .try_fold(value(*fact).bounds(), |bounds, step| step.apply(bounds))
                .unwrap_or(Bounds::UNKNOWN),
        }
    }
}

impl Atom {
    pub(crate) fn decide(&self, values: &Values) -> Truth {
        self.decide_by(|fact| values.get(fact))
    }

    /// The truth where the facts have the values that a function gives.
    pub(crate) fn decide_by(&self, value: impl Fn(FactIndex) -> Value) -> Truth {
        match self {
            Atom::Constant(truth) => *truth,
            Atom::Fact(fact) => value(*fact).truth(),
            Atom::Compare(left, comparison, right) => {
                comparison.decide(left.bounds(&value), right.bounds(&value))
            }
        }
    }

    /// The facts that the atom reads, in order of appearance.
    pub(crate) fn facts(&self) -> impl Iterator<Item = FactIndex> {
        let facts = match self {
            Atom::Constant(_) => [None, None],
            Atom::Fact(fact) => [Some(*fact), None],
            Atom::Compare(left, _, right) => [left.fact(), right.fact()],
        };
        facts.into_iter().flatten()
    }

    /// The values of the fact at which the answer can change, where the other side is a constant.
    pub(crate) fn thresholds(&self, fact: FactIndex) -> Vec<i64> {
        self.cuts(fact, |other| match other {
            Operand::Constant(bounds) => Some(*bounds),
            Operand::Fact(..) => None,
        })
    }

    /// The values of the fact at which the answer can change while all other facts have these values.
    pub(crate) fn thresholds_beside(&self, fact: FactIndex, values: &Values) -> Vec<i64> {
        self.cuts(fact, |other| Some(other.bounds(&|fact| values.get(fact))))
    }

    fn cuts(&self, fact: FactIndex, known: impl Fn(&Operand) -> Option<Bounds>) -> Vec<i64> {
        let Atom::Compare(left, _, right) = self else {
            return Vec::new();
        };
        [(left, right), (right, left)]
            .into_iter()
            .filter_map(|(side, other)| match side {
                Operand::Fact(found, steps) if *found == fact => Some((steps, known(other)?)),
                Operand::Fact(..) | Operand::Constant(_) => None,
            })
            .flat_map(|(steps, bounds)| {
                let ends = [bounds.low, bounds.high].into_iter().flatten();
                ends.flat_map(|end| undo(steps, end)).collect::<Vec<i64>>()
            })
            .collect()
    }
}

/// The first and the last value that the steps bring to `target`; where none is brought there exactly
/// (a day that a shorter month lacks), the last value brought below it.
fn undo(steps: &[Step], target: i64) -> Vec<i64> {
    let mut reached = vec![target];
    for step in steps.iter().rev() {
        reached = match step {
            Step::Units(units) => reached
                .iter()
                .filter_map(|value| value.checked_sub(*units))
                .collect(),
            Step::Months(months) => reached
                .iter()
                .flat_map(|value| undo_months(*value, *months))
                .collect(),
        };
    }
    reached
}

fn undo_months(target: i64, months: i64) -> Vec<i64> {
    let back = Date::from_days(target).add_months(months.saturating_neg());
    let reaches = |days: i64| Date::from_days(days).add_months(months).to_days() == target;
    // At most three more days (29 to 31) share the end of a shorter month.
    let last = (1..=3)
        .map(|days| back.to_days() + days)
        .filter(|days| reaches(*days))
        .max();
    std::iter::once(back.to_days()).chain(last).collect()
}

/// The bounds of a date literal or an in-force date, in days.
pub(crate) fn constant_date(date: DateBounds) -> Operand {
    Operand::Constant(date.in_days())
}

//! Comparisons of one fact with constants, as the values at which they change: arithmetic is undone once, so that
//! many lanes are compared with plain numbers.

use crate::atom::{Atom, Comparison, Operand, Step};
use crate::{Bounds, FactIndex, Truth};

/// A comparison of a fact with a constant, or its negation.
///
/// Both limits are compared with the fact as it is, before any arithmetic of the criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cut {
    pub(crate) fact: FactIndex,
    pub(crate) shape: Shape,
    /// The upper end is compared with this one to see whether the fact surely lies below.
    pub(crate) below: Limit,
    /// The lower end is compared with this one to see whether the fact surely lies at or above.
    pub(crate) reaches: Limit,
    /// The least and the greatest value with which the arithmetic stays in the range of its type; `None`: all do.
    pub(crate) domain: Option<(i64, i64)>,
}

/// What the two limits decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    /// True below, else false from the other limit on.
    Below,
    /// True from the one limit on, else false below the other.
    Reaches,
    /// False below and from the other limit on, else true where both ends lie between them.
    Between,
    /// As `Between`, and never true: the constant is no single value.
    Outside,
}

/// The least value that counts as reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Limit {
    /// The constant has no such end: nothing is decided by it.
    Open,
    /// This value and all above.
    At(i64),
    /// No value reaches it.
    Beyond,
}

impl Limit {
    fn above(self, end: Option<i64>) -> bool {
        end.is_some_and(|end| match self {
            Limit::Open => false,
            Limit::At(limit) => end < limit,
            Limit::Beyond => true,
        })
    }

    fn reached(self, end: Option<i64>) -> bool {
        end.is_some_and(|end| match self {
            Limit::Open | Limit::Beyond => false,
            Limit::At(limit) => end >= limit,
        })
    }
}

impl Cut {
    /// The cut of an atom, and whether the atom is its negation; `None` when the atom is no comparison of one fact
    /// with a constant.
    pub(crate) fn of(atom: &Atom) -> Option<(Cut, bool)> {
        use Comparison::{AtLeast, AtMost, Equal, Greater, Less, NotEqual};
        let Atom::Compare(left, comparison, right) = atom else {
            return None;
        };
        let (fact, steps, constant, comparison) = match (left, right) {
            (Operand::Fact(fact, steps), Operand::Constant(constant)) => {
                (*fact, steps, *constant, *comparison)
            }
            (Operand::Constant(constant), Operand::Fact(fact, steps)) => {
                (*fact, steps, *constant, comparison.mirrored())
            }
            (Operand::Fact(..), Operand::Fact(..))
            | (Operand::Constant(_), Operand::Constant(_)) => return None,
        };
        let at = |end| least(steps, end, |moved, end| moved >= end);
        let after = |end| least(steps, end, |moved, end| moved > end);
        let exact = constant.as_exact().is_some();
        let (shape, below, reaches, negated) = match comparison {
            Less => (Shape::Below, at(constant.low), at(constant.high), false),
            AtLeast => (Shape::Below, at(constant.low), at(constant.high), true),
            Greater => (
                Shape::Reaches,
                after(constant.low),
                after(constant.high),
                false,
            ),
            AtMost => (
                Shape::Reaches,
                after(constant.low),
                after(constant.high),
                true,
            ),
            Equal | NotEqual => {
                let shape = if exact {
                    Shape::Between
                } else {
                    Shape::Outside
                };
                let negated = comparison == NotEqual;
                (shape, at(constant.low), after(constant.high), negated)
            }
        };
        let domain = domain(steps);
        let cut = Cut {
            fact,
            shape,
            below,
            reaches,
            domain,
        };
        Some((cut, negated))
    }

    /// The truth for one value.
    pub(crate) fn decide(&self, bounds: Bounds) -> Truth {
        let Bounds { low, high } = bounds;
        if let Some((least, greatest)) = self.domain {
            let mut ends = [low, high].into_iter().flatten();
            if !ends.all(|end| (least..=greatest).contains(&end)) {
                return Truth::Unknown;
            }
        }
        let below = self.below.above(high);
        let reaches = self.reaches.reached(low);
        let (holds, fails) = match self.shape {
            Shape::Below => (below, reaches && !below),
            Shape::Reaches => (reaches, below && !reaches),
            Shape::Between => {
                let inside = self.below.reached(low) && self.reaches.above(high);
                (inside && !below && !reaches, below || reaches)
            }
            Shape::Outside => (false, below || reaches),
        };
        match (holds, fails) {
            (true, _) => Truth::True,
            (false, true) => Truth::False,
            (false, false) => Truth::Unknown,
        }
    }
}

/// A value after arithmetic, ordered as the values before it are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Moved {
    TooLow,
    To(i64),
    TooHigh,
}

fn moved(steps: &[Step], value: i64) -> Moved {
    steps.iter().fold(Moved::To(value), |moved, step| {
        let Moved::To(value) = moved else {
            return moved;
        };
        match step.apply_to(value) {
            Some(value) => Moved::To(value),
            None if step.leaves_low(value) => Moved::TooLow,
            None => Moved::TooHigh,
        }
    })
}

/// The least value that, moved, holds; every step keeps the order of values, so that all above it hold too.
fn least(steps: &[Step], end: Option<i64>, holds: impl Fn(Moved, Moved) -> bool) -> Limit {
    let Some(end) = end else {
        return Limit::Open;
    };
    first(|value| holds(moved(steps, value), Moved::To(end))).map_or(Limit::Beyond, Limit::At)
}

/// The least value for which a test holds that holds for all greater ones too.
fn first(holds: impl Fn(i64) -> bool) -> Option<i64> {
    if !holds(i64::MAX) {
        return None;
    }
    let (mut low, mut high) = (i64::MIN, i64::MAX);
    while low < high {
        // Rounded down, so that it stays below `high`.
        let middle = (low & high) + ((low ^ high) >> 1);
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(low)
}

fn domain(steps: &[Step]) -> Option<(i64, i64)> {
    let least = first(|value| moved(steps, value) > Moved::TooLow);
    let beyond = first(|value| moved(steps, value) == Moved::TooHigh);
    match (least, beyond) {
        (Some(i64::MIN), None) => None,
        (Some(least), None) => Some((least, i64::MAX)),
        // An empty domain where the first value is too high already.
        (Some(least), Some(beyond)) => match beyond.checked_sub(1) {
            Some(greatest) => Some((least, greatest)),
            None => Some((i64::MAX, i64::MIN)),
        },
        (None, _) => Some((i64::MAX, i64::MIN)),
    }
}

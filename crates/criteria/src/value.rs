//! Values of facts: a truth, or bounds on an ordered quantity.

use crate::schema::{FactIndex, FactType, Schema};
use crate::truth::Truth;
use waymark_packed::Packed;

/// An ordered value known only to lie between two ends, both included; an open end is `None`.
///
/// The unit depends on the fact's type: an integer counts itself, a decimal counts hundred-millionths
/// (CQL decimals have eight places), a date counts days since 0001-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Packed)]
pub struct Bounds {
    /// The least possible value.
    pub low: Option<i64>,
    /// The greatest possible value.
    pub high: Option<i64>,
}

/// One unit of a decimal fact, in hundred-millionths.
pub const DECIMAL_UNIT: i64 = 100_000_000;

impl Bounds {
    /// Nothing is known.
    pub const UNKNOWN: Bounds = Bounds {
        low: None,
        high: None,
    };

    /// A value that is known exactly.
    #[must_use]
    pub fn exact(value: i64) -> Self {
        Bounds {
            low: Some(value),
            high: Some(value),
        }
    }

    /// At least `low`.
    #[must_use]
    pub fn at_or_above(low: i64) -> Self {
        Bounds {
            low: Some(low),
            high: None,
        }
    }

    /// What lies inside both; `None` when nothing does.
    #[must_use]
    pub fn overlap(self, other: Bounds) -> Option<Bounds> {
        let low = self.low.max(other.low);
        let high = match (self.high, other.high) {
            (Some(mine), Some(theirs)) => Some(mine.min(theirs)),
            (mine, theirs) => mine.or(theirs),
        };
        let ordered = low.zip(high).is_none_or(|(low, high)| low <= high);
        ordered.then_some(Bounds { low, high })
    }

    /// The value, when it is known exactly.
    #[must_use]
    pub fn as_exact(self) -> Option<i64> {
        if self.low == self.high {
            self.low
        } else {
            None
        }
    }

    /// `self < other`, decided when every value inside the bounds agrees.
    #[must_use]
    pub fn less(self, other: Bounds) -> Truth {
        let surely = self
            .high
            .zip(other.low)
            .is_some_and(|(mine, theirs)| mine < theirs);
        let never = self
            .low
            .zip(other.high)
            .is_some_and(|(mine, theirs)| mine >= theirs);
        match (surely, never) {
            (true, _) => Truth::True,
            (false, true) => Truth::False,
            (false, false) => Truth::Unknown,
        }
    }

    /// `self <= other`, decided when every value inside the bounds agrees.
    #[must_use]
    pub fn at_most(self, other: Bounds) -> Truth {
        !other.less(self)
    }

    /// `self = other`, decided when every value inside the bounds agrees.
    #[must_use]
    pub fn equal(self, other: Bounds) -> Truth {
        if self.less(other) == Truth::True || other.less(self) == Truth::True {
            return Truth::False;
        }
        match (self.as_exact(), other.as_exact()) {
            (Some(mine), Some(theirs)) => Truth::decided(mine == theirs),
            (Some(_) | None, None) | (None, Some(_)) => Truth::Unknown,
        }
    }
}

/// The value of one fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Of a boolean fact.
    Truth(Truth),
    /// Of an integer, decimal or date fact.
    Bounds(Bounds),
}

impl Value {
    /// The unknown value of a type; a worded fact never reaches a criterion and counts as an unknown truth.
    #[must_use]
    pub fn unknown(ty: FactType) -> Self {
        match ty {
            FactType::Boolean | FactType::Word => Value::Truth(Truth::Unknown),
            FactType::Integer | FactType::Decimal | FactType::Date => {
                Value::Bounds(Bounds::UNKNOWN)
            }
        }
    }

    /// The truth, or `Unknown` for an ordered value.
    #[must_use]
    pub fn truth(self) -> Truth {
        match self {
            Value::Truth(truth) => truth,
            Value::Bounds(_) => Truth::Unknown,
        }
    }

    /// The bounds, or open ones for a truth.
    #[must_use]
    pub fn bounds(self) -> Bounds {
        match self {
            Value::Bounds(bounds) => bounds,
            Value::Truth(_) => Bounds::UNKNOWN,
        }
    }

    /// Whether nothing is left open: a decided truth or a single point.
    #[must_use]
    pub fn is_settled(self) -> bool {
        match self {
            Value::Truth(truth) => truth.is_known(),
            Value::Bounds(bounds) => bounds.as_exact().is_some(),
        }
    }
}

/// One value for each fact of a schema, in the schema's order.
#[derive(Debug, PartialEq, Eq)]
pub struct Values(Vec<Value>);

impl Clone for Values {
    fn clone(&self) -> Self {
        Values(self.0.clone())
    }

    /// Takes no new memory.
    fn clone_from(&mut self, source: &Self) {
        self.0.clone_from(&source.0);
    }
}

impl Values {
    /// Every fact unknown.
    #[must_use]
    pub fn unknown(schema: &Schema) -> Self {
        Values(
            schema
                .facts()
                .iter()
                .map(|fact| Value::unknown(fact.ty))
                .collect(),
        )
    }

    /// The value of a fact.
    ///
    /// # Panics
    /// Never for an index that came from the schema these values were made for.
    #[must_use]
    pub fn get(&self, fact: FactIndex) -> Value {
        self.0[fact.position()]
    }

    /// Every fact with its value, in the schema's order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (FactIndex, Value)> {
        FactIndex::first(self.0.len()).zip(self.0.iter().copied())
    }

    /// Replaces the value of a fact.
    pub fn set(&mut self, fact: FactIndex, value: Value) {
        self.0[fact.position()] = value;
    }
}

#[cfg(test)]
mod tests {
    use super::Bounds;

    fn span(low: impl Into<Option<i64>>, high: impl Into<Option<i64>>) -> Bounds {
        Bounds {
            low: low.into(),
            high: high.into(),
        }
    }

    #[test]
    fn what_lies_inside_both() {
        for (one, other, both) in [
            (span(1, 3), span(2, 5), Some(span(2, 3))),
            (span(1, 2), span(2, 5), Some(span(2, 2))),
            (span(1, 2), span(3, 5), None),
            (span(None, 2), span(1, None), Some(span(1, 2))),
            (span(None, 2), span(None, 4), Some(span(None, 2))),
            (span(2, None), span(4, None), Some(span(4, None))),
            (Bounds::UNKNOWN, span(1, 2), Some(span(1, 2))),
            (Bounds::UNKNOWN, Bounds::UNKNOWN, Some(Bounds::UNKNOWN)),
        ] {
            assert_eq!(one.overlap(other), both, "{one:?} {other:?}");
            assert_eq!(other.overlap(one), both, "{other:?} {one:?}");
        }
    }
}

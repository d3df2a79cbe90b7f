//! Facts as of a day: one value for each fact of the schema, with the records it rests on.

use crate::chart::{Completeness, Source};
use std::sync::Arc;
use waymark_criteria::{Bounds, Date, DateBounds, FactIndex, Truth, Value, Values};

/// All facts of one person as of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The day.
    pub as_of: Date,
    /// What a silence of the record was taken to mean.
    pub record: Completeness,
    /// One per fact of the bundle, in the schema's order.
    pub facts: Vec<Fact>,
}

/// The value of one fact, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The value.
    pub value: FactValue,
    /// Why it is not (fully) known.
    pub why_unknown: Option<WhyUnknown>,
    /// How it was concluded, when the record does not say it in so many words.
    pub inferred: Option<String>,
    /// The records it rests on.
    pub from: Vec<Provenance>,
}

/// The value of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactValue {
    /// A value that criteria read: a truth or bounds.
    Value(Value),
    /// A word that summarises other facts; `None` is unknown.
    Word(Option<String>),
}

/// Why a fact is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyUnknown {
    /// No record says it.
    NotRecorded,
    /// Records contradict one another.
    Conflict,
    /// A test was done and leaves it open, or a date is not precise enough.
    Unresolved,
    /// The only records are later than the day asked for.
    AfterAsOf,
}

/// A record behind a fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Provenance {
    /// When.
    pub date: DateBounds,
    /// Where and what.
    pub source: Arc<Source>,
}

impl Fact {
    /// A boolean fact.
    #[must_use]
    pub fn truth(truth: Truth, from: Vec<Provenance>) -> Self {
        Fact::of(Value::Truth(truth), from)
    }

    /// An ordered fact.
    #[must_use]
    pub fn bounds(bounds: Bounds, from: Vec<Provenance>) -> Self {
        Fact::of(Value::Bounds(bounds), from)
    }

    /// A worded fact.
    #[must_use]
    pub fn word(word: Option<String>, from: Vec<Provenance>) -> Self {
        let why_unknown = word.is_none().then_some(WhyUnknown::NotRecorded);
        Fact {
            value: FactValue::Word(word),
            why_unknown,
            inferred: None,
            from,
        }
    }

    fn of(value: Value, from: Vec<Provenance>) -> Self {
        let why_unknown = (!value.is_settled()).then_some(WhyUnknown::NotRecorded);
        Fact {
            value: FactValue::Value(value),
            why_unknown,
            inferred: None,
            from,
        }
    }

    /// The bounds of an ordered fact.
    #[must_use]
    pub fn bounds_of(&self) -> Option<Bounds> {
        match &self.value {
            FactValue::Value(Value::Bounds(bounds)) => Some(*bounds),
            FactValue::Value(Value::Truth(_)) | FactValue::Word(_) => None,
        }
    }

    /// With a reason for not being (fully) known.
    #[must_use]
    pub fn because(self, why: WhyUnknown) -> Self {
        Fact {
            why_unknown: Some(why),
            ..self
        }
    }

    /// With the way it was concluded.
    #[must_use]
    pub fn inferred(self, how: impl Into<String>) -> Self {
        Fact {
            inferred: Some(how.into()),
            ..self
        }
    }
}

impl Facts {
    /// The fact at an index of the bundle's schema.
    #[must_use]
    pub fn get(&self, fact: FactIndex) -> &Fact {
        &self.facts[fact.position()]
    }

    /// The values that criteria read.
    #[must_use]
    pub fn values(&self, schema: &waymark_criteria::Schema) -> Values {
        let mut values = Values::unknown(schema);
        for index in schema.indices() {
            if let FactValue::Value(value) = self.get(index).value {
                values.set(index, value);
            }
        }
        values
    }
}

//! Expressions without facts, as CQL 1.5 itself defines them: the standard that the language is a subset of.
//!
//! A criterion never comes here: on facts, partial dates are bounds (see [`crate::check`]). This is the part of the
//! standard that the conformance chapters exercise, kept apart so that the departures are seen side by side. Here a
//! date of a month or a year is compared as far as both sides are written, and a duration between such dates is an
//! uncertainty.
//!
//! There is no clock and no request, so that a date with time but without offset has the offset zero, and `Today()`,
//! `Now()` and `TimeOfDay()` are refused. All numbers are exact.

mod aggregate;
mod compare;
mod duration;
mod evaluate;
mod membership;
mod moment;
mod number;
mod quantity;

use crate::{Diagnostic, Truth};
use std::collections::BTreeMap;

pub use evaluate::evaluate;
pub use moment::{Kind, Moment};
pub use number::Decimal;
pub use quantity::Quantity;

#[cfg(test)]
mod tests;

/// A value of CQL. Equality is that of the representation: `1.0` and `1` differ, as do `@2014` and `@2014T`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constant {
    /// Unknown or absent.
    Null,
    /// A truth that is known.
    Boolean(bool),
    /// 32 bits.
    Integer(i32),
    /// 64 bits.
    Long(i64),
    /// 20 digits before and 8 after the point.
    Decimal(Decimal),
    /// Text.
    String(String),
    /// A number with a unit.
    Quantity(Quantity),
    /// Two quantities.
    Ratio(Quantity, Quantity),
    /// A date, a date with time, or a time of day.
    Moment(Moment),
    /// Values in order.
    List(Vec<Constant>),
    /// Values by name.
    Tuple(BTreeMap<String, Constant>),
    /// The values between two ends.
    Interval {
        /// The lower end.
        low: Box<Constant>,
        /// The upper end.
        high: Box<Constant>,
        /// Whether the lower end is included.
        low_closed: bool,
        /// Whether the upper end is included.
        high_closed: bool,
    },
    /// One whole number between two ends, both included: a duration between dates that are not fully written.
    Uncertain {
        /// The least possible value.
        low: i32,
        /// The greatest possible value.
        high: i32,
    },
}

impl Constant {
    /// The name of the type, as in messages.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Constant::Null => "null",
            Constant::Boolean(_) => "Boolean",
            Constant::Integer(_) | Constant::Uncertain { .. } => "Integer",
            Constant::Long(_) => "Long",
            Constant::Decimal(_) => "Decimal",
            Constant::String(_) => "String",
            Constant::Quantity(_) => "Quantity",
            Constant::Ratio(..) => "Ratio",
            Constant::Moment(moment) => moment.kind().word(),
            Constant::List(_) => "List",
            Constant::Tuple(_) => "Tuple",
            Constant::Interval { .. } => "Interval",
        }
    }

    /// The truth that this is; null is unknown.
    fn truth(&self) -> Result<Truth, Diagnostic> {
        match self {
            Constant::Null => Ok(Truth::Unknown),
            Constant::Boolean(value) => Ok(Truth::decided(*value)),
            other => Err(mismatch(format!(
                "a truth is needed, not {}",
                other.type_name()
            ))),
        }
    }
}

/// Unknown is null.
impl From<Truth> for Constant {
    fn from(truth: Truth) -> Self {
        match truth {
            Truth::True => Constant::Boolean(true),
            Truth::False => Constant::Boolean(false),
            Truth::Unknown => Constant::Null,
        }
    }
}

fn mismatch(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("type-mismatch", message)
}

fn no_operator(operator: &str, left: &Constant, right: &Constant) -> Diagnostic {
    let (left, right) = (left.type_name(), right.type_name());
    mismatch(format!("`{operator}` does not join {left} and {right}"))
}

fn unsupported(what: &str) -> Diagnostic {
    Diagnostic::error(
        "unsupported",
        format!("{what} is not evaluated on constants"),
    )
}

fn out_of_range(what: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::error("out-of-range", format!("{what} is out of range"))
}

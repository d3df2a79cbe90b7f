//! `between`, and `in` a list or an interval (CQL 1.5, "In").

use super::compare::{compared, equal};
use super::{Constant, Diagnostic, no_operator};
use crate::Truth;
use crate::syntax::tree::BinaryOp;

/// `value between low and high`.
pub(super) fn between(
    value: &Constant,
    low: &Constant,
    high: &Constant,
    properly: bool,
) -> Result<Truth, Diagnostic> {
    let (above, below) = if properly {
        (BinaryOp::Greater, BinaryOp::Less)
    } else {
        (BinaryOp::AtLeast, BinaryOp::AtMost)
    };
    Ok(compared(above, value, low)?.and(compared(below, value, high)?))
}

/// `value in collection`. A closed end that is null lets everything in, an open one is unknown.
pub(super) fn within(value: &Constant, collection: &Constant) -> Result<Truth, Diagnostic> {
    match collection {
        Constant::Null => Ok(Truth::False),
        Constant::List(items) => {
            let mut any = Truth::False;
            for item in items {
                any = any.or(match (value, item) {
                    (Constant::Null, Constant::Null) => Truth::True,
                    // A null beside a value is no match (CQL 1.5, "In", on lists).
                    (Constant::Null, _) | (_, Constant::Null) => Truth::False,
                    _ => equal(value, item)?,
                });
            }
            Ok(any)
        }
        // Without an end there is no type to have limits: the conformance case TestInNullBoundaries.
        Constant::Interval { low, high, .. }
            if **low == Constant::Null && **high == Constant::Null && *value != Constant::Null =>
        {
            Ok(Truth::False)
        }
        Constant::Interval {
            low,
            high,
            low_closed,
            high_closed,
        } => {
            let end = |end: &Constant, closed: bool, with: BinaryOp, without: BinaryOp| {
                if value == &Constant::Null {
                    Ok(Truth::Unknown)
                } else if end == &Constant::Null && closed {
                    Ok(Truth::True)
                } else {
                    compared(if closed { with } else { without }, value, end)
                }
            };
            Ok(
                end(low, *low_closed, BinaryOp::AtLeast, BinaryOp::Greater)?.and(end(
                    high,
                    *high_closed,
                    BinaryOp::AtMost,
                    BinaryOp::Less,
                )?),
            )
        }
        other => Err(no_operator("in", value, other)),
    }
}

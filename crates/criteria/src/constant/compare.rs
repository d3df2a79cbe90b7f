//! Equality, equivalence and order (CQL 1.5, "Comparison Operators").

use super::number::{Pair, decimal, pair, range};
use super::{Constant, Diagnostic, Quantity, mismatch, no_operator, unsupported};
use crate::syntax::tree::BinaryOp;
use crate::{Bounds, Truth};
use std::cmp::Ordering;

/// `=`: unknown when a side is null, or is not written as far as the other.
pub(super) fn equal(left: &Constant, right: &Constant) -> Result<Truth, Diagnostic> {
    match (left, right) {
        (Constant::Null, _) | (_, Constant::Null) => Ok(Truth::Unknown),
        (Constant::Boolean(left), Constant::Boolean(right)) => Ok(Truth::decided(left == right)),
        (Constant::Ratio(above, below), Constant::Ratio(other_above, other_below)) => {
            let same = |left: &Quantity, right: &Quantity| {
                Truth::maybe(left.order(right).map(Ordering::is_eq))
            };
            Ok(same(above, other_above).and(same(below, other_below)))
        }
        (Constant::List(left), Constant::List(right)) => {
            if left.len() != right.len() {
                return Ok(Truth::False);
            }
            all_equal(left.iter().zip(right))
        }
        (Constant::Tuple(left), Constant::Tuple(right)) => {
            if !left.keys().eq(right.keys()) {
                return Err(mismatch("tuples with other elements do not compare"));
            }
            all_equal(left.values().zip(right.values()))
        }
        _ => compared(BinaryOp::Equal, left, right),
    }
}

/// Elements that are both null are equal.
fn all_equal<'c>(
    pairs: impl Iterator<Item = (&'c Constant, &'c Constant)>,
) -> Result<Truth, Diagnostic> {
    let mut all = Truth::True;
    for (left, right) in pairs {
        if (left, right) != (&Constant::Null, &Constant::Null) {
            all = all.and(equal(left, right)?);
        }
    }
    Ok(all)
}

/// `=`, `<`, `<=`, `>` and `>=` on values that have an order.
pub(super) fn compared(
    op: BinaryOp,
    left: &Constant,
    right: &Constant,
) -> Result<Truth, Diagnostic> {
    if let (Some(left), Some(right)) = (range(left), range(right)) {
        return Ok(bounds(op, exactly(left), exactly(right)));
    }
    Ok(match order(op.word(), left, right)? {
        Some(order) => Truth::decided(match op {
            BinaryOp::Equal => order.is_eq(),
            BinaryOp::Less => order.is_lt(),
            BinaryOp::AtMost => order.is_le(),
            BinaryOp::Greater => order.is_gt(),
            BinaryOp::AtLeast => order.is_ge(),
            other => return Err(unsupported(&format!("`{}`", other.word()))),
        }),
        None => Truth::Unknown,
    })
}

fn exactly((low, high): (i64, i64)) -> Bounds {
    Bounds {
        low: Some(low),
        high: Some(high),
    }
}

fn bounds(op: BinaryOp, left: Bounds, right: Bounds) -> Truth {
    match op {
        BinaryOp::Less => left.less(right),
        BinaryOp::AtMost => left.at_most(right),
        BinaryOp::Greater => right.less(left),
        BinaryOp::AtLeast => right.at_most(left),
        _ => left.equal(right),
    }
}

/// Less, equal or greater; nothing when it is not known.
fn order(
    operator: &str,
    left: &Constant,
    right: &Constant,
) -> Result<Option<Ordering>, Diagnostic> {
    Ok(match (left, right) {
        (Constant::Null, _) | (_, Constant::Null) => None,
        (Constant::String(left), Constant::String(right)) => Some(left.cmp(right)),
        (Constant::Moment(left), Constant::Moment(right)) => left.order(right, None)?,
        _ => match (pair(left, right), as_quantity(left), as_quantity(right)) {
            (Some(Pair::Integer(left, right)), ..) => Some(left.cmp(&right)),
            (Some(Pair::Long(left, right)), ..) => Some(left.cmp(&right)),
            (Some(Pair::Decimal(left, right)), ..) => Some(left.cmp(&right)),
            (None, Some(left), Some(right)) => left.order(&right),
            _ => return Err(no_operator(operator, left, right)),
        },
    })
}

/// A quantity, or a number that is one by implicit conversion.
fn as_quantity(value: &Constant) -> Option<Quantity> {
    match value {
        Constant::Quantity(quantity) => Some(quantity.clone()),
        other => decimal(other).map(Quantity::from_number),
    }
}

/// `~`: true or false, never unknown.
pub(super) fn equivalent(left: &Constant, right: &Constant) -> Result<bool, Diagnostic> {
    Ok(match (left, right) {
        (Constant::Null, Constant::Null) => true,
        (Constant::Null, _) | (_, Constant::Null) => false,
        (Constant::String(left), Constant::String(right)) => folded(left) == folded(right),
        (Constant::Ratio(above, below), Constant::Ratio(other_above, other_below)) => {
            same_ratio(above, below, other_above, other_below)?
        }
        (Constant::List(left), Constant::List(right)) => {
            left.len() == right.len() && all_equivalent(left.iter().zip(right))?
        }
        (Constant::Tuple(left), Constant::Tuple(right)) => {
            if !left.keys().eq(right.keys()) {
                return Err(mismatch("tuples with other elements do not compare"));
            }
            all_equivalent(left.values().zip(right.values()))?
        }
        (Constant::Uncertain { .. }, _) | (_, Constant::Uncertain { .. }) => {
            return Err(unsupported("`~` on an uncertainty"));
        }
        _ => match (pair(left, right), as_quantity(left), as_quantity(right)) {
            (Some(Pair::Decimal(left, right)), ..) => left.equivalent(right),
            (None, Some(left), Some(right)) => left.equivalent(&right),
            _ => equal(left, right)? == Truth::True,
        },
    })
}

fn all_equivalent<'c>(
    pairs: impl Iterator<Item = (&'c Constant, &'c Constant)>,
) -> Result<bool, Diagnostic> {
    let mut all = true;
    for (left, right) in pairs {
        all &= equivalent(left, right)?;
    }
    Ok(all)
}

/// Without case, and with every white space as one kind.
fn folded(text: &str) -> String {
    let spaced = text
        .chars()
        .map(|char| if char.is_whitespace() { ' ' } else { char });
    spaced.flat_map(char::to_lowercase).collect()
}

/// 1 : 2 is 2 : 4. Between ratios in other units it is not evaluated.
fn same_ratio(
    above: &Quantity,
    below: &Quantity,
    other_above: &Quantity,
    other_below: &Quantity,
) -> Result<bool, Diagnostic> {
    if above.unit != other_above.unit || below.unit != other_below.unit {
        return Err(unsupported("`~` between ratios in other units"));
    }
    let product =
        |left: &Quantity, right: &Quantity| left.value.parts().checked_mul(right.value.parts());
    product(above, other_below)
        .zip(product(other_above, below))
        .map(|(left, right)| left == right)
        .ok_or_else(|| super::out_of_range("the ratio"))
}

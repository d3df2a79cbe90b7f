//! Numbers and their arithmetic. What a type cannot hold is null (CQL 1.5, "Arithmetic Operators").

use super::{Constant, Diagnostic, Quantity, mismatch, no_operator, unsupported};
use crate::syntax::tree::BinaryOp;

const UNIT: i128 = 100_000_000;
/// CQL 1.5, "Maximum": (10^28 − 1) / 10^8.
const LIMIT: i128 = 10_i128.pow(28) - 1;

/// An exact decimal with eight digits after the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(i128);

impl Decimal {
    /// From a count of hundred-millionths; nothing beyond the range of the type.
    #[must_use]
    pub fn from_parts(hundred_millionths: i128) -> Option<Self> {
        (-LIMIT..=LIMIT)
            .contains(&hundred_millionths)
            .then_some(Decimal(hundred_millionths))
    }

    /// The number as a count of hundred-millionths.
    #[must_use]
    pub fn parts(self) -> i128 {
        self.0
    }

    /// Reads digits with or without a point; at most eight digits after it.
    #[must_use]
    pub fn parse(digits: &str) -> Option<Self> {
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if fraction.len() > 8 {
            return None;
        }
        let whole = whole.parse::<u128>().ok()?;
        let fraction = format!("{fraction:0<8}").parse::<u32>().ok()?;
        let parts = i128::try_from(whole).ok()?.checked_mul(UNIT)?;
        Decimal::from_parts(parts.checked_add(i128::from(fraction))?)
    }

    /// The number without its fraction.
    #[must_use]
    pub fn truncated(self) -> i128 {
        self.0 / UNIT
    }

    /// Digits after the point, trailing zeros left out.
    fn scale(self) -> u32 {
        let mut scale = 8;
        let mut parts = self.0;
        while scale > 0 && parts % 10 == 0 {
            parts /= 10;
            scale -= 1;
        }
        scale
    }

    fn rounded(self, scale: u32) -> i128 {
        divided(self.0, 10_i128.pow(8_u32.saturating_sub(scale)))
    }

    /// Equal once both are rounded to the shorter fraction (CQL 1.5, "Equivalent").
    #[must_use]
    pub fn equivalent(self, other: Self) -> bool {
        let scale = self.scale().min(other.scale());
        self.rounded(scale) == other.rounded(scale)
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Decimal(i128::from(value) * UNIT)
    }
}

/// Division rounded to the nearest, halves away from zero; the divisor is positive.
pub(super) fn divided(value: i128, by: i128) -> i128 {
    let (whole, rest) = (value / by, value % by);
    whole
        + if rest.abs() >= by - rest.abs() {
            rest.signum()
        } else {
            0
        }
}

/// Two numbers of one type, after the implicit conversions Integer → Long → Decimal.
pub(super) enum Pair {
    Integer(i32, i32),
    Long(i64, i64),
    Decimal(Decimal, Decimal),
}

pub(super) fn pair(left: &Constant, right: &Constant) -> Option<Pair> {
    if let (Constant::Integer(left), Constant::Integer(right)) = (left, right) {
        return Some(Pair::Integer(*left, *right));
    }
    if let (Some(left), Some(right)) = (whole(left), whole(right)) {
        return Some(Pair::Long(left, right));
    }
    Some(Pair::Decimal(decimal(left)?, decimal(right)?))
}

fn whole(value: &Constant) -> Option<i64> {
    match value {
        Constant::Integer(value) => Some(i64::from(*value)),
        Constant::Long(value) => Some(*value),
        _ => None,
    }
}

pub(super) fn decimal(value: &Constant) -> Option<Decimal> {
    match value {
        Constant::Decimal(value) => Some(*value),
        other => whole(other).map(Decimal::from),
    }
}

/// `+`, `-`, `*`, `/`, `div` and `mod`; null for null.
pub(super) fn arithmetic(
    op: BinaryOp,
    left: &Constant,
    right: &Constant,
) -> Result<Constant, Diagnostic> {
    if let (Some(left), Some(right)) = (range(left), range(right))
        && (left.0 != left.1 || right.0 != right.1)
    {
        return uncertain(op, left, right);
    }
    match (left, right) {
        (Constant::Null, _) | (_, Constant::Null) => return Ok(Constant::Null),
        (Constant::Quantity(left), Constant::Quantity(right)) => {
            return quantities(op, left, right);
        }
        _ => {}
    }
    let result = match pair(left, right) {
        Some(Pair::Decimal(left, right)) => decimals(op, left, right)?,
        Some(Pair::Integer(left, right)) if op == BinaryOp::Divide => {
            decimals(op, i64::from(left).into(), i64::from(right).into())?
        }
        Some(Pair::Long(left, right)) if op == BinaryOp::Divide => {
            decimals(op, left.into(), right.into())?
        }
        Some(Pair::Integer(left, right)) => wholes(op, left.into(), right.into())?
            .and_then(|value| i32::try_from(value).ok())
            .map(Constant::Integer),
        Some(Pair::Long(left, right)) => wholes(op, left, right)?
            .and_then(|value| i64::try_from(value).ok())
            .map(Constant::Long),
        None => return Err(no_operator(op.word(), left, right)),
    };
    Ok(result.unwrap_or(Constant::Null))
}

fn wholes(op: BinaryOp, left: i64, right: i64) -> Result<Option<i128>, Diagnostic> {
    let (left, right) = (i128::from(left), i128::from(right));
    Ok(match op {
        BinaryOp::Add => Some(left + right),
        BinaryOp::Subtract => Some(left - right),
        BinaryOp::Multiply => Some(left * right),
        BinaryOp::TruncatedDivide => left.checked_div(right),
        BinaryOp::Modulo => left.checked_rem(right),
        _ => return Err(unsupported(&format!("`{}`", op.word()))),
    })
}

fn decimals(op: BinaryOp, left: Decimal, right: Decimal) -> Result<Option<Constant>, Diagnostic> {
    let (left, right) = (left.0, right.0);
    let parts = match op {
        BinaryOp::Add => Some(left + right),
        BinaryOp::Subtract => Some(left - right),
        BinaryOp::Multiply => left.checked_mul(right).map(|parts| divided(parts, UNIT)),
        BinaryOp::Divide if right == 0 => None,
        BinaryOp::Divide => left
            .checked_mul(UNIT * right.signum())
            .map(|parts| divided(parts, right.abs())),
        BinaryOp::TruncatedDivide => left
            .checked_div(right)
            .and_then(|quotient| quotient.checked_mul(UNIT)),
        BinaryOp::Modulo => left.checked_rem(right),
        _ => return Err(unsupported(&format!("`{}`", op.word()))),
    };
    Ok(parts.and_then(Decimal::from_parts).map(Constant::Decimal))
}

/// The units are the same, or it is not evaluated.
fn quantities(op: BinaryOp, left: &Quantity, right: &Quantity) -> Result<Constant, Diagnostic> {
    if left.unit != right.unit || !matches!(op, BinaryOp::Add | BinaryOp::Subtract) {
        return Err(unsupported("arithmetic that changes units"));
    }
    Ok(match decimals(op, left.value, right.value)? {
        Some(Constant::Decimal(value)) => Constant::Quantity(Quantity {
            value,
            unit: left.unit.clone(),
        }),
        Some(_) | None => Constant::Null,
    })
}

pub(super) fn negated(value: &Constant) -> Result<Constant, Diagnostic> {
    Ok(match value {
        Constant::Null => Constant::Null,
        Constant::Integer(value) => value
            .checked_neg()
            .map_or(Constant::Null, Constant::Integer),
        Constant::Long(value) => value.checked_neg().map_or(Constant::Null, Constant::Long),
        Constant::Decimal(value) => Constant::Decimal(Decimal(-value.0)),
        Constant::Quantity(quantity) => Constant::Quantity(Quantity {
            value: Decimal(-quantity.value.0),
            unit: quantity.unit.clone(),
        }),
        other => {
            return Err(mismatch(format!(
                "`-` does not stand before {}",
                other.type_name()
            )));
        }
    })
}

/// The least and greatest value of a whole number.
pub(super) fn range(value: &Constant) -> Option<(i64, i64)> {
    match value {
        Constant::Uncertain { low, high } => Some((i64::from(*low), i64::from(*high))),
        other => whole(other).map(|value| (value, value)),
    }
}

/// The ends of `+`, `-` and `*` on uncertainties: the least and greatest of what the ends give.
fn uncertain(op: BinaryOp, left: (i64, i64), right: (i64, i64)) -> Result<Constant, Diagnostic> {
    if !matches!(op, BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply) {
        let message = format!("`{}` does not join uncertainties", op.word());
        return Err(mismatch(message));
    }
    let mut ends = Vec::new();
    for left in [left.0, left.1] {
        for right in [right.0, right.1] {
            ends.extend(wholes(op, left, right)?);
        }
    }
    let end = |end: Option<&i128>| end.and_then(|end| i32::try_from(*end).ok());
    Ok(match (end(ends.iter().min()), end(ends.iter().max())) {
        (Some(low), Some(high)) => uncertainty(low, high),
        _ => Constant::Null,
    })
}

/// An uncertainty, or the number when there is just one.
pub(super) fn uncertainty(low: i32, high: i32) -> Constant {
    if low == high {
        Constant::Integer(low)
    } else {
        Constant::Uncertain { low, high }
    }
}

//! From the tree to a value.

use super::number::{arithmetic, negated};
use super::{
    Constant, Decimal, Diagnostic, Kind, Moment, Quantity, aggregate, compare, duration,
    membership, mismatch, no_operator, out_of_range, unsupported,
};
use crate::Truth;
use crate::format::format_expression;
use crate::syntax::tree::{
    BinaryOp, Direction, Expr, ExprKind, Literal, Phrase, Relation, Test, TimeUnit, UnaryOp,
};
use std::collections::BTreeMap;

/// The value of an expression that names neither facts nor definitions.
///
/// # Errors
/// | code | meaning |
/// |---|---|
/// | `out-of-range` | a literal or a date that its type cannot hold; arithmetic on numbers gives null instead |
/// | `type-mismatch` | operands for which the standard has no such operator |
/// | `empty-interval` | an interval whose lower end lies above its upper end |
/// | `unsupported` | what is read but not evaluated: names, queries, functions of text, the clock |
pub fn evaluate(expr: &Expr) -> Result<Constant, Diagnostic> {
    kind(expr).map_err(|problem| match problem.span {
        Some(_) => problem,
        None => problem.at(expr.span),
    })
}

fn kind(expr: &Expr) -> Result<Constant, Diagnostic> {
    match &expr.kind {
        ExprKind::Literal(literal) => read(literal),
        ExprKind::And(operands) => chain(operands, Truth::True, Truth::and),
        ExprKind::Or(operands) => chain(operands, Truth::False, Truth::or),
        ExprKind::Unary(op, operand) => unary(*op, operand),
        ExprKind::Binary(op, left, right) => binary(*op, &evaluate(left)?, &evaluate(right)?),
        ExprKind::Is {
            operand,
            negated,
            test,
        } => Ok(Constant::Boolean(
            is(&evaluate(operand)?, *test)? != *negated,
        )),
        ExprKind::As {
            operand,
            ty,
            strict,
        } => cast(evaluate(operand)?, ty, *strict),
        ExprKind::Between {
            operand,
            low,
            high,
            properly,
        } => {
            let (value, low, high) = (evaluate(operand)?, evaluate(low)?, evaluate(high)?);
            membership::between(&value, &low, &high, *properly).map(Constant::from)
        }
        ExprKind::Timing {
            left,
            phrase,
            right,
        } => timing(&evaluate(left)?, phrase, &evaluate(right)?),
        ExprKind::DurationBetween {
            difference,
            unit,
            from,
            to,
        } => match (evaluate(from)?, evaluate(to)?) {
            (Constant::Null, _) | (_, Constant::Null) => Ok(Constant::Null),
            (Constant::Moment(from), Constant::Moment(to)) => {
                duration::between(*unit, *difference, &from, &to)
            }
            (from, to) => Err(no_operator("between", &from, &to)),
        },
        ExprKind::Component { part, operand } => component(part, &evaluate(operand)?),
        ExprKind::If {
            condition,
            then,
            otherwise,
        } => match evaluate(condition)?.truth()? {
            Truth::True => evaluate(then),
            Truth::False | Truth::Unknown => evaluate(otherwise),
        },
        ExprKind::Case {
            subject,
            arms,
            otherwise,
        } => case(subject.as_deref(), arms, otherwise),
        ExprKind::Interval {
            low,
            high,
            low_closed,
            high_closed,
        } => interval(evaluate(low)?, evaluate(high)?, *low_closed, *high_closed),
        ExprKind::List { items, .. } => items
            .iter()
            .map(evaluate)
            .collect::<Result<_, _>>()
            .map(Constant::List),
        ExprKind::Tuple(fields) => {
            let mut tuple = BTreeMap::new();
            for (name, value) in fields {
                tuple.insert(name.text.clone(), evaluate(value)?);
            }
            Ok(Constant::Tuple(tuple))
        }
        ExprKind::Call {
            target: None,
            name,
            arguments,
        } => {
            let arguments: Vec<Constant> =
                arguments.iter().map(evaluate).collect::<Result<_, _>>()?;
            call(&name.text, &arguments)
        }
        ExprKind::Error
        | ExprKind::Name(_)
        | ExprKind::Call { .. }
        | ExprKind::IsType { .. }
        | ExprKind::Convert { .. }
        | ExprKind::DurationOf { .. }
        | ExprKind::Property { .. }
        | ExprKind::Index { .. }
        | ExprKind::Extreme { .. }
        | ExprKind::Retrieve { .. }
        | ExprKind::Query(_) => Err(unsupported(&format!("`{}`", format_expression(expr)))),
    }
}

/// An interval whose ends are in order (CQL 1.5, "Interval selector").
fn interval(
    low: Constant,
    high: Constant,
    low_closed: bool,
    high_closed: bool,
) -> Result<Constant, Diagnostic> {
    let ordered = if low_closed && high_closed {
        BinaryOp::AtMost
    } else {
        BinaryOp::Less
    };
    let known = low != Constant::Null && high != Constant::Null;
    if known && compare::compared(ordered, &low, &high)? == Truth::False {
        return Err(Diagnostic::error(
            "empty-interval",
            "the lower end of an interval lies above its upper end",
        ));
    }
    Ok(Constant::Interval {
        low: Box::new(low),
        high: Box::new(high),
        low_closed,
        high_closed,
    })
}

fn read(literal: &Literal) -> Result<Constant, Diagnostic> {
    let moment = |kind, text: &str| Moment::read(kind, text).map(Constant::Moment);
    let value = match literal {
        Literal::Null => Some(Constant::Null),
        Literal::Boolean(value) => Some(Constant::Boolean(*value)),
        Literal::Integer(value) => i32::try_from(*value).ok().map(Constant::Integer),
        Literal::Long(value) => i64::try_from(*value).ok().map(Constant::Long),
        Literal::Decimal(digits) => Decimal::parse(digits).map(Constant::Decimal),
        Literal::String(text) => Some(Constant::String(text.clone())),
        Literal::Date(text) => moment(Kind::Date, text),
        Literal::DateTime(text) => moment(Kind::DateTime, text),
        Literal::Time(text) => moment(Kind::Time, text),
        Literal::Quantity(quantity) => Quantity::read(quantity).map(Constant::Quantity),
        Literal::Ratio(above, below) => Quantity::read(above)
            .zip(Quantity::read(below))
            .map(|(above, below)| Constant::Ratio(above, below)),
    };
    value.ok_or_else(|| out_of_range("the literal"))
}

fn chain(
    operands: &[Expr],
    start: Truth,
    join: fn(Truth, Truth) -> Truth,
) -> Result<Constant, Diagnostic> {
    let mut all = start;
    for operand in operands {
        all = join(all, evaluate(operand)?.truth()?);
    }
    Ok(all.into())
}

fn unary(op: UnaryOp, operand: &Expr) -> Result<Constant, Diagnostic> {
    match (op, &operand.kind) {
        // The least number has no literal without its sign.
        (UnaryOp::Negate, ExprKind::Literal(Literal::Integer(0x8000_0000))) => {
            Ok(Constant::Integer(i32::MIN))
        }
        (UnaryOp::Negate, ExprKind::Literal(Literal::Long(0x8000_0000_0000_0000))) => {
            Ok(Constant::Long(i64::MIN))
        }
        (UnaryOp::Not, _) => Ok((!evaluate(operand)?.truth()?).into()),
        (UnaryOp::Exists, _) => {
            let list = evaluate(operand)?;
            let exists = aggregate::exists(&list).map(Constant::Boolean);
            exists.ok_or_else(|| mismatch("`exists` asks for a list".to_owned()))
        }
        (UnaryOp::Negate, _) => negated(&evaluate(operand)?),
        // The sign changes nothing, but it stands before numbers only.
        (UnaryOp::Plus, _) => {
            let value = evaluate(operand)?;
            negated(&value).map(|_| value)
        }
        (other, _) => Err(unsupported(&format!("`{}`", other.word()))),
    }
}

fn binary(op: BinaryOp, left: &Constant, right: &Constant) -> Result<Constant, Diagnostic> {
    let truth = match op {
        BinaryOp::Implies => !left.truth()?.and(!right.truth()?),
        BinaryOp::Xor => {
            let (left, right) = (left.truth()?, right.truth()?);
            left.or(right).and(!left.and(right))
        }
        BinaryOp::Equal => compare::equal(left, right)?,
        BinaryOp::NotEqual => !compare::equal(left, right)?,
        BinaryOp::Equivalent => Truth::decided(compare::equivalent(left, right)?),
        BinaryOp::NotEquivalent => Truth::decided(!compare::equivalent(left, right)?),
        BinaryOp::Less | BinaryOp::AtMost | BinaryOp::Greater | BinaryOp::AtLeast => {
            compare::compared(op, left, right)?
        }
        BinaryOp::In => membership::within(left, right)?,
        BinaryOp::Contains => membership::within(right, left)?,
        BinaryOp::Add | BinaryOp::Subtract => {
            let sign = if op == BinaryOp::Add { 1 } else { -1 };
            return match (left, right) {
                (Constant::Moment(moment), Constant::Quantity(quantity)) => {
                    duration::add(moment, quantity, sign)
                }
                _ => arithmetic(op, left, right),
            };
        }
        BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::TruncatedDivide | BinaryOp::Modulo => {
            return arithmetic(op, left, right);
        }
        BinaryOp::Union
        | BinaryOp::Intersect
        | BinaryOp::Except
        | BinaryOp::Concatenate
        | BinaryOp::Power => return Err(unsupported(&format!("`{}`", op.word()))),
    };
    Ok(truth.into())
}

fn is(value: &Constant, test: Test) -> Result<bool, Diagnostic> {
    Ok(match test {
        Test::Null => value == &Constant::Null,
        Test::True => value.truth()? == Truth::True,
        Test::False => value.truth()? == Truth::False,
    })
}

/// `as` gives null for a value of another type, `cast` an error.
fn cast(value: Constant, ty: &str, strict: bool) -> Result<Constant, Diagnostic> {
    let plain = ty.strip_prefix("System.").unwrap_or(ty);
    if value == Constant::Null || plain == "Any" || plain == value.type_name() {
        return Ok(value);
    }
    if plain.contains('<') || plain.contains('.') {
        return Err(unsupported(&format!("`as {ty}`")));
    }
    if strict {
        let found = value.type_name();
        return Err(mismatch(format!("a value of type {found} is no {ty}")));
    }
    Ok(Constant::Null)
}

fn case(
    subject: Option<&Expr>,
    arms: &[(Expr, Expr)],
    otherwise: &Expr,
) -> Result<Constant, Diagnostic> {
    let subject = subject.map(evaluate).transpose()?;
    for (when, then) in arms {
        let when = evaluate(when)?;
        let chosen = match &subject {
            Some(subject) => compare::equal(subject, &when)?,
            None => when.truth()?,
        };
        if chosen == Truth::True {
            return evaluate(then);
        }
    }
    evaluate(otherwise)
}

/// `same day as`, `same or before`, `before day of`, `on or after` between dates.
fn timing(left: &Constant, phrase: &Phrase, right: &Constant) -> Result<Constant, Diagnostic> {
    let (direction, inclusive) = match &phrase.relation {
        Relation::Same(direction) => (*direction, true),
        Relation::Relative {
            offset: None,
            direction,
            inclusive,
        } => (Some(*direction), *inclusive),
        _ => return Err(unsupported("the timing phrase")),
    };
    if phrase.left_edge.is_some() || phrase.right_edge.is_some() {
        return Err(unsupported("the timing phrase"));
    }
    let (left, right) = match (left, right) {
        (Constant::Null, _) | (_, Constant::Null) => return Ok(Constant::Null),
        (Constant::Moment(left), Constant::Moment(right)) => (left, right),
        (left, right) => return Err(no_operator("the timing phrase", left, right)),
    };
    let order = left.order(right, phrase.precision)?;
    Ok(Truth::maybe(order.map(|order| match direction {
        None => order.is_eq(),
        Some(Direction::Before) => order.is_lt() || (inclusive && order.is_eq()),
        Some(Direction::After) => order.is_gt() || (inclusive && order.is_eq()),
    }))
    .into())
}

/// `year from x`, `date from x` and the like; null when the part is not written.
fn component(part: &str, value: &Constant) -> Result<Constant, Diagnostic> {
    let moment = match value {
        Constant::Null => return Ok(Constant::Null),
        Constant::Moment(moment) => moment,
        other => {
            let message = format!("{} has no part `{part}`", other.type_name());
            return Err(mismatch(message));
        }
    };
    let kind = moment.kind();
    let dated = kind == Kind::DateTime;
    let found = match part {
        "timezoneoffset" | "timezone" if dated => {
            let hours = i128::from(moment.offset()) * Decimal::from(1).parts() / 60;
            Decimal::from_parts(hours).map(Constant::Decimal)
        }
        "date" if kind != Kind::Time => moment
            .recast(Kind::Date, TimeUnit::Day)
            .map(Constant::Moment),
        "time" if dated => moment
            .at_greenwich()?
            .recast(Kind::Time, TimeUnit::Millisecond)
            .map(Constant::Moment),
        word => match TimeUnit::from_singular(word) {
            Some(unit) if kind.parts().contains(&unit) => moment.part(unit).map(Constant::Integer),
            _ => {
                let kind = kind.word();
                return Err(mismatch(format!("{kind} has no part `{part}`")));
            }
        },
    };
    Ok(found.unwrap_or(Constant::Null))
}

fn call(name: &str, arguments: &[Constant]) -> Result<Constant, Diagnostic> {
    match (name, arguments) {
        ("Date", parts) => Moment::construct(Kind::Date, parts),
        ("DateTime", parts) => Moment::construct(Kind::DateTime, parts),
        ("Time", parts) => Moment::construct(Kind::Time, parts),
        ("IsNull", [value]) => is(value, Test::Null).map(Constant::Boolean),
        ("IsTrue", [value]) => is(value, Test::True).map(Constant::Boolean),
        ("IsFalse", [value]) => is(value, Test::False).map(Constant::Boolean),
        ("Coalesce", [Constant::List(items)]) => Ok(first(items)),
        ("Coalesce", [_, _, ..]) => Ok(first(arguments)),
        (_, [Constant::List(items)]) => {
            aggregate::call(name, items).unwrap_or_else(|| Err(no_function(name)))
        }
        _ => Err(no_function(name)),
    }
}

fn no_function(name: &str) -> Diagnostic {
    unsupported(&format!("`{name}` with these arguments"))
}

fn first(values: &[Constant]) -> Constant {
    let known = values.iter().find(|value| **value != Constant::Null);
    known.cloned().unwrap_or(Constant::Null)
}

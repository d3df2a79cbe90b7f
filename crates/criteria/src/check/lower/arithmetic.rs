//! Literals, and arithmetic with constants.

use super::{Ordered, Typed};
use crate::atom::{Operand, Step};
use crate::check::Checker;
use crate::format::format_expression;
use crate::syntax::tree::{BinaryOp, Expr, ExprKind, Literal, Quantity, TimeUnit, Unit};
use crate::value::DECIMAL_UNIT;
use crate::{Bounds, Date, DateBounds, Diagnostic, Truth};

impl Checker<'_> {
    pub(super) fn literal(&mut self, literal: &Literal, expr: &Expr) -> Typed {
        let exact = |ty, value| Typed::Ordered(ty, Operand::Constant(Bounds::exact(value)));
        match literal {
            Literal::Null => Typed::Null,
            Literal::Boolean(value) => Typed::Truth(self.constant(Truth::decided(*value), expr)),
            Literal::Integer(value) => match i32::try_from(*value) {
                Ok(value) => exact(Ordered::Integer, i64::from(value)),
                Err(_) => self.out_of_range(expr),
            },
            Literal::Decimal(digits) => match decimal(digits) {
                Some(value) => exact(Ordered::Decimal, value),
                None => self.out_of_range(expr),
            },
            Literal::String(_) => Typed::Text,
            // The lexer has read it as a date, so it is one.
            Literal::Date(text) => match DateBounds::parse(text) {
                Some(date) => Typed::Ordered(Ordered::Date, Operand::Constant(date.in_days())),
                None => self.out_of_range(expr),
            },
            Literal::Quantity(quantity) => self.quantity(quantity, expr),
            Literal::Long(_) => {
                self.no_type(expr, "a long integer", "write the number without `L`")
            }
            Literal::DateTime(_) | Literal::Time(_) => self.no_type(
                expr,
                "a time of day",
                "facts are days; write a date such as `@2024-06-01`",
            ),
            Literal::Ratio(..) => {
                self.no_type(expr, "a ratio", "facts are truths, numbers and dates")
            }
        }
    }

    fn no_type(&mut self, expr: &Expr, what: &str, help: &str) -> Typed {
        let message = format!("`{}` is {what}, which no fact is", format_expression(expr));
        self.report(
            Diagnostic::error("type-mismatch", message)
                .at(expr.span)
                .help(help),
        );
        Typed::Poison
    }

    fn quantity(&mut self, quantity: &Quantity, expr: &Expr) -> Typed {
        let step: fn(i64) -> Step = match &quantity.unit {
            Some(Unit::Calendar(TimeUnit::Year)) => |years| Step::Months(years * 12),
            Some(Unit::Calendar(TimeUnit::Month)) => Step::Months,
            Some(Unit::Calendar(TimeUnit::Week)) => |weeks| Step::Units(weeks * 7),
            Some(Unit::Calendar(TimeUnit::Day)) => Step::Units,
            Some(Unit::Calendar(_) | Unit::Ucum(_)) | None => {
                return self.no_type(
                    expr,
                    "a quantity",
                    "only `years`, `months`, `weeks` and `days` are used, with dates",
                );
            }
        };
        match quantity.number.parse::<i64>() {
            // The whole calendar has fewer days.
            Ok(number) if number <= 4_000_000 => Typed::Step(step(number)),
            Ok(_) => self.out_of_range(expr),
            Err(_) => self.no_type(
                expr,
                "no whole number",
                "write a whole number of days, weeks, months or years",
            ),
        }
    }

    fn out_of_range(&mut self, expr: &Expr) -> Typed {
        let message = format!("`{}` is out of range", format_expression(expr));
        let help = "integers have 32 bits, decimals eleven digits before and eight after the point, dates the years 1 to 9999";
        self.report(
            Diagnostic::error("out-of-range", message)
                .at(expr.span)
                .help(help),
        );
        Typed::Poison
    }

    pub(super) fn negate(&mut self, operand: &Expr, expr: &Expr) -> Typed {
        if let ExprKind::Literal(Literal::Integer(0x8000_0000)) = operand.kind {
            return Typed::Ordered(
                Ordered::Integer,
                Operand::Constant(Bounds::exact(i64::from(i32::MIN))),
            );
        }
        if self.reads_facts(operand) {
            return self.refuse(expr);
        }
        match self.lower(operand) {
            Typed::Ordered(
                ty @ (Ordered::Integer | Ordered::Decimal),
                Operand::Constant(bounds),
            ) => {
                let flipped = |end: Option<i64>| end.and_then(i64::checked_neg);
                let bounds = Bounds {
                    low: flipped(bounds.high),
                    high: flipped(bounds.low),
                };
                self.in_range(ty, bounds, expr)
            }
            Typed::Step(step) => match negated(step) {
                Some(step) => Typed::Step(step),
                None => self.out_of_range(expr),
            },
            Typed::Null => Typed::Null,
            Typed::Poison => Typed::Poison,
            typed @ (Typed::Truth(_) | Typed::Ordered(..) | Typed::Text) => {
                self.mismatch(&typed, None, "-", expr)
            }
        }
    }

    /// A constant, checked against the range of its type.
    fn in_range(&mut self, ty: Ordered, bounds: Bounds, expr: &Expr) -> Typed {
        let inside = |end: i64| match ty {
            Ordered::Integer => i32::try_from(end).is_ok(),
            Ordered::Decimal => true,
            Ordered::Date => (Date::MIN.to_days()..=Date::MAX.to_days()).contains(&end),
        };
        match (bounds.low, bounds.high) {
            (Some(low), Some(high)) if inside(low) && inside(high) => {
                Typed::Ordered(ty, Operand::Constant(bounds))
            }
            _ => self.out_of_range(expr),
        }
    }

    pub(super) fn arithmetic(
        &mut self,
        op: BinaryOp,
        left: &Expr,
        right: &Expr,
        expr: &Expr,
    ) -> Typed {
        let subtract = op == BinaryOp::Subtract;
        if subtract && self.unquoted(expr) {
            return Typed::Poison;
        }
        let (ty, operand, step) = match (self.lower(left), self.lower(right)) {
            (Typed::Poison, _) | (_, Typed::Poison) => return Typed::Poison,
            (Typed::Null, other) | (other, Typed::Null) => return self.beside_null(&other, expr),
            (Typed::Ordered(Ordered::Date, operand), Typed::Step(step)) => {
                (Ordered::Date, operand, Some(step))
            }
            (mine, theirs) => match alike(mine, theirs) {
                Ok((ty @ (Ordered::Integer | Ordered::Decimal), left, right)) => {
                    match (left, right) {
                        (operand, Operand::Constant(bounds)) => {
                            (ty, operand, bounds.as_exact().map(Step::Units))
                        }
                        // A literal before the fact: only a sum can be turned round.
                        (Operand::Constant(bounds), operand) if !subtract => {
                            (ty, operand, bounds.as_exact().map(Step::Units))
                        }
                        (Operand::Constant(_) | Operand::Fact(..), Operand::Fact(..)) => {
                            return self.refuse(expr);
                        }
                    }
                }
                Ok((ty @ Ordered::Date, left, right)) => {
                    let (mine, theirs) = (Typed::Ordered(ty, left), Typed::Ordered(ty, right));
                    return self.mismatch(&mine, Some(&theirs), op.word(), expr);
                }
                Err((mine, theirs)) => return self.mismatch(&mine, Some(&theirs), op.word(), expr),
            },
        };
        let step = if subtract {
            step.and_then(negated)
        } else {
            step
        };
        let Some(step) = step else {
            return self.out_of_range(expr);
        };
        match operand {
            Operand::Constant(bounds) => match step.apply(bounds) {
                Some(bounds) => self.in_range(ty, bounds, expr),
                None => self.out_of_range(expr),
            },
            Operand::Fact(fact, mut steps) => {
                steps.push(step);
                Typed::Ordered(ty, Operand::Fact(fact, steps))
            }
        }
    }
}

fn negated(step: Step) -> Option<Step> {
    match step {
        Step::Units(units) => units.checked_neg().map(Step::Units),
        Step::Months(months) => months.checked_neg().map(Step::Months),
    }
}

/// Two ordered values of the same type; an integer constant beside a decimal becomes one.
pub(super) fn alike(
    left: Typed,
    right: Typed,
) -> Result<(Ordered, Operand, Operand), (Typed, Typed)> {
    match (left, right) {
        (Typed::Ordered(ty, left), Typed::Ordered(other, right)) if ty == other => {
            Ok((ty, left, right))
        }
        (
            Typed::Ordered(Ordered::Decimal, left),
            Typed::Ordered(Ordered::Integer, Operand::Constant(right)),
        ) => Ok((Ordered::Decimal, left, Operand::Constant(scaled(right)))),
        (
            Typed::Ordered(Ordered::Integer, Operand::Constant(left)),
            Typed::Ordered(Ordered::Decimal, right),
        ) => Ok((Ordered::Decimal, Operand::Constant(scaled(left)), right)),
        other => Err(other),
    }
}

/// An integer constant as a decimal one. Integers have 32 bits, so this does not overflow.
fn scaled(bounds: Bounds) -> Bounds {
    let scale = |end: Option<i64>| end.map(|end| end.saturating_mul(DECIMAL_UNIT));
    Bounds {
        low: scale(bounds.low),
        high: scale(bounds.high),
    }
}

/// Digits with at most eight after the point, in hundred-millionths.
fn decimal(digits: &str) -> Option<i64> {
    let (whole, fraction) = digits.split_once('.')?;
    let fraction = format!("{fraction:0<8}");
    whole
        .parse::<i64>()
        .ok()?
        .checked_mul(DECIMAL_UNIT)?
        .checked_add(fraction.parse().ok()?)
}

//! Comparisons, `between` and intervals.

use super::arithmetic::alike;
use super::{Ordered, Typed};
use crate::atom::{Atom, Comparison, Operand};
use crate::check::Checker;
use crate::format::format_expression;
use crate::program::Node;
use crate::syntax::tree::{BinaryOp, Expr, ExprKind, Literal};
use crate::{Diagnostic, NodeId, Truth};

impl Checker<'_> {
    pub(super) fn compare(
        &mut self,
        comparison: Comparison,
        left: &Expr,
        right: &Expr,
        expr: &Expr,
    ) -> Typed {
        let (mine, theirs) = (self.lower(left), self.lower(right));
        if let (Typed::Truth(mine), Typed::Truth(theirs)) = (&mine, &theirs) {
            return self.compare_truths(comparison, (left, *mine), (right, *theirs), expr);
        }
        match self.comparison(comparison, mine, theirs, expr) {
            Some(atom) => Typed::Truth(self.builder.test(vec![atom], format_expression(expr))),
            None => Typed::Poison,
        }
    }

    fn compare_truths(
        &mut self,
        comparison: Comparison,
        left: (&Expr, NodeId),
        right: (&Expr, NodeId),
        expr: &Expr,
    ) -> Typed {
        let equal = match comparison {
            Comparison::Equal => true,
            Comparison::NotEqual => false,
            Comparison::Less | Comparison::AtMost | Comparison::Greater | Comparison::AtLeast => {
                let message = "truths have no order".to_owned();
                let help = "join them with `and`, `or`, `xor` or `implies`";
                self.report(
                    Diagnostic::error("type-mismatch", message)
                        .at(expr.span)
                        .help(help),
                );
                return Typed::Poison;
            }
        };
        let text = format_expression(expr);
        for ((constant, _), (_, node)) in [(left, right), (right, left)] {
            if let ExprKind::Literal(Literal::Boolean(value)) = constant.kind {
                return Typed::Truth(if value == equal {
                    node
                } else {
                    self.builder.node(Node::Not(node), text)
                });
            }
        }
        if !equal {
            return Typed::Truth(self.exactly_one(left, right, text));
        }
        let differ = ExprKind::Binary(
            BinaryOp::NotEqual,
            Box::new(left.0.clone()),
            Box::new(right.0.clone()),
        );
        let differ = self.exactly_one(
            left,
            right,
            format_expression(&Expr::new(differ, expr.span)),
        );
        Typed::Truth(self.builder.node(Node::Not(differ), text))
    }

    /// The atom of a comparison; `None` after an error.
    fn comparison(
        &mut self,
        comparison: Comparison,
        mine: Typed,
        theirs: Typed,
        expr: &Expr,
    ) -> Option<Atom> {
        let (left, right) = match (mine, theirs) {
            (Typed::Poison, _) | (_, Typed::Poison) => return None,
            (Typed::Null, other) | (other, Typed::Null) => {
                return match self.beside_null(&other, expr) {
                    Typed::Null => Some(Atom::Constant(Truth::Unknown)),
                    _ => None,
                };
            }
            (mine, theirs) => match alike(mine, theirs) {
                Ok((_, left, right)) => (left, right),
                Err((mine, theirs)) => {
                    self.mismatch(&mine, Some(&theirs), "compare", expr);
                    return None;
                }
            },
        };
        Some(match (&left, &right) {
            (Operand::Constant(left), Operand::Constant(right)) => {
                Atom::Constant(comparison.decide(*left, *right))
            }
            _ => Atom::Compare(left, comparison, right),
        })
    }

    /// `null` beside a constant is `null`; beside a fact it is a mistake.
    pub(super) fn beside_null(&mut self, other: &Typed, expr: &Expr) -> Typed {
        let constant = match other {
            Typed::Ordered(_, Operand::Constant(_))
            | Typed::Step(_)
            | Typed::Null
            | Typed::Text => true,
            Typed::Ordered(_, Operand::Fact(..)) | Typed::Poison => false,
            Typed::Truth(_) => !self.reads_facts(expr),
        };
        if constant {
            return Typed::Null;
        }
        let message = "nothing that is recorded can decide a comparison with `null`".to_owned();
        let help = "remove it; an unknown fact leaves the criterion unknown by itself";
        self.report(
            Diagnostic::error("compared-with-null", message)
                .at(expr.span)
                .help(help),
        );
        Typed::Poison
    }

    pub(super) fn mismatch(
        &mut self,
        mine: &Typed,
        theirs: Option<&Typed>,
        operator: &str,
        expr: &Expr,
    ) -> Typed {
        let message = match (theirs, operator) {
            (None, _) => format!("cannot apply `{operator}` to {}", mine.describe()),
            (Some(theirs), "compare") => format!(
                "cannot compare {} with {}",
                mine.describe(),
                theirs.describe()
            ),
            (Some(theirs), _) => format!(
                "cannot apply `{operator}` to {} and {}",
                mine.describe(),
                theirs.describe()
            ),
        };
        let types = [Some(mine), theirs];
        let has = |test: fn(&Typed) -> bool| types.iter().flatten().any(|typed| test(typed));
        let help = if has(|typed| matches!(typed, Typed::Ordered(Ordered::Date, _))) {
            "write a date as `@2024-06-01`, and add `6 months` or `30 days` to it"
        } else if has(|typed| matches!(typed, Typed::Text)) {
            "facts are truths, numbers and dates; none is a string"
        } else {
            "an integer goes with an integer, a decimal with a decimal or an integer literal"
        };
        self.report(
            Diagnostic::error("type-mismatch", message)
                .at(expr.span)
                .help(help),
        );
        Typed::Poison
    }

    /// One test of two comparisons.
    pub(super) fn enclosed(
        &mut self,
        operand: &Expr,
        low: (Comparison, &Expr),
        high: (Comparison, &Expr),
        expr: &Expr,
    ) -> Typed {
        let value = self.lower(operand);
        let ends = [low, high].map(|(comparison, end)| (comparison, self.lower(end)));
        if let [
            (least, Typed::Ordered(ty, Operand::Constant(low))),
            (most, Typed::Ordered(other, Operand::Constant(high))),
        ] = &ends
            && ty == other
        {
            let open = *least == Comparison::Greater || *most == Comparison::Less;
            let comparison = if open {
                Comparison::Less
            } else {
                Comparison::AtMost
            };
            if comparison.decide(*low, *high) == Truth::False {
                let message = "the lower end lies above the upper one".to_owned();
                self.report(
                    Diagnostic::error("empty-interval", message)
                        .at(expr.span)
                        .help("exchange the ends"),
                );
                return Typed::Poison;
            }
        }
        if ends.iter().any(|(_, end)| matches!(end, Typed::Null)) {
            let message = "an end of the interval is `null`".to_owned();
            let help = "write one comparison, as in `x >= 3`";
            self.report(
                Diagnostic::error("compared-with-null", message)
                    .at(expr.span)
                    .help(help),
            );
            return Typed::Poison;
        }
        let mut atoms = Vec::new();
        for (comparison, end) in ends {
            match self.comparison(comparison, value.clone(), end, expr) {
                Some(atom) => atoms.push(atom),
                None => return Typed::Poison,
            }
        }
        Typed::Truth(self.builder.test(atoms, format_expression(expr)))
    }
}

pub(super) fn at_least(closed: bool) -> Comparison {
    if closed {
        Comparison::AtLeast
    } else {
        Comparison::Greater
    }
}

pub(super) fn at_most(closed: bool) -> Comparison {
    if closed {
        Comparison::AtMost
    } else {
        Comparison::Less
    }
}

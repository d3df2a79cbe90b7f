//! Expressions to nodes and operands, with their types.

mod arithmetic;
mod comparison;

use super::{Checker, resolve};
use crate::atom::{Atom, Comparison, Operand, Step};
use crate::format::{format_expression, quoted};
use crate::program::Node;
use crate::syntax::tree::{BinaryOp, Expr, ExprKind, UnaryOp};
use crate::{Diagnostic, FactType, NodeId, Span, Truth};
use comparison::{at_least, at_most};

/// The types of ordered values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ordered {
    Integer,
    Decimal,
    Date,
}

/// What an expression turned out to be.
#[derive(Clone, Debug)]
pub(super) enum Typed {
    Truth(NodeId),
    Ordered(Ordered, Operand),
    /// A length of time.
    Step(Step),
    /// `null` of no type.
    Null,
    Text,
    /// In error; already reported.
    Poison,
}

impl Typed {
    fn describe(&self) -> &'static str {
        match self {
            Typed::Truth(_) => "a truth",
            Typed::Ordered(Ordered::Integer, _) => "an integer",
            Typed::Ordered(Ordered::Decimal, _) => "a decimal",
            Typed::Ordered(Ordered::Date, _) => "a date",
            Typed::Step(_) => "a length of time",
            Typed::Null => "`null`",
            Typed::Text => "a string",
            Typed::Poison => "an error",
        }
    }
}

impl Checker<'_> {
    /// The node of an expression that must be a truth; `None` after an error.
    pub(super) fn truth(&mut self, expr: &Expr) -> Option<NodeId> {
        match self.lower(expr) {
            Typed::Truth(node) => Some(node),
            Typed::Null => Some(self.constant(Truth::Unknown, expr)),
            Typed::Poison => None,
            typed @ (Typed::Ordered(..) | Typed::Step(_) | Typed::Text) => {
                let message = format!("expected a truth, found {}", typed.describe());
                let help = format!("compare it, as in `{} >= …`", format_expression(expr));
                self.report(
                    Diagnostic::error("type-mismatch", message)
                        .at(expr.span)
                        .help(help),
                );
                None
            }
        }
    }

    fn constant(&mut self, truth: Truth, expr: &Expr) -> NodeId {
        self.builder
            .test(vec![Atom::Constant(truth)], format_expression(expr))
    }

    pub(super) fn lower(&mut self, expr: &Expr) -> Typed {
        match &expr.kind {
            ExprKind::Error => Typed::Poison,
            ExprKind::Literal(literal) => self.literal(literal, expr),
            ExprKind::Name(name) => self.name(name, expr.span),
            ExprKind::And(_) => self.chain(expr, true),
            ExprKind::Or(_) => self.chain(expr, false),
            ExprKind::Unary(UnaryOp::Not, operand) => {
                let Some(operand) = self.truth(operand) else {
                    return Typed::Poison;
                };
                Typed::Truth(
                    self.builder
                        .node(Node::Not(operand), format_expression(expr)),
                )
            }
            ExprKind::Unary(UnaryOp::Negate, operand) => self.negate(operand, expr),
            ExprKind::Unary(UnaryOp::Plus, operand)
                if matches!(operand.kind, ExprKind::Literal(_)) =>
            {
                self.lower(operand)
            }
            ExprKind::Binary(op, left, right) => self.binary(*op, left, right, expr),
            ExprKind::Between {
                operand,
                low,
                high,
                properly,
            } => {
                let (least, most) = (at_least(!properly), at_most(!properly));
                self.enclosed(operand, (least, low), (most, high), expr)
            }
            _ => self.refuse(expr),
        }
    }

    fn chain(&mut self, expr: &Expr, all: bool) -> Typed {
        let mut operands = Vec::new();
        flatten(expr, all, &mut operands);
        // Every operand is checked before an error in one of them is passed on.
        let nodes: Vec<Option<NodeId>> = operands
            .into_iter()
            .map(|operand| self.truth(operand))
            .collect();
        let Some(nodes) = nodes.into_iter().collect::<Option<Vec<NodeId>>>() else {
            return Typed::Poison;
        };
        let node = if all {
            Node::And(nodes)
        } else {
            Node::Or(nodes)
        };
        Typed::Truth(self.builder.node(node, format_expression(expr)))
    }

    // Names

    fn name(&mut self, name: &str, span: Span) -> Typed {
        let Some(index) = self.schema.find(name) else {
            return self
                .named_truth(name, Some(span))
                .map_or(Typed::Poison, Typed::Truth);
        };
        let operand = Operand::Fact(index, Vec::new());
        match self.schema.fact(index).ty {
            FactType::Boolean => {
                Typed::Truth(self.builder.test(vec![Atom::Fact(index)], quoted(name)))
            }
            FactType::Integer => Typed::Ordered(Ordered::Integer, operand),
            FactType::Decimal => Typed::Ordered(Ordered::Decimal, operand),
            FactType::Date => Typed::Ordered(Ordered::Date, operand),
            FactType::Word => {
                self.report_word(name, span);
                Typed::Poison
            }
        }
    }

    pub(super) fn report_word(&mut self, name: &str, span: Span) {
        let message = format!("`{name}` is a worded fact, which sums up other facts for people");
        let help = "a word is missing as soon as one of its parts is open; use the booleans and numbers that it sums up";
        self.report(
            Diagnostic::error("worded-fact", message)
                .at(span)
                .help(help),
        );
    }

    /// The node of a definition or a boolean fact.
    pub(super) fn named_truth(&mut self, name: &str, span: Option<Span>) -> Option<NodeId> {
        if let Some(node) = self.builder.root(name) {
            return Some(node);
        }
        if self.by_name.contains_key(name) {
            // In error itself, or in a cycle; reported there.
            return None;
        }
        if let Some(index) = self.schema.find(name) {
            if self.schema.fact(index).ty == FactType::Boolean {
                return Some(self.builder.test(vec![Atom::Fact(index)], quoted(name)));
            }
            let message = format!("`{name}` is a fact that is no truth");
            self.report(
                Diagnostic::error("type-mismatch", message).help("define a comparison of it"),
            );
            return None;
        }
        self.report_unknown(name, span);
        None
    }

    pub(super) fn report_unknown(&mut self, name: &str, span: Option<Span>) {
        let facts = self.schema.facts().iter().map(|fact| fact.id.as_str());
        let names = facts.chain(self.by_name.keys().map(String::as_str));
        let help = match resolve::nearest(name, names) {
            Some(near) => format!("did you mean `{}`?", quoted(near)),
            None => "declare a fact of this name, or define it".to_owned(),
        };
        let message = format!("`{name}` is neither a fact nor a definition");
        let diagnostic = Diagnostic::error("unknown-name", message).help(help);
        self.report(Diagnostic { span, ..diagnostic });
    }

    fn is_known(&self, name: &str) -> bool {
        self.schema.find(name).is_some() || self.by_name.contains_key(name)
    }

    /// Whether this is a name with hyphens that lacks its quotes, as in `her2-positive`; reports it.
    fn unquoted(&mut self, expr: &Expr) -> bool {
        let mut parts = Vec::new();
        if !hyphenated(expr, &mut parts) {
            return false;
        }
        let name = parts.join("-");
        let known = self.is_known(&name);
        if known {
            let message = format!("`{name}` reads as a subtraction");
            let help = format!(
                "put a name that holds a hyphen in double quotes: `{}`",
                quoted(&name)
            );
            self.report(
                Diagnostic::error("unknown-name", message)
                    .at(expr.span)
                    .help(help),
            );
        }
        known
    }

    // Operators

    fn binary(&mut self, op: BinaryOp, left: &Expr, right: &Expr, expr: &Expr) -> Typed {
        match op {
            BinaryOp::Implies => {
                let (Some(condition), Some(conclusion)) = (self.truth(left), self.truth(right))
                else {
                    return Typed::Poison;
                };
                let fails = self.negated(left, condition);
                Typed::Truth(
                    self.builder
                        .node(Node::Or(vec![fails, conclusion]), format_expression(expr)),
                )
            }
            BinaryOp::Xor => {
                let (Some(mine), Some(theirs)) = (self.truth(left), self.truth(right)) else {
                    return Typed::Poison;
                };
                Typed::Truth(self.exactly_one(
                    (left, mine),
                    (right, theirs),
                    format_expression(expr),
                ))
            }
            BinaryOp::Equal => self.compare(Comparison::Equal, left, right, expr),
            BinaryOp::NotEqual => self.compare(Comparison::NotEqual, left, right, expr),
            BinaryOp::Less => self.compare(Comparison::Less, left, right, expr),
            BinaryOp::AtMost => self.compare(Comparison::AtMost, left, right, expr),
            BinaryOp::Greater => self.compare(Comparison::Greater, left, right, expr),
            BinaryOp::AtLeast => self.compare(Comparison::AtLeast, left, right, expr),
            BinaryOp::Add | BinaryOp::Subtract => self.arithmetic(op, left, right, expr),
            BinaryOp::In => match &right.kind {
                ExprKind::Interval {
                    low,
                    high,
                    low_closed,
                    high_closed,
                } if !self.reads_facts(right) => self.enclosed(
                    left,
                    (at_least(*low_closed), low),
                    (at_most(*high_closed), high),
                    expr,
                ),
                _ => self.refuse(expr),
            },
            BinaryOp::Union
            | BinaryOp::Intersect
            | BinaryOp::Except
            | BinaryOp::Contains
            | BinaryOp::Equivalent
            | BinaryOp::NotEquivalent
            | BinaryOp::Concatenate
            | BinaryOp::Multiply
            | BinaryOp::Divide
            | BinaryOp::TruncatedDivide
            | BinaryOp::Modulo
            | BinaryOp::Power => self.refuse(expr),
        }
    }

    fn negated(&mut self, expr: &Expr, node: NodeId) -> NodeId {
        self.builder
            .node(Node::Not(node), format_expression(&not(expr)))
    }

    /// `xor`, as the `or` of its two ways to hold; unknown where either side is, since neither way is decided then.
    fn exactly_one(
        &mut self,
        left: (&Expr, NodeId),
        right: (&Expr, NodeId),
        text: String,
    ) -> NodeId {
        let [(one, one_node), (other, other_node)] = [left, right];
        let (not_one, not_other) = (self.negated(one, one_node), self.negated(other, other_node));
        let both = |left: Expr, right: Expr| {
            format_expression(&Expr::new(
                ExprKind::And(vec![left, right]),
                Span::default(),
            ))
        };
        let ways = [
            self.builder.node(
                Node::And(vec![one_node, not_other]),
                both(one.clone(), not(other)),
            ),
            self.builder.node(
                Node::And(vec![not_one, other_node]),
                both(not(one), other.clone()),
            ),
        ];
        self.builder.node(Node::Or(ways.to_vec()), text)
    }
}

fn not(expr: &Expr) -> Expr {
    Expr::new(
        ExprKind::Unary(UnaryOp::Not, Box::new(expr.clone())),
        expr.span,
    )
}

fn flatten<'e>(expr: &'e Expr, all: bool, into: &mut Vec<&'e Expr>) {
    match &expr.kind {
        ExprKind::And(operands) if all => operands
            .iter()
            .for_each(|operand| flatten(operand, all, into)),
        ExprKind::Or(operands) if !all => operands
            .iter()
            .for_each(|operand| flatten(operand, all, into)),
        _ => into.push(expr),
    }
}

fn hyphenated<'e>(expr: &'e Expr, parts: &mut Vec<&'e str>) -> bool {
    match &expr.kind {
        ExprKind::Name(name) => {
            parts.push(name);
            true
        }
        ExprKind::Binary(BinaryOp::Subtract, left, right) => {
            hyphenated(left, parts) && hyphenated(right, parts)
        }
        _ => false,
    }
}

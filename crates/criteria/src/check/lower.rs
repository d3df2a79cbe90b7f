//! Expressions to nodes and operands, with their types.

use super::{Checker, resolve};
use crate::atom::{Atom, Comparison, Operand, Step};
use crate::format::{format_expression, quoted};
use crate::program::Node;
use crate::syntax::tree::{BinaryOp, Expr, ExprKind, Literal, Quantity, TimeUnit, UnaryOp, Unit};
use crate::value::DECIMAL_UNIT;
use crate::{Bounds, Date, DateBounds, Diagnostic, FactType, NodeId, Span, Truth};

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

    // Literals

    fn literal(&mut self, literal: &Literal, expr: &Expr) -> Typed {
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

    // Arithmetic

    fn negate(&mut self, operand: &Expr, expr: &Expr) -> Typed {
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

    fn arithmetic(&mut self, op: BinaryOp, left: &Expr, right: &Expr, expr: &Expr) -> Typed {
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

    // Comparisons

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

    fn compare(&mut self, comparison: Comparison, left: &Expr, right: &Expr, expr: &Expr) -> Typed {
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
    fn beside_null(&mut self, other: &Typed, expr: &Expr) -> Typed {
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
            Diagnostic::error("ambiguous-null", message)
                .at(expr.span)
                .help(help),
        );
        Typed::Poison
    }

    fn mismatch(
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
    fn enclosed(
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
                Diagnostic::error("ambiguous-null", message)
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

fn not(expr: &Expr) -> Expr {
    Expr::new(
        ExprKind::Unary(UnaryOp::Not, Box::new(expr.clone())),
        expr.span,
    )
}

fn at_least(closed: bool) -> Comparison {
    if closed {
        Comparison::AtLeast
    } else {
        Comparison::Greater
    }
}

fn at_most(closed: bool) -> Comparison {
    if closed {
        Comparison::AtMost
    } else {
        Comparison::Less
    }
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

fn negated(step: Step) -> Option<Step> {
    match step {
        Step::Units(units) => units.checked_neg().map(Step::Units),
        Step::Months(months) => months.checked_neg().map(Step::Months),
    }
}

/// Two ordered values of the same type; an integer constant beside a decimal becomes one.
fn alike(left: Typed, right: Typed) -> Result<(Ordered, Operand, Operand), (Typed, Typed)> {
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

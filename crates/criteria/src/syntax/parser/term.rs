//! Operands: literals, names, brackets, calls and the operators that stand before their operand.

use super::Parser;
use crate::format::{is_bare, quoted};
use crate::syntax::lexer::Token;
use crate::syntax::precedence;
use crate::syntax::tree::{Expr, ExprKind, Literal, Quantity, TimeUnit, UnaryOp, Unit};

/// What `year from x` and its kin may begin with, besides the units of time.
const PARTS: [&str; 4] = ["date", "time", "timezoneoffset", "timezone"];

impl Parser<'_> {
    /// An operand with the operators before it.
    pub(super) fn operand(&mut self) -> Expr {
        let start = self.span().start;
        if let Some((op, tokens)) = self.unary() {
            self.at += tokens;
            let operand = Box::new(self.climb(precedence::of_unary(op)));
            return self.make(ExprKind::Unary(op, operand), start);
        }
        let Some(kind) = self.worded() else {
            let leaf = self.leaf();
            let leaf = self.members(leaf, start);
            return if self.at_alias(&leaf) {
                let kind = self.query(Some(leaf));
                self.make(kind, start)
            } else {
                leaf
            };
        };
        self.make(kind, start)
    }

    fn unary(&self) -> Option<(UnaryOp, usize)> {
        let op = match self.token() {
            Token::Symbol("-") => UnaryOp::Negate,
            Token::Symbol("+") => UnaryOp::Plus,
            Token::Word(_) => {
                return UnaryOp::ALL.iter().find_map(|op| {
                    let words: Vec<&str> = op.word().split(' ').collect();
                    self.at_words(&words).then_some((*op, words.len()))
                });
            }
            _ => return None,
        };
        Some((op, 1))
    }

    /// Operands that a keyword introduces.
    fn worded(&mut self) -> Option<ExprKind> {
        let word = self.word_ahead(0)?.to_owned();
        let kind = match word.as_str() {
            "if" => self.conditional(),
            "case" => self.case(),
            "cast" => {
                self.advance();
                let operand = Box::new(self.climb(precedence::CAST));
                // The operand takes the `as` for itself; what it cast is the operand.
                match operand.kind {
                    ExprKind::As {
                        operand,
                        ty,
                        strict: false,
                    } => ExprKind::As {
                        operand,
                        ty,
                        strict: true,
                    },
                    _ => {
                        self.expected("`as`");
                        ExprKind::Error
                    }
                }
            }
            "convert" => {
                self.advance();
                let operand = Box::new(self.expression());
                self.expect_word("to");
                ExprKind::Convert {
                    operand,
                    ty: self.type_name(),
                }
            }
            "minimum" | "maximum" => {
                self.advance();
                ExprKind::Extreme {
                    greatest: word == "maximum",
                    ty: self.type_name(),
                }
            }
            "duration" | "difference" => self.counted(word == "difference"),
            "from" => {
                self.advance();
                self.query(None)
            }
            _ if TimeUnit::from_plural(&word).is_some()
                && self.word_ahead(1) == Some("between") =>
            {
                self.duration_between(false)
            }
            _ if self.word_ahead(1) == Some("from")
                && (TimeUnit::from_singular(&word).is_some() || PARTS.contains(&word.as_str())) =>
            {
                self.at += 2;
                ExprKind::Component {
                    part: word,
                    operand: Box::new(self.climb(precedence::SIGN)),
                }
            }
            _ => return None,
        };
        Some(kind)
    }

    fn conditional(&mut self) -> ExprKind {
        self.advance();
        let condition = Box::new(self.expression());
        self.expect_word("then");
        let then = Box::new(self.expression());
        self.expect_word("else");
        let otherwise = Box::new(self.expression());
        ExprKind::If {
            condition,
            then,
            otherwise,
        }
    }

    fn case(&mut self) -> ExprKind {
        self.advance();
        let subject = if self.at_word("when") {
            None
        } else {
            Some(Box::new(self.expression()))
        };
        let mut arms = Vec::new();
        if !self.at_word("when") {
            self.expected("`when`");
        }
        while self.eat_word("when") {
            let when = self.expression();
            self.expect_word("then");
            arms.push((when, self.expression()));
        }
        self.expect_word("else");
        let otherwise = Box::new(self.expression());
        self.expect_word("end");
        ExprKind::Case {
            subject,
            arms,
            otherwise,
        }
    }

    /// `duration in months between a and b`, `difference in months of x`.
    fn counted(&mut self, difference: bool) -> ExprKind {
        self.advance();
        self.expect_word("in");
        if self.word_ahead(1) == Some("between") {
            return self.duration_between(difference);
        }
        let Some(unit) = self.plural() else {
            return ExprKind::Error;
        };
        self.expect_word("of");
        ExprKind::DurationOf {
            difference,
            unit,
            operand: Box::new(self.climb(precedence::SIGN)),
        }
    }

    fn duration_between(&mut self, difference: bool) -> ExprKind {
        let Some(unit) = self.plural() else {
            return ExprKind::Error;
        };
        self.expect_word("between");
        let from = Box::new(self.term());
        self.expect_word("and");
        let to = Box::new(self.term());
        ExprKind::DurationBetween {
            difference,
            unit,
            from,
            to,
        }
    }

    fn plural(&mut self) -> Option<TimeUnit> {
        let unit = self.word_ahead(0).and_then(TimeUnit::from_plural);
        if unit.is_some() {
            self.advance();
        } else {
            self.expected("a unit such as `months`");
        }
        unit
    }

    /// A literal, a name, a call or something in brackets.
    pub(super) fn leaf(&mut self) -> Expr {
        let start = self.span().start;
        let kind = match self.token().clone() {
            Token::Symbol("(") => return self.parenthesised(),
            Token::Symbol("[") => self.retrieve(),
            Token::Symbol("{") => ExprKind::List {
                ty: None,
                items: self.items("{", "}"),
            },
            Token::Word(word) => self.word(&word),
            Token::Quoted(_) => self.named(),
            Token::Bad => {
                self.advance();
                ExprKind::Error
            }
            Token::Symbol(_) | Token::End => {
                self.expected("an expression");
                ExprKind::Error
            }
            Token::Integer(_)
            | Token::Long(_)
            | Token::Decimal(_)
            | Token::Text(_)
            | Token::Date(_)
            | Token::DateTime(_)
            | Token::Time(_) => ExprKind::Literal(self.literal()),
        };
        self.make(kind, start)
    }

    /// The parentheses leave no trace in the tree, except that the span includes them.
    fn parenthesised(&mut self) -> Expr {
        let start = self.span().start;
        self.advance();
        let mut inner = self.expression();
        self.expect_symbol(")");
        inner.span = self.since(start);
        inner
    }

    fn word(&mut self, word: &str) -> ExprKind {
        let literal = match word {
            "true" => Literal::Boolean(true),
            "false" => Literal::Boolean(false),
            "null" => Literal::Null,
            "Interval" if self.symbol_ahead(1, "[") || self.symbol_ahead(1, "(") => {
                return self.interval();
            }
            "Tuple" if self.symbol_ahead(1, "{") => return self.tuple(),
            "List" if self.symbol_ahead(1, "<") => {
                self.at += 2;
                let ty = self.type_name();
                self.expect_symbol(">");
                return ExprKind::List {
                    ty: Some(ty),
                    items: self.items("{", "}"),
                };
            }
            word if precedence::is_reserved(word) => {
                self.expected("an expression");
                return ExprKind::Error;
            }
            _ => return self.named(),
        };
        self.advance();
        ExprKind::Literal(literal)
    }

    fn named(&mut self) -> ExprKind {
        let Some(name) = self.name() else {
            return ExprKind::Error;
        };
        if self.at_symbol("(") {
            return ExprKind::Call {
                target: None,
                name,
                arguments: self.items("(", ")"),
            };
        }
        ExprKind::Name(name.text)
    }

    /// The property or method after the dot of `target.name`.
    pub(super) fn member(&mut self, target: Expr) -> ExprKind {
        self.advance();
        let target = Box::new(target);
        let Some(name) = self.member_name() else {
            return ExprKind::Error;
        };
        if self.at_symbol("(") {
            return ExprKind::Call {
                target: Some(target),
                name,
                arguments: self.items("(", ")"),
            };
        }
        ExprKind::Property { target, name }
    }

    /// An operand followed by any number of properties.
    pub(super) fn members(&mut self, mut target: Expr, start: usize) -> Expr {
        while self.at_symbol(".") {
            let kind = self.member(target);
            target = self.make(kind, start);
        }
        target
    }

    /// Expressions between brackets, separated by commas.
    fn items(&mut self, open: &str, close: &str) -> Vec<Expr> {
        let mut items = Vec::new();
        self.expect_symbol(open);
        if self.eat_symbol(close) {
            return items;
        }
        loop {
            items.push(self.expression());
            if !self.eat_symbol(",") {
                break;
            }
        }
        self.expect_symbol(close);
        items
    }

    fn tuple(&mut self) -> ExprKind {
        self.at += 2;
        let mut fields = Vec::new();
        if self.eat_symbol("}") {
            return ExprKind::Tuple(fields);
        }
        while let Some(name) = self.member_name() {
            self.expect_symbol(":");
            fields.push((name, self.expression()));
            if !self.eat_symbol(",") {
                break;
            }
        }
        self.expect_symbol("}");
        ExprKind::Tuple(fields)
    }

    fn interval(&mut self) -> ExprKind {
        self.advance();
        let low_closed = self.at_symbol("[");
        self.advance();
        let low = Box::new(self.expression());
        self.expect_symbol(",");
        let high = Box::new(self.expression());
        let high_closed = self.at_symbol("]");
        if high_closed || self.at_symbol(")") {
            self.advance();
        } else {
            self.expected("`]` or `)`");
        }
        ExprKind::Interval {
            low,
            high,
            low_closed,
            high_closed,
        }
    }

    fn literal(&mut self) -> Literal {
        let token = self.token().clone();
        self.advance();
        let number = match token {
            Token::Integer(value) => value.to_string(),
            Token::Decimal(ref digits) => digits.clone(),
            Token::Long(value) => return Literal::Long(value),
            Token::Text(text) => return Literal::String(text),
            Token::Date(text) => return Literal::Date(text),
            Token::DateTime(text) => return Literal::DateTime(text),
            Token::Time(text) => return Literal::Time(text),
            Token::Word(_) | Token::Quoted(_) | Token::Symbol(_) | Token::Bad | Token::End => {
                return Literal::Null;
            }
        };
        let quantity = Quantity {
            number,
            unit: self.unit(),
        };
        if self.at_symbol(":") {
            return self.ratio(quantity);
        }
        match (quantity.unit, token) {
            (None, Token::Integer(value)) => Literal::Integer(value),
            (None, _) => Literal::Decimal(quantity.number),
            (Some(unit), _) => Literal::Quantity(Quantity {
                number: quantity.number,
                unit: Some(unit),
            }),
        }
    }

    fn ratio(&mut self, numerator: Quantity) -> Literal {
        self.advance();
        let number = match self.token() {
            Token::Integer(value) => value.to_string(),
            Token::Decimal(digits) => digits.clone(),
            _ => {
                self.expected("a number");
                return Literal::Null;
            }
        };
        self.advance();
        let unit: Option<Unit> = self.unit();
        Literal::Ratio(numerator, Quantity { number, unit })
    }

    /// A type: `Integer`, `System.Integer`, `List<Interval<Date>>`.
    pub(super) fn type_name(&mut self) -> String {
        let mut ty = String::new();
        let mut open = 0;
        loop {
            match self.token() {
                Token::Word(word) => ty.push_str(word),
                Token::Quoted(name) if is_bare(name) => ty.push_str(name),
                Token::Quoted(name) => ty.push_str(&quoted(name)),
                _ => {
                    self.expected("a type");
                    break;
                }
            }
            self.advance();
            if self.at_symbol(".") {
                ty.push('.');
            } else if self.at_symbol("<") && (ty.ends_with("List") || ty.ends_with("Interval")) {
                ty.push('<');
                open += 1;
            } else {
                break;
            }
            self.advance();
        }
        while open > 0 && self.eat_symbol(">") {
            ty.push('>');
            open -= 1;
        }
        if open > 0 {
            self.expected("`>`");
        }
        ty
    }
}

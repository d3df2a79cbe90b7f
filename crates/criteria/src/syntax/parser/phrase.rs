//! Timing phrases: what stands between two operands in `a 6 months or less after b`.

use super::Parser;
use crate::syntax::lexer::Token;
use crate::syntax::tree::{
    Direction, LeftEdge, Limit, Offset, Phrase, Quantity, Relation, RightEdge, TimeUnit, Unit,
};

impl Parser<'_> {
    /// Whether a timing phrase begins at this token, given that an operand has just ended.
    pub(super) fn at_phrase(&self) -> bool {
        match self.token() {
            Token::Integer(_) | Token::Decimal(_) => {
                matches!(self.ahead(1), Token::Text(_))
                    || self
                        .word_ahead(1)
                        .is_some_and(|word| TimeUnit::from_word(word).is_some())
            }
            Token::Word(word) => match word.as_str() {
                "in" | "contains" => self.precision_at(1),
                "starts" | "ends" | "occurs" | "same" | "properly" | "includes" | "included"
                | "during" | "before" | "after" | "on" | "within" | "meets" | "overlaps"
                | "less" | "more" => true,
                _ => false,
            },
            _ => false,
        }
    }

    fn precision_at(&self, ahead: usize) -> bool {
        self.word_ahead(ahead)
            .is_some_and(|word| TimeUnit::from_singular(word).is_some())
            && self.word_ahead(ahead + 1) == Some("of")
    }

    /// A timing phrase; the right operand follows.
    pub(super) fn phrase(&mut self) -> Phrase {
        let mut left_edge = LeftEdge::ALL
            .iter()
            .copied()
            .find(|edge| self.eat_word(edge.word()));
        let properly = self.eat_word("properly");
        let mut relation = self.relation(properly, left_edge.is_some());
        if relation.is_none() {
            // `starts` and `ends` are also relations of their own.
            relation = match left_edge.take() {
                Some(LeftEdge::Starts) => Some((Relation::Starts, None)),
                Some(LeftEdge::Ends) => Some((Relation::Ends, None)),
                Some(LeftEdge::Occurs) | None => {
                    self.expected("a timing phrase");
                    None
                }
            };
        }
        let (relation, same_precision) = relation.unwrap_or((Relation::Same(None), None));
        let precision = same_precision.or_else(|| self.precision());
        let right_edge = RightEdge::ALL.iter().copied().find(|edge| {
            // `start of x` is an operand.
            self.word_ahead(1) != Some("of") && self.eat_word(edge.word())
        });
        Phrase {
            left_edge,
            relation,
            precision,
            right_edge,
        }
    }

    fn precision(&mut self) -> Option<TimeUnit> {
        if !self.precision_at(0) {
            return None;
        }
        let unit = self.word_ahead(0).and_then(TimeUnit::from_singular);
        self.at += 2;
        unit
    }

    /// The relation, and the precision that `same` holds in its middle.
    fn relation(&mut self, properly: bool, edge: bool) -> Option<(Relation, Option<TimeUnit>)> {
        if self.at_word("same") {
            return Some(self.same());
        }
        self.plain_relation(properly, edge)
            .map(|relation| (relation, None))
    }

    fn plain_relation(&mut self, properly: bool, edge: bool) -> Option<Relation> {
        let word = self.word_ahead(0).unwrap_or_default().to_owned();
        let relation = match word.as_str() {
            "within" => {
                self.advance();
                let quantity = self.quantity();
                self.expect_word("of");
                return Some(Relation::Within { properly, quantity });
            }
            "includes" => Relation::Includes { properly },
            "during" => Relation::During { properly },
            "included" => {
                self.advance();
                self.expect_word("in");
                return Some(Relation::During { properly });
            }
            "in" => Relation::In,
            "contains" => Relation::Contains,
            "meets" => {
                self.advance();
                return Some(Relation::Meets(self.direction()));
            }
            "overlaps" => {
                self.advance();
                return Some(Relation::Overlaps(self.direction()));
            }
            _ => return self.relative(edge),
        };
        self.advance();
        Some(relation)
    }

    /// `same day as`, `same or before`.
    fn same(&mut self) -> (Relation, Option<TimeUnit>) {
        self.advance();
        let precision = self.word_ahead(0).and_then(TimeUnit::from_singular);
        if precision.is_some() {
            self.advance();
        }
        let mut direction = None;
        if self.eat_word("or") {
            direction = self.direction();
            if direction.is_none() {
                self.expected("`before` or `after`");
            }
        } else {
            self.expect_word("as");
        }
        (Relation::Same(direction), precision)
    }

    fn direction(&mut self) -> Option<Direction> {
        Direction::ALL
            .iter()
            .copied()
            .find(|direction| self.eat_word(direction.word()))
    }

    /// Whether a number and its unit are a distance rather than the right operand, as in `starts 3 days`.
    fn at_offset(&self) -> bool {
        match self.word_ahead(2) {
            Some("before" | "after" | "on") => true,
            Some("or") => matches!(self.word_ahead(3), Some("more" | "less")),
            _ => false,
        }
    }

    /// `before`, `on or after`, `less than 3 days before`, `3 days or more after`.
    fn relative(&mut self, edge: bool) -> Option<Relation> {
        let offset = if self.eat_words(&["less", "than"]) {
            Some(Offset {
                quantity: self.quantity(),
                limit: Limit::LessThan,
            })
        } else if self.eat_words(&["more", "than"]) {
            Some(Offset {
                quantity: self.quantity(),
                limit: Limit::MoreThan,
            })
        } else if matches!(self.token(), Token::Integer(_) | Token::Decimal(_))
            && (!edge || self.at_offset())
        {
            let quantity = self.quantity();
            let limit = if self.eat_words(&["or", "more"]) {
                Limit::OrMore
            } else if self.eat_words(&["or", "less"]) {
                Limit::OrLess
            } else {
                Limit::Exactly
            };
            Some(Offset { quantity, limit })
        } else {
            None
        };
        let before = self.eat_words(&["on", "or"]);
        let Some(direction) = self.direction() else {
            if offset.is_some() || before {
                self.expected("`before` or `after`");
                return Some(Relation::Relative {
                    offset,
                    direction: Direction::Before,
                    inclusive: before,
                });
            }
            return None;
        };
        let inclusive = before || self.eat_words(&["or", "on"]);
        Some(Relation::Relative {
            offset,
            direction,
            inclusive,
        })
    }

    /// A number with a unit; reports when there is none.
    pub(super) fn quantity(&mut self) -> Quantity {
        let number = match self.token() {
            Token::Integer(value) => value.to_string(),
            Token::Decimal(digits) => digits.clone(),
            _ => {
                self.expected("a number with a unit");
                return Quantity {
                    number: "0".to_owned(),
                    unit: Some(Unit::Calendar(TimeUnit::Day)),
                };
            }
        };
        self.advance();
        let unit = self.unit();
        if unit.is_none() {
            self.expected("a unit such as `months`");
        }
        Quantity { number, unit }
    }

    /// The unit of a quantity, if one stands here.
    pub(super) fn unit(&mut self) -> Option<Unit> {
        let unit = match self.token() {
            Token::Text(code) => Unit::Ucum(code.clone()),
            Token::Word(word) => Unit::Calendar(TimeUnit::from_word(word)?),
            _ => return None,
        };
        self.advance();
        Some(unit)
    }
}

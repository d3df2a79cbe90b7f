//! Retrieves and queries: read so that a diagnostic can name them.

use super::Parser;
use crate::syntax::lexer::Token;
use crate::syntax::precedence;
use crate::syntax::tree::{Expr, ExprKind, Inclusion, Name, Query, SortKey};

/// The words that begin a clause of a query.
const CLAUSES: [&str; 6] = ["let", "with", "without", "where", "return", "sort"];

impl Parser<'_> {
    /// `[Type: path in codes]`.
    pub(super) fn retrieve(&mut self) -> ExprKind {
        self.advance();
        let Some(ty) = self.dotted_name() else {
            return ExprKind::Error;
        };
        let (mut path, mut codes) = (None, None);
        if self.eat_symbol(":") {
            path = self.code_path();
            codes = Some(Box::new(self.expression()));
        }
        self.expect_symbol("]");
        ExprKind::Retrieve { ty, path, codes }
    }

    fn code_path(&mut self) -> Option<(Name, String)> {
        let comparator = match self.ahead(1) {
            Token::Symbol(symbol @ ("=" | "~")) => (*symbol).to_owned(),
            Token::Word(word) if word == "in" => word.clone(),
            _ => return None,
        };
        let path = self.member_name()?;
        self.advance();
        Some((path, comparator))
    }

    /// Whether an alias of a query stands after this source. A clause must follow the alias unless the source is a
    /// retrieve, for otherwise two neighbouring names are more likely a forgotten `and`.
    pub(super) fn at_alias(&self, source: &Expr) -> bool {
        let alias = match self.token() {
            Token::Word(word) => !precedence::is_reserved(word),
            Token::Quoted(_) => true,
            _ => false,
        };
        let clause = self
            .word_ahead(1)
            .is_some_and(|word| CLAUSES.contains(&word));
        alias && (clause || matches!(source.kind, ExprKind::Retrieve { .. }))
    }

    /// The rest of a query whose source has been read.
    pub(super) fn query(&mut self, source: Option<Expr>) -> ExprKind {
        let mut query = Query {
            sources: Vec::new(),
            lets: Vec::new(),
            inclusions: Vec::new(),
            condition: None,
            result: None,
            sort: Vec::new(),
        };
        let mut next = source;
        loop {
            let source = match next.take() {
                Some(source) => source,
                None => self.source(),
            };
            let Some(alias) = self.name() else {
                return ExprKind::Error;
            };
            query.sources.push((source, alias));
            if !self.eat_symbol(",") {
                break;
            }
        }
        self.clauses(&mut query);
        ExprKind::Query(Box::new(query))
    }

    fn source(&mut self) -> Expr {
        let start = self.span().start;
        let operand = self.leaf();
        self.members(operand, start)
    }

    fn clauses(&mut self, query: &mut Query) {
        if self.eat_word("let") {
            loop {
                let Some(name) = self.name() else { return };
                self.expect_symbol(":");
                query.lets.push((name, self.expression()));
                if !self.eat_symbol(",") {
                    break;
                }
            }
        }
        while self.at_word("with") || self.at_word("without") {
            let negated = self.at_word("without");
            self.advance();
            let source = self.source();
            let Some(alias) = self.name() else { return };
            self.expect_word("such");
            self.expect_word("that");
            query.inclusions.push(Inclusion {
                negated,
                source,
                alias,
                condition: self.expression(),
            });
        }
        if self.eat_word("where") {
            query.condition = Some(self.expression());
        }
        if self.eat_word("return") {
            let distinct = if self.eat_word("distinct") {
                Some(true)
            } else if self.eat_word("all") {
                Some(false)
            } else {
                None
            };
            query.result = Some((distinct, self.expression()));
        }
        if self.eat_word("sort") {
            self.sort(query);
        }
    }

    fn sort(&mut self, query: &mut Query) {
        if !self.eat_word("by") {
            query.sort.push(SortKey {
                by: None,
                descending: self.sort_direction(),
            });
            return;
        }
        loop {
            let by = Some(self.term());
            query.sort.push(SortKey {
                by,
                descending: self.sort_direction(),
            });
            if !self.eat_symbol(",") {
                break;
            }
        }
    }

    fn sort_direction(&mut self) -> bool {
        let descending = self.eat_word("desc") || self.eat_word("descending");
        let _ = descending || self.eat_word("asc") || self.eat_word("ascending");
        descending
    }
}

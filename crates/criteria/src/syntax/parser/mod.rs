//! Tokens to tree, by recursive descent with precedence climbing; recovers from every error.

mod phrase;
mod query;
mod term;

use super::lexer::{Lexed, Token, lex};
use super::precedence;
use super::tree::{BinaryOp, Definition, Expr, ExprKind, Header, Library, MAX_HEIGHT, Name, Test};
use crate::{Diagnostic, Span};

/// What a text of statements was read as.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The statements that could be read.
    pub library: Library,
    /// The places of the comments.
    pub comments: Vec<Span>,
    /// Everything that is wrong, in the order of the text; empty for a good text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a text of `define` statements.
#[must_use]
pub fn parse_library(text: &str) -> Parsed {
    let mut parser = Parser::new(text);
    let library = parser.library();
    let (comments, diagnostics) = parser.finish();
    Parsed {
        library,
        comments,
        diagnostics,
    }
}

/// Reads a text that is one expression.
#[must_use]
pub fn parse_expression(text: &str) -> (Expr, Vec<Diagnostic>) {
    let mut parser = Parser::new(text);
    let expr = parser.expression();
    if !parser.at_end() {
        parser.expected("an operator or the end of the text");
    }
    (expr, parser.finish().1)
}

/// The words that begin a statement.
const STATEMENTS: [&str; 11] = [
    "define",
    "library",
    "using",
    "include",
    "codesystem",
    "valueset",
    "code",
    "concept",
    "parameter",
    "context",
    "function",
];

struct Parser<'t> {
    text: &'t str,
    lexed: Lexed,
    at: usize,
    depth: u16,
    /// The token at which the last error was reported: one error for one token.
    reported: Option<usize>,
}

/// What may follow a complete operand.
enum Operator {
    And,
    Or,
    Binary(BinaryOp),
    Is,
    As,
    Between,
    Timing,
    Dot,
    Bracket,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        Parser {
            text,
            lexed: lex(text),
            at: 0,
            depth: 0,
            reported: None,
        }
    }

    fn finish(mut self) -> (Vec<Span>, Vec<Diagnostic>) {
        self.lexed
            .diagnostics
            .sort_by_key(|diagnostic| diagnostic.span);
        (self.lexed.comments, self.lexed.diagnostics)
    }

    // Tokens

    fn token(&self) -> &Token {
        self.ahead(0)
    }

    fn ahead(&self, count: usize) -> &Token {
        self.lexed
            .tokens
            .get(self.at + count)
            .map_or(&Token::End, |(token, _)| token)
    }

    fn span(&self) -> Span {
        self.lexed
            .tokens
            .get(self.at)
            .map_or(Span::new(self.text.len(), self.text.len()), |(_, span)| {
                *span
            })
    }

    /// From a start to the end of the last token read.
    fn since(&self, start: usize) -> Span {
        let end = self
            .at
            .checked_sub(1)
            .and_then(|last| self.lexed.tokens.get(last))
            .map_or(start, |(_, span)| span.end);
        Span::new(start, end.max(start))
    }

    fn advance(&mut self) {
        if !self.at_end() {
            self.at += 1;
        }
    }

    fn at_end(&self) -> bool {
        *self.token() == Token::End
    }

    fn word_ahead(&self, count: usize) -> Option<&str> {
        match self.ahead(count) {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    fn at_word(&self, word: &str) -> bool {
        self.word_ahead(0) == Some(word)
    }

    fn at_words(&self, words: &[&str]) -> bool {
        words
            .iter()
            .enumerate()
            .all(|(count, word)| self.word_ahead(count) == Some(word))
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.at_word(word);
        if found {
            self.advance();
        }
        found
    }

    fn eat_words(&mut self, words: &[&str]) -> bool {
        let found = self.at_words(words);
        if found {
            self.at += words.len();
        }
        found
    }

    fn expect_word(&mut self, word: &str) {
        if !self.eat_word(word) {
            self.expected(&format!("`{word}`"));
        }
    }

    fn at_symbol(&self, symbol: &str) -> bool {
        matches!(self.token(), Token::Symbol(found) if *found == symbol)
    }

    fn symbol_ahead(&self, count: usize, symbol: &str) -> bool {
        matches!(self.ahead(count), Token::Symbol(found) if *found == symbol)
    }

    fn eat_symbol(&mut self, symbol: &str) -> bool {
        let found = self.at_symbol(symbol);
        if found {
            self.advance();
        }
        found
    }

    fn expect_symbol(&mut self, symbol: &str) {
        if !self.eat_symbol(symbol) {
            self.expected(&format!("`{symbol}`"));
        }
    }

    // Errors

    fn report(&mut self, diagnostic: Diagnostic) {
        let silent = self.reported == Some(self.at) || *self.token() == Token::Bad;
        self.reported = Some(self.at);
        if !silent {
            self.lexed.diagnostics.push(diagnostic);
        }
    }

    fn expected(&mut self, what: &str) {
        let span = self.span();
        let found = match self.token() {
            Token::End => "the end of the text".to_owned(),
            _ => format!("`{}`", &self.text[span.start..span.end]),
        };
        let diagnostic = Diagnostic::error(
            "unexpected-token",
            format!("expected {what}, found {found}"),
        )
        .at(span);
        let help = match self.token() {
            Token::Word(word) if what == "a name" && precedence::is_reserved(word) => {
                format!(
                    "`{word}` is a word of the language; put it in double quotes to use it as a name"
                )
            }
            Token::Word(_) | Token::Quoted(_) if what.starts_with("an operator") => {
                "join two conditions with `and` or `or`".to_owned()
            }
            Token::Symbol("-") if what == "`:`" => {
                "put a name that holds a hyphen in double quotes".to_owned()
            }
            Token::Symbol(")" | "]" | "}") if what.starts_with("an operator") => {
                "remove it, or open the bracket that it closes".to_owned()
            }
            _ => format!("write {what} here"),
        };
        self.report(diagnostic.help(help));
    }

    /// Reports nesting beyond the limit and goes on at the next `define`, where nothing more is reported.
    fn too_deep(&mut self) -> Expr {
        let span = self.span();
        let message = format!("the expression is nested more than {MAX_HEIGHT} deep");
        self.report(
            Diagnostic::error("nested-too-deeply", message)
                .at(span)
                .help("give the inner parts a `define` of their own"),
        );
        while !self.at_end() && !self.at_word("define") {
            self.advance();
        }
        self.reported = Some(self.at);
        Expr::new(ExprKind::Error, span)
    }

    fn make(&mut self, kind: ExprKind, start: usize) -> Expr {
        let expr = Expr::new(kind, self.since(start));
        if expr.height() > MAX_HEIGHT {
            self.too_deep()
        } else {
            expr
        }
    }

    // Statements

    fn library(&mut self) -> Library {
        let mut library = Library::default();
        while !self.at_end() {
            let start = self.span().start;
            if self.at_word("library") && library.header.is_none() && library.definitions.is_empty()
            {
                self.advance();
                library.header = self.header();
            } else if self.eat_word("define") {
                library.definitions.extend(self.definition(start));
            } else {
                self.other_statement();
            }
        }
        library
    }

    fn header(&mut self) -> Option<Header> {
        let name = self.dotted_name()?;
        let mut version = None;
        if self.eat_word("version") {
            if let Token::Text(text) = self.token() {
                version = Some(text.clone());
                self.advance();
            } else {
                self.expected("a version in single quotes");
            }
        }
        Some(Header { name, version })
    }

    fn definition(&mut self, start: usize) -> Option<Definition> {
        let _ = self.eat_word("public") || self.eat_word("private");
        if self.at_word("function") || self.at_words(&["fluent", "function"]) {
            self.other_statement();
            return None;
        }
        let Some(name) = self.name() else {
            self.skip_to_statement();
            return None;
        };
        self.expect_symbol(":");
        if self.reported == Some(self.at) {
            self.skip_to_statement();
            return None;
        }
        let mut body = self.expression();
        let span = self.since(start);
        if !self.at_end() && !self.at_word("define") {
            self.expected("an operator or the next `define`");
            // Half a comparison: what was read is checked, and its type is no matter.
            let unread = Expr::new(ExprKind::Error, self.span());
            let place = body.span;
            body = Expr::new(
                ExprKind::Binary(BinaryOp::Equal, Box::new(body), Box::new(unread)),
                place,
            );
            self.skip_to_statement();
        }
        Some(Definition { name, body, span })
    }

    fn other_statement(&mut self) {
        let span = self.span();
        let found = &self.text[span.start..span.end];
        if self
            .word_ahead(0)
            .is_some_and(|word| STATEMENTS.contains(&word))
        {
            let message = format!("`{found}` is not part of the criteria language");
            let help = "only `define` is; facts and codes are declared in the knowledge base";
            self.report(
                Diagnostic::error("unsupported-statement", message)
                    .at(span)
                    .help(help),
            );
        } else {
            self.expected("`define`");
        }
        self.advance();
        self.skip_to_statement();
    }

    /// Goes to the next `define`; other statements that follow are skipped too, each reported in its turn.
    fn skip_to_statement(&mut self) {
        while !self.at_end() && !self.at_word("define") {
            self.advance();
        }
    }

    /// An identifier; reports and stays when there is none.
    fn name(&mut self) -> Option<Name> {
        let span = self.span();
        let text = match self.token() {
            Token::Word(word) if !precedence::is_reserved(word) => word.clone(),
            Token::Quoted(name) => name.clone(),
            _ => {
                self.expected("a name");
                return None;
            }
        };
        self.advance();
        Some(Name { text, span })
    }

    /// A name with any number of dots.
    fn dotted_name(&mut self) -> Option<Name> {
        let mut name = self.name()?;
        while self.eat_symbol(".") {
            let part = self.member_name()?;
            name = Name {
                text: format!("{}.{}", name.text, part.text),
                span: name.span.join(part.span),
            };
        }
        Some(name)
    }

    /// A name where no operand can stand, as after a dot: words of the language are names there.
    fn member_name(&mut self) -> Option<Name> {
        let span = self.span();
        let Token::Word(word) = self.token() else {
            return self.name();
        };
        let text = word.clone();
        self.advance();
        Some(Name { text, span })
    }

    // Expressions

    fn expression(&mut self) -> Expr {
        self.climb(precedence::SET)
    }

    /// An operand of `expressionTerm` in the grammar: arithmetic, but no comparison or logic.
    fn term(&mut self) -> Expr {
        self.climb(precedence::ADDITION)
    }

    /// An expression of operators that bind at least as tightly as `least`.
    fn climb(&mut self, least: u8) -> Expr {
        if self.depth >= MAX_HEIGHT {
            return self.too_deep();
        }
        self.depth += 1;
        let start = self.span().start;
        let mut left = self.operand();
        while let Some((level, operator)) = self.operator() {
            if level < least {
                break;
            }
            let kind = self.apply(left, level, &operator);
            left = self.make(kind, start);
        }
        self.depth -= 1;
        left
    }

    fn apply(&mut self, left: Expr, level: u8, operator: &Operator) -> ExprKind {
        match operator {
            Operator::And => ExprKind::And(self.chain(left, "and", level)),
            Operator::Or => ExprKind::Or(self.chain(left, "or", level)),
            Operator::Binary(op) => {
                self.advance();
                ExprKind::Binary(*op, Box::new(left), Box::new(self.climb(level + 1)))
            }
            Operator::Is => self.is(left),
            Operator::As => {
                self.advance();
                ExprKind::As {
                    operand: Box::new(left),
                    ty: self.type_name(),
                    strict: false,
                }
            }
            Operator::Between => self.between(left),
            Operator::Timing => {
                let phrase = self.phrase();
                ExprKind::Timing {
                    left: Box::new(left),
                    phrase,
                    right: Box::new(self.climb(level + 1)),
                }
            }
            Operator::Dot => self.member(left),
            Operator::Bracket => {
                self.advance();
                let index = Box::new(self.expression());
                self.expect_symbol("]");
                ExprKind::Index {
                    target: Box::new(left),
                    index,
                }
            }
        }
    }

    fn chain(&mut self, first: Expr, word: &str, level: u8) -> Vec<Expr> {
        let mut operands = vec![first];
        while self.eat_word(word) {
            operands.push(self.climb(level + 1));
        }
        operands
    }

    fn is(&mut self, left: Expr) -> ExprKind {
        self.advance();
        let negated = self.eat_word("not");
        let test = match self.word_ahead(0) {
            Some("null") => Test::Null,
            Some("true") => Test::True,
            Some("false") => Test::False,
            _ if negated => {
                self.expected("`null`, `true` or `false`");
                return ExprKind::Error;
            }
            _ => {
                return ExprKind::IsType {
                    operand: Box::new(left),
                    ty: self.type_name(),
                };
            }
        };
        self.advance();
        ExprKind::Is {
            operand: Box::new(left),
            negated,
            test,
        }
    }

    fn between(&mut self, left: Expr) -> ExprKind {
        let properly = self.eat_word("properly");
        self.advance();
        let low = Box::new(self.term());
        self.expect_word("and");
        let high = Box::new(self.term());
        ExprKind::Between {
            operand: Box::new(left),
            low,
            high,
            properly,
        }
    }

    fn operator(&self) -> Option<(u8, Operator)> {
        let operator = match self.token() {
            Token::Symbol(symbol) => match *symbol {
                "." => return Some((precedence::ATOM, Operator::Dot)),
                "[" => return Some((precedence::ATOM, Operator::Bracket)),
                "|" => BinaryOp::Union,
                "/" => BinaryOp::Divide,
                symbol => *BinaryOp::ALL.iter().find(|op| op.word() == symbol)?,
            },
            Token::Word(word) => match word.as_str() {
                "and" => return Some((precedence::AND, Operator::And)),
                "or" => return Some((precedence::OR, Operator::Or)),
                "is" => return Some((precedence::TYPE, Operator::Is)),
                "as" => return Some((precedence::TYPE, Operator::As)),
                "between" => return Some((precedence::BETWEEN, Operator::Between)),
                "properly" if self.at_words(&["properly", "between"]) => {
                    return Some((precedence::BETWEEN, Operator::Between));
                }
                _ if self.at_phrase() => return Some((precedence::TIMING, Operator::Timing)),
                word => *BinaryOp::ALL.iter().find(|op| op.word() == word)?,
            },
            Token::Integer(_) | Token::Decimal(_) if self.at_phrase() => {
                return Some((precedence::TIMING, Operator::Timing));
            }
            _ => return None,
        };
        Some((precedence::of_binary(operator), Operator::Binary(operator)))
    }
}

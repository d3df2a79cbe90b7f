//! Text to tokens.

use crate::{DateBounds, Diagnostic, Span};

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// A keyword or an identifier without quotes.
    Word(String),
    /// An identifier in double quotes or backticks.
    Quoted(String),
    /// A string in single quotes.
    Text(String),
    /// Digits.
    Integer(u64),
    /// Digits and `L`.
    Long(u64),
    /// Digits, a point and digits.
    Decimal(String),
    /// `@` and a date.
    Date(String),
    /// `@`, a date, `T` and perhaps a time of day.
    DateTime(String),
    /// `@T` and a time of day.
    Time(String),
    /// Punctuation or an operator.
    Symbol(&'static str),
    /// Characters that could not be read; a diagnostic tells why.
    Bad,
    /// The end of the text.
    End,
}

/// The tokens and comments of a text.
#[derive(Clone, Debug)]
pub struct Lexed {
    /// The tokens, the last of which is [`Token::End`].
    pub tokens: Vec<(Token, Span)>,
    /// The places of the comments, in order.
    pub comments: Vec<Span>,
    /// What could not be read.
    pub diagnostics: Vec<Diagnostic>,
}

/// Splits a text into tokens. Never fails: what cannot be read becomes [`Token::Bad`].
#[must_use]
pub fn lex(text: &str) -> Lexed {
    let mut lexer = Lexer {
        text,
        at: 0,
        lexed: Lexed {
            tokens: Vec::new(),
            comments: Vec::new(),
            diagnostics: Vec::new(),
        },
    };
    lexer.run();
    lexer.lexed
}

/// Whether a text is an identifier that needs no quotes; keywords are not looked at.
#[must_use]
pub fn is_plain_identifier(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(is_word_start) && bytes.all(is_word_byte)
}

fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Longer symbols first.
const SYMBOLS: [&str; 27] = [
    "<=", ">=", "!=", "!~", "<", ">", "=", "~", "(", ")", "[", "]", "{", "}", ",", ":", ".", "+",
    "-", "*", "/", "^", "&", "|", ";", "$", "%",
];

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    lexed: Lexed,
}

impl Lexer<'_> {
    fn run(&mut self) {
        while let Some(byte) = self.byte(0) {
            let start = self.at;
            let token = match byte {
                b' ' | b'\t' | b'\r' | b'\n' => {
                    self.at += 1;
                    continue;
                }
                b'/' if self.byte(1) == Some(b'/') => {
                    self.skip_while(|byte| byte != b'\n');
                    self.comment(start);
                    continue;
                }
                b'/' if self.byte(1) == Some(b'*') => {
                    self.block_comment();
                    continue;
                }
                b'\'' | b'"' | b'`' => self.quoted(byte),
                b'@' => self.moment(),
                b'0'..=b'9' => self.number(),
                byte if is_word_start(byte) => {
                    self.skip_while(is_word_byte);
                    Token::Word(self.text[start..self.at].to_owned())
                }
                _ => self.symbol(),
            };
            self.lexed.tokens.push((token, Span::new(start, self.at)));
        }
        let end = self.text.len();
        self.lexed.tokens.push((Token::End, Span::new(end, end)));
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    fn skip_while(&mut self, keep: impl Fn(u8) -> bool) {
        while self.byte(0).is_some_and(&keep) {
            self.at += 1;
        }
    }

    fn refuse(&mut self, code: &'static str, start: usize, message: String, help: &str) -> Token {
        let diagnostic = Diagnostic::error(code, message)
            .at(Span::new(start, self.at))
            .help(help);
        self.lexed.diagnostics.push(diagnostic);
        Token::Bad
    }

    fn comment(&mut self, start: usize) {
        self.lexed.comments.push(Span::new(start, self.at));
    }

    fn block_comment(&mut self) {
        let start = self.at;
        match self.text[start + 2..].find("*/") {
            Some(length) => {
                self.at = start + 2 + length + 2;
                self.comment(start);
            }
            None => {
                self.at = self.text.len();
                self.refuse(
                    "unterminated",
                    start,
                    "the comment has no end".to_owned(),
                    "close it with `*/`",
                );
            }
        }
    }

    /// A string or a quoted identifier. An escape is `\` and one of `'"`\/fnrt`, or `\u` and four hexadecimal digits.
    fn quoted(&mut self, quote: u8) -> Token {
        let start = self.at;
        self.at += 1;
        let mut value = String::new();
        loop {
            let Some(next) = self.text[self.at..].chars().next() else {
                let what = if quote == b'\'' { "string" } else { "name" };
                let help = format!("close it with `{}`", char::from(quote));
                return self.refuse(
                    "unterminated",
                    start,
                    format!("the {what} has no end"),
                    &help,
                );
            };
            self.at += next.len_utf8();
            if next == char::from(quote) {
                break;
            }
            if next == '\\' {
                value.extend(self.escape());
            } else {
                value.push(next);
            }
        }
        if quote == b'\'' {
            return Token::Text(value);
        }
        if value.is_empty() {
            return self.refuse(
                "unexpected-character",
                start,
                "a name is empty".to_owned(),
                "write the name between the quotes",
            );
        }
        Token::Quoted(value)
    }

    fn escape(&mut self) -> Option<char> {
        let start = self.at - 1;
        let next = self.text[self.at..].chars().next()?;
        self.at += next.len_utf8();
        let escaped = match next {
            '\'' | '"' | '`' | '\\' | '/' => Some(next),
            'f' => Some('\u{c}'),
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            'u' => {
                let digits = self
                    .text
                    .get(self.at..self.at + 4)
                    .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
                let read = digits
                    .and_then(|digits| u32::from_str_radix(digits, 16).ok())
                    .and_then(char::from_u32);
                self.at += if read.is_some() { 4 } else { 0 };
                read
            }
            _ => None,
        };
        if escaped.is_none() {
            let message = format!("`{}` is no escape", &self.text[start..self.at]);
            self.refuse(
                "unexpected-character",
                start,
                message,
                "write `\\\\` for a backslash",
            );
        }
        escaped
    }

    fn number(&mut self) -> Token {
        let start = self.at;
        self.skip_while(|byte| byte.is_ascii_digit());
        let whole = self.at;
        if self.byte(0) == Some(b'.') && self.byte(1).is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
            self.skip_while(|byte| byte.is_ascii_digit());
            // CQL 1.5 "Decimal": eight digits after the point.
            if self.at - whole > 9 || whole - start > 28 {
                let message = format!("`{}` is out of range", &self.text[start..self.at]);
                return self.refuse(
                    "out-of-range",
                    start,
                    message,
                    "a decimal has at most 28 digits before and 8 after the point",
                );
            }
            return Token::Decimal(self.text[start..self.at].to_owned());
        }
        let digits = self.text[start..whole].parse::<u64>();
        let (limit, kind): (u64, fn(u64) -> Token) = if self.byte(0) == Some(b'L') {
            self.at += 1;
            (1 << 63, Token::Long)
        } else {
            (1 << 31, Token::Integer)
        };
        match digits {
            Ok(value) if value <= limit => kind(value),
            Ok(_) | Err(_) => {
                let message = format!("`{}` is out of range", &self.text[start..self.at]);
                let help = format!("the greatest value here is {}", limit - 1);
                self.refuse("out-of-range", start, message, &help)
            }
        }
    }

    /// A date, a date with time, or a time.
    fn moment(&mut self) -> Token {
        let start = self.at;
        self.at += 1;
        let token = if self.byte(0) == Some(b'T') {
            self.at += 1;
            let from = self.at;
            (self.time_of_day() && self.at > from)
                .then(|| Token::Time(self.text[from..self.at].to_owned()))
        } else {
            self.date_or_date_time()
        };
        if let Some(token) = token
            && !self.byte(0).is_some_and(is_word_byte)
            && !(self.byte(0) == Some(b'-')
                && self.byte(1).is_some_and(|byte| byte.is_ascii_digit()))
        {
            return token;
        }
        self.skip_while(|byte| is_word_byte(byte) || byte == b'-' || byte == b':');
        let message = format!("`{}` is no date or time", &self.text[start..self.at]);
        self.refuse(
            "invalid-date",
            start,
            message,
            "write `@2024`, `@2024-06` or `@2024-06-01`, with a day that the calendar has",
        )
    }

    fn date_or_date_time(&mut self) -> Option<Token> {
        let from = self.at;
        if !self.digits(4) {
            return None;
        }
        for _ in 0..2 {
            let next = (self.byte(1).zip(self.byte(2)))
                .is_some_and(|(a, b)| a.is_ascii_digit() && b.is_ascii_digit());
            if self.byte(0) == Some(b'-') && next {
                self.at += 3;
            } else {
                break;
            }
        }
        let date = &self.text[from..self.at];
        DateBounds::parse(date)?;
        if self.byte(0) != Some(b'T') {
            return Some(Token::Date(date.to_owned()));
        }
        self.at += 1;
        (self.time_of_day() && self.offset())
            .then(|| Token::DateTime(self.text[from..self.at].to_owned()))
    }

    /// `HH`, `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fff`, or nothing; false when there is something else.
    fn time_of_day(&mut self) -> bool {
        if !self.byte(0).is_some_and(|byte| byte.is_ascii_digit()) {
            return true;
        }
        if !self.two_digits_below(24) {
            return false;
        }
        for _ in 0..2 {
            if self.byte(0) != Some(b':') {
                return true;
            }
            self.at += 1;
            if !self.two_digits_below(60) {
                return false;
            }
        }
        if self.byte(0) == Some(b'.') && self.byte(1).is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
            self.skip_while(|byte| byte.is_ascii_digit());
        }
        true
    }

    /// `Z`, `+HH:MM`, `-HH:MM` or nothing; false when there is something else.
    fn offset(&mut self) -> bool {
        match self.byte(0) {
            Some(b'Z') => {
                self.at += 1;
                true
            }
            Some(b'+' | b'-') if self.byte(1).is_some_and(|byte| byte.is_ascii_digit()) => {
                self.at += 1;
                if !self.two_digits_below(15) || self.byte(0) != Some(b':') {
                    return false;
                }
                self.at += 1;
                self.two_digits_below(60)
            }
            _ => true,
        }
    }

    fn digits(&mut self, count: usize) -> bool {
        let all =
            (0..count).all(|ahead| self.byte(ahead).is_some_and(|byte| byte.is_ascii_digit()));
        self.at += if all { count } else { 0 };
        all
    }

    fn two_digits_below(&mut self, limit: u8) -> bool {
        let from = self.at;
        self.digits(2)
            && self.text[from..self.at]
                .parse::<u8>()
                .is_ok_and(|value| value < limit)
    }

    fn symbol(&mut self) -> Token {
        let start = self.at;
        let rest = &self.text[start..];
        if let Some(symbol) = SYMBOLS.into_iter().find(|symbol| rest.starts_with(symbol)) {
            self.at += symbol.len();
            return Token::Symbol(symbol);
        }
        let unexpected = rest.chars().next().unwrap_or(' ');
        self.at += unexpected.len_utf8();
        let help = match unexpected {
            '≤' => "write `<=`",
            '≥' => "write `>=`",
            '≠' => "write `!=`",
            '“' | '”' | '‘' | '’' => "use straight quotes",
            _ => "remove it, or put the name that it belongs to in double quotes",
        };
        let message = format!("`{}` has no meaning here", unexpected.escape_debug());
        self.refuse("unexpected-character", start, message, help)
    }
}

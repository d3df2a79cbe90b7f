//! One record for everything that can be wrong with an input, rendered elsewhere.

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The input is refused.
    Error,
    /// The input is accepted; a person should look.
    Warning,
}

/// A byte range of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A byte range.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn join(self, other: Span) -> Self {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The same range in a text in which this one begins at `offset`.
    #[must_use]
    pub fn shifted(self, offset: usize) -> Self {
        Span {
            start: self.start + offset,
            end: self.end + offset,
        }
    }
}

/// What happened, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable kebab-case code, for example `unsafe-on-facts`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// One line, lower case, no full stop; input in backticks, its control characters written as escapes.
    pub message: String,
    /// File name or record, empty when there is just one text.
    pub place: String,
    /// Byte range in that text, when there is one.
    pub span: Option<Span>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: in_one_line(message.into()),
            place: String::new(),
            span: None,
            help: None,
        }
    }

    /// A warning.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(code, message)
        }
    }

    /// With a byte range.
    #[must_use]
    pub fn at(self, span: Span) -> Self {
        Diagnostic {
            span: Some(span),
            ..self
        }
    }

    /// With the name of the file or record.
    #[must_use]
    pub fn in_place(self, place: impl Into<String>) -> Self {
        Diagnostic {
            place: place.into(),
            ..self
        }
    }

    /// With advice.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Diagnostic {
            help: Some(help.into()),
            ..self
        }
    }
}

/// Input that is quoted may hold line breaks and codes that a terminal obeys.
fn in_one_line(message: String) -> String {
    if !message.contains(char::is_control) {
        return message;
    }
    let mut line = String::with_capacity(message.len());
    for character in message.chars() {
        if character.is_control() {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::Diagnostic;

    #[test]
    fn a_message_is_one_line_whatever_it_quotes() {
        let problem = Diagnostic::error("any", "found `\":\n\u{1b}[2J é`");
        assert_eq!(problem.message, r#"found `":\n\u{1b}[2J é`"#);
        assert_eq!(Diagnostic::warning("any", "a\rb").message, r"a\rb");
    }
}

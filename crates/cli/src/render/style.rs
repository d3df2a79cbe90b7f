//! Width and colour of the page that a command prints.

use std::io::IsTerminal;
use textwrap::core::display_width;

/// Columns when the output is no terminal.
const DEFAULT_WIDTH: usize = 100;

/// How wide the page is and whether it has colour.
pub(crate) struct Page {
    /// Columns.
    pub(crate) width: usize,
    /// Escape sequences are understood and wanted.
    pub(crate) colour: bool,
}

/// A colour or weight.
#[derive(Clone, Copy)]
pub(crate) enum Ink {
    /// Heading.
    Bold,
    /// Less important.
    Faint,
    /// Met.
    Green,
    /// Cannot be told.
    Yellow,
    /// Not met.
    Red,
}

impl Page {
    /// The page of standard output: colour only on a terminal that wants it (`NO_COLOR` is respected).
    pub(crate) fn of_terminal() -> Self {
        let terminal = std::io::stdout().is_terminal();
        let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        Page {
            width: width
                .filter(|_| terminal)
                .unwrap_or(DEFAULT_WIDTH)
                .clamp(40, 120),
            colour: terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        }
    }

    /// The text in an ink, where there is colour.
    pub(crate) fn ink(&self, ink: Ink, text: &str) -> String {
        if !self.colour {
            return text.to_owned();
        }
        let code = match ink {
            Ink::Bold => "1",
            Ink::Faint => "2",
            Ink::Green => "32",
            Ink::Yellow => "33",
            Ink::Red => "31",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    /// A name in bold after a mark, its id in faint beside it, or below where one line does not hold both.
    pub(crate) fn heading(&self, mark: &str, name: &str, id: &str) -> String {
        let rest = " ".repeat(display_width(mark));
        let wrapped = self.wrap(&rest, &rest, name);
        let name = wrapped.trim();
        let beside = display_width(&rest) + display_width(name) + 2 + display_width(id);
        let id = if beside <= self.width {
            format!("  {}\n", self.ink(Ink::Faint, &plain(id)))
        } else {
            format!("\n{}", self.ink(Ink::Faint, &self.wrap(&rest, &rest, id)))
        };
        format!("{mark}{}{id}", self.ink(Ink::Bold, name))
    }

    /// Wraps a text; `first` begins the first line, `rest` the others. Ends with a line break.
    pub(crate) fn wrap(&self, first: &str, rest: &str, text: &str) -> String {
        let options = textwrap::Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(rest)
            .break_words(false)
            // Dates and ids are full of hyphens: a line ends at a space.
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .word_separator(textwrap::WordSeparator::AsciiSpace);
        let mut wrapped = textwrap::fill(&plain(text), options);
        wrapped.push('\n');
        wrapped
    }
}

/// A text without control characters: what a record says must not steer the terminal.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect()
}

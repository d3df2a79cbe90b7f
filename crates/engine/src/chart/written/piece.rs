//! A part of the text that remembers where it stands.

use waymark_criteria::Span;

/// A slice of the chart's text with its byte offset.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'t> {
    /// The words.
    pub text: &'t str,
    /// Offset of the first byte in the whole text.
    pub start: usize,
}

impl<'t> Piece<'t> {
    pub(super) fn span(self) -> Span {
        Span::new(self.start, self.start + self.text.len())
    }

    pub(super) fn is_empty(self) -> bool {
        self.text.is_empty()
    }

    /// Both sides of a byte position, which must lie on a character boundary (else all of it, and nothing).
    pub(super) fn split_at(self, position: usize) -> (Piece<'t>, Piece<'t>) {
        let (head, tail) = self
            .text
            .split_at_checked(position)
            .unwrap_or((self.text, ""));
        let rest = Piece {
            text: tail,
            start: self.start + head.len(),
        };
        (Piece { text: head, ..self }, rest)
    }

    pub(super) fn trim(self) -> Piece<'t> {
        let (_, rest) = self.split_at(self.text.len() - self.text.trim_start().len());
        Piece {
            text: rest.text.trim_end(),
            ..rest
        }
    }

    /// The first word and what follows it, both trimmed.
    pub(super) fn first_word(self) -> (Piece<'t>, Piece<'t>) {
        let piece = self.trim();
        let end = piece
            .text
            .find(char::is_whitespace)
            .unwrap_or(piece.text.len());
        let (word, rest) = piece.split_at(end);
        (word, rest.trim())
    }

    /// Both sides of the first of these characters that stands outside brackets, without it.
    pub(super) fn split_once(self, at: &[char]) -> Option<(Piece<'t>, Piece<'t>)> {
        let mut depth = 0_usize;
        for (position, letter) in self.text.char_indices() {
            if depth == 0 && at.contains(&letter) {
                let (head, tail) = self.split_at(position);
                return Some((head.trim(), tail.split_at(letter.len_utf8()).1.trim()));
            }
            match letter {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        None
    }

    /// The trimmed parts between these characters, where they stand outside brackets.
    pub(super) fn split(self, at: &[char]) -> Vec<Piece<'t>> {
        let mut parts = Vec::new();
        let mut rest = self.trim();
        while let Some((part, tail)) = rest.split_once(at) {
            parts.push(part);
            rest = tail;
        }
        parts.push(rest);
        parts
    }

    /// What follows the phrase, when the text begins with it as whole words: letter case does not matter, and a space
    /// of the phrase stands for any run of spaces and hyphens.
    pub(super) fn after(self, phrase: &str) -> Option<Piece<'t>> {
        let rest = self.after_letters(phrase)?;
        let next = rest.text.chars().next();
        (!next.is_some_and(char::is_alphanumeric)).then_some(rest)
    }

    /// What follows the first of the phrases that the text begins with.
    pub(super) fn after_any(self, phrases: &[&str]) -> Option<Piece<'t>> {
        phrases.iter().find_map(|phrase| self.after(phrase))
    }

    /// What follows, trimmed, when the text begins with one of these characters.
    pub(super) fn after_sign(self, signs: &[char]) -> Option<Piece<'t>> {
        let tail = self.text.strip_prefix(signs)?;
        Some(self.split_at(self.text.len() - tail.len()).1.trim())
    }

    /// Whether the phrase is all of it.
    pub(super) fn is(self, phrase: &str) -> bool {
        self.trim()
            .after(phrase)
            .is_some_and(|rest| rest.trim().is_empty())
    }

    fn after_letters(self, phrase: &str) -> Option<Piece<'t>> {
        let mut rest = self.text;
        for wanted in phrase.chars() {
            if wanted == ' ' {
                let shorter =
                    rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '-');
                if shorter.len() == rest.len() {
                    return None;
                }
                rest = shorter;
                continue;
            }
            let letter = rest.chars().next()?;
            if !letter.to_lowercase().eq(wanted.to_lowercase()) {
                return None;
            }
            rest = &rest[letter.len_utf8()..];
        }
        Some(self.split_at(self.text.len() - rest.len()).1)
    }
}

/// The lines of a text that say anything, with their numbers (from 1), without comments and outer spaces.
///
/// A comment begins with `#` at the start of a line or after a space.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, Piece<'_>)> {
    let mut start = 0;
    text.split_inclusive('\n')
        .enumerate()
        .map(move |(index, line)| {
            let piece = Piece { text: line, start };
            start += line.len();
            (index + 1, without_comment(piece))
        })
        .filter(|(_, line)| !line.is_empty())
}

fn without_comment(line: Piece<'_>) -> Piece<'_> {
    let mut blank_before = true;
    for (position, letter) in line.text.char_indices() {
        if letter == '#' && blank_before {
            return line.split_at(position).0.trim();
        }
        // A byte order mark may open the text.
        blank_before = letter.is_whitespace() || letter == '\u{feff}';
    }
    let line = line.trim();
    match line.text.strip_prefix('\u{feff}') {
        Some(rest) => line.split_at(line.text.len() - rest.len()).1.trim(),
        None => line,
    }
}

//! A Markdown file cut into its head, title, prose, criteria and cases, each with its place in the file.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use waymark_criteria::{Diagnostic, Span};

/// A text taken out of a file, and where each part of it stood.
#[derive(Clone, Debug, Default)]
pub(crate) struct Excerpt {
    /// The text.
    pub text: String,
    /// Where each piece begins in `text`, and the range of the file that it was.
    pieces: Vec<(usize, Span)>,
    /// The whole block in the file, fences included.
    pub whole: Span,
}

impl Excerpt {
    /// A whole file.
    pub(crate) fn of_file(text: &str) -> Excerpt {
        let whole = Span::new(0, text.len());
        let mut excerpt = Excerpt {
            whole,
            ..Excerpt::default()
        };
        excerpt.push(text, whole);
        excerpt
    }

    fn push(&mut self, text: &str, in_file: Span) {
        self.pieces.push((self.text.len(), in_file));
        self.text.push_str(text);
    }

    /// The texts one after another, each on lines of its own.
    pub(crate) fn joined(parts: &[Excerpt]) -> Excerpt {
        let mut joined = Excerpt {
            whole: parts.first().map(|part| part.whole).unwrap_or_default(),
            ..Excerpt::default()
        };
        for part in parts {
            let offset = joined.text.len();
            let shifted = part.pieces.iter().map(|(at, span)| (at + offset, *span));
            joined.pieces.extend(shifted);
            joined.text.push_str(&part.text);
            if !joined.text.ends_with('\n') {
                joined.text.push('\n');
            }
        }
        joined
    }

    /// The range of the file that a range of the text was.
    pub(crate) fn in_file(&self, span: Span) -> Span {
        let start = self.position(span.start, 0);
        // The end is that of the last byte: the byte after it may be another piece's.
        let end = match span.end {
            end if end > span.start => self.position(end - 1, 1),
            _ => start,
        };
        Span::new(start, end.max(start))
    }

    /// So many bytes beyond a place, inside the piece that it is in.
    fn position(&self, at: usize, beyond: usize) -> usize {
        let piece = self.pieces.partition_point(|(start, _)| *start <= at);
        match piece.checked_sub(1).map(|index| self.pieces[index]) {
            Some((start, span)) => (span.start + (at - start) + beyond).min(span.end),
            None => self.whole.start,
        }
    }
}

/// The parts of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blocks {
    /// The TOML head.
    pub head: Option<Excerpt>,
    /// The level-one title and its place.
    pub title: Option<(String, Span)>,
    /// Everything for readers below the title.
    pub prose: Vec<Span>,
    /// Criteria.
    pub cql: Vec<Excerpt>,
    /// Cases.
    pub cases: Vec<Excerpt>,
    /// Sentences in other languages, each block with the language's code.
    pub translations: Vec<(String, Excerpt)>,
}

impl Blocks {
    /// The prose as one Markdown text.
    pub(crate) fn prose_text(&self, text: &str) -> String {
        let paragraphs: Vec<&str> = self
            .prose
            .iter()
            .map(|span| text[span.start..span.end].trim())
            .filter(|part| !part.is_empty())
            .collect();
        paragraphs.join("\n\n").replace('\r', "")
    }
}

/// Cuts a file into its parts.
pub(crate) fn split(path: &str, text: &str, problems: &mut Vec<Diagnostic>) -> Blocks {
    let mut blocks = Blocks::default();
    let mut taken: Vec<Span> = Vec::new();
    let mut refuse = |code, span: Span, message: String, help: &str| {
        problems.push(
            Diagnostic::error(code, message)
                .in_place(path)
                .at(span)
                .help(help),
        );
    };
    let mut depth = 0_usize;
    let mut open: Option<(String, Excerpt)> = None;
    let mut title: Option<(String, Span)> = None;
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        let span = Span::new(range.start, range.end);
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                depth += 1;
                let kind = info.split_whitespace().next().unwrap_or("").to_owned();
                let first = Span::new(span.start, line_end(text, span.start).min(span.end));
                if !["toml", "cql", "case"].contains(&kind.as_str()) && !is_language(&kind) {
                    refuse(
                        "unknown-block",
                        first,
                        format!("a block of kind `{kind}` means nothing here"),
                        "a block is `toml` (the head), `cql` (criteria), `case` (an example) or the code of a language such as `es`",
                    );
                } else if depth > 1 {
                    refuse(
                        "nested-block",
                        first,
                        format!("this `{kind}` block stands inside a list or quotation"),
                        "start the fence at the beginning of a line, outside lists and quotations",
                    );
                } else if !is_closed(&text[span.start..span.end]) {
                    refuse(
                        "unclosed-block",
                        first,
                        format!("this `{kind}` block is never closed"),
                        "end it with a line of the same three backticks",
                    );
                }
                let excerpt = Excerpt {
                    whole: span,
                    ..Excerpt::default()
                };
                open = Some((kind, excerpt));
            }
            Event::End(TagEnd::CodeBlock) => {
                depth -= 1;
                let Some((kind, excerpt)) = open.take() else {
                    continue;
                };
                let whole = excerpt.whole;
                match kind.as_str() {
                    "toml" if blocks.head.is_some() => refuse(
                        "second-head",
                        whole,
                        "a file has one `toml` block, and it has had it".to_owned(),
                        "move these fields into the first block",
                    ),
                    "toml" => {
                        if !text[..whole.start].trim().is_empty() {
                            refuse(
                                "head-not-first",
                                whole,
                                "the `toml` block must open the file".to_owned(),
                                "move it above the title",
                            );
                        }
                        blocks.head = Some(excerpt);
                    }
                    "cql" => blocks.cql.push(excerpt),
                    "case" => blocks.cases.push(excerpt),
                    language if is_language(language) => {
                        blocks.translations.push((kind, excerpt));
                    }
                    _ => continue,
                }
                taken.push(whole);
            }
            Event::Start(Tag::Heading {
                level: HeadingLevel::H1,
                ..
            }) => {
                depth += 1;
                taken.push(span);
                title = Some((String::new(), span));
            }
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => {
                depth -= 1;
                let Some(found) = title.take() else { continue };
                if blocks.title.is_some() {
                    refuse(
                        "second-title",
                        found.1,
                        format!("`{}` is a second level-one title", found.0),
                        "use `##` for headings below the title",
                    );
                } else {
                    blocks.title = Some(found);
                }
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Text(part) => {
                if let Some((_, excerpt)) = &mut open {
                    excerpt.push(&part, span);
                } else if let Some((title, _)) = &mut title {
                    title.push_str(&part);
                }
            }
            Event::Code(part) => {
                if let Some((title, _)) = &mut title {
                    title.push_str(&part);
                }
            }
            _ => {}
        }
    }
    blocks.prose = between(text, &taken);
    blocks
}

/// What lies between these ranges, which are in order.
fn between(text: &str, taken: &[Span]) -> Vec<Span> {
    let mut rest = Vec::new();
    let mut at = 0;
    for span in taken
        .iter()
        .copied()
        .chain([Span::new(text.len(), text.len())])
    {
        if span.start > at && !text[at..span.start].trim().is_empty() {
            rest.push(Span::new(at, span.start));
        }
        at = at.max(span.end);
    }
    rest
}

fn line_end(text: &str, from: usize) -> usize {
    text[from..]
        .find('\n')
        .map_or(text.len(), |length| from + length)
}

/// Whether the word may be the code of a language (ISO 639-1).
fn is_language(kind: &str) -> bool {
    kind.len() == 2 && kind.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn is_closed(block: &str) -> bool {
    let mut lines = block.trim_end().lines();
    let Some(first) = lines.next() else {
        return false;
    };
    let fence = first.trim_start().chars().next().unwrap_or('`');
    lines.next_back().is_some_and(|last| {
        let last = last.trim();
        last.len() >= 3 && last.chars().all(|character| character == fence)
    })
}

#[cfg(test)]
mod tests {
    use super::{Excerpt, Span, split};

    /// Joined texts end with a newline that the file need not have.
    #[test]
    fn every_place_of_a_block_that_nothing_closes_lies_in_the_file() {
        let text = "# T\n\n```cql\ndefine \"a é";
        let joined = Excerpt::joined(&split("facts/t.md", text, &mut Vec::new()).cql);
        assert_eq!(joined.text, "define \"a é\n");
        let name = joined.in_file(Span::new(7, joined.text.len()));
        assert_eq!(&text[name.start..name.end], "\"a é");
    }
}

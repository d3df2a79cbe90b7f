//! Blocks that are refused: the text, and below each line what is said of it.
//!
//! ```text
//! regimens ~ 2
//! ^^^^^^^^^^^^
//! = unsafe-on-facts: `~` is not safe on facts: it is false where nothing is recorded
//! = help: write `=`
//! ```

use super::criterion::as_definitions;
use super::page::Block;
use super::{Checked, Context, Problem};
use waymark_criteria::{Compiler, Diagnostic, Span};

impl Context<'_> {
    pub(super) fn refused(&self, block: &Block) -> Checked {
        let source: Vec<&str> = block
            .lines
            .iter()
            .map(String::as_str)
            .filter(|line| !is_annotation(line))
            .collect();
        let (text, before) = as_definitions(&source.join("\n"));
        let mut compiler = Compiler::new(&self.schema);
        compiler.add_text("", &text);
        let errors = match compiler.finish() {
            Ok(_) => Vec::new(),
            Err(errors) => errors,
        };
        let got = annotated(&text[before..], before, &errors);
        let expected = block
            .lines
            .iter()
            .map(|line| format!("{line}\n"))
            .collect::<String>();
        if errors.is_empty() {
            Err(vec![Problem::new(block.line, "nothing is refused")])
        } else if got == expected {
            Ok(errors.len())
        } else {
            Err(vec![Problem::differs(block.line, &expected, &got)])
        }
    }
}

fn is_annotation(line: &str) -> bool {
    let trimmed = line.trim_start();
    trimmed.starts_with("= ") || (!trimmed.is_empty() && trimmed.trim_start_matches('^').is_empty())
}

/// The text with what is said of each line below it; `before` is how many bytes of each span lie outside.
fn annotated(text: &str, before: usize, errors: &[Diagnostic]) -> String {
    let mut out = String::new();
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        out.push_str(line);
        out.push('\n');
        for error in errors {
            let Some(span) = error.span else { continue };
            let span = Span::new(
                span.start.saturating_sub(before),
                span.end.saturating_sub(before),
            );
            if span.start < start || span.start > end {
                continue;
            }
            let width = |text: Option<&str>| text.map_or(0, |text| text.chars().count());
            let indent = width(text.get(start..span.start));
            let carets = width(text.get(span.start..span.end.min(end))).max(1);
            out.push_str(&" ".repeat(indent));
            out.push_str(&"^".repeat(carets));
            out.push('\n');
            say(error, &mut out);
        }
        start = end + 1;
    }
    errors
        .iter()
        .filter(|error| error.span.is_none())
        .for_each(|error| say(error, &mut out));
    out
}

fn say(error: &Diagnostic, out: &mut String) {
    out.push_str(&format!("= {}: {}\n", error.code, error.message));
    if let Some(help) = &error.help {
        out.push_str(&format!("= help: {help}\n"));
    }
}

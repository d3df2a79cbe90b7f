//! Diagnostics as lines of text, for build scripts and plain terminals.

use crate::files::Tree;
use waymark_criteria::{Diagnostic, Severity};

/// `file:line:column: error code: message (help)`. Lines and columns count from 1, columns in characters.
#[must_use]
pub fn line(tree: &Tree, problem: &Diagnostic) -> String {
    let mut line = problem.place.clone();
    if let (Some(span), Some(text)) = (problem.span, tree.text(&problem.place)) {
        let (row, column) = position(text, span.start);
        line += &format!(":{row}:{column}");
    }
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    if !line.is_empty() {
        line += ": ";
    }
    line += &format!("{severity} {}: {}", problem.code, problem.message);
    if let Some(help) = &problem.help {
        line += &format!(" ({help})");
    }
    line
}

/// The line and the column of a byte, both from 1.
#[must_use]
pub fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or("");
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

//! Tree to canonical text.

mod inline;

use crate::syntax::tree::{BinaryOp, Expr, ExprKind};
use crate::syntax::{parse_library, precedence};
use crate::{Diagnostic, Span};
pub(crate) use inline::{is_bare, phrase_text, quoted};

/// The greatest length of a line, unless an operand that cannot be broken is longer.
pub const WIDTH: usize = 100;

/// The canonical layout of a CQL text of `define` statements; formatting twice changes nothing.
///
/// One paragraph for each definition. A body that does not fit into one line of 100 characters begins on a line of
/// its own, with the operands of `and`, `or`, `xor` and `implies` on one line each. Names of facts and definitions are
/// quoted, parentheses that change nothing go. A comment is kept, in a line of its own above the definition that it
/// stands in or before.
///
/// # Errors
/// The diagnostics of a text that does not parse.
pub fn format(text: &str) -> Result<String, Vec<Diagnostic>> {
    let parsed = parse_library(text);
    if !parsed.diagnostics.is_empty() {
        return Err(parsed.diagnostics);
    }
    let mut comments = parsed.comments.iter().copied().peekable();
    let mut paragraphs: Vec<String> = Vec::new();
    if let Some(header) = &parsed.library.header {
        let mut paragraph = String::new();
        while let Some(comment) = comments.next_if(|comment| comment.start < header.name.span.start)
        {
            push_comment(&mut paragraph, text, comment);
        }
        paragraph.push_str(&format!("library {}", inline::dotted(&header.name.text)));
        if let Some(version) = &header.version {
            paragraph.push_str(&format!(" version '{}'", inline::escaped(version, '\'')));
        }
        paragraphs.push(paragraph);
    }
    for definition in &parsed.library.definitions {
        let mut paragraph = String::new();
        let end = definition.span.end;
        let belongs =
            |comment: &Span| comment.start < end || !text[end..comment.start].contains('\n');
        while let Some(comment) = comments.next_if(belongs) {
            push_comment(&mut paragraph, text, comment);
        }
        let head = format!("define {}:", quoted(&definition.name.text));
        let body = format_expression(&definition.body);
        paragraph.push_str(&head);
        if width(&head) + 1 + width(&body) <= WIDTH {
            paragraph.push_str(&format!(" {body}"));
        } else {
            broken(&definition.body, (2, 2), "", &mut paragraph);
        }
        paragraphs.push(paragraph);
    }
    let mut rest = String::new();
    for comment in comments {
        push_comment(&mut rest, text, comment);
    }
    if !rest.is_empty() {
        paragraphs.push(rest.trim_end().to_owned());
    }
    let mut formatted = paragraphs.join("\n\n");
    if !formatted.is_empty() {
        formatted.push('\n');
    }
    Ok(formatted)
}

/// An expression as canonical text in one line.
#[must_use]
pub fn format_expression(expr: &Expr) -> String {
    inline::inline(expr, 0)
}

fn push_comment(paragraph: &mut String, text: &str, comment: Span) {
    paragraph.push_str(text[comment.start..comment.end].trim_end());
    paragraph.push('\n');
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// The operands of an expression that may be broken into lines, each with the word before it and the level that is
/// asked of it.
fn operands(expr: &Expr) -> Option<Vec<(&'static str, &Expr, u8)>> {
    let chain = |word: &'static str, operands, level| -> Vec<(&'static str, &Expr, u8)> {
        let operands: &[Expr] = operands;
        operands
            .iter()
            .enumerate()
            .map(|(at, operand)| (if at == 0 { "" } else { word }, operand, level + 1))
            .collect()
    };
    match &expr.kind {
        ExprKind::And(parts) => Some(chain("and ", parts, precedence::AND)),
        ExprKind::Or(parts) => Some(chain("or ", parts, precedence::OR)),
        ExprKind::Binary(op @ (BinaryOp::Implies | BinaryOp::Xor), left, right) => {
            let level = precedence::of_binary(*op);
            let word = if *op == BinaryOp::Implies {
                "implies "
            } else {
                "xor "
            };
            Some(vec![("", left, level), (word, right, level + 1)])
        }
        _ => None,
    }
}

/// Begins a new line and writes an expression there, broken further where it does not fit: the first operand at
/// `indent` after the word `before`, the others at `hang`.
fn broken(expr: &Expr, (indent, hang): (usize, usize), before: &str, out: &mut String) {
    let Some(parts) = operands(expr) else {
        line(indent, &format!("{before}{}", format_expression(expr)), out);
        return;
    };
    for (at, (word, operand, least)) in parts.into_iter().enumerate() {
        let (indent, word) = if at == 0 {
            (indent, before)
        } else {
            (hang, word)
        };
        let text = inline::inline(operand, least);
        if indent + width(word) + width(&text) <= WIDTH || operands(operand).is_none() {
            line(indent, &format!("{word}{text}"), out);
        } else if inline::level(operand) < least {
            line(indent, &format!("{word}("), out);
            broken(operand, (indent + 2, indent + 2), "", out);
            line(indent, ")", out);
        } else {
            broken(operand, (indent, hang + 2), word, out);
        }
    }
}

fn line(indent: usize, text: &str, out: &mut String) {
    out.push('\n');
    out.push_str(&" ".repeat(indent));
    out.push_str(text);
}

#[cfg(test)]
mod tests;

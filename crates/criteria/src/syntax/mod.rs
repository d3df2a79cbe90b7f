//! Text to tree: lexer, tree and recovering parser of the CQL 1.5 expressions that we read.
//!
//! Parsing cannot fail. Every error of a text is reported at once, and what could not be read
//! stands in the tree as [`ExprKind::Error`].

pub mod lexer;
pub mod parser;
pub mod precedence;
pub mod tree;

pub use parser::{Parsed, parse_expression, parse_library};
pub use tree::{Expr, ExprKind, Library, Literal};

#[cfg(test)]
mod tests;

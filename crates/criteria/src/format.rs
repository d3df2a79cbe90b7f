//! Tree to canonical text.

use crate::Diagnostic;

/// The canonical layout of a CQL text of `define` statements; formatting twice changes nothing.
///
/// # Errors
/// The diagnostics of a text that does not parse.
pub fn format(text: &str) -> Result<String, Vec<Diagnostic>> {
    let _ = text;
    Err(Vec::new())
}

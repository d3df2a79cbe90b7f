//! Answers as text. What is said comes from the assessment and the knowledge; here it is only laid out.

mod about;
pub(crate) mod comparison;
pub(crate) mod diagnostics;
pub(crate) mod diff;
mod evidence;
pub(crate) mod explanation;
pub(crate) mod gaps;
pub(crate) mod lines;
pub(crate) mod markdown;
mod reasons;
pub(crate) mod style;
pub(crate) mod text;

#[cfg(test)]
mod tests;

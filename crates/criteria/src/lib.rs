//! The criteria language: a subset of HL7 Clinical Quality Language (CQL 1.5) whose every construct keeps
//! "not recorded" as *unknown*.
//!
//! ```text
//! text ──syntax──▶ tree ──check──▶ Program (atoms + Kleene logic) ──evaluate──▶ Evaluation ──explain──▶ Explanation
//! ```
//!
//! This crate knows no medicine: facts are names with a type, values are truths or bounds.

mod atom;
pub mod check;
pub mod date;
pub mod diagnostic;
pub mod explain;
pub mod format;
mod lanes;
pub mod program;
pub mod schema;
pub mod syntax;
pub mod truth;
pub mod value;

pub use check::Compiler;
pub use date::{Date, DateBounds};
pub use diagnostic::{Diagnostic, Severity, Span};
pub use explain::{Explanation, Op, explain};
pub use format::{format, format_expression};
pub use program::{Evaluation, NodeId, Program};
pub use schema::{FactDecl, FactIndex, FactType, Schema};
pub use truth::Truth;
pub use value::{Bounds, Value, Values};

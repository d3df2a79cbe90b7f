//! The criteria language: a subset of HL7 Clinical Quality Language (CQL 1.5) whose every construct keeps
//! "not recorded" as *unknown*.
//!
//! ```text
//! text ──syntax──▶ tree ──check──▶ Program (atoms + Kleene logic) ──evaluate──▶ Evaluation ──explain──▶ Explanation
//! ```
//!
//! This crate knows no medicine: facts are names with a type, values are truths or bounds.
//!
//! ```
//! use waymark_criteria::{Bounds, Compiler, FactDecl, FactType, Schema, Truth, Value, Values};
//!
//! let schema = Schema::new([
//!     FactDecl { id: "prior-lines".to_owned(), ty: FactType::Integer },
//!     FactDecl { id: "last-dose".to_owned(), ty: FactType::Date },
//!     FactDecl { id: "as-of".to_owned(), ty: FactType::Date },
//! ]);
//! let mut compiler = Compiler::new(&schema);
//! compiler.add_text("example", r#"
//!     define "soon": "as-of" <= "last-dose" + 6 months
//!     define "eligible": "prior-lines" >= 2 or "soon"
//! "#);
//! let program = compiler.finish().map_err(|errors| errors[0].message.clone())?;
//! let eligible = program.root("eligible").ok_or("defined above")?;
//!
//! // "At least one line" leaves the criterion open, and tells what would settle it.
//! let mut values = Values::unknown(&schema);
//! let lines = schema.find("prior-lines").ok_or("declared above")?;
//! values.set(lines, Value::Bounds(Bounds::at_or_above(1)));
//! let evaluation = program.evaluate(&values);
//! assert_eq!(evaluation.truth(eligible), Truth::Unknown);
//! assert_eq!(program.missing(&evaluation, &values, eligible).len(), 3);
//!
//! // "At least two lines" decides it, although the number is not known.
//! values.set(lines, Value::Bounds(Bounds::at_or_above(2)));
//! assert_eq!(program.evaluate(&values).truth(eligible), Truth::True);
//! # Ok::<(), String>(())
//! ```
//!
//! # What may be written
//!
//! A text is a list of `define "name": expression`, perhaps after a `library` line. On facts an expression may use
//! `=`, `!=`, `<`, `<=`, `>`, `>=`, `between`, `in` a literal interval, `and`, `or`, `xor`, `implies`, `not`, `+` and `-`
//! with literals, and names of other definitions. Every definition is a truth. The parser reads more of CQL, so that
//! what is refused is refused by name (see [`Compiler`] for the codes). Operators bind as in CQL: `not a = b` is
//! `(not a) = b`.
//!
//! # Where it departs from CQL
//!
//! - An ordered fact is known within [`Bounds`]; a comparison is decided when every value inside them agrees.
//! - A date literal of a month or a year stands for some day in it: `"d" < @2024` is unknown for every `d` in 2024, and
//!   `@2023 + 6 months` lies between 2023-07-01 and 2024-06-30. CQL compares as far as the shorter one is written.
//! - Arithmetic on a fact that leaves the range of its type is unknown; on literals it is an error.
//!
//! Expressions without facts, as CQL itself has them, are evaluated by [`constant`], for the conformance cases.

mod atom;
pub mod check;
pub mod columns;
pub mod constant;
mod cut;
pub mod date;
pub mod diagnostic;
pub mod explain;
pub mod export;
pub mod format;
pub mod gates;
pub mod lanes;

pub mod program;
pub mod reduce;
pub mod schema;
mod sorted;
pub mod syntax;
pub mod truth;
pub mod value;

pub use check::Compiler;
pub use columns::FactColumns;
pub use date::{Date, DateBounds};
pub use diagnostic::{Diagnostic, Severity, Span};
pub use explain::{Explanation, Op, Step, explain};
pub use format::{format, format_expression};
pub use gates::{Plan, Planes};
pub use lanes::{BLOCK_LANES, Block, Lanes};
pub use program::{Evaluation, NodeId, Program, StoredProgram};
pub use reduce::{Open, Residual};
pub use schema::{FactDecl, FactIndex, FactType, Schema};
pub use sorted::SortedSet;
pub use truth::Truth;
pub use value::{Bounds, Value, Values};

//! The medicine, without any: what a chart is, how facts follow from it, and how a bundle of knowledge is applied.
//!
//! ```text
//! Chart ──derive──▶ Facts (as of a day) ──assess──▶ Assessment
//!            ▲                              ▲
//!            └───────────  Bundle  ─────────┘
//! ```
//!
//! Drug names, thresholds, windows and sentences live in the bundle; this crate holds the shapes and the rules of
//! arithmetic. It is pure: no clock, files, network or randomness.

pub mod assess;
pub mod bundle;
mod cells;
pub mod chart;
mod constraints;
pub mod derive;
pub mod facts;
pub mod reasons;
pub mod replay;
pub mod search;
pub mod wire;

pub use bundle::Bundle;
pub use chart::Chart;
pub use facts::Facts;

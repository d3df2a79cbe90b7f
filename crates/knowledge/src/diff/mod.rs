//! What a change of the knowledge changes: entries, the verdicts of stored patients, and those of a made-up population.

mod effect;
mod entries;
mod patient;

pub use effect::{Comparison, Effect, ItemEffect, Role, Standing};
pub use entries::{Change, EntryChange, entries, feeds_facts};
pub use patient::{CriterionChange, FactChange, Side, VerdictChange, verdicts};

//! What was read of an input: nothing is dropped silently.

use waymark_criteria::Diagnostic;

/// Every record of an input, used or ignored because.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Number of records in the input.
    pub records: usize,
    /// Records that gave at least one entry, with what they gave.
    pub used: Vec<Used>,
    /// Records that gave nothing, with the reason.
    pub ignored: Vec<Ignored>,
    /// Records that could not be read at all, and pages that were not given. While there are any, nothing can be
    /// concluded from what is absent, whoever states that the record is complete.
    pub lost: usize,
    /// Oddities that a reader should see (contradictions, dangling references, text read in place of a code).
    pub notes: Vec<Diagnostic>,
}

/// A record that was used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Used {
    /// For example `Observation/1`.
    pub record: String,
    /// What it gave, in a few words.
    pub gave: String,
}

/// A record that was not used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ignored {
    /// For example `Observation/1`.
    pub record: String,
    /// Why.
    pub reason: String,
}

//! What each course does to a count, in one way to settle what the record leaves open.

use waymark_criteria::Truth;

/// The rule by which a course begins something, or by which what goes on goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Why {
    AgentChange,
    Growth,
    NewMedicine,
    SameStart,
    SameSubstance,
    Endocrine,
    PartnerExchange,
    Maintenance,
    Pause,
    UnknownMedicine,
}

impl Why {
    /// The word of the rule's function in the knowledge base.
    pub(super) fn function(self) -> &'static str {
        match self {
            Why::AgentChange => "agent-change",
            Why::Growth => "growth",
            Why::NewMedicine => "new-medicine",
            Why::SameStart => "same-start",
            Why::SameSubstance => "same-substance",
            Why::Endocrine => "endocrine",
            Why::PartnerExchange => "partner-exchange",
            Why::Maintenance => "maintenance",
            Why::Pause => "pause",
            Why::UnknownMedicine => "unknown-medicine",
        }
    }
}

/// Whether something begins, with the rule by which it would, and the one by which it would not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    pub(super) begins: Truth,
    pub(super) by: Why,
    pub(super) stays_by: Why,
}

impl Turn {
    /// The first rule that may apply.
    pub(super) fn first(rules: &[(Truth, Why)], otherwise: Why) -> Why {
        let open = rules.iter().find(|(holds, _)| *holds != Truth::False);
        open.map_or(otherwise, |(_, why)| *why)
    }
}

/// A course in a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// Its place among the courses of the chart.
    pub(super) course: usize,
    /// The number of what it begins or belongs to, from 1.
    pub(super) number: usize,
    pub(super) begins: bool,
    pub(super) why: Why,
}

/// One way to settle what is open.
pub(super) enum World<'w> {
    /// Every course that counts in it, in the order in which they were begun.
    Told(&'w [Step]),
    /// There are too many ways: these courses may begin anything.
    TooMany(&'w [usize]),
}

/// Is shown every way to settle what is open.
pub(super) type Visit<'v> = &'v mut dyn FnMut(&World<'_>);

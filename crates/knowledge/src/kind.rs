//! The kinds of entries, and where their files lie.

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A source, or a file of several.
    Source,
    /// A fact of the schema.
    Fact,
    /// A decision table.
    Table,
    /// A named criterion.
    Criterion,
    /// A medicine.
    Medicine,
    /// A regimen.
    Regimen,
    /// A piece of guidance.
    Guidance,
    /// A trial.
    Trial,
    /// A code table.
    Terms,
    /// A rule by which regimens and lines are counted.
    LineRule,
    /// A question to a person.
    Question,
    /// Sentences of a part of the page.
    Wording,
}

impl Kind {
    /// Every kind, in the order in which they rest on one another.
    pub const ALL: [Kind; 12] = [
        Kind::Source,
        Kind::Fact,
        Kind::Table,
        Kind::Criterion,
        Kind::Medicine,
        Kind::Regimen,
        Kind::Guidance,
        Kind::Trial,
        Kind::Terms,
        Kind::LineRule,
        Kind::Question,
        Kind::Wording,
    ];

    /// The word in the head of a file, and in output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::Source => "source",
            Kind::Fact => "fact",
            Kind::Table => "table",
            Kind::Criterion => "criterion",
            Kind::Medicine => "medicine",
            Kind::Regimen => "regimen",
            Kind::Guidance => "guidance",
            Kind::Trial => "trial",
            Kind::Terms => "terms",
            Kind::LineRule => "line-rule",
            Kind::Question => "question",
            Kind::Wording => "wording",
        }
    }

    /// The folder in which its files lie.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Source => "sources",
            Kind::Fact => "facts",
            Kind::Table => "tables",
            Kind::Criterion => "shared",
            Kind::Medicine => "medicines",
            Kind::Regimen => "regimens",
            Kind::Guidance => "guidance",
            Kind::Trial => "trials",
            Kind::Terms => "terms",
            Kind::LineRule => "lines",
            Kind::Question => "questions",
            Kind::Wording => "wording",
        }
    }

    /// Whether its files may have cases.
    pub(crate) fn has_cases(self) -> bool {
        self == Kind::Table || self.has_criteria()
    }

    /// Whether its files may have criteria.
    pub(crate) fn has_criteria(self) -> bool {
        match self {
            Kind::Fact | Kind::Criterion | Kind::Medicine | Kind::Regimen | Kind::Guidance => true,
            Kind::Source
            | Kind::Table
            | Kind::Trial
            | Kind::Terms
            | Kind::LineRule
            | Kind::Question
            | Kind::Wording => false,
        }
    }
}

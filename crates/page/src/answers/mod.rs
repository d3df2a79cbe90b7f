//! What a person has answered, and what follows from it: which question is next, and the chart that the answers make.

mod asked;
mod code;
mod form;
mod recorded;
mod saved;
mod written;

pub(crate) use asked::ON_START;
pub use asked::Path;
pub use code::{Damaged, Restored};
pub(crate) use form::row_field;
pub use written::{chart, chart_text};

use litemap::LiteMap;

/// The form of saved answers; changes when a shape below does.
pub const VERSION: u32 = 1;

/// All answers of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// See [`VERSION`].
    pub waymark: u32,
    /// By the id of the question.
    pub answers: LiteMap<String, Given>,
}

/// The answer to one question; which parts are there depends on its form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Ids of the answers chosen. Of none: the question was passed over.
    pub chosen: Vec<String>,
    /// Treatments in the order in which they were given.
    pub treatments: Vec<Treatment>,
}

/// A treatment since the cancer spread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Treatment {
    /// Ids of medicines; `kind:` and the id of a group where the kind alone is known.
    pub medicines: Vec<String>,
    /// Why it ended.
    pub ended: Ended,
    /// First month, `YYYY-MM`, or year.
    pub from: Option<String>,
    /// Last month, `YYYY-MM`, or year.
    pub to: Option<String>,
}

/// Why a treatment ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ended {
    /// Not known, or not known whether it did.
    #[default]
    Unknown,
    /// It goes on.
    Ongoing,
    /// The cancer grew.
    Grew,
    /// Side effects.
    SideEffects,
    /// As planned.
    Planned,
    /// Over, for another reason or none that is known.
    Other,
}

impl Ended {
    /// Every reason, in the order in which they are offered.
    pub const ALL: [Ended; 6] = [
        Ended::Ongoing,
        Ended::Grew,
        Ended::SideEffects,
        Ended::Planned,
        Ended::Other,
        Ended::Unknown,
    ];

    /// The word of forms and wordings.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Ended::Unknown => "unknown",
            Ended::Ongoing => "ongoing",
            Ended::Grew => "grew",
            Ended::SideEffects => "side-effects",
            Ended::Planned => "planned",
            Ended::Other => "other",
        }
    }

    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Ended::ALL.into_iter().find(|it| it.word() == word)
    }
}

impl Default for Answers {
    fn default() -> Self {
        Answers {
            waymark: VERSION,
            answers: LiteMap::new_vec(),
        }
    }
}

impl Answers {
    /// The answer to a question, if it was asked.
    #[must_use]
    pub fn get(&self, question: &str) -> Option<&Given> {
        self.answers.get(question)
    }

    /// Whether an answer to a question was chosen.
    #[must_use]
    pub fn chose(&self, question: &str, answer: &str) -> bool {
        self.get(question)
            .is_some_and(|given| given.chosen.iter().any(|it| it == answer))
    }

    /// Whether nothing has been answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }
}

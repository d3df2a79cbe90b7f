//! Trials with their figures, and what people ask about a medicine, regimen or test in plain words.

use super::content::{Review, Status};
use serde::{Deserialize, Serialize};
use waymark_packed::Packed;

/// A trial.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Trial {
    /// Kebab-case id, for example `destiny-breast03`.
    pub id: String,
    /// Name.
    pub name: String,
    /// Registry number.
    pub nct: String,
    /// How well the registry number was confirmed.
    pub nct_status: Status,
    /// Phase as the source says, for example `3` or `3b/4`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<String>,
    /// Year or years of publication, as a reader would cite it.
    pub published: String,
    /// What was given.
    pub given: String,
    /// Against what; none in a single-arm trial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparator: Option<String>,
    /// To whom.
    pub population: String,
    /// Number of people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
    /// How many of them had what was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people_given: Option<u32>,
    /// How many of them had the comparator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people_comparator: Option<u32>,
    /// Outcomes.
    pub results: Vec<TrialResult>,
    /// Review.
    pub review: Review,
    /// Statements of sources carried here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carries: Vec<String>,
    /// Level-one title.
    #[serde(default)]
    pub title: String,
    /// Prose.
    #[serde(default)]
    pub text: String,
}

/// One outcome of a trial. Source and status are those of every number in it: a number that is less well confirmed
/// than the others stands in a row of its own.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TrialResult {
    /// What was looked at.
    pub endpoint: Endpoint,
    /// Which event, in a few words: the side effect, or whatever the endpoint leaves open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// Grade of a side effect, for example `3+`, `3-4`, `any`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// Of which people, where not of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<String>,
    /// Which group was given it, where a trial has several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arm: Option<String>,
    /// Who judged it, for example `independent review`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Which analysis, for example `final`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub analysis: Option<String>,
    /// At what time after the start, for example `12 months`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// What the figures of the groups are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// Their unit: `months`, `weeks`, `%` or `people`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The figure of those who were given it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Figure>,
    /// The figure of those who had the comparator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparator: Option<Figure>,
    /// How the groups compare.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compared: Option<Comparison>,
    /// The p-value, a decimal number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p: Option<String>,
    /// What the figures do not say, for example that it is too early to tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Id of the source.
    pub source: String,
    /// How well it was confirmed.
    pub status: Status,
}

/// What a trial looked at.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Endpoint {
    /// Progression-free survival: time until the cancer grew, or death.
    Pfs,
    /// Time to progression.
    Ttp,
    /// Overall survival.
    Os,
    /// Overall response rate.
    Orr,
    /// Complete response rate.
    CompleteResponse,
    /// Time to response.
    TimeToResponse,
    /// How long the treatment went on.
    TreatmentTime,
    /// Progression-free survival in the central nervous system.
    IntracranialPfs,
    /// Response rate in the central nervous system.
    IntracranialResponse,
    /// How long a response in the central nervous system lasted.
    IntracranialResponseTime,
    /// Another event in the central nervous system; `what` says which.
    IntracranialEvent,
    /// A side effect; `what` says which.
    SideEffect,
    /// Treatment ended for side effects.
    StoppedForSideEffects,
}

/// What the figure of a group is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Median.
    Median,
    /// Mean.
    Mean,
    /// Share of people.
    Share,
    /// Number of people.
    Number,
}

/// A figure of one group. Numbers are kept as written, so that none gains or loses a digit.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Figure {
    /// A decimal number, or `not reached`.
    pub value: String,
    /// Lower end of its confidence interval (95 % unless the row's note says otherwise).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<String>,
    /// Upper end; `not reached`, `not calculable` or `not available` where the source says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<String>,
    /// The source gives it as a rough figure.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub about: bool,
    /// How many people a share or number is of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
}

/// How two groups compare.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Comparison {
    /// What the number is.
    pub measure: Compared,
    /// A decimal number.
    pub value: String,
    /// Lower end of its confidence interval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<String>,
    /// Upper end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<String>,
    /// The source gives it as a rough figure.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub about: bool,
}

/// What a comparison is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Compared {
    /// Hazard ratio; below 1 favours what was given.
    HazardRatio,
    /// Difference, in the unit of the row.
    Difference,
    /// Risk reduced by so many percent.
    RiskReduction,
}

/// What people ask about a medicine, a regimen or a piece of guidance, answered in plain words.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct About {
    /// Kebab-case id, of this entry alone: translations go by it.
    pub id: String,
    /// What it answers.
    pub topic: Topic,
    /// How deep it goes: absent for words that everyone may see first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layer: Option<Layer>,
    /// The answer, in our own words.
    pub text: String,
    /// Id of the source.
    pub source: String,
    /// How well it was confirmed.
    pub status: Status,
}

/// What a plain answer is about.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// Route, cycle, length.
    HowGiven,
    /// Time at a visit and between visits.
    TimeItTakes,
    /// Mechanism.
    HowItWorks,
    /// Benefit.
    MayGain,
    /// Harm.
    MayFace,
    /// What people feel and see while they have it.
    WhatPeopleNotice,
    /// What it means for days, plans and feelings.
    DailyLife,
    /// Who was studied, how many, against what.
    HowStudied,
    /// What no source says.
    NotKnown,
    /// What a test looks for.
    LooksFor,
    /// What comes next if the test finds it.
    IfFound,
    /// What comes next if the test does not find it.
    IfNotFound,
    /// Signs that are reason to call the team.
    WhenToCall,
}

impl Topic {
    /// The word by which authors name it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Topic::HowGiven => "how-given",
            Topic::TimeItTakes => "time-it-takes",
            Topic::HowItWorks => "how-it-works",
            Topic::MayGain => "may-gain",
            Topic::MayFace => "may-face",
            Topic::WhatPeopleNotice => "what-people-notice",
            Topic::DailyLife => "daily-life",
            Topic::HowStudied => "how-studied",
            Topic::NotKnown => "not-known",
            Topic::LooksFor => "looks-for",
            Topic::IfFound => "if-found",
            Topic::IfNotFound => "if-not-found",
            Topic::WhenToCall => "when-to-call",
        }
    }
}

/// What a piece of guidance is for a reader beside advice.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Card {
    /// A way to go on that is no medicine against HER2.
    Option,
    /// A test, told by `looks-for`, `if-found` and `if-not-found`.
    Test,
    /// Signs that are reason to call the same day.
    WhenToCall,
}

/// Numbers that a reader chooses to see.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// How often it helped or harmed.
    HowOften,
    /// How long it held the cancer back.
    HowLong,
    /// How long people lived.
    Survival,
}

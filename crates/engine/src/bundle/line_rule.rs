//! The rules by which courses of medicines become regimens and lines: texts, parameters and sources as data; what each
//! function does with its parameters is in `derive`.

use super::{Review, Status};
use serde::{Deserialize, Serialize};
use waymark_packed::Packed;

/// A rule of counting.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LineRule {
    /// Kebab-case id.
    pub id: String,
    /// What it says, in one plain sentence.
    pub says: String,
    /// Ids of the sources of the reading chosen here.
    pub sources: Vec<String>,
    /// How well it was confirmed.
    pub status: Status,
    /// Which function it sets, with its parameters.
    pub rule: LineFunction,
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

/// The closed list of functions. One that no entry sets does not apply; a window that none sets has no days.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(
    tag = "function",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case",
    deny_unknown_fields
)]
pub enum LineFunction {
    /// A course begun so many days before the metastatic date, or later, is for metastatic disease.
    FirstDay {
        /// Days before the metastatic date.
        lead_days: i64,
    },
    /// Treatment of early disease is no line, and counts as HER2 regimens on its own.
    EarlyTreatment {
        /// Calendar months around breast surgery, or after a stage below 4, in which a course tells that it was early;
        /// and after the metastatic date for which a stated early intent may last.
        months: i64,
    },
    /// Records of one medicine that lie close together are one course.
    OneCourse {
        /// Days from the last dose on record to the next record.
        days: i64,
    },
    /// Medicines begun close together belong to one start.
    SameStart {
        /// Days after the first.
        days: i64,
    },
    /// A new medicine begins a line.
    NewMedicine {},
    /// An agent added or exchanged begins a regimen.
    AgentChange {},
    /// Growth, and then any new medicine, begins a line and a regimen.
    Growth {},
    /// A dropped medicine begins nothing.
    DroppedMedicine {},
    /// Going on with what is left once chemotherapy is over begins nothing, and neither does a medicine of a list that
    /// is added then.
    Maintenance {
        /// Classes or medicines that may be added.
        add_on: Vec<String>,
        /// Class that must still be given then.
        beside: String,
    },
    /// Medicines of these classes begin nothing without growth.
    Endocrine {
        /// Classes.
        classes: Vec<String>,
    },
    /// Another product of the same substances begins nothing.
    SameSubstance {},
    /// A chemotherapy exchanged for one of its class, or beside a class, begins nothing without growth.
    PartnerExchange {
        /// The class beside which any chemotherapy may be exchanged.
        beside: String,
    },
    /// The same medicines after a pause are the same regimen; after a longer one the line stays open.
    Pause {
        /// Days without any medicine against the cancer.
        days: i64,
    },
    /// Surgery or radiation begins nothing.
    LocalTreatment {},
    /// Medicines that do not treat the cancer in the whole body begin nothing.
    Supportive {},
    /// A medicine that is not known here may be any, or none against the cancer.
    UnknownMedicine {},
    /// Where therapies may be missing from the record, one may have been a part of what went before.
    PartialRecord {
        /// Substances of which no regimen holds two.
        apart: Vec<String>,
    },
}

impl LineFunction {
    /// Its word in the head of an entry.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            LineFunction::FirstDay { .. } => "first-day",
            LineFunction::EarlyTreatment { .. } => "early-treatment",
            LineFunction::OneCourse { .. } => "one-course",
            LineFunction::SameStart { .. } => "same-start",
            LineFunction::NewMedicine {} => "new-medicine",
            LineFunction::AgentChange {} => "agent-change",
            LineFunction::Growth {} => "growth",
            LineFunction::DroppedMedicine {} => "dropped-medicine",
            LineFunction::Maintenance { .. } => "maintenance",
            LineFunction::Endocrine { .. } => "endocrine",
            LineFunction::SameSubstance {} => "same-substance",
            LineFunction::PartnerExchange { .. } => "partner-exchange",
            LineFunction::Pause { .. } => "pause",
            LineFunction::LocalTreatment {} => "local-treatment",
            LineFunction::Supportive {} => "supportive",
            LineFunction::UnknownMedicine {} => "unknown-medicine",
            LineFunction::PartialRecord { .. } => "partial-record",
        }
    }
}

/// The parameters of all functions, looked up once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LineRules {
    pub(crate) lead_days: i64,
    pub(crate) early_months: i64,
    pub(crate) course_days: i64,
    pub(crate) start_days: i64,
    pub(crate) pause_days: Option<i64>,
    pub(crate) endocrine: Vec<String>,
    pub(crate) exchange_beside: Option<String>,
    pub(crate) add_on: Vec<String>,
    pub(crate) add_on_beside: Option<String>,
    pub(crate) apart: Vec<String>,
}

impl LineRules {
    pub(super) fn of(rules: &[LineRule]) -> Self {
        let mut of = LineRules::default();
        for rule in rules {
            match &rule.rule {
                LineFunction::FirstDay { lead_days } => of.lead_days = *lead_days,
                LineFunction::EarlyTreatment { months } => of.early_months = *months,
                LineFunction::OneCourse { days } => of.course_days = *days,
                LineFunction::SameStart { days } => of.start_days = *days,
                LineFunction::Pause { days } => of.pause_days = Some(*days),
                LineFunction::Endocrine { classes } => of.endocrine.clone_from(classes),
                LineFunction::PartnerExchange { beside } => {
                    of.exchange_beside = Some(beside.clone());
                }
                LineFunction::Maintenance { add_on, beside } => {
                    of.add_on.clone_from(add_on);
                    of.add_on_beside = Some(beside.clone());
                }
                LineFunction::PartialRecord { apart } => of.apart.clone_from(apart),
                LineFunction::NewMedicine {}
                | LineFunction::AgentChange {}
                | LineFunction::Growth {}
                | LineFunction::DroppedMedicine {}
                | LineFunction::SameSubstance {}
                | LineFunction::LocalTreatment {}
                | LineFunction::Supportive {}
                | LineFunction::UnknownMedicine {} => {}
            }
        }
        of
    }
}

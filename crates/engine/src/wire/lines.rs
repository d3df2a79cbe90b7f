//! The published JSON types of the history of treatment, schema `waymark.lines/1`.
//!
//! `docs/lines.schema.json` publishes it and a test holds the two together. Dates may be partial; `?` is no date at all.

use super::{Extent, Fact, Knowledge, Patient, Record};
use serde::{Deserialize, Serialize};

/// The name and version of this contract.
pub const SCHEMA: &str = "waymark.lines/1";

/// What one person was treated with, as it was known on one day.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Lines {
    /// [`SCHEMA`].
    pub schema: String,
    /// Version of the program.
    pub engine: String,
    /// The day asked for, `YYYY-MM-DD`.
    pub as_of: String,
    /// `partial` or `complete`.
    pub record: String,
    /// The knowledge used.
    pub knowledge: Knowledge,
    /// Who.
    pub patient: Patient,
    /// Since when the disease is metastatic or unresectable; null when that is not on record.
    pub advanced_since: Option<String>,
    /// The numbers of HER2 regimens and of lines.
    pub counts: Vec<Count>,
    /// What was given, from first to last; undated treatment stands last.
    pub episodes: Vec<Episode>,
    /// Medicines that are counted nowhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<Course>,
    /// Growth of the cancer, and local treatment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    /// The facts on a return of the cancer soon after early treatment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub early_relapse: Vec<Fact>,
    /// Records dated after the day: named, and not used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after_as_of: Vec<Record>,
    /// The rules that are named above.
    pub rules: Vec<Rule>,
}

/// A number, and why it is not better known.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// The fact that criteria read, with statements of a person or clinician laid over it.
    pub fact: Fact,
    /// What the records alone give, where a statement makes it another number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub records_say: Option<Extent>,
    /// Why the records alone do not give one number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<Because>,
}

/// A reason for which a number is not better known.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Because {
    /// In a sentence.
    pub text: String,
    /// The medicine that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medicine: Option<String>,
    /// Ids of the rules between which it lies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
}

/// Medicines given together, within one line and one HER2 regimen.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Episode {
    /// `early`, `metastatic` or `unknown`.
    pub setting: String,
    /// What tells the setting: `intent` on record, or `dates`.
    pub setting_by: String,
    /// Which line for metastatic disease.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<Number>,
    /// Which HER2 regimen of its setting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub her2_regimen: Option<Number>,
    /// First dose.
    pub from: String,
    /// Last dose, when the record gives that of every medicine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// A medicine is on record as still given on the day.
    pub ongoing: bool,
    /// What was begun in it.
    pub medicines: Vec<Course>,
    /// What begins with it, and by which rule.
    pub begins: Vec<Begins>,
    /// Ids of the rules by which it went on through changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goes_on_by: Vec<String>,
    /// Medicines of earlier episodes that were, or may have been, given when it began.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overlaps: Vec<Overlap>,
    /// Maintenance, where chemotherapy is over and other medicines went on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maintenance: Option<Maintenance>,
    /// Growth of the cancer before the next episode began.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub growth: Vec<Growth>,
}

/// A number, or the ends between which it lies; 0 stands for none.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// Least.
    pub low: usize,
    /// Greatest.
    pub high: usize,
}

/// A course of one medicine.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Course {
    /// Id of the medicine, or its name in the record.
    pub medicine: String,
    /// First dose.
    pub from: String,
    /// Last dose, when the record gives one that is not after the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// On record as still given on the day.
    pub ongoing: bool,
    /// Ordered, and neither an end nor a later dose is on record.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ordered: bool,
    /// `neoadjuvant`, `adjuvant`, `metastatic` or `curative`, as recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intent: Option<String>,
    /// `progression`, `toxicity`, `completed` or `other`, as recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<String>,
    /// Where it stands in the record.
    pub records: Vec<Record>,
}

/// Something begins.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Begins {
    /// `line` or `her2-regimen`.
    pub what: String,
    /// Whether it surely begins here.
    pub certain: bool,
    /// Id of the rule by which it begins; that of growth stands first where growth may lie between.
    pub rules: Vec<String>,
}

/// A medicine of an earlier episode at the beginning of a later one.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Overlap {
    /// The medicine.
    pub medicine: String,
    /// Surely still given then; otherwise its last dose is not known well enough.
    pub certain: bool,
}

/// Maintenance.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Maintenance {
    /// Last dose of the chemotherapy.
    pub after: String,
    /// A medicine of the list for it was added.
    pub intensified: bool,
    /// Id of the rule.
    pub rule: String,
}

/// Growth of the cancer.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Growth {
    /// When it was found.
    pub date: String,
    /// Whether it surely lies within the episode.
    pub certain: bool,
}

/// Growth, or local treatment.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// `growth`, `surgery`, `radiosurgery` or `radiotherapy`.
    pub kind: String,
    /// `cns`, `breast` or `elsewhere`, where that is on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// When.
    pub date: String,
    /// Where it stands in the record.
    pub record: Record,
}

/// A rule of counting.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Kebab-case id.
    pub id: String,
    /// What it says.
    pub says: String,
    /// `confirmed`, `single` or `memory`.
    pub status: String,
    /// Ids of its sources.
    pub sources: Vec<String>,
}

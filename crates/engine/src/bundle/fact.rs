//! The schema of facts, and the closed list of derivations that fill it.

use super::Review;
use serde::{Deserialize, Serialize};
use waymark_packed::Packed;

/// The type of a fact.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum FactKind {
    /// True or false.
    Boolean,
    /// A whole number.
    Integer,
    /// A decimal number.
    Decimal,
    /// A day.
    Date,
    /// A word, for readers only.
    Word,
}

/// How the value of a fact may become another one as time goes on.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Changes {
    /// Either way: a test may be repeated, a medicine stopped.
    #[default]
    MayChange,
    /// A number only gets larger, a no may become a yes: age, what was ever given.
    Grows,
    /// Never: what lies in the past.
    Fixed,
}

impl Changes {
    fn is_default(&self) -> bool {
        *self == Changes::default()
    }
}

/// A fact of the schema.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FactEntry {
    /// Kebab-case id.
    pub id: String,
    /// Type.
    #[serde(rename = "type")]
    pub ty: FactKind,
    /// Name for readers, for example `HER2-positive`.
    pub label: String,
    /// Unit of a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Least possible value of a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// Greatest possible value of a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// The words of a worded fact.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// How its value may become another one as time goes on.
    #[serde(default, skip_serializing_if = "Changes::is_default")]
    pub changes: Changes,
    /// Whether it only informs readers, so that no criterion reads it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub for_readers: bool,
    /// The question that settles it.
    pub question: String,
    /// The same in a patient's words, where the question above is in those of a clinician.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
    /// The fact that a person is asked for first: while that one is open, they are not asked for this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_after: Option<String>,
    /// How the answer is usually got.
    pub how: String,
    /// Which derivation fills it, with its parameters.
    pub derivation: Derivation,
    /// Ids of the sources of the rule.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// Review.
    pub review: Review,
    /// Statements of sources carried here, for example `lbbc-2024-05-24#L02`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carries: Vec<String>,
    /// Level-one title.
    #[serde(default)]
    pub title: String,
    /// Prose.
    #[serde(default)]
    pub text: String,
    /// Constraints between this fact and others: each define must never be false.
    #[serde(default)]
    pub cql: String,
}

/// The closed list of derivations; their parameters come from the knowledge base.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(
    tag = "rule",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case",
    deny_unknown_fields
)]
pub enum Derivation {
    /// The day asked for.
    AsOf {},
    /// Only a statement gives it.
    Stated {},
    /// A statement, else the value of another boolean fact; the explanation says so.
    StatedOr {
        /// The other fact.
        fact: String,
        /// What to tell the reader.
        inferred: String,
    },
    /// Completed years of age.
    Age {},
    /// Whether there is breast cancer in the chart.
    BreastCancer {},
    /// The chart's cancer in a word: `breast` or `other`.
    Disease {},
    /// HER2 of the latest tissue.
    Her2 {
        /// What is asked of it.
        aspect: Her2Aspect,
    },
    /// Hormone receptors of the latest tissue.
    HormoneReceptors {
        /// What is asked of it.
        aspect: StatusAspect,
    },
    /// Hormone receptors and HER2 in one word.
    Subtype {},
    /// Distant metastasis.
    Metastatic {},
    /// Day on which distant metastasis was first found.
    MetastaticSince {},
    /// Metastatic when the cancer was first found.
    DeNovo {
        /// Days after the first diagnosis within which metastasis counts as found with it.
        within_days: i64,
    },
    /// Day of the latest growth on record.
    LastProgression {},
    /// Not removable by surgery.
    Unresectable {},
    /// Locally advanced.
    LocallyAdvanced {},
    /// Metastasis at one of these sites.
    MetastasisAt {
        /// `brain`, `leptomeninges`, `cns`, `bone`, `liver`, `lung`.
        sites: Vec<String>,
    },
    /// State of the central nervous system.
    Cns {
        /// What is asked of it.
        aspect: CnsAspect,
        /// That treated brain metastases are quiet says nothing of a day more than so many months after the look that found
        /// it. For good, without.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        holds_months: Option<i64>,
    },
    /// A medicine of a class was given in a setting.
    PriorDrug {
        /// Class or medicine id.
        drug: String,
        /// Where it counts.
        setting: Setting,
    },
    /// Number of distinct regimens that contain a class, begun in a setting.
    PriorRegimens {
        /// Class.
        drug: String,
        /// Where it counts.
        setting: Setting,
    },
    /// Number of lines of any systemic therapy begun for metastatic or unresectable disease.
    CurrentLine {},
    /// The cancer came back during, or within some months of the last dose of, early-stage therapy.
    EarlyRelapse {
        /// Class or medicine id that the therapy must contain; none: any systemic therapy.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        drug: Option<String>,
        /// Class that does not decide by itself: relapse after it alone leaves the fact unknown.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        undecided: Option<String>,
        /// Which early-stage therapy counts.
        intents: Vec<EarlyIntent>,
        /// Calendar months after the last dose, that day included.
        months: i64,
    },
    /// The cancer grew while a medicine of a class was given, or the therapy stopped for that.
    ProgressedOn {
        /// Class or medicine id.
        drug: String,
        /// Where it counts.
        setting: Setting,
    },
    /// The cancer grew after the first day of the latest regimen with a class for metastatic disease, during it or after.
    ProgressedSinceLatestRegimen {
        /// Class.
        drug: String,
    },
    /// First-line chemotherapy with a class given for metastatic disease, chemotherapy over, no progression since.
    InductionWithoutProgression {
        /// Class that the induction contains beside chemotherapy.
        drug: String,
    },
    /// Menopause.
    Menopause {
        /// What is asked of it.
        aspect: MenopauseAspect,
        /// That it has not come says nothing of a day more than so many months later. For good, without.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        holds_months: Option<i64>,
    },
    /// A condition other than the cancer.
    Condition {
        /// Id of the condition in the terms.
        condition: String,
        /// In a complete record, absence means none.
        absence_means_none: bool,
        /// It ends by itself: on record, it says nothing of a day more than so many days later. For good, without.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        holds_days: Option<i64>,
        /// One that is over counts too.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        history: bool,
    },
    /// The latest measurement.
    Measurement {
        /// Id of the quantity in the terms.
        quantity: String,
        /// As a multiple of the upper limit of normal reported with it.
        #[serde(default)]
        times_upper_limit: bool,
    },
    /// The latest measurement on or before the first dose of the medicines of a class that are under way.
    MeasurementBaseline {
        /// Id of the quantity in the terms.
        quantity: String,
        /// Class or medicine id.
        drug: String,
    },
    /// By how much the latest measurement lies below that baseline.
    MeasurementFall {
        /// Id of the quantity in the terms.
        quantity: String,
        /// Class or medicine id.
        drug: String,
    },
}

/// What is asked of HER2.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Her2Aspect {
    /// Positive?
    Positive,
    /// HER2-low?
    Low,
    /// HER2-ultralow?
    Ultralow,
    /// IHC 3+?
    #[serde(rename = "ihc-3plus")]
    Ihc3Plus,
    /// Positive in any specimen on record?
    EverPositive,
    /// Do specimens on record differ?
    Differs,
    /// In a word.
    Status,
}

/// What is asked of a status.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum StatusAspect {
    /// Positive?
    Positive,
    /// Do specimens on record differ?
    Differs,
    /// In a word.
    Status,
}

/// What is asked of the central nervous system.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum CnsAspect {
    /// Untreated, or treated and progressing?
    Active,
    /// In a word.
    State,
}

/// What is asked of menopause.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum MenopauseAspect {
    /// Postmenopausal?
    Postmenopausal,
    /// In a word.
    Status,
}

/// Where therapy counts.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// Any setting.
    Any,
    /// For metastatic or unresectable disease.
    Metastatic,
    /// Neoadjuvant or adjuvant.
    Early,
}

/// Which early-stage therapy.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum EarlyIntent {
    /// Before surgery.
    Neoadjuvant,
    /// After surgery.
    Adjuvant,
}

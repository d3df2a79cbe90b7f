//! The published JSON types, schema `waymark.assessment/1`: what every door returns.
//!
//! Field names and words are a contract; `docs/assessment.schema.json` publishes it and a test holds the two together.
//! What stands in several places of one answer (a criterion, a caution, a record), or depends on the knowledge and a truth
//! alone, is made once: these are `Arc`.

mod evidence;
pub mod lines;
mod text;

pub use evidence::{Comparison, Figure, Trial, TrialResult, trials};
pub use text::Text;

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The name and version of this contract.
pub const SCHEMA: &str = "waymark.assessment/1";

/// The answer for one person on one day.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// [`SCHEMA`].
    pub schema: String,
    /// Version of the program.
    pub engine: String,
    /// The day asked for, `YYYY-MM-DD`.
    pub as_of: String,
    /// `partial`, `metastatic therapies complete`, `therapies complete` or `complete`.
    pub record: String,
    /// The knowledge used.
    pub knowledge: Knowledge,
    /// Who made the knowledge, and what it uses of a patient.
    pub attributes: Arc<Attributes>,
    /// Who.
    pub patient: Patient,
    /// What must be read before anything else, for example that this guide is not for this cancer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<String>,
    /// Every fact of the schema.
    pub facts: Vec<Fact>,
    /// Every regimen.
    pub regimens: Vec<Regimen>,
    /// Guidance in force on the day.
    pub guidance: Vec<Arc<Guidance>>,
    /// What would settle most of what is open, most telling first.
    pub settle: Vec<Settle>,
    /// What of the input was used.
    pub import: Import,
}

/// The knowledge used.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Knowledge {
    /// Version, for example `2026.11.0`.
    pub version: String,
    /// `sha256:…` of the canonical bundle.
    pub hash: String,
    /// Entries whose review is overdue.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overdue: Vec<Overdue>,
}

/// Source attributes of decision support that rests on evidence (45 CFR 170.315(b)(11)(iv)(A)); the citations are the
/// sources of indications, positions, cautions and guidance.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Attributes {
    /// Who makes the knowledge.
    pub developer: String,
    /// Who pays for it.
    pub funding: String,
    /// Day on which this version of the knowledge was released, `YYYY-MM-DD`; the days of revision are those of its sources.
    pub released: String,
    /// Where to say that an answer is wrong.
    pub report_to: String,
    /// Which data of the patient are used.
    pub patient_data: Vec<PatientData>,
}

/// A kind of data on the patient.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct PatientData {
    /// In the words of the rule, for example `date of birth`.
    pub element: String,
    /// Facts by which it bears on an answer; empty: it is not used.
    pub facts: Vec<String>,
}

/// An entry whose review is overdue.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Overdue {
    /// The entry.
    pub id: String,
    /// The day on which the review was due.
    pub due: String,
}

/// Who.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Patient {
    /// The record's own identifier.
    pub id: String,
}

/// A value of a fact as JSON: string (dates, decimals and words too), integer, boolean or null.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
pub enum Scalar {
    /// Unknown, or known only within bounds.
    Null,
    /// Of a boolean fact.
    Boolean(bool),
    /// Of an integer fact.
    Integer(i64),
    /// Of a date (`YYYY-MM-DD`), decimal or worded fact.
    Text(String),
}

/// A fact.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Kebab-case id.
    pub id: Text,
    /// Name for readers.
    pub label: Text,
    /// The value, null while unknown.
    pub value: Scalar,
    /// Unit of a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Text>,
    /// Least possible value, when only bounds are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Scalar>,
    /// Greatest possible value, when only bounds are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Scalar>,
    /// `not-recorded`, `conflict`, `unresolved` or `after-as-of`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why_unknown: Option<Text>,
    /// How it was concluded, when the record does not say it in so many words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inferred: Option<String>,
    /// The records behind it.
    pub from: Vec<Arc<Record>>,
}

/// A record behind a fact.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// For example `Observation/1`.
    pub record: String,
    /// Its date, possibly partial, `?` when it has none.
    pub date: String,
    /// What it says.
    pub text: String,
}

/// The answer for a regimen or indication.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The approved use is met.
    Indicated,
    /// Cannot be told yet.
    Unknown,
    /// The approved use is not met.
    NotIndicated,
    /// Of an indication alone: not in force on the day.
    NotInForce,
    /// Of an indication alone: of a scope that this guide does not judge.
    OutsideGuide,
}

/// A truth in the contract's words.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Truth {
    /// Holds.
    True,
    /// Does not hold.
    False,
    /// Cannot be told.
    Unknown,
}

impl From<waymark_criteria::Truth> for Truth {
    fn from(truth: waymark_criteria::Truth) -> Self {
        match truth {
            waymark_criteria::Truth::True => Truth::True,
            waymark_criteria::Truth::False => Truth::False,
            waymark_criteria::Truth::Unknown => Truth::Unknown,
        }
    }
}

/// A regimen.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Regimen {
    /// Kebab-case id.
    pub id: Text,
    /// Name for readers.
    pub name: Text,
    /// The answer.
    pub verdict: Verdict,
    /// `label` or `guideline`.
    pub basis: Text,
    /// The answer's reason in one line.
    pub why: String,
    /// The indication that decides the answer or comes nearest to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest: Option<Text>,
    /// Every indication, superseded and out-of-scope ones included.
    pub indications: Vec<Arc<Indication>>,
    /// Named criteria that fail in the nearest indication.
    pub unmet: Vec<Text>,
    /// Facts that keep the nearest indication open.
    pub missing: Vec<Text>,
    /// Its medicines that the record shows as given on or before the day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given: Vec<Arc<Given>>,
    /// Products of its medicines that were approved on the day.
    pub products: Vec<Arc<Product>>,
    /// What must be thought of before giving it.
    pub cautions: Vec<Arc<Caution>>,
    /// What guidelines and pages say; never changes the answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<Arc<Position>>,
    /// Entries that this answer rests on and whose review is overdue.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overdue: Vec<String>,
    /// What decides the answer, what is open, and what would change it; on request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Reasons>,
    /// The trials that studied it, those that its approvals rest on first; on request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Vec<Trial>>,
}

impl Regimen {
    /// The indication that decides the answer or comes nearest to it.
    #[must_use]
    pub fn nearest_indication(&self) -> Option<&Indication> {
        let nearest = self.nearest.as_ref()?;
        let mut indications = self.indications.iter().map(Arc::as_ref);
        indications.find(|indication| indication.id == *nearest)
    }
}

/// A medicine of a regimen that was given before.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// The medicine.
    pub medicine: String,
    /// First dose; possibly partial, `?` when the record does not say.
    pub from: String,
    /// Last dose, when the record gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// `progression`, `toxicity`, `completed` or `other`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<String>,
    /// Where the record says so.
    pub record: String,
}

/// An approved product of a regimen's medicine.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Kebab-case id.
    pub id: String,
    /// Its medicine.
    pub medicine: String,
    /// Brand name.
    pub brand: String,
    /// Proper name with suffix.
    pub name: String,
    /// `reference`, `biosimilar`, `subcutaneous`, `fixed-dose` or `generic`.
    pub kind: String,
    /// `US` for FDA.
    pub jurisdiction: String,
    /// First approval there; possibly partial.
    pub approved: String,
    /// Id of the source.
    pub source: String,
}

/// An indication.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Indication {
    /// Kebab-case id.
    pub id: Text,
    /// `metastatic`, `early` or `other-tumour`.
    pub scope: Text,
    /// `US` for FDA.
    pub jurisdiction: Text,
    /// What it says, in our own words.
    pub text: Text,
    /// Id of the source.
    pub source: Text,
    /// `confirmed`, `single` or `memory`.
    pub status: Text,
    /// What the reader must know of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caveat: Option<Text>,
    /// When it holds.
    pub in_force: InForce,
    /// The answer.
    pub verdict: Verdict,
    /// Named criteria that fail.
    pub unmet: Vec<Text>,
    /// Facts that keep it open.
    pub missing: Vec<Text>,
    /// Every criterion, one by one; absent when this guide does not judge the indication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Node>,
}

/// A span of days.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct InForce {
    /// First day; possibly partial.
    pub from: Text,
    /// First day no longer in force.
    pub to: Option<Text>,
}

/// A node of an explanation.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// The named criterion that this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<Text>,
    /// `all`, `any`, `not` or `test`.
    pub op: Text,
    /// Its truth.
    pub verdict: Truth,
    /// A plain sentence for a named criterion, else the criterion in CQL.
    pub text: Text,
    /// Ids of sources.
    #[serde(default, skip_serializing_if = "<[Text]>::is_empty")]
    pub sources: Arc<[Text]>,
    /// Facts that a test reads.
    pub facts: Arc<[Text]>,
    /// Operands.
    pub children: Vec<Arc<Node>>,
}

/// What decides the answer for a regimen, what is open, and what would change it.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Reasons {
    /// The fewest facts that force the answer, whatever all other facts are; absent while it cannot be told. Empty where
    /// the day alone decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Vec<String>>,
    /// What is still open of each deciding indication, decided operands left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub still_open: Vec<Node>,
    /// What would make it indicated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub would_be_met: Option<Otherwise>,
    /// What would make it not indicated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub would_not_be_met: Option<Otherwise>,
    /// Why some of this is absent: `contradiction` (the facts cannot hold together) or `too-much-work`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_computed: Option<String>,
}

/// The ways in which an answer would be another one, with the fewest changes of facts that the criteria read.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Otherwise {
    /// Whether it can still come about: what lies in the past does not change.
    pub possible: bool,
    /// The ways, smallest change first; empty where no facts would do it on this day.
    pub ways: Vec<Way>,
    /// How many more ways there are.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: usize,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// Changes of facts that together would make the answer another one.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Way {
    /// Facts that the criteria read.
    pub changes: Vec<Change>,
    /// Other facts that could then not be what they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub follows: Vec<Change>,
}

/// A fact as it is and as it would be.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The fact.
    pub fact: String,
    /// Its name for readers.
    pub label: String,
    /// What it is.
    pub now: Extent,
    /// What it would be.
    pub would_be: Extent,
}

/// A value, or the ends between which it lies.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Extent {
    /// The value, null where it is unknown or lies between ends.
    pub value: Scalar,
    /// Least value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Scalar>,
    /// Greatest value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Scalar>,
}

/// A caution.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Caution {
    /// Kebab-case id.
    pub id: Text,
    /// The medicine whose label says it; absent for the combination.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medicine: Option<Text>,
    /// `contraindication`, `boxed` or `caution`.
    pub severity: Text,
    /// Whether it applies to this person.
    pub verdict: Truth,
    /// What to think of.
    pub text: Text,
    /// Id of the source.
    pub source: Text,
    /// It rests on memory alone and must be checked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
    /// Facts that keep it open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Text>,
}

/// What a guideline or page says on a regimen.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Kebab-case id.
    pub id: String,
    /// Id of the source.
    pub source: String,
    /// What it says, in our own words.
    pub text: String,
    /// Whether this person is among those whom it speaks of; absent when it is not judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Truth>,
    /// Where it differs from the label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub differs: Option<String>,
    /// Strength as the source gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strength: Option<String>,
    /// Evidence quality as the source gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality: Option<String>,
    /// It rests on memory alone and must be checked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
}

/// A piece of guidance.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Guidance {
    /// Kebab-case id.
    pub id: String,
    /// Whether it speaks of this person.
    pub verdict: Truth,
    /// What it says.
    pub text: String,
    /// Ids of the medicines that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub medicines: Vec<String>,
    /// Id of the source.
    pub source: String,
    /// Strength as the source gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strength: Option<String>,
    /// Evidence quality as the source gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality: Option<String>,
    /// It rests on memory alone and must be checked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
}

/// A fact whose value would settle open answers.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Settle {
    /// The fact.
    pub fact: Text,
    /// The question to ask.
    pub question: Text,
    /// Regimens whose answer would be definite whatever the value turns out to be.
    pub would_decide: Vec<Text>,
    /// Regimens whose answer would be definite for some of the values.
    pub may_decide: Vec<Text>,
}

/// What of the input was used.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// Records in the input.
    pub records: usize,
    /// Records that gave something.
    pub used: usize,
    /// Those records, each with what it gave and the facts that rest on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub read: Vec<Read>,
    /// Records that gave nothing, and why.
    pub ignored: Vec<Ignored>,
    /// Oddities that a reader should see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// A record that gave something.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Read {
    /// For example `Observation/1`.
    pub record: String,
    /// What it gave, in a few words.
    pub gave: String,
    /// The facts that rest on it, or on a record that says the same.
    pub facts: Vec<Text>,
    /// Why no fact rests on it; absent where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unused: Option<String>,
}

/// A record that was not used.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Ignored {
    /// For example `Observation/1`.
    pub record: String,
    /// Why.
    pub reason: String,
}

/// An oddity of the input.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The record.
    pub record: String,
    /// Stable code.
    pub code: String,
    /// What is odd.
    pub message: String,
}

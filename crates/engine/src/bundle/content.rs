//! The entries of the knowledge base as data. The same shapes are the TOML heads that authors write
//! (unknown keys are errors) and the JSON of the bundle; `title`, `text` and `cql` come from the body of a file.

use super::attributes::{PatientData, Publisher};
use super::evidence::{About, Card, Trial};
use super::{DecisionTable, FactEntry, LineRule, Question, Theme, Wording};
use serde::{Deserialize, Serialize};
use waymark_packed::Packed;

/// The format of the bundle; changes when a shape below changes.
pub const FORMAT: u32 = 1;

/// Before a class of a medicine: nobody settles whether the medicine counts as one of that class, so that whether one
/// was given stays unknown.
pub const PERHAPS: &str = "perhaps-";

/// All entries.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// See [`FORMAT`].
    pub format: u32,
    /// Version of the knowledge, for example `2026.11.1`.
    pub version: String,
    /// Who answers for it.
    pub publisher: Publisher,
    /// Kinds of data on the patient, and the facts that rest on each.
    pub patient_data: Vec<PatientData>,
    /// What was found to be wrong and is not to be relied on, entries as they stand notwithstanding.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<Withdrawn>,
    /// Everything that is cited.
    pub sources: Vec<SourceEntry>,
    /// The schema of facts. Sorted by id, as all lists below are.
    pub facts: Vec<FactEntry>,
    /// Decision tables by which derivations read tests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<DecisionTable>,
    /// Named criteria shared by indications.
    pub criteria: Vec<Criterion>,
    /// Medicines with their products.
    pub medicines: Vec<Medicine>,
    /// What is judged.
    pub regimens: Vec<Regimen>,
    /// Guidance beside the verdicts.
    pub guidance: Vec<Guidance>,
    /// Trials that approvals and positions rest on.
    pub trials: Vec<Trial>,
    /// Code tables.
    pub terms: Vec<TermTable>,
    /// Rules by which regimens and lines are counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub line_rules: Vec<LineRule>,
    /// What a person is asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
    /// Sentences of the page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wordings: Vec<Wording>,
}

/// Something that was found to be wrong: what rests on it cannot be told until it is mended.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Withdrawn {
    /// A criterion, indication, position, caution or piece of guidance that has a define of this id.
    pub id: String,
    /// Since when, `YYYY-MM-DD`.
    pub on: String,
    /// Why, for the reader.
    pub reason: String,
}

/// How well a statement was confirmed.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Two or more independent sources, or the primary one.
    Confirmed,
    /// One secondary source.
    Single,
    /// From memory: shown as unverified, never decides.
    Memory,
}

/// When an entry was reviewed, and when it is due again. Days as `YYYY-MM-DD`.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Review {
    /// Day of the last review.
    pub on: String,
    /// Day on which the next one is due.
    pub due: String,
    /// Who wrote the entry, where a named person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_by: Option<String>,
    /// Who compared it with its sources; never its author. Empty until a named person has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviewers: Vec<Reviewer>,
}

/// A named person who compared an entry with its sources.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Reviewer {
    /// Name.
    pub name: String,
    /// Profession, for example `pharmacist`.
    pub role: String,
    /// Day, `YYYY-MM-DD`.
    pub on: String,
    /// Ties to makers of the medicines named, or `none`.
    pub interests: String,
}

/// A source that is cited by id.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SourceEntry {
    /// Kebab-case id.
    pub id: String,
    /// The group that it speaks for, for example `fda-labels`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What it is.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// Its date, possibly partial.
    pub date: String,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The pages through which we saw it, when we did not see it itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen_at: Vec<String>,
    /// How well it was confirmed.
    pub status: Status,
    /// A remark for the reader.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What the source says, statement by statement, when all of it must be carried.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<SourceStatement>,
}

/// One statement of a source that must be carried.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SourceStatement {
    /// For example `L01`.
    pub id: String,
    /// What it says, in our own words.
    pub text: String,
    /// `planned` or the name of a page module, for what is not knowledge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<String>,
}

/// A span of days during which something holds; dates possibly partial, or two joined by `/`.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DateSpan {
    /// First day.
    pub from: String,
    /// First day on which it no longer holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// A named criterion shared by indications.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Criterion {
    /// Kebab-case id.
    pub id: String,
    /// A few words, for example `HER2-positive cancer`.
    pub label: String,
    /// Plain sentence when it is met.
    pub met: String,
    /// Plain sentence when it is not met.
    pub not_met: String,
    /// Plain sentence when it cannot be told.
    pub unknown: String,
    /// The question that would settle it.
    pub question: String,
    /// Whether it asks only for a point in the course of treatment: what fails it now may be met, or was met, at another.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub of_course: bool,
    /// Ids of the sources of the reading chosen here.
    pub sources: Vec<String>,
    /// Instead of a `cql` block: true while something is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force: Option<DateSpan>,
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
    /// One define of the criterion's own id.
    #[serde(default)]
    pub cql: String,
}

/// A code of a terminology.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Code {
    /// `rxnorm`, `atc`, `hcpcs`, `omop`, `ncit`, `snomed`.
    pub system: String,
    /// The code.
    pub code: String,
    /// How well it was confirmed: `memory` stands for a code that is unconfirmed, and such a code maps nothing.
    pub status: Status,
    /// A remark, for example the term type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Molecule size.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Size {
    /// Antibody.
    Large,
    /// Small molecule.
    Small,
    /// Antibody that carries a small payload.
    LargeWithSmallPayload,
}

/// Where a medicine acts.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum ActsAt {
    /// On the outside of the cell.
    Outside,
    /// Inside the cell.
    Inside,
    /// Binds outside, and its payload acts inside.
    OutsideAndInside,
}

/// A medicine.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Medicine {
    /// Kebab-case id.
    pub id: String,
    /// Name, for example `trastuzumab deruxtecan`.
    pub name: String,
    /// Short name, for example `T-DXd`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    /// Classes that derivations ask for (`her2-targeted`, `chemotherapy`, `taxane`, `anthracycline`, `endocrine`,
    /// `cdk4-6-inhibitor`, `ovarian-suppression`, `bone-modifying`, `supportive`, `targeted`, …);
    /// see [`PERHAPS`].
    pub classes: Vec<String>,
    /// What kind of medicine it is, in plain words.
    pub kind_of_medicine: String,
    /// What it aims at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Molecule size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<Size>,
    /// Where it acts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acts: Option<ActsAt>,
    /// How it works, in plain words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mechanism: Option<Cited>,
    /// The active substances by which regimens are told apart; empty: the id itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ingredients: Vec<String>,
    /// Other names by which a record may call it, lower case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Codes of the substance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Code>,
    /// Brands, biosimilars and forms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<Product>,
    /// What the label says beside indications: dose, cycle, boxed, contraindication, monitoring, interaction, …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// What must be thought of before giving it, some of it judged by a define of the same id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cautions: Vec<Caution>,
    /// Ids of its pivotal trials.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pivotal: Vec<String>,
    /// What people ask about it, in plain words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<About>,
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
    /// Defines of cautions.
    #[serde(default)]
    pub cql: String,
}

/// A sentence with its source.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Cited {
    /// The sentence.
    pub text: String,
    /// Id of its source.
    pub source: String,
    /// How well it was confirmed.
    pub status: Status,
}

/// A brand, biosimilar or form of a medicine.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Product {
    /// Kebab-case id, for example `trastuzumab-anns`.
    pub id: String,
    /// Brand name.
    pub brand: String,
    /// Proper name with suffix.
    pub name: String,
    /// `reference`, `biosimilar`, `subcutaneous`, `fixed-dose`, `generic`.
    pub kind: String,
    /// `iv`, `sc` or `oral`.
    pub route: String,
    /// Who sells it in the jurisdiction of its first approval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sponsor: Option<String>,
    /// Approvals.
    pub approvals: Vec<Approval>,
    /// Codes of the product.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Code>,
    /// Other names by which a record may call it, lower case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// A remark for the reader.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// An approval of a product.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Approval {
    /// Country or region, `US` for FDA.
    pub jurisdiction: String,
    /// The day, possibly partial.
    pub date: String,
    /// What was approved.
    pub what: String,
    /// Id of the source.
    pub source: String,
    /// How well it was confirmed.
    pub status: Status,
}

/// A rule of a label beside its indications.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rule {
    /// `dose`, `dose-reduction`, `boxed-warning`, `contraindication`, `monitoring`, `hold-or-stop`, `interaction`,
    /// `hepatic`, `renal`, `pregnancy`, `lactation`, `brain`, `other`.
    pub topic: String,
    /// What it says, in our own words.
    pub text: String,
    /// Id of the source.
    pub source: String,
    /// How well it was confirmed.
    pub status: Status,
}

/// How grave a caution is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum CautionSeverity {
    /// The label forbids it.
    Contraindication,
    /// The label's boxed warning.
    Boxed,
    /// Anything else to think of.
    Caution,
}

/// What must be thought of before giving a medicine. With a define of the same id it is judged; without, it always holds.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Caution {
    /// Kebab-case id.
    pub id: String,
    /// How grave.
    pub severity: CautionSeverity,
    /// What to think of.
    pub text: String,
    /// Id of the source.
    pub source: String,
    /// How well it was confirmed; from memory: listed under "to be checked", never raised.
    pub status: Status,
    /// First day on which it stood in the label, when that is not the approval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// First day on which it no longer stood there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// What the verdict of a regimen rests on.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Indications of drug labels.
    Label,
    /// Guideline entries, for a regimen that no label carries.
    Guideline,
}

/// What an indication is about.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Unresectable or metastatic breast cancer: decides the verdict.
    Metastatic,
    /// Early breast cancer: listed, outside this guide.
    Early,
    /// Another tumour, or any: listed, outside this guide.
    OtherTumour,
}

/// A regimen.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Regimen {
    /// Kebab-case id.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// What the verdict rests on.
    pub basis: Basis,
    /// Ids of medicines that are all given.
    pub medicines: Vec<String>,
    /// Groups of medicine ids of which one each is given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub one_of: Vec<Vec<String>>,
    /// Ids of the trials that its approvals rest on, in the order of the reader.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pivotal: Vec<String>,
    /// Ids of other trials that studied it, after the pivotal ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub studied: Vec<String>,
    /// What people ask about it, in plain words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<About>,
    /// Dose and cycle of the combination.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// Every indication, superseded ones included, each with a define of its id where it has criteria.
    pub indications: Vec<Indication>,
    /// What guidelines and pages say on it, beside the verdict; each may have a define of its id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<Position>,
    /// Cautions of the combination; those of its medicines are added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cautions: Vec<Caution>,
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
    /// Defines of indications, positions and cautions.
    #[serde(default)]
    pub cql: String,
}

/// One indication, or the guideline entry that stands for one.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Indication {
    /// Kebab-case id, for example `tdx-2`.
    pub id: String,
    /// Country or region, `US` for FDA.
    pub jurisdiction: String,
    /// What it is about.
    pub scope: Scope,
    /// What it says, decomposed, in our own words.
    pub text: String,
    /// First day in force; possibly partial.
    pub from: String,
    /// First day no longer in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Id of the indication that replaced it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superseded_by: Option<String>,
    /// `regular` or `accelerated`, when the source says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<String>,
    /// Id of the source.
    pub source: String,
    /// How well it was confirmed; one from memory may not decide.
    pub status: Status,
    /// What the reader must know of it, for example that the label text was not seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caveat: Option<String>,
}

/// What a guideline or page says on a regimen; never changes the verdict.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Position {
    /// Kebab-case id.
    pub id: String,
    /// Id of the source.
    pub source: String,
    /// What it says, in our own words.
    pub text: String,
    /// Where it differs from the label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub differs: Option<String>,
    /// Strength, where the source gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strength: Option<String>,
    /// Evidence quality, where the source gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality: Option<String>,
    /// How well it was confirmed.
    pub status: Status,
    /// First day; possibly partial.
    pub from: String,
    /// First day no longer held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// A piece of guidance beside the verdicts. With a define of its id it is judged; without, it holds for everyone.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Guidance {
    /// Kebab-case id.
    pub id: String,
    /// What it says, in plain words.
    pub statement: String,
    /// Where on the page it is read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<Theme>,
    /// What it is for a reader beside advice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
    /// Ids of the medicines that it is about; empty where it is about none in particular.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub medicines: Vec<String>,
    /// What people ask about it, in plain words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<About>,
    /// Id of the source.
    pub source: String,
    /// Strength, where the source gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strength: Option<String>,
    /// Evidence quality, where the source gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality: Option<String>,
    /// How well it was confirmed.
    pub status: Status,
    /// First day; possibly partial.
    pub from: String,
    /// First day no longer held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
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
    /// A define of the guidance's own id.
    #[serde(default)]
    pub cql: String,
}

/// A code table.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TermTable {
    /// Kebab-case id.
    pub id: String,
    /// System URIs (and other spellings of them seen in records) that this table answers for.
    pub systems: Vec<String>,
    /// Release of the terminology, or how the codes were read.
    pub version: String,
    /// What the table is for.
    pub purpose: String,
    /// The codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Term>,
    /// Words that are looked for where a record has no code, or beside its code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<WordList>,
    /// Review.
    pub review: Review,
    /// Level-one title.
    #[serde(default)]
    pub title: String,
    /// Prose.
    #[serde(default)]
    pub text: String,
}

/// Words and phrases that say one thing.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct WordList {
    /// What they say, in the closed vocabulary of meanings (see the README of `kb/terms`).
    pub meaning: String,
    /// How well it was confirmed.
    pub status: Status,
    /// Our own few words for it.
    pub display: String,
    /// In small letters, digits and single spaces; before a closing `*` the last word may go on.
    pub words: Vec<String>,
}

/// One code and what it means to us.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Term {
    /// The code; with `prefix`, every code that begins with it.
    pub code: String,
    /// Whether `code` is a prefix.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub prefix: bool,
    /// What it means, in the closed vocabulary of meanings (see the README of `kb/terms`).
    pub meaning: String,
    /// How well it was confirmed: `memory` stands for a code that is unconfirmed, and such a code maps nothing.
    pub status: Status,
    /// Our own few words for it.
    pub display: String,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

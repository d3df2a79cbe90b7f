//! A chart: what a record says of one person, as dated entries, before anything is concluded from it.

mod import;
mod line;
pub mod written;

pub use import::{Ignored, ImportReport, Used};
pub use line::Line;

use std::sync::Arc;
use waymark_criteria::{DateBounds, Truth};
use waymark_packed::Packed;

/// What a record says of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// Who.
    pub patient: Patient,
    /// Whether the file itself states that conditions and therapies are all there; a flag of the caller wins.
    pub record: Option<Completeness>,
    /// What happened, in the order of the input.
    pub entries: Vec<Entry>,
    /// What of the input was used, and what was ignored and why.
    pub import: ImportReport,
}

impl Chart {
    /// A chart that says nothing of anyone.
    #[must_use]
    pub fn empty() -> Self {
        Chart {
            patient: Patient {
                id: "unnamed".to_owned(),
                birth: DateBounds::UNKNOWN,
                birth_source: None,
                sex: None,
            },
            record: None,
            entries: Vec::new(),
            import: ImportReport::default(),
        }
    }
}

/// What a silence of the record means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Packed)]
pub enum Completeness {
    /// What is not in the chart is unknown; therapies on record give a lower bound.
    Partial,
    /// Therapies begun since the disease became metastatic or unresectable are all there; earlier ones may not be.
    MetastaticTherapies,
    /// Therapies are all there, so absence of one means none; conditions may not be.
    Therapies,
    /// Conditions and therapies are all there, so absence means none; test results stay unknown when absent.
    Complete,
}

impl Completeness {
    /// The word of charts and results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Completeness::Partial => "partial",
            Completeness::MetastaticTherapies => "metastatic therapies complete",
            Completeness::Therapies => "therapies complete",
            Completeness::Complete => "complete",
        }
    }

    /// What a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [
            Completeness::Partial,
            Completeness::MetastaticTherapies,
            Completeness::Therapies,
            Completeness::Complete,
        ]
        .into_iter()
        .find(|it| it.word() == word)
    }
}

/// The person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patient {
    /// The record's own identifier.
    pub id: String,
    /// Date of birth, possibly known only to the month or year.
    pub birth: DateBounds,
    /// Where the date of birth stands.
    pub birth_source: Option<Source>,
    /// Administrative sex or sex assigned at birth.
    pub sex: Option<Sex>,
}

/// Administrative sex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Packed)]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// Where an entry stands in the input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// For example `Observation/1` or `line 12`.
    pub record: String,
    /// What the record says there, in a few words for a reader.
    pub text: String,
    /// Read from free text or a display name, not from a code.
    pub from_text: bool,
}

/// One dated thing. The order is by date, then by content, then by place: it is not that of the input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// When it happened or was found; for a therapy this is its start.
    pub date: DateBounds,
    /// What.
    pub event: Event,
    /// Where it stands in the input; facts that rest on it share this.
    pub source: Arc<Source>,
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub enum Event {
    /// A diagnosis of a primary cancer.
    Diagnosis(Diagnosis),
    /// A distant metastasis, or the statement that there is none.
    Metastasis(Metastasis),
    /// A stage group or an M category.
    Stage(Stage),
    /// A receptor test of tumour tissue.
    Receptor(ReceptorResult),
    /// A medicine given, or only planned.
    Therapy(Therapy),
    /// The course of the disease on that day.
    Status(DiseaseStatus),
    /// Surgery or radiation to a place in the body.
    LocalTherapy(LocalTherapy),
    /// A measured quantity.
    Measurement(Measurement),
    /// A condition other than the cancer, present or absent; ids are those of the knowledge base's terms
    /// (`condition.pregnancy`, `condition.interstitial-lung-disease`, …) without the prefix.
    Condition {
        /// Kebab-case id.
        id: String,
        /// Present, or stated to be absent.
        present: bool,
    },
    /// A person's or clinician's own statement of a fact.
    Statement(Statement),
    /// What is said of a medicine before the disease was metastatic or unresectable.
    Earlier(Earlier),
}

/// A primary cancer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub struct Diagnosis {
    /// Which cancer.
    pub cancer: Cancer,
    /// First diagnosis or a return of it.
    pub recurrence: bool,
    /// Of which breast, where the record says so.
    pub side: Option<Side>,
}

/// One of two breasts, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub enum Side {
    /// The left one.
    Left,
    /// The right one.
    Right,
    /// Both, or a record that names both.
    Both,
}

/// Which cancer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub enum Cancer {
    /// Breast cancer.
    Breast,
    /// Another cancer, as the record names it.
    Other(String),
    /// A cancer whose site the record does not say.
    Unspecified,
    /// Only of what is tied to a cancer: the record of that cancer is not there, and it may be any.
    NotOnRecord,
}

/// A statement on distant disease.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub struct Metastasis {
    /// Where; `None` when the record does not say.
    pub site: Option<Site>,
    /// `false`: stated or seen on imaging that there is none (at that site, or at all).
    pub present: bool,
    /// The cancer that the record ties it to; `None`: untied, which matters only beside a second cancer.
    pub cancer: Option<Cancer>,
}

/// A place of disease.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub enum Site {
    /// Brain parenchyma.
    Brain,
    /// Meninges or cerebrospinal fluid.
    Leptomeninges,
    /// Central nervous system, not told where, or spinal cord.
    OtherCns,
    /// Bone or bone marrow.
    Bone,
    /// Liver.
    Liver,
    /// Lung or pleura.
    Lung,
    /// Lymph nodes that are regional for breast cancer (axillary, infra- and supraclavicular, internal mammary):
    /// not distant disease.
    RegionalNodes,
    /// Nodes, skin or chest wall whose extent the record does not say: do not tell.
    MayBeRegional,
    /// Any other distant place, as the record names it.
    Other(String),
}

/// TNM stage.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub struct Stage {
    /// Stage group 0 to 4.
    pub group: Option<u8>,
    /// M category: distant metastasis found.
    pub distant: Option<bool>,
    /// The cancer that the record ties it to; `None`: untied, which matters only beside a second cancer.
    pub cancer: Option<Cancer>,
}

/// A receptor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub enum Receptor {
    /// HER2 (ERBB2).
    Her2,
    /// Oestrogen receptor.
    Er,
    /// Progesterone receptor.
    Pr,
    /// Hormone receptors, ER and PR not told apart.
    Hormone,
}

/// How a receptor was tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub enum Method {
    /// Immunohistochemistry.
    Ihc,
    /// In-situ hybridisation, probe not told.
    Ish,
    /// In-situ hybridisation with a HER2 and a CEP17 probe.
    IshDual,
    /// In-situ hybridisation with a HER2 probe alone.
    IshSingle,
    /// Overall status, method not told.
    Overall,
}

/// A reported polarity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub enum Polarity {
    /// Positive, amplified, present.
    Positive,
    /// Negative, not amplified, absent.
    Negative,
    /// Equivocal or indeterminate.
    Equivocal,
    /// "HER2-low" as a reported word.
    Low,
    /// "HER2-ultralow" as a reported word.
    Ultralow,
    /// The record contradicts itself (code against text, value against interpretation).
    Contradictory,
}

/// Where tested tissue came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub enum Tissue {
    /// The breast or its regional nodes.
    Primary,
    /// A distant metastasis.
    Metastasis,
    /// The record does not say.
    Unstated,
}

/// One receptor result, as reported. A record that reports score and ratio together gives one result for each method.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub struct ReceptorResult {
    /// Which receptor.
    pub receptor: Receptor,
    /// How it was tested.
    pub method: Method,
    /// The reported polarity.
    pub polarity: Option<Polarity>,
    /// HER2 IHC score, 0 to 3.
    pub score: Option<u8>,
    /// HER2/CEP17 ratio, in hundredths, as bounds (`>= 2.0` is 200 and more); further places are cut.
    pub ratio: Option<waymark_criteria::Bounds>,
    /// Mean HER2 copies per cell, in hundredths, as bounds; further places are cut.
    pub copies: Option<waymark_criteria::Bounds>,
    /// A second observer's count, as the rules of in-situ hybridisation ask for beside IHC 2+.
    pub recount: bool,
    /// Share of stained tumour cells, in hundredths of a percent, as bounds (`<1 %` is 0 to 99).
    pub percent: Option<waymark_criteria::Bounds>,
    /// Where the tissue came from.
    pub tissue: Tissue,
    /// The side that the tissue is from, where the record says so.
    pub side: Option<Side>,
    /// The specimen's identifier: results of one specimen belong together.
    pub specimen: Option<String>,
    /// The cancer that the record ties it to; `None`: untied, which matters only beside a second cancer.
    pub cancer: Option<Cancer>,
}

/// A medicine.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub enum Drug {
    /// A medicine of the knowledge base, by id.
    Known(String),
    /// Given for the cancer, but not in the knowledge base; the name in the record.
    Unrecognised(String),
}

/// A course of one medicine; records of single doses are merged before or while facts are derived.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub struct Therapy {
    /// Which medicine.
    pub drug: Drug,
    /// Last dose, when the record gives one. The start is the entry's date.
    pub end: Option<DateBounds>,
    /// Given, still given, ordered, or only planned.
    pub status: TherapyStatus,
    /// The intent on record.
    pub intent: Option<Intent>,
    /// Why it ended.
    pub stopped: Option<StopReason>,
}

/// Whether a medicine was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub enum TherapyStatus {
    /// Given, and over.
    Ended,
    /// Given, and not known to be over.
    Ongoing,
    /// Ordered or handed over, and nothing says that it ended: read as begun, and how long it was given is not told.
    Ordered,
    /// Planned; never counts.
    Planned,
}

/// The intent of a therapy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub enum Intent {
    /// Before surgery of early disease.
    Neoadjuvant,
    /// After surgery of early disease.
    Adjuvant,
    /// For metastatic or unresectable disease.
    Metastatic,
    /// Curative, not told whether before or after surgery.
    Curative,
}

/// Why a therapy ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub enum StopReason {
    /// The cancer grew.
    Progression,
    /// Not tolerated.
    Toxicity,
    /// Given as planned.
    Completed,
    /// Any other reason.
    Other,
}

/// The course of the disease.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub struct DiseaseStatus {
    /// Grew, stable, shrank.
    pub trend: Trend,
    /// In the central nervous system only, elsewhere only, or not told.
    pub place: Place,
    /// The cancer that the record ties it to.
    pub cancer: Option<Cancer>,
}

/// The course of the disease.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub enum Trend {
    /// Grew or new lesions.
    Progression,
    /// Stable.
    Stable,
    /// Smaller.
    Response,
    /// No disease found.
    Remission,
}

/// Where the course was judged, or a local therapy was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub enum Place {
    /// Brain or other central nervous system.
    Cns,
    /// Breast, chest wall or regional nodes.
    Breast,
    /// Elsewhere in the body.
    Elsewhere,
    /// Not told.
    Unstated,
}

/// Surgery or radiation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub struct LocalTherapy {
    /// What was done.
    pub kind: LocalTherapyKind,
    /// Where.
    pub place: Place,
}

/// Kinds of local therapy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub enum LocalTherapyKind {
    /// An operation that removes tumour (not a biopsy).
    Surgery,
    /// Stereotactic radiosurgery or radiotherapy.
    Radiosurgery,
    /// Other radiotherapy.
    Radiotherapy,
}

/// A measured quantity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub struct Measurement {
    /// Kebab-case id of the quantity in the knowledge base's terms (`lvef`, `ecog`, `alt`, `platelets`, …).
    pub quantity: String,
    /// The value in the quantity's unit, as bounds in hundred-millionths (a comparator opens an end).
    pub value: waymark_criteria::Bounds,
    /// The upper limit of normal reported with it, in the same unit.
    pub upper_limit: Option<i64>,
}

/// A person's or clinician's own statement of a fact of the schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub struct Statement {
    /// The fact's id.
    pub fact: String,
    /// Its value.
    pub value: Stated,
    /// Wins over what other records give, where a plain statement that differs from them is a conflict.
    pub overrides: bool,
}

/// Whether a medicine was given before the disease was metastatic or unresectable, as a person says who need not know when,
/// or which one of its class.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub struct Earlier {
    /// Id of a medicine, or a class of medicines.
    pub drug: String,
    /// Given, never given, or perhaps: the last only takes certainty away.
    pub given: Truth,
}

/// A stated value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub enum Stated {
    /// Of a boolean fact.
    Bool(bool),
    /// Of an integer, decimal or date fact, in that fact's unit.
    Bounds(waymark_criteria::Bounds),
    /// Of a worded fact.
    Word(String),
}

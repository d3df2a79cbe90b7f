//! What a person is asked, and the sentences of the page that are about no medicine.

use super::Review;
use litemap::LiteMap;
use serde::{Deserialize, Serialize};
use waymark_packed::Packed;

/// A question to a person, with the answers that they may give and what each tells of them.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Question {
    /// Kebab-case id.
    pub id: String,
    /// Its place among the questions: smaller numbers first.
    pub order: u32,
    /// What it is about, in two or three words.
    pub section: String,
    /// The question.
    pub ask: String,
    /// One line below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Why it is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Where the answer can be found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub find: Option<String>,
    /// A line as a report prints it, to be looked for; the same in every language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub specimen: Option<String>,
    /// How it is answered.
    pub answer: AnswerForm,
    /// Facts that its answers bear on. It is passed over once none of them can change an answer of the guide.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settles: Vec<String>,
    /// Asked however much is settled: it chooses words, not answers of the guide.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub always: bool,
    /// Not asked on the way: offered on the page of the person, to those who want to tell more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub on_request: bool,
    /// The page on which it stands beside its neighbours of the same page and section; without one it stands alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Asked only where each of these holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only_after: Vec<OnlyAfter>,
    /// The answers that may be given, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    /// The lines of the form in each of which one answer is chosen, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Row>,
    /// What answers tell together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub together: Vec<Together>,
    /// Answers that earlier versions offered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retired: Vec<Retired>,
    /// The kinds of medicines among which treatments are chosen, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<MedicineGroup>,
    /// Ids of the sources of the reading that its answers are given.
    pub sources: Vec<String>,
    /// Review.
    pub review: Review,
    /// Level-one title.
    #[serde(default)]
    pub title: String,
    /// Prose for editors.
    #[serde(default)]
    pub text: String,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerForm {
    /// One of the answers.
    One,
    /// Any number of the answers.
    Any,
    /// At most three of the answers.
    UpToThree,
    /// Steps of treatment, each with its medicines, why it ended and, if known, its months.
    Treatments,
}

/// A condition on the answer to an earlier question.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OnlyAfter {
    /// The earlier question.
    pub question: String,
    /// Holds when one of these was answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<String>,
    /// Holds when none of these was answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub none_of: Vec<String>,
}

/// An answer that may be given.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Answer {
    /// Kebab-case id, of this question alone.
    pub id: String,
    /// The answer in the person's words.
    pub label: String,
    /// One line below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Lines of a written chart that it tells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chart: Vec<String>,
    /// What kind of answer it is.
    #[serde(default, skip_serializing_if = "Tells::is_default")]
    pub tells: Tells,
    /// The row to which it belongs; of a row, one answer is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
}

/// A line of a form in which one answer is chosen.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Row {
    /// Kebab-case id, of this question alone.
    pub id: String,
    /// What is asked in it.
    pub label: String,
    /// One line below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// Lines of a written chart that several answers tell where all of them were chosen.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Together {
    /// Ids of the answers.
    pub answers: Vec<String>,
    /// What they tell.
    pub chart: Vec<String>,
}

/// An answer that is offered no more, and what it is in saved answers; its id is never used again.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Retired {
    /// The id that it had.
    pub id: String,
    /// The answers that it stands for, each only where its row has no other.
    pub becomes: Vec<String>,
    /// It said so only where one of these was chosen too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside_any_of: Vec<String>,
    /// It said nothing where one of these was chosen too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside_none_of: Vec<String>,
}

/// Whether an answer tells anything.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Tells {
    /// It does.
    #[default]
    Something,
    /// None of the others applies; excludes all but "no".
    None,
    /// Something does not apply.
    No,
    /// The person does not know; beside others, there may be more.
    Unknown,
    /// The person does not wish to say; beside others, there may be more.
    Unsaid,
}

impl Tells {
    fn is_default(&self) -> bool {
        *self == Tells::default()
    }
}

/// A kind of medicine among which treatments are chosen.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MedicineGroup {
    /// Kebab-case id, of this question alone.
    pub id: String,
    /// What such medicines are, in plain words.
    pub label: String,
    /// What the person may remember of them: the bag, the pill, the hair.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Ids of medicines, in their order.
    pub medicines: Vec<String>,
    /// For someone who knows the kind alone: the words for it, and the lines of a written chart that it tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind_alone: Option<KindAlone>,
}

/// A medicine of which the kind alone is known.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct KindAlone {
    /// The answer in the person's words.
    pub label: String,
    /// What stands in the place of the medicine in a written chart: a name that the knowledge does not have leaves open what
    /// it was.
    pub medicine: String,
    /// Further lines of a written chart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chart: Vec<String>,
}

/// Sentences and words of one part of the page.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Wording {
    /// The part of the page.
    pub id: String,
    /// Each by its key; `{name}` stands for what the page puts in.
    pub texts: LiteMap<String, String>,
    /// Statements of sources carried here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carries: Vec<String>,
    /// Ids of the sources of what is said here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// Review.
    pub review: Review,
    /// Level-one title.
    #[serde(default)]
    pub title: String,
    /// Prose for editors.
    #[serde(default)]
    pub text: String,
}

/// Where on the page a piece of guidance is read.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// Kinds of breast cancer, and what HER2 is.
    Kinds,
    /// Tests of the tissue, and testing again.
    Testing,
    /// Which treatment at which point.
    Order,
    /// The brain and the fluid around it.
    Brain,
    /// Hormone medicines.
    Hormone,
    /// Trials.
    Trials,
    /// What is checked while a medicine is given: heart, lungs, liver, blood.
    Checks,
    /// Stomach and bowel.
    Digestion,
    /// Bones.
    Bones,
    /// Pregnancy and contraception.
    Pregnancy,
    /// Help beside cancer medicines.
    Support,
    /// Reasons to call the same day.
    Call,
}

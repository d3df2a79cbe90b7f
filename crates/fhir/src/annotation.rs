//! Free text beside a record (`note`). It never makes anything definite; where a sentence of it denies, holds, stops or takes
//! back what the record says, the record decides nothing.

use crate::datatype::Annotation;
use crate::given::says_given;
use crate::lookup::{Lookup, fold};
use crate::naming;

/// Why a note takes a record of any kind back: written in error, of somebody else, ruled out.
pub(crate) fn takes_back(lookup: &Lookup<'_>, notes: &[Annotation<'_>]) -> Option<String> {
    first(lookup, notes, |said| lookup.says(said, "words.taken-back"))
}

/// Why a note leaves open whether a medicine was given; `goes_on`: the record says that it is given still.
pub(crate) fn not_given(
    lookup: &Lookup<'_>,
    notes: &[Annotation<'_>],
    goes_on: bool,
) -> Option<String> {
    first(lookup, notes, |said| {
        let withheld = lookup.says(said, "words.note-not-given") && !says_given(said);
        withheld
            || lookup.says(said, "words.taken-back")
            || (goes_on && lookup.says(said, "words.note-ended"))
    })
}

/// Why a note leaves open whether a procedure was done.
pub(crate) fn not_done(lookup: &Lookup<'_>, notes: &[Annotation<'_>]) -> Option<String> {
    first(lookup, notes, |said| {
        lookup.says(said, "words.not-done") || lookup.says(said, "words.taken-back")
    })
}

/// Why a note leaves open whether there is the condition that a code means; `spread`: a metastasis.
pub(crate) fn denied(
    lookup: &Lookup<'_>,
    notes: &[Annotation<'_>],
    spread: bool,
) -> Option<String> {
    first(lookup, notes, |said| {
        // "Mother had breast cancer too" denies nothing of the patient.
        let cancer = || {
            naming::is_primary_breast_cancer(lookup, said)
                && lookup.words("words.denies-what-follows").open(said)
        };
        lookup.says(said, "words.taken-back")
            || (spread && lookup.says(said, "words.note-denies-spread"))
            || cancer()
    })
}

/// The first sentence of some notes that says a thing of words as [`fold`] gives them, those left out that deny nothing
/// of the record ("no evidence of progression").
fn first(
    lookup: &Lookup<'_>,
    notes: &[Annotation<'_>],
    says: impl Fn(&str) -> bool,
) -> Option<String> {
    let texts = notes.iter().map(|note| note.0.as_str());
    let mut sentences = texts.flat_map(|text| text.split(['.', ';', '\n', '!']));
    let harmless = ["words.medicine-not-denied", "words.no-growth"];
    let found = sentences.find(|sentence| {
        let said = harmless.iter().fold(fold(sentence), |said, list| {
            lookup.words(list).taken_out_of(&said)
        });
        says(&said)
    })?;
    Some(format!("its note says: `{}`", found.trim()))
}

//! A bundle in the standards of the field, for programs that are not ours: CQL and FHIR R4.
//!
//! The same bundle gives the same bytes. What is exported, and what is not, is said in `docs/export.md`.

pub mod cql;
pub mod fhir;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
}

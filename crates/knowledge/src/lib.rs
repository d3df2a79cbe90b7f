//! The authors' compiler: the files of a knowledge base, checked, tried on their own cases, and made into a bundle.
//!
//! ```text
//! kb/ ──files──▶ Tree ──entry──▶ Base ──lint──▶ Content ──compile──▶ Bundle ──cases──▶ Outcome
//! ```
//!
//! Everything that is wrong is reported at once, each with the file and the bytes to underline. A bundle comes out
//! only when nothing is.

pub mod analysis;
mod base;
mod blocks;
mod body;
mod case;
pub mod cohort;
mod compile;
pub mod coverage;
pub mod diff;
mod entry;
pub mod export;
pub mod files;
mod head;
mod kind;
mod lint;
mod manifest;
mod names;
pub mod report;
mod run;
mod tables;
mod translate;

pub use case::{Case, Expect};
pub use coverage::{Coverage, CoverageRow, coverage};
pub use files::{Tree, read_dir};
pub use kind::Kind;
pub use run::{CaseResult, Got};
pub use tables::TableCase;
pub use translate::{Progress, Sentence};

use std::path::Path;
use waymark_criteria::{Date, Diagnostic, Severity};
use waymark_engine::Bundle;
use waymark_engine::bundle::Translation;

/// What to hold the knowledge to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The day against which reviews are held; none: they are not.
    pub today: Option<Date>,
    /// Whether this is for a release: an overdue review is then an error.
    pub release: bool,
}

/// What came of a knowledge base.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The knowledge; there is one when no diagnostic is an error.
    pub bundle: Option<Bundle>,
    /// Everything found, in order of file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// Every case that could be read, in order of file and place.
    pub cases: Vec<CaseResult>,
    /// Every case of a decision table that could be read, likewise.
    pub table_cases: Vec<TableCase>,
    /// Where each entry stands, in order of kind and id.
    pub entries: Vec<EntryFile>,
    /// What readers see, in each language beside English.
    pub translations: Vec<Translation>,
    /// How far each of these languages is.
    pub progress: Vec<Progress>,
}

impl Outcome {
    /// What makes the knowledge unfit to answer by.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        let error = |problem: &&Diagnostic| problem.severity == Severity::Error;
        self.diagnostics.iter().filter(error)
    }
}

/// The file of an entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryFile {
    /// What it is.
    pub kind: Kind,
    /// Its id; of a file of sources, the group.
    pub id: String,
    /// The path of its file below the knowledge base.
    pub path: String,
}

/// Checks and compiles a knowledge base and runs its cases.
#[must_use]
pub fn compile(tree: &Tree, options: &Options) -> Outcome {
    let mut outcome = attempt(tree, options);
    if outcome.errors().next().is_some() {
        outcome.bundle = None;
    }
    outcome
}

/// As [`compile`], with a bundle also where all that is wrong is with cases: to see what an edit does before its cases
/// are rewritten. Nothing is answered by such a bundle.
#[must_use]
pub fn draft(tree: &Tree) -> Outcome {
    const OF_CASES: [&str; 4] = [
        "case-failed",
        "impossible-patient",
        "missing-case",
        "untried",
    ];
    let mut outcome = attempt(tree, &Options::default());
    let broken = |problem: &Diagnostic| !OF_CASES.contains(&problem.code);
    if outcome.errors().any(broken) {
        outcome.bundle = None;
    }
    outcome
}

/// The outcome with a bundle of whatever could be compiled.
fn attempt(tree: &Tree, options: &Options) -> Outcome {
    let mut problems = Vec::new();
    let base = base::Base::read(tree, &mut problems);
    lint::entries(&base, options, &mut problems);
    let mut bundle = compile::compile(&base, &mut problems);
    let table_cases = tables::check(&base, &mut problems);
    let mut cases = Vec::new();
    if let Some(bundle) = &bundle {
        cases = run::run(&base, bundle, &mut problems);
        lint::criteria(&base, bundle, &cases, &mut problems);
    }
    bundle = bundle.and_then(|bundle| compile::withdraw(bundle, &base, &mut problems));
    let (translations, progress) = translate::read(&base, &mut problems);
    problems.sort_by(|one, other| order(one).cmp(&order(other)));
    problems.dedup();
    let mut entries: Vec<EntryFile> = base
        .entries
        .iter()
        .filter_map(|entry| {
            let (kind, id, path) = (entry.kind?, entry.id.clone(), entry.path.clone());
            Some(EntryFile { kind, id, path })
        })
        .collect();
    entries.sort();
    Outcome {
        bundle,
        diagnostics: problems,
        cases,
        table_cases,
        entries,
        translations,
        progress,
    }
}

/// Every sentence that a language lacks or is behind with, each with the mark of its English.
#[must_use]
pub fn to_translate(tree: &Tree, language: &str) -> Vec<(Sentence, String)> {
    let base = base::Base::read(tree, &mut Vec::new());
    translate::open_sentences(&base, language)
}

fn order(problem: &Diagnostic) -> (&str, Option<waymark_criteria::Span>, &str, &str) {
    (&problem.place, problem.span, problem.code, &problem.message)
}

/// The bundle of a folder and its translations, for a build script.
///
/// # Errors
/// A text of one line per error, when the folder cannot be read or the knowledge in it is in error.
pub fn bundle_for_build(dir: &Path) -> Result<(Bundle, Vec<Translation>), String> {
    let tree = read_dir(dir).map_err(|error| error.to_string())?;
    let outcome = compile(&tree, &Options::default());
    match outcome.bundle {
        Some(bundle) => Ok((bundle, outcome.translations)),
        None => Err(outcome
            .diagnostics
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .map(|problem| report::line(&tree, problem) + "\n")
            .collect()),
    }
}

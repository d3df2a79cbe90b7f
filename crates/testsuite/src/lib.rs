//! What the whole-product tests share: the knowledge of this repository, its examples, and records that may be absent.

pub mod generate;
pub mod personas;
pub mod readability;
pub mod records;
pub mod spec;

use std::io::Write;
use std::path::{Path, PathBuf};
use waymark_criteria::Date;
use waymark_engine::bundle::Translation;
use waymark_engine::chart::{Completeness, written};
use waymark_engine::reasons::Reasoner;
use waymark_engine::{Bundle, Chart, wire};
use waymark_knowledge::bundle_for_build;

/// The root of the repository.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The knowledge of this repository.
///
/// # Panics
/// When `kb/` does not compile; `waymark kb check` says why.
#[must_use]
pub fn bundle() -> Bundle {
    translated().0
}

/// The same with its sentences in other languages.
///
/// # Panics
/// When `kb/` does not compile; `waymark kb check` says why.
#[must_use]
#[expect(clippy::panic, reason = "a test without knowledge has nothing to say")]
pub fn translated() -> (Bundle, Vec<Translation>) {
    match bundle_for_build(&root().join("kb")) {
        Ok(compiled) => compiled,
        Err(problem) => panic!("kb/ did not compile: {problem}"),
    }
}

/// Files of a folder with this ending, sorted.
#[must_use]
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut work = vec![folder.to_owned()];
    while let Some(folder) = work.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                work.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Public records kept beside the repository, or nothing, said loudly.
#[must_use]
pub fn shared_data() -> Option<PathBuf> {
    let folder = std::env::var_os("WAYMARK_SHARED")
        .map_or_else(|| root().join("../shared"), PathBuf::from)
        .join("data");
    if folder.is_dir() {
        return Some(folder);
    }
    // Written to the handle itself: what the print macros write is hidden in a passing test.
    let _ = writeln!(
        std::io::stderr(),
        "SKIPPED: the public records are not here ({}); nothing was tested on them",
        folder.display()
    );
    None
}

/// Reads a chart of either form.
///
/// # Errors
/// The diagnostics, as text.
pub fn chart(path: &Path, bundle: &Bundle) -> Result<Chart, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let read = match std::str::from_utf8(&bytes) {
        Ok(text) if written::looks_like_written(text) => written::read(text, bundle),
        Ok(_) | Err(_) => waymark_fhir::read(&bytes, bundle, None),
    };
    read.map_err(|problems| {
        problems
            .iter()
            .map(|problem| format!("{}: {}\n", problem.code, problem.message))
            .collect()
    })
}

/// Chart to assessment.
#[must_use]
pub fn assess(
    chart: &Chart,
    bundle: &Bundle,
    as_of: Date,
    record: Completeness,
) -> wire::Assessment {
    let facts = waymark_engine::derive::derive(chart, bundle, as_of, record);
    waymark_engine::assess::assess(chart, &facts, bundle, as_of)
}

/// Chart to assessment with the reasons of every verdict.
#[must_use]
pub fn assess_with_reasons(
    chart: &Chart,
    bundle: &Bundle,
    as_of: Date,
    record: Completeness,
) -> wire::Assessment {
    let facts = waymark_engine::derive::derive(chart, bundle, as_of, record);
    let mut assessment = waymark_engine::assess::assess(chart, &facts, bundle, as_of);
    Reasoner::new(bundle, &facts.values(bundle.schema())).add_to(&mut assessment);
    assessment
}

/// A day that the test writes out.
///
/// # Panics
/// When there is no such day.
#[must_use]
#[expect(clippy::expect_used, reason = "a test writes its days out")]
pub fn day(text: &str) -> Date {
    Date::parse(text).expect("a day as YYYY-MM-DD")
}

//! `waymark kb check`

use crate::failure::Failure;
use crate::knowledge;
use crate::render::diagnostics;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use waymark_criteria::{Date, Severity};
use waymark_knowledge::Options;

/// Prints every diagnostic; an error is exit 3.
pub(crate) fn run(dir: &Path, today: Date, release: bool, json: bool) -> Result<(), Failure> {
    let options = Options {
        today: Some(today),
        release,
    };
    let (tree, outcome) = knowledge::compiled(dir, &options)?;
    let mut out = std::io::stdout().lock();
    if json {
        writeln!(out, "{}", diagnostics::json(&outcome.diagnostics))?;
    } else {
        diagnostics::underlined(&outcome.diagnostics, &tree);
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in &outcome.entries {
            *kinds.entry(entry.kind.word()).or_default() += 1;
        }
        let counted: Vec<String> = kinds
            .iter()
            .map(|(kind, count)| format!("{count} {kind}"))
            .collect();
        let of = |severity| {
            outcome
                .diagnostics
                .iter()
                .filter(|problem| problem.severity == severity)
                .count()
        };
        writeln!(
            out,
            "{} entries: {}; {} cases",
            outcome.entries.len(),
            counted.join(", "),
            outcome.cases.len()
        )?;
        for language in &outcome.progress {
            writeln!(
                out,
                "{}: {} of {} sentences translated, {} signed by a named reviewer, {} behind their English",
                language.language,
                language.translated,
                language.sentences,
                language.signed,
                language.behind
            )?;
        }
        writeln!(
            out,
            "{} errors, {} warnings",
            of(Severity::Error),
            of(Severity::Warning)
        )?;
    }
    if outcome.bundle.is_some() {
        Ok(())
    } else {
        Err(Failure::Knowledge)
    }
}

//! `waymark kb test`

use crate::failure::Failure;
use crate::knowledge;
use crate::render::diagnostics;
use std::io::Write;
use std::path::Path;
use waymark_criteria::Truth;
use waymark_knowledge::{CaseResult, Options, TableCase};

/// Runs the cases, all or those of entries whose path contains a text; a failed one is exit 3.
pub(crate) fn run(dir: &Path, only: Option<&str>) -> Result<(), Failure> {
    let (tree, outcome) = knowledge::compiled(dir, &Options::default())?;
    let chosen: Vec<&CaseResult> = outcome
        .cases
        .iter()
        .filter(|result| only.is_none_or(|only| result.case.path.contains(only)))
        .collect();
    let mut out = std::io::stdout().lock();
    let mut failed = 0;
    for result in chosen.iter().filter(|result| !result.passed) {
        failed += 1;
        writeln!(
            out,
            "{}: {} ({})",
            result.case.path, result.case.title, result.case.of
        )?;
        writeln!(
            out,
            "  expected {}{}",
            word(result.case.expect.truth),
            reasons(&result.case.expect.unmet, &result.case.expect.missing)
        )?;
        match &result.got {
            Some(got) => writeln!(
                out,
                "  got      {}{}",
                word(got.truth),
                reasons(&Some(got.unmet.clone()), &Some(got.missing.clone()))
            )?,
            None => writeln!(out, "  got      nothing: the definition itself is in error")?,
        }
        for line in result.explanation.lines() {
            writeln!(out, "    {line}")?;
        }
    }
    let of_tables: Vec<&TableCase> = outcome
        .table_cases
        .iter()
        .filter(|case| only.is_none_or(|only| case.path.contains(only)))
        .collect();
    for case in of_tables.iter().filter(|case| !case.passed()) {
        failed += 1;
        writeln!(out, "{}: {}", case.path, case.title)?;
        writeln!(out, "  expected {} by {}", case.expected, case.row)?;
        writeln!(out, "  got      {} by {}", case.got, case.rows.join(", "))?;
    }
    if outcome.cases.is_empty() {
        diagnostics::underlined(&outcome.diagnostics, &tree);
    }
    let tried = chosen.len() + of_tables.len();
    writeln!(out, "{} passed, {failed} failed", tried - failed)?;
    if failed == 0 && tried > 0 {
        Ok(())
    } else {
        Err(Failure::Knowledge)
    }
}

fn word(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "met",
        Truth::False => "not-met",
        Truth::Unknown => "unknown",
    }
}

fn reasons(unmet: &Option<Vec<String>>, missing: &Option<Vec<String>>) -> String {
    let part = |name: &str, ids: &Option<Vec<String>>| match ids {
        Some(ids) if !ids.is_empty() => format!(", {name} {}", ids.join(", ")),
        Some(_) | None => String::new(),
    };
    part("unmet", unmet) + &part("missing", missing)
}

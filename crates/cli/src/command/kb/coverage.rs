//! `waymark kb coverage SOURCE`

use crate::failure::Failure;
use crate::knowledge;
use crate::render::style::{Ink, Page};
use std::io::Write;
use std::path::Path;
use waymark_criteria::Diagnostic;

/// Shows where each statement of a source lives; one that lives nowhere is exit 3.
pub(crate) fn run(dir: Option<&Path>, source: &str) -> Result<(), Failure> {
    let bundle = knowledge::bundle(dir)?;
    let Some(coverage) = waymark_knowledge::coverage(&bundle, source) else {
        return Err(Failure::Usage(format!(
            "there is no source `{source}`; `waymark kb list --kind source` lists them"
        )));
    };
    let page = Page::of_terminal();
    let mut out = std::io::stdout().lock();
    for row in &coverage.rows {
        let lives = if row.is_carried() {
            let entries = row
                .carried_by
                .iter()
                .map(|(kind, id)| format!("{} {id}", kind.word()));
            entries
                .chain(row.module.iter().map(|module| format!("module {module}")))
                .collect::<Vec<_>>()
                .join(", ")
        } else if row.is_planned() {
            "module: planned".to_owned()
        } else {
            "NOWHERE".to_owned()
        };
        writeln!(out, "{}  {lives}", page.ink(Ink::Bold, &row.statement))?;
        write!(
            out,
            "{}",
            page.ink(Ink::Faint, &page.wrap("     ", "     ", &row.text))
        )?;
    }
    let lost: Vec<&str> = coverage.lost().map(|row| row.statement.as_str()).collect();
    let planned = coverage.rows.iter().filter(|row| row.is_planned()).count();
    writeln!(
        out,
        "{} statements: {} carried, {planned} planned, {} nowhere",
        coverage.rows.len(),
        coverage.rows.len() - planned - lost.len(),
        lost.len()
    )?;
    if lost.is_empty() {
        return Ok(());
    }
    let problem = Diagnostic::error(
        "not-carried",
        format!("{} of `{source}` live nowhere", lost.join(", ")),
    )
    .help(format!(
        "add `carries = [\"{source}#{}\"]` to the entry that says it",
        lost[0]
    ));
    crate::render::diagnostics::plain(&[problem]);
    Err(Failure::Knowledge)
}

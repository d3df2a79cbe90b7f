//! `waymark kb gaps`

use crate::failure::Failure;
use crate::knowledge;
use crate::render::style::Page;
use crate::render::{diagnostics, gaps};
use std::io::Write;
use std::path::Path;
use waymark_criteria::Date;
use waymark_knowledge::Options;
use waymark_knowledge::analysis::gaps::{self as analysis, Depth};

/// Analyses the knowledge; a finding that nobody accepted is exit 3.
pub(crate) fn run(dir: &Path, today: Date, all: bool, json: bool) -> Result<(), Failure> {
    let (tree, outcome) = knowledge::compiled(dir, &Options::default())?;
    let Some(bundle) = &outcome.bundle else {
        diagnostics::underlined(&outcome.diagnostics, &tree);
        return Err(Failure::Knowledge);
    };
    let found = analysis::gaps(&tree, (bundle, &outcome.entries), Depth::Full, today);
    let text = if json {
        format!("{}\n", gaps::json(&found))
    } else {
        gaps::text(&found, all, &Page::of_terminal())
    };
    std::io::stdout().lock().write_all(text.as_bytes())?;
    if found.problems.is_empty() {
        return Ok(());
    }
    if !json {
        diagnostics::underlined(&found.problems, &tree);
    }
    Err(Failure::Knowledge)
}

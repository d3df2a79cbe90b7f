//! Diagnostics on standard error.

use std::io::Write;
use waymark_criteria::{Diagnostic, Severity};

/// One block for each diagnostic: severity, code, place, message, help.
pub(crate) fn plain(problems: &[Diagnostic]) {
    let mut err = std::io::stderr().lock();
    for problem in problems {
        // Standard error may be closed; there is nowhere left to say so.
        let _ = writeln!(err, "{}", one(problem));
    }
}

/// A diagnostic without its source text.
pub(crate) fn one(problem: &Diagnostic) -> String {
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let place = if problem.place.is_empty() { String::new() } else { format!("{}: ", problem.place) };
    let help = problem.help.as_ref().map(|help| format!("\n  help: {help}")).unwrap_or_default();
    format!("{severity}[{}]: {place}{}{help}", problem.code, problem.message)
}

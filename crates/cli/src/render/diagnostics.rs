//! Diagnostics: one line each, underlined in their file, or as JSON.

use ariadne::{CharSet, Config, IndexType, Label, Report, ReportKind, Source};
use serde_json::{Value, json};
use std::io::{IsTerminal, Write};
use waymark_criteria::{Diagnostic, Severity};
use waymark_knowledge::Tree;

/// One block for each diagnostic on standard error: severity, code, place, message, help.
pub(crate) fn plain(problems: &[Diagnostic]) {
    let mut err = std::io::stderr().lock();
    for problem in problems {
        // Standard error may be closed; there is nowhere left to say so.
        let _ = writeln!(err, "{}", one(problem));
    }
}

/// Each diagnostic on standard error with the text that it is about, where it has a span in a file.
pub(crate) fn underlined(problems: &[Diagnostic], tree: &Tree) {
    let mut err = std::io::stderr().lock();
    let colour = std::io::stderr().is_terminal()
        && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    for problem in problems {
        let (Some(span), Some(text)) = (problem.span, tree.text(&problem.place)) else {
            let _ = writeln!(err, "{}", one(problem));
            continue;
        };
        let place = problem.place.as_str();
        let kind = match problem.severity {
            Severity::Error => ReportKind::Error,
            Severity::Warning => ReportKind::Warning,
        };
        let end = span.end.max(span.start).min(text.len());
        let range = span.start.min(end)..end;
        let config = Config::new()
            .with_index_type(IndexType::Byte)
            .with_color(colour)
            .with_char_set(CharSet::Unicode);
        let mut report = Report::build(kind, (place, range.clone()))
            .with_config(config)
            .with_code(problem.code)
            .with_message(&problem.message)
            .with_label(Label::new((place, range)).with_message("here"));
        if let Some(help) = &problem.help {
            report = report.with_help(help);
        }
        let _ = report.finish().write((place, Source::from(text)), &mut err);
    }
}

/// All diagnostics as one JSON array.
pub(crate) fn json(problems: &[Diagnostic]) -> Value {
    problems
        .iter()
        .map(|problem| {
            json!({
                "code": problem.code,
                "severity": severity(problem),
                "message": problem.message,
                "place": problem.place,
                "span": problem.span.map(|span| json!([span.start, span.end])),
                "help": problem.help,
            })
        })
        .collect()
}

fn one(problem: &Diagnostic) -> String {
    let place = if problem.place.is_empty() {
        String::new()
    } else {
        format!("{}: ", problem.place)
    };
    let help = problem
        .help
        .as_ref()
        .map(|help| format!("\n  help: {help}"))
        .unwrap_or_default();
    format!(
        "{}[{}]: {place}{}{help}",
        severity(problem),
        problem.code,
        problem.message
    )
}

fn severity(problem: &Diagnostic) -> &'static str {
    match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

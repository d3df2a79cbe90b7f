//! `waymark replay RESULT`

use crate::failure::Failure;
use crate::{input, knowledge};
use serde_json::Value;
use std::io::Write;
use std::path::Path;
use waymark_criteria::Diagnostic;
use waymark_engine::replay::{self, Difference};
use waymark_engine::wire::Assessment;

/// Longest value that is shown whole, in characters.
const SHOWN: usize = 100;

/// Confirms a stored answer, or lists what differs and exits 1.
pub(crate) fn run(file: &Path, kb: Option<&Path>) -> Result<(), Failure> {
    let place = file.display().to_string();
    let refused = |problem: Diagnostic| Failure::Refused(vec![problem.in_place(&place)]);
    let bytes = input::bytes(file).map_err(|error| {
        let message = format!("the file could not be read: {error}");
        refused(Diagnostic::error("unreadable-file", message))
    })?;
    let stored: Assessment = serde_json::from_slice(&bytes).map_err(|error| {
        let message = format!("this is no answer of `waymark assess --format json`: {error}");
        refused(Diagnostic::error("not-an-answer", message))
    })?;
    let bundle = knowledge::bundle(kb)?;
    let now = replay::again(&stored, &bundle).map_err(|problems| {
        let placed = problems.into_iter().map(|problem| problem.in_place(&place));
        Failure::Refused(placed.collect())
    })?;
    let differences = replay::differences(&stored, &now);
    let mut out = std::io::stdout().lock();
    if differences.is_empty() {
        writeln!(
            out,
            "confirmed: {} therapies as of {}, knowledge {} ({})",
            now.regimens.len(),
            now.as_of,
            now.knowledge.version,
            now.knowledge.hash
        )?;
        return Ok(());
    }
    for difference in &differences {
        writeln!(out, "{}", shown(difference))?;
    }
    out.flush()?;
    let mut problem = Diagnostic::error(
        "not-confirmed",
        format!("{} places of the answer differ", differences.len()),
    );
    if stored.knowledge.hash != bundle.hash() {
        problem = problem.help(format!(
            "it was made with knowledge {} ({}); this is {} ({}): replay it with its own (--kb DIR)",
            stored.knowledge.version,
            stored.knowledge.hash,
            bundle.content().version,
            bundle.hash()
        ));
    }
    Err(refused(problem))
}

fn shown(difference: &Difference) -> String {
    let one = |value: &Option<Value>| {
        let text = value
            .as_ref()
            .map_or("nothing".to_owned(), Value::to_string);
        match text.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        }
    };
    format!(
        "{}: was {}, is {}",
        difference.place,
        one(&difference.stored),
        one(&difference.now)
    )
}

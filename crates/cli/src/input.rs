//! Files to charts.

use crate::failure::Failure;
use std::io::Read;
use std::path::Path;
use waymark_criteria::Diagnostic;
use waymark_engine::{Bundle, Chart};

/// Reads a FHIR bundle or a Waymark chart; `-` is standard input.
pub(crate) fn chart(path: &Path, bundle: &Bundle, patient: Option<&str>) -> Result<Chart, Failure> {
    let place = path.display().to_string();
    let bytes = bytes(path).map_err(|error| unreadable(path, &error))?;
    let read = waymark_fhir::read_either(&[&bytes], bundle, patient);
    read.map_err(|problems| {
        Failure::Refused(
            problems
                .into_iter()
                .map(|problem| placed(problem, &place, &bytes))
                .collect(),
        )
    })
}

/// Reads FHIR files that belong together: the chart of the patient named, else of each.
pub(crate) fn together(
    paths: &[std::path::PathBuf],
    bundle: &Bundle,
    patient: Option<&str>,
) -> Result<Vec<Chart>, Failure> {
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        files.push(bytes(path).map_err(|error| unreadable(path, &error))?);
    }
    let parts: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let place = paths.first().map(|path| path.display().to_string());
    let place = format!("{} and others", place.unwrap_or_default());
    let refused = |problems: Vec<Diagnostic>| {
        let placed = problems.into_iter().map(|problem| problem.in_place(&place));
        Failure::Refused(placed.collect())
    };
    let patients = match patient {
        Some(patient) => vec![patient.to_owned()],
        None => waymark_fhir::patients(&parts).map_err(refused)?,
    };
    let reader = waymark_fhir::Reader::new(bundle);
    if patients.is_empty() {
        return Ok(vec![reader.read_together(&parts, None).map_err(refused)?]);
    }
    let charts = patients
        .iter()
        .map(|patient| reader.read_together(&parts, Some(patient)));
    charts.collect::<Result<_, _>>().map_err(refused)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    let problem = Diagnostic::error(
        "unreadable-file",
        format!("the file could not be read: {error}"),
    );
    Failure::Refused(vec![problem.in_place(path.display().to_string())])
}

/// With the name of the file, the line and column, and the flag by which the command line answers the question.
fn placed(mut problem: Diagnostic, file: &str, bytes: &[u8]) -> Diagnostic {
    if problem.code == "several-patients" {
        problem.help = problem.help.map(|help| format!("{help} (--patient ID)"));
    }
    let mut place = file.to_owned();
    if let (Some(span), Ok(text)) = (problem.span, std::str::from_utf8(bytes)) {
        let (line, column) = waymark_knowledge::report::position(text, span.start);
        place = format!("{place}:{line}:{column}");
    }
    if !problem.place.is_empty() {
        place = format!("{place}: {}", problem.place);
    }
    problem.in_place(place)
}

/// The bytes of a file; `-` is standard input.
pub(crate) fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    std::fs::read(path)
}

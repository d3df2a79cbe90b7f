//! `waymark export cql | fhir --out DIR`; for `site` see `export_site`

use crate::args::Export;
use crate::failure::Failure;
use crate::knowledge;
use std::io::Write;
use std::path::Path;
use waymark_criteria::{Date, Diagnostic};
use waymark_knowledge::export::{cql, fhir};

/// Writes the knowledge in a standard of the field into a directory, which is made when it is not there.
pub(crate) fn run(export: &Export, kb: Option<&Path>, today: Date) -> Result<(), Failure> {
    let (out, files) = match export {
        Export::Cql { out } => (out, cql::files(&knowledge::bundle(kb)?)),
        Export::Fhir { out, base } => (out, fhir::files(&knowledge::bundle(kb)?, base)),
        Export::Site { out, config } => {
            return super::export_site::run(out, config.as_deref(), kb, today);
        }
    };
    let written = std::fs::create_dir_all(out).and_then(|()| {
        files
            .iter()
            .try_for_each(|file| std::fs::write(out.join(&file.name), &file.text))
    });
    written.map_err(|error| unwritable(out, &error))?;
    let mut stdout = std::io::stdout().lock();
    for file in &files {
        writeln!(stdout, "{}", out.join(&file.name).display())?;
    }
    Ok(())
}

/// A place that cannot be written to.
pub(super) fn unwritable(out: &Path, error: &std::io::Error) -> Failure {
    let message = format!("`{}` could not be written: {error}", out.display());
    let problem = Diagnostic::error("unwritable", message)
        .help("name a directory that may be written with --out DIR");
    Failure::Refused(vec![problem])
}

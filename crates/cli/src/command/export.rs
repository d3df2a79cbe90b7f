//! `waymark export cql | fhir --out DIR`

use crate::args::Export;
use crate::failure::Failure;
use crate::knowledge;
use std::io::Write;
use std::path::Path;
use waymark_criteria::Diagnostic;
use waymark_knowledge::export::{cql, fhir};

/// Writes the knowledge in a standard of the field into a directory, which is made when it is not there.
pub(crate) fn run(export: &Export, kb: Option<&Path>) -> Result<(), Failure> {
    let bundle = knowledge::bundle(kb)?;
    let (out, files) = match export {
        Export::Cql { out } => (out, cql::files(&bundle)),
        Export::Fhir { out, base } => (out, fhir::files(&bundle, base)),
    };
    let written = std::fs::create_dir_all(out).and_then(|()| {
        files
            .iter()
            .try_for_each(|file| std::fs::write(out.join(&file.name), &file.text))
    });
    if let Err(error) = written {
        let message = format!("`{}` could not be written: {error}", out.display());
        let problem = Diagnostic::error("unwritable", message)
            .help("name a directory that may be written with --out DIR");
        return Err(Failure::Refused(vec![problem]));
    }
    let mut stdout = std::io::stdout().lock();
    for file in &files {
        writeln!(stdout, "{}", out.join(&file.name).display())?;
    }
    Ok(())
}

//! Checks of the repository itself.

mod crates;
mod files;
mod medicine;

pub(crate) use crates::metadata;

use std::path::Path;

/// Runs every check; all problems are listed at once.
pub(crate) fn run(root: &Path) -> Result<String, String> {
    let metadata = crates::metadata(root)?;
    let files = files::tracked(root)?;
    let mut problems = crates::arrows(&metadata);
    problems.extend(crates::licences(&metadata));
    problems.extend(crates::sources(&metadata));
    problems.extend(crates::duplicates(&metadata));
    problems.extend(crates::lints(root, &metadata));
    problems.extend(files::names(&files));
    problems.extend(files::sizes(root, &files));
    problems.extend(files::contents(root, &files));
    problems.extend(medicine::in_code(root, &files)?);
    if problems.is_empty() {
        return Ok(format!(
            "tidy: {} files, {} packages, nothing to mend",
            files.len(),
            crates::count(&metadata)
        ));
    }
    Err(format!(
        "tidy: {} problems\n{}",
        problems.len(),
        problems.join("\n")
    ))
}

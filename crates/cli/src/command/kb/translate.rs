//! `waymark kb translate LANGUAGE`

use crate::failure::Failure;
use crate::knowledge;
use std::io::Write;
use std::path::Path;
use waymark_knowledge::to_translate;

/// Prints, file by file, the English of each sentence that is open and a table to put its translation into.
pub(crate) fn run(dir: &Path, language: &str, only: &str) -> Result<(), Failure> {
    let tree = knowledge::read(dir)?;
    let mut out = std::io::stdout().lock();
    let (mut file, mut count) = (String::new(), 0_usize);
    for (sentence, mark) in to_translate(&tree, language) {
        if !sentence.path.starts_with(only) {
            continue;
        }
        if sentence.path != file {
            if !file.is_empty() {
                writeln!(out, "```\n")?;
            }
            writeln!(out, "{}\n```{language}", sentence.path)?;
            file.clone_from(&sentence.path);
        }
        count += 1;
        let field = match sentence.field.contains('.') {
            true => format!("{:?}", sentence.field),
            false => sentence.field.clone(),
        };
        writeln!(out, "[{field}]\nof = \"{mark}\"")?;
        for line in sentence.english.lines() {
            writeln!(out, "# {line}")?;
        }
        writeln!(out, "text = \"\"\n")?;
    }
    if !file.is_empty() {
        writeln!(out, "```")?;
    }
    eprintln!("{count} sentences are open");
    Ok(())
}

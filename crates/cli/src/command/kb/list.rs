//! `waymark kb list`

use crate::failure::Failure;
use crate::knowledge;
use std::io::Write;
use std::path::Path;
use waymark_engine::Bundle;

/// Lists entries, one a line: kind, id, name.
pub(crate) fn run(dir: Option<&Path>, kind: Option<&str>) -> Result<(), Failure> {
    let bundle = knowledge::bundle(dir)?;
    let entries = entries(&bundle);
    let kinds: Vec<&str> = entries.iter().map(|(kind, _, _)| *kind).collect();
    if let Some(kind) = kind
        && !kinds.contains(&kind)
    {
        let mut known = kinds;
        known.dedup();
        return Err(Failure::Usage(format!(
            "there is no kind `{kind}`; there are: {}",
            known.join(", ")
        )));
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (of, id, name) in entries
        .iter()
        .filter(|(of, _, _)| kind.is_none_or(|kind| kind == *of))
    {
        writeln!(out, "{of:<10} {id:<40} {name}")?;
    }
    out.flush()?;
    Ok(())
}

/// Every entry: kind, id, name.
pub(super) fn entries(bundle: &Bundle) -> Vec<(&'static str, &str, &str)> {
    let content = bundle.content();
    let mut entries = Vec::new();
    entries.extend(
        content
            .sources
            .iter()
            .map(|it| ("source", it.id.as_str(), it.title.as_str())),
    );
    entries.extend(
        content
            .facts
            .iter()
            .map(|it| ("fact", it.id.as_str(), it.label.as_str())),
    );
    entries.extend(
        content
            .tables
            .iter()
            .map(|it| ("table", it.id.as_str(), it.title.as_str())),
    );
    entries.extend(
        content
            .criteria
            .iter()
            .map(|it| ("criterion", it.id.as_str(), it.label.as_str())),
    );
    entries.extend(
        content
            .medicines
            .iter()
            .map(|it| ("medicine", it.id.as_str(), it.name.as_str())),
    );
    entries.extend(
        content
            .regimens
            .iter()
            .map(|it| ("regimen", it.id.as_str(), it.name.as_str())),
    );
    entries.extend(
        content
            .guidance
            .iter()
            .map(|it| ("guidance", it.id.as_str(), it.title.as_str())),
    );
    entries.extend(
        content
            .trials
            .iter()
            .map(|it| ("trial", it.id.as_str(), it.name.as_str())),
    );
    entries.extend(
        content
            .terms
            .iter()
            .map(|it| ("terms", it.id.as_str(), it.title.as_str())),
    );
    entries.extend(
        content
            .line_rules
            .iter()
            .map(|it| ("line-rule", it.id.as_str(), it.title.as_str())),
    );
    entries
}

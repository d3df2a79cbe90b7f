//! `waymark kb new KIND ID`

use crate::failure::Failure;
use std::io::Write;
use std::path::Path;
use waymark_criteria::{Date, Diagnostic};
use waymark_knowledge::Kind;

/// Months after which a new entry is due for review.
const DUE_AFTER: i64 = 6;

/// Writes the template's block of a kind under a new id; an existing file is never touched.
pub(crate) fn run(dir: &Path, kind: &str, id: &str, today: Date) -> Result<(), Failure> {
    let Some(kind) = Kind::ALL.into_iter().find(|known| known.word() == kind) else {
        let known: Vec<&str> = Kind::ALL.into_iter().map(Kind::word).collect();
        let known = known.join(", ");
        return Err(Failure::Usage(format!(
            "there is no kind `{kind}`; there are: {known}"
        )));
    };
    if !is_kebab(id) {
        let message = format!("`{id}` is no id: write lower-case words and numbers joined by `-`");
        return Err(Failure::Usage(message));
    }
    let refused = |code, message: String| Failure::Refused(vec![Diagnostic::error(code, message)]);
    let template = dir.join("TEMPLATE.md");
    let text = std::fs::read_to_string(&template).map_err(|error| {
        let message = format!("{} could not be read: {error}", template.display());
        refused("no-template", message)
    })?;
    let Some((name, block)) = block(&text, kind) else {
        let message = format!("{} shows no {}", template.display(), kind.word());
        return Err(refused("no-template", message));
    };
    let (entry, path) = (
        filled(block, name, id, today),
        dir.join(kind.folder()).join(format!("{id}.md")),
    );
    let file =
        std::fs::File::create_new(&path).and_then(|mut file| file.write_all(entry.as_bytes()));
    file.map_err(|error| {
        let message = format!("{} could not be written: {error}", path.display());
        refused("not-written", message)
    })?;
    writeln!(
        std::io::stdout(),
        "{}\nReplace every value and every sentence, then: waymark kb check --watch --kb {}",
        path.display(),
        dir.display()
    )?;
    Ok(())
}

/// Id and text of the last block of a kind: the fullest one, since the template begins with the plain ones.
fn block(template: &str, kind: Kind) -> Option<(&str, &str)> {
    let sections = template.split("\n## ").skip(1);
    let mut found = None;
    for section in sections {
        let path = section.lines().next()?.split('`').nth(1)?;
        let Some(name) = path.strip_prefix(kind.folder()) else {
            continue;
        };
        let (_, rest) = section.split_once("````markdown\n")?;
        let (file, _) = rest.split_once("````")?;
        let name = name.trim_start_matches('/').trim_end_matches(".md");
        if found.is_none_or(|(_, other): (&str, &str)| file.len() > other.len()) {
            found = Some((name, file));
        }
    }
    found
}

/// The block with its own id, reviewed today, by nobody yet.
fn filled(block: &str, name: &str, id: &str, today: Date) -> String {
    let due = today.add_months(DUE_AFTER);
    let mut entry = String::new();
    let mut in_reviewers = false;
    for line in block.replace(name, id).lines() {
        let key = line.split('=').next().unwrap_or("").trim();
        match key {
            "on" if line.starts_with("on") => entry += &format!("on = \"{today}\"\n"),
            "due" => entry += &format!("due = \"{due}\"\n"),
            "written-by" => {}
            "reviewers" => in_reviewers = !line.contains(']'),
            _ if in_reviewers => in_reviewers = !line.starts_with(']'),
            _ => entry += &format!("{line}\n"),
        }
    }
    entry
}

fn is_kebab(id: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
    };
    id.split('-').all(word)
}

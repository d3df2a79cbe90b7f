//! Names, sizes and contents of tracked files.

use std::path::Path;
use std::process::Command;

/// Names that say nothing.
const EMPTY_NAMES: [&str; 12] = [
    "util", "utils", "helper", "helpers", "common", "misc", "manager", "types", "todo", "notes",
    "plan", "scratch",
];

/// Lines above which a source file needs a reason.
const LONG: usize = 800;

/// Files that may be long, and why.
const LONG_WITH_REASON: [(&str, &str); 1] = [(
    "crates/engine/src/bundle/content.rs",
    "one schema: the shapes of all entries, mostly documentation",
)];

/// The only file in which `unsafe` may stand: the border between the script of the page and the engine.
const UNSAFE: &str = "crates/wasm/src/memory.rs";

/// Where a path of one machine begins.
const MACHINE_PATHS: [&str; 3] = [
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
];

/// Paths of tracked files, relative to the root.
pub(crate) fn tracked(root: &Path) -> Result<Vec<String>, String> {
    let output = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .map_err(|error| format!("git did not start: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut files: Vec<String> = text
        .lines()
        .filter(|path| root.join(path).is_file())
        .map(str::to_owned)
        .collect();
    files.sort();
    if files.is_empty() {
        Err("git lists no files here".to_owned())
    } else {
        Ok(files)
    }
}

/// Every name says what is in the file.
pub(crate) fn names(files: &[String]) -> Vec<String> {
    let mut problems = Vec::new();
    for file in files {
        for part in file.split('/') {
            let stem = part.split('.').next().unwrap_or_default().to_lowercase();
            if EMPTY_NAMES.contains(&stem.as_str()) {
                problems.push(format!("{file}: the name `{stem}` says nothing"));
            }
            if part.contains(' ') || !part.is_ascii() {
                problems.push(format!("{file}: names are plain ASCII without spaces"));
            }
        }
    }
    problems
}

/// A source file has one subject.
pub(crate) fn sizes(root: &Path, files: &[String]) -> Vec<String> {
    let mut problems = Vec::new();
    for file in files.iter().filter(|file| file.ends_with(".rs")) {
        let lines = std::fs::read_to_string(root.join(file))
            .unwrap_or_default()
            .lines()
            .count();
        if lines > LONG && !LONG_WITH_REASON.iter().any(|(path, _)| path == file) {
            problems.push(format!(
                "{file}: {lines} lines; move a second subject out, or give a reason in xtask tidy"
            ));
        }
    }
    problems
}

/// Nothing is left open in code, and nothing of one machine is in it.
pub(crate) fn contents(root: &Path, files: &[String]) -> Vec<String> {
    let open = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
    ];
    let mut problems = Vec::new();
    for file in files {
        let Ok(text) = std::fs::read_to_string(root.join(file)) else {
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            let at = number + 1;
            if file.ends_with(".rs") && file != UNSAFE && line.contains(concat!("unsafe", "_code"))
            {
                problems.push(format!("{file}:{at}: `unsafe` belongs in {UNSAFE} alone"));
            }
            if file.ends_with(".rs") && open.iter().any(|word| line.contains(word)) {
                problems.push(format!("{file}:{at}: left open"));
            }
            if (file.ends_with(".rs") || file.ends_with(".toml")) && line.ends_with([' ', '\t']) {
                problems.push(format!("{file}:{at}: trailing space"));
            }
            if words(line).any(|word| MACHINE_PATHS.iter().any(|path| word.starts_with(path))) {
                problems.push(format!("{file}:{at}: a path of one machine"));
            }
        }
    }
    problems
}

/// The words of a line without quotes and brackets around them.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split_whitespace()
        .map(|word| word.trim_matches(['"', '\'', '`', '(', ')', '<', '>', ',']))
}

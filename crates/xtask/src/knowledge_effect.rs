//! What the knowledge of the working tree changes against the main line.

use std::path::Path;
use std::process::Command;

/// The main line, by the names that a checkout may have for it.
const MAIN: [&str; 2] = ["main", "origin/main"];

/// Runs `waymark kb diff` of the commit at which the working tree left the main line and of `kb/` as it is.
pub(crate) fn run(root: &Path) -> Result<String, String> {
    let base = MAIN.iter().find_map(|main| merge_base(root, main));
    let base = base.ok_or(
        "neither `main` nor `origin/main` is a branch here; `git fetch origin main` brings one",
    )?;
    let output = Command::new("cargo")
        .args([
            "run",
            "--release",
            "--quiet",
            "--package",
            "waymark-cli",
            "--",
            "kb",
            "diff",
            &base,
            "kb",
        ])
        .current_dir(root)
        .output()
        .map_err(|error| format!("cargo did not start: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        return Err(said
            + "where cases fail: they change with their criterion; until then, a `waymark` that was built before shows the \
               effect of a draft: `waymark kb diff main kb`");
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned() + &said)
}

fn merge_base(root: &Path, main: &str) -> Option<String> {
    let output = Command::new("git")
        .args(["merge-base", main, "HEAD"])
        .current_dir(root)
        .output()
        .ok()?;
    let commit = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(commit)
}

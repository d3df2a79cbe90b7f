//! Whole visits in a real browser: `tools/browser`, run by Node in Debian's Chromium.

use std::path::Path;
use std::process::Command;

/// Builds the binary with what the browser needs, and runs the visits.
pub(crate) fn run(root: &Path) -> Result<String, String> {
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    if !Path::new(&chromium).exists() {
        let message = format!("NOT CHECKED in a browser: there is no {chromium}");
        return match std::env::var_os("CI") {
            Some(_) => Err(message),
            None => Ok(format!(
                "{message}\n(in CI this is an error; CHROMIUM names another one)"
            )),
        };
    }
    let weights = crate::web::run(root)?;
    let tools = root.join("tools/browser");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let build = ["build", "--locked", "--package", "waymark-cli"];
    let npm = [
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--silent",
    ];
    step(
        Command::new(cargo).args(build).current_dir(root),
        "the build",
    )?;
    step(Command::new("npm").args(npm).current_dir(&tools), "npm")?;
    let mut node = Command::new("node");
    node.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]);
    for subject in ["visits", "access", "print", "sheet", "device", "scores"] {
        node.arg(format!("{subject}.test.mjs"));
    }
    step(node.current_dir(&tools), "the visits")?;
    Ok(format!("{weights}\nevery visit went well"))
}

fn step(command: &mut Command, what: &str) -> Result<(), String> {
    let status = command.status();
    let status = status.map_err(|error| format!("{what} did not start: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{what} ended with {status}; see above"))
    }
}

//! Repository tasks: `cargo xtask NAME`.

#![expect(clippy::print_stdout, reason = "a task reports on standard output")]

mod bench;
mod browser;
mod cross_check;
mod knowledge_effect;
mod tidy;
mod web;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let task = std::env::args().nth(1).unwrap_or_default();
    let root = root();
    let outcome = match task.as_str() {
        "tidy" => tidy::run(&root),
        "bench" => bench::run(&root),
        "knowledge-effect" => knowledge_effect::run(&root),
        "cross-check" => cross_check::run(&root),
        "web" => web::run(&root),
        "browser" => browser::run(&root),
        _ => Err("usage: cargo xtask tidy|bench|knowledge-effect|cross-check|web|browser\n  tidy   dependency arrows, licences, duplicate versions, file names and sizes, medicine in code\n  bench  whole-process timings as ratios to an empty run\n  knowledge-effect  what kb/ of the working tree changes against main: entries, stored patients, a made-up population\n  cross-check  the exported CQL on the engines of others, over generated sets of facts\n  web  the engine and the files of the site for the browser, held to their budgets\n  browser  whole visits of the page in Chromium: personas, accessibility, print".to_owned()),
    };
    match outcome {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(problems) => {
            eprintln!("{problems}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

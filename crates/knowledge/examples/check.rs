//! Checks a knowledge base and prints what is wrong with it, one line each:
//!
//! ```text
//! cargo run -q -p waymark-knowledge --example check -- kb [PATH-PREFIX…]
//! ```
//!
//! With prefixes, for example `facts/` or `regimens/tdxd.md`, only those files are spoken of. Exit 3 when there is an
//! error among what was printed.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::path::Path;
use std::process::ExitCode;
use waymark_criteria::Severity;
use waymark_knowledge::{Options, compile, read_dir, report};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(dir) = arguments.next() else {
        eprintln!("usage: check KB-FOLDER [PATH-PREFIX…]");
        return ExitCode::from(2);
    };
    let prefixes: Vec<String> = arguments.collect();
    let tree = match read_dir(Path::new(&dir)) {
        Ok(tree) => tree,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(1);
        }
    };
    let spoken_of =
        |path: &str| prefixes.is_empty() || prefixes.iter().any(|prefix| path.starts_with(prefix));
    let outcome = compile(&tree, &Options::default());
    let (mut errors, mut warnings) = (0, 0);
    for problem in outcome
        .diagnostics
        .iter()
        .filter(|problem| spoken_of(&problem.place))
    {
        println!("{}", report::line(&tree, problem));
        match problem.severity {
            Severity::Error => errors += 1,
            Severity::Warning => warnings += 1,
        }
    }
    let cases: Vec<_> = outcome
        .cases
        .iter()
        .filter(|result| spoken_of(&result.case.path))
        .collect();
    for failed in cases
        .iter()
        .filter(|result| result.got.is_some() && !result.passed)
    {
        println!(
            "\n{}: {}\n{}",
            failed.case.path, failed.case.title, failed.explanation
        );
    }
    let passed = cases.iter().filter(|result| result.passed).count();
    let not_run = cases.iter().filter(|result| result.got.is_none()).count();
    println!(
        "{errors} errors, {warnings} warnings; {passed} of {} cases passed, {not_run} not run",
        cases.len()
    );
    if let Some(bundle) = &outcome.bundle {
        println!("{} {}", bundle.content().version, bundle.hash());
    }
    if errors == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(3)
    }
}

//! `waymark kb check`

use crate::failure::Failure;
use crate::knowledge;
use crate::render::diagnostics;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::time::Duration;
use waymark_criteria::{Date, Diagnostic, Severity};
use waymark_knowledge::analysis::gaps::{Depth, gaps};
use waymark_knowledge::{Options, Tree};

/// How often a watched directory is looked at.
const EVERY: Duration = Duration::from_millis(400);

/// Prints every diagnostic; an error is exit 3. With `watch`, again after every change, until interrupted.
pub(crate) fn run(
    dir: &Path,
    today: Date,
    release: bool,
    json: bool,
    watch: bool,
) -> Result<(), Failure> {
    let options = Options {
        today: Some(today),
        release,
    };
    let tree = knowledge::read(dir)?;
    let result = once(&tree, &options, json);
    match watch {
        true => again_after_changes(dir, tree, &options),
        false => result,
    }
}

/// Checks whenever the files have become others; never returns but with an error of output.
fn again_after_changes(dir: &Path, mut seen: Tree, options: &Options) -> Result<(), Failure> {
    loop {
        std::thread::sleep(EVERY);
        // A file that is being written may be unreadable for a moment: the next look will find it.
        let Ok(tree) = waymark_knowledge::read_dir(dir) else {
            continue;
        };
        if tree != seen {
            writeln!(std::io::stdout(), "\n{}", "─".repeat(60))?;
            // What is wrong was printed; the next change may mend it.
            let _ = once(&tree, options, false);
            seen = tree;
        }
    }
}

fn once(tree: &Tree, options: &Options, json: bool) -> Result<(), Failure> {
    let mut outcome = waymark_knowledge::compile(tree, options);
    if let (Some(today), Some(bundle)) = (options.today, &outcome.bundle) {
        let found = gaps(tree, (bundle, &outcome.entries), Depth::Quick, today);
        // What nobody has accepted yet stops `kb gaps`, not the work on an entry.
        let found = found.problems.into_iter().map(|problem| Diagnostic {
            severity: Severity::Warning,
            ..problem
        });
        outcome.diagnostics.extend(found);
    }
    let mut out = std::io::stdout().lock();
    if json {
        writeln!(out, "{}", diagnostics::json(&outcome.diagnostics))?;
    } else {
        diagnostics::underlined(&outcome.diagnostics, tree);
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in &outcome.entries {
            *kinds.entry(entry.kind.word()).or_default() += 1;
        }
        let counted: Vec<String> = kinds
            .iter()
            .map(|(kind, count)| format!("{count} {kind}"))
            .collect();
        let of = |severity| {
            outcome
                .diagnostics
                .iter()
                .filter(|problem| problem.severity == severity)
                .count()
        };
        writeln!(
            out,
            "{} entries: {}; {} cases",
            outcome.entries.len(),
            counted.join(", "),
            outcome.cases.len()
        )?;
        for language in &outcome.progress {
            writeln!(
                out,
                "{}: {} of {} sentences translated, {} signed by a named reviewer, {} behind their English",
                language.language,
                language.translated,
                language.sentences,
                language.signed,
                language.behind
            )?;
        }
        writeln!(
            out,
            "{} errors, {} warnings",
            of(Severity::Error),
            of(Severity::Warning)
        )?;
    }
    if outcome.bundle.is_some() {
        Ok(())
    } else {
        Err(Failure::Knowledge)
    }
}

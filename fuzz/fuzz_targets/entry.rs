//! One entry of a small knowledge base, that of `kb/TEMPLATE.md`, in place of the entry of its id or kind there.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use waymark_criteria::Severity;
use waymark_engine::Bundle;
use waymark_fuzz::said_well;
use waymark_knowledge::{Options, Tree, compile, report};

const TEMPLATE: &str = include_str!("../../kb/TEMPLATE.md");
const MANIFEST: &str = include_str!("../../kb/knowledge.toml");

/// The files shown in the template: a heading with the path in backticks, then a block of four backticks. Their cases
/// are left out, to be quick.
static FILES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let shown = TEMPLATE.split("\n## ").skip(1).filter_map(|section| {
        let path = section.lines().next()?.split('`').nth(1)?;
        let (_, rest) = section.split_once("````markdown\n")?;
        let (file, _) = rest.split_once("````")?;
        Some((path.to_owned(), without_cases(file)))
    });
    let manifest = ("knowledge.toml".to_owned(), MANIFEST.to_owned());
    shown.chain([manifest]).collect()
});

fn without_cases(file: &str) -> String {
    let mut parts = file.split("\n```case\n");
    let first = parts.next().map(str::to_owned).into_iter();
    let others = parts.filter_map(|part| Some(part.split_once("\n```\n")?.1.to_owned()));
    first.chain(others).collect::<Vec<_>>().join("\n")
}

fuzz_target!(|text: &str| {
    let mut files = FILES.clone();
    files.insert(place_of(text), text.to_owned());
    let tree = Tree::new(files);
    let outcome = compile(&tree, &Options::default());
    for problem in &outcome.diagnostics {
        said_well(problem, tree.text(&problem.place));
        let _ = report::line(&tree, problem);
    }
    let errors = outcome
        .diagnostics
        .iter()
        .any(|problem| problem.severity == Severity::Error);
    assert_eq!(outcome.bundle.is_none(), errors);
    if let Some(bundle) = outcome.bundle {
        let again = Bundle::from_bytes(&bundle.to_bytes()).expect("a bundle reads what it writes");
        assert_eq!(again.hash(), bundle.hash());
    }
});

/// The file with the same line for `id`, else with the same line for `kind`, else a new one.
fn place_of(text: &str) -> String {
    let line = |key: &str| text.lines().find(|line| line.starts_with(key));
    let found = [line("id = "), line("kind = ")]
        .into_iter()
        .flatten()
        .find_map(|line| {
            let value = line.split('#').next().unwrap_or(line).trim_end();
            let same = |file: &&String| file.lines().any(|other| other.starts_with(value));
            FILES
                .iter()
                .find(|(_, file)| same(file))
                .map(|(path, _)| path)
        });
    found.map_or_else(|| "trials/new.md".to_owned(), String::clone)
}

//! The small knowledge base of `kb/TEMPLATE.md`, to be spoilt in one place at a time.

use std::collections::BTreeMap;
use waymark_criteria::Diagnostic;
use waymark_knowledge::{Options, Outcome, Tree, compile};

pub(crate) const TEMPLATE: &str = include_str!("../../../../kb/TEMPLATE.md");
pub(crate) const MANIFEST: &str = include_str!("../../../../kb/knowledge.toml");

/// The manifest with the classes that the template invents, and the files shown in the template: a heading that ends in the path in backticks, then a block of four backticks.
pub(crate) fn files() -> BTreeMap<String, String> {
    let own = "classes = [\n  \"marker-targeted\",\n  \"perhaps-marker-targeted\",";
    let manifest = MANIFEST.replacen("classes = [", own, 1);
    let mut files = BTreeMap::from([("knowledge.toml".to_owned(), manifest)]);
    for section in TEMPLATE.split("\n## ").skip(1) {
        let path = section.lines().next().unwrap().split('`').nth(1).unwrap();
        let (_, rest) = section.split_once("````markdown\n").unwrap();
        let (file, _) = rest.split_once("````").unwrap();
        files.insert(path.to_owned(), file.to_owned());
    }
    files
}

/// The template's files after an edit of one of them.
pub(crate) fn edited(path: &str, from: &str, to: &str) -> Tree {
    let mut files = files();
    let text = files
        .get_mut(path)
        .unwrap_or_else(|| panic!("no file {path}"));
    assert!(text.contains(from), "{path} has no `{from}`");
    *text = text.replacen(from, to, 1);
    Tree::new(files)
}

pub(crate) fn run(tree: &Tree) -> Outcome {
    compile(tree, &Options::default())
}

/// Code, file and underlined text of a diagnostic.
pub(crate) fn shown(tree: &Tree, problem: &Diagnostic) -> (String, String, String) {
    let text = tree.text(&problem.place).unwrap_or("");
    let underlined = problem.span.map_or("", |span| &text[span.start..span.end]);
    (
        problem.code.to_owned(),
        problem.place.clone(),
        underlined.to_owned(),
    )
}

pub(crate) fn all_shown(tree: &Tree, problems: &[Diagnostic]) -> String {
    let lines = problems.iter().map(|problem| {
        let (_, _, underlined) = shown(tree, problem);
        format!(
            "{}  «{underlined}»\n",
            waymark_knowledge::report::line(tree, problem)
        )
    });
    lines.collect()
}

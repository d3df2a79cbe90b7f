//! The template is a knowledge base that compiles, and shows every key that there is.

use crate::sample::{MANIFEST, TEMPLATE, all_shown, files, run};
use std::collections::BTreeSet;
use waymark_criteria::Severity;
use waymark_engine::bundle::{Derivation, LineFunction};
use waymark_knowledge::Tree;

#[test]
fn compiles_without_errors() {
    let tree = Tree::new(files());
    let outcome = run(&tree);
    let errors: Vec<_> = outcome
        .diagnostics
        .iter()
        .filter(|it| it.severity == Severity::Error)
        .cloned()
        .collect();
    assert!(errors.is_empty(), "{}", all_shown(&tree, &errors));
    assert!(outcome.bundle.is_some());
    assert!(outcome.cases.len() >= 15 && outcome.cases.iter().all(|case| case.passed));
}

/// Puts a key that cannot be into every table, and reads from the help which keys can be.
#[test]
fn shows_every_key_of_every_table() {
    let mut checked = 0;
    for (path, text) in files() {
        if path == "knowledge.toml" {
            continue;
        }
        let head = text.split("```").nth(1).unwrap();
        for header in
            std::iter::once("toml\n").chain(head.lines().filter(|line| line.starts_with('[')))
        {
            let nested = if header == "toml\n" { "" } else { "\n" };
            let edited = text.replacen(header, &format!("{header}{nested}no-such-key = 1\n"), 1);
            let tree = Tree::new([("knowledge.toml", MANIFEST), (&path, &edited)]);
            let outcome = run(&tree);
            // The table of a derivation is checked rule by rule below.
            let Some(problem) = outcome
                .diagnostics
                .iter()
                .find(|problem| problem.code == "unknown-key")
            else {
                panic!(
                    "{path}: {header}: {}",
                    all_shown(&tree, &outcome.diagnostics)
                );
            };
            let help = problem.help.clone().unwrap_or_default();
            for key in help.split('`').skip(1).step_by(2) {
                let body = ["title", "text", "cql"].contains(&key) && header == "toml\n";
                let anywhere = TEMPLATE.contains(&format!("\n{key} = "))
                    || TEMPLATE.contains(&format!("[{key}]"))
                    || TEMPLATE.contains(&format!(".{key}]"));
                assert!(
                    anywhere || body,
                    "{path}: the template does not show `{key}` of {header}"
                );
                checked += 1;
            }
        }
    }
    assert!(checked > 150, "only {checked} keys were looked for");
}

#[derive(serde::Deserialize)]
struct Rules {
    derivation: Vec<Derivation>,
}

#[test]
fn shows_every_derivation() {
    let (_, rest) = TEMPLATE.split_once("```derivations\n").unwrap();
    let (rules, _) = rest.split_once("```").unwrap();
    let rules: Rules = toml::from_str(rules).unwrap();
    let shown: BTreeSet<String> = rules
        .derivation
        .iter()
        .map(|rule| {
            serde_json::to_value(rule).unwrap()["rule"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    let error = serde_json::from_str::<Derivation>(r#"{"rule": "no-such-rule"}"#)
        .unwrap_err()
        .to_string();
    let (_, known) = error.split_once("expected").unwrap();
    let known: BTreeSet<String> = known
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect();
    assert_eq!(shown, known);
}

#[derive(serde::Deserialize)]
struct Functions {
    rule: Vec<LineFunction>,
}

#[test]
fn shows_every_function_that_counts() {
    let (_, rest) = TEMPLATE.split_once("```line-functions\n").unwrap();
    let (shown, _) = rest.split_once("```").unwrap();
    let shown: Functions = toml::from_str(shown).unwrap();
    let shown: BTreeSet<String> = shown
        .rule
        .iter()
        .map(|rule| rule.word().to_owned())
        .collect();
    let error = serde_json::from_str::<LineFunction>(r#"{"function": "no-such-function"}"#)
        .unwrap_err()
        .to_string();
    let (_, known) = error.split_once("expected").unwrap();
    let known: BTreeSet<String> = known
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect();
    assert_eq!(shown, known);
}

//! The language specification runs: every block of every page, and nothing else is on the pages.

use std::collections::BTreeMap;
use waymark_testsuite::spec::{Outcome, run};
use waymark_testsuite::{bundle, files, root};

#[test]
fn every_sentence_holds() {
    let (root, bundle) = (root(), bundle());
    let pages = files(&root.join("spec"), ".md");
    let index = std::fs::read_to_string(root.join("spec/README.md")).unwrap();
    let mut total = Outcome::default();
    let mut fences = 0;
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        let name = page
            .strip_prefix(&root)
            .unwrap_or(&page)
            .display()
            .to_string();
        let file = page.file_name().unwrap_or_default().to_string_lossy();
        assert!(
            file == "README.md" || index.contains(&format!("]({file})")),
            "spec/README.md does not list {file}"
        );
        let outcome = run(&name, &text, &root, &bundle);
        // Counted apart from the reader of pages, so that no block can be passed over.
        let fence_lines = text.lines().filter(|line| line.contains("```")).count();
        assert_eq!(
            fence_lines,
            2 * outcome.blocks(),
            "{name}: blocks run and fences"
        );
        fences += fence_lines / 2;
        for (kind, count) in outcome.ran {
            *total.ran.entry(kind).or_default() += count;
        }
        total.checks += outcome.checks;
        total.failures.extend(outcome.failures);
    }
    eprintln!(
        "{fences} blocks with {} checks: {:?}",
        total.checks, total.ran
    );
    assert!(
        total.failures.is_empty(),
        "{} of the specification's claims do not hold:\n\n{}",
        total.failures.len(),
        total.failures.join("\n\n")
    );
    assert_eq!(
        index.matches(".md](").count(),
        files(&root.join("spec"), ".md").len() - 1
    );
}

/// The runner itself: what is wrong is found, at its line.
#[test]
fn a_wrong_page_is_found_out() {
    let wrong = [
        (
            "```surprise\n```",
            "page.md:5: `surprise` is no kind of block",
        ),
        ("```cql\n\"p\"\n```", "page.md:5: the block asks nothing"),
        (
            "```cql\n\"p\"\n// p = true => false\n```",
            "page.md:7: expected false",
        ),
        (
            "```cql\n\"p\"\n// nothing => unknown\n```",
            "page.md:7: expected unknown\n    got unknown, missing p",
        ),
        (
            "```cql\n\"p\"\n// r = true => true\n```",
            "page.md:7: `r` is not declared on this page",
        ),
        (
            "```cql\n\"p\"\n// only a comment\n```",
            "page.md:7: ` only a comment` has no `=>`",
        ),
        ("```refused\n\"p\"\n```", "page.md:5: nothing is refused"),
        (
            "```standard\nnull ~ 2 => false\nnull = 2 => false\n```",
            "page.md:7: expected false",
        ),
        ("```standard\n```", "page.md:5: the block asks nothing"),
        (
            "```refused\n\"p\" ~ true\n^\n= unsafe-on-facts: no\n```",
            "page.md:5: expected \"p\" ~ true",
        ),
        (
            "```table\nand true false unknown\ntrue true false unknown\n```",
            "page.md:5: a table has a row",
        ),
        ("```format\na\n```", "page.md:5: the block has no line `=>`"),
        (
            "```record\n2023-02-01 HER2 IHC 3+\n=> her2-positive = false\n```",
            "page.md:7: expected her2-positive = false",
        ),
        ("```cql\n\"p\"", "page.md:5: the block has no end"),
        (
            "## Claim\n\nWithout proof.",
            "page.md:5: nothing runs in \"Claim\"",
        ),
        (
            "## Claim\n\nHeld by `crates/nowhere.rs::nothing`.",
            "page.md:7: `crates/nowhere.rs`",
        ),
        (
            "## Claim\n\nHeld by `crates/testsuite/tests/spec.rs::nothing`.",
            "page.md:7: `crates/testsuite/tests/spec.rs` has no test `nothing`",
        ),
    ];
    let (root, bundle) = (root(), bundle());
    for (text, expected) in wrong {
        let page = format!("# Page\n```facts\np: boolean, q: boolean\n```\n{text}\n");
        let outcome = run("page.md", &page, &root, &bundle);
        assert!(
            outcome
                .failures
                .iter()
                .any(|failure| failure.starts_with(expected)),
            "{text}: {:?}",
            outcome.failures
        );
    }
    let held = "# Page\n```facts\np: boolean\n```\n## Claim\nHeld by `crates/testsuite/tests/spec.rs::every_sentence_holds`.\n```cql\n\"p\"\n// p = true => true\n```\n";
    let outcome = run("page.md", held, &root, &bundle);
    assert_eq!(outcome.failures, Vec::<String>::new());
    assert_eq!(
        outcome.ran,
        BTreeMap::from([("cql".to_owned(), 1), ("facts".to_owned(), 1)])
    );
}

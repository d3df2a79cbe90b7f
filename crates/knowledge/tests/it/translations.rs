//! Sentences in other languages: what is read, what is a draft, and what is wrong.

use crate::sample::{all_shown, edited, files, run, shown};
use waymark_criteria::Severity;
use waymark_engine::bundle::Translation;
use waymark_knowledge::{Progress, Tree, to_translate};

const GUIDANCE: &str = "guidance/ask-for-the-marker.md";
const STATEMENT: &str = "guidance/ask-for-the-marker/statement";

fn spanish(tree: &Tree) -> (Translation, Progress) {
    let outcome = run(tree);
    assert!(
        outcome.bundle.is_some(),
        "{}",
        all_shown(tree, &outcome.diagnostics)
    );
    (outcome.translations[0].clone(), outcome.progress[0].clone())
}

#[test]
fn a_signed_sentence_is_no_draft_and_one_without_a_name_is() {
    let (translation, progress) = spanish(&Tree::new(files()));
    assert!(
        translation
            .sentences
            .get(STATEMENT)
            .expect("drafted")
            .signed
    );
    assert!(
        !translation
            .sentences
            .get("guidance/ask-for-the-marker/text")
            .expect("drafted")
            .signed
    );
    assert_eq!(
        (progress.translated, progress.signed, progress.behind),
        (3, 1, 0)
    );
    assert!(progress.sentences > 20, "{progress:?}");
}

#[test]
fn a_changed_english_sentence_takes_the_signature_off() {
    let english = "A test of the marker may be worth asking for.";
    let tree = edited(
        GUIDANCE,
        english,
        "A test of the marker is often asked for.",
    );
    let (translation, progress) = spanish(&tree);
    assert!(
        !translation
            .sentences
            .get(STATEMENT)
            .expect("drafted")
            .signed
    );
    assert_eq!((progress.signed, progress.behind), (0, 1));
    let problems = run(&tree).diagnostics;
    let behind: Vec<_> = problems
        .iter()
        .filter(|it| it.code == "translation-behind")
        .collect();
    assert_eq!(behind.len(), 1);
    assert_eq!(behind[0].severity, Severity::Warning);
}

#[test]
fn a_line_break_does_not() {
    let tree = edited(GUIDANCE, "The page says so.", "The page\nsays so.");
    assert_eq!(spanish(&tree).1.behind, 0);
}

#[test]
fn what_is_open_is_asked_for_with_the_mark_of_its_english() {
    let open = to_translate(&Tree::new(files()), "es");
    assert!(open.iter().all(|(sentence, _)| sentence.path != GUIDANCE));
    let tree = edited(GUIDANCE, "The page says so.", "The page still says so.");
    let open = to_translate(&tree, "es");
    let (sentence, mark) = open.iter().find(|(it, _)| it.path == GUIDANCE).unwrap();
    assert_eq!(sentence.english, "The page still says so.");
    let mended = edited(GUIDANCE, "The page says so.", "The page still says so.");
    let (_, old) = to_translate(&Tree::new(files()), "fr")
        .into_iter()
        .find(|(it, _)| it.path == GUIDANCE && it.field == "text")
        .unwrap();
    let text = mended.text(GUIDANCE).unwrap().replace(&old, mark);
    let mut files = files();
    files.insert(GUIDANCE.to_owned(), text);
    assert_eq!(spanish(&Tree::new(files)).1.behind, 0);
}

#[test]
fn each_mistake_is_shown_where_it_is() {
    for (from, to, code, underlined) in [
        (
            "[statement]",
            "[sentence]",
            "no-such-sentence",
            "[sentence]",
        ),
        ("```es", "```fr", "unknown-language", "```fr"),
        (
            "Puede valer la pena preguntar",
            "Se recomienda preguntar",
            "banned-word",
            "recomienda",
        ),
        ("signed = ", "sign = ", "unknown-key", "sign"),
    ] {
        let tree = edited(GUIDANCE, from, to);
        let outcome = run(&tree);
        let found = outcome
            .diagnostics
            .iter()
            .map(|problem| shown(&tree, problem));
        let found: Vec<_> = found.filter(|(found, _, _)| found == code).collect();
        assert_eq!(
            found.len(),
            1,
            "{code}: {}",
            all_shown(&tree, &outcome.diagnostics)
        );
        assert!(found[0].2.starts_with(underlined), "{code}: {}", found[0].2);
    }
}

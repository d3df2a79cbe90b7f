//! What the page asks and says can be read by people who left school early: sentence by sentence of the knowledge, and on
//! the page of every made-up person as it is rendered. Names of medicines count like every other word.

use std::collections::BTreeMap;
use std::io::Write;
use waymark_page::{Door, Fields, Request, respond};
use waymark_testsuite::personas::{guide, personas, today};
use waymark_testsuite::readability::{
    Counted, WORDS, english_syllables, prose, sentences, spanish_syllables,
};

/// The most that any part may have on the Flesch-Kincaid scale of school years.
const HARDEST: f64 = 8.0;
/// The most that the whole page may have.
const GOAL: f64 = 6.0;
/// The least that a Spanish part may have on the scale INFLESZ.
const LEAST_EASE: f64 = 60.0;

fn english(texts: &[&str]) -> Counted {
    Counted::of(texts.iter().copied(), english_syllables)
}

#[test]
fn the_scales_tell_plain_from_hard() {
    let plain = english(&["The cat sat on the mat. It was a big cat."]);
    let hard = english(&[
        "Individualised multidisciplinary considerations necessitate comprehensive interdisciplinary deliberation.",
    ]);
    // By hand: 6 and 5 words, 6 and 5 syllables; 8 words of 44 syllables.
    assert_eq!((plain.sentences, plain.words, plain.syllables), (2, 11, 11));
    assert!(plain.grade().unwrap() < 2.0);
    assert!(hard.grade().unwrap() > 30.0);
    assert_eq!(
        ["the", "cancer", "medicine", "little", "biopsy"].map(english_syllables),
        [1, 2, 3, 2, 3]
    );
    // a-o and o-e are apart, ia and ue are one, the accent of í parts it.
    assert_eq!(
        [
            "caos", "poeta", "medicina", "familia", "puede", "biopsia", "todavía", "y", "hoy"
        ]
        .map(spanish_syllables),
        [2, 3, 4, 3, 2, 2, 4, 1, 1]
    );
    // By hand, El cán-cer vol-vió a cre-cer: 206.835 - 62.3 * 8 / 5 - 5.
    let spanish = Counted::of(["El cáncer volvió a crecer."], spanish_syllables);
    assert_eq!((spanish.words, spanish.syllables), (5, 8));
    assert!((spanish.ease().unwrap() - 102.155).abs() < 0.001);
}

#[test]
fn sentences_end_where_a_reader_stops() {
    assert_eq!(
        sentences("It took 29.0 months. Is it so? Yes: “it is.” Then"),
        [
            "It took 29.0 months.",
            " Is it so?",
            " Yes:",
            " “it is.",
            "” Then"
        ]
    );
    let page = "<html><body><h2>No</h2><section id=\"a\"><p>One <strong>two</strong> &amp; <a class=\"note\">[1]</a>three.</p>\
        <dl class=\"answers\"><dt>no</dt></dl><section id=\"b\"><p>Four.</p><p lang=\"es\">no</p></section></section><p>Five.</p></body></html>";
    let found = prose(page, "en");
    assert_eq!(found["a"], ["One two & three.", "Four."]);
    assert_eq!(found["head"], ["Five."]);
}

#[test]
fn questions_are_plain() {
    let mut hard = Vec::new();
    for question in &guide().bundle.content().questions {
        let mut texts: Vec<&str> = vec![&question.ask];
        texts.extend(
            [&question.hint, &question.why, &question.find]
                .into_iter()
                .flatten()
                .map(String::as_str),
        );
        for answer in &question.answers {
            texts.push(&answer.label);
            texts.extend(answer.hint.as_deref());
        }
        for row in &question.rows {
            texts.push(&row.label);
            texts.extend(row.hint.as_deref());
        }
        for group in &question.groups {
            texts.push(&group.label);
            texts.extend(group.hint.as_deref());
        }
        hard.extend(too_hard(&question.id, english(&texts)));
    }
    assert!(hard.is_empty(), "{}", hard.join(", "));
}

#[test]
fn the_sentences_of_the_page_are_plain() {
    let mut hard = Vec::new();
    // The sheet is for clinicians.
    let wordings = guide().bundle.content().wordings.iter();
    for part in wordings.filter(|it| it.id != "sheet") {
        let texts: Vec<&str> = part.texts.values().map(String::as_str).collect();
        hard.extend(too_hard(&part.id, english(&texts)));
    }
    assert!(hard.is_empty(), "{}", hard.join(", "));
}

fn too_hard(name: &str, counted: Counted) -> Option<String> {
    let grade = counted.grade()?;
    (counted.words >= WORDS && grade > HARDEST).then(|| format!("{name}: {grade:.1}"))
}

/// The page of every made-up person in a language, section by section, and the whole.
fn pages(language: &str) -> Vec<(String, BTreeMap<String, Vec<String>>)> {
    let mut pages = Vec::new();
    for depth in ["words", "long"] {
        for person in personas() {
            let fields = [
                ("state".to_owned(), person.answers().code()),
                ("numbers".to_owned(), depth.to_owned()),
            ];
            let request = Request {
                path: &format!("{language}/page"),
                fields: Fields(&fields),
                today: today(),
                door: Door::Browser,
                chart: None,
            };
            let mut sections = prose(&respond(guide(), &request).html, language);
            let whole = sections.values().flatten().cloned().collect();
            sections.insert("whole".to_owned(), whole);
            pages.push((format!("{} ({depth})", person.name), sections));
        }
    }
    pages
}

/// The hardest that each section is on any page, and the pages where that is past the bound.
fn worst(language: &str, hardness: impl Fn(&[String]) -> (u32, f64), bound: impl Fn(&str) -> f64) {
    let mut hardest: BTreeMap<String, (f64, String)> = BTreeMap::new();
    for (person, sections) in pages(language) {
        for (section, texts) in sections {
            let (words, hard) = hardness(&texts);
            if words < WORDS {
                continue;
            }
            let known = hardest.entry(section).or_insert((f64::MIN, String::new()));
            if hard > known.0 {
                *known = (hard, person.clone());
            }
        }
    }
    assert!(hardest.len() > 8);
    let told: Vec<String> = hardest
        .iter()
        .map(|(section, (hard, person))| format!("{section} {:.1} ({person})", hard.abs()))
        .collect();
    // Written to the handle itself: what the print macros write is hidden in a passing test.
    let _ = writeln!(std::io::stderr(), "{language}: {}", told.join("; "));
    let over: Vec<_> = hardest
        .iter()
        .filter(|(section, it)| it.0 > bound(section))
        .collect();
    assert!(over.is_empty(), "{over:?}");
}

#[test]
fn the_page_of_every_person_is_plain_in_every_section() {
    worst(
        "en",
        |texts| {
            let counted = Counted::of(texts.iter().map(String::as_str), english_syllables);
            (counted.words, counted.grade().unwrap_or(f64::MIN))
        },
        |section| if section == "whole" { GOAL } else { HARDEST },
    );
}

#[test]
fn the_spanish_page_of_every_person_is_plain_in_every_section() {
    worst(
        "es",
        |texts| {
            let counted = Counted::of(texts.iter().map(String::as_str), spanish_syllables);
            (counted.words, -counted.ease().unwrap_or(f64::MAX))
        },
        |_| -LEAST_EASE,
    );
}

//! The two sheets to print, and the table that compares options.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod guide;

use guide::{answers, element, everyone, page, page_of, reading, tags, text, treatments, values};
use std::collections::BTreeSet;
use waymark_page::Status;

#[test]
fn the_second_sheet_has_five_questions_or_more_with_room_to_write() {
    let mut sets = BTreeSet::new();
    for name in everyone() {
        let html = page_of("print", name);
        let sheet = element(&html, "section", "my-questions").unwrap();
        let asks = values(sheet, "data-ask");
        assert!((5..=6).contains(&asks.len()), "{name}: {}", asks.len());
        assert_eq!(
            asks.iter().collect::<BTreeSet<_>>().len(),
            asks.len(),
            "{name}"
        );
        let rules = sheet.matches("class=\"rule\"").count();
        assert_eq!(
            rules,
            2 * tags(sheet, "li").len(),
            "{name}: two ruled lines each"
        );
        sets.insert(asks.join(" "));
    }
    assert!(sets.len() >= 6, "questions fit the person: {sets:?}");
}

#[test]
fn spanish_prints_english_beneath_each_question() {
    let html = page_of("es/print", "quiet");
    let sheet = element(&html, "section", "my-questions").unwrap();
    let english = sheet.matches("<p class=\"english\" lang=\"en\">").count();
    assert_eq!(english, values(sheet, "data-ask").len());
    assert!(text(sheet).contains("Please read this with me."));
}

#[test]
fn the_first_sheet_names_every_option_that_may_fit() {
    for name in everyone() {
        let html = page_of("print", name);
        let sheet = element(&html, "section", "summary").unwrap();
        let named = values(sheet, "data-option");
        for regimen in reading(name)
            .groups()
            .get(&Status::May)
            .into_iter()
            .flatten()
        {
            assert!(named.contains(&&*regimen.id), "{name}: {}", regimen.id);
        }
        // The same treatments as the page on the screen.
        let rows = values(sheet, "data-row").len();
        assert_eq!(rows, treatments(name), "{name}");
    }
}

/// What is open of options is said once for all of them, and what does not fit is counted.
#[test]
fn the_first_sheet_leaves_no_option_out_that_depends_on_something() {
    for name in everyone() {
        let html = page_of("print", name);
        let sheet = element(&html, "section", "summary").unwrap();
        let person = reading(name);
        let groups = person.groups();
        let count = |status| groups.get(&status).map_or(0, Vec::len);
        let (may, depends) = (count(Status::May), count(Status::Depends));
        let named = values(sheet, "data-option").len() - may;
        let said = text(sheet);
        let more: usize = said
            .split(" more depend")
            .next()
            .filter(|before| before.len() < said.len())
            .map_or(0, |before| {
                before.rsplit(' ').next().unwrap().parse().unwrap()
            });
        assert_eq!(named + more, depends, "{name}: {said}");
    }
}

/// A caution that a person's own answer calls for is in sight on the closed card, in short, and on paper.
#[test]
fn what_an_answer_calls_for_is_said_before_anything_is_opened() {
    let warning = "can harm an unborn child";
    let html = page_of("page", "pregnant-first-line");
    let short = text(element(&html, "section", "in-short").unwrap());
    assert!(
        short.contains("one of your answers calls for care"),
        "{short}"
    );
    let card = element(&html, "article", "card-thp").unwrap();
    let closed = card.split("<details").next().unwrap();
    assert!(closed.contains("because of your answers") && closed.contains(warning));
    assert_eq!(
        card.matches("Pertuzumab can harm an unborn child").count(),
        1,
        "said once"
    );
    let sheet = page_of("print", "pregnant-first-line");
    let sheet = element(&sheet, "section", "summary").unwrap();
    assert!(text(sheet).contains(warning));
    // What the label warns everyone of stays with the rest of the card.
    let html = page_of("page", "de-novo-first-line-hormone-receptor-negative");
    let card = element(&html, "article", "card-thp").unwrap();
    assert!(!card.contains("because of your answers") && card.contains("Boxed warning"));
}

#[test]
fn parts_and_questions_are_chosen_by_the_form() {
    let who = answers("grew-once");
    let html = page(
        "print",
        &who,
        &[
            ("chosen", "parts"),
            ("part", "questions"),
            ("chosen", "asks"),
            ("ask", "asks-trials"),
            ("own-ask", "May I travel?\n\n  Who calls me?  "),
        ],
    );
    assert!(element(&html, "section", "summary").is_none());
    let sheet = element(&html, "section", "my-questions").unwrap();
    assert_eq!(values(sheet, "data-ask"), ["asks-trials"]);
    assert!(text(sheet).contains("May I travel?") && text(sheet).contains("Who calls me?"));
}

/// The team may read English where the person does not: the same summary once more, where it is asked for.
#[test]
fn beside_another_language_the_summary_is_printed_in_english_on_request() {
    let who = answers("grew-once");
    let sheet = |html: &str, id: &str| element(html, "section", id).map(str::to_owned);
    let choice = "value=\"in-english\"";
    let spanish = page("es/print", &who, &[]);
    assert!(spanish.contains(choice) && sheet(&spanish, "summary-english").is_none());
    let ticked = [
        ("chosen", "parts"),
        ("part", "summary"),
        ("part", "in-english"),
    ];
    let both = page("es/print", &who, &ticked);
    let (theirs, english) = (sheet(&both, "summary"), sheet(&both, "summary-english"));
    let (theirs, english) = (theirs.unwrap(), english.unwrap());
    assert!(english.contains("lang=\"en\"") && text(&english).contains("Visit summary"));
    assert!(text(&theirs).contains("Resumen para la cita"));
    assert_eq!(
        values(&english, "data-option"),
        values(&theirs, "data-option")
    );
    assert!(!page("print", &who, &[]).contains(choice));
}

#[test]
fn no_number_of_any_layer_is_printed() {
    for name in everyone() {
        let html = page("print", &answers(name), &[("numbers", "survival")]);
        assert!(values(&html, "data-layer").is_empty(), "{name}");
    }
}

#[test]
fn two_to_four_options_are_compared_in_the_same_rows() {
    let who = answers("grew-once");
    let three = [
        ("option", "tdxd"),
        ("option", "tdm1"),
        ("option", "stay-on-present-plan"),
        ("option", "no-such-thing"),
    ];
    let html = page("compare", &who, &three);
    let columns = values(&html, "data-option");
    assert_eq!(columns.len(), 3);
    assert_eq!(
        columns.iter().collect::<BTreeSet<_>>(),
        ["stay-on-present-plan", "tdm1", "tdxd"].iter().collect()
    );
    let table = html.split("<tbody>").nth(1).unwrap();
    let table = table.split("</tbody>").next().unwrap();
    for row in table.split("<tr").skip(1) {
        assert_eq!(tags(row, "td").len(), 3, "{}", text(row));
    }
    // One option is no comparison, five are four.
    assert!(values(&page("compare", &who, &[("option", "tdxd")]), "data-option").is_empty());
    let five = ["tdxd", "tdm1", "thp", "trastuzumab", "tdxd-pertuzumab"].map(|id| ("option", id));
    assert_eq!(
        values(&page("compare", &who, &five), "data-option").len(),
        4
    );
}

/// IPDAS K6: numbers of different studies do not stand in one row without a word on it.
#[test]
fn numbers_side_by_side_say_that_their_studies_differ() {
    let who = answers("grew-once");
    let options = |numbers| [("option", "tdxd"), ("option", "tdm1"), ("numbers", numbers)];
    let html = page("compare", &who, &options("words"));
    assert_eq!(html.matches("class=\"small frames\"").count(), 0);
    for numbers in ["often", "long", "survival"] {
        let html = page("compare", &who, &options(numbers));
        assert_eq!(
            html.matches("class=\"small frames\"").count(),
            2,
            "gain and face"
        );
        assert!(html.contains("data-layer"));
    }
}

//! The clinician sheet of every made-up person.

use std::collections::BTreeSet;
use waymark_page::{Door, Fields, Request, respond, sheet_text};
use waymark_testsuite::personas::{guide, personas, today};

#[test]
fn the_text_for_a_chart_is_short_ascii_and_names_every_regimen() {
    let people = personas();
    assert!(people.len() >= 24);
    for person in people {
        let text = sheet_text(&person.reading());
        assert!(text.is_ascii(), "{}", person.name);
        assert!(text.len() <= 1500, "{}: {}", person.name, text.len());
        for regimen in &guide().bundle.content().regimens {
            let named = text.lines().any(|line| {
                let line = line.strip_prefix("- ").unwrap_or("");
                let names = line.split(": ").next().unwrap_or("");
                names.split("; ").any(|it| it == regimen.name)
            });
            assert!(named, "{}: {}\n{text}", person.name, regimen.id);
        }
    }
}

#[test]
fn every_regimen_is_on_the_sheet_once_and_nothing_that_a_person_entered_is_confirmed() {
    let regimens = &guide().bundle.content().regimens;
    for person in personas() {
        let state = [("state".to_owned(), person.answers().code())];
        let request = Request {
            path: "clinician",
            fields: Fields(&state),
            today: today(),
            door: Door::Browser,
            chart: None,
        };
        let html = respond(guide(), &request).html;
        let rows = html.split(" data-regimen=\"").skip(1);
        let rows: Vec<&str> = rows.filter_map(|row| row.split('"').next()).collect();
        assert_eq!(rows.len(), regimens.len(), "{}", person.name);
        let once: BTreeSet<&str> = rows.into_iter().collect();
        assert_eq!(once.len(), regimens.len(), "{}", person.name);
        let strip = html.split("class=\"strip\"").nth(1).unwrap();
        let strip = strip.split("</ul>").next().unwrap();
        assert!(!strip.contains("class=\"flag\">C"), "{}", person.name);
    }
}

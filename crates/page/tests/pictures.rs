//! The two pictures say what their twins say.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod guide;

use guide::{element, everyone, page_of, treatments, values};

fn svg<'h>(html: &'h str, class: &str) -> &'h str {
    let start = html.find(&format!("<svg class=\"{class}\"")).unwrap();
    html[start..].split("</svg>").next().unwrap()
}

#[test]
fn the_stations_of_the_picture_are_those_of_the_list() {
    for name in everyone() {
        let html = page_of("page", name);
        let section = element(&html, "section", "pathway").unwrap();
        let list = element(section, "ol", "pathway-list").unwrap();
        let stations = values(list, "data-station");
        assert_eq!(
            stations,
            [
                "found", "first", "quiet", "next", "later", "brain", "hormone"
            ]
        );
        assert_eq!(
            values(svg(section, "pathway"), "data-station"),
            stations,
            "{name}"
        );
        assert_eq!(
            values(svg(section, "pathway wide"), "data-station"),
            stations,
            "{name}"
        );
    }
}

fn places(name: &str) -> Vec<String> {
    let html = page_of("page", name);
    let list = element(&html, "ol", "pathway-list").unwrap();
    values(list, "data-place")
        .into_iter()
        .map(str::to_owned)
        .collect()
}

#[test]
fn nobody_is_placed_without_an_answer() {
    assert_eq!(
        places("nobody"),
        ["behind", "open", "open", "open", "open", "open", "open"]
    );
}

#[test]
fn a_person_is_placed_where_their_treatment_stands() {
    assert_eq!(
        places("first-line")[..5],
        ["behind", "here", "ahead", "ahead", "ahead"]
    );
    assert_eq!(
        places("under-way")[..5],
        ["behind", "here", "ahead", "ahead", "ahead"]
    );
    assert_eq!(
        places("quiet")[..5],
        ["behind", "behind", "here", "ahead", "ahead"]
    );
    // Whether there was a quiet time in between is not on record.
    assert_eq!(
        places("grew-once")[..5],
        ["behind", "behind", "open", "here", "ahead"]
    );
    assert_eq!(
        places("grew-twice")[..5],
        ["behind", "behind", "open", "behind", "here"]
    );
    assert_eq!(places("brain-active")[5], "here");
    // Personas tell steps of treatment, with months or without dates.
    let here = |name: &str| places(name).iter().position(|place| place == "here");
    assert_eq!(here("maintenance-after-first-chemotherapy"), Some(2));
    assert_eq!(here("second-line-after-growth-on-first"), Some(3));
    assert_eq!(here("third-line-after-growth-on-two"), Some(4));
    assert_eq!(here("history-of-twelve-treatments"), Some(4));
    assert_eq!(here("history-of-twelve-treatments-without-dates"), Some(4));
}

#[test]
fn the_rows_of_the_timeline_are_those_of_its_table() {
    let mut most = 0;
    for name in everyone() {
        let html = page_of("page", name);
        let Some(table) = element(&html, "table", "timeline-table") else {
            assert_eq!(treatments(name), 0, "{name}");
            continue;
        };
        let rows = values(table, "data-row");
        assert_eq!(rows.len(), treatments(name), "{name}");
        assert_eq!(values(svg(&html, "timeline"), "data-row"), rows, "{name}");
        most = most.max(rows.len());
    }
    assert!(most >= 12, "a long history is tried");
}

/// An end without a date is drawn dotted; treatment under way has none.
#[test]
fn dates_that_are_not_known_are_soft() {
    let html = page_of("page", "undated");
    let undated = svg(&html, "timeline");
    assert!(undated.matches("class=\"dotted\"").count() >= 3);
    let html = page_of("page", "under-way");
    assert_eq!(
        svg(&html, "timeline").matches("class=\"dotted\"").count(),
        0
    );
}

//! The layout of a page: its width and colour, and what every form of an answer says.

use super::style::Page;
use super::{explanation, markdown, text};
use std::path::Path;
use waymark_criteria::Date;
use waymark_engine::chart::Completeness;
use waymark_engine::{Bundle, wire};

const EXAMPLES: [&str; 3] = [
    "minimal",
    "hr-positive-maintenance",
    "two-lines-brain-metastases",
];

fn embedded() -> Bundle {
    match crate::knowledge::bundle(None) {
        Ok(bundle) => bundle,
        Err(_) => panic!("the knowledge that was built in could not be read"),
    }
}

fn assessed(example: &str, bundle: &Bundle) -> wire::Assessment {
    let file = format!("../../examples/{example}.chart");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let Ok(chart) = crate::input::chart(&file, bundle, None) else {
        panic!("{} could not be read", file.display());
    };
    let Some(as_of) = Date::parse("2026-11-01") else {
        panic!("a day");
    };
    let facts = waymark_engine::derive::derive(&chart, bundle, as_of, Completeness::Partial);
    waymark_engine::assess::assess(&chart, &facts, bundle, as_of)
}

/// A page without its escape sequences.
fn bare(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |out, part| {
        out + part.split_once('m').map_or("", |(_, after)| after)
    })
}

/// Everything that a terminal is shown of an assessment.
fn pages(assessment: &wire::Assessment, bundle: &Bundle, page: &Page) -> String {
    let mut all = text::assessment(assessment, bundle, page);
    for regimen in &assessment.regimens {
        all += &explanation::regimen(assessment, &regimen.id, bundle, page);
    }
    all
}

#[test]
fn no_line_is_wider_than_the_page() {
    let bundle = embedded();
    for example in EXAMPLES {
        let assessment = assessed(example, &bundle);
        for width in [80, 120] {
            for colour in [false, true] {
                let shown = bare(&pages(&assessment, &bundle, &Page { width, colour }));
                let wide: Vec<&str> = shown
                    .lines()
                    .filter(|line| line.chars().count() > width)
                    .collect();
                assert!(wide.is_empty(), "{example} at {width}: {wide:#?}");
            }
        }
    }
}

#[test]
fn colour_adds_nothing_but_colour() {
    let bundle = embedded();
    for example in EXAMPLES {
        let assessment = assessed(example, &bundle);
        let [plain, coloured] = [false, true].map(|colour| {
            let page = Page { width: 80, colour };
            pages(&assessment, &bundle, &page)
        });
        assert!(!plain.contains('\u{1b}'));
        assert!(coloured.contains('\u{1b}'));
        assert_eq!(bare(&coloured), plain, "{example}");
    }
}

#[test]
fn a_record_without_a_date_does_not_look_unknown() {
    let bundle = embedded();
    let page = Page {
        width: 120,
        colour: false,
    };
    // Nothing in this chart has a date.
    let shown = pages(&assessed("minimal", &bundle), &bundle, &page);
    assert!(shown.contains("breast cancer — yes (undated: breast cancer)"));
    assert!(!shown.contains("(? "));
}

#[test]
fn every_form_says_what_others_say_and_what_is_outside_this_guide() {
    let bundle = embedded();
    let assessment = assessed("minimal", &bundle);
    let page = Page {
        width: 120,
        colour: false,
    };
    let forms = [
        text::assessment(&assessment, &bundle, &page),
        markdown::assessment(&assessment, &bundle),
    ];
    for form in forms {
        let (_, outside) = form.split_once("Outside this guide: ").unwrap_or_default();
        assert!(
            outside
                .lines()
                .next()
                .unwrap_or("")
                .contains("tdxd-solid-tumour"),
            "{form}"
        );
        assert_eq!(form.matches("tdxd-solid-tumour").count(), 1, "{form}");
        // The source page speaks of hormone-receptor-negative disease only, the label does not.
        let position = form
            .replace("\n        ", " ")
            .lines()
            .find(|line| line.contains("For HER2-positive, hormone-receptor-negative"))
            .unwrap_or_default()
            .to_lowercase();
        assert!(position.contains("differs from the label"), "{form}");
    }
}

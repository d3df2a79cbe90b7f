//! The page that describes the format, and the examples of the repository.

use crate::bundle::BUNDLE;
use crate::chart_of;
use waymark_engine::chart::written::read;

const PAGE: &str = include_str!("../../../../docs/chart-format.md");

#[test]
fn every_example_of_the_page_is_read() {
    let mut charts = 0;
    for block in PAGE.split("```chart\n").skip(1) {
        let text = block.split("```").next().unwrap();
        read(text, &BUNDLE).unwrap_or_else(|problems| panic!("{text}{problems:#?}"));
        charts += 1;
    }
    assert_eq!(charts, 1);
    let (mut rows, mut column) = (0, "");
    for line in PAGE.lines() {
        let Some(row) = line.strip_prefix("| ") else {
            continue;
        };
        let (first, meaning) = row.split_once(" | ").unwrap();
        match first {
            "line" | "words" => column = first,
            cell => {
                let example = cell.trim_matches('`');
                let line = if column == "words" {
                    format!("? {example}")
                } else {
                    example.to_owned()
                };
                if line != "chart 1" {
                    chart_of(&line);
                }
                // What a row of findings adds in the other column is an example as well.
                let also = meaning.split("also ").nth(1).filter(|_| column == "words");
                for example in also
                    .into_iter()
                    .flat_map(|also| also.split('`').skip(1).step_by(2))
                {
                    chart_of(&format!("? {example}"));
                }
                rows += 1;
            }
        }
    }
    assert!(rows > 50, "only {rows} rows");
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test reads the examples of the repository"
)]
fn every_example_chart_is_read() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");
    let mut charts = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "chart") {
            let text = std::fs::read_to_string(&path).unwrap();
            read(&text, &BUNDLE)
                .unwrap_or_else(|problems| panic!("{}: {problems:#?}", path.display()));
            assert!(text.contains("not a real person"), "{}", path.display());
            charts += 1;
        }
    }
    assert!(charts >= 12, "only {charts} examples");
}

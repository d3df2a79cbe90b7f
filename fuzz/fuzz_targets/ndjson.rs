//! Resources, one a line: they give what the same resources give as a list, and a damaged line takes no other down.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::value::RawValue;
use std::sync::LazyLock;
use waymark_engine::Chart;
use waymark_fhir::Reader;
use waymark_fuzz::{BUNDLE, accounted, refused};

static READER: LazyLock<Reader<'static>> = LazyLock::new(|| Reader::new(&BUNDLE));

fuzz_target!(|text: &str| {
    let chart = match READER.read(text.as_bytes(), None) {
        Ok(chart) => chart,
        Err(problems) => return refused(&problems, None),
    };
    accounted(&chart);
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let whole: Vec<&str> = lines()
        .filter(|line| serde_json::from_str::<&RawValue>(line).is_ok())
        .collect();
    // One object alone may be a Bundle over several lines.
    if whole.len() < 2 {
        return;
    }
    let list = format!("[{}]", whole.join(","));
    let Ok(listed) = READER.read(list.as_bytes(), None) else {
        panic!("refused as a list: {list}");
    };
    assert_eq!(told(&chart), told(&listed));
    assert_eq!(
        chart.import.records - listed.import.records,
        lines().count() - whole.len()
    );
});

/// What happened when: the places of records differ.
fn told(chart: &Chart) -> Vec<String> {
    let entries = chart.entries.iter();
    entries
        .map(|entry| format!("{:?} {:?}", entry.date, entry.event))
        .collect()
}

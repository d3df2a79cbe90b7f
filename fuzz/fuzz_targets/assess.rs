//! A chart of either form to its assessment, in both modes of the record. A first line that is a day is the day of the
//! question; the chart follows.

#![no_main]

use libfuzzer_sys::fuzz_target;
use waymark_criteria::Date;
use waymark_engine::chart::{Completeness, written};
use waymark_engine::{Chart, assess::assess, derive::derive, wire};
use waymark_fuzz::BUNDLE;

fuzz_target!(|text: &str| {
    let dated = text
        .split_once('\n')
        .and_then(|(first, rest)| Some((Date::parse(first)?, rest)));
    let (as_of, text) = match dated.or_else(|| Some((Date::parse("2026-11-01")?, text))) {
        Some(found) => found,
        None => return,
    };
    let read = match written::looks_like_written(text) {
        true => written::read(text, &BUNDLE),
        false => waymark_fhir::read(text.as_bytes(), &BUNDLE, None),
    };
    let Ok(chart) = read else { return };
    let partial = judged(&chart, as_of, Completeness::Partial);
    let complete = judged(&chart, as_of, Completeness::Complete);
    // That nothing is missing in a record settles what is open; it does not change what the record says.
    for (open, closed) in partial.regimens.iter().zip(&complete.regimens) {
        assert_eq!(open.id, closed.id);
        let known = [open.verdict, closed.verdict]
            .iter()
            .all(|verdict| *verdict != wire::Verdict::Unknown);
        assert!(!known || open.verdict == closed.verdict, "{}", open.id);
    }
});

fn judged(chart: &Chart, as_of: Date, record: Completeness) -> wire::Assessment {
    let facts = derive(chart, &BUNDLE, as_of, record);
    let assessment = assess(chart, &facts, &BUNDLE, as_of);
    serde_json::to_vec(&assessment).expect("an assessment is JSON");
    assert_eq!(assessment.regimens.len(), BUNDLE.content().regimens.len());
    assessment
}

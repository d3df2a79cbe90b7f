//! What was read of the input, and what was not and why.

use super::wording::several;
use crate::render::style::{Ink, Page};
use std::fmt::Write;
use waymark_engine::wire;

/// The import report, grouped by reason.
pub(super) fn import(out: &mut String, import: &wire::Import, page: &Page) {
    let _ = writeln!(out, "\n{}", page.ink(Ink::Bold, "What was read"));
    let counts = format!(
        "{}: {} used, {} ignored",
        several(import.records, "record"),
        import.used,
        import.ignored.len()
    );
    *out += &page.wrap("  ", "  ", &counts);
    // What differs from record to record stands in backticks: the kind of reason is what comes before.
    let ignored = import.ignored.iter();
    let ignored = ignored.map(|it| {
        (
            it.reason.split(": `").next().unwrap_or(&it.reason),
            &*it.record,
        )
    });
    for (reason, records) in grouped(ignored) {
        *out += &page.wrap("  – ", "    ", &counted(reason, &records));
    }
    for (message, records) in grouped(import.notes.iter().map(|it| (&*it.message, &*it.record))) {
        *out += &page.wrap("  ! ", "    ", &counted(message, &records));
    }
}

/// Records by what is said of them, in the order of first appearance.
fn grouped<'a>(said: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for (what, record) in said {
        match groups.iter_mut().find(|(known, _)| *known == what) {
            Some((_, records)) => records.push(record),
            None => groups.push((what, vec![record])),
        }
    }
    groups
}

/// `reason: 5 (Observation/1, Observation/2, …)`
fn counted(what: &str, records: &[&str]) -> String {
    let some = records
        .iter()
        .take(3)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    match records.len() {
        1 => format!("{what}: {some}"),
        count if count > 3 => format!("{what}: {count} ({some}, …)"),
        count => format!("{what}: {count} ({some})"),
    }
}

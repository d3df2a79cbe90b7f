//! What was read of the input, and what was not and why.

use super::wording::{labelled, several};
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

/// The whole account: facts with their records, then records with their facts.
pub(super) fn account(out: &mut String, assessment: &wire::Assessment, page: &Page) {
    let (in_conflict, others): (Vec<_>, Vec<_>) = assessment
        .facts
        .iter()
        .filter(|fact| !fact.from.is_empty())
        .partition(|fact| fact.why_unknown.as_deref() == Some("conflict"));
    facts(
        out,
        "Records that contradict one another",
        &in_conflict,
        page,
    );
    facts(out, "Facts and the records behind them", &others, page);
    let import = &assessment.import;
    records_used(out, &import.read, page);
    records_ignored(out, &import.ignored, page);
    if !import.notes.is_empty() {
        let _ = writeln!(out, "\n{}", page.ink(Ink::Bold, "To be seen"));
    }
    for note in &import.notes {
        let text = match note.record.as_str() {
            "" => note.message.clone(),
            record => format!("{record}: {}", note.message),
        };
        *out += &page.wrap("  ! ", "    ", &text);
    }
}

fn facts(out: &mut String, heading: &str, facts: &[&wire::Fact], page: &Page) {
    if facts.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", page.ink(Ink::Bold, heading));
    for fact in facts {
        *out += &page.wrap("  ", "    ", &format!("{}  [{}]", labelled(fact), fact.id));
        if let Some(how) = &fact.inferred {
            *out += &page.wrap("    inferred: ", "      ", how);
        }
        for record in &fact.from {
            let text = format!("{} {}: {}", record.date, record.record, record.text);
            *out += &page.ink(Ink::Faint, &page.wrap("      ", "        ", &text));
        }
    }
}

fn records_used(out: &mut String, read: &[wire::Read], page: &Page) {
    let heading = format!("Records used ({})", read.len());
    let _ = writeln!(out, "\n{}", page.ink(Ink::Bold, &heading));
    for read in read {
        let for_what = match &read.unused {
            Some(why) => why.clone(),
            None => read.facts.join(", "),
        };
        let text = format!("{}: {} → {for_what}", read.record, read.gave);
        *out += &page.wrap("  ", "    ", &text);
    }
}

fn records_ignored(out: &mut String, ignored: &[wire::Ignored], page: &Page) {
    let heading = format!("Records ignored ({})", ignored.len());
    let _ = writeln!(out, "\n{}", page.ink(Ink::Bold, &heading));
    for ignored in ignored {
        let text = format!("{}: {}", ignored.record, ignored.reason);
        *out += &page.wrap("  ", "    ", &text);
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

/// `reason: 5 (Observation/1, Observation/2, …)`; what is said of the input as a whole names no record.
fn counted(what: &str, records: &[&str]) -> String {
    if records.iter().all(|record| record.is_empty()) {
        return what.to_owned();
    }
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

//! What the analysis of the knowledge found.

use super::comparison::{facts, listed};
use super::diagnostics;
use super::style::{Ink, Page};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use waymark_knowledge::analysis::gaps::{Finding, Gap, Gaps, Options, OptionsMap};

/// For an editor at a terminal; accepted findings in full only when all are asked for.
pub(crate) fn text(gaps: &Gaps, all: bool, page: &Page) -> String {
    let mut out = String::new();
    for finding in Finding::ALL {
        let of_kind = gaps.gaps.iter().filter(|gap| gap.finding == finding);
        for gap in of_kind.filter(|gap| all || gap.accepted.is_none()) {
            one(&mut out, gap, page);
        }
    }
    if all {
        let _ = writeln!(out, "{}", page.ink(Ink::Bold, "What follows from what"));
        for it in &gaps.implications {
            let _ = writeln!(out, "  {} implies {}; not back:", it.from, it.to);
            out += &page.ink(Ink::Faint, &listed(page, "      ", &it.not_back));
        }
        out.push('\n');
    }
    if let Some(map) = &gaps.map {
        draw(&mut out, map, page);
    }
    let mut counts: BTreeMap<Finding, [usize; 2]> = BTreeMap::new();
    for gap in &gaps.gaps {
        let count = counts.entry(gap.finding).or_default();
        count[0] += 1;
        count[1] += usize::from(gap.accepted.is_some());
    }
    for (finding, [found, accepted]) in &counts {
        let _ = writeln!(
            out,
            "{:<16} {found:>3} found, {accepted:>3} accepted",
            finding.word()
        );
    }
    let unexplained = gaps
        .gaps
        .iter()
        .filter(|gap| gap.accepted.is_none())
        .count();
    let _ = writeln!(
        out,
        "{} findings, {unexplained} unexplained; {} criteria follow from another",
        gaps.gaps.len(),
        gaps.implications.len()
    );
    out
}

fn one(out: &mut String, gap: &Gap, page: &Page) {
    let head = format!("{}  {}", gap.finding.word(), gap.of);
    let _ = writeln!(out, "{}", page.ink(Ink::Bold, &head));
    *out += &page.wrap("  ", "  ", &gap.text);
    if let Some(witness) = &gap.witness {
        let lead = match gap.on {
            Some(day) => format!("  on {day}: "),
            None => "  ".to_owned(),
        };
        *out += &listed(page, &lead, witness);
    }
    if let Some(reason) = &gap.accepted {
        *out += &page.ink(Ink::Faint, &page.wrap("  accepted: ", "  ", reason));
    }
    out.push('\n');
}

/// One line for every place on all axes but the last, one column for every place on the last.
fn draw(out: &mut String, map: &OptionsMap, page: &Page) {
    let Some((last, rest)) = map.axes.split_last() else {
        return;
    };
    let names: Vec<&str> = rest.iter().map(|axis| axis.name.as_str()).collect();
    let title = format!("Who meets a therapy on {}", map.on);
    let _ = writeln!(out, "{}", page.ink(Ink::Bold, &title));
    let columns: Vec<&str> = last.places.iter().map(|(id, _)| id.as_str()).collect();
    let lines: Vec<&[_]> = map.cells.chunks(columns.len().max(1)).collect();
    let label = |at: &[String]| at[..at.len().saturating_sub(1)].join(" / ");
    let labels = lines
        .iter()
        .filter_map(|line| Some(label(&line.first()?.at)));
    let width = labels
        .map(|it| it.len())
        .chain([names.join(" / ").len()])
        .max()
        .unwrap_or(0);
    let _ = write!(out, "  {:<width$}", names.join(" / "));
    for column in &columns {
        let _ = write!(out, "  {column}");
    }
    out.push('\n');
    for line in &lines {
        let Some(first) = line.first() else { continue };
        let _ = write!(out, "  {:<width$}", label(&first.at));
        for (cell, column) in line.iter().zip(&columns) {
            let _ = write!(out, "  {:<1$}", word(&cell.options), column.len());
        }
        while out.ends_with(' ') {
            out.pop();
        }
        out.push('\n');
    }
    out.push('\n');
}

fn word(options: &Options) -> &'static str {
    match options {
        Options::Impossible => "-",
        Options::All => "all",
        Options::Some(_) => "some",
        Options::None(_) => "none",
        Options::TooMuchWork => "?",
    }
}

/// Schema `waymark.gaps/1`.
pub(crate) fn json(gaps: &Gaps) -> Value {
    let found = gaps.gaps.iter().map(|gap| {
        json!({
            "finding": gap.finding.word(),
            "of": gap.of,
            "text": gap.text,
            "facts": gap.witness.as_ref().map(facts),
            "as_of": gap.on.map(|day| day.to_string()),
            "accepted": gap.accepted,
        })
    });
    let implications = gaps
        .implications
        .iter()
        .map(|it| json!({ "from": it.from, "to": it.to, "not_back": facts(&it.not_back) }));
    let map = gaps.map.as_ref().map(|map| {
        let cells = map.cells.iter().map(|cell| {
            let patient = match &cell.options {
                Options::Some(patient) | Options::None(patient) => Some(facts(patient)),
                Options::All | Options::Impossible | Options::TooMuchWork => None,
            };
            json!({ "at": cell.at, "options": word(&cell.options), "without": patient })
        });
        json!({
            "as_of": map.on.to_string(),
            "axes": map.axes.iter().map(|axis| &axis.name).collect::<Vec<_>>(),
            "cells": cells.collect::<Vec<_>>(),
        })
    });
    json!({
        "schema": "waymark.gaps/1",
        "findings": found.collect::<Vec<_>>(),
        "implications": implications.collect::<Vec<_>>(),
        "map": map,
        "problems": diagnostics::json(&gaps.problems),
    })
}

//! What decides one therapy's answer, what is still open, and what would change it.

use super::style::{Ink, Page};
use super::text::{fact, shown};
use std::fmt::Write;
use waymark_engine::wire;

pub(super) fn block(
    out: &mut String,
    assessment: &wire::Assessment,
    verdict: wire::Verdict,
    reasons: &wire::Reasons,
    page: &Page,
) {
    if let Some(facts) = &reasons.decided_by {
        heading(out, page, "Decided by");
        for fact in facts.iter().filter_map(|id| fact(assessment, id)) {
            let text = format!("{}: {}", fact.label, shown(fact));
            *out += &page.wrap("  · ", "    ", &text);
        }
        let rest = if facts.is_empty() {
            "The day alone: no fact of this person changes the answer."
        } else {
            "Whatever the other facts are, these are enough."
        };
        *out += &page.ink(Ink::Faint, &page.wrap("  ", "  ", rest));
    }
    if !reasons.still_open.is_empty() {
        heading(out, page, "Still open");
        for node in &reasons.still_open {
            open(out, node, 2, page);
        }
    }
    if let Some(met) = &reasons.would_be_met {
        otherwise(out, assessment, "Would be met", met, page);
    }
    if let Some(not_met) = &reasons.would_not_be_met {
        let words = if verdict == wire::Verdict::Indicated {
            "Would no longer be met"
        } else {
            "Would not be met"
        };
        otherwise(out, assessment, words, not_met, page);
    }
    let ways = [&reasons.would_be_met, &reasons.would_not_be_met];
    if ways.into_iter().flatten().any(|it| !it.ways.is_empty()) {
        let text = "This tells how the criteria would read other facts. It suggests no change.";
        *out += &page.ink(Ink::Faint, &page.wrap("  ", "  ", text));
    }
    if let Some(why) = &reasons.not_computed {
        let text = match why.as_str() {
            "contradiction" => {
                "What would change the answer was not computed: the facts cannot all be true."
            }
            _ => "What would change the answer was not computed in full: it took too long.",
        };
        *out += "\n";
        *out += &page.wrap("! ", "  ", text);
    }
}

fn heading(out: &mut String, page: &Page, text: &str) {
    let _ = writeln!(out, "\n{}", page.ink(Ink::Bold, text));
}

fn open(out: &mut String, node: &wire::Node, indent: usize, page: &Page) {
    let joint = match node.op.as_str() {
        "all" if node.children.len() > 1 => " (all of)",
        "any" => " (one of)",
        "not" => " (must not hold)",
        _ => "",
    };
    let text = match &node.criterion {
        // An indication's CQL would only repeat its children.
        Some(id) if indent == 2 && !node.children.is_empty() => format!("{id}{joint}"),
        Some(id) => format!("{id}: {}{joint}", node.text),
        None if node.children.is_empty() => node.text.to_string(),
        None => joint.trim_start().to_owned(),
    };
    let lead = format!("{}{} ", " ".repeat(indent), page.ink(Ink::Yellow, "?"));
    *out += &page.wrap(&lead, &" ".repeat(indent + 2), &text);
    for child in &node.children {
        open(out, child, indent + 2, page);
    }
}

fn otherwise(
    out: &mut String,
    assessment: &wire::Assessment,
    words: &str,
    otherwise: &wire::Otherwise,
    page: &Page,
) {
    let title = match (otherwise.ways.is_empty(), otherwise.possible) {
        (true, _) => format!("{words}: with no facts of this person on this day"),
        (false, true) => format!("{words} with"),
        (false, false) => format!("{words} only if what no longer changes were otherwise"),
    };
    heading(out, page, &title);
    for way in &otherwise.ways {
        *out += &page.wrap("  · ", "    ", &listed(assessment, &way.changes));
        if !way.follows.is_empty() {
            let text = format!("and then also {}", listed(assessment, &way.follows));
            *out += &page.ink(Ink::Faint, &page.wrap("      ", "        ", &text));
        }
    }
    if otherwise.more > 0 {
        let text = format!("and {} more ways with as few changes", otherwise.more);
        *out += &page.wrap("  · ", "    ", &text);
    }
}

/// `HER2 regimens for metastatic disease: 1 (now 0); metastatic: yes (now no)`
fn listed(assessment: &wire::Assessment, changes: &[wire::Change]) -> String {
    let words = |change: &wire::Change, extent: &wire::Extent| {
        if (&extent.value, &extent.low, &extent.high) == (&wire::Scalar::Null, &None, &None) {
            return "unknown".to_owned();
        }
        let found = fact(assessment, &change.fact).cloned();
        found.map_or_else(String::new, |fact| {
            shown(&wire::Fact {
                value: extent.value.clone(),
                low: extent.low.clone(),
                high: extent.high.clone(),
                ..fact
            })
        })
    };
    let change = |change: &wire::Change| {
        let (now, would_be) = (words(change, &change.now), words(change, &change.would_be));
        format!("{}: {would_be} (now {now})", change.label)
    };
    changes.iter().map(change).collect::<Vec<_>>().join("; ")
}

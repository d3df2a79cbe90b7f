//! One regimen in full: every indication, every criterion, every fact with its records.

use super::style::{Ink, Page};
use super::text::{fact, given_line, shown, source, tick, when};
use super::{about, evidence, reasons};
use std::collections::BTreeSet;
use std::fmt::Write;
use waymark_engine::{Bundle, wire};

/// Explains a regimen of the assessment; empty when there is none of that id.
pub(crate) fn regimen(
    assessment: &wire::Assessment,
    id: &str,
    bundle: &Bundle,
    page: &Page,
) -> String {
    let mut out = String::new();
    let Some(regimen) = assessment.regimens.iter().find(|regimen| regimen.id == id) else {
        return out;
    };
    for notice in &assessment.notices {
        out += &page.wrap("", "", notice);
    }
    let title = format!(
        "{} ({id}) for {} as of {}",
        regimen.name, assessment.patient.id, assessment.as_of
    );
    out += &page.ink(Ink::Bold, &page.wrap("", "  ", &title));
    let verdict = match regimen.verdict {
        wire::Verdict::Indicated => "The approved use is met",
        wire::Verdict::Unknown => "Cannot be told yet",
        wire::Verdict::NotIndicated | wire::Verdict::NotInForce | wire::Verdict::OutsideGuide => {
            "The approved use is not met"
        }
    };
    out += &page.wrap("", "  ", &format!("{verdict}: {}", regimen.why));
    let mut read = BTreeSet::new();
    if !regimen.overdue.is_empty() {
        let text = format!("review overdue: {}", regimen.overdue.join(", "));
        out += &page.wrap("! ", "  ", &text);
    }
    for given in &regimen.given {
        out += &page.wrap("! ", "  ", &given_line(given, bundle));
    }
    for indication in &regimen.indications {
        indication_block(&mut out, indication, bundle, page, &mut read);
    }
    if let Some(given) = &regimen.reasons {
        reasons::block(&mut out, assessment, regimen.verdict, given, page);
    }
    products(&mut out, regimen, page);
    cautions(&mut out, regimen, bundle, page, &mut read);
    positions(&mut out, regimen, bundle, page);
    about::block(&mut out, id, bundle, page);
    evidence::block(&mut out, &wire::trials(bundle, id), page);
    facts(&mut out, assessment, &read, page);
    out
}

fn indication_block(
    out: &mut String,
    indication: &wire::Indication,
    bundle: &Bundle,
    page: &Page,
    read: &mut BTreeSet<wire::Text>,
) {
    let until = indication
        .in_force
        .to
        .as_ref()
        .map(|to| format!(" until {to}"))
        .unwrap_or_default();
    let state = match indication.verdict {
        wire::Verdict::Indicated => "met",
        wire::Verdict::Unknown => "cannot be told",
        wire::Verdict::NotIndicated => "not met",
        wire::Verdict::NotInForce => "not in force on this day",
        wire::Verdict::OutsideGuide => "outside this guide",
    };
    let heading = format!(
        "{} ({}, {}): {state}",
        indication.id, indication.scope, indication.jurisdiction
    );
    let _ = writeln!(out, "\n{}", page.ink(Ink::Bold, &heading));
    *out += &page.wrap("  ", "  ", &indication.text);
    let cited = format!(
        "in force from {}{until}; {}; {}",
        indication.in_force.from,
        source(bundle, &indication.source),
        indication.status
    );
    *out += &page.ink(Ink::Faint, &page.wrap("  ", "  ", &cited));
    if let Some(caveat) = &indication.caveat {
        *out += &page.wrap("  ! ", "    ", caveat);
    }
    if let Some(node) = &indication.explanation {
        tree(out, node, 2, bundle, page, read);
    }
}

fn tree(
    out: &mut String,
    node: &wire::Node,
    indent: usize,
    bundle: &Bundle,
    page: &Page,
    read: &mut BTreeSet<wire::Text>,
) {
    read.extend(node.facts.iter().cloned());
    let (mark, ink) = tick(node.verdict);
    let lead = format!("{}{} ", " ".repeat(indent), page.ink(ink, mark));
    let joint = match node.op.as_str() {
        "all" => " (all of these)",
        "any" => " (at least one of these)",
        "not" => " (not this)",
        _ => "",
    };
    // A heading says what the node is; the CQL of a group would only repeat its children.
    let group = (node.criterion.is_none() || indent == 2) && !node.children.is_empty();
    let said = match (&node.criterion, group) {
        (Some(id), true) => id.to_string(),
        (Some(id), false) => format!("{id}: {}", node.text),
        (None, true) => String::new(),
        (None, false) => node.text.to_string(),
    };
    let sources: Vec<String> = node.sources.iter().map(|id| source(bundle, id)).collect();
    let cited = if sources.is_empty() || indent == 2 {
        String::new()
    } else {
        format!(" [{}]", sources.join("; "))
    };
    *out += &page.wrap(
        &lead,
        &" ".repeat(indent + 2),
        format!("{said}{joint}{cited}").trim_start(),
    );
    for child in &node.children {
        tree(out, child, indent + 2, bundle, page, read);
    }
}

fn products(out: &mut String, regimen: &wire::Regimen, page: &Page) {
    if regimen.products.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "\n{}",
        page.ink(Ink::Bold, "Products approved on this day")
    );
    for product in &regimen.products {
        let text = format!(
            "{} ({}, {}): {} {}",
            product.brand, product.name, product.kind, product.jurisdiction, product.approved
        );
        *out += &page.wrap("  · ", "    ", &text);
    }
}

fn cautions(
    out: &mut String,
    regimen: &wire::Regimen,
    bundle: &Bundle,
    page: &Page,
    read: &mut BTreeSet<wire::Text>,
) {
    if regimen.cautions.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "\n{}",
        page.ink(Ink::Bold, "Cautions (beside the verdict)")
    );
    for caution in &regimen.cautions {
        read.extend(caution.missing.iter().cloned());
        let judged = bundle.program().root(&caution.id).is_some();
        let state = match caution.verdict {
            wire::Truth::True if !judged => "said to everyone",
            wire::Truth::True => "applies",
            wire::Truth::False => "does not apply",
            wire::Truth::Unknown => "depends on what is not known",
        };
        let unverified = if caution.unverified {
            ", to be checked"
        } else {
            ""
        };
        let text = format!(
            "{} ({state}{unverified}): {} [{}]",
            caution.severity,
            caution.text,
            source(bundle, &caution.source)
        );
        *out += &page.wrap("  ! ", "    ", &text);
    }
}

fn positions(out: &mut String, regimen: &wire::Regimen, bundle: &Bundle, page: &Page) {
    if regimen.positions.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "\n{}",
        page.ink(Ink::Bold, "What others say (beside the verdict)")
    );
    for position in &regimen.positions {
        let state = match position.verdict {
            Some(wire::Truth::True) => " (speaks of this situation)",
            Some(wire::Truth::False) => " (does not speak of this situation)",
            Some(wire::Truth::Unknown) => " (cannot be told whether it speaks of this situation)",
            None => "",
        };
        let differs = position
            .differs
            .as_ref()
            .map(|how| format!(" Differs from the label: {how}"))
            .unwrap_or_default();
        let text = format!(
            "{}{state}: {}{differs}",
            source(bundle, &position.source),
            position.text
        );
        *out += &page.wrap("  · ", "    ", &text);
    }
}

fn facts(
    out: &mut String,
    assessment: &wire::Assessment,
    read: &BTreeSet<wire::Text>,
    page: &Page,
) {
    let _ = writeln!(out, "\n{}", page.ink(Ink::Bold, "Facts read"));
    for id in read {
        let Some(fact) = fact(assessment, id) else {
            continue;
        };
        let inferred = fact
            .inferred
            .as_ref()
            .map(|how| format!(" — {how}"))
            .unwrap_or_default();
        *out += &page.wrap(
            "  ",
            "    ",
            &format!("{} ({id}): {}{inferred}", fact.label, shown(fact)),
        );
        for record in &fact.from {
            let text = format!("{} {}: {}", when(&record.date), record.record, record.text);
            *out += &page.ink(Ink::Faint, &page.wrap("      ", "        ", &text));
        }
    }
}

//! One therapy: its criteria line by line, then what stands beside the verdict.

use super::wording::{fact, given_line, mark_of, several, shown, source, tick, when};
use crate::render::style::{Ink, Page};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;
use waymark_engine::{Bundle, wire};

/// Characters of a record's text that a line of evidence shows.
const EVIDENCE: usize = 80;

/// What the lines of a therapy are made from.
pub(super) struct Answer<'a> {
    pub(super) assessment: &'a wire::Assessment,
    pub(super) bundle: &'a Bundle,
    pub(super) page: &'a Page,
}

/// The block of one therapy.
pub(super) fn block(out: &mut String, answer: &Answer<'_>, regimen: &wire::Regimen) {
    let Answer {
        assessment,
        bundle,
        page,
    } = *answer;
    let (mark, ink) = mark_of(regimen.verdict);
    let basis = match regimen.basis.as_str() {
        "guideline" => "  by guideline: no label carries it",
        _ => "",
    };
    *out += &page.heading(
        &format!("  {} ", page.ink(ink, mark)),
        &regimen.name,
        &format!("{}{basis}", regimen.id),
    );
    *out += &page.wrap("    ", "    ", &regimen.why);
    let nearest = regimen.nearest_indication();
    if let Some(indication) = nearest {
        for criterion in criteria(indication) {
            let (tick, ink) = tick(criterion.verdict);
            let lead = format!("      {} ", page.ink(ink, tick));
            *out += &page.wrap(
                &lead,
                "        ",
                &criterion_line(assessment, criterion, bundle),
            );
        }
        let cited = format!(
            "{}: {} · {}",
            regimen.basis,
            indication.id,
            source(bundle, &indication.source)
        );
        *out += &page.ink(Ink::Faint, &page.wrap("      ", "        ", &cited));
        if let Some(caveat) = &indication.caveat {
            *out += &page.wrap("      ! ", "        ", caveat);
        }
    }
    if regimen.verdict != wire::Verdict::NotIndicated {
        for given in &regimen.given {
            *out += &page.wrap("      ! ", "        ", &given_line(given, bundle));
        }
        cautions(out, answer, regimen);
        positions(out, regimen, bundle, page);
    }
    if !regimen.overdue.is_empty() {
        *out += &page.wrap(
            "      ! ",
            "        ",
            &format!("review overdue: {}", regimen.overdue.join(", ")),
        );
    }
}

/// The criteria of an indication, one line each.
pub(crate) fn criteria(indication: &wire::Indication) -> Vec<&wire::Node> {
    match &indication.explanation {
        Some(node) if node.op == "all" => node.children.iter().map(Arc::as_ref).collect(),
        Some(node) => vec![node],
        None => Vec::new(),
    }
}

/// `HER2-positive cancer — HER2-positive: yes`: a criterion's name and the facts that decide it or keep it open.
fn criterion_line(assessment: &wire::Assessment, node: &wire::Node, bundle: &Bundle) -> String {
    let criterion = node
        .criterion
        .as_deref()
        .and_then(|id| bundle.criterion(id));
    let name = criterion.map_or(node.text.as_str(), |criterion| criterion.label.as_str());
    let mut deciding = Vec::new();
    deciding_facts(node, &mut deciding);
    let facts = deciding
        .into_iter()
        .filter(|id| *id != waymark_engine::bundle::AS_OF);
    let values: Vec<String> = facts
        .filter_map(|id| fact(assessment, id))
        .map(|fact| evidence(fact, name))
        .collect();
    if values.is_empty() {
        name.to_owned()
    } else {
        format!("{name} — {}", values.join(", "))
    }
}

/// A fact as the reason of a criterion: what the newest record says, or the value where no record says it.
fn evidence(fact: &wire::Fact, criterion: &str) -> String {
    let label = if fact.label == criterion {
        String::new()
    } else {
        format!("{}: ", fact.label)
    };
    let newest = fact
        .from
        .iter()
        .max_by(|one, other| one.date.cmp(&other.date));
    match (&fact.value, newest) {
        (wire::Scalar::Boolean(_), Some(record)) => {
            let text = shortened(&record.text);
            format!("{label}{} ({} {text})", shown(fact), when(&record.date))
        }
        _ => format!("{label}{}", shown(fact)),
    }
}

/// A record's words, cut between two of them where they are many.
fn shortened(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(EVIDENCE) else {
        return text.to_owned();
    };
    let kept = text[..end]
        .rsplit_once(' ')
        .map_or(&text[..end], |(kept, _)| kept);
    format!("{kept} …")
}

/// The facts by which a node has its truth: of a conjunction that fails those of what fails, and so on.
fn deciding_facts<'a>(node: &'a wire::Node, into: &mut Vec<&'a str>) {
    for fact in node.facts.iter() {
        if !into.contains(&fact.as_str()) {
            into.push(fact);
        }
    }
    let all_count = match node.op.as_str() {
        "all" => node.verdict == wire::Truth::True,
        "any" => node.verdict == wire::Truth::False,
        _ => true,
    };
    for child in node
        .children
        .iter()
        .filter(|child| all_count || child.verdict == node.verdict)
    {
        deciding_facts(child, into);
    }
}

fn cautions(out: &mut String, answer: &Answer<'_>, regimen: &wire::Regimen) {
    let Answer {
        assessment,
        bundle,
        page,
    } = *answer;
    // What a label says to everyone is in `explain`; here only boxes, contraindications and what this record raises.
    let judged = |caution: &wire::Caution| bundle.program().root(&caution.id).is_some();
    let all = || regimen.cautions.iter().map(Arc::as_ref);
    let telling = |caution: &&wire::Caution| caution.severity != "caution" || judged(caution);
    for severity in ["contraindication", "boxed", "caution"] {
        let raised = all().filter(telling).filter(|caution| {
            caution.severity == severity
                && caution.verdict == wire::Truth::True
                && !caution.unverified
        });
        for caution in raised {
            let word = if severity == "boxed" {
                "boxed warning"
            } else {
                severity
            };
            let of = caution.medicine.as_ref().and_then(|id| bundle.medicine(id));
            let name = of.map(|medicine| {
                format!(" ({})", medicine.short.as_ref().unwrap_or(&medicine.name))
            });
            let lead = format!("      {} ", page.ink(Ink::Yellow, "!"));
            let text = format!("{word}{}: {}", name.unwrap_or_default(), caution.text);
            *out += &page.wrap(&lead, "        ", &text);
        }
    }
    let open: BTreeSet<&str> = all()
        .filter(|caution| caution.verdict == wire::Truth::Unknown)
        .flat_map(|caution| &caution.missing)
        .filter_map(|id| fact(assessment, id))
        .map(|fact| fact.label.as_str())
        .collect();
    let applies = |caution: &&wire::Caution| caution.verdict == wire::Truth::True;
    let more = all()
        .filter(applies)
        .filter(|caution| !telling(caution) || caution.unverified);
    let more = more.count();
    let mut rest = Vec::new();
    if !open.is_empty() {
        let open: Vec<&str> = open.into_iter().collect();
        rest.push(format!("further cautions depend on: {}", open.join("; ")));
    }
    if more > 0 {
        rest.push(format!(
            "{}: waymark explain",
            several(more, "more caution")
        ));
    }
    if !rest.is_empty() {
        *out += &page.ink(
            Ink::Faint,
            &page.wrap("      ? ", "        ", &rest.join("; ")),
        );
    }
}

fn positions(out: &mut String, regimen: &wire::Regimen, bundle: &Bundle, page: &Page) {
    for position in &regimen.positions {
        // What does not speak of this person is in `explain`.
        if position.verdict == Some(wire::Truth::False) {
            continue;
        }
        let said_by = bundle.source(&position.source);
        let said_by = said_by.map(|source| format!("{} ({})", source.publisher, source.date));
        let mut text = format!("{}: {}", said_by.unwrap_or_default(), position.text);
        if let Some(strength) = &position.strength {
            let quality = position
                .quality
                .as_ref()
                .map(|quality| format!(", evidence {quality}"));
            let _ = write!(text, " [{strength}{}]", quality.unwrap_or_default());
        }
        if position.unverified {
            text += " [not verified]";
        }
        if position.differs.is_some() {
            text += " [differs from the label: waymark explain]";
        }
        *out += &page.ink(Ink::Faint, &page.wrap("      · ", "        ", &text));
    }
}

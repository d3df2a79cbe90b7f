//! An assessment for a reader at a terminal.

mod reading;
mod regimen;
mod wording;

pub(crate) use regimen::criteria;
pub(crate) use wording::{fact, given_line, shown, source, tick, when};

use super::style::{Ink, Page};
use regimen::Answer;
use std::fmt::Write;
use waymark_criteria::{FactIndex, SortedSet};
use waymark_engine::{Bundle, wire};
use wording::{labelled, mark_of, several};

/// Worded facts that sum a person up, in reading order; each is left out when the other one is known.
const WORDED: [(&str, Option<&str>); 5] = [
    ("subtype", None),
    ("her2-status", Some("subtype")),
    ("hr-status", Some("subtype")),
    ("cns-state", None),
    ("menopausal-status", None),
];

/// Facts that are shown even when they are unknown.
const COUNTED: [&str; 4] = [
    "metastatic",
    "current-line",
    "prior-her2-regimens-metastatic",
    "prior-her2-regimens-any",
];

/// The headings under which therapies stand, in reading order.
const GROUPS: [(wire::Verdict, &str); 3] = [
    (wire::Verdict::Indicated, "The approved use is met"),
    (wire::Verdict::Unknown, "Cannot be told yet"),
    (wire::Verdict::NotIndicated, "The approved use is not met"),
];

/// The whole assessment.
pub(crate) fn assessment(assessment: &wire::Assessment, bundle: &Bundle, page: &Page) -> String {
    let mut out = String::new();
    for notice in &assessment.notices {
        out += &page.ink(Ink::Bold, &page.wrap("", "", notice));
    }
    header(&mut out, assessment, page);
    overview(&mut out, assessment, page);
    // Where the guide is not for this person, nothing of it is said.
    if assessment.notices.is_empty() {
        let answer = Answer {
            assessment,
            bundle,
            page,
        };
        for (verdict, heading) in GROUPS {
            group(&mut out, &answer, verdict, heading);
        }
        settle(&mut out, assessment, page);
        guidance(&mut out, assessment, bundle, page);
    }
    reading::import(&mut out, &assessment.import, page);
    footer(&mut out, assessment, page);
    out
}

/// How the record was read, in place of the therapies.
pub(crate) fn report(assessment: &wire::Assessment, page: &Page) -> String {
    let mut out = String::new();
    for notice in &assessment.notices {
        out += &page.ink(Ink::Bold, &page.wrap("", "", notice));
    }
    header(&mut out, assessment, page);
    reading::account(&mut out, assessment, page);
    footer(&mut out, assessment, page);
    out
}

fn header(out: &mut String, assessment: &wire::Assessment, page: &Page) {
    let title = format!(
        "{}  ·  as of {}  ·  record {}",
        assessment.patient.id, assessment.as_of, assessment.record
    );
    *out += &page.ink(Ink::Bold, &page.wrap("", "  ", &title));
    if !assessment.notices.is_empty() {
        return;
    }
    let mut parts = Vec::new();
    let known = |id: &str| fact(assessment, id).filter(|fact| fact.value != wire::Scalar::Null);
    for (id, unless) in WORDED {
        if let Some(fact) = known(id)
            && unless.is_none_or(|other| known(other).is_none())
        {
            parts.push(labelled(fact));
        }
    }
    parts.extend(
        COUNTED
            .iter()
            .filter_map(|id| fact(assessment, id))
            .map(labelled),
    );
    *out += &page.wrap("", "  ", &parts.join(" · "));
}

/// Whether a therapy has any use that this guide judges.
pub(crate) fn is_judged(regimen: &wire::Regimen) -> bool {
    regimen
        .indications
        .iter()
        .any(|indication| indication.scope == "metastatic")
}

/// All therapies on a few lines, and the one question that settles most.
fn overview(out: &mut String, assessment: &wire::Assessment, page: &Page) {
    let of = |verdict: wire::Verdict| -> Vec<&str> {
        let regimens = assessment
            .regimens
            .iter()
            .filter(|regimen| is_judged(regimen));
        let members = regimens.filter(|regimen| regimen.verdict == verdict);
        members.map(|regimen| regimen.id.as_str()).collect()
    };
    for (verdict, heading) in GROUPS {
        let members = of(verdict);
        if !members.is_empty() {
            let (mark, ink) = mark_of(verdict);
            let lead = format!("  {} ", page.ink(ink, mark));
            *out += &page.wrap(&lead, "    ", &format!("{heading}: {}", members.join(", ")));
        }
    }
    let outside = assessment
        .regimens
        .iter()
        .filter(|regimen| !is_judged(regimen));
    let outside: Vec<&str> = outside.map(|regimen| regimen.id.as_str()).collect();
    if !outside.is_empty() {
        *out += &page.wrap(
            "  – ",
            "    ",
            &format!("Outside this guide: {}", outside.join(", ")),
        );
    }
    if let Some(first) = assessment.settle.first() {
        *out += &page.wrap(
            "  → ",
            "    ",
            &format!("Would settle most: {}", first.question),
        );
    }
}

fn group(out: &mut String, answer: &Answer<'_>, verdict: wire::Verdict, heading: &str) {
    let regimens = answer
        .assessment
        .regimens
        .iter()
        .filter(|regimen| is_judged(regimen));
    let members: Vec<&wire::Regimen> = regimens
        .filter(|regimen| regimen.verdict == verdict)
        .collect();
    if members.is_empty() {
        return;
    }
    let (mark, ink) = mark_of(verdict);
    let heading = format!("{mark} {heading} ({})", members.len());
    let _ = writeln!(out, "\n{}", answer.page.ink(ink, &heading));
    for regimen in members {
        regimen::block(out, answer, regimen);
    }
}

fn settle(out: &mut String, assessment: &wire::Assessment, page: &Page) {
    if assessment.settle.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", page.ink(Ink::Bold, "What would settle it"));
    for (position, settle) in assessment.settle.iter().enumerate() {
        *out += &page.wrap(&format!("  {}. ", position + 1), "     ", &settle.question);
        if !settle.would_decide.is_empty() {
            *out += &page.wrap("     decides ", "       ", &settle.would_decide.join(", "));
        }
        let maybe: Vec<&str> = settle
            .may_decide
            .iter()
            .filter(|id| !settle.would_decide.contains(id))
            .map(wire::Text::as_str)
            .collect();
        if !maybe.is_empty() {
            *out += &page.wrap("     may decide ", "       ", &maybe.join(", "));
        }
    }
}

fn guidance(out: &mut String, assessment: &wire::Assessment, bundle: &Bundle, page: &Page) {
    let program = bundle.program();
    let common = common_facts(bundle);
    // Guidance that reads only what nearly every therapy asks for speaks to everyone in this guide's scope.
    let specific = |id: &str| {
        program
            .root(id)
            .is_some_and(|node| !program.facts_of(node).is_subset(&common))
    };
    let applies = assessment
        .guidance
        .iter()
        .filter(|guidance| guidance.verdict == wire::Truth::True);
    let (specific, general): (Vec<_>, Vec<_>) =
        applies.partition(|guidance| specific(&guidance.id));
    if specific.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "\n{}",
        page.ink(
            Ink::Bold,
            "Guidance that speaks of this situation (waymark kb show ID)"
        )
    );
    for guidance in specific {
        let entry = bundle
            .content()
            .guidance
            .iter()
            .find(|entry| entry.id == guidance.id);
        let title = entry.map_or(guidance.text.as_str(), |entry| entry.title.as_str());
        let mark = if guidance.unverified {
            " [not verified]"
        } else {
            ""
        };
        *out += &page.wrap("  · ", "    ", &format!("{title}{mark}  {}", guidance.id));
    }
    let more = format!(
        "and {} for everyone with this disease (--format json)",
        several(general.len(), "piece")
    );
    *out += &page.ink(Ink::Faint, &page.wrap("  ", "    ", &more));
}

/// Facts that at least half of the judged indications read.
fn common_facts(bundle: &Bundle) -> SortedSet<FactIndex> {
    let program = bundle.program();
    let indications = bundle
        .content()
        .regimens
        .iter()
        .flat_map(|regimen| &regimen.indications);
    let read: Vec<SortedSet<FactIndex>> = indications
        .filter_map(|one| program.root(&one.id))
        .map(|node| program.facts_of(node))
        .collect();
    let common = |fact: &FactIndex| {
        2 * read.iter().filter(|facts| facts.contains(fact)).count() >= read.len()
    };
    bundle
        .schema()
        .indices()
        .filter(common)
        .chain([bundle.as_of()])
        .collect()
}

fn footer(out: &mut String, assessment: &wire::Assessment, page: &Page) {
    let knowledge = &assessment.knowledge;
    let short = knowledge.hash.get(..19).unwrap_or(&knowledge.hash);
    let text = format!(
        "Knowledge {} ({short}…), waymark {}. This informs; it does not order, rank or advise.",
        knowledge.version, assessment.engine
    );
    let _ = writeln!(out);
    *out += &page.ink(Ink::Faint, &page.wrap("", "", &text));
    if !knowledge.overdue.is_empty() {
        let text = format!(
            "{} entries of the knowledge base are overdue for review.",
            knowledge.overdue.len()
        );
        *out += &page.wrap("! ", "  ", &text);
    }
}

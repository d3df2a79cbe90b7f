//! An assessment for a reader at a terminal.

use super::style::{Ink, Page, plain};
use std::collections::BTreeSet;
use std::fmt::Write;
use waymark_criteria::FactIndex;
use waymark_engine::{Bundle, wire};

/// Worded facts that sum a person up, in reading order; each is left out when the other one is known.
const WORDED: [(&str, Option<&str>); 5] = [
    ("subtype", None),
    ("her2-status", Some("subtype")),
    ("hr-status", Some("subtype")),
    ("cns-state", None),
    ("menopausal-status", None),
];

/// Characters of a record's text that a line of evidence shows.
const EVIDENCE: usize = 60;

/// Facts that are shown even when they are unknown.
const COUNTED: [&str; 4] = [
    "metastatic",
    "current-line",
    "prior-her2-regimens-metastatic",
    "prior-her2-regimens-any",
];

/// The whole assessment.
pub(crate) fn assessment(assessment: &wire::Assessment, bundle: &Bundle, page: &Page) -> String {
    let mut out = String::new();
    for notice in &assessment.notices {
        out += &page.ink(Ink::Bold, &page.wrap("", "", notice));
    }
    header(&mut out, assessment, page);
    let groups = [
        (wire::Verdict::Indicated, "The approved use is met"),
        (wire::Verdict::Unknown, "Cannot be told yet"),
        (wire::Verdict::NotIndicated, "The approved use is not met"),
    ];
    for (verdict, heading) in groups {
        let members: Vec<&wire::Regimen> = assessment
            .regimens
            .iter()
            .filter(|regimen| regimen.verdict == verdict)
            .collect();
        if members.is_empty() {
            continue;
        }
        let (mark, ink) = mark_of(verdict);
        let _ = writeln!(
            out,
            "\n{}",
            page.ink(ink, &format!("{mark} {heading} ({})", members.len()))
        );
        for regimen in members {
            regimen_block(&mut out, assessment, regimen, bundle, page);
        }
    }
    settle(&mut out, assessment, page);
    guidance(&mut out, assessment, bundle, page);
    import(&mut out, &assessment.import, page);
    footer(&mut out, assessment, page);
    out
}

fn header(out: &mut String, assessment: &wire::Assessment, page: &Page) {
    let title = format!(
        "{}  ·  as of {}  ·  record {}",
        assessment.patient.id, assessment.as_of, assessment.record
    );
    let _ = writeln!(out, "{}", page.ink(Ink::Bold, &plain(&title)));
    let mut parts = Vec::new();
    let known = |id: &str| fact(assessment, id).filter(|fact| fact.value != wire::Scalar::Null);
    for (id, unless) in WORDED {
        if let Some(fact) = known(id)
            && unless.is_none_or(|other| known(other).is_none())
        {
            parts.push(format!("{} {}", fact.label, shown(fact)));
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

/// `age: 55 years`
fn labelled(fact: &wire::Fact) -> String {
    format!("{}: {}", fact.label, shown(fact))
}

pub(crate) fn fact<'a>(assessment: &'a wire::Assessment, id: &str) -> Option<&'a wire::Fact> {
    assessment.facts.iter().find(|fact| fact.id == id)
}

/// A fact's value in words: `yes`, `no`, `2`, `at least 1`, `unknown (conflict)`.
pub(crate) fn shown(fact: &wire::Fact) -> String {
    let unit = fact
        .unit
        .as_ref()
        .map(|unit| format!(" {unit}"))
        .unwrap_or_default();
    let word = |scalar: &wire::Scalar| match scalar {
        wire::Scalar::Null => "unknown".to_owned(),
        wire::Scalar::Boolean(true) => "yes".to_owned(),
        wire::Scalar::Boolean(false) => "no".to_owned(),
        wire::Scalar::Integer(number) => number.to_string(),
        wire::Scalar::Text(text) => text.clone(),
    };
    match (&fact.value, &fact.low, &fact.high) {
        (wire::Scalar::Null, Some(low), Some(high)) => {
            format!("between {} and {}{unit}", word(low), word(high))
        }
        (wire::Scalar::Null, Some(low), None) => format!("at least {}{unit}", word(low)),
        (wire::Scalar::Null, None, Some(high)) => format!("at most {}{unit}", word(high)),
        (wire::Scalar::Null, None, None) => match fact.why_unknown.as_deref() {
            Some("conflict") => "unknown (records contradict one another)".to_owned(),
            Some("unresolved") => "unknown (on record, but unresolved)".to_owned(),
            Some("after-as-of") => "unknown (recorded only after this day)".to_owned(),
            Some(_) | None => "unknown (not recorded)".to_owned(),
        },
        (value, _, _) => format!("{}{unit}", word(value)),
    }
}

fn mark_of(verdict: wire::Verdict) -> (&'static str, Ink) {
    match verdict {
        wire::Verdict::Indicated => ("●", Ink::Green),
        wire::Verdict::Unknown => ("◐", Ink::Yellow),
        wire::Verdict::NotIndicated | wire::Verdict::NotInForce | wire::Verdict::OutsideGuide => {
            ("○", Ink::Red)
        }
    }
}

/// The tick of a criterion.
pub(crate) fn tick(truth: wire::Truth) -> (&'static str, Ink) {
    match truth {
        wire::Truth::True => ("✓", Ink::Green),
        wire::Truth::False => ("✗", Ink::Red),
        wire::Truth::Unknown => ("?", Ink::Yellow),
    }
}

/// `FDA label, Enhertu (2022-05-04)`: a source's title and date.
pub(crate) fn source(bundle: &Bundle, id: &str) -> String {
    bundle.source(id).map_or_else(
        || id.to_owned(),
        |source| format!("{}, {}", source.title, source.date),
    )
}

fn regimen_block(
    out: &mut String,
    assessment: &wire::Assessment,
    regimen: &wire::Regimen,
    bundle: &Bundle,
    page: &Page,
) {
    let (mark, ink) = mark_of(regimen.verdict);
    let name = format!(
        "{} {}",
        page.ink(ink, mark),
        page.ink(Ink::Bold, &regimen.name)
    );
    let _ = writeln!(out, "  {name}  {}", page.ink(Ink::Faint, &regimen.id));
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
        let basis = match regimen.basis.as_str() {
            "guideline" => "guideline",
            _ => "label",
        };
        let cited = format!(
            "{basis}: {} · {}",
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
        cautions(out, regimen, bundle, page);
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
        Some(node) if node.op == "all" => node.children.iter().collect(),
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
            let text: String = record.text.chars().take(EVIDENCE).collect();
            let cut = if record.text.chars().count() > EVIDENCE {
                "…"
            } else {
                ""
            };
            format!("{label}{} ({} {text}{cut})", shown(fact), record.date)
        }
        _ => format!("{label}{}", shown(fact)),
    }
}

/// The facts by which a node has its truth: of a conjunction that fails those of what fails, and so on.
fn deciding_facts<'a>(node: &'a wire::Node, into: &mut Vec<&'a str>) {
    for fact in &node.facts {
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

/// `already given: NAME, 2023-09-05 to 2026-07-21 (progression)`
pub(crate) fn given_line(given: &wire::Given, bundle: &Bundle) -> String {
    let name = bundle
        .medicine(&given.medicine)
        .map_or(given.medicine.as_str(), |medicine| medicine.name.as_str());
    let until = given
        .to
        .as_ref()
        .map(|to| format!(" to {to}"))
        .unwrap_or_default();
    let stopped = given
        .stopped
        .as_ref()
        .map(|reason| format!(" (stopped: {reason})"))
        .unwrap_or_default();
    format!("already given: {name}, {}{until}{stopped}", given.from)
}

fn cautions(out: &mut String, regimen: &wire::Regimen, bundle: &Bundle, page: &Page) {
    // What a label says to everyone is in `explain`; here only boxes, contraindications and what this record raises.
    let judged = |caution: &wire::Caution| bundle.program().root(&caution.id).is_some();
    let telling = |caution: &&wire::Caution| caution.severity != "caution" || judged(caution);
    for severity in ["contraindication", "boxed", "caution"] {
        let raised = regimen.cautions.iter().filter(telling).filter(|caution| {
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
    let mut open: Vec<&str> = regimen
        .cautions
        .iter()
        .filter(|caution| caution.verdict == wire::Truth::Unknown)
        .flat_map(|caution| caution.missing.iter().map(String::as_str))
        .collect();
    open.sort_unstable();
    open.dedup();
    let shown = regimen
        .cautions
        .iter()
        .filter(telling)
        .filter(|caution| caution.verdict == wire::Truth::True)
        .count();
    let more = regimen
        .cautions
        .iter()
        .filter(|caution| caution.verdict == wire::Truth::True)
        .count()
        - shown;
    let mut rest = Vec::new();
    if !open.is_empty() {
        rest.push(format!("cautions that depend on: {}", open.join(", ")));
    }
    if more > 0 {
        rest.push(format!("{more} more cautions: waymark explain"));
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
        if position.verdict == Some(wire::Truth::False) && position.differs.is_none() {
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
            .map(String::as_str)
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
        "and {} pieces for everyone with this disease (--format json)",
        general.len()
    );
    *out += &page.ink(Ink::Faint, &page.wrap("  ", "    ", &more));
}

/// Facts that at least half of the judged indications read.
fn common_facts(bundle: &Bundle) -> BTreeSet<FactIndex> {
    let program = bundle.program();
    let indications = bundle
        .content()
        .regimens
        .iter()
        .flat_map(|regimen| &regimen.indications);
    let read: Vec<BTreeSet<FactIndex>> = indications
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

fn import(out: &mut String, import: &wire::Import, page: &Page) {
    let _ = writeln!(out, "\n{}", page.ink(Ink::Bold, "What was read"));
    let counts = format!(
        "{} records: {} used, {} ignored",
        import.records,
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

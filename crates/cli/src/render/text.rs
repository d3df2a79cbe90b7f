//! An assessment for a reader at a terminal.

use super::style::{Ink, Page, plain};
use std::fmt::Write;
use waymark_engine::{Bundle, wire};

/// The facts that sum a person up, in reading order.
const SUMMARY: [&str; 6] = ["disease", "subtype", "her2-status", "hr-status", "cns-state", "menopausal-status"];

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
        let members: Vec<&wire::Regimen> =
            assessment.regimens.iter().filter(|regimen| regimen.verdict == verdict).collect();
        if members.is_empty() {
            continue;
        }
        let (mark, ink) = mark_of(verdict);
        let _ = writeln!(out, "\n{}", page.ink(ink, &format!("{mark} {heading} ({})", members.len())));
        for regimen in members {
            regimen_block(&mut out, regimen, bundle, page);
        }
    }
    settle(&mut out, assessment, page);
    guidance(&mut out, assessment, bundle, page);
    import(&mut out, &assessment.import, page);
    footer(&mut out, assessment, page);
    out
}

fn header(out: &mut String, assessment: &wire::Assessment, page: &Page) {
    let title = format!("{}  ·  as of {}  ·  record {}", assessment.patient.id, assessment.as_of, assessment.record);
    let _ = writeln!(out, "{}", page.ink(Ink::Bold, &plain(&title)));
    let worded = SUMMARY.iter().filter_map(|id| fact(assessment, id)).filter(|fact| fact.value != wire::Scalar::Null);
    let mut parts: Vec<String> = worded.map(|fact| format!("{} {}", fact.label, shown(fact))).collect();
    for id in ["metastatic", "current-line", "prior-her2-regimens-metastatic", "prior-her2-regimens-any"] {
        if let Some(fact) = fact(assessment, id) {
            parts.push(format!("{}: {}", fact.label, shown(fact)));
        }
    }
    *out += &page.wrap("", "  ", &parts.join(" · "));
}

pub(crate) fn fact<'a>(assessment: &'a wire::Assessment, id: &str) -> Option<&'a wire::Fact> {
    assessment.facts.iter().find(|fact| fact.id == id)
}

/// A fact's value in words: `yes`, `no`, `2`, `at least 1`, `unknown (conflict)`.
pub(crate) fn shown(fact: &wire::Fact) -> String {
    let unit = fact.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let word = |scalar: &wire::Scalar| match scalar {
        wire::Scalar::Null => "unknown".to_owned(),
        wire::Scalar::Boolean(true) => "yes".to_owned(),
        wire::Scalar::Boolean(false) => "no".to_owned(),
        wire::Scalar::Integer(number) => number.to_string(),
        wire::Scalar::Text(text) => text.clone(),
    };
    match (&fact.value, &fact.low, &fact.high) {
        (wire::Scalar::Null, Some(low), Some(high)) => format!("between {} and {}{unit}", word(low), word(high)),
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
        wire::Verdict::NotIndicated | wire::Verdict::NotInForce | wire::Verdict::OutsideGuide => ("○", Ink::Red),
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
    bundle.source(id).map_or_else(|| id.to_owned(), |source| format!("{}, {}", source.title, source.date))
}

fn regimen_block(out: &mut String, regimen: &wire::Regimen, bundle: &Bundle, page: &Page) {
    let (mark, ink) = mark_of(regimen.verdict);
    let name = format!("{} {}", page.ink(ink, mark), page.ink(Ink::Bold, &regimen.name));
    let _ = writeln!(out, "  {name}  {}", page.ink(Ink::Faint, &regimen.id));
    *out += &page.wrap("    ", "    ", &regimen.why);
    let nearest = regimen.indications.iter().find(|indication| Some(&indication.id) == regimen.nearest.as_ref());
    if let Some(indication) = nearest {
        for criterion in criteria(indication) {
            let (tick, ink) = tick(criterion.verdict);
            *out += &page.wrap(&format!("      {} ", page.ink(ink, tick)), "        ", &criterion.text);
        }
        let basis = match regimen.basis.as_str() {
            "guideline" => "guideline",
            _ => "label",
        };
        let cited = format!("{basis}: {} · {}", indication.id, source(bundle, &indication.source));
        *out += &page.ink(Ink::Faint, &page.wrap("      ", "        ", &cited));
        if let Some(caveat) = &indication.caveat {
            *out += &page.wrap("      ! ", "        ", caveat);
        }
    }
    if regimen.verdict != wire::Verdict::NotIndicated {
        cautions(out, regimen, page);
        positions(out, regimen, bundle, page);
    }
    if !regimen.overdue.is_empty() {
        *out += &page.wrap("      ! ", "        ", &format!("review overdue: {}", regimen.overdue.join(", ")));
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

fn cautions(out: &mut String, regimen: &wire::Regimen, page: &Page) {
    for severity in ["contraindication", "boxed", "caution"] {
        let raised = regimen.cautions.iter().filter(|caution| {
            caution.severity == severity && caution.verdict == wire::Truth::True && !caution.unverified
        });
        for caution in raised {
            let word = match severity {
                "boxed" => "boxed warning",
                other => other,
            };
            let lead = format!("      {} ", page.ink(Ink::Yellow, "!"));
            *out += &page.wrap(&lead, "        ", &format!("{word}: {}", caution.text));
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
    if !open.is_empty() {
        *out += &page.wrap("      ? ", "        ", &format!("cautions depend on: {}", open.join(", ")));
    }
    let unverified: Vec<&str> = regimen
        .cautions
        .iter()
        .filter(|caution| caution.unverified && caution.verdict != wire::Truth::False)
        .map(|caution| caution.text.as_str())
        .collect();
    if !unverified.is_empty() {
        let text = format!("to be checked (not verified by us): {}", unverified.join(" / "));
        *out += &page.ink(Ink::Faint, &page.wrap("      ? ", "        ", &text));
    }
}

fn positions(out: &mut String, regimen: &wire::Regimen, bundle: &Bundle, page: &Page) {
    for position in &regimen.positions {
        if position.verdict == Some(wire::Truth::False) && position.differs.is_none() {
            continue;
        }
        let mut text = format!("{}: {}", source(bundle, &position.source), position.text);
        if let Some(strength) = &position.strength {
            let _ = write!(text, " [{strength}");
            if let Some(quality) = &position.quality {
                let _ = write!(text, ", evidence {quality}");
            }
            text.push(']');
        }
        if position.unverified {
            text += " [not verified]";
        }
        if let Some(differs) = &position.differs {
            let _ = write!(text, " — differs from the label: {differs}");
        }
        *out += &page.wrap("      · ", "        ", &text);
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
    // What is said to everyone belongs on a page, not in a chart's answer: here only what was judged to apply.
    let judged = |id: &str| bundle.program().root(id).is_some();
    let applies: Vec<&wire::Guidance> = assessment
        .guidance
        .iter()
        .filter(|guidance| guidance.verdict == wire::Truth::True && judged(&guidance.id))
        .collect();
    if applies.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", page.ink(Ink::Bold, "Guidance that speaks of this situation"));
    for guidance in applies {
        let mark = if guidance.unverified { " [not verified]" } else { "" };
        let text = format!("{}{mark} ({})", guidance.text, source(bundle, &guidance.source));
        *out += &page.wrap("  · ", "    ", &text);
    }
}

fn import(out: &mut String, import: &wire::Import, page: &Page) {
    let _ = writeln!(out, "\n{}", page.ink(Ink::Bold, "What was read"));
    let counts = format!("{} records: {} used, {} ignored", import.records, import.used, import.ignored.len());
    *out += &page.wrap("  ", "  ", &counts);
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for ignored in &import.ignored {
        match reasons.iter_mut().find(|(reason, _)| *reason == ignored.reason) {
            Some((_, records)) => records.push(&ignored.record),
            None => reasons.push((&ignored.reason, vec![&ignored.record])),
        }
    }
    for (reason, records) in reasons {
        let some = records.iter().take(4).copied().collect::<Vec<_>>().join(", ");
        let more = if records.len() > 4 { ", …" } else { "" };
        *out += &page.wrap("  – ", "    ", &format!("{reason}: {} ({some}{more})", records.len()));
    }
    for note in &import.notes {
        *out += &page.wrap("  ! ", "    ", &format!("{}: {}", note.record, note.message));
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
        let text = format!("{} entries of the knowledge base are overdue for review.", knowledge.overdue.len());
        *out += &page.wrap("! ", "  ", &text);
    }
}

//! An assessment as Markdown, for a note or a web page.

use super::text::{criteria, fact, is_judged, shown, source, tick};
use std::fmt::Write;
use waymark_engine::{Bundle, wire};

/// The whole assessment.
pub(crate) fn assessment(assessment: &wire::Assessment, bundle: &Bundle) -> String {
    let mut out = String::new();
    for notice in &assessment.notices {
        let _ = writeln!(out, "**{notice}**\n");
    }
    let _ = writeln!(
        out,
        "# {} as of {}\n\nRecord: {}. Knowledge {} (`{}`). This informs; it does not order, rank or advise.\n",
        escaped(&assessment.patient.id),
        assessment.as_of,
        assessment.record,
        assessment.knowledge.version,
        assessment.knowledge.hash
    );
    let overdue = assessment.knowledge.overdue.len();
    if overdue > 0 {
        let _ = writeln!(
            out,
            "{overdue} entries of the knowledge base are overdue for review.\n"
        );
    }
    let groups = [
        (wire::Verdict::Indicated, "The approved use is met"),
        (wire::Verdict::Unknown, "Cannot be told yet"),
        (wire::Verdict::NotIndicated, "The approved use is not met"),
    ];
    for (verdict, heading) in groups {
        let members: Vec<_> = assessment
            .regimens
            .iter()
            .filter(|regimen| is_judged(regimen) && regimen.verdict == verdict)
            .collect();
        if members.is_empty() {
            continue;
        }
        let _ = writeln!(out, "## {heading}\n");
        for regimen in members {
            one(&mut out, regimen, bundle);
        }
    }
    let outside = assessment.regimens.iter();
    for regimen in outside.filter(|regimen| !is_judged(regimen)) {
        let _ = writeln!(
            out,
            "Outside this guide: {} (`{}`)\n",
            regimen.name, regimen.id
        );
    }
    if !assessment.settle.is_empty() {
        let _ = writeln!(out, "## What would settle it\n");
        for settle in &assessment.settle {
            let _ = writeln!(
                out,
                "1. {} ({})",
                settle.question,
                settle.may_decide.join(", ")
            );
        }
        let _ = writeln!(out);
    }
    let _ = writeln!(out, "## Facts\n\n| fact | value | from |\n|---|---|---|");
    let known = assessment
        .facts
        .iter()
        .filter(|fact| !fact.from.is_empty() || fact.value != wire::Scalar::Null);
    for known in known {
        let from: Vec<String> = known
            .from
            .iter()
            .map(|record| format!("{} {}", record.date, record.record))
            .collect();
        let value = fact(assessment, &known.id).map(shown).unwrap_or_default();
        let _ = writeln!(
            out,
            "| {} | {} | {} |",
            escaped(&known.label),
            escaped(&value),
            escaped(&from.join(", "))
        );
    }
    let import = &assessment.import;
    let _ = writeln!(
        out,
        "\n## What was read\n\n{} records: {} used, {} ignored.\n",
        import.records,
        import.used,
        import.ignored.len()
    );
    for ignored in &import.ignored {
        let _ = writeln!(
            out,
            "- {}: {}",
            escaped(&ignored.record),
            escaped(&ignored.reason)
        );
    }
    for note in &import.notes {
        let on = match note.record.as_str() {
            "" => String::new(),
            record => format!(" on {}", escaped(record)),
        };
        let _ = writeln!(out, "- note{on}: {}", escaped(&note.message));
    }
    out
}

fn one(out: &mut String, regimen: &wire::Regimen, bundle: &Bundle) {
    let _ = writeln!(
        out,
        "### {} (`{}`)\n\n{}\n",
        regimen.name, regimen.id, regimen.why
    );
    let nearest = regimen.nearest_indication();
    if let Some(indication) = nearest {
        for criterion in criteria(indication) {
            let (mark, _) = tick(criterion.verdict);
            let _ = writeln!(out, "- {mark} {}", criterion.text);
        }
        let _ = writeln!(
            out,
            "- source: {} (`{}`)",
            source(bundle, &indication.source),
            indication.id
        );
        if let Some(caveat) = &indication.caveat {
            let _ = writeln!(out, "- note: {caveat}");
        }
    }
    for caution in regimen
        .cautions
        .iter()
        .filter(|caution| caution.verdict == wire::Truth::True)
    {
        let unverified = if caution.unverified {
            ", to be checked"
        } else {
            ""
        };
        let _ = writeln!(out, "- {}{unverified}: {}", caution.severity, caution.text);
    }
    // What does not speak of this person is left to `explain`.
    let positions = regimen.positions.iter();
    for position in positions.filter(|position| position.verdict != Some(wire::Truth::False)) {
        let unverified = if position.unverified {
            ", to be checked"
        } else {
            ""
        };
        let differs = position
            .differs
            .as_ref()
            .map(|how| format!(" Differs from the label: {how}"));
        let _ = writeln!(
            out,
            "- {}{unverified}: {}{}",
            source(bundle, &position.source),
            position.text,
            differs.unwrap_or_default()
        );
    }
    if !regimen.overdue.is_empty() {
        let _ = writeln!(out, "- review overdue: {}", regimen.overdue.join(", "));
    }
    let _ = writeln!(out);
}

/// Text of a record must not become markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(
            character,
            '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '\\' | '|'
        ) {
            escaped.push('\\');
        }
        escaped.push(if character.is_control() {
            ' '
        } else {
            character
        });
    }
    escaped
}

//! Two sources side by side.

use super::style::{Ink, Page};
use serde_json::{Map, Value, json};
use std::fmt::Write;
use waymark_engine::Bundle;
use waymark_knowledge::analysis::Facts;
use waymark_knowledge::analysis::compare::{Comparison, Outcome, Side, Therapy};

/// For an editor at a terminal. Facts stand as a case would state them.
pub(crate) fn text(comparison: &Comparison, bundle: &Bundle, page: &Page) -> String {
    let mut out = String::new();
    for (letter, side) in LETTERS.iter().zip(&comparison.sides) {
        let what = match bundle.source(&side.source) {
            Some(source) => format!("{}, {}", source.title, source.publisher),
            None => format!("{} sources", of_group(bundle, side)),
        };
        let line = format!("{}  as of {}  ({what})", side.source, side.on);
        out += &page.wrap(&format!("{}  ", page.ink(Ink::Bold, letter)), "   ", &line);
    }
    let (mut counts, mut same) = ([0_usize; 4], Vec::new());
    for therapy in &comparison.therapies {
        let rank = rank(&therapy.outcome);
        counts[rank] += 1;
        if rank == SAME {
            same.push(therapy.regimen.as_str());
        } else {
            one(&mut out, therapy, bundle, page);
        }
    }
    if !same.is_empty() {
        let heading = page.ink(Ink::Bold, "The same for everyone of whom all is known");
        let _ = writeln!(out, "\n{heading}");
        out += &page.wrap("  ", "  ", &same.join(", "));
    }
    opened(&mut out, comparison, page);
    let [differ, only_one, same, none] = counts;
    let _ = writeln!(
        out,
        "\n{} therapies: {differ} differ, {only_one} with criteria on one side only, {same} the same, {none} without criteria or answer",
        comparison.therapies.len()
    );
    out += &page.ink(
        Ink::Faint,
        &page.wrap("", "", "Each patient is a smallest one: the fewest facts, all others unknown. This shows how sources read facts; it ranks none."),
    );
    out
}

const LETTERS: [&str; 2] = ["A", "B"];

fn of_group(bundle: &Bundle, side: &Side) -> usize {
    let sources = bundle.content().sources.iter();
    sources
        .filter(|source| source.group.as_deref() == Some(&side.source))
        .count()
}

/// The rank of therapies that are listed together.
const SAME: usize = 2;

fn rank(outcome: &Outcome) -> usize {
    match outcome {
        Outcome::Both { differ, .. } if !differ.is_empty() => 0,
        Outcome::OnlyOne(..) => 1,
        Outcome::Both { .. } => SAME,
        Outcome::NoCriteria | Outcome::TooMuchWork => 3,
    }
}

fn one(out: &mut String, therapy: &Therapy, bundle: &Bundle, page: &Page) {
    let name = bundle
        .regimen(&therapy.regimen)
        .map_or("", |regimen| &regimen.name);
    let _ = writeln!(out, "\n{}  {name}", page.ink(Ink::Bold, &therapy.regimen));
    for (letter, says) in LETTERS.iter().zip(&therapy.says) {
        for statement in says {
            let lead = format!("  {letter}  ");
            let line = format!("{}: {}", statement.id, statement.text);
            *out += &page.ink(Ink::Faint, &page.wrap(&lead, "     ", &line));
        }
        if says.is_empty() {
            let _ = writeln!(out, "  {letter}  says nothing of it");
        }
    }
    match &therapy.outcome {
        Outcome::NoCriteria => *out += "  neither has criteria that could be compared\n",
        Outcome::TooMuchWork => *out += "  not compared: too much work\n",
        Outcome::OnlyOne(side, patient) => {
            let other = LETTERS[1 - side];
            let _ = writeln!(
                out,
                "  only {} has criteria; {other} has none. Met for",
                LETTERS[*side]
            );
            match patient {
                Some(patient) => *out += &listed(page, "      ", patient),
                None => *out += "      nobody on this day\n",
            }
        }
        Outcome::Both { differ, .. } => {
            for difference in differ {
                let (met, other) = (LETTERS[difference.met_by], LETTERS[1 - difference.met_by]);
                let asked = difference.because.join("; ");
                let heading = format!("  {met} met, {other} not, as {other} asks for ");
                *out += &page.wrap(&heading, "      ", &asked);
                *out += &listed(page, "      ", &difference.patient);
            }
        }
    }
}

/// The second list: one side is decided, the other is not.
fn opened(out: &mut String, comparison: &Comparison, page: &Page) {
    let _ = writeln!(
        out,
        "\n{}",
        page.ink(Ink::Bold, "Facts that decide one and leave the other open")
    );
    for therapy in &comparison.therapies {
        let Outcome::Both { open, .. } = &therapy.outcome else {
            continue;
        };
        for leaves in open {
            let verdict = if leaves.met { "met" } else { "not met" };
            let lead = format!(
                "  {}: {} {verdict}, {} open: ",
                therapy.regimen,
                LETTERS[leaves.decided],
                LETTERS[1 - leaves.decided]
            );
            *out += &listed(page, &lead, &leaves.patient);
        }
    }
}

/// `age = "18..", metastatic = true`, as a case would state them; no line ends within a fact.
pub(crate) fn listed(page: &Page, lead: &str, facts: &Facts) -> String {
    const UNBROKEN: &str = "\u{a0}";
    let facts: Vec<String> = facts
        .iter()
        .map(|(fact, value)| format!("{fact}{UNBROKEN}={UNBROKEN}{value}"))
        .collect();
    let text = if facts.is_empty() {
        "whoever it is".to_owned()
    } else {
        facts.join(", ")
    };
    page.wrap(lead, "      ", &text).replace(UNBROKEN, " ")
}

/// Schema `waymark.comparison/1`.
pub(crate) fn json(comparison: &Comparison, bundle: &Bundle) -> Value {
    let sides: Vec<Value> = comparison
        .sides
        .iter()
        .map(|side| json!({ "source": side.source, "as_of": side.on.to_string() }))
        .collect();
    let therapies = comparison.therapies.iter().map(|therapy| {
        let says = therapy.says.each_ref().map(|says| {
            says.iter()
                .map(|it| json!({ "id": it.id, "text": it.text, "judged": it.judged }))
                .collect::<Vec<_>>()
        });
        let mut value = json!({
            "regimen": therapy.regimen,
            "says": says,
            "outcome": word(&therapy.outcome),
        });
        match &therapy.outcome {
            Outcome::Both { differ, open } => {
                value["differ"] = differ
                    .iter()
                    .map(|it| json!({ "met_by": it.met_by, "because": it.because, "facts": facts(&it.patient) }))
                    .collect();
                value["open"] = open
                    .iter()
                    .map(|it| json!({ "decided": it.decided, "met": it.met, "facts": facts(&it.patient) }))
                    .collect();
            }
            Outcome::OnlyOne(side, patient) => {
                value["side"] = json!(side);
                value["facts"] = patient.as_ref().map(facts).unwrap_or_default();
            }
            Outcome::NoCriteria | Outcome::TooMuchWork => {}
        }
        value
    });
    json!({
        "schema": "waymark.comparison/1",
        "knowledge": { "version": bundle.content().version, "hash": bundle.hash() },
        "sides": sides,
        "therapies": therapies.collect::<Vec<_>>(),
    })
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Both { differ, .. } if differ.is_empty() => "same",
        Outcome::Both { .. } => "differ",
        Outcome::OnlyOne(..) => "only-one",
        Outcome::NoCriteria => "no-criteria",
        Outcome::TooMuchWork => "too-much-work",
    }
}

/// The facts as a case states them; its notation is JSON as well.
pub(crate) fn facts(facts: &Facts) -> Value {
    let facts = facts.iter().map(|(fact, value)| {
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value.as_str()));
        (fact.clone(), value)
    });
    Value::Object(facts.collect::<Map<String, Value>>())
}

//! What a change of the knowledge changes, on one screen.

use super::style::{Ink, Page};
use super::text::shown;
use std::collections::BTreeMap;
use std::fmt::Write;
use waymark_criteria::Date;
use waymark_engine::{Bundle, wire};
use waymark_knowledge::diff::{
    Change, Effect, EntryChange, FactChange, ItemEffect, Role, Side, Standing, VerdictChange,
    feeds_facts,
};

/// Everything that the report says.
pub(crate) struct Report<'a> {
    pub(crate) old: &'a Bundle,
    pub(crate) new: &'a Bundle,
    pub(crate) entries: &'a [EntryChange],
    /// Stored charts, and the days on which they were judged in all.
    pub(crate) charts: usize,
    pub(crate) judged: usize,
    pub(crate) patients: &'a [Patient],
    pub(crate) effect: &'a Effect,
    pub(crate) as_of: Date,
    pub(crate) seed: u64,
}

/// A stored patient whose verdicts change, on days on which they change alike.
pub(crate) struct Patient {
    pub(crate) chart: String,
    pub(crate) days: Vec<Date>,
    /// Days on which the record was taken as complete.
    pub(crate) complete: Vec<Date>,
    pub(crate) changes: Vec<VerdictChange>,
}

/// The report.
pub(crate) fn report(report: &Report<'_>, page: &Page) -> String {
    let side = |bundle: &Bundle| {
        let hash = bundle.hash().trim_start_matches("sha256:");
        format!(
            "{} ({})",
            bundle.content().version,
            &hash[..12.min(hash.len())]
        )
    };
    let mut out = format!("Knowledge {} → {}\n\n", side(report.old), side(report.new));
    changes_of_entries(&mut out, report.entries, page);
    stored(&mut out, report, page);
    effect(&mut out, report, page);
    out
}

fn heading(out: &mut String, text: &str, page: &Page) {
    let _ = writeln!(out, "{}", page.ink(Ink::Bold, text));
}

fn changes_of_entries(out: &mut String, entries: &[EntryChange], page: &Page) {
    let starred = entries.iter().filter(|entry| entry.star).count();
    let text = match entries.len() {
        0 => "Entries: none differs".to_owned(),
        1 => format!("Entries: 1 differs; ★ {starred} can change a result"),
        all => format!("Entries: {all} differ; ★ {starred} can change a result"),
    };
    heading(out, &text, page);
    let mut wording: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for entry in entries {
        if !entry.star {
            wording.entry(entry.kind).or_default().push(&entry.id);
            continue;
        }
        let fields: Vec<&str> = entry.fields.iter().map(|(path, _)| path.as_str()).collect();
        let what = match entry.change {
            Change::Added => "new".to_owned(),
            Change::Removed => "gone".to_owned(),
            Change::Changed => fields.join(", "),
        };
        *out += &page.wrap(
            "  ★ ",
            "      ",
            &format!("{} {}: {what}", entry.kind, entry.id),
        );
    }
    for (kind, ids) in wording {
        *out += &page.wrap(
            "    ",
            "      ",
            &format!("wording of {kind}: {}", ids.join(", ")),
        );
    }
    out.push('\n');
}

fn stored(out: &mut String, report: &Report<'_>, page: &Page) {
    let changed: usize = report
        .patients
        .iter()
        .map(|it| it.changes.len() * (it.days.len() + it.complete.len()))
        .sum();
    let verdicts = match changed {
        0 => "no verdict changes".to_owned(),
        1 => "1 verdict changes".to_owned(),
        _ => format!("{changed} verdicts change"),
    };
    let text = format!(
        "Stored patients: {} charts, judged {} times in all; {verdicts}",
        report.charts, report.judged
    );
    heading(out, &text, page);
    for patient in report.patients {
        let listed = |days: &[Date]| {
            let mut days = days.to_vec();
            days.sort();
            let days: Vec<String> = days.iter().map(Date::to_string).collect();
            days.join(", ")
        };
        let mut on = vec![patient.chart.clone()];
        if !patient.days.is_empty() {
            on.push(format!("on {}", listed(&patient.days)));
        }
        if !patient.complete.is_empty() {
            on.push(format!(
                "on {} with a complete record",
                listed(&patient.complete)
            ));
        }
        *out += &page.wrap("  ", "    ", &on.join(" "));
        for change in &patient.changes {
            verdict(out, change, report.entries, page);
        }
    }
    out.push('\n');
}

fn verdict(out: &mut String, change: &VerdictChange, entries: &[EntryChange], page: &Page) {
    let standing = |side: &Option<Side>| side.as_ref().map_or("absent", |side| word(side.verdict));
    let ink = match change.after.as_ref().map(|side| side.verdict) {
        Some(wire::Verdict::Indicated) => Ink::Green,
        Some(wire::Verdict::Unknown) => Ink::Yellow,
        Some(_) | None => Ink::Red,
    };
    let moved = format!("{} → {}", standing(&change.before), standing(&change.after));
    let _ = writeln!(out, "    {}: {}", change.regimen, page.ink(ink, &moved));
    let nearest = |side: &Option<Side>| side.as_ref().and_then(|side| side.nearest.clone());
    let (was, is) = (nearest(&change.before), nearest(&change.after));
    let mut because = Vec::new();
    let edited = |id: &str| {
        if entries.iter().any(|entry| entry.touches(id)) {
            " (edited)"
        } else {
            ""
        }
    };
    if was != is {
        let named = |id: &Option<wire::Text>| match id {
            Some(id) => id.to_string(),
            None => "none in force".to_owned(),
        };
        because.push(format!(
            "nearest indication {} → {}",
            named(&was),
            named(&is)
        ));
    } else if let Some(id) = &is
        && !edited(id).is_empty()
    {
        because.push(format!("indication {id} (edited)"));
    }
    for criterion in &change.criteria {
        let moved = match (criterion.before, criterion.after) {
            (Some(before), Some(after)) => format!("{} → {}", truth(before), truth(after)),
            (None, after) => format!(
                "asked now{}",
                after
                    .map(|it| format!(": {}", truth(it)))
                    .unwrap_or_default()
            ),
            (Some(before), None) => format!("no longer asked (was {})", truth(before)),
        };
        because.push(format!("{}{} {moved}", criterion.id, edited(&criterion.id)));
    }
    for FactChange { id, before, after } in &change.facts {
        let said = |fact: &Option<wire::Fact>| fact.as_ref().map_or("absent".to_owned(), shown);
        because.push(format!(
            "fact {id}{} {} → {}",
            edited(id),
            said(before),
            said(after)
        ));
    }
    if !because.is_empty() {
        *out += &page.wrap("      why: ", "        ", &because.join("; "));
    }
    for (side, when) in [(&change.before, "before"), (&change.after, "after")] {
        let lists = side
            .iter()
            .flat_map(|side| [("not met", &side.unmet), ("missing", &side.missing)]);
        let lists = lists.filter(|(_, ids)| !ids.is_empty());
        let lists: Vec<String> = lists
            .map(|(what, ids)| format!("{what} {}", ids.join(", ")))
            .collect();
        if !lists.is_empty() {
            *out += &page.wrap(&format!("      {when}: "), "        ", &lists.join("; "));
        }
    }
}

fn word(verdict: wire::Verdict) -> &'static str {
    match verdict {
        wire::Verdict::Indicated => "met",
        wire::Verdict::Unknown => "unknown",
        wire::Verdict::NotIndicated => "not met",
        wire::Verdict::NotInForce => "not in force",
        wire::Verdict::OutsideGuide => "outside the guide",
    }
}

fn truth(truth: wire::Truth) -> &'static str {
    match truth {
        wire::Truth::True => "met",
        wire::Truth::False => "not met",
        wire::Truth::Unknown => "unknown",
    }
}

fn effect(out: &mut String, report: &Report<'_>, page: &Page) {
    let effect = report.effect;
    let text = format!(
        "Clinical effect, on {} made-up people as of {} (seed {})",
        grouped(effect.people),
        report.as_of,
        report.seed
    );
    heading(out, &text, page);
    let sentence = format!("{} {}.", headline(effect), verdicts_in_all(effect));
    *out += &page.wrap("  ", "  ", &sentence);
    for item in &effect.items {
        let moves = item.moves();
        if moves.is_empty() {
            continue;
        }
        let moves: Vec<String> = moves
            .iter()
            .map(|(from, to, people)| {
                format!("{} {} → {}", grouped(*people), from.word(), to.word())
            })
            .collect();
        let role = match item.role {
            Role::Regimen => "",
            Role::Caution => "caution ",
            Role::Guidance => "guidance ",
        };
        let met = met(item, effect.people);
        *out += &page.wrap(
            "    ",
            "      ",
            &format!("{role}{}: {}; {met}", item.id, moves.join(", ")),
        );
    }
    let unseen: Vec<&str> = report
        .entries
        .iter()
        .filter(|it| feeds_facts(it))
        .map(|it| it.id.as_str())
        .collect();
    if !unseen.is_empty() {
        let text = format!(
            "How facts follow from a record changes too ({}). Made-up people begin with facts, and do not show it; stored patients do.",
            unseen.join(", ")
        );
        *out += &page.wrap("  ", "  ", &text);
    }
}

/// `3.1% gain an option, none loses one.`
pub(crate) fn headline(effect: &Effect) -> String {
    let gain = match share(effect.gain, effect.people) {
        None => "none gains an option".to_owned(),
        Some(share) => format!("{share} gain an option"),
    };
    let lose = match share(effect.lose, effect.people) {
        None => "none loses one".to_owned(),
        Some(share) => format!("{share} lose one"),
    };
    let mut text = format!("{gain}, {lose}.");
    if let Some(first) = text.get(..1).map(str::to_uppercase) {
        text.replace_range(..1, &first);
    }
    text
}

/// The moves of all regimens together.
fn verdicts_in_all(effect: &Effect) -> String {
    let regimens = || {
        effect
            .items
            .iter()
            .filter(|item| item.role == Role::Regimen)
    };
    let mut moves = Vec::new();
    for from in Standing::ALL {
        for to in Standing::ALL.into_iter().filter(|to| *to != from) {
            let people: u64 = regimens().map(|item| item.moved(from, to)).sum();
            if people > 0 {
                moves.push(format!(
                    "{} from {} to {}",
                    grouped(people),
                    from.word(),
                    to.word()
                ));
            }
        }
    }
    match moves.len() {
        0 => "No verdict on a therapy changes".to_owned(),
        _ => format!("Verdicts on therapies: {}", moves.join(", ")),
    }
}

fn met(item: &ItemEffect, people: u64) -> String {
    let of = |met| share(met, people).unwrap_or_else(|| "none".to_owned());
    format!("met for {} → {}", of(item.met_before), of(item.met_after))
}

/// A share in percent with one digit after the point; `None` for nobody. A share that would read as 0 is counted.
fn share(people: u64, of: u64) -> Option<String> {
    let tenths = (people * 1000 + of / 2) / of.max(1);
    match (people, tenths) {
        (0, _) => None,
        (_, 0) => Some(format!("{people} of {}", grouped(of))),
        _ => Some(format!("{}.{}%", tenths / 10, tenths % 10)),
    }
}

/// Digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

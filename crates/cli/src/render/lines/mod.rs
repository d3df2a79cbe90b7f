//! The history of treatment for a reader at a terminal.

mod timeline;

use super::style::{Ink, Page, plain};
use super::text::shown;
use std::fmt::Write;
use std::sync::Arc;
use waymark_engine::Bundle;
use waymark_engine::wire::lines;

/// The whole history.
pub(crate) fn history(history: &lines::Lines, bundle: &Bundle, page: &Page) -> String {
    let mut out = String::new();
    let title = format!(
        "{}  ·  as of {}  ·  record {}",
        history.patient.id, history.as_of, history.record
    );
    let _ = writeln!(out, "{}", page.ink(Ink::Bold, &plain(&title)));
    let since = history.advanced_since.as_ref().map_or_else(
        || "Metastatic or unresectable disease: not on record".to_owned(),
        |since| format!("Metastatic or unresectable disease: since {since}"),
    );
    out += &page.wrap("", "  ", &since);
    for count in &history.counts {
        counted(&mut out, count, page);
    }
    let _ = writeln!(out, "\n{}", page.ink(Ink::Bold, "What was given"));
    if history.episodes.is_empty() {
        out += &page.wrap(
            "  ",
            "  ",
            "No treatment against the cancer is on record by this day.",
        );
    } else {
        table(&mut out, history, bundle, page);
        out += &timeline::drawn(history, bundle, page);
    }
    beside(&mut out, history, bundle, page);
    rules(&mut out, history, page);
    out
}

fn counted(out: &mut String, count: &lines::Count, page: &Page) {
    let label = format!("{}: {}", capital(&count.fact.label), shown(&count.fact));
    *out += &page.wrap("", "  ", &label);
    if let Some(records) = &count.records_say {
        let said = lines_of(count.fact.from.iter().map(Arc::as_ref));
        let text = format!(
            "stated ({said}); the records alone give {}",
            extent(records)
        );
        *out += &page.wrap("  ! ", "    ", &text);
    } else if let Some(inferred) = &count.fact.inferred {
        *out += &page.ink(Ink::Faint, &page.wrap("  · ", "    ", inferred));
    }
    for because in &count.because {
        let rules = bracketed(&because.rules);
        *out += &page.wrap("  ? ", "    ", &format!("{}{rules}", because.text));
    }
}

fn lines_of<'a>(records: impl IntoIterator<Item = &'a waymark_engine::wire::Record>) -> String {
    let records: Vec<&str> = records.into_iter().map(|it| it.record.as_str()).collect();
    records.join(", ")
}

fn extent(extent: &waymark_engine::wire::Extent) -> String {
    use waymark_engine::wire::Scalar;
    let word = |scalar: &Option<Scalar>| match scalar {
        Some(Scalar::Integer(number)) => Some(number.to_string()),
        Some(Scalar::Null | Scalar::Boolean(_) | Scalar::Text(_)) | None => None,
    };
    let value = word(&Some(extent.value.clone()));
    match (value, word(&extent.low), word(&extent.high)) {
        (Some(value), _, _) => value,
        (None, Some(low), Some(high)) => format!("{low} to {high}"),
        (None, Some(low), None) => format!("at least {low}"),
        (None, None, Some(high)) => format!("at most {high}"),
        (None, None, None) => "no number".to_owned(),
    }
}

/// One row for each medicine, the counts on the first row of its episode; below them what began, went on and ended.
fn table(out: &mut String, history: &lines::Lines, bundle: &Bundle, page: &Page) {
    let head = format!(
        "  {:<5} {:<5} {:<11} {:<23} {:<25} {}",
        "line", "HER2", "setting", "from", "to", "medicine"
    );
    let _ = writeln!(out, "{}", page.ink(Ink::Faint, &head));
    for episode in &history.episodes {
        for (position, course) in episode.medicines.iter().enumerate() {
            let first = position == 0;
            let row = format!(
                "  {:<5} {:<5} {:<11} {:<23} {:<25} {}",
                if first {
                    number(episode.line)
                } else {
                    String::new()
                },
                if first {
                    number(episode.her2_regimen)
                } else {
                    String::new()
                },
                if first { episode.setting.as_str() } else { "" },
                course.from,
                until(course),
                name(bundle, &course.medicine),
            );
            let _ = writeln!(out, "{}", plain(&row));
        }
        for line in remarks(episode, bundle) {
            *out += &page.ink(
                Ink::Faint,
                &page.wrap("              ", "                ", &line),
            );
        }
    }
    let note = "HER2: number of the HER2 regimen within its setting. A number with `–` is known only within these bounds; 0 is none.";
    *out += &page.ink(Ink::Faint, &page.wrap("  ", "  ", note));
}

fn until(course: &lines::Course) -> String {
    let day = match (&course.to, course.ongoing, course.ordered) {
        (Some(to), _, _) => to.clone(),
        (None, true, _) => "still given".to_owned(),
        (None, false, true) => "ordered, no end on record".to_owned(),
        (None, false, false) => "not on record".to_owned(),
    };
    match &course.stopped {
        Some(reason) => format!("{day} {reason}"),
        None => day,
    }
}

/// What began with an episode, how it went on, and what ended it.
fn remarks(episode: &lines::Episode, bundle: &Bundle) -> Vec<String> {
    let mut said = Vec::new();
    for begins in &episode.begins {
        let (what, number) = if begins.what == "line" {
            ("line", number(episode.line))
        } else {
            ("HER2 regimen", number(episode.her2_regimen))
        };
        let verb = if begins.certain {
            "begins"
        } else {
            "may begin"
        };
        said.push(format!(
            "{verb} {what} {number}{}",
            bracketed(&begins.rules)
        ));
    }
    if !episode.goes_on_by.is_empty() {
        said.push(format!(
            "changes within it{}",
            bracketed(&episode.goes_on_by)
        ));
    }
    if let Some(maintenance) = &episode.maintenance {
        let added = if maintenance.intensified {
            ", with a medicine added"
        } else {
            ""
        };
        said.push(format!(
            "maintenance after {}{added} [{}]",
            maintenance.after, maintenance.rule
        ));
    }
    if !episode.overlaps.is_empty() {
        let overlaps = episode.overlaps.iter().map(|overlap| {
            let name = name(bundle, &overlap.medicine);
            if overlap.certain {
                name
            } else {
                format!("perhaps {name}")
            }
        });
        said.push(format!(
            "overlaps with {}",
            overlaps.collect::<Vec<_>>().join(", ")
        ));
    }
    if !episode.growth.is_empty() {
        let growth = episode.growth.iter().map(|growth| {
            if growth.certain {
                growth.date.clone()
            } else {
                format!("perhaps {}", growth.date)
            }
        });
        said.push(format!(
            "the cancer grew: {}",
            growth.collect::<Vec<_>>().join(", ")
        ));
    }
    said
}

fn beside(out: &mut String, history: &lines::Lines, bundle: &Bundle, page: &Page) {
    if !history.beside.is_empty() {
        let text = history.beside.iter().map(|course| {
            format!(
                "{} ({} to {})",
                name(bundle, &course.medicine),
                course.from,
                until(course)
            )
        });
        let text = text.collect::<Vec<_>>().join(", ");
        let _ = writeln!(out);
        *out += &page.wrap("Counted nowhere: ", "  ", &text);
    }
    let known = history
        .early_relapse
        .iter()
        .filter(|fact| fact.value != waymark_engine::wire::Scalar::Null);
    let known: Vec<String> = known
        .map(|fact| format!("{}: {}", fact.label, shown(fact)))
        .collect();
    if !known.is_empty() {
        let _ = writeln!(out);
        *out += &page.wrap("", "  ", &capital(&known.join(" · ")));
    }
    if !history.after_as_of.is_empty() {
        let _ = writeln!(out);
        let lead = format!("Dated after {}, not used: ", history.as_of);
        *out += &page.wrap("", "  ", &(lead + &lines_of(&history.after_as_of)));
    }
}

fn rules(out: &mut String, history: &lines::Lines, page: &Page) {
    if history.rules.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "\n{}",
        page.ink(Ink::Bold, "Rules named above (waymark kb show ID)")
    );
    for rule in &history.rules {
        *out += &page.wrap("  ", "    ", &format!("{}: {}", rule.id, rule.says));
    }
}

fn number(number: Option<lines::Number>) -> String {
    match number {
        None => String::new(),
        Some(lines::Number { low, high }) if low == high => low.to_string(),
        Some(lines::Number { low, high }) => format!("{low}–{high}"),
    }
}

fn bracketed(rules: &[String]) -> String {
    if rules.is_empty() {
        String::new()
    } else {
        format!(" [{}]", rules.join(", "))
    }
}

/// A medicine's short name, where it has one, else its name.
fn name(bundle: &Bundle, id: &str) -> String {
    bundle.medicine(id).map_or_else(
        || id.to_owned(),
        |medicine| {
            medicine
                .short
                .clone()
                .unwrap_or_else(|| medicine.name.clone())
        },
    )
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

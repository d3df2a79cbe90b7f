//! Dates can be read, spans run forwards, and nothing lies after the day of the review.

use crate::base::Base;
use crate::entry::Entry;
use crate::head::Text;
use crate::kind::Kind;
use crate::lint::indications::indications;
use waymark_criteria::{Date, DateBounds, Diagnostic, Truth};

pub(super) fn check(base: &Base, problems: &mut Vec<Diagnostic>) {
    check_successions(base, problems);
    for entry in &base.entries {
        let reviewed = entry.reviewed();
        for text in &entry.head.texts {
            match text.key.as_str() {
                "on" | "due" if text.parent() == "review." => check_day(entry, text, problems),
                "from" | "to" | "date" => check_date(entry, text, reviewed, problems),
                _ => {}
            }
        }
        if entry.kind == Some(Kind::Regimen) {
            check_superseded(entry, problems);
        }
    }
}

fn check_day(entry: &Entry, text: &Text, problems: &mut Vec<Diagnostic>) {
    if Date::parse(&text.value).is_none() {
        let message = format!("`{}` is not a day", text.value);
        problems.push(
            entry
                .error("bad-date", text.span, message)
                .help("write YYYY-MM-DD"),
        );
    }
}

fn check_date(entry: &Entry, text: &Text, reviewed: Option<Date>, problems: &mut Vec<Diagnostic>) {
    let Some(date) = DateBounds::parse(&text.value) else {
        let message = format!("`{}` is not a date", text.value);
        problems.push(
            entry
                .error("bad-date", text.span, message)
                .help("write YYYY-MM-DD, YYYY-MM, YYYY, or two of them joined by `/`"),
        );
        return;
    };
    if let (Some(reviewed), Some(low)) = (reviewed, date.low)
        && low > reviewed
    {
        let message = format!("`{}` lies after the review of {reviewed}", text.value);
        problems.push(
            entry
                .error("future-date", text.span, message)
                .help("a reviewer cannot have confirmed what had not happened yet"),
        );
    }
    if text.key != "to" {
        return;
    }
    let from = entry.head.text(&format!("{}from", text.parent()));
    let Some(from) = from.and_then(|from| DateBounds::parse(&from.value)) else {
        return;
    };
    if from.before(date) == Truth::False {
        let message = format!("this ends on {date}, not after it begins on {from}");
        problems.push(
            entry
                .error("empty-span", text.span, message)
                .help("`to` is the first day on which it no longer holds"),
        );
    }
}

/// What was superseded has ended.
fn check_superseded(entry: &Entry, problems: &mut Vec<Diagnostic>) {
    let superseded = entry
        .head
        .texts
        .iter()
        .filter(|text| text.key == "superseded-by");
    for text in superseded {
        if entry.head.text(&format!("{}to", text.parent())).is_none() {
            let message = "what has been superseded ends on some day";
            problems.push(
                entry
                    .error("superseded-without-end", text.span, message)
                    .help("add `to`, the first day on which it was no longer in force"),
            );
        }
        let own = entry.head.text(&format!("{}id", text.parent()));
        if own.is_some_and(|own| own.value == text.value) {
            let message = format!("`{}` cannot supersede itself", text.value);
            problems.push(entry.error("superseded-by-itself", text.span, message));
        }
    }
}

/// A wording ends on the day on which the one that superseded it begins. Dates known only in part pass where both may
/// be the same day.
fn check_successions(base: &Base, problems: &mut Vec<Diagnostic>) {
    for (entry, ended) in indications(base) {
        let successor = ended.superseded_by.as_deref().and_then(|id| {
            let mut all = indications(base).map(|(_, indication)| indication);
            all.find(|indication| indication.id == id)
        });
        let (Some(successor), Some(to)) = (successor, &ended.to) else {
            continue;
        };
        let dates = DateBounds::parse(to).zip(DateBounds::parse(&successor.from));
        let Some((to, from)) = dates else { continue };
        let wrong = if to.before(from) == Truth::True {
            "between them neither is in force"
        } else if from.before(to) == Truth::True {
            "between them both are in force"
        } else {
            continue;
        };
        let id = entry
            .head
            .texts
            .iter()
            .find(|text| text.key == "id" && text.value == ended.id);
        let parent = id.map_or("", |id| id.parent());
        let place = entry.head.span(&format!("{parent}to"));
        let message = format!(
            "this ends on {to}, and `{}`, which superseded it, begins on {from}: {wrong}",
            successor.id
        );
        problems.push(
            entry
                .error("broken-succession", place, message)
                .help("`to` is the day on which the next wording begins"),
        );
    }
}

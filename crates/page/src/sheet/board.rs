//! What a tumour board reads on two landscape pages. The criteria line by line stay on the screen and in the appendix.

use super::criteria::{conjuncts, label};
use super::facts::{self, STRIP};
use super::{Sheet, evidence, foot, panels};
use crate::Status;
use crate::result::{name, shape};
use maud::{Markup, html};
use std::sync::Arc;
use waymark_engine::wire::{Caution, Regimen, Text, Truth};

/// Missing results that are printed.
const SETTLE: usize = 6;
/// With more regimens met or open than this, each prints the first trial of its approval alone.
const FULL: usize = 8;

pub(super) fn board(sheet: &Sheet<'_, '_, '_>) -> Markup {
    let words = sheet.context.words;
    let part = |key: &str, body: &Markup| {
        html! { section { h2 { (words.text(&format!("sheet.{key}"))) } (body) } }
    };
    html! {
        div.board {
            (part("known", &known(sheet)))
            (panels::matters_line(sheet))
            (part("settle", &settle(sheet)))
            (part("regimens", &regimens(sheet)))
            (part("board-evidence", &figures(sheet)))
            p { (words.text("sheet.board-more")) }
            (part("notes", &sheet.notes.list(sheet.context)))
            (foot(sheet, ""))
        }
    }
}

/// The facts of the strip with the day of the newest record behind each, then what is not known, then the treatments.
fn known(sheet: &Sheet<'_, '_, '_>) -> Markup {
    let words = sheet.context.words;
    let chosen = STRIP.iter().filter_map(|id| sheet.reading.fact(id));
    let (unknown, known): (Vec<_>, Vec<_>) = chosen.partition(|fact| facts::is_unknown(fact));
    let named = |id: &str, english| words.span(words.said("fact", id, "label", english));
    html! {
        ul.strip {
            @for fact in known {
                li {
                    (named(&fact.id, &fact.label)) ": " strong { (facts::value(sheet, fact)) }
                    @if let Some(day) = fact.from.iter().map(|it| &*it.date).filter(|day| *day != "?").max() { " (" (day) ")" }
                    span.flag { (facts::letter(sheet, fact)) }
                }
            }
        }
        @if !unknown.is_empty() {
            p {
                strong { (words.text("sheet.flag-unknown")) } ": "
                @for (place, fact) in unknown.iter().enumerate() {
                    @if place > 0 { "; " }
                    (named(&fact.id, &fact.label))
                }
            }
        }
        (facts::conflicts(sheet))
        (facts::treatments(sheet))
    }
}

fn settle(sheet: &Sheet<'_, '_, '_>) -> Markup {
    let words = sheet.context.words;
    let rows = &sheet.reading.assessment.settle;
    let names = |ids: &[Text]| -> String {
        let names = ids
            .iter()
            .map(|id| name(sheet.context, sheet.reading, id))
            .collect::<Vec<_>>();
        names.join("; ")
    };
    let head = ["sheet.settle-fact", "sheet.settle-how", "sheet.settle-may"];
    html! {
        @if rows.is_empty() {
            p { (words.text("sheet.settle-none")) }
        } @else {
            table {
                thead { tr { @for key in head { th scope="col" { (words.text(key)) } } } }
                tbody {
                    @for row in rows.iter().take(SETTLE) {
                        @if let Some(entry) = sheet.context.guide.bundle.content().facts.iter().find(|it| it.id == row.fact) {
                            tr {
                                th scope="row" { (words.span(words.said("fact", &entry.id, "label", &entry.label))) }
                                td { (words.span(words.said("fact", &entry.id, "how", &entry.how))) }
                                td { (names(if row.may_decide.is_empty() { &row.would_decide } else { &row.may_decide })) }
                            }
                        }
                    }
                }
            }
            @if rows.len() > SETTLE { p { (words.count("sheet.board-rest", rows.len() - SETTLE)) } }
        }
    }
}

/// Every regimen in one line: met, open with what is open, or not met with what fails.
fn regimens(sheet: &Sheet<'_, '_, '_>) -> Markup {
    let words = sheet.context.words;
    html! {
        p { strong { (words.text("sheet.not-head-to-head")) } }
        @for (status, regimens) in &sheet.reading.groups() {
            p { (shape(*status)) strong { (words.text(&format!("status.{}", status.word()))) " (" (regimens.len()) ")" } }
            ul {
                @for regimen in regimens {
                    li data-board=(regimen.id) data-status=(status.word()) { (line(sheet, regimen, *status)) }
                }
            }
        }
    }
}

fn line(sheet: &Sheet<'_, '_, '_>, regimen: &Regimen, status: Status) -> Markup {
    let words = sheet.context.words;
    let indication = regimen.nearest_indication();
    let root = indication.and_then(|it| it.explanation.as_ref());
    let criteria = root.map_or_else(Vec::new, conjuncts);
    let of = |truth: Truth| {
        let some = criteria.iter().filter(|node| node.verdict == truth);
        some.copied().collect::<Vec<_>>()
    };
    let listed = |key: &str, truth: Truth| {
        let some = of(truth);
        html! {
            @if !some.is_empty() {
                " " (words.text(key)) ": "
                @for (place, node) in some.into_iter().enumerate() { @if place > 0 { "; " } (label(sheet, node)) }
                "."
            }
        }
    };
    html! {
        strong { (name(sheet.context, sheet.reading, &regimen.id)) }
        @match indication {
            Some(indication) => {
                " (" span lang="en" { (indication.id) } ", " (indication.jurisdiction) " " (indication.in_force.from) ")."
                (sheet.notes.cite(sheet.context, &indication.source, false))
            }
            None => { ". " (words.fill("sheet.none-in-force", &[("date", &words.date(&sheet.reading.assessment.as_of))])) }
        }
        @match status {
            Status::May => { " " (words.text("sheet.board-met")) }
            Status::Depends => (listed("sheet.open", Truth::Unknown)),
            Status::Later | Status::NotNow => {
                (listed("sheet.unmet", Truth::False))
                (listed("sheet.open", Truth::Unknown))
            }
            Status::Trial => {}
        }
        @match status {
            Status::May | Status::Depends => (warnings(sheet, regimen)),
            Status::Later | Status::NotNow | Status::Trial => {}
        }
    }
}

/// How many cautions of each gravity this person meets, and how many of the grave ones are open.
fn warnings(sheet: &Sheet<'_, '_, '_>, regimen: &Regimen) -> Markup {
    let words = sheet.context.words;
    let count = |severity: &str, verdict: Truth| {
        let all = regimen.cautions.iter().map(Arc::as_ref);
        let met =
            |it: &&Caution| it.severity == severity && it.verdict == verdict && !it.unverified;
        all.filter(met).count()
    };
    let grave = ["contraindication", "boxed"];
    let open: usize = grave.iter().map(|it| count(it, Truth::Unknown)).sum();
    html! {
        @for severity in ["contraindication", "boxed", "caution"] {
            @let met = count(severity, Truth::True);
            @if met > 0 { " " (words.text(&format!("sheet.severity-{severity}"))) " " (met) "." }
        }
        @if open > 0 { " " (words.count("sheet.grave-open", open)) }
    }
}

/// The trials behind each regimen that is met or open.
fn figures(sheet: &Sheet<'_, '_, '_>) -> Markup {
    let words = sheet.context.words;
    let groups = sheet.reading.groups();
    let fitting = [Status::May, Status::Depends];
    let fitting = fitting.iter().filter_map(|status| groups.get(status));
    let fitting: Vec<&Regimen> = fitting.flatten().copied().collect();
    let full = fitting.len() <= FULL;
    let head = ["sheet.regimens", "sheet.col-trials", "sheet.col-brain"];
    html! {
        table.evidence {
            thead { tr { @for key in head { th scope="col" { (words.text(key)) } } } }
            tbody {
                @for regimen in fitting {
                    tr {
                        th scope="row" { (name(sheet.context, sheet.reading, &regimen.id)) }
                        td { @if full { (evidence::headline(sheet, regimen)) } @else { (evidence::headline_short(sheet, regimen)) } }
                        td { @if full { (evidence::brain(sheet, regimen)) } @else { (evidence::brain_short(sheet, regimen)) } }
                    }
                }
            }
        }
    }
}

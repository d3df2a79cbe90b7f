//! Figures of trials, each with its interval, its people and its source.

use super::Sheet;
use super::word;
use crate::learn::registry;
use maud::{Markup, html};
use waymark_engine::bundle::{Compared, Endpoint, Status};
use waymark_engine::wire::{Figure, Regimen, Trial, TrialResult};

const BRAIN: [Endpoint; 4] = [
    Endpoint::IntracranialResponse,
    Endpoint::IntracranialPfs,
    Endpoint::IntracranialResponseTime,
    Endpoint::IntracranialEvent,
];

fn trials(regimen: &Regimen) -> &[Trial] {
    regimen.evidence.as_deref().unwrap_or_default()
}

/// The trials that approvals rest on, with the first figure each of growth, survival and response in all people.
pub(super) fn headline(sheet: &Sheet<'_, '_, '_>, regimen: &Regimen) -> Markup {
    let words = sheet.context.words;
    let pivotal = trials(regimen).iter().filter(|trial| trial.pivotal);
    let studied = trials(regimen)
        .iter()
        .filter(|trial| !trial.pivotal)
        .count();
    html! {
        @for trial in pivotal {
            p { strong lang="en" { (trial.name) } " " (size(sheet, trial)) }
            ul {
                @for endpoint in [Endpoint::Pfs, Endpoint::Ttp, Endpoint::Os, Endpoint::Orr] {
                    @let first = trial.results.iter().find(|row| row.endpoint == endpoint && row.population.is_none());
                    @if let Some(row) = first { li { (line(sheet, row)) } }
                }
            }
        }
        @if studied > 0 { p.small { (words.count("sheet.studied", studied)) } }
    }
}

/// Whether any figure of it is on the brain.
pub(super) fn has_brain_data(regimen: &Regimen) -> bool {
    !rows(regimen, |row| BRAIN.contains(&row.endpoint)).is_empty()
}

/// The first trial that an approval rests on, with its figures of growth and survival in one line.
pub(super) fn headline_short(sheet: &Sheet<'_, '_, '_>, regimen: &Regimen) -> Markup {
    let first = |trial: &Trial, endpoint: Endpoint| {
        let mut rows = trial.results.iter();
        rows.find(|row| row.endpoint == endpoint && row.population.is_none())
            .map(|row| html! { li { (line(sheet, row)) } })
    };
    html! {
        @if let Some(trial) = trials(regimen).iter().find(|trial| trial.pivotal) {
            strong lang="en" { (trial.name) } ": "
            ul { @for endpoint in [Endpoint::Pfs, Endpoint::Os] { @if let Some(row) = first(trial, endpoint) { (row) } } }
        }
    }
}

/// What was seen in the brain, one line for each figure.
pub(super) fn brain(sheet: &Sheet<'_, '_, '_>, regimen: &Regimen) -> Markup {
    let words = sheet.context.words;
    let rows = rows(regimen, |row| BRAIN.contains(&row.endpoint));
    html! {
        @if rows.is_empty() { p.small { (words.text("sheet.no-brain-data")) } }
        @else { ul { @for (trial, row) in rows { li { span lang="en" { (trial.name) } ": " (line(sheet, row)) } } } }
    }
}

/// The first figure in the brain, and how many more there are.
pub(super) fn brain_short(sheet: &Sheet<'_, '_, '_>, regimen: &Regimen) -> Markup {
    let rows = rows(regimen, |row| BRAIN.contains(&row.endpoint));
    let more = rows.len().saturating_sub(1);
    html! {
        @if let Some((trial, row)) = rows.first() {
            span lang="en" { (trial.name) } ": " (line(sheet, row))
            @if more > 0 { " " (sheet.context.words.count("sheet.board-rest", more)) }
        } @else { (sheet.context.words.text("sheet.no-brain-data")) }
    }
}

/// Side effects of grade 3 or more in the trials that approvals rest on.
pub(super) fn severe(sheet: &Sheet<'_, '_, '_>, regimen: &Regimen) -> Markup {
    let is_severe = |row: &TrialResult| {
        row.endpoint == Endpoint::SideEffect
            && row.grade.as_ref().is_some_and(|it| it.starts_with('3'))
    };
    let mut rows = rows(regimen, is_severe);
    rows.retain(|(trial, _)| trial.pivotal);
    let words = sheet.context.words;
    html! {
        @if !rows.is_empty() {
            p.small { (words.text("sheet.severe")) }
            ul.small { @for (trial, row) in rows { li { span lang="en" { (trial.name) } ": " (line(sheet, row)) } } }
        }
    }
}

fn rows(regimen: &Regimen, wanted: impl Fn(&TrialResult) -> bool) -> Vec<(&Trial, &TrialResult)> {
    let trials = trials(regimen).iter();
    let rows = trials.flat_map(|trial| trial.results.iter().map(move |row| (trial, row)));
    rows.filter(|(_, row)| wanted(row)).collect()
}

/// Every trial of a regimen with all of its figures.
pub(super) fn all(sheet: &Sheet<'_, '_, '_>, regimen: &Regimen) -> Markup {
    let words = sheet.context.words;
    let head = [
        "sheet.ev-what",
        "sheet.ev-given",
        "sheet.ev-comparator",
        "sheet.ev-compared",
    ]
    .map(|key| words.text(key));
    html! {
        @if trials(regimen).is_empty() { p.small { (words.text("sheet.no-trials")) } }
        @for trial in trials(regimen) {
            @let id = format!("figures-{}-{}", regimen.id, trial.id);
            h4 id=(id) lang="en" { (trial.name) }
            p {
                (words.text(if trial.pivotal { "sheet.of-approval" } else { "sheet.also-studied" })) ". " (size(sheet, trial)) ". "
                span lang="en" {
                    (trial.given)
                    @if let Some(other) = &trial.comparator { " / " (other) } @else { " / " (words.text("sheet.single-arm")) }
                    ". " (trial.population) ". " (trial.published) "."
                }
            }
            @if trial.results.is_empty() { p.small { (words.text("sheet.no-figures")) } }
            @else {
                div.scroll tabindex="0" role="group" aria-labelledby=(id) {
                    table.numbers {
                        thead { tr { @for cell in head { th scope="col" { (cell) } } } }
                        tbody {
                            @for row in &trial.results {
                                tr {
                                    th scope="row" { (about(sheet, row)) (cited(sheet, row)) }
                                    td { (row.given.as_ref().map_or(String::new(), |it| figure(sheet, it, row))) }
                                    td { (row.comparator.as_ref().map_or(String::new(), |it| figure(sheet, it, row))) }
                                    td { (compared(sheet, row)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Registry number, phase, number of people.
fn size(sheet: &Sheet<'_, '_, '_>, trial: &Trial) -> Markup {
    let words = sheet.context.words;
    html! {
        "(" (registry(sheet.context, &trial.nct, trial.nct_unverified))
        @if let Some(phase) = &trial.phase { ", " (words.fill("learn.phase", &[("phase", phase)])) }
        @if let Some(people) = trial.people {
            ", " (words.fill("learn.people", &[("n", &people.to_string())]))
            @if let (Some(given), Some(other)) = (trial.people_given, trial.people_comparator) { " (" (given) " / " (other) ")" }
        }
        ")"
    }
}

/// A figure and what it is compared with, in one line.
fn line(sheet: &Sheet<'_, '_, '_>, row: &TrialResult) -> Markup {
    let both: Vec<String> = [&row.given, &row.comparator]
        .into_iter()
        .flatten()
        .map(|it| figure(sheet, it, row))
        .collect();
    let compared = compared(sheet, row);
    html! {
        (about(sheet, row)) ": "
        (both.join(" / "))
        @if !both.is_empty() && !compared.is_empty() { "; " }
        (compared)
        (cited(sheet, row))
    }
}

fn cited(sheet: &Sheet<'_, '_, '_>, row: &TrialResult) -> Markup {
    sheet
        .notes
        .cite(sheet.context, &row.source, row.status == Status::Memory)
}

/// What a row is about: endpoint, event, grade, measure, people, analysis.
fn about(sheet: &Sheet<'_, '_, '_>, row: &TrialResult) -> Markup {
    let words = sheet.context.words;
    let measure = row.measure.as_ref().map(word);
    let measure = measure.filter(|it| it == "median" || it == "mean");
    let more: Vec<&str> = [
        &row.population,
        &row.arm,
        &row.by,
        &row.analysis,
        &row.at,
        &row.note,
    ]
    .into_iter()
    .flatten()
    .map(String::as_str)
    .collect();
    html! {
        (words.text(&format!("sheet.end-{}", word(&row.endpoint))))
        @if let Some(what) = &row.what { " " span lang="en" { (what) } }
        @if let Some(grade) = &row.grade { " (" (words.text("sheet.grade")) " " span lang="en" { (grade) } ")" }
        @if let Some(measure) = measure { ", " (words.text(&format!("sheet.{measure}"))) }
        @if !more.is_empty() { ", " span lang="en" { (more.join(", ")) } }
    }
}

fn figure(sheet: &Sheet<'_, '_, '_>, figure: &Figure, row: &TrialResult) -> String {
    let unit = row.unit.as_deref().unwrap_or("");
    let value = interval(
        sheet,
        &figure.value,
        figure.low.as_deref(),
        figure.high.as_deref(),
        figure.about,
        unit,
    );
    match figure.of {
        Some(of) => format!("{value} [n = {of}]"),
        None => value,
    }
}

fn compared(sheet: &Sheet<'_, '_, '_>, row: &TrialResult) -> String {
    let words = sheet.context.words;
    let compared = row.compared.as_ref().map(|it| {
        let (name, unit) = match it.measure {
            Compared::HazardRatio => ("sheet.hazard-ratio", ""),
            Compared::Difference => ("sheet.difference", row.unit.as_deref().unwrap_or("")),
            Compared::RiskReduction => ("sheet.risk-reduction", "%"),
        };
        let (low, high) = (it.low.as_deref(), it.high.as_deref());
        let value = interval(sheet, &it.value, low, high, it.about, unit);
        format!("{} {value}", words.text(name))
    });
    let p = row.p.as_ref().map(|p| format!("p = {p}"));
    let told: Vec<String> = compared.into_iter().chain(p).collect();
    told.join(", ")
}

/// A value with its confidence interval, 95 % unless the row says otherwise.
fn interval(
    sheet: &Sheet<'_, '_, '_>,
    value: &str,
    low: Option<&str>,
    high: Option<&str>,
    about: bool,
    unit: &str,
) -> String {
    let words = sheet.context.words;
    let about = if about { words.text("sheet.about") } else { "" };
    let is_number = value.starts_with(|it: char| it.is_ascii_digit());
    let value = if is_number && unit == "%" {
        words.fill("sheet.percent", &[("n", value)])
    } else {
        value.to_owned()
    };
    let unit = match unit {
        "months" => words.text("sheet.months"),
        "weeks" => words.text("sheet.weeks"),
        _ => "",
    };
    let mut told = String::new();
    for part in [about, &value, if is_number { unit } else { "" }] {
        if !part.is_empty() {
            if !told.is_empty() {
                told.push(' ');
            }
            told.push_str(part);
        }
    }
    match (low, high) {
        (Some(low), Some(high)) => format!("{told} ({} {low}–{high})", words.text("sheet.ci")),
        _ => told,
    }
}

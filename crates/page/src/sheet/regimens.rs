//! Every regimen once, grouped by status: first in one table, then each with all that stands behind it.

use super::{Sheet, criteria, evidence};
use crate::Status;
use crate::learn::graded;
use crate::result::card::{Holds, holds};
use crate::result::{name, shape};
use maud::{Markup, html};
use std::sync::Arc;
use waymark_engine::bundle::Rule;
use waymark_engine::wire::{Caution, Indication, Regimen, Truth, Verdict};

const COLUMNS: [&str; 5] = [
    "sheet.col-regimen",
    "sheet.col-criteria",
    "sheet.col-trials",
    "sheet.col-brain",
    "sheet.col-cautions",
];

pub(super) fn table(sheet: &Sheet<'_, '_, '_>) -> Markup {
    let words = sheet.context.words;
    let head = COLUMNS.map(|key| words.text(key));
    sheet.section("regimens", &html! {
        p { strong { (words.text("sheet.not-head-to-head")) } }
        div.scroll tabindex="0" role="group" aria-labelledby="h-regimens" {
            table.stack.regimens {
                thead { tr { @for cell in head { th scope="col" { (cell) } } } }
                @for (status, regimens) in &sheet.reading.groups() {
                    tbody id={ "group-" (status.word()) } {
                        tr.group {
                            th scope="rowgroup" colspan=(COLUMNS.len()) {
                                (shape(*status)) (words.text(&format!("status.{}", status.word())))
                                " (" (regimens.len()) ")"
                            }
                        }
                        @for regimen in regimens { (row(sheet, regimen, *status, head)) }
                    }
                }
            }
        }
    })
}

fn row(sheet: &Sheet<'_, '_, '_>, regimen: &Regimen, status: Status, head: [&str; 5]) -> Markup {
    let words = sheet.context.words;
    let nearest = regimen.nearest_indication();
    html! {
        tr data-regimen=(regimen.id) data-status=(status.word()) {
            th scope="row" data-label=(head[0]) {
                (sheet.regimen_link(&regimen.id))
                @for rule in dose(sheet, &regimen.id) {
                    p.small { span lang="en" { (rule.text) } (sheet.notes.cite(sheet.context, &rule.source, is_memory(rule.status))) }
                }
            }
            td data-label=(head[1]) {
                @match nearest {
                    Some(indication) => {
                        p.small { (approved(sheet, indication)) }
                        (criteria::lines(sheet, indication))
                    }
                    None => p { (words.fill("sheet.none-in-force", &[("date", &words.date(&sheet.reading.assessment.as_of))])) },
                }
            }
            td data-label=(head[2]) { (evidence::headline(sheet, regimen)) }
            td data-label=(head[3]) { (evidence::brain(sheet, regimen)) }
            td data-label=(head[4]) { (hit(sheet, regimen)) (evidence::severe(sheet, regimen)) }
        }
    }
}

fn is_memory(status: waymark_engine::bundle::Status) -> bool {
    status == waymark_engine::bundle::Status::Memory
}

/// How it is given: the rules of the regimen, else those of its medicines.
fn dose<'g>(sheet: &Sheet<'_, 'g, '_>, id: &str) -> Vec<&'g Rule> {
    let bundle = &sheet.reading.guide.bundle;
    let Some(entry) = bundle.regimen(id) else {
        return Vec::new();
    };
    let is_dose = |rule: &&'g Rule| rule.topic == "dose";
    let own: Vec<&Rule> = entry.rules.iter().filter(is_dose).collect();
    if !own.is_empty() {
        return own;
    }
    let medicines = entry.medicines.iter().filter_map(|id| bundle.medicine(id));
    medicines
        .flat_map(|medicine| medicine.rules.iter().filter(is_dose))
        .collect()
}

/// The label behind a verdict: its id, region, days, kind of approval and source.
fn approved(sheet: &Sheet<'_, '_, '_>, indication: &Indication) -> Markup {
    let words = sheet.context.words;
    let bundle = &sheet.context.guide.bundle;
    let approval = bundle
        .content()
        .regimens
        .iter()
        .flat_map(|it| &it.indications)
        .find(|it| it.id == indication.id)
        .and_then(|it| it.approval.clone());
    let from = words.date(&indication.in_force.from);
    html! {
        span lang="en" { (indication.id) } ", " (indication.jurisdiction) ", "
        @match &indication.in_force.to {
            None => (words.fill("learn.since", &[("date", &from)])),
            Some(to) => (words.fill("learn.from-to", &[("from", &from), ("to", &words.date(to))])),
        }
        @if let Some(approval) = approval { ", " (words.text(&format!("learn.approval-{approval}"))) }
        @if let Some(source) = bundle.source(&indication.source) {
            ". " span lang="en" { (source.title) } ", " (words.date(&source.date))
        }
        (sheet.notes.cite(sheet.context, &indication.source, indication.status == "memory"))
    }
}

/// Every warning and caution that this person meets, gravest first, and how many stay open. All of them stand below.
fn hit(sheet: &Sheet<'_, '_, '_>, regimen: &Regimen) -> Markup {
    let words = sheet.context.words;
    let is_met = |it: &&Caution| it.verdict == Truth::True && !it.unverified;
    let all = || regimen.cautions.iter().map(Arc::as_ref);
    let met = all().filter(is_met);
    let (mild, grave): (Vec<&Caution>, Vec<&Caution>) =
        met.partition(|it| it.severity == "caution");
    let open = all().filter(|it| it.verdict == Truth::Unknown);
    let (mild_open, grave_open): (Vec<&Caution>, Vec<&Caution>) =
        open.partition(|it| it.severity == "caution");
    html! {
        @if !(grave.is_empty() && mild.is_empty()) {
            ul { @for it in grave.into_iter().chain(mild) { li { (caution(sheet, it)) } } }
        }
        @if !grave_open.is_empty() { p { (words.count("sheet.grave-open", grave_open.len())) } }
        @if !mild_open.is_empty() { p.small { (words.count("sheet.cautions-open", mild_open.len())) } }
    }
}

fn caution(sheet: &Sheet<'_, '_, '_>, caution: &Caution) -> Markup {
    let words = sheet.context.words;
    let field = format!("cautions.{}.text", caution.id);
    let english = entry_text(sheet, &caution.id);
    let said = english.map(|(kind, id, english)| words.said(kind, id, &field, english));
    html! {
        strong { (words.text(&format!("sheet.severity-{}", caution.severity))) } " "
        @match holds(&sheet.context.guide.bundle, caution) {
            Some(Holds::Everyone) => (words.text("sheet.every-patient")),
            Some(Holds::Told | Holds::Open) | None => (criteria::sign(sheet, caution.verdict)),
        }
        ": "
        @match said {
            Some(said) => (words.safe(said)),
            None => span lang="en" { (caution.text) },
        }
        (sheet.notes.cite(sheet.context, &caution.source, caution.unverified))
    }
}

/// Kind and id of the entry that holds a caution, and its English.
fn entry_text<'g>(sheet: &Sheet<'_, 'g, '_>, id: &str) -> Option<(&'static str, &'g str, &'g str)> {
    let content = sheet.reading.guide.bundle.content();
    let medicines = content.medicines.iter();
    let medicines =
        medicines.flat_map(|it| it.cautions.iter().map(move |c| ("medicine", &*it.id, c)));
    let regimens = content.regimens.iter();
    let regimens = regimens.flat_map(|it| it.cautions.iter().map(move |c| ("regimen", &*it.id, c)));
    let mut all = medicines.chain(regimens);
    all.find(|(_, _, caution)| caution.id == id)
        .map(|(kind, entry, caution)| (kind, entry, &*caution.text))
}

/// Everything behind each regimen: the appendix of the sheet.
pub(super) fn details(sheet: &Sheet<'_, '_, '_>) -> Markup {
    sheet.section(
        "details",
        &html! {
            @for (status, regimens) in &sheet.reading.groups() {
                @for regimen in regimens { (detail(sheet, regimen, *status)) }
            }
        },
    )
}

fn detail(sheet: &Sheet<'_, '_, '_>, regimen: &Regimen, status: Status) -> Markup {
    let words = sheet.context.words;
    html! {
        article.detail id={ "regimen-" (regimen.id) } data-status=(status.word()) {
            h3 { (shape(status)) (name(sheet.context, sheet.reading, &regimen.id)) }
            p { (words.text(&format!("status.{}", status.word()))) ". " span lang="en" { (regimen.why) } }
            @if regimen.basis == "guideline" { p.small { (words.text("sheet.basis-guideline")) } }
            h4 { (words.text("sheet.uses")) }
            @for indication in &regimen.indications { (used(sheet, regimen, indication)) }
            @if !regimen.given.is_empty() {
                p {
                    (words.text("sheet.given")) ": "
                    span lang="en" {
                        @for (place, given) in regimen.given.iter().enumerate() {
                            @if place > 0 { "; " }
                            (given.medicine) ", " (given.from) "–" (given.to.as_deref().unwrap_or("?"))
                            @if let Some(stopped) = &given.stopped { ", " (stopped) }
                        }
                    }
                }
            }
            (positions(sheet, regimen))
            @if !regimen.cautions.is_empty() {
                h4 { (words.text("sheet.cautions")) }
                ul { @for it in &regimen.cautions { li { (caution(sheet, it)) } } }
            }
            (rules(sheet, regimen))
            (evidence::all(sheet, regimen))
        }
    }
}

/// An approved use, judged line by line or listed with its days.
fn used(sheet: &Sheet<'_, '_, '_>, regimen: &Regimen, indication: &Indication) -> Markup {
    let words = sheet.context.words;
    let field = format!("indications.{}", indication.id);
    let entry = sheet.reading.entry(regimen);
    let entry = entry.and_then(|it| it.indications.iter().find(|it| it.id == indication.id));
    html! {
        div.use data-indication=(indication.id) {
            p {
                @if let Some(entry) = entry {
                    (words.span(words.said("regimen", &regimen.id, &format!("{field}.text"), &entry.text)))
                }
                " " span.small { (approved(sheet, indication)) }
            }
            @if let Some(entry) = entry && let Some(caveat) = &entry.caveat {
                p.small { (words.span(words.said("regimen", &regimen.id, &format!("{field}.caveat"), caveat))) }
            }
            @match indication.verdict {
                Verdict::NotInForce => p.small { (words.fill("sheet.not-in-force", &[("date", &words.date(&sheet.reading.assessment.as_of))])) },
                Verdict::OutsideGuide => p.small { (words.text("sheet.outside")) },
                Verdict::Indicated | Verdict::Unknown | Verdict::NotIndicated => {
                    // The nearest one stands line by line in the table.
                    @if regimen.nearest.as_ref() != Some(&indication.id) { (criteria::lines(sheet, indication)) }
                }
            }
        }
    }
}

fn positions(sheet: &Sheet<'_, '_, '_>, regimen: &Regimen) -> Markup {
    let words = sheet.context.words;
    let entry = sheet.reading.entry(regimen);
    html! {
        @if !regimen.positions.is_empty() {
            h4 { (words.text("sheet.positions")) }
            ul {
                @for position in &regimen.positions {
                    @let written = entry.and_then(|it| it.positions.iter().find(|it| it.id == position.id));
                    li data-position=(position.id) {
                        @if let Some(verdict) = position.verdict { (criteria::sign(sheet, verdict)) ": " }
                        @if let Some(written) = written {
                            (words.span(words.said("regimen", &regimen.id, &format!("positions.{}.text", position.id), &written.text)))
                        }
                        (graded(sheet.context, position.strength.as_deref(), position.quality.as_deref()))
                        (sheet.notes.cite(sheet.context, &position.source, position.unverified))
                        @if let Some(differs) = written.and_then(|it| it.differs.as_ref()) {
                            p.small { strong { (words.text("learn.differs")) } " "
                                (words.span(words.said("regimen", &regimen.id, &format!("positions.{}.differs", position.id), differs))) }
                        }
                    }
                }
            }
        }
    }
}

/// What the labels say beside their uses: reductions, monitoring, interactions.
fn rules(sheet: &Sheet<'_, '_, '_>, regimen: &Regimen) -> Markup {
    let words = sheet.context.words;
    let bundle = &sheet.reading.guide.bundle;
    let Some(entry) = sheet.reading.entry(regimen) else {
        return html! {};
    };
    let alternatives = entry.one_of.iter().flatten();
    let medicines = entry.medicines.iter().chain(alternatives);
    let medicines = medicines.filter_map(|id| bundle.medicine(id));
    let mut rules: Vec<(&str, &Rule)> = entry.rules.iter().map(|rule| ("", rule)).collect();
    rules.extend(medicines.flat_map(|it| it.rules.iter().map(|rule| (&*it.name, rule))));
    html! {
        @if !rules.is_empty() {
            details {
                summary { (words.count("sheet.rules", rules.len())) }
                ul lang="en" {
                    @for (medicine, rule) in rules {
                        li {
                            @if !medicine.is_empty() { (medicine) ", " }
                            (rule.topic.replace('-', " ")) ": " (rule.text)
                            (sheet.notes.cite(sheet.context, &rule.source, is_memory(rule.status)))
                        }
                    }
                }
            }
        }
    }
}

//! Treatments so far: a bar each, and the same rows as a table.

use super::view::View;
use crate::answers::Ended;
use maud::{Markup, html};
use waymark_criteria::DateBounds;
use waymark_engine::bundle::AnswerForm;
use waymark_engine::wire::lines::Episode;

/// One treatment. Its place in the list is its place in time: no date is needed.
pub(crate) struct Row {
    pub(crate) medicines: String,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) ended: Ended,
    /// For early cancer.
    early: bool,
}

/// The treatments as the person told them, else as a record gives them.
pub(crate) fn rows(view: &View<'_, '_, '_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for question in &view.bundle().content().questions {
        if question.answer != AnswerForm::Treatments {
            continue;
        }
        let given = view.reading.answers.get(&question.id);
        for treatment in given.into_iter().flat_map(|it| &it.treatments) {
            rows.push(Row {
                medicines: crate::ask::medicines(view.context, question, treatment).join(" + "),
                from: treatment.from.clone(),
                to: treatment.to.clone(),
                ended: treatment.ended,
                early: false,
            });
        }
    }
    if rows.is_empty() {
        rows.extend(view.reading.lines.episodes.iter().map(|it| row(view, it)));
    }
    rows
}

fn row(view: &View<'_, '_, '_>, episode: &Episode) -> Row {
    let name = |id: &String| {
        let medicine = view.bundle().medicine(id);
        medicine.map_or_else(|| id.clone(), |it| it.name.clone())
    };
    let names: Vec<String> = episode
        .medicines
        .iter()
        .map(|it| name(&it.medicine))
        .collect();
    let stopped = |why: &str| {
        let mut courses = episode.medicines.iter();
        courses.any(|it| it.stopped.as_deref() == Some(why))
    };
    let ended = if episode.ongoing {
        Ended::Ongoing
    } else if stopped("progression") || episode.growth.iter().any(|it| it.certain) {
        Ended::Grew
    } else if stopped("toxicity") {
        Ended::SideEffects
    } else if stopped("completed") {
        Ended::Planned
    } else if stopped("other") {
        Ended::Other
    } else {
        Ended::Unknown
    };
    Row {
        medicines: names.join(" + "),
        from: (episode.from != "?").then(|| episode.from.clone()),
        to: episode.to.clone(),
        ended,
        early: episode.setting == "early",
    }
}

pub(super) fn timeline(view: &View<'_, '_, '_>) -> Markup {
    let words = view.words();
    let rows = rows(view);
    html! {
        @if rows.is_empty() {
            p { (words.text("timeline.none")) }
            (view.tell(AnswerForm::Treatments, "timeline.tell"))
        } @else {
            figure.picture { (picture(view, &rows)) }
            (table(view, &rows))
            p.small { (words.text("timeline.check")) }
        }
    }
}

/// A treatment in one line.
pub(crate) fn line(view: &View<'_, '_, '_>, row: &Row) -> Markup {
    let words = view.words();
    let dates: Vec<String> = [&row.from, &row.to]
        .into_iter()
        .flatten()
        .map(|date| words.date(date))
        .collect();
    html! {
        (row.medicines)
        @if row.early { " (" (words.text("timeline.early")) ")" }
        @if !dates.is_empty() { ", " (dates.join(" – ")) }
        ": " (words.text(&format!("treatments.ended-{}", row.ended.word())))
    }
}

/// The table: everything that the picture shows, in words.
fn table(view: &View<'_, '_, '_>, rows: &[Row]) -> Markup {
    let words = view.words();
    let date = |date: &Option<String>| match date {
        Some(date) => words.date(date),
        None => words.text("timeline.no-date").to_owned(),
    };
    html! {
        div.scroll tabindex="0" role="group" aria-labelledby="timeline-caption" {
            table #timeline-table.stack {
                caption #timeline-caption { (words.text("timeline.caption")) }
                thead {
                    tr {
                        th scope="col" { (words.text("timeline.number")) }
                        th scope="col" { (words.text("timeline.medicines")) }
                        th scope="col" { (words.text("timeline.begun")) }
                        th scope="col" { (words.text("timeline.over")) }
                        th scope="col" { (words.text("timeline.ended")) }
                    }
                }
                tbody {
                    @for (number, row) in (1..).zip(rows) {
                        tr data-row=(number) {
                            th scope="row" { (number) }
                            td data-label=(words.text("timeline.medicines")) { (row.medicines) @if row.early { " (" (words.text("timeline.early")) ")" } }
                            td data-label=(words.text("timeline.begun")) { (date(&row.from)) }
                            td data-label=(words.text("timeline.over")) { @if row.ended == Ended::Ongoing { "–" } @else { (date(&row.to)) } }
                            td data-label=(words.text("timeline.ended")) { (words.text(&format!("treatments.ended-{}", row.ended.word()))) }
                        }
                    }
                }
            }
        }
    }
}

/// Width of the picture: what a screen of 320 px leaves it.
const WIDTH: usize = 256;
/// Height of a row.
const STEP: usize = 62;
/// Where bars begin and end.
const LEFT: i64 = 30;
const RIGHT: i64 = 226;

fn picture(view: &View<'_, '_, '_>, rows: &[Row]) -> Markup {
    let words = view.words();
    let height = rows.len() * STEP + 8;
    let spans = spans(view, rows);
    html! {
        svg.timeline viewBox={ "0 0 " (WIDTH) " " (height) } width=(WIDTH) height=(height) role="img" aria-labelledby="timeline-title timeline-desc" aria-describedby="timeline-table" {
            title #timeline-title { (words.text("timeline.title")) }
            desc #timeline-desc { (words.text("timeline.desc")) }
            path.solid d={ "M12 20V" (height - 12) } {}
            @for (index, (row, (from, to))) in rows.iter().zip(&spans).enumerate() {
                @let y = index * STEP;
                g data-row=(index + 1) {
                    circle.station cx="12" cy=(y + 22) r="7" {}
                    text x="30" y=(y + 27) font-size="15" font-weight="600" { (index + 1) ". " (shortened(&row.medicines)) }
                    // An end without a date is drawn dotted.
                    @let (soft_from, soft_to) = (row.from.is_none(), row.to.is_none() && row.ended != Ended::Ongoing);
                    @let (inner_from, inner_to) = (if soft_from { from + (to - from) / 3 } else { *from }, if soft_to { to - (to - from) / 3 } else { *to });
                    @if soft_from { path.dotted d={ "M" (from) " " (y + 44) "H" (inner_from) } {} }
                    path.solid d={ "M" (inner_from) " " (y + 44) "H" (inner_to) } {}
                    @if soft_to { path.dotted d={ "M" (inner_to) " " (y + 44) "H" (to) } {} }
                    (end(row.ended, *to + 14, y + 44))
                }
            }
        }
    }
}

/// The sign at the end of a bar; the table says it in words.
fn end(ended: Ended, x: i64, y: usize) -> Markup {
    let at = |dx: i64, dy: i64| format!("{} {}", x + dx, i64::try_from(y).unwrap_or(0) + dy);
    html! {
        @match ended {
            Ended::Ongoing => { path.end d={ "M" (at(-5, -6)) "L" (at(3, 0)) "L" (at(-5, 6)) } fill="none" stroke="currentColor" stroke-width="2.5" {} }
            Ended::Grew => { path.end d={ "M" (at(-6, 6)) "L" (at(0, -6)) "L" (at(6, 6)) "Z" } fill="currentColor" {} }
            Ended::SideEffects => { path.end d={ "M" (at(-5, -5)) "L" (at(5, 5)) "M" (at(5, -5)) "L" (at(-5, 5)) } fill="none" stroke="currentColor" stroke-width="2.5" {} }
            Ended::Planned => { path.end d={ "M" (at(-5, -5)) "h10v10h-10Z" } fill="none" stroke="currentColor" stroke-width="2.5" {} }
            Ended::Other => { path.end d={ "M" (at(0, -6)) "v12" } fill="none" stroke="currentColor" stroke-width="2.5" {} }
            Ended::Unknown => { text.end x=(x - 5) y=(y + 6) font-size="16" { "?" } }
        }
    }
}

/// Where each bar begins and ends: by its dates where every treatment has a first one, else side by side in order.
fn spans(view: &View<'_, '_, '_>, rows: &[Row]) -> Vec<(i64, i64)> {
    let day = |text: &str| {
        let bounds = DateBounds::parse(text)?;
        bounds.in_days().low
    };
    let today = view.context.request.today.to_days();
    let starts: Option<Vec<i64>> = rows
        .iter()
        .map(|row| row.from.as_deref().and_then(day))
        .collect();
    let width = RIGHT - LEFT;
    if let Some(starts) = starts
        && let Some(first) = starts.iter().min()
        && today > *first
    {
        let place =
            |day: i64| LEFT + (day - first).clamp(0, today - first) * width / (today - first);
        return rows
            .iter()
            .zip(&starts)
            .enumerate()
            .map(|(index, (row, start))| {
                let next = starts.get(index + 1).copied().unwrap_or(today);
                let end = match (row.ended, row.to.as_deref().and_then(day)) {
                    (Ended::Ongoing, _) => today,
                    (_, Some(end)) => end,
                    (_, None) => next.max(*start),
                };
                let from = place(*start);
                (from, place(end).max(from + 18).min(RIGHT + 14))
            })
            .collect();
    }
    let count = i64::try_from(rows.len()).unwrap_or(1).max(1);
    (0..count)
        .map(|index| {
            (
                LEFT + width * index / count,
                LEFT + width * (index + 1) / count - 4,
            )
        })
        .collect()
}

/// A label that fits the picture; the table has the whole of it.
fn shortened(names: &str) -> String {
    const FITS: usize = 25;
    if names.chars().count() <= FITS {
        return names.to_owned();
    }
    let kept: String = names.chars().take(FITS - 1).collect();
    format!("{}…", kept.trim_end())
}

//! Two to four options side by side: the same rows for each.

use crate::Reading;
use crate::ask::go;
use crate::respond::{Context, Page};
use crate::result::card::{CAUTIONS, answers, cautions};
use crate::result::numbers::{self, Depth};
use crate::result::options::{others, status};
use crate::result::view::{Answered, View, of_guidance, of_regimen};
use crate::result::{name, why};
use maud::{Markup, html};
use waymark_engine::bundle::Topic;
use waymark_engine::wire;

/// As many as stand side by side on a wide page.
const MOST: usize = 4;

/// One option, as a column.
struct Column<'g> {
    id: String,
    name: String,
    status: Markup,
    line: Markup,
    answers: Vec<Answered<'g>>,
}

pub(crate) fn compare(context: &Context<'_, '_>) -> Page {
    let words = context.words;
    let reading = context.reading(context.answers());
    let view = View::of(context, &reading);
    let all = columns(&view);
    let asked: Vec<&str> = context.request.fields.all("option").collect();
    let mut chosen: Vec<&Column<'_>> = all.iter().filter(|it| asked.contains(&&*it.id)).collect();
    let more = chosen.len() > MOST;
    chosen.truncate(MOST);
    let code = reading.answers.code();
    let ids: Vec<&str> = chosen.iter().map(|it| &*it.id).collect();
    let main = html! {
        h1 { (words.text("compare.title")) }
        p { (words.text("options.no-ranking")) }
        @if more { p.notice { (words.text("compare.most")) } }
        @if chosen.len() < 2 {
            p { (words.text("compare.choose")) }
        } @else {
            (numbers::choice(&view, "compare", &ids))
            (table(&view, &chosen))
        }
        section #choose aria-labelledby="h-choose" {
            h2 #h-choose { (words.text("compare.others")) }
            (form(&view, &all, &ids))
        }
        (go(context, &code, "page", "secondary", words.text("compare.back")))
        @if view.notes.count() > 0 {
            section #sources aria-labelledby="h-sources" {
                h2 #h-sources { (words.text("result.source-list")) }
                (view.notes.list(context))
            }
        }
    };
    Page {
        status: 200,
        title: words.text("compare.title").to_owned(),
        kind: "sheet",
        main,
        answers: reading.answers,
    }
}

fn columns<'g>(view: &View<'_, 'g, '_>) -> Vec<Column<'g>> {
    let words = view.words();
    let reading: &Reading<'_> = view.reading;
    let mut columns = Vec::new();
    for (group, regimens) in reading.groups() {
        for regimen in regimens {
            let Some(entry) = view.bundle().regimen(&regimen.id) else {
                continue;
            };
            columns.push(Column {
                id: regimen.id.to_string(),
                name: name(view.context, reading, &regimen.id).to_owned(),
                status: status(view, group),
                line: why::line(view, regimen, group),
                answers: of_regimen(view.bundle(), entry),
            });
        }
    }
    for guidance in others(view) {
        let Some(entry) = view.guidance(&guidance.id) else {
            continue;
        };
        let statement = words.said("guidance", &entry.id, "statement", &entry.statement);
        columns.push(Column {
            id: entry.id.clone(),
            name: words.text(&format!("options.{}", entry.id)).to_owned(),
            status: html! { (words.text("options.also")) },
            line: words.span(statement),
            answers: of_guidance(entry),
        });
    }
    columns
}

/// The rows of answers, each with the key of its name.
const ROWS: [(&str, Topic); 8] = [
    ("how-given", Topic::HowGiven),
    ("time-it-takes", Topic::TimeItTakes),
    ("gain", Topic::MayGain),
    ("face", Topic::MayFace),
    ("what-people-notice", Topic::WhatPeopleNotice),
    ("daily-life", Topic::DailyLife),
    ("how-studied", Topic::HowStudied),
    ("unknown", Topic::NotKnown),
];

fn table(view: &View<'_, '_, '_>, chosen: &[&Column<'_>]) -> Markup {
    let words = view.words();
    let regimens = &view.reading.assessment.regimens;
    let regimen = |id: &str| regimens.iter().find(|it: &&wire::Regimen| it.id == id);
    let row = |label: &str, cell: &dyn Fn(&Column<'_>) -> Markup| {
        html! {
            tr {
                th scope="row" { (label) }
                @for column in chosen { td data-label=(column.name) { (cell(column)) } }
            }
        }
    };
    html! {
        div.scroll tabindex="0" role="group" aria-labelledby="compare-caption" {
            table.stack.compare {
                caption #compare-caption { (words.text("compare.caption")) }
                thead {
                    tr {
                        td {}
                        @for column in chosen { th scope="col" data-option=(column.id) { (column.name) } }
                    }
                }
                tbody {
                    (row(words.text("compare.status"), &|column| column.status.clone()))
                    (row(words.text("card.why"), &|column| column.line.clone()))
                    @for (key, topic) in ROWS {
                        @let numbers = view.depth > Depth::Words && matches!(topic, Topic::MayGain | Topic::MayFace);
                        tr data-row=(key) {
                            th scope="row" {
                                (words.text(&format!("card.{key}")))
                                @if numbers { p.small.frames { (words.text("compare.frames")) } }
                            }
                            @for column in chosen { td data-label=(column.name) { (answers(view, &column.answers, topic)) } }
                        }
                    }
                    @for (key, holds) in CAUTIONS {
                        tr data-row=(key) {
                            th scope="row" { (words.text(key)) }
                            @for column in chosen {
                                td data-label=(column.name) {
                                    @match regimen(&column.id).and_then(|it| cautions(view, it, holds)) {
                                        Some(list) => (list),
                                        None => { p { (words.text("compare.nothing")) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn form(view: &View<'_, '_, '_>, all: &[Column<'_>], chosen: &[&str]) -> Markup {
    let words = view.words();
    html! {
        form method="post" action=(view.context.href("compare")) {
            input type="hidden" name="state" value=(view.reading.answers.code());
            ul.choices {
                @for column in all {
                    li {
                        label {
                            input type="checkbox" name="option" value=(column.id) checked[chosen.contains(&&*column.id)];
                            span { (column.name) }
                        }
                    }
                }
            }
            button.primary type="submit" { (words.text("options.compare")) }
        }
    }
}

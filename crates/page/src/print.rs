//! Two sheets of paper: a summary for the visit, and the questions with room to write.

use crate::ENGLISH;
use crate::ask::go;
use crate::respond::{Context, Page};
use crate::result::asks::{self, Ask};
use crate::result::card::{caution_said, is_personal};
use crate::result::options::{Groups, because, names, shape};
use crate::result::view::{View, medicines};
use crate::result::{call, drug, matters, name, settle, short, timeline};
use crate::{Fields, Status, trust};
use maud::{Markup, html};
use waymark_engine::wire;

/// How many reasons for which options depend on something, and facts that would settle something, fit the first sheet.
const REASONS: usize = 4;
const SETTLE: usize = 3;
/// Treatments beyond which fewer of these fit.
const LONG: usize = 6;
/// Options beyond which their brands do not fit.
const MANY: usize = 6;
/// Cautions for this person that fit.
const CAREFUL: usize = 4;
/// The part that is the summary once more, for a team that reads English.
const IN_ENGLISH: &str = "in-english";
/// Lines for notes: as many as fit the rest of the sheet are printed.
const NOTES: usize = 20;

pub(crate) fn print(context: &Context<'_, '_>) -> Page {
    let words = context.words;
    let reading = context.reading(context.answers());
    let view = View::of(context, &reading);
    let fields = &context.request.fields;
    let mut parts = vec!["summary", "questions"];
    if words.language() != ENGLISH {
        parts.push(IN_ENGLISH);
    }
    let parts: Vec<(&str, bool)> = parts
        .into_iter()
        .map(|part| (part, shows(fields, "parts", "part", part)))
        .collect();
    let wanted = |part: &str| parts.iter().any(|(it, wanted)| *it == part && *wanted);
    let asks = asks::asks(&view);
    let mut chosen: Vec<&Ask> = asks
        .iter()
        .enumerate()
        .filter(
            |(place, ask)| match fields.all("chosen").any(|it| it == "asks") {
                true => fields.all("ask").any(|id| id == ask.id),
                false => *place < asks::most(words),
            },
        )
        .map(|(_, ask)| ask)
        .collect();
    // More would run over the second sheet.
    chosen.truncate(asks::most(words));
    let code = reading.answers.code();
    let main = html! {
        h1 { (words.text("print.title")) }
        (form(&view, &parts, &asks, &chosen))
        @if wanted("summary") {
            section.sheet #summary aria-label=(words.text("print.summary")) { (summary(&view, &reading.groups())) (foot(&view)) }
        }
        @if wanted("questions") {
            section.sheet.page-two #my-questions aria-labelledby="h-my-questions" { (questions(&view, &chosen)) (foot(&view)) }
        }
        @if wanted(IN_ENGLISH) {
            @let context = in_english(context);
            @let view = View::of(&context, &reading);
            section.sheet.page-two #summary-english lang=(ENGLISH) aria-label=(view.words().text("print.summary")) {
                (summary(&view, &reading.groups())) (foot(&view))
            }
        }
        div.screen { (go(context, &code, "page", "secondary", words.text("compare.back"))) }
    };
    Page {
        status: 200,
        title: words.text("print.title").to_owned(),
        kind: "print",
        main,
        answers: reading.answers,
    }
}

/// The same request, to be told in English.
fn in_english<'g, 'r>(context: &Context<'g, 'r>) -> Context<'g, 'r> {
    Context {
        guide: context.guide,
        words: crate::Words::of(context.guide, ENGLISH),
        request: context.request,
        place: context.place,
        restored: context.restored.clone(),
    }
}

/// Whether a box is ticked; before a form was sent that holds them, all are but the summary in another language.
fn shows(fields: &Fields<'_>, form: &str, name: &str, value: &str) -> bool {
    let sent = fields.all("chosen").any(|it| it == form);
    fields.all(name).any(|it| it == value) || (!sent && value != IN_ENGLISH)
}

/// What is printed; itself never is.
fn form(view: &View<'_, '_, '_>, parts: &[(&str, bool)], asks: &[Ask], chosen: &[&Ask]) -> Markup {
    let words = view.words();
    let fields = &view.context.request.fields;
    html! {
        form #parts.screen method="post" action=(view.context.href("print")) {
            input type="hidden" name="state" value=(view.reading.answers.code());
            input type="hidden" name="chosen" value="parts";
            input type="hidden" name="chosen" value="asks";
            fieldset {
                legend { (words.text("print.parts")) }
                ul.choices {
                    @for (part, wanted) in parts {
                        li { label { input type="checkbox" name="part" value=(part) checked[*wanted]; span { (words.text(&format!("print.{part}"))) } } }
                    }
                }
            }
            details {
                summary { (words.text("print.choose")) }
                ul.choices {
                    @for ask in asks {
                        li { label { input type="checkbox" name="ask" value=(ask.id) checked[chosen.iter().any(|it| it.id == ask.id)]; span { (ask.text) } } }
                    }
                }
                label {
                    span { (words.text("asks.own")) }
                    textarea name="own-ask" rows="3" autocomplete="off" { (fields.get("own-ask").unwrap_or("")) }
                }
                label {
                    span { (words.text("print.own-matters")) }
                    textarea name="own" rows="2" autocomplete="off" { (fields.get("own").unwrap_or("")) }
                }
            }
            div.actions {
                button.secondary type="submit" { (words.text("print.update")) }
                button #print.primary type="button" hidden { (words.text("result.print")) }
            }
            p.hint { (words.text("print.how")) }
        }
    }
}

/// The first sheet.
fn summary(view: &View<'_, '_, '_>, groups: &Groups<'_>) -> Markup {
    let words = view.words();
    let rows = timeline::rows(view);
    let long = rows.len() > LONG;
    let values = matters::chosen(view);
    let own = view.context.request.fields.get("own").unwrap_or("").trim();
    html! {
        p.prepared { (words.text("print.prepared")) }
        h2 { (words.text("print.summary")) }
        p { (short::decision(view)) " " (short::stage(view)) }
        p { strong { (words.text("print.checks")) } }
        ul.strip.checks {
            @for (label, said) in short::facts(view) { li { "☐ " (label) ": " strong { (said) } } }
        }
        @if !rows.is_empty() {
            h3 { (words.text("result.timeline")) }
            ol.history {
                @for (number, row) in (1..).zip(&rows) { li data-row=(number) { (timeline::line(view, row)) } }
            }
        }
        h3 { (words.text("result.options")) }
        (options(view, groups, if long { REASONS / 2 } else { REASONS }))
        @let settle = settle::open(view);
        @if !settle.is_empty() {
            h3 { (words.text("print.settle")) }
            ul {
                @for it in settle.iter().take(if long { SETTLE / 2 } else { SETTLE }) {
                    @if let Some(fact) = view.fact(&it.fact) {
                        li {
                            (words.span(words.ask(fact))) " "
                            span.small { (words.span(words.said("fact", &fact.id, "how", &fact.how))) }
                        }
                    }
                }
            }
        }
        h3 { (words.text("result.matters")) }
        @if values.is_empty() && own.is_empty() {
            p.rule aria-hidden="true" {}
        } @else {
            ul.strip {
                @for value in &values { li { (words.span(*value)) } }
                @for line in own.lines().map(str::trim).filter(|it| !it.is_empty()) { li { (line) } }
            }
        }
        div.room aria-hidden="true" {
            div { p { strong { (words.text("print.notes")) } } p.rule {} }
            @for _ in 0..NOTES { p.rule {} }
        }
    }
}

fn options(view: &View<'_, '_, '_>, groups: &Groups<'_>, reasons: usize) -> Markup {
    let words = view.words();
    let of = |status: Status| groups.get(&status).map_or(&[][..], Vec::as_slice);
    let (may, depends) = (of(Status::May), of(Status::Depends));
    let head = |status: Status| {
        html! { p.status { (shape(status)) strong { (words.text(&format!("status.{}", status.word()))) } } }
    };
    let all = because(view, depends);
    let (first, rest) = all.split_at(all.len().min(reasons));
    let more: usize = rest.iter().map(|(_, regimens)| regimens.len()).sum();
    html! {
        p.small { (words.text("options.no-ranking")) }
        @if may.is_empty() {
            p { (words.text("options.none-yet")) }
        } @else {
            (head(Status::May))
            ul.options.strip[may.len() > MANY] {
                @for regimen in may {
                    li data-option=(regimen.id) { (name(view.context, view.reading, &regimen.id)) @if may.len() <= MANY { (brands(view, regimen)) } }
                }
            }
        }
        @let careful = careful(view, may);
        @if !careful.is_empty() {
            p { strong { (words.text("card.cautions-told")) } }
            ul { @for (regimen, caution) in careful.iter().take(CAREFUL) { li { (caution_said(view, regimen, caution)) } } }
            @if careful.len() > CAREFUL { p { (words.text("print.more-careful")) } }
        }
        @if !depends.is_empty() {
            (head(Status::Depends))
            ul.options {
                @for (reason, regimens) in first {
                    li { (reason) (names(view, regimens)) }
                }
            }
            @if more > 0 { p { (words.count("print.more", more)) } }
        }
        p { (words.text("print.also")) }
    }
}

/// What must be thought of first of these options because of something known of the person, each said once.
fn careful<'r>(
    view: &View<'_, '_, '_>,
    may: &[&'r wire::Regimen],
) -> Vec<(&'r wire::Regimen, &'r wire::Caution)> {
    let mut found: Vec<(&wire::Regimen, &wire::Caution)> = Vec::new();
    for regimen in may {
        let all = regimen.cautions.iter().map(std::sync::Arc::as_ref);
        for caution in all.filter(|it| is_personal(view, it)) {
            let same = |it: &wire::Caution| it.id == caution.id && it.medicine == caution.medicine;
            if !found.iter().any(|(_, it)| same(it)) {
                found.push((regimen, caution));
            }
        }
    }
    found
}

/// The brands of an option, behind its name.
fn brands(view: &View<'_, '_, '_>, regimen: &wire::Regimen) -> String {
    let entry = view.bundle().regimen(&regimen.id);
    let medicines = entry.map_or_else(Vec::new, |it| medicines(view.bundle(), it));
    let brands = drug::brands(&medicines);
    if brands.is_empty() {
        String::new()
    } else {
        format!(": {}", brands.join(", "))
    }
}

/// The second sheet.
fn questions(view: &View<'_, '_, '_>, chosen: &[&Ask]) -> Markup {
    let words = view.words();
    let own = view.context.request.fields.get("own-ask").unwrap_or("");
    let own: Vec<&str> = own
        .lines()
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .collect();
    let rules = html! { p.rule aria-hidden="true" {} p.rule aria-hidden="true" {} };
    html! {
        h2 #h-my-questions { (words.text("print.questions")) }
        p { strong { (words.text("print.read-with-me")) } }
        @if words.language() != ENGLISH { p lang=(ENGLISH) { (crate::Words::of(view.context.guide, ENGLISH).text("print.read-with-me")) } }
        ol.write {
            @for ask in chosen {
                li data-ask=(ask.id) {
                    p { (ask.text) }
                    @if words.language() != ENGLISH { p.english lang=(ENGLISH) { (ask.english) } }
                    (rules)
                }
            }
            @for line in &own { li { p { (line) } (rules) } }
            li { (rules) }
        }
        h3 { (words.text("result.call")) }
        p { (call::in_short(view)) }
        p { strong { (words.text(call::emergency(view))) } " " (words.text("call.write")) " ____________________" }
        @if let Some(line) = &view.context.guide.site.help_line { p { (trust::help_line(view.context, line)) } }
    }
}

/// What stands at the foot of each sheet.
fn foot(view: &View<'_, '_, '_>) -> Markup {
    let words = view.words();
    let content = view.bundle().content();
    html! {
        p.small {
            (words.text("print.not-advice")) " "
            (words.fill("print.version", &[("version", &content.version), ("date", &words.date(&content.publisher.released))]))
            " " (words.fill("result.made-on", &[("date", &words.date(&view.reading.assessment.as_of))]))
            " " (words.fill("print.funding", &[("funding", words.text("about.knowledge-funding"))]))
        }
    }
}

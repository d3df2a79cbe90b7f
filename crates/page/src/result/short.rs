//! The head of the page: for whom it is, what was told, what is to be decided, and how to use it.

use super::card::is_personal;
use super::options::Groups;
use super::stage::{Decision, Stage};
use super::view::View;
use crate::Status;
use crate::ask::go;
use maud::{Markup, html};
use waymark_criteria::Truth;
use waymark_engine::wire;

/// Sites of metastases that have a fact of their own, each with the key of its word.
const SITES: [(&str, &str); 5] = [
    ("bone-metastases", "site-bone"),
    ("liver-metastases", "site-liver"),
    ("lung-metastases", "site-lung"),
    ("brain-metastases", "site-brain"),
    ("leptomeningeal-disease", "site-fluid"),
];

/// Title, date and what is to be decided.
pub(super) fn head(view: &View<'_, '_, '_>) -> Markup {
    let words = view.words();
    let reading = view.reading;
    html! {
        header.you {
            h1 { (words.text("result.title")) }
            @if reading.answers.chose("audience", "carer") { p { (words.text("result.carer")) } }
            p #decision.lead { (decision(view)) }
            p.small { (words.fill("result.made-on", &[("date", &words.date(&view.reading.assessment.as_of))])) }
        }
    }
}

/// The answers, each with a way to change it, and a calm count.
pub(super) fn answers(view: &View<'_, '_, '_>) -> Markup {
    let words = view.words();
    let reading = view.reading;
    let code = reading.answers.code();
    let path = reading.path();
    let (answered, of) = (path.answered(), path.len());
    html! {
        @if view.context.request.chart.is_some() {
            p { (words.text("result.from-record")) }
        } @else if reading.answers.is_empty() {
            p { (words.text("result.nothing-told")) }
        } @else {
            p { (words.fill("result.answered", &[("n", &answered.to_string()), ("of", &of.to_string())])) }
            details {
                summary { (words.text("result.told-more")) }
                (crate::ask::answers(view.context, reading, path.questions().filter(|it| reading.answers.get(&it.id).is_some())))
            }
        }
        @if view.context.request.chart.is_none() { (crate::ask::conflicts(view.context, reading)) }
        @if !reading.left_out.is_empty() { p.notice { (words.text("result.left-out")) } }
        @if answered < of {
            (go(view.context, &code, "q", "secondary", words.text(if reading.answers.is_empty() { "result.begin" } else { "result.go-on" })))
        }
    }
}

/// Three sentences, and four steps.
pub(super) fn short(view: &View<'_, '_, '_>, groups: &Groups<'_>) -> Markup {
    let words = view.words();
    let count = |status| groups.get(&status).map_or(0, Vec::len);
    let (may, depends) = (count(Status::May), count(Status::Depends));
    let careful = |it: &&&wire::Regimen| it.cautions.iter().any(|it| is_personal(view, it));
    let careful = groups
        .get(&Status::May)
        .map_or(0, |may| may.iter().filter(careful).count());
    html! {
        div.short {
            @for line in lines(view) { p { (line) } }
            p {
                @if may == 0 { (words.text("result.short-may-none")) } @else { (words.count("result.short-may", may)) }
                @if careful > 0 { " " (words.count("result.short-caution", careful)) }
                @if depends > 0 { " " (words.count("result.short-depends", depends)) }
            }
        }
        h3 { (words.text("result.steps")) }
        ol.steps {
            @for step in 1..=4 { li { (words.text(&format!("result.step-{step}"))) } }
        }
    }
}

/// The cancer and the point of treatment, in a sentence or two each.
pub(crate) fn lines(view: &View<'_, '_, '_>) -> [String; 2] {
    [cancer(view), stage(view)]
}

/// The point of treatment.
pub(crate) fn stage(view: &View<'_, '_, '_>) -> String {
    let stage = Stage::of(view.reading).word();
    let key = format!("result.stage-{stage}");
    view.words().text(&key).to_owned()
}

/// What is to be decided (IPDAS Q2).
pub(crate) fn decision(view: &View<'_, '_, '_>) -> String {
    let decision = Decision::of(view.reading).word();
    let key = format!("result.decision-{decision}");
    view.words().text(&key).to_owned()
}

/// The cancer in one sentence.
fn cancer(view: &View<'_, '_, '_>) -> String {
    let words = view.words();
    let word = |part: &str, truth| {
        let key = match truth {
            Truth::True => "yes",
            Truth::False => "no",
            Truth::Unknown => "unknown",
        };
        words.text(&format!("result.{part}-{key}")).to_owned()
    };
    let reading = view.reading;
    words.fill(
        "result.short-cancer",
        &[
            ("her2", &word("her2", reading.truth("her2-positive"))),
            ("hormone", &word("hormone", reading.truth("hr-positive"))),
        ],
    )
}

/// What is told of the cancer: a name and a value each.
pub(crate) fn facts(view: &View<'_, '_, '_>) -> Vec<(String, String)> {
    let words = view.words();
    let reading = view.reading;
    let row = |fact: &str, label: &str, part: &str| {
        let key = match reading.truth(fact) {
            Truth::True => "yes",
            Truth::False => "no",
            Truth::Unknown => "unknown",
        };
        let said = words.text(&format!("result.{part}-{key}")).to_owned();
        (words.text(label).to_owned(), said)
    };
    let sites: Vec<&str> = SITES
        .iter()
        .filter(|(fact, _)| reading.truth(fact) == Truth::True)
        .map(|(_, key)| *key)
        .collect();
    let sites: Vec<String> = sites
        .into_iter()
        .map(|key| words.text(&format!("result.{key}")).to_owned())
        .collect();
    let sites = if sites.is_empty() {
        words.text("result.sites-unknown").to_owned()
    } else {
        sites.join(", ")
    };
    vec![
        row("her2-positive", "result.her2", "her2"),
        row("metastatic", "result.spread", "spread"),
        row("hr-positive", "result.hormone-label", "hormone"),
        (words.text("result.sites").to_owned(), sites),
    ]
}

/// The cancer as it was told, line by line (IPDAS Q1).
pub(super) fn your_cancer(view: &View<'_, '_, '_>) -> Markup {
    let words = view.words();
    html! {
        dl.facts {
            @for (label, said) in facts(view) { div { dt { (label) } dd { (said) } } }
        }
        @for (fact, means) in [("her2-positive", "her2"), ("hr-positive", "hormone-receptor")] {
            @if view.reading.truth(fact) == Truth::Unknown {
                p { strong { (words.text(&format!("learn.term-{means}"))) } ": " (words.text(&format!("learn.means-{means}"))) }
            }
        }
        p { (words.text("result.check-report")) }
    }
}

//! How sure this page is: who checked it, when, from what, what it leaves out, and how to say that it is wrong.

use super::view::View;
use maud::{Markup, html};

pub(super) fn sure(view: &View<'_, '_, '_>) -> Markup {
    let words = view.words();
    let context = view.context;
    let content = view.bundle().content();
    let knowledge = &view.reading.assessment.knowledge;
    let reviews = view.bundle().reviews();
    let mut reviewers: Vec<String> = reviews
        .iter()
        .flat_map(|(_, review)| &review.reviewers)
        .map(|it| format!("{} ({})", it.name, it.role))
        .collect();
    reviewers.sort();
    reviewers.dedup();
    let newest = reviews.iter().map(|(_, review)| review.on.as_str()).max();
    html! {
        p {
            @if reviewers.is_empty() {
                (words.text("result.sure-no-reviewer"))
            } @else {
                (words.fill("result.sure-reviewers", &[("names", &reviewers.join(", "))]))
            }
        }
        p {
            (words.fill("result.sure-version", &[("version", &content.version), ("date", &words.date(&content.publisher.released))]))
            @if let Some(day) = newest { " " (words.fill("result.sure-reviewed", &[("date", &words.date(day))])) }
        }
        @if !knowledge.overdue.is_empty() { p { (words.count("result.sure-overdue", knowledge.overdue.len())) } }
        h3 { (words.text("result.sure-limits")) }
        ul {
            @for limit in ["told", "label", "other", "survival"] { li { (words.text(&format!("result.limit-{limit}"))) } }
        }
        p {
            a href=(context.href("changes")) { (words.text("frame.changes")) } " · "
            a href=(context.href("sources")) { (words.text("frame.sources")) } " · "
            a href=(context.href("about")) { (words.text("frame.about")) }
        }
        p { (words.text("result.sure-report")) " " (crate::trust::report(context)) }
        details {
            summary { (words.count("result.sources", view.notes.count())) }
            (view.notes.list(context))
        }
    }
}

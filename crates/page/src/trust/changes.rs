//! What changed, with its day: approvals and changes of labels, newest first.

use super::{page, section};
use crate::cite;
use crate::respond::{Context, Page};
use maud::{Markup, html};
use waymark_engine::bundle::{Indication, Regimen, Scope, Status};

/// A day on which an approved use began or ended.
struct Change<'g> {
    day: &'g str,
    begins: bool,
    regimen: &'g Regimen,
    indication: &'g Indication,
}

pub(crate) fn changes(context: &Context<'_, '_>) -> Page {
    let words = context.words;
    let content = context.guide.bundle.content();
    let due = context.guide.bundle.reviews();
    let due = due.iter().map(|(_, review)| &*review.due).min();
    page(
        context,
        "changes",
        &html! {
            (section(context, "changes", "version", &html! {
                p { (words.fill("changes.version-is", &[("version", &content.version), ("date", &words.date(&content.publisher.released))])) }
                p.small lang="en" { (context.guide.bundle.hash()) }
                @if let Some(due) = due { p { (words.fill("changes.due", &[("date", &words.date(due))])) } }
            }))
            (section(context, "changes", "labels", &html! {
                p { (words.text("changes.labels-lead")) }
                ol.changes { @for change in all(context) { (told(context, &change)) } }
            }))
        },
    )
}

fn all<'g>(context: &Context<'g, '_>) -> Vec<Change<'g>> {
    let regimens = context.guide.bundle.content().regimens.iter();
    let mut all: Vec<Change<'g>> = regimens
        .flat_map(|regimen| regimen.indications.iter().map(move |it| (regimen, it)))
        .flat_map(|(regimen, indication)| {
            let begun = Change {
                day: &indication.from,
                begins: true,
                regimen,
                indication,
            };
            // A use that another one took over is told with the one that began.
            let ended = indication
                .to
                .as_ref()
                .filter(|_| indication.superseded_by.is_none());
            let ended = ended.map(|day| Change {
                day,
                begins: false,
                regimen,
                indication,
            });
            std::iter::once(begun).chain(ended)
        })
        .collect();
    all.sort_by(|a, b| (b.day, &b.indication.id).cmp(&(a.day, &a.indication.id)));
    all
}

fn told(context: &Context<'_, '_>, change: &Change<'_>) -> Markup {
    let words = context.words;
    let (regimen, indication) = (change.regimen, change.indication);
    let field = format!("indications.{}.text", indication.id);
    let (first, last) = change.day.split_once('/').unwrap_or((change.day, ""));
    html! {
        li id={ "change-" (indication.id) @if !change.begins { "-ended" } } {
            strong {
                (words.date(first))
                @if !last.is_empty() { " – " (words.date(last)) }
            }
            ": " (words.span(words.said("regimen", &regimen.id, "name", &regimen.name))) ". "
            @if change.begins {
                @match indication.scope {
                    Scope::Metastatic => {}
                    Scope::Early => { em { (words.text("learn.scope-early")) } " " }
                    Scope::OtherTumour => { em { (words.text("learn.scope-other")) } " " }
                }
                (words.span(words.said("regimen", &regimen.id, &field, &indication.text)))
            } @else {
                (words.text("changes.ended"))
            }
            " " (cite::linked(context, &indication.source, indication.status == Status::Memory))
        }
    }
}

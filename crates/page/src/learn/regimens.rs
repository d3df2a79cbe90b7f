//! Every regimen with its approved uses and their dates, and what guidelines and pages say of it.

use super::guidance::graded;
use super::medicines::about;
use super::prose;
use crate::cite;
use crate::respond::Context;
use maud::{Markup, html};
use waymark_engine::bundle::{Indication, Regimen, Scope, Status};

pub(super) fn all(context: &Context<'_, '_>) -> Markup {
    let words = context.words;
    html! {
        section aria-labelledby="h-regimens" {
            h2 #h-regimens { (words.text("learn.regimens")) }
            p { (words.text("learn.regimens-lead")) }
            @for regimen in &context.guide.bundle.content().regimens { (told(context, regimen)) }
        }
    }
}

fn told(context: &Context<'_, '_>, regimen: &Regimen) -> Markup {
    let words = context.words;
    let said = |field: &str, english| words.said("regimen", &regimen.id, field, english);
    let now: Vec<&Indication> = regimen.indications.iter().filter(|it| is_now(it)).collect();
    let before: Vec<&Indication> = regimen
        .indications
        .iter()
        .filter(|it| !is_now(it))
        .collect();
    html! {
        article.regimen id=(regimen.id) {
            h3 { (words.span(said("name", &regimen.name))) }
            (prose(context, "regimen", &regimen.id, &regimen.text))
            @if !now.is_empty() {
                h4 { (words.text("learn.approved")) }
                ul { @for indication in now { (approved(context, regimen, indication)) } }
            }
            @if !before.is_empty() {
                details {
                    summary { (words.text("learn.approved-before")) }
                    ul { @for indication in before { (approved(context, regimen, indication)) } }
                }
            }
            @if !regimen.positions.is_empty() {
                h4 { (words.text("learn.positions")) }
                ul {
                    @for position in &regimen.positions {
                        li {
                            (words.span(said(&format!("positions.{}.text", position.id), &position.text))) " "
                            (cite::linked(context, &position.source, position.status == Status::Memory))
                            (graded(context, position.strength.as_deref(), position.quality.as_deref()))
                            @if let Some(differs) = &position.differs {
                                p { strong { (words.text("learn.differs")) } " "
                                    (words.span(said(&format!("positions.{}.differs", position.id), differs))) }
                            }
                        }
                    }
                }
            }
            (about(context, "regimen", &regimen.id, &regimen.about))
        }
    }
}

fn is_now(indication: &Indication) -> bool {
    indication.to.is_none()
}

fn approved(context: &Context<'_, '_>, regimen: &Regimen, indication: &Indication) -> Markup {
    let words = context.words;
    let said = |field: &str, english| {
        let field = format!("indications.{}.{field}", indication.id);
        words.said("regimen", &regimen.id, &field, english)
    };
    let from = words.date(&indication.from);
    html! {
        li {
            @match indication.scope {
                Scope::Metastatic => {}
                Scope::Early => { em { (words.text("learn.scope-early")) } " " }
                Scope::OtherTumour => { em { (words.text("learn.scope-other")) } " " }
            }
            (words.span(said("text", &indication.text))) " "
            span.small {
                @match &indication.to {
                    None => (words.fill("learn.since", &[("date", &from)])),
                    Some(to) => (words.fill("learn.from-to", &[("from", &from), ("to", &words.date(to))])),
                }
                @if let Some(approval) = &indication.approval { ", " (words.text(&format!("learn.approval-{approval}"))) }
                ". " (cite::linked(context, &indication.source, indication.status == Status::Memory))
                @if let Some(caveat) = &indication.caveat { " " (words.span(said("caveat", caveat))) }
            }
        }
    }
}

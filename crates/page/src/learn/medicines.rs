//! Every medicine: what it is, how it works, its brands and their approvals, what it is like.

use super::prose;
use crate::cite;
use crate::respond::Context;
use maud::{Markup, html};
use waymark_engine::bundle::{About, Layer, Medicine, Product, Status, Topic};

pub(super) fn all(context: &Context<'_, '_>) -> Markup {
    let words = context.words;
    let medicines = &context.guide.bundle.content().medicines;
    let (in_use, others): (Vec<&Medicine>, Vec<&Medicine>) =
        medicines.iter().partition(|it| is_in_use(context, &it.id));
    html! {
        section aria-labelledby="h-in-use" {
            h2 #h-in-use { (words.text("learn.medicines-used")) }
            @for medicine in in_use { (told(context, medicine)) }
        }
        section aria-labelledby="h-others" {
            h2 #h-others { (words.text("learn.medicines-other")) }
            @for medicine in others { (told(context, medicine)) }
        }
    }
}

/// Whether a regimen of the guide contains it.
fn is_in_use(context: &Context<'_, '_>, id: &str) -> bool {
    let regimens = &context.guide.bundle.content().regimens;
    regimens.iter().any(|regimen| {
        let alternatives = regimen.one_of.iter().flatten();
        regimen
            .medicines
            .iter()
            .chain(alternatives)
            .any(|it| it == id)
    })
}

fn told(context: &Context<'_, '_>, medicine: &Medicine) -> Markup {
    let words = context.words;
    let said = |field: &str, english| words.said("medicine", &medicine.id, field, english);
    html! {
        article.medicine id=(medicine.id) {
            h3 {
                (medicine.name)
                @if let Some(short) = &medicine.short { " (" (short) ")" }
            }
            p { (words.text("learn.kind")) ": " (words.span(said("kind-of-medicine", &medicine.kind_of_medicine))) }
            @if let Some(mechanism) = &medicine.mechanism {
                p {
                    (words.span(said("mechanism.text", &mechanism.text))) " "
                    (cite::linked(context, &mechanism.source, mechanism.status == Status::Memory))
                }
            }
            (prose(context, "medicine", &medicine.id, &medicine.text))
            (about(context, "medicine", &medicine.id, &medicine.about))
            (products(context, medicine))
        }
    }
}

fn products(context: &Context<'_, '_>, medicine: &Medicine) -> Markup {
    let words = context.words;
    let known: Vec<&Product> = medicine.products.iter().collect();
    html! {
        @if !known.is_empty() {
            details {
                summary { (words.count("learn.products", known.len())) }
                ul {
                    @for product in known {
                        li {
                            span lang="en" { (product.brand) " (" (product.name) ")" } ": "
                            (words.text(&format!("learn.product-{}", product.kind)))
                            ", " (words.text(&format!("learn.route-{}", product.route)))
                            @if let Some(first) = product.approvals.first() {
                                "; " (words.fill("learn.first-approved", &[("date", &words.date(&first.date))])) " "
                                (cite::linked(context, &first.source, first.status == Status::Memory))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What people ask, by topic. Numbers are opened one layer at a time.
pub(super) fn about(context: &Context<'_, '_>, kind: &str, id: &str, about: &[About]) -> Markup {
    let words = context.words;
    let mut topics: Vec<Topic> = about.iter().map(|it| it.topic).collect();
    topics.sort_unstable();
    topics.dedup();
    let line = |it: &About| {
        html! {
            li {
                (words.span(words.said(kind, id, &format!("about.{}.text", it.id), &it.text)))
                " " (cite::linked(context, &it.source, it.status == Status::Memory))
            }
        }
    };
    html! {
        @if !topics.is_empty() {
            dl.about {
                @for topic in topics {
                    dt { (words.text(&format!("learn.about-{}", topic.word()))) }
                    @let of_topic = || about.iter().filter(|it| it.topic == topic);
                    dd {
                        ul { @for it in of_topic().filter(|it| it.layer.is_none()) { (line(it)) } }
                        @let often = || of_topic().filter(|it| matches!(it.layer, Some(Layer::HowOften | Layer::HowLong)));
                        @if often().next().is_some() {
                            details {
                                summary { (words.text("learn.numbers")) }
                                ul { @for it in often() { (line(it)) } }
                            }
                        }
                        @let survival = || of_topic().filter(|it| it.layer == Some(Layer::Survival));
                        @if survival().next().is_some() {
                            details.survival {
                                summary { (words.text("numbers.survival-title")) }
                                p { (words.text("numbers.survival-warning")) }
                                ul { @for it in survival() { (line(it)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

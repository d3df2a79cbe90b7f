//! The treatments so far, and the form that adds one.

use super::question::months;
use crate::Reading;
use crate::answers::{Ended, Treatment};
use crate::respond::Context;
use maud::{Markup, html};
use waymark_engine::bundle::{Medicine, MedicineGroup, Question};

pub(crate) fn fields(
    context: &Context<'_, '_>,
    reading: &Reading<'_>,
    question: &Question,
) -> Markup {
    let words = context.words;
    let given = reading.answers.get(&question.id);
    let treatments = given.map_or(&[][..], |given| &given.treatments);
    html! {
        // What Enter in a field presses: the first button of a form. It adds a treatment, and takes none away.
        button type="submit" name="go" value="again" hidden {}
        @if !treatments.is_empty() {
            ol.treatments {
                @for (place, treatment) in (1..).zip(treatments) {
                    li {
                        (told(context, question, treatment))
                        " " button.link type="submit" name="remove" value=(place) { (words.text("treatments.remove")) }
                    }
                }
            }
        }
        fieldset.treatment {
            legend { (words.text(if treatments.is_empty() { "treatments.first" } else { "treatments.next" })) }
            @for group in &question.groups { (group_of(context, question, group)) }
            fieldset {
                legend { (words.text("treatments.ended")) }
                ul.choices {
                    @for ended in Ended::ALL {
                        li {
                            label {
                                input type="radio" name="ended" value=(ended.word());
                                span { (words.text(&format!("treatments.ended-{}", ended.word()))) }
                            }
                        }
                    }
                }
            }
            details {
                summary { (words.text("treatments.dates")) }
                p { (words.text("treatments.from")) }
                (months(context, "from-", ""))
                p { (words.text("treatments.to")) }
                (months(context, "to-", ""))
            }
            button.secondary type="submit" name="go" value="again" { (words.text("treatments.add")) }
        }
    }
}

fn group_of(context: &Context<'_, '_>, question: &Question, group: &MedicineGroup) -> Markup {
    let words = context.words;
    let said = |field: &str, english| {
        let field = format!("groups.{}.{field}", group.id);
        words.said("question", &question.id, &field, english)
    };
    let bundle = &context.guide.bundle;
    let medicines = group.medicines.iter();
    let named = medicines.filter_map(|id| bundle.medicine(id)).take(NAMED);
    html! {
        details.group {
            summary {
                (words.span(said("label", &group.label)))
                span.hint {
                    (named.map(known_as).collect::<Vec<_>>().join(", "))
                    @if group.medicines.len() > NAMED { ", …" }
                }
            }
            @if let Some(hint) = &group.hint { p.hint { (words.span(said("hint", hint))) } }
            ul.choices {
                @for medicine in group.medicines.iter().filter_map(|id| bundle.medicine(id)) {
                    li {
                        label {
                            input type="checkbox" name="medicine" value=(medicine.id);
                            span { (medicine.name) @if let Some(brands) = brands(medicine) { span.hint { (brands) } } }
                        }
                    }
                }
                @if let Some(alone) = &group.kind_alone {
                    li {
                        label {
                            input type="checkbox" name="medicine" value={ "kind:" (group.id) };
                            span { (words.span(said("kind-alone.label", &alone.label))) }
                        }
                    }
                }
            }
        }
    }
}

/// How many medicines of a group are named before it is opened.
const NAMED: usize = 4;

/// The name by which most people know a medicine: its first brand, else its own.
fn known_as(medicine: &Medicine) -> &str {
    let brand = medicine.products.first().map(|product| &*product.brand);
    brand.filter(|it| !it.is_empty()).unwrap_or(&medicine.name)
}

/// The first brand names of a medicine, each once.
pub(crate) fn brands(medicine: &Medicine) -> Option<String> {
    let mut brands: Vec<&str> = Vec::new();
    for product in &medicine.products {
        if !product.brand.is_empty() && !brands.contains(&product.brand.as_str()) {
            brands.push(&product.brand);
        }
    }
    (!brands.is_empty()).then(|| brands.join(", "))
}

/// The medicines of a treatment in the person's words.
pub(crate) fn medicines(
    context: &Context<'_, '_>,
    question: &Question,
    treatment: &Treatment,
) -> Vec<String> {
    let words = context.words;
    let bundle = &context.guide.bundle;
    let name = |id: &String| -> String {
        let Some(kind) = id.strip_prefix("kind:") else {
            return bundle
                .medicine(id)
                .map_or_else(|| id.clone(), |it| it.name.clone());
        };
        let group = question.groups.iter().find(|group| group.id == kind);
        let alone = group.and_then(|group| group.kind_alone.as_ref());
        alone.map_or_else(
            || id.clone(),
            |alone| {
                let field = format!("groups.{kind}.kind-alone.label");
                words
                    .said("question", &question.id, &field, &alone.label)
                    .text
                    .to_owned()
            },
        )
    };
    treatment.medicines.iter().map(name).collect()
}

/// A treatment in one line.
pub(crate) fn told(
    context: &Context<'_, '_>,
    question: &Question,
    treatment: &Treatment,
) -> Markup {
    let words = context.words;
    let names = medicines(context, question, treatment);
    let dates: Vec<String> = [&treatment.from, &treatment.to]
        .into_iter()
        .flatten()
        .map(|date| words.date(date))
        .collect();
    html! {
        span.medicines { (names.join(" + ")) }
        ": " (words.text(&format!("treatments.ended-{}", treatment.ended.word())))
        @if !dates.is_empty() { " (" (dates.join(" – ")) ")" }
    }
}

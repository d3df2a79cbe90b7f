//! The medicines of a therapy: what kind they are, how they work, and a small picture of each kind.

use super::view::View;
use maud::{Markup, html};
use waymark_engine::bundle::{Medicine, Regimen, Status, Topic};

/// Brands, in one line.
pub(super) fn kinds(view: &View<'_, '_, '_>, medicines: &[&Medicine]) -> Markup {
    let words = view.words();
    let brands = brands(medicines);
    html! {
        @if !brands.is_empty() { p.small { (words.fill("card.brands", &[("brands", &brands.join(", "))])) } }
    }
}

/// The brand under which each medicine was first approved.
pub(crate) fn brands<'g>(medicines: &[&'g Medicine]) -> Vec<&'g str> {
    let mut brands: Vec<&str> = Vec::new();
    for medicine in medicines {
        let products = &medicine.products;
        let first = products.iter().find(|it| it.kind == "reference");
        if let Some(product) = first.or_else(|| products.first())
            && !product.brand.is_empty()
            && !brands.contains(&product.brand.as_str())
        {
            brands.push(&product.brand);
        }
    }
    brands
}

/// How the medicines that are always in a therapy work.
pub(super) fn works(view: &View<'_, '_, '_>, regimen: &Regimen) -> Markup {
    let words = view.words();
    let bundle = view.bundle();
    let medicines: Vec<&Medicine> = regimen
        .medicines
        .iter()
        .filter_map(|id| bundle.medicine(id))
        .collect();
    html! {
        h5 { (words.text("card.works")) }
        ul.works {
            @for medicine in medicines {
                li {
                    (picture(medicine))
                    span {
                        strong { (medicine.name) } ": "
                        (work(view, medicine))
                    }
                }
            }
        }
    }
}

fn work(view: &View<'_, '_, '_>, medicine: &Medicine) -> Markup {
    let words = view.words();
    // The entry again, as long as the knowledge lives.
    let Some(medicine) = view.bundle().medicine(&medicine.id) else {
        return html! {};
    };
    let mut about = medicine.about.iter();
    if let Some(about) = about.find(|it| it.topic == Topic::HowItWorks) {
        let field = format!("about.{}.text", about.id);
        return html! {
            (words.span(words.said("medicine", &medicine.id, &field, &about.text)))
            (view.cite(&about.source, about.status == Status::Memory))
        };
    }
    let kind = words.said(
        "medicine",
        &medicine.id,
        "kind-of-medicine",
        &medicine.kind_of_medicine,
    );
    html! {
        (words.span(kind)) "."
        @if let Some(mechanism) = &medicine.mechanism {
            " " (words.span(words.said("medicine", &medicine.id, "mechanism.text", &mechanism.text)))
            (view.cite(&mechanism.source, mechanism.status == Status::Memory))
        }
    }
}

/// The picture of a kind of medicine, drawn in the thread of the page; the words beside it say the same.
fn picture(medicine: &Medicine) -> Markup {
    let is = |class: &str| medicine.classes.iter().any(|it| it == class);
    let y = "M24 44V26M24 26 12 12M24 26 36 12";
    html! {
        svg.drug viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-width="3.2" stroke-linecap="round" stroke-linejoin="round" {
            @if is("antibody-drug-conjugate") {
                // An antibody with a load at its foot.
                path d=(y) {}
                circle cx="17" cy="38" r="4.5" fill="currentColor" {}
                circle cx="31" cy="38" r="4.5" fill="currentColor" {}
            } @else if is("antibody") {
                path d=(y) {}
            } @else if is("tyrosine-kinase-inhibitor") {
                // A small key inside the wall of a cell.
                circle cx="24" cy="24" r="19" {}
                path d="M17 24h13M27 24v5M30 24v4" {}
                circle cx="15" cy="24" r="3" {}
            } @else if is("cdk4-6-inhibitor") {
                // A turning wheel that is held.
                path d="M38 18a16 16 0 1 0 1 10M39 9v9h-9" {}
                path d="M19 24h10" {}
            } @else if is("endocrine") {
                // A door that stays shut.
                path d="M12 42V8h24v34zM29 25v1" {}
            } @else {
                // A cell that cannot divide.
                path d="M24 8c-9-6-19 2-19 16s10 22 19 16c9 6 19-2 19-16S33 2 24 8z" {}
                path d="M18 18l12 12M30 18 18 30" {}
            }
        }
    }
}

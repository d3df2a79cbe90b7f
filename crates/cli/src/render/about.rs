//! What people ask about a regimen and its medicines, as the knowledge answers it.

use super::style::{Ink, Page};
use super::text::source;
use std::fmt::Write;
use waymark_engine::Bundle;
use waymark_engine::bundle::{About, Layer, Status, Topic};

/// Prints the answers by topic, those on the regimen before those on its medicines; nothing where there are none.
pub(super) fn block(out: &mut String, id: &str, bundle: &Bundle, page: &Page) {
    let Some(regimen) = bundle.regimen(id) else {
        return;
    };
    let given = regimen
        .medicines
        .iter()
        .chain(regimen.one_of.iter().flatten());
    let medicines = given.filter_map(|id| bundle.medicine(id));
    let mut told: Vec<(&str, &About)> = regimen.about.iter().map(|about| ("", about)).collect();
    for medicine in medicines {
        told.extend(
            medicine
                .about
                .iter()
                .map(|about| (medicine.name.as_str(), about)),
        );
    }
    if told.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", page.ink(Ink::Bold, "In plain words"));
    told.sort_by_key(|(_, about)| about.topic);
    let mut before = None;
    for (medicine, about) in told {
        if before != Some(about.topic) {
            let _ = writeln!(out, "  {}", page.ink(Ink::Faint, heading(about.topic)));
            before = Some(about.topic);
        }
        let of = if medicine.is_empty() {
            String::new()
        } else {
            format!("{medicine}: ")
        };
        let layer = match about.layer {
            None => "",
            Some(Layer::HowOften) => " (numbers: how often)",
            Some(Layer::HowLong) => " (numbers: how long)",
            Some(Layer::Survival) => " (numbers: survival)",
        };
        let unverified = if about.status == Status::Memory {
            "; not verified"
        } else {
            ""
        };
        let cited = source(bundle, &about.source);
        let text = format!("{of}{}{layer} [{cited}{unverified}]", about.text);
        *out += &page.wrap("    · ", "      ", &text);
    }
}

fn heading(topic: Topic) -> &'static str {
    match topic {
        Topic::HowGiven => "How it is given",
        Topic::TimeItTakes => "The time it takes",
        Topic::HowItWorks => "How it works",
        Topic::MayGain => "What people may gain",
        Topic::MayFace => "What people may face",
        Topic::WhatPeopleNotice => "What people notice",
        Topic::DailyLife => "Daily life and feelings",
        Topic::HowStudied => "How it was studied",
        Topic::NotKnown => "What is not known",
        Topic::LooksFor => "What the test looks for",
        Topic::IfFound => "If it is found",
        Topic::IfNotFound => "If it is not found",
        Topic::WhenToCall => "When to call",
    }
}

//! The brain, hormone receptors, trials, what the patient asks and wants, and what the sheet does not cover.

use super::{Sheet, chart, criteria, evidence};
use crate::learn::graded;
use crate::result::asks;
use crate::result::view::View;
use maud::{Markup, html};
use waymark_engine::bundle::{AnswerForm, Guidance, Theme};
use waymark_engine::wire::{self, Truth};

/// What the sheet leaves out, one sentence each: `sheet.not-N`.
const NOT_COVERED: [&str; 6] = [
    "sheet.not-1",
    "sheet.not-2",
    "sheet.not-3",
    "sheet.not-4",
    "sheet.not-5",
    "sheet.not-6",
];

pub(super) fn brain(sheet: &Sheet<'_, '_, '_>) -> Markup {
    let words = sheet.context.words;
    let with_data = sheet.reading.assessment.regimens.iter();
    let with_data: Vec<_> = with_data
        .filter(|it| evidence::has_brain_data(it))
        .collect();
    sheet.section(
        "brain",
        &html! {
            p { (words.text("sheet.brain-state")) ": " strong { (state(sheet, "cns-state")) } }
            (guidance(sheet, Theme::Brain))
            @if !with_data.is_empty() {
                p { (words.text("sheet.brain-data")) }
                ul { @for regimen in with_data { li { (sheet.regimen_link(&regimen.id)) } } }
            }
        },
    )
}

pub(super) fn hormone(sheet: &Sheet<'_, '_, '_>) -> Markup {
    let words = sheet.context.words;
    sheet.section(
        "hormone",
        &html! {
            p { (words.text("sheet.hormone-state")) ": " strong { (state(sheet, "hr-status")) } }
            (guidance(sheet, Theme::Hormone))
        },
    )
}

pub(super) fn trials(sheet: &Sheet<'_, '_, '_>) -> Markup {
    let words = sheet.context.words;
    sheet.section(
        "trials",
        &html! {
            (guidance(sheet, Theme::Trials))
            p { (words.text("sheet.trials-none")) }
        },
    )
}

/// A worded fact, or that it is not known.
fn state<'s>(sheet: &'s Sheet<'_, '_, '_>, id: &str) -> &'s str {
    let known = sheet.reading.word(id);
    known.unwrap_or_else(|| sheet.context.words.text("sheet.not-known"))
}

/// Guidance of a theme: what applies, what cannot be told, and behind a fold what does not apply.
fn guidance(sheet: &Sheet<'_, '_, '_>, theme: Theme) -> Markup {
    let words = sheet.context.words;
    let entries = &sheet.context.guide.bundle.content().guidance;
    let of_theme = |truth: Truth| -> Vec<Markup> {
        let judged = sheet.reading.assessment.guidance.iter();
        let judged = judged.filter(|it| it.verdict == truth);
        let entry = |it: &wire::Guidance| entries.iter().find(|entry| entry.id == it.id);
        judged
            .filter_map(|it| Some((it, entry(it).filter(|entry| entry.theme == Some(theme))?)))
            .map(|(it, entry)| piece(sheet, it, entry))
            .collect()
    };
    let against = of_theme(Truth::False);
    html! {
        ul.guidance {
            @for piece in of_theme(Truth::True) { (piece) }
            @for piece in of_theme(Truth::Unknown) { (piece) }
        }
        @if !against.is_empty() {
            details {
                summary { (words.count("sheet.guidance-not", against.len())) }
                ul.guidance { @for piece in against { (piece) } }
            }
        }
    }
}

fn piece(sheet: &Sheet<'_, '_, '_>, judged: &wire::Guidance, entry: &Guidance) -> Markup {
    let words = sheet.context.words;
    html! {
        li data-guidance=(judged.id) {
            (criteria::sign(sheet, judged.verdict)) ": "
            (words.span(words.said("guidance", &judged.id, "statement", &entry.statement)))
            (graded(sheet.context, judged.strength.as_deref(), judged.quality.as_deref()))
            (sheet.notes.cite(sheet.context, &judged.source, judged.unverified))
        }
    }
}

/// What matters to the patient, in the words that were chosen.
pub(super) fn matters(sheet: &Sheet<'_, '_, '_>) -> Markup {
    let words = sheet.context.words;
    let answers = sheet.context.answers();
    let values = chart::questions(sheet.context).into_iter();
    let values = values.filter(|it| it.answer == AnswerForm::UpToThree);
    let told: Vec<_> = values
        .filter_map(|it| Some((it, answers.get(&it.id)?)))
        .collect();
    sheet.section(
        "matters",
        &html! {
            @if told.is_empty() { p { (words.text("sheet.matters-none")) } }
            @for (question, given) in told { (chart::answered(sheet.context, question, given)) }
        },
    )
}

/// The same in one line, where something was chosen.
pub(super) fn matters_line(sheet: &Sheet<'_, '_, '_>) -> Markup {
    let answers = sheet.context.answers();
    let values = chart::questions(sheet.context).into_iter();
    let values = values.filter(|it| it.answer == AnswerForm::UpToThree);
    html! {
        @for question in values {
            @if let Some(given) = answers.get(&question.id) {
                section {
                    h2 { (sheet.context.words.text("sheet.matters")) }
                    (chart::answered(sheet.context, question, given))
                }
            }
        }
    }
}

/// What the patient asks: in their own words, and what they chose of the questions that their page offers, or all of those.
pub(super) fn questions(sheet: &Sheet<'_, '_, '_>) -> Markup {
    let words = sheet.context.words;
    let fields = sheet.context.request.fields;
    let chosen: Vec<&str> = fields.all("ask").collect();
    let mut asks = asks::asks(&View::of(sheet.context, sheet.reading));
    if !chosen.is_empty() {
        asks.retain(|ask| chosen.contains(&&*ask.id));
    }
    let own = fields.get("own-ask").unwrap_or("").lines();
    let own: Vec<&str> = own.filter(|line| !line.trim().is_empty()).collect();
    sheet.section(
        "questions",
        &html! {
            @if !own.is_empty() { ul { @for line in own { li { q { (line) } } } } }
            p { (words.text("sheet.questions-lead")) }
            ul { @for ask in &asks { li { (ask.text) } } }
        },
    )
}

pub(super) fn not_covered(sheet: &Sheet<'_, '_, '_>) -> Markup {
    let words = sheet.context.words;
    sheet.section(
        "not-covered",
        &html! { ul { @for key in NOT_COVERED { li { (words.text(key)) } } } },
    )
}

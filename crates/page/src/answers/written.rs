//! Answers to a written chart: the same text that a clinician could have typed.

use super::asked::following;
use super::{Answers, Ended, Given, Treatment};
use std::fmt::Write;
use waymark_engine::Bundle;
use waymark_engine::bundle::{Answer, AnswerForm, Question, Tells};

/// The chart in the format of `waymark_engine::chart::written`. A question that was not answered, or whose answer tells
/// nothing, leaves no line; nor does one that does not follow from the others.
#[must_use]
pub fn chart_text(answers: &Answers, bundle: &Bundle) -> String {
    let mut text = String::from("chart 1\n");
    for question in following(bundle, answers) {
        let Some(given) = answers.get(&question.id) else {
            continue;
        };
        // A list of which nothing was told is not all; nor is one beside "none yet" or "I don't know".
        let is_list = question.answer == AnswerForm::Treatments;
        let empty = given.treatments.is_empty();
        let chosen = question.answers.iter();
        let mut chosen: Vec<&Answer> = chosen.filter(|it| given.chosen.contains(&it.id)).collect();
        standing(&mut chosen);
        let not_all = empty || open(&chosen);
        chosen.retain(|it| {
            let takes_back = match it.tells {
                Tells::Something => not_all,
                Tells::None => !empty,
                Tells::No | Tells::Unknown | Tells::Unsaid => false,
            };
            !(is_list && takes_back)
        });
        for answer in &chosen {
            lines(&mut text, &answer.chart);
        }
        // Who does not know, or does not say, may have left something out.
        if !open(&chosen) {
            let told = |id: &String| chosen.iter().any(|it| it.id == *id);
            let together = question.together.iter();
            for it in together.filter(|it| it.answers.iter().all(told)) {
                lines(&mut text, &it.chart);
            }
        }
        match question.answer {
            AnswerForm::One | AnswerForm::Any | AnswerForm::UpToThree => {}
            AnswerForm::Treatments => treatments(&mut text, given, question, bundle),
        }
    }
    text
}

/// Takes back "none of these" beside another answer, and a "no" to several things at once beside "I don't know": what is
/// ticked counts, and who does not know, or does not say, has not ruled out the rest. "I don't know" beside what is ticked
/// stays: the list may lack something.
pub(super) fn standing(chosen: &mut Vec<&Answer>) {
    let none_or_no = |answer: &&Answer| matches!(answer.tells, Tells::None | Tells::No);
    if !chosen.iter().all(none_or_no) {
        chosen.retain(|answer| answer.tells != Tells::None);
    }
    if open(chosen) {
        chosen.retain(|answer| answer.tells != Tells::No || answer.row.is_some());
    }
}

/// Whether it was said of the whole question that it is not known, or will not be told.
fn open(chosen: &[&Answer]) -> bool {
    let mut whole = chosen.iter().filter(|answer| answer.row.is_none());
    whole.any(|answer| matches!(answer.tells, Tells::Unknown | Tells::Unsaid))
}

/// A line that several answers tell stands once.
fn lines(text: &mut String, lines: &[String]) {
    for line in lines {
        if text.lines().any(|told| told == line) {
            continue;
        }
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{line}");
    }
}

fn treatments(text: &mut String, given: &Given, question: &Question, bundle: &Bundle) {
    for treatment in &given.treatments {
        let mut names: Vec<&str> = Vec::new();
        let mut more: Vec<&String> = Vec::new();
        for id in &treatment.medicines {
            let Some(kind) = id.strip_prefix("kind:") else {
                names.extend(bundle.medicine(id).map(|medicine| medicine.name.as_str()));
                continue;
            };
            let group = question.groups.iter().find(|group| group.id == kind);
            if let Some(alone) = group.and_then(|group| group.kind_alone.as_ref()) {
                names.push(&alone.medicine);
                more.extend(&alone.chart);
            }
        }
        if names.is_empty() {
            continue;
        }
        let _ = writeln!(
            text,
            "{} palliative {}{}",
            span(treatment),
            names.join(" + "),
            ended(treatment.ended)
        );
        for line in more {
            lines(text, std::slice::from_ref(line));
        }
    }
}

/// The dates of a course; `?` stands for what was not told.
fn span(treatment: &Treatment) -> String {
    let from = treatment.from.as_deref();
    let to = treatment.to.as_deref().unwrap_or("?");
    match treatment.ended {
        Ended::Ongoing => format!("{}..", from.unwrap_or("?")),
        Ended::Unknown if treatment.to.is_none() => from.unwrap_or("?").to_owned(),
        Ended::Unknown | Ended::Grew | Ended::SideEffects | Ended::Planned | Ended::Other => {
            format!("{}..{to}", from.unwrap_or(""))
        }
    }
}

fn ended(ended: Ended) -> &'static str {
    match ended {
        Ended::Unknown | Ended::Ongoing => "",
        Ended::Grew => ": stopped, progression",
        Ended::SideEffects => ": stopped, toxicity",
        Ended::Planned => ": completed",
        Ended::Other => ": stopped",
    }
}

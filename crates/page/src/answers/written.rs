//! Answers to a written chart: the same text that a clinician could have typed.

use super::asked::following;
use super::{Answers, Ended, Given, Treatment};
use waymark_criteria::DateBounds;
use waymark_engine::Bundle;
use waymark_engine::bundle::{Answer, AnswerForm, Question, Tells};
use waymark_engine::chart::{Chart, Drug, Event, Intent, Line, StopReason, Therapy, TherapyStatus};

/// The chart in the format of `waymark_engine::chart::written`. A question that was not answered, or whose answer tells
/// nothing, leaves no line; nor does one that does not follow from the others.
#[must_use]
pub fn chart_text(answers: &Answers, bundle: &Bundle) -> String {
    let mut text = String::from("chart 1\n");
    for (line, _) in told(answers, bundle) {
        text += &line;
        text.push('\n');
    }
    text
}

/// What `waymark_engine::chart::written::read` makes of that text, and the lines that it does not understand, by themselves or
/// beside those before them: lost, as what an importer could not read is. A browser needs no reader of the format for it: the
/// lines of the knowledge were read when that was compiled.
#[must_use]
pub fn chart(answers: &Answers, bundle: &Bundle) -> (Chart, Vec<String>) {
    let mut chart = Chart::empty();
    let mut left_out = Vec::new();
    // The first line gives the version.
    let mut number = 2;
    for (text, line) in told(answers, bundle) {
        if line.is_some_and(|line| chart.put(number, line)) {
            number += 1;
        } else {
            left_out.push(text);
        }
    }
    chart.import.lost += left_out.len();
    (chart, left_out)
}

/// The lines that answers tell, in their order, each with what it says, if it can be read.
fn told(answers: &Answers, bundle: &Bundle) -> Vec<(String, Option<Line>)> {
    let mut told = Vec::new();
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
            lines(&mut told, &answer.chart, bundle);
        }
        // Who does not know, or does not say, may have left something out.
        if !open(&chosen) {
            let is_chosen = |id: &String| chosen.iter().any(|it| it.id == *id);
            let together = question.together.iter();
            for it in together.filter(|it| it.answers.iter().all(is_chosen)) {
                lines(&mut told, &it.chart, bundle);
            }
        }
        match question.answer {
            AnswerForm::One | AnswerForm::Any | AnswerForm::UpToThree => {}
            AnswerForm::Treatments => treatments(&mut told, given, question, bundle),
        }
    }
    told
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
fn lines(told: &mut Vec<(String, Option<Line>)>, lines: &[String], bundle: &Bundle) {
    for line in lines {
        if told.iter().all(|(text, _)| text != line) {
            told.push((line.clone(), bundle.line(line).cloned()));
        }
    }
}

fn treatments(
    told: &mut Vec<(String, Option<Line>)>,
    given: &Given,
    question: &Question,
    bundle: &Bundle,
) {
    for treatment in &given.treatments {
        let mut names: Vec<&str> = Vec::new();
        let mut drugs: Vec<Option<Drug>> = Vec::new();
        let mut more: Vec<&String> = Vec::new();
        for id in &treatment.medicines {
            let Some(kind) = id.strip_prefix("kind:") else {
                if let Some(medicine) = bundle.medicine(id) {
                    names.push(&medicine.name);
                    drugs.push(Some(Drug::Known(medicine.id.clone())));
                }
                continue;
            };
            let group = question.groups.iter().find(|group| group.id == kind);
            if let Some(alone) = group.and_then(|group| group.kind_alone.as_ref()) {
                let name = alone.medicine.strip_prefix("other: ");
                names.push(&alone.medicine);
                drugs.push(name.map(|name| Drug::Unrecognised(name.to_owned())));
                more.extend(&alone.chart);
            }
        }
        if names.is_empty() {
            continue;
        }
        let words = format!("palliative {}{}", names.join(" + "), ended(treatment.ended));
        let line = drugs.into_iter().collect::<Option<Vec<Drug>>>();
        let line = line.and_then(|drugs| course(treatment, drugs, &words));
        told.push((format!("{} {words}", span(treatment)), line));
        for line in more {
            lines(told, std::slice::from_ref(line), bundle);
        }
    }
}

/// What the line of a treatment says; nothing where it ends before it begins.
fn course(treatment: &Treatment, drugs: Vec<Drug>, words: &str) -> Option<Line> {
    let date = |month: &Option<String>| match month {
        Some(month) => DateBounds::parse(month).map(Some),
        None => Some(None),
    };
    let from = date(&treatment.from)?;
    let end = match treatment.ended {
        Ended::Ongoing => None,
        Ended::Unknown | Ended::Grew | Ended::SideEffects | Ended::Planned | Ended::Other => {
            date(&treatment.to)?
        }
    };
    let (status, stopped) = match treatment.ended {
        Ended::Ongoing => (TherapyStatus::Ongoing, None),
        Ended::Unknown if end.is_none() => (TherapyStatus::Ongoing, None),
        Ended::Unknown | Ended::Other => (TherapyStatus::Ended, None),
        Ended::Grew => (TherapyStatus::Ended, Some(StopReason::Progression)),
        Ended::SideEffects => (TherapyStatus::Ended, Some(StopReason::Toxicity)),
        Ended::Planned => (TherapyStatus::Ended, Some(StopReason::Completed)),
    };
    let latest = end.and_then(|end| end.high);
    let start = from.unwrap_or(DateBounds {
        low: None,
        high: latest,
    });
    let backwards = start.low.zip(latest).is_some_and(|(low, high)| low > high);
    let mut once: Vec<Drug> = Vec::new();
    for drug in drugs {
        if !once.contains(&drug) {
            once.push(drug);
        }
    }
    let event = |drug| {
        Event::Therapy(Therapy {
            drug,
            end,
            status,
            intent: Some(Intent::Metastatic),
            stopped,
        })
    };
    (!backwards).then(|| Line::Entry {
        date: start,
        text: words.to_owned(),
        events: once.into_iter().map(event).collect(),
        left_out: None,
    })
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

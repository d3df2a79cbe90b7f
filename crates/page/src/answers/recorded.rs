//! What a record says, as answers for a person to check. They never say more than the record does.

use super::{Answers, Ended, Given, Treatment, chart_text};
use litemap::LiteMap;
use waymark_criteria::{Bounds, Date, SortedSet, Truth, Value};
use waymark_engine::bundle::{AnswerForm, Question};
use waymark_engine::chart::{Completeness, written};
use waymark_engine::derive::{derive, history};
use waymark_engine::facts::FactValue;
use waymark_engine::wire::lines::Episode;
use waymark_engine::{Bundle, Chart, Facts};

/// Facts by their place, where something is known of them.
type Known = LiteMap<usize, FactValue>;

impl Answers {
    /// The answers that follow from a record: of each question those whose own chart gives only facts that the record
    /// gives too. Where two answers give the same facts, neither is taken; an answer that vouches for the whole record
    /// is a person's alone.
    #[must_use]
    pub fn recorded(chart: &Chart, bundle: &Bundle, today: Date) -> Answers {
        let record = chart.record.unwrap_or(Completeness::Partial);
        let said = known(&derive(chart, bundle, today, record));
        let mut answers = Answers::default();
        for question in &bundle.content().questions {
            let given = match question.answer {
                AnswerForm::Treatments => treatments(question, chart, bundle, today),
                AnswerForm::One | AnswerForm::Any | AnswerForm::UpToThree => {
                    chosen(question, &said, bundle, today)
                }
            };
            let Some(given) = given else { continue };
            answers.answers.insert(question.id.clone(), given);
            let text = chart_text(&answers, bundle);
            let holds = facts(&text, bundle, today).is_some_and(|facts| is_within(&facts, &said));
            if !holds {
                answers.answers.remove(&question.id);
            }
        }
        answers
    }
}

/// The answers of a question that the record gives.
fn chosen(question: &Question, said: &Known, bundle: &Bundle, today: Date) -> Option<Given> {
    let of_nobody = known(&derive(
        &Chart::empty(),
        bundle,
        today,
        Completeness::Partial,
    ));
    // When a medicine was given is more than such a fact says: medicines are read as treatments alone.
    let questions = bundle.content().questions.iter();
    let of_treatments = settled(
        questions.filter(|it| it.answer == AnswerForm::Treatments),
        bundle,
    );
    let asked_for = settled(std::iter::once(question), bundle);
    let mut of_each: Vec<(&str, Known)> = question
        .answers
        .iter()
        .filter(|answer| !answer.chart.is_empty())
        .filter_map(|answer| {
            let text = format!("chart 1\n{}\n", answer.chart.join("\n"));
            let mut facts = facts(&text, bundle, today)?;
            facts.retain(|place, value| of_nobody.get(place) != Some(value));
            let of_course = facts.keys().any(|place| of_treatments.contains(place));
            (!of_course).then_some((answer.id.as_str(), facts))
        })
        .collect();
    // What every answer says does not tell which one it is.
    if let [(_, first), others @ ..] = &of_each[..]
        && !others.is_empty()
    {
        let mut common = first.clone();
        common.retain(|place, value| others.iter().all(|(_, it)| it.get(place) == Some(value)));
        for (_, facts) in &mut of_each {
            facts.retain(|place, _| !common.contains_key(place));
        }
    }
    of_each.retain(|(_, facts)| facts.keys().any(|place| asked_for.contains(place)));
    let mut chosen: Vec<&(&str, Known)> = of_each
        .iter()
        .filter(|(_, facts)| is_within(facts, said))
        .collect();
    let all = chosen.clone();
    chosen.retain(|(id, facts)| {
        let others = all.iter().filter(|(other, _)| other != id);
        let others = others.map(|(_, more)| more);
        let told_better = |more: &Known| more.len() > facts.len() && is_within(facts, more);
        !others.clone().any(told_better)
            && !of_each
                .iter()
                .any(|(other, same)| other != id && same == facts)
    });
    let one = question.answer == AnswerForm::One;
    if chosen.is_empty() || (one && chosen.len() > 1) {
        return None;
    }
    Some(Given {
        chosen: chosen.into_iter().map(|(id, _)| (*id).to_owned()).collect(),
        ..Given::default()
    })
}

/// The places of the facts that these questions settle.
fn settled<'b>(questions: impl Iterator<Item = &'b Question>, bundle: &Bundle) -> SortedSet<usize> {
    let settled: SortedSet<&str> = questions
        .flat_map(|question| question.settles.iter().map(String::as_str))
        .collect();
    let facts = bundle.content().facts.iter().enumerate();
    facts
        .filter(|(_, fact)| settled.contains(&*fact.id))
        .map(|(place, _)| place)
        .collect()
}

/// The facts of a written chart; nothing where it vouches for the record, or cannot be read.
fn facts(text: &str, bundle: &Bundle, today: Date) -> Option<Known> {
    let chart = written::read(text, bundle).ok()?;
    if chart.record.is_some() {
        return None;
    }
    Some(known(&derive(&chart, bundle, today, Completeness::Partial)))
}

/// The facts of which more is known than of nobody.
fn known(facts: &Facts) -> Known {
    let told = |value: &FactValue| match value {
        FactValue::Value(Value::Truth(truth)) => match truth {
            Truth::True | Truth::False => true,
            Truth::Unknown => false,
        },
        FactValue::Value(Value::Bounds(bounds)) => *bounds != Bounds::UNKNOWN,
        FactValue::Word(word) => word.is_some(),
    };
    let facts = facts.facts.iter().map(|fact| &fact.value).enumerate();
    facts
        .filter(|(_, value)| told(value))
        .map(|(place, value)| (place, value.clone()))
        .collect()
}

/// Whether every fact of the one side is given by the other, as narrowly or more so.
fn is_within(facts: &Known, said: &Known) -> bool {
    facts
        .iter()
        .all(|(place, value)| match (value, said.get(place)) {
            (_, None) => is_open(value),
            (
                FactValue::Value(Value::Bounds(wide)),
                Some(FactValue::Value(Value::Bounds(narrow))),
            ) => {
                let low = wide
                    .low
                    .is_none_or(|low| narrow.low.is_some_and(|it| it >= low));
                let high = wide
                    .high
                    .is_none_or(|high| narrow.high.is_some_and(|it| it <= high));
                low && high
            }
            (value, Some(other)) => value == other,
        })
}

/// Whether it says nothing that is not true of everyone: a count of at least none.
fn is_open(value: &FactValue) -> bool {
    matches!(
        value,
        FactValue::Value(Value::Bounds(Bounds {
            low: Some(0),
            high: None
        }))
    )
}

/// The treatments since the cancer spread, episode by episode.
fn treatments(question: &Question, chart: &Chart, bundle: &Bundle, today: Date) -> Option<Given> {
    let record = chart.record.unwrap_or(Completeness::Partial);
    let lines = history(chart, bundle, today, record);
    let metastatic = lines
        .episodes
        .iter()
        .filter(|it| it.setting == "metastatic");
    let treatments: Vec<Treatment> = metastatic
        .filter_map(|episode| treatment(question, episode))
        .collect();
    (!treatments.is_empty()).then(|| Given {
        treatments,
        ..Given::default()
    })
}

/// An episode as a treatment; nothing where a medicine of it is not among those that the question offers.
fn treatment(question: &Question, episode: &Episode) -> Option<Treatment> {
    let offered = |id: &String| {
        question
            .groups
            .iter()
            .any(|group| group.medicines.contains(id))
    };
    let medicines: Vec<String> = episode
        .medicines
        .iter()
        .map(|it| it.medicine.clone())
        .collect();
    if !medicines.iter().all(offered) {
        return None;
    }
    let stopped = |reason: &str| {
        episode
            .medicines
            .iter()
            .any(|it| it.stopped.as_deref() == Some(reason))
    };
    let ended = if episode.ongoing {
        Ended::Ongoing
    } else if stopped("progression") {
        Ended::Grew
    } else if stopped("toxicity") {
        Ended::SideEffects
    } else if stopped("completed") {
        Ended::Planned
    } else if stopped("other") {
        Ended::Other
    } else {
        Ended::Unknown
    };
    Some(Treatment {
        medicines,
        ended,
        from: month(&episode.from),
        to: episode.to.as_deref().and_then(month),
    })
}

/// The month of a date, or its year; nothing where it is open.
fn month(date: &str) -> Option<String> {
    let month = date.get(..7).unwrap_or(date);
    super::code::is_month(month).then(|| month.to_owned())
}

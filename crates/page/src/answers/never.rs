//! What was never given: read out of lists of medicines that a person calls all.

use super::Answers;
use super::asked::following;
use waymark_criteria::{Date, Truth, Value};
use waymark_engine::Bundle;
use waymark_engine::bundle::{Derivation, FactEntry, Setting};
use waymark_engine::chart::{Completeness, written};
use waymark_engine::derive::derive;
use waymark_engine::facts::{FactValue, Facts};

/// The question on the medicines before the spread, and the answers by which its list is all.
const BEFORE: (&str, [&str; 2]) = ("before", ["all", "none"]);
/// Its answer by which the list holds every medicine against HER2.
const NO_HER2: &str = "no-her2";
/// Its answer that leaves open which chemotherapy it was.
const UNNAMED: &str = "other-chemotherapy";
/// The same for the treatments since.
const SINCE: (&str, [&str; 2]) = ("treatments", ["all", "none-yet"]);
/// Every treatment that was told has begun by then.
const LAST_DAY: &str = "9999-12-31";

/// The lines that the answers tell together. What was ticked is a medicine or a stated fact; of anything else, a list that is
/// all says that it was never given. A count is told only where each medicine in it was told as such.
pub(super) fn lines(text: &str, answers: &Answers, bundle: &Bundle) -> Vec<String> {
    let chose = |(question, all): (&str, [&str; 2])| {
        all.iter().any(|answer| answers.chose(question, answer))
    };
    // Answers to what does not follow any more tell nothing.
    if !following(bundle, answers)
        .iter()
        .any(|question| question.id == BEFORE.0)
    {
        return Vec::new();
    }
    let ticked = answers.get(BEFORE.0).map_or(0, |it| it.chosen.len());
    // "That is all" beside no tick says of nothing that it is all.
    let all = chose(BEFORE) && (ticked > 1 || answers.chose(BEFORE.0, "none"));
    if !chose(SINCE) || !(all || answers.chose(BEFORE.0, NO_HER2)) {
        return Vec::new();
    }
    let all_named = all && !answers.chose(BEFORE.0, UNNAMED);
    let (Ok(chart), Some(day)) = (written::read(text, bundle), Date::parse(LAST_DAY)) else {
        return Vec::new();
    };
    let facts = derive(&chart, bundle, day, Completeness::Therapies);
    let entries = &bundle.content().facts;
    let counts: Vec<(&FactEntry, &str)> = entries
        .iter()
        .filter_map(|entry| match &entry.derivation {
            Derivation::PriorRegimens { drug, setting } if *setting == Setting::Any => {
                Some((entry, drug.as_str()))
            }
            _ => None,
        })
        .collect();
    let mut told = Vec::new();
    let mut counted = counts.clone();
    for entry in entries {
        let Derivation::PriorDrug { drug, setting } = &entry.derivation else {
            continue;
        };
        let classes = bundle.medicine(drug).map(|it| it.classes.as_slice());
        let is_in = |class: &str| classes.is_some_and(|it| it.iter().any(|it| it == class));
        let against_her2 = counts.iter().any(|(_, class)| is_in(class));
        if *setting != Setting::Any || !(all_named || against_her2) {
            continue;
        }
        // Stated, and no medicine on record: it cannot be counted.
        let given = format!("fact {} = true", entry.id);
        if text.lines().any(|line| line == given) {
            counted.retain(|(_, class)| !is_in(class));
            continue;
        }
        match truth(&facts, bundle, entry) {
            Truth::False => told.push(format!("fact {} = false", entry.id)),
            Truth::True => {}
            Truth::Unknown => counted.retain(|(_, class)| !is_in(class)),
        }
    }
    // Where no medicine stands before the spread, all regimens are those since.
    let none_before = !["? adjuvant ", "? neoadjuvant "]
        .iter()
        .any(|begin| text.lines().any(|line| line.starts_with(begin)));
    if none_before && !counted.is_empty() {
        // A list that is all and holds no medicine against HER2 says what the answer "none against HER2" says.
        let questions = bundle.content().questions.iter();
        let answers = questions
            .filter(|it| it.id == BEFORE.0)
            .flat_map(|it| &it.answers);
        let none = answers.filter(|it| it.id == NO_HER2);
        told.extend(none.flat_map(|it| it.chart.iter().cloned()));
    }
    for (entry, class) in counted {
        let since = entries.iter().find(|it| counts_since(it, class));
        let since = since.filter(|_| none_before);
        let known = number(&facts, bundle, entry);
        if let Some(number) = known.or_else(|| number(&facts, bundle, since?)) {
            told.push(format!("fact {} = {number}", entry.id));
        }
    }
    told
}

/// Whether a fact counts the regimens of a class for metastatic disease.
fn counts_since(entry: &FactEntry, class: &str) -> bool {
    matches!(
        &entry.derivation,
        Derivation::PriorRegimens { drug, setting: Setting::Metastatic } if drug == class
    )
}

fn value<'f>(facts: &'f Facts, bundle: &Bundle, entry: &FactEntry) -> Option<&'f FactValue> {
    let index = bundle.schema().find(&entry.id)?;
    Some(&facts.get(index).value)
}

fn truth(facts: &Facts, bundle: &Bundle, entry: &FactEntry) -> Truth {
    match value(facts, bundle, entry) {
        Some(FactValue::Value(Value::Truth(truth))) => *truth,
        _ => Truth::Unknown,
    }
}

fn number(facts: &Facts, bundle: &Bundle, entry: &FactEntry) -> Option<i64> {
    match value(facts, bundle, entry)? {
        FactValue::Value(Value::Bounds(bounds)) => bounds.as_exact(),
        FactValue::Value(Value::Truth(_)) | FactValue::Word(_) => None,
    }
}

//! What was never given: read out of lists of medicines that a person calls all.

use super::Answers;
use super::asked::following;
use waymark_criteria::{Date, Truth, Value};
use waymark_engine::Bundle;
use waymark_engine::bundle::{Answer, Derivation, FactEntry, Setting, Tells};
use waymark_engine::chart::{Completeness, written};
use waymark_engine::derive::derive;
use waymark_engine::facts::{FactValue, Facts};

/// The question on the medicines before the spread.
const BEFORE: &str = "before";
/// Its answer by which what is ticked is all.
const ALL: &str = "all";
/// Its answer by which there was no medicine against HER2.
const NO_HER2: &str = "no-her2";
/// Its answer that leaves open which chemotherapy it was: a drip of anything may be called by that name.
const UNNAMED: &str = "other-chemotherapy";
/// Every treatment that was told has begun by then.
const LAST_DAY: &str = "9999-12-31";

/// The lines that the answers tell together: of a medicine that was not ticked before the spread and stands in no step
/// since, that it was never given, where both lists are all. The ticks tell kinds of medicines and not how often each was
/// begun, so that a count is told only where it is that of the steps since.
pub(super) fn lines(text: &str, answers: &Answers, bundle: &Bundle) -> Vec<String> {
    let offered = following(bundle, answers).into_iter();
    let offered = offered
        .filter(|it| it.id == BEFORE)
        .flat_map(|it| &it.answers);
    let offered: Vec<&Answer> = offered.collect();
    let chosen = || {
        let chosen = offered.iter().filter(|it| answers.chose(BEFORE, &it.id));
        chosen.copied()
    };
    let tells = |tells: Tells| chosen().any(|it| it.tells == tells);
    let (Ok(chart), Some(day)) = (written::read(text, bundle), Date::parse(LAST_DAY)) else {
        return Vec::new();
    };
    let since_is_all = chart.record == Some(Completeness::MetastaticTherapies);
    // Answers to what does not follow any more tell nothing.
    if offered.is_empty() || !since_is_all || tells(Tells::Unknown) || tells(Tells::Unsaid) {
        return Vec::new();
    }
    let entries = &bundle.content().facts;
    let stated = |entry: &FactEntry| {
        let given = format!("fact {} = true", entry.id);
        text.lines().any(|line| line == given)
    };
    let counts: Vec<(&FactEntry, &str)> = entries
        .iter()
        .filter_map(|entry| Some((entry, counted(entry, Setting::Any)?)))
        .collect();
    let given: Vec<(&FactEntry, &str)> = entries
        .iter()
        .filter_map(|entry| Some((entry, asked(entry)?)))
        .collect();
    let against_her2 = |drug: &str| counts.iter().any(|(_, class)| is_in(bundle, drug, class));
    let her2_ticked = ["? adjuvant ", "? neoadjuvant "]
        .iter()
        .any(|begin| text.lines().any(|line| line.starts_with(begin)))
        || given
            .iter()
            .any(|(entry, drug)| against_her2(drug) && stated(entry));
    let medicine_ticked =
        chosen().any(|it| it.tells == Tells::Something && it.id != NO_HER2 && !it.chart.is_empty());
    let chose = |answer| answers.chose(BEFORE, answer);
    // "That is all" beside no medicine says of nothing that it is all.
    let all = if medicine_ticked {
        chose(ALL) && !chose(UNNAMED)
    } else {
        tells(Tells::None)
    };
    let none_against_her2 = !her2_ticked && (all || chose(NO_HER2));
    let facts = derive(&chart, bundle, day, Completeness::Therapies);
    let mut told = Vec::new();
    for (entry, drug) in &given {
        let listed = all || (none_against_her2 && against_her2(drug));
        let perhaps_with_it = |(other, product): &(&FactEntry, &str)| {
            stated(other) && one_product(bundle, drug, product)
        };
        let left_open = chosen().any(|it| it.leaves_open.iter().any(|open| open == drug));
        if !listed || stated(entry) || left_open || given.iter().any(perhaps_with_it) {
            continue;
        }
        if truth(&facts, bundle, entry) == Truth::False {
            told.push(format!("fact {} = false", entry.id));
        }
    }
    if none_against_her2 {
        let none = offered.iter().filter(|it| it.id == NO_HER2);
        told.extend(none.flat_map(|it| it.chart.iter().cloned()));
        for (entry, class) in counts {
            let since = entries
                .iter()
                .find(|it| counted(it, Setting::Metastatic) == Some(class));
            if let Some(number) = since.and_then(|since| number(&facts, bundle, since)) {
                told.push(format!("fact {} = {number}", entry.id));
            }
        }
    }
    told
}

/// The class whose regimens in a setting a fact counts.
fn counted(entry: &FactEntry, of: Setting) -> Option<&str> {
    match &entry.derivation {
        Derivation::PriorRegimens { drug, setting } if *setting == of => Some(drug),
        _ => None,
    }
}

/// The medicine or class of which a fact tells whether it was given at any time.
fn asked(entry: &FactEntry) -> Option<&str> {
    match &entry.derivation {
        Derivation::PriorDrug { drug, setting } if *setting == Setting::Any => Some(drug),
        _ => None,
    }
}

fn is_in(bundle: &Bundle, drug: &str, class: &str) -> bool {
    let medicine = bundle.medicine(drug);
    medicine.is_some_and(|it| it.classes.iter().any(|it| it == class))
}

/// Whether one product holds both: who had it may have ticked one of the two.
fn one_product(bundle: &Bundle, one: &str, other: &str) -> bool {
    let mut products = bundle.content().medicines.iter();
    products.any(|it| {
        let holds = |drug: &str| it.ingredients.iter().any(|ingredient| ingredient == drug);
        holds(one) && holds(other)
    })
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

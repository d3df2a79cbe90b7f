//! A stored answer worked out again from the facts that it carries.
//!
//! The chart is not stored, so that what was read off it beside the values of facts (the records behind them, `import`,
//! medicines already `given`) is taken over; everything that the knowledge says is worked out anew.

use crate::assess;
use crate::bundle::{Bundle, FactEntry, FactKind};
use crate::chart::{Chart, Completeness, ImportReport, Patient};
use crate::facts::{Fact, FactValue, Facts};
use crate::wire;
use serde_json::Value as Json;
use waymark_criteria::{Bounds, Date, DateBounds, Diagnostic, Truth, Value};

/// Something that the stored answer and the new one say differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where, for example `regimens.tdxd.verdict`; members of lists go by their ids.
    pub place: String,
    /// What the stored answer says; none: nothing.
    pub stored: Option<Json>,
    /// What comes out now; none: nothing.
    pub now: Option<Json>,
}

/// Works a stored answer out again.
///
/// # Errors
/// When it is of another schema, or a fact in it is none that this knowledge has, or is of another type.
pub fn again(
    stored: &wire::Assessment,
    bundle: &Bundle,
) -> Result<wire::Assessment, Vec<Diagnostic>> {
    let facts = facts(stored, bundle)?;
    let chart = Chart {
        patient: Patient {
            id: stored.patient.id.clone(),
            birth: DateBounds::UNKNOWN,
            birth_source: None,
            sex: None,
        },
        record: Some(facts.record),
        entries: Vec::new(),
        import: ImportReport::default(),
    };
    let mut now = assess::assess(&chart, &facts, bundle, facts.as_of);
    now.import = stored.import.clone();
    for (fact, was) in now.facts.iter_mut().zip(&stored.facts) {
        if fact.id == was.id {
            fact.from.clone_from(&was.from);
        }
    }
    now.knowledge.overdue.clone_from(&stored.knowledge.overdue);
    for regimen in &mut now.regimens {
        let was = stored.regimens.iter().find(|was| was.id == regimen.id);
        if let Some(was) = was {
            regimen.given.clone_from(&was.given);
            regimen.overdue.clone_from(&was.overdue);
            regimen.reasons.clone_from(&was.reasons);
            // Asked for or not, the figures are those of the knowledge.
            regimen.evidence = was
                .evidence
                .as_ref()
                .map(|_| wire::trials(bundle, &regimen.id));
        }
    }
    Ok(now)
}

/// Every place at which two answers differ.
#[must_use]
pub fn differences(stored: &wire::Assessment, now: &wire::Assessment) -> Vec<Difference> {
    let json = |answer: &wire::Assessment| serde_json::to_value(answer).unwrap_or_default();
    let mut found = Vec::new();
    compare("", &json(stored), &json(now), &mut found);
    found
}

fn compare(place: &str, stored: &Json, now: &Json, found: &mut Vec<Difference>) {
    let inner = |name: &str| match place {
        "" => name.to_owned(),
        _ => format!("{place}.{name}"),
    };
    let mut both = |stored: Vec<(String, &Json)>, now: Vec<(String, &Json)>| {
        for (name, value) in &stored {
            match now.iter().find(|(other, _)| other == name) {
                Some((_, other)) => compare(&inner(name), value, other, found),
                None => found.push(Difference {
                    place: inner(name),
                    stored: Some((*value).clone()),
                    now: None,
                }),
            }
        }
        for (name, value) in now {
            if stored.iter().all(|(other, _)| *other != name) {
                found.push(Difference {
                    place: inner(&name),
                    stored: None,
                    now: Some(value.clone()),
                });
            }
        }
    };
    match (stored, now) {
        (Json::Object(stored), Json::Object(now)) => {
            both(fields(stored), fields(now));
        }
        (Json::Array(stored), Json::Array(now)) => both(members(stored), members(now)),
        _ if stored == now => {}
        _ => found.push(Difference {
            place: place.to_owned(),
            stored: Some(stored.clone()),
            now: Some(now.clone()),
        }),
    }
}

fn fields(object: &serde_json::Map<String, Json>) -> Vec<(String, &Json)> {
    let pairs = object.iter().map(|(name, value)| (name.clone(), value));
    pairs.collect()
}

/// Members of a list by their ids, where all have one, else by their positions.
fn members(list: &[Json]) -> Vec<(String, &Json)> {
    let id = |member: &Json| {
        let of = |name: &str| member.get(name).and_then(Json::as_str).map(str::to_owned);
        of("id").or_else(|| of("fact"))
    };
    let ids: Option<Vec<String>> = list.iter().map(id).collect();
    let names = ids.unwrap_or_else(|| (0..list.len()).map(|at| at.to_string()).collect());
    names.into_iter().zip(list).collect()
}

/// The facts that a stored answer carries.
///
/// # Errors
/// As [`again`].
pub fn facts(stored: &wire::Assessment, bundle: &Bundle) -> Result<Facts, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    if stored.schema != wire::SCHEMA {
        problems.push(
            Diagnostic::error(
                "unknown-schema",
                format!("the answer is of schema `{}`", stored.schema),
            )
            .help(format!("this program replays `{}`", wire::SCHEMA)),
        );
    }
    let as_of = Date::parse(&stored.as_of);
    let record = Completeness::from_word(&stored.record);
    let (Some(as_of), Some(record)) = (as_of, record) else {
        let message = format!(
            "`{}` is no day, or `{}` is not a word for how complete a record is",
            stored.as_of, stored.record
        );
        problems.push(Diagnostic::error("bad-answer", message));
        return Err(problems);
    };
    for fact in &stored.facts {
        if bundle.schema().find(&fact.id).is_none() {
            let message = format!("this knowledge has no fact `{}`", fact.id);
            let help = format!(
                "replay it with the knowledge {} (--kb DIR)",
                stored.knowledge.version
            );
            problems.push(Diagnostic::error("unknown-fact", message).help(help));
        }
    }
    let mut facts = Vec::new();
    for index in bundle.schema().indices() {
        let entry = bundle.fact(index);
        let fact = stored.facts.iter().find(|fact| fact.id == entry.id);
        match fact.map_or_else(|| Some(unknown(entry)), |fact| read(fact, entry)) {
            Some(fact) => facts.push(fact),
            None => {
                let message = format!("the value of `{}` is not of its type", entry.id);
                problems.push(Diagnostic::error("bad-answer", message));
            }
        }
    }
    match problems.is_empty() {
        true => Ok(Facts {
            as_of,
            record,
            facts,
        }),
        false => Err(problems),
    }
}

fn unknown(entry: &FactEntry) -> Fact {
    match entry.ty {
        FactKind::Word => Fact::word(None, Vec::new()),
        FactKind::Boolean => Fact::truth(Truth::Unknown, Vec::new()),
        FactKind::Integer | FactKind::Decimal | FactKind::Date => {
            Fact::bounds(Bounds::UNKNOWN, Vec::new())
        }
    }
}

fn read(fact: &wire::Fact, entry: &FactEntry) -> Option<Fact> {
    let value = match (entry.ty, &fact.value) {
        (FactKind::Word, wire::Scalar::Null) => FactValue::Word(None),
        (FactKind::Word, wire::Scalar::Text(word)) => FactValue::Word(Some(word.clone())),
        (FactKind::Boolean, wire::Scalar::Null) => FactValue::Value(Value::Truth(Truth::Unknown)),
        (FactKind::Boolean, wire::Scalar::Boolean(true)) => {
            FactValue::Value(Value::Truth(Truth::True))
        }
        (FactKind::Boolean, wire::Scalar::Boolean(false)) => {
            FactValue::Value(Value::Truth(Truth::False))
        }
        (FactKind::Integer | FactKind::Decimal | FactKind::Date, wire::Scalar::Null) => {
            let end = |end: &Option<wire::Scalar>| match end {
                Some(end) => number(end, entry.ty).map(Some),
                None => Some(None),
            };
            let (low, high) = (end(&fact.low)?, end(&fact.high)?);
            FactValue::Value(Value::Bounds(Bounds { low, high }))
        }
        (FactKind::Integer | FactKind::Decimal | FactKind::Date, exact) => {
            FactValue::Value(Value::Bounds(Bounds::exact(number(exact, entry.ty)?)))
        }
        _ => return None,
    };
    let why_unknown = fact
        .why_unknown
        .as_deref()
        .and_then(assess::facts::why_of_word);
    Some(Fact {
        value,
        why_unknown,
        inferred: fact.inferred.clone(),
        from: Vec::new(),
    })
}

/// A number, day or decimal in the units that criteria read.
fn number(scalar: &wire::Scalar, ty: FactKind) -> Option<i64> {
    match (ty, scalar) {
        (FactKind::Integer, wire::Scalar::Integer(number)) => Some(*number),
        (FactKind::Date, wire::Scalar::Text(day)) => Date::parse(day).map(Date::to_days),
        (FactKind::Decimal, wire::Scalar::Text(text)) => assess::facts::parse_decimal(text),
        _ => None,
    }
}

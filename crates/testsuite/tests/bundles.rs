//! What holds of any bundle: the order of its records and copies of them change nothing, and taking a record away
//! never makes an open fact known, unless the facts themselves named that record.
//!
//! Tried on the examples, on made-up bundles, and on the public records where they are.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use serde_json::{Value, json};
use std::path::Path;
use std::sync::LazyLock;
use waymark_criteria::{Bounds, Date, FactIndex, Truth, Value as Told};
use waymark_engine::bundle::Derivation;
use waymark_engine::chart::Completeness;
use waymark_engine::derive::derive;
use waymark_engine::facts::{Fact, FactValue, Facts, WhyUnknown};
use waymark_engine::{Bundle, Chart};
use waymark_testsuite::generate::Random;
use waymark_testsuite::{assess, day, files, records, root, shared_data};

static BUNDLE: LazyLock<Bundle> = LazyLock::new(waymark_testsuite::bundle);
static READER: LazyLock<waymark_fhir::Reader<'static>> =
    LazyLock::new(|| waymark_fhir::Reader::new(&BUNDLE));

const BOTH: [Completeness; 2] = [Completeness::Partial, Completeness::Complete];

/// Made-up bundles that are tried.
const SEEDS: u64 = 120;

/// Made-up bundles of which records are taken away, which is quick; and those further on that once told more by it.
const TAKEN_FROM: u64 = 500;
const TOLD_MORE: [u64; 3] = [535, 891, 2137];

/// The records of one patient as entries of a Bundle, and what they are called in a message.
#[derive(Clone)]
struct Input {
    name: String,
    entries: Vec<Value>,
}

impl Input {
    fn read(&self) -> Option<Chart> {
        let bundle =
            json!({ "resourceType": "Bundle", "type": "collection", "entry": self.entries });
        READER.read(bundle.to_string().as_bytes(), None).ok()
    }

    fn with(&self, entries: Vec<Value>) -> Input {
        Input {
            name: self.name.clone(),
            entries,
        }
    }
}

fn made_up(seeds: impl IntoIterator<Item = u64>) -> impl Iterator<Item = Input> {
    seeds.into_iter().map(|seed| Input {
        name: format!("seed {seed}"),
        entries: entries(&records::collection(&records::records(&BUNDLE, seed))),
    })
}

/// Made-up bundles in which some records are dated by their recording alone, came back, are not understood, or are taken
/// back by a note.
fn bent(seeds: impl IntoIterator<Item = u64>) -> impl Iterator<Item = Input> {
    made_up(seeds).map(|mut input| {
        let mut random = Random(input.entries.len() as u64);
        for entry in &mut input.entries {
            let Some(record) = entry["resource"].as_object_mut() else {
                continue;
            };
            let condition = record["resourceType"] == "Condition";
            let (element, value) = match random.below(9) {
                0 | 1 if condition => match record.remove("onsetDateTime") {
                    Some(day) => ("recordedDate", day),
                    None => continue,
                },
                2 if condition => (
                    "clinicalStatus",
                    json!({ "coding": [{ "code": "recurrence" }] }),
                ),
                3 => ("implicitRules", json!("http://example.org/rules")),
                4 => (
                    "note",
                    json!([{ "text": "Held, not given, ruled out, planned" }]),
                ),
                _ => continue,
            };
            if record["resourceType"] != "Patient" {
                record.insert(element.to_owned(), value);
            }
        }
        input.name += ", bent";
        input
    })
}

fn examples() -> Vec<Input> {
    in_folder(&root().join("examples"), ".fhir.json")
}

/// Bundles of the public records that are read, the longest ones apart.
fn public(most: usize) -> Vec<Input> {
    let Some(data) = shared_data() else {
        return Vec::new();
    };
    let mut inputs = in_folder(&data, ".json");
    inputs.retain(|input| input.entries.len() <= most && input.read().is_some());
    assert!(inputs.len() >= 20, "only {} public bundles", inputs.len());
    inputs
}

fn in_folder(folder: &Path, ending: &str) -> Vec<Input> {
    let inputs = files(folder, ending).into_iter().filter_map(|path| {
        let entries = entries(&std::fs::read_to_string(&path).ok()?);
        let name = path.display().to_string();
        (!entries.is_empty()).then_some(Input { name, entries })
    });
    inputs.collect()
}

/// The entries of a Bundle that is no history, each with a name that does not depend on its place.
fn entries(text: &str) -> Vec<Value> {
    let Ok(bundle) = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) else {
        return Vec::new();
    };
    let entries = bundle["entry"].as_array().cloned().unwrap_or_default();
    if bundle["resourceType"] != "Bundle" || bundle["type"] == "history" {
        return Vec::new();
    }
    let named = entries.into_iter().enumerate().map(|(place, mut entry)| {
        if entry["resource"]["id"].is_null() && entry["fullUrl"].is_null() {
            entry["fullUrl"] = json!(format!("urn:place:{place}"));
        }
        entry
    });
    named.collect()
}

/// Everything that a reader is told, the import report aside.
fn answer(chart: &Chart, record: Completeness) -> Value {
    let assessment = assess(chart, &BUNDLE, day("2026-11-01"), record);
    let mut answer = serde_json::to_value(assessment).unwrap();
    answer.as_object_mut().unwrap().remove("import");
    answer
}

/// Fails with the smallest part of the input that still fails.
fn hold(input: &Input, law: impl Fn(&Input) -> Result<(), String>) {
    let Err(mut why) = law(input) else { return };
    let mut least = input.clone();
    let mut place = 0;
    while place < least.entries.len() {
        let mut entries = least.entries.clone();
        entries.remove(place);
        match law(&least.with(entries.clone())) {
            Err(problem) => {
                (least, why) = (least.with(entries), problem);
            }
            Ok(()) => place += 1,
        }
    }
    let shown: Vec<String> = least.entries.iter().map(Value::to_string).collect();
    panic!("{}: {why}\n{}", input.name, shown.join("\n"));
}

fn shuffled(entries: &[Value], seed: u64) -> Vec<Value> {
    let mut random = Random(seed);
    let mut entries = entries.to_vec();
    for place in (1..entries.len()).rev() {
        let other = usize::try_from(random.below(place as u64 + 1)).unwrap();
        entries.swap(place, other);
    }
    entries
}

fn differ(one: &Value, other: &Value) -> String {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => one
            .iter()
            .filter(|(key, value)| other.get(*key) != Some(value))
            .map(|(key, value)| {
                format!(
                    ".{key}{}",
                    differ(value, &other.get(key).cloned().unwrap_or_default())
                )
            })
            .collect(),
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => one
            .iter()
            .zip(other)
            .filter(|(one, other)| one != other)
            .map(|(one, other)| format!("[{}]{}\n", one["id"], differ(one, other)))
            .collect(),
        _ => format!(": {one} against {other}"),
    }
}

fn same_in_any_order(input: &Input) -> Result<(), String> {
    let Some(chart) = input.read() else {
        return Ok(());
    };
    let others = [
        shuffled(&input.entries, 1),
        input.entries.iter().rev().cloned().collect(),
    ];
    for other in others {
        let other = input.with(other).read().ok_or("refused in another order")?;
        for record in BOTH {
            let (before, after) = (answer(&chart, record), answer(&other, record));
            if before != after {
                return Err(format!("another order: {}", differ(&before, &after)));
            }
        }
    }
    Ok(())
}

fn same_with_copies(input: &Input) -> Result<(), String> {
    let Some(chart) = input.read() else {
        return Ok(());
    };
    let twice = input.with([&input.entries[..], &input.entries].concat());
    let twice = twice.read().ok_or("refused with copies")?;
    for record in BOTH {
        let (before, after) = (answer(&chart, record), answer(&twice, record));
        if before != after {
            return Err(format!("with copies: {}", differ(&before, &after)));
        }
    }
    Ok(())
}

#[test]
fn order_and_copies_change_nothing() {
    let made_up = made_up(0..SEEDS).chain(bent(0..SEEDS));
    for input in made_up.chain(examples()).chain(public(1_000)) {
        hold(&input, same_in_any_order);
        hold(&input, same_with_copies);
    }
}

/// A second record that differs by its id alone tells nothing new, and is not lost. (It may leave more open: two undated
/// doses of a medicine that nobody knows may be two courses.)
fn same_under_another_id(input: &Input) -> Result<(), String> {
    let Some(chart) = input.read() else {
        return Ok(());
    };
    let mut entries = input.entries.clone();
    for entry in &input.entries {
        let kind = entry["resource"]["resourceType"].as_str();
        if !kind.is_some_and(|kind| REMOVED.contains(&kind)) {
            continue;
        }
        let mut twin = entry.clone();
        let id = twin["resource"]["id"].as_str().unwrap_or("none").to_owned();
        twin["resource"]["id"] = json!(format!("{id}-twin"));
        twin["fullUrl"] = Value::Null;
        entries.push(twin);
    }
    let twins = input.with(entries).read().ok_or("refused with twins")?;
    for record in BOTH {
        let of = |chart| derive(chart, &BUNDLE, as_of(), record).facts;
        let pairs = of(&chart).into_iter().zip(of(&twins));
        for ((before, after), fact) in pairs.zip(BUNDLE.schema().facts()) {
            if tells_more(&after, &before) {
                let id = &fact.id;
                return Err(format!(
                    "with twins, {id} is\n{after:?}\nand was\n{before:?}"
                ));
            }
        }
    }
    let used = |chart: &Chart| chart.import.used.len();
    let medicines = |chart: &Chart| {
        let mut entries = chart.entries.iter();
        let given = |entry: &&waymark_engine::chart::Entry| {
            matches!(entry.event, waymark_engine::chart::Event::Therapy(_))
        };
        entries.by_ref().filter(given).count()
    };
    if used(&twins) < used(&chart) || medicines(&twins) != 2 * medicines(&chart) {
        return Err("two doses became one".to_owned());
    }
    Ok(())
}

#[test]
fn records_equal_in_all_but_their_id_are_two_and_tell_nothing_new() {
    let made_up = made_up(0..SEEDS).chain(bent(0..SEEDS));
    for input in made_up.chain(examples()) {
        hold(&input, same_under_another_id);
    }
}

/// Types of records on therapies, conditions and tests.
const REMOVED: [&str; 7] = [
    "Condition",
    "Observation",
    "MedicationAdministration",
    "MedicationRequest",
    "MedicationStatement",
    "MedicationDispense",
    "Procedure",
];

fn facts(chart: &Chart) -> Facts {
    derive(chart, &BUNDLE, as_of(), Completeness::Partial)
}

fn as_of() -> Date {
    day("2026-11-01")
}

/// Whether the first tells something that the second does not.
fn tells_more(less: &Fact, full: &Fact) -> bool {
    match (&less.value, &full.value) {
        (FactValue::Value(Told::Truth(less)), FactValue::Value(Told::Truth(full))) => {
            *less != Truth::Unknown && less != full
        }
        (FactValue::Value(Told::Bounds(less)), FactValue::Value(Told::Bounds(full))) => {
            let spanned = |outer: &Bounds, inner: &Bounds| {
                outer
                    .low
                    .is_none_or(|low| inner.low.is_some_and(|inner| low <= inner))
                    && outer
                        .high
                        .is_none_or(|high| inner.high.is_some_and(|inner| inner <= high))
            };
            !spanned(less, full)
        }
        (FactValue::Word(less), FactValue::Word(full)) => less.is_some() && less != full,
        _ => true,
    }
}

/// Whether a record says of another one that it belongs to it.
fn refers(entry: &Value, to: &Value) -> bool {
    let resource = &to["resource"];
    let kind = resource["resourceType"].as_str().unwrap_or_default();
    let id = resource["id"].as_str().unwrap_or_default();
    let text = entry["resource"].to_string();
    let named = |name: &str| text.contains(&format!("\"reference\":\"{name}\""));
    named(&format!("{kind}/{id}")) || to["fullUrl"].as_str().is_some_and(named)
}

/// What the report calls a record.
fn name(entry: &Value) -> String {
    let resource = &entry["resource"];
    match (resource["id"].as_str(), entry["fullUrl"].as_str()) {
        (Some(id), _) => {
            let kind = resource["resourceType"].as_str().unwrap_or_default();
            format!("{kind}/{id}")
        }
        (None, url) => url.unwrap_or_default().to_owned(),
    }
}

/// With an open record, less on record is never more known. The evaluator is monotone, so that no verdict becomes
/// definite either unless a fact did.
fn less_is_not_more(input: &Input) -> Result<(), String> {
    let Some(chart) = input.read() else {
        return Ok(());
    };
    let full = facts(&chart);
    for (place, entry) in input.entries.iter().enumerate() {
        let kind = entry["resource"]["resourceType"].as_str();
        if !kind.is_some_and(|kind| REMOVED.contains(&kind)) {
            continue;
        }
        let others = (0..input.entries.len()).filter(|other| *other != place);
        let alone: Vec<usize> = others.clone().collect();
        let tied: Vec<usize> = others
            .filter(|other| !refers(&input.entries[*other], entry))
            .collect();
        let both = tied.len() < alone.len();
        for left in [alone, tied].into_iter().take(1 + usize::from(both)) {
            let goes = (0..input.entries.len()).filter(|place| !left.contains(place));
            let gone: Vec<String> = goes.map(|place| name(&input.entries[place])).collect();
            let left = left.iter().map(|at| input.entries[*at].clone()).collect();
            if let Some(chart) = input.with(left).read() {
                tells_no_more(&facts(&chart), &full, &gone)?;
            }
        }
    }
    Ok(())
}

fn tells_no_more(less: &Facts, full: &Facts, gone: &[String]) -> Result<(), String> {
    let schema = BUNDLE.schema();
    let names = |fact: &Fact| {
        fact.from
            .iter()
            .any(|from| gone.contains(&from.source.record))
    };
    // The fact says that the record is one side of a conflict, leaves it open, or is the newest of its kind.
    let excused = |index: FactIndex| {
        let rule = &BUNDLE.fact(index).derivation;
        let fact = full.get(index);
        let own = names(fact) && (fact.why_unknown != Some(WhyUnknown::NotRecorded) || opens(rule));
        let other = |other: FactIndex| {
            let (fact, now) = (full.get(other), less.get(other));
            rests_on(rule, &BUNDLE.fact(other).derivation) && names(fact) && fact.value != now.value
        };
        own || schema.indices().any(other)
    };
    for (index, less) in schema.indices().zip(&less.facts) {
        let full = full.get(index);
        if tells_more(less, full) && !excused(index) {
            let fact = &schema.fact(index).id;
            return Err(format!(
                "without {gone:?}, {fact} is\n{less:?}\nand was\n{full:?}"
            ));
        }
    }
    Ok(())
}

/// A therapy under way of which no baseline is on record hides the baseline of another one.
fn opens(rule: &Derivation) -> bool {
    matches!(rule, Derivation::MeasurementBaseline { .. })
}

/// Whether one fact is read by way of another, so that it is known again where a conflict of that one is gone.
fn rests_on(rule: &Derivation, on: &Derivation) -> bool {
    use Derivation as D;
    match rule {
        // No metastasis anywhere is none here.
        D::MetastasisAt { .. } | D::Cns { .. } => {
            matches!(on, D::Metastatic {} | D::MetastasisAt { .. })
        }
        D::MetastaticSince {} => matches!(on, D::Metastatic {}),
        // For which disease a medicine was given, and whether an untold tissue was the primary (M5, M9).
        D::PriorDrug { .. }
        | D::PriorRegimens { .. }
        | D::CurrentLine {}
        | D::ProgressedOn { .. }
        | D::ProgressedSinceLatestRegimen { .. }
        | D::InductionWithoutProgression { .. }
        | D::EarlyRelapse { .. }
        | D::DeNovo { .. }
        | D::Her2 { .. }
        | D::HormoneReceptors { .. }
        | D::Subtype {} => matches!(
            on,
            D::Metastatic {} | D::MetastaticSince {} | D::Unresectable {}
        ),
        // It is the other fact, with its records and what leaves it open.
        D::StatedOr { fact, .. } => {
            let other = BUNDLE.schema().find(fact).unwrap();
            rests_on(&BUNDLE.fact(other).derivation, on)
        }
        _ => false,
    }
}

#[test]
fn taking_a_record_away_tells_nothing() {
    let seeds = (0..TAKEN_FROM).chain(TOLD_MORE);
    let made_up = made_up(seeds).chain(bent((0..TAKEN_FROM).chain([960])));
    for input in made_up.chain(examples()).chain(public(150)) {
        hold(&input, less_is_not_more);
    }
}

//! Whole patients: what `cases/` expects of a chart, argued from the labels, against what the product says of it,
//! in both forms of the chart.

use serde::Deserialize;
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use waymark_engine::chart::Completeness;
use waymark_engine::wire::{self, Scalar, Verdict};
use waymark_engine::{Bundle, Chart};
use waymark_testsuite::{assess, bundle, chart, day, files, root};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Patient {
    /// Path of the chart from the root of the repository.
    chart: String,
    story: String,
    /// Clinicians who signed these expectations, by name.
    reviewed_by: Vec<String>,
    day: Vec<Day>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Day {
    as_of: String,
    record: Record,
    /// Why this day was chosen.
    #[serde(default)]
    look_at: Option<String>,
    facts: BTreeMap<String, Expected>,
    regimens: BTreeMap<String, Answer>,
    /// Facts and regimens where the product is known to say otherwise, and why that stands for now.
    #[serde(default)]
    disputed: BTreeMap<String, String>,
}

#[derive(Deserialize, Clone, Copy, Debug)]
#[serde(rename_all = "kebab-case")]
enum Record {
    Partial,
    Complete,
}

/// `true`, `3`, a word, a date, bounds as `"1.."`, or `"unknown"`.
#[derive(Deserialize)]
#[serde(untagged)]
enum Expected {
    Boolean(bool),
    Integer(i64),
    Text(String),
}

#[derive(Deserialize)]
#[serde(tag = "verdict", deny_unknown_fields, rename_all = "kebab-case")]
enum Answer {
    Indicated {
        because: String,
    },
    NotIndicated {
        unmet: BTreeSet<String>,
        because: String,
    },
    Unknown {
        missing: BTreeSet<String>,
        because: String,
    },
}

fn scalar(value: Option<&Scalar>) -> Option<String> {
    match value? {
        Scalar::Null => None,
        Scalar::Boolean(value) => Some(value.to_string()),
        Scalar::Integer(value) => Some(value.to_string()),
        Scalar::Text(text) => Some(text.clone()),
    }
}

/// A fact in the notation of the cases. A count has no need to say that it is not below zero.
fn shown(fact: &wire::Fact) -> String {
    if let Some(value) = scalar(Some(&fact.value)) {
        return value;
    }
    match (scalar(fact.low.as_ref()), scalar(fact.high.as_ref())) {
        (None, None) => "unknown".to_owned(),
        (low, high) => format!("{}..{}", low.unwrap_or_default(), high.unwrap_or_default()),
    }
}

fn wanted(expected: &Expected) -> String {
    match expected {
        Expected::Boolean(value) => value.to_string(),
        Expected::Integer(value) => value.to_string(),
        Expected::Text(text) => text.clone(),
    }
}

fn joined<'a, T: Borrow<str> + 'a>(ids: impl IntoIterator<Item = &'a T>) -> String {
    ids.into_iter()
        .map(Borrow::borrow)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect::<Vec<_>>()
        .join(", ")
}

fn answer(verdict: Verdict, unmet: &[wire::Text], missing: &[wire::Text]) -> String {
    match verdict {
        Verdict::Indicated => "indicated".to_owned(),
        Verdict::NotIndicated => format!("not-indicated, unmet [{}]", joined(unmet)),
        Verdict::Unknown => format!("unknown, missing [{}]", joined(missing)),
        Verdict::NotInForce | Verdict::OutsideGuide => format!("{verdict:?}"),
    }
}

fn expectation(answer: &Answer) -> (String, &str) {
    match answer {
        Answer::Indicated { because } => ("indicated".to_owned(), because),
        Answer::NotIndicated { unmet, because } => {
            (format!("not-indicated, unmet [{}]", joined(unmet)), because)
        }
        Answer::Unknown { missing, because } => {
            (format!("unknown, missing [{}]", joined(missing)), because)
        }
    }
}

/// Every difference of one day: those in dispute have to be there, all others must not.
fn differences(day: &Day, found: &wire::Assessment) -> String {
    let mut found = all_differences(day, found);
    let mut text = String::new();
    for (id, why) in &day.disputed {
        if found.remove(id).is_none() {
            let _ = writeln!(text, "    {id}: no longer in dispute ({why})");
        }
    }
    found.into_values().for_each(|one| text += &one);
    text
}

/// What differs, by fact or regimen.
fn all_differences(day: &Day, found: &wire::Assessment) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    let mut add = |id: &str, line: String| all.entry(id.to_owned()).or_default().push_str(&line);
    for (id, expected) in &day.facts {
        let expected = wanted(expected);
        let shown = found
            .facts
            .iter()
            .find(|fact| fact.id == *id)
            .map_or_else(|| "no such fact".to_owned(), shown);
        let no_bounds = shown == "unknown" && expected == "0..";
        if shown != expected && !no_bounds {
            add(
                id,
                format!("    fact {id}: expected {expected}, found {shown}\n"),
            );
        }
    }
    for regimen in &found.regimens {
        let id = &regimen.id;
        let shown = answer(regimen.verdict, &regimen.unmet, &regimen.missing);
        let Some(expected) = day.regimens.get(id.as_str()) else {
            add(id, format!("    {id}: the case does not name it\n"));
            continue;
        };
        let (expected, because) = expectation(expected);
        if because.trim().is_empty() {
            add(id, format!("    {id}: no reason given\n"));
        }
        if expected != shown {
            let line = format!(
                "    {id}:\n        expected {expected}\n        found    {shown}\n        because  {because}\n"
            );
            add(id, line);
        }
    }
    for id in day.regimens.keys() {
        if !found.regimens.iter().any(|regimen| regimen.id == *id) {
            add(id, format!("    {id}: no such regimen\n"));
        }
    }
    all
}

fn compare(form: &str, chart: &Chart, bundle: &Bundle, patient: &Patient) -> String {
    let mut text = String::new();
    for expected in &patient.day {
        let record = match expected.record {
            Record::Partial => Completeness::Partial,
            Record::Complete => Completeness::Complete,
        };
        let found = assess(chart, bundle, day(&expected.as_of), record);
        let lines = differences(expected, &found);
        if !lines.is_empty() {
            let look_at = expected
                .look_at
                .as_ref()
                .map_or_else(String::new, |words| format!(": {words}"));
            let _ = writeln!(
                text,
                "  {form}, {} {:?}{look_at}\n{lines}",
                expected.as_of, expected.record
            );
        }
    }
    text
}

fn read(path: &Path) -> Result<Patient, String> {
    let told = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| told(&error))?;
    toml::from_str(&text).map_err(|error| told(&error))
}

#[test]
fn patients_are_assessed_as_argued_from_the_labels() {
    let bundle = bundle();
    let mut report = String::new();
    let (mut patients, mut days, mut verdicts) = (0, 0, 0);
    for path in files(&root().join("cases"), ".toml") {
        let patient = read(&path).unwrap_or_else(|error| panic!("{error}"));
        assert!(!patient.day.is_empty(), "{}: no day", path.display());
        assert!(!patient.story.is_empty(), "{}: no story", path.display());
        assert!(
            patient.reviewed_by.iter().all(|name| !name.is_empty()),
            "{}: a reviewer without a name",
            path.display()
        );
        let written = root().join(&patient.chart);
        let twin = written.with_extension("fhir.json");
        let mut text = String::new();
        for (form, file) in [("written", &written), ("FHIR", &twin)] {
            if form == "FHIR" && !twin.is_file() {
                continue;
            }
            match chart(file, &bundle) {
                Ok(chart) => text += &compare(form, &chart, &bundle, &patient),
                Err(problems) => {
                    let _ = writeln!(text, "  {form}: not read\n{problems}");
                }
            }
            days += patient.day.len();
            verdicts += patient
                .day
                .iter()
                .map(|day| day.regimens.len())
                .sum::<usize>();
        }
        if !text.is_empty() {
            let _ = writeln!(report, "{} ({})\n{text}", patient.chart, patient.story);
        }
        patients += 1;
    }
    eprintln!("{patients} patients, {days} days, {verdicts} verdicts");
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn every_example_has_a_case() {
    for path in files(&root().join("examples"), ".chart") {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let case = root().join("cases").join(format!("{name}.toml"));
        assert!(case.is_file(), "no {}", case.display());
        assert_eq!(read(&case).unwrap().chart, format!("examples/{name}.chart"));
    }
}

//! Stored patients: charts in folders, with the days that cases of whole patients judge them on.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use waymark_criteria::Date;
use waymark_engine::chart::Completeness;

/// A day to judge a chart on, and what its silence means there; none: what the chart states.
pub(crate) type Day = (Date, Option<Completeness>);

/// A case of a whole patient, as far as it names the chart and its days.
#[derive(Deserialize)]
struct Case {
    chart: PathBuf,
    #[serde(default)]
    day: Vec<CaseDay>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct CaseDay {
    as_of: String,
    record: Option<String>,
}

/// The charts in these folders, each with its days: the day asked for, and those of its cases. Of a chart in both forms
/// only the written one counts.
pub(crate) fn patients(
    folders: &[PathBuf],
    day: Date,
    of_cases: bool,
) -> BTreeMap<PathBuf, Vec<Day>> {
    let (mut patients, mut cases) = (BTreeMap::new(), Vec::new());
    let mut open: Vec<PathBuf> = folders.to_vec();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            let twin = name
                .strip_suffix(".fhir.json")
                .map(|stem| folder.join(format!("{stem}.chart")));
            if path.is_dir() {
                open.push(path);
            } else if name.ends_with(".chart") || twin.is_some_and(|twin| !twin.is_file()) {
                patients.insert(path, vec![(day, None)]);
            } else if name.ends_with(".toml") {
                cases.push(path);
            }
        }
    }
    cases.sort();
    if of_cases {
        for path in cases {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            // Other files of the folder may be TOML too.
            let Ok(case) = toml::from_str::<Case>(&text) else {
                continue;
            };
            add(&mut patients, &path, &case);
        }
    }
    patients
}

fn add(patients: &mut BTreeMap<PathBuf, Vec<Day>>, path: &Path, case: &Case) {
    let beside = path.parent().map(|folder| folder.join(&case.chart));
    let chart = [Some(case.chart.clone()), beside]
        .into_iter()
        .flatten()
        .find(|chart| chart.is_file());
    let Some(days) = chart.and_then(|chart| patients.get_mut(&chart)) else {
        return;
    };
    for day in &case.day {
        let record = day.record.as_deref().and_then(Completeness::from_word);
        if let Some(date) = Date::parse(&day.as_of)
            && !days.contains(&(date, record))
        {
            days.push((date, record));
        }
    }
}

//! What is timed: the examples, blown up, and patients made up.

use serde_json::Value;
use std::path::Path;
use waymark_criteria::{FactColumns, NodeId, Program};
use waymark_engine::bundle::{Caution, name};
use waymark_engine::{Bundle, Chart};
use waymark_testsuite::{chart, files, generate, root, shared_data};

/// Every definition that a verdict without text is read off: of regimens, cautions and guidance.
pub(crate) fn verdicts(bundle: &Bundle) -> Vec<NodeId> {
    let content = bundle.content();
    let cautions = content.medicines.iter().flat_map(|it| &it.cautions);
    let cautions = cautions.chain(content.regimens.iter().flat_map(|it| &it.cautions));
    let mut names: Vec<String> = Vec::new();
    names.extend(content.regimens.iter().map(|it| name::regimen(&it.id)));
    let ids = cautions.map(|it: &Caution| &it.id);
    for id in ids.chain(content.guidance.iter().map(|it| &it.id)) {
        names.extend([id.clone(), name::in_force(id)]);
    }
    let program: &Program = bundle.program();
    names.iter().filter_map(|name| program.root(name)).collect()
}

/// So many patients as columns; all of one day, or each of a day of its own.
pub(crate) fn columns(bundle: &Bundle, rows: usize, one_day: bool) -> FactColumns {
    let mut columns = FactColumns::unknown(bundle.schema(), rows);
    let day = generate::patient(bundle, 0).get(bundle.as_of());
    for (lane, seed) in (0..rows).zip(0..) {
        columns.set_all(lane, &generate::patient(bundle, seed));
        if one_day {
            columns.set(lane, bundle.as_of(), day);
        }
    }
    columns
}

/// One chart of 60 records, gathered from the examples.
pub(crate) fn chart_of_60(bundle: &Bundle) -> Result<Chart, String> {
    let mut gathered: Option<Chart> = None;
    for path in files(&root().join("examples"), ".fhir.json").iter().rev() {
        let next = chart(path, bundle)?;
        let Some(chart) = &mut gathered else {
            gathered = Some(next);
            continue;
        };
        if !path.to_string_lossy().contains("another-cancer") {
            chart.entries.extend(next.entries);
        }
        if chart.entries.len() >= 60 {
            chart.entries.truncate(60);
            break;
        }
    }
    gathered.ok_or_else(|| "there are no examples".to_owned())
}

/// An example with its records over and over, under new ids, until it has 100 KB.
pub(crate) fn bundle_of_100_kb(path: &Path) -> Result<Vec<u8>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let mut bundle: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let records: Vec<Value> = bundle["entry"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|entry| entry["resource"]["resourceType"] != "Patient")
        .cloned()
        .collect();
    let size = records.iter().map(|it| it.to_string().len()).sum::<usize>();
    for copy in 0..(100_000_usize.saturating_sub(text.len())).div_ceil(size.max(1)) {
        for mut entry in records.clone() {
            let id = entry["resource"]["id"].as_str().unwrap_or_default();
            entry["resource"]["id"] = format!("{id}-{copy}").into();
            if let Some(url) = entry["fullUrl"].as_str() {
                entry["fullUrl"] = format!("{url}-{copy}").into();
            }
            if let Some(entries) = bundle["entry"].as_array_mut() {
                entries.push(entry);
            }
        }
    }
    serde_json::to_vec_pretty(&bundle).map_err(|error| error.to_string())
}

/// Two public records of other makers, where they are at hand.
pub(crate) fn public_records() -> Option<[Vec<u8>; 2]> {
    let data = shared_data()?;
    let read = |path: &str| std::fs::read(data.join(path)).ok();
    Some([
        read("mcode-ig-stu4-examples/Bundle-mcode-patient-bundle-jenny-m.json")?,
        read("mcode-pathways/T0_patient.json")?,
    ])
}

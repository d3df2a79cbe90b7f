//! What is timed: the examples, blown up, and patients made up.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::path::Path;
use std::sync::Arc;
use waymark_criteria::{FactColumns, NodeId, Program};
use waymark_engine::bundle::{Caution, name};
use waymark_engine::chart::{Entry, Event};
use waymark_engine::{Bundle, Chart};
use waymark_knowledge::cohort::{Cohort, Shares};
use waymark_testsuite::{chart, day, files, generate, root, shared_data};

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

/// So many people of the population of the repository.
pub(crate) fn cohort(bundle: &Bundle, people: usize) -> Result<FactColumns, String> {
    let text = std::fs::read_to_string(root().join("kb/cohort.toml"));
    let shares = Shares::parse(&text.map_err(|error| error.to_string())?);
    let shares = shares.map_err(|problem| problem.message)?;
    let cohort = Cohort::new(bundle, &shares, day("2026-11-01"), 1);
    cohort.columns(0, people).map_err(|problem| problem.message)
}

/// One person's chart of so many records: an example, in which doses and measurements stand again every three weeks.
pub(crate) fn chart_of(records: usize, bundle: &Bundle) -> Result<Chart, String> {
    const CYCLE_DAYS: i64 = 21;
    let path = root().join("examples/two-lines-brain-metastases.fhir.json");
    let mut chart = chart(&path, bundle)?;
    let again = |entry: &&Entry| matches!(entry.event, Event::Therapy(_) | Event::Measurement(_));
    let once: Vec<Entry> = chart.entries.iter().filter(again).cloned().collect();
    if once.is_empty() {
        return Err(format!("{}: no doses", path.display()));
    }
    let cycles = (1..).flat_map(|cycle| once.iter().map(move |entry| (cycle, entry)));
    for (cycle, entry) in cycles.take(records.saturating_sub(chart.entries.len())) {
        let mut entry = entry.clone();
        let days = -CYCLE_DAYS * cycle;
        entry.date = entry.date.add_days(days);
        if let Event::Therapy(therapy) = &mut entry.event {
            therapy.end = therapy.end.map(|end| end.add_days(days));
        }
        let source = Arc::make_mut(&mut entry.source);
        source.record.push_str(&format!("-{cycle}"));
        chart.entries.push(entry);
    }
    Ok(chart)
}

/// 60 records of several people in one chart: they contradict one another, and leave open what was given for which
/// stage of the disease and in which order.
pub(crate) fn chart_of_several(bundle: &Bundle) -> Result<Chart, String> {
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

/// An example with its records over and over, under new ids, until it has so many bytes.
pub(crate) fn bundle_of(bytes: usize, path: &Path) -> Result<Vec<u8>, String> {
    #[derive(Deserialize)]
    struct Records {
        entry: Vec<Box<RawValue>>,
    }
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let records: Records = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let head = text.split_once("\"entry\": [").map(|(head, _)| head);
    let head = head.ok_or_else(|| format!("{}: no entries", path.display()))?;
    let originals: Vec<&str> = records.entry.iter().map(|record| record.get()).collect();
    let mut blown_up = format!("{head}\"entry\": [\n    {}", originals.join(",\n    "));
    // As it is written, so that the keys stay in the order in which people write them.
    for copy in 1.. {
        for record in &originals {
            let value: Value = serde_json::from_str(record).map_err(|error| error.to_string())?;
            let id = value["resource"]["id"].as_str().unwrap_or_default();
            if value["resource"]["resourceType"] != "Patient" {
                let again = record.replace(&format!("{id}\""), &format!("{id}-{copy}\""));
                blown_up.push_str(",\n    ");
                blown_up.push_str(&again);
            }
        }
        if blown_up.len() >= bytes {
            break;
        }
    }
    blown_up.push_str("\n  ]\n}\n");
    Ok(blown_up.into_bytes())
}

/// Public records of other makers, where they are at hand.
pub(crate) fn public_records() -> Option<[Vec<u8>; 3]> {
    let data = shared_data()?;
    let read = |path: &str| std::fs::read(data.join(path)).ok();
    Some([
        read("mcode-ig-stu4-examples/Bundle-mcode-patient-bundle-jenny-m.json")?,
        read("mcode-pathways/T0_patient.json")?,
        read("mcode-cql/Bundle-mCODECQLExample01.json")?,
    ])
}

//! The public records against snapshots of what was read of them, which were compared with the records by hand.
//!
//! `cases/records/FOLDER.txt` holds one section for each file of a folder: every fact that rests on a record, every
//! record's use by kind, every reason for ignoring by count, every note. `WAYMARK_REVIEW=rewrite` writes them anew;
//! the difference is then to be read against the records before it is kept.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use waymark_engine::chart::Completeness;
use waymark_engine::{Bundle, wire};
use waymark_testsuite::{assess, bundle, day, files, root, shared_data};

/// Folders with records of patients, and the endings of names in them that are none.
const FOLDERS: &[(&str, &[&str])] = &[
    ("essex-trial-matching-app", &["codelists/"]),
    ("mcode-bct-service", &[]),
    ("mcode-coverage-checker", &[]),
    ("mcode-cql", &[]),
    ("mcode-extraction-framework", &[]),
    ("mcode-ig-stu1-examples", &[]),
    ("mcode-ig-stu4-examples", &["profiles/"]),
    ("mcode-pathways", &["pathway/"]),
    ("mcode-trial-matching-app", &["ResearchStudy"]),
    ("mcode-trial-matching-service", &["ResearchStudy"]),
    ("pathling-bulk-ndjson", &[]),
];

#[test]
fn public_records_read_as_reviewed() {
    let Some(data) = shared_data() else { return };
    let rewrite = std::env::var_os("WAYMARK_REVIEW").is_some_and(|value| value == "rewrite");
    let reader = Reviewer::new();
    let mut differing = Vec::new();
    for (folder, without) in FOLDERS {
        let shown = reader.folder(&data.join(folder), without);
        let path = root().join(format!("cases/records/{folder}.txt"));
        if rewrite {
            std::fs::write(&path, &shown).unwrap();
            continue;
        }
        let reviewed = std::fs::read_to_string(&path).unwrap_or_default();
        if let Some(difference) = first_difference(&reviewed, &shown) {
            differing.push(format!("{folder}: {difference}"));
        }
    }
    if rewrite {
        let _ = writeln!(
            std::io::stderr(),
            "cases/records was written anew: read the difference against the records before keeping it"
        );
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

fn first_difference(reviewed: &str, now: &str) -> Option<String> {
    let (mut left, mut right) = (reviewed.lines(), now.lines());
    let mut section = "";
    loop {
        match (left.next(), right.next()) {
            (None, None) => return None,
            (left, right) if left == right => {
                section = left
                    .filter(|line| line.starts_with("# "))
                    .unwrap_or(section);
            }
            (left, right) => {
                let shown = |line: Option<&str>| line.unwrap_or("(end)").trim().to_owned();
                return Some(format!(
                    "{section}\n  reviewed: {}\n  now:      {}",
                    shown(left),
                    shown(right)
                ));
            }
        }
    }
}

struct Reviewer {
    bundle: Bundle,
}

impl Reviewer {
    fn new() -> Self {
        Reviewer { bundle: bundle() }
    }

    fn folder(&self, folder: &Path, without: &[&str]) -> String {
        let mut shown = String::new();
        let mut paths = files(folder, ".json");
        paths.retain(|path| {
            let name = path.to_string_lossy();
            !without.iter().any(|part| name.contains(part))
        });
        for path in &paths {
            let bytes = std::fs::read(path).unwrap();
            self.input(&mut shown, &name(folder, path), &[&bytes]);
        }
        // The files of one bulk export belong together.
        let export: Vec<PathBuf> = files(folder, ".ndjson");
        if !export.is_empty() {
            let names: Vec<String> = export.iter().map(|path| name(folder, path)).collect();
            let files: Vec<Vec<u8>> = export
                .iter()
                .map(|path| std::fs::read(path).unwrap())
                .collect();
            let parts: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
            self.input(&mut shown, &names.join(" + "), &parts);
        }
        shown
    }

    /// One input; where it holds several patients, each of them.
    fn input(&self, shown: &mut String, name: &str, parts: &[&[u8]]) {
        let reader = waymark_fhir::Reader::new(&self.bundle);
        match reader.read_together(parts, None) {
            Err(problems) if problems[0].code == "several-patients" => {
                for patient in waymark_fhir::patients(parts).unwrap() {
                    let chart = reader.read_together(parts, Some(&patient)).unwrap();
                    self.chart(shown, &format!("{name}, {patient}"), &chart);
                }
            }
            Err(problems) => {
                let problem = &problems[0];
                let _ = writeln!(
                    shown,
                    "# {name}\nrefused [{}]: {}\n",
                    problem.code, problem.message
                );
            }
            Ok(chart) => self.chart(shown, name, &chart),
        }
    }

    fn chart(&self, shown: &mut String, name: &str, chart: &waymark_engine::Chart) {
        let assessment = assess(
            chart,
            &self.bundle,
            day("2026-11-01"),
            Completeness::Partial,
        );
        let import = &assessment.import;
        assert_eq!(import.records, import.used + import.ignored.len(), "{name}");
        let _ = writeln!(shown, "# {name}");
        if import.records == 1 && import.used == 0 {
            let _ = writeln!(shown, "ignored: {}\n", import.ignored[0].reason);
            return;
        }
        let _ = writeln!(shown, "{} records, {} used", import.records, import.used);
        for fact in assessment.facts.iter().filter(|fact| !fact.from.is_empty()) {
            let _ = writeln!(shown, "  {}", fact_line(fact));
        }
        let gave = import.read.iter().map(|read| {
            let kind = read.gave.split(" (").next().unwrap_or_default();
            let kind = kind.split(" as ").next().unwrap_or_default();
            match &read.unused {
                Some(why) => format!("{kind}: {why}"),
                None => kind.to_owned(),
            }
        });
        counted(shown, "used", gave);
        let reasons = import.ignored.iter().map(|ignored| {
            let kind = ignored.record.split(['/', ' ']).next().unwrap_or_default();
            format!("{kind}: {}", ignored.reason)
        });
        counted(shown, "ignored", reasons);
        counted(
            shown,
            "note",
            import
                .notes
                .iter()
                .map(|note| format!("{}: {}", note.code, note.message)),
        );
        shown.push('\n');
    }
}

fn name(folder: &Path, path: &Path) -> String {
    let name = path.strip_prefix(folder).unwrap_or(path);
    name.to_string_lossy().into_owned()
}

/// `metastatic = yes ← Condition/m`, with how it was concluded.
fn fact_line(fact: &wire::Fact) -> String {
    let word = |scalar: &wire::Scalar| match scalar {
        wire::Scalar::Null => "?".to_owned(),
        wire::Scalar::Boolean(true) => "yes".to_owned(),
        wire::Scalar::Boolean(false) => "no".to_owned(),
        wire::Scalar::Integer(number) => number.to_string(),
        wire::Scalar::Text(text) => text.clone(),
    };
    let value = match (&fact.value, &fact.low, &fact.high) {
        (wire::Scalar::Null, None, None) => {
            format!("unknown ({})", fact.why_unknown.as_deref().unwrap_or("?"))
        }
        (wire::Scalar::Null, low, high) => {
            let end = |end: &Option<wire::Scalar>| end.as_ref().map(word).unwrap_or_default();
            format!("{}..{}", end(low), end(high))
        }
        (value, _, _) => word(value),
    };
    let mut records: Vec<String> = fact.from.iter().map(|from| short(&from.record)).collect();
    records.dedup();
    let more = records.len().saturating_sub(4);
    records.truncate(4);
    if more > 0 {
        records.push(format!("{more} more"));
    }
    format!("{} = {value} ← {}", fact.id, records.join(", "))
}

/// A record's name with a long id cut.
fn short(record: &str) -> String {
    match record.split_once('/') {
        Some((kind, id)) if id.len() > 40 || id.split('-').count() == 5 => {
            format!("{kind}/{}…", id.chars().take(8).collect::<String>())
        }
        _ => record.to_owned(),
    }
}

fn counted(shown: &mut String, what: &str, all: impl Iterator<Item = String>) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for one in all {
        // What differs from record to record stands behind a colon, in backticks or brackets.
        let kind = one.split(" `").next().unwrap_or(&one).trim_end_matches(':');
        *counts.entry(kind.to_owned()).or_default() += 1;
    }
    for (kind, count) in counts {
        let _ = writeln!(shown, "  {what} {count} × {kind}");
    }
}

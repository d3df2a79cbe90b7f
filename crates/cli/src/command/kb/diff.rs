//! `waymark kb diff OLD NEW`

use crate::args::Diff;
use crate::failure::Failure;
use crate::render::diagnostics;
use crate::render::diff::{self, Patient, Report};
use crate::render::style::Page;
use crate::revision::{self, Revision};
use crate::stored;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use waymark_criteria::{Date, Diagnostic};
use waymark_engine::assess::assess;
use waymark_engine::chart::Completeness;
use waymark_engine::derive::derive;
use waymark_engine::{Bundle, Chart, wire};
use waymark_knowledge::cohort::Shares;
use waymark_knowledge::diff::{Comparison, entries, verdicts};

/// The population of this repository, built in.
const COHORT: &str = include_str!("../../../../../kb/cohort.toml");

/// Where stored patients lie unless the command line says otherwise.
const CHARTS: [&str; 2] = ["examples", "cases"];

/// Prints what differs between two states of the knowledge.
pub(crate) fn run(dir: &Path, args: &Diff, today: Date) -> Result<(), Failure> {
    let old = revision::read(&args.old, dir)?;
    let new = match &args.new {
        Some(new) => revision::read(new, dir)?,
        None => revision::read(&dir.to_string_lossy(), dir)?,
    };
    let as_of = args.as_of.unwrap_or(today);
    let refused = |problem: Diagnostic| Failure::Refused(vec![problem]);
    let shares = match &args.cohort {
        Some(path) => Shares::parse(&std::fs::read_to_string(path)?),
        None => Shares::parse(COHORT),
    }
    .map_err(refused)?;
    let comparison = Comparison::new(&old.bundle, &new.bundle).map_err(Failure::Refused)?;
    let effect = comparison
        .effect(&shares, as_of, args.seed, args.people)
        .map_err(refused)?;
    let folders = match &args.charts[..] {
        [] => CHARTS
            .map(PathBuf::from)
            .into_iter()
            .filter(|it| it.is_dir())
            .collect(),
        folders => folders.to_vec(),
    };
    let entries = entries(old.bundle.content(), new.bundle.content());
    let mut judged = 0;
    let mut patients = Vec::new();
    let stored = stored::patients(&folders, as_of, args.as_of.is_none());
    for (path, days) in &stored {
        let charts = match charts(path, &old.bundle, &new.bundle) {
            Ok(charts) => charts,
            Err(problems) => {
                diagnostics::plain(&problems);
                continue;
            }
        };
        judged += days.len();
        patients.extend(patient(path, days, &charts, &old.bundle, &new.bundle));
    }
    let report = Report {
        old: &old.bundle,
        new: &new.bundle,
        entries: &entries,
        charts: stored.len(),
        judged,
        patients: &patients,
        effect: &effect,
        as_of,
        seed: args.seed,
    };
    let mut out = std::io::stdout().lock();
    out.write_all(diff::report(&report, &Page::of_terminal()).as_bytes())?;
    out.flush()?;
    diagnostics::plain(&warnings(
        &old,
        &new,
        entries.iter().any(|entry| entry.star),
    ));
    Ok(())
}

/// A chart as each of the two reads it.
fn charts(path: &Path, old: &Bundle, new: &Bundle) -> Result<[Chart; 2], Vec<Diagnostic>> {
    let read = |bundle| match crate::input::chart(path, bundle, None) {
        Ok(chart) => Ok(chart),
        Err(Failure::Refused(problems)) => Err(problems),
        Err(_) => Err(Vec::new()),
    };
    Ok([read(old)?, read(new)?])
}

/// What changes for a chart, days with the same changes together; nothing where nothing does.
fn patient(
    path: &Path,
    days: &[stored::Day],
    charts: &[Chart; 2],
    old: &Bundle,
    new: &Bundle,
) -> Vec<Patient> {
    let [before, after] = charts;
    let answer = |chart: &Chart, bundle: &Bundle, (day, record): stored::Day| -> wire::Assessment {
        let record = record.or(chart.record).unwrap_or(Completeness::Partial);
        assess(chart, &derive(chart, bundle, day, record), bundle, day)
    };
    let mut found: BTreeMap<String, Patient> = BTreeMap::new();
    for day in days {
        let changes = verdicts(&answer(before, old, *day), &answer(after, new, *day));
        if changes.is_empty() {
            continue;
        }
        // Facts name their records, which are the same on each day: equal changes print alike.
        let patient = found
            .entry(format!("{changes:?}"))
            .or_insert_with(|| Patient {
                chart: path.display().to_string(),
                days: Vec::new(),
                complete: Vec::new(),
                changes,
            });
        match day.1 {
            Some(Completeness::Complete) => patient.complete.push(day.0),
            Some(
                Completeness::Partial | Completeness::MetastaticTherapies | Completeness::Therapies,
            )
            | None => {
                patient.days.push(day.0);
            }
        }
    }
    found.into_values().collect()
}

/// What an author forgets: another version, and a line in the changelog.
fn warnings(old: &Revision, new: &Revision, star: bool) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for (side, which) in [(old, "old"), (new, "new")] {
        if side.unproven > 0 {
            let message = format!(
                "{} cases of the {which} knowledge fail or are missing: it is a draft",
                side.unproven
            );
            warnings.push(
                Diagnostic::warning("unproven", message).help("`waymark kb check` shows them"),
            );
        }
    }
    let version = &new.bundle.content().version;
    if old.bundle.hash() != new.bundle.hash() && old.bundle.content().version == *version {
        let message = format!("the knowledge changed and is still called {version}");
        warnings.push(
            Diagnostic::warning("same-version", message)
                .in_place("knowledge.toml")
                .help("a release needs a version of its own"),
        );
    }
    let changelog = |side: &Revision| {
        side.tree
            .as_ref()
            .and_then(|it| it.text("CHANGELOG.md").map(str::to_owned))
    };
    if let (Some(before), Some(after)) = (changelog(old), changelog(new))
        && star
        && before == after
    {
        let message = "a result can change, and the changelog does not say so";
        warnings.push(
            Diagnostic::warning("not-in-changelog", message)
                .in_place("CHANGELOG.md")
                .help("add a line with a star"),
        );
    }
    warnings
}

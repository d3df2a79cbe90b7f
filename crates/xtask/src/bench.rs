//! Whole-process timings, as ratios to an empty run of the same binary. Goals are printed beside, never asserted.

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 21;

/// Builds the release binary and times it.
pub(crate) fn run(root: &Path) -> Result<String, String> {
    let built = Command::new("cargo")
        .args(["build", "--release", "--quiet"])
        .current_dir(root)
        .status();
    if !built.is_ok_and(|status| status.success()) {
        return Err("the release build failed".to_owned());
    }
    let large = root.join("target/bench-100kb.fhir.json");
    std::fs::write(&large, large_bundle(root)?)
        .map_err(|error| format!("the bench input was not written: {error}"))?;
    let large = large.display().to_string();
    let empty = median(root, &["--version"])?;
    let rows = [
        (
            "assess, 100 KB bundle",
            vec![
                "assess",
                &large,
                "--format",
                "json",
                "--as-of",
                "2026-11-01",
            ],
            15.0,
        ),
        ("kb check", vec!["kb", "check"], 2000.0),
        ("kb test", vec!["kb", "test"], 2000.0),
        (
            "kb compare page labels",
            vec!["kb", "compare", "lbbc-2024-05-24", "fda-labels"],
            30_000.0,
        ),
        ("kb gaps", vec!["kb", "gaps"], 30_000.0),
    ];
    let mut report = format!(
        "{:<24}{:>12}{:>12}{:>10}\n",
        "whole process", "median ms", "× empty", "goal ms"
    );
    let _ = writeln!(
        report,
        "{:<24}{:>12.2}{:>12.1}",
        "empty run (--version)",
        milliseconds(empty),
        1.0
    );
    for (name, args, goal) in rows {
        let time = median(root, &args)?;
        let ratio = time.as_secs_f64() / empty.as_secs_f64();
        let _ = writeln!(
            report,
            "{name:<24}{:>12.2}{ratio:>12.1}{goal:>10}",
            milliseconds(time)
        );
    }
    Ok(report)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn median(root: &Path, args: &[&str]) -> Result<Duration, String> {
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let start = Instant::now();
        let status = Command::new(root.join("target/release/waymark"))
            .args(args)
            .current_dir(root)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .map_err(|error| format!("waymark did not start: {error}"))?;
        times.push(start.elapsed());
        if !status.success() {
            return Err(format!("waymark {} ended with {status}", args.join(" ")));
        }
    }
    times.sort();
    Ok(times[RUNS / 2])
}

/// An example of ours, filled up with laboratory records to 100 KB.
fn large_bundle(root: &Path) -> Result<String, String> {
    let path = root.join("examples/two-lines-brain-metastases.fhir.json");
    let text =
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut bundle: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let patient = bundle["entry"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|entry| entry["resource"]["resourceType"] == "Patient")
        .and_then(|entry| entry["resource"]["id"].as_str().map(str::to_owned))
        .ok_or("the example has no Patient")?;
    let mut size = text.len();
    let mut number = 0;
    while size < 100_000 {
        let record = serde_json::json!({ "fullUrl": format!("urn:uuid:bench-{number}"), "resource": {
            "resourceType": "Observation", "id": format!("bench-{number}"), "status": "final",
            "code": { "coding": [{ "system": "http://loinc.org", "code": "718-7", "display": "Hemoglobin" }] },
            "subject": { "reference": format!("Patient/{patient}") }, "effectiveDateTime": "2023-05-01",
            "valueQuantity": { "value": 11.5, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL" } } });
        size += record.to_string().len();
        number += 1;
        if let Some(entries) = bundle["entry"].as_array_mut() {
            entries.push(record);
        }
    }
    Ok(bundle.to_string())
}

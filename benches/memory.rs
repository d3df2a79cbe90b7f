//! Peak memory of an import above the process's base, in a process of its own for each input.
//!
//! The kernel's figure (`VmHWM`) is the peak of the whole process, the loading of the knowledge included, which would
//! hide a small import. So an input is measured against half of it: what the second half adds is due to it alone.

use crate::inputs::bundle_of;
use std::fmt::Write;
use std::process::Command;
use waymark_engine::Bundle;
use waymark_fhir::Reader;
use waymark_testsuite::{bundle, root};

const BYTES: usize = 8_000_000;
const GOAL: f64 = 4.0;

/// Peak memory per byte of input.
pub(crate) fn table() -> Result<String, String> {
    let folder = root().join("target/bench-memory");
    let show = |error: std::io::Error| format!("{}: {error}", folder.display());
    std::fs::create_dir_all(&folder).map_err(show)?;
    let knowledge = folder.join("knowledge.json");
    std::fs::write(&knowledge, bundle().to_bytes()).map_err(show)?;
    let knowledge = knowledge.display().to_string();
    let example = root().join("examples/two-lines-brain-metastases.fhir.json");
    let mut measured = Vec::new();
    for bytes in [BYTES / 2, BYTES] {
        let records = folder.join(format!("{bytes}.json"));
        let text = bundle_of(bytes, &example)?;
        std::fs::write(&records, &text).map_err(show)?;
        measured.push((
            text.len(),
            child(&knowledge, &records.display().to_string())?,
        ));
    }
    let mut table = String::new();
    if let [(half, low), (whole, high)] = measured[..] {
        let times = high.saturating_sub(low) as f64 / (whole - half) as f64;
        let missed = if times <= GOAL { "" } else { "  missed" };
        let _ = write!(
            table,
            "peak memory of an import, its bytes included: {times:.2} times its size  ≤ {GOAL}{missed}\n\
             ({low} bytes at the peak for one of {half}, {high} for one of {whole})"
        );
    }
    Ok(table)
}

/// The peak of a process that imports a file.
fn child(knowledge: &str, records: &str) -> Result<usize, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new(program)
        .args(["peak", knowledge, records])
        .output()
        .map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    let peak = text.trim().parse();
    peak.map_err(|_| format!("no peak: {text}{}", String::from_utf8_lossy(&output.stderr)))
}

/// Imports a file, and says the greatest memory that this process ever had, in bytes.
pub(crate) fn peak(knowledge: &str, records: &str) -> Result<String, String> {
    let read = |path: &str| std::fs::read(path).map_err(|error| format!("{path}: {error}"));
    let bundle = Bundle::from_bytes(&read(knowledge)?).map_err(|it| format!("{it:?}"))?;
    let chart = Reader::new(&bundle).read(&read(records)?, None);
    let chart = chart.map_err(|problems| format!("{problems:?}"))?;
    let status = std::fs::read_to_string("/proc/self/status").map_err(|error| error.to_string())?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = peak.and_then(|it| it.trim().strip_suffix(" kB"));
    let kilobytes: usize = kilobytes
        .and_then(|it| it.parse().ok())
        .filter(|_| !chart.entries.is_empty())
        .ok_or("the kernel says no peak")?;
    Ok((kilobytes * 1024).to_string())
}

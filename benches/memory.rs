//! Peak memory of an import above the process's base, in a process of its own for each input.
//!
//! The child loads the knowledge and imports the file once, so that the code is there; then it lets the kernel forget the
//! peak until then (`/proc/self/clear_refs`), and imports again in a thread: its heap is an arena of its own, which reuses
//! nothing that was left behind. What a thread and the first page of a heap take is the same for an import of one record,
//! which is taken off. The kernel counts pages in batches: of several runs the middle one counts.

use crate::inputs::{bundle_of, public_records};
use std::fmt::Write;
use std::process::Command;
use waymark_engine::Bundle;
use waymark_fhir::Reader;
use waymark_testsuite::{bundle, root};

const GOAL: f64 = 4.0;
const RUNS: usize = 7;
const ONE_RECORD: &str = r#"{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"code":{"coding":[{"system":"http://snomed.info/sct","code":"254837009"}]}}"#;

/// Peak memory per byte of input.
pub(crate) fn table() -> Result<String, String> {
    let folder = root().join("target/bench-memory");
    let show = |error: std::io::Error| format!("{}: {error}", folder.display());
    std::fs::create_dir_all(&folder).map_err(show)?;
    let knowledge = folder.join("knowledge.json");
    std::fs::write(&knowledge, bundle().to_bytes()).map_err(show)?;
    let knowledge = knowledge.display().to_string();
    let example = root().join("examples/two-lines-brain-metastases.fhir.json");
    let mut inputs = vec![
        ("100 KB bundle", bundle_of(100_000, &example)?),
        ("4 MB bundle", bundle_of(4_000_000, &example)?),
    ];
    if let Some([_, middle, large]) = public_records() {
        inputs.extend([
            ("public record of 1.1 MB", middle),
            ("public record of 3.2 MB", large),
        ]);
    }
    let records = folder.join("records.json");
    let measure = |text: &[u8]| {
        std::fs::write(&records, text).map_err(show)?;
        let records = records.display().to_string();
        let peaks = (0..RUNS).map(|_| child(&knowledge, &records));
        let mut peaks = peaks.collect::<Result<Vec<usize>, String>>()?;
        peaks.sort_unstable();
        Ok::<usize, String>(peaks[RUNS / 2])
    };
    let base = measure(ONE_RECORD.as_bytes())?;
    let mut table =
        "peak memory of an import above the base, the bytes of its input included\n".to_owned();
    for (name, text) in inputs {
        let peak = measure(&text)?.saturating_sub(base);
        let times = peak as f64 / text.len() as f64;
        let missed = if times <= GOAL { "" } else { "  missed" };
        let _ = writeln!(
            table,
            "{name:<30}{:>10} bytes{peak:>12} at the peak{times:>8.2} times  ≤ {GOAL}{missed}",
            text.len()
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

/// Imports a file, and says how far the memory of this process rose for it, in bytes.
pub(crate) fn peak(knowledge: &str, records: &str) -> Result<String, String> {
    let read = |path: &str| std::fs::read(path).map_err(|error| format!("{path}: {error}"));
    let bundle = Bundle::from_bytes(&read(knowledge)?).map_err(|it| format!("{it:?}"))?;
    let reader = Reader::new(&bundle);
    let import = || {
        let chart = reader.read(&read(records)?, None);
        let chart = chart.map_err(|problems| format!("{problems:?}"))?;
        Ok::<usize, String>(chart.entries.len())
    };
    import()?;
    let forget = std::fs::write("/proc/self/clear_refs", "5");
    forget.map_err(|error| format!("/proc/self/clear_refs: {error}"))?;
    let base = memory("VmRSS:")?;
    let entries = std::thread::scope(|scope| {
        let import = scope.spawn(import);
        import
            .join()
            .map_err(|_| "the import ended early".to_owned())?
    })?;
    match memory("VmHWM:")?.checked_sub(base) {
        Some(risen) if entries > 0 => Ok(risen.to_string()),
        _ => Err("nothing was imported".to_owned()),
    }
}

/// A figure of the kernel on the memory of this process, in bytes.
fn memory(name: &str) -> Result<usize, String> {
    let status = std::fs::read_to_string("/proc/self/status").map_err(|error| error.to_string())?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|it| it.trim().strip_suffix(" kB")?.parse::<usize>().ok());
    let kilobytes = kilobytes.ok_or_else(|| format!("the kernel says no {name}"))?;
    Ok(kilobytes * 1024)
}

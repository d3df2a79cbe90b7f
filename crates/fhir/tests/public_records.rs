//! Every public record that lies beside the repository, when there is one: read or refused with one clear error, and
//! every record accounted for.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "the crate is pure; this test reads files for it"
)]

mod knowledge;

use knowledge::{accounted, bundle};
use std::io::Write;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    match std::env::var_os("WAYMARK_SHARED") {
        Some(path) => PathBuf::from(path),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
    }
}

fn records(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            records(&path, found);
        } else if path
            .extension()
            .is_some_and(|ending| ending == "json" || ending == "ndjson")
        {
            found.push(path);
        }
    }
}

#[test]
fn every_public_record() {
    let data = folder().join("data");
    let mut paths = Vec::new();
    records(&data, &mut paths);
    paths.sort();
    if paths.is_empty() {
        // The handle itself: what the print macros write is hidden in a passing test.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: no public records in {}",
            data.display()
        );
        return;
    }
    let bundle = bundle();
    let (mut read, mut refused) = (0, 0);
    for path in &paths {
        let bytes = std::fs::read(path).unwrap();
        match waymark_fhir::read(&bytes, &bundle, None) {
            Ok(chart) => {
                read += 1;
                accounted(&chart);
                // With the type in second place each resource is looked at twice.
                let text = String::from_utf8_lossy(&bytes);
                let second = text.replace("\"resourceType\"", "\"_\":0,\"resourceType\"");
                let again = waymark_fhir::read(second.as_bytes(), &bundle, None);
                assert_eq!(Ok(chart), again, "{}", path.display());
            }
            Err(errors) => {
                refused += 1;
                assert_eq!(errors.len(), 1, "{}", path.display());
                assert!(errors[0].help.is_some(), "{}", path.display());
            }
        }
    }
    eprintln!("{read} files read, {refused} refused with a reason");
    assert!(read > 0);
}

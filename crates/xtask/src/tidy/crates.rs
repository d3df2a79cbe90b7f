//! What `cargo metadata` says: arrows between our crates, licences, origins and duplicate versions of the others.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// Which of our crates each may use. Nothing points up.
const ARROWS: [(&str, &[&str]); 13] = [
    ("packed-derive", &[]),
    ("packed", &["packed-derive"]),
    ("criteria", &["packed"]),
    ("engine", &["criteria", "packed"]),
    ("knowledge", &["engine", "criteria"]),
    ("fhir", &["engine", "criteria"]),
    ("page", &["engine", "criteria", "packed"]),
    ("server", &["criteria", "fhir", "page"]),
    ("wasm", &["criteria", "engine", "fhir", "page"]),
    (
        "cli",
        &["criteria", "engine", "fhir", "knowledge", "page", "server"],
    ),
    (
        "testsuite",
        &["criteria", "engine", "fhir", "knowledge", "page", "cli"],
    ),
    (
        "xtask",
        &["criteria", "engine", "fhir", "knowledge", "page"],
    ),
    (
        "benches",
        &["criteria", "engine", "fhir", "knowledge", "testsuite"],
    ),
];

/// The crates that use no clock, file, network, environment, thread or randomness.
const PURE: [&str; 5] = ["packed", "criteria", "engine", "fhir", "page"];

/// Licences that may be shipped with the product.
const LICENCES: [&str; 11] = [
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unlicense",
    "Unicode-3.0",
    "CC0-1.0",
    "MIT-0",
];

/// Packages of which two versions are accepted, and why.
const TWICE: [(&str, &str); 1] = [(
    "syn",
    "macros of `maud` and of `serde` are written against different releases; they run at build time only",
)];

/// The resolved dependency graph.
pub(crate) fn metadata(root: &Path) -> Result<Value, String> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root)
        .output()
        .map_err(|error| format!("cargo metadata did not start: {error}"))?;
    if !output.status.success() {
        return Err(format!(
            "cargo metadata failed:\n{}",
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("cargo metadata was not read: {error}"))
}

fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    metadata["packages"].as_array().into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn ours(package: &Value) -> Option<&str> {
    text(package, "name")
        .strip_prefix("waymark-")
        .filter(|_| package["source"].is_null())
}

/// Number of packages in the graph.
pub(crate) fn count(metadata: &Value) -> usize {
    packages(metadata).count()
}

/// Our crates use only those below them.
pub(crate) fn arrows(metadata: &Value) -> Vec<String> {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.into_iter().collect();
    let mut problems = Vec::new();
    for package in packages(metadata) {
        let Some(name) = ours(package) else { continue };
        let Some(may) = allowed.get(name) else {
            problems.push(format!(
                "crate `{name}` has no row in the table of arrows (xtask tidy)"
            ));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            // Tests of any crate may compile the repository's own knowledge.
            let in_tests = dependency["kind"] == "dev";
            if let Some(used) = text(dependency, "name").strip_prefix("waymark-")
                && !may.contains(&used)
                && !(in_tests && used == "knowledge")
            {
                problems.push(format!(
                    "crate `{name}` may not use `{used}`: arrows point down (ARCHITECTURE.md)"
                ));
            }
        }
    }
    problems
}

/// Every package has a licence that we may ship.
pub(crate) fn licences(metadata: &Value) -> Vec<String> {
    let accepted = |expression: &str| {
        expression.replace('/', " OR ").split(" OR ").any(|choice| {
            let choice = choice.trim().trim_matches(['(', ')']);
            choice
                .split(" AND ")
                .all(|part| LICENCES.contains(&part.trim().trim_matches(['(', ')'])))
        })
    };
    packages(metadata)
        .filter(|package| !accepted(text(package, "license")))
        .map(|package| {
            format!(
                "package `{}`: licence `{}` is not on the list",
                text(package, "name"),
                text(package, "license")
            )
        })
        .collect()
}

/// Every package comes from the registry or from this repository.
pub(crate) fn sources(metadata: &Value) -> Vec<String> {
    packages(metadata)
        .filter(|package| {
            package["source"]
                .as_str()
                .is_some_and(|source| !source.starts_with("registry+"))
        })
        .map(|package| {
            format!(
                "package `{}` comes from `{}`",
                text(package, "name"),
                text(package, "source")
            )
        })
        .collect()
}

/// No package is linked in two versions.
pub(crate) fn duplicates(metadata: &Value) -> Vec<String> {
    // Only what some feature of ours reaches on this platform: the lock file also lists what is never built.
    let mut reached: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let used = used(metadata);
    for package in packages(metadata).filter(|package| used.contains(text(package, "id"))) {
        reached
            .entry(text(package, "name"))
            .or_default()
            .insert(text(package, "version"));
    }
    let accepted: BTreeMap<&str, &str> = TWICE.into_iter().collect();
    reached
        .into_iter()
        .filter(|(name, versions)| versions.len() > 1 && !accepted.contains_key(name))
        .map(|(name, versions)| {
            let versions: Vec<&str> = versions.into_iter().collect();
            format!(
                "package `{name}` is there in versions {}",
                versions.join(" and ")
            )
        })
        .collect()
}

/// Ids of the packages that our crates reach by ordinary and build dependencies.
fn used(metadata: &Value) -> BTreeSet<&str> {
    let mut edges: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for node in metadata["resolve"]["nodes"]
        .as_array()
        .into_iter()
        .flatten()
    {
        let to = node["deps"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|edge| {
                edge["dep_kinds"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .any(|kind| kind["kind"].as_str() != Some("dev"))
                    && edge["dep_kinds"]
                        .as_array()
                        .into_iter()
                        .flatten()
                        .any(|kind| {
                            !kind["target"]
                                .as_str()
                                .is_some_and(|target| target.contains("windows"))
                        })
            });
        edges.insert(text(node, "id"), to.map(|edge| text(edge, "pkg")).collect());
    }
    let mut work: Vec<&str> = packages(metadata)
        .filter(|one| ours(one).is_some())
        .map(|one| text(one, "id"))
        .collect();
    let mut used = BTreeSet::new();
    while let Some(id) = work.pop() {
        if used.insert(id) {
            work.extend(edges.get(id).into_iter().flatten());
        }
    }
    used
}

/// The pure crates carry the lint file that keeps them pure, and every crate takes the workspace's lints.
pub(crate) fn lints(root: &Path, metadata: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    for name in PURE {
        let path = root.join("crates").join(name).join("clippy.toml");
        let lints = std::fs::read_to_string(&path).unwrap_or_default();
        for needed in [
            "std::time::SystemTime",
            "std::fs::read",
            "std::env::var",
            "std::thread::spawn",
        ] {
            if !lints.contains(needed) {
                problems.push(format!(
                    "crates/{name}/clippy.toml does not forbid `{needed}`"
                ));
            }
        }
    }
    for package in packages(metadata).filter(|package| ours(package).is_some()) {
        let manifest = std::fs::read_to_string(text(package, "manifest_path")).unwrap_or_default();
        if !manifest.contains("[lints]\nworkspace = true") {
            problems.push(format!(
                "crate `{}` does not take the workspace's lints",
                text(package, "name")
            ));
        }
    }
    problems
}

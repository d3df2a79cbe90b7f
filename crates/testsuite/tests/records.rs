//! Public records as they occur: none brings the importer down, and every record of each is accounted for.

use waymark_engine::chart::Completeness;
use waymark_testsuite::{assess, bundle, chart, day, files, shared_data};

/// Folders of patient records; the others hold trials, hooks and code lists.
const FOLDERS: [&str; 9] = [
    "mcode-ig-stu4-examples",
    "mcode-ig-stu1-examples",
    "mcode-pathways",
    "mcode-trial-matching-app",
    "mcode-trial-matching-service",
    "mcode-cql",
    "mcode-bct-service",
    "mcode-extraction-framework",
    "essex-trial-matching-app",
];

#[test]
fn public_records_are_read_and_accounted_for() {
    let Some(data) = shared_data() else { return };
    let bundle = bundle();
    let (mut read, mut refused) = (0, Vec::new());
    for folder in FOLDERS {
        for path in files(&data.join(folder), ".json") {
            match chart(&path, &bundle) {
                Ok(chart) => {
                    let import = &chart.import;
                    assert_eq!(
                        import.records,
                        import.used.len() + import.ignored.len(),
                        "{}",
                        path.display()
                    );
                    for record in [Completeness::Partial, Completeness::Complete] {
                        let _ = assess(&chart, &bundle, day("2026-11-01"), record);
                    }
                    read += 1;
                }
                Err(problems) => {
                    assert!(
                        !problems.is_empty(),
                        "{} was refused without a word",
                        path.display()
                    );
                    refused.push(format!("{}: {}", path.display(), problems.trim()));
                }
            }
        }
    }
    eprintln!(
        "{read} records read, {} refused with a reason:\n{}",
        refused.len(),
        refused.join("\n")
    );
    assert!(read >= 100, "only {read} records were read");
}

#[test]
fn the_guide_example_is_negative_for_her2() {
    let Some(data) = shared_data() else { return };
    let bundle = bundle();
    let path = data.join("mcode-ig-stu4-examples/Bundle-mcode-patient-bundle-jenny-m.json");
    let assessment = assess(
        &chart(&path, &bundle).unwrap(),
        &bundle,
        day("2026-11-01"),
        Completeness::Partial,
    );
    let her2 = assessment
        .facts
        .iter()
        .find(|fact| fact.id == "her2-positive")
        .unwrap();
    assert_eq!(
        her2.value,
        waymark_engine::wire::Scalar::Boolean(false),
        "{her2:#?}"
    );
    assert!(!her2.from.is_empty());
}

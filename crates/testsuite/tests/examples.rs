//! The examples: both forms of one patient give the same answers, every record is accounted for, and every answer
//! holds to the published schema.

use std::collections::BTreeMap;
use waymark_engine::chart::Completeness;
use waymark_engine::wire;
use waymark_testsuite::{assess, assess_with_reasons, bundle, chart, day, files, root};

const BOTH: [Completeness; 2] = [Completeness::Partial, Completeness::Complete];

fn verdicts(assessment: &wire::Assessment) -> BTreeMap<&str, wire::Verdict> {
    assessment
        .regimens
        .iter()
        .map(|regimen| (regimen.id.as_str(), regimen.verdict))
        .collect()
}

#[test]
fn both_forms_of_a_patient_give_the_same_verdicts() {
    let bundle = bundle();
    let mut pairs = 0;
    for written in files(&root().join("examples"), ".chart") {
        let fhir = written.with_extension("fhir.json");
        assert!(fhir.is_file(), "{} has no FHIR twin", written.display());
        let (left, right) = (
            chart(&written, &bundle).unwrap(),
            chart(&fhir, &bundle).unwrap(),
        );
        for record in BOTH {
            let as_of = day("2026-11-01");
            let (left, right) = (
                assess(&left, &bundle, as_of, record),
                assess(&right, &bundle, as_of, record),
            );
            assert_eq!(
                verdicts(&left),
                verdicts(&right),
                "{} {record:?}",
                written.display()
            );
        }
        pairs += 1;
    }
    assert!(pairs >= 8, "only {pairs} examples");
}

/// What follows from the knowledge alone is made once and shared: nothing of one person may come with it.
#[test]
fn who_was_answered_before_changes_no_answer() {
    let shared = bundle();
    let bytes = shared.to_bytes();
    let day = day("2026-11-01");
    for path in files(&root().join("examples"), ".chart") {
        let alone = waymark_engine::Bundle::from_bytes(&bytes).unwrap();
        let answer = |bundle: &waymark_engine::Bundle| {
            let chart = chart(&path, bundle).unwrap();
            assess(&chart, bundle, day, Completeness::Complete)
        };
        assert_eq!(answer(&shared), answer(&alone), "{}", path.display());
    }
}

#[test]
fn every_record_is_used_or_ignored_with_a_reason() {
    let bundle = bundle();
    for path in files(&root().join("examples"), "")
        .iter()
        .filter(|path| !path.ends_with("README.md"))
    {
        let chart = chart(path, &bundle).unwrap();
        let import = &chart.import;
        assert_eq!(
            import.records,
            import.used.len() + import.ignored.len(),
            "{}",
            path.display()
        );
        assert!(
            import
                .ignored
                .iter()
                .all(|ignored| !ignored.reason.is_empty())
        );
    }
}

/// A reader of the report can go from every fact to its records and from every record to its facts.
#[test]
fn the_report_traces_facts_and_records_both_ways() {
    let bundle = bundle();
    for path in files(&root().join("examples"), ".json") {
        let chart = chart(&path, &bundle).unwrap();
        for as_of in ["2022-01-01", "2026-11-01"] {
            let assessment = assess(&chart, &bundle, day(as_of), BOTH[0]);
            let import = &assessment.import;
            assert_eq!(import.read.len(), import.used);
            for fact in &assessment.facts {
                for from in &fact.from {
                    let read = import.read.iter().find(|read| read.record == from.record);
                    let rests = read.is_some_and(|read| read.facts.contains(&fact.id));
                    assert!(rests, "{}: {} of {}", path.display(), from.record, fact.id);
                }
            }
            for read in &import.read {
                assert_eq!(
                    read.facts.is_empty(),
                    read.unused.is_some(),
                    "{}: {read:?}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn answers_hold_to_the_published_schema() {
    let bundle = bundle();
    let schema = std::fs::read_to_string(root().join("docs/assessment.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    for path in files(&root().join("examples"), ".chart") {
        let chart = chart(&path, &bundle).unwrap();
        for (record, as_of) in BOTH.into_iter().flat_map(|record| {
            ["1997-01-01", "2024-05-24", "2026-11-01"].map(|as_of| (record, as_of))
        }) {
            for ask in [assess, assess_with_reasons] {
                let answer = ask(&chart, &bundle, day(as_of), record);
                let answer = serde_json::to_value(answer).unwrap();
                let problems: Vec<String> = validator
                    .iter_errors(&answer)
                    .map(|error| format!("{} at {}", error, error.instance_path()))
                    .collect();
                assert!(
                    problems.is_empty(),
                    "{} as of {as_of}: {problems:#?}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn every_criterion_of_an_indication_is_explained() {
    let bundle = bundle();
    let path = root().join("examples/minimal.chart");
    let assessment = assess(
        &chart(&path, &bundle).unwrap(),
        &bundle,
        day("2026-11-01"),
        Completeness::Partial,
    );
    let mut explained = 0;
    for regimen in &assessment.regimens {
        for indication in &regimen.indications {
            let Some(root) = bundle.program().root(&indication.id) else {
                continue;
            };
            let explanation = indication
                .explanation
                .as_ref()
                .expect("a judged indication is explained");
            let shown: Vec<&str> = explanation
                .children
                .iter()
                .filter_map(|child| child.criterion.as_deref())
                .collect();
            let asked: Vec<&str> = bundle
                .program()
                .conjuncts(root)
                .into_iter()
                .filter_map(|node| bundle.program().name_of(node))
                .collect();
            assert_eq!(shown, asked, "{}", indication.id);
            explained += 1;
        }
    }
    assert!(explained >= 15, "only {explained} indications are judged");
}

#[test]
fn the_same_chart_in_another_order_gives_the_same_bytes() {
    let bundle = bundle();
    for path in files(&root().join("examples"), ".chart") {
        let original = chart(&path, &bundle).unwrap();
        let mut reversed = original.clone();
        reversed.entries.reverse();
        for record in BOTH {
            let bytes = |chart| {
                serde_json::to_string(&assess(chart, &bundle, day("2026-11-01"), record)).unwrap()
            };
            assert_eq!(
                bytes(&original),
                bytes(&reversed),
                "{} {record:?}",
                path.display()
            );
        }
    }
}

#[test]
fn a_chart_of_another_cancer_is_told_so_for_that_reason_alone() {
    let bundle = bundle();
    let chart = chart(&root().join("examples/another-cancer.chart"), &bundle).unwrap();
    let assessment = assess(&chart, &bundle, day("2026-11-01"), Completeness::Partial);
    assert_eq!(assessment.notices.len(), 1);
    for regimen in &assessment.regimens {
        assert_eq!(
            regimen.verdict,
            wire::Verdict::NotIndicated,
            "{}",
            regimen.id
        );
        assert!(
            regimen.unmet.is_empty() || regimen.unmet == ["breast-cancer-disease"],
            "{:?}",
            regimen.unmet
        );
    }
}

#[test]
fn labels_differ_between_the_source_page_and_today() {
    let bundle = bundle();
    let chart = chart(&root().join("examples/de-novo-untreated.chart"), &bundle).unwrap();
    let on = |date| {
        let assessment = assess(&chart, &bundle, day(date), Completeness::Complete);
        assessment
            .regimens
            .into_iter()
            .find(|regimen| regimen.id == "tdxd-pertuzumab")
            .unwrap()
            .verdict
    };
    // First-line use was approved on 2025-12-15.
    assert_eq!(on("2025-12-14"), wire::Verdict::NotIndicated);
    assert_eq!(on("2025-12-15"), wire::Verdict::Indicated);
}

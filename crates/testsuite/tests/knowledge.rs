//! The knowledge as a whole: the source page is carried, labels change on their days, and nothing from memory decides.

use waymark_engine::bundle::{Basis, Scope, ShippedFor, Status};
use waymark_testsuite::bundle;

#[test]
fn every_statement_of_the_source_page_lives_somewhere() {
    let bundle = bundle();
    let coverage = waymark_knowledge::coverage(&bundle, "lbbc-2024-05-24").unwrap();
    assert_eq!(coverage.rows.len(), 40);
    assert!(coverage.is_complete(), "nothing waits and nothing is lost");
}

#[test]
fn nothing_from_memory_decides_a_verdict() {
    let bundle = bundle();
    for regimen in &bundle.content().regimens {
        for indication in &regimen.indications {
            let decides = bundle.program().root(&indication.id).is_some();
            assert!(
                !decides || indication.status != Status::Memory,
                "{}",
                indication.id
            );
        }
    }
}

#[test]
fn every_metastatic_indication_is_judged() {
    let bundle = bundle();
    let metastatic = bundle
        .content()
        .regimens
        .iter()
        .flat_map(|regimen| &regimen.indications)
        .filter(|indication| indication.scope == Scope::Metastatic);
    for indication in metastatic {
        assert!(
            bundle.program().root(&indication.id).is_some(),
            "{}",
            indication.id
        );
    }
}

/// The label of solid tumours asks that no other treatment is satisfactory, which no record says while another approved
/// use is met: a therapy that is added belongs into that criterion.
#[test]
fn every_other_labelled_therapy_is_an_alternative_to_the_use_in_solid_tumours() {
    let bundle = bundle();
    let criterion = bundle.criterion("no-satisfactory-alternative").unwrap();
    for regimen in &bundle.content().regimens {
        let labelled = regimen.basis == Basis::Label
            && regimen
                .indications
                .iter()
                .any(|indication| indication.scope == Scope::Metastatic);
        let named = criterion
            .cql
            .contains(&format!("\"regimen {}\"", regimen.id));
        assert_eq!(named, labelled, "{}", regimen.id);
    }
}

#[test]
fn the_bundle_survives_its_bytes() {
    let bundle = bundle();
    let bytes = bundle.to_bytes();
    let read = waymark_engine::Bundle::from_bytes(&bytes).unwrap();
    assert_eq!(read.hash(), bundle.hash());
    assert_eq!(read.to_bytes(), bytes);
}

#[test]
fn the_data_of_a_patient_that_answers_use_is_named() {
    let bundle = bundle();
    for data in &bundle.content().patient_data {
        for fact in &data.facts {
            assert!(bundle.schema().find(fact).is_some(), "no fact `{fact}`");
        }
    }
    let used: Vec<&str> = bundle
        .attributes()
        .patient_data
        .iter()
        .filter(|data| !data.facts.is_empty())
        .map(|data| data.element.as_str())
        .collect();
    assert_eq!(used, ["sex", "date of birth"]);
    assert!(
        bundle
            .content()
            .regimens
            .iter()
            .all(|regimen| !bundle.citations(&regimen.id).is_empty())
    );
}

#[test]
fn the_bundle_survives_being_shipped() {
    let bundle = bundle();
    let shipped = bundle.shipped(ShippedFor::Records);
    let read = waymark_engine::Bundle::from_shipped(&shipped).unwrap();
    assert_eq!(read.hash(), bundle.hash());
    // The criteria go compiled; all else that stands in an entry goes as it is.
    let mut entries = serde_json::from_slice(&bundle.to_bytes()).unwrap();
    without_criteria(&mut entries);
    let mut arrived = serde_json::from_slice(&read.to_bytes()).unwrap();
    without_criteria(&mut arrived);
    assert!(arrived == entries);
    let definitions = |it: &waymark_engine::Bundle| {
        let program = it.program();
        let roots = program.roots();
        let told = roots.map(|(name, node)| (name.to_owned(), program.step(node).text.to_owned()));
        told.collect::<Vec<_>>()
    };
    assert_eq!(definitions(&read), definitions(&bundle));
    assert_eq!(read.constraints(), bundle.constraints());
    let all = bundle.shipped(ShippedFor::Exports);
    let all = waymark_engine::Bundle::from_shipped(&all).unwrap();
    assert!(all.to_bytes() == bundle.to_bytes());
    assert_eq!(definitions(&all), definitions(&bundle));
    let refused = waymark_engine::Bundle::from_shipped(&shipped[1..]).unwrap_err();
    assert_eq!(refused[0].code, "bundle-unreadable");
}

fn without_criteria(entries: &mut serde_json::Value) {
    match entries {
        serde_json::Value::Object(fields) => {
            fields.remove("cql");
            fields.values_mut().for_each(without_criteria);
        }
        serde_json::Value::Array(entries) => entries.iter_mut().for_each(without_criteria),
        _ => {}
    }
}

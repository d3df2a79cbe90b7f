//! Mutated and arbitrary input: never a panic, every record accounted for, the same answer twice.

mod knowledge;

use knowledge::{accounted, bundle, expand};
use proptest::prelude::*;
use std::sync::LazyLock;
use waymark_engine::Bundle;

static BUNDLE: LazyLock<Bundle> = LazyLock::new(bundle);
static SEED: LazyLock<String> = LazyLock::new(|| {
    expand(
        r##"{"resourceType":"Bundle","type":"history","entry":[
{"fullUrl":"urn:uuid:p","resource":{"resourceType":"Patient","id":"p","birthDate":"1970-05-01","gender":"female"}},
{"resource":{"resourceType":"Condition","id":"c","subject":{"reference":"urn:uuid:p"},"onsetAge":{"value":50,"code":"a"},"code":{"coding":[@sct:254837009]},"stage":[{"summary":{"text":"Stage IIIC"},"assessment":[{"reference":"Observation/o"}]}]}},
{"resource":{"resourceType":"Observation","id":"o","status":"final","subject":{"reference":"Patient/p"},"code":{"coding":[@loinc:48676-1,@loinc:85318-4]},"valueQuantity":{"value":3.25e0,"comparator":">=","unit":"%"},"valueString":"HER2/CEP17 ratio 2,4 / IHC 2+ (≥ 10 %)","component":[{"code":{"coding":[@loinc:85319-2]},"valueInteger":3}],"specimen":{"reference":"#s"},"contained":[{"resourceType":"Specimen","id":"s"}]}},
{"resource":{"resourceType":"Observation","id":"l","status":"final","subject":{"reference":"Patient/p"},"code":{"coding":[@loinc:777-3]},"valueQuantity":{"value":9223372036.8547758,"code":"/uL"},"effectivePeriod":{"start":"2024","end":"2023"}}},
{"resource":{"resourceType":"MedicationRequest","id":"m","status":"active","intent":"order","subject":{"reference":"Patient/p"},"medicationCodeableConcept":{"text":"trastuzumab-ännß emtansine"},"authoredOn":"2024-13-45"}},
{"request":{"method":"DELETE","url":"Condition/c"}}]}"##,
    )
});

fn holds(bytes: &[u8]) {
    let first = waymark_fhir::read(bytes, &BUNDLE, None);
    if let Ok(chart) = &first {
        accounted(chart);
    }
    assert_eq!(first, waymark_fhir::read(bytes, &BUNDLE, None));
    let _looks = waymark_fhir::looks_like_fhir(bytes);
}

/// One change of a JSON value somewhere in the seed, which leaves it well-formed.
fn changed(value: &mut serde_json::Value, mut at: usize, with: &serde_json::Value) -> usize {
    if at == 0 {
        *value = with.clone();
        return usize::MAX;
    }
    at -= 1;
    let children: Vec<&mut serde_json::Value> = match value {
        serde_json::Value::Array(all) => all.iter_mut().collect(),
        serde_json::Value::Object(all) => all.values_mut().collect(),
        _ => Vec::new(),
    };
    for child in children {
        at = changed(child, at, with);
        if at == usize::MAX {
            return at;
        }
    }
    at
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    prop_oneof![
        Just(serde_json::json!(null)),
        Just(serde_json::json!(true)),
        Just(serde_json::json!([])),
        Just(serde_json::json!({})),
        Just(serde_json::json!([{ "code": 7 }, null])),
        Just(serde_json::json!(1e300)),
        any::<i64>().prop_map(|number| serde_json::json!(number)),
        "\\PC{0,12}".prop_map(|text| serde_json::json!(text)),
        "[0-9+./<>=% -]{0,10}".prop_map(|text| serde_json::json!(text)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn bytes_changed(at in 0_usize..2000, byte in any::<u8>(), cut in 0_usize..3000) {
        let mut bytes = SEED.clone().into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        bytes.truncate(cut.max(at));
        holds(&bytes);
    }

    #[test]
    fn values_changed(at in 1_usize..120, with in any_json(), again in 1_usize..120) {
        let mut value: serde_json::Value = serde_json::from_str(&SEED).unwrap();
        changed(&mut value, at, &with);
        changed(&mut value, again, &with);
        holds(value.to_string().as_bytes());
    }

    #[test]
    fn anything(text in "\\PC{0,200}") {
        holds(text.as_bytes());
    }

    #[test]
    fn words(text in "[a-z0-9+/.,;<>=% -]{0,40}") {
        let observation = serde_json::json!({
            "resourceType": "Observation",
            "code": { "coding": [{ "system": "http://loinc.org", "code": "48676-1" }] },
            "valueString": text,
            "valueCodeableConcept": { "text": text },
        });
        holds(observation.to_string().as_bytes());
    }
}

#[test]
fn a_patient_that_must_not_be_used_is_told_once() {
    for twice in [
        r#""birthDate":"1970-05-01","birthDate":"1971","modifierExtension":[],"modifierExtension":[{"url":"u"}]"#,
        r#""id":"q","birthDate":"1970-05-01","status":"a","status":"b""#,
    ] {
        let text = format!(r#"{{"resourceType":"Patient","id":"p",{twice}}}"#);
        let chart = waymark_fhir::read(text.as_bytes(), &BUNDLE, None);
        let chart = chart.unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
        accounted(&chart);
        assert!(chart.import.used.is_empty(), "{text}");
        assert!(
            chart.import.ignored[0].reason.starts_with("damaged: "),
            "{text}"
        );
    }
}

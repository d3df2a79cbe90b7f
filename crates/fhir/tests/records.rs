//! Conditions, observations, medicines, procedures and the patient: one row a rule.

mod knowledge;

use knowledge::{chart_of, check, lines};
use waymark_engine::chart::Sex;

#[test]
fn conditions() {
    check(&[
        (
            r#"{"resourceType":"Condition","onsetDateTime":"2020-01","code":{"coding":[@sct:254837009]}}"#,
            &["2020-01 breast"],
            &[],
        ),
        (
            r#"{"resourceType":"Condition","recordedDate":"2020-01-09","code":{"coding":[@icd:C50.911]},"clinicalStatus":{"coding":[{"code":"recurrence"}]}}"#,
            &["≤ 2020-01-09 breast", "? breast again"],
            &[],
        ),
        (
            r#"{"resourceType":"Condition","code":{"coding":[@sct:254837009]},"clinicalStatus":{"coding":[{"code":"resolved"}]}}"#,
            &["? breast"],
            &[],
        ),
        (
            r#"{"resourceType":"Condition","onsetAge":{"value":50,"code":"a"},"code":{"coding":[@sct:1081551000119106]}}"#,
            &["2020-05-01/2021-05-30 breast again"],
            &[],
        ),
        (
            r#"{"resourceType":"Condition","code":{"coding":[@sct:363346000]},"bodySite":[{"coding":[@sct:80248007]}]}"#,
            &["? breast"],
            &[],
        ),
        (
            r#"{"resourceType":"Condition","code":{"coding":[@sct:363346000:Prostate_Cancer]}}"#,
            &[r#"? other("prostate cancer") (words)"#],
            &[],
        ),
        (
            r#"{"resourceType":"Condition","code":{"coding":[@icd:C61:prostate]}}"#,
            &[r#"? other("prostate")"#],
            &[],
        ),
        (
            r#"{"resourceType":"Condition","code":{"coding":[@icd:C50.A0]}}"#,
            &[],
            &["ignored not confirmed"],
        ),
        (
            r#"{"resourceType":"Condition","onsetPeriod":{"start":"2024-02-03"},"code":{"coding":[@icd:C7931]}}"#,
            &["2024-02-03 met brain"],
            &[],
        ),
        (
            r#"{"resourceType":"Condition","code":{"coding":[{"system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm","code":"C77.3"}]}}"#,
            &["? met mayberegional"],
            &[],
        ),
        (
            r#"{"resourceType":"Condition","code":{"coding":[{"system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm","code":"C79.2"}]}}"#,
            &["? met mayberegional"],
            &[],
        ),
        (
            r#"{"resourceType":"Condition","code":{"coding":[@sct:94253005:chest_wall]}}"#,
            &["? met mayberegional"],
            &[],
        ),
        (
            r#"{"resourceType":"Condition","code":{"text":"Metastatic carcinoma to skin of chest"}}"#,
            &["? met mayberegional (words)"],
            &["note read-from-text"],
        ),
        (
            // It may have begun in the skin.
            r#"{"resourceType":"Condition","code":{"text":"Metastatic carcinoma of skin of chest"}}"#,
            &["≥ 0001-01-01 met mayberegional (words)"],
            &["note in-doubt"],
        ),
        (
            r#"{"resourceType":"Condition","id":"m","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/condition-related","valueReference":{"reference":"Condition/c"}}],"code":{"coding":[@sct:94381002]}}
---
{"resourceType":"Condition","id":"c","code":{"coding":[@sct:254837009]}}"#,
            &["? met liver of breast", "? breast"],
            &[],
        ),
        (
            r#"{"resourceType":"Condition","code":{"text":"Breast cancer metastatic to liver"}}"#,
            &["? breast (words)", "? met liver (words)"],
            &["note read-from-text"],
        ),
        (
            r#"{"resourceType":"Condition","code":{"coding":[@sct:254837009],"text":"Breast cancer metastatic to bone"}}"#,
            &["? breast", "? met bone (words)"],
            &[],
        ),
        (
            r#"{"resourceType":"Condition","code":{"coding":[@sct:254837009],"text":"Non-metastatic breast cancer"}}"#,
            &["? breast"],
            &[],
        ),
        (
            r#"{"resourceType":"Condition","code":{"coding":[@sct:254837009,@sct:94381002]}}"#,
            &["? breast", "≥ 0001-01-01 met liver"],
            &["note contradictory-codes"],
        ),
        (
            r#"{"resourceType":"Condition","code":{"text":"No evidence of metastatic breast cancer"}}"#,
            &[],
            &["ignored do not say plainly"],
        ),
        (
            r#"{"resourceType":"Condition","code":{"coding":[@sct:254837009]},"verificationStatus":{"coding":[{"code":"refuted"}]}}"#,
            &[],
            &["ignored refuted"],
        ),
        (
            r#"{"resourceType":"Condition","code":{"coding":[@sct:254837009]},"verificationStatus":{"coding":[{"code":"provisional"}]}}"#,
            &[],
            &["ignored not confirmed"],
        ),
        (
            r#"{"resourceType":"Condition","code":{"coding":[@sct:254837009]},"modifierExtension":[{"url":"http://x/not"}]}"#,
            &[],
            &["ignored modifier extension"],
        ),
        (
            r#"{"resourceType":"Condition","onsetDateTime":"2021-05-06","code":{"coding":[@sct:254837009]},"stage":[{"summary":{"coding":[{"system":"http://cancerstaging.org","code":"4","display":"IV"}]}}]}"#,
            &[
                "2021-05-06 breast",
                "2021-05-06 stage Some(4) m None of breast",
            ],
            &[],
        ),
        (
            r#"{"resourceType":"Condition","code":{"coding":[@sct:84114007]},"clinicalStatus":{"coding":[{"code":"resolved"}]}}"#,
            &["? heart-failure"],
            &[],
        ),
        (
            r#"{"resourceType":"Condition","code":{"coding":[@sct:77386006]},"clinicalStatus":{"coding":[{"code":"resolved"}]}}"#,
            &[],
            &["ignored resolved"],
        ),
        (
            r#"{"resourceType":"Condition","code":{"coding":[@sct:59621000:Essential_hypertension]}}"#,
            &[],
            &["ignored not a condition"],
        ),
        (
            r#"{"resourceType":"Condition","clinicalStatus":"active","verificationStatus":{"coding":[{"code":"confirmed"}]},"code":{"coding":[@sct:254837009]}}"#,
            &["? breast"],
            &["note older-fhir"],
        ),
        (
            r#"{"resourceType":"Condition","category":5,"onsetDateTime":{"value":3},"code":{"coding":[@sct:254837009]}}"#,
            &["? breast"],
            &["note damaged-element"],
        ),
    ]);
}

#[test]
fn observations() {
    let row = |rest: &str| {
        format!(
            r#"{{"resourceType":"Observation","status":"final","effectiveDateTime":"2024",{rest}}}"#
        )
    };
    let rows: &[(&str, &[&str], &[&str])] = &[
        (
            r#""code":{"coding":[@loinc:21908-9]},"valueCodeableConcept":{"coding":[@sct:261638004,{"system":"http://cancerstaging.org","code":"c3A"}]}"#,
            &["2024 stage Some(3) m None"],
            &[],
        ),
        (
            r#""code":{"coding":[@sct:21908-9]},"valueCodeableConcept":{"coding":[@sct:258228008]}"#,
            &["2024 stage Some(4) m None"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:21908-9]},"valueCodeableConcept":{"coding":[@sct:258228008],"text":"Stage IIA"}"#,
            &[],
            &["ignored different stages", "note contradictory-codes"],
        ),
        (
            r#""code":{"coding":[@loinc:21907-1]},"valueCodeableConcept":{"coding":[{"system":"http://cancerstaging.org","code":"cM1"}]}"#,
            &["2024 stage None m Some(true) (words)"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:21905-5]},"valueCodeableConcept":{"text":"T2"}"#,
            &[],
            &["ignored T or N"],
        ),
        (
            r#""code":{"coding":[@sct:1287652008]},"valueBoolean":false"#,
            &["2024 no met ?"],
            &[],
        ),
        (
            r#""code":{"coding":[@sct:1287652008:History_of_cancer_metastatic_to_liver]}"#,
            &["2024 met liver"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:97509-4]},"valueCodeableConcept":{"coding":[@sct:271299001]}"#,
            &["2024 status progression unstated"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:97509-4]},"valueCodeableConcept":{"coding":[@sct:709137006]}"#,
            &["≥ 2024-01-01 status progression unstated"],
            &["note in-doubt"],
        ),
        (
            r#""code":{"coding":[@loinc:97509-4]},"valueCodeableConcept":{"text":"Cancer in complete remission"}"#,
            &["2024 status remission unstated (words)"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:97509-4]},"valueCodeableConcept":{"text":"no progression"}"#,
            &[],
            &["ignored no disease status"],
        ),
        (
            r#""code":{"coding":[@loinc:89247-1]},"valueInteger":1"#,
            &["2024 ecog 1"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:89247-1]},"valueInteger":-1"#,
            &[],
            &["ignored not plausible"],
        ),
        (
            r#""code":{"coding":[@loinc:89243-0]},"valueInteger":45"#,
            &[],
            &["ignored Karnofsky"],
        ),
        (
            r#""code":{"coding":[@loinc:10230-1]},"valueQuantity":{"value":55,"code":"%"}"#,
            &["2024 lvef 55"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:10230-1]},"valueQuantity":{"value":0.55}"#,
            &["2024 lvef 55"],
            &["note unit-assumed"],
        ),
        (
            r#""code":{"coding":[@loinc:10230-1]},"valueQuantity":{"value":50,"comparator":">=","unit":"%"}"#,
            &["2024 lvef 50.."],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:777-3]},"valueQuantity":{"value":250000,"code":"/uL"}"#,
            &["2024 platelets 250"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:777-3]},"valueQuantity":{"value":250,"code":"10*3/uL"}"#,
            &["2024 platelets 250"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:26499-4]},"valueQuantity":{"value":3000,"code":"10*3/uL"}"#,
            &[],
            &["ignored not plausible"],
        ),
        (
            r#""code":{"coding":[@loinc:26499-4]},"valueQuantity":{"value":3,"unit":"mg"}"#,
            &[],
            &["ignored unit"],
        ),
        (
            r#""code":{"coding":[@loinc:1742-6]},"valueQuantity":{"value":80,"code":"U/L"},"referenceRange":[{"high":{"value":40,"code":"U/L"}}]"#,
            &["2024 alt 80 limit 40"],
            &[],
        ),
        (
            r#""code":{"coding":[@sct:161712005]},"valueCodeableConcept":{"coding":[@sct:76498008]}"#,
            &["2024 postmenopausal"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:82810-3]},"valueCodeableConcept":{"coding":[@sct:60001007]}"#,
            &["2024 no pregnancy"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:82810-3]},"valueCodeableConcept":{"coding":[@sct:77386006]}"#,
            &["2024 pregnancy"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:44667-4]},"valueCodeableConcept":{"text":"Liver structure"}"#,
            &["2024 met liver (words)"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:1968-7]},"valueQuantity":{"value":1}"#,
            &[],
            &["ignored direct bilirubin"],
        ),
        (
            r#""code":{"coding":[@loinc:1-8:Weight]},"valueQuantity":{"value":60}"#,
            &[],
            &["ignored not an observation"],
        ),
        (
            r#""code":{"coding":[@sct:398192003]},"extension":[{"url":"http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-related-condition-absent","valueCodeableConcept":{"coding":[@sct:84114007]}}]"#,
            &["2024 no heart-failure"],
            &[],
        ),
    ];
    for (rest, facts, report) in rows {
        check(&[(&row(rest), facts, report)]);
    }
}

#[test]
fn statuses_and_dates_of_observations() {
    let row = |rest: &str| {
        format!(
            r#"{{"resourceType":"Observation","code":{{"coding":[@loinc:10230-1]}},"valueQuantity":{{"value":55,"code":"%"}},{rest}}}"#
        )
    };
    let rows: &[(&str, &[&str], &[&str])] = &[
        (
            r#""status":"entered-in-error""#,
            &[],
            &["ignored entered-in-error"],
        ),
        (r#""status":"cancelled""#, &[], &["ignored cancelled"]),
        (
            r#""status":"preliminary""#,
            &["? lvef 55"],
            &["note preliminary"],
        ),
        (
            r#""issued":"2024-02-03T01:00:00.123+14:00""#,
            &["2024-02-03 lvef 55"],
            &[],
        ),
        (
            r#""effectivePeriod":{"start":"2024-02","end":"2024-03-05"}"#,
            &["2024-02-01/2024-03-05 lvef 55"],
            &[],
        ),
        (
            r#""effectivePeriod":{"start":"2024-02-03"}"#,
            &["≥ 2024-02-03 lvef 55"],
            &[],
        ),
        (r#""effectiveDateTime":"03/05/2024""#, &["? lvef 55"], &[]),
        (r#""effectiveDateTime":"2024-02-30""#, &["? lvef 55"], &[]),
    ];
    for (rest, facts, report) in rows {
        check(&[(&row(rest), facts, report)]);
    }
}

#[test]
fn medicines() {
    check(&[
        (
            r#"{"resourceType":"MedicationRequest","status":"active","intent":"order","authoredOn":"2024-01-02","medicationCodeableConcept":{"coding":[@rxnorm:224905]}}"#,
            &["2024-01-02 trastuzumab ordered"],
            &[],
        ),
        (
            r#"{"resourceType":"MedicationRequest","status":"completed","intent":"order","medicationCodeableConcept":{"coding":[{"system":"http://fhir.de/CodeSystem/bfarm/atc","code":"L01FD01"}]},"dosageInstruction":[{"timing":{"repeat":{"boundsPeriod":{"start":"2023-01","end":"2023-06-07"}}}}]}"#,
            &["2023-01 trastuzumab ended to 2023-06-07"],
            &[],
        ),
        (
            r#"{"resourceType":"MedicationRequest","status":"stopped","intent":"order","statusReason":{"coding":[@sct:266721009]},"extension":[{"url":"http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-treatment-intent","valueCodeableConcept":{"coding":[@sct:363676003]}}],"medicationCodeableConcept":{"text":"T-DM1 (Kadcyla) 160 mg"}}"#,
            &["? kadcyla ended metastatic stopped progression (words)"],
            &["note read-from-text"],
        ),
        (
            r#"{"resourceType":"MedicationRequest","status":"active","intent":"proposal","medicationCodeableConcept":{"coding":[@rxnorm:56946]}}"#,
            &["? paclitaxel planned"],
            &[],
        ),
        (
            r#"{"resourceType":"MedicationRequest","status":"draft","intent":"order","medicationCodeableConcept":{"coding":[@rxnorm:56946]}}"#,
            &["? paclitaxel planned"],
            &[],
        ),
        (
            r#"{"resourceType":"MedicationRequest","status":"cancelled","intent":"order","medicationCodeableConcept":{"coding":[@rxnorm:56946]}}"#,
            &[],
            &["ignored cancelled"],
        ),
        (
            r#"{"resourceType":"MedicationRequest","status":"active","intent":"order","doNotPerform":true,"medicationCodeableConcept":{"coding":[@rxnorm:56946]}}"#,
            &[],
            &["ignored doNotPerform"],
        ),
        (
            r#"{"resourceType":"MedicationStatement","status":"completed","effectivePeriod":{"start":"2023-01-02","end":"2023-06"},"reasonCode":[{"coding":[@sct:373846009]}],"medicationCodeableConcept":{"coding":[@rxnorm:2174802]}}"#,
            &["2023-01-02 trastuzumab-anns ended to 2023-06 adjuvant"],
            &[],
        ),
        (
            r#"{"resourceType":"MedicationStatement","status":"not-taken","medicationCodeableConcept":{"coding":[@rxnorm:56946]}}"#,
            &[],
            &["ignored not-taken"],
        ),
        (
            r#"{"resourceType":"MedicationAdministration","status":"completed","effectiveDateTime":"2023-02-03T10:00:00Z","medicationCodeableConcept":{"coding":[@rxnorm:56946]}}"#,
            &["2023-02-03 paclitaxel ended to 2023-02-03"],
            &[],
        ),
        (
            r#"{"resourceType":"MedicationAdministration","status":"not-done","medicationCodeableConcept":{"coding":[@rxnorm:56946]}}"#,
            &[],
            &["ignored not-done"],
        ),
        (
            r#"{"resourceType":"MedicationDispense","status":"completed","whenHandedOver":"2024-04-05","medicationCodeableConcept":{"coding":[@rxnorm:56946]}}"#,
            &["2024-04-05 paclitaxel ordered"],
            &[],
        ),
        (
            r##"{"resourceType":"MedicationAdministration","status":"completed","contained":[{"resourceType":"Medication","id":"m","code":{"coding":[@rxnorm:2267582]}}],"medicationReference":{"reference":"#m"}}"##,
            &["? tdxd ended"],
            &[],
        ),
        (
            r#"{"resourceType":"MedicationRequest","status":"active","intent":"order","medicationReference":{"reference":"Medication/9","display":"Herceptin"}}"#,
            &["? trastuzumab-reference ordered (words)"],
            &["note dangling-reference"],
        ),
        (
            r#"{"resourceType":"MedicationRequest","status":"active","intent":"order","medicationCodeableConcept":{"coding":[@rxnorm:999:Coal_Tar]}}"#,
            &["≥ 0001-01-01 unrecognised Coal Tar ordered (words)"],
            &["note in-doubt"],
        ),
        (
            r#"{"resourceType":"MedicationRequest","status":"active","intent":"order","medicationCodeableConcept":{"text":"wondermab"},"reasonReference":[{"reference":"Condition/c"}]}
---
{"resourceType":"Condition","id":"c","code":{"coding":[@sct:254837009]}}"#,
            &["? unrecognised wondermab ordered (words)", "? breast"],
            &[],
        ),
        (
            r#"{"resourceType":"MedicationRequest","status":"active","intent":"order","medicationCodeableConcept":{"coding":[@rxnorm:56946]},"reasonCode":[{"coding":[@sct:254637007:Lung_cancer]}]}"#,
            &[],
            &["ignored another cancer"],
        ),
        (
            r#"{"resourceType":"MedicationRequest","status":"active","intent":"order","medicationCodeableConcept":{"coding":[@rxnorm:56946:Herceptin]}}"#,
            &["? unrecognised Herceptin ordered (words)"],
            &["note contradictory-codes"],
        ),
    ]);
}

#[test]
fn names_of_medicines_are_read_longest_first() {
    for (text, given) in [
        ("ado-trastuzumab emtansine 100 MG Injection", vec!["tdm1"]),
        ("Trastuzumab Deruxtecan", vec!["tdxd"]),
        ("fam-trastuzumab deruxtecan-nxki", vec!["tdxd"]),
        // Unknown here and surely a medicine of cancer: its antibody is known.
        (
            "trastuzumab duocarmazine",
            vec!["unrecognised trastuzumab duocarmazine"],
        ),
        ("trastuzumab-anns 420 MG", vec!["trastuzumab-anns"]),
        ("trastuzumab-zzzz", vec!["trastuzumab"]),
        (
            "pertuzumab / trastuzumab",
            vec!["pertuzumab", "trastuzumab"],
        ),
        (
            "Taxol and HERCEPTIN",
            vec!["paclitaxel", "trastuzumab-reference"],
        ),
        // Of no name that is known: it may be any.
        ("taxolike", vec!["unrecognised taxolike"]),
        (
            "taxol taxol herceptin taxol",
            vec!["paclitaxel", "trastuzumab-reference"],
        ),
    ] {
        let resource = format!(
            r#"{{"resourceType":"MedicationStatement","status":"active","medicationCodeableConcept":{{"text":"{text}"}}}}"#
        );
        let found = lines(&chart_of(&[&resource]));
        let wanted: Vec<String> = given
            .iter()
            .map(|id| {
                let date = if text == "taxolike" {
                    "≥ 0001-01-01"
                } else {
                    "?"
                };
                format!("{date} {id} ongoing (words)")
            })
            .collect();
        assert_eq!(found, wanted, "{text}");
    }
}

#[test]
fn procedures() {
    check(&[
        (
            r#"{"resourceType":"Procedure","status":"completed","performedDateTime":"2024-05-06","code":{"coding":[@sct:64368001]}}"#,
            &["2024-05-06 surgery breast"],
            &[],
        ),
        (
            r#"{"resourceType":"Procedure","status":"completed","performedPeriod":{"start":"2024-05-06","end":"2024-06-07"},"code":{"coding":[@sct:33195004:Chemotherapy]},"bodySite":[{"coding":[@sct:12738006]}]}"#,
            &["2024-05-06 radiotherapy cns"],
            &["note contradictory-codes"],
        ),
        (
            r#"{"resourceType":"Procedure","status":"completed","code":{"coding":[@sct:429584001]}}"#,
            &["? radiosurgery cns"],
            &[],
        ),
        (
            r#"{"resourceType":"Procedure","status":"completed","code":{"coding":[@sct:33195004]},"extension":[{"url":"x","extension":[{"url":"volume","valueReference":{"reference":"BodyStructure/v"}}]}]}
---
{"resourceType":"BodyStructure","id":"v","location":{"text":"Left breast"}}"#,
            &["? radiotherapy breast"],
            &["ignored refer to it"],
        ),
        (
            r#"{"resourceType":"Procedure","status":"completed","code":{"text":"Whole brain radiotherapy"}}"#,
            &["? radiotherapy cns (words)"],
            &[],
        ),
        (
            r#"{"resourceType":"Procedure","status":"not-done","code":{"coding":[@sct:64368001]}}"#,
            &[],
            &["ignored not-done"],
        ),
        (
            r#"{"resourceType":"Procedure","status":"completed","code":{"coding":[@sct:122548005]}}"#,
            &[],
            &["ignored biopsy"],
        ),
        (
            r#"{"resourceType":"Procedure","status":"completed","code":{"coding":[@sct:367336001]}}"#,
            &[],
            &["ignored names no medicine"],
        ),
        (
            r#"{"resourceType":"Procedure","status":"completed","code":{"coding":[@sct:434363004]}}"#,
            &[],
            &["ignored not what it found"],
        ),
    ]);
}

#[test]
fn a_copy_is_entered_once_and_a_second_record_is_a_second_one() {
    let condition = |id: &str| {
        format!(
            r#"{{"resourceType":"Condition","id":"{id}","onsetDateTime":"2020-01-02","code":{{"coding":[@sct:254837009]}}}}"#
        )
    };
    let chart = chart_of(&[&condition("a"), &condition("a")]);
    assert_eq!(lines(&chart), ["2020-01-02 breast"]);
    assert_eq!(chart.import.used[2].record, "Condition/a");
    let chart = chart_of(&[&condition("a"), &condition("b")]);
    assert_eq!(lines(&chart), ["2020-01-02 breast", "2020-01-02 breast"]);
    assert_eq!(chart.entries[1].source.record, "Condition/b");
}

/// A masked patient: what is left of an element is a reason for its absence.
#[test]
fn a_masked_patient() {
    let masked = r#"{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"masked"}]}"#;
    let text = format!(
        r#"{{"resourceType":"Patient","id":"m","name":[{masked}],"_birthDate":{masked},"_gender":{masked}}}"#
    );
    let chart = waymark_fhir::read(text.as_bytes(), &knowledge::bundle(), None).unwrap();
    assert_eq!(chart.patient.birth, waymark_criteria::DateBounds::UNKNOWN);
    assert_eq!(chart.patient.sex, None);
    assert!(chart.import.used[0].gave.contains("masked or not given"));
}

/// US Core gives the sex as a bare code of SNOMED CT, where the gender does not tell.
#[test]
fn the_sex_of_a_person_in_snomed_ct() {
    let sex = |gender: &str, code: &str| {
        let text = format!(
            r#"{{"resourceType":"Patient","id":"p","gender":"{gender}","extension":[{{"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-sex","valueCode":"{code}"}}]}}"#
        );
        let chart = waymark_fhir::read(text.as_bytes(), &knowledge::bundle(), None).unwrap();
        chart.patient.sex
    };
    assert_eq!(sex("unknown", "248152002"), Some(Sex::Female));
    assert_eq!(sex("unknown", "248153007"), Some(Sex::Male));
    assert_eq!(sex("unknown", "184115007"), None);
    assert_eq!(sex("female", "248153007"), Some(Sex::Female));
}

#[test]
fn the_patient() {
    let chart = chart_of(&[]);
    assert_eq!(chart.patient.id, "p");
    assert_eq!(chart.patient.birth.to_string(), "1970-05");
    assert_eq!(chart.patient.sex, Some(Sex::Female));
}

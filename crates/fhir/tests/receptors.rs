//! HER2, ER and PR in every shape in which they were seen.

mod knowledge;

use knowledge::check;

const DATED: &str = r#""resourceType":"Observation","status":"final","effectiveDateTime":"2024-03-05T23:10:00-04:00""#;

fn results(rows: &[(&str, &[&str], &[&str])]) {
    for (rest, facts, report) in rows {
        let resource = format!("{{{DATED},{rest}}}");
        check(&[(resource.as_str(), facts, report)]);
    }
}

#[test]
fn her2_by_code() {
    results(&[
        (
            r#""code":{"coding":[@loinc:48676-1]},"valueCodeableConcept":{"coding":[@loinc:LA6577-6]}"#,
            &["2024-03-05 her2 overall negative"],
            &["used receptor result"],
        ),
        (
            r#""code":{"coding":[@loinc:48676-1]},"valueCodeableConcept":{"coding":[@sct:10828004]}"#,
            &["2024-03-05 her2 overall positive"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:48676-1,@loinc:85319-2]},"valueCodeableConcept":{"coding":[@sct:10828004]}"#,
            &["2024-03-05 her2 ihc positive"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:85319-2]},"valueCodeableConcept":{"coding":[@loinc:LA11842-4:2+],"text":"2+"}"#,
            &["2024-03-05 her2 ihc score 2"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:85319-2]},"valueCodeableConcept":{"coding":[@sct:260349009]}"#,
            &["2024-03-05 her2 ihc score 3"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:85319-2]},"valueInteger":3"#,
            &["2024-03-05 her2 ihc score 3"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:85319-2]},"valueQuantity":{"value":3}"#,
            &["2024-03-05 her2 ihc score 3"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:85319-2]},"valueQuantity":{"value":7}"#,
            &[],
            &["ignored no possible result"],
        ),
        (
            r#""code":{"coding":[@loinc:85319-2]},"valueQuantity":{"value":2.4,"unit":"copies per nucleus","code":"{copies}/nucleus"}"#,
            &[],
            &["ignored is not a score"],
        ),
        (
            r#""code":{"coding":[@loinc:49683-6]},"valueQuantity":{"value":5.123}"#,
            &["2024-03-05 her2 ishdual ratio 512"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:74860-8]},"valueQuantity":{"value":6.5,"code":"{copies}/nucleus"}"#,
            &["2024-03-05 her2 ish copies 650"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:49683-6]},"valueString":"greater than 2.2""#,
            &["2024-03-05 her2 ishdual ratio 220.. (words)"],
            &["note read-from-text"],
        ),
        (
            r#""code":{"coding":[@loinc:49683-6]},"valueString":"not greater than 2.2""#,
            &["2024-03-05 her2 ishdual ratio ..220 (words)"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:49683-6]},"valueString":">/= 2.0 (reference range < 2.0)""#,
            &[],
            &["ignored no result that can be read"],
        ),
        (
            r#""code":{"coding":[@loinc:49683-6]},"valueString":"2.4; cutoff 2.0""#,
            &["2024-03-05 her2 ishdual ratio 240 (words)"],
            &["note part-not-read"],
        ),
        (
            r#""code":{"coding":[@loinc:49683-6]},"valueString":"ratio >2.0","valueQuantity":{"value":2.4}"#,
            &["2024-03-05 her2 ishdual ratio 240 (words)"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:49683-6]},"valueString":"ratio >2.0","valueQuantity":{"value":1.4}"#,
            &["2024-03-05 her2 ishdual contradictory (words)"],
            &["note contradictory-result"],
        ),
        (
            r#""code":{"coding":[@loinc:49683-6]},"valueQuantity":{"value":2,"comparator":">="}"#,
            &["2024-03-05 her2 ishdual ratio 200.."],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:49683-6]},"valueQuantity":{"value":1.8,"comparator":"<"}"#,
            &["2024-03-05 her2 ishdual ratio ..179"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:49683-6]},"valueRange":{"low":{"value":1.8},"high":{"value":2.2}}"#,
            &["2024-03-05 her2 ishdual ratio 180..220"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:49683-6]},"valueRatio":{"numerator":{"value":9,"comparator":">"},"denominator":{"value":4}}"#,
            &["2024-03-05 her2 ishdual ratio 225.."],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:74860-8]},"valueQuantity":{"value":6,"comparator":">","code":"{copies}/nucleus"}"#,
            &["2024-03-05 her2 ish copies 600.."],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:48676-1,@loinc:85318-4]},"valueRatio":{"numerator":{"value":1,"comparator":">="},"denominator":{"value":100,"comparator":">="}},"valueCodeableConcept":{"coding":[@sct:10828004]}"#,
            &["2024-03-05 her2 ish positive"],
            &["note part-not-read"],
        ),
        (
            r#""code":{"coding":[@loinc:32996-1]},"valueQuantity":{"value":12}"#,
            &[],
            &["ignored serum"],
        ),
        (
            r#""code":{"coding":[@loinc:42783-1]},"valueCodeableConcept":{"coding":[@sct:10828004]}"#,
            &[],
            &["ignored mutation"],
        ),
        (
            r#""code":{"coding":[@loinc:48676-1]},"valueCodeableConcept":{"coding":[@loinc:LA13538-6]}"#,
            &[],
            &["ignored not tested"],
        ),
        (
            r#""code":{"coding":[@loinc:48676-1]},"dataAbsentReason":{"coding":[{"code":"unknown"}]}"#,
            &[],
            &["ignored no result"],
        ),
    ]);
}

#[test]
fn her2_in_words() {
    results(&[
        (
            r#""code":{"coding":[@loinc:85319-2]},"valueString":"HER2 IHC 3+""#,
            &["2024-03-05 her2 ihc score 3 (words)"],
            &["note read-from-text"],
        ),
        (
            r#""code":{"coding":[@loinc:48676-1]},"valueString":"Positive (3+)""#,
            &["2024-03-05 her2 ihc positive score 3 (words)"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:85319-2]},"valueString":"2+ / FISH amplified""#,
            &[
                "2024-03-05 her2 ihc score 2 (words)",
                "2024-03-05 her2 ish positive (words)",
            ],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:31150-6]},"valueString":"HER2/CEP17 ratio 2,4, not amplified? pending""#,
            &[],
            &["ignored pending"],
        ),
        (
            r#""code":{"coding":[@loinc:31150-6]},"valueString":"amplified; ratio 4.1""#,
            &["2024-03-05 her2 ishdual positive ratio 410 (words)"],
            &[],
        ),
        (
            r#""code":{"text":"HER2 by FISH"},"valueString":"not amplified""#,
            &["2024-03-05 her2 ish negative (words)"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:48676-1]},"valueCodeableConcept":{"coding":[{"system":"urn:local","code":"P"}]}"#,
            &["2024-03-05 her2 overall positive (words)"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:48676-1]},"valueCodeableConcept":{"text":"HER2-low"}"#,
            &["2024-03-05 her2 overall low (words)"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:85319-2]},"valueString":"1+/2+""#,
            &["2024-03-05 her2 ihc contradictory (words)"],
            &["note contradictory-result"],
        ),
    ]);
}

#[test]
fn contradictions_are_never_settled() {
    results(&[
        (
            r#""code":{"coding":[@loinc:48676-1]},"valueCodeableConcept":{"coding":[@loinc:LA6577-6],"text":"Positive (3+)"}"#,
            &[
                "2024-03-05 her2 overall contradictory",
                "2024-03-05 her2 ihc contradictory (words)",
            ],
            &["note contradictory-result"],
        ),
        (
            r#""code":{"coding":[@loinc:85319-2]},"valueQuantity":{"value":3},"interpretation":[{"coding":[@int:NEG]}]"#,
            &["2024-03-05 her2 ihc contradictory"],
            &["note contradictory-result"],
        ),
        (
            r#""code":{"coding":[@loinc:48676-1,@loinc:85319-2]},"valueCodeableConcept":{"coding":[@sct:10828004]},"interpretation":[{"coding":[@int:POS]}],"valueQuantity":{"value":3}"#,
            &["2024-03-05 her2 ihc positive score 3"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:85319-2]},"valueCodeableConcept":{"coding":[@sct:260385009]},"valueQuantity":{"value":3}"#,
            &["2024-03-05 her2 ihc contradictory"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:48676-1]},"valueCodeableConcept":{"coding":[@sct:431396003:HER2_gene_amplification_detected]}"#,
            &[
                "2024-03-05 her2 overall contradictory",
                "2024-03-05 her2 ish contradictory (words)",
            ],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:85337-4]},"valueCodeableConcept":{"coding":[@sct:260385009]},"valueQuantity":{"value":85,"code":"%"}"#,
            &["2024-03-05 er ihc contradictory"],
            &[],
        ),
    ]);
}

#[test]
fn components() {
    results(&[
        (
            r#""code":{"coding":[@loinc:48676-1]},"valueCodeableConcept":{"coding":[@sct:10828004]},"component":[{"code":{"coding":[@loinc:85319-2]},"valueCodeableConcept":{"coding":[@loinc:LA11842-4]}},{"code":{"coding":[@loinc:31150-6]},"valueCodeableConcept":{"text":"positiv"}}]"#,
            &[
                "2024-03-05 her2 overall positive",
                "2024-03-05 her2 ihc score 2",
                "2024-03-05 her2 ish positive (words)",
            ],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:31150-6]},"component":[{"code":{"coding":[@loinc:85318-4]},"valueQuantity":{"value":8.2,"code":"{copies}/nucleus"}},{"code":{"coding":[@loinc:85319-2:CEP17_average]},"valueQuantity":{"value":2.1,"code":"{copies}/nucleus"}},{"code":{"coding":[@loinc:49683-6]},"valueQuantity":{"value":3.9}}]"#,
            &["2024-03-05 her2 ishdual ratio 390 copies 820"],
            &["note part-not-read"],
        ),
        (
            r#""code":{"coding":[@loinc:85337-4]},"valueCodeableConcept":{"coding":[@sct:10828004]},"component":[{"code":{"text":"share of positive cells"},"valueQuantity":{"value":95,"code":"%"}}]"#,
            &["2024-03-05 er ihc positive share 9500"],
            &[],
        ),
    ]);
}

#[test]
fn hormone_receptors() {
    results(&[
        (
            r#""code":{"coding":[@loinc:85329-1]},"valueQuantity":{"value":85,"unit":"%"}"#,
            &["2024-03-05 er ihc share 8500"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:85329-1]},"valueQuantity":{"value":0.85}"#,
            &["2024-03-05 er ihc share 8500"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:85329-1]},"valueString":"<1%""#,
            &["2024-03-05 er ihc share 0..99 (words)"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:85337-4]},"valueCodeableConcept":{"coding":[@sct:10828004]},"valueQuantity":{"value":10,"comparator":">=","unit":"%"}"#,
            &["2024-03-05 er ihc positive share 1000..10000"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:85329-1]},"valueQuantity":{"value":850,"unit":"%"}"#,
            &[],
            &["ignored out of range"],
        ),
        (
            r#""code":{"coding":[@loinc:10480-2]},"valueCodeableConcept":{"coding":[@sct:10828004]}"#,
            &["2024-03-05 hormone overall positive"],
            &[],
        ),
        (
            r#""code":{"coding":[@loinc:85339-0]},"valueString":"positive (90 %)""#,
            &["2024-03-05 pr ihc positive share 9000 (words)"],
            &[],
        ),
    ]);
}

#[test]
fn tissue_and_specimen() {
    let result = |rest: &str| {
        format!(r#"{{{DATED},"code":{{"coding":[@loinc:85319-2]}},"valueInteger":3,{rest}}}"#)
    };
    let specimen = |site: &str| {
        format!(
            r#"{{"resourceType":"Specimen","id":"s","collection":{{"bodySite":{{"coding":[{site}]}}}}}}"#
        )
    };
    let by_reference = result(r#""specimen":{"reference":"Specimen/s"}"#);
    check(&[
        (
            &format!("{by_reference}\n---\n{}", specimen("@sct:80248007")),
            &["2024-03-05 her2 ihc score 3 in primary from Specimen/s"],
            &[],
        ),
        (
            &format!("{by_reference}\n---\n{}", specimen("@sct:10200004")),
            &["2024-03-05 her2 ihc score 3 in metastasis from Specimen/s"],
            &[],
        ),
        (
            &by_reference,
            &["2024-03-05 her2 ihc score 3 from Specimen/s"],
            &["note dangling-reference"],
        ),
        (
            &result(
                r##""specimen":{"reference":"#s"},"contained":[{"resourceType":"Specimen","id":"s","type":{"text":"liver metastasis biopsy"}}]"##,
            ),
            &["2024-03-05 her2 ihc score 3 in metastasis from #s"],
            &[],
        ),
        (
            &result(r#""bodySite":{"text":"chest wall metastasis"}"#),
            &["2024-03-05 her2 ihc score 3"],
            &[],
        ),
        (
            &result(r#""bodySite":{"text":"axillary lymph node"}"#),
            &["2024-03-05 her2 ihc score 3 in primary"],
            &[],
        ),
        (
            &format!(
                "{}\n---\n{}",
                result(r#""focus":[{"reference":"Condition/c"}]"#),
                r#"{"resourceType":"Condition","id":"c","code":{"coding":[@sct:254637007:lung_cancer]}}"#
            ),
            &[
                r#"2024-03-05 her2 ihc score 3 of other("lung cancer")"#,
                r#"? other("lung cancer")"#,
            ],
            &[],
        ),
    ]);
}

#[test]
fn status_conditions_are_weak() {
    check(&[
        (
            r#"{"resourceType":"Condition","id":"c","recordedDate":"2023-02-01","code":{"coding":[@icd:Z1731]}}"#,
            &["≤ 2023-02-01 her2 overall positive"],
            &[],
        ),
        (
            r#"{"resourceType":"Condition","id":"c","onsetDateTime":"2022","code":{"coding":[@sct:427685000]}}"#,
            &["≤ 2022-12-31 her2 overall positive", "2022 breast"],
            &[],
        ),
        (
            r#"{"resourceType":"Condition","id":"c","code":{"coding":[@sct:431396003:HER2_gene_amplification_detected]}}"#,
            &["? her2 overall contradictory", "? breast"],
            &["note contradictory-result"],
        ),
    ]);
}

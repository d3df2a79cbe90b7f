//! Records made to mislead: what each must not be read as. The rule behind all of them: a wrong "met" can hurt someone,
//! and where the record does not say, the answer is unknown.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::sync::LazyLock;
use waymark_criteria::Truth;
use waymark_engine::Bundle;
use waymark_engine::chart::{Completeness, written};
use waymark_engine::wire::{Assessment, Scalar, Verdict};
use waymark_testsuite::{assess, bundle, day};

static BUNDLE: LazyLock<Bundle> = LazyLock::new(bundle);

const PATIENT: &str =
    r#"{"resourceType":"Patient","id":"p","gender":"female","birthDate":"1971-05-30"}"#;

/// What is known of a person whose first line is open: breast cancer, liver metastasis, and HER2 by `her2`.
fn metastatic(her2: &str) -> Vec<String> {
    vec![
        PATIENT.to_owned(),
        condition(
            r#"{"coding":[{"system":"http://snomed.info/sct","code":"254837009"}]}"#,
            "2020-01-01",
            "confirmed",
        ),
        condition(
            r#"{"coding":[{"system":"http://snomed.info/sct","code":"94381002"}]}"#,
            "2022-01-18",
            "confirmed",
        ),
        her2.to_owned(),
    ]
}

fn condition(code: &str, onset: &str, verification: &str) -> String {
    format!(
        r#"{{"resourceType":"Condition","subject":{{"reference":"Patient/p"}},"code":{code},"onsetDateTime":"{onset}",
        "verificationStatus":{{"coding":[{{"code":"{verification}"}}]}}}}"#
    )
}

fn named(words: &str) -> String {
    condition(
        &format!(r#"{{"text":"{words}"}}"#),
        "2022-06-01",
        "confirmed",
    )
}

/// A result of the given LOINC code in words.
fn result(code: &str, words: &str, date: &str) -> String {
    observation(code, &format!(r#""valueString":"{words}""#), date, "final")
}

fn observation(code: &str, value: &str, date: &str, status: &str) -> String {
    format!(
        r#"{{"resourceType":"Observation","status":"{status}","subject":{{"reference":"Patient/p"}},
        "code":{{"coding":[{{"system":"http://loinc.org","code":"{code}"}}]}},"effectiveDateTime":"{date}",{value}}}"#
    )
}

const IHC: &str = "85319-2";
const ISH: &str = "31150-6";

fn ihc_3() -> String {
    result(IHC, "3+", "2022-01-11")
}

fn given(kind: &str, status: &str, more: &str) -> String {
    format!(
        r#"{{"resourceType":"{kind}","status":"{status}","intent":"order","subject":{{"reference":"Patient/p"}},{more}}}"#
    )
}

fn trastuzumab(kind: &str, status: &str) -> String {
    let date = if kind == "MedicationRequest" {
        "authoredOn"
    } else {
        "effectiveDateTime"
    };
    given(
        kind,
        status,
        &format!(
            r#""{date}":"2022-02-01","medicationCodeableConcept":{{"coding":[{{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"224905"}}]}}"#
        ),
    )
}

fn taken(words: &str) -> String {
    given(
        "MedicationAdministration",
        "completed",
        &format!(
            r#""effectiveDateTime":"2022-02-01","medicationCodeableConcept":{{"text":"{words}"}}"#
        ),
    )
}

fn read(text: &str, record: Completeness) -> Assessment {
    let chart = waymark_fhir::read(text.as_bytes(), &BUNDLE, None).unwrap();
    let import = &chart.import;
    assert_eq!(import.records, import.used.len() + import.ignored.len());
    assess(&chart, &BUNDLE, day("2026-11-01"), record)
}

fn complete(resources: &[String]) -> Assessment {
    let entries: Vec<String> = resources
        .iter()
        .map(|resource| format!(r#"{{"resource":{resource}}}"#))
        .collect();
    let text = format!(
        r#"{{"resourceType":"Bundle","type":"collection","entry":[{}]}}"#,
        entries.join(",")
    );
    read(&text, Completeness::Complete)
}

fn with(mut resources: Vec<String>, more: String) -> Vec<String> {
    resources.push(more);
    resources
}

fn written_chart(text: &str, as_of: &str) -> Assessment {
    let chart = written::read(text, &BUNDLE).unwrap();
    assess(&chart, &BUNDLE, day(as_of), Completeness::Complete)
}

fn truth(assessment: &Assessment, fact: &str) -> Truth {
    match assessment
        .facts
        .iter()
        .find(|found| found.id == fact)
        .unwrap()
        .value
    {
        Scalar::Boolean(value) => Truth::decided(value),
        _ => Truth::Unknown,
    }
}

fn verdict(assessment: &Assessment, regimen: &str) -> Verdict {
    assessment
        .regimens
        .iter()
        .find(|found| found.id == regimen)
        .unwrap()
        .verdict
}

fn met(assessment: &Assessment) -> Vec<&str> {
    let all = assessment.regimens.iter();
    all.filter(|regimen| regimen.verdict == Verdict::Indicated)
        .map(|regimen| regimen.id.as_str())
        .collect()
}

/// The ground on which the others stand: with a plain 3+ and no therapy, the first-line regimens are met.
#[test]
fn the_plain_record_is_met() {
    let assessment = complete(&metastatic(&ihc_3()));
    assert!(met(&assessment).contains(&"thp"), "{:?}", met(&assessment));
}

/// Denied in the words of pathology reports: a negative result, in whatever order the words stand.
#[test]
fn a_denied_her2_result_is_negative() {
    for words in [
        "No evidence of HER2 gene amplification",
        "No HER2 amplification detected",
        "amplification was not identified",
        "HER2 is not currently amplified",
        "HER2 gene amplification: none",
        "not HER2 positive",
        "lacks HER2 amplification",
        "HER2 overexpression not seen",
        "neither amplified nor polysomic",
    ] {
        let assessment = complete(&metastatic(&result(ISH, words, "2022-01-11")));
        assert_eq!(truth(&assessment, "her2-positive"), Truth::False, "{words}");
        assert_eq!(met(&assessment), Vec::<&str>::new(), "{words}");
    }
}

/// A doubt, another time, a control, a scale or another receptor: not a result of this tumour now.
#[test]
fn a_doubtful_her2_result_decides_nothing() {
    for (code, words) in [
        (ISH, "cannot exclude HER2 positive"),
        (ISH, "HER2 amplification ruled out"),
        (ISH, "r/o HER2 positive"),
        (ISH, "previously positive"),
        (ISH, "unlikely positive"),
        (ISH, "not clearly positive"),
        (ISH, "positive?"),
        (ISH, "positive control adequate"),
        // A receptor of another name under a HER2 code.
        (ISH, "ER positive"),
        // A mutation is neither IHC nor ISH (facts: ERBB2 mutation is supportive only).
        (ISH, "HER2 mutation positive"),
        (IHC, "IHC 3+ is excluded"),
        (IHC, "no 3+ staining"),
        (IHC, "3+ (internal control)"),
        (IHC, "3+ nodes involved"),
        // The end of the scale is no score.
        (IHC, "0 (scale 0 - 3+)"),
        (IHC, "score 3 of 10"),
        // ASCO/CAP has no weak positive: 1+, 2+ and 3+ are all possible.
        (IHC, "weakly positive"),
        (IHC, "low positive"),
        (IHC, "2-3+"),
    ] {
        let assessment = complete(&metastatic(&result(code, words, "2022-01-11")));
        assert_eq!(
            truth(&assessment, "her2-positive"),
            Truth::Unknown,
            "{words}"
        );
    }
    // Neither does it let an older positive result speak for the newer tissue.
    let later = with(
        metastatic(&ihc_3()),
        result(ISH, "cannot exclude HER2 positive", "2024-01-11"),
    );
    assert_eq!(truth(&complete(&later), "her2-positive"), Truth::Unknown);
}

/// What is plain stays readable beside the rules above.
#[test]
fn plain_her2_results_in_words() {
    for (code, words, positive) in [
        (IHC, "HER2 (4B5) 3+", Truth::True),
        (IHC, "IHC 3 +", Truth::True),
        (IHC, "0 (no staining)", Truth::False),
        // "1 of 3+" is 1+, and 1+ is negative (ASCO/CAP 2018).
        (IHC, "1 of 3+", Truth::False),
        // 2+ waits for in-situ hybridisation.
        (IHC, "2+ of 3+", Truth::Unknown),
        (IHC, "2+ / FISH not amplified", Truth::False),
        (ISH, "amplified", Truth::True),
    ] {
        let assessment = complete(&metastatic(&result(code, words, "2022-01-11")));
        assert_eq!(truth(&assessment, "her2-positive"), positive, "{words}");
    }
}

/// Two values of one Observation that disagree, and two results of one day that disagree, are a conflict.
#[test]
fn contradictory_her2_results_are_a_conflict() {
    let clash = observation(
        IHC,
        r#""valueQuantity":{"value":3},"valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"260385009"}]}"#,
        "2022-01-11",
        "final",
    );
    assert_eq!(
        truth(&complete(&metastatic(&clash)), "her2-positive"),
        Truth::Unknown
    );
    let same_day = with(metastatic(&ihc_3()), result(IHC, "0", "2022-01-11"));
    assert_eq!(truth(&complete(&same_day), "her2-positive"), Truth::Unknown);
}

/// SNOMED CT 431396003 means HER2-negative; public files show it with the words of the opposite (facts, codes 1).
#[test]
fn the_swapped_snomed_code_is_a_conflict() {
    for words in [
        "HER2 gene amplification detected",
        "HER2 positive carcinoma of breast",
    ] {
        let mut resources = metastatic(&ihc_3());
        resources[3] = condition(
            &format!(
                r#"{{"coding":[{{"system":"http://snomed.info/sct","code":"431396003","display":"{words}"}}]}}"#
            ),
            "2022-01-11",
            "confirmed",
        );
        assert_eq!(
            truth(&complete(&resources), "her2-positive"),
            Truth::Unknown,
            "{words}"
        );
    }
}

/// HER2 shed into blood is no status of the tumour; a withdrawn result is none at all, however its status is written.
#[test]
fn what_is_no_her2_result() {
    let mut none = vec![observation(
        "32996-1",
        r#""valueString":"positive""#,
        "2022-01-11",
        "final",
    )];
    for status in [
        "entered-in-error",
        "Entered-In-Error",
        "entered in error",
        "cancelled",
        "unknown",
    ] {
        none.push(observation(
            IHC,
            r#""valueString":"3+""#,
            "2022-01-11",
            status,
        ));
    }
    // A result after the day asked for.
    none.push(result(IHC, "3+", "2027-01-01"));
    for her2 in none {
        assert_eq!(
            truth(&complete(&metastatic(&her2)), "her2-positive"),
            Truth::Unknown,
            "{her2}"
        );
    }
}

/// A status given twice, or in a shape that cannot be read, may be `entered-in-error`.
#[test]
fn a_status_that_cannot_be_read_is_not_final() {
    for status in [
        r#""status":"final","status":"entered-in-error""#,
        r#""status":{"code":"entered-in-error"}"#,
    ] {
        let her2 = ihc_3().replace(r#""status":"final""#, status);
        assert_eq!(
            truth(&complete(&metastatic(&her2)), "her2-positive"),
            Truth::Unknown,
            "{status}"
        );
    }
    let twice = ihc_3().replace(
        r#""valueString":"3+""#,
        r#""valueString":"3+","valueString":"0""#,
    );
    assert_eq!(
        truth(&complete(&metastatic(&twice)), "her2-positive"),
        Truth::Unknown
    );
}

/// HER2 and metastasis that the record does not tie to one of two cancers.
#[test]
fn a_second_cancer_opens_what_is_not_tied() {
    let lung = condition(
        r#"{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"C34.90"}]}"#,
        "2021-01-01",
        "confirmed",
    );
    let assessment = complete(&with(metastatic(&ihc_3()), lung));
    assert_eq!(truth(&assessment, "her2-positive"), Truth::Unknown);
    assert_eq!(truth(&assessment, "metastatic"), Truth::Unknown);
}

/// Words that deny metastasis, speak of a relative or of a gene: no metastasis, whatever else stands in them.
#[test]
fn denied_metastasis_is_none() {
    for words in [
        "Breast cancer, absence of metastasis",
        "Breast cancer, metastatic disease excluded",
        "Breast cancer: metastatic workup negative",
        "Breast cancer, metastasis: none",
        "Breast cancer, never metastatic",
        "Breast cancer, M0 (no distant metastases)",
        "Metastatic breast cancer in aunt",
        "FH: metastatic breast cancer",
        "Daughter has metastatic breast cancer",
    ] {
        let mut resources = metastatic(&ihc_3());
        resources[2] = named(words);
        let assessment = complete(&resources);
        assert_eq!(truth(&assessment, "metastatic"), Truth::False, "{words}");
        assert_eq!(met(&assessment), Vec::<&str>::new(), "{words}");
    }
}

/// Words that only fear metastasis, that say it of an organ which may be its place or its source, or of nodes that may
/// be regional: not "none" even in a complete record.
#[test]
fn feared_metastasis_is_unknown() {
    for words in [
        "r/o metastatic breast cancer",
        "? metastatic breast cancer",
        "Breast cancer with likely liver metastases",
        "Breast cancer, concern for brain metastases",
        "Evaluate for brain metastases of breast cancer",
        "Metastatic lung cancer",
        "Lung cancer metastatic to breast",
        "Breast cancer, mets to axilla",
    ] {
        let mut resources = metastatic(&ihc_3());
        resources[2] = named(words);
        let assessment = complete(&resources);
        assert_eq!(truth(&assessment, "metastatic"), Truth::Unknown, "{words}");
        assert_eq!(met(&assessment), Vec::<&str>::new(), "{words}");
    }
    for verification in ["unconfirmed", "provisional", "differential"] {
        let mut resources = metastatic(&ihc_3());
        resources[2] = resources[2].replace("confirmed", verification);
        assert_eq!(
            truth(&complete(&resources), "metastatic"),
            Truth::Unknown,
            "{verification}"
        );
    }
    let mut refuted = metastatic(&ihc_3());
    refuted[2] = refuted[2].replace("\"confirmed\"", "\"Refuted\"");
    assert_eq!(truth(&complete(&refuted), "metastatic"), Truth::False);
}

/// A stage in the words of a diagnosis counts; denied or asked, it does not.
#[test]
fn stages_in_words() {
    let mut resources = metastatic(&ihc_3());
    resources[2] = named("Stage IV breast cancer");
    assert_eq!(truth(&complete(&resources), "metastatic"), Truth::True);
    for words in ["not stage IV", "Stage IV excluded", "?IV"] {
        resources[2] = result("21908-9", words, "2022-06-01");
        assert_ne!(
            truth(&complete(&resources), "metastatic"),
            Truth::True,
            "{words}"
        );
    }
}

/// Tumours of other cells in the breast, and tumours that came to it, are not breast cancer; a predisposition is none.
#[test]
fn not_every_tumour_of_the_breast_is_breast_cancer() {
    for (words, expected) in [
        ("Breast implant-associated lymphoma", Truth::False),
        ("Melanoma metastatic to breast", Truth::False),
        ("Lung cancer metastatic to breast", Truth::Unknown),
        (
            "Hereditary breast and ovarian cancer syndrome",
            Truth::Unknown,
        ),
        ("Breast cancer gene (BRCA1) carrier", Truth::Unknown),
        ("Family history of breast cancer", Truth::Unknown),
    ] {
        let assessment = complete(&[PATIENT.to_owned(), named(words)]);
        assert_eq!(truth(&assessment, "breast-cancer"), expected, "{words}");
    }
    let melanoma = with(metastatic(&ihc_3()), named("Metastatic melanoma"));
    assert_eq!(truth(&complete(&melanoma), "metastatic"), Truth::Unknown);
}

/// A medicine of which the record does not tell what it was, or whether it was given: even where the record is stated
/// to be complete, "no therapy before" is not shown, so a first line is not met.
#[test]
fn a_medicine_in_doubt_leaves_the_line_open() {
    let dangling =
        r#""effectiveDateTime":"2022-02-01","medicationReference":{"reference":"Medication/none"}"#;
    let statement = trastuzumab("MedicationStatement", "completed");
    let doubtful = [
        taken("TCHP"),
        taken("THP"),
        taken("AC-TH"),
        taken("SYD985"),
        taken("trastuzumb"),
        taken("Herceptn"),
        taken("Lapatnib"),
        taken("capecitabin"),
        taken("trastuzumab vedotin"),
        taken("investigational agent"),
        given("MedicationAdministration", "completed", dangling),
        given(
            "MedicationAdministration",
            "completed",
            r#""effectiveDateTime":"2022-02-01""#,
        ),
        trastuzumab("MedicationStatement", "unknown"),
        trastuzumab("MedicationRequest", "unknown"),
        trastuzumab("MedicationRequest", "on-hold"),
        trastuzumab("MedicationDispense", "stopped"),
        trastuzumab("MedicationStatement", "finished?"),
        statement.replace(
            r#""status""#,
            r#""modifierExtension":[{"url":"http://example.org/x","valueBoolean":true}],"status""#,
        ),
        statement.replace(
            r#""status":"completed""#,
            r#""status":{"code":"completed"}"#,
        ),
        trastuzumab("MedicationRequest", "stopped").replace(
            r#""intent""#,
            r#""statusReason":{"text":"never started, not covered"},"intent""#,
        ),
    ];
    for medicine in doubtful {
        let assessment = complete(&with(metastatic(&ihc_3()), medicine.clone()));
        assert_eq!(verdict(&assessment, "thp"), Verdict::Unknown, "{medicine}");
        assert_ne!(
            verdict(&assessment, "tdxd"),
            Verdict::Indicated,
            "{medicine}"
        );
    }
}

/// What was surely not given, or is no medicine of cancer, leaves the first line open to be met.
#[test]
fn what_was_not_given_does_not_count() {
    let refused = trastuzumab("MedicationRequest", "active").replace(
        r#""intent":"order""#,
        r#""intent":"order","doNotPerform":true"#,
    );
    let plan = trastuzumab("MedicationRequest", "active")
        .replace(r#""intent":"order""#, r#""intent":"plan""#);
    for medicine in [
        taken("aspirin 81 mg"),
        taken("metoprolol"),
        trastuzumab("MedicationAdministration", "not-done"),
        trastuzumab("MedicationAdministration", "Not-Done"),
        trastuzumab("MedicationStatement", "not-taken"),
        trastuzumab("MedicationRequest", "cancelled"),
        trastuzumab("MedicationRequest", "draft"),
        trastuzumab("MedicationRequest", "entered-in-error"),
        refused,
        plan,
    ] {
        let assessment = complete(&with(metastatic(&ihc_3()), medicine.clone()));
        assert_eq!(
            verdict(&assessment, "thp"),
            Verdict::Indicated,
            "{medicine}"
        );
    }
}

/// A status is a word of FHIR, whatever its case: given is given.
#[test]
fn a_status_in_capitals_is_the_same_status() {
    let assessment = complete(&with(
        metastatic(&ihc_3()),
        trastuzumab("MedicationStatement", "Completed"),
    ));
    assert_eq!(truth(&assessment, "prior-trastuzumab"), Truth::True);
    assert_eq!(verdict(&assessment, "thp"), Verdict::NotIndicated);
}

/// Conjugates are not their antibody, also where the second word is short or has a slip in it.
#[test]
fn a_conjugate_is_never_its_antibody() {
    for words in [
        "ado-trastuzumab",
        "fam-trastuzumab",
        "trastuzumab-dxd",
        "trastuzumab DM1",
        "trastuzumab emtasine",
        "trastuzumab deruxtcan",
        "trastuzumab vedotin",
    ] {
        let assessment = complete(&with(metastatic(&ihc_3()), taken(words)));
        assert_ne!(
            truth(&assessment, "prior-trastuzumab"),
            Truth::True,
            "{words}"
        );
    }
    for words in [
        "trastuzumab-zzzz",
        "Trastuzumab 6 mg/kg q3w",
        "trastuzumab and hyaluronidase",
    ] {
        let assessment = complete(&with(metastatic(&ihc_3()), taken(words)));
        assert_eq!(
            truth(&assessment, "prior-trastuzumab"),
            Truth::True,
            "{words}"
        );
    }
}

/// A line that cannot be read, and a page that was not given, may hold anything: nobody can vouch for what is absent.
#[test]
fn what_was_lost_is_not_absent() {
    let mut lines = metastatic(&ihc_3());
    let whole: Vec<String> = lines.iter().map(|line| line.replace('\n', " ")).collect();
    let ndjson = whole.join("\r\n");
    assert_eq!(
        verdict(&read(&ndjson, Completeness::Complete), "thp"),
        Verdict::Indicated
    );
    let torn = format!("\u{feff}{ndjson}\n{{\"resourceType\":\"MedicationAdmin");
    assert_eq!(
        verdict(&read(&torn, Completeness::Complete), "thp"),
        Verdict::Unknown
    );
    lines
        .iter_mut()
        .for_each(|line| *line = format!(r#"{{"resource":{line}}}"#));
    let first_page = format!(
        r#"{{"resourceType":"Bundle","type":"searchset","link":[{{"relation":"next","url":"x"}}],"entry":[{}]}}"#,
        lines.join(",")
    );
    assert_eq!(
        verdict(&read(&first_page, Completeness::Complete), "thp"),
        Verdict::Unknown
    );
}

/// Nobody else's records: a second patient must be chosen from, and another subject is never used.
#[test]
fn records_of_others_are_not_used() {
    let other = r#"{"resourceType":"Patient","id":"q","birthDate":"1950-01-01"}"#.to_owned();
    let mut resources = metastatic(&ihc_3());
    resources[3] = resources[3].replace("Patient/p", "Patient/q");
    assert_eq!(
        truth(&complete(&resources), "her2-positive"),
        Truth::Unknown
    );
    resources.push(other);
    let text = resources.join("\n").replace("\n        ", " ");
    let refused = waymark_fhir::read(text.as_bytes(), &BUNDLE, None).unwrap_err();
    assert_eq!(refused[0].code, "several-patients");
}

/// Six months after the last dose, to the day (TDX-2: "within 6 months"); a month that spans the line leaves it open.
#[test]
fn the_six_month_line() {
    for (last, back, expected) in [
        ("2020-04-10", "2020-10-10", Verdict::Indicated),
        ("2020-04-10", "2020-10-11", Verdict::NotIndicated),
        // The last day of February ends the sixth month after 31 August.
        ("2020-08-31", "2021-02-28", Verdict::Indicated),
        ("2020-08-31", "2021-03-01", Verdict::NotIndicated),
        ("2020-04", "2020-10", Verdict::Unknown),
        ("2020-04-10", "2020", Verdict::Unknown),
    ] {
        let text = format!(
            "chart 1\nborn: 1971-05\nrecord: complete\n2019-03-02 breast cancer, stage 2\n2019-03-02 HER2 IHC 3+ (primary)\n\
             2019-04-01..{last} adjuvant trastuzumab: completed\n{back} metastasis: liver\n"
        );
        assert_eq!(
            verdict(&written_chart(&text, "2026-11-01"), "tdxd"),
            expected,
            "{last} {back}"
        );
    }
}

/// The label of 2022-05-04 asks for one HER2 regimen, the one before for two; on the day of the change it is in force.
#[test]
fn the_day_of_a_label_change() {
    let text = "chart 1\nborn: 1971-05\nrecord: complete\n2019-03-02 breast cancer, HER2 IHC 3+\n2021-01-01 metastasis: liver\n\
                2021-02-01..2022-01-01 docetaxel + Herceptin + pertuzumab: progression\n";
    for (as_of, expected) in [
        ("2022-05-03", Verdict::NotIndicated),
        ("2022-05-04", Verdict::Indicated),
    ] {
        assert_eq!(
            verdict(&written_chart(text, as_of), "tdxd"),
            expected,
            "{as_of}"
        );
    }
    let untreated = "chart 1\nborn: 1971-05\nrecord: complete\n2025-03-02 breast cancer, HER2 IHC 3+\n2025-03-02 metastasis: liver\n";
    for (as_of, expected) in [
        ("2025-03-01", Verdict::NotIndicated),
        ("2025-12-14", Verdict::NotIndicated),
        ("2025-12-15", Verdict::Indicated),
    ] {
        assert_eq!(
            verdict(&written_chart(untreated, as_of), "tdxd-pertuzumab"),
            expected,
            "{as_of}"
        );
    }
}

/// A switch to a biosimilar or to the injection under the skin is the same regimen going on.
#[test]
fn a_biosimilar_switch_is_one_regimen() {
    let text = "chart 1\nborn: 1971-05\nrecord: complete\n2019-03-02 breast cancer, HER2 IHC 3+\n2021-01-01 metastasis: liver\n\
                2021-02-01..2021-06-01 docetaxel + Herceptin + pertuzumab\n2021-06-20..2022-01-01 Kanjinti + pertuzumab\n\
                2022-01-02..2023-01-01 Phesgo\n";
    let assessment = written_chart(text, "2026-11-01");
    let count = assessment
        .facts
        .iter()
        .find(|fact| fact.id == "prior-her2-regimens-metastatic")
        .unwrap();
    assert_eq!(count.value, Scalar::Integer(1));
}

/// Regional nodes and in-situ cancer are not metastatic; a metastasis of some day of this year may lie ahead.
#[test]
fn what_is_not_metastatic() {
    for (line, expected) in [
        ("2021-01-01 metastasis: regional nodes", Truth::False),
        ("2021-01-01 metastasis: nodes", Truth::Unknown),
        ("2027-01-01 metastasis: liver", Truth::False),
        ("2026 metastasis: liver", Truth::Unknown),
        ("planned 2021-02-01 docetaxel + trastuzumab", Truth::False),
    ] {
        let text = format!(
            "chart 1\nborn: 1971-05\nrecord: complete\n2019-03-02 breast cancer, stage 2, HER2 IHC 3+\n{line}\n"
        );
        let assessment = written_chart(&text, "2026-11-01");
        assert_eq!(truth(&assessment, "metastatic"), expected, "{line}");
        assert_eq!(met(&assessment), Vec::<&str>::new(), "{line}");
    }
}

/// Adults only, where the label says so: a birth month in which the eighteenth birthday falls leaves it open.
#[test]
fn the_eighteenth_birthday() {
    for (born, expected) in [
        ("2008-10", Verdict::Indicated),
        ("2008-11", Verdict::Unknown),
        ("2008-12", Verdict::NotIndicated),
        ("2030-01-01", Verdict::Unknown),
    ] {
        let text = format!(
            "chart 1\nborn: {born}\nrecord: complete\n2025-03-02 breast cancer, HER2 IHC 3+\n2025-03-02 metastasis: liver\n"
        );
        assert_eq!(
            verdict(&written_chart(&text, "2026-11-01"), "tdxd-pertuzumab"),
            expected,
            "{born}"
        );
    }
}

/// The newest metastatic tissue speaks: receptor conversion takes the older result's place, 2+ leaves it open.
#[test]
fn receptor_conversion() {
    for (line, expected) in [
        ("2022-01-01 HER2 IHC 0 (metastasis)", Truth::False),
        ("2022-01-01 HER2 IHC 2+ (metastasis)", Truth::Unknown),
        (
            "2022-01-01 HER2 IHC 2+ (metastasis)\n2022-01-20 HER2 ISH not amplified (metastasis)",
            Truth::False,
        ),
        (
            "2022-01-01 HER2 IHC 2+ (metastasis)\n2022-01-20 HER2 ISH amplified (metastasis)",
            Truth::True,
        ),
        ("2022 HER2 IHC 0", Truth::Unknown),
    ] {
        let text = format!(
            "chart 1\nborn: 1971-05\nrecord: complete\n2019-03-02 breast cancer\n2022-01-01 metastasis: liver\n2022-01-01 HER2 IHC 3+ (primary)\n{line}\n"
        );
        assert_eq!(
            truth(&written_chart(&text, "2026-11-01"), "her2-positive"),
            expected,
            "{line}"
        );
    }
}

/// Many results, and words without end, are read in a time that a person waits for.
#[test]
fn large_records_do_not_hang() {
    let mut many = metastatic(&ihc_3());
    for month in 0..600 {
        let date = format!("{}-{:02}-15", 1970 + month / 12, 1 + month % 12);
        many.push(result(IHC, "2+", &date));
        many.push(result(ISH, "not amplified", &date.replace("-15", "-25")));
    }
    let assessment = complete(&many);
    assert_eq!(truth(&assessment, "her2-positive"), Truth::True);
    let endless = result(ISH, &"positive ".repeat(100_000), "2024-01-11");
    assert_eq!(
        truth(&complete(&metastatic(&endless)), "her2-positive"),
        Truth::Unknown
    );
    for garbage in [
        "[".repeat(100_000),
        "{\"resourceType\":".repeat(20_000),
        "0".repeat(100_000),
    ] {
        assert!(waymark_fhir::read(garbage.as_bytes(), &BUNDLE, None).is_err());
    }
    assert!(
        waymark_fhir::read(
            b"{\"resourceType\":\"Patient\",\"id\":\"\xff\"}",
            &BUNDLE,
            None
        )
        .is_err()
    );
}

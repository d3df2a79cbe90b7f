//! A small body of knowledge with the facts of the real one.

use serde_json::{Value, json};
use std::sync::LazyLock;
use waymark_engine::Bundle;
use waymark_engine::bundle::Content;

pub(crate) static BUNDLE: LazyLock<Bundle> = LazyLock::new(bundle);

fn review() -> Value {
    json!({ "on": "2026-11-23", "due": "2027-05-23" })
}

fn fact(id: &str, ty: &str, derivation: &Value, cql: &str) -> Value {
    json!({
        "id": id, "type": ty, "label": id, "question": "?", "how": "!", "derivation": derivation, "review": review(),
        "cql": cql,
    })
}

fn medicine(id: &str, classes: &[&str], ingredients: &[&str]) -> Value {
    let mut classes: Vec<&str> = classes.to_vec();
    if !classes.contains(&"supportive") {
        classes.push("systemic");
    }
    json!({
        "id": id, "name": id, "classes": classes, "kind-of-medicine": "a medicine", "ingredients": ingredients,
        "review": review(),
    })
}

fn facts() -> Vec<Value> {
    let her2 = |aspect: &str| json!({ "rule": "her2", "aspect": aspect });
    let prior = |drug: &str, setting: &str| json!({ "rule": "prior-drug", "drug": drug, "setting": setting });
    let regimens = |setting: &str| json!({ "rule": "prior-regimens", "drug": "her2-targeted", "setting": setting });
    let at = |site: &str| json!({ "rule": "metastasis-at", "sites": [site] });
    let grew = |drug: &str, setting: &str| json!({ "rule": "progressed-on", "drug": drug, "setting": setting });
    let condition = |id: &str, none: bool| json!({ "rule": "condition", "condition": id, "absence-means-none": none });
    let plain = |rule: &str| json!({ "rule": rule });
    let boolean = |id: &str, derivation: &Value| fact(id, "boolean", derivation, "");
    let word = |id: &str, derivation: &Value| fact(id, "word", derivation, "");
    let mut facts = vec![
        fact("age", "integer", &plain("age"), ""),
        fact("as-of", "date", &plain("as-of"), ""),
        boolean("breast-cancer", &plain("breast-cancer")),
        word("disease", &plain("disease")),
        boolean("her2-positive", &her2("positive")),
        fact(
            "her2-low",
            "boolean",
            &her2("low"),
            "define \"constraint low is not positive\": not (\"her2-positive\" and \"her2-low\")",
        ),
        boolean("her2-ultralow", &her2("ultralow")),
        boolean("her2-ihc-3plus", &her2("ihc-3plus")),
        word("her2-status", &her2("status")),
        boolean(
            "hr-positive",
            &json!({ "rule": "hormone-receptors", "aspect": "positive" }),
        ),
        word(
            "hr-status",
            &json!({ "rule": "hormone-receptors", "aspect": "status" }),
        ),
        word("subtype", &plain("subtype")),
        boolean("metastatic", &plain("metastatic")),
        boolean("de-novo", &json!({ "rule": "de-novo", "within-days": 90 })),
        boolean("unresectable", &plain("unresectable")),
        boolean("locally-advanced", &plain("locally-advanced")),
        fact(
            "brain-metastases",
            "boolean",
            &at("brain"),
            "define \"constraint brain metastases are metastases\": \"brain-metastases\" implies \"metastatic\"",
        ),
        boolean("leptomeningeal-disease", &at("leptomeninges")),
        boolean("bone-metastases", &at("bone")),
        boolean(
            "active-brain-metastases",
            &json!({ "rule": "cns", "aspect": "active", "holds-months": 4 }),
        ),
        word("cns-state", &json!({ "rule": "cns", "aspect": "state" })),
        fact(
            "regimens-metastatic",
            "integer",
            &regimens("metastatic"),
            "",
        ),
        fact("regimens-any", "integer", &regimens("any"), ""),
        fact("line", "integer", &json!({ "rule": "current-line" }), ""),
        boolean(
            "prior-chemotherapy-metastatic",
            &prior("chemotherapy", "metastatic"),
        ),
        boolean(
            "prior-endocrine-metastatic",
            &prior("endocrine", "metastatic"),
        ),
        boolean("prior-trastuzumab", &prior("trastuzumab", "any")),
        boolean("prior-taxane", &prior("taxane", "any")),
        boolean("prior-systemic-therapy", &prior("systemic", "any")),
        boolean("progressed-on-trastuzumab", &grew("trastuzumab", "any")),
        boolean(
            "progressed-on-her2-metastatic",
            &grew("her2-targeted", "metastatic"),
        ),
        boolean(
            "grew-since-latest",
            &json!({ "rule": "progressed-since-latest-regimen", "drug": "her2-targeted" }),
        ),
        boolean(
            "early-her2",
            &json!({ "rule": "early-relapse", "drug": "her2-targeted", "intents": ["neoadjuvant", "adjuvant"], "months": 6 }),
        ),
        boolean(
            "early-adjuvant",
            &json!({ "rule": "early-relapse", "undecided": "endocrine", "intents": ["adjuvant"], "months": 6 }),
        ),
        boolean(
            "within-12-months",
            &json!({ "rule": "early-relapse", "drug": "trastuzumab", "intents": ["adjuvant"], "months": 12 }),
        ),
        boolean(
            "induction",
            &json!({ "rule": "induction-without-progression", "drug": "her2-targeted" }),
        ),
        boolean(
            "hormonal-therapy-indicated",
            &json!({ "rule": "stated-or", "fact": "hr-positive", "inferred": "from the receptor result" }),
        ),
        boolean("judged", &plain("stated")),
        boolean(
            "postmenopausal",
            &json!({ "rule": "menopause", "aspect": "postmenopausal", "holds-months": 12 }),
        ),
        word(
            "menopausal-status",
            &json!({ "rule": "menopause", "aspect": "status" }),
        ),
        boolean(
            "pregnant",
            &json!({ "rule": "condition", "condition": "pregnancy", "absence-means-none": false, "holds-days": 308 }),
        ),
        boolean("heart-failure", &condition("heart-failure", true)),
        boolean(
            "ild-history",
            &condition("interstitial-lung-disease", false),
        ),
        fact(
            "lvef",
            "decimal",
            &json!({ "rule": "measurement", "quantity": "lvef" }),
            "",
        ),
        fact(
            "alt-times-uln",
            "decimal",
            &json!({ "rule": "measurement", "quantity": "alt", "times-upper-limit": true }),
            "",
        ),
    ];
    for fact in &mut facts {
        let grows = [
            "metastatic",
            "brain-metastases",
            "prior-taxane",
            "postmenopausal",
        ];
        if grows.iter().any(|id| fact["id"] == *id) {
            fact["changes"] = json!("grows");
        }
    }
    for (id, values) in [
        ("disease", &["breast", "other"][..]),
        (
            "her2-status",
            &["positive", "negative", "low", "ultralow", "equivocal"],
        ),
        ("hr-status", &["positive", "negative"]),
        (
            "cns-state",
            &[
                "none-known",
                "untreated",
                "treated-stable",
                "active",
                "leptomeningeal",
            ],
        ),
        (
            "menopausal-status",
            &["premenopausal", "perimenopausal", "postmenopausal"],
        ),
        (
            "subtype",
            &[
                "HR+/HER2+",
                "HR-/HER2+",
                "HR+/HER2-low",
                "HR-/HER2-low",
                "HR+/HER2-",
                "HR-/HER2-",
            ],
        ),
    ] {
        for fact in &mut facts {
            if fact["id"] == id {
                fact["values"] = json!(values);
            }
        }
    }
    facts
}

/// The decision tables of the knowledge base: the same for every test.
fn tables() -> Vec<Value> {
    let files = [
        include_str!("../../../../kb/tables/her2-group.md"),
        include_str!("../../../../kb/tables/her2-ish.md"),
        include_str!("../../../../kb/tables/her2-result.md"),
        include_str!("../../../../kb/tables/hormone-receptor.md"),
    ];
    let head = |file: &str| {
        let head = file
            .split("```")
            .nth(1)
            .unwrap()
            .strip_prefix("toml\n")
            .unwrap();
        let mut table: toml::Table = toml::from_str(head).unwrap();
        table.remove("kind");
        serde_json::to_value(table).unwrap()
    };
    files.into_iter().map(head).collect()
}

/// The rules of counting, with the parameters of the real ones.
fn line_rules() -> Vec<Value> {
    let rules = [
        json!({ "function": "first-day", "lead-days": 14 }),
        json!({ "function": "early-treatment", "months": 12 }),
        json!({ "function": "one-course", "days": 42 }),
        json!({ "function": "same-start", "days": 28 }),
        json!({ "function": "new-medicine" }),
        json!({ "function": "agent-change" }),
        json!({ "function": "growth" }),
        json!({ "function": "dropped-medicine" }),
        json!({ "function": "maintenance", "add-on": ["tucatinib"], "beside": "her2-targeted" }),
        json!({ "function": "endocrine", "classes": ["endocrine", "cdk4-6-inhibitor"] }),
        json!({ "function": "same-substance" }),
        json!({ "function": "partner-exchange", "beside": "her2-targeted" }),
        json!({ "function": "pause", "days": 120 }),
        json!({ "function": "local-treatment" }),
        json!({ "function": "supportive" }),
        json!({ "function": "unknown-medicine" }),
        json!({ "function": "partial-record", "apart": ["trastuzumab", "tdm1", "tdxd"] }),
    ];
    let entry = |rule: Value| {
        let says = rule["function"].clone();
        json!({ "id": says, "says": says, "sources": [], "status": "confirmed", "rule": rule, "review": review() })
    };
    rules.into_iter().map(entry).collect()
}

fn bundle() -> Bundle {
    let medicines = [
        medicine("capecitabine", &["chemotherapy"], &[]),
        medicine("denosumab", &["supportive", "bone-modifying"], &[]),
        medicine("docetaxel", &["chemotherapy", "taxane"], &[]),
        medicine("fulvestrant", &["endocrine"], &[]),
        medicine("letrozole", &["endocrine"], &[]),
        medicine("paclitaxel", &["chemotherapy", "taxane"], &[]),
        medicine("palbociclib", &["cdk4-6-inhibitor"], &[]),
        medicine("pertuzumab", &["her2-targeted"], &[]),
        medicine("phesgo", &["her2-targeted"], &["pertuzumab", "trastuzumab"]),
        medicine(
            "sacituzumab",
            &["antibody-drug-conjugate", "perhaps-chemotherapy"],
            &[],
        ),
        medicine("tdm1", &["her2-targeted"], &[]),
        medicine("tdxd", &["her2-targeted"], &[]),
        medicine("trastuzumab", &["her2-targeted"], &[]),
        medicine("tucatinib", &["her2-targeted"], &[]),
        medicine("vinorelbine", &["chemotherapy"], &[]),
    ];
    let content = json!({
        "format": 1, "publisher": { "developer": "test", "funding": "none", "released": "2026-11-23", "report-to": "nobody" }, "patient_data": [], "version": "test",
        "sources": [], "criteria": [], "regimens": [], "guidance": [], "trials": [],
        "facts": facts(), "medicines": medicines, "tables": tables(), "line_rules": line_rules(),
        "terms": [{
            "id": "loinc", "systems": ["http://loinc.org"], "version": "1", "purpose": "test", "review": review(),
            "terms": [
                { "code": "1", "meaning": "observation.ecog", "status": "confirmed", "display": "ECOG" },
            ],
        }],
    });
    let content: Content = serde_json::from_value(content).unwrap();
    Bundle::new(content).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

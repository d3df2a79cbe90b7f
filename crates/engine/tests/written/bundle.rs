//! A small body of knowledge for the tests.

use serde_json::json;
use std::sync::LazyLock;
use waymark_engine::Bundle;
use waymark_engine::bundle::Content;

pub(crate) static BUNDLE: LazyLock<Bundle> = LazyLock::new(bundle);

fn bundle() -> Bundle {
    let review = json!({ "on": "2026-11-23", "due": "2027-05-23" });
    let medicine = |id: &str, short: Option<&str>, names: &[&str], brands: &[(&str, &str)]| {
        let products: Vec<_> = brands
            .iter()
            .map(|(product, brand)| {
                json!({ "id": product, "brand": brand, "name": product, "kind": "reference", "route": "iv", "approvals": [] })
            })
            .collect();
        let mut entry = json!({
            "id": id, "name": names.first().unwrap_or(&id), "classes": ["systemic"], "kind-of-medicine": "a medicine",
            "names": names, "products": products, "review": review,
        });
        if let Some(short) = short {
            entry["short"] = json!(short);
        }
        entry
    };
    let fact = |id: &str, ty: &str, derivation: serde_json::Value| {
        json!({
            "id": id, "type": ty, "label": id, "question": "?", "how": "!", "derivation": derivation, "review": review,
        })
    };
    let with = |mut entry: serde_json::Value, more: serde_json::Value| {
        for (key, value) in more.as_object().unwrap() {
            entry[key] = value.clone();
        }
        entry
    };
    let content = json!({
        "format": 1, "publisher": { "developer": "test", "funding": "none", "released": "2026-11-23", "report-to": "nobody" }, "patient_data": [],
        "version": "test",
        "sources": [], "criteria": [], "regimens": [], "guidance": [], "trials": [],
        "facts": [
            fact("alt-times-uln", "decimal", json!({ "rule": "measurement", "quantity": "alt", "times-upper-limit": true })),
            fact("as-of", "date", json!({ "rule": "as-of" })),
            fact("current-line", "integer", json!({ "rule": "stated" })),
            fact("heart-failure", "boolean", json!({ "rule": "condition", "condition": "heart-failure", "absence-means-none": true })),
            fact("her2-positive", "boolean", json!({ "rule": "her2", "aspect": "positive" })),
            fact("ild-history", "boolean", json!({ "rule": "condition", "condition": "interstitial-lung-disease", "absence-means-none": false })),
            with(
                fact("lvef", "decimal", json!({ "rule": "measurement", "quantity": "lvef" })),
                json!({ "unit": "%", "min": 5, "max": 90 }),
            ),
            with(
                fact("menopausal-status", "word", json!({ "rule": "menopause", "aspect": "status" })),
                json!({ "values": ["premenopausal", "perimenopausal", "postmenopausal"] }),
            ),
            fact("pregnant", "boolean", json!({ "rule": "condition", "condition": "pregnancy", "absence-means-none": false, "holds-days": 308 })),
            with(
                fact("prior-her2-regimens-any", "integer", json!({ "rule": "prior-regimens", "drug": "x", "setting": "any" })),
                json!({ "min": 0, "max": 30 }),
            ),
            fact("relapse", "date", json!({ "rule": "stated" })),
            fact("severe-hepatic-impairment", "boolean", json!({ "rule": "condition", "condition": "severe-hepatic-impairment", "absence-means-none": false })),
            fact("unresectable", "boolean", json!({ "rule": "unresectable" })),
        ],
        "medicines": [
            medicine("anastrozole", None, &[], &[]),
            medicine("capecitabine", None, &[], &[]),
            medicine("carboplatin", None, &[], &[]),
            with(
                medicine("docetaxel", None, &[], &[]),
                json!({ "classes": ["systemic", "chemotherapy", "taxane"] }),
            ),
            medicine("letrozole", None, &[], &[]),
            medicine("paclitaxel", None, &[], &[]),
            medicine("pembrolizumab", None, &[], &[]),
            medicine("pertuzumab", None, &[], &[("pertuzumab-reference", "Perjeta")]),
            medicine("pertuzumab-trastuzumab", None, &["pertuzumab, trastuzumab and hyaluronidase-zzxf"], &[("phesgo", "Phesgo")]),
            medicine("tdm1", Some("T-DM1"), &["trastuzumab emtansine", "ado-trastuzumab emtansine"], &[("kadcyla", "Kadcyla")]),
            medicine("tdxd", Some("T-DXd"), &["trastuzumab deruxtecan"], &[("enhertu", "Enhertu")]),
            medicine("trastuzumab", None, &[], &[("trastuzumab-reference", "Herceptin"), ("trastuzumab-anns", "Kanjinti")]),
            medicine("tucatinib", None, &[], &[("tukysa", "Tukysa")]),
        ],
        "terms": [{
            "id": "loinc", "systems": ["http://loinc.org"], "version": "1", "purpose": "test", "review": review,
            "terms": [
                { "code": "1", "meaning": "observation.platelets", "status": "confirmed", "display": "platelets" },
                { "code": "2", "meaning": "observation.alkaline-phosphatase", "status": "confirmed", "display": "alkaline phosphatase" },
                { "code": "4", "meaning": "observation.ast", "status": "confirmed", "display": "AST" },
                { "code": "5", "meaning": "observation.bilirubin", "status": "confirmed", "display": "bilirubin" },
                { "code": "6", "meaning": "observation.ecog", "status": "confirmed", "display": "ECOG" },
                { "code": "3", "meaning": "observation.stage-group", "status": "confirmed", "display": "stage" },
            ],
        }],
    });
    let content: Content = serde_json::from_value(content).unwrap();
    Bundle::new(content).unwrap()
}

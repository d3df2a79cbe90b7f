//! Records of one made-up patient, in the many shapes in which producers write them.
//!
//! Codes and medicines are those of the knowledge base, chosen by what they mean. Few days are in use, so that ties are
//! common; dates may be partial or missing. Nothing in these records needs to make medical sense.

use crate::generate::Random;
use serde_json::{Value, json};
use waymark_engine::Bundle;
use waymark_engine::bundle::Status;

/// The records of a patient, the Patient first. The same seed gives the same records.
#[must_use]
pub fn records(bundle: &Bundle, seed: u64) -> Vec<Value> {
    let mut writer = Writer {
        bundle,
        random: Random(seed),
        records: Vec::new(),
    };
    writer.patient();
    for _ in 0..writer.random.below(12) {
        match writer.random.below(12) {
            0 => writer.cancer(),
            1 | 2 => writer.metastasis(),
            3..=5 => writer.her2(),
            6 => writer.hormone_receptor(),
            7..=9 => writer.medicine(),
            10 => writer.course(),
            _ => writer.other(),
        }
    }
    writer.records
}

/// A collection Bundle of records.
#[must_use]
pub fn collection(records: &[Value]) -> String {
    let entries: Vec<Value> = records
        .iter()
        .map(|record| {
            let (kind, id) = (&record["resourceType"], &record["id"]);
            let url = format!(
                "http://example.org/fhir/{}/{}",
                kind.as_str().unwrap_or_default(),
                id.as_str().unwrap_or_default()
            );
            json!({ "fullUrl": url, "resource": record })
        })
        .collect();
    json!({ "resourceType": "Bundle", "type": "collection", "entry": entries }).to_string()
}

struct Writer<'b> {
    bundle: &'b Bundle,
    random: Random,
    records: Vec<Value>,
}

impl Writer<'_> {
    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        let index = usize::try_from(self.random.below(all.len() as u64)).ok()?;
        all.get(index).copied()
    }

    fn chance(&mut self, of: u64) -> bool {
        self.random.below(of) == 0
    }

    /// A coding of some confirmed code that means this.
    fn coding(&mut self, meaning: &str) -> Value {
        let tables = self.bundle.content().terms.iter();
        let found: Vec<(&str, &str, &str)> = tables
            .flat_map(|table| table.terms.iter().map(move |term| (table, term)))
            .filter(|(_, term)| {
                term.meaning == meaning && !term.prefix && term.status != Status::Memory
            })
            .filter_map(|(table, term)| {
                Some((
                    table.systems.first()?.as_str(),
                    term.code.as_str(),
                    term.display.as_str(),
                ))
            })
            .collect();
        match self.one_of(&found) {
            Some((system, code, display)) => {
                json!({ "system": system, "code": code, "display": display })
            }
            None => json!({ "display": meaning }),
        }
    }

    fn concept(&mut self, meanings: &[&str]) -> Value {
        let meaning = self.one_of(meanings).unwrap_or_default();
        json!({ "coding": [self.coding(meaning)] })
    }

    /// Adds the members of the second object to the record, and the record to the others.
    fn add(&mut self, kind: &str, mut record: Value, more: &[(&str, Value)]) {
        record["resourceType"] = json!(kind);
        record["id"] = json!(format!("r{}", self.records.len()));
        if !matches!(kind, "Patient" | "Specimen" | "FamilyMemberHistory") {
            record["subject"] = json!({ "reference": "Patient/r0" });
        }
        for (key, value) in more {
            record[*key] = value.clone();
        }
        self.records.push(record);
    }

    /// One of a few days, sometimes known only to the month or year.
    fn day(&mut self) -> String {
        let months = ["2021-11", "2022-02", "2022-03", "2023-05", "2024-05"];
        let month = self.one_of(&months).unwrap_or_default();
        match self.random.below(8) {
            0 => month.to_owned(),
            1 => month.get(..4).unwrap_or_default().to_owned(),
            2 | 3 => format!("{month}-20"),
            _ => format!("{month}-05"),
        }
    }

    /// A date element of this name, or none.
    fn dated(&mut self, key: &'static str) -> Vec<(&'static str, Value)> {
        match self.random.below(10) {
            0 => Vec::new(),
            _ => vec![(key, json!(self.day()))],
        }
    }

    fn patient(&mut self) {
        let born = self.one_of(&["1971-05-14", "1971", "1950-02"]);
        self.add(
            "Patient",
            json!({ "birthDate": born, "gender": "female" }),
            &[],
        );
    }

    fn cancer(&mut self) {
        let code = self.concept(&[
            "cancer.breast",
            "cancer.breast",
            "cancer.breast",
            "cancer.breast-recurrent",
            "condition-receptor.her2-positive",
            "condition-receptor.hr-negative-her2-negative",
            "cancer.other",
        ]);
        let mut more = self.dated("onsetDateTime");
        if self.chance(3) {
            let stage = self.concept(&["value.stage-2", "value.stage-4"]);
            more.push(("stage", json!([{ "summary": stage }])));
        }
        self.add("Condition", json!({ "code": code }), &more);
    }

    fn metastasis(&mut self) {
        if self.chance(4) {
            let code = self.concept(&["history.metastatic"]);
            let more = self.dated("effectiveDateTime");
            let present = !self.chance(3);
            let record = json!({ "status": "final", "code": code, "valueBoolean": present });
            return self.add("Observation", record, &more);
        }
        let code = self.concept(&[
            "metastasis.brain",
            "metastasis.cns",
            "metastasis.liver",
            "metastasis.bone",
            "metastasis.nodes-regional",
            "metastasis.may-be-regional",
            "metastasis.unspecified",
        ]);
        let more = self.dated("onsetDateTime");
        self.add("Condition", json!({ "code": code }), &more);
    }

    fn specimen(&mut self) -> Option<Value> {
        let site = match self.random.below(4) {
            0 => self.concept(&["body.breast"]),
            1 => json!({ "text": "liver" }),
            _ => return None,
        };
        let reference = json!({ "reference": format!("http://example.org/fhir/Specimen/r{}", self.records.len()) });
        self.add(
            "Specimen",
            json!({ "collection": { "bodySite": site } }),
            &[],
        );
        Some(reference)
    }

    /// One HER2 result in one of the shapes that public records hold.
    fn her2(&mut self) {
        let polarity = self
            .one_of(&["value.positive", "value.negative", "value.equivocal"])
            .unwrap_or_default();
        let score = self.random.below(4);
        let answer = json!({ "coding": [self.coding(&format!("value.ihc-{score}"))] });
        let quantity = |value: Value, unit: &str| json!({ "value": value, "unit": unit });
        let ratio = self.one_of(&["1.3", "2.0", "2.4"]).unwrap_or_default();
        let ratio: Value = serde_json::from_str(ratio).unwrap_or_default();
        let copies = self.one_of(&[3, 5, 7]).unwrap_or_default();
        let says = json!({ "coding": [self.coding(polarity)] });
        let (code, value): (Value, Vec<(&str, Value)>) = match self.random.below(14) {
            0 => (
                self.concept(&["receptor.her2.overall"]),
                vec![("valueCodeableConcept", says)],
            ),
            1 => {
                let method = self
                    .one_of(&["receptor.her2.ihc", "receptor.her2.ish"])
                    .unwrap_or_default();
                let both = [self.coding("receptor.her2.overall"), self.coding(method)];
                (
                    json!({ "coding": both }),
                    vec![("valueCodeableConcept", says)],
                )
            }
            2 => (
                self.concept(&["receptor.her2.ihc"]),
                vec![("valueCodeableConcept", answer)],
            ),
            3 => (
                self.concept(&["receptor.her2.ihc"]),
                vec![("valueCodeableConcept", says)],
            ),
            4 => (
                self.concept(&["receptor.her2.ihc"]),
                vec![("valueInteger", json!(score))],
            ),
            5 => (
                self.concept(&["receptor.her2.ihc"]),
                vec![("valueString", json!(format!("HER2 IHC {score}+")))],
            ),
            6 => (
                self.concept(&["receptor.her2.ish"]),
                vec![("valueCodeableConcept", says)],
            ),
            7 => (
                self.concept(&["receptor.her2.ratio"]),
                vec![("valueQuantity", quantity(ratio, "1"))],
            ),
            8 => (
                self.concept(&["receptor.her2.copies"]),
                vec![("valueQuantity", quantity(json!(copies), "{copies}/nucleus"))],
            ),
            9 => {
                let (ihc, ish) = (
                    self.concept(&["receptor.her2.ihc"]),
                    self.concept(&["receptor.her2.ish"]),
                );
                let components = json!([
                    { "code": ihc, "valueCodeableConcept": answer },
                    { "code": ish, "valueCodeableConcept": says },
                ]);
                (
                    self.concept(&["receptor.her2.overall"]),
                    vec![("component", components)],
                )
            }
            // Two values, which may contradict each other.
            10 => (
                self.concept(&["receptor.her2.ihc"]),
                vec![
                    ("valueQuantity", json!({ "value": score })),
                    ("valueCodeableConcept", says),
                ],
            ),
            11 => {
                let flag = self.one_of(&["POS", "NEG"]);
                let interpretation = json!([{ "coding": [{ "code": flag }] }]);
                (
                    self.concept(&["receptor.her2.ihc"]),
                    vec![
                        ("valueInteger", json!(score)),
                        ("interpretation", interpretation),
                    ],
                )
            }
            12 => (
                self.concept(&["receptor.her2.overall"]),
                vec![("valueString", json!("2+ / FISH amplified"))],
            ),
            _ => (
                self.concept(&["receptor.her2.serum"]),
                vec![("valueQuantity", quantity(json!(12), "ng/mL"))],
            ),
        };
        self.result(code, value);
    }

    fn hormone_receptor(&mut self) {
        let says = self.concept(&["value.positive", "value.negative"]);
        let presence = self.concept(&["receptor.er.presence", "receptor.pr.presence"]);
        let percent = self.concept(&["receptor.er.percent", "receptor.pr.percent"]);
        let share = self.one_of(&[0, 5, 80]);
        let (code, value) = match self.random.below(2) {
            0 => (presence, ("valueCodeableConcept", says)),
            _ => (
                percent,
                ("valueQuantity", json!({ "value": share, "unit": "%" })),
            ),
        };
        self.result(code, vec![value]);
    }

    fn result(&mut self, code: Value, value: Vec<(&str, Value)>) {
        let specimen = self.specimen();
        let mut more = [value, self.dated("effectiveDateTime")].concat();
        more.extend(specimen.map(|reference| ("specimen", reference)));
        let status = self.one_of(&["final", "final", "final", "amended", "preliminary"]);
        self.add(
            "Observation",
            json!({ "status": status, "code": code }),
            &more,
        );
    }

    /// Some doses of one medicine, or an order, or a statement on a course.
    fn medicine(&mut self) {
        let wanted = [
            "her2-targeted",
            "her2-targeted",
            "taxane",
            "endocrine",
            "chemotherapy",
        ];
        let class = self.one_of(&wanted).unwrap_or_default();
        let medicines = self.bundle.content().medicines.iter();
        let coded: Vec<(&str, &str)> = medicines
            .filter(|medicine| medicine.classes.iter().any(|found| found == class))
            .filter_map(|medicine| {
                let mut codes = medicine.codes.iter();
                let code =
                    codes.find(|code| code.system == "rxnorm" && code.status != Status::Memory)?;
                Some((code.code.as_str(), medicine.name.as_str()))
            })
            .collect();
        let Some((code, name)) = self.one_of(&coded) else {
            return;
        };
        let medicine = match self.random.below(6) {
            0 => json!({ "text": name }),
            1 => json!({ "text": "a study drug" }),
            _ => json!({ "coding": [{
                "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": code, "display": name,
            }] }),
        };
        let named = ("medicationCodeableConcept", medicine);
        match self.random.below(4) {
            0 => {
                for _ in 0..=self.random.below(3) {
                    let more = [vec![named.clone()], self.dated("effectiveDateTime")].concat();
                    self.add(
                        "MedicationAdministration",
                        json!({ "status": "completed" }),
                        &more,
                    );
                }
            }
            1 => {
                let more = [vec![named], self.dated("authoredOn")].concat();
                let status = self.one_of(&["active", "completed", "stopped"]);
                self.add(
                    "MedicationRequest",
                    json!({ "status": status, "intent": "order" }),
                    &more,
                );
            }
            _ => {
                let start = self.day();
                let end = self.day();
                let period = if self.chance(2) {
                    json!({ "start": start })
                } else {
                    json!({ "start": start.as_str().min(&end), "end": start.as_str().max(&end) })
                };
                let mut more = vec![named, ("effectivePeriod", period)];
                if self.chance(3) {
                    let reason = self.concept(&["reason.progression", "reason.toxicity"]);
                    more.push(("statusReason", json!([reason])));
                }
                let status = self.one_of(&["active", "completed", "stopped"]);
                self.add("MedicationStatement", json!({ "status": status }), &more);
            }
        }
    }

    fn course(&mut self) {
        if self.chance(3) {
            let code = self.concept(&["procedure.surgery-breast", "procedure.radiosurgery-brain"]);
            let more = self.dated("performedDateTime");
            let record = json!({ "status": "completed", "code": code });
            return self.add("Procedure", record, &more);
        }
        let code = self.concept(&["observation.disease-status"]);
        let value = self.concept(&["value.worsened", "value.stable", "value.improved"]);
        let more = self.dated("effectiveDateTime");
        let record = json!({ "status": "final", "code": code, "valueCodeableConcept": value });
        self.add("Observation", record, &more);
    }

    fn other(&mut self) {
        match self.random.below(5) {
            0 => {
                let code = self.concept(&["condition.heart-failure", "condition.pregnancy"]);
                let more = self.dated("onsetDateTime");
                self.add("Condition", json!({ "code": code }), &more);
            }
            1 => {
                let code = self.concept(&["observation.lvef"]);
                let share = self.one_of(&[38, 55]);
                let value = json!({ "value": share, "unit": "%" });
                let more = self.dated("effectiveDateTime");
                let record = json!({ "status": "final", "code": code, "valueQuantity": value });
                self.add("Observation", record, &more);
            }
            2 => {
                let code = self.concept(&["observation.menopause"]);
                let value = self.concept(&["value.premenopausal", "value.postmenopausal"]);
                let more = self.dated("effectiveDateTime");
                let record =
                    json!({ "status": "final", "code": code, "valueCodeableConcept": value });
                self.add("Observation", record, &more);
            }
            3 => {
                let code = self.concept(&["observation.stage-m", "observation.stage-group"]);
                let value =
                    self.concept(&["value.m0", "value.m1", "value.stage-3", "value.stage-4"]);
                let more = self.dated("effectiveDateTime");
                let record =
                    json!({ "status": "final", "code": code, "valueCodeableConcept": value });
                self.add("Observation", record, &more);
            }
            // Never the patient's.
            _ => {
                let code = self.concept(&["cancer.breast"]);
                let record = json!({
                    "status": "completed",
                    "patient": { "reference": "Patient/r0" },
                    "relationship": { "text": "mother" },
                    "condition": [{ "code": code }],
                });
                self.add("FamilyMemberHistory", record, &[]);
            }
        }
    }
}

//! Small invented knowledge, made without files: only what a test is about stands in it.

use serde_json::{Value as Json, json};
use waymark_engine::Bundle;

/// Knowledge with these parts; every list may be empty.
#[derive(Default)]
pub(crate) struct Small {
    facts: Vec<Json>,
    criteria: Vec<Json>,
    regimens: Vec<Json>,
    medicines: Vec<Json>,
}

fn review() -> Json {
    json!({ "on": "2026-01-01", "due": "2027-01-01" })
}

impl Small {
    pub(crate) fn new() -> Self {
        Small::default().fact("as-of", "date", "")
    }

    fn fact(mut self, id: &str, ty: &str, cql: &str) -> Self {
        let rule = if id == "as-of" { "as-of" } else { "stated" };
        self.facts.push(json!({
            "id": id, "type": ty, "label": id, "question": "?", "how": "", "cql": cql,
            "derivation": { "rule": rule }, "review": review(),
        }));
        self
    }

    /// A fact that is true or false, with its constraints.
    pub(crate) fn boolean(self, id: &str, cql: &str) -> Self {
        self.fact(id, "boolean", cql)
    }

    /// A whole number from 0 to `max`, with its constraints.
    pub(crate) fn number(self, id: &str, max: i64, cql: &str) -> Self {
        let mut small = self.fact(id, "integer", cql);
        if let Some(fact) = small.facts.last_mut() {
            fact["min"] = json!(0);
            fact["max"] = json!(max);
        }
        small
    }

    /// A criterion.
    pub(crate) fn criterion(mut self, id: &str, expression: &str) -> Self {
        self.criteria.push(json!({
            "id": id, "label": id, "met": "", "not-met": "", "unknown": "", "question": "?", "sources": [],
            "cql": format!("define \"{id}\": {expression}"), "review": review(),
        }));
        self
    }

    /// A therapy with indications: id, source, first day, first day no longer, criteria.
    pub(crate) fn regimen(
        mut self,
        id: &str,
        indications: &[(&str, &str, &str, Option<&str>, &str)],
    ) -> Self {
        let of = indications.iter().map(|(id, source, from, to, _)| {
            let mut indication = json!({
                "id": id, "jurisdiction": "US", "scope": "metastatic", "text": id, "from": from,
                "source": source, "status": "confirmed",
            });
            if let Some(to) = to {
                indication["to"] = json!(to);
            }
            indication
        });
        let cql: Vec<String> = indications
            .iter()
            .filter(|indication| !indication.4.is_empty())
            .map(|(id, _, _, _, expression)| format!("define \"{id}\": {expression}\n"))
            .collect();
        self.regimens.push(json!({
            "id": id, "name": id, "basis": "label", "medicines": [],
            "indications": of.collect::<Vec<_>>(), "cql": cql.concat(), "review": review(),
        }));
        self
    }

    /// A medicine with one caution, perhaps decided by an expression.
    pub(crate) fn caution(mut self, id: &str, status: &str, expression: Option<&str>) -> Self {
        let cql = expression.map_or(String::new(), |it| format!("define \"{id}\": {it}"));
        self.medicines.push(json!({
            "id": format!("medicine-of-{id}"), "name": id, "classes": [], "kind-of-medicine": "",
            "cautions": [{ "id": id, "severity": "boxed", "text": "", "source": "label", "status": status }],
            "cql": cql, "review": review(),
        }));
        self
    }

    pub(crate) fn bundle(&self) -> Bundle {
        let source = |id: &str| json!({ "id": id, "title": id, "publisher": "", "date": "2020", "status": "confirmed", "group": "all" });
        let content = json!({
            "format": 1, "version": "2026.1.0", "patient_data": [],
            "publisher": { "developer": "", "funding": "", "released": "2026-01-01", "report-to": "" },
            "sources": [source("label"), source("page")],
            "facts": sorted(&self.facts), "criteria": sorted(&self.criteria),
            "medicines": sorted(&self.medicines), "regimens": sorted(&self.regimens),
            "guidance": [], "trials": [], "terms": [],
        });
        let bytes = serde_json::to_vec(&content).unwrap();
        Bundle::from_bytes(&bytes).unwrap()
    }
}

fn sorted(entries: &[Json]) -> Vec<Json> {
    let mut entries = entries.to_vec();
    entries.sort_by_key(|entry| entry["id"].as_str().unwrap_or_default().to_owned());
    entries
}

//! The knowledge as FHIR R4 resources in the shapes of CPG-on-FHIR: a rule for each regimen and for the guidance, the
//! criteria as libraries, a definition of each regimen, and the sources as related artifacts.
//!
//! Nothing in them orders: every resource is a draft, a regimen is an `option`, and no dose leaves the knowledge base.

use super::{File, cql};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use waymark_criteria::FactType;
use waymark_criteria::export::{Exporter, Part};
use waymark_engine::Bundle;
use waymark_engine::bundle::{
    Guidance, Indication, Medicine, Regimen, Scope, SourceEntry, Status, Trial, name,
};

/// The base of canonical addresses unless another one is asked for; a reserved name that nobody can own (RFC 6761).
pub const BASE: &str = "https://waymark.example/fhir";

/// The greatest length of a logical id.
pub const LONGEST_ID: usize = 64;

const LIBRARY: &str = "waymark";
const GUIDANCE: &str = "waymark-guidance";
const PROTOCOL: &str = "waymark-protocol";

const STRENGTH: &str = "http://hl7.org/fhir/StructureDefinition/cqf-strengthOfRecommendation";
const QUALITY: &str = "http://hl7.org/fhir/StructureDefinition/cqf-qualityOfEvidence";

/// Every resource in a file of its own, named after its type and id; `base` is where they will be published.
#[must_use]
pub fn files(bundle: &Bundle, base: &str) -> Vec<File> {
    let export = Export {
        bundle,
        base: base.trim_end_matches('/'),
    };
    export
        .resources()
        .iter()
        .map(|resource| File {
            name: format!(
                "{}-{}.json",
                resource["resourceType"].as_str().unwrap_or_default(),
                resource["id"].as_str().unwrap_or_default()
            ),
            // A tree of strings and lists always has a text.
            text: serde_json::to_string_pretty(resource).unwrap_or_default() + "\n",
        })
        .collect()
}

struct Export<'a> {
    bundle: &'a Bundle,
    base: &'a str,
}

impl Export<'_> {
    fn resources(&self) -> Vec<Value> {
        let content = self.bundle.content();
        let mut resources = vec![self.library()];
        for regimen in &content.regimens {
            resources.push(self.activity(regimen));
            resources.push(self.rule(regimen));
        }
        resources.push(self.guidance());
        resources.push(self.protocol());
        resources
    }

    /// What every resource says of itself.
    fn resource(&self, kind: &str, id: &str, title: &str) -> Value {
        let content = self.bundle.content();
        json!({
            "resourceType": kind,
            "id": id,
            "language": "en",
            "url": format!("{}/{kind}/{id}", self.base),
            "version": content.version,
            "name": computable(id),
            "title": title,
            "status": "draft",
            "date": content.publisher.released,
            "publisher": content.publisher.developer,
            "copyright": "CC BY 4.0",
        })
    }

    fn canonical(&self, kind: &str, id: &str) -> String {
        format!(
            "{}/{kind}/{id}|{}",
            self.base,
            self.bundle.content().version
        )
    }

    fn library(&self) -> Value {
        let bundle = self.bundle;
        let mut library = self.resource("Library", LIBRARY, "Criteria, indications and guidance");
        library["name"] = json!(cql::LIBRARY);
        library["description"] = json!(format!(
            "Every criterion of the knowledge {} ({}). A definition is null where the facts given do not tell. Every \
             parameter is passed, null included.",
            bundle.content().version,
            bundle.hash()
        ));
        let system = "http://terminology.hl7.org/CodeSystem/library-type";
        library["type"] = json!({ "coding": [{ "system": system, "code": "logic-library" }] });
        let sources = bundle.content().sources.iter().map(citation);
        library["relatedArtifact"] = Value::Array(sources.collect());
        let exact = cql::exact(bundle);
        let exporter = Exporter::new(bundle.program(), bundle.schema(), &exact);
        let parameters = exporter.parameters().into_iter().map(|parameter| {
            let part = cql::part(parameter.part);
            let fact = bundle.fact(parameter.fact);
            let unit = fact.unit.as_ref().filter(|_| parameter.part != Part::Whole);
            let unit = unit.map(|unit| format!(" ({unit})")).unwrap_or_default();
            json!({
                "name": parameter.name,
                "use": "in",
                "min": 0,
                "max": "1",
                "documentation": format!("{}{part}{unit}. {}", fact.label, fact.question),
                "type": match parameter.ty {
                    FactType::Boolean => "boolean",
                    FactType::Integer => "integer",
                    FactType::Decimal => "decimal",
                    FactType::Date => "date",
                    FactType::Word => "string",
                },
            })
        });
        library["parameter"] = Value::Array(parameters.collect());
        let text = base64(cql::library(bundle).as_bytes());
        library["content"] = json!([{ "contentType": "text/cql", "data": text }]);
        library
    }

    // Regimens

    /// What a regimen is made of.
    fn activity(&self, regimen: &Regimen) -> Value {
        let mut activity = self.resource("ActivityDefinition", &regimen.id, &regimen.name);
        activity["description"] = json!(
            "What the regimen is, for a person and their care team to talk about. It is no order, and carries no dose."
        );
        activity["kind"] = json!("MedicationRequest");
        activity["intent"] = json!("option");
        let of = |id: &String| self.bundle.medicine(id);
        let mut product = json!({ "text": regimen.name });
        // One concept cannot stand for several medicines: codes go with a regimen of one.
        if let ([medicine], []) = (&regimen.medicines[..], &regimen.one_of[..])
            && let Some(medicine) = of(medicine)
        {
            let codings = codings(medicine);
            if !codings.is_empty() {
                product["coding"] = Value::Array(codings);
            }
        }
        activity["productCodeableConcept"] = product;
        let names = |ids: &[String]| -> Vec<String> {
            ids.iter()
                .map(|id| of(id).map_or_else(|| id.clone(), |it| it.name.clone()))
                .collect()
        };
        let mut parts = names(&regimen.medicines);
        parts.extend(
            regimen
                .one_of
                .iter()
                .map(|group| format!("one of: {}", names(group).join(", "))),
        );
        activity["purpose"] = json!(format!("Made of {}.", parts.join("; ")));
        activity["relatedArtifact"] = Value::Array(self.cited(regimen));
        activity
    }

    /// When its approved use is met: one action for each indication that decides it.
    fn rule(&self, regimen: &Regimen) -> Value {
        let mut rule = self.resource("PlanDefinition", &regimen.id, &regimen.name);
        rule["type"] = plan_type("eca-rule");
        rule["description"] = json!(format!(
            "Whether an indication of {} for unresectable or metastatic breast cancer is in force and its criteria are \
             met. Where its condition is null, it cannot be told. It informs; nothing is ordered, ranked or advised.",
            regimen.name
        ));
        rule["lastReviewDate"] = json!(regimen.review.on);
        rule["library"] = json!([self.canonical("Library", LIBRARY)]);
        let mut related = self.cited(regimen);
        related.extend(self.trials(regimen));
        rule["relatedArtifact"] = Value::Array(related);
        let deciding = regimen
            .indications
            .iter()
            .filter(|it| it.scope == Scope::Metastatic)
            .filter_map(|it| self.indication(regimen, it));
        let actions: Vec<Value> = deciding.collect();
        if !actions.is_empty() {
            rule["action"] = Value::Array(actions);
        }
        rule
    }

    fn indication(&self, regimen: &Regimen, indication: &Indication) -> Option<Value> {
        let valid = name::valid(&indication.id);
        self.bundle.program().root(&valid)?;
        let until = match &indication.to {
            Some(to) => format!("In force from {} until before {to}.", indication.from),
            None => format!("In force from {}.", indication.from),
        };
        let caveat = indication.caveat.iter().map(|text| format!(" {text}"));
        let withdrawn = self.bundle.content().withdrawn.iter();
        let withdrawn = withdrawn
            .filter(|it| it.id == indication.id)
            .map(|it| format!(" Withdrawn on {}: {}", it.on, it.reason));
        Some(json!({
            "id": indication.id,
            "title": format!("{}: {}", indication.id, regimen.name),
            "description": format!("{} {until}{}", indication.text, caveat.chain(withdrawn).collect::<String>()),
            "documentation": self.documentation(&indication.source),
            "condition": [condition(&valid, "The indication is in force and all its criteria are met.")],
            "definitionCanonical": self.canonical("ActivityDefinition", &regimen.id),
        }))
    }

    /// The sources of its indications and positions.
    fn cited(&self, regimen: &Regimen) -> Vec<Value> {
        let sources = self.bundle.citations(&regimen.id);
        sources.into_iter().map(citation).collect()
    }

    /// The trials that studied it.
    fn trials(&self, regimen: &Regimen) -> Vec<Value> {
        let ids: Vec<&String> = regimen.pivotal.iter().chain(&regimen.studied).collect();
        let known = &self.bundle.content().trials;
        ids.iter()
            .filter_map(|id| known.iter().find(|trial| trial.id == ***id))
            .map(evidence)
            .collect()
    }

    fn documentation(&self, source: &str) -> Value {
        let source = self.bundle.source(source);
        Value::Array(source.into_iter().map(citation).collect())
    }

    // All of it

    fn guidance(&self) -> Value {
        let mut plan = self.resource("PlanDefinition", GUIDANCE, "Guidance beside the verdicts");
        plan["type"] = plan_type("eca-rule");
        plan["description"] = json!(
            "What guidelines and pages say beside the verdicts on regimens, which it never changes. It informs; nothing \
             is ordered, ranked or advised."
        );
        plan["library"] = json!([self.canonical("Library", LIBRARY)]);
        let content = self.bundle.content();
        let actions = content.guidance.iter().map(|it| self.piece(it));
        plan["action"] = Value::Array(actions.collect());
        plan
    }

    fn piece(&self, guidance: &Guidance) -> Value {
        let mut conditions = vec![condition(
            &name::in_force(&guidance.id),
            "It is held on the day asked for.",
        )];
        if self.bundle.program().root(&guidance.id).is_some() {
            conditions.push(condition(&guidance.id, "It is about this person."));
        }
        let mut action = json!({
            "id": guidance.id,
            "title": title(&guidance.title, &guidance.id),
            "description": guidance.statement,
            "documentation": self.documentation(&guidance.source),
            "condition": conditions,
        });
        let graded = [(STRENGTH, &guidance.strength), (QUALITY, &guidance.quality)];
        let extensions: Vec<Value> = graded
            .into_iter()
            .filter_map(|(url, grade)| {
                let text = grade.as_ref()?;
                Some(json!({ "url": url, "valueCodeableConcept": { "text": text } }))
            })
            .collect();
        if !extensions.is_empty() {
            action["extension"] = Value::Array(extensions);
        }
        action
    }

    /// All rules together, in the order of their ids, which is no ranking.
    fn protocol(&self) -> Value {
        let title = "Treatment of HER2-positive metastatic breast cancer";
        let mut plan = self.resource("PlanDefinition", PROTOCOL, title);
        plan["type"] = plan_type("clinical-protocol");
        plan["description"] = json!(
            "The rules of all regimens and the guidance, in alphabetical order, which is no ranking. It informs; nothing \
             is ordered or advised."
        );
        let regimens = &self.bundle.content().regimens;
        let rules = regimens
            .iter()
            .map(|it| (it.id.as_str(), it.name.as_str()))
            .chain([(GUIDANCE, "Guidance beside the verdicts")]);
        let actions = rules.map(|(id, title)| {
            json!({
                "id": id,
                "title": title,
                "definitionCanonical": self.canonical("PlanDefinition", id),
            })
        });
        plan["action"] = Value::Array(actions.collect());
        plan
    }
}

fn condition(define: &str, description: &str) -> Value {
    json!({
        "kind": "applicability",
        "expression": {
            "description": description,
            "language": "text/cql-identifier",
            "expression": define,
        },
    })
}

/// A source as R4 can cite it: there is no Citation before R5.
fn citation(source: &SourceEntry) -> Value {
    let note = match source.status {
        Status::Confirmed => "",
        Status::Single => " (one secondary source)",
        Status::Memory => " (not verified)",
    };
    let mut related = json!({
        "type": "citation",
        "label": source.id,
        "display": source.title,
        "citation": format!("{}. {}. {}.{note}", source.publisher, source.title, source.date),
    });
    if let Some(url) = &source.url {
        related["url"] = json!(url);
    }
    related
}

/// A trial, by its registry number where that was confirmed.
fn evidence(trial: &Trial) -> Value {
    let number = match trial.nct_status {
        Status::Confirmed | Status::Single => format!(", {}", trial.nct),
        Status::Memory => String::new(),
    };
    json!({
        "type": "justification",
        "label": trial.id,
        "display": trial.name,
        "citation": format!("{}{number}, {}. {}", trial.name, trial.published, trial.population),
    })
}

/// Codes of the substance that were confirmed.
fn codings(medicine: &Medicine) -> Vec<Value> {
    let system = |code: &str| match code {
        "rxnorm" => Some("http://www.nlm.nih.gov/research/umls/rxnorm"),
        "atc" => Some("http://www.whocc.no/atc"),
        "snomed" => Some("http://snomed.info/sct"),
        _ => None,
    };
    let confirmed = |status| match status {
        Status::Confirmed | Status::Single => true,
        Status::Memory => false,
    };
    let mut seen = BTreeSet::new();
    let codes = medicine.codes.iter().filter(|it| confirmed(it.status));
    codes
        .filter_map(|code| Some((system(&code.system)?, &code.code)))
        .filter(|coding| seen.insert(*coding))
        .map(|(system, code)| json!({ "system": system, "code": code, "display": medicine.name }))
        .collect()
}

fn plan_type(code: &str) -> Value {
    let system = "http://terminology.hl7.org/CodeSystem/plan-definition-type";
    json!({ "coding": [{ "system": system, "code": code }] })
}

/// A name that a program may use: letters and digits, the first one a capital letter (R4, invariant `pdf-0`).
fn computable(id: &str) -> String {
    let words = id.split(|next: char| !next.is_ascii_alphanumeric());
    let mut name = String::new();
    for word in words {
        let mut letters = word.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name
}

fn title<'t>(title: &'t str, id: &'t str) -> &'t str {
    if title.is_empty() { id } else { title }
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let mut word = [0u8; 4];
        word[1..=three.len()].copy_from_slice(three);
        let word = u32::from_be_bytes(word);
        for place in 0..4 {
            if place <= three.len() {
                let digit = (word >> (18 - 6 * place)) & 63;
                text.push(char::from(DIGITS[digit as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{base64, computable};

    /// RFC 4648, section 10.
    #[test]
    fn base64_of_the_standard() {
        let rows = [
            "", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy",
        ];
        for (length, expected) in rows.into_iter().enumerate() {
            assert_eq!(base64(&b"foobar"[..length]), expected);
        }
    }

    #[test]
    fn names_for_programs() {
        assert_eq!(computable("per-1b"), "Per1b");
        assert_eq!(computable("a-word"), "AWord");
    }
}

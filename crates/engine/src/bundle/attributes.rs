//! Source attributes of a decision support intervention, as US certification asks for them where it rests on evidence
//! (45 CFR 170.315(b)(11)(iv)(A)): citation, developer, funding, dates, and which data of the patient it uses.

use super::{Bundle, SourceEntry, name};
use crate::wire;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use waymark_criteria::{NodeId, SortedSet};
use waymark_packed::Packed;

/// Who answers for the knowledge.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Publisher {
    /// Who makes it.
    pub developer: String,
    /// Who pays for it.
    pub funding: String,
    /// Day on which this version was released, `YYYY-MM-DD`.
    pub released: String,
    /// Where a reader says that an answer is wrong.
    pub report_to: String,
}

/// A kind of data on the patient of which the rule asks whether it is used.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PatientData {
    /// The kind in the words of the rule.
    pub element: String,
    /// Facts that are derived from it; empty where none is.
    #[serde(default)]
    pub facts: Vec<String>,
}

impl Bundle {
    /// Who made the knowledge, when, and what it uses of a patient: stands on every result.
    #[must_use]
    pub fn attributes(&self) -> &Arc<wire::Attributes> {
        self.attributes
            .get_or_init(|| Arc::new(self.find_attributes()))
    }

    fn find_attributes(&self) -> wire::Attributes {
        let read = self.facts_read();
        let publisher = &self.content().publisher;
        let data = self.content().patient_data.iter().map(|data| {
            let used = data
                .facts
                .iter()
                .filter(|fact| read.contains(fact.as_str()));
            wire::PatientData {
                element: data.element.clone(),
                facts: used.cloned().collect(),
            }
        });
        wire::Attributes {
            developer: publisher.developer.clone(),
            funding: publisher.funding.clone(),
            released: publisher.released.clone(),
            report_to: publisher.report_to.clone(),
            patient_data: data.collect(),
        }
    }

    /// The sources on which the answer for a regimen rests, its guideline positions included, each once.
    #[must_use]
    pub fn citations(&self, regimen: &str) -> Vec<&SourceEntry> {
        let Some(regimen) = self.regimen(regimen) else {
            return Vec::new();
        };
        let indications = regimen.indications.iter().map(|it| &it.source);
        let positions = regimen.positions.iter().map(|it| &it.source);
        let mut cited: Vec<&SourceEntry> = Vec::new();
        for source in indications
            .chain(positions)
            .filter_map(|id| self.source(id))
        {
            if cited.iter().all(|other| other.id != source.id) {
                cited.push(source);
            }
        }
        cited
    }

    /// Ids of the facts that any verdict, caution, position or piece of guidance reads.
    fn facts_read(&self) -> SortedSet<&str> {
        let content = self.content();
        let regimens = content.regimens.iter().map(|it| name::regimen(&it.id));
        let cautions = content.medicines.iter().flat_map(|it| &it.cautions);
        let own = content.regimens.iter().flat_map(|it| &it.cautions);
        let positions = content.regimens.iter().flat_map(|it| &it.positions);
        let names = regimens
            .chain(cautions.chain(own).map(|it| it.id.clone()))
            .chain(positions.map(|it| it.id.clone()))
            .chain(content.guidance.iter().map(|it| it.id.clone()));
        let roots: Vec<NodeId> = names.filter_map(|it| self.program().root(&it)).collect();
        let facts = self.program().facts_below(&roots);
        facts
            .into_iter()
            .map(|it| self.fact(it).id.as_str())
            .collect()
    }
}

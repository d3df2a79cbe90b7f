//! The trials behind a regimen, on request.

use crate::bundle::{self, Bundle};
use serde::{Deserialize, Serialize};

/// A row of figures: the shape of the knowledge base is that of the contract.
pub use crate::bundle::{Comparison, Figure, TrialResult};

/// A trial that studied a regimen.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Trial {
    /// Kebab-case id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether approvals of the regimen rest on it.
    pub pivotal: bool,
    /// Registry number.
    pub nct: String,
    /// The registry number rests on memory alone and must be checked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nct_unverified: bool,
    /// Phase, where the source says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<String>,
    /// Year or years of publication.
    pub published: String,
    /// What was given.
    pub given: String,
    /// Against what; none in a single-arm trial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparator: Option<String>,
    /// To whom.
    pub population: String,
    /// Number of people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
    /// How many of them had what was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people_given: Option<u32>,
    /// How many of them had the comparator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people_comparator: Option<u32>,
    /// What it found, in a few sentences.
    pub summary: String,
    /// Its figures.
    pub results: Vec<TrialResult>,
}

/// The trials of a regimen, those that its approvals rest on first; none where there is no such regimen.
#[must_use]
pub fn trials(bundle: &Bundle, regimen: &str) -> Vec<Trial> {
    let Some(regimen) = bundle.regimen(regimen) else {
        return Vec::new();
    };
    let all = &bundle.content().trials;
    let pivotal = regimen.pivotal.iter().map(|id| (id, true));
    let studied = regimen.studied.iter().map(|id| (id, false));
    pivotal
        .chain(studied)
        .filter_map(|(id, pivotal)| {
            let trial = all.iter().find(|trial| trial.id == *id)?;
            Some(shown(trial, pivotal))
        })
        .collect()
}

fn shown(trial: &bundle::Trial, pivotal: bool) -> Trial {
    Trial {
        id: trial.id.clone(),
        name: trial.name.clone(),
        pivotal,
        nct: trial.nct.clone(),
        nct_unverified: trial.nct_status == bundle::Status::Memory,
        phase: trial.phase.clone(),
        published: trial.published.clone(),
        given: trial.given.clone(),
        comparator: trial.comparator.clone(),
        population: trial.population.clone(),
        people: trial.people,
        people_given: trial.people_given,
        people_comparator: trial.people_comparator,
        summary: trial.text.clone(),
        results: trial.results.clone(),
    }
}

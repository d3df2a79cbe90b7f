//! Facts and a bundle to an assessment: every regimen judged, every criterion shown.

mod cautions;
pub(crate) mod facts;
mod given;
mod imported;
mod indications;
mod medicines;
mod products;
mod settle;
mod shown;

pub use settle::{open_facts, settle};
pub(crate) use shown::Shown;

use crate::bundle::{Basis, Bundle, Review, Scope};
use crate::chart::Chart;
use crate::facts::Facts;
use crate::wire;
use medicines::OfMedicine;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use waymark_criteria::{Date, Evaluation, FactIndex, NodeId, Truth, Values};

/// The boolean fact by which the guide knows that it is for this person at all.
pub const BREAST_CANCER: &str = "breast-cancer";

/// Everything that the parts of an assessment read.
struct Judged<'a> {
    bundle: &'a Bundle,
    values: Values,
    evaluation: Evaluation,
    as_of: Date,
    /// Entries whose review is overdue, in the order of kinds and ids.
    overdue: Vec<(&'a str, &'a Review)>,
    /// What every regimen with a medicine shows of it, by the medicine's id.
    medicines: BTreeMap<&'a str, OfMedicine>,
    /// Criteria below indications, explained.
    explained: RefCell<BTreeMap<NodeId, Arc<wire::Node>>>,
}

/// Assesses one person.
///
/// `today` is only compared with the days on which entries are due for review; verdicts depend on the facts' own
/// `as_of` alone.
#[must_use]
pub fn assess(chart: &Chart, facts: &Facts, bundle: &Bundle, today: Date) -> wire::Assessment {
    let values = facts.values(bundle.schema());
    let evaluation = bundle.program().evaluate(&values);
    let is_overdue = |review: &Review| Date::parse(&review.due).is_some_and(|due| due < today);
    let all_later = bundle.first_due().is_none_or(|first| first >= today);
    let reviews = if all_later {
        Vec::new()
    } else {
        bundle.reviews()
    };
    let reviews = reviews.into_iter();
    let mut judged = Judged {
        bundle,
        values,
        evaluation,
        as_of: facts.as_of,
        overdue: reviews.filter(|(_, review)| is_overdue(review)).collect(),
        medicines: BTreeMap::new(),
        explained: RefCell::default(),
    };
    judged.medicines = judged.of_medicines(chart);
    let regimens: Vec<wire::Regimen> = bundle
        .content()
        .regimens
        .iter()
        .zip(&bundle.shown().regimens)
        .map(|(regimen, shown)| judged.regimen(regimen, shown))
        .collect();
    let settle = settle(bundle, &judged.values, &judged.evaluation);
    wire::Assessment {
        schema: wire::SCHEMA.to_owned(),
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        as_of: facts.as_of.to_string(),
        record: facts.record.word().to_owned(),
        knowledge: wire::Knowledge {
            version: bundle.content().version.clone(),
            hash: bundle.hash().to_owned(),
            overdue: judged.overdue(),
        },
        attributes: Arc::clone(bundle.attributes()),
        patient: wire::Patient {
            id: chart.patient.id.clone(),
        },
        notices: judged.notices(),
        facts: facts::shown(facts, bundle),
        regimens,
        guidance: judged.guidance(),
        settle,
        import: imported::imported(chart, facts, bundle),
    }
}

impl Judged<'_> {
    /// The truth of a definition, if there is one.
    fn truth(&self, definition: Option<NodeId>) -> Option<Truth> {
        definition.map(|node| self.evaluation.truth(node))
    }

    fn fact_ids(&self, facts: impl IntoIterator<Item = FactIndex>) -> Vec<String> {
        facts
            .into_iter()
            .map(|fact| self.bundle.fact(fact).id.clone())
            .collect()
    }

    fn notices(&self) -> Vec<String> {
        let breast_cancer = self
            .bundle
            .schema()
            .find(BREAST_CANCER)
            .map(|fact| self.values.get(fact).truth());
        let mut notices = match breast_cancer {
            Some(Truth::False) => vec![
                "The only cancer in this record is not breast cancer: this guide is not for it."
                    .to_owned(),
            ],
            Some(Truth::True | Truth::Unknown) | None => Vec::new(),
        };
        let withdrawn = self.bundle.content().withdrawn.iter();
        notices.extend(withdrawn.map(|withdrawn| {
            format!(
                "`{}` was withdrawn on {} ({}): what rests on it cannot be told.",
                withdrawn.id, withdrawn.on, withdrawn.reason
            )
        }));
        notices
    }

    fn guidance(&self) -> Vec<Arc<wire::Guidance>> {
        let mut shown = Vec::new();
        let entries = self.bundle.content().guidance.iter();
        for (guidance, dated) in entries.zip(&self.bundle.shown().guidance) {
            let in_force = self.truth(dated.in_force).unwrap_or(Truth::True);
            let holds = self.truth(dated.criteria).unwrap_or(Truth::True);
            if in_force == Truth::False {
                continue;
            }
            let verdict = in_force.and(holds);
            shown.push(dated.made.of(verdict, || wire::Guidance {
                id: guidance.id.clone(),
                verdict: verdict.into(),
                text: guidance.statement.clone(),
                medicines: guidance.medicines.clone(),
                source: guidance.source.clone(),
                strength: guidance.strength.clone(),
                quality: guidance.quality.clone(),
                unverified: guidance.status == crate::bundle::Status::Memory,
            }));
        }
        shown
    }

    fn overdue(&self) -> Vec<wire::Overdue> {
        let overdue = self.overdue.iter().map(|(id, review)| wire::Overdue {
            id: (*id).to_owned(),
            due: review.due.clone(),
        });
        overdue.collect()
    }
}

/// The words of the contract.
fn scope_word(scope: Scope) -> &'static str {
    match scope {
        Scope::Metastatic => "metastatic",
        Scope::Early => "early",
        Scope::OtherTumour => "other-tumour",
    }
}

fn basis_word(basis: Basis) -> &'static str {
    match basis {
        Basis::Label => "label",
        Basis::Guideline => "guideline",
    }
}

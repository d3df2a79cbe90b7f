//! Facts and a bundle to an assessment: every regimen judged, every criterion shown.

mod cautions;
pub(crate) mod facts;
mod given;
mod imported;
mod indications;
mod medicines;
mod products;
mod records;
mod settle;
mod shown;

pub use settle::{open_facts, settle};
pub(crate) use shown::Shown;

use crate::bundle::{Basis, Bundle, Review, Scope};
use crate::chart::Chart;
use crate::facts::Facts;
use crate::wire::{self, Text};
use medicines::OfMedicine;
use records::Records;
use std::cell::OnceCell;
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
    /// What every regimen with a medicine shows of it, in the order of the knowledge.
    medicines: Vec<OfMedicine>,
    /// Criteria below indications, explained; by their position in the program.
    explained: Vec<OnceCell<Arc<wire::Node>>>,
}

/// Assesses one person.
///
/// `today` is only compared with the days on which entries are due for review; verdicts depend on the facts' own
/// `as_of` alone.
#[must_use]
pub fn assess(chart: &Chart, facts: &Facts, bundle: &Bundle, today: Date) -> wire::Assessment {
    let judged = Judged::of(chart, facts, bundle, today);
    wire::Assessment {
        settle: settle(bundle, &judged.values, &judged.evaluation),
        ..judged.assessment(chart, facts)
    }
}

/// As [`assess`], but for what would settle what is open: nobody asks.
#[must_use]
pub fn judge(chart: &Chart, facts: &Facts, bundle: &Bundle, today: Date) -> wire::Assessment {
    Judged::of(chart, facts, bundle, today).assessment(chart, facts)
}

impl<'a> Judged<'a> {
    fn of(chart: &Chart, facts: &Facts, bundle: &'a Bundle, today: Date) -> Self {
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
            medicines: Vec::new(),
            explained: vec![OnceCell::new(); bundle.program().nodes()],
        };
        judged.medicines = judged.of_medicines(chart);
        judged
    }

    fn assessment(&self, chart: &Chart, facts: &Facts) -> wire::Assessment {
        let bundle = self.bundle;
        let regimens: Vec<wire::Regimen> = bundle
            .content()
            .regimens
            .iter()
            .zip(&bundle.shown().regimens)
            .map(|(regimen, shown)| self.regimen(regimen, shown))
            .collect();
        let mut records = Records::default();
        let shown = facts::shown(facts, bundle, &mut records);
        wire::Assessment {
            schema: wire::SCHEMA.to_owned(),
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            as_of: facts.as_of.to_string(),
            record: facts.record.word().to_owned(),
            knowledge: wire::Knowledge {
                version: bundle.content().version.clone(),
                hash: bundle.hash().to_owned(),
                overdue: self.overdue(),
            },
            attributes: Arc::clone(bundle.attributes()),
            patient: wire::Patient {
                id: chart.patient.id.clone(),
            },
            notices: self.notices(),
            facts: shown,
            regimens,
            guidance: self.guidance(),
            settle: Vec::new(),
            import: imported::imported(chart, facts.as_of, &records, bundle),
        }
    }

    /// The truth of a definition, if there is one.
    fn truth(&self, definition: Option<NodeId>) -> Option<Truth> {
        definition.map(|node| self.evaluation.truth(node))
    }

    fn fact_ids(&self, facts: impl IntoIterator<Item = FactIndex>) -> Vec<Text> {
        let shown = self.bundle.shown();
        let ids = facts
            .into_iter()
            .map(|fact| shown.fact(fact).unrecorded.id.clone());
        ids.collect()
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

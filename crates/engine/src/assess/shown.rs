//! What an answer shows of the knowledge, and of the person no more than a truth: made when first shown, then shared
//! by all answers.

use super::basis_word;
use super::facts::unrecorded;
use crate::bundle::{Bundle, Medicine, name};
use crate::wire::{self, Text};
use std::sync::{Arc, OnceLock};
use waymark_criteria::{DateBounds, FactIndex, NodeId, Program, Truth};

/// One piece for each truth.
#[derive(Clone, Debug)]
pub(super) struct ByTruth<T>([OnceLock<Arc<T>>; 3]);

impl<T> ByTruth<T> {
    fn new() -> Self {
        ByTruth([const { OnceLock::new() }; 3])
    }

    /// The piece for a truth; `make` may depend on the knowledge and this truth alone.
    pub(super) fn of(&self, truth: Truth, make: impl FnOnce() -> T) -> Arc<T> {
        Arc::clone(self.slot(truth).get_or_init(|| Arc::new(make())))
    }

    fn slot(&self, truth: Truth) -> &OnceLock<Arc<T>> {
        match truth {
            Truth::True => &self.0[0],
            Truth::False => &self.0[1],
            Truth::Unknown => &self.0[2],
        }
    }
}

/// What is in force for a time and may have criteria: an indication, position, caution or piece of guidance.
#[derive(Clone, Debug)]
pub(super) struct Dated<T> {
    /// That it is in force; without it, it always is.
    pub(super) in_force: Option<NodeId>,
    pub(super) criteria: Option<NodeId>,
    pub(super) made: ByTruth<T>,
}

impl<T> Dated<T> {
    fn each<'e, E: 'e>(
        program: &Program,
        entries: impl IntoIterator<Item = &'e E>,
        id: impl Fn(&E) -> &str,
    ) -> Vec<Self> {
        let entries = entries.into_iter();
        let dated = entries.map(|entry| Dated {
            in_force: program.root(&name::in_force(id(entry))),
            criteria: program.root(id(entry)),
            made: ByTruth::new(),
        });
        dated.collect()
    }
}

/// Everything that is shared, in the order of the knowledge.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(super) regimens: Vec<OfRegimen>,
    pub(super) medicines: Vec<OfMedicine>,
    pub(super) guidance: Vec<Dated<wire::Guidance>>,
    facts: Vec<OfFact>,
    /// By their position in the program.
    nodes: Vec<ByTruth<wire::Node>>,
}

#[derive(Clone, Debug)]
pub(super) struct OfFact {
    pub(super) unrecorded: wire::Fact,
    pub(super) question: Text,
}

#[derive(Clone, Debug)]
pub(super) struct OfRegimen {
    pub(super) id: Text,
    pub(super) name: Text,
    pub(super) basis: Text,
    pub(super) verdict: Option<NodeId>,
    /// Its medicines, then those of which one is given with them: their places in the knowledge.
    pub(super) medicines: Vec<usize>,
    /// Its own medicines alone, by id.
    pub(super) own: Vec<usize>,
    pub(super) indications: Vec<Dated<wire::Indication>>,
    pub(super) positions: Vec<Dated<wire::Position>>,
    pub(super) cautions: Vec<Dated<wire::Caution>>,
}

#[derive(Clone, Debug)]
pub(super) struct OfMedicine {
    pub(super) cautions: Vec<Dated<wire::Caution>>,
    /// For each approval of each product, its day and what is shown from then on.
    pub(super) approvals: Vec<(DateBounds, Arc<wire::Product>)>,
}

impl Shown {
    pub(crate) fn new(bundle: &Bundle) -> Self {
        let (content, program) = (bundle.content(), bundle.program());
        let facts = content.facts.iter().map(|fact| OfFact {
            unrecorded: unrecorded(fact),
            question: Text::from(&fact.question),
        });
        let regimens = content.regimens.iter().map(|regimen| OfRegimen {
            id: Text::from(&regimen.id),
            name: Text::from(&regimen.name),
            basis: Text::from(basis_word(regimen.basis)),
            verdict: program.root(&name::regimen(&regimen.id)),
            medicines: medicines(
                bundle,
                regimen
                    .medicines
                    .iter()
                    .chain(regimen.one_of.iter().flatten()),
            ),
            own: {
                let mut own = medicines(bundle, &regimen.medicines);
                own.sort_by_key(|position| &content.medicines[*position].id);
                own.dedup();
                own
            },
            indications: Dated::each(program, &regimen.indications, |it| &it.id),
            positions: Dated::each(program, &regimen.positions, |it| &it.id),
            cautions: Dated::each(program, &regimen.cautions, |it| &it.id),
        });
        let medicines = content.medicines.iter().map(|medicine| OfMedicine {
            cautions: Dated::each(program, &medicine.cautions, |it| &it.id),
            approvals: approvals(medicine),
        });
        Shown {
            regimens: regimens.collect(),
            medicines: medicines.collect(),
            guidance: Dated::each(program, &content.guidance, |it| &it.id),
            facts: facts.collect(),
            nodes: (0..program.nodes()).map(|_| ByTruth::new()).collect(),
        }
    }

    pub(super) fn fact(&self, fact: FactIndex) -> &OfFact {
        &self.facts[fact.position()]
    }

    /// A node without what lies below it.
    pub(super) fn node(&self, node: NodeId) -> &ByTruth<wire::Node> {
        &self.nodes[node.position()]
    }
}

fn medicines<'i>(bundle: &Bundle, ids: impl IntoIterator<Item = &'i String>) -> Vec<usize> {
    let positions = ids.into_iter();
    positions
        .filter_map(|id| bundle.medicine_position(id))
        .collect()
}

fn approvals(medicine: &Medicine) -> Vec<(DateBounds, Arc<wire::Product>)> {
    let of_products = medicine.products.iter().flat_map(|product| {
        product.approvals.iter().filter_map(move |approval| {
            let shown = wire::Product {
                id: product.id.clone(),
                medicine: medicine.id.clone(),
                brand: product.brand.clone(),
                name: product.name.clone(),
                kind: product.kind.clone(),
                jurisdiction: approval.jurisdiction.clone(),
                approved: approval.date.clone(),
                source: approval.source.clone(),
            };
            Some((DateBounds::parse(&approval.date)?, Arc::new(shown)))
        })
    });
    of_products.collect()
}

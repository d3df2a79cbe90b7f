//! What every regimen with a medicine shows of it: made once for all of them.

use super::Judged;
use crate::bundle;
use crate::chart::{Chart, Drug, Event};
use crate::wire;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What regimens show of one medicine.
#[derive(Default)]
pub(super) struct OfMedicine {
    pub(super) products: Vec<Arc<wire::Product>>,
    pub(super) cautions: Vec<Arc<wire::Caution>>,
    pub(super) given: Vec<Arc<wire::Given>>,
}

impl<'a> Judged<'a> {
    /// Every medicine of the knowledge, by its id.
    pub(super) fn of_medicines(&self, chart: &Chart) -> BTreeMap<&'a str, OfMedicine> {
        let medicines = self.bundle.content().medicines.iter();
        let medicines = medicines.zip(&self.bundle.shown().medicines);
        let mut shown: BTreeMap<&str, OfMedicine> = medicines
            .map(|(medicine, shown)| {
                let cautions = medicine.cautions.iter().zip(&shown.cautions);
                let cautions =
                    cautions.filter_map(|(it, dated)| self.caution(it, Some(&medicine.id), dated));
                let of_medicine = OfMedicine {
                    products: self.products(shown),
                    cautions: cautions.collect(),
                    given: Vec::new(),
                };
                (medicine.id.as_str(), of_medicine)
            })
            .collect();
        for entry in &chart.entries {
            if let Event::Therapy(therapy) = &entry.event
                && let Drug::Known(id) = &therapy.drug
                && let Some(medicine) = self.bundle.medicine(id)
                && let Some(of_medicine) = shown.get_mut(medicine.id.as_str())
            {
                let course = self.course(&medicine.id, entry, therapy);
                of_medicine.given.extend(course.map(Arc::new));
            }
        }
        shown
    }

    /// What is shown of the medicines of a regimen, in their order.
    pub(super) fn shown_of(&self, regimen: &bundle::Regimen) -> impl Iterator<Item = &OfMedicine> {
        let ids = regimen
            .medicines
            .iter()
            .chain(regimen.one_of.iter().flatten());
        ids.filter_map(|id| self.medicines.get(self.bundle.medicine(id)?.id.as_str()))
    }
}

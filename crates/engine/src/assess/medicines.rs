//! What every regimen with a medicine shows of it: made once for all of them.

use super::Judged;
use super::shown::OfRegimen;
use crate::chart::{Chart, Drug, Event};
use crate::wire;
use std::sync::Arc;

/// What regimens show of one medicine.
#[derive(Default)]
pub(super) struct OfMedicine {
    pub(super) products: Vec<Arc<wire::Product>>,
    pub(super) cautions: Vec<Arc<wire::Caution>>,
    /// By date.
    pub(super) given: Vec<Arc<wire::Given>>,
}

impl Judged<'_> {
    /// Every medicine of the knowledge, in its order.
    pub(super) fn of_medicines(&self, chart: &Chart) -> Vec<OfMedicine> {
        let medicines = &self.bundle.content().medicines;
        let mut shown: Vec<OfMedicine> = medicines
            .iter()
            .zip(&self.bundle.shown().medicines)
            .map(|(medicine, shown)| {
                let cautions = medicine.cautions.iter().zip(&shown.cautions);
                let cautions =
                    cautions.filter_map(|(it, dated)| self.caution(it, Some(&medicine.id), dated));
                OfMedicine {
                    products: self.products(shown),
                    cautions: cautions.collect(),
                    given: Vec::new(),
                }
            })
            .collect();
        for entry in &chart.entries {
            if let Event::Therapy(therapy) = &entry.event
                && let Drug::Known(id) = &therapy.drug
                && let Some(position) = self.bundle.medicine_position(id)
            {
                let course = self.course(&medicines[position].id, entry, therapy);
                shown[position].given.extend(course.map(Arc::new));
            }
        }
        for of_medicine in &mut shown {
            of_medicine.given.sort();
            of_medicine.given.dedup();
        }
        shown
    }

    /// What is shown of the medicines of a regimen, in their order.
    pub(super) fn shown_of(&self, regimen: &OfRegimen) -> impl Iterator<Item = &OfMedicine> {
        regimen
            .medicines
            .iter()
            .map(|position| &self.medicines[*position])
    }
}

//! The products of a regimen's medicines that were approved on the day.

use super::Judged;
use crate::bundle::{self, Approval};
use crate::wire;
use waymark_criteria::{DateBounds, Truth};

impl Judged<'_> {
    /// Products with an approval that surely stood on the day, by medicine and then in the entry's order.
    pub(super) fn products(&self, regimen: &bundle::Regimen) -> Vec<wire::Product> {
        let mut shown = Vec::new();
        for id in regimen
            .medicines
            .iter()
            .chain(regimen.one_of.iter().flatten())
        {
            let Some(medicine) = self.bundle.medicine(id) else {
                continue;
            };
            for product in &medicine.products {
                let Some(first) = product
                    .approvals
                    .iter()
                    .find(|approval| self.stands(approval))
                else {
                    continue;
                };
                shown.push(wire::Product {
                    id: product.id.clone(),
                    medicine: medicine.id.clone(),
                    brand: product.brand.clone(),
                    name: product.name.clone(),
                    kind: product.kind.clone(),
                    jurisdiction: first.jurisdiction.clone(),
                    approved: first.date.clone(),
                    source: first.source.clone(),
                });
            }
        }
        shown
    }

    fn stands(&self, approval: &Approval) -> bool {
        let date = DateBounds::parse(&approval.date);
        date.is_some_and(|date| date.on_or_before(DateBounds::exact(self.as_of)) == Truth::True)
    }
}

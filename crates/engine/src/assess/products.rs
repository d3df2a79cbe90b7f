//! The products of a medicine that were approved on the day.

use super::Judged;
use crate::bundle::{Approval, Medicine};
use crate::wire;
use std::sync::Arc;
use waymark_criteria::{DateBounds, Truth};

impl Judged<'_> {
    /// Products with an approval that surely stood on the day, in the entry's order.
    pub(super) fn products(&self, medicine: &Medicine) -> Vec<Arc<wire::Product>> {
        let shown = medicine.products.iter().filter_map(|product| {
            let mut approvals = product.approvals.iter();
            let first = approvals.find(|approval| self.stands(approval))?;
            Some(Arc::new(wire::Product {
                id: product.id.clone(),
                medicine: medicine.id.clone(),
                brand: product.brand.clone(),
                name: product.name.clone(),
                kind: product.kind.clone(),
                jurisdiction: first.jurisdiction.clone(),
                approved: first.date.clone(),
                source: first.source.clone(),
            }))
        });
        shown.collect()
    }

    fn stands(&self, approval: &Approval) -> bool {
        let date = DateBounds::parse(&approval.date);
        date.is_some_and(|date| date.on_or_before(DateBounds::exact(self.as_of)) == Truth::True)
    }
}

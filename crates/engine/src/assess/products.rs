//! The products of a medicine that were approved on the day.

use super::Judged;
use super::shown::OfMedicine;
use crate::wire;
use std::sync::Arc;
use waymark_criteria::{DateBounds, Truth};

impl Judged<'_> {
    /// Products with an approval that surely stood on the day, each with its first such one, in the entry's order.
    pub(super) fn products(&self, medicine: &OfMedicine) -> Vec<Arc<wire::Product>> {
        let day = DateBounds::exact(self.as_of);
        let stands = |date: &DateBounds| date.on_or_before(day) == Truth::True;
        let approvals = medicine.approvals.iter();
        let standing = approvals.filter(|(date, _)| stands(date));
        let mut products: Vec<_> = standing.map(|(_, product)| Arc::clone(product)).collect();
        products.dedup_by(|later, first| later.id == first.id);
        products
    }
}

//! Cautions of a regimen: those of its medicines and its own. They stand beside the verdict and never change it.

use super::Judged;
use crate::bundle::{self, CautionSeverity, Status};
use crate::wire;
use std::sync::Arc;
use waymark_criteria::Truth;

impl Judged<'_> {
    pub(super) fn cautions(&self, regimen: &bundle::Regimen) -> Vec<Arc<wire::Caution>> {
        let own = regimen.cautions.iter();
        let own = own.filter_map(|caution| self.caution(caution, None));
        let of_medicines = self.shown_of(regimen).flat_map(|it| &it.cautions);
        own.chain(of_medicines.cloned()).collect()
    }

    pub(super) fn caution(
        &self,
        caution: &bundle::Caution,
        medicine: Option<&str>,
    ) -> Option<Arc<wire::Caution>> {
        let program = self.bundle.program();
        let dated = self.bundle.dated(&caution.id);
        let in_force = self.truth(dated.in_force).unwrap_or(Truth::True);
        if in_force == Truth::False {
            return None;
        }
        let holds = self.truth(dated.criteria).unwrap_or(Truth::True);
        let missing = dated
            .criteria
            .map(|node| program.missing(&self.evaluation, &self.values, node))
            .unwrap_or_default();
        // What rests on memory alone is never raised as boxed or as a contraindication.
        let severity = match (caution.status, caution.severity) {
            (Status::Memory, _) | (_, CautionSeverity::Caution) => "caution",
            (_, CautionSeverity::Contraindication) => "contraindication",
            (_, CautionSeverity::Boxed) => "boxed",
        };
        Some(Arc::new(wire::Caution {
            id: caution.id.clone(),
            medicine: medicine.map(str::to_owned),
            severity: severity.to_owned(),
            verdict: in_force.and(holds).into(),
            text: caution.text.clone(),
            source: caution.source.clone(),
            unverified: caution.status == Status::Memory,
            missing: self.fact_ids(missing),
        }))
    }
}

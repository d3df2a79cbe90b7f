//! Cautions of a regimen: those of its medicines and its own. They stand beside the verdict and never change it.

use super::Judged;
use super::shown::{Dated, OfRegimen};
use crate::bundle::{self, CautionSeverity, Status};
use crate::wire;
use std::sync::Arc;
use waymark_criteria::Truth;

impl Judged<'_> {
    pub(super) fn cautions(
        &self,
        regimen: &bundle::Regimen,
        shown: &OfRegimen,
    ) -> Vec<Arc<wire::Caution>> {
        let own = regimen.cautions.iter().zip(&shown.cautions);
        let own = own.filter_map(|(caution, dated)| self.caution(caution, None, dated));
        let of_medicines = self.shown_of(regimen).flat_map(|it| &it.cautions);
        own.chain(of_medicines.cloned()).collect()
    }

    pub(super) fn caution(
        &self,
        caution: &bundle::Caution,
        medicine: Option<&str>,
        dated: &Dated<wire::Caution>,
    ) -> Option<Arc<wire::Caution>> {
        let program = self.bundle.program();
        let in_force = self.truth(dated.in_force).unwrap_or(Truth::True);
        if in_force == Truth::False {
            return None;
        }
        let holds = self.truth(dated.criteria).unwrap_or(Truth::True);
        let missing = dated
            .criteria
            .map(|node| program.missing(&self.evaluation, &self.values, node))
            .unwrap_or_default();
        let verdict = in_force.and(holds);
        // What rests on memory alone is never raised as boxed or as a contraindication.
        let severity = match (caution.status, caution.severity) {
            (Status::Memory, _) | (_, CautionSeverity::Caution) => "caution",
            (_, CautionSeverity::Contraindication) => "contraindication",
            (_, CautionSeverity::Boxed) => "boxed",
        };
        let shown = |missing| wire::Caution {
            id: caution.id.clone(),
            medicine: medicine.map(str::to_owned),
            severity: severity.to_owned(),
            verdict: verdict.into(),
            text: caution.text.clone(),
            source: caution.source.clone(),
            unverified: caution.status == Status::Memory,
            missing,
        };
        Some(if missing.is_empty() {
            dated.made.of(verdict, || shown(Vec::new()))
        } else {
            Arc::new(shown(self.fact_ids(missing)))
        })
    }
}

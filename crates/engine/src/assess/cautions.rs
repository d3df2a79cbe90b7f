//! Cautions of a regimen: those of its medicines and its own. They stand beside the verdict and never change it.

use super::Judged;
use super::shown::{Dated, OfRegimen};
use crate::bundle::{self, CautionSeverity, Status};
use crate::wire::{self, Text};
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
        let mut cautions: Vec<_> = own.collect();
        for medicine in self.shown_of(shown) {
            cautions.extend_from_slice(&medicine.cautions);
        }
        cautions
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
        let alone = dated.made.of(verdict, || wire::Caution {
            id: Text::from(&caution.id),
            medicine: medicine.map(Text::from),
            severity: Text::from(severity),
            verdict: verdict.into(),
            text: Text::from(&caution.text),
            source: Text::from(&caution.source),
            unverified: caution.status == Status::Memory,
            missing: Vec::new(),
        });
        Some(if missing.is_empty() {
            alone
        } else {
            Arc::new(wire::Caution {
                missing: self.fact_ids(missing),
                ..wire::Caution::clone(&alone)
            })
        })
    }
}

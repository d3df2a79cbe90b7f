//! Since when the cancer is metastatic, and whether it was so from the start.

use super::disease::{Tie, from};
use super::timeline::{Seen, earliest};
use super::{Deriver, truth};
use crate::bundle::Derivation;
use crate::chart::{Cancer, Event, Intent, TherapyStatus};
use crate::facts::{Fact, WhyUnknown};
use waymark_criteria::{Bounds, DateBounds, Truth};

impl Deriver<'_> {
    /// The day on which distant metastasis was first found, as far as the record tells.
    pub(super) fn metastatic_since(&self) -> Fact {
        let metastatic = self.metastatic_fact();
        match truth(&metastatic) {
            Truth::True => {
                let since = self.metastatic_date().in_days();
                let mut dated = self.metastases();
                dated.extend(self.metastatic_tissue(Tie::Ours));
                let mut records = [metastatic.from, from(&dated)].concat();
                let untied = self.untied_metastases();
                if !untied.is_empty() {
                    records.extend(from(&untied));
                    records.extend(self.both_cancers());
                }
                let fact = Fact::bounds(since, records);
                if since.as_exact().is_some() {
                    fact
                } else {
                    fact.because(WhyUnknown::Unresolved)
                }
            }
            Truth::False | Truth::Unknown => Fact {
                why_unknown: metastatic.why_unknown.or(Some(WhyUnknown::NotRecorded)),
                ..Fact::bounds(Bounds::UNKNOWN, metastatic.from)
            },
        }
    }

    /// Metastatic when first found, or come back after early disease.
    ///
    /// The first is told only by a record that is stated to be complete, or by someone who says it: elsewhere early
    /// disease may be missing. A recurrence, treatment with an early-stage intent, or a lower stage before the metastasis says the second; no
    /// more than some days between the first diagnosis and the metastasis, and none of these, says the first. Time
    /// alone does not say the second: the first metastasis on record need not be the first.
    pub(super) fn de_novo(&self, within_days: i64) -> Fact {
        let metastatic = self.metastatic_fact();
        match truth(&metastatic) {
            Truth::True => {}
            Truth::False => {
                return Fact::truth(Truth::False, metastatic.from).inferred("not metastatic");
            }
            Truth::Unknown => {
                return Fact {
                    why_unknown: metastatic.why_unknown,
                    ..Fact::truth(Truth::Unknown, metastatic.from)
                };
            }
        }
        let since = self.metastatic_date();
        let early = self.early_disease(since, within_days);
        let diagnoses = self.first_diagnoses();
        let first = earliest(diagnoses.iter().map(|seen| seen.date));
        let with_it = first.is_some_and(|first| {
            let gap = since.high.zip(first.low);
            gap.is_some_and(|(high, low)| high <= low.add_days(within_days))
        });
        let records = [metastatic.from, from(&diagnoses), from(&early)].concat();
        match (early.is_empty(), with_it) {
            (true, true) if self.timeline.complete() => {
                Fact::truth(Truth::True, records).inferred(format!(
                    "metastasis within {within_days} days of the first diagnosis, and no sign of early disease before, in a record that is stated to be complete"
                ))
            }
            (true, true) => Fact::truth(Truth::Unknown, records)
                .because(WhyUnknown::Unresolved)
                .inferred(format!(
                    "metastasis within {within_days} days of the first diagnosis on record, but earlier disease may not be on record"
                )),
            (false, false) => Fact::truth(Truth::False, records)
                .inferred("early disease is on record before the metastasis"),
            (false, true) => Fact::truth(Truth::Unknown, records)
                .because(WhyUnknown::Conflict)
                .inferred("found with the first diagnosis, and yet early disease is on record"),
            (true, false) => Fact::truth(Truth::Unknown, records).because(WhyUnknown::Unresolved),
        }
    }

    /// Signs of early disease: a recurrence, treatment of early disease begun before the metastasis, a lower stage so
    /// many days before it.
    fn early_disease(&self, since: DateBounds, within_days: i64) -> Vec<Seen<'_>> {
        let sign = |seen: &&Seen<'_>| match &seen.entry.event {
            Event::Diagnosis(found) => found.recurrence && found.cancer == Cancer::Breast,
            Event::Therapy(therapy) => {
                let early = matches!(
                    therapy.intent,
                    Some(Intent::Neoadjuvant | Intent::Adjuvant | Intent::Curative)
                );
                early
                    && therapy.status != TherapyStatus::Planned
                    && seen.date.before(since) == Truth::True
            }
            Event::Stage(stage) => {
                let low =
                    stage.group.is_some_and(|group| group < 4) || stage.distant == Some(false);
                let ours = self.tie(stage.cancer.as_ref()) == Tie::Ours;
                let gap = since.low.zip(seen.date.high);
                let long_before =
                    gap.is_some_and(|(since, staged)| staged.add_days(within_days) < since);
                low && stage.distant != Some(true) && ours && long_before
            }
            _ => false,
        };
        let seen = self.timeline.seen.iter().filter(|seen| seen.certain);
        seen.filter(sign).copied().collect()
    }

    fn metastatic_fact(&self) -> Fact {
        self.fact_by(|rule| matches!(rule, Derivation::Metastatic {}))
            .unwrap_or_else(|| self.metastatic())
    }
}

//! What a record from which therapies may be missing makes sure of.
//!
//! A medicine that is not on record may have been given beside those that are, from the first day of a regimen or line
//! on. What seems to begin another one then goes on with what is left of it, and what seems to change after growth was
//! there before. Only substances of which no regimen holds two tell regimens apart. Where a course counts is taken from
//! the record, except where that rests on nothing having come before it.

use super::Deriver;
use super::disease::Advanced;
use super::setting::Phase;
use super::therapies::{Course, records};
use crate::bundle::Setting;
use crate::chart::Intent;
use crate::facts::{Fact, WhyUnknown};
use waymark_criteria::{Bounds, SortedSet, Truth};

impl<'a> Deriver<'a> {
    /// A count from the least and the greatest number that the therapies on record allow, and the number that is sure
    /// whatever else was given.
    pub(super) fn count(
        &self,
        (low, high): (i64, i64),
        sure: i64,
        from: &[&Course<'a>],
        setting: Setting,
    ) -> Fact {
        let (low, high) = (low.min(high), high.max(low));
        let closed = self.therapies_complete(setting) || self.nothing_counts(setting);
        let bounds = Bounds {
            low: Some(if closed { low } else { low.min(sure) }),
            high: closed.then_some(high),
        };
        let fact = Fact::bounds(bounds, records(from));
        if bounds.as_exact().is_some() {
            return fact;
        }
        let advanced = self.advanced();
        let placed = |course: &&Course<'a>| self.phase(course, &advanced).is_some();
        let settled = low == high && sure <= low && from.iter().all(placed);
        let fact = fact.because(if closed || !settled {
            WhyUnknown::Unresolved
        } else {
            WhyUnknown::NotRecorded
        });
        if closed || low == 0 {
            fact
        } else if sure < low {
            fact.inferred(format!(
                "{low} by what is on record, but medicines that are not on record may join them to fewer; and more may have been given"
            ))
        } else {
            fact.inferred("at least: more may have been given than the record holds")
        }
    }

    /// The number of regimens that are sure whatever else was given.
    pub(super) fn regimens_for_sure(
        &self,
        courses: &[&Course<'a>],
        drug: &str,
        parts: &[Phase],
    ) -> i64 {
        let advanced = self.advanced();
        let agents: Vec<(&Course<'a>, Option<Phase>)> = courses
            .iter()
            .filter(|course| course.certain && course.is_in(drug) == Truth::True)
            .map(|course| (*course, self.phase_for_sure(course, &advanced)))
            .filter(|(_, phase)| phase.map_or(parts.len() > 1, |phase| parts.contains(&phase)))
            .collect();
        let in_part = |part: &Phase| {
            if *part == Phase::Metastatic && self.therapies_complete(Setting::Metastatic) {
                let (least, _) = self.number_of_regimens(courses, drug, &[*part], &mut |_| {});
                return usize::try_from(least).unwrap_or_default();
            }
            let inside = agents.iter().filter(|(_, phase)| *phase == Some(*part));
            self.told_apart(inside.map(|(course, _)| *course))
        };
        let one_by_one: usize = parts.iter().map(in_part).sum();
        let together = self.told_apart(agents.iter().map(|(course, _)| *course));
        i64::try_from(one_by_one.max(together)).unwrap_or(i64::MAX)
    }

    /// The least number of regimens that these agents make, whatever they were given with.
    fn told_apart<'c>(&self, agents: impl Iterator<Item = &'c Course<'a>>) -> usize
    where
        'a: 'c,
    {
        let apart = &self.bundle.line_rules().apart;
        let (mut any, mut held) = (false, SortedSet::new());
        for agent in agents {
            any = true;
            held.extend(apart.iter().filter(|it| agent.is_in(it) == Truth::True));
        }
        held.len().max(usize::from(any))
    }

    /// The setting of a course where no earlier metastasis or growth that is missing from the record could change it.
    fn phase_for_sure(&self, course: &Course<'a>, advanced: &Advanced) -> Option<Phase> {
        let stated = matches!(course.intent, Some(Intent::Neoadjuvant | Intent::Adjuvant));
        let phase = self.phase(course, advanced);
        phase
            .filter(|phase| *phase == Phase::Metastatic || stated || advanced.truth == Truth::False)
    }
}

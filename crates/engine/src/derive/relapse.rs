//! Return of the cancer during, or soon after, early-stage therapy.
//!
//! "Within so many months" of completing a therapy is on or before the same calendar day that many months after its
//! last dose; a return during the therapy counts.

use super::Deriver;
use super::earlier::Earlier;
use super::setting::Phase;
use super::therapies::{Course, SYSTEMIC, records};
use crate::bundle::EarlyIntent;
use crate::chart::{Event, Intent, LocalTherapyKind, Place};
use crate::facts::{Fact, Provenance, WhyUnknown};
use waymark_criteria::{DateBounds, Truth};

/// What is asked.
pub(super) struct Asked<'q> {
    /// Class or medicine that the therapy must contain.
    pub(super) drug: Option<&'q str>,
    /// Class after which a return does not decide by itself.
    pub(super) undecided: Option<&'q str>,
    /// Which early-stage therapy counts.
    pub(super) intents: &'q [EarlyIntent],
    /// Calendar months after the last dose.
    pub(super) months: i64,
}

impl<'a> Deriver<'a> {
    /// Whether the cancer came back in time after a therapy that counts.
    pub(super) fn early_relapse(&self, asked: &Asked<'_>) -> Fact {
        let advanced = self.advanced();
        let returns = self.returns();
        let drug = asked.drug.unwrap_or(SYSTEMIC);
        let earlier = self.earlier(drug);
        if let Earlier::Contradicted(_) = earlier
            && let Some(conflict) = earlier.open()
        {
            return conflict;
        }
        let (mut surely, mut open, mut undecided) = (Vec::new(), Vec::new(), Vec::new());
        let (mut decided_false, mut maybe_matching, mut silent) = (Vec::new(), false, false);
        let never_back = advanced.truth == Truth::False && self.timeline.complete();
        for course in &self.courses {
            let matched = course.is_in(drug);
            let early = match self.phase(course, &advanced) {
                Some(Phase::Early) => Truth::True,
                Some(Phase::Metastatic) => Truth::False,
                None => Truth::Unknown,
            };
            let counts = early.and(self.accepted(course, asked.intents));
            if matched == Truth::False || counts == Truth::False {
                continue;
            }
            let weak = asked
                .undecided
                .map_or(Truth::False, |class| course.is_in(class));
            let sure = matched == Truth::True
                && counts == Truth::True
                && course.certain
                && weak != Truth::Unknown;
            let later = returns
                .iter()
                .filter(|(date, _, _)| course.start.on_or_before(*date) != Truth::False);
            let later: Vec<_> = later.cloned().collect();
            if later.is_empty() && !never_back {
                maybe_matching |= !sure;
                silent = true;
                continue;
            }
            let (came_back, records_of_return) = in_time(course, &later, asked.months);
            let together = [course.from.clone(), records_of_return].concat();
            match came_back {
                Truth::False if sure && weak == Truth::False => decided_false.push(course),
                Truth::False => maybe_matching = true,
                Truth::True | Truth::Unknown if weak == Truth::True => undecided.extend(together),
                Truth::True if sure => surely.push(together),
                Truth::True | Truth::Unknown => open.extend(together),
            }
        }
        if let Some(from) = surely.into_iter().next() {
            return Fact::truth(Truth::True, from)
                .inferred("the cancer came back during that therapy, or within the time after its last dose on record");
        }
        let unresolved = |from: Vec<Provenance>, why: &str| {
            Fact::truth(Truth::Unknown, from)
                .because(WhyUnknown::Unresolved)
                .inferred(why)
        };
        if !open.is_empty() {
            return unresolved(
                open,
                "dates, or the kind of an early-stage therapy, are not known well enough",
            );
        }
        if !undecided.is_empty() {
            return unresolved(
                undecided,
                "it came back in time after a kind of therapy that does not decide this alone",
            );
        }
        if silent {
            // A return that is not on record may have come: silence is no "no".
            return Fact::truth(Truth::Unknown, Vec::new());
        }
        if let Some(open) = earlier.open() {
            return open;
        }
        if !decided_false.is_empty() {
            return Fact::truth(Truth::False, records(&decided_false)).inferred(
                "no return of the cancer is on record in the time after the last dose on record",
            );
        }
        if let Earlier::Never(from) = earlier
            && !maybe_matching
        {
            return Fact::truth(Truth::False, from)
                .inferred("no such therapy before the disease was metastatic or unresectable");
        }
        if self.timeline.complete() {
            return Fact::truth(Truth::False, Vec::new())
                .inferred("no such early-stage therapy in a record that is stated to be complete");
        }
        let fact = Fact::truth(Truth::Unknown, Vec::new());
        if maybe_matching {
            fact.because(WhyUnknown::Unresolved)
        } else {
            fact
        }
    }

    /// Whether an early course is of a kind that counts: as recorded, else by the day of breast surgery.
    fn accepted(&self, course: &Course<'_>, intents: &[EarlyIntent]) -> Truth {
        let (before, after) = (
            intents.contains(&EarlyIntent::Neoadjuvant),
            intents.contains(&EarlyIntent::Adjuvant),
        );
        match course.intent {
            Some(Intent::Neoadjuvant) => return Truth::decided(before),
            Some(Intent::Adjuvant) => return Truth::decided(after),
            Some(Intent::Metastatic) => return Truth::False,
            Some(Intent::Curative) | None => {}
        }
        if before && after {
            return Truth::True;
        }
        let is_surgery = |event: &Event| {
            matches!(event, Event::LocalTherapy(done)
                if done.kind == LocalTherapyKind::Surgery && done.place == Place::Breast)
        };
        let mut landmarks = self.timeline.landmarks.iter();
        let Some(surgery) = landmarks.find(|seen| seen.certain && is_surgery(&seen.entry.event))
        else {
            return Truth::Unknown;
        };
        // A course on both sides of the operation is of both kinds.
        let neoadjuvant = course.start.before(surgery.date);
        let adjuvant = surgery.date.before(course.end);
        match (before, after) {
            (true, false) => neoadjuvant,
            (false, true) => adjuvant,
            (_, _) => Truth::False,
        }
    }
}

/// Whether the cancer came back after the course began and in time after its last dose.
fn in_time(
    course: &Course<'_>,
    returns: &[(DateBounds, bool, Vec<Provenance>)],
    months: i64,
) -> (Truth, Vec<Provenance>) {
    let mut any = Truth::False;
    let mut from = Vec::new();
    for (date, certain, records) in returns {
        let begun = course.start.on_or_before(*date);
        let in_time = date.on_or_before(course.end.add_months(months));
        let truth = begun.and(in_time);
        let truth = if *certain {
            truth
        } else {
            truth.and(Truth::Unknown)
        };
        if truth != Truth::False {
            from.extend(records.clone());
        }
        any = any.or(truth);
    }
    (any, from)
}

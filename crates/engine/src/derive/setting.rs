//! For which stage of the disease a course was given.
//!
//! The intent on record decides, except that cure may be meant of metastatic disease too, and that an early intent
//! cannot outlast the metastatic date. Without one, a course begun from some days before the metastatic date on is for
//! metastatic disease. One begun before that is early only for a reason, and only when it was over by then: metastatic
//! disease may have been written down long after it was found.

use super::Deriver;
use super::disease::{Advanced, Tie};
use super::therapies::Course;
use crate::chart::{Event, Intent, LocalTherapyKind, Place};
use waymark_criteria::{DateBounds, Truth};

/// Where a course counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Before or after surgery of early disease.
    Early,
    /// For metastatic or unresectable disease.
    Metastatic,
}

impl Deriver<'_> {
    /// The setting of a course; `None`: it cannot be told.
    pub(super) fn phase(&self, course: &Course<'_>, advanced: &Advanced) -> Option<Phase> {
        *advanced.phases[course.index].get_or_init(|| self.find_phase(course, advanced))
    }

    fn find_phase(&self, course: &Course<'_>, advanced: &Advanced) -> Option<Phase> {
        let rules = self.bundle.line_rules();
        let lead_days = rules.lead_days;
        match course.intent {
            Some(Intent::Neoadjuvant | Intent::Adjuvant) => {
                // An early intent on what began after the metastatic date, or surely went on for long after it,
                // contradicts that date.
                let begun = advanced.date.add_days(lead_days).before(course.start);
                let outlasts = advanced
                    .date
                    .add_months(rules.early_months)
                    .before(course.end);
                let past = begun.or(outlasts);
                (advanced.truth.and(past) != Truth::True).then_some(Phase::Early)
            }
            Some(Intent::Metastatic) => Some(Phase::Metastatic),
            Some(Intent::Curative) => {
                let after = advanced.date.on_or_before(course.start);
                (advanced.truth.and(after) == Truth::False).then_some(Phase::Early)
            }
            None => {
                let counted_from = advanced.date.add_days(-lead_days);
                let after = counted_from.on_or_before(course.start);
                match (advanced.truth, after) {
                    (Truth::False, _) => Some(Phase::Early),
                    (Truth::True, Truth::True) => Some(Phase::Metastatic),
                    (Truth::True, Truth::False) => self
                        .early_for_a_reason(course, advanced)
                        .then_some(Phase::Early),
                    (Truth::Unknown, _) | (Truth::True, Truth::Unknown) => None,
                }
            }
        }
    }

    /// Whether a course was over before the metastatic date, lies close to surgery of the breast or follows a stage
    /// below 4, and the cancer had not grown or come back when it began.
    fn early_for_a_reason(&self, course: &Course<'_>, advanced: &Advanced) -> bool {
        // What lies further off may belong to an illness that had long come back.
        let months = self.bundle.line_rules().early_months;
        let over = course.ended && course.end.before(advanced.date) == Truth::True;
        let by_then = |date: DateBounds| date.on_or_before(course.start) != Truth::False;
        let grown = self.progressions.iter().any(|found| by_then(found.date));
        let was_back = self.timeline.landmarks.iter().any(|seen| {
            let recurrence =
                matches!(&seen.entry.event, Event::Diagnosis(found) if found.recurrence);
            recurrence && by_then(seen.date)
        });
        over && !grown
            && !was_back
            && self.timeline.landmarks.iter().any(|seen| {
                let day = seen.date;
                let follows = || {
                    let close = course.start.on_or_before(day.add_months(months));
                    day.on_or_before(course.start).and(close)
                };
                let precedes = || {
                    let close = day.on_or_before(course.end.add_months(months));
                    let before = course.start.on_or_before(day).and(close);
                    before.and(day.before(advanced.date))
                };
                let tells = match &seen.entry.event {
                    Event::LocalTherapy(done)
                        if done.kind == LocalTherapyKind::Surgery
                            && done.place == Place::Breast =>
                    {
                        follows().or(precedes())
                    }
                    Event::Stage(stage)
                        if stage.group.is_some_and(|group| group < 4)
                            && stage.distant != Some(true)
                            && self.tie(stage.cancer.as_ref()) == Tie::Ours =>
                    {
                        follows()
                    }
                    _ => Truth::False,
                };
                seen.certain && tells == Truth::True
            })
    }
}

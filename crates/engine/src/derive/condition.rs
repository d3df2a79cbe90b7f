//! Conditions other than the cancer.

use super::Deriver;
use super::timeline::{Seen, latest};
use crate::chart::Event;
use crate::facts::{Fact, WhyUnknown};
use waymark_criteria::{DateBounds, Truth};

impl Deriver<'_> {
    /// A condition: present, stated to be absent, or, in a complete record where that means something, not listed.
    ///
    /// One that ends by itself follows the latest record, which says nothing of a day too long after it; that there was
    /// none is of its day alone. For any other condition a later "absent" does not undo an earlier "present": the two are a
    /// conflict, since a history of it may be what is asked; and an "absent" is of its day alone unless what came later would
    /// be on record.
    pub(super) fn condition(
        &self,
        condition: &str,
        absence_means_none: bool,
        holds_days: Option<i64>,
    ) -> Fact {
        let found: Vec<(Seen<'_>, bool)> = self
            .timeline
            .each(|event| match event {
                Event::Condition { id, present } if id == condition => Some(*present),
                _ => None,
            })
            .collect();
        let from =
            |of: &[&(Seen<'_>, bool)]| of.iter().map(|(seen, _)| seen.provenance()).collect();
        if found.is_empty() {
            return if self.timeline.complete() && absence_means_none {
                Fact::truth(Truth::False, Vec::new())
                    .inferred("not among the conditions of a record that is stated to be complete")
            } else {
                Fact::truth(Truth::Unknown, Vec::new())
            };
        }
        let certain: Vec<(Seen<'_>, bool)> = found
            .iter()
            .filter(|(seen, _)| seen.certain)
            .copied()
            .collect();
        let last = latest(&certain, |(seen, _)| seen.date);
        let Some((_, present)) = last.first().copied().copied() else {
            return Fact::truth(Truth::Unknown, from(&found.iter().collect::<Vec<_>>()))
                .because(WhyUnknown::Unresolved);
        };
        if last.iter().any(|(_, other)| *other != present) {
            return Fact::truth(Truth::Unknown, from(&last)).because(WhyUnknown::Conflict);
        }
        if found
            .iter()
            .any(|(seen, other)| !seen.certain && *other != present)
        {
            return Fact::truth(Truth::Unknown, from(&found.iter().collect::<Vec<_>>()))
                .because(WhyUnknown::Unresolved);
        }
        if let Some(holds) = holds_days {
            let day = last.iter().filter_map(|(seen, _)| seen.date.low).max();
            // That there was none is of its day alone; without a date it was said of the day asked for.
            let days = if present { holds } else { 0 };
            let recent = day.is_some_and(|day| day.add_days(days) >= self.timeline.as_of);
            let said_now = !present && last.iter().all(|(seen, _)| seen.undated());
            return if recent || said_now {
                Fact::truth(Truth::decided(present), from(&last))
            } else {
                Fact::truth(Truth::Unknown, from(&last))
                    .because(WhyUnknown::Unresolved)
                    .inferred("the record is too old, or undated, to say anything of this day")
            };
        }
        let everything: Vec<&(Seen<'_>, bool)> = certain.iter().collect();
        if !present && certain.iter().any(|(_, other)| *other) {
            return Fact::truth(Truth::Unknown, from(&everything))
                .because(WhyUnknown::Conflict)
                .inferred("on record as present, and later as absent");
        }
        let today = DateBounds::exact(self.timeline.as_of);
        let then = |(seen, _): &&(Seen<'_>, bool)| {
            !seen.undated() && seen.date.before(today) == Truth::True
        };
        if !present && !self.timeline.complete() && last.iter().all(then) {
            return Fact::truth(Truth::Unknown, from(&last))
                .because(WhyUnknown::Unresolved)
                .inferred("absent on that day; the record does not say what came later");
        }
        Fact::truth(Truth::decided(present), from(&last))
    }
}

//! Menopause. Age alone never decides it.

use super::Deriver;
use super::timeline::{Seen, latest};
use crate::chart::{Event, Sex};
use crate::facts::{Fact, WhyUnknown};
use waymark_criteria::Truth;

/// The words of menopause, which are also ids of conditions.
pub(super) const STATES: [&str; 3] = [POSTMENOPAUSAL, "premenopausal", "perimenopausal"];

/// After menopause.
pub(super) const POSTMENOPAUSAL: &str = "postmenopausal";

/// Whether a condition says something of menopause.
pub(super) fn is_status(id: &str) -> bool {
    STATES.contains(&id)
}

/// What the records say.
pub(super) struct Menopause {
    /// Postmenopausal?
    pub(super) postmenopausal: Fact,
    /// The one state that the latest records name.
    pub(super) word: Option<String>,
}

impl Deriver<'_> {
    /// The latest record of menopause. That it has not come says nothing of a day more than `holds_months` later.
    pub(super) fn menopause(&self, holds_months: Option<i64>) -> Menopause {
        let found: Vec<(Seen<'_>, (&str, bool))> = self
            .timeline
            .each(|event| match event {
                Event::Condition { id, present } if is_status(id) => Some((id.as_str(), *present)),
                _ => None,
            })
            .collect();
        let last = latest(&found, |(seen, _)| seen.date);
        let from = last.iter().map(|(seen, _)| seen.provenance()).collect();
        let open = Fact::truth(Truth::Unknown, from);
        let nothing = |postmenopausal| Menopause {
            postmenopausal,
            word: None,
        };
        if last.is_empty() {
            return nothing(if self.timeline.chart.patient.sex == Some(Sex::Male) {
                open.inferred("menopause does not apply to a man; whether a criterion that asks for it may be read otherwise is for the care team")
            } else {
                open
            });
        }
        // "Not premenopausal" alone tells nothing of the other two states.
        let says = |(state, present): (&str, bool)| match (state == POSTMENOPAUSAL, present) {
            (true, present) => Truth::decided(present),
            (false, true) => Truth::False,
            (false, false) => Truth::Unknown,
        };
        let truths: Vec<Truth> = last.iter().map(|(_, told)| says(*told)).collect();
        let (yes, no) = (
            truths.contains(&Truth::True),
            truths.contains(&Truth::False),
        );
        if yes && no {
            return nothing(open.because(WhyUnknown::Conflict));
        }
        if last.iter().any(|(seen, _)| !seen.certain) || !(yes || no) {
            return nothing(open.because(WhyUnknown::Unresolved));
        }
        let held = |seen: &Seen<'_>| {
            let Some(months) = holds_months else {
                return true;
            };
            let until = seen.date.low.map(|day| day.add_months(months));
            seen.undated() || until.is_some_and(|until| until >= self.timeline.as_of)
        };
        if no && !last.iter().all(|(seen, _)| held(seen)) {
            let old = open.because(WhyUnknown::Unresolved);
            return nothing(old.inferred(
                "the record says not past menopause, and is too old to say so of this day",
            ));
        }
        let mut words: Vec<&str> = last
            .iter()
            .filter(|(_, (_, present))| *present)
            .map(|(_, (state, _))| *state)
            .collect();
        words.dedup();
        let word = match words[..] {
            [word] => Some(word.to_owned()),
            _ => None,
        };
        Menopause {
            postmenopausal: Fact::truth(Truth::decided(yes), open.from),
            word,
        }
    }
}

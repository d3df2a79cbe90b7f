//! Maintenance after induction: first-line chemotherapy is over, and the cancer has not grown.

use super::Deriver;
use super::rows::{Reading, orders};
use super::setting::Phase;
use super::therapies::{CHEMOTHERAPY, Course, HER2_TARGETED, records};
use crate::bundle::Setting;
use crate::chart::{Event, Trend};
use crate::facts::{Fact, WhyUnknown};
use waymark_criteria::Truth;

impl<'a> Deriver<'a> {
    /// Whether first-line chemotherapy with a class is over and the cancer has not grown since the line began.
    pub(super) fn induction_without_progression(&self, drug: &str) -> Fact {
        let courses = self.metastatic_courses();
        let all: Vec<&Course<'a>> = courses.iter().map(|(course, _)| *course).collect();
        let given = courses.iter().filter(|(_, surely)| *surely);
        let surely: Vec<&Course<'a>> = given.map(|(course, _)| *course).collect();
        let complete = self.timeline.complete();
        if all.is_empty() {
            let none = self.therapies_complete(Setting::Metastatic);
            return if none || self.nothing_counts(Setting::Metastatic) {
                Fact::truth(Truth::False, Vec::new())
                    .inferred("no therapy for metastatic disease on record")
            } else {
                Fact::truth(Truth::Unknown, Vec::new())
            };
        }
        let open = |why: &str| {
            Fact::truth(Truth::Unknown, records(&all))
                .because(WhyUnknown::Unresolved)
                .inferred(why)
        };
        // Whichever came first, the first line had begun by then.
        let grew = |course: &Course<'a>| {
            let found = self.progressions.iter();
            found
                .filter(|found| found.certain)
                .find(|found| self.grown_since(course, found) == Truth::True)
        };
        if let Some((course, progression)) = surely
            .iter()
            .find_map(|course| Some((course, grew(course)?)))
        {
            return Fact::truth(
                Truth::False,
                [course.from.clone(), progression.from.clone()].concat(),
            )
            .inferred("the cancer grew since the first line began");
        }
        let one_order = orders(&all).is_some_and(|orders| orders.len() == 1);
        let lines = self.lines(&surely, Reading::Least).lines;
        let Some(first) = lines
            .first()
            .filter(|_| surely.len() == all.len() && one_order)
        else {
            return open(
                "it cannot be told which therapy was for metastatic disease, or which came first",
            );
        };
        let grew_since = self
            .progressions
            .iter()
            .any(|progression| first.start.before(progression.date) != Truth::False);
        let all_there = self.therapies_complete(Setting::Metastatic);
        let another_regimen =
            || self.regimens_for_sure(&surely, HER2_TARGETED, &[Phase::Metastatic]) > 1;
        if lines.len() > 1 && (all_there || another_regimen()) {
            return Fact::truth(Truth::False, records(&surely)).inferred("a second line was begun");
        }
        if grew_since || self.lines(&all, Reading::Most).lines.len() > 1 {
            return open(
                "it cannot be told whether the cancer grew, or a second line began, since",
            );
        }
        let given = |class: &str| -> (Vec<&Course<'a>>, bool) {
            let yes = first
                .courses
                .iter()
                .filter(|course| course.is_in(class) == Truth::True);
            let maybe = first
                .courses
                .iter()
                .any(|course| course.is_in(class) == Truth::Unknown);
            (yes.copied().collect(), maybe)
        };
        let ((chemotherapy, maybe_chemotherapy), (with, maybe_with)) =
            (given(CHEMOTHERAPY), given(drug));
        if chemotherapy.is_empty() || with.is_empty() {
            let never = (!maybe_chemotherapy || !chemotherapy.is_empty())
                && (!maybe_with || !with.is_empty());
            return if complete && never {
                Fact::truth(Truth::False, records(&first.courses))
                    .inferred("the first line did not contain both, in a record that is stated to be complete")
            } else {
                open("the record does not hold both parts of a first line")
            };
        }
        if chemotherapy.iter().any(|course| course.ongoing) {
            return if complete {
                Fact::truth(Truth::False, records(&chemotherapy))
                    .inferred("the chemotherapy is still given")
            } else {
                open("the chemotherapy is not on record as over")
            };
        }
        if maybe_chemotherapy || chemotherapy.iter().any(|course| !course.ended) {
            return open("the end of the chemotherapy is not on record");
        }
        if !complete {
            // A partial record cannot tell that the first line on record was the first, nor that nothing grew.
            return open(
                "an earlier therapy for metastatic disease, or growth, may not be on record",
            );
        }
        let quiet = self
            .timeline
            .seen
            .iter()
            .find(|seen| match &seen.entry.event {
                Event::Status(status) => {
                    status.trend != Trend::Progression
                        && seen.certain
                        && chemotherapy
                            .iter()
                            .all(|course| course.end.before(seen.date) == Truth::True)
                }
                _ => false,
            });
        let mut from = records(&first.courses);
        let why = if let Some(seen) = quiet {
            from.push(seen.provenance());
            "first-line chemotherapy is over, and the disease was stable or better after it"
        } else {
            "first-line chemotherapy is over, and no growth is on record"
        };
        Fact::truth(Truth::True, from).inferred(why)
    }
}

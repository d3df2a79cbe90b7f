//! Lines of systemic therapy for metastatic or unresectable disease.
//!
//! No published rule is specific to this disease; this is our own reading, assembled from published ones. A line is
//! its first drug and every drug started within the window. Growth followed by a new drug begins the next line; so
//! does a new drug after the window, except endocrine therapy, a chemotherapy exchanged for one of its class or beside
//! a medicine aimed at HER2, and another product of the same substance. Restarting the same drugs after a pause of any
//! length, dropping a drug, supportive medicines and local therapy never do.

use super::Deriver;
use super::progression::Progression;
use super::regimens::{grew_between, within};
use super::rows::{Reading, Unidentified, choices, orders, supposed};
use super::setting::Phase;
use super::therapies::{
    CHEMOTHERAPY, Course, ENDOCRINE, HER2_TARGETED, SYSTEMIC, WITH_ENDOCRINE, records,
};
use crate::bundle::{Derivation, Setting};
use crate::chart::{Event, Trend};
use crate::facts::{Fact, WhyUnknown};
use std::collections::BTreeSet;
use waymark_criteria::{DateBounds, Truth};

/// A line of therapy.
pub(super) struct Line<'c, 'a> {
    /// Its first day.
    pub(super) start: DateBounds,
    /// What was begun in it.
    pub(super) courses: Vec<&'c Course<'a>>,
    ingredients: BTreeSet<String>,
    /// Drugs of the line before that may have gone on.
    maybe: BTreeSet<String>,
}

impl<'a> Deriver<'a> {
    /// The number of lines begun.
    pub(super) fn current_line(&self, window_days: i64, lead_days: i64) -> Fact {
        let courses = self.metastatic_courses(lead_days);
        let from: Vec<&Course<'a>> = courses.iter().map(|(course, _)| *course).collect();
        let (least, most) = self.number_of_lines(&courses, window_days);
        self.count(least, most, &from, Setting::Metastatic)
    }

    /// The least and the greatest number of lines that the record allows.
    fn number_of_lines(&self, courses: &[(&Course<'a>, bool)], window_days: i64) -> (i64, i64) {
        let options: Vec<Vec<Option<&Course<'a>>>> = courses
            .iter()
            .map(|(course, surely)| {
                if *surely {
                    vec![Some(*course)]
                } else {
                    vec![None, Some(*course)]
                }
            })
            .collect();
        let crude = |row: usize, sure: bool| {
            let most = i64::try_from(row).unwrap_or(i64::MAX);
            (i64::from(sure), most)
        };
        let Some(rows) = choices(&options) else {
            return crude(courses.len(), courses.iter().any(|(_, surely)| *surely));
        };
        let number = |row: &[&Course<'a>]| -> (i64, i64) {
            let Some(orders) = orders(row) else {
                return crude(row.len(), true);
            };
            let counts = |reading| {
                let lines = |order: &Vec<_>| self.lines(order, window_days, reading).len();
                let counts: Vec<usize> = orders.iter().map(lines).collect();
                counts
            };
            let least = counts(Reading::Least).into_iter().min().unwrap_or(0);
            let most = counts(Reading::Most).into_iter().max().unwrap_or(0);
            let number = |count| i64::try_from(count).unwrap_or(i64::MAX);
            (number(least), number(most))
        };
        let numbers: Vec<(i64, i64)> = rows
            .into_iter()
            .flat_map(|row| {
                let row: Vec<&Course<'a>> = row.into_iter().flatten().collect();
                let mut numbers = vec![number(&row)];
                for told in supposed(&row) {
                    numbers.push(number(&told.iter().collect::<Vec<_>>()));
                }
                numbers
            })
            .collect();
        let least = numbers.iter().map(|(least, _)| *least).min();
        let most = numbers.iter().map(|(_, most)| *most).max();
        (least.unwrap_or(0), most.unwrap_or(0))
    }

    /// Courses begun, or perhaps begun, for metastatic disease against the cancer; with each whether it surely was.
    fn metastatic_courses(&self, lead_days: i64) -> Vec<(&Course<'a>, bool)> {
        let advanced = self.advanced();
        let inside = self.courses.iter().filter_map(|course| {
            let there = match self.phase(course, &advanced, lead_days) {
                Some(Phase::Metastatic) => Truth::True,
                Some(Phase::Early) => Truth::False,
                None => Truth::Unknown,
            };
            let counts = course.is_in(SYSTEMIC).and(there);
            let surely = counts == Truth::True && course.certain;
            (counts != Truth::False).then_some((course, surely))
        });
        inside.collect()
    }

    /// The lines in a row of courses, which are sorted by start.
    fn lines<'c>(
        &self,
        courses: &[&'c Course<'a>],
        window: i64,
        reading: Reading,
    ) -> Vec<Line<'c, 'a>> {
        let mut unidentified = Unidentified::among(courses);
        let mut lines: Vec<Line<'c, 'a>> = Vec::new();
        for course in courses {
            let day = course.start;
            let fresh = match lines.last() {
                None => true,
                Some(line) => {
                    let advances = advances(line, course, &self.progressions, window);
                    let before: BTreeSet<String> =
                        line.ingredients.union(&line.maybe).cloned().collect();
                    let new = course.ingredients.difference(&before).cloned().collect();
                    reading.holds(unidentified.doubt(advances, &new, &before, reading))
                }
            };
            if !fresh {
                if let Some(line) = lines.last_mut() {
                    line.courses.push(course);
                    line.ingredients.extend(course.ingredients.iter().cloned());
                }
                continue;
            }
            let mut line = Line {
                start: day,
                courses: vec![course],
                ingredients: course.ingredients.clone(),
                maybe: BTreeSet::new(),
            };
            for earlier in lines.iter().flat_map(|line| &line.courses) {
                let gone_on = earlier.ingredients.iter().cloned();
                match earlier.goes_on_at(day) {
                    Truth::True => line.ingredients.extend(gone_on),
                    Truth::Unknown => line.maybe.extend(gone_on),
                    Truth::False => {}
                }
            }
            lines.push(line);
        }
        lines
    }

    /// Whether first-line chemotherapy with a class is over and the cancer has not grown since the line began.
    pub(super) fn induction_without_progression(&self, drug: &str) -> Fact {
        let (window, lead) = self
            .bundle
            .content()
            .facts
            .iter()
            .find_map(|fact| match fact.derivation {
                Derivation::CurrentLine {
                    window_days,
                    lead_days,
                } => Some((window_days, lead_days)),
                _ => None,
            })
            .unwrap_or((0, 0));
        let courses = self.metastatic_courses(lead);
        let all: Vec<&Course<'a>> = courses.iter().map(|(course, _)| *course).collect();
        let given = courses.iter().filter(|(_, surely)| *surely);
        let surely: Vec<&Course<'a>> = given.map(|(course, _)| *course).collect();
        let complete = self.timeline.complete();
        if all.is_empty() {
            return if complete || self.nothing_counts(Setting::Metastatic) {
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
                .find(|found| course.start.before(found.date) == Truth::True)
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
        let lines = self.lines(&surely, window, Reading::Least);
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
        if lines.len() > 1 {
            return Fact::truth(Truth::False, records(&surely)).inferred("a second line was begun");
        }
        if grew_since || self.lines(&all, window, Reading::Most).len() > 1 {
            return open(
                "dates do not tell whether the cancer grew, or a second line began, since",
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

/// Whether a course begins a new line.
fn advances(
    line: &Line<'_, '_>,
    course: &Course<'_>,
    progressions: &[Progression],
    window: i64,
) -> Truth {
    let new: BTreeSet<&String> = course.ingredients.difference(&line.ingredients).collect();
    if new.is_empty() {
        return Truth::False;
    }
    let grew = grew_between(progressions, line.start, course.start);
    let in_window = within(line.start, course.start, window);
    let advances = grew.or((!in_window).and(!exempt(line, course)));
    // A drug that may never have stopped is not surely new.
    if new
        .iter()
        .all(|ingredient| line.maybe.contains(*ingredient))
    {
        advances.and(Truth::Unknown)
    } else {
        advances
    }
}

/// Whether a new drug leaves the line as it is, as long as the cancer has not grown.
fn exempt(line: &Line<'_, '_>, course: &Course<'_>) -> Truth {
    let any = |truth: &dyn Fn(&Course<'_>) -> Truth| {
        let truths = line.courses.iter().map(|other| truth(other));
        truths.fold(Truth::False, Truth::or)
    };
    let same_class = any(&|other| course.shares_class(other));
    let partner_of_her2 = any(&|other| other.is_in(HER2_TARGETED));
    let exchanged = course
        .is_in(CHEMOTHERAPY)
        .and(same_class.or(partner_of_her2));
    let endocrine = course.is_in(ENDOCRINE).or(course.is_in(WITH_ENDOCRINE));
    endocrine.or(exchanged)
}

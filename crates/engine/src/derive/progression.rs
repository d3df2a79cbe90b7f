//! Growth of the cancer: when, and on which therapy.

use super::Deriver;
use super::setting::Phase;
use super::steps::{Step, World};
use super::therapies::{CHEMOTHERAPY, Counting, Course, HER2_TARGETED, SYSTEMIC, records};
use super::timeline::{Timeline, latest};
use crate::bundle::Setting;
use crate::chart::{Completeness, Event, Trend};
use crate::facts::{Fact, Provenance, WhyUnknown};
use waymark_criteria::{Bounds, DateBounds, SortedSet, Truth};

/// The cancer grew.
#[derive(Clone, Debug)]
pub(super) struct Progression {
    /// When it was found.
    pub(super) date: DateBounds,
    /// Surely by the day asked for.
    pub(super) certain: bool,
    /// The place of the course that was stopped for it.
    stopped: Option<usize>,
    /// The records.
    pub(super) from: Vec<Provenance>,
}

impl Progression {
    /// Whether it is why a course was stopped: then it came after the start, whatever is known of the days.
    pub(super) fn ended(&self, course: &Course<'_>) -> bool {
        self.stopped == Some(course.index)
    }
}

/// Every growth on record: found as such, or the reason why a therapy was stopped.
pub(super) fn progressions(timeline: &Timeline<'_>, courses: &[Course<'_>]) -> Vec<Progression> {
    let mut found: Vec<Progression> = timeline
        .each(|event| match event {
            Event::Status(status) if status.trend == Trend::Progression => Some(()),
            _ => None,
        })
        .map(|(seen, ())| Progression {
            date: seen.date,
            certain: seen.certain,
            stopped: None,
            from: vec![seen.provenance()],
        })
        .collect();
    let stopped = courses
        .iter()
        .filter(|course| course.progression != Truth::False);
    found.extend(stopped.map(|course| Progression {
        date: course.end,
        certain: course.certain && course.progression == Truth::True,
        stopped: Some(course.index),
        from: course.from.clone(),
    }));
    found
}

impl<'a> Deriver<'a> {
    /// The day of the latest growth on record.
    pub(super) fn last_progression(&self) -> Fact {
        let (certain, possible): (Vec<&Progression>, Vec<&Progression>) = self
            .progressions
            .iter()
            .partition(|progression| progression.certain);
        if certain.is_empty() {
            let from: Vec<Provenance> = possible.iter().flat_map(|it| it.from.clone()).collect();
            let fact = Fact::bounds(Bounds::UNKNOWN, from);
            return if possible.is_empty() {
                fact
            } else {
                fact.because(WhyUnknown::Unresolved)
            };
        }
        let last = latest(&certain, |progression| progression.date);
        let of = |growth: &Progression| growth.from.clone();
        let mut from: Vec<Provenance> = last.iter().flat_map(|it| of(it)).collect();
        let days = |of: &[&Progression]| -> Vec<Bounds> {
            of.iter().map(|it| it.date.in_days()).collect()
        };
        let low = days(&certain).iter().filter_map(|day| day.low).max();
        let all = [days(&certain), days(&possible)].concat();
        let high = all.iter().map(|day| day.high);
        let high = high.collect::<Option<Vec<i64>>>();
        let high = high.and_then(|high| high.into_iter().max());
        // Growth that may have been, and may be the latest, is a reason why the day is open.
        let later = |it: &&&Progression| it.date.in_days().high.is_none_or(|day| low < Some(day));
        from.extend(possible.iter().filter(later).flat_map(|it| of(it)));
        let fact = Fact::bounds(Bounds { low, high }, from);
        if fact.why_unknown.is_some() {
            fact.because(WhyUnknown::Unresolved)
        } else {
            fact
        }
    }

    /// Whether the cancer grew while a medicine of a class was given.
    ///
    /// Growth between the last dose on record and the next systemic therapy, or on a course whose end is not on
    /// record after another therapy began, may count and decides nothing.
    pub(super) fn progressed_on(&self, drug: &str, setting: Setting) -> Fact {
        let counting = self.counting(drug, setting);
        let (returns, advanced) = (self.returns(), self.advanced());
        let mut open = Vec::new();
        let all = counting.surely.iter().map(|course| (*course, true));
        let all = all.chain(counting.maybe.iter().map(|course| (*course, false)));
        for (course, surely) in all {
            if course.progression != Truth::False {
                if surely && course.progression == Truth::True {
                    return Fact::truth(Truth::True, course.from.clone());
                }
                open.extend(course.from.clone());
                continue;
            }
            for progression in &self.progressions {
                let (during, replacing) = self.during(course, progression);
                let together = [course.from.clone(), progression.from.clone()].concat();
                match during {
                    Truth::True if surely && progression.certain => {
                        return Fact::truth(Truth::True, together)
                            .inferred("the cancer grew while it was given");
                    }
                    Truth::False => {}
                    Truth::True | Truth::Unknown => {
                        open.extend(together);
                        open.extend(replacing);
                    }
                }
            }
            // Disease that returns during early therapy grew on it, but is recorded as a diagnosis.
            let metastatic = self.phase(course, &advanced) == Some(Phase::Metastatic);
            for (date, _, from) in returns.iter().filter(|_| !metastatic) {
                let inside = course
                    .start
                    .before(*date)
                    .and(date.on_or_before(course.end));
                if inside != Truth::False {
                    open.extend([course.from.clone(), from.clone()].concat());
                }
            }
        }
        if !open.is_empty() {
            return Fact::truth(Truth::Unknown, open)
                .because(WhyUnknown::Unresolved)
                .inferred("the cancer grew, but it cannot be told whether while this was given");
        }
        if !counting.surely.is_empty() || !counting.maybe.is_empty() {
            let given = records(&[counting.surely, counting.maybe].concat());
            return if self.timeline.complete() {
                Fact::truth(Truth::False, given)
                    .inferred("no growth on it in a record that is stated to be complete")
            } else {
                Fact::truth(Truth::Unknown, Vec::new())
            };
        }
        let none = Counting {
            surely: Vec::new(),
            maybe: Vec::new(),
        };
        self.none_of(
            drug,
            &none,
            setting,
            "not given, in a record that is stated to be complete",
        )
    }

    /// Whether the cancer grew after the first day of the latest regimen with a class for metastatic disease, while it
    /// was given or afterwards. Where the record leaves open which regimen is the latest, growth must have come after
    /// the first day of each that may be. The latest on record counts as the latest.
    pub(super) fn progressed_since_latest_regimen(&self, drug: &str) -> Fact {
        let none = |why: &str| {
            let none = Counting {
                surely: Vec::new(),
                maybe: Vec::new(),
            };
            self.none_of(drug, &none, Setting::Metastatic, why)
        };
        if self.progressions.is_empty() && self.timeline.record == Completeness::Partial {
            return none("");
        }
        let systemic = self.systemic_or(drug);
        let mut worlds = SortedSet::new();
        let mut from: Vec<Provenance> = Vec::new();
        self.number_of_regimens(&systemic, drug, &[Phase::Metastatic], &mut |world| {
            let steps = match world {
                World::Told(steps) => *steps,
                World::TooMany(courses) => {
                    let begun = courses.iter().map(|course| &self.courses[*course]);
                    from.extend(begun.flat_map(|course| course.from.clone()));
                    let some = Truth::decided(!self.progressions.is_empty());
                    worlds.insert(Some(some.and(Truth::Unknown)));
                    return;
                }
            };
            let Some(first) = steps.iter().rev().find(|step| step.begins) else {
                worlds.insert(None);
                return;
            };
            let first_course = &self.courses[first.course];
            from.extend(first_course.from.clone());
            let mut grew = Truth::False;
            for found in &self.progressions {
                let of_it =
                    |step: &Step| Some(step.course) == found.stopped && step.number == first.number;
                let mut since = if steps.iter().any(of_it) {
                    Truth::True
                } else {
                    self.grown_since(first_course, found)
                };
                if !found.certain {
                    since = since.and(Truth::Unknown);
                }
                if since != Truth::False {
                    from.extend(found.from.clone());
                }
                grew = grew.or(since);
            }
            worlds.insert(Some(grew));
        });
        let told: Vec<Option<Truth>> = worlds.into_iter().collect();
        if let [None] | [] = told.as_slice() {
            return none(
                "no such regimen for metastatic disease, in a record that is stated to be complete",
            );
        }
        match told.as_slice() {
            [Some(Truth::True)] if self.timeline.complete() => Fact::truth(Truth::True, from)
                .inferred("the cancer grew after the first day of the latest regimen"),
            [Some(Truth::True)] => Fact::truth(Truth::True, from).inferred(
                "the cancer grew after the first day of the latest regimen on record; one begun since may be missing from it",
            ),
            [Some(Truth::False)] | [None, Some(Truth::False)] if self.timeline.complete() => {
                Fact::truth(Truth::False, from).inferred(
                    "no growth since the latest regimen began, in a record that is stated to be complete",
                )
            }
            _ if self.progressions.is_empty() => {
                Fact::truth(Truth::Unknown, Vec::new())
            }
            [Some(Truth::False)] => Fact::truth(Truth::Unknown, from)
                .because(WhyUnknown::Unresolved)
                .inferred("the growth on record came before the latest regimen, and it is not told whether the cancer grew since"),
            _ => Fact::truth(Truth::Unknown, from)
                .because(WhyUnknown::Unresolved)
                .inferred("it cannot be told which regimen is the latest, or whether the cancer grew before it or since"),
        }
    }

    /// Whether the cancer grew since a course began. A course does not treat what was found on its first day, and what is
    /// found in its first days may have grown before it, unless it was stopped for that.
    pub(super) fn grown_since(&self, course: &Course<'_>, found: &Progression) -> Truth {
        if found.ended(course) {
            return Truth::True;
        }
        let days = self.bundle.line_rules().start_days;
        let later = course.start.add_days(days).before(found.date);
        let begun = course.start.before(found.date);
        begun.and(later.or(Truth::Unknown))
    }

    /// Whether growth was found while a course was given, and the records of what may have taken its place by then.
    fn during(&self, course: &Course<'a>, progression: &Progression) -> (Truth, Vec<Provenance>) {
        let date = progression.date;
        let begun = self.grown_since(course, progression);
        let between = |other: &&Course<'a>| {
            let changes_treatment =
                other.is_in(CHEMOTHERAPY).or(other.is_in(HER2_TARGETED)) != Truth::False;
            other.name != course.name
                && other.is_in(SYSTEMIC) != Truth::False
                && changes_treatment
                && course.start.before(other.start) != Truth::False
                && other.start.before(date) != Truth::False
        };
        let replacing: Vec<&Course<'a>> = self.courses.iter().filter(between).collect();
        let during = if course.ended {
            self.before_the_end(course, begun, date)
        } else if course.ongoing && replacing.is_empty() {
            begun
        } else {
            begun.and(date.on_or_before(course.end))
        };
        (during, records(&replacing))
    }

    /// Whether growth was found on or before the last dose of a course; `begun`: after its first.
    fn before_the_end(&self, course: &Course<'a>, begun: Truth, date: DateBounds) -> Truth {
        let inside = begun.and(date.on_or_before(course.end));
        if inside != Truth::False || begun == Truth::False {
            return inside;
        }
        // What is found in the first days of the next treatment may have grown before it.
        let days = self.bundle.line_rules().start_days;
        let after_a_change = self.courses.iter().any(|other| {
            other.is_in(SYSTEMIC) == Truth::True
                && course.end.before(other.start) == Truth::True
                && other.start.add_days(days).before(date) == Truth::True
        });
        let still_given = self.courses.iter().any(|other| {
            !std::ptr::eq(other, course)
                && other.is_in(SYSTEMIC) == Truth::True
                && other.start.on_or_before(course.end) == Truth::True
                && (other.ongoing || course.end.before(other.end) == Truth::True)
        });
        if after_a_change || still_given {
            Truth::False
        } else {
            Truth::Unknown
        }
    }
}

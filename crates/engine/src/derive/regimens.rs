//! Counting regimens.
//!
//! A new regimen begins when an agent of the class is added or exchanged, or when the cancer grew and any drug
//! changes. The same one goes on through another product of the same substance, dropping a drug, adding or changing
//! endocrine therapy, a chemotherapy partner changed without growth, a pause of any length without growth, and local
//! therapy. Drugs started within the window of a regimen's first day belong to its start.

use super::Deriver;
use super::progression::Progression;
use super::therapies::{Course, Match, Phase, SYSTEMIC, records};
use crate::bundle::{Derivation, Setting};
use crate::facts::{Fact, WhyUnknown};
use std::collections::BTreeSet;
use waymark_criteria::{Bounds, DateBounds, Truth};

/// Days within which drugs belong to one start, where the knowledge base names none.
const WINDOW_DAYS: i64 = 28;

/// Which courses are agents of the class, beside those that surely are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Count as little as the record allows.
    Least,
    /// Count as much as the record allows.
    Most,
}

impl Reading {
    /// An open question, answered in the sense of the reading.
    pub(super) fn holds(self, question: Truth) -> bool {
        match question {
            Truth::True => true,
            Truth::False => false,
            Truth::Unknown => self == Reading::Most,
        }
    }
}

/// A regimen under way.
struct Regimen {
    start: DateBounds,
    agents: BTreeSet<String>,
    /// Agents of the regimen before that may have gone on.
    maybe: BTreeSet<String>,
    partners: BTreeSet<String>,
}

impl<'a> Deriver<'a> {
    /// The number of distinct regimens that contain a class, begun in a setting.
    pub(super) fn prior_regimens(&self, drug: &str, setting: Setting, lead_days: i64) -> Fact {
        let advanced = self.advanced();
        let systemic: Vec<&Course<'a>> = self
            .courses
            .iter()
            .filter(|course| course.is_in(SYSTEMIC) != Match::No || course.is_in(drug) != Match::No)
            .collect();
        let phase = |course: &Course<'a>| Deriver::phase(course, &advanced, lead_days);
        // A course whose setting is open stands in a part only where it is put there.
        let counts = |part: Phase, with_open: bool, reading: Reading| -> (i64, i64) {
            let chosen = |unsure: bool| -> Vec<&Course<'a>> {
                let inside = systemic.iter().filter(|course| match phase(course) {
                    None => with_open,
                    Some(phase) => phase == part,
                });
                let inside = inside.filter(|course| unsure || course.certain);
                inside.copied().collect()
            };
            let numbers =
                [false, true].map(|unsure| self.tally(drug, &chosen(unsure), reading, unsure));
            (numbers[0].min(numbers[1]), numbers[0].max(numbers[1]))
        };
        let (low, high) = match setting {
            Setting::Metastatic | Setting::Early => {
                let part = if setting == Setting::Early {
                    Phase::Early
                } else {
                    Phase::Metastatic
                };
                let least = [false, true].map(|open| counts(part, open, Reading::Least).0);
                let most = [false, true].map(|open| counts(part, open, Reading::Most).1);
                (least[0].min(least[1]), most[0].max(most[1]))
            }
            Setting::Any => {
                let sum = |early: bool, metastatic: bool, reading| {
                    let early = counts(Phase::Early, early, reading);
                    let metastatic = counts(Phase::Metastatic, metastatic, reading);
                    (early.0 + metastatic.0, early.1 + metastatic.1)
                };
                let open = systemic
                    .iter()
                    .filter(|course| phase(course).is_none())
                    .count();
                let least = [(true, false), (false, true)]
                    .map(|(early, metastatic)| sum(early, metastatic, Reading::Least).0);
                let most = [(true, false), (false, true)]
                    .map(|(early, metastatic)| sum(early, metastatic, Reading::Most).1);
                // Several such courses may stand some in the one part and some in the other.
                if open > 1 {
                    let least = least[0]
                        .min(least[1])
                        .min(sum(false, false, Reading::Least).0);
                    (least, sum(true, true, Reading::Most).1)
                } else {
                    (least[0].min(least[1]), most[0].max(most[1]))
                }
            }
        };
        let from: Vec<&Course<'a>> = systemic
            .iter()
            .filter(|course| course.is_in(drug) != Match::No)
            .filter(|course| match setting {
                Setting::Any => true,
                Setting::Metastatic => phase(course) != Some(Phase::Early),
                Setting::Early => phase(course) != Some(Phase::Metastatic),
            })
            .copied()
            .collect();
        let carried_on = setting == Setting::Metastatic
            && systemic.iter().any(|course| {
                course.is_in(drug) == Match::Yes
                    && phase(course) == Some(Phase::Early)
                    && advanced.truth == Truth::True
                    && advanced.date.before(course.end) == Truth::True
            });
        let fact = self.count(low, high, &from, setting);
        if carried_on {
            fact.inferred("a course begun before the metastatic disease and continued after it is not counted")
        } else {
            fact
        }
    }

    /// A count from the least and the greatest number that the record allows.
    pub(super) fn count(
        &self,
        low: i64,
        high: i64,
        from: &[&Course<'a>],
        setting: Setting,
    ) -> Fact {
        let closed = self.timeline.complete() || self.nothing_counts(setting);
        let bounds = Bounds {
            low: Some(low.min(high)),
            high: closed.then_some(high.max(low)),
        };
        let fact = Fact::bounds(bounds, records(from));
        if bounds.as_exact().is_some() {
            fact
        } else if closed {
            fact.because(WhyUnknown::Unresolved)
        } else {
            let inferred = "at least: more may have been given than the record holds";
            let fact = fact.because(WhyUnknown::NotRecorded);
            if low > 0 {
                fact.inferred(inferred)
            } else {
                fact
            }
        }
    }

    /// The window that the knowledge base names for a line.
    fn window_days(&self) -> i64 {
        let windows = self
            .bundle
            .content()
            .facts
            .iter()
            .find_map(|fact| match fact.derivation {
                Derivation::CurrentLine { window_days, .. } => Some(window_days),
                _ => None,
            });
        windows.unwrap_or(WINDOW_DAYS)
    }

    /// Counts the regimens in a row of courses, which are sorted by start.
    fn tally(&self, drug: &str, courses: &[&Course<'a>], reading: Reading, open: bool) -> i64 {
        let is_agent = |course: &Course<'a>| match course.is_in(drug) {
            Match::Yes => true,
            Match::Maybe => open,
            Match::No => false,
        };
        let progressions = self.progressions();
        let window = self.window_days();
        let starts = starts(courses, is_agent);
        let mut count = 0;
        let mut regimen: Option<Regimen> = None;
        for (position, start) in starts.iter().enumerate() {
            let day = start.day;
            let Some(current) = &mut regimen else {
                if start.agents {
                    count += 1;
                    regimen = Some(begin(day, start.ingredients.clone()));
                }
                continue;
            };
            let grew = grew_between(&progressions, current.start, day);
            let running: Vec<&Course<'a>> = courses
                .iter()
                .filter(|course| is_agent(course) && course.start.before(day) == Truth::True)
                .copied()
                .collect();
            if start.agents {
                let new: BTreeSet<String> = start
                    .ingredients
                    .difference(&current.agents)
                    .cloned()
                    .collect();
                if new.is_empty() {
                    continue;
                }
                let in_window = day.on_or_before(current.start.add_days(window));
                let exchanged = exchanged(current, &start.ingredients, &running, courses, day);
                let joins = in_window.and(!grew).and(!exchanged);
                let is_new = if new.is_subset(&current.maybe) && grew != Truth::True {
                    Truth::Unknown.and(!joins)
                } else {
                    !joins
                };
                if reading.holds(is_new) {
                    count += 1;
                    let next = begin(day, start.ingredients.clone());
                    regimen = Some(carry_over(next, current, &running, day));
                } else {
                    current.agents.extend(new);
                }
            } else {
                if start.ingredients.is_subset(&current.partners) {
                    continue;
                }
                // A change of agents close by is the change that this partner belongs to.
                let agents_follow = starts[position + 1..].iter().any(|next| {
                    next.agents
                        && next.day.on_or_before(day.add_days(window)) == Truth::True
                        && !next.ingredients.is_subset(&current.agents)
                });
                let goes_on = running
                    .iter()
                    .filter(|course| !course.ingredients.is_disjoint(&current.agents))
                    .map(|course| course.goes_on_at(day))
                    .chain(
                        starts
                            .iter()
                            .filter(|next| {
                                next.agents
                                    && day.on_or_before(next.day) == Truth::True
                                    && next.day.on_or_before(day.add_days(window)) == Truth::True
                                    && next.ingredients.is_subset(&current.agents)
                            })
                            .map(|_| Truth::True),
                    )
                    .fold(Truth::False, Truth::or);
                let is_new = if agents_follow {
                    Truth::False
                } else {
                    grew.and(goes_on)
                };
                if reading.holds(is_new) {
                    count += 1;
                    current.start = day;
                    current.partners.clear();
                }
                current.partners.extend(start.ingredients.iter().cloned());
            }
        }
        count
    }
}

/// Drugs started on one day.
struct Start {
    day: DateBounds,
    agents: bool,
    ingredients: BTreeSet<String>,
}

/// The starts in order, agents of one exact day together and before their partners.
fn starts<'a>(courses: &[&Course<'a>], is_agent: impl Fn(&Course<'a>) -> bool) -> Vec<Start> {
    let mut starts: Vec<Start> = Vec::new();
    for course in courses {
        let agents = is_agent(course);
        let same = starts.iter_mut().find(|start| {
            start.agents == agents && start.day == course.start && course.start.as_exact().is_some()
        });
        match same {
            Some(start) => start.ingredients.extend(course.ingredients.iter().cloned()),
            None => starts.push(Start {
                day: course.start,
                agents,
                ingredients: course.ingredients.clone(),
            }),
        }
    }
    starts.sort_by_key(|start| (start.day, !start.agents));
    starts
}

fn begin(start: DateBounds, agents: BTreeSet<String>) -> Regimen {
    Regimen {
        start,
        agents,
        maybe: BTreeSet::new(),
        partners: BTreeSet::new(),
    }
}

/// The new regimen with those agents of the one before that went on.
fn carry_over(
    mut next: Regimen,
    before: &Regimen,
    running: &[&Course<'_>],
    day: DateBounds,
) -> Regimen {
    for course in running {
        if course.ingredients.is_disjoint(&before.agents) {
            continue;
        }
        match course.goes_on_at(day) {
            Truth::True => next.agents.extend(course.ingredients.iter().cloned()),
            Truth::Unknown => next.maybe.extend(course.ingredients.iter().cloned()),
            Truth::False => {}
        }
    }
    next
}

/// Whether an agent of the regimen was over when the new one began.
fn exchanged(
    current: &Regimen,
    new: &BTreeSet<String>,
    running: &[&Course<'_>],
    courses: &[&Course<'_>],
    day: DateBounds,
) -> Truth {
    let mut exchanged = Truth::False;
    for agent in current.agents.difference(new) {
        let with = |course: &&&Course<'_>| course.ingredients.contains(agent);
        let before: Vec<&&Course<'_>> = running.iter().filter(with).collect();
        let again = courses
            .iter()
            .filter(with)
            .any(|course| day.on_or_before(course.start) == Truth::True);
        let over = before
            .iter()
            .map(|course| {
                if course.ended {
                    course.end.before(day)
                } else {
                    Truth::False
                }
            })
            .fold(Truth::True, Truth::and);
        if !before.is_empty() && !again {
            exchanged = exchanged.or(over);
        }
    }
    exchanged
}

/// Whether the cancer grew after a regimen's first day and on or before another day.
pub(super) fn grew_between(
    progressions: &[Progression],
    start: DateBounds,
    day: DateBounds,
) -> Truth {
    progressions
        .iter()
        .map(|progression| {
            let between = start
                .before(progression.date)
                .and(progression.date.on_or_before(day));
            if progression.certain {
                between
            } else {
                between.and(Truth::Unknown)
            }
        })
        .fold(Truth::False, Truth::or)
}

//! Lines of systemic therapy for metastatic or unresectable disease.
//!
//! A line is its first drug and every drug started within the window. Growth followed by a new drug begins the next
//! line; so does a new drug after the window, except where a rule of the knowledge base says that it goes on. What is
//! open is settled in every way that the record allows; the number of lines lies between the least and the greatest.

use super::Deriver;
use super::regimens::{grew_between, within};
use super::rows::{Reading, Unidentified, choices, orders, supposed};
use super::setting::Phase;
use super::steps::{Step, Turn, Visit, Why, World};
use super::therapies::{CHEMOTHERAPY, Course, SYSTEMIC};
use crate::bundle::Setting;
use crate::facts::Fact;
use waymark_criteria::{DateBounds, SortedSet, Truth};

/// A line of therapy.
pub(super) struct Line<'c, 'a> {
    /// Its first day.
    pub(super) start: DateBounds,
    /// What was begun in it.
    pub(super) courses: Vec<&'c Course<'a>>,
    ingredients: SortedSet<&'a str>,
    /// Drugs of the line before that may have gone on.
    maybe: SortedSet<&'a str>,
}

/// The lines in a row of courses.
pub(super) struct Lines<'c, 'a> {
    pub(super) lines: Vec<Line<'c, 'a>>,
    steps: Vec<Step>,
    /// A question was open: another reading may give other lines.
    open: bool,
}

impl<'a> Deriver<'a> {
    /// The number of lines begun.
    pub(super) fn current_line(&self) -> Fact {
        let courses = self.metastatic_courses();
        let from: Vec<&Course<'a>> = courses.iter().map(|(course, _)| *course).collect();
        let on_record = self.number_of_lines(&courses, &mut |_| {});
        let sure = i64::from(courses.iter().any(|(_, surely)| *surely));
        self.count(on_record, sure, &from, Setting::Metastatic)
    }

    /// The least and the greatest number of lines that the record allows.
    pub(super) fn number_of_lines(
        &self,
        courses: &[(&Course<'a>, bool)],
        visit: Visit<'_>,
    ) -> (i64, i64) {
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
        let crude = |row: &[&Course<'a>], sure: bool, visit: Visit<'_>| {
            let indices: Vec<usize> = row.iter().map(|course| course.index).collect();
            visit(&World::TooMany(&indices));
            (
                i64::from(sure),
                i64::try_from(row.len()).unwrap_or(i64::MAX),
            )
        };
        let Some(rows) = choices(&options) else {
            let all: Vec<&Course<'a>> = courses.iter().map(|(course, _)| *course).collect();
            let sure = courses.iter().any(|(_, surely)| *surely);
            return crude(&all, sure, visit);
        };
        let mut number = |row: &[&Course<'a>]| -> (i64, i64) {
            let Some(orders) = orders(row) else {
                return crude(row, true, visit);
            };
            let mut ends: Option<(usize, usize)> = None;
            for order in &orders {
                for reading in [Reading::Least, Reading::Most] {
                    let told = self.lines(order, reading);
                    visit(&World::Told(&told.steps));
                    let count = told.lines.len();
                    let (low, high) = ends.unwrap_or((count, count));
                    ends = Some((low.min(count), high.max(count)));
                    if !told.open {
                        break;
                    }
                }
            }
            let (low, high) = ends.unwrap_or_default();
            let number = |count| i64::try_from(count).unwrap_or(i64::MAX);
            (number(low), number(high))
        };
        let mut numbers: Vec<(i64, i64)> = Vec::new();
        for row in rows {
            let row: Vec<&Course<'a>> = row.into_iter().flatten().collect();
            numbers.push(number(&row));
            for told in supposed(&row) {
                numbers.push(number(&told.iter().collect::<Vec<_>>()));
            }
        }
        let least = numbers.iter().map(|(least, _)| *least).min();
        let most = numbers.iter().map(|(_, most)| *most).max();
        (least.unwrap_or(0), most.unwrap_or(0))
    }

    /// Courses begun, or perhaps begun, for metastatic disease against the cancer; with each whether it surely was.
    pub(super) fn metastatic_courses(&self) -> Vec<(&Course<'a>, bool)> {
        let advanced = self.advanced();
        let inside = self.courses.iter().filter_map(|course| {
            let there = match self.phase(course, &advanced) {
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

    /// The lines in a row of courses, in the order in which they were begun.
    pub(super) fn lines<'c>(&self, courses: &[&'c Course<'a>], reading: Reading) -> Lines<'c, 'a> {
        let mut unidentified = Unidentified::among(courses);
        let mut told = Lines {
            lines: Vec::new(),
            steps: Vec::new(),
            open: false,
        };
        for course in courses {
            let mut turn = Turn {
                begins: Truth::True,
                by: Why::NewMedicine,
                stays_by: Why::NewMedicine,
            };
            if let Some(line) = told.lines.last() {
                turn = self.turn(line, course, courses, &told.lines);
                let before: SortedSet<&str> =
                    line.ingredients.union(&line.maybe).copied().collect();
                let new = course.ingredients.difference(&before).copied().collect();
                let settled = turn.begins;
                turn.begins = unidentified.doubt(settled, &new, &before, reading);
                if turn.begins != settled {
                    turn.stays_by = Why::UnknownMedicine;
                }
            }
            told.open |= turn.begins == Truth::Unknown;
            let begins = reading.holds(turn.begins);
            if begins {
                let line = begun(course, &told.lines);
                told.lines.push(line);
            } else if let Some(line) = told.lines.last_mut() {
                line.courses.push(course);
                line.ingredients.extend(&course.ingredients);
            }
            told.steps.push(Step {
                course: course.index,
                number: told.lines.len(),
                begins,
                why: if begins { turn.by } else { turn.stays_by },
            });
        }
        told
    }

    /// Whether a course begins a new line.
    fn turn(
        &self,
        line: &Line<'_, 'a>,
        course: &Course<'a>,
        courses: &[&Course<'a>],
        lines: &[Line<'_, 'a>],
    ) -> Turn {
        let rules = self.bundle.line_rules();
        let new: SortedSet<&&str> = course.ingredients.difference(&line.ingredients).collect();
        if new.is_empty() {
            let paused = rules.pause_days.map_or(Truth::False, |days| {
                let before = lines.iter().flat_map(|line| &line.courses);
                paused(before, course.start, days)
            });
            // Published rules disagree on whether the same drugs after a long pause are the same line.
            return Turn {
                begins: paused.and(Truth::Unknown),
                by: Why::Pause,
                stays_by: Why::SameSubstance,
            };
        }
        let with_it = line.courses.first().is_some_and(|it| it.begun_with(course));
        let since_start = grew_between(&self.progressions, line.start, course.start, &[course]);
        let grew = since_start.and(Truth::decided(!with_it));
        let in_window = within(line.start, course.start, rules.start_days);
        let in_window = in_window.or(Truth::decided(with_it));
        let endocrine = any(rules.endocrine.iter().map(|class| course.is_in(class)));
        let exchanged = self.exchanged_partner(line, course);
        let added = self.maintenance_add_on(line, course, courses);
        let exempt = endocrine.or(exchanged).or(added);
        // A drug that may never have stopped is not surely new.
        let may_go_on = new
            .iter()
            .all(|ingredient| line.maybe.contains(*ingredient));
        let begins = grew.or((!in_window).and(!exempt));
        Turn {
            begins: if may_go_on {
                begins.and(Truth::Unknown)
            } else {
                begins
            },
            by: Turn::first(&[(grew, Why::Growth)], Why::NewMedicine),
            stays_by: Turn::first(
                &[
                    (Truth::decided(may_go_on), Why::SameSubstance),
                    (in_window, Why::SameStart),
                    (endocrine, Why::Endocrine),
                    (exchanged, Why::PartnerExchange),
                    (added, Why::Maintenance),
                ],
                Why::Growth,
            ),
        }
    }

    /// Whether it is chemotherapy in the place of one of its class, or beside a class that leaves it free.
    fn exchanged_partner(&self, line: &Line<'_, 'a>, course: &Course<'a>) -> Truth {
        let Some(beside) = &self.bundle.line_rules().exchange_beside else {
            return Truth::False;
        };
        let same_class = any(line.courses.iter().map(|other| course.shares_class(other)));
        let partner = any(line.courses.iter().map(|other| other.is_in(beside)));
        course.is_in(CHEMOTHERAPY).and(same_class.or(partner))
    }

    /// Whether it is added to what is left once the line's chemotherapy is over, without chemotherapy of its own.
    fn maintenance_add_on(
        &self,
        line: &Line<'_, 'a>,
        course: &Course<'a>,
        courses: &[&Course<'a>],
    ) -> Truth {
        let rules = self.bundle.line_rules();
        let Some(beside) = &rules.add_on_beside else {
            return Truth::False;
        };
        let listed = any(rules.add_on.iter().map(|drug| course.is_in(drug)));
        if listed == Truth::False {
            return Truth::False;
        }
        let day = course.start;
        let given = |other: &&Course<'a>| other.is_in(beside).and(other.goes_on_at(day));
        let still_given = any(line.courses.iter().map(given));
        let over = |other: &&Course<'a>| {
            let over = Truth::decided(other.ended).and(other.end.before(day));
            other.is_in(CHEMOTHERAPY).and(over)
        };
        let after_induction = any(line.courses.iter().map(over));
        let beside_chemotherapy = |other: &&Course<'a>| {
            let near = within(day, other.start, rules.start_days);
            other
                .is_in(CHEMOTHERAPY)
                .and(near.or(other.start.on_or_before(day).and(other.goes_on_at(day))))
        };
        let with_chemotherapy = any(courses.iter().map(beside_chemotherapy));
        listed
            .and(still_given)
            .and(after_induction)
            .and(!with_chemotherapy)
    }
}

fn any(truths: impl Iterator<Item = Truth>) -> Truth {
    truths.fold(Truth::False, Truth::or)
}

/// Whether nothing was given for more than so many days before a day.
fn paused<'c, 'a: 'c>(
    before: impl Iterator<Item = &'c &'c Course<'a>>,
    day: DateBounds,
    days: i64,
) -> Truth {
    let over = |course: &&Course<'a>| {
        if course.ongoing {
            Truth::False
        } else {
            course.end.add_days(days).before(day)
        }
    };
    before.map(over).fold(Truth::True, Truth::and)
}

/// A new line with those drugs of earlier ones that went on.
fn begun<'c, 'a>(course: &'c Course<'a>, lines: &[Line<'c, 'a>]) -> Line<'c, 'a> {
    let day = course.start;
    let mut line = Line {
        start: day,
        courses: vec![course],
        ingredients: course.ingredients.clone(),
        maybe: SortedSet::new(),
    };
    for earlier in lines.iter().flat_map(|line| &line.courses) {
        let gone_on = earlier.ingredients.iter().copied();
        match earlier.goes_on_at(day) {
            Truth::True => line.ingredients.extend(gone_on),
            Truth::Unknown => line.maybe.extend(gone_on),
            Truth::False => {}
        }
    }
    line
}

//! Courses that belong to one line and one HER2 regimen, told together.

use super::marks::Mark;
use super::{History, course, is_counted};
use crate::derive::regimens::within;
use crate::derive::setting::Phase;
use crate::derive::steps::Why;
use crate::derive::therapies::{CHEMOTHERAPY, Course, HER2_TARGETED};
use crate::wire::lines;
use waymark_criteria::{DateBounds, SortedSet, Truth};

/// Courses of one episode.
struct Group<'c, 'a> {
    phase: Option<Phase>,
    courses: Vec<&'c Course<'a>>,
}

impl Group<'_, '_> {
    fn start(&self) -> DateBounds {
        self.courses
            .first()
            .map_or(DateBounds::UNKNOWN, |course| course.start)
    }
}

impl<'d, 'a> History<'d, 'a> {
    pub(super) fn episodes(&self) -> Vec<lines::Episode> {
        let groups = self.groups();
        let told = groups.iter().enumerate();
        told.map(|(position, group)| {
            let (earlier, later) = (&groups[..position], &groups[position + 1..]);
            self.episode(group, earlier, later)
        })
        .collect()
    }

    fn groups(&self) -> Vec<Group<'d, 'a>> {
        let counted = self.deriver.courses.iter().filter(|it| is_counted(it));
        let (undated, dated): (Vec<&Course<'a>>, Vec<&Course<'a>>) =
            counted.partition(|course| course.start.low.is_none());
        let mut groups: Vec<Group<'d, 'a>> = Vec::new();
        for course in dated.into_iter().chain(undated) {
            let phase = self.phases[course.index];
            let open = groups.iter_mut().rev().find(|group| group.phase == phase);
            match open.filter(|group| self.joins(course, group)) {
                Some(group) => group.courses.push(course),
                None => groups.push(Group {
                    phase,
                    courses: vec![course],
                }),
            }
        }
        groups
    }

    /// Whether a course belongs to the last episode of its setting.
    fn joins(&self, course: &Course<'a>, group: &Group<'_, 'a>) -> bool {
        if course.start.low.is_none() {
            return false;
        }
        let (line, her2) = (&self.lines[course.index], self.her2(course));
        let alike = |mark: &Mark, of: &dyn Fn(&Course<'a>) -> Mark| {
            group.courses.iter().any(|other| {
                let one_day = other.start == course.start && course.start.as_exact().is_some();
                one_day && of(other).number() == mark.number()
            })
        };
        let same_line = !line.may_begin() || alike(line, &|it| self.lines[it.index].clone());
        // The first HER2 medicine joins the partners that were begun before it.
        let first = her2.surely_begins()
            && her2.number().is_some_and(|number| number.high == 1)
            && group
                .courses
                .iter()
                .all(|other| self.her2(other).number().is_none());
        let same_regimen = !her2.may_begin() || first || alike(her2, &|it| self.her2(it).clone());
        let early = group.phase == Some(Phase::Early);
        same_line && same_regimen && !(early && self.long_after(course, group))
    }

    /// Early treatment of another time: nothing was given for longer than a pause.
    fn long_after(&self, course: &Course<'a>, group: &Group<'_, 'a>) -> bool {
        let Some(days) = self.deriver.bundle.line_rules().pause_days else {
            return false;
        };
        group.courses.iter().all(|other| {
            other.ended && other.end.add_days(days).before(course.start) == Truth::True
        })
    }

    fn episode(
        &self,
        group: &Group<'d, 'a>,
        earlier: &[Group<'d, 'a>],
        later: &[Group<'d, 'a>],
    ) -> lines::Episode {
        let next = later.iter().find(|next| next.phase == group.phase);
        let ongoing = group.courses.iter().any(|course| course.ongoing);
        let ended = group.courses.iter().all(|course| course.ended);
        let last = group
            .courses
            .iter()
            .map(|course| course.end)
            .max_by_key(|end| end.high);
        let growth = self.growth(group.start(), next.map(Group::start));
        let goes_on = self.goes_on(group, &growth);
        let intents = group.courses.iter().filter(|it| it.intent.is_some());
        lines::Episode {
            setting: match group.phase {
                Some(Phase::Early) => "early".to_owned(),
                Some(Phase::Metastatic) => "metastatic".to_owned(),
                None => "unknown".to_owned(),
            },
            setting_by: if group.phase.is_some() && intents.count() == group.courses.len() {
                "intent".to_owned()
            } else {
                "dates".to_owned()
            },
            line: number(group.courses.iter().map(|it| &self.lines[it.index])),
            her2_regimen: number(group.courses.iter().map(|it| self.her2(it))),
            from: date(group.start()),
            to: last.filter(|_| ended).map(|end| end.to_string()),
            ongoing,
            medicines: group.courses.iter().map(|it| course(it)).collect(),
            begins: self.begins(group),
            goes_on_by: goes_on.iter().map(|function| self.rule(function)).collect(),
            overlaps: overlaps(group, earlier),
            maintenance: self.maintenance(group, earlier),
            growth,
        }
    }

    fn begins(&self, group: &Group<'_, 'a>) -> Vec<lines::Begins> {
        let one = |what: &str, marks: Vec<&Mark>| {
            let beginning: Vec<&&Mark> = marks.iter().filter(|it| it.may_begin()).collect();
            let by: SortedSet<Why> = beginning
                .iter()
                .flat_map(|mark| mark.begins_by.iter().copied())
                .collect();
            // Of drugs of one day the first begins what the others belong to, whichever that is.
            let certain = beginning.iter().any(|mark| mark.surely_begins());
            (!beginning.is_empty()).then(|| lines::Begins {
                what: what.to_owned(),
                certain,
                rules: self.rule_ids(&by),
            })
        };
        let courses = || group.courses.iter();
        let line = one("line", courses().map(|it| &self.lines[it.index]).collect());
        let her2 = one("her2-regimen", courses().map(|it| self.her2(it)).collect());
        line.into_iter().chain(her2).collect()
    }

    /// The functions of the rules by which the episode went on.
    fn goes_on(&self, group: &Group<'_, 'a>, growth: &[lines::Growth]) -> SortedSet<&'static str> {
        let start = group.start();
        let mut rules: SortedSet<&'static str> = group
            .courses
            .iter()
            .filter(|course| course.start != start)
            .flat_map(|course| {
                let line = &self.lines[course.index];
                let marks = if line.stays_by.is_empty() {
                    self.her2(course)
                } else {
                    line
                };
                marks.stays_by.iter().map(|why| why.function())
            })
            .collect();
        let surely_over = |course: &&Course<'a>| course.ended && !course.ongoing;
        let dropped = group
            .courses
            .iter()
            .filter(|it| surely_over(it))
            .any(|over| {
                group.courses.iter().any(|other| {
                    over.end.before(other.end) == Truth::True
                        && other.goes_on_at(over.end) == Truth::True
                })
            });
        if dropped {
            rules.insert("dropped-medicine");
        }
        let local = self.deriver.timeline.seen.iter().any(|seen| {
            let done = matches!(seen.entry.event, crate::chart::Event::LocalTherapy(_));
            let during = start.before(seen.date) == Truth::True
                && group
                    .courses
                    .iter()
                    .any(|course| course.ongoing || seen.date.before(course.end) == Truth::True);
            done && during
        });
        if local && !growth.is_empty() {
            rules.insert("local-treatment");
        }
        rules
    }

    /// Growth after an episode began and, if another one follows, not after that began.
    fn growth(&self, start: DateBounds, next: Option<DateBounds>) -> Vec<lines::Growth> {
        let mut growth: Vec<lines::Growth> = Vec::new();
        for found in &self.deriver.progressions {
            let until = next.map_or(Truth::True, |next| found.date.on_or_before(next));
            let inside = start.before(found.date).and(until);
            let certain = inside == Truth::True && found.certain;
            let date = found.date.to_string();
            if inside == Truth::False || growth.iter().any(|known| known.date == date) {
                continue;
            }
            growth.push(lines::Growth { date, certain });
        }
        growth.sort_by(|one, other| one.date.cmp(&other.date));
        growth
    }

    /// Chemotherapy of the episode is surely over, and a HER2 medicine or hormonal therapy surely went on.
    fn maintenance(
        &self,
        group: &Group<'_, 'a>,
        earlier: &[Group<'_, 'a>],
    ) -> Option<lines::Maintenance> {
        if group.phase != Some(Phase::Metastatic) {
            return None;
        }
        let rules = self.deriver.bundle.line_rules();
        let chemotherapy = group
            .courses
            .iter()
            .filter(|course| course.is_in(CHEMOTHERAPY) != Truth::False);
        let over: Option<Vec<DateBounds>> = chemotherapy
            .map(|course| course.ended.then_some(course.end))
            .collect();
        let after = over?.into_iter().max_by_key(|end| end.high)?;
        let goes_on = |course: &Course<'a>| {
            let kind = rules
                .endocrine
                .iter()
                .map(|class| course.is_in(class))
                .fold(course.is_in(HER2_TARGETED), Truth::or);
            let later = course.ongoing || after.before(course.end) == Truth::True;
            kind == Truth::True && later && (course.ongoing || course.ended)
        };
        let carried = earlier.iter().flat_map(|group| &group.courses);
        let went_on = group.courses.iter().chain(carried).any(|it| goes_on(it));
        // Growth on the chemotherapy is no induction.
        let grew = self.deriver.progressions.iter().any(|found| {
            let inside = group.start().before(found.date);
            inside.and(found.date.on_or_before(after)) != Truth::False
        });
        (went_on && !grew).then(|| lines::Maintenance {
            after: after.to_string(),
            intensified: group.courses.iter().any(|course| {
                let stays = &self.lines[course.index].stays_by;
                stays.contains(&Why::Maintenance) && !self.lines[course.index].may_begin()
            }),
            rule: self.rule("maintenance"),
        })
    }
}

/// What the courses of an episode belong to.
fn number<'m>(marks: impl Iterator<Item = &'m Mark>) -> Option<lines::Number> {
    marks
        .filter_map(Mark::number)
        .reduce(|one, other| lines::Number {
            low: one.low.max(other.low),
            high: one.high.max(other.high),
        })
}

/// Medicines of earlier episodes that were still given when this one began.
fn overlaps(group: &Group<'_, '_>, earlier: &[Group<'_, '_>]) -> Vec<lines::Overlap> {
    let start = group.start();
    let mut overlaps: Vec<lines::Overlap> = Vec::new();
    for course in earlier.iter().flat_map(|group| &group.courses) {
        let certain = match course.goes_on_at(start).and(within_reach(course, start)) {
            Truth::True => true,
            Truth::Unknown => false,
            Truth::False => continue,
        };
        match overlaps.iter_mut().find(|it| it.medicine == course.name) {
            Some(known) => known.certain |= certain,
            None => overlaps.push(lines::Overlap {
                medicine: course.name.to_owned(),
                certain,
            }),
        }
    }
    overlaps
}

/// A day is no overlap: the last dose of one treatment may be the first of the next.
fn within_reach(course: &Course<'_>, start: DateBounds) -> Truth {
    if course.end.as_exact().is_some() && course.ended {
        !within(course.end, start, 0)
    } else {
        Truth::True
    }
}

/// The day of a start; `?` where the record has none.
pub(super) fn date(start: DateBounds) -> String {
    if start.low.is_none() {
        "?".to_owned()
    } else {
        start.to_string()
    }
}

//! Counting regimens.
//!
//! A new regimen begins when an agent of the class is added or exchanged, or when the cancer grew and any drug
//! changes. The same one goes on through another product of the same substance, dropping a drug, adding or changing
//! endocrine therapy, a chemotherapy partner changed without growth, a pause of any length without growth, and local
//! therapy. Drugs started within the window of a regimen's first day belong to its start.

use super::Deriver;
use super::earlier::Earlier;
use super::progression::Progression;
use super::rows::{Reading, Unidentified, choices, orders, supposed};
use super::setting::Phase;
use super::steps::{Step, Turn, Visit, Why, World};
use super::therapies::{Course, SYSTEMIC};
use crate::bundle::{Derivation, Setting};
use crate::facts::Fact;
use waymark_criteria::{DateBounds, SortedSet, Truth};

/// A course in a count: where it counts, and whether it is an agent of the class. `None`: it does not count.
pub(super) type Role = Option<(Phase, bool)>;

/// A regimen under way.
struct Regimen<'c, 'a> {
    /// One of those that were begun first.
    first: &'c Course<'a>,
    agents: SortedSet<&'a str>,
    /// Agents of the regimen before that may have gone on.
    maybe: SortedSet<&'a str>,
    partners: SortedSet<&'a str>,
}

impl<'a> Deriver<'a> {
    /// The number of distinct regimens that contain a class, begun in a setting.
    pub(super) fn prior_regimens(&self, drug: &str, setting: Setting) -> Fact {
        let advanced = self.advanced();
        let systemic = self.systemic_or(drug);
        let phase = |course: &Course<'a>| self.phase(course, &advanced);
        let parts: &[Phase] = match setting {
            Setting::Early => &[Phase::Early],
            Setting::Metastatic => &[Phase::Metastatic],
            Setting::Any => &[Phase::Early, Phase::Metastatic],
        };
        let earlier = match setting {
            Setting::Metastatic => Earlier::Silent,
            Setting::Early | Setting::Any => self.earlier(drug),
        };
        let since = || {
            let same = |rule: &Derivation| matches!(rule, Derivation::PriorRegimens { drug: counted, setting: Setting::Metastatic } if counted == drug);
            self.fact_by(same)
        };
        // Metastatic from the start, or none before: those for metastatic disease are all, whoever counted them.
        let all_since = match &earlier {
            Earlier::Silent => self.is_de_novo() == Truth::True,
            Earlier::Never(_) => true,
            Earlier::Given(_) | Earlier::Perhaps(_) | Earlier::Contradicted(_) => false,
        };
        let early = |course: &&Course<'a>| {
            let counts = match earlier {
                Earlier::Never(_) => course.is_in(drug) != Truth::False,
                _ => true,
            };
            counts && phase(course) != Some(Phase::Metastatic)
        };
        if setting == Setting::Any
            && all_since
            && !systemic.iter().any(early)
            && let Some(mut fact) = since()
        {
            fact.from.extend(earlier.records());
            return fact;
        }
        let on_record = self.number_of_regimens(&systemic, drug, parts, &mut |_| {});
        let sure = self.regimens_for_sure(&systemic, drug, parts);
        let from: Vec<&Course<'a>> = systemic
            .iter()
            .filter(|course| course.is_in(drug) != Truth::False)
            .filter(|course| match setting {
                Setting::Any => true,
                Setting::Metastatic => phase(course) != Some(Phase::Early),
                Setting::Early => phase(course) != Some(Phase::Metastatic),
            })
            .copied()
            .collect();
        let carried_on = setting == Setting::Metastatic
            && systemic.iter().any(|course| {
                course.is_in(drug) == Truth::True
                    && phase(course) == Some(Phase::Early)
                    && advanced.truth == Truth::True
                    && advanced.date.before(course.end) == Truth::True
            });
        let fact = self.count(on_record, sure, &from, setting);
        let fact = earlier.widen(fact, since);
        if carried_on {
            fact.inferred("a course begun before the metastatic disease and continued after it is not counted")
        } else {
            fact
        }
    }

    /// Courses against the cancer, and of a class.
    pub(super) fn systemic_or(&self, drug: &str) -> Vec<&Course<'a>> {
        let counts =
            |course: &&Course<'a>| course.is_in(SYSTEMIC).or(course.is_in(drug)) != Truth::False;
        self.courses.iter().filter(counts).collect()
    }

    /// The least and the greatest number of regimens over every way to settle what is open.
    pub(super) fn number_of_regimens(
        &self,
        courses: &[&Course<'a>],
        drug: &str,
        parts: &[Phase],
        visit: Visit<'_>,
    ) -> (i64, i64) {
        let advanced = self.advanced();
        let options: Vec<Vec<Role>> = courses
            .iter()
            .map(|course| roles(course, drug, self.phase(course, &advanced), parts))
            .collect();
        let agent = |role: &Role| matches!(role, Some((_, true)));
        let Some(rows) = choices(&options) else {
            let may_count = options.iter().map(|roles| roles.iter().any(agent));
            let agents = courses.iter().zip(may_count).filter(|(_, may)| *may);
            let agents: Vec<usize> = agents.map(|(course, _)| course.index).collect();
            visit(&World::TooMany(&agents));
            let surely = options.iter().any(|roles| roles.iter().all(agent));
            let agents = options.iter().any(|roles| roles.iter().any(agent));
            let most = if agents { courses.len() } else { 0 };
            return (i64::from(surely), i64::try_from(most).unwrap_or(i64::MAX));
        };
        let mut count = |roles: &Vec<Role>| {
            let of = |part: Phase| -> Vec<(&Course<'a>, bool)> {
                let both = courses.iter().zip(roles);
                let inside = both.filter_map(|(course, role)| Some((*course, (*role)?)));
                let inside = inside.filter(|(_, (phase, _))| *phase == part);
                inside.map(|(course, (_, agent))| (course, agent)).collect()
            };
            let counts = parts.iter().map(|part| self.tally(&of(*part), visit));
            counts.fold((0, 0), |sum: (i64, i64), count| {
                (sum.0.saturating_add(count.0), sum.1.saturating_add(count.1))
            })
        };
        let counts: Vec<(i64, i64)> = rows.iter().map(&mut count).collect();
        let low = counts.iter().map(|(low, _)| *low).min();
        let high = counts.iter().map(|(_, high)| *high).max();
        (low.unwrap_or(0), high.unwrap_or(0))
    }

    /// The least and the greatest number of regimens, whatever the medicines are that are not known here.
    fn tally(&self, row: &[(&Course<'a>, bool)], visit: Visit<'_>) -> (i64, i64) {
        let courses: Vec<&Course<'a>> = row.iter().map(|(course, _)| *course).collect();
        let (mut low, mut high) = self.tally_of(row, visit);
        for told in supposed(&courses) {
            let both = told.iter().zip(row);
            let row: Vec<(&Course<'a>, bool)> =
                both.map(|(course, (_, agent))| (course, *agent)).collect();
            // One medicine is an agent of the class or it is not.
            let torn = row.iter().any(|(one, agent)| {
                row.iter()
                    .any(|(other, also)| one.ingredients == other.ingredients && agent != also)
            });
            if torn {
                continue;
            }
            let (least, most) = self.tally_of(&row, visit);
            (low, high) = (low.min(least), high.max(most));
        }
        (low, high)
    }

    /// The least and the greatest number of regimens over every order in which the courses may have been begun.
    fn tally_of(&self, row: &[(&Course<'a>, bool)], visit: Visit<'_>) -> (i64, i64) {
        let courses: Vec<&Course<'a>> = row.iter().map(|(course, _)| *course).collect();
        let is_agent = |asked: &Course<'a>| {
            row.iter()
                .any(|(course, agent)| *agent && std::ptr::eq(*course, asked))
        };
        if !row.iter().any(|(_, agent)| *agent) {
            visit(&World::Told(&[]));
            return (0, 0);
        }
        let Some(orders) = orders(&courses) else {
            let indices: Vec<usize> = courses.iter().map(|course| course.index).collect();
            visit(&World::TooMany(&indices));
            return (1, i64::try_from(courses.len()).unwrap_or(i64::MAX));
        };
        let mut ends: Option<(usize, usize)> = None;
        for order in &orders {
            for reading in [Reading::Least, Reading::Most] {
                let told = self.regimens(order, is_agent, reading);
                visit(&World::Told(&told.steps));
                let (low, high) = ends.unwrap_or((told.count, told.count));
                ends = Some((low.min(told.count), high.max(told.count)));
                if !told.open {
                    break;
                }
            }
        }
        let (low, high) = ends.unwrap_or_default();
        let number = |count| i64::try_from(count).unwrap_or(i64::MAX);
        (number(low), number(high))
    }

    /// The regimens in a row of courses, in the order in which they were begun.
    fn regimens(
        &self,
        courses: &[&Course<'a>],
        is_agent: impl Fn(&Course<'a>) -> bool,
        reading: Reading,
    ) -> Regimens {
        let rules = self.bundle.line_rules();
        let window = rules.start_days;
        let starts = starts(courses, is_agent);
        let mut unidentified = Unidentified::among(courses);
        let mut told = Regimens {
            count: 0,
            steps: Vec::new(),
            open: false,
        };
        let mut regimen: Option<Regimen<'_, 'a>> = None;
        for (position, start) in starts.iter().enumerate() {
            let day = start.day;
            let (earlier, later) = (&starts[..position], &starts[position + 1..]);
            let Some(current) = &mut regimen else {
                if start.agents {
                    told.begins(start, Why::AgentChange);
                    regimen = begin(start);
                }
                continue;
            };
            let with_it = start.courses.iter().any(|it| current.first.begun_with(it));
            let since_start =
                grew_between(&self.progressions, current.first.start, day, &start.courses);
            let grew = since_start.and(Truth::decided(!with_it));
            let in_window = within(current.first.start, day, window).or(Truth::decided(with_it));
            if start.agents {
                let ingredients = start.ingredients();
                let new: SortedSet<&str> =
                    ingredients.difference(&current.agents).copied().collect();
                if new.is_empty() {
                    told.goes_on(start, Why::SameSubstance);
                    continue;
                }
                let exchanged = exchanged(current, start, earlier, later, &unidentified);
                let joins = in_window.and(!grew).and(!exchanged);
                let may_go_on = new.is_subset(&current.maybe);
                let is_new = if may_go_on && grew != Truth::True {
                    Truth::Unknown.and(!joins)
                } else {
                    !joins
                };
                let before: SortedSet<&str> =
                    current.agents.union(&current.maybe).copied().collect();
                let settled = is_new;
                let is_new = unidentified.doubt(settled, &new, &before, reading);
                told.open |= is_new == Truth::Unknown;
                if reading.holds(is_new) {
                    told.begins(start, Turn::first(&[(grew, Why::Growth)], Why::AgentChange));
                    let next = begin(start);
                    regimen = next.map(|next| carry_over(next, current, earlier, day));
                } else {
                    let reasons = [
                        (Truth::decided(is_new != settled), Why::UnknownMedicine),
                        (Truth::decided(may_go_on), Why::SameSubstance),
                    ];
                    told.goes_on(start, Turn::first(&reasons, Why::SameStart));
                    current.agents.extend(new);
                }
            } else {
                let ingredients = start.ingredients();
                if ingredients.is_subset(&current.partners) {
                    told.goes_on(start, Why::SameSubstance);
                    continue;
                }
                // A change of agents close by is the change that this partner belongs to.
                let same = |next: &Start<'_, 'a>| {
                    let there = next.ingredients();
                    let new = there.difference(&current.agents).copied().collect();
                    if there.is_subset(&current.agents) {
                        Truth::True
                    } else if unidentified.all_of(&new) || unidentified.any_of(&current.agents) {
                        Truth::Unknown
                    } else {
                        Truth::False
                    }
                };
                let agents_follow = any(later
                    .iter()
                    .filter(|next| next.agents)
                    .map(|next| (!same(next)).and(within(day, next.day, window))));
                let still_given = any(agents_of(earlier)
                    .filter(|course| !course.ingredients.is_disjoint(&current.agents))
                    .map(|course| course.goes_on_at(day)));
                let given_again = any(later
                    .iter()
                    .filter(|next| next.agents)
                    .map(|next| same(next).and(within(day, next.day, window))));
                let is_new = grew.and(still_given.or(given_again)).and(!agents_follow);
                let new = ingredients.difference(&current.partners).copied().collect();
                let settled = is_new;
                let is_new = unidentified.doubt(settled, &new, &current.partners, reading);
                told.open |= is_new == Truth::Unknown;
                if reading.holds(is_new) {
                    told.begins(start, Why::Growth);
                    if let Some(first) = start.courses.first() {
                        current.first = first;
                    }
                    current.partners = SortedSet::new();
                } else {
                    let of = |course: &&Course<'a>| {
                        any(rules.endocrine.iter().map(|class| course.is_in(class)))
                    };
                    let reasons = [
                        (Truth::decided(is_new != settled), Why::UnknownMedicine),
                        (in_window, Why::SameStart),
                        (any(start.courses.iter().map(of)), Why::Endocrine),
                    ];
                    told.goes_on(start, Turn::first(&reasons, Why::PartnerExchange));
                }
                current.partners.extend(ingredients);
            }
        }
        told
    }
}

/// The regimens in a row of courses.
struct Regimens {
    count: usize,
    steps: Vec<Step>,
    /// A question was open: another reading may give other regimens.
    open: bool,
}

impl Regimens {
    fn begins(&mut self, start: &Start<'_, '_>, why: Why) {
        self.count += 1;
        self.step(start, true, why);
    }

    fn goes_on(&mut self, start: &Start<'_, '_>, why: Why) {
        self.step(start, false, why);
    }

    fn step(&mut self, start: &Start<'_, '_>, begins: bool, why: Why) {
        let number = self.count;
        self.steps.extend(start.courses.iter().map(|course| Step {
            course: course.index,
            number,
            begins,
            why,
        }));
    }
}

/// What a course may be in a count.
fn roles(course: &Course<'_>, drug: &str, phase: Option<Phase>, parts: &[Phase]) -> Vec<Role> {
    let (agent, systemic) = (course.is_in(drug), course.is_in(SYSTEMIC));
    let mut roles = Vec::new();
    let surely_there = course.certain && agent.or(systemic) == Truth::True;
    let surely_in_part = phase.map_or(parts.len() > 1, |phase| parts.contains(&phase));
    if !surely_there || !surely_in_part {
        roles.push(None);
    }
    for part in parts {
        if phase.is_some_and(|phase| phase != *part) {
            continue;
        }
        if agent != Truth::True && systemic != Truth::False {
            roles.push(Some((*part, false)));
        }
        if agent != Truth::False {
            roles.push(Some((*part, true)));
        }
    }
    roles
}

/// Drugs started on one day.
struct Start<'c, 'a> {
    day: DateBounds,
    agents: bool,
    courses: Vec<&'c Course<'a>>,
}

impl<'a> Start<'_, 'a> {
    fn ingredients(&self) -> SortedSet<&'a str> {
        let courses = self.courses.iter();
        courses.flat_map(|it| &it.ingredients).copied().collect()
    }
}

/// The starts in the order of their courses; agents of one day together and before their partners.
fn starts<'c, 'a>(
    courses: &[&'c Course<'a>],
    is_agent: impl Fn(&Course<'a>) -> bool,
) -> Vec<Start<'c, 'a>> {
    let mut starts: Vec<Start<'c, 'a>> = Vec::new();
    for course in courses {
        let (day, agents) = (course.start, is_agent(course));
        let one_day = |start: &Start<'c, 'a>| start.courses.iter().any(|it| it.begun_with(course));
        if let Some(same) = starts
            .iter_mut()
            .find(|start| start.agents == agents && one_day(start))
        {
            same.courses.push(course);
            continue;
        }
        let start = Start {
            day,
            agents,
            courses: vec![course],
        };
        match starts.iter().position(|start| agents && one_day(start)) {
            Some(partners) => starts.insert(partners, start),
            None => starts.push(start),
        }
    }
    starts
}

fn agents_of<'s, 'c, 'a>(starts: &'s [Start<'c, 'a>]) -> impl Iterator<Item = &'c Course<'a>> + 's {
    let agents = starts.iter().filter(|start| start.agents);
    agents.flat_map(|start| start.courses.iter().copied())
}

/// Whether one of several truths holds.
fn any(truths: impl Iterator<Item = Truth>) -> Truth {
    truths.fold(Truth::False, Truth::or)
}

fn begin<'c, 'a>(start: &Start<'c, 'a>) -> Option<Regimen<'c, 'a>> {
    Some(Regimen {
        first: start.courses.first()?,
        agents: start.ingredients(),
        maybe: SortedSet::new(),
        partners: SortedSet::new(),
    })
}

/// The new regimen with those agents of the one before that went on.
fn carry_over<'c, 'a>(
    mut next: Regimen<'c, 'a>,
    before: &Regimen<'c, 'a>,
    earlier: &[Start<'_, 'a>],
    day: DateBounds,
) -> Regimen<'c, 'a> {
    for course in agents_of(earlier) {
        if course.ingredients.is_disjoint(&before.agents) {
            continue;
        }
        match course.goes_on_at(day) {
            Truth::True => next.agents.extend(&course.ingredients),
            Truth::Unknown => next.maybe.extend(&course.ingredients),
            Truth::False => {}
        }
    }
    next
}

/// Whether an agent of the regimen was over when others began, and was not given again.
fn exchanged<'a>(
    current: &Regimen<'_, 'a>,
    start: &Start<'_, 'a>,
    earlier: &[Start<'_, 'a>],
    later: &[Start<'_, 'a>],
    unidentified: &Unidentified<'a>,
) -> Truth {
    let new = start.ingredients();
    let maybe_again = unidentified.any_of(&new)
        || agents_of(later).any(|course| unidentified.any_of(&course.ingredients));
    any(current.agents.difference(&new).map(|agent| {
        let with = |course: &&Course<'_>| course.ingredients.contains(agent);
        let over = agents_of(earlier)
            .filter(with)
            .map(|course| {
                if course.ended {
                    course.end.before(start.day)
                } else {
                    Truth::False
                }
            })
            .fold(Truth::True, Truth::and);
        let given_again = agents_of(later).any(|course| with(&course));
        let over = over.and(Truth::decided(!given_again));
        if maybe_again {
            over.and(Truth::Unknown)
        } else {
            over
        }
    }))
}

/// Whether a day lies in the window that begins on a first day. Days in an order that is not known may lie either way.
pub(super) fn within(start: DateBounds, day: DateBounds, window: i64) -> Truth {
    let ahead = day.on_or_before(start.add_days(window));
    ahead.and(start.on_or_before(day.add_days(window)))
}

/// Whether the cancer grew after a regimen's first day and on or before another day, on which these courses began. Growth
/// for which one of them was stopped came after it began.
pub(super) fn grew_between(
    progressions: &[Progression],
    start: DateBounds,
    day: DateBounds,
    begun: &[&Course<'_>],
) -> Truth {
    progressions
        .iter()
        .filter(|progression| !begun.iter().any(|course| progression.ended(course)))
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

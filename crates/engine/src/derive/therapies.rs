//! Courses of medicines: records of single doses merged, classes looked up, and the setting of each course.

use super::earlier::Earlier;
use super::setting::Phase;
use super::timeline::{Seen, Timeline, cut};
use super::{Deriver, truth};
use crate::bundle::{Bundle, Derivation, Medicine, PERHAPS, Setting};
use crate::chart::{Completeness, Drug, Event, Intent, StopReason, Therapy, TherapyStatus};
use crate::facts::{Fact, Provenance, WhyUnknown};
use waymark_criteria::{Date, DateBounds, SortedSet, Truth};

/// The class of every medicine that treats the cancer in the whole body.
pub(super) const SYSTEMIC: &str = "systemic";
/// The class of medicines aimed at HER2.
pub(super) const HER2_TARGETED: &str = "her2-targeted";
/// The class of cytotoxic medicines.
pub(super) const CHEMOTHERAPY: &str = "chemotherapy";

/// A course of one medicine that was begun on, or possibly before, the day asked for.
#[derive(Clone, Debug)]
pub(super) struct Course<'a> {
    /// Its place among the courses of the chart.
    pub(super) index: usize,
    /// Id of the medicine, or its name in the record.
    pub(super) name: &'a str,
    medicine: Option<&'a Medicine>,
    /// The active substances.
    pub(super) ingredients: SortedSet<&'a str>,
    /// First dose.
    pub(super) start: DateBounds,
    /// Last dose; when `ended` is false it may be any day up to the day asked for.
    pub(super) end: DateBounds,
    /// The record gives the last dose.
    pub(super) ended: bool,
    /// On record as still given.
    pub(super) ongoing: bool,
    /// The last that is on record of it is an order.
    pub(super) ordered: bool,
    /// Nothing but orders is on record of it.
    pub(super) only_ordered: bool,
    /// Surely begun.
    pub(super) certain: bool,
    /// The intent on record.
    pub(super) intent: Option<Intent>,
    /// Stopped because the cancer grew; `Unknown` when that may lie after the day asked for.
    pub(super) progression: Truth,
    /// Why it ended, as far as that was known on the day asked for.
    pub(super) stopped: Option<StopReason>,
    /// The records.
    pub(super) from: Vec<Provenance>,
}

impl<'a> Course<'a> {
    /// Whether it is a medicine, an ingredient or a class. One that the knowledge base does not know may be anything,
    /// and nothing against the cancer at all.
    pub(super) fn is_in(&self, drug: &str) -> Truth {
        let Some(medicine) = self.medicine else {
            return Truth::Unknown;
        };
        is_in(medicine, drug)
    }

    /// The same course, of the medicine of another one.
    pub(super) fn of_medicine_of(&self, other: &Course<'a>) -> Self {
        Course {
            medicine: other.medicine,
            ingredients: other.ingredients.clone(),
            ..self.clone()
        }
    }

    /// The knowledge base does not know the medicine.
    pub(super) fn unidentified(&self) -> bool {
        self.medicine.is_none()
    }

    /// Whether it shares a class with another one, beside those that all of them have.
    pub(super) fn shares_class(&self, other: &Course<'_>) -> Truth {
        let (Some(mine), Some(theirs)) = (self.medicine, other.medicine) else {
            return Truth::Unknown;
        };
        let telling = |class: &&String| *class != SYSTEMIC && *class != CHEMOTHERAPY;
        let shared = |class: &String| {
            let class = class.strip_prefix(PERHAPS).unwrap_or(class);
            if class == CHEMOTHERAPY {
                Truth::False
            } else {
                self.is_in(class).and(other.is_in(class))
            }
        };
        let classes = mine.classes.iter().chain(&theirs.classes);
        classes
            .filter(telling)
            .map(shared)
            .fold(Truth::False, Truth::or)
    }

    /// The last dose on record: the end, else the latest start.
    fn last_known(&self) -> DateBounds {
        if self.ended {
            self.end
        } else {
            DateBounds {
                low: self.end.low,
                high: self.end.low.or(self.end.high),
            }
        }
    }

    /// Whether both were surely begun on one day: it is on record, or they stand in one line of a record, whose
    /// medicines share their dates. Medicines found in the words of one text need not.
    pub(super) fn begun_with(&self, other: &Course<'_>) -> bool {
        let line = |course: &Course<'_>| {
            let source = course.from.first().map(|from| &from.source);
            source
                .filter(|source| !source.from_text)
                .map(|source| source.record.clone())
        };
        self.start == other.start
            && (self.start.as_exact().is_some()
                || line(self).is_some_and(|mine| line(other) == Some(mine)))
    }

    /// Whether it was given on or after a day.
    pub(super) fn goes_on_at(&self, day: DateBounds) -> Truth {
        day.on_or_before(self.end)
    }
}

/// Whether a medicine is one, holds an ingredient, or is of a class.
pub(super) fn is_in(medicine: &Medicine, drug: &str) -> Truth {
    let named = medicine.id == drug || medicine.ingredients.iter().any(|it| it == drug);
    if named || medicine.classes.iter().any(|class| class == drug) {
        return Truth::True;
    }
    let perhaps = |class: &String| class.strip_prefix(PERHAPS) == Some(drug);
    if medicine.classes.iter().any(perhaps) {
        Truth::Unknown
    } else {
        Truth::False
    }
}

/// Whether a therapy that lies after the day asked for would match.
pub(super) fn may_match(bundle: &Bundle, therapy: &Therapy, drug: &str) -> bool {
    if therapy.status == TherapyStatus::Planned {
        return false;
    }
    let (name, medicine) = named(bundle, &therapy.drug);
    let course = Course {
        index: 0,
        ingredients: ingredients(name, medicine),
        name,
        medicine,
        start: DateBounds::UNKNOWN,
        end: DateBounds::UNKNOWN,
        ended: false,
        ongoing: false,
        ordered: false,
        only_ordered: false,
        certain: false,
        intent: None,
        progression: Truth::False,
        stopped: None,
        from: Vec::new(),
    };
    course.is_in(drug) != Truth::False
}

fn named<'a>(bundle: &'a Bundle, drug: &'a Drug) -> (&'a str, Option<&'a Medicine>) {
    match drug {
        Drug::Known(id) => match bundle.medicine(id) {
            Some(medicine) => (&medicine.id, Some(medicine)),
            None => (id, None),
        },
        Drug::Unrecognised(name) => (name, None),
    }
}

fn ingredients<'a>(name: &'a str, medicine: Option<&'a Medicine>) -> SortedSet<&'a str> {
    match medicine {
        Some(medicine) if !medicine.ingredients.is_empty() => {
            medicine.ingredients.iter().map(String::as_str).collect()
        }
        _ => SortedSet::from([name]),
    }
}

/// The courses of a chart, by start; planned therapy is no course.
pub(super) fn courses<'a>(timeline: &Timeline<'a>, bundle: &'a Bundle) -> Vec<Course<'a>> {
    let therapies = timeline.each(|event| match event {
        Event::Therapy(therapy) if therapy.status != TherapyStatus::Planned => Some(therapy),
        _ => None,
    });
    let mut courses: Vec<Course<'a>> = Vec::new();
    for (seen, therapy) in therapies {
        let new = course(&seen, therapy, timeline.as_of, bundle);
        let earlier = courses
            .iter_mut()
            .rev()
            .find(|course| continues(course, &new, bundle.line_rules().course_days));
        match earlier {
            Some(earlier) => merge(earlier, new),
            None => courses.push(new),
        }
    }
    courses.sort_by(|one, other| {
        (one.start, one.name, one.end).cmp(&(other.start, other.name, other.end))
    });
    for (index, course) in courses.iter_mut().enumerate() {
        course.index = index;
    }
    courses
}

fn course<'a>(
    seen: &Seen<'a>,
    therapy: &'a Therapy,
    as_of: Date,
    bundle: &'a Bundle,
) -> Course<'a> {
    let (name, medicine) = named(bundle, &therapy.drug);
    let mut start = seen.date;
    let recorded = therapy
        .end
        .filter(|end| *end != DateBounds::UNKNOWN && end.before(start) != Truth::True);
    let over_later = recorded.is_some_and(|end| end.low.is_some_and(|low| low > as_of));
    let maybe_later = recorded.is_some_and(|end| end.high.is_none_or(|high| high > as_of));
    let end = match recorded {
        Some(_) if over_later => DateBounds::exact(as_of),
        Some(end) => DateBounds {
            low: end.low.max(start.low),
            high: cut(end, as_of).high,
        },
        None => DateBounds {
            low: start.low,
            high: Some(as_of),
        },
    };
    start.high = start.high.min(end.high);
    let only_ordered = therapy.status == TherapyStatus::Ordered;
    // Whether a dose of what was ordered today was given is not told yet.
    let only_today = only_ordered && start.low.is_some_and(|low| low >= as_of);
    let progression = match therapy.stopped {
        Some(StopReason::Progression) if !over_later => {
            if maybe_later {
                Truth::Unknown
            } else {
                Truth::True
            }
        }
        _ => Truth::False,
    };
    Course {
        index: 0,
        ingredients: ingredients(name, medicine),
        name,
        medicine,
        start,
        end,
        ended: recorded.is_some() && !over_later,
        ongoing: !only_ordered
            && (over_later || (therapy.status == TherapyStatus::Ongoing && recorded.is_none())),
        ordered: only_ordered && (over_later || recorded.is_none()),
        only_ordered,
        certain: seen.certain && !only_today,
        intent: therapy.intent,
        progression,
        stopped: therapy.stopped.filter(|_| !maybe_later),
        from: vec![seen.provenance()],
    }
}

/// Whether a later record is of the same course: same medicine and intent, in a sure order, and close by.
fn continues(earlier: &Course<'_>, later: &Course<'_>, days: i64) -> bool {
    earlier.name == later.name
        && earlier.certain
        && later.certain
        && earlier.intent == later.intent
        && earlier.progression == Truth::False
        && earlier.start.on_or_before(later.start) == Truth::True
        && later
            .start
            .on_or_before(earlier.last_known().add_days(days))
            == Truth::True
}

fn merge(earlier: &mut Course<'_>, later: Course<'_>) {
    let contained = earlier.ended && later.end.on_or_before(earlier.end) == Truth::True;
    if !contained {
        earlier.end = DateBounds {
            low: later.end.low.max(earlier.end.low),
            high: if earlier.ended {
                later.end.high.max(earlier.end.high)
            } else {
                later.end.high
            },
        };
        earlier.ended = later.ended;
        earlier.ongoing = later.ongoing;
        earlier.ordered = later.ordered;
        earlier.stopped = later.stopped;
    }
    earlier.only_ordered &= later.only_ordered;
    earlier.progression = earlier.progression.or(later.progression);
    earlier.from.extend(later.from);
}

impl<'a> Deriver<'a> {
    /// Courses of a medicine or class that count in a setting: those that surely do, and those that may.
    pub(super) fn counting(&self, drug: &str, setting: Setting) -> Counting<'_, 'a> {
        let advanced = self.advanced();
        let mut counting = Counting {
            surely: Vec::new(),
            maybe: Vec::new(),
        };
        for course in &self.courses {
            let matched = course.is_in(drug);
            if matched == Truth::False {
                continue;
            }
            let phase = self.phase(course, &advanced);
            let there = match setting {
                Setting::Any => Truth::True,
                Setting::Metastatic => Truth::maybe(phase.map(|phase| phase == Phase::Metastatic)),
                Setting::Early => Truth::maybe(phase.map(|phase| phase == Phase::Early)),
            };
            match there {
                Truth::False => {}
                Truth::True if matched == Truth::True && course.certain => {
                    counting.surely.push(course)
                }
                Truth::True | Truth::Unknown => counting.maybe.push(course),
            }
        }
        counting
    }

    /// Whether therapies of a setting are all on record. Where the disease was metastatic from the start there are none but
    /// those for metastatic disease.
    pub(super) fn therapies_complete(&self, setting: Setting) -> bool {
        match self.timeline.record {
            Completeness::Partial => false,
            Completeness::MetastaticTherapies => {
                setting == Setting::Metastatic || self.is_de_novo() == Truth::True
            }
            Completeness::Therapies | Completeness::Complete => true,
        }
    }

    /// Whether the disease was metastatic from the start.
    pub(super) fn is_de_novo(&self) -> Truth {
        let fact = self.fact_by(|rule| matches!(rule, Derivation::DeNovo { .. }));
        fact.map_or(Truth::Unknown, |fact| truth(&fact))
    }

    /// Whether nothing can count in a setting, therapies recorded or not.
    pub(super) fn nothing_counts(&self, setting: Setting) -> bool {
        setting == Setting::Metastatic
            && self.advanced().truth == Truth::False
            && !self
                .courses
                .iter()
                .any(|course| course.intent == Some(Intent::Metastatic))
    }

    /// Whether a medicine of a class was given in a setting.
    pub(super) fn prior_drug(&self, drug: &str, setting: Setting) -> Fact {
        let counting = self.counting(drug, setting);
        let earlier = self.earlier_in(drug, setting);
        if let Earlier::Contradicted(_) = earlier
            && let Some(conflict) = earlier.open()
        {
            let advanced = self.advanced();
            let early = |course: &&Course<'a>| self.phase(course, &advanced) == Some(Phase::Early);
            if counting.surely.iter().all(early) {
                return conflict;
            }
        }
        if let Earlier::Given(said) = earlier {
            let from = [records(&counting.surely), said].concat();
            return Fact::truth(Truth::True, from);
        }
        if !counting.surely.is_empty() {
            let given = Fact::truth(Truth::True, records(&counting.surely));
            return if counting.surely.iter().all(|course| course.only_ordered) {
                given.inferred("ordered; an order that nothing speaks against is read as begun")
            } else {
                given
            };
        }
        self.none_of(
            drug,
            &counting,
            setting,
            "none among the therapies of a record that is stated to be complete",
        )
    }

    /// False where no course can be what is asked, else unknown.
    pub(super) fn none_of(
        &self,
        drug: &str,
        counting: &Counting<'_, 'a>,
        setting: Setting,
        why: &str,
    ) -> Fact {
        if !counting.maybe.is_empty() {
            let all =
                |holds: fn(&Course<'a>) -> bool| counting.maybe.iter().all(|course| holds(course));
            let unsettled = counting
                .maybe
                .iter()
                .all(|course| course.is_in(drug) == Truth::Unknown);
            return Fact::truth(Truth::Unknown, records(&counting.maybe))
                .because(WhyUnknown::Unresolved)
                .inferred(if all(Course::unidentified) {
                    "a medicine on record is not known here, and may be of this kind"
                } else if unsettled {
                    "it is not settled whether a medicine on record counts as one of this kind"
                } else {
                    "it cannot be told whether it was begun by then, or for which stage of the disease"
                });
        }
        if self.nothing_counts(setting) {
            return Fact::truth(Truth::False, Vec::new())
                .inferred("the disease is neither metastatic nor unresectable");
        }
        let earlier = self.earlier_in(drug, setting);
        if let Some(open) = earlier.open() {
            return open;
        }
        if self.therapies_complete(setting) {
            return Fact::truth(Truth::False, Vec::new()).inferred(why);
        }
        match earlier {
            Earlier::Never(from)
                if setting == Setting::Early || self.therapies_complete(Setting::Metastatic) =>
            {
                Fact::truth(Truth::False, from).inferred("never before the disease was metastatic or unresectable, and not since, where therapies are stated to be all there")
            }
            Earlier::Given(from) => Fact::truth(Truth::Unknown, from).because(WhyUnknown::Unresolved),
            Earlier::Never(_) | Earlier::Silent | Earlier::Perhaps(_) | Earlier::Contradicted(_) => {
                Fact::truth(Truth::Unknown, Vec::new())
            }
        }
    }

    /// What is said of earlier medicines, where a setting asks for it.
    fn earlier_in(&self, drug: &str, setting: Setting) -> Earlier {
        match setting {
            Setting::Metastatic => Earlier::Silent,
            Setting::Early | Setting::Any => self.earlier(drug),
        }
    }
}

/// Courses that count, and courses that may.
pub(super) struct Counting<'c, 'a> {
    pub(super) surely: Vec<&'c Course<'a>>,
    pub(super) maybe: Vec<&'c Course<'a>>,
}

/// The records behind courses.
pub(super) fn records(courses: &[&Course<'_>]) -> Vec<Provenance> {
    let from = courses.iter().flat_map(|course| &course.from);
    from.cloned().collect()
}

//! The history of treatment for a reader: the same walk that fills the counts, told step by step.

mod because;
mod episodes;
mod marks;

use super::Deriver;
use super::setting::Phase;
use super::steps::Why;
use super::therapies::{Course, HER2_TARGETED, SYSTEMIC};
use super::timeline::provenance;
use crate::assess::facts as shown;
use crate::bundle::{Bundle, Derivation, Status};
use crate::chart::{self, Chart, Completeness, Intent, LocalTherapyKind, Place, StopReason, Trend};
use crate::wire::{self, lines};
use marks::{Mark, marks};
use waymark_criteria::{Date, SortedSet, Truth};

/// Which medicines were given, how they are counted and why, as it was known on a day.
///
/// The result does not depend on the order of the chart's entries. The counts are the facts of [`super::derive`].
#[must_use]
pub fn history(chart: &Chart, bundle: &Bundle, as_of: Date, record: Completeness) -> lines::Lines {
    let deriver = Deriver::new(chart, bundle, as_of, record);
    deriver.settle_all();
    History::new(&deriver).told()
}

/// What the parts of a history read.
struct History<'d, 'a> {
    deriver: &'d Deriver<'a>,
    /// The setting of each course.
    phases: Vec<Option<Phase>>,
    lines: Vec<Mark>,
    her2_metastatic: Vec<Mark>,
    her2_early: Vec<Mark>,
}

impl<'d, 'a> History<'d, 'a> {
    fn new(deriver: &'d Deriver<'a>) -> Self {
        let advanced = deriver.advanced();
        let courses = &deriver.courses;
        let agents: Vec<&Course<'a>> = courses
            .iter()
            .filter(|course| course.is_in(SYSTEMIC).or(course.is_in(HER2_TARGETED)) != Truth::False)
            .collect();
        let regimens = |part| {
            marks(courses.len(), Why::AgentChange, |visit| {
                deriver.number_of_regimens(&agents, HER2_TARGETED, &[part], visit);
            })
        };
        History {
            phases: courses
                .iter()
                .map(|course| deriver.phase(course, &advanced))
                .collect(),
            lines: marks(courses.len(), Why::NewMedicine, |visit| {
                deriver.number_of_lines(&deriver.metastatic_courses(), visit);
            }),
            her2_metastatic: regimens(Phase::Metastatic),
            her2_early: regimens(Phase::Early),
            deriver,
        }
    }

    fn told(&self) -> lines::Lines {
        let deriver = self.deriver;
        let bundle = deriver.bundle;
        let timeline = &deriver.timeline;
        let advanced = deriver.advanced();
        let counts = self.counts();
        let episodes = self.episodes();
        let beside = deriver.courses.iter().filter(|course| !is_counted(course));
        let mut told = lines::Lines {
            schema: lines::SCHEMA.to_owned(),
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            as_of: timeline.as_of.to_string(),
            record: timeline.record.word().to_owned(),
            knowledge: wire::Knowledge {
                version: bundle.content().version.clone(),
                hash: bundle.hash().to_owned(),
                overdue: Vec::new(),
            },
            patient: wire::Patient {
                id: timeline.chart.patient.id.clone(),
            },
            advanced_since: (advanced.truth == Truth::True).then(|| advanced.date.to_string()),
            counts,
            episodes,
            beside: beside.map(course).collect(),
            events: self.events(),
            early_relapse: self.early_relapse(),
            after_as_of: timeline
                .later
                .iter()
                .map(|entry| shown::record(&provenance(entry)))
                .collect(),
            rules: Vec::new(),
        };
        told.rules = self.rules(&told);
        told
    }

    /// The id of the rule that sets a function; the function's word where the knowledge has none.
    fn rule(&self, function: &str) -> String {
        let rule = self.deriver.bundle.line_rule(function);
        rule.map_or_else(|| function.to_owned(), |rule| rule.id.clone())
    }

    fn rule_ids(&self, whys: &SortedSet<Why>) -> Vec<String> {
        whys.iter().map(|why| self.rule(why.function())).collect()
    }

    /// The mark of a course among the HER2 regimens of its setting.
    fn her2(&self, course: &Course<'a>) -> &Mark {
        match self.phases[course.index] {
            Some(Phase::Early) => &self.her2_early[course.index],
            Some(Phase::Metastatic) | None => &self.her2_metastatic[course.index],
        }
    }

    fn events(&self) -> Vec<lines::Event> {
        let events = self.deriver.timeline.seen.iter().filter_map(|seen| {
            let (kind, place) = match &seen.entry.event {
                chart::Event::Status(status) if status.trend == Trend::Progression => {
                    ("growth", status.place)
                }
                chart::Event::LocalTherapy(done) => (
                    match done.kind {
                        LocalTherapyKind::Surgery => "surgery",
                        LocalTherapyKind::Radiosurgery => "radiosurgery",
                        LocalTherapyKind::Radiotherapy => "radiotherapy",
                    },
                    done.place,
                ),
                _ => return None,
            };
            Some(lines::Event {
                kind: kind.to_owned(),
                place: match place {
                    Place::Cns => Some("cns".to_owned()),
                    Place::Breast => Some("breast".to_owned()),
                    Place::Elsewhere => Some("elsewhere".to_owned()),
                    Place::Unstated => None,
                },
                date: seen.entry.date.to_string(),
                record: shown::record(&seen.provenance()),
            })
        });
        events.collect()
    }

    fn early_relapse(&self) -> Vec<wire::Fact> {
        let bundle = self.deriver.bundle;
        let facts = bundle.schema().indices();
        facts
            .filter(|index| {
                matches!(
                    bundle.fact(*index).derivation,
                    Derivation::EarlyRelapse { .. }
                )
            })
            .map(|index| shown::one(&self.deriver.fact(index), bundle.fact(index)))
            .collect()
    }

    /// The rules that a history names.
    fn rules(&self, told: &lines::Lines) -> Vec<lines::Rule> {
        let mut named: SortedSet<&str> = SortedSet::new();
        for episode in &told.episodes {
            named.extend(episode.goes_on_by.iter().map(String::as_str));
            named.extend(episode.maintenance.iter().map(|it| it.rule.as_str()));
            let begins = episode.begins.iter().flat_map(|begins| &begins.rules);
            named.extend(begins.map(String::as_str));
        }
        let because = told.counts.iter().flat_map(|count| &count.because);
        named.extend(because.flat_map(|it| &it.rules).map(String::as_str));
        let rules = self.deriver.bundle.content().line_rules.iter();
        rules
            .filter(|rule| named.contains(rule.id.as_str()))
            .map(|rule| lines::Rule {
                id: rule.id.clone(),
                says: rule.says.clone(),
                status: match rule.status {
                    Status::Confirmed => "confirmed".to_owned(),
                    Status::Single => "single".to_owned(),
                    Status::Memory => "memory".to_owned(),
                },
                sources: rule.sources.clone(),
            })
            .collect()
    }
}

/// It is, or may be, a medicine that is counted.
fn is_counted(course: &Course<'_>) -> bool {
    course.is_in(SYSTEMIC).or(course.is_in(HER2_TARGETED)) != Truth::False
}

fn course(course: &Course<'_>) -> lines::Course {
    let intent = |intent| match intent {
        Intent::Neoadjuvant => "neoadjuvant",
        Intent::Adjuvant => "adjuvant",
        Intent::Metastatic => "metastatic",
        Intent::Curative => "curative",
    };
    let stopped = |reason| match reason {
        StopReason::Progression => "progression",
        StopReason::Toxicity => "toxicity",
        StopReason::Completed => "completed",
        StopReason::Other => "other",
    };
    lines::Course {
        medicine: course.name.to_owned(),
        from: episodes::date(course.start),
        to: course.ended.then(|| course.end.to_string()),
        ongoing: course.ongoing,
        ordered: course.ordered,
        intent: course.intent.map(|it| intent(it).to_owned()),
        stopped: course.stopped.map(|it| stopped(it).to_owned()),
        records: course.from.iter().map(shown::record).collect(),
    }
}

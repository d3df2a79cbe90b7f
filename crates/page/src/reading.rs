//! Answers or a chart, read by the engine: everything that a page shows of one person.

use crate::Guide;
use crate::answers::{self, Answers, Path};
use litemap::LiteMap;
use waymark_criteria::{Date, Diagnostic, SortedSet, Truth};
use waymark_engine::assess::{assess, open_facts};
use waymark_engine::bundle::{Regimen, Scope};
use waymark_engine::chart::{Chart, Completeness, written};
use waymark_engine::derive::{derive, history};
use waymark_engine::wire::{self, Assessment, lines::Lines};

/// What the guide says of one person on one day.
pub struct Reading<'g> {
    /// What it was read with.
    pub guide: &'g Guide,
    /// The answers; none where a record was read.
    pub answers: Answers,
    /// The chart that the answers make, in the written format; empty where a record was read.
    pub chart_text: String,
    /// Lines of it that contradict themselves and were left out.
    pub left_out: Vec<String>,
    /// What was read.
    pub chart: Chart,
    /// The answers of the guide.
    pub assessment: Assessment,
    /// What was given when.
    pub lines: Lines,
    open: SortedSet<String>,
}

/// Where a therapy stands for one person: the five words of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Every criterion of the approved use is met.
    May,
    /// None fails, and at least one cannot be told.
    Depends,
    /// Only the point in the course of treatment is another one.
    Later,
    /// A criterion fails.
    NotNow,
    /// No approval for this disease is in force.
    Trial,
}

impl Status {
    /// All, in the order of the page.
    pub const ALL: [Status; 5] = [
        Status::May,
        Status::Depends,
        Status::Later,
        Status::NotNow,
        Status::Trial,
    ];

    /// The word of wordings and class names.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Status::May => "may",
            Status::Depends => "depends",
            Status::Later => "later",
            Status::NotNow => "notnow",
            Status::Trial => "trial",
        }
    }
}

impl<'g> Reading<'g> {
    /// Reads what a person answered.
    #[must_use]
    pub fn of_answers(guide: &'g Guide, answers: Answers, today: Date) -> Self {
        let (chart, left_out) = answers::chart(&answers, &guide.bundle);
        Reading {
            answers,
            left_out,
            ..Reading::of_chart(guide, chart, today)
        }
    }

    /// Reads a written chart. A line that cannot be read, or not beside those before it, is left out; what is left then
    /// vouches for nothing.
    #[must_use]
    pub fn of_text(guide: &'g Guide, text: String, today: Date) -> Self {
        let (chart, left_out) = chart_of(&text, guide);
        Reading {
            chart_text: text,
            left_out,
            ..Reading::of_chart(guide, chart, today)
        }
    }

    /// Reads a chart.
    #[must_use]
    pub fn of_chart(guide: &'g Guide, chart: Chart, today: Date) -> Self {
        let bundle = &guide.bundle;
        let record = chart.record.unwrap_or(Completeness::Partial);
        let facts = derive(&chart, bundle, today, record);
        let mut assessment = assess(&chart, &facts, bundle, today);
        for regimen in &mut assessment.regimens {
            regimen.evidence = Some(wire::trials(bundle, &regimen.id));
        }
        let lines = history(&chart, bundle, today, record);
        let open = open_facts(bundle, &facts);
        Reading {
            guide,
            answers: Answers::default(),
            chart_text: String::new(),
            left_out: Vec::new(),
            chart,
            assessment,
            lines,
            open: open
                .into_iter()
                .map(|fact| bundle.fact(fact).id.clone())
                .collect(),
        }
    }

    /// The questions that this person was asked and is still to be asked.
    #[must_use]
    pub fn path(&self) -> Path<'g> {
        let open = self.open.iter().map(String::as_str).collect();
        Path::of(&self.guide.bundle, &self.answers, &open)
    }

    /// A fact by id.
    #[must_use]
    pub fn fact(&self, id: &str) -> Option<&wire::Fact> {
        self.assessment.facts.iter().find(|fact| fact.id == id)
    }

    /// The truth of a boolean fact; of another one, unknown.
    #[must_use]
    pub fn truth(&self, id: &str) -> Truth {
        match self.fact(id).map(|fact| &fact.value) {
            Some(wire::Scalar::Boolean(true)) => Truth::True,
            Some(wire::Scalar::Boolean(false)) => Truth::False,
            Some(wire::Scalar::Null | wire::Scalar::Integer(_) | wire::Scalar::Text(_)) | None => {
                Truth::Unknown
            }
        }
    }

    /// The word of a worded fact.
    #[must_use]
    pub fn word(&self, id: &str) -> Option<&str> {
        match &self.fact(id)?.value {
            wire::Scalar::Text(word) => Some(word),
            wire::Scalar::Null | wire::Scalar::Boolean(_) | wire::Scalar::Integer(_) => None,
        }
    }

    /// Every therapy in its group, each in exactly one, in the order of their ids.
    #[must_use]
    pub fn groups(&self) -> LiteMap<Status, Vec<&wire::Regimen>> {
        let mut groups: LiteMap<Status, Vec<&wire::Regimen>> = LiteMap::new_vec();
        for regimen in &self.assessment.regimens {
            groups
                .entry(self.status(regimen))
                .or_default()
                .push(regimen);
        }
        groups
    }

    /// The entry of a therapy.
    #[must_use]
    pub fn entry(&self, regimen: &wire::Regimen) -> Option<&'g Regimen> {
        self.guide.bundle.regimen(&regimen.id)
    }

    /// Where a therapy stands.
    #[must_use]
    pub fn status(&self, regimen: &wire::Regimen) -> Status {
        let judged = self.entry(regimen).is_some_and(|entry| {
            entry
                .indications
                .iter()
                .any(|indication| indication.scope == Scope::Metastatic)
        });
        let in_force = |indication: &wire::Indication| {
            !matches!(
                indication.verdict,
                wire::Verdict::NotInForce | wire::Verdict::OutsideGuide
            )
        };
        match regimen.verdict {
            wire::Verdict::Indicated => Status::May,
            wire::Verdict::Unknown => Status::Depends,
            wire::Verdict::NotIndicated
            | wire::Verdict::NotInForce
            | wire::Verdict::OutsideGuide => {
                if judged && !regimen.indications.iter().any(|it| in_force(it)) {
                    Status::Trial
                } else if !regimen.unmet.is_empty()
                    && regimen.unmet.iter().all(|id| self.is_of_course(id))
                {
                    Status::Later
                } else {
                    Status::NotNow
                }
            }
        }
    }

    /// Whether a criterion asks for a point in the course of treatment alone.
    fn is_of_course(&self, criterion: &str) -> bool {
        let entry = self.guide.bundle.criterion(criterion);
        entry.is_some_and(|entry| entry.of_course)
    }
}

/// The chart of a text, and the lines that were left out of it: lost, as what an importer could not read is.
fn chart_of(text: &str, guide: &Guide) -> (Chart, Vec<String>) {
    let mut lines: Vec<&str> = text.lines().collect();
    let mut left_out: Vec<String> = Vec::new();
    loop {
        let problems = match written::read(&lines.join("\n"), &guide.bundle) {
            Ok(mut chart) => {
                chart.import.lost += left_out.len();
                return (chart, left_out);
            }
            Err(problems) => problems,
        };
        let bad = problem_lines(&lines, &problems);
        // The first line gives the version: without it there is no chart to leave a line out of.
        if bad.is_empty() || bad.contains(&0) {
            left_out.extend(lines.iter().skip(1).map(|line| (*line).to_owned()));
            let mut chart = Chart::empty();
            chart.import.lost += left_out.len();
            return (chart, left_out);
        }
        let mut place = 0..;
        lines.retain(|line| {
            let is_bad = place.next().is_some_and(|place| bad.contains(&place));
            if is_bad {
                left_out.push((*line).to_owned());
            }
            !is_bad
        });
    }
}

/// The places of the lines in which the problems stand.
fn problem_lines(lines: &[&str], problems: &[Diagnostic]) -> SortedSet<usize> {
    let starts: Vec<usize> = lines
        .iter()
        .scan(0, |next, line| {
            let start = *next;
            *next += line.len() + 1;
            Some(start)
        })
        .collect();
    let spans = problems.iter().filter_map(|problem| problem.span.as_ref());
    spans
        .map(|span| {
            starts
                .partition_point(|start| *start <= span.start)
                .saturating_sub(1)
        })
        .collect()
}

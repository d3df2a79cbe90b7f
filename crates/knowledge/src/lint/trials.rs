//! Figures of trials: each is a number within its interval, in a row that says what it is a figure of.

use crate::base::Base;
use crate::body::Body;
use crate::entry::Entry;
use waymark_criteria::Diagnostic;
use waymark_engine::bundle::{
    Compared, Comparison, Endpoint, Figure, Measure, Regimen, Trial, TrialResult,
};

const UNITS: [&str; 4] = ["%", "months", "people", "weeks"];
const GRADES: [&str; 6] = ["1-2", "3", "3+", "3-4", "4", "any"];
/// What may stand for a value or an upper end that no number gives.
const OPEN: [&str; 3] = ["not reached", "not calculable", "not available"];

pub(super) fn check(base: &Base, problems: &mut Vec<Diagnostic>) {
    for entry in &base.entries {
        match &entry.body {
            Some(Body::Trial(trial)) => check_trial(entry, trial, problems),
            Some(Body::Regimen(regimen)) => check_links(entry, regimen, problems),
            Some(
                Body::Sources(_)
                | Body::Fact(_)
                | Body::Table(_)
                | Body::Criterion(_)
                | Body::Medicine(_)
                | Body::Guidance(_)
                | Body::Terms(_)
                | Body::LineRule(_)
                | Body::Question(_)
                | Body::Wording(_),
            )
            | None => {}
        }
    }
}

/// A trial is named once: as pivotal or as another one.
fn check_links(entry: &Entry, regimen: &Regimen, problems: &mut Vec<Diagnostic>) {
    for (position, id) in regimen.studied.iter().enumerate() {
        let before = regimen.studied.get(..position).unwrap_or_default();
        if regimen.pivotal.contains(id) || before.contains(id) {
            let span = entry.head.span(&format!("studied.{position}"));
            let message = format!("the trial `{id}` is named twice");
            problems.push(entry.error("trial-twice", span, message));
        }
    }
}

fn check_trial(entry: &Entry, trial: &Trial, problems: &mut Vec<Diagnostic>) {
    let groups = trial.people_given.unwrap_or(0) + trial.people_comparator.unwrap_or(0);
    if trial.people.is_some_and(|people| groups > people) {
        let message = "the groups have more people than the trial";
        problems.push(entry.error("figure", entry.head.span("people"), message));
    }
    for (position, row) in trial.results.iter().enumerate() {
        let check = Row {
            entry,
            path: format!("results.{position}"),
            row,
        };
        check.shape(trial, problems);
        check.numbers(problems);
    }
}

struct Row<'a> {
    entry: &'a Entry,
    path: String,
    row: &'a TrialResult,
}

impl Row<'_> {
    fn error(&self, key: &str, message: impl Into<String>) -> Diagnostic {
        let span = self.entry.head.span(&format!("{}.{key}", self.path));
        self.entry.error("figure", span, message)
    }

    fn shape(&self, trial: &Trial, problems: &mut Vec<Diagnostic>) {
        let row = self.row;
        let figures = row.given.is_some() || row.comparator.is_some();
        if !figures && row.compared.is_none() && row.note.is_none() {
            let problem = self.error("endpoint", "this row says nothing");
            problems.push(problem.help("give it figures, or a `note`"));
        }
        if figures && (row.measure.is_none() || row.unit.is_none()) {
            let problem = self.error("given", "a figure of what, and in which unit?");
            problems.push(problem.help("add `measure` and `unit`"));
        }
        if (row.comparator.is_some() || row.compared.is_some()) && trial.comparator.is_none() {
            let message = "the trial has no comparator to compare with";
            problems.push(self.error("comparator", message));
        }
        if let Some(unit) = &row.unit
            && !UNITS.contains(&unit.as_str())
        {
            let problem = self.error("unit", format!("`{unit}` is not a unit of a figure"));
            problems.push(problem.help(format!("known: {}", UNITS.join(", "))));
        }
        if let Some(grade) = &row.grade
            && !GRADES.contains(&grade.as_str())
        {
            let problem = self.error("grade", format!("`{grade}` is not a grade"));
            problems.push(problem.help(format!("known: {}", GRADES.join(", "))));
        }
        let open = matches!(
            row.endpoint,
            Endpoint::SideEffect | Endpoint::IntracranialEvent
        );
        if open && row.what.is_none() {
            let problem = self.error("endpoint", "the row does not say which event it counts");
            problems.push(problem.help("add `what`"));
        }
        let counted = matches!(row.measure, Some(Measure::Share | Measure::Number));
        for (key, figure) in [("given", &row.given), ("comparator", &row.comparator)] {
            if figure.as_ref().is_some_and(|it| it.of.is_some()) && !counted {
                problems.push(self.error(key, "only a share or a number is `of` some people"));
            }
        }
    }

    fn numbers(&self, problems: &mut Vec<Diagnostic>) {
        let share = self.row.unit.as_deref() == Some("%");
        for (key, figure) in [
            ("given", &self.row.given),
            ("comparator", &self.row.comparator),
        ] {
            let Some(Figure {
                value, low, high, ..
            }) = figure
            else {
                continue;
            };
            self.interval(key, value, low.as_deref(), high.as_deref(), problems);
            if share && number(value).is_some_and(|share| share > number("100").unwrap_or(share)) {
                problems.push(self.error(key, "a share is at most 100 %"));
            }
        }
        if let Some(Comparison {
            measure,
            value,
            low,
            high,
            ..
        }) = &self.row.compared
        {
            self.interval("compared", value, low.as_deref(), high.as_deref(), problems);
            if *measure == Compared::Difference && self.row.unit.is_none() {
                let problem = self.error("compared", "a difference in which unit?");
                problems.push(problem.help("add `unit`"));
            }
        }
        if let Some(p) = &self.row.p
            && number(p).is_none()
        {
            problems.push(self.error("p", format!("`{p}` is not a number")));
        }
    }

    fn interval(
        &self,
        key: &str,
        value: &str,
        low: Option<&str>,
        high: Option<&str>,
        problems: &mut Vec<Diagnostic>,
    ) {
        let mut least = None;
        for (key_of_end, text) in [("low", low), ("value", Some(value)), ("high", high)] {
            let Some(text) = text else { continue };
            let at = format!("{key}.{key_of_end}");
            let Some(number) = number(text) else {
                if key_of_end == "low" || !OPEN.contains(&text) {
                    let problem = self.error(&at, format!("`{text}` is not a number"));
                    let help = format!("write it as `7.6`; open ends: {}", OPEN.join(", "));
                    problems.push(problem.help(help));
                }
                continue;
            };
            if least.is_some_and(|least| number < least) {
                let message = "this lies outside its interval: low, value, high are in order";
                problems.push(self.error(&at, message));
            }
            least = Some(number);
        }
        if low.is_some() != high.is_some() {
            problems.push(self.error(key, "an interval has two ends"));
        }
    }
}

/// A plain decimal number in thousandths; figures of trials have at most three decimals.
fn number(text: &str) -> Option<i64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(decimals) || decimals.len() > 3 || whole.len() > 6 {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let thousandths: i64 = format!("{decimals:0<3}").parse().ok()?;
    Some(whole * 1000 + thousandths)
}

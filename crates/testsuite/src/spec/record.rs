//! Blocks of records: a FHIR resource or a written chart, and the facts that follow from it.
//!
//! ```text
//! 2023-02 HER2 IHC 2+
//! => her2-positive = unknown (unresolved)
//! ```

use super::page::Block;
use super::values;
use super::{Checked, Context, Problem};
use waymark_criteria::{Date, FactType};
use waymark_engine::Chart;
use waymark_engine::chart::{Completeness, written};
use waymark_engine::facts::{FactValue, Facts, WhyUnknown};

/// The day on which records are read, unless a block begins with `as of DAY`.
const DAY: &str = "2026-11-01";

impl Context<'_> {
    pub(super) fn record(&self, block: &Block) -> Checked {
        let (mut text, mut checks) = (String::new(), Vec::new());
        let (mut day, mut record) = (DAY, Completeness::Partial);
        for (index, line) in block.lines.iter().enumerate() {
            if let Some(check) = line.strip_prefix("=> ") {
                checks.push((block.at(index), check.trim()));
            } else if let Some(rest) = line.strip_prefix("as of ") {
                day = rest.trim();
            } else if line == "complete" {
                record = Completeness::Complete;
            } else {
                text.push_str(&format!("{line}\n"));
            }
        }
        let broken = |message: String| vec![Problem::new(block.line, message)];
        if checks.is_empty() {
            return Err(broken("the block asks nothing".to_owned()));
        }
        let Some(as_of) = Date::parse(day) else {
            return Err(broken(format!("`{day}` is no day")));
        };
        let chart = self.chart(&text).map_err(broken)?;
        let facts = waymark_engine::derive::derive(&chart, self.bundle, as_of, record);
        let mut problems = Vec::new();
        for (line, check) in &checks {
            let got = self.told(check, &chart, &facts);
            if got != *check {
                problems.push(Problem::differs(*line, check, &got));
            }
        }
        if problems.is_empty() {
            Ok(checks.len())
        } else {
            Err(problems)
        }
    }

    fn chart(&self, text: &str) -> Result<Chart, String> {
        let read = if text.trim_start().starts_with(['{', '[']) {
            waymark_fhir::read(text.as_bytes(), self.bundle, None)
        } else {
            written::read(&format!("chart 1\n{text}"), self.bundle)
        };
        read.map_err(|errors| {
            let lines: Vec<String> = errors
                .iter()
                .map(|error| format!("{}: {}", error.code, error.message))
                .collect();
            lines.join("; ")
        })
    }

    /// What came of the thing that a check speaks of: `fact = value` or `ignored RECORD: reason`.
    fn told(&self, check: &str, chart: &Chart, facts: &Facts) -> String {
        if check.starts_with("ignored ") {
            let lines: Vec<String> = chart
                .import
                .ignored
                .iter()
                .map(|one| format!("ignored {}: {}", one.record, one.reason))
                .collect();
            return lines
                .iter()
                .find(|line| *line == check)
                .cloned()
                .unwrap_or_else(|| format!("ignored: {lines:?}"));
        }
        let id = check.split('=').next().unwrap_or_default().trim();
        let schema = self.bundle.schema();
        let Some(index) = schema.find(id) else {
            return format!("`{id}` is no fact");
        };
        let fact = facts.get(index);
        let value = match &fact.value {
            FactValue::Word(word) => word.clone().unwrap_or_else(|| "unknown".to_owned()),
            FactValue::Value(value) => values::shown(schema.fact(index).ty, *value),
        };
        let why = match fact.why_unknown {
            None => "",
            Some(_) if schema.fact(index).ty != FactType::Boolean && value != "unknown" => "",
            Some(WhyUnknown::NotRecorded) => " (not recorded)",
            Some(WhyUnknown::Conflict) => " (conflict)",
            Some(WhyUnknown::Unresolved) => " (unresolved)",
            Some(WhyUnknown::AfterAsOf) => " (after the day)",
        };
        format!("{id} = {value}{why}")
    }
}

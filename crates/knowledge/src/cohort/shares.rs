//! How often each fact is what, as `kb/cohort.toml` says it with its sources.

use super::Random;
use serde::Deserialize;
use std::collections::BTreeMap;
use waymark_criteria::{Diagnostic, Truth, Value};

/// Shares of a population, all in thousandths.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Shares {
    /// Share of records that do not say a fact that has no share of its own.
    pub unknown: u64,
    /// Share of people for whom a truth without a row holds.
    pub yes: u64,
    /// Rows, in the order in which facts are drawn. Of the rows of one fact, the first whose `when` holds counts.
    #[serde(rename = "fact")]
    pub facts: Vec<Share>,
}

/// How often a fact is what.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Share {
    /// The fact.
    pub id: String,
    /// Id of the source of the numbers.
    pub source: String,
    /// What the source says, or why the number was chosen where no source gives one.
    pub says: String,
    /// Other facts, drawn before, on which the row depends.
    #[serde(default)]
    pub when: BTreeMap<String, When>,
    /// Of a truth: for how many it holds.
    #[serde(default)]
    pub yes: Option<u64>,
    /// Of a number: least and greatest value of a span and its weight; inside a span every value is as likely. Of a date:
    /// days before the day asked for.
    #[serde(default)]
    pub spans: Vec<(i64, i64, u64)>,
    /// Of how many the record does not say it.
    #[serde(default)]
    pub unknown: Option<u64>,
    /// Of a number: of how many the record gives a lower bound only.
    #[serde(default)]
    pub at_least: u64,
}

/// What another fact has to be.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
pub enum When {
    /// This truth.
    Truth(bool),
    /// A number of at least `0` and at most `1`.
    Between(i64, i64),
}

impl When {
    pub(super) fn holds(&self, value: Value) -> bool {
        match (self, value) {
            (When::Truth(truth), Value::Truth(found)) => Truth::decided(*truth) == found,
            (When::Between(low, high), Value::Bounds(found)) => found
                .as_exact()
                .is_some_and(|found| (*low..=*high).contains(&found)),
            (When::Truth(_), Value::Bounds(_)) | (When::Between(..), Value::Truth(_)) => false,
        }
    }
}

impl Shares {
    /// Reads the file.
    ///
    /// # Errors
    /// When it is not of this shape, or a share is above a thousand.
    pub fn parse(text: &str) -> Result<Shares, Diagnostic> {
        let refused =
            |message: String| Diagnostic::error("bad-cohort", message).in_place("cohort.toml");
        let shares: Shares = toml::from_str(text).map_err(|error| refused(error.to_string()))?;
        for row in &shares.facts {
            let recorded = row.unknown.unwrap_or(shares.unknown) + row.at_least;
            let weights: u64 = row.spans.iter().map(|(_, _, weight)| weight).sum();
            if recorded > 1000 || row.yes.is_some_and(|yes| yes > 1000) {
                return Err(refused(format!("`{}`: shares are thousandths", row.id)));
            }
            if row.spans.iter().any(|(low, high, _)| low > high)
                || (row.yes.is_none() && weights == 0)
            {
                let message = format!("`{}`: neither `yes` nor `spans` that may be drawn", row.id);
                return Err(refused(message));
            }
        }
        Ok(shares)
    }
}

impl Share {
    /// A number of the spans, in this unit; `None` where the row is of a truth.
    pub(super) fn number(&self, random: &mut Random, unit: i64) -> Option<i64> {
        let weights: u64 = self.spans.iter().map(|(_, _, weight)| weight).sum();
        let mut at = random.below(weights);
        let span = self.spans.iter().find(|(_, _, weight)| {
            let here = at < *weight;
            at = at.saturating_sub(*weight);
            here
        });
        let (low, high, _) = span?;
        low.saturating_add_unsigned(random.below(high.abs_diff(*low) + 1))
            .checked_mul(unit)
    }
}

//! People made up from a seed, as facts: shares as `kb/cohort.toml` cites them, the constraints between facts kept,
//! and a part of it not on record.
//!
//! A person is drawn fact by fact. Each fact is drawn again until no constraint that it completes is broken; where
//! nothing fits, the person is begun anew. Only then is a part taken off the record, which breaks nothing: what is
//! unknown may still be what it was.

mod random;
mod shares;

pub use random::Random;
pub use shares::{Share, Shares, When};

use waymark_criteria::value::DECIMAL_UNIT;
use waymark_criteria::{
    Bounds, Date, Diagnostic, FactColumns, FactIndex, NodeId, Truth, Value, Values,
};
use waymark_engine::Bundle;
use waymark_engine::bundle::{FactEntry, FactKind};

/// How often a fact is drawn again before the person is begun anew.
const DRAWS: usize = 12;

/// How often a person is begun anew before the constraints count as impossible to keep.
const BEGINNINGS: usize = 1000;

/// Draws people whose facts are those of a bundle.
#[derive(Clone, Debug)]
pub struct Cohort<'a> {
    bundle: &'a Bundle,
    shares: &'a Shares,
    as_of: Date,
    seed: u64,
    facts: Vec<Drawn<'a>>,
}

/// A fact to be drawn, after those before it.
#[derive(Clone, Debug)]
struct Drawn<'a> {
    fact: FactIndex,
    entry: &'a FactEntry,
    rows: Vec<Row<'a>>,
    /// Constraints of which this is the last fact to be drawn.
    constraints: Vec<NodeId>,
    /// The values at which a rule changes, for a number without a row.
    thresholds: Vec<i64>,
}

/// A share with the facts that it depends on.
#[derive(Clone, Debug)]
struct Row<'a> {
    share: &'a Share,
    when: Vec<(FactIndex, &'a When)>,
}

impl<'a> Cohort<'a> {
    /// A cohort of this seed, as of this day. Rows for facts that the bundle does not have are passed over.
    #[must_use]
    pub fn new(bundle: &'a Bundle, shares: &'a Shares, as_of: Date, seed: u64) -> Self {
        let schema = bundle.schema();
        let mut order: Vec<FactIndex> = Vec::new();
        let named = shares.facts.iter().filter_map(|row| schema.find(&row.id));
        for fact in named.chain(schema.indices()) {
            let entry = bundle.fact(fact);
            let drawn = fact != bundle.as_of() && entry.ty != FactKind::Word && !entry.for_readers;
            if drawn && !order.contains(&fact) {
                order.push(fact);
            }
        }
        let program = bundle.program();
        let facts = order.iter().enumerate().map(|(position, fact)| {
            let completed = |constraint: &&NodeId| {
                let read = program.facts_of(**constraint);
                let last = order.iter().rposition(|other| read.contains(other));
                last == Some(position)
            };
            let id = &bundle.fact(*fact).id;
            let rows = shares.facts.iter().filter(|row| row.id == *id);
            let rows = rows.filter_map(|share| {
                let when = share.when.iter();
                let when = when.map(|(id, when)| Some((schema.find(id)?, when)));
                let when = when.collect::<Option<Vec<_>>>()?;
                Some(Row { share, when })
            });
            Drawn {
                fact: *fact,
                entry: bundle.fact(*fact),
                rows: rows.collect(),
                constraints: bundle
                    .constraints()
                    .iter()
                    .filter(completed)
                    .copied()
                    .collect(),
                thresholds: program.thresholds(*fact),
            }
        });
        Cohort {
            facts: facts.collect(),
            bundle,
            shares,
            as_of,
            seed,
        }
    }

    /// The facts of one person, by number.
    ///
    /// # Errors
    /// When no facts were found that keep all constraints together.
    pub fn person(&self, number: u64) -> Result<Values, Diagnostic> {
        let mut random = Random::of_two(self.seed, number);
        for _ in 0..BEGINNINGS {
            if let Some((mut values, rows)) = self.whole(&mut random) {
                for (drawn, row) in self.facts.iter().zip(rows) {
                    let recorded = self.recorded(values.get(drawn.fact), drawn, row, &mut random);
                    values.set(drawn.fact, recorded);
                }
                return Ok(values);
            }
        }
        let message = "no facts were found that keep all constraints between facts together";
        Err(Diagnostic::error("no-cohort", message)
            .help("look for constraints in `facts/` that exclude one another"))
    }

    /// Some people as columns: those with the numbers from `first` on.
    ///
    /// # Errors
    /// As [`Cohort::person`].
    pub fn columns(&self, first: u64, people: usize) -> Result<FactColumns, Diagnostic> {
        let mut columns = FactColumns::unknown(self.bundle.schema(), people);
        for (lane, number) in (0..people).zip(first..) {
            columns.set_all(lane, &self.person(number)?);
        }
        Ok(columns)
    }

    /// All facts known, and the row by which each was drawn; `None` when a constraint could not be kept.
    fn whole(&self, random: &mut Random) -> Option<(Values, Vec<Option<&'a Share>>)> {
        let program = self.bundle.program();
        let mut values = Values::unknown(self.bundle.schema());
        values.set(self.bundle.as_of(), exact(self.as_of.to_days()));
        let mut rows = Vec::with_capacity(self.facts.len());
        for drawn in &self.facts {
            let applies = |row: &&Row<'a>| {
                let mut when = row.when.iter();
                when.all(|(fact, when)| when.holds(values.get(*fact)))
            };
            let row = drawn.rows.iter().find(applies).map(|row| row.share);
            let fits = (0..DRAWS).any(|_| {
                values.set(drawn.fact, self.value(drawn, row, random));
                let mut completed = drawn.constraints.iter();
                completed.all(|node| program.truth_of(&values, *node) != Truth::False)
            });
            if !fits {
                return None;
            }
            rows.push(row);
        }
        Some((values, rows))
    }

    fn value(&self, drawn: &Drawn<'_>, row: Option<&Share>, random: &mut Random) -> Value {
        let unit = match drawn.entry.ty {
            FactKind::Boolean | FactKind::Word => {
                let yes = row.and_then(|row| row.yes).unwrap_or(self.shares.yes);
                return Value::Truth(Truth::decided(random.below(1000) < yes));
            }
            FactKind::Integer | FactKind::Date => 1,
            FactKind::Decimal => DECIMAL_UNIT,
        };
        match row.and_then(|row| row.number(random, unit)) {
            Some(days) if drawn.entry.ty == FactKind::Date => exact(self.as_of.to_days() - days),
            Some(number) => exact(number),
            None => exact(self.near_a_threshold(drawn, unit, random)),
        }
    }

    /// A value at or beside one at which a rule changes, within what the fact may be.
    fn near_a_threshold(&self, drawn: &Drawn<'_>, unit: i64, random: &mut Random) -> i64 {
        let scaled = |end: Option<i64>| end.and_then(|end| end.checked_mul(unit));
        let (low, high) = match drawn.entry.ty {
            FactKind::Date => (None, Some(self.as_of.to_days())),
            _ => (scaled(drawn.entry.min), scaled(drawn.entry.max)),
        };
        let threshold = match drawn.thresholds.get(random.index(drawn.thresholds.len())) {
            Some(threshold) => threshold
                .saturating_add_unsigned(random.below(3))
                .saturating_sub(1),
            None => low.or(high).unwrap_or(0),
        };
        let threshold = low.map_or(threshold, |low| threshold.max(low));
        high.map_or(threshold, |high| threshold.min(high))
    }

    /// What a record would say of a value.
    fn recorded(
        &self,
        value: Value,
        drawn: &Drawn<'_>,
        row: Option<&Share>,
        random: &mut Random,
    ) -> Value {
        let unknown = row
            .and_then(|row| row.unknown)
            .unwrap_or(self.shares.unknown);
        let bounded = row.map_or(0, |row| row.at_least);
        match (random.below(1000), value) {
            (drawn, Value::Truth(_)) if drawn < unknown => Value::Truth(Truth::Unknown),
            (drawn, Value::Bounds(_)) if drawn < unknown => Value::Bounds(Bounds::UNKNOWN),
            (at, Value::Bounds(Bounds { low: Some(low), .. })) if at < unknown + bounded => {
                // A record from which therapies are missing: some of what is so is not in it.
                let least = drawn.entry.min.unwrap_or(0).min(low);
                let seen = random.below(low.abs_diff(least) + 1);
                Value::Bounds(Bounds::at_or_above(least.saturating_add_unsigned(seen)))
            }
            _ => value,
        }
    }
}

fn exact(value: i64) -> Value {
    Value::Bounds(Bounds::exact(value))
}

//! Why a verdict is what it is: the fewest facts that force it, what is still open, and what would change it.
//!
//! The rules are finite: they cut what each fact may be into cells. So all three are exact, by search over the cells
//! within the constraints between facts. They inform; nothing here weighs one change against another.

mod otherwise;
mod smallest;
mod space;

use crate::assess::facts::extent;
use crate::bundle::{Bundle, Regimen, Scope, name};
use crate::wire::{self, Text};
use otherwise::{Way, ways};
use smallest::smallest;
use space::{Budget, Reach, Space, Stopped};
use std::sync::Arc;
use waymark_criteria::{Bounds, FactIndex, Op, Open, Residual, SortedSet, Truth, Value, Values};

/// Steps of search for one regimen; a regimen takes some hundreds.
const BUDGET: u32 = 20_000;

/// Ways that are given; the number of the others is told.
const GIVEN: usize = 5;

/// Gives reasons for one person's verdicts.
pub struct Reasoner<'a> {
    bundle: &'a Bundle,
    space: Space<'a>,
    consistent: Result<(), Stopped>,
}

impl<'a> Reasoner<'a> {
    /// Reasons for verdicts on these values.
    #[must_use]
    pub fn new(bundle: &'a Bundle, values: &Values) -> Self {
        let space = Space::new(bundle, values);
        let possible = match space.all_within(Reach::Recorded) {
            Some(values) => space.possibility(values, &mut Budget(BUDGET)),
            None => Ok(None),
        };
        let consistent = possible.and_then(|found| found.map(drop).ok_or(Stopped::Contradiction));
        Reasoner {
            bundle,
            space,
            consistent,
        }
    }

    /// Adds reasons to every regimen of an assessment of these values.
    pub fn add_to(&self, assessment: &mut wire::Assessment) {
        for regimen in &mut assessment.regimens {
            regimen.reasons = self.reasons(&regimen.id);
        }
    }

    /// Reasons for the verdict on a regimen; `None` when there is none of that id.
    #[must_use]
    pub fn reasons(&self, regimen: &str) -> Option<wire::Reasons> {
        let regimen = self.bundle.regimen(regimen)?;
        let mut reasons = wire::Reasons {
            decided_by: None,
            still_open: self.still_open(regimen),
            would_be_met: None,
            would_not_be_met: None,
            not_computed: None,
        };
        if let Err(stopped) = self.search(regimen, &mut reasons) {
            let word = match stopped {
                Stopped::TooMuchWork => "too-much-work",
                Stopped::Contradiction => "contradiction",
            };
            reasons.not_computed = Some(word.to_owned());
        }
        Some(reasons)
    }

    fn search(&self, regimen: &Regimen, reasons: &mut wire::Reasons) -> Result<(), Stopped> {
        self.consistent?;
        let program = self.bundle.program();
        let Some(node) = program.root(&name::regimen(&regimen.id)) else {
            return Ok(());
        };
        let read = self.read(regimen);
        let mut budget = Budget(BUDGET);
        let truth = program.truth_of(&self.space.actual, node);
        let reaches: &[Reach] = if truth.is_known() {
            let facts = smallest(&self.space, (node, truth), &read, &mut budget)?;
            let ids = facts.iter().map(|fact| self.bundle.fact(*fact).id.clone());
            reasons.decided_by = Some(ids.collect());
            &[Reach::Possible, Reach::Any]
        } else {
            &[Reach::Recorded, Reach::Possible, Reach::Any]
        };
        let mut otherwise = |wanted: bool| {
            if truth == Truth::decided(wanted) {
                return Ok(None);
            }
            for reach in reaches {
                let ways = ways(&self.space, (node, wanted), &read, *reach, &mut budget)?;
                if !ways.is_empty() {
                    return Ok(Some(self.otherwise(&ways, *reach)));
                }
            }
            Ok(Some(self.otherwise(&[], Reach::Any)))
        };
        reasons.would_be_met = otherwise(true)?;
        reasons.would_not_be_met = otherwise(false)?;
        Ok(())
    }

    /// The facts that the deciding indications read that may be in force on the day, but for the day itself.
    fn read(&self, regimen: &Regimen) -> Vec<FactIndex> {
        let program = self.bundle.program();
        let mut read = SortedSet::new();
        for indication in &regimen.indications {
            let in_force = program
                .root(&name::in_force(&indication.id))
                .is_none_or(|node| program.truth_of(&self.space.actual, node) != Truth::False);
            if indication.scope == Scope::Metastatic
                && in_force
                && let Some(node) = program.root(&indication.id)
            {
                read.extend(program.facts_of(node));
            }
        }
        read.remove(&self.bundle.as_of());
        read.into_iter().collect()
    }

    /// What is left of each deciding indication that is open, its being in force included.
    fn still_open(&self, regimen: &Regimen) -> Vec<wire::Node> {
        let program = self.bundle.program();
        let regimen_open = program
            .root(&name::regimen(&regimen.id))
            .is_some_and(|node| !program.truth_of(&self.space.actual, node).is_known());
        if !regimen_open {
            return Vec::new();
        }
        let deciding = regimen
            .indications
            .iter()
            .filter(|indication| indication.scope == Scope::Metastatic);
        deciding
            .filter_map(|indication| program.root(&name::valid(&indication.id)))
            .filter_map(|node| match program.reduce(&self.space.actual, node) {
                Residual::Open(open) => Some(open),
                Residual::Decided(_) => None,
            })
            .flat_map(|open| open.children)
            .map(|open| self.node(&open))
            .collect()
    }

    fn node(&self, open: &Open) -> wire::Node {
        let named = open.name.as_deref();
        let criterion = named.and_then(|name| self.bundle.criterion(name));
        let op = match open.op {
            Op::All => "all",
            Op::Any => "any",
            Op::Not => "not",
            Op::Test => "test",
        };
        let sources = criterion.iter().flat_map(|it| &it.sources);
        let facts = open.facts.iter().map(|fact| self.bundle.fact(*fact));
        wire::Node {
            criterion: named.map(Text::from),
            op: Text::from(op),
            verdict: wire::Truth::Unknown,
            text: Text::from(criterion.map_or(&open.text, |it| &it.unknown)),
            sources: sources.map(Text::from).collect(),
            facts: facts.map(|it| Text::from(&it.id)).collect(),
            children: open
                .children
                .iter()
                .map(|child| Arc::new(self.node(child)))
                .collect(),
        }
    }

    fn otherwise(&self, ways: &[Way], reach: Reach) -> wire::Otherwise {
        let changes = |changes: &[(FactIndex, Value)]| {
            let change = |(fact, value): &(FactIndex, Value)| self.change(*fact, *value);
            changes.iter().map(change).collect()
        };
        let given = ways.iter().take(GIVEN).map(|way| wire::Way {
            changes: changes(&way.changes),
            follows: changes(&way.follows),
        });
        wire::Otherwise {
            possible: reach != Reach::Any,
            ways: given.collect(),
            more: ways.len().saturating_sub(GIVEN),
        }
    }

    fn change(&self, fact: FactIndex, would_be: Value) -> wire::Change {
        let entry = self.bundle.fact(fact);
        wire::Change {
            fact: entry.id.clone(),
            label: entry.label.clone(),
            now: extent(self.told(fact, self.space.actual.get(fact)), entry),
            would_be: extent(self.told(fact, would_be), entry),
        }
    }

    /// The value without ends that the fact has by its nature.
    fn told(&self, fact: FactIndex, value: Value) -> Value {
        match (value, self.space.cells.natural(fact)) {
            (Value::Bounds(value), Value::Bounds(natural)) if value.as_exact().is_none() => {
                Value::Bounds(Bounds {
                    low: value.low.filter(|_| value.low > natural.low),
                    high: value.high.filter(|_| value.high != natural.high),
                })
            }
            (Value::Truth(_) | Value::Bounds(_), _) => value,
        }
    }
}

//! Search over every patient that there could be.
//!
//! The rules are finite: their constants cut what each fact may be into cells, and the constraints of the knowledge say
//! which cells go together. So questions such as "is there anyone for whom these two criteria differ?" have exact
//! answers, found here without a chart.
//!
//! ```text
//! Search::new(bundle, nodes) ─┬─ example     some patient, everything that matters known
//!                             ├─ smallest    the fewest facts that bring the verdicts about
//!                             └─ undetected  facts that decide a verdict which stays unknown
//! ```

mod smallest;
mod undetected;

use crate::bundle::Bundle;
use crate::cells::{Cells, overlap};
use crate::constraints::Constraints;
use std::borrow::Cow;
use std::cell::Cell;
use waymark_criteria::{Bounds, Date, FactIndex, NodeId, Program, SortedSet, Truth, Value, Values};

/// Steps of one search before it is given up. A search over one therapy takes some thousands.
const BUDGET: u32 = 2_000_000;

/// The search was given up: it took more steps than any that has an answer within reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMuchWork;

/// A verdict that is asked for: of several nodes the best, as of several indications of one therapy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// The nodes; their truths are joined by `or`. None: false.
    pub any: Vec<NodeId>,
    /// The day on which they are judged; none: any day, which is then found with the patient.
    pub on: Option<Date>,
    /// The truth that they must have.
    pub is: Truth,
}

impl Goal {
    /// One node.
    #[must_use]
    pub fn new(node: NodeId, on: Option<Date>, is: Truth) -> Self {
        Goal {
            any: vec![node],
            on,
            is,
        }
    }
}

/// A patient of whom a few facts are stated and all others are unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patient {
    /// The facts that are stated, in the schema's order, each as wide as the verdicts allow.
    pub stated: Vec<(FactIndex, Value)>,
}

/// All patients that the constraints allow.
pub struct Search<'a> {
    bundle: &'a Bundle,
    program: &'a Program,
    cells: Cells,
    constraints: Constraints,
    /// What is said of every patient; all else unknown.
    given: Values,
    /// What follows from that.
    possible: Values,
    /// The facts that are compared with one another: a cell does not settle them.
    compared: SortedSet<FactIndex>,
    steps: Cell<u32>,
}

impl<'a> Search<'a> {
    /// Every patient, told apart as finely as these nodes do.
    #[must_use]
    pub fn new(bundle: &'a Bundle, nodes: &[NodeId]) -> Self {
        Search::within(bundle, nodes, bundle.constraints())
    }

    /// As [`Search::new`], but any facts go together.
    #[must_use]
    pub fn unconstrained(bundle: &'a Bundle, nodes: &[NodeId]) -> Self {
        Search::within(bundle, nodes, &[])
    }

    fn within(bundle: &'a Bundle, nodes: &[NodeId], constraints: &[NodeId]) -> Self {
        let nodes = [nodes, constraints].concat();
        let cells = Cells::below(bundle, &nodes);
        let program = bundle.program();
        let constraints = Constraints::new(program, constraints);
        let given = Values::unknown(bundle.schema());
        let mut possible = given.clone();
        for fact in bundle.schema().indices() {
            possible.set(fact, cells.natural(fact));
        }
        constraints.close(program, &cells, &mut possible, constraints.read().collect());
        Search {
            bundle,
            program,
            cells,
            constraints,
            given,
            possible,
            compared: program.compared_facts(&nodes),
            steps: Cell::new(0),
        }
    }

    /// Only patients of whom these facts hold; `None` where there cannot be any.
    #[must_use]
    pub fn given(mut self, facts: &[(FactIndex, Value)]) -> Option<Self> {
        for (fact, value) in facts {
            self.possible = self.narrowed(&self.possible, *fact, *value)?;
            self.given
                .set(*fact, overlap(self.given.get(*fact), *value)?);
        }
        Some(self)
    }

    /// A patient with these verdicts of whom everything that they depend on is known.
    ///
    /// # Errors
    /// When the search was given up.
    pub fn example(&self, goals: &[Goal]) -> Result<Option<Values>, TooMuchWork> {
        self.steps.set(BUDGET);
        self.complete(self.possible.clone(), goals)
    }

    /// A patient with these verdicts of whom as few facts as possible are stated, beside those that are given.
    ///
    /// Verdicts are those that the evaluator gives to the stated facts alone. Where several sets of facts are equally
    /// small, the first in the order of the facts is taken.
    ///
    /// # Errors
    /// When the search was given up, or one verdict must be unknown and a node compares facts with one another, so that
    /// cells do not exhaust it.
    pub fn smallest(&self, goals: &[Goal]) -> Result<Option<Patient>, TooMuchWork> {
        self.steps.set(BUDGET);
        smallest::smallest(self, goals)
    }

    /// A patient for whom a node stays unknown on a day, although it has the same truth whatever else comes to be
    /// known, and whether that is true. No stated fact can be left out.
    ///
    /// # Errors
    /// When the search was given up, or the node compares facts with one another, so that cells do not exhaust it.
    pub fn undetected(
        &self,
        node: NodeId,
        on: Date,
    ) -> Result<Option<(Patient, bool)>, TooMuchWork> {
        self.steps.set(BUDGET);
        undetected::undetected(self, node, on)
    }

    /// Spans of days inside which everything holds or does not hold alike, from the first to the last.
    #[must_use]
    pub fn days(&self) -> Vec<Bounds> {
        let as_of = self.bundle.as_of();
        let cells = self.cells.of(as_of, self.cells.natural(as_of));
        cells.into_iter().map(Value::bounds).collect()
    }

    fn spend(&self) -> Result<(), TooMuchWork> {
        let left = self.steps.get().checked_sub(1).ok_or(TooMuchWork)?;
        self.steps.set(left);
        Ok(())
    }

    /// Values with the day of a goal filled in.
    fn on<'v>(&self, values: &'v Values, goal: &Goal) -> Cow<'v, Values> {
        let Some(day) = goal.on else {
            return Cow::Borrowed(values);
        };
        let mut values = values.clone();
        let day = Value::Bounds(Bounds::exact(day.to_days()));
        values.set(self.bundle.as_of(), day);
        Cow::Owned(values)
    }

    fn truth(&self, values: &Values, goal: &Goal) -> Truth {
        let truths = goal
            .any
            .iter()
            .map(|node| self.program.truth_of(values, *node));
        truths.fold(Truth::False, Truth::or)
    }

    /// Values with one fact narrowed and what follows from that; `None` when they cannot hold together.
    fn narrowed(&self, from: &Values, fact: FactIndex, value: Value) -> Option<Values> {
        let value = overlap(from.get(fact), value)?;
        let mut values = from.clone();
        values.set(fact, value);
        let work = vec![fact];
        self.constraints
            .close(self.program, &self.cells, &mut values, work)
            .then_some(values)
    }

    /// A possibility within these values that keeps all constraints and reaches all goals.
    fn complete(&self, values: Values, goals: &[Goal]) -> Result<Option<Values>, TooMuchWork> {
        self.spend()?;
        let mut open = None;
        for goal in goals {
            let seen = self.on(&values, goal);
            let truth = self.truth(&seen, goal);
            if truth.is_known() {
                if truth != goal.is {
                    return Ok(None);
                }
                continue;
            }
            match self.undecided(&seen, goal) {
                Some(fact) => open = open.or(Some(fact)),
                // Only a day that is not known exactly leaves a node open when all facts are known.
                None if goal.is == Truth::Unknown => {}
                None => return Ok(None),
            }
        }
        let Some(fact) = open.or_else(|| self.constraints.undecided(self.program, &values)) else {
            return Ok(Some(values));
        };
        for part in self.cells.parts(fact, values.get(fact)) {
            if let Some(values) = self.narrowed(&values, fact, part)
                && let Some(found) = self.complete(values, goals)?
            {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// An open fact on which a goal depends, first for the truth that is asked for.
    fn undecided(&self, values: &Values, goal: &Goal) -> Option<FactIndex> {
        let first = goal.is == Truth::True;
        let nodes = goal
            .any
            .iter()
            .filter(|node| !self.program.truth_of(values, **node).is_known());
        let mut hurdles = nodes.flat_map(|node| {
            let hurdle = |wanted| self.program.hurdles(values, *node, wanted);
            [first, !first].into_iter().filter_map(hurdle)
        });
        hurdles.find_map(|hurdle| {
            hurdle
                .into_iter()
                .find(|fact| self.is_open(*fact, values.get(*fact)))
        })
    }

    /// Whether knowing a fact more exactly can decide anything.
    fn is_open(&self, fact: FactIndex, value: Value) -> bool {
        !value.is_settled()
            && (self.compared.contains(&fact) || self.cells.of(fact, value).len() > 1)
    }

    /// "At least 1", not "1 to 30" where no number may be above 30.
    fn without_natural_ends(&self, fact: FactIndex, value: Value) -> Value {
        let (Value::Bounds(bounds), Value::Bounds(natural)) = (value, self.cells.natural(fact))
        else {
            return value;
        };
        if bounds.as_exact().is_some() {
            return value;
        }
        Value::Bounds(Bounds {
            low: bounds.low.filter(|_| bounds.low != natural.low),
            high: bounds.high.filter(|_| bounds.high != natural.high),
        })
    }
}

//! All that a person's facts could be: searched for a possibility within the constraints between facts.

use crate::bundle::{Bundle, Changes};
use crate::cells::{Cells, halves, is_within, overlap};
use crate::constraints::Constraints;
use waymark_criteria::{Bounds, FactIndex, NodeId, Program, Truth, Value, Values};

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    /// The bound on work was reached.
    TooMuchWork,
    /// The facts cannot hold together.
    Contradiction,
}

/// A bound on work, in steps of a search.
pub(super) struct Budget(pub(super) u32);

impl Budget {
    pub(super) fn spend(&mut self) -> Result<(), Stopped> {
        self.0 = self.0.checked_sub(1).ok_or(Stopped::TooMuchWork)?;
        Ok(())
    }
}

/// Which values a fact may come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Those that agree with what is known.
    Recorded,
    /// Those that may still come about.
    Possible,
    /// Any at all.
    Any,
}

/// The facts of one person and everything that they could be instead.
pub(super) struct Space<'a> {
    bundle: &'a Bundle,
    pub(super) program: &'a Program,
    pub(super) cells: Cells,
    constraints: &'a Constraints,
    /// What is known, within what each fact may be by its nature.
    pub(super) actual: Values,
    /// Nothing known but the day asked for, and what follows from that.
    free: Values,
}

impl<'a> Space<'a> {
    pub(super) fn new(bundle: &'a Bundle, values: &Values) -> Self {
        let cells = Cells::beside(bundle, values);
        let (program, constraints) = (bundle.program(), bundle.constraint_index());
        let (mut actual, mut free) = (values.clone(), values.clone());
        for fact in bundle.schema().indices() {
            let natural = cells.natural(fact);
            if let Some(value) = overlap(values.get(fact), natural) {
                actual.set(fact, value);
            }
            if fact != bundle.as_of() {
                free.set(fact, natural);
            }
        }
        constraints.close(program, &cells, &mut free, constraints.read().collect());
        Space {
            bundle,
            program,
            cells,
            constraints,
            actual,
            free,
        }
    }

    pub(super) fn facts(&self) -> impl Iterator<Item = FactIndex> {
        self.bundle.schema().indices()
    }

    /// What a fact may come to.
    pub(super) fn reach(&self, fact: FactIndex, reach: Reach) -> Value {
        let (now, natural) = (self.actual.get(fact), self.cells.natural(fact));
        if fact == self.bundle.as_of() {
            return now;
        }
        match (reach, self.bundle.fact(fact).changes) {
            (Reach::Recorded, _) | (Reach::Possible, Changes::Fixed) => now,
            (Reach::Any, _) | (Reach::Possible, Changes::MayChange) => natural,
            (Reach::Possible, Changes::Grows) => match (now, natural) {
                (Value::Truth(Truth::True), _) => now,
                (Value::Bounds(Bounds { low, .. }), Value::Bounds(Bounds { high, .. })) => {
                    Value::Bounds(Bounds { low, high })
                }
                (Value::Truth(_) | Value::Bounds(_), _) => natural,
            },
        }
    }

    /// Everything within reach, and what follows from that; `None` when it cannot hold together.
    pub(super) fn all_within(&self, reach: Reach) -> Option<Values> {
        let mut values = self.actual.clone();
        for fact in self.bundle.schema().indices() {
            values.set(fact, self.reach(fact, reach));
        }
        let read = self.constraints.read().collect();
        self.constraints
            .close(self.program, &self.cells, &mut values, read)
            .then_some(values)
    }

    /// Values with some facts narrowed, and what follows from that; `None` when they cannot hold together.
    pub(super) fn narrowed(
        &self,
        from: &Values,
        facts: impl IntoIterator<Item = (FactIndex, Value)>,
    ) -> Option<Values> {
        let (mut values, mut work) = (from.clone(), Vec::new());
        for (fact, value) in facts {
            let value = overlap(values.get(fact), value)?;
            if value != values.get(fact) {
                values.set(fact, value);
                work.push(fact);
            }
        }
        self.constraints
            .close(self.program, &self.cells, &mut values, work)
            .then_some(values)
    }

    /// Only these facts known.
    pub(super) fn knowing(&self, facts: &[FactIndex]) -> Option<Values> {
        let known = facts.iter().map(|fact| (*fact, self.actual.get(*fact)));
        self.narrowed(&self.free, known)
    }

    /// A possibility within these values that keeps all constraints, as near to what is known as the first one found.
    pub(super) fn possibility(
        &self,
        values: Values,
        budget: &mut Budget,
    ) -> Result<Option<Values>, Stopped> {
        self.search(values, None, &[], budget)
    }

    /// A possibility in which the node has not this truth. Each of the facts then agrees with what is known or
    /// contradicts it.
    pub(super) fn exception(
        &self,
        values: Values,
        (node, truth): (NodeId, Truth),
        facts: &[FactIndex],
        budget: &mut Budget,
    ) -> Result<Option<Values>, Stopped> {
        self.search(values, Some((node, truth)), facts, budget)
    }

    fn search(
        &self,
        values: Values,
        unless: Option<(NodeId, Truth)>,
        facts: &[FactIndex],
        budget: &mut Budget,
    ) -> Result<Option<Values>, Stopped> {
        budget.spend()?;
        let mut open = None;
        if let Some((node, truth)) = unless {
            match self.program.truth_of(&values, node) {
                found if found == truth => return Ok(None),
                Truth::Unknown => open = self.undecided(&values, node, truth),
                Truth::True | Truth::False => {}
            }
        }
        let open = open
            .or_else(|| {
                facts
                    .iter()
                    .copied()
                    .find(|fact| self.straddles(&values, *fact))
            })
            .or_else(|| self.constraints.undecided(self.program, &values));
        let Some(fact) = open else {
            return Ok(Some(values));
        };
        for (_, part) in self.parts(fact, values.get(fact)) {
            if let Some(values) = self.narrowed(&values, [(fact, part)])
                && let Some(found) = self.search(values, unless, facts, budget)?
            {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// An open fact on which the truth of a node depends, first for another truth than this one. There may be none:
    /// a day that is not known exactly leaves a node unknown whatever the facts are.
    fn undecided(&self, values: &Values, node: NodeId, truth: Truth) -> Option<FactIndex> {
        let first = truth != Truth::True;
        [first, !first].into_iter().find_map(|wanted| {
            let hurdle = self.program.hurdles(values, node, wanted)?;
            hurdle
                .into_iter()
                .find(|fact| !values.get(*fact).is_settled())
        })
    }

    fn straddles(&self, values: &Values, fact: FactIndex) -> bool {
        let (value, actual) = (values.get(fact), self.actual.get(fact));
        overlap(value, actual).is_some() && !is_within(value, actual)
    }

    /// What a fact may be, in parts with their distance from what is known, nearest first: cells, or the two halves of
    /// a single one.
    pub(super) fn parts(&self, fact: FactIndex, within: Value) -> Vec<(usize, Value)> {
        let actual = self.actual.get(fact);
        let cells = match self.cells.around(fact, within, actual).as_slice() {
            [Value::Bounds(only)] if only.as_exact().is_none() => halves(*only).to_vec(),
            cells => cells.to_vec(),
        };
        let lies = |cell: &Value| match (cell, actual) {
            (Value::Bounds(cell), Value::Bounds(actual)) => {
                if cell.less(actual) == Truth::True {
                    std::cmp::Ordering::Less
                } else if actual.less(*cell) == Truth::True {
                    std::cmp::Ordering::Greater
                } else {
                    std::cmp::Ordering::Equal
                }
            }
            (Value::Truth(_) | Value::Bounds(_), _) if is_within(*cell, actual) => {
                std::cmp::Ordering::Equal
            }
            (Value::Truth(_) | Value::Bounds(_), _) => std::cmp::Ordering::Greater,
        };
        let below = cells.iter().filter(|cell| lies(cell).is_lt()).count();
        let above = cells.iter().filter(|cell| lies(cell).is_gt()).count();
        let mut parts: Vec<(usize, Value)> = cells
            .iter()
            .enumerate()
            .map(|(position, cell)| {
                let distance = match lies(cell) {
                    std::cmp::Ordering::Less => below - position,
                    std::cmp::Ordering::Equal => 0,
                    std::cmp::Ordering::Greater => position + above + 1 - cells.len(),
                };
                (distance, *cell)
            })
            .collect();
        parts.sort_by_key(|(distance, _)| *distance);
        parts
    }
}

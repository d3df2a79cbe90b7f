//! Verdicts that stay unknown although they are decided.
//!
//! The evaluator looks at one comparison at a time. Where a criterion reads a fact twice, or the constraints tie its
//! facts together, the stated facts may leave no choice and the evaluator not see it.

use super::{Goal, Patient, Search, TooMuchWork};
use crate::cells::is_within;
use std::cell::Cell;
use waymark_criteria::{Date, FactIndex, NodeId, Truth, Value, Values};

/// Sets of stated facts that are looked at; a criterion of ten facts has some ten thousands that leave it open.
const SETS: u32 = 200_000;

/// Facts of a criterion that is looked at; each more makes three times as many sets.
const READ: usize = 14;

struct Undetected<'s, 'a> {
    search: &'s Search<'a>,
    met: Goal,
    not_met: Goal,
    /// The day leaves it open.
    open: Goal,
    read: Vec<FactIndex>,
    left: Cell<u32>,
}

/// Someone of whom a few facts are stated, and completions of that.
struct State {
    stated: Vec<(FactIndex, Value)>,
    possible: Values,
    met: Option<Values>,
    not_met: Option<Values>,
}

pub(super) fn undetected(
    search: &Search<'_>,
    node: NodeId,
    on: Date,
) -> Result<Option<(Patient, bool)>, TooMuchWork> {
    if !search.program.compared_facts(&[node]).is_empty() {
        return Err(TooMuchWork);
    }
    let mut read = search.program.facts_of(node);
    read.remove(&search.bundle.as_of());
    if read.len() > READ {
        return Err(TooMuchWork);
    }
    let undetected = Undetected {
        search,
        met: Goal::new(node, Some(on), Truth::True),
        not_met: Goal::new(node, Some(on), Truth::False),
        open: Goal::new(node, Some(on), Truth::Unknown),
        left: Cell::new(SETS),
        read: read.into_iter().collect(),
    };
    let state = undetected.state(Vec::new(), search.possible.clone(), None, None)?;
    let found = match state {
        Some(state) => undetected.descend(&state, 0)?,
        None => None,
    };
    found
        .map(|stated| undetected.without_idle(stated))
        .transpose()
}

impl Undetected<'_, '_> {
    /// Stated facts that leave the verdict unknown and can hold.
    fn state(
        &self,
        stated: Vec<(FactIndex, Value)>,
        possible: Values,
        met: Option<Values>,
        not_met: Option<Values>,
    ) -> Result<Option<State>, TooMuchWork> {
        if self.verdict(&stated).is_known() {
            return Ok(None);
        }
        let completed = |known: Option<Values>, goal: &Goal| match known {
            Some(known) => Ok(Some(known)),
            None => self.complete(possible.clone(), goal),
        };
        let (met, not_met) = (
            completed(met, &self.met)?,
            completed(not_met, &self.not_met)?,
        );
        // With neither, the day itself is what is not known.
        let can_hold = met.is_some() || not_met.is_some();
        Ok(can_hold.then_some(State {
            stated,
            possible,
            met,
            not_met,
        }))
    }

    /// Whether every completion has one truth.
    fn is_decided(&self, state: &State) -> Result<bool, TooMuchWork> {
        if state.met.is_some() == state.not_met.is_some() {
            return Ok(false);
        }
        let open = self.complete(state.possible.clone(), &self.open)?;
        Ok(open.is_none())
    }

    fn complete(&self, possible: Values, goal: &Goal) -> Result<Option<Values>, TooMuchWork> {
        self.search.complete(possible, std::slice::from_ref(goal))
    }

    /// What stated facts leave possible.
    fn possible(&self, stated: &[(FactIndex, Value)]) -> Option<Values> {
        let all = self.search.possible.clone();
        stated.iter().try_fold(all, |possible, (fact, value)| {
            self.search.narrowed(&possible, *fact, *value)
        })
    }

    fn verdict(&self, stated: &[(FactIndex, Value)]) -> Truth {
        let mut values = self.search.given.clone();
        for (fact, value) in stated {
            values.set(*fact, *value);
        }
        let values = self.search.on(&values, &self.met);
        self.search.truth(&values, &self.met)
    }

    /// States every set of the facts from a position on in every way.
    fn descend(
        &self,
        state: &State,
        from: usize,
    ) -> Result<Option<Vec<(FactIndex, Value)>>, TooMuchWork> {
        let left = self.left.get().checked_sub(1).ok_or(TooMuchWork)?;
        self.left.set(left);
        if self.is_decided(state)? {
            return Ok(Some(state.stated.clone()));
        }
        for (position, fact) in self.read.iter().enumerate().skip(from) {
            let cells = &self.search.cells;
            for value in cells.runs(*fact, self.search.possible.get(*fact)) {
                let Some(possible) = self.search.narrowed(&state.possible, *fact, value) else {
                    continue;
                };
                let still = |known: &Option<Values>| {
                    let known = known.clone();
                    known.filter(|known| is_within(known.get(*fact), value))
                };
                let mut stated = state.stated.clone();
                stated.push((*fact, value));
                let next =
                    self.state(stated, possible, still(&state.met), still(&state.not_met))?;
                if let Some(next) = next
                    && let Some(found) = self.descend(&next, position + 1)?
                {
                    return Ok(Some(found));
                }
            }
        }
        Ok(None)
    }

    /// Without the facts that are not needed.
    fn without_idle(
        &self,
        mut stated: Vec<(FactIndex, Value)>,
    ) -> Result<(Patient, bool), TooMuchWork> {
        let mut position = 0;
        while position < stated.len() {
            let mut fewer = stated.clone();
            fewer.remove(position);
            let state = match self.possible(&fewer) {
                Some(possible) => self.state(fewer, possible, None, None)?,
                None => None,
            };
            match state {
                Some(state) if self.is_decided(&state)? => stated = state.stated,
                Some(_) | None => position += 1,
            }
        }
        let possible = self.possible(&stated);
        let met = match possible {
            Some(possible) => self.complete(possible, &self.met)?,
            None => None,
        };
        for (fact, value) in &mut stated {
            *value = self.search.without_natural_ends(*fact, *value);
        }
        Ok((Patient { stated }, met.is_some()))
    }
}

//! The smallest changes of facts that bring about another verdict.

use super::space::{Budget, Reach, Space, Stopped};
use crate::cells::{hull, overlap};
use litemap::LiteMap;
use waymark_criteria::{FactIndex, NodeId, SortedSet, Truth, Value, Values};

/// One way in which the verdict would be the other one.
pub(super) struct Way {
    /// How far the changed facts are from what is known, in cells.
    distance: usize,
    /// The facts that change, among those that the rules read, with what they would be.
    pub(super) changes: Vec<(FactIndex, Value)>,
    /// Other facts that then cannot be what they are.
    pub(super) follows: Vec<(FactIndex, Value)>,
}

/// A search for ways of one size.
struct Search<'s, 'a> {
    space: &'s Space<'a>,
    node: NodeId,
    wanted: bool,
    read: &'s [FactIndex],
    reach: Reach,
    /// Everything within reach.
    base: Values,
    size: usize,
    found: LiteMap<Vec<FactIndex>, Way>,
}

/// All ways of the smallest size within reach, nearest first; empty where there is none.
///
/// A way changes some of the facts that are read and leaves the others of them as they are, unknown ones unknown; facts
/// that the rules do not read follow. For each set of changed facts, the values nearest to what is known are given.
pub(super) fn ways(
    space: &Space<'_>,
    (node, wanted): (NodeId, bool),
    read: &[FactIndex],
    reach: Reach,
    budget: &mut Budget,
) -> Result<Vec<Way>, Stopped> {
    let Some(base) = space.all_within(reach) else {
        return Ok(Vec::new());
    };
    let mut search = Search {
        space,
        node,
        wanted,
        read,
        reach,
        base,
        size: 0,
        found: LiteMap::new_vec(),
    };
    while search.size < read.len() && search.found.is_empty() {
        search.size += 1;
        let actual = space.actual.clone();
        search.descend(
            &actual,
            &mut LiteMap::new_vec(),
            &mut SortedSet::new(),
            0,
            budget,
        )?;
    }
    let mut ways = Vec::new();
    for (_, way) in std::mem::take(&mut search.found) {
        ways.push(search.widened(way, budget)?);
    }
    ways.sort_by_key(|way| way.distance);
    Ok(ways)
}

impl Search<'_, '_> {
    /// Tries every change that could get over a hurdle, each fact of the hurdle in turn with the ones before it kept.
    fn descend(
        &mut self,
        values: &Values,
        changed: &mut LiteMap<FactIndex, Value>,
        kept: &mut SortedSet<FactIndex>,
        distance: usize,
        budget: &mut Budget,
    ) -> Result<(), Stopped> {
        budget.spend()?;
        let known = self.found.get(&changed.keys().copied().collect::<Vec<_>>());
        if known.is_some_and(|way| way.distance <= distance) {
            return Ok(());
        }
        let hurdle = match self.space.program.hurdles(values, self.node, self.wanted) {
            Some(hurdle) => hurdle,
            None => match self.clash(changed, budget)? {
                Ok(possibility) => {
                    self.record(changed, &possibility, distance);
                    return Ok(());
                }
                Err(clash) => clash,
            },
        };
        if changed.len() == self.size {
            return Ok(());
        }
        let mut tried = Vec::new();
        for fact in hurdle {
            if changed.contains_key(&fact) || kept.contains(&fact) || !self.read.contains(&fact) {
                continue;
            }
            let now = self.space.actual.get(fact);
            for (far, part) in self.space.parts(fact, self.space.reach(fact, self.reach)) {
                if part == now {
                    continue;
                }
                let mut values = values.clone();
                values.set(fact, part);
                changed.insert(fact, part);
                self.descend(&values, changed, kept, distance + far, budget)?;
                changed.remove(&fact);
            }
            kept.insert(fact);
            tried.push(fact);
        }
        for fact in tried {
            kept.remove(&fact);
        }
        Ok(())
    }

    /// A possibility with these changes and all other facts that are read as they are; else facts that are read and
    /// cannot all stay as they are, none where the changes themselves cannot be.
    fn clash(
        &self,
        changed: &LiteMap<FactIndex, Value>,
        budget: &mut Budget,
    ) -> Result<Result<Values, SortedSet<FactIndex>>, Stopped> {
        let mut kept: SortedSet<FactIndex> = self.read.iter().copied().collect();
        kept.retain(|fact| !changed.contains_key(fact));
        if let Some(possibility) = self.possibility(changed, &kept, budget)? {
            return Ok(Ok(possibility));
        }
        if self
            .possibility(changed, &SortedSet::new(), budget)?
            .is_none()
        {
            return Ok(Err(SortedSet::new()));
        }
        for fact in self.read {
            if kept.remove(fact) && self.possibility(changed, &kept, budget)?.is_some() {
                kept.insert(*fact);
            }
        }
        Ok(Err(kept))
    }

    fn possibility(
        &self,
        changed: &LiteMap<FactIndex, Value>,
        kept: &SortedSet<FactIndex>,
        budget: &mut Budget,
    ) -> Result<Option<Values>, Stopped> {
        let kept = kept
            .iter()
            .map(|fact| (*fact, self.space.actual.get(*fact)));
        let facts = kept.chain(changed.iter().map(|(fact, value)| (*fact, *value)));
        match self.space.narrowed(&self.base, facts) {
            Some(values) => self.space.possibility(values, budget),
            None => Ok(None),
        }
    }

    fn record(
        &mut self,
        changed: &LiteMap<FactIndex, Value>,
        possibility: &Values,
        distance: usize,
    ) {
        let way = Way {
            distance,
            changes: changed
                .iter()
                .map(|(fact, value)| (*fact, *value))
                .collect(),
            follows: self.follows(possibility),
        };
        self.found.insert(changed.keys().copied().collect(), way);
    }

    /// Facts that are not read and are contradicted by a possibility.
    fn follows(&self, possibility: &Values) -> Vec<(FactIndex, Value)> {
        let (space, mut follows) = (self.space, Vec::new());
        for fact in space.facts() {
            let would_be = possibility.get(fact);
            if !self.read.contains(&fact) && overlap(would_be, space.actual.get(fact)).is_none() {
                follows.push((fact, would_be));
            }
        }
        follows
    }

    /// The way with what is not known exactly taken as wide as the verdict allows: "at least 2" for an unknown number.
    fn widened(&self, way: Way, budget: &mut Budget) -> Result<Way, Stopped> {
        let mut changed: LiteMap<FactIndex, Value> = way.changes.iter().copied().collect();
        let mut follows = way.follows;
        for (fact, value) in &way.changes {
            let now = self.space.actual.get(*fact);
            if now.is_settled() {
                continue;
            }
            let mut cells =
                self.space
                    .cells
                    .around(*fact, self.space.reach(*fact, self.reach), now);
            let Some(from) = cells.iter().position(|cell| cell == value) else {
                continue;
            };
            // Outwards from the cell that was found: first up, then down.
            let below = cells.drain(..from).rev().collect::<Vec<_>>();
            for side in [cells, below] {
                for cell in side {
                    let before = changed[fact];
                    let Some(wider) = hull(&[before, cell]) else {
                        break;
                    };
                    changed.insert(*fact, wider);
                    let Some(possibility) = self.holds(&changed, budget)? else {
                        changed.insert(*fact, before);
                        break;
                    };
                    follows = self.follows(&possibility);
                }
            }
        }
        Ok(Way {
            changes: changed.into_iter().collect(),
            follows,
            ..way
        })
    }

    /// A possibility with these changes, if they bring the wanted verdict about.
    fn holds(
        &self,
        changed: &LiteMap<FactIndex, Value>,
        budget: &mut Budget,
    ) -> Result<Option<Values>, Stopped> {
        let mut values = self.space.actual.clone();
        for (fact, value) in changed {
            values.set(*fact, *value);
        }
        if self.space.program.truth_of(&values, self.node) != Truth::decided(self.wanted) {
            return Ok(None);
        }
        Ok(self.clash(changed, budget)?.ok())
    }
}

//! The smallest set of facts that forces a verdict.
//!
//! Every exception to a candidate, a possibility with another verdict, names the facts in which it contradicts what is
//! known: whatever forces the verdict holds at least one of them. The next candidate is the smallest set that holds one
//! of each of the exceptions found so far; one without exceptions is therefore smallest, and it is the first in the
//! order of the schema among those of its size.

use super::space::{Budget, Space, Stopped};
use crate::cells::is_within;
use waymark_criteria::{FactIndex, NodeId, SortedSet, Truth};

/// The smallest set among these facts, given in the order of the schema, that forces the truth of the node.
pub(super) fn smallest(
    space: &Space<'_>,
    verdict: (NodeId, Truth),
    read: &[FactIndex],
    budget: &mut Budget,
) -> Result<Vec<FactIndex>, Stopped> {
    let mut exceptions: Vec<SortedSet<FactIndex>> = Vec::new();
    let mut size = 0;
    loop {
        let Some(candidate) = holding_one_of_each(&exceptions, size, budget)? else {
            size += 1;
            continue;
        };
        let values = space.knowing(&candidate).ok_or(Stopped::Contradiction)?;
        let Some(exception) = space.exception(values, verdict, read, budget)? else {
            return Ok(candidate);
        };
        let contradicts =
            |fact: &FactIndex| !is_within(exception.get(*fact), space.actual.get(*fact));
        exceptions.push(read.iter().copied().filter(contradicts).collect());
    }
}

/// The first set of this size that holds a fact of each.
fn holding_one_of_each(
    sets: &[SortedSet<FactIndex>],
    size: usize,
    budget: &mut Budget,
) -> Result<Option<Vec<FactIndex>>, Stopped> {
    let all: SortedSet<FactIndex> = sets.iter().flatten().copied().collect();
    let facts: Vec<FactIndex> = all.into_iter().collect();
    let mut chosen = Vec::with_capacity(size);
    let found = choose(
        &sets.iter().collect::<Vec<_>>(),
        &facts,
        size,
        &mut chosen,
        budget,
    )?;
    Ok(found.then_some(chosen))
}

/// Chooses so many more of the facts; `false` when no choice holds one of each set that is left.
fn choose(
    left: &[&SortedSet<FactIndex>],
    facts: &[FactIndex],
    size: usize,
    chosen: &mut Vec<FactIndex>,
    budget: &mut Budget,
) -> Result<bool, Stopped> {
    budget.spend()?;
    let Some(more) = size.checked_sub(1) else {
        return Ok(left.is_empty());
    };
    // Facts are chosen in order, so nothing after the last fact of a set can hold one of it.
    let last = left.iter().map(|set| set.last()).min();
    for (position, fact) in facts.iter().enumerate() {
        if last.is_some_and(|last| last < Some(fact)) {
            break;
        }
        let rest: Vec<&SortedSet<FactIndex>> = left
            .iter()
            .filter(|set| !set.contains(fact))
            .copied()
            .collect();
        chosen.push(*fact);
        if choose(&rest, &facts[position + 1..], more, chosen, budget)? {
            return Ok(true);
        }
        chosen.pop();
    }
    Ok(false)
}

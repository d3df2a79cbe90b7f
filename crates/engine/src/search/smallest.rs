//! The fewest facts that bring verdicts about.

use super::{Goal, Patient, Search, TooMuchWork};
use crate::cells::{hull, overlap};
use litemap::LiteMap;
use waymark_criteria::{Bounds, FactIndex, NodeId, SortedSet, Truth, Value, Values};

/// A search for facts of one number.
struct Sized<'s, 'a> {
    search: &'s Search<'a>,
    goals: &'s [Goal],
    /// A fact that is stated may then have to be stated more exactly than its cell.
    compares_facts: bool,
    /// A verdict must stay unknown: what one cell would decide, several may not.
    leaves_open: bool,
    size: usize,
    /// More facts would have been tried.
    cut: bool,
    stated: LiteMap<FactIndex, Value>,
    /// What earlier siblings have stated: patients with that were all looked at.
    tried: SortedSet<(FactIndex, Bounds, Truth)>,
}

pub(super) fn smallest(
    search: &Search<'_>,
    goals: &[Goal],
) -> Result<Option<Patient>, TooMuchWork> {
    // Without this, that there is no such patient would show only after every size.
    let decided: Vec<Goal> = goals
        .iter()
        .filter(|goal| goal.is.is_known())
        .cloned()
        .collect();
    if search
        .complete(search.possible.clone(), &decided)?
        .is_none()
    {
        return Ok(None);
    }
    let facts = search.bundle.schema().indices().count();
    let nodes: Vec<NodeId> = goals.iter().flat_map(|goal| goal.any.clone()).collect();
    let compares_facts = !search.program.compared_facts(&nodes).is_empty();
    let leaves_open = goals.iter().any(|goal| goal.is == Truth::Unknown);
    if leaves_open && compares_facts {
        return Err(TooMuchWork);
    }
    for size in 0..=facts {
        let mut sized = Sized {
            search,
            goals,
            compares_facts,
            leaves_open,
            size,
            cut: false,
            stated: LiteMap::new_vec(),
            tried: SortedSet::new(),
        };
        if sized.descend(&search.given, &search.possible)? {
            return Ok(Some(sized.widened()));
        }
        if !sized.cut {
            break;
        }
    }
    Ok(None)
}

impl<'s> Sized<'s, '_> {
    /// Tries every value that gets nearer to a goal, until all are reached.
    fn descend(&mut self, values: &Values, possible: &Values) -> Result<bool, TooMuchWork> {
        self.search.spend()?;
        let Some(hurdles) = self.hurdles(values) else {
            return Ok(false);
        };
        let Some((goal, hurdle)) = hurdles.iter().min_by_key(|(_, hurdle)| hurdle.len()) else {
            let found = self.search.complete(possible.clone(), &[])?;
            return Ok(found.is_some());
        };
        if self.stated.len() + self.needed(&hurdles) > self.size {
            self.cut = true;
            return Ok(false);
        }
        let mut tried = Vec::new();
        for fact in hurdle {
            let before = self.stated.get(fact).copied();
            let cells = &self.search.cells;
            let parts = match before {
                Some(before) => cells.parts(*fact, before),
                None if self.leaves_open => cells.runs(*fact, possible.get(*fact)),
                None => cells.of(*fact, possible.get(*fact)),
            };
            for part in parts {
                let key = key(*fact, part);
                if before.is_none() && self.tried.contains(&key) {
                    continue;
                }
                let mut values = values.clone();
                values.set(*fact, part);
                // What changes nothing for this goal may matter for another one: it is tried there.
                if !self.compares_facts && !self.helps(&values, goal, *fact) {
                    continue;
                }
                let Some(possible) = self.search.narrowed(possible, *fact, part) else {
                    continue;
                };
                self.stated.insert(*fact, part);
                if self.descend(&values, &possible)? {
                    return Ok(true);
                }
                match before {
                    Some(before) => self.stated.insert(*fact, before),
                    None => self.stated.remove(fact),
                };
                if before.is_none() && self.tried.insert(key) {
                    tried.push(key);
                }
            }
        }
        for key in tried {
            self.tried.remove(&key);
        }
        Ok(false)
    }

    /// The goals that are not reached, each with facts of which one must be stated; `None` when a goal is out of reach.
    fn hurdles(&self, values: &Values) -> Option<Vec<(&'s Goal, SortedSet<FactIndex>)>> {
        let mut open = Vec::new();
        for goal in self.goals {
            let seen = self.search.on(values, goal);
            let truth = self.search.truth(&seen, goal);
            if truth == goal.is {
                continue;
            }
            let mut hurdle = self.hurdle(values, goal)?;
            hurdle.retain(|fact| {
                let again = self.compares_facts || !self.stated.contains_key(fact);
                again && !values.get(*fact).is_settled()
            });
            if truth.is_known() || hurdle.is_empty() {
                return None;
            }
            open.push((goal, hurdle));
        }
        Some(open)
    }

    fn helps(&self, values: &Values, goal: &Goal, fact: FactIndex) -> bool {
        let (seen, wanted) = (self.search.on(values, goal), goal.is == Truth::True);
        let program = self.search.program;
        let mut nodes = goal.any.iter();
        nodes.any(|node| program.helps(&seen, *node, wanted, fact))
    }

    /// Facts of which one must be something else than it is to reach a goal; `None` when it is reached or asks that a
    /// verdict be unknown, which no fact brings about.
    fn hurdle(&self, values: &Values, goal: &Goal) -> Option<SortedSet<FactIndex>> {
        let wanted = match goal.is {
            Truth::True => true,
            Truth::False => false,
            Truth::Unknown => return None,
        };
        let seen = self.search.on(values, goal);
        if self.search.truth(&seen, goal) == goal.is {
            return None;
        }
        let each = goal
            .any
            .iter()
            .filter_map(|node| self.search.program.hurdles(&seen, *node, wanted));
        let mut hurdle: SortedSet<FactIndex> = if wanted {
            each.flatten().collect()
        } else {
            each.min_by_key(SortedSet::len).unwrap_or_default()
        };
        if goal.on.is_some() {
            hurdle.remove(&self.search.bundle.as_of());
        }
        Some(hurdle)
    }

    /// The least number of facts that must still be stated: goals that share no open fact need one each.
    fn needed(&self, hurdles: &[(&Goal, SortedSet<FactIndex>)]) -> usize {
        let mut seen: SortedSet<&FactIndex> = SortedSet::new();
        let mut needed = 0;
        for (_, hurdle) in hurdles {
            let fresh = hurdle
                .iter()
                .all(|fact| !seen.contains(fact) && !self.stated.contains_key(fact));
            needed += usize::from(fresh);
            seen.extend(hurdle);
        }
        needed
    }

    /// The patient with each number and day as wide as the verdicts allow: "at least 2".
    fn widened(&self) -> Patient {
        let search = self.search;
        let mut values = search.given.clone();
        for (fact, value) in &self.stated {
            values.set(*fact, *value);
        }
        let mut stated = Vec::new();
        for (fact, value) in &self.stated {
            let mut wide = *value;
            let cells = search.cells.of(*fact, search.possible.get(*fact));
            let reached = |values: &Values| {
                self.goals
                    .iter()
                    .all(|goal| search.truth(&search.on(values, goal), goal) == goal.is)
            };
            let touches = |cell: &Value| overlap(*cell, *value).is_some();
            let from = cells.iter().position(touches);
            let (below, above) = cells.split_at(from.unwrap_or(cells.len()));
            for cell in above.iter().chain(below.iter().rev()) {
                let Some(wider) = hull(&[wide, *cell]).filter(|_| from.is_some()) else {
                    break;
                };
                values.set(*fact, wider);
                if reached(&values) {
                    wide = wider;
                }
            }
            wide = search.without_natural_ends(*fact, wide);
            values.set(*fact, wide);
            stated.push((*fact, wide));
        }
        Patient { stated }
    }
}

fn key(fact: FactIndex, part: Value) -> (FactIndex, Bounds, Truth) {
    (fact, part.bounds(), part.truth())
}

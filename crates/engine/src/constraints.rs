//! Constraints between facts: what follows from some facts, and whether they can hold together.

use crate::cells::{Cells, hull, is_within};
use litemap::LiteMap;
use waymark_criteria::{FactIndex, NodeId, Program, Truth, Value, Values};

/// Constraints between facts of a program, indexed by the facts that they read.
#[derive(Clone, Debug)]
pub(crate) struct Constraints {
    facts: Vec<(NodeId, Vec<FactIndex>)>,
    reading: LiteMap<FactIndex, Vec<usize>>,
}

impl Constraints {
    pub(crate) fn new(program: &Program, constraints: &[NodeId]) -> Self {
        let facts: Vec<(NodeId, Vec<FactIndex>)> = constraints
            .iter()
            .map(|node| (*node, program.facts_of(*node).into_iter().collect()))
            .collect();
        let mut reading: LiteMap<FactIndex, Vec<usize>> = LiteMap::new_vec();
        for (position, (_, read)) in facts.iter().enumerate() {
            for fact in read {
                reading.entry(*fact).or_default().push(position);
            }
        }
        Constraints { facts, reading }
    }

    /// Fills in what follows from changed facts by the constraints; `false` when they cannot hold.
    ///
    /// What is filled in is only narrowed, to cells, so the work list empties. That nothing is found to break does
    /// not yet mean that all constraints can hold together.
    pub(crate) fn close(
        &self,
        program: &Program,
        cells: &Cells,
        values: &mut Values,
        mut work: Vec<FactIndex>,
    ) -> bool {
        while let Some(fact) = work.pop() {
            for position in self.reading.get(&fact).into_iter().flatten() {
                let (node, read) = &self.facts[*position];
                match program.truth_of(values, *node) {
                    Truth::True => continue,
                    Truth::False => return false,
                    Truth::Unknown => {}
                }
                for other in read {
                    let before = values.get(*other);
                    if before.is_settled() {
                        continue;
                    }
                    let possible: Vec<Value> = cells
                        .of(*other, before)
                        .into_iter()
                        .filter(|cell| {
                            values.set(*other, *cell);
                            program.truth_of(values, *node) != Truth::False
                        })
                        .collect();
                    values.set(*other, before);
                    let Some(narrowed) = hull(&possible) else {
                        return false;
                    };
                    if narrowed != before && is_within(narrowed, before) {
                        values.set(*other, narrowed);
                        work.push(*other);
                    }
                }
            }
        }
        true
    }

    /// Every fact that a constraint reads.
    pub(crate) fn read(&self) -> impl Iterator<Item = FactIndex> {
        self.reading.keys().copied()
    }

    /// A fact that is not settled and on which a constraint depends that does not yet hold.
    pub(crate) fn undecided(&self, program: &Program, values: &Values) -> Option<FactIndex> {
        let mut open = self
            .facts
            .iter()
            .filter(|(node, _)| program.truth_of(values, *node) == Truth::Unknown);
        open.find_map(|(_, read)| {
            let mut read = read.iter().copied();
            read.find(|fact| !values.get(*fact).is_settled())
        })
    }
}

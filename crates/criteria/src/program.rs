//! The compiled form of all criteria: atoms below Kleene logic over two bit planes.

mod stored;

pub use stored::StoredProgram;

use crate::atom::Atom;
use crate::lanes::{Lanes, Plane};
use crate::{FactIndex, SortedSet, Truth, Values};
use litemap::LiteMap;
use std::collections::BTreeMap;
use waymark_packed::Packed;

/// A node of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Packed)]
pub struct NodeId(u32);

impl NodeId {
    /// Its position among all nodes of its program.
    #[must_use]
    pub fn position(self) -> usize {
        self.0 as usize
    }
}

/// The position of an atom in its program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub(crate) struct AtomId(u32);

/// What a node is. Operands come before the node that uses them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub(crate) enum Node {
    /// Every atom must hold: two for `between`, one otherwise.
    Test(Vec<AtomId>),
    And(Vec<NodeId>),
    Or(Vec<NodeId>),
    Not(NodeId),
    /// The root of the definition of this name; never merged with another.
    Named(String, NodeId),
}

/// Compiled criteria. Immutable; cheap to evaluate again and again.
///
/// Nodes are shared when both their meaning and their text are the same, so an explanation always shows what the
/// author wrote. Atoms are shared when their meaning is the same.
#[derive(Clone, Debug)]
pub struct Program {
    atoms: Vec<Atom>,
    nodes: Vec<Node>,
    /// The canonical text of each node.
    texts: Vec<String>,
    roots: LiteMap<String, NodeId>,
}

/// The truth of every node for one set of values.
#[derive(Clone, Debug)]
pub struct Evaluation {
    lanes: Vec<Lanes<u64>>,
}

impl Evaluation {
    /// The truth of a node.
    ///
    /// # Panics
    /// Never for a node of the program that was evaluated.
    #[must_use]
    pub fn truth(&self, node: NodeId) -> Truth {
        self.lanes[node.position()].first()
    }
}

impl Program {
    /// The node of a definition.
    #[must_use]
    pub fn root(&self, name: &str) -> Option<NodeId> {
        self.roots.get(name).copied()
    }

    /// How many nodes there are.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.nodes.len()
    }

    /// Every definition with its node, sorted by name.
    pub fn roots(&self) -> impl Iterator<Item = (&str, NodeId)> {
        self.roots.iter().map(|(name, node)| (name.as_str(), *node))
    }

    /// The name under which a node was defined, if it is the root of a definition.
    #[must_use]
    pub fn name_of(&self, node: NodeId) -> Option<&str> {
        match self.node(node) {
            Node::Named(name, _) => Some(name),
            Node::Test(_) | Node::And(_) | Node::Or(_) | Node::Not(_) => None,
        }
    }

    /// How other criteria call a node: a definition by its name, anything else by its canonical text.
    #[must_use]
    pub fn text_of(&self, node: NodeId) -> &str {
        self.name_of(node).unwrap_or_else(|| self.text(node))
    }

    /// The truth of every node, both sides of every `and` and `or` included.
    #[must_use]
    pub fn evaluate(&self, values: &Values) -> Evaluation {
        let atoms: Vec<Lanes<u64>> = self
            .atoms
            .iter()
            .map(|atom| Lanes::all(atom.decide(values)))
            .collect();
        Evaluation {
            lanes: self.evaluate_lanes(&atoms),
        }
    }

    /// The truth of one node, without that of the rest of the program.
    #[must_use]
    pub fn truth_of(&self, values: &Values, node: NodeId) -> Truth {
        let of = |operand: &NodeId| self.truth_of(values, *operand);
        match self.node(node) {
            Node::Test(tests) => tests
                .iter()
                .map(|atom| self.atom(*atom).decide(values))
                .fold(Truth::True, Truth::and),
            Node::And(operands) => decided_by(Truth::False, Truth::and, operands.iter().map(of)),
            Node::Or(operands) => decided_by(Truth::True, Truth::or, operands.iter().map(of)),
            Node::Not(operand) => !of(operand),
            Node::Named(_, body) => of(body),
        }
    }

    /// The truth of every node in every lane, given that of every atom.
    fn evaluate_lanes<W: Plane>(&self, atoms: &[Lanes<W>]) -> Vec<Lanes<W>> {
        let mut lanes: Vec<Lanes<W>> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let of = |operand: &NodeId| lanes[operand.position()];
            lanes.push(match node {
                Node::Test(tests) => tests
                    .iter()
                    .map(|atom| atoms[atom.0 as usize])
                    .fold(Lanes::TRUE, Lanes::and),
                Node::And(operands) => operands.iter().map(of).fold(Lanes::TRUE, Lanes::and),
                Node::Or(operands) => operands.iter().map(of).fold(Lanes::FALSE, Lanes::or),
                Node::Not(operand) => of(operand).not(),
                Node::Named(_, body) => of(body),
            });
        }
        lanes
    }

    /// The operands of the outermost conjunction of a definition, nested unnamed conjunctions flattened;
    /// a node that is no conjunction is its own single operand.
    ///
    /// A definition that is only a reference to another one has that other one as its single operand.
    #[must_use]
    pub fn conjuncts(&self, root: NodeId) -> Vec<NodeId> {
        let body = match self.node(root) {
            Node::Named(_, body) => *body,
            Node::Test(_) | Node::And(_) | Node::Or(_) | Node::Not(_) => root,
        };
        match self.node(body) {
            Node::And(_) => {
                let mut conjuncts = Vec::new();
                self.flatten(body, &mut conjuncts);
                conjuncts
            }
            Node::Named(..) => vec![body],
            Node::Test(_) | Node::Or(_) | Node::Not(_) => vec![root],
        }
    }

    fn flatten(&self, node: NodeId, into: &mut Vec<NodeId>) {
        match self.node(node) {
            Node::And(operands) => operands.iter().for_each(|it| self.flatten(*it, into)),
            Node::Test(_) | Node::Or(_) | Node::Not(_) | Node::Named(..) => into.push(node),
        }
    }

    /// Every fact that a node reads, in order.
    #[must_use]
    pub fn facts_of(&self, node: NodeId) -> SortedSet<FactIndex> {
        let mut facts = SortedSet::new();
        self.walk(node, &mut |atom| facts.extend(atom.facts()), &|_| true);
        facts
    }

    /// Every fact that some nodes read.
    #[must_use]
    pub fn facts_below(&self, nodes: &[NodeId]) -> SortedSet<FactIndex> {
        let below = self.below(nodes);
        let atoms = below.iter().flat_map(|node| self.atoms_of(*node));
        atoms.flat_map(|atom| self.atom(*atom).facts()).collect()
    }

    /// Every node that reads a fact, itself or below it.
    #[must_use]
    pub fn nodes_reading(&self, fact: FactIndex) -> SortedSet<NodeId> {
        let mut reading = SortedSet::new();
        for (node, id) in self.nodes.iter().zip((0..).map(NodeId)) {
            let reads = match node {
                Node::Test(atoms) => atoms
                    .iter()
                    .any(|atom| self.atom(*atom).facts().any(|read| read == fact)),
                Node::And(operands) | Node::Or(operands) => {
                    operands.iter().any(|operand| reading.contains(operand))
                }
                Node::Not(operand) | Node::Named(_, operand) => reading.contains(operand),
            };
            if reads {
                reading.insert(id);
            }
        }
        reading
    }

    /// The unsettled facts that keep an unknown node unknown, in order of appearance; empty for a decided node.
    /// A decided operand contributes nothing.
    #[must_use]
    pub fn missing(
        &self,
        evaluation: &Evaluation,
        values: &Values,
        node: NodeId,
    ) -> Vec<FactIndex> {
        let mut missing = Vec::new();
        if evaluation.truth(node).is_known() {
            return missing;
        }
        let mut gather = |atom: &Atom| {
            if atom.decide(values).is_known() {
                return;
            }
            for fact in atom.facts() {
                if !values.get(fact).is_settled() && !missing.contains(&fact) {
                    missing.push(fact);
                }
            }
        };
        self.walk(node, &mut gather, &|node| {
            !evaluation.truth(node).is_known()
        });
        missing
    }

    /// Visits the atoms at or below a node once each, in order of appearance, not entering nodes that `enter` refuses.
    fn walk(&self, node: NodeId, visit: &mut dyn FnMut(&Atom), enter: &dyn Fn(NodeId) -> bool) {
        let mut seen = vec![false; self.nodes.len()];
        let mut open = vec![node];
        while let Some(next) = open.pop() {
            if std::mem::replace(&mut seen[next.position()], true) || !enter(next) {
                continue;
            }
            match self.node(next) {
                Node::Test(atoms) => atoms.iter().for_each(|atom| visit(self.atom(*atom))),
                Node::And(operands) | Node::Or(operands) => open.extend(operands.iter().rev()),
                Node::Not(operand) | Node::Named(_, operand) => open.push(*operand),
            }
        }
    }

    /// The constants with which atoms compare a fact, sorted and distinct, in the fact's unit.
    ///
    /// A distance added to the fact is folded in: `"last-dose" + 6 months <= @2024-03-31` has the threshold
    /// 2023-09-30. A constant known only within bounds gives both its ends.
    #[must_use]
    pub fn thresholds(&self, fact: FactIndex) -> Vec<i64> {
        let all = self.atoms.iter().flat_map(|atom| atom.thresholds(fact));
        all.collect::<SortedSet<_>>().into_vec()
    }

    /// [`Program::thresholds`] of every fact of a schema with so many of them.
    #[must_use]
    pub fn all_thresholds(&self, facts: usize) -> Vec<Vec<i64>> {
        let mut distinct = vec![SortedSet::new(); facts];
        for atom in &self.atoms {
            for fact in atom.facts() {
                distinct[fact.position()].extend(atom.thresholds(fact));
            }
        }
        distinct.into_iter().map(SortedSet::into_vec).collect()
    }

    /// As [`Program::thresholds`], with the ends of the facts that atoms compare this one with.
    #[must_use]
    pub fn thresholds_beside(&self, fact: FactIndex, values: &Values) -> Vec<i64> {
        let each = self.atoms.iter();
        let all = each.flat_map(|atom| atom.thresholds_beside(fact, values));
        all.collect::<SortedSet<_>>().into_vec()
    }

    /// As [`Program::thresholds`], of the atoms at and below some nodes only.
    #[must_use]
    pub fn thresholds_below(&self, nodes: &[NodeId], fact: FactIndex) -> Vec<i64> {
        let below = self.below(nodes);
        let atoms = below.iter().flat_map(|node| self.atoms_of(*node));
        let all = atoms.flat_map(|atom| self.atom(*atom).thresholds(fact));
        all.collect::<SortedSet<_>>().into_vec()
    }

    /// The facts that atoms at and below some nodes compare with one another.
    #[must_use]
    pub fn compared_facts(&self, nodes: &[NodeId]) -> SortedSet<FactIndex> {
        let below = self.below(nodes);
        let atoms = below.iter().flat_map(|node| self.atoms_of(*node));
        let pairs = atoms.map(|atom| self.atom(*atom).facts().collect::<Vec<_>>());
        pairs.filter(|facts| facts.len() > 1).flatten().collect()
    }

    /// The nodes at and below some nodes, operands first.
    pub(crate) fn below(&self, nodes: &[NodeId]) -> SortedSet<NodeId> {
        let mut seen = vec![false; self.nodes.len()];
        let mut open = nodes.to_vec();
        while let Some(next) = open.pop() {
            if !std::mem::replace(&mut seen[next.position()], true) {
                match self.node(next) {
                    Node::Test(_) => {}
                    Node::And(operands) | Node::Or(operands) => open.extend(operands),
                    Node::Not(operand) | Node::Named(_, operand) => open.push(*operand),
                }
            }
        }
        let below = (0..).map(NodeId).zip(seen).filter(|(_, seen)| *seen);
        below.map(|(node, _)| node).collect()
    }

    /// The atoms of a test; none for other nodes.
    pub(crate) fn atoms_of(&self, node: NodeId) -> &[AtomId] {
        match self.node(node) {
            Node::Test(atoms) => atoms,
            Node::And(_) | Node::Or(_) | Node::Not(_) | Node::Named(..) => &[],
        }
    }

    pub(crate) fn node(&self, node: NodeId) -> &Node {
        &self.nodes[node.position()]
    }

    pub(crate) fn atom(&self, atom: AtomId) -> &Atom {
        &self.atoms[atom.0 as usize]
    }

    pub(crate) fn text(&self, node: NodeId) -> &str {
        &self.texts[node.position()]
    }
}

/// The `and` or `or` of operands, of which one that has the deciding truth is the last to be asked.
fn decided_by(
    deciding: Truth,
    join: fn(Truth, Truth) -> Truth,
    mut operands: impl Iterator<Item = Truth>,
) -> Truth {
    let joined = operands.try_fold(!deciding, |joined, operand| {
        (operand != deciding).then(|| join(joined, operand))
    });
    joined.unwrap_or(deciding)
}

/// A program under construction.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    atoms: Vec<Atom>,
    atom_ids: BTreeMap<Atom, AtomId>,
    nodes: Vec<Node>,
    texts: Vec<String>,
    /// Height and size of each node, written out as a tree.
    extents: Vec<(u32, u64)>,
    node_ids: BTreeMap<(Node, String), NodeId>,
    roots: LiteMap<String, NodeId>,
}

impl Builder {
    pub(crate) fn atom(&mut self, atom: Atom) -> AtomId {
        let next = AtomId(u32::try_from(self.atoms.len()).unwrap_or(u32::MAX));
        *self.atom_ids.entry(atom).or_insert_with_key(|atom| {
            self.atoms.push(atom.clone());
            next
        })
    }

    pub(crate) fn node(&mut self, node: Node, text: String) -> NodeId {
        let key = (node, text);
        if let Some(known) = self.node_ids.get(&key) {
            return *known;
        }
        let (node, text) = &key;
        let next = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        let below = match node {
            Node::Test(_) => &[],
            Node::And(operands) | Node::Or(operands) => &operands[..],
            Node::Not(operand) | Node::Named(_, operand) => std::slice::from_ref(operand),
        };
        let extent = below
            .iter()
            .map(|operand| self.extent(*operand))
            .fold((0, 0), |all: (u32, u64), one| {
                (all.0.max(one.0), all.1.saturating_add(one.1))
            });
        self.extents
            .push((extent.0.saturating_add(1), extent.1.saturating_add(1)));
        if let Node::Named(name, _) = node {
            self.roots.insert(name.clone(), next);
        }
        self.nodes.push(node.clone());
        self.texts.push(text.clone());
        self.node_ids.insert(key, next);
        next
    }

    pub(crate) fn test(&mut self, atoms: Vec<Atom>, text: String) -> NodeId {
        let atoms = atoms.into_iter().map(|atom| self.atom(atom)).collect();
        self.node(Node::Test(atoms), text)
    }

    /// The length of the longest path from a node to a test, and the number of nodes when nothing is shared.
    pub(crate) fn extent(&self, node: NodeId) -> (u32, u64) {
        self.extents[node.position()]
    }

    pub(crate) fn root(&self, name: &str) -> Option<NodeId> {
        self.roots.get(name).copied()
    }

    pub(crate) fn text(&self, node: NodeId) -> &str {
        &self.texts[node.position()]
    }

    pub(crate) fn finish(self) -> Program {
        Program {
            atoms: self.atoms,
            nodes: self.nodes,
            texts: self.texts,
            roots: self.roots,
        }
    }
}

//! The compiled form of all criteria: atoms below Kleene logic over two bit planes.

use crate::{FactIndex, Truth, Values};
use std::collections::BTreeSet;

/// A node of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

/// Compiled criteria. Immutable; cheap to evaluate again and again.
#[derive(Clone, Debug)]
pub struct Program {}

/// The truth of every node for one set of values.
#[derive(Clone, Debug)]
pub struct Evaluation {}

impl Evaluation {
    /// The truth of a node.
    #[must_use]
    pub fn truth(&self, node: NodeId) -> Truth {
        let _ = node;
        Truth::Unknown
    }
}

impl Program {
    /// The node of a definition.
    #[must_use]
    pub fn root(&self, name: &str) -> Option<NodeId> {
        let _ = name;
        None
    }

    /// The name under which a node was defined, if it is the root of a definition.
    #[must_use]
    pub fn name_of(&self, node: NodeId) -> Option<&str> {
        let _ = node;
        None
    }

    /// The truth of every node, both sides of every `and` and `or` included.
    #[must_use]
    pub fn evaluate(&self, values: &Values) -> Evaluation {
        let _ = values;
        Evaluation {}
    }

    /// The operands of the outermost conjunction of a definition, nested unnamed conjunctions flattened;
    /// a node that is no conjunction is its own single operand.
    #[must_use]
    pub fn conjuncts(&self, root: NodeId) -> Vec<NodeId> {
        let _ = root;
        Vec::new()
    }

    /// Every fact that a node reads, in order.
    #[must_use]
    pub fn facts_of(&self, node: NodeId) -> BTreeSet<FactIndex> {
        let _ = node;
        BTreeSet::new()
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
        let _ = (evaluation, values, node);
        Vec::new()
    }

    /// The constants with which atoms compare a fact, sorted and distinct, in the fact's unit.
    #[must_use]
    pub fn thresholds(&self, fact: FactIndex) -> Vec<i64> {
        let _ = fact;
        Vec::new()
    }
}

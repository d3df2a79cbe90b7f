//! Why a node has its truth, read off the same program and evaluation.

use crate::program::Node;
use crate::{Evaluation, FactIndex, NodeId, Program, Truth};

/// The shape of an explained node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// Every child must hold.
    All,
    /// One child must hold.
    Any,
    /// The child must not hold.
    Not,
    /// A test of facts.
    Test,
}

/// One node of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation<'p> {
    /// The name of the definition that this node is the root of.
    pub name: Option<&'p str>,
    /// The shape.
    pub op: Op,
    /// The truth.
    pub truth: Truth,
    /// The criterion as canonical text.
    pub text: &'p str,
    /// The facts that a test reads; empty above tests.
    pub facts: Vec<FactIndex>,
    /// The operands, in the author's order.
    pub children: Vec<Explanation<'p>>,
}

/// One node of a program for its reader, without what lies below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<'p> {
    /// See [`Explanation::name`].
    pub name: Option<&'p str>,
    /// The shape.
    pub op: Op,
    /// The criterion as canonical text.
    pub text: &'p str,
    /// See [`Explanation::facts`].
    pub facts: Vec<FactIndex>,
    /// The operands, in the author's order.
    pub operands: &'p [NodeId],
}

impl Program {
    /// What an explanation shows of a node itself; see [`explain`].
    #[must_use]
    pub fn step(&self, node: NodeId) -> Step<'_> {
        let (name, body) = match self.node(node) {
            Node::Named(name, body) => (Some(name.as_str()), *body),
            Node::Test(_) | Node::And(_) | Node::Or(_) | Node::Not(_) => (None, node),
        };
        let mut facts = Vec::new();
        let op = match self.node(body) {
            Node::Test(atoms) => {
                for fact in atoms.iter().flat_map(|atom| self.atom(*atom).facts()) {
                    if !facts.contains(&fact) {
                        facts.push(fact);
                    }
                }
                Op::Test
            }
            Node::And(_) | Node::Named(..) => Op::All,
            Node::Or(_) => Op::Any,
            Node::Not(_) => Op::Not,
        };
        Step {
            name,
            op,
            text: self.text(node),
            facts,
            operands: self.operands(node),
        }
    }

    /// The nodes that an explanation shows below a node; see [`explain`].
    #[must_use]
    pub fn operands(&self, node: NodeId) -> &[NodeId] {
        match self.node(node) {
            Node::Test(_) => &[],
            Node::And(operands) | Node::Or(operands) => operands,
            Node::Not(operand) => std::slice::from_ref(operand),
            Node::Named(_, body) => match self.node(*body) {
                Node::Named(..) => std::slice::from_ref(body),
                Node::Test(_) | Node::And(_) | Node::Or(_) | Node::Not(_) => self.operands(*body),
            },
        }
    }
}

/// Explains a node; every operand appears, decided or not.
///
/// A definition is one node with its name and the shape of its body. Where the body is only a reference to another
/// definition, it is that definition's only child. An `implies` is shown as the `or`, and an `xor` as the `or` of two
/// `and`, that it stands for; the text is the author's.
#[must_use]
pub fn explain<'p>(program: &'p Program, evaluation: &Evaluation, node: NodeId) -> Explanation<'p> {
    let step = program.step(node);
    Explanation {
        name: step.name,
        op: step.op,
        truth: evaluation.truth(node),
        text: step.text,
        facts: step.facts,
        children: step
            .operands
            .iter()
            .map(|operand| explain(program, evaluation, *operand))
            .collect(),
    }
}

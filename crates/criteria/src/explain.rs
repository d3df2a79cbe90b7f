//! Why a node has its truth, read off the same program and evaluation.

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
pub struct Explanation {
    /// The name of the definition that this node is the root of.
    pub name: Option<String>,
    /// The shape.
    pub op: Op,
    /// The truth.
    pub truth: Truth,
    /// The criterion as canonical text.
    pub text: String,
    /// The facts that a test reads; empty above tests.
    pub facts: Vec<FactIndex>,
    /// The operands, in the author's order.
    pub children: Vec<Explanation>,
}

/// Explains a node; every operand appears, decided or not.
#[must_use]
pub fn explain(program: &Program, evaluation: &Evaluation, node: NodeId) -> Explanation {
    let _ = (program, evaluation, node);
    Explanation {
        name: None,
        op: Op::Test,
        truth: Truth::Unknown,
        text: String::new(),
        facts: Vec::new(),
        children: Vec::new(),
    }
}

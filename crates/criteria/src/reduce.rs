//! Partial evaluation: what is left of a criterion once the known facts are filled in.

use crate::format::{format_expression, quoted};
use crate::program::Node;
use crate::syntax::parse_expression;
use crate::{FactIndex, NodeId, Op, Program, SortedSet, Truth, Values};

/// What is left of a criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Residual {
    /// Nothing: the criterion is true or false whatever the open facts turn out to be.
    Decided(Truth),
    /// What is still open.
    Open(Open),
}

/// A criterion with only what is still open: decided operands are gone, and an `and` or `or` of a single remaining
/// operand is that operand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The name of the definition that this is the rest of.
    pub name: Option<String>,
    /// The shape.
    pub op: Op,
    /// The rest as canonical text, in which a definition is called by its name; the author's own where nothing is gone.
    pub text: String,
    /// The facts that a test reads; empty above tests.
    pub facts: Vec<FactIndex>,
    /// The operands that are left, in the author's order.
    pub children: Vec<Open>,
    /// The node that this is the rest of.
    node: NodeId,
    /// Whether nothing is gone at or below it.
    whole: bool,
}

impl Residual {
    /// The truth for values that tell at least as much as those that were filled in.
    #[must_use]
    pub fn truth(&self, program: &Program, values: &Values) -> Truth {
        match self {
            Residual::Decided(truth) => *truth,
            Residual::Open(open) => open.truth(program, values),
        }
    }
}

impl Open {
    fn truth(&self, program: &Program, values: &Values) -> Truth {
        let of = self
            .children
            .iter()
            .map(|child| child.truth(program, values));
        match self.op {
            Op::Test => program.truth_of(values, self.node),
            Op::All => of.fold(Truth::True, Truth::and),
            Op::Any => of.fold(Truth::False, Truth::or),
            Op::Not => !of.fold(Truth::True, Truth::and),
        }
    }

    /// How a parent's text calls it.
    fn called(&self) -> String {
        match &self.name {
            Some(name) => quoted(name),
            None => format!("({})", self.text),
        }
    }
}

impl Program {
    /// What is left of a node once these values are filled in.
    ///
    /// Filling in and then evaluating gives what evaluating what is left gives.
    #[must_use]
    pub fn reduce(&self, values: &Values, node: NodeId) -> Residual {
        match self.truth_of(values, node) {
            Truth::Unknown => Residual::Open(self.rest(values, node)),
            decided => Residual::Decided(decided),
        }
    }

    /// What is left of a node that is unknown.
    fn rest(&self, values: &Values, node: NodeId) -> Open {
        let shape = |op, children: Vec<Open>, whole| Open {
            name: None,
            op,
            text: if whole {
                self.text(node).to_owned()
            } else {
                joined(op, &children)
            },
            facts: Vec::new(),
            children,
            node,
            whole,
        };
        match self.node(node) {
            Node::Test(atoms) => {
                let mut facts = Vec::new();
                for fact in atoms.iter().flat_map(|atom| self.atom(*atom).facts()) {
                    if !facts.contains(&fact) {
                        facts.push(fact);
                    }
                }
                Open {
                    facts,
                    ..shape(Op::Test, Vec::new(), true)
                }
            }
            Node::And(operands) | Node::Or(operands) => {
                let mut left: Vec<Open> = operands
                    .iter()
                    .filter(|operand| !self.truth_of(values, **operand).is_known())
                    .map(|operand| self.rest(values, *operand))
                    .collect();
                let whole = left.len() == operands.len() && left.iter().all(|open| open.whole);
                let op = match self.node(node) {
                    Node::Or(_) => Op::Any,
                    Node::And(_) | Node::Test(_) | Node::Not(_) | Node::Named(..) => Op::All,
                };
                match left.pop() {
                    Some(only) if left.is_empty() => Open { whole, ..only },
                    last => {
                        left.extend(last);
                        shape(op, left, whole)
                    }
                }
            }
            Node::Not(operand) => {
                let open = self.rest(values, *operand);
                let whole = open.whole;
                shape(Op::Not, vec![open], whole)
            }
            Node::Named(name, body) => {
                let open = self.rest(values, *body);
                let body = if open.name.is_some() {
                    let whole = open.whole;
                    shape(Op::All, vec![open], whole)
                } else {
                    open
                };
                Open {
                    name: Some(name.clone()),
                    ..body
                }
            }
        }
    }

    /// Facts that keep a node from the truth `wanted`: while all of them stay as they are, it does not get it,
    /// whatever the others become. `None` when it has that truth.
    ///
    /// Where one of several operands is enough to keep it, those of the operand with the fewest are given.
    #[must_use]
    pub fn hurdles(
        &self,
        values: &Values,
        node: NodeId,
        wanted: bool,
    ) -> Option<SortedSet<FactIndex>> {
        let below = |operand: &NodeId, wanted| self.hurdles(values, *operand, wanted);
        match (self.node(node), wanted) {
            (Node::Test(atoms), _) => {
                let atoms = atoms.iter().map(|atom| {
                    let atom = self.atom(*atom);
                    let stays = atom.decide(values) != Truth::decided(wanted);
                    stays.then(|| atom.facts().collect())
                });
                if wanted { fewest(atoms) } else { all(atoms) }
            }
            (Node::And(operands), true) | (Node::Or(operands), false) => {
                fewest(operands.iter().map(|operand| below(operand, wanted)))
            }
            (Node::And(operands), false) | (Node::Or(operands), true) => {
                all(operands.iter().map(|operand| below(operand, wanted)))
            }
            (Node::Not(operand), _) => below(operand, !wanted),
            (Node::Named(_, body), _) => below(body, wanted),
        }
    }
}

impl Program {
    /// Whether a test of a fact has the truth that would bring a node nearer to the truth `wanted`. Where none has, the
    /// node gets there without this fact or not at all.
    #[must_use]
    pub fn helps(&self, values: &Values, node: NodeId, wanted: bool, fact: FactIndex) -> bool {
        match self.node(node) {
            Node::Test(atoms) => atoms.iter().any(|atom| {
                let atom = self.atom(*atom);
                let reads = atom.facts().any(|read| read == fact);
                reads && atom.decide(values) == Truth::decided(wanted)
            }),
            Node::And(operands) | Node::Or(operands) => operands
                .iter()
                .any(|operand| self.helps(values, *operand, wanted, fact)),
            Node::Not(operand) => self.helps(values, *operand, !wanted, fact),
            Node::Named(_, body) => self.helps(values, *body, wanted, fact),
        }
    }
}

type Hurdle = Option<SortedSet<FactIndex>>;

/// Every operand must be got over: any one that stands is a hurdle.
fn fewest(hurdles: impl Iterator<Item = Hurdle>) -> Hurdle {
    hurdles.flatten().min_by_key(SortedSet::len)
}

/// One operand is enough: only all together are a hurdle.
fn all(hurdles: impl Iterator<Item = Hurdle>) -> Hurdle {
    hurdles
        .collect::<Option<Vec<_>>>()
        .map(|each| each.into_iter().flatten().collect())
}

fn joined(op: Op, operands: &[Open]) -> String {
    let called: Vec<String> = operands.iter().map(Open::called).collect();
    let text = match op {
        Op::All | Op::Test => called.join(" and "),
        Op::Any => called.join(" or "),
        Op::Not => format!("not {}", called.concat()),
    };
    let (expression, problems) = parse_expression(&text);
    if problems.is_empty() {
        format_expression(&expression)
    } else {
        text
    }
}

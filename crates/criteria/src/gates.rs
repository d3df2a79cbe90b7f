//! The part of a program below chosen nodes, laid out for being evaluated again and again.
//!
//! ```text
//! fact columns ──atom planes──▶ planes of the tests ──gates──▶ planes of the roots
//! ```

use crate::atom::Atom;
use crate::columns::{FactColumns, Side};
use crate::cut::{Cut, Limit, Shape};
use crate::lanes::{BLOCK_LANES, Block, Lanes, Plane};
use crate::program::{Node, NodeId, Program};
use crate::{FactIndex, Truth, Values};
use std::collections::BTreeMap;

/// Criteria laid out for evaluation: only what the chosen roots rest on, and everything in it once.
///
/// Texts and names are left behind; for an explanation see [`Program::evaluate`] and [`crate::explain()`].
#[derive(Clone, Debug)]
pub struct Plan {
    /// Slot 0 is true in every lane; test `i` fills slot `i + 1`, gate `i` the slot after all tests `+ i`.
    tests: Vec<Test>,
    gates: Vec<Gate>,
    operands: Vec<Literal>,
    roots: Vec<Literal>,
}

/// What is read off facts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Test {
    Fact(FactIndex),
    Cut(Cut),
    /// A comparison of facts with one another, or a constant.
    Other(Atom),
}

/// A conjunction of `operands[..end]` from the end of the gate before on. There is nothing else: `or` is the negation
/// of the `and` of negations.
#[derive(Clone, Copy, Debug)]
struct Gate {
    end: usize,
}

/// A slot or its negation: the position of its is-true plane, or of its is-false plane when negated.
///
/// Planes of a slot lie side by side, is-true first, so that the other plane of a literal is one bit away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Literal(usize);

impl Literal {
    const TRUE: Literal = Literal(0);

    fn slot(slot: usize) -> Self {
        Literal(slot * 2)
    }

    fn negated(self) -> Self {
        Literal(self.0 ^ 1)
    }

    fn negated_if(self, negated: bool) -> Self {
        Literal(self.0 ^ usize::from(negated))
    }
}

/// The planes of a plan for one block, to be used for one block after another.
#[derive(Clone, Debug)]
pub struct Planes {
    /// Is-true and is-false of every slot.
    planes: Vec<Block>,
    used: Block,
}

impl Program {
    /// What is needed to evaluate some nodes, in their order, and no more.
    #[must_use]
    pub fn plan(&self, roots: &[NodeId]) -> Plan {
        let drawing = Drawing::new(self, roots);
        let roots = roots.iter().map(|root| drawing.literal(*root)).collect();
        Plan {
            roots,
            ..drawing.plan
        }
    }
}

/// A plan under construction.
struct Drawing {
    plan: Plan,
    /// The literal of every node of the program that some root rests on.
    literals: BTreeMap<NodeId, Literal>,
}

impl Drawing {
    fn new(program: &Program, roots: &[NodeId]) -> Self {
        let needed = program.below(roots);
        let mut tests: BTreeMap<Test, usize> = BTreeMap::new();
        let mut read = BTreeMap::new();
        for atom in needed.iter().flat_map(|node| program.atoms_of(*node)) {
            let (test, negated) = match Cut::of(program.atom(*atom)) {
                Some((cut, negated)) => (Test::Cut(cut), negated),
                None => match program.atom(*atom) {
                    Atom::Fact(fact) => (Test::Fact(*fact), false),
                    other => (Test::Other(other.clone()), false),
                },
            };
            tests.entry(test.clone()).or_default();
            read.insert(*atom, (test, negated));
        }
        // In the order of facts, so that a column is read once.
        for (position, slot) in tests.values_mut().enumerate() {
            *slot = position + 1;
        }
        let mut drawing = Drawing {
            plan: Plan {
                tests: tests.keys().cloned().collect(),
                gates: Vec::new(),
                operands: Vec::new(),
                roots: Vec::new(),
            },
            literals: BTreeMap::new(),
        };
        let atom_literal = |atom| {
            let slot = read
                .get(&atom)
                .and_then(|(test, negated)| Some((tests.get(test)?, negated)));
            slot.map_or(Literal::TRUE, |(slot, negated)| {
                Literal::slot(*slot).negated_if(*negated)
            })
        };
        let mut gates = BTreeMap::new();
        for node in needed {
            let literal = match program.node(node) {
                Node::Test(atoms) => drawing.all(
                    &mut gates,
                    atoms.iter().map(|atom| atom_literal(*atom)).collect(),
                ),
                Node::And(operands) => {
                    let operands = operands
                        .iter()
                        .map(|operand| drawing.literal(*operand))
                        .collect();
                    drawing.all(&mut gates, operands)
                }
                Node::Or(operands) => {
                    let operands = operands
                        .iter()
                        .map(|operand| drawing.literal(*operand).negated())
                        .collect();
                    drawing.all(&mut gates, operands).negated()
                }
                Node::Not(operand) => drawing.literal(*operand).negated(),
                Node::Named(_, body) => drawing.literal(*body),
            };
            drawing.literals.insert(node, literal);
        }
        drawing
    }

    fn literal(&self, node: NodeId) -> Literal {
        self.literals.get(&node).copied().unwrap_or(Literal::TRUE)
    }

    /// The conjunction of literals, perhaps one that is there already.
    fn all(
        &mut self,
        gates: &mut BTreeMap<Vec<Literal>, Literal>,
        mut operands: Vec<Literal>,
    ) -> Literal {
        operands.retain(|operand| *operand != Literal::TRUE);
        operands.sort();
        operands.dedup();
        match operands[..] {
            [] => Literal::TRUE,
            // False in every lane.
            [first, ..] if first == Literal::TRUE.negated() => first,
            [only] => only,
            _ => {
                let next = Literal::slot(1 + self.plan.tests.len() + self.plan.gates.len());
                *gates.entry(operands).or_insert_with_key(|operands| {
                    self.plan.operands.extend(operands);
                    self.plan.gates.push(Gate {
                        end: self.plan.operands.len(),
                    });
                    next
                })
            }
        }
    }
}

impl Plan {
    /// Number of roots.
    #[must_use]
    pub fn roots(&self) -> usize {
        self.roots.len()
    }

    /// Number of distinct tests of facts below the roots.
    #[must_use]
    pub fn tests(&self) -> usize {
        self.tests.len()
    }

    /// Number of distinct conjunctions below the roots, disjunctions counted as such.
    #[must_use]
    pub fn gates(&self) -> usize {
        self.gates.len()
    }

    fn slots(&self) -> usize {
        1 + self.tests.len() + self.gates.len()
    }

    /// The truth of every root for one patient.
    #[must_use]
    pub fn truths(&self, values: &Values) -> Vec<Truth> {
        let mut planes = vec![0_u64; self.slots() * 2];
        planes[0] = u64::MAX;
        for (slot, test) in planes[2..].chunks_exact_mut(2).zip(&self.tests) {
            match test.decide(values) {
                Truth::True => slot[0] = 1,
                Truth::False => slot[1] = 1,
                Truth::Unknown => {}
            }
        }
        self.evaluate(&mut planes);
        self.roots
            .iter()
            .map(
                |root| match (planes[root.0] & 1, planes[root.negated().0] & 1) {
                    (1, _) => Truth::True,
                    (_, 1) => Truth::False,
                    _ => Truth::Unknown,
                },
            )
            .collect()
    }

    /// Planes to evaluate blocks with.
    #[must_use]
    pub fn planes(&self) -> Planes {
        let mut planes = vec![Block::ZEROS; self.slots() * 2];
        planes[0] = Block::ONES;
        Planes {
            planes,
            used: Block::ZEROS,
        }
    }

    /// Fills in the planes of the tests for one block of the columns.
    pub fn atom_planes(&self, columns: &FactColumns, block: usize, planes: &mut Planes) {
        planes.used = columns.used(block);
        for (slot, test) in planes.planes[2..].chunks_exact_mut(2).zip(&self.tests) {
            let [is_true, is_false] = test.block(columns, block);
            slot[0] = is_true;
            slot[1] = is_false;
        }
    }

    /// Fills in the planes of the roots from those of the tests.
    pub fn evaluate_planes(&self, planes: &mut Planes) {
        self.evaluate(&mut planes.planes);
    }

    /// The truths of a root by its position among the roots, once the planes were evaluated; unknown in lanes that
    /// do not exist.
    #[must_use]
    pub fn root_lanes(&self, planes: &Planes, root: usize) -> Lanes<Block> {
        let Some(root) = self.roots.get(root) else {
            return Lanes::UNKNOWN;
        };
        let is_true = planes.planes[root.0].and(planes.used);
        let is_false = planes.planes[root.negated().0].and(planes.used);
        Lanes {
            is_true,
            is_known: is_true.or(is_false),
        }
    }

    fn evaluate<W: Plane>(&self, planes: &mut [W]) {
        let mut start = 0;
        let mut out = (1 + self.tests.len()) * 2;
        for gate in &self.gates {
            let (mut is_true, mut is_false) = (W::ONES, W::ZEROS);
            for operand in &self.operands[start..gate.end] {
                is_true = is_true.and(planes[operand.0]);
                is_false = is_false.or(planes[operand.0 ^ 1]);
            }
            planes[out] = is_true;
            planes[out + 1] = is_false;
            start = gate.end;
            out += 2;
        }
    }
}

impl Test {
    fn decide(&self, values: &Values) -> Truth {
        match self {
            Test::Fact(fact) => values.get(*fact).truth(),
            Test::Cut(cut) => cut.decide(values.get(cut.fact).bounds()),
            Test::Other(atom) => atom.decide(values),
        }
    }

    /// Is-true and is-false of one block.
    fn block(&self, columns: &FactColumns, block: usize) -> [Block; 2] {
        match self {
            Test::Fact(fact) => {
                let lanes = columns.truths(*fact, block);
                [lanes.is_true, lanes.is_false()]
            }
            Test::Cut(cut) => cut.block(columns, block),
            Test::Other(atom) => each_lane(block, |lane| {
                atom.decide_by(|fact| columns.value(lane, fact))
            }),
        }
    }
}

impl Cut {
    fn block(&self, columns: &FactColumns, block: usize) -> [Block; 2] {
        let Some(ends) = columns.ends(self.fact, block) else {
            return [Block::ZEROS; 2];
        };
        if let Some(domain) = self.domain
            && !(ends.low.lies_in(domain) && ends.high.lies_in(domain))
        {
            return each_lane(block, |lane| {
                self.decide(columns.value(lane, self.fact).bounds())
            });
        }
        let below = self.below.above_lanes(&ends.high);
        let reaches = if ends.points && self.below == self.reaches {
            self.reaches.rest_lanes(&ends.low, below)
        } else {
            self.reaches.reached_lanes(&ends.low)
        };
        match self.shape {
            Shape::Below => [below, reaches.and(below.not())],
            Shape::Reaches => [reaches, below.and(reaches.not())],
            Shape::Between => {
                let outside = below.or(reaches);
                let inside = self
                    .below
                    .reached_lanes(&ends.low)
                    .and(self.reaches.above_lanes(&ends.high));
                [inside.and(outside.not()), outside]
            }
            Shape::Outside => [Block::ZEROS, below.or(reaches)],
        }
    }
}

impl Limit {
    fn above_lanes(self, side: &Side) -> Block {
        match self {
            Limit::Open => Block::ZEROS,
            Limit::At(limit) => side.less(limit),
            Limit::Beyond => side.closed,
        }
    }

    fn reached_lanes(self, side: &Side) -> Block {
        match self {
            Limit::Open | Limit::Beyond => Block::ZEROS,
            Limit::At(limit) => self.rest_lanes(side, side.less(limit)),
        }
    }

    /// The lanes that reach the limit, given those that do not.
    fn rest_lanes(self, side: &Side, below: Block) -> Block {
        match self {
            Limit::Open | Limit::Beyond => Block::ZEROS,
            Limit::At(_) => side.closed.and(below.not()),
        }
    }
}

/// One lane of a block after the other.
fn each_lane(block: usize, decide: impl Fn(usize) -> Truth) -> [Block; 2] {
    let (mut is_true, mut is_false) = (Block::ZEROS, Block::ZEROS);
    for lane in 0..BLOCK_LANES {
        let (word, bit) = (lane / 64, 1 << (lane % 64));
        match decide(block * BLOCK_LANES + lane) {
            Truth::True => is_true[word] |= bit,
            Truth::False => is_false[word] |= bit,
            Truth::Unknown => {}
        }
    }
    [is_true, is_false]
}

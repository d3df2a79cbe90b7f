//! The part of a program below chosen nodes, laid out for being evaluated again and again.
//!
//! ```text
//! fact columns ──atom planes──▶ planes of the tests ──gates──▶ planes of the roots
//! ```

use crate::atom::Atom;
use crate::columns::{Ends, FactColumns};
use crate::cut::{Cut, Limit, Shape};
use crate::lanes::{BLOCK_LANES, Block, Lanes, Plane};
use crate::program::{Node, NodeId, Program};
use crate::{FactIndex, SortedSet, Truth, Values};
use litemap::{Entry, LiteMap};

/// Criteria laid out for evaluation: only what the chosen roots rest on, and everything in it once.
///
/// Texts and names are left behind; for an explanation see [`Program::evaluate`] and [`crate::explain()`].
#[derive(Clone, Debug)]
pub struct Plan {
    /// Slot 0 is true in every lane; test `i` fills slot `i + 1`, gate `i` the slot after all tests `+ i`.
    tests: Vec<Test>,
    /// The limits of the cuts of each fact that has any, ascending, in the order of the tests.
    limits: Vec<Vec<i64>>,
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
    /// The lanes below each limit of the fact at hand, by their lower and by their upper ends.
    below: [Vec<Block>; 2],
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
    literals: LiteMap<NodeId, Literal>,
}

impl Drawing {
    fn new(program: &Program, roots: &[NodeId]) -> Self {
        let needed = program.below(roots);
        let mut tests = Vec::new();
        let mut read = LiteMap::new_vec();
        for atom in needed.iter().flat_map(|node| program.atoms_of(*node)) {
            let (test, negated) = match Cut::of(program.atom(*atom)) {
                Some((cut, negated)) => (Test::Cut(cut), negated),
                None => match program.atom(*atom) {
                    Atom::Fact(fact) => (Test::Fact(*fact), false),
                    other => (Test::Other(other.clone()), false),
                },
            };
            tests.push(test.clone());
            read.insert(*atom, (test, negated));
        }
        // In the order of facts, so that a column is read once.
        let tests: SortedSet<Test> = tests.into_iter().collect();
        let sorted = tests.clone().into_vec();
        let mut drawing = Drawing {
            plan: Plan {
                limits: sorted
                    .chunk_by(Test::cut_one_fact)
                    .filter(|tests| matches!(tests, [Test::Cut(_), ..]))
                    .map(limits)
                    .collect(),
                tests: sorted,
                gates: Vec::new(),
                operands: Vec::new(),
                roots: Vec::new(),
            },
            literals: LiteMap::new_vec(),
        };
        let atom_literal = |atom| {
            let slot = read
                .get(&atom)
                .and_then(|(test, negated)| Some((tests.position(test)?, negated)));
            slot.map_or(Literal::TRUE, |(position, negated)| {
                Literal::slot(1 + position).negated_if(*negated)
            })
        };
        let mut gates = LiteMap::new_vec();
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
        gates: &mut LiteMap<Vec<Literal>, Literal>,
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
                match gates.entry(operands) {
                    Entry::Occupied(known) => *known.get(),
                    Entry::Vacant(new) => {
                        self.plan.operands.extend(new.key());
                        self.plan.gates.push(Gate {
                            end: self.plan.operands.len(),
                        });
                        *new.insert(next)
                    }
                }
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
            below: [Vec::new(), Vec::new()],
        }
    }

    /// Fills in the planes of the tests for one block of the columns.
    pub fn atom_planes(&self, columns: &FactColumns, block: usize, planes: &mut Planes) {
        planes.used = columns.used(block);
        let mut slots = planes.planes[2..].chunks_exact_mut(2);
        let mut limits = self.limits.iter();
        for tests in self.tests.chunk_by(Test::cut_one_fact) {
            let mut sides = None;
            if let [Test::Cut(cut), ..] = tests
                && let Some(limits) = limits.next()
                && let Some(ends) = columns.ends(cut.fact, block)
            {
                sides = Some(Sides::new(ends, limits, &mut planes.below));
            }
            for (test, slot) in tests.iter().zip(slots.by_ref()) {
                let [is_true, is_false] = test.block(columns, block, sides.as_ref());
                slot[0] = is_true;
                slot[1] = is_false;
            }
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

    /// Whether both are cuts of the same fact; these stand side by side.
    fn cut_one_fact(&self, other: &Test) -> bool {
        matches!((self, other), (Test::Cut(one), Test::Cut(other)) if one.fact == other.fact)
    }

    /// Is-true and is-false of one block, with both ends of the fact where it is a cut of one that is not all unknown.
    fn block(&self, columns: &FactColumns, block: usize, sides: Option<&Sides<'_>>) -> [Block; 2] {
        match self {
            Test::Fact(fact) => {
                let lanes = columns.truths(*fact, block);
                [lanes.is_true, lanes.is_false()]
            }
            Test::Cut(cut) => {
                sides.map_or([Block::ZEROS; 2], |sides| cut.block(columns, block, sides))
            }
            Test::Other(atom) => each_lane(block, |lane| {
                atom.decide_by(|fact| columns.value(lane, fact))
            }),
        }
    }
}

/// The limits of the cuts of one fact, ascending.
fn limits(tests: &[Test]) -> Vec<i64> {
    let mut limits = Vec::new();
    for test in tests {
        if let Test::Cut(cut) = test {
            for limit in [cut.below, cut.reaches] {
                if let Limit::At(limit) = limit {
                    limits.push(limit);
                }
            }
        }
    }
    limits.sort_unstable();
    limits.dedup();
    limits
}

/// A block of a fact, compared with every limit of it.
struct Sides<'p> {
    ends: &'p Ends,
    low: Compared<'p>,
    high: Compared<'p>,
}

impl<'p> Sides<'p> {
    fn new(ends: &'p Ends, limits: &'p [i64], [low, high]: &'p mut [Vec<Block>; 2]) -> Self {
        ends.high.less_than_each(limits, high);
        let high = Compared {
            limits,
            below: high,
            closed: ends.high.closed,
        };
        let low = if ends.points {
            high
        } else {
            ends.low.less_than_each(limits, low);
            Compared {
                limits,
                below: low,
                closed: ends.low.closed,
            }
        };
        Sides { ends, low, high }
    }
}

/// One side of it.
#[derive(Clone, Copy)]
struct Compared<'p> {
    limits: &'p [i64],
    /// The lanes whose end is closed and less than each limit.
    below: &'p [Block],
    closed: Block,
}

impl Compared<'_> {
    fn below(self, limit: i64) -> Block {
        let at = self.limits.binary_search(&limit);
        // The limits are those of every cut of the fact.
        at.map_or(Block::ZEROS, |at| self.below[at])
    }

    /// The lanes whose end lies below a limit.
    fn above(self, limit: Limit) -> Block {
        match limit {
            Limit::Open => Block::ZEROS,
            Limit::At(limit) => self.below(limit),
            Limit::Beyond => self.closed,
        }
    }

    /// The lanes whose end reaches a limit.
    fn reached(self, limit: Limit) -> Block {
        match limit {
            Limit::Open | Limit::Beyond => Block::ZEROS,
            Limit::At(limit) => self.closed.and(self.below(limit).not()),
        }
    }
}

impl Cut {
    fn block(&self, columns: &FactColumns, block: usize, sides: &Sides<'_>) -> [Block; 2] {
        let Sides { ends, low, high } = sides;
        if let Some(domain) = self.domain
            && !(ends.low.lies_in(domain) && ends.high.lies_in(domain))
        {
            return each_lane(block, |lane| {
                self.decide(columns.value(lane, self.fact).bounds())
            });
        }
        let below = high.above(self.below);
        let reaches = low.reached(self.reaches);
        match self.shape {
            Shape::Below => [below, reaches.and(below.not())],
            Shape::Reaches => [reaches, below.and(reaches.not())],
            Shape::Between => {
                let outside = below.or(reaches);
                let inside = low.reached(self.below).and(high.above(self.reaches));
                [inside.and(outside.not()), outside]
            }
            Shape::Outside => [Block::ZEROS, below.or(reaches)],
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

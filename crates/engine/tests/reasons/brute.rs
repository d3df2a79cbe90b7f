//! Reasons by trying everything.

use super::{BOOLEANS, MOST, NUMBERS};
use waymark_criteria::{Bounds, FactIndex, NodeId, Truth, Value, Values};
use waymark_engine::bundle::{Changes, name};
use waymark_engine::{Bundle, wire};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Recorded,
    Possible,
    Any,
}

pub(crate) struct Brute<'a> {
    bundle: &'a Bundle,
    actual: &'a Values,
    node: NodeId,
    facts: Vec<FactIndex>,
    read: Vec<FactIndex>,
    /// Every possibility that keeps the constraints.
    all: Vec<Values>,
}

fn values_of(value: Value) -> Vec<Value> {
    match value {
        Value::Truth(Truth::Unknown) => vec![Value::Truth(Truth::True), Value::Truth(Truth::False)],
        Value::Truth(_) => vec![value],
        Value::Bounds(bounds) => (bounds.low.unwrap_or(0)..=bounds.high.unwrap_or(MOST))
            .map(|value| Value::Bounds(Bounds::exact(value)))
            .collect(),
    }
}

fn is_in(point: Value, value: Value) -> bool {
    values_of(value).contains(&point)
}

/// All sets of this size, in order.
fn subsets(facts: &[FactIndex], size: usize) -> Vec<Vec<FactIndex>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let mut sets = Vec::new();
    for (position, fact) in facts.iter().enumerate() {
        for mut rest in subsets(&facts[position + 1..], size - 1) {
            rest.insert(0, *fact);
            sets.push(rest);
        }
    }
    sets
}

impl<'a> Brute<'a> {
    pub(crate) fn new(bundle: &'a Bundle, actual: &'a Values) -> Self {
        let (schema, program) = (bundle.schema(), bundle.program());
        let facts: Vec<FactIndex> = BOOLEANS
            .iter()
            .chain(&NUMBERS)
            .map(|id| schema.find(id).unwrap())
            .collect();
        let mut all = vec![actual.clone()];
        for fact in &facts {
            let unknown = Value::unknown(schema.fact(*fact).ty);
            all = all
                .iter()
                .flat_map(|values| {
                    values_of(unknown).into_iter().map(|point| {
                        let mut values = values.clone();
                        values.set(*fact, point);
                        values
                    })
                })
                .collect();
        }
        all.retain(|values| {
            let mut constraints = bundle.constraints().iter();
            constraints.all(|node| program.truth_of(values, *node) == Truth::True)
        });
        let read = ["one", "two"].iter().filter(|id| {
            let in_force = program.root(&name::in_force(id)).unwrap();
            program.truth_of(actual, in_force) != Truth::False
        });
        let read: std::collections::BTreeSet<FactIndex> = read
            .flat_map(|id| program.facts_of(program.root(id).unwrap()))
            .collect();
        Brute {
            bundle,
            actual,
            node: program.root(&name::regimen("r")).unwrap(),
            facts,
            read: read.into_iter().collect(),
            all,
        }
    }

    pub(crate) fn truth(&self, values: &Values) -> Truth {
        self.bundle.program().truth_of(values, self.node)
    }

    pub(crate) fn is_consistent(&self) -> bool {
        self.all.iter().any(|point| self.agrees(point, &self.facts))
    }

    fn agrees(&self, point: &Values, on: &[FactIndex]) -> bool {
        on.iter()
            .all(|fact| is_in(point.get(*fact), self.actual.get(*fact)))
    }

    fn ids(&self, facts: &[FactIndex]) -> Vec<String> {
        facts
            .iter()
            .map(|fact| self.bundle.fact(*fact).id.clone())
            .collect()
    }

    /// The first smallest set that forces the truth at every possibility.
    pub(crate) fn smallest(&self, truth: Truth) -> Vec<String> {
        let mut sets = (0..=self.read.len()).flat_map(|size| subsets(&self.read, size));
        let forces = |set: &Vec<FactIndex>| {
            let mut agreeing = self.all.iter().filter(|point| self.agrees(point, set));
            agreeing.all(|point| self.truth(point) == truth)
        };
        self.ids(&sets.find(forces).unwrap())
    }

    fn reach(&self, fact: FactIndex, reach: Reach) -> Vec<Value> {
        let now = values_of(self.actual.get(fact));
        let mut any = values_of(Value::unknown(self.bundle.schema().fact(fact).ty));
        match (reach, self.bundle.fact(fact).changes) {
            (Reach::Recorded, _) | (Reach::Possible, Changes::Fixed) => now,
            (Reach::Any, _) | (Reach::Possible, Changes::MayChange) => any,
            (Reach::Possible, Changes::Grows) => {
                let least = |value: &Value| match value {
                    Value::Truth(truth) => i64::from(*truth == Truth::True),
                    Value::Bounds(bounds) => bounds.low.unwrap(),
                };
                let from = now.iter().map(least).min().unwrap();
                any.retain(|value| least(value) >= from);
                any
            }
        }
    }

    /// All smallest sets of changes within the nearest reach that has any.
    pub(crate) fn ways(&self, truth: Truth, wanted: bool) -> (bool, Vec<Vec<String>>) {
        let reaches: &[Reach] = if truth.is_known() {
            &[Reach::Possible, Reach::Any]
        } else {
            &[Reach::Recorded, Reach::Possible, Reach::Any]
        };
        for reach in reaches {
            for size in 1..=self.read.len() {
                let mut sets = subsets(&self.read, size);
                sets.retain(|set| self.may_bring_about(set, wanted, *reach));
                if !sets.is_empty() {
                    let sets = sets.iter().map(|set| self.ids(set)).collect();
                    return (*reach != Reach::Any, sets);
                }
            }
        }
        (false, Vec::new())
    }

    fn may_bring_about(&self, set: &[FactIndex], wanted: bool, reach: Reach) -> bool {
        let kept: Vec<FactIndex> = self
            .read
            .iter()
            .copied()
            .filter(|fact| !set.contains(fact))
            .collect();
        self.all.iter().any(|point| {
            let mut values = self.actual.clone();
            for fact in set {
                values.set(*fact, point.get(*fact));
            }
            let changes = set
                .iter()
                .all(|fact| point.get(*fact) != self.actual.get(*fact));
            let reached = self
                .facts
                .iter()
                .all(|fact| self.reach(*fact, reach).contains(&point.get(*fact)));
            changes
                && reached
                && self.agrees(point, &kept)
                && self.truth(&values) == Truth::decided(wanted)
        })
    }

    /// Whether the facts as they would be bring the verdict about, whatever the value within what is told, and do not
    /// contradict one another.
    pub(crate) fn brings_about(&self, way: &wire::Way, wanted: bool) -> bool {
        let mut values = self.actual.clone();
        for change in way.changes.iter().chain(&way.follows) {
            let fact = self.bundle.schema().find(&change.fact).unwrap();
            values.set(fact, told(&change.would_be, self.actual.get(fact)));
        }
        let program = self.bundle.program();
        let mut points = self.all.iter();
        let consistent = points.any(|point| {
            self.facts
                .iter()
                .all(|fact| is_in(point.get(*fact), values.get(*fact)))
        });
        let mut constraints = self.bundle.constraints().iter();
        let whole = constraints.all(|node| program.truth_of(&values, *node) != Truth::False);
        consistent && whole && self.truth(&values) == Truth::decided(wanted)
    }
}

fn told(extent: &wire::Extent, like: Value) -> Value {
    let end = |end: &Option<wire::Scalar>| match end {
        Some(wire::Scalar::Integer(value)) => Some(*value),
        _ => None,
    };
    match (&extent.value, like) {
        (wire::Scalar::Boolean(truth), _) => Value::Truth(Truth::decided(*truth)),
        (wire::Scalar::Integer(value), _) => Value::Bounds(Bounds::exact(*value)),
        (_, Value::Truth(_)) => Value::Truth(Truth::Unknown),
        (_, Value::Bounds(_)) => Value::Bounds(Bounds {
            low: end(&extent.low).or(Some(0)),
            high: end(&extent.high).or(Some(MOST)),
        }),
    }
}

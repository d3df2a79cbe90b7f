//! Which unknown fact, once known, would settle most of what is open.
//!
//! Each unknown fact is forced to every cell into which the atoms cut its values, within the constraints between
//! facts, and all regimens are judged again.

use crate::bundle::{Bundle, FactKind, name};
use crate::wire;
use std::collections::{BTreeMap, BTreeSet};
use waymark_criteria::value::DECIMAL_UNIT;
use waymark_criteria::{Bounds, Evaluation, FactIndex, NodeId, Truth, Value, Values};

/// Every fact that would decide at least one open regimen for some of its values, most telling first.
#[must_use]
pub fn settle(bundle: &Bundle, values: &Values, evaluation: &Evaluation) -> Vec<wire::Settle> {
    let program = bundle.program();
    let open: Vec<(&str, NodeId)> = bundle
        .content()
        .regimens
        .iter()
        .filter_map(|regimen| {
            Some((
                regimen.id.as_str(),
                program.root(&name::regimen(&regimen.id))?,
            ))
        })
        .filter(|(_, node)| evaluation.truth(*node) == Truth::Unknown)
        .collect();
    let asked: BTreeSet<FactIndex> = open
        .iter()
        .flat_map(|(_, node)| program.missing(evaluation, values, *node))
        .collect();
    let constraints = Constraints::new(bundle);
    let mut settled: Vec<(usize, wire::Settle)> = asked
        .into_iter()
        .filter_map(|fact| one(bundle, &constraints, values, fact, &open))
        .collect();
    settled.sort_by(|(may, left), (other_may, right)| {
        let decided = right.would_decide.len().cmp(&left.would_decide.len());
        decided
            .then(other_may.cmp(may))
            .then_with(|| left.fact.cmp(&right.fact))
    });
    settled.into_iter().map(|(_, settle)| settle).collect()
}

/// What forcing one fact would decide; with it the number of decisions over all cells.
fn one(
    bundle: &Bundle,
    constraints: &Constraints<'_>,
    values: &Values,
    fact: FactIndex,
    open: &[(&str, NodeId)],
) -> Option<(usize, wire::Settle)> {
    let mut decided_in = vec![0_usize; open.len()];
    let mut possible = 0_usize;
    for cell in cells(bundle, values, fact) {
        let mut forced = values.clone();
        forced.set(fact, cell);
        if !constraints.close(&mut forced, fact) {
            continue;
        }
        possible += 1;
        let evaluation = bundle.program().evaluate(&forced);
        for (count, (_, node)) in decided_in.iter_mut().zip(open) {
            *count += usize::from(evaluation.truth(*node).is_known());
        }
    }
    let ids = |keep: &dyn Fn(usize) -> bool| -> Vec<String> {
        let kept = decided_in
            .iter()
            .zip(open)
            .filter(|(count, _)| keep(**count));
        kept.map(|(_, (id, _))| (*id).to_owned()).collect()
    };
    let may_decide = ids(&|count| count > 0);
    let entry = bundle.fact(fact);
    (!may_decide.is_empty()).then(|| {
        let settle = wire::Settle {
            fact: entry.id.clone(),
            question: entry.question.clone(),
            would_decide: ids(&|count| count == possible),
            may_decide,
        };
        (decided_in.iter().sum(), settle)
    })
}

/// The cells into which the atoms cut what a fact may still be: inside a cell every comparison with a constant agrees.
fn cells(bundle: &Bundle, values: &Values, fact: FactIndex) -> Vec<Value> {
    match values.get(fact) {
        Value::Truth(_) => vec![Value::Truth(Truth::True), Value::Truth(Truth::False)],
        Value::Bounds(known) => {
            let entry = bundle.fact(fact);
            let unit = if entry.ty == FactKind::Decimal {
                DECIMAL_UNIT
            } else {
                1
            };
            let scaled = |end: Option<i64>| end.and_then(|end| end.checked_mul(unit));
            let mut low = known.low.max(scaled(entry.min));
            let high = match (known.high, scaled(entry.max)) {
                (Some(known), Some(most)) => Some(known.min(most)),
                (known, most) => known.or(most),
            };
            let mut cells = Vec::new();
            let mut push = |low: Option<i64>, high: Option<i64>| {
                if low.zip(high).is_none_or(|(low, high)| low <= high) {
                    cells.push(Value::Bounds(Bounds { low, high }));
                }
            };
            for threshold in bundle.program().thresholds(fact) {
                if low.is_some_and(|low| low > threshold)
                    || high.is_some_and(|high| high < threshold)
                {
                    continue;
                }
                push(low, threshold.checked_sub(1));
                push(Some(threshold), Some(threshold));
                low = threshold.checked_add(1);
            }
            push(low, high);
            cells
        }
    }
}

/// The constraints between facts, indexed by the facts that they read.
struct Constraints<'a> {
    bundle: &'a Bundle,
    facts: Vec<(NodeId, Vec<FactIndex>)>,
    reading: BTreeMap<FactIndex, Vec<usize>>,
}

impl<'a> Constraints<'a> {
    fn new(bundle: &'a Bundle) -> Self {
        let program = bundle.program();
        let facts: Vec<(NodeId, Vec<FactIndex>)> = bundle
            .constraints()
            .iter()
            .map(|node| (*node, program.facts_of(*node).into_iter().collect()))
            .collect();
        let mut reading: BTreeMap<FactIndex, Vec<usize>> = BTreeMap::new();
        for (position, (_, read)) in facts.iter().enumerate() {
            for fact in read {
                reading.entry(*fact).or_default().push(position);
            }
        }
        Constraints {
            bundle,
            facts,
            reading,
        }
    }

    /// Fills in what follows from a changed fact by the constraints; `false` when they cannot hold.
    ///
    /// Each fact is narrowed at most to a single cell, so the work list empties.
    fn close(&self, values: &mut Values, changed: FactIndex) -> bool {
        let program = self.bundle.program();
        let mut work = vec![changed];
        while let Some(fact) = work.pop() {
            for position in self.reading.get(&fact).into_iter().flatten() {
                let (node, read) = &self.facts[*position];
                match program.truth_of(values, *node) {
                    Truth::True => continue,
                    Truth::False => return false,
                    Truth::Unknown => {}
                }
                for other in read
                    .iter()
                    .filter(|other| !values.get(**other).is_settled())
                    .copied()
                    .collect::<Vec<_>>()
                {
                    let before = values.get(other);
                    let possible: Vec<Value> = cells(self.bundle, values, other)
                        .into_iter()
                        .filter(|cell| {
                            values.set(other, *cell);
                            program.truth_of(values, *node) != Truth::False
                        })
                        .collect();
                    values.set(other, before);
                    let Some(narrowed) = hull(&possible) else {
                        return false;
                    };
                    if narrowed != before && narrower(narrowed, before) {
                        values.set(other, narrowed);
                        work.push(other);
                    }
                }
            }
        }
        true
    }
}

/// The smallest value that holds all cells.
fn hull(cells: &[Value]) -> Option<Value> {
    let (first, rest) = cells.split_first()?;
    Some(rest.iter().fold(*first, |hull, cell| {
        match (hull, *cell) {
            (Value::Bounds(hull), Value::Bounds(cell)) => Value::Bounds(Bounds {
                low: hull.low.zip(cell.low).map(|(left, right)| left.min(right)),
                high: hull
                    .high
                    .zip(cell.high)
                    .map(|(left, right)| left.max(right)),
            }),
            (Value::Truth(left), Value::Truth(right)) if left == right => hull,
            (Value::Truth(_) | Value::Bounds(_), _) => Value::Truth(Truth::Unknown),
        }
    }))
}

fn narrower(value: Value, than: Value) -> bool {
    match (value, than) {
        (Value::Truth(truth), Value::Truth(_)) => truth.is_known(),
        (Value::Bounds(value), Value::Bounds(than)) => {
            value.low > than.low
                || (value.high.is_some() && than.high.is_none_or(|high| value.high < Some(high)))
        }
        (Value::Truth(_), Value::Bounds(_)) | (Value::Bounds(_), Value::Truth(_)) => false,
    }
}

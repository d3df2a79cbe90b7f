//! The values of a fact cut into cells: inside a cell every comparison with a constant agrees.

use crate::bundle::{Bundle, FactKind};
use waymark_criteria::value::DECIMAL_UNIT;
use waymark_criteria::{Bounds, Date, FactIndex, NodeId, Truth, Value, Values};

/// Where the rules of a bundle cut the values of each fact.
#[derive(Clone, Debug)]
pub(crate) struct Cells {
    /// What each fact may be by its nature.
    natural: Values,
    /// The values of each fact at which a cell begins, in the schema's order; sorted. A threshold is a cell of its own.
    starts: Vec<Vec<i64>>,
}

impl Cells {
    /// Cuts at the constants of the rules.
    pub(crate) fn new(bundle: &Bundle) -> Self {
        let thresholds = bundle
            .program()
            .all_thresholds(bundle.schema().facts().len());
        Cells::cut(bundle, |fact| thresholds[fact.position()].clone())
    }

    /// Cuts at the constants of some nodes.
    pub(crate) fn below(bundle: &Bundle, nodes: &[NodeId]) -> Self {
        Cells::cut(bundle, |fact| {
            bundle.program().thresholds_below(nodes, fact)
        })
    }

    /// Cuts at the constants of the rules, at the ends of these values, and where facts that are compared with one
    /// another would change the answer while the others have these values.
    pub(crate) fn beside(bundle: &Bundle, values: &Values) -> Self {
        Cells::cut(bundle, |fact| {
            bundle.program().thresholds_beside(fact, values)
        })
    }

    fn cut(bundle: &Bundle, thresholds: impl Fn(FactIndex) -> Vec<i64>) -> Self {
        let starts = |fact| {
            let thresholds = thresholds(fact).into_iter();
            let both = thresholds.flat_map(|it| [Some(it), it.checked_add(1)]);
            sorted(both.flatten().collect())
        };
        let mut natural = Values::unknown(bundle.schema());
        for fact in bundle.schema().indices() {
            let entry = bundle.fact(fact);
            let scaled = |end: Option<i64>, unit| end.and_then(|end| end.checked_mul(unit));
            let bounds = |unit| Bounds {
                low: scaled(entry.min, unit),
                high: scaled(entry.max, unit),
            };
            let bounds = match entry.ty {
                FactKind::Boolean | FactKind::Word => continue,
                FactKind::Integer => bounds(1),
                FactKind::Decimal => bounds(DECIMAL_UNIT),
                FactKind::Date => Bounds {
                    low: Some(Date::MIN.to_days()),
                    high: Some(Date::MAX.to_days()),
                },
            };
            natural.set(fact, Value::Bounds(bounds));
        }
        Cells {
            starts: bundle.schema().indices().map(starts).collect(),
            natural,
        }
    }

    /// What a fact may be by its nature.
    pub(crate) fn natural(&self, fact: FactIndex) -> Value {
        self.natural.get(fact)
    }

    /// The cells of what a fact may still be, from the least; empty where its nature does not allow it.
    pub(crate) fn of(&self, fact: FactIndex, within: Value) -> Vec<Value> {
        self.split(fact, within, &self.starts[fact.position()])
    }

    /// The cells, cut at the ends of `around` as well: each lies within it or outside it.
    pub(crate) fn around(&self, fact: FactIndex, within: Value, around: Value) -> Vec<Value> {
        let mut starts = self.starts[fact.position()].clone();
        if let Value::Bounds(around) = around {
            starts.extend(around.low);
            starts.extend(around.high.and_then(|high| high.checked_add(1)));
        }
        self.split(fact, within, &sorted(starts))
    }

    /// The cells of what a fact may still be; the two halves of a single one that is no point.
    pub(crate) fn parts(&self, fact: FactIndex, within: Value) -> Vec<Value> {
        match self.of(fact, within).as_slice() {
            [Value::Bounds(only)] if only.as_exact().is_none() => halves(*only).to_vec(),
            cells => cells.to_vec(),
        }
    }

    /// Every way in which a fact may be stated: cells side by side, but for all of them together.
    pub(crate) fn runs(&self, fact: FactIndex, within: Value) -> Vec<Value> {
        let cells = self.of(fact, within);
        let starts = 0..cells.len();
        let runs = starts.flat_map(|start| (start + 1..=cells.len()).map(move |end| start..end));
        let parts = runs.filter(|run| run.len() < cells.len() || cells.len() == 1);
        parts.filter_map(|run| hull(&cells[run])).collect()
    }

    fn split(&self, fact: FactIndex, within: Value, starts: &[i64]) -> Vec<Value> {
        let Some(within) = overlap(within, self.natural(fact)) else {
            return Vec::new();
        };
        let Value::Bounds(Bounds { mut low, high }) = within else {
            return match within {
                Value::Truth(Truth::Unknown) => {
                    [Truth::False, Truth::True].map(Value::Truth).into()
                }
                Value::Truth(_) | Value::Bounds(_) => vec![within],
            };
        };
        let mut cells = Vec::new();
        for start in starts.iter().copied() {
            if low.is_some_and(|low| low >= start) || high.is_some_and(|high| high < start) {
                continue;
            }
            let high = start.checked_sub(1);
            cells.push(Value::Bounds(Bounds { low, high }));
            low = Some(start);
        }
        cells.push(Value::Bounds(Bounds { low, high }));
        cells
    }
}

fn sorted(mut starts: Vec<i64>) -> Vec<i64> {
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// A cell that is no single point, in two.
pub(crate) fn halves(cell: Bounds) -> [Value; 2] {
    let middle = match (cell.low, cell.high) {
        (Some(low), Some(high)) => low.midpoint(high).min(high.saturating_sub(1)),
        (Some(low), None) => low.saturating_add(low.saturating_abs()),
        (None, Some(high)) => high.saturating_sub(high.saturating_abs()).saturating_sub(1),
        (None, None) => 0,
    };
    [
        Value::Bounds(Bounds {
            high: Some(middle),
            ..cell
        }),
        Value::Bounds(Bounds {
            low: Some(middle.saturating_add(1)),
            ..cell
        }),
    ]
}

/// What lies in both; `None` when nothing does.
pub(crate) fn overlap(left: Value, right: Value) -> Option<Value> {
    match (left, right) {
        (Value::Bounds(left), Value::Bounds(right)) => left.overlap(right).map(Value::Bounds),
        (Value::Truth(Truth::Unknown), other) | (other, Value::Truth(Truth::Unknown)) => {
            Some(other)
        }
        (Value::Truth(_) | Value::Bounds(_), _) => (left == right).then_some(left),
    }
}

/// Whether a value tells at least as much as another one and agrees with it.
pub(crate) fn is_within(value: Value, other: Value) -> bool {
    overlap(value, other) == Some(value)
}

/// The smallest value that holds all cells.
pub(crate) fn hull(cells: &[Value]) -> Option<Value> {
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

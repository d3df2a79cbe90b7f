//! Sets of facts at the edges of a program: for each definition one that makes it true and one that makes it false, by
//! search over the values that its atoms cut, and others beside them.

use super::subject::Subject;
use std::collections::BTreeSet;
use waymark_criteria::{Bounds, Date, FactIndex, FactType, NodeId, Truth, Value, Values};

/// How many steps a search may take.
const PATIENCE: u32 = 20_000;

/// Sets of facts, and which answers of which definitions were not found.
pub(crate) struct Sets {
    pub(crate) sets: Vec<Values>,
    pub(crate) searches: Vec<Search>,
}

/// What came of the search for an answer of a definition.
pub(crate) struct Search {
    pub(crate) root: NodeId,
    pub(crate) wanted: Truth,
    pub(crate) end: End,
}

/// How a search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Found,
    /// No set of facts within the constraints gives it.
    Impossible,
    /// The search was given up.
    GivenUp,
}

/// At least so many sets, the same for the same seed.
pub(crate) fn generate(subject: &Subject, least: usize, seed: u64) -> Sets {
    let mut maker = Maker {
        subject,
        random: Random(seed),
    };
    let unknown = Values::unknown(&subject.schema);
    let mut sets = vec![unknown.clone()];
    let mut searches = Vec::new();
    let mut found: Vec<(Values, NodeId)> = Vec::new();
    for (_, root) in subject.roots() {
        for wanted in [Truth::True, Truth::False] {
            let mut values = unknown.clone();
            let mut patience = PATIENCE;
            let end = maker.seek(&mut values, root, wanted, &mut patience);
            if end == End::Found {
                found.push((values, root));
            }
            searches.push(Search { root, wanted, end });
        }
        // A definition that reads facts is unknown where none is known, unless it holds whatever they are.
        let end = match subject.program.truth_of(&unknown, root) {
            Truth::Unknown => End::Found,
            Truth::True | Truth::False => End::Impossible,
        };
        let wanted = Truth::Unknown;
        searches.push(Search { root, wanted, end });
    }
    sets.extend(found.iter().map(|(values, _)| values.clone()));
    while sets.len() < least && !found.is_empty() {
        for (values, root) in &found {
            let mut values = values.clone();
            maker.vary(&mut values, *root);
            sets.push(values);
        }
    }
    Sets { sets, searches }
}

struct Maker<'s> {
    subject: &'s Subject,
    random: Random,
}

impl Maker<'_> {
    /// Fills in facts until the definition has the answer; `values` is as it was when it is not found.
    fn seek(
        &mut self,
        values: &mut Values,
        root: NodeId,
        wanted: Truth,
        patience: &mut u32,
    ) -> End {
        let program = &self.subject.program;
        let truth = program.truth_of(values, root);
        if truth == wanted {
            return End::Found;
        }
        if truth.is_known() {
            return End::Impossible;
        }
        let Some(left) = patience.checked_sub(1) else {
            return End::GivenUp;
        };
        *patience = left;
        let evaluation = program.evaluate(values);
        let Some(fact) = program.missing(&evaluation, values, root).first().copied() else {
            return End::Impossible;
        };
        let before = values.get(fact);
        for value in self.points(fact, values) {
            values.set(fact, value);
            if !self.allowed(values) {
                continue;
            }
            match self.seek(values, root, wanted, patience) {
                End::Impossible => {}
                end => return end,
            }
        }
        values.set(fact, before);
        End::Impossible
    }

    /// Most facts filled in, then some of those that the definition reads made less certain or moved over an edge.
    fn vary(&mut self, values: &mut Values, root: NodeId) {
        let subject = self.subject;
        let unread = self.random.below(3);
        for fact in subject.schema.indices() {
            if !values.get(fact).is_settled() && self.random.below(3) < unread {
                self.try_one(values, fact);
            }
        }
        let read: Vec<FactIndex> = subject.program.facts_of(root).into_iter().collect();
        for _ in 0..self.random.below(4) {
            if let Some(fact) = self.random.pick(&read) {
                self.try_one(values, *fact);
            }
        }
    }

    /// Another value for a fact, if the constraints allow it.
    fn try_one(&mut self, values: &mut Values, fact: FactIndex) {
        let before = values.get(fact);
        let value = self.loosened(fact, values);
        values.set(fact, value);
        if !self.allowed(values) {
            values.set(fact, before);
        }
    }

    fn allowed(&self, values: &Values) -> bool {
        let constraints = &self.subject.constraints;
        let program = &self.subject.program;
        constraints
            .iter()
            .all(|node| match program.truth_of(values, *node) {
                Truth::True | Truth::Unknown => true,
                Truth::False => false,
            })
    }

    /// The values just below, at and just above each threshold of a fact, in random order.
    fn points(&mut self, fact: FactIndex, values: &Values) -> Vec<Value> {
        if self.subject.schema.fact(fact).ty == FactType::Boolean {
            let mut both = [Truth::True, Truth::False].map(Value::Truth).to_vec();
            self.random.shuffle(&mut both);
            return both;
        }
        let range = self.subject.ranges[fact.position()];
        let edges: BTreeSet<i64> = self
            .subject
            .program
            .thresholds_beside(fact, values)
            .into_iter()
            .flat_map(|edge| [edge.saturating_sub(1), edge, edge.saturating_add(1)])
            .chain(range.low)
            .filter(|point| within(*point, range))
            .collect();
        let mut points: Vec<Value> = edges
            .into_iter()
            .map(|point| Value::Bounds(Bounds::exact(point)))
            .collect();
        self.random.shuffle(&mut points);
        points
    }

    /// A point, or something less certain around it: a span, an open end, a month, a year, nothing.
    fn loosened(&mut self, fact: FactIndex, values: &Values) -> Value {
        let ty = self.subject.schema.fact(fact).ty;
        let points = self.points(fact, values);
        let unknown = Value::unknown(ty);
        let Some(Value::Bounds(Bounds {
            low: Some(point), ..
        })) = points.first().copied()
        else {
            return match self.random.below(4) {
                0 => unknown,
                _ => points.first().copied().unwrap_or(unknown),
            };
        };
        let exact = Value::Bounds(Bounds::exact(point));
        if self.subject.exact.contains(&fact) {
            return if self.random.below(16) == 0 {
                unknown
            } else {
                exact
            };
        }
        let last = points.last().map_or(point, |last| match last.bounds().low {
            Some(last) => last,
            None => point,
        });
        let bounds = match self.random.below(9) {
            0 => return unknown,
            1 => Bounds::at_or_above(point),
            2 => Bounds {
                low: None,
                high: Some(point),
            },
            3 => Bounds {
                low: Some(point.min(last)),
                high: Some(point.max(last)),
            },
            4 if ty == FactType::Date => month(point),
            5 if ty == FactType::Date => year(point),
            _ => return exact,
        };
        Value::Bounds(bounds)
    }
}

fn within(point: i64, range: Bounds) -> bool {
    range.low.is_none_or(|low| low <= point) && range.high.is_none_or(|high| point <= high)
}

/// All days of the month of a day.
fn month(day: i64) -> Bounds {
    let date = Date::from_days(day);
    span(Date::new(date.year(), date.month(), 1), 1)
}

/// All days of the year of a day.
fn year(day: i64) -> Bounds {
    span(Date::new(Date::from_days(day).year(), 1, 1), 12)
}

fn span(first: Option<Date>, months: i64) -> Bounds {
    Bounds {
        low: first.map(Date::to_days),
        high: first.map(|first| first.add_months(months).to_days() - 1),
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound.max(1)
    }

    fn index(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }

    fn pick<'t, T>(&mut self, of: &'t [T]) -> Option<&'t T> {
        of.get(self.index(of.len()))
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for place in (1..items.len()).rev() {
            let other = self.index(place + 1);
            items.swap(place, other);
        }
    }
}

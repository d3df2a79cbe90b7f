//! Facts of many patients as columns: one bit or one pair of ends for each lane.

use crate::lanes::{BLOCK_LANES, Block, Lanes, Plane};
use crate::{Bounds, FactIndex, FactType, Schema, Truth, Value, Values};

/// The values of every fact of a schema for many patients, one in each lane.
///
/// ```
/// use waymark_criteria::{Bounds, FactColumns, FactDecl, FactType, Schema, Value};
///
/// let schema = Schema::new([FactDecl { id: "lines".to_owned(), ty: FactType::Integer }]);
/// let lines = schema.find("lines").ok_or("declared above")?;
/// let mut columns = FactColumns::unknown(&schema, 1000);
/// columns.set(7, lines, Value::Bounds(Bounds::at_or_above(2)));
/// assert_eq!(columns.value(7, lines), Value::Bounds(Bounds::at_or_above(2)));
/// assert_eq!(columns.value(8, lines), Value::Bounds(Bounds::UNKNOWN));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactColumns {
    lanes: usize,
    columns: Vec<Column>,
}

/// The values of one fact, in blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Column {
    Truth(Vec<Lanes<Block>>),
    Ordered(Vec<Ends>),
}

/// A block of values within bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ends {
    pub(crate) low: Side,
    pub(crate) high: Side,
    /// In every lane both ends are the same, or both are open.
    pub(crate) points: bool,
}

/// The lower or the upper ends of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Side {
    /// A word of lanes each. What stands in a lane whose end is open means nothing.
    ends: [[i64; 64]; BLOCK_LANES / 64],
    /// The lanes whose end is not open.
    pub(crate) closed: Block,
    /// No closed end lies outside; wider than need be once an end was replaced.
    pub(crate) least: i64,
    pub(crate) greatest: i64,
}

impl Side {
    const OPEN: Side = Side {
        ends: [[0; 64]; BLOCK_LANES / 64],
        closed: Block::ZEROS,
        least: i64::MAX,
        greatest: i64::MIN,
    };

    fn set(&mut self, lane: usize, end: Option<i64>) {
        let (word, bit) = (lane / 64, 1 << (lane % 64));
        match end {
            Some(end) => {
                self.ends[word][lane % 64] = end;
                self.closed[word] |= bit;
                self.least = self.least.min(end);
                self.greatest = self.greatest.max(end);
            }
            None => self.closed[word] &= !bit,
        }
    }

    fn get(&self, lane: usize) -> Option<i64> {
        let closed = self.closed[lane / 64] >> (lane % 64) & 1 == 1;
        closed.then(|| self.ends[lane / 64][lane % 64])
    }

    /// For each of some limits, which ascend, the lanes whose end is closed and less than it.
    ///
    /// Each end is looked up among the limits once: it is less than the first one above it, and than all after that.
    pub(crate) fn less_than_each(&self, limits: &[i64], less: &mut Vec<Block>) {
        let above = |end: i64| limits.partition_point(|limit| *limit <= end);
        less.clear();
        less.resize(limits.len(), Block::ZEROS);
        if self.least > self.greatest {
            return;
        }
        let (first, last) = (above(self.least), above(self.greatest));
        if first == last {
            less[first..].fill(self.closed);
            return;
        }
        // Where one is narrowed, all are: what no end lies between is not looked at.
        let between = &limits[first..last];
        for (word, closed) in self.closed.iter().enumerate() {
            let mut left = *closed;
            while left != 0 {
                let lane = left.trailing_zeros();
                left &= left - 1;
                let end = self.ends[word][lane as usize];
                let at = first + between.partition_point(|limit| *limit <= end);
                if let Some(less) = less.get_mut(at) {
                    less[word] |= 1 << lane;
                }
            }
        }
        let mut so_far = Block::ZEROS;
        for less in &mut less[first..] {
            so_far = so_far.or(*less);
            *less = so_far;
        }
    }

    /// Whether every closed end lies between these two, both included.
    pub(crate) fn lies_in(&self, (least, greatest): (i64, i64)) -> bool {
        least <= self.least && self.greatest <= greatest
    }
}

impl FactColumns {
    /// Every fact unknown in so many lanes.
    #[must_use]
    pub fn unknown(schema: &Schema, lanes: usize) -> Self {
        let blocks = lanes.div_ceil(BLOCK_LANES);
        let column = |ty: FactType| match ty {
            FactType::Boolean => Column::Truth(vec![Lanes::UNKNOWN; blocks]),
            FactType::Integer | FactType::Decimal | FactType::Date => {
                let open = Ends {
                    low: Side::OPEN,
                    high: Side::OPEN,
                    points: true,
                };
                Column::Ordered(vec![open; blocks])
            }
            // No criterion reads it.
            FactType::Word => Column::Truth(Vec::new()),
        };
        FactColumns {
            lanes,
            columns: schema.facts().iter().map(|fact| column(fact.ty)).collect(),
        }
    }

    /// Number of lanes.
    #[must_use]
    pub fn lanes(&self) -> usize {
        self.lanes
    }

    /// Number of blocks of [`BLOCK_LANES`] lanes; the last one may not be full.
    #[must_use]
    pub fn blocks(&self) -> usize {
        self.lanes.div_ceil(BLOCK_LANES)
    }

    /// The lanes of a block that exist.
    #[must_use]
    pub fn used(&self, block: usize) -> Block {
        let here = self.lanes.saturating_sub(block.saturating_mul(BLOCK_LANES));
        let mut used = Block::ZEROS;
        for (word, bits) in used.iter_mut().enumerate() {
            *bits = match here.saturating_sub(word * 64) {
                0 => 0,
                lanes @ 1..64 => (1 << lanes) - 1,
                _ => u64::MAX,
            };
        }
        used
    }

    /// Replaces the value of a fact in a lane. A value of the other kind counts as unknown, and so does every value of
    /// a worded fact; a lane that does not exist stays so.
    pub fn set(&mut self, lane: usize, fact: FactIndex, value: Value) {
        if lane >= self.lanes {
            return;
        }
        let (block, lane) = (lane / BLOCK_LANES, lane % BLOCK_LANES);
        match &mut self.columns[fact.position()] {
            Column::Truth(blocks) => {
                if let Some(lanes) = blocks.get_mut(block) {
                    let (word, bit) = (lane / 64, 1 << (lane % 64));
                    lanes.is_true[word] &= !bit;
                    lanes.is_known[word] &= !bit;
                    match value.truth() {
                        Truth::True => {
                            lanes.is_true[word] |= bit;
                            lanes.is_known[word] |= bit;
                        }
                        Truth::False => lanes.is_known[word] |= bit,
                        Truth::Unknown => {}
                    }
                }
            }
            Column::Ordered(blocks) => {
                let Bounds { low, high } = value.bounds();
                let ends = &mut blocks[block];
                ends.low.set(lane, low);
                ends.high.set(lane, high);
                ends.points &= low == high;
            }
        }
    }

    /// Replaces the values of all facts in a lane.
    pub fn set_all(&mut self, lane: usize, values: &Values) {
        for (fact, value) in values.iter() {
            self.set(lane, fact, value);
        }
    }

    /// The value of a fact in a lane; unknown in a lane that does not exist.
    #[must_use]
    pub fn value(&self, lane: usize, fact: FactIndex) -> Value {
        let (block, lane) = (lane / BLOCK_LANES, lane % BLOCK_LANES);
        match &self.columns[fact.position()] {
            Column::Truth(blocks) => {
                let lanes = blocks.get(block);
                Value::Truth(lanes.map_or(Truth::Unknown, |lanes| lanes.truth(lane)))
            }
            Column::Ordered(blocks) => {
                let ends = blocks.get(block);
                Value::Bounds(ends.map_or(Bounds::UNKNOWN, |ends| Bounds {
                    low: ends.low.get(lane),
                    high: ends.high.get(lane),
                }))
            }
        }
    }

    /// A block of a boolean fact.
    pub(crate) fn truths(&self, fact: FactIndex, block: usize) -> Lanes<Block> {
        match &self.columns[fact.position()] {
            Column::Truth(blocks) => blocks.get(block).copied().unwrap_or(Lanes::UNKNOWN),
            Column::Ordered(_) => Lanes::UNKNOWN,
        }
    }

    /// A block of an ordered fact; `None` where there is nothing but unknown.
    pub(crate) fn ends(&self, fact: FactIndex, block: usize) -> Option<&Ends> {
        match &self.columns[fact.position()] {
            Column::Ordered(blocks) => blocks.get(block),
            Column::Truth(_) => None,
        }
    }
}

//! Kleene logic over two bit planes: many patients at once, one in each bit.

use crate::Truth;

/// A word whose bits are lanes.
pub trait Plane: Copy {
    /// Every bit clear.
    const ZEROS: Self;
    /// Every bit set.
    const ONES: Self;
    /// Bitwise and.
    #[must_use]
    fn and(self, other: Self) -> Self;
    /// Bitwise or.
    #[must_use]
    fn or(self, other: Self) -> Self;
    /// Bitwise not.
    #[must_use]
    fn not(self) -> Self;
}

/// Lanes that are evaluated together.
pub const BLOCK_LANES: usize = 512;

/// One bit for each of [`BLOCK_LANES`] lanes, the first in the lowest bit of the first word.
pub type Block = [u64; BLOCK_LANES / 64];

impl Plane for u64 {
    const ZEROS: Self = 0;
    const ONES: Self = u64::MAX;

    #[inline]
    fn and(self, other: Self) -> Self {
        self & other
    }

    #[inline]
    fn or(self, other: Self) -> Self {
        self | other
    }

    #[inline]
    fn not(self) -> Self {
        !self
    }
}

impl<const N: usize> Plane for [u64; N] {
    const ZEROS: Self = [0; N];
    const ONES: Self = [u64::MAX; N];

    #[inline]
    fn and(self, other: Self) -> Self {
        std::array::from_fn(|word| self[word] & other[word])
    }

    #[inline]
    fn or(self, other: Self) -> Self {
        std::array::from_fn(|word| self[word] | other[word])
    }

    #[inline]
    fn not(self) -> Self {
        std::array::from_fn(|word| !self[word])
    }
}

/// A truth per lane: is-true and is-known.
///
/// Invariant: no lane is true without being known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lanes<W> {
    /// The lanes that are true.
    pub is_true: W,
    /// The lanes that are true or false.
    pub is_known: W,
}

impl<W: Plane> Lanes<W> {
    /// True in every lane: what an empty `and` is.
    pub const TRUE: Self = Lanes {
        is_true: W::ONES,
        is_known: W::ONES,
    };
    /// False in every lane: what an empty `or` is.
    pub const FALSE: Self = Lanes {
        is_true: W::ZEROS,
        is_known: W::ONES,
    };
    /// Unknown in every lane.
    pub const UNKNOWN: Self = Lanes {
        is_true: W::ZEROS,
        is_known: W::ZEROS,
    };

    /// The same truth in every lane.
    #[must_use]
    pub fn all(truth: Truth) -> Self {
        match truth {
            Truth::True => Self::TRUE,
            Truth::False => Self::FALSE,
            Truth::Unknown => Self::UNKNOWN,
        }
    }

    /// The lanes that are false.
    #[must_use]
    pub fn is_false(self) -> W {
        self.is_known.and(self.is_true.not())
    }

    /// Known where both are true or one is false.
    pub(crate) fn and(self, other: Self) -> Self {
        let is_true = self.is_true.and(other.is_true);
        Lanes {
            is_true,
            is_known: is_true.or(self.is_false()).or(other.is_false()),
        }
    }

    /// Known where one is true or both are false.
    pub(crate) fn or(self, other: Self) -> Self {
        let is_true = self.is_true.or(other.is_true);
        Lanes {
            is_true,
            is_known: is_true.or(self.is_false().and(other.is_false())),
        }
    }

    /// Known where the operand is.
    pub(crate) fn not(self) -> Self {
        Lanes {
            is_true: self.is_false(),
            is_known: self.is_known,
        }
    }
}

impl Lanes<u64> {
    /// The truth of the first lane.
    #[must_use]
    pub fn first(self) -> Truth {
        match (self.is_known & 1, self.is_true & 1) {
            (0, _) => Truth::Unknown,
            (_, is_true) => Truth::decided(is_true == 1),
        }
    }
}

impl Lanes<Block> {
    /// The truth of a lane of the block; unknown beyond it.
    #[must_use]
    pub fn truth(&self, lane: usize) -> Truth {
        let (word, bit) = (lane / 64, lane % 64);
        let words = self.is_true.get(word).zip(self.is_known.get(word));
        words.map_or(Truth::Unknown, |(is_true, is_known)| {
            Lanes {
                is_true: is_true >> bit,
                is_known: is_known >> bit,
            }
            .first()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Lanes;
    use crate::Truth;

    const TRUTHS: [Truth; 3] = [Truth::True, Truth::False, Truth::Unknown];

    /// The nine pairs of truths, one in each lane, spread over two words.
    fn pairs(of: impl Fn(usize) -> Truth) -> Lanes<[u64; 2]> {
        let mut lanes = Lanes {
            is_true: [0; 2],
            is_known: [0; 2],
        };
        for pair in 0..9 {
            let (word, bit) = (pair % 2, 1 << (pair / 2));
            lanes.is_true[word] |= if of(pair) == Truth::True { bit } else { 0 };
            lanes.is_known[word] |= if of(pair).is_known() { bit } else { 0 };
        }
        lanes
    }

    #[test]
    fn every_lane_follows_the_truth_tables() {
        let used = [0b11111, 0b1111];
        let masked = |lanes: Lanes<[u64; 2]>| {
            let mask = |plane: [u64; 2]| [plane[0] & used[0], plane[1] & used[1]];
            Lanes {
                is_true: mask(lanes.is_true),
                is_known: mask(lanes.is_known),
            }
        };
        let (left, right) = (
            |pair: usize| TRUTHS[pair / 3],
            |pair: usize| TRUTHS[pair % 3],
        );
        let (mine, theirs) = (pairs(left), pairs(right));
        assert_eq!(
            masked(mine.and(theirs)),
            pairs(|pair| left(pair).and(right(pair)))
        );
        assert_eq!(
            masked(mine.or(theirs)),
            pairs(|pair| left(pair).or(right(pair)))
        );
        assert_eq!(masked(mine.not()), pairs(|pair| !left(pair)));
    }
}

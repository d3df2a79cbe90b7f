//! Three-valued (strong Kleene) truth, as CQL 1.5 section "Nullological and logical operators" defines it.

use waymark_packed::Packed;

/// A truth that may be unknown. There is no conversion to `bool` and no default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Packed)]
pub enum Truth {
    /// Holds at every completion of what is unknown.
    True,
    /// Fails at every completion of what is unknown.
    False,
    /// Not decided by what is known.
    Unknown,
}

impl Truth {
    /// A truth from a decided test.
    #[must_use]
    pub fn decided(holds: bool) -> Self {
        if holds { Truth::True } else { Truth::False }
    }

    /// A truth from a test that may be undecided.
    #[must_use]
    pub fn maybe(holds: Option<bool>) -> Self {
        match holds {
            Some(holds) => Truth::decided(holds),
            None => Truth::Unknown,
        }
    }

    /// `True` or `False`, not `Unknown`.
    #[must_use]
    pub fn is_known(self) -> bool {
        match self {
            Truth::True | Truth::False => true,
            Truth::Unknown => false,
        }
    }

    /// | and | T | F | U |
    /// |-----|---|---|---|
    /// | T   | T | F | U |
    /// | F   | F | F | F |
    /// | U   | U | F | U |
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Truth::False, _) | (_, Truth::False) => Truth::False,
            (Truth::True, Truth::True) => Truth::True,
            (Truth::Unknown, Truth::True | Truth::Unknown) | (Truth::True, Truth::Unknown) => {
                Truth::Unknown
            }
        }
    }

    /// | or | T | F | U |
    /// |----|---|---|---|
    /// | T  | T | T | T |
    /// | F  | T | F | U |
    /// | U  | T | U | U |
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Truth::True, _) | (_, Truth::True) => Truth::True,
            (Truth::False, Truth::False) => Truth::False,
            (Truth::Unknown, Truth::False | Truth::Unknown) | (Truth::False, Truth::Unknown) => {
                Truth::Unknown
            }
        }
    }

    /// The word used in the JSON contract: `true`, `false`, `unknown`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Truth::True => "true",
            Truth::False => "false",
            Truth::Unknown => "unknown",
        }
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
        }
    }
}

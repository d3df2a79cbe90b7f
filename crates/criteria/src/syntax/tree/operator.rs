//! Operators and the words of timing phrases.

use super::{Quantity, TimeUnit};

macro_rules! operators {
    ($(#[$doc:meta])* $type:ident { $($(#[$note:meta])* $variant:ident $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum $type { $($(#[$note])* $variant,)* }

        impl $type {
            /// Every operator.
            pub const ALL: &[$type] = &[$($type::$variant,)*];

            /// The operator as written.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $($type::$variant => $word,)* }
            }
        }
    };
}

operators! {
    /// Operators before their operand.
    UnaryOp {
        Not "not",
        Exists "exists",
        Negate "-",
        Plus "+",
        StartOf "start of",
        EndOf "end of",
        WidthOf "width of",
        SuccessorOf "successor of",
        PredecessorOf "predecessor of",
        SingletonFrom "singleton from",
        PointFrom "point from",
        Distinct "distinct",
        Flatten "flatten",
    }
}

operators! {
    /// Operators between two operands.
    BinaryOp {
        Union "union",
        Intersect "intersect",
        Except "except",
        Implies "implies",
        Xor "xor",
        In "in",
        Contains "contains",
        Equal "=",
        NotEqual "!=",
        Equivalent "~",
        NotEquivalent "!~",
        Less "<",
        AtMost "<=",
        Greater ">",
        AtLeast ">=",
        Add "+",
        Subtract "-",
        Concatenate "&",
        Multiply "*",
        Divide "/",
        TruncatedDivide "div",
        Modulo "mod",
        Power "^",
    }
}

/// The phrase of a timing expression (CQL 1.5 grammar, `intervalOperatorPhrase`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// `starts`, `ends` or `occurs` before the relation.
    pub left_edge: Option<LeftEdge>,
    /// The relation.
    pub relation: Relation,
    /// `day of` and the like.
    pub precision: Option<TimeUnit>,
    /// `start` or `end` after the relation.
    pub right_edge: Option<RightEdge>,
}

operators! {
    /// The point of the left operand that a phrase speaks of.
    LeftEdge { Starts "starts", Ends "ends", Occurs "occurs", }
}

operators! {
    /// The point of the right operand that a phrase speaks of.
    RightEdge { Start "start", End "end", }
}

operators! {
    /// A direction of time.
    Direction { Before "before", After "after", }
}

/// The relation of a timing phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `same day as`, or `same day or before` with a direction.
    Same(Option<Direction>),
    /// `before`, `on or after`, `3 days or more before`.
    Relative {
        /// `3 days`, `less than 3 days`, `3 days or more`.
        offset: Option<Offset>,
        /// The direction.
        direction: Direction,
        /// With `on or`.
        inclusive: bool,
    },
    /// `within 3 days of`.
    Within {
        /// With `properly`.
        properly: bool,
        /// The length.
        quantity: Quantity,
    },
    /// `includes`.
    Includes {
        /// With `properly`.
        properly: bool,
    },
    /// `during` or `included in`.
    During {
        /// With `properly`.
        properly: bool,
    },
    /// `meets`, perhaps with a direction.
    Meets(Option<Direction>),
    /// `overlaps`, perhaps with a direction.
    Overlaps(Option<Direction>),
    /// `starts`.
    Starts,
    /// `ends`.
    Ends,
    /// `in day of`.
    In,
    /// `contains day of`.
    Contains,
}

/// The distance of a relative timing phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offset {
    /// The distance.
    pub quantity: Quantity,
    /// How it limits.
    pub limit: Limit,
}

/// How a distance limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// `3 days`.
    Exactly,
    /// `3 days or more`.
    OrMore,
    /// `3 days or less`.
    OrLess,
    /// `less than 3 days`.
    LessThan,
    /// `more than 3 days`.
    MoreThan,
}

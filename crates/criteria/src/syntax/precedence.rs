//! How tightly operators bind, shared by parser and formatter.
//!
//! CQL 1.5 appendix G lists the alternatives of `expression` and `expressionTerm` from the tightest to the loosest.
//! Two of its habits surprise: `not` binds more tightly than `=` (so `not a = b` is `(not a) = b`), and `in` binds
//! less tightly than `=`.

use super::tree::{BinaryOp, UnaryOp};

/// `union`, `intersect`, `except`, and everything that may stand at the top.
pub const SET: u8 = 1;
/// `implies`.
pub const IMPLIES: u8 = 2;
/// `or` and `xor`.
pub const OR: u8 = 3;
/// `and`.
pub const AND: u8 = 4;
/// `in` and `contains`.
pub const MEMBERSHIP: u8 = 5;
/// `=`, `!=`, `~` and `!~`.
pub const EQUALITY: u8 = 6;
/// Timing phrases.
pub const TIMING: u8 = 7;
/// `<`, `<=`, `>` and `>=`.
pub const INEQUALITY: u8 = 8;
/// `between`, whose ends are terms.
pub const BETWEEN: u8 = 9;
/// `exists`.
pub const EXISTS: u8 = 10;
/// `not`.
pub const NOT: u8 = 11;
/// `cast`.
pub const CAST: u8 = 12;
/// `is` and `as`.
pub const TYPE: u8 = 13;
/// `+`, `-` and `&`; the loosest operators of a term.
pub const ADDITION: u8 = 14;
/// `*`, `/`, `div` and `mod`.
pub const MULTIPLICATION: u8 = 15;
/// `^`.
pub const POWER: u8 = 16;
/// Signs, and word operators before a term such as `start of`.
pub const SIGN: u8 = 17;
/// What needs no parentheses anywhere.
pub const ATOM: u8 = 18;

/// The level of a binary operator; all of them associate to the left.
#[must_use]
pub fn of_binary(op: BinaryOp) -> u8 {
    match op {
        BinaryOp::Union | BinaryOp::Intersect | BinaryOp::Except => SET,
        BinaryOp::Implies => IMPLIES,
        BinaryOp::Xor => OR,
        BinaryOp::In | BinaryOp::Contains => MEMBERSHIP,
        BinaryOp::Equal | BinaryOp::NotEqual | BinaryOp::Equivalent | BinaryOp::NotEquivalent => {
            EQUALITY
        }
        BinaryOp::Less | BinaryOp::AtMost | BinaryOp::Greater | BinaryOp::AtLeast => INEQUALITY,
        BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Concatenate => ADDITION,
        BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::TruncatedDivide | BinaryOp::Modulo => {
            MULTIPLICATION
        }
        BinaryOp::Power => POWER,
    }
}

/// The level of a prefix operator, which is also that of its operand.
#[must_use]
pub fn of_unary(op: UnaryOp) -> u8 {
    match op {
        UnaryOp::Not => NOT,
        UnaryOp::Exists => EXISTS,
        UnaryOp::Distinct | UnaryOp::Flatten => SET,
        UnaryOp::Negate
        | UnaryOp::Plus
        | UnaryOp::StartOf
        | UnaryOp::EndOf
        | UnaryOp::WidthOf
        | UnaryOp::SuccessorOf
        | UnaryOp::PredecessorOf
        | UnaryOp::SingletonFrom
        | UnaryOp::PointFrom => SIGN,
    }
}

/// Words that are no identifiers unless quoted.
const RESERVED: [&str; 124] = [
    "Choice",
    "Code",
    "Concept",
    "Interval",
    "List",
    "Tuple",
    "after",
    "aggregate",
    "all",
    "and",
    "as",
    "asc",
    "ascending",
    "before",
    "between",
    "by",
    "called",
    "case",
    "cast",
    "code",
    "codes",
    "codesystem",
    "codesystems",
    "collapse",
    "concept",
    "contains",
    "context",
    "convert",
    "date",
    "day",
    "days",
    "default",
    "define",
    "desc",
    "descending",
    "difference",
    "display",
    "distinct",
    "div",
    "duration",
    "during",
    "else",
    "end",
    "ends",
    "except",
    "exists",
    "expand",
    "false",
    "flatten",
    "fluent",
    "from",
    "function",
    "hour",
    "hours",
    "if",
    "implies",
    "in",
    "include",
    "included",
    "includes",
    "intersect",
    "is",
    "less",
    "let",
    "library",
    "maximum",
    "meets",
    "millisecond",
    "milliseconds",
    "minimum",
    "minute",
    "minutes",
    "mod",
    "month",
    "months",
    "more",
    "not",
    "null",
    "occurs",
    "of",
    "on",
    "or",
    "overlaps",
    "parameter",
    "per",
    "point",
    "predecessor",
    "private",
    "properly",
    "public",
    "return",
    "same",
    "second",
    "seconds",
    "singleton",
    "sort",
    "start",
    "starting",
    "starts",
    "successor",
    "such",
    "than",
    "that",
    "then",
    "time",
    "timezone",
    "timezoneoffset",
    "to",
    "true",
    "union",
    "using",
    "valueset",
    "version",
    "week",
    "weeks",
    "when",
    "where",
    "width",
    "with",
    "within",
    "without",
    "xor",
    "year",
    "years",
];

/// Whether a word is no identifier unless quoted.
#[must_use]
pub fn is_reserved(word: &str) -> bool {
    RESERVED.binary_search(&word).is_ok()
}

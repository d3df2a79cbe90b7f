//! The tree of a text. Named after the grammar of CQL 1.5 (appendix G); parentheses and comments are not in it.

mod operator;

use crate::Span;
pub use operator::{
    BinaryOp, Direction, LeftEdge, Limit, Offset, Phrase, Relation, RightEdge, UnaryOp,
};

/// The greatest height of an expression; the parser refuses what is nested more deeply.
pub const MAX_HEIGHT: u16 = 200;

/// The statements of one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Library {
    /// The `library` line, if there is one.
    pub header: Option<Header>,
    /// The `define` statements, in order.
    pub definitions: Vec<Definition>,
}

/// `library Name version '1.0'`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The name of the library, dots included.
    pub name: Name,
    /// The version, if stated.
    pub version: Option<String>,
}

/// `define "name": body`.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The name.
    pub name: Name,
    /// The expression.
    pub body: Expr,
    /// From `define` to the end of the expression.
    pub span: Span,
}

/// Equality ignores spans.
impl PartialEq for Definition {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.body == other.body
    }
}

impl Eq for Definition {}

/// An identifier, however it was quoted.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name without quotes.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Equality ignores spans.
impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Name {}

/// An expression with its place in the text.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
    height: u16,
}

/// Equality ignores spans.
impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Eq for Expr {}

impl Expr {
    /// An expression at a place.
    #[must_use]
    pub fn new(kind: ExprKind, span: Span) -> Self {
        let mut expr = Expr {
            kind,
            span,
            height: 0,
        };
        let mut below = 0;
        expr.each_child(&mut |child| below = below.max(child.height));
        expr.height = below.saturating_add(1);
        expr
    }

    /// The length of the longest path to a leaf, at least 1.
    #[must_use]
    pub fn height(&self) -> u16 {
        self.height
    }

    /// Calls a function with every direct operand, in the order of the text.
    pub fn each_child<'e>(&'e self, visit: &mut dyn FnMut(&'e Expr)) {
        match &self.kind {
            ExprKind::Error
            | ExprKind::Literal(_)
            | ExprKind::Name(_)
            | ExprKind::Extreme { .. } => {}
            ExprKind::And(operands)
            | ExprKind::Or(operands)
            | ExprKind::List {
                items: operands, ..
            } => {
                operands.iter().for_each(visit);
            }
            ExprKind::Unary(_, operand)
            | ExprKind::Is { operand, .. }
            | ExprKind::As { operand, .. }
            | ExprKind::IsType { operand, .. }
            | ExprKind::Convert { operand, .. }
            | ExprKind::Component { operand, .. }
            | ExprKind::Property {
                target: operand, ..
            }
            | ExprKind::DurationOf { operand, .. } => visit(operand),
            ExprKind::Binary(_, left, right) | ExprKind::Timing { left, right, .. } => {
                visit(left);
                visit(right);
            }
            ExprKind::Between {
                operand, low, high, ..
            } => {
                visit(operand);
                visit(low);
                visit(high);
            }
            ExprKind::DurationBetween {
                from: low,
                to: high,
                ..
            }
            | ExprKind::Interval { low, high, .. } => {
                visit(low);
                visit(high);
            }
            ExprKind::If {
                condition,
                then,
                otherwise,
            } => {
                visit(condition);
                visit(then);
                visit(otherwise);
            }
            ExprKind::Case {
                subject,
                arms,
                otherwise,
            } => {
                if let Some(subject) = subject {
                    visit(subject);
                }
                for (when, then) in arms {
                    visit(when);
                    visit(then);
                }
                visit(otherwise);
            }
            ExprKind::Tuple(fields) => fields.iter().for_each(|(_, value)| visit(value)),
            ExprKind::Call {
                target, arguments, ..
            } => {
                if let Some(target) = target {
                    visit(target);
                }
                arguments.iter().for_each(visit);
            }
            ExprKind::Index { target, index } => {
                visit(target);
                visit(index);
            }
            ExprKind::Retrieve { codes, .. } => {
                if let Some(codes) = codes {
                    visit(codes);
                }
            }
            ExprKind::Query(query) => query.each_child(visit),
        }
    }
}

/// The kinds of expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExprKind {
    /// Text that could not be read; a diagnostic tells why.
    Error,
    /// A literal.
    Literal(Literal),
    /// A fact, a definition or an alias.
    Name(String),
    /// `a and b and c`; at least two operands.
    And(Vec<Expr>),
    /// `a or b or c`; at least two operands.
    Or(Vec<Expr>),
    /// An operator before its operand.
    Unary(UnaryOp, Box<Expr>),
    /// An operator between two operands.
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `x is not null`.
    Is {
        /// The tested expression.
        operand: Box<Expr>,
        /// With `not`.
        negated: bool,
        /// The tested value.
        test: Test,
    },
    /// `x as Integer`, or `cast x as Integer`.
    As {
        /// The expression.
        operand: Box<Expr>,
        /// The type.
        ty: TypeName,
        /// Written with `cast`.
        strict: bool,
    },
    /// `x is Integer`.
    IsType {
        /// The expression.
        operand: Box<Expr>,
        /// The type.
        ty: TypeName,
    },
    /// `convert x to Integer`.
    Convert {
        /// The expression.
        operand: Box<Expr>,
        /// The type.
        ty: TypeName,
    },
    /// `x between low and high`.
    Between {
        /// The tested expression.
        operand: Box<Expr>,
        /// The lower end.
        low: Box<Expr>,
        /// The upper end.
        high: Box<Expr>,
        /// With `properly`.
        properly: bool,
    },
    /// `left 6 months or less after right`, `left same day as right` and the like.
    Timing {
        /// The left operand.
        left: Box<Expr>,
        /// The phrase between the operands.
        phrase: Phrase,
        /// The right operand.
        right: Box<Expr>,
    },
    /// `months between from and to`.
    DurationBetween {
        /// With `difference in`.
        difference: bool,
        /// The unit counted.
        unit: TimeUnit,
        /// The first operand.
        from: Box<Expr>,
        /// The second operand.
        to: Box<Expr>,
    },
    /// `duration in months of x`.
    DurationOf {
        /// With `difference` in place of `duration`.
        difference: bool,
        /// The unit counted.
        unit: TimeUnit,
        /// The interval.
        operand: Box<Expr>,
    },
    /// `year from x`.
    Component {
        /// `year`, `date`, `timezoneoffset` and so on.
        part: String,
        /// The expression.
        operand: Box<Expr>,
    },
    /// `if condition then a else b`.
    If {
        /// The condition.
        condition: Box<Expr>,
        /// The value when it holds.
        then: Box<Expr>,
        /// The value otherwise.
        otherwise: Box<Expr>,
    },
    /// `case subject when … then … else … end`.
    Case {
        /// The compared expression, if there is one.
        subject: Option<Box<Expr>>,
        /// `when` and `then` of each arm.
        arms: Vec<(Expr, Expr)>,
        /// The value of `else`.
        otherwise: Box<Expr>,
    },
    /// `Interval[low, high)`.
    Interval {
        /// The lower end.
        low: Box<Expr>,
        /// The upper end.
        high: Box<Expr>,
        /// Whether the lower end is included.
        low_closed: bool,
        /// Whether the upper end is included.
        high_closed: bool,
    },
    /// `{ a, b }` or `List<Integer>{ a, b }`.
    List {
        /// The stated type of the elements.
        ty: Option<TypeName>,
        /// The elements.
        items: Vec<Expr>,
    },
    /// `Tuple { a: 1 }`.
    Tuple(Vec<(Name, Expr)>),
    /// `F(a, b)` or `target.F(a, b)`.
    Call {
        /// The expression before the dot.
        target: Option<Box<Expr>>,
        /// The function.
        name: Name,
        /// The arguments.
        arguments: Vec<Expr>,
    },
    /// `target.name`.
    Property {
        /// The expression before the dot.
        target: Box<Expr>,
        /// The property.
        name: Name,
    },
    /// `target[index]`.
    Index {
        /// The expression before the bracket.
        target: Box<Expr>,
        /// The expression inside the brackets.
        index: Box<Expr>,
    },
    /// `minimum Integer` or `maximum Integer`.
    Extreme {
        /// `maximum`.
        greatest: bool,
        /// The type.
        ty: TypeName,
    },
    /// `[Type: path in codes]`.
    Retrieve {
        /// The resource type.
        ty: Name,
        /// The path before `in`, `=` or `~`, with that word.
        path: Option<(Name, String)>,
        /// The codes after the colon.
        codes: Option<Box<Expr>>,
    },
    /// `source alias where … return … sort …`.
    Query(Box<Query>),
}

/// A literal value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number; at most 2^31, which is in range only after a minus.
    Integer(u64),
    /// A whole number with `L`; at most 2^63, which is in range only after a minus.
    Long(u64),
    /// Digits, a point and at most eight more digits, as written.
    Decimal(String),
    /// A string.
    String(String),
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, a day or period of the calendar, as written after `@`.
    Date(String),
    /// A date with `T` and perhaps a time of day and an offset, as written after `@`.
    DateTime(String),
    /// A time of day, as written after `@T`.
    Time(String),
    /// A number with a unit.
    Quantity(Quantity),
    /// `1 'mg' : 2 'mL'`.
    Ratio(Quantity, Quantity),
}

/// A number with a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The digits, with or without a decimal point.
    pub number: String,
    /// The unit; only a part of a ratio may lack it.
    pub unit: Option<Unit>,
}

/// The unit of a quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A unit of the calendar, as in `6 months`.
    Calendar(TimeUnit),
    /// A UCUM code, as in `5 'mg'`.
    Ucum(String),
}

/// A unit of the calendar or the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeUnit {
    /// Year.
    Year,
    /// Month.
    Month,
    /// Week.
    Week,
    /// Day.
    Day,
    /// Hour.
    Hour,
    /// Minute.
    Minute,
    /// Second.
    Second,
    /// Millisecond.
    Millisecond,
}

impl TimeUnit {
    /// Every unit.
    pub const ALL: [TimeUnit; 8] = [
        TimeUnit::Year,
        TimeUnit::Month,
        TimeUnit::Week,
        TimeUnit::Day,
        TimeUnit::Hour,
        TimeUnit::Minute,
        TimeUnit::Second,
        TimeUnit::Millisecond,
    ];

    /// The singular.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            TimeUnit::Year => "year",
            TimeUnit::Month => "month",
            TimeUnit::Week => "week",
            TimeUnit::Day => "day",
            TimeUnit::Hour => "hour",
            TimeUnit::Minute => "minute",
            TimeUnit::Second => "second",
            TimeUnit::Millisecond => "millisecond",
        }
    }

    /// The unit that a singular names.
    #[must_use]
    pub fn from_singular(word: &str) -> Option<Self> {
        TimeUnit::ALL.into_iter().find(|unit| unit.word() == word)
    }

    /// The unit that a plural names.
    #[must_use]
    pub fn from_plural(word: &str) -> Option<Self> {
        TimeUnit::from_singular(word.strip_suffix('s')?)
    }

    /// The unit that a singular or plural names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        TimeUnit::from_singular(word).or_else(|| TimeUnit::from_plural(word))
    }
}

/// A type, as written: `Integer`, `List<Date>`.
pub type TypeName = String;

/// The value that `is` tests for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// `is null`.
    Null,
    /// `is true`.
    True,
    /// `is false`.
    False,
}

impl Test {
    /// The tested word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Test::Null => "null",
            Test::True => "true",
            Test::False => "false",
        }
    }
}

/// A query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The sources with their aliases.
    pub sources: Vec<(Expr, Name)>,
    /// `let name: value`.
    pub lets: Vec<(Name, Expr)>,
    /// `with source alias such that condition`.
    pub inclusions: Vec<Inclusion>,
    /// `where condition`.
    pub condition: Option<Expr>,
    /// `return all|distinct value`.
    pub result: Option<(Option<bool>, Expr)>,
    /// `sort desc` or `sort by x desc`.
    pub sort: Vec<SortKey>,
}

impl Query {
    fn each_child<'e>(&'e self, visit: &mut dyn FnMut(&'e Expr)) {
        self.sources.iter().for_each(|(source, _)| visit(source));
        self.lets.iter().for_each(|(_, value)| visit(value));
        for inclusion in &self.inclusions {
            visit(&inclusion.source);
            visit(&inclusion.condition);
        }
        self.condition.iter().for_each(&mut *visit);
        self.result.iter().for_each(|(_, value)| visit(value));
        self.sort
            .iter()
            .filter_map(|key| key.by.as_ref())
            .for_each(visit);
    }
}

/// `with` or `without` of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inclusion {
    /// `without`.
    pub negated: bool,
    /// The related source.
    pub source: Expr,
    /// Its alias.
    pub alias: Name,
    /// The condition after `such that`.
    pub condition: Expr,
}

/// One key of `sort`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortKey {
    /// The expression after `by`; none sorts by the value itself.
    pub by: Option<Expr>,
    /// `desc`.
    pub descending: bool,
}

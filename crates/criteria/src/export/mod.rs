//! A program as standard CQL, for the engines of others.
//!
//! What is rendered is the compiled program, so that what is exported is what is evaluated. A boolean fact becomes a
//! parameter; an ordered fact becomes two, its ends, and is compared by the functions of [`BOUNDS`], because CQL has no
//! value between bounds and reads a partial date otherwise than we do.

use crate::atom::{Atom, Comparison, Operand, Step};
use crate::format::quoted;
use crate::program::Node;
use crate::value::DECIMAL_UNIT;
use crate::{Bounds, Date, FactIndex, FactType, NodeId, Program, Schema, Truth, format};
use std::collections::BTreeSet;

/// The functions of comparison, which the definitions call. They stand in the same library: the engine `cql-execution`
/// calls no function of an included one without a patient.
pub const BOUNDS: &str = include_str!("bounds.cql");

/// Renders definitions of a program.
#[derive(Clone, Copy, Debug)]
pub struct Exporter<'a> {
    program: &'a Program,
    schema: &'a Schema,
    exact: &'a [FactIndex],
}

/// A parameter of the exported library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Name, without quotes.
    pub name: String,
    /// Type: of an integer fact, an integer, and so on.
    pub ty: FactType,
    /// The fact.
    pub fact: FactIndex,
    /// Which part of the fact's value it holds.
    pub part: Part,
}

/// What of a fact's value a parameter holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The value itself: a truth, or a value known exactly or not at all.
    Whole,
    /// The least possible value.
    Low,
    /// The greatest possible value.
    High,
}

impl<'a> Exporter<'a> {
    /// For a program over a schema; the ordered facts in `exact` are known exactly or not at all, and need one
    /// parameter each.
    #[must_use]
    pub fn new(program: &'a Program, schema: &'a Schema, exact: &'a [FactIndex]) -> Self {
        Exporter {
            program,
            schema,
            exact,
        }
    }

    /// The parameters of every fact that some definition reads, in the schema's order.
    #[must_use]
    pub fn parameters(&self) -> Vec<Parameter> {
        let read: BTreeSet<FactIndex> = self
            .program
            .roots()
            .flat_map(|(_, root)| self.program.facts_of(root))
            .collect();
        let mut parameters = Vec::new();
        for fact in read {
            let ty = self.schema.fact(fact).ty;
            let whole = ty == FactType::Boolean || self.exact.contains(&fact);
            let parts = if whole {
                &[Part::Whole][..]
            } else {
                &[Part::Low, Part::High]
            };
            parameters.extend(parts.iter().map(|part| Parameter {
                name: self.parameter(fact, *part),
                ty,
                fact,
                part: *part,
            }));
        }
        parameters
    }

    /// The `define` statement of a definition, in canonical layout; `None` when there is none of this name.
    #[must_use]
    pub fn definition(&self, name: &str) -> Option<String> {
        let root = self.program.root(name)?;
        let body = match self.program.node(root) {
            Node::Named(_, body) => *body,
            Node::Test(_) | Node::And(_) | Node::Or(_) | Node::Not(_) => root,
        };
        let text = format!("define {}: {}", quoted(name), self.node(body));
        // What was written here parses; were it not to, the text as it is would say the same in one line.
        Some(format(&text).unwrap_or(text))
    }

    fn parameter(&self, fact: FactIndex, part: Part) -> String {
        let id = &self.schema.fact(fact).id;
        match part {
            Part::Whole => id.clone(),
            Part::Low => format!("{id} low"),
            Part::High => format!("{id} high"),
        }
    }

    /// An expression that stands anywhere: all that is more than one term is in parentheses, which `format` takes away
    /// where they change nothing.
    fn node(&self, node: NodeId) -> String {
        let joined = |operands: &[NodeId], word: &str, none: &str| {
            let operands: Vec<String> = operands.iter().map(|node| self.node(*node)).collect();
            if operands.is_empty() {
                none.to_owned()
            } else {
                format!("({})", operands.join(word))
            }
        };
        match self.program.node(node) {
            Node::Named(name, _) => quoted(name),
            Node::And(operands) => joined(operands, " and ", "true"),
            Node::Or(operands) => joined(operands, " or ", "false"),
            Node::Not(operand) => format!("(not {})", self.node(*operand)),
            Node::Test(atoms) => {
                let atoms: Vec<String> = atoms
                    .iter()
                    .map(|atom| self.atom(self.program.atom(*atom)))
                    .collect();
                if atoms.is_empty() {
                    "true".to_owned()
                } else {
                    format!("({})", atoms.join(" and "))
                }
            }
        }
    }

    fn atom(&self, atom: &Atom) -> String {
        match atom {
            Atom::Constant(truth) => constant(*truth),
            Atom::Fact(fact) => quoted(&self.parameter(*fact, Part::Whole)),
            Atom::Compare(left, comparison, right) => match (left.fact(), right.fact()) {
                (Some(fact), _) => self.compare(left, *comparison, right, fact),
                (None, Some(fact)) => self.compare(right, comparison.mirrored(), left, fact),
                (None, None) => constant(atom.decide_by(|fact| self.unknown(fact))),
            },
        }
    }

    fn unknown(&self, fact: FactIndex) -> crate::Value {
        crate::Value::unknown(self.schema.fact(fact).ty)
    }

    fn compare(
        &self,
        operand: &Operand,
        comparison: Comparison,
        than: &Operand,
        fact: FactIndex,
    ) -> String {
        if let Operand::Constant(Bounds {
            low: None,
            high: None,
        }) = than
        {
            return constant(Truth::Unknown);
        }
        let ty = self.schema.fact(fact).ty;
        let undone = undone(operand, than, ty);
        let (operand, than) = match &undone {
            Some((operand, than)) => (operand, than),
            None => (operand, than),
        };
        let (function, negated) = function(comparison, ty);
        let mut arguments = self.ends(operand, ty).to_vec();
        let [low, high] = self.ends(than, ty);
        arguments.push(low);
        if arguments.last() != Some(&high) {
            arguments.push(high);
        }
        let call = format!("{function}({})", arguments.join(", "));
        if negated {
            format!("(not {call})")
        } else {
            call
        }
    }

    fn ends(&self, operand: &Operand, ty: FactType) -> [String; 2] {
        match operand {
            Operand::Constant(bounds) => [bounds.low, bounds.high].map(|end| match end {
                Some(end) => literal(end, ty),
                None => format!("null as {}", type_name(ty)),
            }),
            Operand::Fact(fact, steps) => {
                let parts = if self.exact.contains(fact) {
                    [Part::Whole, Part::Whole]
                } else {
                    [Part::Low, Part::High]
                };
                parts.map(|part| {
                    let end = quoted(&self.parameter(*fact, part));
                    steps.iter().fold(end, |end, step| moved(&end, *step, ty))
                })
            }
        }
    }
}

/// The CQL name of the type of a parameter.
#[must_use]
pub fn type_name(ty: FactType) -> &'static str {
    match ty {
        FactType::Boolean => "Boolean",
        FactType::Integer => "Integer",
        FactType::Decimal => "Decimal",
        FactType::Date => "Date",
        FactType::Word => "String",
    }
}

/// The CQL literal of a value in the unit of its type (see [`Bounds`]).
#[must_use]
pub fn literal(value: i64, ty: FactType) -> String {
    match ty {
        FactType::Date => format!("@{}", Date::from_days(value)),
        FactType::Decimal => decimal(value),
        FactType::Integer | FactType::Boolean | FactType::Word => value.to_string(),
    }
}

/// A decimal with at least one place and no more than it needs.
fn decimal(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let (value, unit) = (value.unsigned_abs(), DECIMAL_UNIT.unsigned_abs());
    let places = format!("{:08}", value % unit);
    let places = places.trim_end_matches('0');
    let places = if places.is_empty() { "0" } else { places };
    format!("{sign}{}.{places}", value / unit)
}

fn constant(truth: Truth) -> String {
    match truth {
        Truth::True => "true".to_owned(),
        Truth::False => "false".to_owned(),
        Truth::Unknown => "(null as Boolean)".to_owned(),
    }
}

/// The comparison of a decimal that is moved, with the constant moved back instead: an engine that counts in binary
/// fractions finds 0.1 + 0.2 above 0.3.
fn undone(operand: &Operand, than: &Operand, ty: FactType) -> Option<(Operand, Operand)> {
    let (Operand::Fact(fact, steps), Operand::Constant(bounds), FactType::Decimal) =
        (operand, than, ty)
    else {
        return None;
    };
    let back = steps
        .iter()
        .rev()
        .try_fold(*bounds, |bounds, step| match step {
            Step::Units(units) => Step::Units(units.checked_neg()?).apply(bounds),
            Step::Months(_) => None,
        })?;
    Some((Operand::Fact(*fact, Vec::new()), Operand::Constant(back)))
}

fn moved(end: &str, step: Step, ty: FactType) -> String {
    let (distance, unit) = match step {
        Step::Months(months) => (months, " months"),
        Step::Units(units) if ty == FactType::Date => (units, " days"),
        Step::Units(units) => (units, ""),
    };
    let sign = if distance < 0 { "-" } else { "+" };
    let size = match step {
        Step::Units(_) if ty == FactType::Decimal => decimal(distance),
        Step::Units(_) | Step::Months(_) => distance.to_string(),
    };
    format!("({end} {sign} {}{unit})", size.trim_start_matches('-'))
}

/// The function of [`BOUNDS`], and whether its answer is to be negated.
fn function(comparison: Comparison, ty: FactType) -> (&'static str, bool) {
    let (number, date, negated) = match comparison {
        Comparison::Less => ("Below", "Before", false),
        Comparison::AtMost => ("AtMost", "OnOrBefore", false),
        Comparison::Greater => ("Above", "After", false),
        Comparison::AtLeast => ("AtLeast", "OnOrAfter", false),
        Comparison::Equal => ("Equals", "SameDay", false),
        Comparison::NotEqual => ("Equals", "SameDay", true),
    };
    let name = if ty == FactType::Date { date } else { number };
    (name, negated)
}

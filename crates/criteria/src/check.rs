//! Tree to program: names resolved, types checked, and the unknown-safe profile enforced.

mod lower;
mod profile;
mod resolve;

use crate::atom::{Atom, Comparison, Operand, constant_date};
use crate::format::quoted;
use crate::program::{Builder, Node};
use crate::syntax::{Expr, parse_library};
use crate::{
    DateBounds, Diagnostic, FactIndex, FactType, NodeId, Program, Schema, Severity, Span, Truth,
};
use std::collections::BTreeMap;

/// The greatest number of nodes from a definition down to a test.
const MAX_NESTING: u32 = 1_000;

/// The greatest number of nodes in the explanation of a definition. Definitions that name each other twice double it.
const MAX_SIZE: u64 = 100_000;

/// Collects definitions and turns them into one program.
///
/// Definitions may refer to one another in any order; a cycle is an error. Facts and definitions share one namespace.
///
/// # Diagnostics
///
/// | code | meaning |
/// |---|---|
/// | `compared-with-null` | a comparison with `null`, which no record can decide |
/// | `definition-cycle` | a definition that refers to itself, directly or through others |
/// | `duplicate-definition` | a name that is defined twice, or is already that of a fact |
/// | `empty-interval` | an interval or `between` whose lower end lies above the upper one |
/// | `invalid-date` | a date that the calendar does not have |
/// | `nested-too-deeply` | more than 200 levels in one expression, or 1000 through definitions |
/// | `out-of-range` | a number or date that leaves the range of its type |
/// | `too-large` | an explanation of more than 100000 nodes |
/// | `type-mismatch` | operands whose types do not go together |
/// | `unexpected-character` | a character or escape without meaning |
/// | `unexpected-token` | a word or sign where another one is needed |
/// | `unknown-name` | a name that is neither a fact nor a definition |
/// | `unsafe-on-facts` | a construct that can turn "not recorded" into an answer |
/// | `unsupported` | a construct outside the language, on constants |
/// | `unsupported-statement` | a statement other than `define` |
/// | `unterminated` | a string, name or comment without end |
/// | `worded-fact` | a worded fact in a criterion |
pub struct Compiler<'s> {
    schema: &'s Schema,
    definitions: Vec<Definition>,
    by_name: BTreeMap<String, usize>,
    diagnostics: Vec<Diagnostic>,
}

struct Definition {
    name: String,
    place: String,
    body: Body,
}

enum Body {
    Text(Expr),
    InForce {
        on: FactIndex,
        from: DateBounds,
        to: Option<DateBounds>,
    },
    All(Vec<String>),
    Any(Vec<String>),
}

impl<'s> Compiler<'s> {
    /// A compiler for criteria over these facts.
    #[must_use]
    pub fn new(schema: &'s Schema) -> Self {
        Compiler {
            schema,
            definitions: Vec::new(),
            by_name: BTreeMap::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Adds every `define` of a CQL text; `place` names the text in diagnostics, whose spans are ranges of `text`.
    /// Returns the names that the text defines, in order.
    pub fn add_text(&mut self, place: &str, text: &str) -> Vec<String> {
        let parsed = parse_library(text);
        self.diagnostics.extend(
            parsed
                .diagnostics
                .into_iter()
                .map(|diagnostic| diagnostic.in_place(place)),
        );
        let mut names = Vec::new();
        for definition in parsed.library.definitions {
            names.push(definition.name.text.clone());
            self.add(
                &definition.name.text,
                place,
                Some(definition.name.span),
                Body::Text(definition.body),
            );
        }
        names
    }

    /// Adds the test that the date fact `on` lies on or after `from` and before `to` (no `to`: for ever).
    /// Dates known only within bounds leave the test unknown inside them.
    pub fn add_in_force(
        &mut self,
        name: &str,
        on: FactIndex,
        from: DateBounds,
        to: Option<DateBounds>,
    ) {
        self.add(name, name, None, Body::InForce { on, from, to });
    }

    /// Adds the conjunction of named definitions (true when there are none).
    ///
    /// A boolean fact may stand for a definition.
    pub fn add_all(&mut self, name: &str, of: &[&str]) {
        self.add(
            name,
            name,
            None,
            Body::All(of.iter().map(|&name| name.to_owned()).collect()),
        );
    }

    /// Adds the disjunction of named definitions (false when there are none).
    ///
    /// A boolean fact may stand for a definition.
    pub fn add_any(&mut self, name: &str, of: &[&str]) {
        self.add(
            name,
            name,
            None,
            Body::Any(of.iter().map(|&name| name.to_owned()).collect()),
        );
    }

    /// Makes a definition unknown for every day, whatever it said: that of being in force from a day that nobody knows.
    /// Whether there was one of this name. What refers to it stays, and is unknown where it rests on it.
    pub fn withdraw(&mut self, name: &str, on: FactIndex) -> bool {
        let Some(definition) = self.by_name.get(name).copied() else {
            return false;
        };
        let (from, to) = (DateBounds::UNKNOWN, None);
        self.definitions[definition].body = Body::InForce { on, from, to };
        true
    }

    fn add(&mut self, name: &str, place: &str, span: Option<Span>, body: Body) {
        let taken = match self.by_name.get(name) {
            Some(&first) => Some(format!(
                "`{name}` is already defined in {}",
                place_of(&self.definitions[first].place)
            )),
            None if self.schema.find(name).is_some() => {
                Some(format!("`{name}` is already the name of a fact"))
            }
            None => None,
        };
        if let Some(message) = taken {
            let diagnostic = Diagnostic::error("duplicate-definition", message).in_place(place);
            let diagnostic = Diagnostic { span, ..diagnostic };
            self.diagnostics.push(
                diagnostic.help("facts and definitions share their names; choose another one"),
            );
        } else {
            self.by_name.insert(name.to_owned(), self.definitions.len());
        }
        self.definitions.push(Definition {
            name: name.to_owned(),
            place: place.to_owned(),
            body,
        });
    }

    /// The program.
    ///
    /// # Errors
    /// Every diagnostic of severity error found in any text.
    pub fn finish(mut self) -> Result<Program, Vec<Diagnostic>> {
        let order = resolve::order(&self.definitions, &self.by_name, &mut self.diagnostics);
        let mut checker = Checker {
            schema: self.schema,
            by_name: &self.by_name,
            place: String::new(),
            builder: Builder::default(),
            diagnostics: Vec::new(),
        };
        for definition in order
            .into_iter()
            .filter_map(|index| self.definitions.get(index))
        {
            checker.define(definition);
        }
        self.diagnostics.append(&mut checker.diagnostics);
        self.diagnostics
            .retain(|diagnostic| diagnostic.severity == Severity::Error);
        if self.diagnostics.is_empty() {
            return Ok(checker.builder.finish());
        }
        let rank: BTreeMap<&str, usize> = self
            .definitions
            .iter()
            .enumerate()
            .rev()
            .map(|(index, definition)| (definition.place.as_str(), index))
            .collect();
        let mut diagnostics = self.diagnostics;
        diagnostics.sort_by_key(|diagnostic| {
            (
                rank.get(diagnostic.place.as_str()).copied(),
                diagnostic.span,
            )
        });
        Err(diagnostics)
    }
}

fn place_of(place: &str) -> &str {
    if place.is_empty() {
        "the same text"
    } else {
        place
    }
}

/// Lowers definitions in such an order that what one refers to comes before it.
struct Checker<'c> {
    schema: &'c Schema,
    by_name: &'c BTreeMap<String, usize>,
    place: String,
    builder: Builder,
    diagnostics: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics
            .push(diagnostic.in_place(self.place.clone()));
    }

    fn define(&mut self, definition: &Definition) {
        self.place.clone_from(&definition.place);
        let errors = self.diagnostics.len();
        let body = match &definition.body {
            Body::Text(expr) => self.truth(expr),
            Body::InForce { on, from, to } => self.in_force(*on, *from, *to),
            Body::All(names) => self.group(names, true),
            Body::Any(names) => self.group(names, false),
        };
        let Some(body) = body else { return };
        let (height, size) = self.builder.extent(body);
        if height > MAX_NESTING {
            let message = format!(
                "`{}` is nested more than {MAX_NESTING} deep",
                definition.name
            );
            self.report(
                Diagnostic::error("nested-too-deeply", message)
                    .help("refer to facts more directly"),
            );
        } else if size > MAX_SIZE {
            let message = format!(
                "`{}` has an explanation of more than {MAX_SIZE} nodes",
                definition.name
            );
            self.report(Diagnostic::error("too-large", message).help("name each definition once"));
        }
        // A definition with an error is no name to build upon, but what refers to it is checked all the same.
        if self.diagnostics.len() == errors {
            let text = self.builder.text(body).to_owned();
            self.builder
                .node(Node::Named(definition.name.clone(), body), text);
        }
    }

    fn in_force(
        &mut self,
        on: FactIndex,
        from: DateBounds,
        to: Option<DateBounds>,
    ) -> Option<NodeId> {
        let fact = self.schema.fact(on);
        if fact.ty != FactType::Date {
            let message = format!("`{}` is no date", fact.id);
            self.report(Diagnostic::error("type-mismatch", message).help("test a date fact"));
            return None;
        }
        if let Some(to) = to
            && from.before(to) == Truth::False
        {
            let message = format!("the end {to} is not after the beginning {from}");
            self.report(
                Diagnostic::error("empty-interval", message).help("correct one of the dates"),
            );
            return None;
        }
        let name = quoted(&fact.id);
        let compare = |comparison, date| {
            Atom::Compare(
                Operand::Fact(on, Vec::new()),
                comparison,
                constant_date(date),
            )
        };
        let mut atoms = vec![compare(Comparison::AtLeast, from)];
        let mut text = format!("{name} >= @{from}");
        if let Some(to) = to {
            atoms.push(compare(Comparison::Less, to));
            text.push_str(&format!(" and {name} < @{to}"));
        }
        Some(self.builder.test(atoms, text))
    }

    fn group(&mut self, names: &[String], all: bool) -> Option<NodeId> {
        // Every name is checked before an error in one of them is passed on.
        let operands: Vec<Option<NodeId>> = names
            .iter()
            .map(|name| self.named_truth(name, None))
            .collect();
        let operands = operands.into_iter().collect::<Option<Vec<NodeId>>>()?;
        let (word, node) = if all {
            (" and ", Node::And(operands))
        } else {
            (" or ", Node::Or(operands))
        };
        let joined = names
            .iter()
            .map(|name| quoted(name))
            .collect::<Vec<_>>()
            .join(word);
        Some(self.builder.node(
            node,
            if names.is_empty() {
                all.to_string()
            } else {
                joined
            },
        ))
    }
}

#[cfg(test)]
mod tests;

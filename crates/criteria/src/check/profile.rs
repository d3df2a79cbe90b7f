//! The unknown-safe profile: what is refused on facts, why, and what to write in its place.
//!
//! The profile is an allow-list, which [`lower`](super::lower) implements; this file only explains refusals.

use super::{Checker, lower::Typed, resolve};
use crate::format::{format_expression, phrase_text};
use crate::syntax::tree::{BinaryOp, Limit, Phrase, Relation, Test, UnaryOp};
use crate::syntax::{Expr, ExprKind};
use crate::{Diagnostic, FactType};

/// A construct that criteria may not use on facts.
struct Idiom {
    /// The construct, as the author knows it.
    name: String,
    /// How it answers where nothing is recorded; continues "`name` …".
    why: &'static str,
    /// What to write.
    rewrite: &'static str,
}

impl Checker<'_> {
    /// Whether an expression reads facts or other definitions, or retrieves records.
    pub(super) fn reads_facts(&self, expr: &Expr) -> bool {
        let mut reads = false;
        resolve::each_name(expr, &mut |name, _| {
            reads |= self.schema.find(name).is_some() || self.by_name.contains_key(name);
        });
        reads || holds(expr, &|kind| matches!(kind, ExprKind::Retrieve { .. }))
    }

    /// Refuses an expression with one diagnostic, besides those of unknown names and worded facts in it.
    pub(super) fn refuse(&mut self, expr: &Expr) -> Typed {
        let mut names = Vec::new();
        // Aliases of queries and names of value sets are names too, and no facts.
        let named = match &expr.kind {
            ExprKind::Binary(BinaryOp::In, left, _) => left,
            _ => expr,
        };
        if !holds(named, &|kind| {
            matches!(kind, ExprKind::Query(_) | ExprKind::Retrieve { .. })
        }) {
            resolve::each_name(named, &mut |name, span| names.push((name, span)));
        }
        let mut worse = false;
        for (name, span) in names {
            let fact = self
                .schema
                .find(name)
                .map(|index| self.schema.fact(index).ty);
            if fact == Some(FactType::Word) {
                self.report_word(name, span);
                worse = true;
            } else if fact.is_none() && !self.by_name.contains_key(name) {
                self.report_unknown(name, Some(span));
                worse = true;
            }
        }
        // What could not be read has been reported; a word or an unknown name must be put right first.
        if worse || holds(expr, &|kind| *kind == ExprKind::Error) {
            return Typed::Poison;
        }
        let idiom = idiom(&expr.kind);
        let diagnostic = if self.reads_facts(expr) {
            let message = format!("{} is not safe on facts: it {}", idiom.name, idiom.why);
            Diagnostic::error("unsafe-on-facts", message).help(idiom.rewrite)
        } else {
            let message = format!("{} is not part of the criteria language", idiom.name);
            Diagnostic::error("unsupported", message)
                .help(format!("write the value of `{}`", format_expression(expr)))
        };
        self.report(diagnostic.at(expr.span));
        Typed::Poison
    }
}

fn holds(expr: &Expr, test: &dyn Fn(&ExprKind) -> bool) -> bool {
    let mut found = test(&expr.kind);
    expr.each_child(&mut |child| found = found || holds(child, test));
    found
}

const COMPARE: &str = "compare with `=`, `!=`, `<`, `<=`, `>` or `>=`";
const DEFINE: &str = "state each case with `and`, `or` and `not`, which keep unknown unknown";
const BOOLEAN: &str =
    "have the knowledge base derive a boolean or a count from the records, and read that fact";
const NO_ONE: &str = "has no rule for values known only within bounds";
const EMPTY: &str =
    "reads an empty list as \"none\", whether nothing happened or nothing was recorded";
const DATES: &str = "add the distance to a date and compare, as in `\"b\" <= \"a\" + 6 months`";

fn idiom(kind: &ExprKind) -> Idiom {
    let (name, why, rewrite): (&str, &str, &str) = match kind {
        ExprKind::Is {
            test: Test::Null, ..
        } => (
            "`is null`",
            "turns \"not recorded\" into a definite answer",
            "remove it; an unknown fact leaves the criterion unknown by itself",
        ),
        ExprKind::Is {
            test: Test::True, ..
        } => (
            "`is true`",
            "is false where nothing is recorded",
            "name the truth itself: `\"x\"`",
        ),
        ExprKind::Is {
            test: Test::False, ..
        } => (
            "`is false`",
            "is false where nothing is recorded",
            "write `not \"x\"`",
        ),
        ExprKind::Binary(BinaryOp::Equivalent, ..) => {
            ("`~`", "is false where nothing is recorded", "write `=`")
        }
        ExprKind::Binary(BinaryOp::NotEquivalent, ..) => {
            ("`!~`", "is true where nothing is recorded", "write `!=`")
        }
        ExprKind::Binary(BinaryOp::In, _, right) => membership(&right.kind),
        ExprKind::Binary(BinaryOp::Contains, ..) => (
            "`contains`",
            "is false where nothing is recorded",
            "compare with each value: `\"x\" = 1 or \"x\" = 2`",
        ),
        ExprKind::Timing { phrase, .. } => return timing(phrase),
        ExprKind::DurationBetween { unit, .. } | ExprKind::DurationOf { unit, .. } => {
            return Idiom {
                name: format!("`{}s between`", unit.word()),
                why: "counts whole units only, so six months and a day still count as 6",
                rewrite: DATES,
            };
        }
        ExprKind::If { .. } => (
            "`if`",
            "takes `else` where the condition is not recorded",
            DEFINE,
        ),
        ExprKind::Case { .. } => (
            "`case`",
            "takes `else` where no condition is recorded",
            DEFINE,
        ),
        ExprKind::Unary(UnaryOp::Exists, _) => ("`exists`", EMPTY, BOOLEAN),
        ExprKind::Retrieve { .. } => ("a retrieve", EMPTY, BOOLEAN),
        ExprKind::Query(_) => (
            "a query",
            "drops every record for which its conditions are unknown",
            BOOLEAN,
        ),
        ExprKind::Call { name, .. } => return call(&name.text),
        ExprKind::Binary(op @ (BinaryOp::Add | BinaryOp::Subtract), ..) => {
            return Idiom {
                name: format!(
                    "`{}` between facts, or a fact taken from a literal,",
                    op.word()
                ),
                why: NO_ONE,
                rewrite: "add or subtract a literal on the right, on one side of a comparison",
            };
        }
        ExprKind::Binary(op, ..) => {
            return Idiom {
                name: format!("`{}`", op.word()),
                why: NO_ONE,
                rewrite: COMPARE,
            };
        }
        ExprKind::Unary(op, _) => {
            return Idiom {
                name: format!("`{}`", op.word()),
                why: NO_ONE,
                rewrite: COMPARE,
            };
        }
        ExprKind::Interval { .. } => (
            "an interval with facts for ends",
            "has no end on the side where nothing is recorded",
            "compare with each end: `\"x\" >= \"a\" and \"x\" <= \"b\"`",
        ),
        ExprKind::List { .. } => ("a list", EMPTY, "compare with each value, joined by `or`"),
        ExprKind::As { .. } | ExprKind::Convert { .. } => (
            "a conversion",
            "is `null` where it fails, recorded or not",
            COMPARE,
        ),
        ExprKind::IsType { .. } => (
            "`is` with a type",
            "is false where nothing is recorded",
            "a fact has its declared type; remove it",
        ),
        ExprKind::Component { .. } => (
            "a part of a date",
            NO_ONE,
            "compare with whole dates, as in `\"x\" >= @2024-01-01`",
        ),
        ExprKind::Tuple(_) => ("a tuple", NO_ONE, COMPARE),
        ExprKind::Property { .. } | ExprKind::Index { .. } => {
            ("a part of a value", NO_ONE, BOOLEAN)
        }
        ExprKind::Extreme { .. } => ("an extreme of a type", NO_ONE, "compare with a literal"),
        // These never come here: the profile allows them, or a diagnostic has been given.
        ExprKind::Error
        | ExprKind::Literal(_)
        | ExprKind::Name(_)
        | ExprKind::And(_)
        | ExprKind::Or(_)
        | ExprKind::Between { .. } => ("this", NO_ONE, COMPARE),
    };
    Idiom {
        name: name.to_owned(),
        why,
        rewrite,
    }
}

fn membership(right: &ExprKind) -> (&'static str, &'static str, &'static str) {
    match right {
        ExprKind::Interval { .. } => (
            "`in` an interval with facts for ends",
            "takes an end that is not recorded for no limit",
            "compare with each end: `\"x\" >= \"a\" and \"x\" <= \"b\"`",
        ),
        ExprKind::List { .. } => (
            "`in` a list",
            "is false where nothing is recorded",
            "compare with each value: `\"x\" = 1 or \"x\" = 2`",
        ),
        _ => (
            "`in` a value set",
            "is false where nothing is recorded",
            BOOLEAN,
        ),
    }
}

fn timing(phrase: &Phrase) -> Idiom {
    let (why, rewrite) = match &phrase.relation {
        Relation::Within { .. } => (
            "is false where the date that it counts from is not recorded",
            DATES,
        ),
        Relation::Relative {
            offset: Some(offset),
            ..
        } => match offset.limit {
            Limit::OrLess | Limit::LessThan => (
                "is false where the date that it counts from is not recorded",
                DATES,
            ),
            Limit::Exactly | Limit::OrMore | Limit::MoreThan => (
                "drops the distance where a date is known only to the year",
                DATES,
            ),
        },
        Relation::Relative {
            offset: None,
            inclusive: true,
            ..
        }
        | Relation::Same(Some(_)) => (
            "has other rules for intervals and for dates known only to the month",
            "write `<=` or `>=`",
        ),
        Relation::Relative {
            offset: None,
            inclusive: false,
            ..
        } => (
            "has other rules for intervals and for dates known only to the month",
            "write `<` or `>`",
        ),
        Relation::Same(None) => (
            "has other rules for dates known only to the month",
            "write `=`",
        ),
        Relation::Includes { .. }
        | Relation::During { .. }
        | Relation::Meets(_)
        | Relation::Overlaps(_)
        | Relation::Starts
        | Relation::Ends
        | Relation::In
        | Relation::Contains => (
            "takes an end that is not recorded for no limit",
            "compare with each end: `\"x\" >= \"a\" and \"x\" <= \"b\"`",
        ),
    };
    Idiom {
        name: format!("`{}`", phrase_text(phrase)),
        why,
        rewrite,
    }
}

fn call(function: &str) -> Idiom {
    let (why, rewrite) = match function {
        "Coalesce" => ("puts another value where nothing is recorded", DEFINE),
        "IsNull" | "IsTrue" | "IsFalse" => (
            "turns \"not recorded\" into a definite answer",
            "name the truth itself: `\"x\"`",
        ),
        "Count" => (
            "leaves out what is not recorded, so the count can only be too low",
            BOOLEAN,
        ),
        "AnyTrue" => (
            "leaves out what is not recorded, and is false for nothing",
            "join the truths with `or`",
        ),
        "AllTrue" => (
            "leaves out what is not recorded, and is true for nothing",
            "join the truths with `and`",
        ),
        "Min" | "Max" | "First" | "Last" | "Sum" | "Avg" | "Median" | "Mode" => (
            "leaves out what is not recorded",
            "compare with each value, joined by `and` or `or`",
        ),
        _ => ("may put an answer where nothing is recorded", COMPARE),
    };
    Idiom {
        name: format!("`{function}`"),
        why,
        rewrite,
    }
}

//! Decision tables: complete, without rows that overlap, and each row tried by a case in which it alone decides.

use crate::base::Base;
use crate::body::Body;
use crate::entry::Entry;
use crate::head::Raw;
use crate::kind::Kind;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use waymark_criteria::{Diagnostic, Span};
use waymark_engine::bundle::{Column, Condition, Decision, DecisionTable, Known, Table};

/// A case of a table, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableCase {
    /// The file, relative to the knowledge base.
    pub path: String,
    /// What the case is, in a few words; unique in its file.
    pub title: String,
    /// The result that must come out.
    pub expected: String,
    /// The row that must give it.
    pub row: String,
    /// The result that came out.
    pub got: String,
    /// The rows that gave it.
    pub rows: Vec<String>,
}

impl TableCase {
    /// Whether just the row named gave just the result expected.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.got == self.expected && self.rows == [self.row.as_str()]
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    title: String,
    expect: String,
    row: String,
    given: BTreeMap<Column, Condition>,
}

/// Checks every table and runs its cases.
pub(crate) fn check(base: &Base, problems: &mut Vec<Diagnostic>) -> Vec<TableCase> {
    let mut cases = Vec::new();
    let mut decided: BTreeMap<Decision, &Entry> = BTreeMap::new();
    for entry in base.of(Kind::Table) {
        let Some(Body::Table(table)) = &entry.body else {
            continue;
        };
        if let Some(first) = decided.insert(table.decides, entry) {
            let message = format!("another table decides `{}` already", table.decides.word());
            let problem = entry.error("second-table", entry.head.span("decides"), message);
            problems.push(problem.help(format!("it is {}", first.path)));
        }
        match Table::new(table) {
            Ok(compiled) => cases.extend(run(entry, table, &compiled, problems)),
            Err(faults) => problems.extend(faults.into_iter().map(|fault| {
                let span = match fault.row {
                    Some(row) => entry.head.span(&format!("rows.{row}.{}", fault.key)),
                    None => entry.head.span(fault.key),
                };
                entry
                    .error("bad-table", span, fault.message)
                    .help(fault.help)
            })),
        }
    }
    cases
}

fn run(
    entry: &Entry,
    table: &DecisionTable,
    compiled: &Table,
    problems: &mut Vec<Diagnostic>,
) -> Vec<TableCase> {
    let mut cases: Vec<TableCase> = Vec::new();
    for excerpt in &entry.cases {
        let raw = Raw::parse(&entry.path, excerpt, problems);
        let head = raw.head.clone();
        let Some(written) = raw.read::<Written>(problems) else {
            continue;
        };
        let title = head.span("title");
        if cases.iter().any(|case| case.title == written.title) {
            let message = format!("`{}` is the title of an earlier case too", written.title);
            problems.push(entry.error("duplicate-case", title, message));
        }
        let place = |column: Column| head.span(&format!("given.{}", column.word()));
        let Some(known) = known(entry, table, &written.given, place, problems) else {
            continue;
        };
        let decided = compiled.decide(&known);
        let rows = decided.rows.iter();
        let case = TableCase {
            path: entry.path.clone(),
            title: written.title,
            expected: written.expect,
            row: written.row,
            got: decided.results.join(" or "),
            rows: rows.map(|row| table.rows[*row].id.clone()).collect(),
        };
        if !case.passed() {
            let message = format!(
                "case `{}`: expected {} by {}, got {} by {}",
                case.title,
                case.expected,
                case.row,
                case.got,
                case.rows.join(", ")
            );
            problems.push(entry.error("case-failed", title, message));
        }
        cases.push(case);
    }
    let tried: BTreeSet<&str> = cases
        .iter()
        .filter(|case| case.passed())
        .map(|case| case.row.as_str())
        .collect();
    for (position, row) in table.rows.iter().enumerate() {
        if !tried.contains(row.id.as_str()) {
            let span = entry.head.span(&format!("rows.{position}.id"));
            let message = format!("no case tries the row `{}`", row.id);
            let problem = entry.error("untried", span, message);
            problems.push(problem.help("add a `case` block in which it alone decides"));
        }
    }
    cases
}

/// What a case gives, read like the conditions of a row.
fn known(
    entry: &Entry,
    table: &DecisionTable,
    given: &BTreeMap<Column, Condition>,
    place: impl Fn(Column) -> Span,
    problems: &mut Vec<Diagnostic>,
) -> Option<Known> {
    let mut known = Known::default();
    let before = problems.len();
    for (column, condition) in given {
        let read = if table.decides.columns().contains(column) {
            known.clone().given(*column, condition)
        } else {
            let message = format!("`{}` is not a column of this table", column.word());
            Err((message, "leave it out".to_owned()))
        };
        match read {
            Ok(more) => known = more,
            Err((message, help)) => {
                problems.push(entry.error("bad-value", place(*column), message).help(help))
            }
        }
    }
    (problems.len() == before).then_some(known)
}

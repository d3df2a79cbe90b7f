//! Whether everything that a source says is carried by the knowledge or by a page.

use crate::kind::Kind;
use waymark_engine::Bundle;

/// The word in place of a module for what is still to be built.
pub const PLANNED: &str = "planned";

/// How a source is carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// One row per statement, in the source's order.
    pub rows: Vec<CoverageRow>,
}

/// One statement of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageRow {
    /// Id of the statement, for example `L01`.
    pub statement: String,
    /// What it says.
    pub text: String,
    /// The entries that say that they carry it, by kind and id.
    pub carried_by: Vec<(Kind, String)>,
    /// The page module that carries it, or [`PLANNED`].
    pub module: Option<String>,
}

impl CoverageRow {
    /// Whether an entry or a page module carries it.
    #[must_use]
    pub fn is_carried(&self) -> bool {
        let module = self.module.as_deref();
        !self.carried_by.is_empty() || module.is_some_and(|module| module != PLANNED)
    }

    /// Whether it is only planned.
    #[must_use]
    pub fn is_planned(&self) -> bool {
        !self.is_carried() && self.module.is_some()
    }
}

impl Coverage {
    /// Whether every statement is carried.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.rows.iter().all(CoverageRow::is_carried)
    }

    /// Statements that live nowhere, not even in a plan.
    pub fn lost(&self) -> impl Iterator<Item = &CoverageRow> {
        self.rows
            .iter()
            .filter(|row| !row.is_carried() && !row.is_planned())
    }
}

/// How a source is carried; none when there is no such source.
#[must_use]
pub fn coverage(bundle: &Bundle, source: &str) -> Option<Coverage> {
    let carriers = carriers(bundle);
    let statements = &bundle.source(source)?.statements;
    let rows = statements.iter().map(|statement| {
        let cited = format!("{source}#{}", statement.id);
        let carries = |(kind, id, carried): &(Kind, &str, &[String])| {
            carried.contains(&cited).then(|| (*kind, (*id).to_owned()))
        };
        CoverageRow {
            statement: statement.id.clone(),
            text: statement.text.clone(),
            carried_by: carriers.iter().filter_map(carries).collect(),
            module: statement.module.clone(),
        }
    });
    Some(Coverage {
        rows: rows.collect(),
    })
}

/// Every entry with the statements that it carries.
fn carriers(bundle: &Bundle) -> Vec<(Kind, &str, &[String])> {
    let content = bundle.content();
    let mut all: Vec<(Kind, &str, &[String])> = Vec::new();
    all.extend(
        content
            .facts
            .iter()
            .map(|it| (Kind::Fact, &*it.id, &*it.carries)),
    );
    all.extend(
        content
            .criteria
            .iter()
            .map(|it| (Kind::Criterion, &*it.id, &*it.carries)),
    );
    all.extend(
        content
            .tables
            .iter()
            .map(|it| (Kind::Table, &*it.id, &*it.carries)),
    );
    all.extend(
        content
            .medicines
            .iter()
            .map(|it| (Kind::Medicine, &*it.id, &*it.carries)),
    );
    all.extend(
        content
            .regimens
            .iter()
            .map(|it| (Kind::Regimen, &*it.id, &*it.carries)),
    );
    all.extend(
        content
            .guidance
            .iter()
            .map(|it| (Kind::Guidance, &*it.id, &*it.carries)),
    );
    all.extend(
        content
            .trials
            .iter()
            .map(|it| (Kind::Trial, &*it.id, &*it.carries)),
    );
    all
}

//! Decision tables: rows of conditions on a few columns, each with a result and the source that says so.
//!
//! A table is complete and its rows exclude each other, so that of everything that a test may have found, the rows
//! that may hold give exactly the results that may be right.

use super::{Review, Status};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use waymark_criteria::{Bounds, Date};
use waymark_packed::Packed;

/// A decision table as authors write it.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DecisionTable {
    /// Kebab-case id.
    pub id: String,
    /// What it decides; one table for each decision.
    pub decides: Decision,
    /// The rows, in an order that reads well: it does not matter.
    pub rows: Vec<TableRow>,
    /// Review.
    pub review: Review,
    /// Statements of sources carried here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carries: Vec<String>,
    /// Level-one title.
    #[serde(default)]
    pub title: String,
    /// Prose.
    #[serde(default)]
    pub text: String,
}

/// One row: when all its conditions hold, its result does.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TableRow {
    /// Kebab-case id, unique in the table.
    pub id: String,
    /// Conditions; a column without one does not matter.
    pub when: BTreeMap<Column, Condition>,
    /// A result of the decision, or several joined by ` or ` where the row leaves open which of them.
    pub result: String,
    /// What a reader is told when this row decides.
    pub comment: String,
    /// Id of the source.
    pub source: String,
    /// How well it was confirmed; a row from memory decides nothing.
    pub status: Status,
}

/// A condition on a column: a word, some words, or limits such as `>= 4.00 and < 6.00` or `< 2018-05-30`.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(untagged)]
pub enum Condition {
    /// One word, or limits.
    One(String),
    /// Any of these words.
    AnyOf(Vec<String>),
}

/// What a table decides.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// The group of a count of in-situ hybridisation.
    Her2Group,
    /// The result of in-situ hybridisation, from its group and the IHC of the same tissue.
    Her2Ish,
    /// HER2 of one test, from IHC and in-situ hybridisation.
    Her2Result,
    /// A hormone receptor, from the share of stained cells.
    HormoneReceptor,
}

/// What a row may ask for.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Packed, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// Probes of in-situ hybridisation.
    Probe,
    /// HER2/CEP17 ratio.
    Ratio,
    /// Mean HER2 copies per cell.
    Copies,
    /// Group of the count.
    Group,
    /// IHC of the same tissue.
    Ihc,
    /// A second observer's count, against the first.
    Recount,
    /// Day of the result.
    Reported,
    /// Result of in-situ hybridisation.
    Ish,
    /// Share of stained tumour cells in percent.
    Percent,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// One of these words.
    Words(&'static [&'static str]),
    /// A number of up to two places, held in hundredths.
    Number,
    /// A day.
    Day,
}

const GROUPS: [&str; 8] = [
    "group-1",
    "group-2",
    "group-3",
    "group-4",
    "group-5",
    "single-high",
    "single-middle",
    "single-low",
];

impl Decision {
    /// Every decision.
    pub const ALL: [Decision; 4] = [
        Decision::Her2Group,
        Decision::Her2Ish,
        Decision::Her2Result,
        Decision::HormoneReceptor,
    ];

    /// The word by which authors name it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Decision::Her2Group => "her2-group",
            Decision::Her2Ish => "her2-ish",
            Decision::Her2Result => "her2-result",
            Decision::HormoneReceptor => "hormone-receptor",
        }
    }

    /// What its rows may ask for.
    #[must_use]
    pub fn columns(self) -> &'static [Column] {
        match self {
            Decision::Her2Group => &[Column::Probe, Column::Ratio, Column::Copies],
            Decision::Her2Ish => &[
                Column::Group,
                Column::Ihc,
                Column::Recount,
                Column::Reported,
            ],
            Decision::Her2Result => &[Column::Ihc, Column::Ish],
            Decision::HormoneReceptor => &[Column::Percent],
        }
    }

    /// What its rows may give.
    #[must_use]
    pub fn results(self) -> &'static [&'static str] {
        match self {
            Decision::Her2Group => &GROUPS,
            Decision::Her2Ish => &["positive", "negative", "open"],
            Decision::Her2Result => &[
                "positive",
                "equivocal",
                "low",
                "zero",
                "negative",
                "conflict",
            ],
            Decision::HormoneReceptor => &["positive", "low-positive", "negative"],
        }
    }
}

impl Column {
    /// The word by which authors name it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Column::Probe => "probe",
            Column::Ratio => "ratio",
            Column::Copies => "copies",
            Column::Group => "group",
            Column::Ihc => "ihc",
            Column::Recount => "recount",
            Column::Reported => "reported",
            Column::Ish => "ish",
            Column::Percent => "percent",
        }
    }

    /// What it holds.
    #[must_use]
    pub fn kind(self) -> ColumnKind {
        match self {
            Column::Probe => ColumnKind::Words(&["dual", "single"]),
            Column::Group => ColumnKind::Words(&GROUPS),
            Column::Ihc => ColumnKind::Words(&["none", "0", "1+", "2+", "3+", "positive"]),
            Column::Recount => ColumnKind::Words(&["none", "same", "other"]),
            Column::Ish => ColumnKind::Words(&["none", "positive", "negative", "open"]),
            Column::Ratio | Column::Copies | Column::Percent => ColumnKind::Number,
            Column::Reported => ColumnKind::Day,
        }
    }
}

/// What a column may hold: bits of its words, or bounds in hundredths or days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Allowed {
    Words(u16),
    Span(Bounds),
}

impl Allowed {
    fn meets(self, other: Allowed) -> bool {
        match (self, other) {
            (Allowed::Words(one), Allowed::Words(other)) => one & other != 0,
            (Allowed::Span(one), Allowed::Span(other)) => one.overlap(other).is_some(),
            (Allowed::Words(_), Allowed::Span(_)) | (Allowed::Span(_), Allowed::Words(_)) => false,
        }
    }
}

/// What is known of one test: every column not named here may hold anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    columns: Vec<(Column, Allowed)>,
}

impl Known {
    /// A column holds one of these words. Words that the column does not have are passed over.
    #[must_use]
    pub fn word(self, column: Column, words: &[&str]) -> Self {
        let bits = match column.kind() {
            ColumnKind::Words(known) => bits(known, words.iter().copied()),
            ColumnKind::Number | ColumnKind::Day => return self,
        };
        self.with(column, Allowed::Words(bits))
    }

    /// A column lies within bounds, in hundredths or days.
    #[must_use]
    pub fn within(self, column: Column, bounds: Bounds) -> Self {
        self.with(column, Allowed::Span(bounds))
    }

    /// A column holds what a condition says.
    ///
    /// # Errors
    /// What is wrong with the condition, and what to write instead.
    pub fn given(self, column: Column, condition: &Condition) -> Result<Self, (String, String)> {
        allowed(column, condition).map(|allowed| self.with(column, allowed))
    }

    fn with(mut self, column: Column, allowed: Allowed) -> Self {
        self.columns.push((column, allowed));
        self
    }

    fn admits(&self, column: Column, wanted: Allowed) -> bool {
        let mut known = self.columns.iter().filter(|(known, _)| *known == column);
        known.all(|(_, allowed)| allowed.meets(wanted))
    }
}

fn bits<'w>(known: &[&str], words: impl Iterator<Item = &'w str>) -> u16 {
    words
        .filter_map(|word| known.iter().position(|known| *known == word))
        .fold(0, |bits, position| bits | (1 << position))
}

/// A table that is complete and whose rows exclude each other.
#[derive(Clone, Debug)]
pub struct Table {
    decides: Decision,
    rows: Vec<Row>,
}

#[derive(Clone, Debug)]
struct Row {
    when: Vec<(Column, Allowed)>,
    results: Vec<&'static str>,
    told: String,
}

/// What is wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableFault {
    /// The row, by position; none: the table as a whole.
    pub row: Option<usize>,
    /// The key in that row.
    pub key: &'static str,
    /// What.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// What a table says of one test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided<'t> {
    /// Every result that may be right, in the order of [`Decision::results`].
    pub results: Vec<&'static str>,
    /// The rows that may hold, by position.
    pub rows: Vec<usize>,
    told: Vec<&'t str>,
}

impl Decided<'_> {
    /// The one result, if there is just one.
    #[must_use]
    pub fn result(&self) -> Option<&'static str> {
        match self.results[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The rows in words, each with its place: `comment (table: row)`.
    #[must_use]
    pub fn told(&self) -> String {
        self.told.join(", or ")
    }
}

impl Table {
    /// Compiles a table.
    ///
    /// # Errors
    /// Everything that is wrong with it: conditions and results that do not exist, rows that hold together, cases for
    /// which there is no row.
    pub fn new(entry: &DecisionTable) -> Result<Self, Vec<TableFault>> {
        let mut faults = Vec::new();
        let mut rows = Vec::new();
        for (position, row) in entry.rows.iter().enumerate() {
            let mut refuse = |key, message, help| {
                faults.push(TableFault {
                    row: Some(position),
                    key,
                    message,
                    help,
                });
            };
            let mut when = Vec::new();
            for (column, condition) in &row.when {
                if !entry.decides.columns().contains(column) {
                    let known = entry.decides.columns().iter().map(|column| column.word());
                    refuse(
                        "when",
                        format!(
                            "`{}` is not a column of `{}`",
                            column.word(),
                            entry.decides.word()
                        ),
                        format!("known: {}", known.collect::<Vec<_>>().join(", ")),
                    );
                    continue;
                }
                match allowed(*column, condition) {
                    Ok(allowed) => when.push((*column, allowed)),
                    Err((message, help)) => refuse("when", message, help),
                }
            }
            let known = entry.decides.results();
            let mut results: Vec<&'static str> = Vec::new();
            for word in row.result.split(" or ") {
                match known.iter().find(|known| **known == word) {
                    Some(word) => results.push(word),
                    None => refuse(
                        "result",
                        format!("`{word}` is not a result of `{}`", entry.decides.word()),
                        format!("known: {}; ` or ` stands between several", known.join(", ")),
                    ),
                }
            }
            if row.status == Status::Memory {
                refuse(
                    "status",
                    "a row that rests on memory decides nothing".to_owned(),
                    "confirm it, or write a row whose result leaves it open".to_owned(),
                );
            }
            rows.push(Row {
                when,
                results,
                told: format!("{} ({}: {})", row.comment, entry.id, row.id),
            });
        }
        let table = Table {
            decides: entry.decides,
            rows,
        };
        if faults.is_empty() {
            faults = table.gaps_and_overlaps(entry);
        }
        if faults.is_empty() {
            Ok(table)
        } else {
            Err(faults)
        }
    }

    /// The rows that may hold of a test, and their results.
    #[must_use]
    pub fn decide(&self, known: &Known) -> Decided<'_> {
        let may_hold = |row: &Row| {
            row.when
                .iter()
                .all(|(column, wanted)| known.admits(*column, *wanted))
        };
        let rows: Vec<(usize, &Row)> = self
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| may_hold(row))
            .collect();
        let results = self.decides.results().iter().copied();
        let given = |result: &&str| rows.iter().any(|(_, row)| row.results.contains(result));
        Decided {
            results: results.filter(given).collect(),
            told: rows.iter().map(|(_, row)| row.told.as_str()).collect(),
            rows: rows.iter().map(|(position, _)| *position).collect(),
        }
    }

    /// Tries every combination of values that the rows tell apart.
    fn gaps_and_overlaps(&self, entry: &DecisionTable) -> Vec<TableFault> {
        let mut faults: Vec<TableFault> = Vec::new();
        let mut cells = vec![(Known::default(), String::new())];
        for column in self.decides.columns() {
            let values = self.values(*column);
            let extend = |(known, text): &(Known, String)| -> Vec<(Known, String)> {
                let value = |(allowed, word): &(Allowed, String)| {
                    let comma = if text.is_empty() { "" } else { ", " };
                    (
                        known.clone().with(*column, *allowed),
                        format!("{text}{comma}{} {word}", column.word()),
                    )
                };
                values.iter().map(value).collect()
            };
            cells = cells.iter().flat_map(extend).collect();
        }
        for (known, text) in cells {
            match self.decide(&known).rows[..] {
                [_] => {}
                [] => faults.push(TableFault {
                    row: None,
                    key: "rows",
                    message: format!("no row is for: {text}"),
                    help: "add one; its result may leave it open".to_owned(),
                }),
                [first, second, ..] => faults.push(TableFault {
                    row: Some(second),
                    key: "id",
                    message: format!(
                        "this row and `{}` are both for: {text}",
                        entry.rows[first].id
                    ),
                    help: "narrow the conditions of one of them".to_owned(),
                }),
            }
        }
        // One cell shows the mistake; the others around it are the same one.
        faults.dedup_by(|later, earlier| {
            later.row == earlier.row && (later.row.is_none() || later.key == earlier.key)
        });
        faults
    }

    /// One value of each part into which the rows cut a column.
    fn values(&self, column: Column) -> Vec<(Allowed, String)> {
        if let ColumnKind::Words(words) = column.kind() {
            let value = |(position, word): (usize, &&str)| {
                (Allowed::Words(1 << position), (*word).to_owned())
            };
            return words.iter().enumerate().map(value).collect();
        }
        let conditions = self.rows.iter().flat_map(|row| &row.when);
        let spans = conditions.filter_map(|(asked, allowed)| match allowed {
            Allowed::Span(span) if *asked == column => Some(*span),
            Allowed::Span(_) | Allowed::Words(_) => None,
        });
        let mut starts: Vec<i64> = spans
            .flat_map(|span| [span.low, span.high.map(|high| high.saturating_add(1))])
            .flatten()
            .collect();
        starts.sort_unstable();
        starts.dedup();
        let below = starts.first().map_or(0, |first| first - 1);
        std::iter::once(below)
            .chain(starts)
            .map(|value| (Allowed::Span(Bounds::exact(value)), shown(column, value)))
            .collect()
    }
}

fn shown(column: Column, value: i64) -> String {
    match column.kind() {
        ColumnKind::Day => Date::from_days(value).to_string(),
        ColumnKind::Number | ColumnKind::Words(_) => {
            format!("{}.{:02}", value / HUNDREDTHS, value % HUNDREDTHS)
        }
    }
}

const HUNDREDTHS: i64 = 100;

fn allowed(column: Column, condition: &Condition) -> Result<Allowed, (String, String)> {
    let words: Vec<&str> = match condition {
        Condition::One(word) => vec![word],
        Condition::AnyOf(words) => words.iter().map(String::as_str).collect(),
    };
    let name = column.word();
    match (column.kind(), condition) {
        (ColumnKind::Words(known), _) => {
            if let Some(word) = words.iter().find(|word| !known.contains(word)) {
                return Err((
                    format!("`{word}` is not a word for `{name}`"),
                    format!("known: {}", known.join(", ")),
                ));
            }
            Ok(Allowed::Words(bits(known, words.into_iter())))
        }
        (kind, Condition::One(text)) => limits(kind, text).map(Allowed::Span).ok_or_else(|| {
            let example = if kind == ColumnKind::Day {
                "`>= 2018-05-30` or `< 2018-05-30`"
            } else {
                "`>= 4.00`, `< 6.00` or `>= 4.00 and < 6.00`, with at most two places"
            };
            (
                format!("`{text}` is not a limit of `{name}`"),
                format!("write {example}"),
            )
        }),
        (_, Condition::AnyOf(_)) => Err((
            format!("`{name}` has limits, not a list of words"),
            "write one string".to_owned(),
        )),
    }
}

/// `A`, `>= A`, `> A`, `<= B`, `< B`, or two of them joined by `and`, as whole hundredths or days.
fn limits(kind: ColumnKind, text: &str) -> Option<Bounds> {
    let mut span = Bounds::UNKNOWN;
    for part in text.split(" and ") {
        let part = part.trim();
        let (sign, value) = part.split_once(' ').unwrap_or(("=", part));
        let value = match kind {
            ColumnKind::Day => Date::parse(value.trim())?.to_days(),
            ColumnKind::Number | ColumnKind::Words(_) => hundredths(value.trim())?,
        };
        let limit = match sign {
            "=" => Bounds::exact(value),
            ">=" => Bounds::at_or_above(value),
            ">" => Bounds::at_or_above(value.saturating_add(1)),
            "<=" => Bounds {
                low: None,
                high: Some(value),
            },
            "<" => Bounds {
                low: None,
                high: Some(value - 1),
            },
            _ => return None,
        };
        span = span.overlap(limit)?;
    }
    Some(span)
}

fn hundredths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.is_empty() || part.len() > 2 || !plain(whole) || !plain(part) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    whole.checked_mul(HUNDREDTHS)?.checked_add(part)
}

//! When: the first column of an entry.

use super::piece::Piece;
use waymark_criteria::{DateBounds, Diagnostic};

/// The day or span that opens a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// One date, known, partial or not known at all.
    On(DateBounds),
    /// From a date on, to an end.
    Span(DateBounds, End),
    /// Not begun.
    Planned(DateBounds),
}

/// How a span ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It goes on: `2022-04-01..`
    Open,
    /// It is over, and the last day is not known: `2022-04-01..?`
    Unknown,
    /// The last day.
    On(DateBounds),
}

const HELP: &str = "write YYYY-MM-DD, YYYY-MM or YYYY, `A/B` for a day somewhere between two, \
                    `A..B` for a span, or `?` where the date is not known";

/// Splits a line into its first column and the rest; `None` when the line does not begin with a date.
///
/// # Errors
/// When it begins with something that is meant as a date and is none.
pub(super) fn read(line: Piece<'_>) -> Option<(Result<When, Diagnostic>, Piece<'_>)> {
    if let Some(rest) = line.after("planned") {
        let (word, after) = rest.first_word();
        if looks_like_date(word) {
            return Some((date(word).map(When::Planned), after));
        }
        return Some((Ok(When::Planned(DateBounds::UNKNOWN)), rest.trim()));
    }
    let (column, rest) = first_column(line);
    if !looks_like_date(column) {
        return None;
    }
    let when = match column.text.split_once("..") {
        None => date(column).map(When::On),
        Some((from, _)) => {
            let (from, to) = column.split_at(from.len());
            span(from.trim(), to.split_at("..".len()).1.trim(), column)
        }
    };
    Some((when, rest))
}

fn looks_like_date(word: Piece<'_>) -> bool {
    word.text
        .starts_with(|letter: char| letter.is_ascii_digit())
        || word.text.starts_with('?')
        || word.text.starts_with("..")
}

/// The first word; spaces around the dots of a span belong to it.
fn first_column(line: Piece<'_>) -> (Piece<'_>, Piece<'_>) {
    let (word, mut rest) = line.first_word();
    let mut end = word.start + word.text.len();
    let mut open = word.text.ends_with("..");
    if let (true, Some(dots)) = (!word.text.contains(".."), rest.text.strip_prefix("..")) {
        let (_, after) = rest.split_at(rest.text.len() - dots.len());
        end = after.start;
        open = !after
            .text
            .starts_with(|letter: char| !letter.is_whitespace());
        if !open {
            let (to, tail) = after.first_word();
            end = to.start + to.text.len();
            rest = tail;
        } else {
            rest = after.trim();
        }
    }
    if open {
        let (to, tail) = rest.first_word();
        if looks_like_date(to) {
            end = to.start + to.text.len();
            rest = tail;
        }
    }
    (line.split_at(end - line.start).0, rest)
}

fn span(from: Piece<'_>, to: Piece<'_>, column: Piece<'_>) -> Result<When, Diagnostic> {
    let end = match to.text {
        "" => End::Open,
        "?" => End::Unknown,
        _ => End::On(date(to)?),
    };
    let latest = match end {
        End::On(day) => day.high,
        End::Open | End::Unknown => None,
    };
    let start = match from.text {
        "" | "?" => DateBounds {
            low: None,
            high: latest,
        },
        _ => date(from)?,
    };
    if start.low.zip(latest).is_some_and(|(low, high)| low > high) {
        return Err(Diagnostic::error(
            "chart-date-order",
            format!("`{}` ends before it begins", column.text),
        )
        .at(column.span())
        .help("the first day stands before the dots, the last day after them"));
    }
    Ok(When::Span(start, end))
}

fn date(word: Piece<'_>) -> Result<DateBounds, Diagnostic> {
    if word.text == "?" {
        return Ok(DateBounds::UNKNOWN);
    }
    read_date(word)
}

/// A date, possibly partial.
///
/// # Errors
/// When it is none.
pub(super) fn read_date(word: Piece<'_>) -> Result<DateBounds, Diagnostic> {
    DateBounds::parse(word.text).ok_or_else(|| {
        Diagnostic::error("chart-bad-date", format!("`{}` is not a date", word.text))
            .at(word.span())
            .help(HELP)
    })
}

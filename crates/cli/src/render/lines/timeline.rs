//! Bars over months: one for each course, and the days on which the cancer grew.

use super::super::style::{Ink, Page, plain};
use super::name;
use waymark_criteria::{Date, DateBounds};
use waymark_engine::Bundle;
use waymark_engine::wire::lines;

/// Columns of the names.
const NAMES: usize = 22;

/// The columns of a timeline.
struct Axis {
    first: i64,
    /// Months of one column.
    step: i64,
    columns: usize,
}

impl Axis {
    fn column(&self, date: Date) -> usize {
        let column = (month(date) - self.first).max(0) / self.step;
        usize::try_from(column).map_or(0, |column| column.min(self.columns - 1))
    }
}

/// The timeline; empty where no course has a date.
pub(super) fn drawn(history: &lines::Lines, bundle: &Bundle, page: &Page) -> String {
    let courses: Vec<&lines::Course> = history
        .episodes
        .iter()
        .flat_map(|episode| &episode.medicines)
        .collect();
    let Some(axis) = axis(history, &courses, page) else {
        return String::new();
    };
    let mut out = String::new();
    let per = if axis.step == 1 {
        "one column is a month".to_owned()
    } else {
        format!("one column is {} months", axis.step)
    };
    let key = format!("{per}; █ given, ░ perhaps given, ▶ still given, ▲ the cancer grew");
    out += "\n";
    out += &page.ink(Ink::Faint, &page.wrap("  ", "  ", &key));
    out += &line("", &years(&axis));
    for course in courses {
        if let Some(bar) = bar(course, &axis, &history.as_of) {
            out += &line(&plain(&name(bundle, &course.medicine)), &bar);
        }
    }
    let growth: Vec<DateBounds> = history
        .events
        .iter()
        .filter(|event| event.kind == "growth")
        .map(|event| &event.date)
        .chain(
            history
                .episodes
                .iter()
                .flat_map(|it| it.growth.iter().map(|it| &it.date)),
        )
        .filter_map(|date| DateBounds::parse(date))
        .collect();
    if !growth.is_empty() {
        let mut cells = vec![' '; axis.columns];
        for date in growth {
            let Some(day) = date.low.or(date.high) else {
                continue;
            };
            cells[axis.column(day)] = '▲';
        }
        out += &line("", &cells.into_iter().collect::<String>());
    }
    out
}

fn axis(history: &lines::Lines, courses: &[&lines::Course], page: &Page) -> Option<Axis> {
    let starts = courses
        .iter()
        .filter_map(|course| DateBounds::parse(&course.from));
    let first = starts.filter_map(|date| date.low).map(month).min()?;
    let ends = courses
        .iter()
        .filter_map(|course| DateBounds::parse(course.to.as_deref()?));
    let last = ends.filter_map(|date| date.high).map(month).max();
    let open = courses.iter().any(|course| course.to.is_none());
    let as_of = month(Date::parse(&history.as_of)?);
    let last = if open { as_of } else { last?.max(first) };
    let room = i64::try_from(page.width.saturating_sub(NAMES + 4))
        .ok()?
        .max(12);
    let months = last - first + 1;
    let step = (months + room - 1) / room;
    Some(Axis {
        first,
        step,
        columns: usize::try_from((months + step - 1) / step).ok()?,
    })
}

/// Year numbers at the column in which each year begins, as far as there is room.
fn years(axis: &Axis) -> String {
    let mut cells = vec![' '; axis.columns];
    let mut free = 0;
    for column in 0..axis.columns {
        let begin = axis.first + axis.step * i64::try_from(column).unwrap_or(0);
        let year = (begin + axis.step - 1).div_euclid(12);
        let has_january = year * 12 >= begin;
        if (has_january || column == 0) && column >= free && column + 4 <= axis.columns {
            let label = if has_january {
                year
            } else {
                begin.div_euclid(12)
            };
            for (offset, digit) in label.to_string().chars().enumerate() {
                cells[column + offset] = digit;
            }
            free = column + 5;
        }
    }
    cells.into_iter().collect()
}

fn bar(course: &lines::Course, axis: &Axis, as_of: &str) -> Option<String> {
    let start = DateBounds::parse(&course.from)?;
    let as_of = Date::parse(as_of)?;
    let end = course.to.as_deref().and_then(DateBounds::parse);
    let known_start = start.high.or(start.low)?;
    let first = axis.column(start.low.or(start.high)?);
    let (surely_until, last) = match (end, course.ongoing) {
        (Some(end), _) => (end.low.or(end.high)?, end.high.or(end.low)?),
        (None, true) => (as_of, as_of),
        (None, false) => (known_start, as_of),
    };
    let (begun, over, last) = (
        axis.column(known_start),
        axis.column(surely_until),
        axis.column(last),
    );
    let mut cells = vec![' '; axis.columns];
    for (column, cell) in cells.iter_mut().enumerate() {
        if (begun..=over.max(begun)).contains(&column) {
            *cell = '█';
        } else if (first..=last).contains(&column) {
            *cell = '░';
        }
    }
    if course.ongoing
        && let Some(cell) = cells.get_mut(last)
    {
        *cell = '▶';
    }
    Some(cells.into_iter().collect())
}

fn line(name: &str, cells: &str) -> String {
    let short: String = name.chars().take(NAMES).collect();
    let line = format!("  {short:<NAMES$} {cells}");
    format!("{}\n", line.trim_end())
}

/// Months since the year 0.
fn month(date: Date) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month()) - 1
}

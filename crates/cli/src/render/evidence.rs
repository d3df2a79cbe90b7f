//! The trials behind a regimen as a compact table: one row of figures a line.

use super::style::{Ink, Page, plain};
use std::fmt::Write;
use waymark_engine::bundle::{Compared, Figure, Measure, Status};
use waymark_engine::wire;

/// Columns that the words of a row get at least, before those of the figures grow.
const WORDS: usize = 24;

/// The least and the greatest width of the column of a group, and of the comparison.
const GROUP: [usize; 2] = [14, 22];

/// Width of the words of a row, and of each of its three figures, four columns in.
fn widths(page: &Page) -> [usize; 4] {
    let left = page.width.saturating_sub(4);
    let group = (left.saturating_sub(WORDS) / 3).clamp(GROUP[0], GROUP[1]);
    let words = left.saturating_sub(3 * group).max(GROUP[0]);
    [words, group, group, group]
}

/// Prints the trials; nothing where there are none.
pub(super) fn block(out: &mut String, trials: &[wire::Trial], page: &Page) {
    if trials.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", page.ink(Ink::Bold, "Evidence"));
    *out += &page.wrap(
        "  ",
        "  ",
        "Figures of different trials cannot be compared with each other. [?] not verified",
    );
    for trial in trials {
        heading(out, trial, page);
        let widths = widths(page);
        let columns = ["", "given", "comparator", "compared"].map(str::to_owned);
        line(out, &columns, widths, page, true);
        for row in &trial.results {
            line(out, &cells(row), widths, page, false);
            if let Some(note) = &row.note {
                *out += &page.wrap("      ", "      ", note);
            }
        }
    }
}

fn heading(out: &mut String, trial: &wire::Trial, page: &Page) {
    let unverified = if trial.nct_unverified { " [?]" } else { "" };
    let mut told = vec![format!("{}{unverified}", trial.nct)];
    told.extend(trial.phase.as_ref().map(|phase| format!("phase {phase}")));
    told.extend(trial.people.map(
        |people| match (trial.people_given, trial.people_comparator) {
            (Some(given), Some(comparator)) => {
                format!("{people} people ({given} against {comparator})")
            }
            _ => format!("{people} people"),
        },
    ));
    told.push(trial.published.clone());
    let role = if trial.pivotal {
        "pivotal"
    } else {
        "also studied"
    };
    let title = format!("{} ({role}; {})", trial.name, told.join("; "));
    let _ = writeln!(out);
    *out += &page.wrap("  ", "    ", &title);
    let against = trial.comparator.as_ref().map_or_else(
        || "; no comparator".to_owned(),
        |other| format!(" against {other}"),
    );
    *out += &page.wrap("    ", "    ", &format!("{}{against}", trial.given));
    *out += &page.wrap("    ", "    ", &trial.population);
}

/// What a row is about, and its three cells.
fn cells(row: &wire::TrialResult) -> [String; 4] {
    let unverified = if row.status == Status::Memory {
        "[?] "
    } else {
        ""
    };
    let word = |value: Option<serde_json::Value>| {
        value
            .and_then(|value| value.as_str().map(|word| word.replace('-', " ")))
            .unwrap_or_default()
    };
    let mut told = vec![word(serde_json::to_value(row.endpoint).ok())];
    told.extend(row.what.clone());
    told.extend(row.grade.as_ref().map(|grade| match grade.as_str() {
        "any" => "any grade".to_owned(),
        grade => format!("grade {grade}"),
    }));
    let measure = match row.measure {
        Some(Measure::Median) => Some("median"),
        Some(Measure::Mean) => Some("mean"),
        Some(Measure::Share | Measure::Number) | None => None,
    };
    told.extend(measure.map(str::to_owned));
    told.extend(row.at.as_ref().map(|at| format!("at {at}")));
    told.extend(
        [&row.population, &row.arm, &row.by, &row.analysis]
            .into_iter()
            .flatten()
            .cloned(),
    );
    let unit = row.unit.as_deref().unwrap_or_default();
    let figure = |figure: &Option<Figure>| {
        figure.as_ref().map_or_else(String::new, |it| {
            let value = interval(
                &it.value,
                it.low.as_deref(),
                it.high.as_deref(),
                it.about,
                unit,
            );
            it.of.map_or(value.clone(), |of| format!("{value} of {of}"))
        })
    };
    let compared = row.compared.as_ref().map(|it| {
        let (name, unit) = match it.measure {
            Compared::HazardRatio => ("HR ", ""),
            Compared::Difference => ("difference ", unit),
            Compared::RiskReduction => ("risk less by ", "%"),
        };
        let value = interval(
            &it.value,
            it.low.as_deref(),
            it.high.as_deref(),
            it.about,
            unit,
        );
        format!("{name}{value}")
    });
    let p = row.p.as_ref().map(|p| format!("p = {p}"));
    let compared: Vec<String> = compared.into_iter().chain(p).collect();
    [
        format!("{unverified}{}", told.join(", ")),
        figure(&row.given),
        figure(&row.comparator),
        compared.join(", "),
    ]
}

fn interval(value: &str, low: Option<&str>, high: Option<&str>, about: bool, unit: &str) -> String {
    let about = if about { "about " } else { "" };
    let numeric = value
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_digit());
    let short = match unit {
        "months" => " mo",
        "weeks" => " wk",
        "%" => "%",
        _ => "",
    };
    let unit = if numeric { short } else { "" };
    match (low, high) {
        (Some(low), Some(high)) => format!("{about}{value}{unit} ({low}–{high})"),
        _ => format!("{about}{value}{unit}"),
    }
}

/// A line of four cells, each wrapped in its column.
fn line(out: &mut String, cells: &[String; 4], widths: [usize; 4], page: &Page, faint: bool) {
    let wrapped: Vec<Vec<String>> = cells
        .iter()
        .zip(widths)
        .enumerate()
        .map(|(column, (cell, width))| {
            let options = textwrap::Options::new(width - 2)
                .subsequent_indent(if column == 0 { "  " } else { "" })
                .break_words(false)
                .word_splitter(textwrap::WordSplitter::NoHyphenation)
                .word_separator(textwrap::WordSeparator::AsciiSpace);
            let text = plain(cell);
            let lines = textwrap::wrap(&text, options).into_iter();
            lines.map(std::borrow::Cow::into_owned).collect()
        })
        .collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..height {
        let mut text = String::from("    ");
        for (cell, width) in wrapped.iter().zip(widths) {
            let part = cell.get(at).map_or("", String::as_str);
            let _ = write!(text, "{part:<width$}");
        }
        let text = text.trim_end();
        let text = if faint {
            page.ink(Ink::Faint, text)
        } else {
            text.to_owned()
        };
        let _ = writeln!(out, "{text}");
    }
}

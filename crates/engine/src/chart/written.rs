//! Waymark's own chart format: plain text, one line for one thing, written by hand. `docs/chart-format.md` describes it.
//!
//! ```text
//! chart 1
//! patient: example   born: 1971-05   sex: female
//! 2021-01-15         breast cancer, stage 4, HER2 IHC 3+ (metastasis)
//! 2021-02..2022-03   MEDICINE + MEDICINE: stopped, progression
//! ```
//!
//! Because a person writes it, nothing in it is skipped: whatever is not understood is an error with its place in the
//! text and, where there is one, the known word nearest to it.

mod earlier;
mod findings;
mod header;
mod measurements;
mod medicines;
mod nearest;
mod number;
mod piece;
mod places;
mod receptors;
mod statements;
mod tie;
mod tissue;
mod vocabulary;
mod when;

use super::{Cancer, Chart, Event, Line, line};
use crate::Bundle;
use header::Header;
use litemap::LiteMap;
use piece::Piece;
use vocabulary::Vocabulary;
use waymark_criteria::{DateBounds, Diagnostic};
use when::When;

/// The version of the format that [`read`] understands; it stands in the first line.
pub const VERSION: &str = "1";

/// Whether a text is meant as a written chart: its first line that is no comment begins with `chart`.
#[must_use]
pub fn looks_like_written(text: &str) -> bool {
    let first = piece::lines(text).next();
    first.is_some_and(|(_, line)| line.first_word().0.text == "chart")
}

/// Reads a written chart; medicines, conditions, quantities and facts are those of the bundle.
///
/// # Errors
/// Everything on every line that is not understood, with its byte range in `text`.
pub fn read(text: &str, bundle: &Bundle) -> Result<Chart, Vec<Diagnostic>> {
    let mut lines = piece::lines(text);
    let first = lines.next().map(|(_, line)| line);
    check_version(first, text).map_err(|problem| vec![problem])?;
    let vocabulary = Vocabulary::of(bundle);
    let mut header = Header::default();
    let mut problems = Vec::new();
    let mut chart = Chart::empty();
    for (number, line) in lines {
        if header::is_header(line) && when::read(line).is_none() {
            if findings::opens(line, &vocabulary) {
                problems.push(no_date(line));
            } else {
                header.read(number, line, &mut chart, &mut problems);
            }
            continue;
        }
        match entry(line, &vocabulary) {
            Ok(entry) => {
                chart.put(number, entry);
            }
            Err(more) => problems.extend(more),
        }
    }
    if problems.is_empty() {
        Ok(chart)
    } else {
        Err(problems)
    }
}

/// What each of these lines says by itself; what cannot be read, and what says several things of the person, is not among
/// them.
pub(crate) fn lines<'t>(
    texts: impl Iterator<Item = &'t String>,
    bundle: &Bundle,
) -> LiteMap<String, Line> {
    let vocabulary = Vocabulary::of(bundle);
    let read = |text: &'t String| Some((text.clone(), line(text, &vocabulary)?));
    texts.filter_map(read).collect()
}

fn line(text: &str, vocabulary: &Vocabulary<'_>) -> Option<Line> {
    let (number, line) = piece::lines(text).next()?;
    if !header::is_header(line) || when::read(line).is_some() {
        return entry(line, vocabulary).ok();
    }
    let (mut chart, mut problems) = (Chart::empty(), Vec::new());
    Header::default().read(number, line, &mut chart, &mut problems);
    let birth = chart.patient.birth_source.as_ref();
    let born = birth.map(|born| Line::Born(chart.patient.birth, born.text.clone()));
    let says = born
        .or(chart.patient.sex.map(Line::Sex))
        .or(chart.record.map(Line::Record))?;
    // A line of an answer says one thing of a person.
    let mut alone = Chart::empty();
    alone.put(number, says.clone());
    (problems.is_empty() && alone == chart).then_some(says)
}

fn check_version(first: Option<Piece<'_>>, text: &str) -> Result<(), Diagnostic> {
    let Some(line) = first else {
        return Err(Diagnostic::error("chart-no-version", "the chart is empty")
            .at(Piece {
                text: "",
                start: text.len(),
            }
            .span())
            .help("the first line is `chart 1`"));
    };
    let (word, version) = line.first_word();
    if word.text != "chart" {
        return Err(Diagnostic::error(
            "chart-no-version",
            "the first line does not give the version of the format",
        )
        .at(line.span())
        .help("the first line is `chart 1`"));
    }
    if version.text != VERSION {
        let at = if version.is_empty() { line } else { version };
        return Err(Diagnostic::error(
            "chart-version",
            format!("this program reads version {VERSION} of the format"),
        )
        .at(at.span())
        .help("the first line is `chart 1`"));
    }
    Ok(())
}

fn entry(line: Piece<'_>, vocabulary: &Vocabulary<'_>) -> Result<Line, Vec<Diagnostic>> {
    let (when, words) = match when::read(line) {
        Some((when, words)) => (when, words),
        None if line.after("fact").is_some() || earlier::opens(line) => {
            (Ok(When::On(DateBounds::UNKNOWN)), line)
        }
        None => return Err(vec![no_date(line)]),
    };
    let mut problems = Vec::new();
    // The words are read even when the date is wrong, so that all errors of a line come at once.
    let when = when.unwrap_or_else(|problem| {
        problems.push(problem);
        When::On(DateBounds::UNKNOWN)
    });
    let (said, cancer) = match words.after("fact") {
        Some(_) => (words, None),
        None => tie::read(words),
    };
    match content(when, said, cancer.clone(), vocabulary) {
        Ok((date, mut events)) if problems.is_empty() => {
            let left_out = tie::leave_out(cancer, &mut events);
            Ok(Line::Entry {
                date,
                text: line::words(words.text),
                events,
                left_out,
            })
        }
        Ok(_) => Err(problems),
        Err(more) => {
            problems.extend(more);
            Err(problems)
        }
    }
}

fn content(
    when: When,
    words: Piece<'_>,
    cancer: Option<Cancer>,
    vocabulary: &Vocabulary<'_>,
) -> Result<(DateBounds, Vec<Event>), Vec<Diagnostic>> {
    if words.is_empty() {
        return Err(vec![
            Diagnostic::error("chart-nothing-said", "nothing follows the date")
                .at(words.span())
                .help("write what happened, or remove the line"),
        ]);
    }
    if earlier::opens(words) {
        return earlier::read(when, words, vocabulary).map(|events| (DateBounds::UNKNOWN, events));
    }
    let is_fact = words.after("fact").is_some();
    let When::On(date) = when else {
        if is_fact || findings::opens(words, vocabulary) {
            return Err(vec![
                Diagnostic::error("chart-span", "only medicines have a span of days or a plan")
                    .at(words.span())
                    .help("write one date before a finding; `A/B` for a day somewhere between two"),
            ]);
        }
        return medicines::read(when, words, vocabulary);
    };
    if let Some(rest) = words.after("fact") {
        let event = statements::read(rest.trim(), vocabulary.bundle);
        return event
            .map(|event| (date, vec![event]))
            .map_err(|problem| vec![problem]);
    }
    if let Some(found) = findings::read(words, cancer, vocabulary) {
        return found.map(|events| (date, events));
    }
    if !medicines::meant(words, vocabulary) {
        return Err(findings::unknown_line(words, vocabulary));
    }
    medicines::read(when, words, vocabulary)
}

fn no_date(line: Piece<'_>) -> Diagnostic {
    let problem = Diagnostic::error("chart-no-date", format!("`{}` has no date", line.text));
    let (key, value) = line.first_word();
    if header::KEYS.contains(&key.text) {
        let help = format!("did you mean `{}: {}`?", key.text, value.text);
        return problem.at(line.span()).help(help);
    }
    problem
        .at(line.span())
        .help("begin the line with its date, with `?` where it is not known, or with `planned`")
}

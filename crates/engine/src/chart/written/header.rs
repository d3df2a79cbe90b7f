//! Who the chart is about: `patient: anna   born: 1971-05   sex: female`.

use super::nearest::nearest;
use super::piece::Piece;
use super::when::read_date;
use crate::chart::{Chart, Completeness, Sex, Source};
use waymark_criteria::{Diagnostic, SortedSet};

/// The keys of the header.
pub(super) const KEYS: [&str; 5] = ["patient", "born", "sex", "record", "note"];

/// The keys that a chart has given so far.
#[derive(Default)]
pub(super) struct Header {
    given: SortedSet<String>,
}

/// Whether a line consists of `key: value` pairs.
pub(super) fn is_header(line: Piece<'_>) -> bool {
    key(line.first_word().0).is_some()
}

/// The key of a word `key:` or `key:value`.
fn key(word: Piece<'_>) -> Option<Piece<'_>> {
    let (key, _) = word.text.split_once(':')?;
    let plain = !key.is_empty() && key.chars().all(|letter| letter.is_ascii_alphabetic());
    plain.then(|| word.split_at(key.len()).0)
}

impl Header {
    /// Reads the pairs of a line into the chart.
    pub(super) fn read(
        &mut self,
        number: usize,
        line: Piece<'_>,
        chart: &mut Chart,
        problems: &mut Vec<Diagnostic>,
    ) {
        for (key, value) in pairs(line) {
            if let Err(problem) = self.pair(number, key, value, chart) {
                problems.push(problem);
            }
        }
    }

    fn pair(
        &mut self,
        number: usize,
        key: Piece<'_>,
        value: Piece<'_>,
        chart: &mut Chart,
    ) -> Result<(), Diagnostic> {
        let name = key.text.to_ascii_lowercase();
        if !KEYS.contains(&name.as_str()) {
            let problem = Diagnostic::error(
                "chart-unknown-key",
                format!("`{}:` tells nothing of a patient", key.text),
            )
            .at(key.span());
            return Err(match nearest(&name, KEYS.into_iter()) {
                Some(known) => problem.help(format!("did you mean `{known}:`?")),
                None => problem.help(
                    "the keys are `patient:`, `born:`, `sex:`, `record:`, `note:`; other lines begin with a date, \
                     or with `?` where it is not known",
                ),
            });
        }
        if value.is_empty() {
            return Err(bad(
                key,
                "has no value",
                "write it after the colon, or leave out the key",
            ));
        }
        if name != "note" && !self.given.insert(name.clone()) {
            return Err(bad(key, "is given twice", "keep one of them"));
        }
        match name.as_str() {
            "patient" => value.text.clone_into(&mut chart.patient.id),
            "born" => {
                chart.patient.birth = read_date(value)?;
                chart.patient.birth_source = Some(Source {
                    record: format!("line {number}"),
                    text: format!("born: {}", value.text),
                    from_text: false,
                });
            }
            "sex" if value.is("female") => chart.patient.sex = Some(Sex::Female),
            "sex" if value.is("male") => chart.patient.sex = Some(Sex::Male),
            "sex" => {
                return Err(bad(
                    value,
                    "is not understood",
                    "write `female` or `male`, or leave it out",
                ));
            }
            "record" => {
                let words = value.text.split_whitespace().collect::<Vec<_>>().join(" ");
                let Some(record) = Completeness::from_word(&words.to_ascii_lowercase()) else {
                    return Err(bad(
                        value,
                        "is not understood",
                        "write `complete` when all conditions and therapies are here, `therapies complete` when all therapies are, `metastatic therapies complete` when those for metastatic disease are, else `partial`",
                    ));
                };
                chart.record = Some(record);
            }
            _ => {}
        }
        Ok(())
    }
}

/// Keys and values; a note takes the rest of its line.
fn pairs(line: Piece<'_>) -> Vec<(Piece<'_>, Piece<'_>)> {
    let mut starts: Vec<Piece<'_>> = Vec::new();
    let mut rest = line;
    loop {
        let (word, after) = rest.first_word();
        if word.is_empty() {
            break;
        }
        if let Some(key) = key(word) {
            // After the first, an unknown key counts as one only behind a gap of two spaces.
            let before = line.split_at(word.start - line.start).0.text;
            let known = KEYS
                .iter()
                .any(|known| key.text.eq_ignore_ascii_case(known));
            let gap = before.ends_with('\t') || before.ends_with("  ");
            if starts.is_empty() || known || gap {
                starts.push(key);
                if key.text.eq_ignore_ascii_case("note") {
                    break;
                }
            }
        }
        rest = after;
    }
    let end = line.start + line.text.len();
    let ends: Vec<usize> = starts
        .iter()
        .skip(1)
        .map(|key| key.start)
        .chain([end])
        .collect();
    let pairs = starts.into_iter().zip(ends).map(|(key, end)| {
        let from = key.start + key.text.len() + ":".len();
        let value = line
            .split_at(end - line.start)
            .0
            .split_at(from - line.start)
            .1;
        (key, value.trim())
    });
    pairs.collect()
}

fn bad(at: Piece<'_>, what: &str, help: &str) -> Diagnostic {
    Diagnostic::error("chart-bad-header", format!("`{}` {what}", at.text))
        .at(at.span())
        .help(help)
}

//! Lines of medicines: `neoadjuvant A + B: stopped, toxicity`.

use super::nearest::nearest;
use super::piece::Piece;
use super::vocabulary::Vocabulary;
use super::when::{End, When};
use crate::chart::{Drug, Event, Intent, StopReason, Therapy, TherapyStatus};
use waymark_criteria::{DateBounds, Diagnostic};

const INTENTS: [(&str, Intent); 4] = [
    ("neoadjuvant", Intent::Neoadjuvant),
    ("adjuvant", Intent::Adjuvant),
    ("curative", Intent::Curative),
    ("palliative", Intent::Metastatic),
];

const REASONS: [(&str, StopReason); 4] = [
    ("progression", StopReason::Progression),
    ("toxicity", StopReason::Toxicity),
    ("completed", StopReason::Completed),
    ("other reason", StopReason::Other),
];

const FIELDS: &str =
    "after the colon: `completed`, or `stopped`, with `progression`, `toxicity` or `other reason`";

/// The medicines of a line, all with the same dates and fields, and the date at which they stand in the chart.
///
/// # Errors
/// Every unknown medicine and every unknown or contradicting field.
pub(super) fn read(
    when: When,
    words: Piece<'_>,
    vocabulary: &Vocabulary<'_>,
) -> Result<(DateBounds, Vec<Event>), Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let intent = INTENTS
        .iter()
        .find_map(|(word, intent)| Some((*intent, words.after(word)?)));
    let (intent, list) = match intent {
        Some((intent, rest)) => (Some(intent), rest.trim()),
        None => (None, words),
    };
    let (drugs, fields) = drugs(list, vocabulary, &mut problems);
    let mut course = Course::of(when, intent);
    if let Some(fields) = fields {
        for field in fields.split(&[',', ';']) {
            course.field(field, &mut problems);
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let events = drugs.into_iter().map(|drug| {
        Event::Therapy(Therapy {
            drug,
            end: course.end,
            status: course.status,
            intent: course.intent,
            stopped: course.stopped,
        })
    });
    Ok((course.start, events.collect()))
}

/// What the medicines of one line share.
struct Course {
    start: DateBounds,
    end: Option<DateBounds>,
    status: TherapyStatus,
    open: bool,
    intent: Option<Intent>,
    stopped: Option<StopReason>,
}

impl Course {
    fn of(when: When, intent: Option<Intent>) -> Self {
        let (start, end, status) = match when {
            When::Planned(date) => (date, None, TherapyStatus::Planned),
            When::On(date) | When::Span(date, End::Open) => (date, None, TherapyStatus::Ongoing),
            When::Span(date, End::Unknown) => (date, None, TherapyStatus::Ended),
            When::Span(date, End::On(end)) => (date, Some(end), TherapyStatus::Ended),
        };
        Course {
            start,
            end,
            status,
            open: matches!(when, When::Span(_, End::Open)),
            intent,
            stopped: None,
        }
    }

    fn field(&mut self, field: Piece<'_>, problems: &mut Vec<Diagnostic>) {
        let reason = REASONS.iter().find(|(word, _)| field.is(word));
        let intent = INTENTS.iter().find(|(word, _)| field.is(word));
        if let Some((_, intent)) = intent {
            if self.intent.is_some_and(|known| known != *intent) {
                problems.push(contradicts(field, "another intent stands on this line"));
            }
            self.intent = Some(*intent);
        } else if field.is("ongoing") || field.is("ordered") {
            if self.status != TherapyStatus::Ongoing {
                problems.push(contradicts(
                    field,
                    "the line says that it is planned, ordered or over",
                ));
            } else if field.is("ordered") {
                self.status = TherapyStatus::Ordered;
            }
        } else if reason.is_some() || field.is("stopped") {
            let reason = reason.map(|(_, reason)| *reason);
            if self.status == TherapyStatus::Planned {
                problems.push(contradicts(field, "the line says that it is planned"));
            } else if self.open {
                problems.push(
                    contradicts(field, "the open span says that it goes on")
                        .help("write `..?` when the last day is not known"),
                );
            } else if let (Some(new), Some(known)) = (reason, self.stopped)
                && new != known
            {
                problems.push(contradicts(field, "another reason stands on this line"));
            }
            self.status = TherapyStatus::Ended;
            self.stopped = reason.or(self.stopped);
        } else {
            let known = REASONS.iter().map(|(word, _)| *word);
            let known = known.chain(INTENTS.iter().map(|(word, _)| *word));
            let known = known.chain(["stopped", "ongoing", "ordered"]);
            let help = match nearest(field.text, known) {
                Some(word) => format!("did you mean `{word}`? {FIELDS}"),
                None => FIELDS.to_owned(),
            };
            let shown = if field.is_empty() {
                "nothing"
            } else {
                field.text
            };
            problems.push(
                Diagnostic::error(
                    "chart-unknown-field",
                    format!("`{shown}` does not tell how a medicine was given or ended"),
                )
                .at(field.span())
                .help(help),
            );
        }
    }
}

fn contradicts(field: Piece<'_>, why: &str) -> Diagnostic {
    Diagnostic::error(
        "chart-contradiction",
        format!("`{}` contradicts the rest of the line: {why}", field.text),
    )
    .at(field.span())
}

const SEPARATORS: [char; 5] = ['+', '/', ',', ';', '&'];

/// The medicines up to the colon or the end, and what follows the colon.
fn drugs<'t>(
    list: Piece<'t>,
    vocabulary: &Vocabulary<'_>,
    problems: &mut Vec<Diagnostic>,
) -> (Vec<Drug>, Option<Piece<'t>>) {
    let mut drugs = Vec::new();
    let mut rest = list.trim();
    loop {
        rest = drug(rest, vocabulary, &mut drugs, problems);
        if let Some(fields) = rest.after_sign(&[':']) {
            return (drugs, Some(fields));
        }
        match separated(rest) {
            Some(tail) => rest = tail,
            None => return (drugs, None),
        }
    }
}

/// Reads one medicine; returns the rest, which begins with a separator, a colon, or not at all.
fn drug<'t>(
    piece: Piece<'t>,
    vocabulary: &Vocabulary<'_>,
    drugs: &mut Vec<Drug>,
    problems: &mut Vec<Diagnostic>,
) -> Piece<'t> {
    if let Some(name) = after_other(piece) {
        let (name, rest) = until_separator(name);
        if name.is_empty() {
            problems.push(
                Diagnostic::error("chart-unknown-medicine", "`other:` names no medicine")
                    .at(piece.span())
                    .help("write the name after it: `other: NAME`"),
            );
        }
        once(drugs, Drug::Unrecognised(name.text.to_owned()));
        return rest;
    }
    let Some((id, rest)) = vocabulary.medicine(piece) else {
        let (name, rest) = until_separator(piece);
        problems.push(unknown(name, vocabulary));
        return rest;
    };
    once(drugs, Drug::Known(id.to_owned()));
    let rest = rest.trim();
    if rest.is_empty() || rest.text.starts_with(':') || separated(rest).is_some() {
        return rest;
    }
    let (extra, rest) = until_separator(rest);
    problems.push(
        Diagnostic::error(
            "chart-unexpected",
            format!("`{}` follows a medicine without a sign between", extra.text),
        )
        .at(extra.span())
        .help("`+` stands between medicines, `:` before how they ended, `#` before a comment"),
    );
    rest
}

/// Two names of one medicine (substance and brand, say) are one medicine.
fn once(drugs: &mut Vec<Drug>, drug: Drug) {
    if !drugs.contains(&drug) {
        drugs.push(drug);
    }
}

fn separated(piece: Piece<'_>) -> Option<Piece<'_>> {
    let word = || piece.after_any(&["and", "with"]).map(Piece::trim);
    piece.after_sign(&SEPARATORS).or_else(word)
}

fn after_other(piece: Piece<'_>) -> Option<Piece<'_>> {
    piece.after("other")?.trim().after_sign(&[':'])
}

/// A name up to the next sign, and the rest from it on.
fn until_separator(piece: Piece<'_>) -> (Piece<'_>, Piece<'_>) {
    let sign = |letter: char| letter == ':' || SEPARATORS.contains(&letter);
    let end = piece.text.find(sign).unwrap_or(piece.text.len());
    let (name, rest) = piece.split_at(end);
    (name.trim(), rest)
}

/// Whether the words are meant as medicines: they begin with one or nearly so, or have the form of such a line.
pub(super) fn meant(words: Piece<'_>, vocabulary: &Vocabulary<'_>) -> bool {
    let intent = INTENTS.iter().any(|(word, _)| words.after(word).is_some());
    intent
        || words.text.contains('+')
        || after_other(words).is_some()
        || vocabulary.medicine(words).is_some()
        || nearest(until_separator(words).0.text, vocabulary.medicine_names()).is_some()
}

/// The error for a name that is no medicine of the knowledge base.
fn unknown(name: Piece<'_>, vocabulary: &Vocabulary<'_>) -> Diagnostic {
    if name.is_empty() {
        return Diagnostic::error("chart-unknown-medicine", "a medicine is missing here")
            .at(name.span())
            .help("medicines stand with `+` between them");
    }
    let other = format!(
        "write `other: {}` for a medicine that the knowledge base does not have",
        name.text
    );
    let help = match nearest(name.text, vocabulary.medicine_names()) {
        Some(known) => format!("did you mean `{known}`? {other}"),
        None => other,
    };
    Diagnostic::error(
        "chart-unknown-medicine",
        format!("`{}` is no medicine of the knowledge base", name.text),
    )
    .at(name.span())
    .help(help)
}

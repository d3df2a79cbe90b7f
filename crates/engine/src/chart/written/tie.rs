//! `cancer=NAME` at the end of a line: which of two cancers it is about.

use super::piece::Piece;
use crate::chart::{Cancer, Event};

/// The line without `cancer=NAME` at its end, and that cancer.
pub(super) fn read(words: Piece<'_>) -> (Piece<'_>, Option<Cancer>) {
    let last = words.text.rfind(char::is_whitespace).unwrap_or(0);
    let (head, word) = words.split_at(last);
    let word = word.trim();
    match word.text.strip_prefix("cancer=") {
        Some(name) if !name.is_empty() => {
            let name = word.split_at(word.text.len() - name.len()).1;
            (head.trim(), Some(named(name)))
        }
        Some(_) | None => (words, None),
    }
}

/// The cancer of that name.
pub(super) fn named(name: Piece<'_>) -> Cancer {
    if name.is("breast") {
        Cancer::Breast
    } else if name.is("unspecified") {
        Cancer::Unspecified
    } else if name.is("not-on-record") {
        Cancer::NotOnRecord
    } else {
        Cancer::Other(name.text.to_owned())
    }
}

/// Removes what a chart can only say of the breast cancer, when the line is of another one; returns what that was.
pub(super) fn leave_out(cancer: Option<Cancer>, events: &mut Vec<Event>) -> Option<String> {
    let Some(Cancer::Other(name)) = cancer else {
        return None;
    };
    let before = events.len();
    events.retain(|event| {
        !matches!(
            event,
            Event::Therapy(_) | Event::LocalTherapy(_) | Event::Status(_) | Event::Earlier(_)
        )
    });
    (events.len() < before).then(|| format!("treatment or course of another cancer: {name}"))
}

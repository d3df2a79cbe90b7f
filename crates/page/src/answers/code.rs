//! Answers as a short code for links and forms, and as the file that a person keeps.

use super::{Answers, Given, VERSION};
use crate::json::Json;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use waymark_engine::Bundle;
use waymark_engine::bundle::{Answer, AnswerForm, Question};

/// What a code or file gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// The answers that this knowledge understands.
    pub answers: Answers,
    /// Ids of questions of which an answer was put into today's words: who gave it may want to look.
    pub carried: Vec<String>,
    /// Ids of questions whose answers it does not: they were changed since, or hold more than their form allows.
    pub dropped: Vec<String>,
}

/// A code or file that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damaged {
    /// Part of it is missing or changed.
    Unreadable,
    /// It was made by a later version.
    Newer,
}

/// Longer codes are refused unread; hundreds of treatments fit.
const LONGEST: usize = 64 * 1024;

impl Answers {
    /// The code: version, a dot, and base64url of the file.
    #[must_use]
    pub fn code(&self) -> String {
        format!("{VERSION}.{}", URL_SAFE_NO_PAD.encode(self.file()))
    }

    /// The file, as JSON.
    #[must_use]
    pub fn file(&self) -> String {
        let mut file = String::new();
        self.json().write(&mut file);
        file
    }

    /// Reads a code, or the text of a file; of nothing, no answers.
    ///
    /// # Errors
    /// When it is damaged, or of a later version.
    pub fn restore(code: &str, bundle: &Bundle) -> Result<Restored, Damaged> {
        let code = code.trim();
        if code.is_empty() {
            return Ok(Restored::default());
        }
        if code.len() > LONGEST {
            return Err(Damaged::Unreadable);
        }
        let read = if code.starts_with('{') {
            code.to_owned()
        } else {
            let (version, body) = code.split_once('.').ok_or(Damaged::Unreadable)?;
            let version: u32 = version.parse().map_err(|_| Damaged::Unreadable)?;
            if version > VERSION {
                return Err(Damaged::Newer);
            }
            let body = URL_SAFE_NO_PAD.decode(body.trim_end_matches('='));
            let body = body.ok().and_then(|it| String::from_utf8(it).ok());
            body.ok_or(Damaged::Unreadable)?
        };
        let fields = Json::read(&read).and_then(Json::object);
        let mut fields = fields.ok_or(Damaged::Unreadable)?;
        let version = fields.take("waymark").and_then(Json::number);
        let version = version.ok_or(Damaged::Unreadable)?;
        if version > VERSION {
            return Err(Damaged::Newer);
        }
        let answers = Answers::of_version(version, fields).ok_or(Damaged::Unreadable)?;
        Ok(answers.understood(bundle))
    }

    /// What this knowledge understands of the answers.
    fn understood(mut self, bundle: &Bundle) -> Restored {
        self.waymark = VERSION;
        let (mut carried, mut dropped) = (Vec::new(), Vec::new());
        for (id, mut given) in std::mem::take(&mut self.answers) {
            let before = given.chosen.clone();
            given.brought_up_to_date(&id, bundle);
            let changed = given.chosen != before;
            let emptied = changed && given.chosen.is_empty() && given.treatments.is_empty();
            if emptied || !given.is_understood(&id, bundle) {
                dropped.push(id);
                continue;
            }
            if changed {
                carried.push(id.clone());
            }
            self.answers.insert(id, given);
        }
        Restored {
            answers: self,
            carried,
            dropped,
        }
    }
}

impl Given {
    /// Puts the answers of today in the place of those that are offered no more.
    fn brought_up_to_date(&mut self, id: &str, bundle: &Bundle) {
        let mut questions = bundle.content().questions.iter();
        let Some(question) = questions.find(|question| question.id == *id) else {
            return;
        };
        let row = |id: &String| {
            let answer = question.answers.iter().find(|it| it.id == *id);
            answer.and_then(|it| it.row.as_ref())
        };
        let told = self.chosen.clone();
        let chose = |id: &String| told.contains(id);
        for retired in question.retired.iter().filter(|it| chose(&it.id)) {
            self.chosen.retain(|it| *it != retired.id);
            if !retired.beside_any_of.iter().any(chose) || retired.beside_none_of.iter().any(chose)
            {
                continue;
            }
            let open = |id: &&String| {
                !told
                    .iter()
                    .any(|other| row(other).is_some() && row(other) == row(id))
            };
            let becomes = retired.becomes.iter().filter(open).cloned();
            self.chosen.extend(becomes);
        }
    }

    fn is_understood(&self, id: &str, bundle: &Bundle) -> bool {
        let questions = &bundle.content().questions;
        let Some(question) = questions.iter().find(|question| question.id == *id) else {
            return false;
        };
        let known = |answer: &String| question.answers.iter().any(|it| it.id == *answer);
        let medicine = |id: &String| match id.strip_prefix("kind:") {
            Some(kind) => {
                let mut groups = question.groups.iter();
                groups.any(|group| group.id == kind && group.kind_alone.is_some())
            }
            None => bundle.medicine(id).is_some(),
        };
        let month = |month: &Option<String>| month.as_deref().is_none_or(is_month);
        let treatments = question.answer == AnswerForm::Treatments || self.treatments.is_empty();
        treatments
            && self.chosen.iter().all(known)
            && fits_form(question, &self.chosen)
            && self.treatments.iter().all(|treatment| {
                !treatment.medicines.is_empty()
                    && treatment.medicines.iter().all(medicine)
                    && month(&treatment.from)
                    && month(&treatment.to)
            })
    }
}

/// Whether no more was chosen than the form of the question lets a person choose.
pub(super) fn fits_form(question: &Question, chosen: &[String]) -> bool {
    let answers = question.answers.iter();
    let chosen: Vec<&Answer> = answers.filter(|it| chosen.contains(&it.id)).collect();
    let whole = match question.answer {
        AnswerForm::One | AnswerForm::Treatments => chosen.len() <= 1,
        AnswerForm::UpToThree => chosen.len() <= 3,
        AnswerForm::Any => true,
    };
    let mut rows = question.rows.iter();
    whole
        && rows.all(|row| {
            let of_row = |it: &&&Answer| it.row.as_ref() == Some(&row.id);
            chosen.iter().filter(of_row).count() <= 1
        })
}

/// A year, or a year and month.
pub(super) fn is_month(text: &str) -> bool {
    let is_digits =
        |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('-') {
        Some((year, month)) => {
            is_digits(year, 4) && is_digits(month, 2) && ("01"..="12").contains(&month)
        }
        None => is_digits(text, 4),
    }
}

//! What a form sends, as an answer.

use super::code::{fits_form, is_month};
use super::written::standing;
use super::{Answers, Ended, Given, Treatment};
use crate::Fields;
use waymark_engine::bundle::{AnswerForm, Question, Row};

impl Answers {
    /// Takes the answer to a question from the fields of a form: a field of the question's id for each answer chosen, in a row
    /// the [field of it](row_field), and for treatments `medicine`, `ended`, `from-year`, `from-month`, `to-year`,
    /// `to-month`, and `remove` with a place from 1.
    pub(crate) fn take(&mut self, question: &Question, fields: &Fields<'_>) {
        let mut given = Given::default();
        let mut sent: Vec<&str> = fields.all(&question.id).collect();
        for row in &question.rows {
            sent.extend(fields.all(&row_field(&question.id, row)));
        }
        let mut chosen: Vec<_> = question
            .answers
            .iter()
            .filter(|answer| sent.contains(&&*answer.id))
            .collect();
        standing(&mut chosen);
        match question.answer {
            AnswerForm::UpToThree => chosen.truncate(3),
            AnswerForm::One | AnswerForm::Treatments | AnswerForm::Any => {}
        }
        given.chosen = chosen.iter().map(|answer| answer.id.clone()).collect();
        // No browser sends two answers where one is chosen: neither of them counts.
        if !fits_form(question, &given.chosen) {
            given.chosen.clear();
        }
        match question.answer {
            AnswerForm::One | AnswerForm::Any | AnswerForm::UpToThree => {}
            AnswerForm::Treatments => {
                let before = self.get(&question.id);
                given.treatments = before.map_or_else(Vec::new, |it| it.treatments.clone());
                let removed = fields
                    .get("remove")
                    .and_then(|place| place.parse::<usize>().ok());
                if let Some(place) = removed.and_then(|place| place.checked_sub(1))
                    && place < given.treatments.len()
                {
                    given.treatments.remove(place);
                }
                given.treatments.extend(treatment(question, fields));
            }
        }
        self.answers.insert(question.id.clone(), given);
    }
}

/// The name of the field of a row, from that of its question: of one name, one choice is sent.
pub(crate) fn row_field(question: &str, row: &Row) -> String {
    format!("{question}.{}", row.id)
}

fn treatment(question: &Question, fields: &Fields<'_>) -> Option<Treatment> {
    let known = |id: &str| {
        question
            .groups
            .iter()
            .any(|group| match id.strip_prefix("kind:") {
                Some(kind) => group.id == kind && group.kind_alone.is_some(),
                None => group.medicines.iter().any(|medicine| medicine == id),
            })
    };
    let medicines: Vec<String> = fields
        .all("medicine")
        .filter(|id| known(id))
        .map(str::to_owned)
        .collect();
    if medicines.is_empty() {
        return None;
    }
    let ended = fields.get("ended").unwrap_or("");
    let ended = Ended::of_word(ended);
    Some(Treatment {
        medicines,
        ended: ended.unwrap_or_default(),
        from: fields.month("from-"),
        to: fields.month("to-"),
    })
}

impl Fields<'_> {
    /// A month, or a year alone, from `year` and `month` behind a prefix; nothing where it is none.
    fn month(&self, prefix: &str) -> Option<String> {
        let year = self.get(&format!("{prefix}year"))?.trim().to_owned();
        let month = self.get(&format!("{prefix}month")).unwrap_or("").trim();
        let told = match month.parse::<u32>() {
            Ok(month) => format!("{year}-{month:02}"),
            Err(_) => year,
        };
        is_month(&told).then_some(told)
    }
}

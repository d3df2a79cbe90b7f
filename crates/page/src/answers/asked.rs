//! Which questions are asked, and in what order.

use super::Answers;
use std::collections::BTreeSet;
use waymark_engine::Bundle;
use waymark_engine::bundle::{OnlyAfter, Question};

/// The questions that this person was asked and is still to be asked, in their order.
pub struct Path<'g> {
    questions: Vec<&'g Question>,
    answered: BTreeSet<&'g str>,
}

impl<'g> Path<'g> {
    /// The path, given the ids of facts that can still change an answer of the guide.
    #[must_use]
    pub fn of(bundle: &'g Bundle, answers: &Answers, open: &BTreeSet<&str>) -> Self {
        let mut questions = following(bundle, answers);
        questions.retain(|question| {
            question.always
                || answers.get(&question.id).is_some()
                || question.settles.iter().any(|fact| open.contains(&**fact))
        });
        let answered = questions.iter().map(|question| &*question.id);
        let answered = answered.filter(|id| answers.get(id).is_some()).collect();
        Path {
            questions,
            answered,
        }
    }

    /// The questions.
    #[must_use]
    pub fn questions(&self) -> &[&'g Question] {
        &self.questions
    }

    /// How many of them were answered.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.answered.len()
    }

    /// The first that is unanswered behind this one, else the first unanswered of all.
    #[must_use]
    pub fn next(&self, after: Option<&str>) -> Option<&'g Question> {
        let open = |question: &&&'g Question| !self.answered.contains(&*question.id);
        let place = after.and_then(|id| self.place(id)).unwrap_or(0);
        let behind = self.questions.iter().skip(place).find(open);
        behind.or_else(|| self.questions.iter().find(open)).copied()
    }

    /// The question before this one.
    #[must_use]
    pub fn before(&self, id: &str) -> Option<&'g Question> {
        let place = self.place(id)?.checked_sub(2)?;
        self.questions.get(place).copied()
    }

    /// The place of a question, from 1.
    #[must_use]
    pub fn place(&self, id: &str) -> Option<usize> {
        let place = self
            .questions
            .iter()
            .position(|question| question.id == id)?;
        Some(place + 1)
    }
}

/// The questions that follow from the answers, in their order. What was answered to one that does not follow any more,
/// because an earlier answer was changed, counts for nothing.
pub(super) fn following<'g>(bundle: &'g Bundle, answers: &Answers) -> Vec<&'g Question> {
    let mut questions: Vec<&Question> = bundle.content().questions.iter().collect();
    questions.sort_by_key(|question| (question.order, &question.id));
    let mut following: Vec<&Question> = Vec::new();
    for question in questions {
        let chose = |after: &OnlyAfter, id: &String| {
            let asked = following.iter().any(|earlier| earlier.id == after.question);
            asked && answers.chose(&after.question, id)
        };
        let holds = |after: &OnlyAfter| {
            let chose = |id: &String| chose(after, id);
            (after.any_of.is_empty() || after.any_of.iter().any(chose))
                && !after.none_of.iter().any(chose)
        };
        if question.only_after.iter().all(holds) {
            following.push(question);
        }
    }
    following
}

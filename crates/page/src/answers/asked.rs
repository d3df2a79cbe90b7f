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
        let mut questions: Vec<&Question> = bundle.content().questions.iter().collect();
        questions.sort_by_key(|question| (question.order, &question.id));
        questions.retain(|question| {
            let follows = question.only_after.iter().all(|it| holds(it, answers));
            let tells = question.always
                || answers.get(&question.id).is_some()
                || question.settles.iter().any(|fact| open.contains(&**fact));
            follows && tells
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

/// Whether the answers to an earlier question are those that a later one is asked after.
fn holds(after: &OnlyAfter, answers: &Answers) -> bool {
    let chose = |id: &String| answers.chose(&after.question, id);
    (after.any_of.is_empty() || after.any_of.iter().any(chose)) && !after.none_of.iter().any(chose)
}

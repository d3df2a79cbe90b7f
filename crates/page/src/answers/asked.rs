//! Which questions are asked, and in what order.

use super::Answers;
use waymark_criteria::SortedSet;
use waymark_engine::Bundle;
use waymark_engine::bundle::{OnlyAfter, Question};

/// The order of questions that stand on the start page.
pub(crate) const ON_START: u32 = 0;

/// The questions that this person was asked and is still to be asked, in their order and page by page.
pub struct Path<'g> {
    on_start: Vec<&'g Question>,
    pages: Vec<Vec<&'g Question>>,
    on_request: Vec<&'g Question>,
    answered: SortedSet<&'g str>,
}

impl<'g> Path<'g> {
    /// The path, given the ids of facts that can still change an answer of the guide.
    #[must_use]
    pub fn of(bundle: &'g Bundle, answers: &Answers, open: &SortedSet<&str>) -> Self {
        let mut questions = following(bundle, answers);
        questions.retain(|question| {
            question.always
                || answers.get(&question.id).is_some()
                || question.settles.iter().any(|fact| open.contains(&**fact))
        });
        let answered: SortedSet<&str> = questions
            .iter()
            .filter(|question| answers.get(&question.id).is_some())
            .map(|question| &*question.id)
            .collect();
        let (on_request, asked): (Vec<_>, Vec<_>) = questions
            .into_iter()
            .partition(|question| question.on_request && !answered.contains(&*question.id));
        let on_start = |it: &&Question| it.order == ON_START && answered.contains(&*it.id);
        let (on_start, asked) = asked.into_iter().partition::<Vec<_>, _>(on_start);
        let together =
            |one: &&Question, next: &&Question| one.page.is_some() && one.page == next.page;
        Path {
            on_start,
            pages: asked.chunk_by(together).map(<[_]>::to_vec).collect(),
            on_request,
            answered,
        }
    }

    /// The questions.
    pub fn questions(&self) -> impl Iterator<Item = &'g Question> {
        self.on_start
            .iter()
            .chain(self.pages.iter().flatten())
            .copied()
    }

    /// What may be told beside them by who wants to: it could still change an answer of the guide.
    #[must_use]
    pub fn on_request(&self) -> &[&'g Question] {
        &self.on_request
    }

    /// How many pages of questions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether there is nothing to ask.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// How many of the pages were answered.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.pages.iter().filter(|page| !self.is_open(page)).count()
    }

    /// The first page with an unanswered question behind that of this question, else the first of all.
    #[must_use]
    pub fn next(&self, after: Option<&str>) -> Option<&[&'g Question]> {
        let place = after.and_then(|id| self.place(id)).unwrap_or(0);
        let open = |page: &&Vec<&'g Question>| self.is_open(page);
        let behind = self.pages.iter().skip(place).find(open);
        behind
            .or_else(|| self.pages.iter().find(open))
            .map(Vec::as_slice)
    }

    /// The page on which a question stands.
    #[must_use]
    pub fn page(&self, id: &str) -> Option<&[&'g Question]> {
        let place = self.place(id)?.checked_sub(1)?;
        self.pages.get(place).map(Vec::as_slice)
    }

    /// The first question of the page before that of this question.
    #[must_use]
    pub fn before(&self, id: &str) -> Option<&'g Question> {
        let place = self.place(id)?.checked_sub(2)?;
        self.pages.get(place)?.first().copied()
    }

    /// The place of the page of a question, from 1.
    #[must_use]
    pub fn place(&self, id: &str) -> Option<usize> {
        let on_it = |page: &Vec<&Question>| page.iter().any(|question| question.id == id);
        Some(self.pages.iter().position(on_it)? + 1)
    }

    fn is_open(&self, page: &[&Question]) -> bool {
        page.iter()
            .any(|question| !self.answered.contains(&*question.id))
    }
}

/// The questions that follow from the answers, in their order. What was answered to one that does not follow any more,
/// because an earlier answer was changed, counts for nothing. What follows from no answer at all to an earlier question is
/// asked in its place: not beside it, also where that one was passed over.
pub(super) fn following<'g>(bundle: &'g Bundle, answers: &Answers) -> Vec<&'g Question> {
    let mut questions: Vec<&Question> = bundle.content().questions.iter().collect();
    questions.sort_by_key(|question| (question.order, &question.id));
    let mut following: Vec<&Question> = Vec::new();
    for question in questions {
        let chose = |after: &OnlyAfter, id: &String| {
            let asked = following.iter().any(|earlier| earlier.id == after.question);
            asked && answers.chose(&after.question, id)
        };
        let beside = |after: &OnlyAfter| {
            let earlier = following.iter().find(|it| it.id == after.question);
            let leads = |earlier: &&Question| {
                let mut answers = earlier.answers.iter();
                answers.any(|answer| !after.none_of.contains(&answer.id))
            };
            earlier.is_none_or(leads)
        };
        let holds = |after: &OnlyAfter| {
            let chose = |id: &String| chose(after, id);
            beside(after)
                && (after.any_of.is_empty() || after.any_of.iter().any(chose))
                && !after.none_of.iter().any(chose)
        };
        if question.only_after.iter().all(holds) {
            following.push(question);
        }
    }
    following
}

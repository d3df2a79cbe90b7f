//! What matters to the person, in the words that they chose, with room to add.

use super::view::View;
use maud::{Markup, html};
use waymark_engine::bundle::{AnswerForm, Tells};

/// What was chosen, in the words of the question. It chooses words and questions, never options or their order.
pub(crate) fn chosen<'g>(view: &View<'_, 'g, '_>) -> Vec<crate::Said<'g>> {
    let words = view.words();
    let questions = view.bundle().content().questions.iter();
    let values = questions.filter(|it| it.answer == AnswerForm::UpToThree);
    values
        .flat_map(|question| {
            question
                .answers
                .iter()
                .map(move |answer| (question, answer))
        })
        .filter(|(question, answer)| {
            answer.tells == Tells::Something && view.reading.answers.chose(&question.id, &answer.id)
        })
        .map(|(question, answer)| {
            let field = format!("answers.{}.label", answer.id);
            words.said("question", &question.id, &field, &answer.label)
        })
        .collect()
}

pub(super) fn matters(view: &View<'_, '_, '_>) -> Markup {
    let words = view.words();
    let chosen = chosen(view);
    html! {
        @if chosen.is_empty() {
            p { (words.text("result.matters-none")) }
            (view.tell(AnswerForm::UpToThree, "result.matters-tell"))
        } @else {
            p { (words.text("result.matters-lead")) }
            ul { @for it in &chosen { li { (words.span(*it)) } } }
        }
        p { (words.text("result.matters-never")) }
        label.own {
            span { (words.text("result.matters-add")) }
            textarea name="own" form="asks" rows="3" autocomplete="off" {}
        }
    }
}

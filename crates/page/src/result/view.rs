//! What every part of the page draws from.

use super::numbers::Depth;
use crate::ask::go;
use crate::cite::Notes;
use crate::respond::Context;
use crate::words::Said;
use crate::{Reading, Words};
use maud::{Markup, html};
use waymark_engine::Bundle;
use waymark_engine::bundle::{About, AnswerForm, FactEntry, Guidance, Medicine, Regimen, Topic};
use waymark_engine::wire;

/// One person's reading, the words to tell it in, and how much of it the reader has opened.
pub(crate) struct View<'v, 'g, 'r> {
    pub(crate) context: &'v Context<'g, 'r>,
    pub(crate) reading: &'v Reading<'g>,
    pub(crate) depth: Depth,
    pub(crate) notes: Notes,
}

/// A plain answer of an entry, with the entry by which its translation is found.
#[derive(Clone, Copy)]
pub(crate) struct Answered<'g> {
    pub(crate) kind: &'static str,
    pub(crate) id: &'g str,
    pub(crate) about: &'g About,
}

impl<'v, 'g, 'r> View<'v, 'g, 'r> {
    pub(crate) fn of(context: &'v Context<'g, 'r>, reading: &'v Reading<'g>) -> Self {
        View {
            context,
            reading,
            depth: Depth::of(&context.request.fields),
            notes: Notes::default(),
        }
    }

    pub(crate) fn words(&self) -> Words<'g> {
        self.context.words
    }

    pub(crate) fn bundle(&self) -> &'g Bundle {
        &self.context.guide.bundle
    }

    /// A link to the note of a source; `unverified` says that what it stands behind rests on memory.
    pub(crate) fn cite(&self, source: &str, unverified: bool) -> Markup {
        self.notes.cite(self.context, source, unverified)
    }

    /// The entry of a piece of guidance.
    pub(crate) fn guidance(&self, id: &str) -> Option<&'g Guidance> {
        let all = &self.bundle().content().guidance;
        all.iter().find(|entry| entry.id == id)
    }

    /// The entry of a fact.
    pub(crate) fn fact(&self, id: &str) -> Option<&'g FactEntry> {
        let all = &self.bundle().content().facts;
        all.iter().find(|entry| entry.id == id)
    }

    /// Whether a person is asked for another fact first, which is still open.
    pub(crate) fn is_asked_later(&self, fact: &str) -> bool {
        let first = self.fact(fact).and_then(|fact| fact.asked_after.as_ref());
        let open = |first: &String| {
            let first = self.reading.fact(first);
            first.is_some_and(|it| it.value == wire::Scalar::Null)
        };
        first.is_some_and(open)
    }

    /// A button to the question of a form, where this person is asked it.
    pub(crate) fn tell(&self, form: AnswerForm, key: &str) -> Markup {
        let path = self.reading.path();
        let mut asked = path
            .questions()
            .filter(|_| self.context.request.chart.is_none());
        asked.find(|it| it.answer == form).map_or_else(
            || html! {},
            |it| {
                let code = self.reading.answers.code();
                go(
                    self.context,
                    &code,
                    &format!("q/{}", it.id),
                    "secondary",
                    self.words().text(key),
                )
            },
        )
    }

    /// A sentence of a plain answer.
    pub(crate) fn answer(&self, it: Answered<'g>) -> Said<'g> {
        let field = format!("about.{}.text", it.about.id);
        self.words().said(it.kind, it.id, &field, &it.about.text)
    }
}

/// The medicines of a therapy, those of which one is given included.
pub(crate) fn medicines<'g>(bundle: &'g Bundle, regimen: &'g Regimen) -> Vec<&'g Medicine> {
    let ids = regimen
        .medicines
        .iter()
        .chain(regimen.one_of.iter().flatten());
    ids.filter_map(|id| bundle.medicine(id)).collect()
}

/// What is answered of a therapy: its own answers, then those of the medicines that are always in it.
pub(crate) fn of_regimen<'g>(bundle: &'g Bundle, regimen: &'g Regimen) -> Vec<Answered<'g>> {
    let own = regimen.about.iter().map(|about| Answered {
        kind: "regimen",
        id: &regimen.id,
        about,
    });
    let medicines = regimen
        .medicines
        .iter()
        .filter_map(|id| bundle.medicine(id));
    let theirs = medicines.flat_map(|medicine| {
        medicine.about.iter().map(|about| Answered {
            kind: "medicine",
            id: &medicine.id,
            about,
        })
    });
    own.chain(theirs).collect()
}

/// What is answered of a piece of guidance.
pub(crate) fn of_guidance(guidance: &Guidance) -> Vec<Answered<'_>> {
    let own = guidance.about.iter().map(|about| Answered {
        kind: "guidance",
        id: &guidance.id,
        about,
    });
    own.collect()
}

/// Those answers that are about a topic.
pub(crate) fn on<'g>(answers: &[Answered<'g>], topic: Topic) -> Vec<Answered<'g>> {
    let mut found: Vec<Answered<'g>> = answers.to_vec();
    found.retain(|it| it.about.topic == topic);
    found
}

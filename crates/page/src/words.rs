//! The sentences of a language: those of the page, and those of the entries of the knowledge.

use crate::Guide;
use maud::{Markup, Render, html};
use waymark_engine::bundle::{FactEntry, Translated, Translation};

/// Two-letter code of the language in which knowledge is written.
pub const ENGLISH: &str = "en";

/// A language, and everything that is said in it.
#[derive(Clone, Copy)]
pub struct Words<'g> {
    guide: &'g Guide,
    language: &'g str,
    translation: Option<&'g Translation>,
}

/// A sentence of an entry in the reader's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said<'g> {
    /// What is shown.
    pub text: &'g str,
    /// The language that it is in.
    pub language: &'g str,
    /// The English, where what is shown is a translation that nobody signed.
    pub unsigned: Option<&'g str>,
}

impl Render for Said<'_> {
    fn render(&self) -> Markup {
        html! { (self.text) }
    }
}

impl<'g> Words<'g> {
    /// The words of a language; English where the guide has none in it.
    pub(crate) fn of(guide: &'g Guide, language: &str) -> Self {
        let known = guide.site.languages.iter().find(|it| *it == language);
        let language = known.map_or(ENGLISH, String::as_str);
        let translation = guide.translations.iter().find(|it| it.language == language);
        Words {
            guide,
            language,
            translation,
        }
    }

    /// Two-letter code.
    #[must_use]
    pub fn language(&self) -> &'g str {
        self.language
    }

    /// Whether a sentence of this language is a draft that no named reviewer has signed.
    #[must_use]
    pub fn is_draft(&self) -> bool {
        let mut sentences = self.translation.iter().flat_map(|it| it.sentences.values());
        sentences.any(|sentence| !sentence.signed)
    }

    /// A sentence of the page by `part.key`. A key that the knowledge lacks is shown as it is; a test looks for those.
    #[must_use]
    pub fn text<'k>(&self, key: &'k str) -> &'k str
    where
        'g: 'k,
    {
        self.find(key).unwrap_or(key)
    }

    /// The same with `{name}` filled in.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.text(key).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// One of two sentences, `key.one` or `key.many`, with `{n}` filled in.
    #[must_use]
    pub fn count(&self, key: &str, n: usize) -> String {
        let form = if n == 1 { "one" } else { "many" };
        self.fill(&format!("{key}.{form}"), &[("n", &n.to_string())])
    }

    /// A sentence of the page, if the knowledge has it.
    pub(crate) fn find(&self, key: &str) -> Option<&'g str> {
        let (part, key) = key.split_once('.')?;
        let wordings = &self.guide.bundle.content().wordings;
        let english = wordings.iter().find(|it| it.id == part)?.texts.get(key)?;
        let translated = self
            .translated("wording", part, &format!("texts.{key}"))
            .map(|it| it.text.as_str());
        Some(translated.unwrap_or(english))
    }

    fn translated(&self, kind: &str, id: &str, field: &str) -> Option<&'g Translated> {
        self.translation?.get(kind, id, field)
    }

    /// A sentence of an entry, by the kind, id and field of [`waymark_engine::bundle::translation::key`].
    #[must_use]
    pub fn said(&self, kind: &str, id: &str, field: &str, english: &'g str) -> Said<'g> {
        match self.translated(kind, id, field) {
            Some(translated) => Said {
                text: &translated.text,
                language: self.language,
                unsigned: (!translated.signed).then_some(english),
            },
            None => Said {
                text: english,
                language: ENGLISH,
                unsigned: None,
            },
        }
    }

    /// The question that settles a fact, in a patient's words where it has them.
    #[must_use]
    pub fn ask(&self, fact: &'g FactEntry) -> Said<'g> {
        let (field, english) = match &fact.ask {
            Some(ask) => ("ask", ask),
            None => ("question", &fact.question),
        };
        self.said("fact", &fact.id, field, english)
    }

    /// Part of a paragraph in the words of an entry; says so where its language is another than the page's.
    #[must_use]
    pub fn span(&self, said: Said<'_>) -> Markup {
        if said.language == self.language {
            html! { (said.text) }
        } else {
            html! { span lang=(said.language) { (said.text) } }
        }
    }

    /// A sentence on safety: beside an unsigned translation stands the English.
    #[must_use]
    pub fn safe(&self, said: Said<'_>) -> Markup {
        html! {
            (self.span(said))
            @if let Some(english) = said.unsigned { " " span.english lang=(ENGLISH) { "(" (english) ")" } }
        }
    }

    /// A day or part of one, `2026-05-15`, `2026-05` or `2026`, as a reader writes it.
    #[must_use]
    pub fn date(&self, date: &str) -> String {
        let mut parts = date.split('-');
        let (year, month, day) = (parts.next().unwrap_or(""), parts.next(), parts.next());
        let month = month.map(|month| self.text(&format!("date.{month}")).to_owned());
        match (month, day) {
            (Some(month), Some(day)) => {
                let day = day.trim_start_matches('0');
                self.fill(
                    "date.day",
                    &[("day", day), ("month", &month), ("year", year)],
                )
            }
            (Some(month), None) => self.fill("date.month", &[("month", &month), ("year", year)]),
            (None, _) => year.to_owned(),
        }
    }
}

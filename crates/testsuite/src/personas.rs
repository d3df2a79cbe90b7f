//! Made-up people who answered the questions of the page, one file each.

use crate::{files, root, translated};
use std::sync::OnceLock;
use waymark_criteria::Date;
use waymark_page::{Answers, Guide, Reading, Site};

/// The guide of this repository, read once.
#[must_use]
pub fn guide() -> &'static Guide {
    static GUIDE: OnceLock<Guide> = OnceLock::new();
    GUIDE.get_or_init(|| {
        let (bundle, translations) = translated();
        Guide {
            bundle,
            translations,
            site: Site::default(),
        }
    })
}

/// The day on which the answers are read.
///
/// # Panics
/// Never: the day is one.
#[must_use]
#[expect(clippy::expect_used, reason = "a constant")]
pub fn today() -> Date {
    Date::parse("2026-11-26").expect("a day")
}

/// A made-up person.
pub struct Persona {
    /// Who it is, as the name of the file says.
    pub name: String,
    /// The file.
    pub text: String,
}

impl Persona {
    /// The answers.
    ///
    /// # Panics
    /// When the file cannot be read, or this knowledge does not understand an answer.
    #[must_use]
    #[expect(clippy::panic, reason = "a persona that cannot be read tests nothing")]
    pub fn answers(&self) -> Answers {
        match Answers::restore(&self.text, &guide().bundle) {
            Ok(restored) if restored.dropped.is_empty() => restored.answers,
            Ok(restored) => panic!("{}: not understood: {:?}", self.name, restored.dropped),
            Err(damaged) => panic!("{}: {damaged:?}", self.name),
        }
    }

    /// What the guide says.
    #[must_use]
    pub fn reading(&self) -> Reading<'static> {
        Reading::of_answers(guide(), self.answers(), today())
    }
}

/// All of them, by name.
#[must_use]
pub fn personas() -> Vec<Persona> {
    let found = files(&root().join("crates/testsuite/personas"), ".json");
    let named = found.into_iter().filter_map(|path| {
        Some(Persona {
            name: path.file_stem()?.to_string_lossy().into_owned(),
            text: std::fs::read_to_string(&path).ok()?,
        })
    });
    named.collect()
}

/// These answers to the question on medicines before the spread, and "no" in every line that they leave open.
///
/// # Panics
/// Where the knowledge has no such question, answer or line.
#[must_use]
#[expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]
pub fn answered(told: &[&'static str]) -> Vec<&'static str> {
    let mut questions = guide().bundle.content().questions.iter();
    let before = questions.find(|it| it.id == "before").unwrap();
    let row = |id: &str| {
        let answer = before.answers.iter().find(|it| it.id == id);
        answer.unwrap().row.as_ref()
    };
    let open = before
        .rows
        .iter()
        .filter(|open| !told.iter().any(|id| row(id) == Some(&open.id)));
    let no = open.map(|open| {
        let mut answers = before.answers.iter();
        let no = answers.find(|it| {
            it.row.as_ref() == Some(&open.id) && it.tells == waymark_engine::bundle::Tells::No
        });
        no.unwrap().id.as_str()
    });
    told.iter().copied().chain(no).collect()
}

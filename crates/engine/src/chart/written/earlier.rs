//! What was given before the disease was metastatic: `before metastasis: taxane, no anthracycline, perhaps trastuzumab`.

use super::nearest::nearest;
use super::piece::Piece;
use super::vocabulary::Vocabulary;
use super::when::When;
use crate::chart::{Earlier, Event};
use waymark_criteria::{DateBounds, Diagnostic, Truth};

const OPENING: &str = "before metastasis";
const SEPARATORS: [char; 2] = [',', ';'];
const FORM: &str =
    "write medicines or classes with commas between them: `before metastasis: A, no B, perhaps C`";

/// Whether the words are such a line.
pub(super) fn opens(words: Piece<'_>) -> bool {
    words.after(OPENING).is_some()
}

/// The medicines and classes of such a line.
///
/// # Errors
/// A date, a missing colon, and every name that is neither a medicine nor a class.
pub(super) fn read(
    when: When,
    words: Piece<'_>,
    vocabulary: &Vocabulary<'_>,
) -> Result<Vec<Event>, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    if when != When::On(DateBounds::UNKNOWN) {
        problems.push(
            Diagnostic::error(
                "chart-bad-date",
                "what was given before metastasis has no date of its own",
            )
            .at(words.span())
            .help("leave the date out, or write the medicine with its dates on a line of its own"),
        );
    }
    let list = words.after(OPENING).map(Piece::trim);
    let Some(list) = list.and_then(|rest| rest.after_sign(&[':'])) else {
        problems.push(
            Diagnostic::error("chart-no-value", "no colon follows `before metastasis`")
                .at(words.span())
                .help(FORM),
        );
        return Err(problems);
    };
    let mut events = Vec::new();
    let mut rest = Some(list);
    while let Some(item) = rest {
        let (given, name) = match (item.after("no"), item.after("perhaps")) {
            (Some(name), _) => (Truth::False, name.trim()),
            (None, Some(name)) => (Truth::Unknown, name.trim()),
            (None, None) => (Truth::True, item),
        };
        let (drug, tail) = kind(name, vocabulary);
        match drug {
            Ok(drug) => events.push(Event::Earlier(Earlier {
                drug: drug.to_owned(),
                given,
            })),
            Err(name) => problems.push(unknown(name, vocabulary)),
        }
        rest = tail.after_sign(&SEPARATORS);
    }
    if problems.is_empty() {
        Ok(events)
    } else {
        Err(problems)
    }
}

/// The medicine or class that a name stands for, else the name; and what follows, which begins with a separator or is empty.
fn kind<'b, 't>(
    name: Piece<'t>,
    vocabulary: &Vocabulary<'b>,
) -> (Result<&'b str, Piece<'t>>, Piece<'t>) {
    // A name of a medicine may hold a comma itself.
    if let Some((id, rest)) = vocabulary.medicine(name) {
        let rest = rest.trim();
        if rest.is_empty() || rest.text.starts_with(SEPARATORS) {
            return (Ok(id), rest);
        }
    }
    let end = name.text.find(SEPARATORS).unwrap_or(name.text.len());
    let (word, rest) = name.split_at(end);
    (vocabulary.class(word.trim()).ok_or(word.trim()), rest)
}

fn unknown(name: Piece<'_>, vocabulary: &Vocabulary<'_>) -> Diagnostic {
    let message = if name.is_empty() {
        "a medicine or class is missing here".to_owned()
    } else {
        format!(
            "`{}` is neither a medicine nor a class of the knowledge base",
            name.text
        )
    };
    let problem = Diagnostic::error("chart-unknown-medicine", message).at(name.span());
    match nearest(name.text, vocabulary.medicines_and_classes()) {
        Some(known) => problem.help(format!("did you mean `{known}`?")),
        None => problem.help(FORM),
    }
}

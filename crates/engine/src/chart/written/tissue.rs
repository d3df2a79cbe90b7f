//! What may follow a receptor result: the tissue and the specimen.

use super::piece::Piece;
use crate::chart::Tissue;
use waymark_criteria::Diagnostic;

/// What may follow a receptor result: `(primary)`, `(metastasis)`, `specimen=ID`.
pub(super) struct Marks<'t> {
    pub tissue: Option<(Tissue, Piece<'t>)>,
    pub specimen: Option<Piece<'t>>,
}

impl<'t> Marks<'t> {
    /// The segment without its marks, and the marks.
    pub(super) fn of(segment: Piece<'t>) -> (Piece<'t>, Result<Marks<'t>, Diagnostic>) {
        let begin = ["(", "specimen="].into_iter();
        let begin = begin.filter_map(|sign| segment.text.find(sign)).min();
        let (body, tail) = segment.split_at(begin.unwrap_or(segment.text.len()));
        (body.trim(), Marks::read(tail))
    }

    fn read(tail: Piece<'t>) -> Result<Marks<'t>, Diagnostic> {
        let mut marks = Marks {
            tissue: None,
            specimen: None,
        };
        let mut rest = tail;
        loop {
            rest = rest
                .trim()
                .after_sign(&['(', ')', ','])
                .unwrap_or(rest.trim());
            if rest.is_empty() {
                return Ok(marks);
            }
            if rest.text.starts_with(['(', ')', ',']) {
                continue;
            }
            let end = rest
                .text
                .find(|letter: char| letter.is_whitespace() || "(),".contains(letter));
            let (word, after) = rest.split_at(end.unwrap_or(rest.text.len()));
            if word.is("primary") {
                marks.tissue = Some((Tissue::Primary, word));
            } else if word.is("metastasis") {
                marks.tissue = Some((Tissue::Metastasis, word));
            } else if let Some(id) = word.text.strip_prefix("specimen=")
                && !id.is_empty()
            {
                marks.specimen = Some(word.split_at(word.text.len() - id.len()).1);
            } else {
                return Err(Diagnostic::error(
                    "chart-bad-tissue",
                    format!("`{}` does not tell the tissue of a result", word.text),
                )
                .at(word.span())
                .help("write `(primary)`, `(metastasis)` or `specimen=ID`"));
            }
            rest = after;
        }
    }
}

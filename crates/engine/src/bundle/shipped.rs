//! The knowledge as programs get it: packed, its criteria compiled, with the hash of the bundle that it was made of.

use super::compiled::{Compiled, Stored};
use super::{Bundle, Content, Translation};
use crate::chart::Line;
use litemap::LiteMap;
use waymark_criteria::{Diagnostic, SortedSet};
use waymark_packed::{self as packed, Packed};

/// Whom the knowledge is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShippedFor {
    /// Pages alone: without what only codes of a record and authors ask for.
    Pages,
    /// Records too: all but the text of the criteria.
    Records,
    /// A program that also exports the criteria: all of it.
    Exports,
}

#[derive(Packed)]
struct Shipped {
    hash: String,
    content: Content,
    criteria: Stored,
    lines: LiteMap<String, Line>,
}

impl Bundle {
    /// The bytes that [`Bundle::from_shipped`] reads; the same content gives the same bytes.
    #[must_use]
    pub fn shipped(&self, to: ShippedFor) -> Vec<u8> {
        let content = self.content().clone();
        let shipped = Shipped {
            hash: self.hash().to_owned(),
            content: match to {
                ShippedFor::Pages => without_criteria(for_pages(content)),
                ShippedFor::Records => without_criteria(content),
                ShippedFor::Exports => content,
            },
            criteria: Stored {
                program: self.program().store(),
                constraints: self.constraints().to_vec(),
            },
            lines: self.lines.clone(),
        };
        packed::write(&shipped)
    }

    /// Reads what [`Bundle::shipped`] wrote. The hash is that of the whole bundle, and is not computed again.
    ///
    /// # Errors
    /// When the bytes are damaged or of another version of the program.
    pub fn from_shipped(bytes: &[u8]) -> Result<Self, Vec<Diagnostic>> {
        let damaged = |damaged: packed::Damaged| {
            let problem = Diagnostic::error("bundle-unreadable", damaged.to_string());
            vec![problem.help("load the page again, or build the program again")]
        };
        let shipped: Shipped = packed::read(bytes).map_err(damaged)?;
        let compiled = Compiled::restore(shipped.criteria, &shipped.content);
        let compiled = compiled.ok_or_else(|| damaged(packed::Damaged))?;
        let mut bundle = Bundle::of(shipped.content, shipped.hash, compiled)?;
        bundle.lines = shipped.lines;
        Ok(bundle)
    }
}

impl Translation {
    /// The bytes that [`Translation::from_shipped`] reads; the same sentences give the same bytes.
    #[must_use]
    pub fn shipped(&self) -> Vec<u8> {
        packed::write(self)
    }

    /// Reads a translation.
    ///
    /// # Errors
    /// When the bytes are none.
    pub fn from_shipped(bytes: &[u8]) -> Result<Self, String> {
        packed::read(bytes).map_err(|damaged| damaged.to_string())
    }
}

/// Leaves out the text of the criteria: they go compiled.
fn without_criteria(mut content: Content) -> Content {
    let texts = content.facts.iter_mut().map(|it| &mut it.cql);
    let texts = texts.chain(content.criteria.iter_mut().map(|it| &mut it.cql));
    let texts = texts.chain(content.medicines.iter_mut().map(|it| &mut it.cql));
    let texts = texts.chain(content.regimens.iter_mut().map(|it| &mut it.cql));
    let texts = texts.chain(content.guidance.iter_mut().map(|it| &mut it.cql));
    texts.for_each(String::clear);
    content
}

/// Leaves out prose that no page shows, codes, lists of words, and all terms but one for each meaning: a written chart goes by the meanings.
fn for_pages(mut content: Content) -> Content {
    let prose = content.tables.iter_mut().map(|it| &mut it.text);
    let prose = prose.chain(content.criteria.iter_mut().map(|it| &mut it.text));
    let prose = prose.chain(content.line_rules.iter_mut().map(|it| &mut it.text));
    let prose = prose.chain(content.questions.iter_mut().map(|it| &mut it.text));
    let prose = prose.chain(content.wordings.iter_mut().map(|it| &mut it.text));
    prose.for_each(String::clear);
    for source in &mut content.sources {
        source.statements.clear();
    }
    for medicine in &mut content.medicines {
        medicine.codes.clear();
        for product in &mut medicine.products {
            product.codes.clear();
        }
    }
    let mut meanings = SortedSet::new();
    for table in &mut content.terms {
        table.text.clear();
        table.purpose.clear();
        table.systems.clear();
        table.lists.clear();
        table
            .terms
            .retain(|term| meanings.insert(term.meaning.clone()));
        for term in &mut table.terms {
            term.code.clear();
            term.display.clear();
            term.note = None;
        }
    }
    content
}

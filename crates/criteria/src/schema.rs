//! The names and types of the facts that a criterion may read.

use litemap::LiteMap;
use waymark_packed::Packed;

/// The type of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactType {
    /// True, false or unknown.
    Boolean,
    /// A whole number within bounds.
    Integer,
    /// A decimal number with eight places within bounds.
    Decimal,
    /// A day within bounds.
    Date,
    /// A word that summarises other facts for people; refused in a criterion.
    Word,
}

/// A fact's name and type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactDecl {
    /// Kebab-case name.
    pub id: String,
    /// Type.
    pub ty: FactType,
}

/// The position of a fact in its schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Packed)]
pub struct FactIndex(u32);

impl FactIndex {
    /// The position, from 0.
    #[must_use]
    pub fn position(self) -> usize {
        self.0 as usize
    }

    /// The first so many indices.
    pub(crate) fn first(count: usize) -> impl Iterator<Item = FactIndex> {
        (0..count).map(|position| FactIndex(position as u32))
    }
}

/// The facts that criteria may name, in a fixed order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    facts: Vec<FactDecl>,
    index: LiteMap<String, FactIndex>,
}

impl Schema {
    /// A schema of these facts; a repeated id keeps its first declaration.
    #[must_use]
    pub fn new(facts: impl IntoIterator<Item = FactDecl>) -> Self {
        let mut schema = Schema::default();
        for fact in facts {
            let next = FactIndex(u32::try_from(schema.facts.len()).unwrap_or(u32::MAX));
            if !schema.index.contains_key(&fact.id) {
                schema.index.insert(fact.id.clone(), next);
                schema.facts.push(fact);
            }
        }
        schema
    }

    /// All facts in order.
    #[must_use]
    pub fn facts(&self) -> &[FactDecl] {
        &self.facts
    }

    /// Every index in order.
    pub fn indices(&self) -> impl Iterator<Item = FactIndex> + '_ {
        FactIndex::first(self.facts.len())
    }

    /// The index of a fact, if there is one of this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<FactIndex> {
        self.index.get(id).copied()
    }

    /// The declaration of a fact.
    #[must_use]
    pub fn fact(&self, index: FactIndex) -> &FactDecl {
        &self.facts[index.position()]
    }
}

//! The words that come from the knowledge base: medicines, conditions, quantities, words for menopause.

use super::piece::Piece;
use crate::Bundle;
use crate::bundle::{Derivation, FactEntry, MenopauseAspect, PERHAPS};
use waymark_criteria::SortedSet;

/// Names and what they mean.
pub(super) struct Vocabulary<'b> {
    /// The knowledge itself.
    pub bundle: &'b Bundle,
    /// Name (lower case) and id of its medicine, longest name first.
    medicines: Vec<(String, &'b str)>,
    /// Classes of medicines.
    classes: SortedSet<&'b str>,
    /// Ids of conditions other than the cancer; the states of menopause are among them.
    conditions: SortedSet<&'b str>,
    /// Ids of measured quantities.
    quantities: SortedSet<&'b str>,
}

/// Observations of the terms that are told in words, not measured.
const WORDED: [&str; 8] = [
    "stage-group",
    "stage-m",
    "stage-t",
    "stage-n",
    "disease-status",
    "menopause",
    "pregnancy",
    "metastasis-site",
];

/// Everyday words for conditions of the terms.
const ALIASES: [(&str, &str); 3] = [
    ("pregnant", "pregnancy"),
    ("ILD", "interstitial-lung-disease"),
    ("pneumonitis", "interstitial-lung-disease"),
];

impl<'b> Vocabulary<'b> {
    pub(super) fn of(bundle: &'b Bundle) -> Self {
        let mut vocabulary = Vocabulary {
            bundle,
            medicines: Vec::new(),
            classes: SortedSet::new(),
            conditions: SortedSet::new(),
            quantities: SortedSet::new(),
        };
        vocabulary.learn_medicines();
        for fact in &bundle.content().facts {
            match &fact.derivation {
                Derivation::Condition { condition, .. } => {
                    vocabulary.conditions.insert(condition);
                }
                Derivation::Measurement { quantity, .. } => {
                    vocabulary.quantities.insert(quantity);
                }
                Derivation::Menopause {
                    aspect: MenopauseAspect::Status,
                    ..
                } => vocabulary
                    .conditions
                    .extend(fact.values.iter().map(String::as_str)),
                _ => {}
            }
        }
        for term in bundle.content().terms.iter().flat_map(|table| &table.terms) {
            if let Some(condition) = term.meaning.strip_prefix("condition.") {
                vocabulary.conditions.insert(condition);
            } else if let Some(quantity) = term.meaning.strip_prefix("observation.")
                && !WORDED.contains(&quantity)
            {
                vocabulary.quantities.insert(quantity);
            }
        }
        vocabulary
    }

    fn learn_medicines(&mut self) {
        for medicine in &self.bundle.content().medicines {
            let classes = medicine.classes.iter().map(String::as_str);
            self.classes
                .extend(classes.filter(|class| !class.starts_with(PERHAPS)));
            let own = [
                Some(&medicine.id),
                Some(&medicine.name),
                medicine.short.as_ref(),
            ];
            let own = own.into_iter().flatten().chain(&medicine.names);
            let products = medicine.products.iter().flat_map(|product| {
                [&product.id, &product.brand, &product.name]
                    .into_iter()
                    .chain(&product.names)
            });
            for name in own.chain(products) {
                let name = name.trim().to_lowercase();
                if !name.is_empty() {
                    self.medicines.push((name, &medicine.id));
                }
            }
        }
        // The sort is stable: of equal names the first entry's stands.
        self.medicines
            .sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    }

    /// The medicine with whose longest name the text begins, and what follows.
    pub(super) fn medicine<'t>(&self, piece: Piece<'t>) -> Option<(&'b str, Piece<'t>)> {
        let piece = piece.trim();
        self.medicines.iter().find_map(|(name, id)| {
            let rest = piece.after(name)?;
            // `name-anything` is another name.
            (!rest.text.starts_with(['-', '_'])).then_some((*id, rest))
        })
    }

    /// The class that the piece names.
    pub(super) fn class(&self, piece: Piece<'_>) -> Option<&'b str> {
        let mut classes = self.classes.iter();
        classes.find(|class| piece.is(&spaced(class))).copied()
    }

    /// All names of medicines, and all classes.
    pub(super) fn medicines_and_classes(&self) -> impl Iterator<Item = &str> {
        self.medicine_names().chain(self.classes.iter().copied())
    }

    /// All names of medicines.
    pub(super) fn medicine_names(&self) -> impl Iterator<Item = &str> {
        self.medicines.iter().map(|(name, _)| name.as_str())
    }

    /// The condition that the piece names.
    pub(super) fn condition(&self, piece: Piece<'_>) -> Option<&'b str> {
        let alias = ALIASES.iter().find(|(word, _)| piece.is(word));
        self.conditions
            .iter()
            .find(|id| piece.is(&spaced(id)) || alias.is_some_and(|(_, meant)| meant == *id))
            .copied()
    }

    /// The quantity with whose longest name the text begins, and what follows.
    pub(super) fn quantity<'t>(&self, piece: Piece<'t>) -> Option<(&'b str, Piece<'t>)> {
        let found = self
            .quantities
            .iter()
            .filter_map(|id| Some((*id, piece.after(&spaced(id))?)));
        found.max_by_key(|(id, _)| id.len())
    }

    /// The fact that gives a quantity in its own unit.
    pub(super) fn measured(&self, quantity: &str) -> Option<&'b FactEntry> {
        self.bundle.content().facts.iter().find(|fact| {
            matches!(&fact.derivation, Derivation::Measurement { quantity: of, times_upper_limit: false }
                if of == quantity)
        })
    }

    /// Words that may open a finding, as far as the knowledge base gives them.
    pub(super) fn finding_words(&self) -> impl Iterator<Item = String> {
        let ids = self.conditions.iter().chain(&self.quantities).copied();
        ids.map(spaced)
    }
}

/// An id as a person writes it.
fn spaced(id: &str) -> String {
    id.replace('-', " ")
}

//! What one record says of a receptor, value by value.

use super::asked::Kind;
use super::status;
use super::tally::{Family, Tally};
use crate::context::Context;
use crate::datatype::{Concept, Quantity};
use crate::lenient::Flag;
use crate::number;
use crate::resource::Component;
use crate::wording;
use std::collections::BTreeMap;
use waymark_criteria::Bounds;
use waymark_engine::chart::{Polarity, Receptor};

/// The values of one record, gathered by method, and what of it could not be used.
pub(super) struct Gathering<'c, 'x, 'b, 'r> {
    pub(super) context: &'c Context<'x, 'b, 'r>,
    pub(super) receptor: Receptor,
    pub(super) tallies: BTreeMap<Family, Tally>,
    pub(super) unusable: Vec<String>,
    /// A share without a unit was read as a fraction of one.
    pub(super) unit_assumed: bool,
}

impl Gathering<'_, '_, '_, '_> {
    pub(super) fn tally(&mut self, family: Family) -> &mut Tally {
        self.tallies.entry(family).or_default()
    }

    /// Reads one value with its interpretation.
    pub(super) fn value(&mut self, kind: Kind, value: &Component<'_>) {
        let family = kind.family();
        if let Some(concept) = &value.value_codeable_concept {
            self.concept(kind, concept);
        }
        if let Some(text) = &value.value_string {
            self.text(kind, text.as_str());
        }
        if let Some(Flag(yes)) = value.value_boolean {
            let polarity = if yes {
                Polarity::Positive
            } else {
                Polarity::Negative
            };
            self.tally(family).by_code.push(polarity);
        }
        if let Some(number) = value.value_integer {
            let quantity = Quantity {
                value: Some(number),
                ..Quantity::default()
            };
            self.quantity(kind, &quantity, value.code.as_ref());
        }
        if let Some(quantity) = &value.value_quantity {
            self.quantity(kind, quantity, value.code.as_ref());
        }
        if let Some(range) = &value.value_range {
            let end = |quantity: &Option<Quantity<'_>>| {
                quantity
                    .as_ref()
                    .and_then(number::bounds)
                    .and_then(Bounds::as_exact)
            };
            let bounds = Bounds {
                low: end(&range.low),
                high: end(&range.high),
            };
            let is_share = kind == Kind::Percent || self.receptor != Receptor::Her2;
            match (kind, wording::share(bounds), number::hundredths(bounds)) {
                (_, Some(share), _) if is_share => self.percent(share, false),
                (Kind::Ratio, _, Some(ratio)) if is_ratio(ratio) => self.ratio(ratio, false),
                (Kind::Copies, _, Some(copies)) if is_copies(copies) => self.copies(copies, false),
                _ => self
                    .unusable
                    .push("a range that is no possible result of this test".to_owned()),
            }
        }
        if let Some(ratio) = &value.value_ratio {
            let above = ratio.numerator.as_ref().and_then(number::bounds);
            let below = ratio.denominator.as_ref().and_then(number::bounds);
            match (above, below.and_then(Bounds::as_exact)) {
                (Some(above), Some(below))
                    if below > 0 && matches!(kind, Kind::Ratio | Kind::Ish) =>
                {
                    match number::scale(above, 100, below) {
                        Some(ratio) if is_ratio(ratio) => self.ratio(ratio, false),
                        _ => self.unusable.push("a ratio out of range".to_owned()),
                    }
                }
                _ => self.unusable.push(
                    "a ratio whose lower number is not exact, or of no HER2/CEP17 test".to_owned(),
                ),
            }
        }
        for interpretation in value.interpretation.iter() {
            self.interpretation(family, interpretation);
        }
    }

    fn concept(&mut self, kind: Kind, concept: &Concept<'_>) {
        let family = kind.family();
        // The words beside the code of another answer are those of a mistake.
        let mut hits = self.context.lookup.hits(concept).into_iter();
        if let Some(hit) = hits.find(|hit| hit.meaning.starts_with("ignored.")) {
            let answer = hit.display;
            self.unusable
                .push(format!("an answer whose code means `{answer}`"));
            return;
        }
        let mut known = false;
        for hit in self.context.lookup.hits(concept) {
            if let Some(polarity) = status::polarity(hit.meaning, self.receptor) {
                self.tally(family).by_code.push(polarity);
                known = true;
                continue;
            }
            let Some(value) = hit.meaning.strip_prefix("value.") else {
                continue;
            };
            known = true;
            match value {
                "positive" | "present" | "detected" => {
                    self.tally(family).by_code.push(Polarity::Positive);
                }
                "negative" | "absent" | "not-detected" => {
                    self.tally(family).by_code.push(Polarity::Negative);
                }
                "equivocal" | "indeterminate" => {
                    self.tally(family).by_code.push(Polarity::Equivocal);
                }
                "not-tested" | "unknown" => {
                    self.unusable.push("not tested or unknown".to_owned());
                }
                "ihc-0" => self.score(family, 0),
                "ihc-1" => self.score(family, 1),
                "ihc-2" => self.score(family, 2),
                "ihc-3" => self.score(family, 3),
                _ => known = false,
            }
        }
        let before = self.count();
        for words in concept.words() {
            self.text(kind, words);
        }
        if known || self.count() != before {
            return;
        }
        // Codes of the sender's own system, as the knowledge lists them; else the code is a word (`positiv`).
        for coding in &concept.coding {
            let Some(code) = coding.code.as_ref().map(crate::lenient::Text::as_str) else {
                continue;
            };
            match self.context.lookup.in_table("local-results", code) {
                Some("value.positive") => self.tally(family).by_text.push(Polarity::Positive),
                Some("value.negative") => self.tally(family).by_text.push(Polarity::Negative),
                Some(_) | None => self.text(kind, code),
            }
        }
    }

    pub(super) fn count(&self) -> usize {
        self.tallies
            .values()
            .map(|tally| {
                tally.by_code.len()
                    + tally.by_text.len()
                    + tally.scores.len()
                    + usize::from(tally.ratio.is_some())
                    + usize::from(tally.copies.is_some())
                    + usize::from(tally.percent.is_some())
            })
            .sum()
    }

    pub(super) fn score(&mut self, family: Family, score: u8) {
        if self.receptor != Receptor::Her2 {
            // Of ER and PR `+` to `+++` tell how strongly cells stain.
            let polarity = if score > 0 {
                Polarity::Positive
            } else {
                Polarity::Negative
            };
            self.tally(family).by_code.push(polarity);
        } else if family == Family::Ish {
            self.unusable
                .push("an IHC score under a code of in-situ hybridisation".to_owned());
        } else {
            let scores = &mut self.tally(Family::Ihc).scores;
            if !scores.contains(&score) {
                scores.push(score);
            }
        }
    }

    pub(super) fn ratio(&mut self, hundredths: Bounds, from_text: bool) {
        let tally = self.tally(Family::Ish);
        Tally::narrow(&mut tally.ratio, hundredths, "ratios", &mut tally.at_odds);
        tally.numbers_from_text |= from_text;
    }

    pub(super) fn copies(&mut self, hundredths: Bounds, from_text: bool) {
        let tally = self.tally(Family::Ish);
        Tally::narrow(
            &mut tally.copies,
            hundredths,
            "copy numbers",
            &mut tally.at_odds,
        );
        tally.numbers_from_text |= from_text;
    }

    pub(super) fn percent(&mut self, share: Bounds, from_text: bool) {
        let tally = self.tally(Family::Ihc);
        Tally::set(&mut tally.percent, share, "percentages", &mut tally.at_odds);
        tally.numbers_from_text |= from_text;
    }

    fn interpretation(&mut self, family: Family, concept: &Concept<'_>) {
        let mut votes = Vec::new();
        for meaning in self.context.lookup.interpretation(concept) {
            match meaning {
                "value.positive" | "value.detected" => votes.push(Polarity::Positive),
                "value.negative" | "value.not-detected" => votes.push(Polarity::Negative),
                "value.equivocal" | "value.indeterminate" => votes.push(Polarity::Equivocal),
                _ => {}
            }
        }
        if !votes.is_empty() {
            self.tally(family).by_code.extend(votes);
            return;
        }
        let said = concept
            .words()
            .find_map(|words| wording::polarity(self.context.lookup, &wording::normal(words)));
        self.tally(family).by_text.extend(said);
    }
}

/// Whether bounds in hundredths can be of a HER2/CEP17 ratio: above 0, up to 100.
pub(super) fn is_ratio(hundredths: Bounds) -> bool {
    inside(hundredths, 1, 10_000)
}

/// Whether bounds in hundredths can be of HER2 copies per cell: 0 to 1000.
pub(super) fn is_copies(hundredths: Bounds) -> bool {
    inside(hundredths, 0, 100_000)
}

/// Whether some end is known, the known ends lie between two numbers, and they are in order.
fn inside(bounds: Bounds, low: i64, high: i64) -> bool {
    let fits = |end: i64| (low..=high).contains(&end);
    bounds != Bounds::UNKNOWN
        && bounds.low.is_none_or(fits)
        && bounds.high.is_none_or(fits)
        && bounds
            .low
            .zip(bounds.high)
            .is_none_or(|(low, high)| low <= high)
}

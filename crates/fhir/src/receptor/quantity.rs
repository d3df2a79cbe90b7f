//! Quantities: a score, a ratio, copies per nucleus or a share of cells, told apart by code and unit.

use super::asked::Kind;
use super::gathering::{Gathering, is_copies, is_ratio};
use super::tally::Family;
use crate::datatype::{Concept, Quantity};
use crate::number;
use crate::wording;
use waymark_criteria::Bounds;
use waymark_criteria::value::DECIMAL_UNIT;
use waymark_engine::chart::Receptor;

impl Gathering<'_, '_, '_, '_> {
    pub(super) fn quantity(
        &mut self,
        kind: Kind,
        quantity: &Quantity<'_>,
        code: Option<&Concept<'_>>,
    ) {
        let Some(bounds) = number::bounds(quantity) else {
            self.unusable.push("a quantity without a number".to_owned());
            return;
        };
        let unit = number::unit(quantity);
        let of_control = code.is_some_and(|code| {
            code.words().any(|words| {
                let words = crate::lookup::fold(words);
                let control = words.contains(" cep17 ") || words.contains(" cep 17 ");
                control && !words.contains(" her2 ") && !words.contains(" ratio ")
            })
        });
        let per_nucleus =
            unit.contains("copies") || unit.contains("nucleus") || unit.contains("/cell");
        let plain = matches!(
            unit.as_str(),
            "" | "1" | "{ratio}" | "{score}" | "ratio" | "score"
        );
        let exact = bounds.as_exact();
        let hundredths = number::hundredths(bounds);
        if of_control {
            self.unusable
                .push("a copy number of the control probe".to_owned());
        } else if per_nucleus {
            match hundredths {
                Some(value) if kind.family() != Family::Ihc && is_copies(value) => {
                    self.copies(value, false);
                }
                _ => self.unusable.push(format!(
                    "a number of copies per nucleus under a code of {}",
                    if kind.family() == Family::Ihc {
                        "immunohistochemistry is not a score"
                    } else {
                        "HER2, out of range"
                    }
                )),
            }
        } else if unit == "%" || (kind == Kind::Percent && plain) {
            let fraction =
                unit != "%" && exact.is_some_and(|value| 0 < value && value <= DECIMAL_UNIT);
            self.unit_assumed |= fraction;
            let bounds = match exact {
                // All of the cells, or one in a hundred.
                Some(DECIMAL_UNIT) if fraction => Bounds {
                    low: Some(DECIMAL_UNIT),
                    high: Some(100 * DECIMAL_UNIT),
                },
                _ if fraction => number::scale(bounds, 100, 1).unwrap_or(bounds),
                _ => bounds,
            };
            match wording::share(bounds) {
                Some(share) if kind.family() != Family::Ish => self.percent(share, false),
                _ => self.unusable.push("a percentage out of range".to_owned()),
            }
        } else if !plain {
            self.unusable.push(format!(
                "a quantity in `{unit}`, which is no unit of this test"
            ));
        } else {
            match (kind, exact, hundredths) {
                (Kind::Ihc | Kind::Overall | Kind::Panel, Some(value), _)
                    if self.receptor == Receptor::Her2
                        && value % DECIMAL_UNIT == 0
                        && (0..=3).contains(&(value / DECIMAL_UNIT))
                        && (kind == Kind::Ihc || unit == "{score}" || unit == "score") =>
                {
                    self.score(Family::Ihc, (value / DECIMAL_UNIT) as u8);
                }
                (Kind::Ratio, _, Some(value)) if is_ratio(value) => {
                    self.ratio(value, false);
                }
                (Kind::Copies, _, Some(value)) if is_copies(value) => {
                    self.copies(value, false);
                }
                _ => self.unusable.push(
                    "a number that is no possible result of this test (out of range, or not exact)"
                        .to_owned(),
                ),
            }
        }
    }
}

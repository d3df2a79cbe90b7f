//! What one record says of a receptor, gathered by method, and whether it agrees with itself.

use std::collections::BTreeMap;
use waymark_criteria::Bounds;
use waymark_engine::chart::Polarity;

/// Results are gathered by how they were got; a ratio belongs to its in-situ hybridisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    Overall,
    Ihc,
    Ish,
}

/// What was gathered of one method.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) by_code: Vec<Polarity>,
    pub(super) by_text: Vec<Polarity>,
    pub(super) scores: Vec<u8>,
    pub(super) ratio: Option<Bounds>,
    pub(super) copies: Option<Bounds>,
    pub(super) percent: Option<Bounds>,
    pub(super) numbers_from_text: bool,
    pub(super) at_odds: Option<String>,
}

impl Tally {
    pub(super) fn is_empty(&self) -> bool {
        self.by_code.is_empty()
            && self.by_text.is_empty()
            && self.scores.is_empty()
            && self.ratio.is_none()
            && self.copies.is_none()
            && self.percent.is_none()
            && self.at_odds.is_none()
    }

    pub(super) fn set<T: PartialEq>(
        slot: &mut Option<T>,
        value: T,
        what: &str,
        at_odds: &mut Option<String>,
    ) {
        match slot {
            Some(before) if *before != value => {
                at_odds.get_or_insert_with(|| format!("it gives two {what}"));
            }
            _ => *slot = Some(value),
        }
    }

    /// Two limits, or a number and a limit around it, are one result: what lies inside both.
    pub(super) fn narrow(
        slot: &mut Option<Bounds>,
        next: Bounds,
        what: &str,
        at_odds: &mut Option<String>,
    ) {
        match slot.unwrap_or(Bounds::UNKNOWN).overlap(next) {
            Some(both) => *slot = Some(both),
            None => {
                at_odds.get_or_insert_with(|| format!("it gives two {what}"));
            }
        }
    }

    /// The IHC score, where one was given.
    pub(super) fn score(&self) -> Option<u8> {
        match self.scores[..] {
            [score] => Some(score),
            _ => None,
        }
    }

    /// The polarity, and why it is contradictory when it is.
    pub(super) fn polarity(&self) -> (Option<Polarity>, Option<String>) {
        if let Some(why) = &self.at_odds {
            return (Some(Polarity::Contradictory), Some(why.clone()));
        }
        let mut all: Vec<Polarity> = self.by_code.iter().chain(&self.by_text).copied().collect();
        all.sort_unstable();
        all.dedup();
        let low = all.contains(&Polarity::Low) != all.contains(&Polarity::Ultralow);
        if low {
            // HER2-low and HER2-ultralow are parts of what used to be called negative.
            all.retain(|polarity| *polarity != Polarity::Negative);
        }
        let polarity = match all[..] {
            [] => None,
            [one] => Some(one),
            _ => Some(Polarity::Contradictory),
        };
        if polarity == Some(Polarity::Contradictory) {
            let why = if self.by_code.is_empty() {
                "its words contradict each other"
            } else if self.by_text.is_empty() {
                "its codes contradict each other"
            } else {
                "code and words, or value and interpretation, contradict each other"
            };
            return (polarity, Some(why.to_owned()));
        }
        let mut scores = self.scores.clone();
        scores.sort_unstable();
        let scores = match scores[..] {
            [] => None,
            [score] => Some(score),
            // "0 or 1+" is negative, and which of them is not told.
            [0, 1] if matches!(polarity, None | Some(Polarity::Negative)) => {
                return (Some(Polarity::Negative), None);
            }
            _ => {
                return (
                    Some(Polarity::Contradictory),
                    Some("it gives two IHC scores".to_owned()),
                );
            }
        };
        // 3+ is the positive IHC score, 0 and 1+ are negative (ASCO-CAP 2018/2023); 2+ goes with any word.
        let clash = matches!(
            (polarity, scores),
            (
                Some(Polarity::Negative | Polarity::Low | Polarity::Ultralow | Polarity::Equivocal),
                Some(3)
            ) | (Some(Polarity::Positive), Some(0 | 1))
        );
        if clash {
            return (
                Some(Polarity::Contradictory),
                Some("the IHC score contradicts the stated status".to_owned()),
            );
        }
        // ASCO-CAP 2018/2023: below a ratio of 2.0 only six copies or more can be positive, from it on only fewer than four
        // negative.
        if let Some(ratio) = self.ratio {
            let copies = self.copies.unwrap_or(Bounds::UNKNOWN);
            let clash = match polarity {
                Some(Polarity::Positive) => {
                    ratio.high.is_some_and(|high| high < 200)
                        && copies.low.is_none_or(|low| low < 600)
                }
                Some(Polarity::Negative) => {
                    ratio.low.is_some_and(|low| low >= 200)
                        && copies.high.is_none_or(|high| high >= 400)
                }
                _ => false,
            };
            if clash {
                return (
                    Some(Polarity::Contradictory),
                    Some("the ratio contradicts the stated status".to_owned()),
                );
            }
        }
        // ASCO-CAP 2020: below 1 % is negative; a "negative" from 10 % on fits no definition in use.
        if let Some(share) = self.percent {
            let clash = match polarity {
                Some(Polarity::Positive) => share.high.is_some_and(|high| high < 100),
                Some(Polarity::Negative) => share.low.is_some_and(|low| low >= 1000),
                _ => false,
            };
            if clash {
                return (
                    Some(Polarity::Contradictory),
                    Some("the share of stained cells contradicts the stated status".to_owned()),
                );
            }
        }
        (polarity, None)
    }
}

/// An overall status and the methods beside it in one record: a negative one with a positive method, or a positive one
/// with an IHC score of 0 or 1+ and no positive method, contradict each other.
pub(super) fn hold_together(tallies: &mut BTreeMap<Family, Tally>) {
    let says = |family: Family, polarities: &[Polarity], scores: &[u8]| {
        tallies.get(&family).is_some_and(|tally| {
            let mut said = tally.by_code.iter().chain(&tally.by_text);
            said.any(|polarity| polarities.contains(polarity))
                || tally.scores.iter().any(|score| scores.contains(score))
        })
    };
    let positive = says(Family::Ihc, &[Polarity::Positive], &[3])
        || says(Family::Ish, &[Polarity::Positive], &[]);
    let overall_negative = says(
        Family::Overall,
        &[Polarity::Negative, Polarity::Low, Polarity::Ultralow],
        &[],
    );
    let overall_positive = says(Family::Overall, &[Polarity::Positive], &[]);
    let ihc_negative = says(Family::Ihc, &[Polarity::Negative], &[0, 1]);
    if (overall_negative && positive) || (overall_positive && ihc_negative && !positive) {
        for tally in tallies.values_mut() {
            tally.at_odds.get_or_insert_with(|| {
                "its overall status and a method contradict each other".to_owned()
            });
        }
    }
}

/// ER and PR have one method: presence, strength and share are one result.
pub(super) fn merge_hormone(tallies: &mut BTreeMap<Family, Tally>) {
    if tallies.len() < 2 {
        return;
    }
    let mut all = Tally::default();
    for (_, tally) in std::mem::take(tallies) {
        all.by_code.extend(tally.by_code);
        all.by_text.extend(tally.by_text);
        all.percent = all.percent.or(tally.percent);
        all.numbers_from_text |= tally.numbers_from_text;
        all.at_odds = all.at_odds.or(tally.at_odds);
    }
    tallies.insert(Family::Ihc, all);
}

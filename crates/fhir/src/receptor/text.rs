//! Results in words: "2+ / FISH amplified", "amplified; ratio 4.1", "positive (90 %)".

use super::asked::{ISH, Kind};
use super::gathering::{Gathering, is_copies, is_ratio};
use super::tally::Family;
use crate::denial::asks;
use crate::lookup::fold;
use crate::{number, wording};
use waymark_engine::chart::{Polarity, Receptor};

const IN_DOUBT: &str = "its words deny, doubt or contradict the result";

const OF_TWO_TIMES: &str =
    "its words tell of more than one year, and which result is whose cannot be told";

/// Whether a segment of a HER2 result is about hormone receptors.
fn other_subject(words: &str) -> bool {
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    !words.contains(" her2 ")
        && has(&[
            " er ",
            " pr ",
            " estrogen ",
            " oestrogen ",
            " progesterone ",
        ])
}

/// The control probe of in-situ hybridisation.
const CONTROL: [&str; 4] = [" cep17 ", " cep 17 ", " chromosome 17 ", " centromere "];

/// Of two numbers, each behind its own word: whether the first one is the ratio and the second one the copies, or the other
/// way round. `None`: which is which cannot be told.
fn each_its_own(segment: &str, first: usize, second: usize) -> Option<bool> {
    // Whether a word stands before the first number alone, or between the two alone.
    let leads = |word: &str| {
        let mut places = segment.match_indices(word).map(|(at, _)| at).peekable();
        let before = *places.peek()? < first;
        let fits = |at: usize| {
            if before {
                at < first
            } else {
                first < at && at < second
            }
        };
        places.all(fits).then_some(before)
    };
    let (ratio, copies) = (
        leads("ratio")?,
        leads("copies").or_else(|| leads("copy number"))?,
    );
    (ratio != copies).then_some(ratio)
}

impl Gathering<'_, '_, '_, '_> {
    pub(super) fn text(&mut self, kind: Kind, text: &str) {
        let text = wording::normal(text);
        if wording::no_result(self.context.lookup, &text) {
            self.unusable.push(format!("`{}`", text.trim()));
            return;
        }
        if self.receptor != Receptor::Her2 {
            let family = kind.family();
            if let Some(share) = wording::percent(&text) {
                self.percent(share, true);
                // "10 % of control cells", "was 90 %".
                if wording::score_in_doubt(self.context.lookup, &text) {
                    let tally = self.tally(Family::Ihc);
                    tally.at_odds.get_or_insert_with(|| IN_DOUBT.to_owned());
                }
            }
            if let Some(polarity) = wording::polarity(self.context.lookup, &text) {
                let family = if self.tallies.contains_key(&Family::Ihc) {
                    Family::Ihc
                } else {
                    family
                };
                self.tally(family).by_text.push(polarity);
            }
            return;
        }
        for segment in wording::segments(&text) {
            self.segment(kind, segment);
        }
        let scored = wording::scores(&text).iter().any(|score| *score > 0);
        if scored && wording::names_a_zero(&text) {
            self.tally(Family::Ihc)
                .at_odds
                .get_or_insert_with(|| IN_DOUBT.to_owned());
        }
        // "Positive, likely": a doubt of its own is of all that was told.
        let lookup = self.context.lookup;
        let doubts = lookup.words("words.result-in-doubt");
        let only_doubt = |segment: &&str| {
            let folded = fold(segment);
            let mut words = folded.split_whitespace().peekable();
            words.peek().is_some() && words.all(|word| doubts.have(word))
        };
        if wording::segments(&text).iter().any(only_doubt) {
            for tally in self.tallies.values_mut() {
                tally.at_odds.get_or_insert_with(|| IN_DOUBT.to_owned());
            }
        }
        // A form, or both signs: of all that stands in it.
        if asks(&text) {
            for tally in self.tallies.values_mut() {
                tally.at_odds.get_or_insert_with(|| IN_DOUBT.to_owned());
            }
        }
        if wording::names_two_years(&text) {
            for tally in self.tallies.values_mut() {
                tally.at_odds.get_or_insert_with(|| OF_TWO_TIMES.to_owned());
            }
        }
    }

    fn segment(&mut self, kind: Kind, segment: &str) {
        let lookup = self.context.lookup;
        let words = fold(segment);
        let scores = wording::scores(segment);
        let ratio = words.contains(" ratio ");
        let ish = ratio || ISH.iter().any(|word| words.contains(word));
        let ihc = words.contains(" ihc ") || words.contains(" immun");
        if !scores.is_empty() && !ish && !ihc && kind.family() == Family::Ish {
            self.unusable
                .push("an IHC score under a code of in-situ hybridisation".to_owned());
            return;
        }
        let family = match (ish, ihc) {
            (true, false) => Family::Ish,
            (false, true) => Family::Ihc,
            (false, false) if !scores.is_empty() => Family::Ihc,
            _ => kind.family(),
        };
        if other_subject(&words) {
            self.unusable.push(format!(
                "`{}` speaks of something else than this test",
                segment.trim()
            ));
            return;
        }
        if family != Family::Ish && !scores.is_empty() {
            // "3+ (control)", "0 (scale 0 - 3+)": low scores are read beside "no staining".
            let doubted = (scores.iter().any(|score| *score >= 2)
                && wording::score_in_doubt(lookup, segment))
                || wording::score_compared(segment);
            let tally = self.tally(Family::Ihc);
            if doubted {
                tally.at_odds.get_or_insert_with(|| IN_DOUBT.to_owned());
            }
            for score in scores {
                // The display of a coded answer says the same again.
                if !tally.scores.contains(&score) {
                    tally.scores.push(score);
                    tally.numbers_from_text = true;
                }
            }
        }
        if let Some(polarity) = wording::polarity(lookup, segment) {
            // A weak or low positive is no ASCO/CAP result of HER2: it may be 1+, 2+ or 3+.
            let weak = [" weak", " low ", " faint"]
                .iter()
                .any(|word| words.contains(word));
            let tally = self.tally(family);
            // Low is no result of a probe.
            let of_stain = matches!(polarity, Polarity::Low | Polarity::Ultralow);
            if polarity == Polarity::Contradictory
                || (polarity == Polarity::Positive && weak)
                || (of_stain && family == Family::Ish)
            {
                tally.at_odds.get_or_insert_with(|| IN_DOUBT.to_owned());
            }
            tally.by_text.push(polarity);
        }
        if family != Family::Ish {
            return;
        }
        let numbers = wording::numbers(segment);
        if numbers.is_empty() {
            return;
        }
        let left_out = |why: &str| format!("`{}` {why}", segment.trim());
        if lookup.says(&words, "words.cut-off") {
            self.unusable.push(left_out("is a threshold, not a result"));
            return;
        }
        // "HER2/CEP17 ratio" is one name by now.
        if CONTROL.iter().any(|probe| words.contains(probe)) {
            self.unusable.push(left_out("speaks of the control probe"));
            return;
        }
        let value = |stated: &wording::Stated| {
            number::compare(stated.comparator, stated.value).and_then(number::hundredths)
        };
        let copies = words.contains(" copies ") || words.contains(" copy number ");
        let one = match numbers[..] {
            [one] => one,
            [first, second] if ratio && copies => {
                match (
                    each_its_own(segment, first.at, second.at),
                    value(&first),
                    value(&second),
                ) {
                    (Some(true), Some(first), Some(second))
                        if is_ratio(first) && is_copies(second) =>
                    {
                        self.ratio(first, true);
                        self.copies(second, true);
                    }
                    (Some(false), Some(first), Some(second))
                        if is_copies(first) && is_ratio(second) =>
                    {
                        self.copies(first, true);
                        self.ratio(second, true);
                    }
                    _ => self
                        .unusable
                        .push(left_out("has numbers that cannot be told apart")),
                }
                return;
            }
            _ => return,
        };
        match value(&one) {
            Some(value) if (ratio || kind == Kind::Ratio) && is_ratio(value) => {
                self.ratio(value, true);
            }
            Some(value) if (copies || kind == Kind::Copies) && is_copies(value) => {
                self.copies(value, true);
            }
            _ if !one.comparator.is_empty() => self.unusable.push(format!(
                "`{}` is a limit of neither a ratio nor a number of copies",
                segment.trim()
            )),
            _ => {}
        }
    }
}

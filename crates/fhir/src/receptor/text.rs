//! Results in words: "2+ / FISH amplified", "amplified; ratio 4.1", "positive (90 %)".

use super::asked::{ISH, Kind};
use super::gathering::{Gathering, is_copies, is_ratio};
use super::tally::{Family, Tally};
use crate::histology::is_other_tumour;
use crate::lookup::fold;
use crate::plain::{self, Beside};
use crate::{number, wording};
use waymark_engine::chart::{Polarity, Receptor};

const IN_DOUBT: &str = "its words deny, doubt or contradict the result";

const OF_ANOTHER_TUMOUR: &str = "its words name a tumour that is no invasive breast cancer";

const OF_TWO_TIMES: &str =
    "its words tell of more than one year, and which result is whose cannot be told";

/// Beside a result of several markers.
const TOLD: Beside = &[
    "words.beside-result",
    "words.found-or-not",
    "value.positive",
    "value.negative",
    "value.equivocal",
    "words.denial",
    "words.looked-for",
    "words.beside-denial",
    "words.marker",
];

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

/// Whether a word of a result of in-situ hybridisation stands beside a limit that the number told does not reach, so that it is of
/// the threshold: "1.2 (positive: >=2.0)".
fn of_threshold(segment: &str, polarity: Polarity) -> bool {
    let (told, limits): (Vec<_>, Vec<_>) = wording::numbers(segment)
        .into_iter()
        .filter(|number| !number.percent)
        .partition(|number| number.comparator.is_empty());
    let below = |told: &wording::Stated| limits.iter().all(|limit| told.value < limit.value);
    polarity == Polarity::Positive
        && !limits.is_empty()
        && !told.is_empty()
        && told.iter().all(below)
}

impl Gathering<'_, '_, '_, '_> {
    pub(super) fn text(&mut self, kind: Kind, text: &str) {
        let lookup = self.context.lookup;
        let text = wording::normal(text);
        let mut segments = wording::segments(lookup, &text);
        let of_probe = |folded: &str| ISH.iter().any(|word| folded.contains(word));
        let all = segments.len();
        // "IHC 3+, FISH not performed": of the other method only.
        segments.retain(|segment| {
            let folded = fold(segment);
            !(of_probe(&folded) && lookup.says(&folded, "words.test-not-run"))
        });
        let told = segments.join(", ");
        if wording::no_result(lookup, &told) || (segments.is_empty() && all > 0) {
            self.unusable.push(format!("`{}`", text.trim()));
            return;
        }
        let before = self.count();
        for segment in &segments {
            if self.is_of_another(segment) {
                self.unusable.push(format!(
                    "`{}` speaks of something else than this test",
                    segment.trim()
                ));
            } else if self.receptor == Receptor::Her2 {
                self.segment(kind, segment);
            } else {
                self.hormone(kind, segment);
            }
        }
        if self.count() == before {
            return;
        }
        // "3+ in the primary, 0 in the metastasis", "positive: 0".
        let above = |tally: &Tally| {
            tally.by_text.contains(&Polarity::Positive)
                || tally.scores.iter().any(|score| *score > 0)
        };
        if self.receptor == Receptor::Her2 && wording::names_a_zero(&told) {
            let mut tallies = self.tallies.values_mut();
            if let Some(tally) = tallies.find(|tally| above(tally)) {
                tally.at_odds.get_or_insert_with(|| IN_DOUBT.to_owned());
            }
        }
        // A threshold is no result, and doubts none.
        let aside = ["words.beside-the-point", "words.cut-off"];
        let said = aside.iter().fold(fold(&told), |said, aside| {
            lookup.words(aside).taken_out_of(&said)
        });
        let plain = !plain::asks(&text) && wording::is_plainly_told(lookup, &said, TOLD);
        let why = if is_other_tumour(lookup, &text) {
            OF_ANOTHER_TUMOUR
        } else if !plain {
            IN_DOUBT
        } else if wording::names_two_years(&told) {
            OF_TWO_TIMES
        } else {
            return;
        };
        for tally in self.tallies.values_mut() {
            tally.at_odds.get_or_insert_with(|| why.to_owned());
        }
    }

    /// Whether a segment names other markers and not the one that was tested.
    fn is_of_another(&self, segment: &str) -> bool {
        let folded = fold(segment);
        let own: &[&str] = match self.receptor {
            Receptor::Her2 => &["her2"],
            Receptor::Er => &["er", "estrogen", "oestrogen"],
            Receptor::Pr => &["pr", "pgr", "progesterone"],
            Receptor::Hormone => &[
                "er",
                "estrogen",
                "oestrogen",
                "pr",
                "pgr",
                "progesterone",
                "hr",
                "hormone",
            ],
        };
        let names =
            |word: &str| word == "her2" || self.context.lookup.is_word(word, "words.marker");
        let mut words = folded.split_whitespace();
        let of_control = self.receptor == Receptor::Her2
            && !folded.contains(" ratio ")
            && CONTROL.iter().any(|probe| folded.contains(probe));
        !words.clone().any(|word| own.contains(&word)) && (of_control || words.any(names))
    }

    /// A segment on ER or PR: how it stains, and in how many cells.
    fn hormone(&mut self, kind: Kind, segment: &str) {
        let lookup = self.context.lookup;
        let share = wording::percent(segment).or_else(|| {
            let bare = |letter: char| letter.is_ascii_digit() || " .,<>=".contains(letter);
            let asked = kind == Kind::Percent && segment.chars().all(bare);
            asked.then(|| wording::bare_percent(segment))?
        });
        if let Some(share) = share {
            self.percent(share, true);
            if !wording::is_plain(lookup, segment, &fold(segment)) {
                let tally = self.tally(Family::Ihc);
                tally.at_odds.get_or_insert_with(|| IN_DOUBT.to_owned());
            }
        }
        let signs = segment
            .trim()
            .trim_start_matches("er")
            .trim_start_matches("pr");
        let polarity = match signs.trim() {
            "+" | "++" | "+++" => Some(Polarity::Positive),
            "-" if signs.len() < segment.trim().len() => Some(Polarity::Negative),
            _ => wording::polarity(lookup, segment),
        };
        if let Some(polarity) = polarity {
            let family = if self.tallies.contains_key(&Family::Ihc) {
                Family::Ihc
            } else {
                kind.family()
            };
            self.tally(family).by_text.push(polarity);
        }
    }

    fn segment(&mut self, kind: Kind, segment: &str) {
        let lookup = self.context.lookup;
        let words = fold(segment);
        let mut scores = wording::scores(segment);
        let ratio = words.contains(" ratio ");
        let ish = ratio || ISH.iter().any(|word| words.contains(word));
        let ihc = words.contains(" ihc ") || words.contains(" immun");
        // ASCO-CAP 2018/2023: positive is complete and intense, in more than a tenth of the cells.
        let weak =
            lookup.says(&words, "words.less-than-positive") || wording::stains_too_few(segment);
        if segment.trim() == "0" && kind != Kind::Ihc {
            // In other fields a 0 is a code of the sender's.
            scores.clear();
        }
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
        if family != Family::Ish && !scores.is_empty() {
            // "3+ (control)", "0 (scale 0 - 3+)": low scores are read beside "no staining".
            let doubted = (scores.iter().any(|score| *score >= 2)
                && wording::score_in_doubt(lookup, segment))
                || (scores.contains(&3) && weak)
                || wording::score_denied(&words)
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
            let tally = self.tally(family);
            // Low is no result of a probe, and none is told by a share of cells.
            let shares = wording::numbers(segment).iter().any(|it| it.percent);
            let of_stain = shares || matches!(polarity, Polarity::Low | Polarity::Ultralow);
            if polarity == Polarity::Contradictory
                || (polarity == Polarity::Positive && weak)
                || (family == Family::Ish && of_threshold(segment, polarity))
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

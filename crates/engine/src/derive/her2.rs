//! HER2: IHC and in-situ hybridisation of one test combined (ASCO/CAP 2018, affirmed 2023).

use super::specimens::{Reading, Test, fact_of};
use super::{Deriver, truth};
use crate::bundle::{Derivation, Her2Aspect};
use crate::chart::{Method, Polarity, Receptor, ReceptorResult};
use crate::facts::{Fact, Provenance, WhyUnknown};
use std::collections::BTreeSet;
use waymark_criteria::{Bounds, Truth};

/// HER2/CEP17 ratio at and above which dual-probe groups 1 and 2 lie, in hundredths (ASCO/CAP 2018).
const RATIO: i64 = 200;

/// Mean HER2 copies per cell that bound dual-probe groups 4 and 5, in hundredths (ASCO/CAP 2018).
const COPIES_LOW: i64 = 400;

/// Mean HER2 copies per cell that bound dual-probe groups 3 and 4, in hundredths (ASCO/CAP 2018).
const COPIES_HIGH: i64 = 600;

/// What in-situ hybridisation may have found: the five dual-probe groups and the three of a single probe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Dual1,
    Dual2,
    Dual3,
    Dual4,
    Dual5,
    SingleHigh,
    SingleMiddle,
    SingleLow,
}

/// What IHC found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ihc {
    Score(u8),
    /// "Positive" without a score: 3+ by convention.
    Positive,
    /// "Negative" without a score: 0 or 1+.
    Negative,
}

/// The final result of in-situ hybridisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ish {
    Positive,
    Negative,
    /// Done, and not decided by what the record holds.
    Open,
}

const ONE_TEST_CONTRADICTS: &str = "results of one test contradict each other";

const NOT_COUNTED: &str =
    "a HER2/CEP17 ratio without the number of HER2 copies per cell does not decide it";

impl Deriver<'_> {
    /// An aspect of HER2 of the latest tissue.
    pub(super) fn her2_fact(&self, aspect: Her2Aspect) -> Fact {
        if aspect == Her2Aspect::Status {
            return self.her2_word();
        }
        let (reading, from) = match self.her2_reading() {
            Some(found) => found,
            None => (Reading::open(WhyUnknown::NotRecorded), Vec::new()),
        };
        let value = match aspect {
            Her2Aspect::Low => reading.low,
            Her2Aspect::Ultralow => reading.ultralow,
            Her2Aspect::Ihc3Plus => reading.ihc_3plus,
            Her2Aspect::Positive | Her2Aspect::Status => reading.positive,
        };
        let fact = fact_of(value, reading, from);
        if aspect == Her2Aspect::Positive || value.is_known() {
            return fact;
        }
        let rule = Derivation::Her2 {
            aspect: Her2Aspect::Positive,
        };
        let positive = match self.fact_by(|other| *other == rule) {
            Some(positive) => positive,
            None => return fact,
        };
        let low = matches!(aspect, Her2Aspect::Low | Her2Aspect::Ultralow);
        match truth(&positive) {
            Truth::True if low => Fact::truth(Truth::False, positive.from)
                .inferred("HER2-positive, so neither low nor ultralow"),
            Truth::False if aspect == Her2Aspect::Ihc3Plus => {
                Fact::truth(Truth::False, positive.from).inferred("IHC 3+ would be HER2-positive")
            }
            _ => fact,
        }
    }

    /// HER2 of the latest tissue, from the records alone.
    pub(super) fn her2_reading(&self) -> Option<(Reading, Vec<Provenance>)> {
        let tests = self.tests(|receptor| receptor == Receptor::Her2);
        self.status(&tests, read)
    }
}

/// What one test tells; `None` when it holds no usable result.
fn read(test: &Test<'_>) -> Option<Reading> {
    let polarities = |of: fn(Method) -> bool| {
        let results = test
            .results
            .iter()
            .filter(move |(_, result)| of(result.method));
        let found: BTreeSet<Polarity> = results.filter_map(|(_, result)| result.polarity).collect();
        found
    };
    let is_ish = |method| matches!(method, Method::Ish | Method::IshDual | Method::IshSingle);
    let ihc_words = polarities(|method| method == Method::Ihc);
    let ish_words = polarities(is_ish);
    let overall = polarities(|method| method == Method::Overall);
    let contradicts = || Some(Reading::open(WhyUnknown::Conflict).noted(ONE_TEST_CONTRADICTS));
    let words = ihc_words.iter().chain(&ish_words).chain(&overall);
    if words.clone().any(|word| *word == Polarity::Contradictory) {
        return contradicts();
    }
    let ihc = match ihc(test, &ihc_words) {
        Ok(ihc) => ihc,
        Err(()) => return contradicts(),
    };
    let ish = match ish(test, &ish_words, ihc) {
        Ok(ish) => ish,
        Err(()) => return contradicts(),
    };
    let low_word = words.clone().any(|word| *word == Polarity::Low);
    let ultralow_word = words.clone().any(|word| *word == Polarity::Ultralow);
    if ihc.is_none() && ish.is_none() && overall.is_empty() && !low_word && !ultralow_word {
        return None;
    }
    let Some(reading) = combine(ihc, ish) else {
        return contradicts();
    };
    let has = |of: fn(&ReceptorResult) -> Option<Bounds>| {
        test.results.iter().any(|(_, result)| of(result).is_some())
    };
    let uncounted = has(|result| result.ratio) && !has(|result| result.copies);
    let reading = if uncounted && ish == Some(Ish::Open) && !reading.positive.is_known() {
        Reading {
            note: Some(NOT_COUNTED.to_owned()),
            ..reading
        }
    } else {
        reading
    };
    let reading = match with_overall(reading, &overall) {
        Some(reading) => reading,
        None => return contradicts(),
    };
    with_words(reading, ihc, ish, low_word, ultralow_word).or_else(contradicts)
}

/// The IHC result of a test. `Err`: its results contradict each other.
fn ihc(test: &Test<'_>, words: &BTreeSet<Polarity>) -> Result<Option<Ihc>, ()> {
    let results = test
        .results
        .iter()
        .filter(|(_, result)| result.method == Method::Ihc);
    let scores: BTreeSet<u8> = results.filter_map(|(_, result)| result.score).collect();
    let mut scores = scores.into_iter();
    match (scores.next(), scores.next()) {
        (Some(_), Some(_)) => Err(()),
        (Some(score), None) => {
            let fits = |word: &Polarity| match word {
                Polarity::Positive => matches!(score, 2 | 3),
                Polarity::Negative => score <= 2,
                Polarity::Equivocal => score == 2,
                Polarity::Low => matches!(score, 1 | 2),
                Polarity::Ultralow => score == 0,
                Polarity::Contradictory => false,
            };
            (score <= 3 && words.iter().all(fits))
                .then_some(Some(Ihc::Score(score)))
                .ok_or(())
        }
        (None, _) => {
            let mut readings = words.iter().map(|word| match word {
                Polarity::Positive => Some(Ihc::Positive),
                Polarity::Equivocal => Some(Ihc::Score(2)),
                Polarity::Negative | Polarity::Low => Some(Ihc::Negative),
                Polarity::Ultralow => Some(Ihc::Score(0)),
                Polarity::Contradictory => None,
            });
            match (readings.next(), readings.next()) {
                (None, _) => Ok(None),
                // "HER2-low" may stand for 1+, or for 2+ that in-situ hybridisation did not confirm.
                (Some(_), None) if words.contains(&Polarity::Low) => Ok(None),
                (Some(one), None) => Ok(one),
                (Some(_), Some(_))
                    if words
                        .iter()
                        .all(|word| *word == Polarity::Negative || *word == Polarity::Low) =>
                {
                    Ok(None)
                }
                (Some(_), Some(_)) => Err(()),
            }
        }
    }
}

/// The result of in-situ hybridisation of a test. `Err`: its results contradict each other.
fn ish(test: &Test<'_>, words: &BTreeSet<Polarity>, ihc: Option<Ihc>) -> Result<Option<Ish>, ()> {
    let results = test.results.iter().filter(|(_, result)| {
        matches!(
            result.method,
            Method::Ish | Method::IshDual | Method::IshSingle
        )
    });
    let results: Vec<_> = results.map(|(_, result)| *result).collect();
    let ratio = shared(results.iter().filter_map(|result| result.ratio))?;
    let copies = shared(results.iter().filter_map(|result| result.copies))?;
    let dual = results
        .iter()
        .any(|result| result.method == Method::IshDual);
    let single = results
        .iter()
        .any(|result| result.method == Method::IshSingle);
    let groups = groups(ratio, copies, dual, single);
    let measured = groups.map(|groups| resolve(&groups, ihc));
    let mut said = words.iter().filter_map(|word| match word {
        Polarity::Positive => Some(Ish::Positive),
        Polarity::Negative => Some(Ish::Negative),
        Polarity::Equivocal | Polarity::Low | Polarity::Ultralow | Polarity::Contradictory => None,
    });
    let (said, more) = (said.next(), said.next());
    if more.is_some() {
        return Err(());
    }
    match (measured, said) {
        (None, None) => Ok(words.contains(&Polarity::Equivocal).then(|| {
            // Reports before 2018 had this result: one of the groups that IHC decides.
            let middle = [
                Group::Dual2,
                Group::Dual3,
                Group::Dual4,
                Group::SingleMiddle,
            ];
            resolve(&middle, ihc)
        })),
        (None, said) => Ok(said),
        (Some(Ish::Open), Some(said)) => Ok(Some(said)),
        (Some(measured), Some(said)) if measured != said => Err(()),
        (Some(measured), _) => Ok(Some(measured)),
    }
}

/// What lies inside all of some bounds; `None` without any. `Err`: nothing does.
fn shared(mut all: impl Iterator<Item = Bounds>) -> Result<Option<Bounds>, ()> {
    let Some(first) = all.next() else {
        return Ok(None);
    };
    all.try_fold(first, Bounds::overlap).map(Some).ok_or(())
}

/// The groups that ratio and copies allow; `None` without any measurement.
fn groups(
    ratio: Option<Bounds>,
    copies: Option<Bounds>,
    dual: bool,
    single: bool,
) -> Option<Vec<Group>> {
    if ratio.is_none() && copies.is_none() {
        return None;
    }
    let dual_probe = [
        (Group::Dual1, true, (Some(COPIES_LOW), None)),
        (Group::Dual2, true, (None, Some(COPIES_LOW))),
        (Group::Dual3, false, (Some(COPIES_HIGH), None)),
        (Group::Dual4, false, (Some(COPIES_LOW), Some(COPIES_HIGH))),
        (Group::Dual5, false, (None, Some(COPIES_LOW))),
    ];
    let single_probe = [
        (Group::SingleHigh, (Some(COPIES_HIGH), None)),
        (Group::SingleMiddle, (Some(COPIES_LOW), Some(COPIES_HIGH))),
        (Group::SingleLow, (None, Some(COPIES_LOW))),
    ];
    let inside = |(low, high): (Option<i64>, Option<i64>)| {
        copies.is_none_or(|copies| {
            low.is_none_or(|low| reaches(copies, low))
                && high.is_none_or(|high| stays_below(copies, high))
        })
    };
    let mut groups = Vec::new();
    if ratio.is_some() || dual || !single {
        groups.extend(
            dual_probe
                .into_iter()
                .filter(|(_, high, span)| {
                    let fits = if *high { reaches } else { stays_below };
                    ratio.is_none_or(|ratio| fits(ratio, RATIO)) && inside(*span)
                })
                .map(|(group, _, _)| group),
        );
    }
    if ratio.is_none() && !dual {
        let fitting = single_probe.into_iter().filter(|(_, span)| inside(*span));
        groups.extend(fitting.map(|(group, _)| group));
    }
    Some(groups)
}

/// Whether a value inside the bounds may be at a threshold or above it.
fn reaches(bounds: Bounds, threshold: i64) -> bool {
    bounds.high.is_none_or(|high| high >= threshold)
}

/// Whether a value inside the bounds may be below a threshold.
fn stays_below(bounds: Bounds, threshold: i64) -> bool {
    bounds.low.is_none_or(|low| low < threshold)
}

/// The result on which every possible group agrees, IHC considered.
fn resolve(groups: &[Group], ihc: Option<Ihc>) -> Ish {
    let results: BTreeSet<u8> = groups
        .iter()
        .map(|group| match result(*group, ihc) {
            Ish::Positive => 0,
            Ish::Negative => 1,
            Ish::Open => 2,
        })
        .collect();
    match results.into_iter().collect::<Vec<_>>()[..] {
        [0] => Ish::Positive,
        [1] => Ish::Negative,
        _ => Ish::Open,
    }
}

/// One group with the IHC of the same tissue (ASCO/CAP 2018, dual-probe groups 1 to 5 and the single-probe table).
/// With IHC 2+, groups 2 to 4 wait for a recount by a second observer, of which a chart has no record.
fn result(group: Group, ihc: Option<Ihc>) -> Ish {
    match (group, ihc) {
        (Group::Dual1 | Group::SingleHigh, _) => Ish::Positive,
        (Group::Dual5 | Group::SingleLow, _) => Ish::Negative,
        (Group::Dual2 | Group::Dual3 | Group::Dual4 | Group::SingleMiddle, Some(ihc)) => {
            match ihc {
                Ihc::Score(0 | 1) | Ihc::Negative => Ish::Negative,
                Ihc::Score(3) => Ish::Positive,
                Ihc::Score(_) | Ihc::Positive => Ish::Open,
            }
        }
        (Group::Dual2 | Group::Dual3 | Group::Dual4 | Group::SingleMiddle, None) => Ish::Open,
    }
}

/// IHC with in-situ hybridisation. `None`: they contradict each other.
fn combine(ihc: Option<Ihc>, ish: Option<Ish>) -> Option<Reading> {
    let reading = |positive, low, ultralow, ihc_3plus| Reading {
        positive,
        low,
        ultralow,
        ihc_3plus,
        ..Reading::open(WhyUnknown::Unresolved)
    };
    let (yes, no, open) = (Truth::True, Truth::False, Truth::Unknown);
    let read = match (ihc, ish) {
        (Some(Ihc::Score(3)), Some(Ish::Negative)) => reading(yes, no, no, yes)
            .noted("IHC 3+ while in-situ hybridisation is negative: positive by IHC, and worth a second look"),
        (Some(Ihc::Score(3)), _) => reading(yes, no, no, yes),
        (Some(Ihc::Positive), Some(Ish::Negative)) => return None,
        (Some(Ihc::Positive), ish) => {
            let positive = reading(yes, no, no, open);
            if ish == Some(Ish::Positive) {
                positive
            } else {
                positive.noted("IHC positive without a score; by convention that means 3+")
            }
        }
        (Some(Ihc::Score(_) | Ihc::Negative), Some(Ish::Positive)) => reading(yes, no, no, no),
        (None, Some(Ish::Positive)) => reading(yes, no, no, open),
        (Some(Ihc::Score(0)), _) => reading(no, no, open, no),
        (Some(Ihc::Score(1)), Some(Ish::Open)) => reading(open, open, no, no),
        (Some(Ihc::Score(1)), _) => reading(no, yes, no, no),
        (Some(Ihc::Negative), Some(Ish::Open)) => reading(open, open, open, no),
        (Some(Ihc::Negative), _) => reading(no, open, open, no)
            .noted("IHC negative without a score: 0 or 1+"),
        (Some(Ihc::Score(_)), Some(Ish::Negative)) => reading(no, yes, no, no),
        (Some(Ihc::Score(_)), None) => Reading {
            equivocal: true,
            ..reading(open, open, no, no)
        }
        .noted("IHC 2+ without in-situ hybridisation"),
        (Some(Ihc::Score(_)), Some(Ish::Open)) => Reading {
            equivocal: true,
            ..reading(open, open, no, no)
        }
        .noted("in-situ hybridisation does not decide it without a recount or the missing count"),
        (None, Some(Ish::Negative)) => reading(no, open, open, open),
        (None, Some(Ish::Open)) => reading(open, open, open, open)
            .noted("in-situ hybridisation alone does not decide it; IHC of the same tissue would"),
        (None, None) => reading(open, open, open, open),
    };
    // IHC 0 or 1+ beside a ratio alone that would be group 1 or 2: the missing count decides.
    if ish == Some(Ish::Open) && ihc == Some(Ihc::Score(0)) {
        return Some(Reading {
            positive: open,
            ..read
        });
    }
    Some(read)
}

/// The overall status of the same report. `None`: it contradicts the results.
fn with_overall(reading: Reading, overall: &BTreeSet<Polarity>) -> Option<Reading> {
    let yes = overall.contains(&Polarity::Positive);
    let no = overall.contains(&Polarity::Negative)
        || overall.contains(&Polarity::Low)
        || overall.contains(&Polarity::Ultralow);
    let equivocal = overall.contains(&Polarity::Equivocal);
    match (yes, no, reading.positive) {
        (true, true, _) | (true, false, Truth::False) | (false, true, Truth::True) => None,
        (true, false, Truth::Unknown) => Some(Reading {
            positive: Truth::True,
            low: Truth::False,
            ultralow: Truth::False,
            equivocal: false,
            note: None,
            ..reading
        }),
        (false, true, Truth::Unknown) => Some(Reading {
            positive: Truth::False,
            ihc_3plus: Truth::False,
            equivocal: false,
            note: None,
            ..reading
        }),
        (false, false, Truth::Unknown) if equivocal => Some(Reading {
            equivocal: true,
            ..reading
        }),
        _ => Some(reading),
    }
}

/// "HER2-low" and "HER2-ultralow" as reported words. `None`: they contradict the results.
fn with_words(
    reading: Reading,
    ihc: Option<Ihc>,
    ish: Option<Ish>,
    low: bool,
    ultralow: bool,
) -> Option<Reading> {
    let fits_low = matches!(ihc, None | Some(Ihc::Negative | Ihc::Score(1 | 2)));
    let fits_ultralow = matches!(ihc, None | Some(Ihc::Negative | Ihc::Score(0)));
    match (low, ultralow) {
        (false, false) => Some(reading),
        (true, false)
            if fits_low && reading.positive != Truth::True && ish != Some(Ish::Positive) =>
        {
            Some(Reading {
                positive: Truth::False,
                low: Truth::True,
                ultralow: Truth::False,
                ihc_3plus: Truth::False,
                equivocal: false,
                note: None,
                ..reading
            })
        }
        (false, true) if fits_ultralow && reading.positive != Truth::True => Some(Reading {
            positive: Truth::False,
            low: Truth::False,
            ultralow: Truth::True,
            ihc_3plus: Truth::False,
            equivocal: false,
            note: None,
            ..reading
        }),
        _ => None,
    }
}

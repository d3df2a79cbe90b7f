//! HER2: IHC and in-situ hybridisation of one test, by the decision tables of the knowledge base.

use super::specimens::{Reading, Test, fact_of};
use super::{Deriver, truth};
use crate::bundle::{Bundle, Column, Decision, Derivation, Her2Aspect, Known};
use crate::chart::{Method, Polarity, Receptor, ReceptorResult};
use crate::facts::{Fact, Provenance, WhyUnknown};
use waymark_criteria::{Bounds, SortedSet, Truth};

/// What IHC found, as the words of the tables: several where a report does not say which of them.
type Ihc = &'static [&'static str];

/// "Negative" without a score.
const NEGATIVE: Ihc = &["0", "1+"];

/// "Positive" without a score.
const POSITIVE: Ihc = &["positive"];

/// No result of it.
const NONE: Ihc = &["none"];

const SCORES: [Ihc; 4] = [&["0"], &["1+"], &["2+"], &["3+"]];

/// In-situ hybridisation of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ish {
    /// As the word of the tables.
    result: &'static str,
    /// The rows that decided.
    told: String,
}

/// The groups reported as "equivocal": those that IHC decides.
const MIDDLE: [&str; 4] = ["group-2", "group-3", "group-4", "single-middle"];

const ONE_TEST_CONTRADICTS: &str = "results of one test contradict each other";

const BY_WORD: &str = "the overall status in the report says so";

const NOT_COUNTED: &str =
    "a HER2/CEP17 ratio without the number of HER2 copies per cell does not decide it";

impl Deriver<'_> {
    /// An aspect of HER2 of the latest tissue.
    pub(super) fn her2_fact(&self, aspect: Her2Aspect) -> Fact {
        if aspect == Her2Aspect::Status {
            return self.her2_word();
        }
        if matches!(aspect, Her2Aspect::EverPositive | Her2Aspect::Differs) {
            let tests = self.tests(|receptor| receptor == Receptor::Her2);
            let read = |test: &Test<'_>| read(self.bundle, test);
            return match aspect {
                Her2Aspect::Differs => tests.differ(read),
                _ => tests.ever_positive(read),
            };
        }
        let (reading, from) = match self.her2_reading() {
            Some(found) => found,
            None => (Reading::open(WhyUnknown::NotRecorded), Vec::new()),
        };
        let value = match aspect {
            Her2Aspect::Low => reading.low,
            Her2Aspect::Ultralow => reading.ultralow,
            Her2Aspect::Ihc3Plus => reading.ihc_3plus,
            Her2Aspect::Positive
            | Her2Aspect::Status
            | Her2Aspect::EverPositive
            | Her2Aspect::Differs => reading.positive,
        };
        let fact = fact_of(value, reading, from);
        if aspect == Her2Aspect::Positive || value.is_known() {
            return fact;
        }
        let is_positive = |rule: &Derivation| matches!(rule, Derivation::Her2 { aspect } if *aspect == Her2Aspect::Positive);
        let positive = match self.fact_by(is_positive) {
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
        self.status(&tests, |test| read(self.bundle, test))
    }
}

/// What one test tells; `None` when it holds no usable result.
fn read(bundle: &Bundle, test: &Test<'_>) -> Option<Reading> {
    let polarities = |of: fn(Method) -> bool| {
        let results = test
            .results
            .iter()
            .filter(move |(_, result)| of(result.method));
        let found: SortedSet<Polarity> =
            results.filter_map(|(_, result)| result.polarity).collect();
        found
    };
    let ihc_words = polarities(|method| method == Method::Ihc);
    let ish_words = polarities(is_ish);
    let overall = polarities(|method| method == Method::Overall);
    let contradicts = || Some(Reading::open(WhyUnknown::Conflict).noted(ONE_TEST_CONTRADICTS));
    let words = ihc_words.iter().chain(&ish_words).chain(&overall);
    if words.clone().any(|word| *word == Polarity::Contradictory) {
        return contradicts();
    }
    let Ok(ihc) = ihc(test, &ihc_words) else {
        return contradicts();
    };
    let Ok(mut ish) = ish(bundle, test, &ish_words, ihc) else {
        return contradicts();
    };
    let has = |of: fn(&ReceptorResult) -> Option<Bounds>| {
        test.results.iter().any(|(_, result)| of(result).is_some())
    };
    if let Some(ish) = ish.as_mut().filter(|ish| ish.result == "open")
        && has(|result| result.ratio)
        && !has(|result| result.copies)
    {
        NOT_COUNTED.clone_into(&mut ish.told);
    }
    let low_word = words.clone().any(|word| *word == Polarity::Low);
    let ultralow_word = words.clone().any(|word| *word == Polarity::Ultralow);
    if ihc == NONE && ish.is_none() && overall.is_empty() && !low_word && !ultralow_word {
        return None;
    }
    let reading = combine(bundle, ihc, ish.as_ref());
    if reading.why == WhyUnknown::Conflict && !reading.positive.is_known() {
        return Some(reading);
    }
    let reading = match with_overall(reading, &overall) {
        Some(reading) => reading,
        None => return contradicts(),
    };
    let positive_ish = ish.as_ref().is_some_and(|ish| ish.result == "positive");
    with_words(reading, ihc, positive_ish, low_word, ultralow_word).or_else(contradicts)
}

fn is_ish(method: Method) -> bool {
    matches!(method, Method::Ish | Method::IshDual | Method::IshSingle)
}

/// The IHC result of a test. `Err`: its results contradict each other.
fn ihc(test: &Test<'_>, words: &SortedSet<Polarity>) -> Result<Ihc, ()> {
    let results = test
        .results
        .iter()
        .filter(|(_, result)| result.method == Method::Ihc);
    let scores: SortedSet<u8> = results.filter_map(|(_, result)| result.score).collect();
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
            let score = SCORES.get(usize::from(score)).copied().ok_or(())?;
            words.iter().all(fits).then_some(score).ok_or(())
        }
        (None, _) => {
            let mut readings = words.iter().map(|word| match word {
                Polarity::Positive => POSITIVE,
                Polarity::Equivocal => SCORES[2],
                Polarity::Negative | Polarity::Low => NEGATIVE,
                Polarity::Ultralow => SCORES[0],
                Polarity::Contradictory => NONE,
            });
            match (readings.next(), readings.next()) {
                (None, _) => Ok(NONE),
                // "HER2-low" may stand for 1+, or for 2+ that in-situ hybridisation did not confirm.
                (Some(_), None) if words.contains(&Polarity::Low) => Ok(NONE),
                (Some(one), None) => Ok(one),
                (Some(_), Some(_))
                    if words
                        .iter()
                        .all(|word| *word == Polarity::Negative || *word == Polarity::Low) =>
                {
                    Ok(NONE)
                }
                (Some(_), Some(_)) => Err(()),
            }
        }
    }
}

/// The result of in-situ hybridisation of a test. `Err`: its results contradict each other.
fn ish(
    bundle: &Bundle,
    test: &Test<'_>,
    words: &SortedSet<Polarity>,
    ihc: Ihc,
) -> Result<Option<Ish>, ()> {
    let measured = measured(bundle, test, ihc)?;
    let mut said = words.iter().filter_map(|word| match word {
        Polarity::Positive => Some("positive"),
        Polarity::Negative => Some("negative"),
        Polarity::Equivocal | Polarity::Low | Polarity::Ultralow | Polarity::Contradictory => None,
    });
    let (said, more) = (said.next(), said.next());
    if more.is_some() {
        return Err(());
    }
    let word = |result| Ish {
        result,
        told: String::new(),
    };
    match (measured, said) {
        (None, None) => Ok(words
            .contains(&Polarity::Equivocal)
            .then(|| by_group(bundle, test, ihc, &MIDDLE, &["none"], String::new()))),
        (None, Some(said)) => Ok(Some(word(said))),
        (Some(measured), Some(said)) if measured.result == "open" => Ok(Some(word(said))),
        (Some(measured), Some(said)) if measured.result != said => Err(()),
        (Some(measured), _) => Ok(Some(measured)),
    }
}

/// What the counts of a test give. Two probes are preferred to one; a recount is held against the first count.
fn measured(bundle: &Bundle, test: &Test<'_>, ihc: Ihc) -> Result<Option<Ish>, ()> {
    let counts = |of: &dyn Fn(&ReceptorResult) -> bool| {
        let results = test.results.iter().map(|(_, result)| *result);
        let chosen = results.filter(|result| is_ish(result.method) && of(result));
        groups(bundle, &chosen.collect::<Vec<_>>())
    };
    let single = counts(&|result| !result.recount && result.method == Method::IshSingle)?;
    let other = counts(&|result| !result.recount && result.method != Method::IshSingle)?;
    let recount = counts(&|result| result.recount)?;
    let relation: &[&str] = match (&other, &recount) {
        (_, None) => &["none"],
        (Some((first, _)), Some((second, _))) if first == second && first.len() == 1 => &["same"],
        (Some((first, _)), Some((second, _))) if !first.iter().any(|it| second.contains(it)) => {
            &["other"]
        }
        (_, Some(_)) => &["same", "other"],
    };
    let decide = |counted: Option<(Vec<&'static str>, String)>, recount: &[&str]| {
        counted.map(|(groups, told)| by_group(bundle, test, ihc, &groups, recount, told))
    };
    let single = decide(single, &["none"]);
    let Some(preferred) = decide(other, relation) else {
        return Ok(single);
    };
    let opposed = single.is_some_and(|single| {
        ["positive", "negative"].contains(&single.result)
            && ["positive", "negative"].contains(&preferred.result)
            && single.result != preferred.result
    });
    if opposed {
        Err(())
    } else {
        Ok(Some(preferred))
    }
}

/// The groups that some counts allow, and the rows that say so. `Err`: they contradict each other.
fn groups(
    bundle: &Bundle,
    counts: &[&ReceptorResult],
) -> Result<Option<(Vec<&'static str>, String)>, ()> {
    let ratio = shared(counts.iter().filter_map(|count| count.ratio))?;
    let copies = shared(counts.iter().filter_map(|count| count.copies))?;
    if ratio.is_none() && copies.is_none() {
        return Ok(None);
    }
    let by = |method| counts.iter().any(|count| count.method == method);
    let mut known = Known::default();
    if ratio.is_some() || by(Method::IshDual) {
        known = known.word(Column::Probe, &["dual"]);
    } else if by(Method::IshSingle) {
        known = known.word(Column::Probe, &["single"]);
    }
    if let Some(ratio) = ratio {
        known = known.within(Column::Ratio, ratio);
    }
    if let Some(copies) = copies {
        known = known.within(Column::Copies, copies);
    }
    Ok(bundle.table(Decision::Her2Group).map(|table| {
        let decided = table.decide(&known);
        let told = decided.told();
        (decided.results, told)
    }))
}

/// The result on which every possible group agrees, IHC considered; `open` when they do not.
fn by_group(
    bundle: &Bundle,
    test: &Test<'_>,
    ihc: Ihc,
    groups: &[&str],
    recount: &[&str],
    counted: String,
) -> Ish {
    let known = Known::default()
        .word(Column::Group, groups)
        .word(Column::Ihc, ihc)
        .word(Column::Recount, recount)
        .within(Column::Reported, reported(test));
    let decided = bundle
        .table(Decision::Her2Ish)
        .map(|table| table.decide(&known));
    match decided {
        Some(decided) => Ish {
            result: decided.result().unwrap_or("open"),
            told: [decided.told(), counted]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join("; "),
        },
        None => Ish {
            result: "open",
            told: String::new(),
        },
    }
}

/// When in-situ hybridisation of a test was reported, in days.
fn reported(test: &Test<'_>) -> Bounds {
    let results = test.results.iter();
    let dates = results.filter(|(_, result)| is_ish(result.method));
    let dates = dates.map(|(seen, _)| seen.date.in_days());
    let span = dates.reduce(|one, other| Bounds {
        low: one.low.zip(other.low).map(|(one, other)| one.min(other)),
        high: one.high.zip(other.high).map(|(one, other)| one.max(other)),
    });
    span.unwrap_or(Bounds::UNKNOWN)
}

/// What lies inside all of some bounds; `None` without any. `Err`: nothing does.
fn shared(mut all: impl Iterator<Item = Bounds>) -> Result<Option<Bounds>, ()> {
    let Some(first) = all.next() else {
        return Ok(None);
    };
    all.try_fold(first, Bounds::overlap).map(Some).ok_or(())
}

/// IHC with in-situ hybridisation: what holds of every result that the table leaves possible.
fn combine(bundle: &Bundle, ihc: Ihc, ish: Option<&Ish>) -> Reading {
    let open = Reading::open(WhyUnknown::Unresolved);
    let result = ish.map_or("none", |ish| ish.result);
    if ihc == NONE && result == "none" {
        return open;
    }
    let known = Known::default()
        .word(Column::Ihc, ihc)
        .word(Column::Ish, &[result]);
    let Some(table) = bundle.table(Decision::Her2Result) else {
        return open;
    };
    let decided = table.decide(&known);
    if decided.result() == Some("conflict") {
        return Reading::open(WhyUnknown::Conflict).noted(&decided.told());
    }
    let all = |of: fn(&str) -> Truth| {
        let mut truths = decided.results.iter().map(|result| of(result));
        let first = truths.next().unwrap_or(Truth::Unknown);
        if truths.all(|truth| truth == first) {
            first
        } else {
            Truth::Unknown
        }
    };
    let ihc_3plus = match ihc {
        ["3+"] => Truth::True,
        ["none"] | ["positive"] => Truth::Unknown,
        _ => Truth::False,
    };
    let reading = Reading {
        positive: all(|result| match result {
            "positive" => Truth::True,
            "low" | "zero" | "negative" => Truth::False,
            _ => Truth::Unknown,
        }),
        low: all(|result| match result {
            "low" => Truth::True,
            "positive" | "zero" => Truth::False,
            _ => Truth::Unknown,
        }),
        ultralow: all(|result| match result {
            "positive" | "low" | "equivocal" => Truth::False,
            _ => Truth::Unknown,
        }),
        ihc_3plus,
        equivocal: decided.result() == Some("equivocal"),
        ..open
    };
    let told = reading.noted(&decided.told());
    match ish {
        Some(ish) if !ish.told.is_empty() => told.noted(&ish.told),
        Some(_) | None => told,
    }
}

/// The overall status of the same report. `None`: it contradicts the results.
fn with_overall(reading: Reading, overall: &SortedSet<Polarity>) -> Option<Reading> {
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
            note: Some(BY_WORD.to_owned()),
            ..reading
        }),
        (false, true, Truth::Unknown) => Some(Reading {
            positive: Truth::False,
            ihc_3plus: Truth::False,
            equivocal: false,
            note: Some(BY_WORD.to_owned()),
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
    ihc: Ihc,
    positive_ish: bool,
    low: bool,
    ultralow: bool,
) -> Option<Reading> {
    let fits_low = matches!(ihc, ["none"] | ["0", "1+"] | ["1+"] | ["2+"]);
    let fits_ultralow = matches!(ihc, ["none"] | ["0", "1+"] | ["0"]);
    match (low, ultralow) {
        (false, false) => Some(reading),
        (true, false) if fits_low && reading.positive != Truth::True && !positive_ish => {
            Some(Reading {
                positive: Truth::False,
                low: Truth::True,
                ultralow: Truth::False,
                ihc_3plus: Truth::False,
                equivocal: false,
                note: Some("the report calls it HER2-low".to_owned()),
                ..reading
            })
        }
        (false, true) if fits_ultralow && reading.positive != Truth::True => Some(Reading {
            positive: Truth::False,
            low: Truth::False,
            ultralow: Truth::True,
            ihc_3plus: Truth::False,
            equivocal: false,
            note: Some("the report calls it HER2-ultralow".to_owned()),
            ..reading
        }),
        _ => None,
    }
}

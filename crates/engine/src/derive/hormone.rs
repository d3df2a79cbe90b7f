//! Hormone receptors: oestrogen or progesterone receptor, by the decision table of the knowledge base.

use super::Deriver;
use super::specimens::{Reading, Test, fact_of};
use crate::bundle::{Bundle, Column, Decided, Decision, Known, StatusAspect};
use crate::chart::{Polarity, Receptor, ReceptorResult};
use crate::facts::{Fact, WhyUnknown};
use waymark_criteria::Truth;

impl Deriver<'_> {
    /// Hormone receptors of the latest tissue.
    pub(super) fn hormone_fact(&self, aspect: StatusAspect) -> Fact {
        if aspect == StatusAspect::Status {
            return self.hormone_word();
        }
        let tests = self.tests(|receptor| receptor != Receptor::Her2);
        if aspect == StatusAspect::Differs {
            return tests.differ(|test| read(self.bundle, test));
        }
        match self.status(&tests, |test| read(self.bundle, test)) {
            Some((reading, from)) => fact_of(reading.positive, reading, from),
            None => Fact::truth(Truth::Unknown, Vec::new()),
        }
    }
}

/// What one test tells; `None` when it holds no usable result.
fn read(bundle: &Bundle, test: &Test<'_>) -> Option<Reading> {
    let of = |receptor: Receptor| {
        let results = test
            .results
            .iter()
            .filter(|(_, result)| result.receptor == receptor);
        let truths: Vec<Option<Truth>> = results
            .filter_map(|(_, result)| told(bundle, result))
            .collect();
        truths
    };
    let (er, pr, both) = (of(Receptor::Er), of(Receptor::Pr), of(Receptor::Hormone));
    if er.is_empty() && pr.is_empty() && both.is_empty() {
        return None;
    }
    let conflict =
        Reading::open(WhyUnknown::Conflict).noted("results of one test contradict each other");
    let (Some(er), Some(pr), Some(both)) = (one(&er), one(&pr), one(&both)) else {
        return Some(conflict);
    };
    let parts = er.or(pr);
    let contradiction = matches!(
        (parts, both),
        (Truth::True, Truth::False) | (Truth::False, Truth::True)
    );
    if contradiction {
        return Some(conflict);
    }
    let positive = if parts.is_known() { parts } else { both };
    let reading = Reading {
        positive,
        ..Reading::open(WhyUnknown::Unresolved)
    };
    let half = (er == Truth::False && pr == Truth::Unknown)
        || (pr == Truth::False && er == Truth::Unknown);
    if half && !positive.is_known() {
        return Some(
            reading.noted("one of the two receptors is negative, the other one is not told"),
        );
    }
    let shares = test.results.iter().filter_map(|(_, result)| {
        let name = match result.receptor {
            Receptor::Er => "ER",
            Receptor::Pr => "PR",
            Receptor::Hormone => "ER or PR",
            Receptor::Her2 => return None,
        };
        let told = by_share(bundle, result)?.told();
        Some(format!("{name}: {told}"))
    });
    let mut shares: Vec<String> = shares.collect();
    shares.sort();
    shares.dedup();
    Some(if shares.is_empty() {
        reading
    } else {
        reading.noted(&shares.join("; "))
    })
}

/// What the table says of the share of stained cells; `None` without a share.
fn by_share<'b>(bundle: &'b Bundle, result: &ReceptorResult) -> Option<Decided<'b>> {
    let table = bundle.table(Decision::HormoneReceptor)?;
    let known = Known::default().within(Column::Percent, result.percent?);
    Some(table.decide(&known))
}

/// What a result tells: nothing, a contradiction in itself (`Some(None)`), or a truth.
fn told(bundle: &Bundle, result: &ReceptorResult) -> Option<Option<Truth>> {
    let share = by_share(bundle, result).map(|decided| {
        let negative = decided.results.contains(&"negative");
        match (negative, decided.results.len()) {
            (true, 1) => Truth::False,
            (true, _) => Truth::Unknown,
            (false, _) => Truth::True,
        }
    });
    let word = result.polarity.map(|polarity| match polarity {
        Polarity::Positive | Polarity::Low => Some(Truth::True),
        Polarity::Negative => Some(Truth::False),
        Polarity::Equivocal | Polarity::Ultralow => Some(Truth::Unknown),
        Polarity::Contradictory => None,
    });
    match (share, word) {
        (None, word) => word,
        (_, Some(None)) => Some(None),
        (Some(share), None | Some(Some(Truth::Unknown))) => Some(Some(share)),
        (Some(Truth::Unknown), Some(Some(word))) => Some(Some(word)),
        (Some(share), Some(Some(word))) => Some((share == word).then_some(share)),
    }
}

/// The one truth of several results, if they do not contradict each other.
fn one(truths: &[Option<Truth>]) -> Option<Truth> {
    truths.iter().try_fold(Truth::Unknown, |all, truth| {
        let truth = (*truth)?;
        match (all, truth) {
            (Truth::Unknown, truth) | (truth, Truth::Unknown) => Some(truth),
            (all, truth) => (all == truth).then_some(all),
        }
    })
}

//! Receptor results gathered by test, and the choice of the tissue that speaks for the patient.
//!
//! Results of one specimen are one test; so are results of the same day and the same kind of tissue. Status comes from
//! the latest metastatic specimen with a usable result, else from the latest primary. A result that does not say
//! where its tissue came from is of the primary when it is older than the metastatic disease; else it may be either,
//! and decides only when both readings give the same answer.

use super::Deriver;
use super::disease::{TWO_CANCERS, Tie};
use super::timeline::{Seen, latest};
use crate::chart::{Event, Method, Receptor, ReceptorResult, Side, Tissue};
use crate::facts::{Fact, Provenance, WhyUnknown};
use waymark_criteria::{DateBounds, Truth};

/// Why a result of the breast decides nothing beside another one.
const TWO_BREAST_CANCERS: &str = "two breast cancers are on record, and their results differ: which of them this is about is not told";

/// What one test tells, and in the end what is taken as the status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// Positive?
    pub(super) positive: Truth,
    /// HER2-low?
    pub(super) low: Truth,
    /// HER2-ultralow?
    pub(super) ultralow: Truth,
    /// IHC 3+?
    pub(super) ihc_3plus: Truth,
    /// An equivocal result that nothing resolved.
    pub(super) equivocal: bool,
    /// Why what is unknown in it is.
    pub(super) why: WhyUnknown,
    /// How it was concluded.
    pub(super) note: Option<String>,
    /// What may be of the same test: records that leave open what is unknown in it.
    pub(super) beside: Vec<Provenance>,
}

impl Reading {
    /// Nothing can be told.
    pub(super) fn open(why: WhyUnknown) -> Self {
        Reading {
            positive: Truth::Unknown,
            low: Truth::Unknown,
            ultralow: Truth::Unknown,
            ihc_3plus: Truth::Unknown,
            equivocal: false,
            why,
            note: None,
            beside: Vec::new(),
        }
    }

    /// With the way it was concluded.
    pub(super) fn noted(self, note: &str) -> Self {
        Reading {
            note: Some(match self.note {
                Some(earlier) => format!("{earlier}; {note}"),
                None => note.to_owned(),
            }),
            ..self
        }
    }

    /// Whether they contradict each other in anything that is asked of a receptor.
    fn is_unlike(&self, other: &Reading) -> bool {
        opposed(self.positive, other.positive)
            || opposed(self.low, other.low)
            || opposed(self.ultralow, other.ultralow)
    }

    /// What both readings tell.
    fn and_also(self, other: &Reading) -> Self {
        let agree = |one: Truth, other: Truth| if one == other { one } else { Truth::Unknown };
        let why = if opposed(self.positive, other.positive)
            || opposed(self.low, other.low)
            || other.why == WhyUnknown::Conflict
        {
            WhyUnknown::Conflict
        } else {
            self.why
        };
        Reading {
            positive: agree(self.positive, other.positive),
            low: agree(self.low, other.low),
            ultralow: agree(self.ultralow, other.ultralow),
            ihc_3plus: agree(self.ihc_3plus, other.ihc_3plus),
            equivocal: self.equivocal && other.equivocal,
            why,
            note: self.note,
            beside: [self.beside, other.beside.clone()].concat(),
        }
    }
}

/// Whether both are known, and are not the same.
fn opposed(one: Truth, other: Truth) -> bool {
    one.is_known() && other.is_known() && one != other
}

/// The results of one test of one tissue.
#[derive(Clone, Debug)]
pub(super) struct Test<'a> {
    /// The earliest of its results.
    pub(super) date: DateBounds,
    /// As the record gives it; equal dates make one test.
    recorded: DateBounds,
    /// It surely was done by the day asked for.
    certain: bool,
    /// Where the tissue came from.
    pub(super) tissue: Tissue,
    specimen: Option<&'a str>,
    side: Option<Side>,
    /// Records of tests that it may be part of.
    beside: Vec<Provenance>,
    /// The results.
    pub(super) results: Vec<(Seen<'a>, &'a ReceptorResult)>,
}

impl<'a> Test<'a> {
    fn of(seen: Seen<'a>, result: &'a ReceptorResult) -> Self {
        Test {
            date: seen.date,
            recorded: seen.entry.date,
            certain: seen.certain,
            tissue: result.tissue,
            specimen: result.specimen.as_deref(),
            side: result.side,
            beside: Vec::new(),
            results: vec![(seen, result)],
        }
    }

    /// Whether specimens are named, and are not the same, or one is of the left side and the other of the right.
    fn other_specimen(&self, other: &Test<'a>) -> bool {
        let opposite = matches!(
            (self.side, other.side),
            (Some(Side::Left), Some(Side::Right)) | (Some(Side::Right), Some(Side::Left))
        );
        let named = self.specimen.is_some() && other.specimen.is_some();
        opposite || (named && self.specimen != other.specimen)
    }

    fn same_record(&self, other: &Test<'a>) -> bool {
        let records = |test: &Test<'a>| {
            let records = test
                .results
                .iter()
                .map(|(seen, _)| &seen.entry.source.record);
            records.collect::<Vec<_>>()
        };
        let mine = records(self);
        records(other).iter().any(|record| mine.contains(record))
    }

    fn other_receptors(&self, other: &Test<'a>) -> bool {
        let has = |receptor: Receptor| self.has(|result| result.receptor == receptor);
        !other.has(|result| has(result.receptor))
    }

    fn take(&mut self, other: Test<'a>) {
        self.specimen = self.specimen.or(other.specimen);
        self.side = self.side.or(other.side);
        self.tissue = match (self.tissue, other.tissue) {
            (Tissue::Unstated, tissue) | (tissue, Tissue::Unstated) => tissue,
            (one, other) if one == other => one,
            _ => Tissue::Unstated,
        };
        self.certain &= other.certain;
        self.beside.extend(other.beside);
        self.results.extend(other.results);
    }

    /// What it found, for a reader: `metastasis, 2025-09-22: negative`.
    fn in_words(&self, positive: Truth) -> String {
        let tissue = match self.tissue {
            Tissue::Primary => "breast",
            Tissue::Metastasis => "metastasis",
            Tissue::Unstated => "tissue not told",
        };
        let found = match positive {
            Truth::True => "positive",
            Truth::False => "negative",
            Truth::Unknown => "open",
        };
        let undated = self.recorded == DateBounds::UNKNOWN;
        let date = if undated {
            "undated".to_owned()
        } else {
            self.recorded.to_string()
        };
        format!("{tissue}, {date}: {found}")
    }

    fn provenance(&self) -> impl Iterator<Item = Provenance> + '_ {
        self.results.iter().map(|(seen, _)| seen.provenance())
    }

    fn has(&self, wanted: impl Fn(&ReceptorResult) -> bool) -> bool {
        self.results.iter().any(|(_, result)| wanted(result))
    }
}

/// The tests of some receptors, or why there are none to use.
pub(super) struct Tests<'a> {
    /// Tests of tissue, oldest first.
    tests: Vec<Test<'a>>,
    /// Undated statuses without method and tissue, as problem lists and billing codes give them.
    weak: Vec<Test<'a>>,
    /// Results that may belong to another cancer, and the diagnoses of both.
    untied: Vec<Provenance>,
}

impl Tests<'_> {
    /// Usable results that were surely there by the day asked for.
    fn certain(&self, read: impl Fn(&Test<'_>) -> Option<Reading>) -> Vec<(&Test<'_>, Truth)> {
        let usable = usable_of(&self.tests, read).into_iter();
        usable
            .filter(|(test, _)| test.certain)
            .map(|(test, reading)| (test, reading.positive))
            .collect()
    }

    /// Whether any specimen on record was positive. What is lost later does not undo it, and silence is no "no".
    pub(super) fn ever_positive(&self, read: impl Fn(&Test<'_>) -> Option<Reading>) -> Fact {
        let told = self.certain(read);
        let of = |wanted: Truth| {
            let chosen = told.iter().filter(move |(_, positive)| *positive == wanted);
            chosen.flat_map(|(test, _)| test.provenance())
        };
        let positive: Vec<Provenance> = of(Truth::True).collect();
        if !positive.is_empty() {
            return Fact::truth(Truth::True, positive);
        }
        let open: Vec<Provenance> = of(Truth::Unknown).chain(self.untied.clone()).collect();
        let unresolved = !open.is_empty();
        let fact = Fact::truth(Truth::Unknown, open);
        if unresolved {
            fact.because(WhyUnknown::Unresolved)
        } else {
            fact
        }
    }

    /// Whether specimens on record differ: one positive, another negative. Silence is no "no".
    pub(super) fn differ(&self, read: impl Fn(&Test<'_>) -> Option<Reading>) -> Fact {
        let told = self.certain(read);
        let has = |wanted| told.iter().any(|(_, positive)| *positive == wanted);
        if !(has(Truth::True) && has(Truth::False)) {
            let known = has(Truth::True) || has(Truth::False);
            let unsettled = known && has(Truth::Unknown) || !self.untied.is_empty();
            return if unsettled {
                let from = told.iter().flat_map(|(test, _)| test.provenance());
                let from = from.chain(self.untied.clone()).collect();
                Fact::truth(Truth::Unknown, from).because(WhyUnknown::Unresolved)
            } else {
                Fact::truth(Truth::Unknown, Vec::new())
            };
        }
        let known = told.iter().filter(|(_, positive)| positive.is_known());
        let each: Vec<String> = known
            .clone()
            .map(|(test, positive)| test.in_words(*positive))
            .collect();
        let from = known.flat_map(|(test, _)| test.provenance()).collect();
        Fact::truth(Truth::True, from).inferred(each.join("; "))
    }
}

impl<'a> Deriver<'a> {
    /// The results of receptors, gathered by test.
    pub(super) fn tests(&self, of: impl Fn(Receptor) -> bool) -> Tests<'_> {
        let mut untied = Vec::new();
        let mut strong: Vec<Test<'_>> = Vec::new();
        let mut weak: Vec<Test<'_>> = Vec::new();
        let results = self.timeline.each(|event| match event {
            Event::Receptor(result) => Some(result),
            _ => None,
        });
        for (seen, result) in results.filter(|(_, result)| of(result.receptor)) {
            match self.tie(result.cancer.as_ref()) {
                Tie::Ours => {}
                Tie::Other => continue,
                Tie::Untied => {
                    untied.push(seen.provenance());
                    continue;
                }
            }
            let is_weak = result.method == Method::Overall
                && result.tissue == Tissue::Unstated
                && result.specimen.is_none()
                && seen.undated();
            gather(
                if is_weak { &mut weak } else { &mut strong },
                Test::of(seen, result),
            );
        }
        if !untied.is_empty() {
            untied.extend(self.both_cancers());
        }
        let mut tests = adopt_unstated(strong);
        adopt_reflex(&mut tests);
        Tests {
            tests,
            weak,
            untied,
        }
    }

    /// The reading of the tissue that speaks, with its records. `None`: no usable result.
    pub(super) fn status(
        &self,
        tests: &Tests<'_>,
        read: impl Fn(&Test<'_>) -> Option<Reading>,
    ) -> Option<(Reading, Vec<Provenance>)> {
        let strong = usable_of(&tests.tests, &read);
        let weak = usable_of(&tests.weak, &read);
        let weak_records = || {
            weak.iter()
                .flat_map(|(test, _)| test.provenance())
                .collect::<Vec<_>>()
        };
        if strong.iter().any(|(test, _)| test.certain) {
            let (mut reading, from) = self.choose(&strong);
            let contradicted = weak.iter().any(|(_, other)| {
                other.positive.is_known()
                    && reading.positive.is_known()
                    && other.positive != reading.positive
            });
            if contradicted {
                reading = reading.noted("an undated diagnosis code says otherwise; the test holds");
                return Some((reading, [from, weak_records()].concat()));
            }
            return Some((reading, from));
        }
        if !weak.is_empty() {
            let readings = weak.iter().map(|(_, reading)| reading.clone());
            let reading = readings.reduce(|one, other| one.and_also(&other))?;
            return Some((
                reading.noted("from an undated status without a test behind it"),
                weak_records(),
            ));
        }
        if !strong.is_empty() {
            let from = strong
                .iter()
                .flat_map(|(test, _)| test.provenance())
                .collect();
            return Some((Reading::open(WhyUnknown::Unresolved), from));
        }
        (!tests.untied.is_empty()).then(|| {
            let reading = Reading::open(WhyUnknown::Conflict).noted(TWO_CANCERS);
            (reading, tests.untied.clone())
        })
    }

    fn choose(&self, tests: &[(&Test<'_>, Reading)]) -> (Reading, Vec<Provenance>) {
        let advanced = self.advanced();
        let tissue = |test: &Test<'_>| match test.tissue {
            Tissue::Unstated => {
                let before = match advanced.truth {
                    Truth::False => Truth::True,
                    Truth::True => test.date.before(advanced.date),
                    Truth::Unknown => Truth::Unknown,
                };
                if before == Truth::True {
                    Tissue::Primary
                } else {
                    Tissue::Unstated
                }
            }
            stated => stated,
        };
        let spoken = |unstated_is: Tissue| {
            let of = |wanted: Tissue| -> Vec<&(&Test<'_>, Reading)> {
                let chosen = tests.iter().filter(|(test, _)| match tissue(test) {
                    Tissue::Unstated => unstated_is == wanted,
                    stated => stated == wanted,
                });
                chosen.collect()
            };
            let metastatic = of(Tissue::Metastasis);
            let chosen = if metastatic.iter().any(|(test, _)| test.certain) {
                metastatic
            } else {
                [metastatic, of(Tissue::Primary)].concat()
            };
            last_of(&chosen)
        };
        let mut last = spoken(Tissue::Metastasis);
        let open_tissue = tests
            .iter()
            .any(|(test, _)| tissue(test) == Tissue::Unstated);
        if open_tissue {
            for other in spoken(Tissue::Primary) {
                if !last.iter().any(|(test, _)| std::ptr::eq(*test, other.0)) {
                    last.push(other);
                }
            }
        }
        // Results that may be of the same day may be one test: then neither of them stands for itself.
        let may_be_one = |one: &Test<'_>, other: &Test<'_>| {
            let tissue = one.tissue == other.tissue
                || one.tissue == Tissue::Unstated
                || other.tissue == Tissue::Unstated;
            let day = one.date.in_days().equal(other.date.in_days());
            tissue && day == Truth::Unknown && !one.other_specimen(other)
        };
        let chosen = last.clone();
        for (test, reading) in tests {
            let known = last.iter().any(|(other, _)| std::ptr::eq(*other, *test));
            if !known && chosen.iter().any(|(other, _)| may_be_one(other, test)) {
                last.push((test, reading.clone()));
            }
        }
        let mut from: Vec<Provenance> = last
            .iter()
            .flat_map(|(test, _)| test.provenance())
            .collect();
        let several = last.len() > 1;
        let unsure = last.iter().any(|(test, _)| !test.certain);
        let readings = last.iter().map(|(_, reading)| reading.clone());
        let Some(mut reading) = readings.reduce(|one, other| one.and_also(&other)) else {
            return (Reading::open(WhyUnknown::NotRecorded), from);
        };
        if several && unsure && reading.why == WhyUnknown::Conflict {
            reading.why = WhyUnknown::Unresolved;
        }
        if several && !reading.positive.is_known() {
            reading = reading.noted(if unsure {
                "a result that may be later than the day asked for, or of another cancer, differs"
            } else if open_tissue {
                "results differ, and the record does not say which came from a metastasis"
            } else {
                "results differ, and their dates do not say which is the later one"
            });
        }
        let others = tests
            .iter()
            .filter(|(test, _)| !last.iter().any(|(chosen, _)| std::ptr::eq(*chosen, *test)));
        let (mut differing, mut unlike) = (Vec::new(), Vec::new());
        for other in others {
            if opposed(other.1.positive, reading.positive) {
                differing.push(other);
            }
            if other.1.is_unlike(&reading) {
                unlike.push(other);
            }
        }
        let of_two = self.second_primary(&last, &unlike);
        if !of_two.is_empty() {
            from.extend(unlike.iter().flat_map(|(test, _)| test.provenance()));
            from.extend(of_two);
            let open = Reading::open(WhyUnknown::Conflict);
            return (open.noted(TWO_BREAST_CANCERS), from);
        }
        if !differing.is_empty() {
            let each = differing
                .iter()
                .map(|(test, reading)| test.in_words(reading.positive));
            reading = reading.noted(&format!(
                "another specimen gave a different result ({}); the latest metastatic one, else the latest, counts",
                each.collect::<Vec<_>>().join("; ")
            ));
            from.extend(differing.iter().flat_map(|(test, _)| test.provenance()));
        }
        (reading, from)
    }
}

impl Deriver<'_> {
    /// The records of two breast cancers, where tests of the breast differ that may be of one each: a later test then is no
    /// newer word on the first one. They are two where one is of the left breast and the other of the right, by diagnoses
    /// or by tests; diagnoses close to each other are else read as of one cancer.
    fn second_primary(
        &self,
        chosen: &[(&Test<'_>, Reading)],
        unlike: &[&(&Test<'_>, Reading)],
    ) -> Vec<Provenance> {
        let breast = |test: &Test<'_>| test.tissue != Tissue::Metastasis;
        if !chosen.iter().all(|(test, _)| breast(test)) {
            return Vec::new();
        }
        let mut others = unlike.iter().filter(|(test, _)| breast(test)).peekable();
        if others.peek().is_some() {
            let tests: Vec<&Test<'_>> = others
                .map(|(test, _)| *test)
                .chain(chosen.iter().map(|(test, _)| *test))
                .collect();
            let [left, right] = [Side::Left, Side::Right].map(|side| {
                let tested = tests.iter().filter(|test| is_on(test.side, side));
                let tested = tested.flat_map(|test| test.provenance());
                self.diagnosed_on(side)
                    .into_iter()
                    .chain(tested)
                    .collect::<Vec<_>>()
            });
            if !left.is_empty() && !right.is_empty() {
                return [left, right].concat();
            }
        }
        let diagnoses = self.first_diagnoses();
        let months = self.bundle.line_rules().early_months;
        let second = diagnoses.iter().find(|second| {
            let is_second = diagnoses
                .iter()
                .any(|first| first.date.add_months(months).before(second.date) == Truth::True);
            let since = |test: &Test<'_>| second.date.on_or_before(test.date) != Truth::False;
            is_second
                && chosen.iter().any(|(test, _)| since(test))
                && unlike
                    .iter()
                    .any(|(test, _)| breast(test) && test.date.before(second.date) == Truth::True)
        });
        let sides = second.map_or(&[][..], |_| &diagnoses[..]);
        sides.iter().map(Seen::provenance).collect()
    }
}

impl Deriver<'_> {
    /// Diagnoses of breast cancer of one side, doubtful ones too.
    fn diagnosed_on(&self, side: Side) -> Vec<Provenance> {
        let of_side = self.timeline.each(|event| match event {
            Event::Diagnosis(found) if is_on(found.side, side) => Some(()),
            _ => None,
        });
        of_side.map(|(seen, ())| seen.provenance()).collect()
    }
}

/// Whether a record is of this breast, or of both.
fn is_on(told: Option<Side>, side: Side) -> bool {
    told == Some(side) || told == Some(Side::Both)
}

fn usable_of<'t, 'a>(
    tests: &'t [Test<'a>],
    read: impl Fn(&Test<'_>) -> Option<Reading>,
) -> Vec<(&'t Test<'a>, Reading)> {
    tests
        .iter()
        .filter_map(|test| {
            let reading = Reading {
                beside: test.beside.clone(),
                ..read(test)?
            };
            Some((test, reading))
        })
        .collect()
}

/// Those that may be the latest, among which those that may be later than the day asked for.
fn last_of<'t, 'a>(tests: &[&(&'t Test<'a>, Reading)]) -> Vec<(&'t Test<'a>, Reading)> {
    let certain: Vec<&&(&Test<'_>, Reading)> =
        tests.iter().filter(|(test, _)| test.certain).collect();
    let beaten = |candidate: &Test<'_>| {
        certain
            .iter()
            .any(|(test, _)| candidate.date.before(test.date) == Truth::True)
    };
    tests
        .iter()
        .filter(|(test, _)| !beaten(test))
        .map(|(test, reading)| (*test, reading.clone()))
        .collect()
}

/// Puts a result with the test that it belongs to: the same specimen, else the same tissue and the same day or record.
/// Equal dates that are not known to the day make one test of different receptors only: of one receptor they may be
/// two tests, and which of them is the later one matters.
fn gather<'a>(tests: &mut Vec<Test<'a>>, new: Test<'a>) {
    let same_specimen = tests
        .iter()
        .position(|test| new.specimen.is_some() && test.specimen == new.specimen);
    let same_day = || {
        tests.iter().position(|test| {
            test.recorded == new.recorded
                && test.tissue == new.tissue
                && !test.other_specimen(&new)
                && (new.recorded.as_exact().is_some()
                    || test.same_record(&new)
                    || test.other_receptors(&new))
        })
    };
    match same_specimen.or_else(same_day) {
        Some(position) => tests[position].take(new),
        None => tests.push(new),
    }
}

/// A result that does not name its tissue joins the one test of the same exact day that does. Where there are several,
/// it stays apart, and is of their tissue when they agree on it.
fn adopt_unstated(tests: Vec<Test<'_>>) -> Vec<Test<'_>> {
    let (orphans, mut homes): (Vec<Test<'_>>, Vec<Test<'_>>) = tests
        .into_iter()
        .partition(|test| test.tissue == Tissue::Unstated);
    let mut left = Vec::new();
    for mut orphan in orphans {
        let day = orphan.recorded.as_exact();
        let fits = |home: &Test<'_>| {
            day.is_some() && home.recorded.as_exact() == day && !home.other_specimen(&orphan)
        };
        let fitting: Vec<usize> = (0..homes.len())
            .filter(|home| fits(&homes[*home]))
            .collect();
        match fitting[..] {
            [home] => homes[home].take(orphan),
            _ => {
                let homes: Vec<&Test<'_>> = fitting.iter().map(|home| &homes[*home]).collect();
                let first = homes.first().map(|home| home.tissue);
                if let Some(tissue) = first
                    && homes.iter().all(|home| home.tissue == tissue)
                {
                    orphan.tissue = tissue;
                }
                orphan.beside = homes.iter().flat_map(|home| home.provenance()).collect();
                left.push(orphan);
            }
        }
    }
    homes.extend(left);
    homes.sort_by_key(|test| (test.date, test.tissue));
    homes
}

/// In-situ hybridisation without IHC resolves the equivocal IHC of the same kind of tissue before it, when no other
/// IHC lies between them: the follow-up of a 2+ result is reported on a later day.
fn adopt_reflex(tests: &mut Vec<Test<'_>>) {
    use crate::chart::Polarity;
    let ish = |result: &ReceptorResult| {
        matches!(
            result.method,
            Method::Ish | Method::IshDual | Method::IshSingle
        )
    };
    let ihc = |result: &ReceptorResult| result.method == Method::Ihc;
    let equivocal = |result: &ReceptorResult| {
        ihc(result)
            && (result.score == Some(2)
                || (result.score.is_none() && result.polarity == Some(Polarity::Equivocal)))
    };
    let her2 = |test: &Test<'_>| test.has(|result| result.receptor == Receptor::Her2);
    let mut position = 0;
    while position < tests.len() {
        let reflex = &tests[position];
        if !(her2(reflex) && reflex.certain && !reflex.has(|result| !ish(result))) {
            position += 1;
            continue;
        }
        let before: Vec<usize> = (0..tests.len())
            .filter(|other| *other != position)
            .filter(|other| {
                let test = &tests[*other];
                test.has(ihc)
                    && test.tissue == reflex.tissue
                    && test.date.on_or_before(reflex.date) == Truth::True
            })
            .collect();
        let candidates: Vec<&Test<'_>> = before.iter().map(|other| &tests[*other]).collect();
        let candidates = latest(&candidates, |test| test.date);
        let home = match candidates[..] {
            [home]
                if home.certain
                    && home.has(equivocal)
                    && !home.has(ish)
                    && !home.other_specimen(reflex) =>
            {
                before
                    .iter()
                    .copied()
                    .find(|other| std::ptr::eq(&tests[*other], *home))
            }
            _ => None,
        };
        match home {
            Some(home) => {
                let reflex = tests.remove(position);
                let home = if home > position { home - 1 } else { home };
                // Those looked at before cannot join now: a home only ever loses room for them.
                tests[home].take(reflex);
            }
            None => {
                let beside = candidates.iter().flat_map(|test| test.provenance());
                let beside: Vec<Provenance> = beside.collect();
                tests[position].beside.extend(beside);
                position += 1;
            }
        }
    }
}

/// A boolean fact of a reading.
pub(super) fn fact_of(truth: Truth, reading: Reading, from: Vec<Provenance>) -> Fact {
    let fact = Fact::truth(truth, from);
    let fact = if truth.is_known() {
        fact
    } else {
        let mut fact = fact.because(reading.why);
        fact.from.extend(reading.beside);
        fact
    };
    Fact {
        inferred: reading.note,
        ..fact
    }
}

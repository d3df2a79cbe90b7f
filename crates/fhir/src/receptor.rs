//! HER2, ER and PR results in the many shapes in which they are sent.

use crate::context::{Context, modified};
use crate::lookup::Hit;
use crate::number;
use crate::report::{Fact, Reading, Refusal};
use crate::resource::{Component, Concept, Observation, Quantity};
use crate::specimen;
use crate::tally::{Family, Tally, hold_together, merge_hormone};
use crate::wording;
use std::collections::BTreeMap;
use waymark_criteria::value::DECIMAL_UNIT;
use waymark_criteria::{Bounds, DateBounds};
use waymark_engine::chart::{Event, Method, Polarity, Receptor, ReceptorResult, Tissue};

/// What a code of a test asks for. The order is that of telling: of several codings the last one is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Overall,
    Panel,
    Intensity,
    Ihc,
    Ish,
    Percent,
    Ratio,
    Copies,
}

impl Kind {
    fn family(self) -> Family {
        match self {
            Kind::Overall | Kind::Panel => Family::Overall,
            Kind::Ihc | Kind::Intensity | Kind::Percent => Family::Ihc,
            Kind::Ish | Kind::Ratio | Kind::Copies => Family::Ish,
        }
    }
}

/// A receptor test, or why a test that looks like one is not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Test {
    receptor: Receptor,
    kind: Kind,
    from_text: bool,
}

/// The receptor test that a code element names; an error when it must not be used; `None` when it is something else.
pub(crate) fn test(
    code: &Concept<'_>,
    context: &Context<'_, '_, '_>,
) -> Option<Result<Test, &'static str>> {
    let mut best: Option<Test> = None;
    for hit in context.lookup.hits(code) {
        let next = match named_test(&hit) {
            Some(Ok(test)) => test,
            Some(Err(reason)) => return Some(Err(reason)),
            None => continue,
        };
        best = Some(match best {
            None => next,
            Some(before) if before.receptor != next.receptor => {
                let hormones = [Receptor::Er, Receptor::Pr, Receptor::Hormone];
                if !hormones.contains(&before.receptor) || !hormones.contains(&next.receptor) {
                    return Some(Err("its codes name different receptors"));
                }
                Test {
                    receptor: Receptor::Hormone,
                    ..before
                }
            }
            Some(before) if next.kind > before.kind => next,
            Some(before) => before,
        });
    }
    best.map(Ok).or_else(|| {
        if context.lookup.hits(code).is_empty() {
            code.words().find_map(test_in_words)
        } else {
            None
        }
    })
}

fn named_test(hit: &Hit<'_, '_, '_>) -> Option<Result<Test, &'static str>> {
    let (receptor, kind) = match hit.meaning.strip_prefix("receptor.")? {
        "her2.serum" => return Some(Err("HER2 in serum is not the tumour's HER2 status")),
        "her2.mutation" => return Some(Err("a mutation of HER2 is neither IHC nor ISH")),
        "her2.overall" => (Receptor::Her2, Kind::Overall),
        "her2.ihc" => (Receptor::Her2, Kind::Ihc),
        "her2.ish" => (Receptor::Her2, Kind::Ish),
        "her2.ratio" => (Receptor::Her2, Kind::Ratio),
        "her2.copies" => (Receptor::Her2, Kind::Copies),
        "her2.percent" => (Receptor::Her2, Kind::Percent),
        "her2.panel" => (Receptor::Her2, Kind::Panel),
        "er.presence" => (Receptor::Er, Kind::Overall),
        "er.percent" => (Receptor::Er, Kind::Percent),
        "er.intensity" => (Receptor::Er, Kind::Intensity),
        "pr.presence" => (Receptor::Pr, Kind::Overall),
        "pr.percent" => (Receptor::Pr, Kind::Percent),
        "pr.intensity" => (Receptor::Pr, Kind::Intensity),
        "er-pr" => (Receptor::Hormone, Kind::Overall),
        _ => return None,
    };
    Some(Ok(Test {
        receptor,
        kind,
        from_text: false,
    }))
}

fn test_in_words(text: &str) -> Option<Result<Test, &'static str>> {
    let text = text.to_lowercase();
    // Nearly every observation is about something else.
    if !["her", "erbb", "receptor"]
        .iter()
        .any(|part| text.contains(part))
    {
        return None;
    }
    let text = wording::normal(&text);
    let words = crate::lookup::fold(&text);
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    let her2 = has(&[" her2 ", " human epidermal growth factor receptor 2 "]);
    let er = has(&[" estrogen receptor ", " oestrogen receptor "]);
    let pr = has(&[" progesterone receptor "]);
    if her2 && has(&[" serum ", " plasma "]) {
        return Some(Err("HER2 in serum is not the tumour's HER2 status"));
    }
    if her2 && has(&[" mutation", " variant"]) {
        return Some(Err("a mutation of HER2 is neither IHC nor ISH"));
    }
    let receptor = match (her2, er, pr) {
        (true, false, false) => Receptor::Her2,
        (false, true, false) => Receptor::Er,
        (false, false, true) => Receptor::Pr,
        (false, true, true) => Receptor::Hormone,
        _ => return None,
    };
    let kind = if receptor != Receptor::Her2 {
        Kind::Overall
    } else if has(&[" ratio "]) {
        Kind::Ratio
    } else if has(&[" copies ", " copy number "]) {
        Kind::Copies
    } else if has(ISH) {
        Kind::Ish
    } else if has(&[" ihc ", " immun"]) {
        Kind::Ihc
    } else {
        Kind::Overall
    };
    Some(Ok(Test {
        receptor,
        kind,
        from_text: true,
    }))
}

const ISH: &[&str] = &[
    " ish ",
    " fish ",
    " cish ",
    " sish ",
    " dish ",
    " in situ ",
    " amplif",
    " nonamplif",
    " unamplif",
];

struct Gathering<'c, 'x, 'b, 'r> {
    context: &'c Context<'x, 'b, 'r>,
    receptor: Receptor,
    tallies: BTreeMap<Family, Tally>,
    unusable: Vec<String>,
}

impl Gathering<'_, '_, '_, '_> {
    fn tally(&mut self, family: Family) -> &mut Tally {
        self.tallies.entry(family).or_default()
    }

    /// Reads one value with its interpretation.
    fn value(&mut self, kind: Kind, value: &Component<'_>) {
        let family = kind.family();
        if let Some(concept) = &value.value_codeable_concept {
            self.concept(kind, concept);
        }
        if let Some(text) = &value.value_string {
            self.text(kind, text.as_str());
        }
        if let Some(yes) = value.value_boolean {
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
            match wording::share(bounds) {
                Some(share) if kind == Kind::Percent || self.receptor != Receptor::Her2 => {
                    self.percent(share, false);
                }
                _ => self
                    .unusable
                    .push("a range that is no percentage".to_owned()),
            }
        }
        if let Some(ratio) = &value.value_ratio {
            let exact = |quantity: &Option<Quantity<'_>>| {
                quantity
                    .as_ref()
                    .and_then(number::bounds)
                    .and_then(Bounds::as_exact)
            };
            match (exact(&ratio.numerator), exact(&ratio.denominator)) {
                (Some(above), Some(below))
                    if below > 0 && matches!(kind, Kind::Ratio | Kind::Ish) =>
                {
                    match above.checked_mul(100) {
                        Some(hundredfold) => self.ratio(hundredfold / below, false),
                        None => self.unusable.push("a ratio out of range".to_owned()),
                    }
                }
                _ => self.unusable.push(
                    "a ratio that is not one of two counted numbers (comparators, or no HER2/CEP17 test)"
                        .to_owned(),
                ),
            }
        }
        for interpretation in value.interpretation.iter() {
            self.interpretation(family, interpretation);
        }
    }

    fn concept(&mut self, kind: Kind, concept: &Concept<'_>) {
        let family = kind.family();
        let mut known = false;
        for hit in self.context.lookup.hits(concept) {
            if let Some(polarity) = status_polarity(hit.meaning, self.receptor) {
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
        // Local code systems: `P` and `N` (German core data set).
        for coding in &concept.coding {
            match coding.code.as_ref().map(crate::lenient::Text::as_str) {
                Some("P" | "p") => self.tally(family).by_text.push(Polarity::Positive),
                Some("N" | "n") => self.tally(family).by_text.push(Polarity::Negative),
                Some(other) => self.text(kind, other),
                None => {}
            }
        }
    }

    fn count(&self) -> usize {
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

    fn score(&mut self, family: Family, score: u8) {
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

    fn ratio(&mut self, hundredths: i64, from_text: bool) {
        let tally = self.tally(Family::Ish);
        Tally::set(&mut tally.ratio, hundredths, "ratios", &mut tally.at_odds);
        tally.numbers_from_text |= from_text;
    }

    fn copies(&mut self, hundredths: i64, from_text: bool) {
        let tally = self.tally(Family::Ish);
        Tally::set(
            &mut tally.copies,
            hundredths,
            "copy numbers",
            &mut tally.at_odds,
        );
        tally.numbers_from_text |= from_text;
    }

    fn percent(&mut self, share: Bounds, from_text: bool) {
        let tally = self.tally(Family::Ihc);
        Tally::set(&mut tally.percent, share, "percentages", &mut tally.at_odds);
        tally.numbers_from_text |= from_text;
    }

    fn interpretation(&mut self, family: Family, concept: &Concept<'_>) {
        let mut votes = Vec::new();
        for hit in self.context.lookup.hits(concept) {
            match hit.meaning {
                "value.positive" | "value.detected" => votes.push(Polarity::Positive),
                "value.negative" | "value.not-detected" => votes.push(Polarity::Negative),
                "value.equivocal" | "value.indeterminate" => votes.push(Polarity::Equivocal),
                _ => {}
            }
        }
        if votes.is_empty() {
            // HL7 v3 ObservationInterpretation, under any of its URIs.
            for coding in &concept.coding {
                match coding.code.as_ref().map(crate::lenient::Text::as_str) {
                    Some("POS") => votes.push(Polarity::Positive),
                    Some("NEG") => votes.push(Polarity::Negative),
                    Some("IND" | "E") => votes.push(Polarity::Equivocal),
                    _ => {}
                }
            }
        }
        if !votes.is_empty() {
            self.tally(family).by_code.extend(votes);
            return;
        }
        let said = concept
            .words()
            .find_map(|words| wording::polarity(&wording::normal(words)));
        self.tally(family).by_text.extend(said);
    }

    fn quantity(&mut self, kind: Kind, quantity: &Quantity<'_>, code: Option<&Concept<'_>>) {
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
        let hundredths = exact.map(|value| value / (DECIMAL_UNIT / 100));
        if of_control {
            self.unusable
                .push("a copy number of the control probe".to_owned());
        } else if per_nucleus {
            match hundredths {
                Some(value) if kind.family() != Family::Ihc && (0..=100_000).contains(&value) => {
                    self.copies(value, false);
                }
                _ => self.unusable.push(format!(
                    "a number of copies per nucleus under a code of {}",
                    if kind.family() == Family::Ihc {
                        "immunohistochemistry is not a score"
                    } else {
                        "HER2, not exact or out of range"
                    }
                )),
            }
        } else if unit == "%" || (kind == Kind::Percent && plain) {
            let fraction =
                unit != "%" && exact.is_some_and(|value| 0 < value && value < DECIMAL_UNIT);
            let bounds = if fraction {
                number::scale(bounds, 100, 1).unwrap_or(bounds)
            } else {
                bounds
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
                (Kind::Ratio, _, Some(value)) if (1..=10_000).contains(&value) => {
                    self.ratio(value, false);
                }
                (Kind::Copies, _, Some(value)) if (0..=100_000).contains(&value) => {
                    self.copies(value, false);
                }
                _ => self.unusable.push(
                    "a number that is no possible result of this test (out of range, or not exact)"
                        .to_owned(),
                ),
            }
        }
    }

    fn text(&mut self, kind: Kind, text: &str) {
        let text = wording::normal(text);
        if wording::no_result(&text) {
            self.unusable.push(format!("`{}`", text.trim()));
            return;
        }
        if self.receptor != Receptor::Her2 {
            let family = kind.family();
            if let Some(share) = wording::percent(&text) {
                self.percent(share, true);
            }
            if let Some(polarity) = wording::polarity(&text) {
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
    }

    fn segment(&mut self, kind: Kind, segment: &str) {
        let words = crate::lookup::fold(segment);
        let scores = wording::scores(segment);
        let ratio = words.contains(" ratio ");
        let ish = ratio || ISH.iter().any(|word| words.contains(word));
        let ihc = words.contains(" ihc ") || words.contains(" immun");
        let family = match (ish, ihc) {
            (true, false) => Family::Ish,
            (false, true) => Family::Ihc,
            (false, false) if !scores.is_empty() => Family::Ihc,
            _ => kind.family(),
        };
        if family != Family::Ish && !scores.is_empty() {
            let tally = self.tally(Family::Ihc);
            for score in scores {
                // The display of a coded answer says the same again.
                if !tally.scores.contains(&score) {
                    tally.scores.push(score);
                    tally.numbers_from_text = true;
                }
            }
        }
        if let Some(polarity) = wording::polarity(segment) {
            self.tally(family).by_text.push(polarity);
        }
        if family != Family::Ish {
            return;
        }
        let numbers = wording::numbers(segment);
        let [one] = numbers[..] else {
            return;
        };
        let hundredths = one.value / (DECIMAL_UNIT / 100);
        let copies = words.contains(" copies ") || words.contains(" copy number ");
        if !one.comparator.is_empty() {
            self.unusable
                .push(format!("`{}` is a limit, not a result", segment.trim()));
        } else if (ratio || kind == Kind::Ratio) && (1..=10_000).contains(&hundredths) {
            self.ratio(hundredths, true);
        } else if (copies || kind == Kind::Copies) && (0..=100_000).contains(&hundredths) {
            self.copies(hundredths, true);
        }
    }
}

/// Reads an Observation whose code is a receptor test.
pub(crate) fn read(
    observation: &Observation<'_>,
    test: Test,
    date: DateBounds,
    text: &str,
    context: &Context<'_, '_, '_>,
) -> Reading {
    let cancer = context.tied(
        &observation.focus,
        &observation.extension,
        &observation.contained,
    );
    let mut gathering = Gathering {
        context,
        receptor: test.receptor,
        tallies: BTreeMap::new(),
        unusable: Vec::new(),
    };
    let own = observation.as_component();
    gathering.value(test.kind, &own);
    for component in observation.component.iter() {
        if let Some(reason) = modified(&component.modifier_extension) {
            gathering.unusable.push(reason);
            continue;
        }
        match component
            .code
            .as_ref()
            .and_then(|code| self::test(code, context))
        {
            Some(Ok(part)) if part.receptor == test.receptor => {
                gathering.value(part.kind, component);
            }
            Some(Ok(_)) => gathering
                .unusable
                .push("a component on another receptor".to_owned()),
            Some(Err(reason)) => gathering.unusable.push(reason.to_owned()),
            // "Share of positive cells" of an ER or PR result.
            None if test.receptor != Receptor::Her2
                && component
                    .value_quantity
                    .as_ref()
                    .is_some_and(|quantity| number::unit(quantity) == "%") =>
            {
                gathering.value(Kind::Percent, component);
            }
            None => gathering
                .unusable
                .push("a component whose code is not known".to_owned()),
        }
    }
    let (tissue, specimen, dangling) = specimen::tissue(observation, context);
    let mut notes = Vec::new();
    if let Some(dangling) = dangling {
        notes.push((
            "dangling-reference",
            format!("the specimen `{dangling}` is not in the input"),
        ));
    }
    let immune = test.receptor != Receptor::Her2
        && own.code.as_ref().is_some_and(|code| {
            code.words()
                .any(|words| words.to_lowercase().contains("immun"))
        });
    if test.receptor != Receptor::Her2 {
        merge_hormone(&mut gathering.tallies);
    }
    hold_together(&mut gathering.tallies);
    let mut facts = Vec::new();
    for (family, tally) in &gathering.tallies {
        if tally.is_empty() {
            continue;
        }
        let (polarity, contradiction) = tally.polarity();
        let sound = contradiction.is_none();
        if let Some(why) = contradiction {
            notes.push((
                "contradictory-result",
                format!("{why}; the result counts as unknown"),
            ));
        }
        let method = match family {
            Family::Ish if tally.ratio.is_some() => Method::IshDual,
            Family::Ish => Method::Ish,
            Family::Ihc => Method::Ihc,
            Family::Overall if immune => Method::Ihc,
            Family::Overall => Method::Overall,
        };
        let coded =
            !tally.by_code.is_empty() || (!tally.scores.is_empty() && !tally.numbers_from_text);
        let numbers = !tally.scores.is_empty()
            || tally.ratio.is_some()
            || tally.copies.is_some()
            || tally.percent.is_some();
        let from_text =
            test.from_text || (tally.numbers_from_text && numbers) || (!coded && !numbers);
        facts.push(Fact {
            date,
            event: Event::Receptor(ReceptorResult {
                receptor: test.receptor,
                method,
                polarity,
                score: tally.scores.first().copied().filter(|_| sound),
                ratio: tally.ratio.filter(|_| sound),
                copies: tally.copies.filter(|_| sound),
                percent: tally.percent.filter(|_| sound),
                tissue,
                specimen: specimen.clone(),
                cancer: cancer.clone(),
            }),
            text: text.to_owned(),
            from_text,
        });
    }
    if facts.iter().any(|fact| fact.from_text) {
        notes.push((
            "read-from-text",
            "the result was read from words, not from codes".to_owned(),
        ));
    }
    if facts.is_empty() {
        gathering.unusable.dedup();
        let why = if gathering.unusable.is_empty() {
            "no result that can be read".to_owned()
        } else {
            format!(
                "no result that can be read: {}",
                gathering.unusable.join("; ")
            )
        };
        return Err(Refusal { reason: why, notes });
    }
    if !gathering.unusable.is_empty() {
        notes.push((
            "part-not-read",
            format!("not read of it: {}", gathering.unusable.join("; ")),
        ));
    }
    Ok(crate::report::Found { facts, notes })
}

/// The polarity that a status condition gives for one receptor.
fn status_polarity(meaning: &str, receptor: Receptor) -> Option<Polarity> {
    statuses(meaning)
        .into_iter()
        .find(|(of, _)| *of == receptor)
        .map(|(_, polarity)| polarity)
}

/// The receptor statuses that a condition's meaning states.
pub(crate) fn statuses(meaning: &str) -> Vec<(Receptor, Polarity)> {
    use Polarity::{Negative, Positive};
    use Receptor::{Er, Her2, Hormone, Pr};
    let Some(status) = meaning.strip_prefix("condition-receptor.") else {
        return Vec::new();
    };
    match status {
        "her2-positive" => vec![(Her2, Positive)],
        "her2-negative" => vec![(Her2, Negative)],
        "hr-positive" => vec![(Hormone, Positive)],
        "er-positive" => vec![(Er, Positive)],
        "er-negative" => vec![(Er, Negative)],
        "pr-positive" => vec![(Pr, Positive)],
        "pr-negative" => vec![(Pr, Negative)],
        "triple-negative" => vec![(Er, Negative), (Pr, Negative), (Her2, Negative)],
        "hr-positive-her2-positive" => vec![(Hormone, Positive), (Her2, Positive)],
        "hr-positive-her2-negative" => vec![(Hormone, Positive), (Her2, Negative)],
        "hr-negative-her2-positive" => vec![(Hormone, Negative), (Her2, Positive)],
        "hr-negative-her2-negative" => vec![(Hormone, Negative), (Her2, Negative)],
        _ => Vec::new(),
    }
}

/// A receptor status known only as a condition: weak, of no tissue.
pub(crate) fn status(receptor: Receptor, polarity: Polarity) -> Event {
    Event::Receptor(ReceptorResult {
        receptor,
        method: Method::Overall,
        polarity: Some(polarity),
        score: None,
        ratio: None,
        copies: None,
        percent: None,
        tissue: Tissue::Unstated,
        specimen: None,
        cancer: None,
    })
}

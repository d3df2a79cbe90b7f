//! Which cancer, and how far it has spread.

use super::setting::Phase;
use super::timeline::{Seen, Timeline, earliest};
use super::{Deriver, truth};
use crate::bundle::Derivation;
use crate::chart::{
    Cancer, Event, Intent, LocalTherapy, Place, Site, Stated, TherapyStatus, Tissue, Trend,
};
use crate::facts::{Fact, Provenance, WhyUnknown};
use std::cell::OnceCell;
use std::rc::Rc;
use waymark_criteria::{DateBounds, Truth};

/// What an entry says of distant metastasis.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spread {
    /// There is one.
    Present,
    /// It says that there is none, anywhere.
    Absent,
    /// A stage below 4, or no metastasis when the tumour was staged: says nothing of later days.
    NotAtStaging,
    /// It cannot be told whether it is distant.
    Open,
    /// It contradicts itself.
    Contradictory,
}

/// Whose result an untied or tied entry is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// Of the breast cancer, or of the only cancer.
    Ours,
    /// Of another cancer.
    Other,
    /// Two cancers, and the record does not say of which.
    Untied,
}

/// The sentence for a result that may belong to either of two cancers.
pub(super) const TWO_CANCERS: &str =
    "two cancers: the record does not tie this to the breast cancer";

/// A place where metastasis was found, or stated to be absent.
type Sited<'a> = (Seen<'a>, (&'a Site, bool, Tie));

/// Disease that systemic therapy for metastatic or unresectable disease is given for.
pub(super) struct Advanced {
    /// Metastatic or unresectable?
    pub(super) truth: Truth,
    /// Since when, if it is.
    pub(super) date: DateBounds,
    /// What follows for the setting of each course, by its index, once it was asked for.
    pub(super) phases: Vec<OnceCell<Option<Phase>>>,
}

impl<'a> Deriver<'a> {
    /// True with a breast cancer in the chart; false when every diagnosed cancer is another one.
    pub(super) fn breast_cancer(&self) -> Fact {
        let diagnoses: Vec<(Seen<'_>, &Cancer)> = self
            .timeline
            .each(|event| match event {
                Event::Diagnosis(diagnosis) => Some(&diagnosis.cancer),
                _ => None,
            })
            .collect();
        let of = |wanted: fn(&Cancer) -> bool| {
            let chosen = diagnoses.iter().filter(move |(_, cancer)| wanted(cancer));
            chosen.map(|(seen, _)| *seen).collect::<Vec<_>>()
        };
        let breast = of(|cancer| *cancer == Cancer::Breast);
        let other = of(|cancer| matches!(cancer, Cancer::Other(_)));
        let unspecified = of(|cancer| *cancer == Cancer::Unspecified);
        if breast.iter().any(|seen| seen.certain) {
            Fact::truth(Truth::True, from(&breast))
        } else if !breast.is_empty() {
            Fact::truth(Truth::Unknown, from(&breast)).because(WhyUnknown::Unresolved)
        } else if !unspecified.is_empty() {
            Fact::truth(Truth::Unknown, from(&unspecified))
                .because(WhyUnknown::Unresolved)
                .inferred("the record does not say which cancer it is")
        } else if other.iter().any(|seen| seen.certain) {
            Fact::truth(Truth::False, from(&other))
                .inferred("the only cancer on record is another one")
        } else {
            Fact::truth(Truth::Unknown, from(&other))
        }
    }

    /// Whose result an entry is. Beside a second cancer only results tied to the breast cancer are its own.
    pub(super) fn tie(&self, cancer: Option<&Cancer>) -> Tie {
        match cancer {
            Some(Cancer::Breast) => Tie::Ours,
            Some(Cancer::Other(_)) => Tie::Other,
            Some(Cancer::Unspecified | Cancer::NotOnRecord) | None if self.two_cancers => {
                Tie::Untied
            }
            Some(Cancer::Unspecified | Cancer::NotOnRecord) | None => Tie::Ours,
        }
    }

    /// The diagnoses of both cancers: the sides of a conflict on what may belong to either.
    pub(super) fn both_cancers(&self) -> Vec<Provenance> {
        self.diagnosed(|cancer| *cancer != Cancer::Unspecified)
    }

    fn diagnosed(&self, wanted: impl Fn(&Cancer) -> bool) -> Vec<Provenance> {
        let diagnoses = self.timeline.each(|event| match event {
            Event::Diagnosis(found) if wanted(&found.cancer) => Some(()),
            _ => None,
        });
        diagnoses.map(|(seen, ())| seen.provenance()).collect()
    }

    /// Distant metastasis. Once true it stays true: a later "none found" does not undo it.
    pub(super) fn metastatic(&self) -> Fact {
        let evidence = self.spread();
        let of = |wanted: Spread| {
            let chosen = evidence
                .iter()
                .filter(move |(_, spread, _)| *spread == wanted);
            chosen
                .map(|(seen, _, tie)| (*seen, *tie))
                .collect::<Vec<_>>()
        };
        let ours = |found: &[(Seen<'a>, Tie)]| {
            let chosen = found.iter().filter(|(_, tie)| *tie == Tie::Ours);
            chosen.map(|(seen, _)| *seen).collect::<Vec<_>>()
        };
        let untied = |found: &[(Seen<'a>, Tie)]| {
            let chosen = found.iter().filter(|(_, tie)| *tie == Tie::Untied);
            chosen.map(|(seen, _)| *seen).collect::<Vec<_>>()
        };
        let present = of(Spread::Present);
        let (certain, possible): (Vec<Seen<'a>>, Vec<Seen<'a>>) =
            ours(&present).into_iter().partition(|seen| seen.certain);
        let absent: Vec<Seen<'a>> = of(Spread::Absent).iter().map(|(seen, _)| *seen).collect();
        if !certain.is_empty() {
            let first = earliest(certain.iter().map(|seen| seen.date));
            let denied: Vec<Seen<'a>> = absent
                .iter()
                .filter(|none| {
                    certain
                        .iter()
                        .all(|found| found.entry.date == none.entry.date)
                })
                .copied()
                .collect();
            let by_intent = |seen: &Seen<'a>| matches!(seen.entry.event, Event::Therapy(_));
            // The same is given for a cancer that surgery cannot remove, or that has reached nodes nearby.
            let nearby = self.perhaps_local();
            if certain.iter().all(by_intent) && !nearby.is_empty() {
                return Fact::truth(Truth::Unknown, from(&[certain, nearby].concat()))
                    .because(WhyUnknown::Unresolved)
                    .inferred("treated as advanced, and the record does not say whether it has spread far");
            }
            // What was only concluded from an intent was never found, so that a later look can deny it.
            let staged = ours(&of(Spread::NotAtStaging)).into_iter();
            let looked = absent
                .iter()
                .copied()
                .chain(staged)
                .filter(|none| none.certain);
            let looked: Vec<Seen<'a>> = looked
                .filter(|none| {
                    let found = certain.iter().map(|found| found.date);
                    found
                        .into_iter()
                        .any(|found| none.date.before(found) != Truth::True)
                })
                .collect();
            if certain.iter().all(by_intent) && !looked.is_empty() {
                return Fact::truth(Truth::Unknown, from(&[certain, looked].concat()))
                    .because(WhyUnknown::Conflict);
            }
            if !denied.is_empty() {
                return Fact::truth(Truth::Unknown, from(&[certain, denied].concat()))
                    .because(WhyUnknown::Conflict);
            }
            let fact = Fact::truth(Truth::True, from(&certain));
            return if certain.iter().all(by_intent) {
                fact.inferred("a therapy is on record as given for metastatic disease")
            } else if certain.iter().all(Seen::undated) {
                fact.inferred("undated in the record; counted as present on the day asked for")
            } else if absent
                .iter()
                .any(|none| first.is_some_and(|first| first.before(none.date) == Truth::True))
            {
                fact.inferred(
                    "a later record finds none; metastatic disease once found stays on record",
                )
            } else {
                fact
            };
        }
        let untied = untied(&present);
        if !untied.is_empty() {
            let sides = [from(&untied), self.both_cancers()].concat();
            return Fact::truth(Truth::Unknown, sides)
                .because(WhyUnknown::Conflict)
                .inferred(TWO_CANCERS);
        }
        let contradictory = ours(&of(Spread::Contradictory));
        if !contradictory.is_empty() {
            return Fact::truth(Truth::Unknown, from(&contradictory)).because(WhyUnknown::Conflict);
        }
        if !possible.is_empty() {
            return Fact::truth(Truth::Unknown, from(&possible)).because(WhyUnknown::Unresolved);
        }
        let open = ours(&of(Spread::Open));
        if !open.is_empty() {
            return Fact::truth(Truth::Unknown, from(&open))
                .because(WhyUnknown::Unresolved)
                .inferred(
                    "lymph nodes, skin or chest wall are involved, and the record does not say whether that is distant",
                );
        }
        let tissue: Vec<Seen<'a>> = self
            .metastatic_tissue(Tie::Ours)
            .chain(self.metastatic_tissue(Tie::Untied))
            .collect();
        if !tissue.is_empty() {
            return Fact::truth(Truth::Unknown, from(&tissue))
                .because(WhyUnknown::Unresolved)
                .inferred("tissue of a metastasis was tested, and the record does not say whether that was distant");
        }
        let mut stated = absent.iter().filter(|seen| seen.certain).peekable();
        let of_today = |seen: &Seen<'a>| self.of_today(seen);
        if stated.peek().is_some() && (self.timeline.complete() || stated.any(of_today)) {
            let dates: Vec<String> = absent
                .iter()
                .map(|seen| seen.entry.date.to_string())
                .collect();
            return Fact::truth(Truth::False, from(&absent)).inferred(format!(
                "stated that there is no metastasis ({}); nothing on record since says otherwise",
                dates.join(", ")
            ));
        }
        if self.timeline.complete() {
            return Fact::truth(Truth::False, Vec::new())
                .inferred("no metastasis in a record that is stated to be complete");
        }
        let staged = ours(&of(Spread::NotAtStaging));
        let fact = Fact::truth(
            Truth::Unknown,
            from(&[staged.clone(), absent.clone()].concat()),
        );
        match (staged.is_empty(), absent.is_empty()) {
            (true, true) => fact,
            (_, false) => {
                fact.inferred("no metastasis then; the record does not say what came later")
            }
            (false, true) => fact.inferred(
                "not metastatic when it was staged; the record does not say what came later",
            ),
        }
    }

    /// Whether an entry speaks of the day asked for: undated, or not surely before it.
    fn of_today(&self, seen: &Seen<'_>) -> bool {
        let today = DateBounds::exact(self.timeline.as_of);
        seen.undated() || seen.date.before(today) != Truth::True
    }

    /// The earliest day of distant metastasis on record, given that there is one.
    pub(super) fn metastatic_date(&self) -> DateBounds {
        *self
            .metastatic_date
            .get_or_init(|| self.find_metastatic_date())
    }

    fn find_metastatic_date(&self) -> DateBounds {
        let today = DateBounds {
            low: None,
            high: Some(self.timeline.as_of),
        };
        let found = self.metastases();
        let surely = earliest(
            found
                .iter()
                .filter(|seen| seen.certain)
                .map(|seen| seen.date),
        );
        let Some(surely) = surely else {
            return self
                .stated_since(|rule| matches!(rule, Derivation::Metastatic {}))
                .unwrap_or(today);
        };
        let tested = self.metastatic_tissue(Tie::Ours).map(|seen| seen.date);
        let surely = earliest(tested.chain([surely])).unwrap_or(surely);
        let maybe = found
            .iter()
            .chain(&self.untied_metastases())
            .map(|seen| seen.date)
            .collect::<Vec<_>>();
        DateBounds {
            low: earliest(maybe.into_iter().chain([surely])).and_then(|date| date.low),
            high: surely.high,
        }
    }

    /// Evidence of metastasis, and tests of its tissue, that may be of another cancer.
    pub(super) fn untied_metastases(&self) -> Vec<Seen<'a>> {
        let evidence = self.spread().into_iter();
        evidence
            .filter(|(_, spread, tie)| *spread == Spread::Present && *tie == Tie::Untied)
            .map(|(seen, _, _)| seen)
            .chain(self.metastatic_tissue(Tie::Untied))
            .collect()
    }

    /// Evidence of metastasis, sure by the day asked for or not.
    pub(super) fn metastases(&self) -> Vec<Seen<'a>> {
        let evidence = self.spread().into_iter();
        evidence
            .filter(|(_, spread, tie)| *spread == Spread::Present && *tie == Tie::Ours)
            .map(|(seen, _, _)| seen)
            .collect()
    }

    /// Tests of tissue of a metastasis: it was there by then. Undated tissue may be older than all that is dated.
    pub(super) fn metastatic_tissue(&self, tie: Tie) -> impl Iterator<Item = Seen<'a>> {
        let tied = move |event: &'a Event| match event {
            Event::Receptor(result) if result.tissue == Tissue::Metastasis => {
                (self.tie(result.cancer.as_ref()) == tie).then_some(())
            }
            _ => None,
        };
        let tested = self.timeline.each(tied);
        tested
            .filter(|(seen, ())| seen.certain)
            .map(|(seen, ())| seen)
    }

    /// Records of local disease for which palliative treatment is given too: nodes nearby or of an unknown place, skin or
    /// chest wall, stage III, and statements that surgery cannot remove it or that it is locally advanced.
    fn perhaps_local(&self) -> Vec<Seen<'a>> {
        let near = |event: &'a Event| {
            let cancer = match event {
                Event::Metastasis(found) if found.present => match found.site {
                    Some(Site::RegionalNodes | Site::MayBeRegional) => found.cancer.as_ref(),
                    _ => return None,
                },
                Event::Stage(stage) if stage.group == Some(3) => stage.cancer.as_ref(),
                _ => return None,
            };
            (self.tie(cancer) != Tie::Other).then_some(())
        };
        let stated = self.stated(|rule| {
            matches!(
                rule,
                Derivation::Unresectable {} | Derivation::LocallyAdvanced {}
            )
        });
        let found = self.timeline.each(near).map(|(seen, ())| seen);
        found.chain(stated.copied()).collect()
    }

    /// The statements, doubtful ones too, that a boolean fact of some rule holds.
    fn stated(&self, rule: impl Fn(&Derivation) -> bool) -> impl Iterator<Item = &Seen<'a>> {
        let statements = self.timeline.statements.iter();
        let holding = statements.filter(|(_, it)| it.value == Stated::Bool(true));
        let of_rule = holding.filter(move |(_, statement)| {
            let index = self.bundle.schema().find(&statement.fact);
            index.is_some_and(|index| rule(&self.bundle.fact(index).derivation))
        });
        of_rule.map(|(seen, _)| seen)
    }

    /// Since when a stated boolean fact surely holds: the date of the first statement that it does.
    fn stated_since(&self, rule: impl Fn(&Derivation) -> bool) -> Option<DateBounds> {
        earliest(
            self.stated(rule)
                .filter(|seen| seen.certain)
                .map(|seen| DateBounds {
                    low: None,
                    high: seen.date.high,
                }),
        )
    }

    /// Metastatic or unresectable, and since when.
    pub(super) fn advanced(&self) -> Rc<Advanced> {
        let (truth, date) = self.advanced_since();
        let known = self.advanced.borrow().clone();
        if let Some(known) = known.filter(|known| (known.truth, known.date) == (truth, date)) {
            return known;
        }
        let advanced = Rc::new(Advanced {
            truth,
            date,
            phases: vec![OnceCell::new(); self.courses.len()],
        });
        self.advanced.replace(Some(Rc::clone(&advanced)));
        advanced
    }

    fn advanced_since(&self) -> (Truth, DateBounds) {
        let metastatic = self.truth_or(self.metastatic, || self.metastatic());
        let unresectable = self.truth_or(self.unresectable, || self.unresectable());
        let since_unresectable = || {
            self.stated_since(|rule| matches!(rule, Derivation::Unresectable {}))
                .unwrap_or(DateBounds {
                    low: None,
                    high: Some(self.timeline.as_of),
                })
        };
        match (metastatic, unresectable) {
            (Truth::True, Truth::True) => {
                let both = earliest([self.metastatic_date(), since_unresectable()]);
                (Truth::True, both.unwrap_or(DateBounds::UNKNOWN))
            }
            (Truth::True, Truth::False | Truth::Unknown) => (Truth::True, self.metastatic_date()),
            (Truth::False | Truth::Unknown, Truth::True) => (Truth::True, since_unresectable()),
            (Truth::False | Truth::Unknown, Truth::False | Truth::Unknown) => {
                (metastatic.or(unresectable), DateBounds::UNKNOWN)
            }
        }
    }

    /// The days on which the cancer came back: recurrences of the breast cancer, and metastasis.
    pub(super) fn returns(&self) -> Vec<(DateBounds, bool, Vec<Provenance>)> {
        let mut returns: Vec<(DateBounds, bool, Vec<Provenance>)> = self
            .timeline
            .each(|event| match event {
                Event::Diagnosis(found) if found.recurrence && found.cancer == Cancer::Breast => {
                    Some(())
                }
                _ => None,
            })
            .map(|(seen, ())| (seen.date, seen.certain, vec![seen.provenance()]))
            .collect();
        let fact = self
            .fact_by(|rule| matches!(rule, Derivation::Metastatic {}))
            .unwrap_or_else(|| self.metastatic());
        if truth(&fact) == Truth::True {
            let since = self.metastatic_date();
            returns.push((since, !self.found_with_the_first(since), fact.from));
        }
        returns
    }

    /// Whether metastasis was found so soon after the first sign of the cancer on record that it may have been there
    /// from the start.
    fn found_with_the_first(&self, since: DateBounds) -> bool {
        let within = self
            .bundle
            .content()
            .facts
            .iter()
            .find_map(|fact| match fact.derivation {
                Derivation::DeNovo { within_days } => Some(within_days),
                _ => None,
            });
        let diagnosed = self.first_diagnoses().into_iter().map(|seen| seen.date);
        let treated = self.courses.iter().filter(|course| course.certain);
        let signs = diagnosed.chain(treated.map(|course| course.start));
        let first = earliest(signs.filter(|date| date.low.is_some()));
        let days = first.and_then(|first| Some((since.high?, first.low?.add_days(within?))));
        days.is_some_and(|(since, last)| since <= last)
    }

    /// First diagnoses of breast cancer with a date, surely made by the day asked for.
    pub(super) fn first_diagnoses(&self) -> Vec<Seen<'a>> {
        let first = |event: &'a Event| match event {
            Event::Diagnosis(found) => {
                (!found.recurrence && found.cancer == Cancer::Breast).then_some(())
            }
            _ => None,
        };
        let found = self.timeline.each(first).map(|(seen, ())| seen);
        found
            .filter(|seen| seen.certain && !seen.undated())
            .collect()
    }

    /// What every entry says of distant metastasis.
    fn spread(&self) -> Vec<(Seen<'a>, Spread, Tie)> {
        let read = |seen: &Seen<'a>| {
            let (spread, cancer) = match &seen.entry.event {
                Event::Metastasis(found) => {
                    let spread = match (&found.site, found.present) {
                        (Some(Site::RegionalNodes), _) | (Some(_), false) => return None,
                        (Some(Site::MayBeRegional), true) => Spread::Open,
                        (_, true) => Spread::Present,
                        (None, false) => Spread::Absent,
                    };
                    (spread, found.cancer.as_ref())
                }
                Event::Stage(stage) => {
                    let spread = match (stage.group, stage.distant) {
                        (Some(4) | None, Some(true)) | (Some(4), None) => Spread::Present,
                        (Some(4), Some(false)) | (Some(_), Some(true)) => Spread::Contradictory,
                        (Some(_), _) | (None, Some(false)) => Spread::NotAtStaging,
                        (None, None) => return None,
                    };
                    (spread, stage.cancer.as_ref())
                }
                Event::Therapy(therapy)
                    if therapy.intent == Some(Intent::Metastatic)
                        && therapy.status != TherapyStatus::Planned =>
                {
                    (Spread::Present, None)
                }
                Event::Statement(statement) if statement.value == Stated::Bool(true) => {
                    let index = self.bundle.schema().find(&statement.fact)?;
                    match self.bundle.fact(index).derivation {
                        Derivation::MetastasisAt { .. } => (Spread::Present, Some(&Cancer::Breast)),
                        _ => return None,
                    }
                }
                _ => return None,
            };
            let tie = self.tie(cancer);
            (tie != Tie::Other).then_some((*seen, spread, tie))
        };
        let mut found: Vec<_> = self.timeline.seen.iter().filter_map(read).collect();
        // A statement tells that there is one, not since when.
        for (seen, _, _) in &mut found {
            if matches!(seen.entry.event, Event::Statement(_)) {
                seen.date.low = None;
            }
        }
        found
    }

    /// Only a statement makes it true; a complete record without one has none.
    pub(super) fn unresectable(&self) -> Fact {
        self.none_if_complete("not stated in a record that is stated to be complete")
    }

    /// Only a statement makes it true; a complete record that never speaks of stage III has none.
    pub(super) fn locally_advanced(&self) -> Fact {
        let staged = |wanted: fn(u8) -> bool| -> Vec<Seen<'_>> {
            self.timeline
                .each(|event| match event {
                    Event::Stage(stage) if stage.group.is_some_and(wanted) => {
                        Some(self.tie(stage.cancer.as_ref()))
                    }
                    _ => None,
                })
                .filter(|(_, tie)| *tie != Tie::Other)
                .map(|(seen, _)| seen)
                .collect()
        };
        let three = staged(|group| group == 3);
        let mut lower = staged(|group| group < 3);
        lower.retain(|lower| {
            let day = lower.entry.date;
            day.as_exact().is_some() && three.iter().any(|seen| seen.entry.date == day)
        });
        if three.is_empty() {
            self.none_if_complete("no stage III in a record that is stated to be complete")
        } else if lower.is_empty() {
            Fact::truth(Truth::Unknown, from(&three))
                .because(WhyUnknown::Unresolved)
                .inferred("stage III on record; whether it is locally advanced now is not said")
        } else {
            Fact::truth(Truth::Unknown, from(&[three, lower].concat()))
                .because(WhyUnknown::Conflict)
                .inferred("stage III and a lower stage are on record for one day")
        }
    }

    fn none_if_complete(&self, why: &str) -> Fact {
        if self.timeline.complete() {
            Fact::truth(Truth::False, Vec::new()).inferred(why)
        } else {
            Fact::truth(Truth::Unknown, Vec::new())
        }
    }

    /// Metastasis at one of some sites. A later "none there" does not undo an earlier finding.
    pub(super) fn metastasis_at(&self, sites: &[String]) -> Fact {
        let sited: Vec<Sited<'_>> = self
            .timeline
            .each(|event| match event {
                Event::Metastasis(found) => {
                    let tie = self.tie(found.cancer.as_ref());
                    found.site.as_ref().map(|site| (site, found.present, tie))
                }
                _ => None,
            })
            .filter(|(_, (site, _, tie))| *tie != Tie::Other && is_at(site, sites))
            .collect();
        let pick = |wanted: fn(&Sited<'_>) -> bool| {
            let chosen = sited.iter().filter(|found| wanted(found));
            chosen.map(|(seen, _)| *seen).collect::<Vec<_>>()
        };
        let present =
            pick(|(seen, (_, present, tie))| *present && *tie == Tie::Ours && seen.certain);
        let absent = pick(|(seen, (_, present, _))| !present && seen.certain);
        if !present.is_empty() {
            let denied = |none: &Seen<'_>| {
                present
                    .iter()
                    .all(|found| found.entry.date == none.entry.date)
            };
            let same_site =
                |none: &Seen<'_>| present.iter().any(|found| site_of(found) == site_of(none));
            if absent.iter().any(|none| denied(none) && same_site(none)) {
                return Fact::truth(Truth::Unknown, from(&[present, absent].concat()))
                    .because(WhyUnknown::Conflict);
            }
            let fact = Fact::truth(Truth::True, from(&present));
            return if present.iter().all(Seen::undated) {
                fact.inferred("undated in the record; counted as present on the day asked for")
            } else {
                fact
            };
        }
        let untied = pick(|(_, (_, present, tie))| *present && *tie == Tie::Untied);
        if !untied.is_empty() {
            let sides = [from(&untied), self.both_cancers()].concat();
            return Fact::truth(Truth::Unknown, sides)
                .because(WhyUnknown::Conflict)
                .inferred(TWO_CANCERS);
        }
        let possible = pick(|(_, (_, present, _))| *present);
        if !possible.is_empty() {
            return Fact::truth(Truth::Unknown, from(&possible)).because(WhyUnknown::Unresolved);
        }
        let metastatic = self
            .fact_by(|rule| matches!(rule, Derivation::Metastatic {}))
            .unwrap_or_else(|| self.metastatic());
        if truth(&metastatic) == Truth::False {
            return Fact::truth(Truth::False, metastatic.from)
                .inferred("no metastasis anywhere, so none here");
        }
        let none_at = |site: &Site, holds: &dyn Fn(&Seen<'_>) -> bool| {
            let mut looks = sited.iter();
            looks.any(|(seen, (found, present, _))| *found == site && !present && holds(seen))
        };
        let looked = |site: &Site| none_at(site, &|seen| seen.certain);
        // As for metastasis anywhere: a look says nothing of a later day, unless what came later would be on record.
        let holds = |seen: &Seen<'_>| self.timeline.complete() || self.of_today(seen);
        let excluded = |site: &Site| none_at(site, &|seen| seen.certain && holds(seen));
        let open = |hints: &[Seen<'_>]| {
            Fact::truth(Truth::Unknown, from(hints))
                .because(WhyUnknown::Unresolved)
                .inferred("the record speaks of disease that may be at this place, and does not name the place")
        };
        let hints = self.hints_at(sites);
        if !hints.is_empty() {
            return open(&hints);
        }
        let everywhere = |excluded: &dyn Fn(&Site) -> bool| {
            let mut asked = sites.iter().flat_map(|name| places(name));
            !sites.is_empty() && asked.all(|site| excluded(&site))
        };
        if everywhere(&excluded) {
            let dates: Vec<String> = absent
                .iter()
                .map(|seen| seen.entry.date.to_string())
                .collect();
            return Fact::truth(Truth::False, from(&absent)).inferred(format!(
                "stated that there is none ({}); nothing on record since says otherwise",
                dates.join(", ")
            ));
        }
        if everywhere(&looked) && !self.timeline.complete() {
            return Fact::truth(Truth::Unknown, from(&absent))
                .inferred("none there then; the record does not say what came later");
        }
        if self.timeline.complete() {
            if !self.names_a_distant_place() {
                return Fact::truth(Truth::Unknown, metastatic.from)
                    .because(WhyUnknown::Unresolved)
                    .inferred(
                        "there is or may be metastasis, and the record does not name its place",
                    );
            }
            return Fact::truth(Truth::False, Vec::new())
                .inferred("none known: none in a record that is stated to be complete");
        }
        Fact::truth(Truth::Unknown, Vec::new())
    }

    /// Whether metastasis is on record at a place that is not near the breast: then a complete record names all of them.
    fn names_a_distant_place(&self) -> bool {
        let nearby = |site: &Site| matches!(site, Site::RegionalNodes | Site::MayBeRegional);
        self.timeline.seen.iter().any(|seen| {
            let event = &seen.entry.event;
            seen.certain
                && matches!(event, Event::Metastasis(found)
                    if found.present && found.site.as_ref().is_some_and(|site| !nearby(site)))
        })
    }

    /// Entries that may speak of disease at a site of the central nervous system without naming it.
    fn hints_at(&self, sites: &[String]) -> Vec<Seen<'a>> {
        let in_cns =
            |site: &Site| matches!(site, Site::Brain | Site::Leptomeninges | Site::OtherCns);
        let mut asked = sites.iter().flat_map(|name| places(name));
        if !asked.any(|site| in_cns(&site)) {
            return Vec::new();
        }
        // Treatment and growth there are explained by a site there that has a name.
        let named = self.timeline.seen.iter().any(|seen| {
            matches!(&seen.entry.event, Event::Metastasis(found)
                if found.present && found.site.as_ref().is_some_and(in_cns))
        });
        let hint = |seen: &&Seen<'a>| match &seen.entry.event {
            Event::Metastasis(found) => found.present && found.site == Some(Site::OtherCns),
            Event::LocalTherapy(LocalTherapy { place, .. }) => !named && *place == Place::Cns,
            Event::Status(status) => {
                !named && status.place == Place::Cns && status.trend != Trend::Remission
            }
            _ => false,
        };
        self.timeline.seen.iter().filter(hint).copied().collect()
    }
}

/// The site that an entry names.
fn site_of<'a>(seen: &Seen<'a>) -> Option<&'a Site> {
    match &seen.entry.event {
        Event::Metastasis(found) => found.site.as_ref(),
        _ => None,
    }
}

/// Whether a site is one of those that a fact asks for.
pub(super) fn is_at(site: &Site, names: &[String]) -> bool {
    names.iter().any(|name| places(name).contains(site))
}

/// The sites that a name of the knowledge base stands for.
fn places(name: &str) -> Vec<Site> {
    match name {
        "brain" => vec![Site::Brain],
        "leptomeninges" => vec![Site::Leptomeninges],
        "cns" => vec![Site::Brain, Site::Leptomeninges, Site::OtherCns],
        "bone" => vec![Site::Bone],
        "liver" => vec![Site::Liver],
        "lung" => vec![Site::Lung],
        other => vec![Site::Other(other.to_owned())],
    }
}

/// Whether breast cancer and another one are diagnosed.
pub(super) fn two_cancers(timeline: &Timeline<'_>) -> bool {
    let has = |wanted: fn(&Cancer) -> bool| {
        timeline.seen.iter().any(
            |seen| matches!(&seen.entry.event, Event::Diagnosis(found) if wanted(&found.cancer)),
        )
    };
    has(|cancer| *cancer == Cancer::Breast) && has(|cancer| matches!(cancer, Cancer::Other(_)))
}

/// The records behind entries.
pub(super) fn from(seen: &[Seen<'_>]) -> Vec<Provenance> {
    seen.iter().map(Seen::provenance).collect()
}

//! The central nervous system: brain metastases untreated, treated and quiet, or active.

use super::disease::from;
use super::timeline::Seen;
use super::{Deriver, truth};
use crate::bundle::{CnsAspect, Derivation};
use crate::chart::{Event, Place, Site, Trend};
use crate::facts::{Fact, WhyUnknown};
use waymark_criteria::Truth;

/// How brain metastases stand.
pub(super) struct Brain<'a> {
    /// The state in a word, where it can be told.
    pub(super) word: Option<&'static str>,
    /// Untreated, or growing.
    pub(super) active: Truth,
    why: &'static str,
    seen: Vec<Seen<'a>>,
}

impl Deriver<'_> {
    /// Brain metastases that are untreated, or grew since they were treated.
    pub(super) fn active_brain_metastases(&self) -> Fact {
        let brain = self.site_fact("brain");
        match truth(&brain) {
            Truth::False => Fact::truth(Truth::False, brain.from)
                .inferred("no brain metastases known, so none that are active"),
            Truth::Unknown => Fact {
                inferred: None,
                ..brain
            },
            Truth::True => {
                let state = self.brain_state();
                let mut records = brain.from;
                records.extend(from(&state.seen));
                let fact = Fact::truth(state.active, records).inferred(state.why);
                if state.active.is_known() {
                    fact
                } else {
                    fact.because(WhyUnknown::Unresolved)
                }
            }
        }
    }

    /// The fact that asks for one site, or what the records say of it.
    pub(super) fn site_fact(&self, site: &str) -> Fact {
        let sites = [site.to_owned()];
        self.fact_by(
            |rule| matches!(rule, Derivation::MetastasisAt { sites: asked } if *asked == sites),
        )
        .unwrap_or_else(|| self.metastasis_at(&sites))
    }

    /// Whether brain metastases are active, statements included.
    pub(super) fn brain_active(&self) -> Fact {
        let aspect = CnsAspect::Active;
        self.fact_by(
            |rule| matches!(rule, Derivation::Cns { aspect: asked, .. } if *asked == aspect),
        )
        .unwrap_or_else(|| self.active_brain_metastases())
    }

    /// For how many months a look that found treated brain metastases quiet speaks.
    fn quiet_holds(&self) -> Option<i64> {
        let mut facts = self.bundle.content().facts.iter();
        facts.find_map(|fact| match fact.derivation {
            Derivation::Cns { holds_months, .. } => holds_months,
            _ => None,
        })
    }

    /// How brain metastases stand, given that there are some.
    ///
    /// The state follows the last local therapy (surgery or radiation of the brain). Growth after it is activity;
    /// a later stable or better result is quiet disease, for as long as the knowledge says; silence is read as quiet only in
    /// a complete record. In the same way no local therapy on record means "untreated" only in a complete one.
    pub(super) fn brain_state(&self) -> Brain<'_> {
        let cns = |seen: &&Seen<'_>| match &seen.entry.event {
            Event::LocalTherapy(therapy) => therapy.place == Place::Cns,
            _ => false,
        };
        let treated: Vec<Seen<'_>> = self.timeline.seen.iter().filter(cns).copied().collect();
        let found: Vec<Seen<'_>> = self
            .timeline
            .each(|event| match event {
                Event::Metastasis(found) => Some(found),
                _ => None,
            })
            .filter(|(_, found)| found.present && found.site == Some(Site::Brain))
            .map(|(seen, _)| seen)
            .collect();
        let courses: Vec<(Seen<'_>, Trend, Place)> = self
            .timeline
            .each(|event| match event {
                Event::Status(status) => Some((status.trend, status.place)),
                _ => None,
            })
            .filter(|(_, (_, place))| matches!(place, Place::Cns | Place::Unstated))
            .map(|(seen, (trend, place))| (seen, trend, place))
            .collect();
        let after = |seen: &Seen<'_>, what: &[Seen<'_>]| {
            what.iter().fold(Truth::True, |all, earlier| {
                all.and(earlier.date.before(seen.date))
            })
        };
        let grew = |place: Place, since: &[Seen<'_>]| -> Vec<(Seen<'_>, Truth)> {
            courses
                .iter()
                .filter(|(_, trend, at)| *trend == Trend::Progression && *at == place)
                .map(|(seen, _, _)| {
                    let later = after(seen, since);
                    (
                        *seen,
                        if seen.certain {
                            later
                        } else {
                            later.and(Truth::Unknown)
                        },
                    )
                })
                .filter(|(_, later)| *later != Truth::False)
                .collect()
        };
        let open = |why, seen| Brain {
            word: None,
            active: Truth::Unknown,
            why,
            seen,
        };
        let state = |word, active, why, seen| Brain {
            word: Some(word),
            active: Truth::decided(active),
            why,
            seen,
        };
        let complete = self.timeline.complete();
        // Treatment of the brain presupposes an undated finding; a dated one must not be later than all of it.
        let found_before = found
            .iter()
            .flat_map(|seen| treated.iter().map(move |treatment| (seen, treatment)))
            .map(|(seen, treatment)| {
                if seen.undated() {
                    Truth::True
                } else {
                    seen.date.on_or_before(treatment.date)
                }
            })
            .fold(Truth::decided(found.is_empty()), Truth::or);
        if treated.is_empty() || (found_before == Truth::False && complete) {
            let grown: Vec<(Seen<'_>, Truth)> = grew(Place::Cns, &found);
            let gone: Vec<Seen<'_>> = self
                .timeline
                .each(|event| match event {
                    Event::Metastasis(look) if !look.present => Some(&look.site),
                    _ => None,
                })
                .filter(|(_, site)| matches!(site, None | Some(Site::Brain)))
                .map(|(seen, _)| seen)
                .filter(|seen| after(seen, &found) != Truth::False)
                .filter(|seen| {
                    let grew_since = |(growth, _): &(Seen<'_>, Truth)| {
                        seen.date.before(growth.date) == Truth::True
                    };
                    !grown.iter().any(grew_since)
                })
                .collect();
            return if !gone.is_empty() {
                open("found, and at a later look there were none", gone)
            } else if complete {
                state(
                    "untreated",
                    true,
                    "no surgery or radiation of the brain since they were found, in a record that is stated to be complete",
                    found,
                )
            } else if let Some((seen, _)) = grown.iter().find(|(_, later)| *later == Truth::True) {
                state(
                    "active",
                    true,
                    "grew after they were found, with no later treatment of the brain on record",
                    vec![*seen],
                )
            } else {
                open("the record does not say whether they were treated", found)
            };
        }
        if found_before != Truth::True || treated.iter().any(|seen| !seen.certain) {
            return open(
                "it cannot be told which treatment of the brain came after they were found",
                treated,
            );
        }
        let quiet: Vec<Seen<'_>> = courses
            .iter()
            .filter(|(seen, trend, place)| {
                *trend != Trend::Progression && *place == Place::Cns && seen.certain
            })
            .map(|(seen, _, _)| *seen)
            .filter(|seen| after(seen, &treated) == Truth::True)
            .collect();
        let grown = grew(Place::Cns, &treated);
        let quiet_since = |seen: &Seen<'_>| {
            quiet
                .iter()
                .any(|later| seen.date.before(later.date) == Truth::True)
        };
        if let Some((seen, later)) = grown.iter().find(|(seen, _)| !quiet_since(seen)) {
            return if *later == Truth::True {
                state(
                    "active",
                    true,
                    "grew after treatment of the brain",
                    vec![*seen],
                )
            } else {
                open(
                    "growth is on record that may be later than the treatment of the brain",
                    vec![*seen],
                )
            };
        }
        if !grown.is_empty() {
            return open("grew after treatment of the brain, and then did not", quiet);
        }
        let newer = found.iter().chain(
            courses
                .iter()
                .filter(|(_, trend, place)| {
                    *trend == Trend::Progression && *place == Place::Unstated
                })
                .map(|(seen, _, _)| seen),
        );
        let newer: Vec<Seen<'_>> = newer
            .filter(|seen| !seen.undated() && after(seen, &treated) != Truth::False)
            .filter(|seen| !quiet_since(seen))
            .copied()
            .collect();
        if !newer.is_empty() {
            return open(
                "a record later than the treatment of the brain may mean growth there",
                newer,
            );
        }
        let holds = self.quiet_holds();
        let until = |seen: &Seen<'_>| Some(seen.date.low?.add_months(holds?));
        let old = |seen: &Seen<'_>| until(seen).is_some_and(|until| until < self.timeline.as_of);
        if !quiet.is_empty() && !complete && quiet.iter().all(old) {
            return open(
                "treated, and stable or better at a look that is too old to say so of this day",
                quiet,
            );
        }
        if !quiet.is_empty() {
            return state(
                "treated-stable",
                false,
                "treated, and stable or better at the last look",
                quiet,
            );
        }
        if complete {
            return state(
                "treated-stable",
                false,
                "treated, and no growth since in a record that is stated to be complete",
                treated,
            );
        }
        open(
            "treated; the record does not say how they stand since",
            treated,
        )
    }
}

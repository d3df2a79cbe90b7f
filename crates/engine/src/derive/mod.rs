//! Chart to facts: the closed list of derivations, as of a day.
//!
//! Each rule answers from the record alone and says so in three values; a person's own statements are laid over it
//! afterwards (`statements`), and last of all facts that cannot hold together are taken back.

mod age;
mod cns;
mod condition;
mod constraints;
mod disease;
mod earlier;
mod her2;
mod history;
mod hormone;
mod induction;
mod lines;
mod measurement;
mod menopause;
mod partial;
mod presentation;
mod progression;
mod regimens;
mod relapse;
mod rows;
mod setting;
mod specimens;
mod statements;
mod steps;
mod therapies;
mod timeline;
mod words;

pub use history::history;

use crate::bundle::{Bundle, CnsAspect, Derivation, FactEntry, FactKind, MenopauseAspect};
use crate::chart::{Chart, Completeness, Event};
use crate::facts::{Fact, FactValue, Facts, WhyUnknown};
use disease::Advanced;
use progression::Progression;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use therapies::Course;
use timeline::{Timeline, provenance};
use waymark_criteria::{Bounds, Date, DateBounds, FactIndex, Truth, Value};

/// Every fact of the bundle's schema for one person as of a day.
///
/// The result does not depend on the order of the chart's entries. `record` says what a silence of the chart means;
/// what the chart itself states of that is not looked at.
#[must_use]
pub fn derive(chart: &Chart, bundle: &Bundle, as_of: Date, record: Completeness) -> Facts {
    let deriver = Deriver::new(chart, bundle, as_of, record);
    deriver.settle_all();
    let indices = bundle.schema().indices();
    let facts: Vec<Rc<Fact>> = indices.map(|index| deriver.fact(index)).collect();
    let record = deriver.timeline.record;
    // Each is then held by this list alone.
    drop(deriver);
    Facts {
        as_of,
        record,
        facts: facts.into_iter().map(Rc::unwrap_or_clone).collect(),
    }
}

/// A fact while facts are derived.
#[derive(Clone, Debug)]
enum Slot {
    Open,
    /// Being derived: a fact that asks for itself finds this, and gets unknown.
    Busy,
    Done(Rc<Fact>),
}

/// What the rules read.
struct Deriver<'a> {
    bundle: &'a Bundle,
    timeline: Timeline<'a>,
    courses: Vec<Course<'a>>,
    progressions: Vec<Progression>,
    /// The facts of the two rules by which disease is advanced: every course asks for them.
    metastatic: Option<FactIndex>,
    unresectable: Option<FactIndex>,
    /// Beside the breast cancer there is another one.
    two_cancers: bool,
    /// Read off the timeline when it is first asked for.
    metastatic_date: OnceCell<DateBounds>,
    /// As it was found last.
    advanced: RefCell<Option<Rc<Advanced>>>,
    slots: RefCell<Vec<Slot>>,
}

impl<'a> Deriver<'a> {
    fn new(chart: &'a Chart, bundle: &'a Bundle, as_of: Date, record: Completeness) -> Self {
        let timeline = Timeline::new(chart, as_of, record);
        let courses = therapies::courses(&timeline, bundle);
        let progressions = progression::progressions(&timeline, &courses);
        let slots = vec![Slot::Open; bundle.schema().facts().len()];
        Deriver {
            bundle,
            metastatic: first(bundle, |it| matches!(it, Derivation::Metastatic {})),
            unresectable: first(bundle, |it| matches!(it, Derivation::Unresectable {})),
            two_cancers: disease::two_cancers(&timeline),
            timeline,
            courses,
            progressions,
            metastatic_date: OnceCell::new(),
            advanced: RefCell::new(None),
            slots: RefCell::new(slots),
        }
    }

    /// Every fact that criteria read; those that cannot hold together are taken back.
    fn settle_all(&self) {
        for index in self.bundle.schema().indices() {
            if self.bundle.fact(index).ty != FactKind::Word {
                self.fact(index);
            }
        }
        constraints::take_back(self);
    }

    /// A fact, derived at most once.
    fn fact(&self, index: FactIndex) -> Rc<Fact> {
        let position = index.position();
        let slot = self.slots.borrow()[position].clone();
        let entry = self.bundle.fact(index);
        match slot {
            Slot::Done(fact) => fact,
            Slot::Busy => Rc::new(unknown(entry.ty)),
            Slot::Open => {
                self.slots.borrow_mut()[position] = Slot::Busy;
                let mut fact = self.settle(entry);
                fact.from.sort();
                fact.from.dedup();
                let fact = Rc::new(fact);
                self.slots.borrow_mut()[position] = Slot::Done(Rc::clone(&fact));
                fact
            }
        }
    }

    /// The fact of the first entry whose rule is asked for.
    fn fact_by(&self, rule: impl Fn(&Derivation) -> bool) -> Option<Fact> {
        let index = first(self.bundle, rule)?;
        Some(Rc::unwrap_or_clone(self.fact(index)))
    }

    /// The truth of a fact; when the bundle has no such fact, what the records alone say.
    fn truth_or(&self, index: Option<FactIndex>, records: impl Fn() -> Fact) -> Truth {
        match index {
            Some(index) => truth(&self.fact(index)),
            None => truth(&records()),
        }
    }

    /// Rule, later records, statements.
    fn settle(&self, entry: &FactEntry) -> Fact {
        if entry.derivation == (Derivation::AsOf {}) {
            let day = Bounds::exact(self.timeline.as_of.to_days());
            return Fact::bounds(day, Vec::new());
        }
        let mut derived = self.rule(entry);
        if derived.why_unknown == Some(WhyUnknown::NotRecorded) && derived.from.is_empty() {
            let later = self.timeline.later.iter();
            let later: Vec<_> = later
                .filter(|candidate| self.reads(entry, &candidate.event))
                .map(|candidate| provenance(candidate))
                .collect();
            if !later.is_empty() {
                derived.why_unknown = Some(WhyUnknown::AfterAsOf);
                derived.from = later;
            }
        }
        statements::lay_over(self, entry, derived)
    }

    /// What the records say, statements of the fact itself aside.
    fn rule(&self, entry: &FactEntry) -> Fact {
        match &entry.derivation {
            Derivation::AsOf {} | Derivation::Stated {} => unknown(entry.ty),
            Derivation::StatedOr { fact, inferred } => match self.bundle.schema().find(fact) {
                Some(index) => {
                    let other = Rc::unwrap_or_clone(self.fact(index));
                    if is_unknown(&other) {
                        other
                    } else {
                        other.inferred(inferred)
                    }
                }
                None => unknown(entry.ty),
            },
            Derivation::Age {} => self.age(),
            Derivation::BreastCancer {} => self.breast_cancer(),
            Derivation::Disease {} => self.disease_word(),
            Derivation::Her2 { aspect } => self.her2_fact(*aspect),
            Derivation::HormoneReceptors { aspect } => self.hormone_fact(*aspect),
            Derivation::Subtype {} => self.subtype_word(),
            Derivation::Metastatic {} => self.metastatic(),
            Derivation::MetastaticSince {} => self.metastatic_since(),
            Derivation::DeNovo { within_days } => self.de_novo(*within_days),
            Derivation::LastProgression {} => self.last_progression(),
            Derivation::Unresectable {} => self.unresectable(),
            Derivation::LocallyAdvanced {} => self.locally_advanced(),
            Derivation::MetastasisAt { sites } => self.metastasis_at(sites),
            Derivation::Cns { aspect, .. } => match aspect {
                CnsAspect::Active => self.active_brain_metastases(),
                CnsAspect::State => self.cns_word(),
            },
            Derivation::PriorDrug { drug, setting } => self.prior_drug(drug, *setting),
            Derivation::PriorRegimens { drug, setting } => self.prior_regimens(drug, *setting),
            Derivation::CurrentLine {} => self.current_line(),
            Derivation::EarlyRelapse {
                drug,
                undecided,
                intents,
                months,
            } => self.early_relapse(&relapse::Asked {
                drug: drug.as_deref(),
                undecided: undecided.as_deref(),
                intents,
                months: *months,
            }),
            Derivation::ProgressedOn { drug, setting } => self.progressed_on(drug, *setting),
            Derivation::ProgressedSinceLatestRegimen { drug } => {
                self.progressed_since_latest_regimen(drug)
            }
            Derivation::InductionWithoutProgression { drug } => {
                self.induction_without_progression(drug)
            }
            Derivation::Menopause {
                aspect,
                holds_months,
            } => match aspect {
                MenopauseAspect::Postmenopausal => self.menopause(*holds_months).postmenopausal,
                MenopauseAspect::Status => self.menopause_word(),
            },
            Derivation::Condition {
                condition,
                absence_means_none,
                holds_days,
                history: _,
            } => self.condition(condition, *absence_means_none, *holds_days),
            Derivation::Measurement {
                quantity,
                times_upper_limit,
            } => self.measurement(entry, quantity, *times_upper_limit),
            Derivation::MeasurementBaseline { quantity, drug } => self.baseline(quantity, drug),
            Derivation::MeasurementFall { quantity, drug } => self.fall(quantity, drug),
        }
    }

    /// Whether a rule would read an entry that lies after the day asked for.
    fn reads(&self, entry: &FactEntry, event: &Event) -> bool {
        use crate::chart::Receptor;
        match event {
            Event::Statement(statement) => statement.fact == entry.id,
            Event::Diagnosis(_) => matches!(
                entry.derivation,
                Derivation::BreastCancer {} | Derivation::Disease {}
            ),
            Event::Receptor(result) => match entry.derivation {
                Derivation::Her2 { .. } => result.receptor == Receptor::Her2,
                Derivation::HormoneReceptors { .. } => result.receptor != Receptor::Her2,
                Derivation::Subtype {} => true,
                _ => false,
            },
            Event::Metastasis(found) => match &entry.derivation {
                Derivation::Metastatic {} | Derivation::MetastaticSince {} => true,
                Derivation::MetastasisAt { sites } => found
                    .site
                    .as_ref()
                    .is_some_and(|site| disease::is_at(site, sites)),
                _ => false,
            },
            Event::Stage(_) => matches!(
                entry.derivation,
                Derivation::Metastatic {}
                    | Derivation::MetastaticSince {}
                    | Derivation::LocallyAdvanced {}
            ),
            Event::Therapy(therapy) => match &entry.derivation {
                Derivation::PriorDrug { drug, .. }
                | Derivation::PriorRegimens { drug, .. }
                | Derivation::ProgressedOn { drug, .. }
                | Derivation::ProgressedSinceLatestRegimen { drug }
                | Derivation::InductionWithoutProgression { drug } => {
                    therapies::may_match(self.bundle, therapy, drug)
                }
                Derivation::EarlyRelapse { drug, .. } => drug
                    .as_ref()
                    .is_none_or(|drug| therapies::may_match(self.bundle, therapy, drug)),
                Derivation::CurrentLine {} => {
                    therapies::may_match(self.bundle, therapy, therapies::SYSTEMIC)
                }
                _ => false,
            },
            Event::Condition { id, .. } => match &entry.derivation {
                Derivation::Condition { condition, .. } => condition == id,
                Derivation::Menopause { .. } => menopause::is_status(id),
                _ => false,
            },
            Event::Measurement(found) => matches!(
                &entry.derivation,
                Derivation::Measurement { quantity, .. } if *quantity == found.quantity
            ),
            Event::Status(status) => {
                status.trend == crate::chart::Trend::Progression
                    && matches!(
                        entry.derivation,
                        Derivation::LastProgression {}
                            | Derivation::ProgressedSinceLatestRegimen { .. }
                    )
            }
            // What came before metastasis has no date.
            Event::LocalTherapy(_) | Event::Earlier(_) => false,
        }
    }
}

/// The first entry whose rule is asked for.
fn first(bundle: &Bundle, rule: impl Fn(&Derivation) -> bool) -> Option<FactIndex> {
    let mut indices = bundle.schema().indices();
    indices.find(|index| rule(&bundle.fact(*index).derivation))
}

/// A fact of which nothing is recorded.
fn unknown(ty: FactKind) -> Fact {
    match ty {
        FactKind::Word => Fact::word(None, Vec::new()),
        FactKind::Boolean => Fact::truth(Truth::Unknown, Vec::new()),
        FactKind::Integer | FactKind::Decimal | FactKind::Date => {
            Fact::bounds(Bounds::UNKNOWN, Vec::new())
        }
    }
}

/// The truth of a fact; unknown for one that is no truth.
fn truth(fact: &Fact) -> Truth {
    match &fact.value {
        FactValue::Value(value) => value.truth(),
        FactValue::Word(_) => Truth::Unknown,
    }
}

/// Whether nothing at all is known of a fact.
fn is_unknown(fact: &Fact) -> bool {
    match &fact.value {
        FactValue::Value(Value::Truth(truth)) => !truth.is_known(),
        FactValue::Value(Value::Bounds(bounds)) => *bounds == Bounds::UNKNOWN,
        FactValue::Word(word) => word.is_none(),
    }
}

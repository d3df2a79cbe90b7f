//! A person's or clinician's own statements, laid over what the records say.
//!
//! An overriding statement holds. A plain one fills in what the records leave open and is a conflict where they say
//! otherwise, except that things change: see [`Change`].

use super::age::years;
use super::therapies::SYSTEMIC;
use super::timeline::latest;
use super::{Deriver, is_unknown, menopause};
use crate::bundle::{
    Changes, CnsAspect, Derivation, FactEntry, FactKind, Her2Aspect, MenopauseAspect, StatusAspect,
};
use crate::chart::{Event, LocalTherapyKind, Place, Stated};
use crate::facts::{Fact, FactValue, Provenance, WhyUnknown};
use waymark_criteria::{Bounds, Date, DateBounds, Truth, Value};

/// A statement as it bears on one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    /// When it was said; an undated statement speaks of the day asked for.
    date: DateBounds,
    undated: bool,
    certain: bool,
    value: Claimed,
    /// Wins over the records.
    pub(super) overrides: bool,
    from: Provenance,
}

/// A stated value in the type of the fact.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Claimed {
    Truth(bool),
    Bounds(Bounds),
    Word(String),
}

/// How a fact may change, and so whether a statement and a record of different days contradict each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    /// Back and forth: whichever surely is later holds.
    BackAndForth,
    /// From false to true, or upwards: a record surely later than a statement of "no" holds.
    Grows,
    /// Not by itself: they contradict.
    Fixed,
}

/// The statements of a fact on or possibly before the day.
pub(super) fn claims(deriver: &Deriver<'_>, entry: &FactEntry) -> Vec<Claim> {
    let as_of = deriver.timeline.as_of;
    let mut claims = Vec::new();
    for (seen, statement) in &deriver.timeline.statements {
        let value = if statement.fact == entry.id {
            read(entry, &statement.value)
        } else {
            implied(deriver, entry, &statement.fact, &statement.value)
        };
        let Some(mut value) = value else { continue };
        if let (Derivation::Age {}, Claimed::Bounds(age)) = (&entry.derivation, &mut value) {
            *age = grown_older(*age, seen.entry.date, as_of);
        }
        claims.push(Claim {
            date: if seen.undated() {
                DateBounds::exact(as_of)
            } else {
                seen.date
            },
            undated: seen.undated(),
            certain: seen.certain,
            value,
            overrides: statement.overrides,
            from: seen.provenance(),
        });
    }
    claims
}

/// The fact with its statements.
pub(super) fn lay_over(deriver: &Deriver<'_>, entry: &FactEntry, derived: Fact) -> Fact {
    let (claims, mut outdated) = still_speaking(deriver, entry, claims(deriver, entry));
    let (certain, possible): (Vec<Claim>, Vec<Claim>) =
        claims.into_iter().partition(|claim| claim.certain);
    let (overriding, plain): (Vec<Claim>, Vec<Claim>) =
        certain.into_iter().partition(|claim| claim.overrides);
    let mut fact = if !overriding.is_empty() {
        match agreed(&overriding) {
            Ok((value, from)) => {
                let differs = !is_unknown(&derived) && !same(&derived, &value);
                let said = overriding.iter().filter(|claim| from.contains(&claim.from));
                let said: Vec<DateBounds> = said.map(|claim| claim.date).collect();
                let fact = of(value, from);
                if let Some(grown) = grown_since(deriver, entry, &derived, &fact, &said) {
                    grown
                } else if differs {
                    fact.inferred("stated, and holds over what other records say")
                } else {
                    fact
                }
            }
            Err(from) => conflict(entry.ty, from),
        }
    } else if !plain.is_empty() {
        match agreed(&plain) {
            Ok((_, from)) if is_unknown(&derived) && only_then(deriver, entry, &plain, &from) => {
                Fact {
                    from: [derived.from, from].concat(),
                    ..super::unknown(entry.ty)
                }
                .because(WhyUnknown::Unresolved)
                .inferred("stated for that day; the record does not say what came later")
            }
            Ok((value, from)) => combine(deriver, entry, derived, &value, from, &plain),
            Err(from) => conflict(entry.ty, [derived.from, from].concat()),
        }
    } else {
        derived
    };
    // A statement that may be later than the day asked for can only take certainty away.
    let doubts: Vec<&Claim> = possible
        .iter()
        .filter(|claim| !same(&fact, &claim.value))
        .collect();
    if !doubts.is_empty()
        && (!is_unknown(&fact) || fact.why_unknown == Some(WhyUnknown::NotRecorded))
    {
        let from = doubts.iter().map(|claim| claim.from.clone());
        let from = fact.from.drain(..).chain(from).collect();
        return Fact {
            from,
            ..super::unknown(entry.ty)
        }
        .because(WhyUnknown::Unresolved)
        .inferred("stated, but not surely so on the day asked for");
    }
    // What was concluded from silence alone does not hold where it was once said otherwise.
    if !outdated.is_empty() && (is_unknown(&fact) || fact.from.is_empty()) {
        outdated.splice(..0, fact.from);
        return Fact {
            from: outdated,
            ..super::unknown(entry.ty)
        }
        .because(WhyUnknown::Unresolved)
        .inferred("stated, but not of what was begun, done or found since");
    }
    let denied = denied(deriver, entry, &fact);
    if !denied.is_empty() {
        return conflict(entry.ty, [fact.from, denied].concat())
            .inferred("contradicts another statement on the same person");
    }
    let unread: Vec<Provenance> = unreadable(deriver, entry);
    if !unread.is_empty() && is_unknown(&fact) {
        fact.from.extend(unread);
        return fact.inferred("a statement of this could not be read as a value of it");
    }
    fact
}

/// Whether the statements that hold deny, all of them on earlier days, what a no of may become a yes: in a record that may
/// lack what came later they say nothing of the day asked for. That menopause has not come, or that brain metastases are quiet,
/// holds as long as a record of it.
fn only_then(
    deriver: &Deriver<'_>,
    entry: &FactEntry,
    claims: &[Claim],
    holding: &[Provenance],
) -> bool {
    let ends = match &entry.derivation {
        Derivation::Condition { holds_days, .. } => holds_days.is_some(),
        Derivation::Cns { holds_months, .. } => holds_months.is_some(),
        _ => false,
    };
    if deriver.timeline.complete() || !(entry.changes == Changes::Grows || ends) {
        return false;
    }
    let today = DateBounds::exact(deriver.timeline.as_of);
    let until = |claim: &Claim| match &entry.derivation {
        Derivation::Menopause { holds_months, .. } | Derivation::Cns { holds_months, .. } => {
            claim.date.add_months(holds_months.unwrap_or(0))
        }
        _ => claim.date,
    };
    let holding = claims.iter().filter(|claim| holding.contains(&claim.from));
    let denials = holding.filter(|claim| claim.value == Claimed::Truth(false));
    let mut denials = denials.peekable();
    denials.peek().is_some()
        && denials.all(|claim| !claim.undated && until(claim).before(today) == Truth::True)
}

/// A fact by its derivation, and what is said of it.
type Said = (fn(&Derivation) -> bool, bool);

/// What does not go together: who is not metastatic was not so from the start, and who was had nothing to come back.
const CONTRADICTIONS: [[Said; 2]; 2] = [
    [
        (|rule| matches!(rule, Derivation::Metastatic {}), false),
        (|rule| matches!(rule, Derivation::DeNovo { .. }), true),
    ],
    [
        (|rule| matches!(rule, Derivation::DeNovo { .. }), true),
        (|rule| matches!(rule, Derivation::EarlyRelapse { .. }), true),
    ],
];

/// The statements of other facts that do not go with what is said here, unless it was said over them. Which of the two
/// is meant nobody can tell, and what rests on either stays open.
fn denied(deriver: &Deriver<'_>, entry: &FactEntry, fact: &Fact) -> Vec<Provenance> {
    let said = super::truth(fact);
    let is = |(rule, value): &Said| rule(&entry.derivation) && said == Truth::decided(*value);
    let others: Vec<Said> = CONTRADICTIONS
        .iter()
        .filter_map(|[one, other]| is(one).then_some(other).or(is(other).then_some(one)))
        .copied()
        .collect();
    if others.is_empty() {
        return Vec::new();
    }
    let facts = deriver.bundle.content().facts.iter();
    let against = facts.flat_map(|other| {
        let said = others.iter().filter(|(rule, _)| rule(&other.derivation));
        said.flat_map(|(_, value)| {
            let claims = claims(deriver, other).into_iter();
            claims.filter(|claim| claim.certain && claim.value == Claimed::Truth(*value))
        })
    });
    let against: Vec<Claim> = against.collect();
    let overrides = claims(deriver, entry).iter().any(|claim| claim.overrides);
    if overrides && !against.iter().any(|claim| claim.overrides) {
        return Vec::new();
    }
    against.into_iter().map(|claim| claim.from).collect()
}

/// Statements, and the records by which others of them are out of date: what was said of the latest regimen says
/// nothing of one begun since, a "no" nothing of growth since, and "cannot be removed" nothing after surgery.
fn still_speaking(
    deriver: &Deriver<'_>,
    entry: &FactEntry,
    claims: Vec<Claim>,
) -> (Vec<Claim>, Vec<Provenance>) {
    let mut outdated = Vec::new();
    let mut speaks = |claim: &Claim| {
        if claim.undated {
            return true;
        }
        let since = told_since(deriver, entry, claim);
        let speaks = since.is_empty();
        if !speaks {
            outdated.push(claim.from.clone());
            outdated.extend(since);
        }
        speaks
    };
    let claims = claims.into_iter().filter(|claim| speaks(claim)).collect();
    (claims, outdated)
}

/// The records, perhaps later than a statement, after which it says nothing any more.
fn told_since(deriver: &Deriver<'_>, entry: &FactEntry, claim: &Claim) -> Vec<Provenance> {
    let perhaps_since = |date: DateBounds| date.on_or_before(claim.date) != Truth::True;
    match &entry.derivation {
        Derivation::ProgressedSinceLatestRegimen { drug } => {
            let begun = deriver.systemic_or(drug).into_iter();
            let begun = begun
                .filter(|course| course.start.before(claim.date) != Truth::True)
                .flat_map(|course| course.from.clone());
            let denies = claim.value == Claimed::Truth(false);
            let grown = deriver.progressions.iter();
            let grown = grown
                .filter(|found| denies && perhaps_since(found.date))
                .flat_map(|found| found.from.clone());
            begun.chain(grown).collect()
        }
        Derivation::Unresectable {} if claim.value == Claimed::Truth(true) => {
            let landmarks = deriver.timeline.landmarks.iter();
            let surgery = landmarks.filter(|seen| {
                matches!(&seen.entry.event, Event::LocalTherapy(done)
                    if done.kind == LocalTherapyKind::Surgery
                        && matches!(done.place, Place::Breast | Place::Unstated))
            });
            surgery
                .filter(|seen| perhaps_since(seen.date))
                .map(|seen| seen.provenance())
                .collect()
        }
        _ => Vec::new(),
    }
}

/// What an overriding statement says of its own day, and what came later may have added to it. `None`: nothing did.
fn grown_since(
    deriver: &Deriver<'_>,
    entry: &FactEntry,
    derived: &Fact,
    stated: &Fact,
    said: &[DateBounds],
) -> Option<Fact> {
    let counted = match &entry.derivation {
        Derivation::PriorRegimens { drug, .. } => Some(drug.as_str()),
        Derivation::CurrentLine {} => Some(SYSTEMIC),
        _ => None,
    };
    if let (Some(drug), FactValue::Value(Value::Bounds(bounds))) = (counted, &stated.value) {
        let by_then = |date: DateBounds| {
            said.iter()
                .all(|said| date.on_or_before(*said) == Truth::True)
        };
        let since = deriver.courses.iter().filter(|course| {
            let counts = course.is_in(SYSTEMIC).or(course.is_in(drug)) != Truth::False;
            counts && !by_then(course.start)
        });
        let since: Vec<Provenance> = since.flat_map(|course| course.from.clone()).collect();
        let grown = Bounds {
            high: None,
            ..*bounds
        };
        let from = [stated.from.clone(), since.clone()].concat();
        return (!since.is_empty()).then(|| {
            Fact::bounds(grown, from)
                .because(WhyUnknown::Unresolved)
                .inferred("stated, and treatment begun since may add to it")
        });
    }
    let no = matches!(stated.value, FactValue::Value(Value::Truth(Truth::False)));
    let grows = change(&entry.derivation) == Change::Grows && super::truth(derived) == Truth::True;
    let later = derived.from.iter().all(|record| {
        let date = super::timeline::cut(record.date, deriver.timeline.as_of);
        said.iter().all(|said| said.before(date) == Truth::True)
    });
    (no && grows && later && !derived.from.is_empty()).then(|| derived.clone())
}

/// The latest of some statements, if those that may be the latest agree.
fn agreed(claims: &[Claim]) -> Result<(Claimed, Vec<Provenance>), Vec<Provenance>> {
    // An undated statement may be older than any other one, so it has to agree with the latest of the others too.
    let (undated, dated): (Vec<&Claim>, Vec<&Claim>) =
        claims.iter().partition(|claim| claim.undated);
    let mut last: Vec<&Claim> = latest(&dated, |claim| claim.date)
        .into_iter()
        .copied()
        .collect();
    last.extend(undated);
    let from = last.iter().map(|claim| claim.from.clone()).collect();
    let mut values = last.iter().map(|claim| claim.value.clone());
    let Some(first) = values.next() else {
        return Err(from);
    };
    match values.try_fold(first, |one, other| both(&one, &other)) {
        Some(value) => Ok((value, from)),
        None => Err(from),
    }
}

/// What holds when both do.
fn both(one: &Claimed, other: &Claimed) -> Option<Claimed> {
    match (one, other) {
        (Claimed::Bounds(one), Claimed::Bounds(other)) => {
            intersection(*one, *other).map(Claimed::Bounds)
        }
        (one, other) => (one == other).then(|| one.clone()),
    }
}

fn intersection(one: Bounds, other: Bounds) -> Option<Bounds> {
    let low = match (one.low, other.low) {
        (Some(one), Some(other)) => Some(one.max(other)),
        (one, other) => one.or(other),
    };
    let high = match (one.high, other.high) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    let empty = low.zip(high).is_some_and(|(low, high)| low > high);
    (!empty).then_some(Bounds { low, high })
}

fn combine(
    deriver: &Deriver<'_>,
    entry: &FactEntry,
    derived: Fact,
    stated: &Claimed,
    from: Vec<Provenance>,
    claims: &[Claim],
) -> Fact {
    let said = claims
        .iter()
        .filter(|claim| from.contains(&claim.from))
        .map(|claim| claim.date);
    let said: Vec<DateBounds> = said.collect();
    let as_of = deriver.timeline.as_of;
    let evidence: Vec<DateBounds> = derived
        .from
        .iter()
        .map(|record| super::timeline::cut(record.date, as_of))
        .collect();
    let all_before = |early: &[DateBounds], late: &[DateBounds]| {
        !early.is_empty()
            && !late.is_empty()
            && early
                .iter()
                .all(|early| late.iter().all(|late| early.before(*late) == Truth::True))
    };
    let change = change(&entry.derivation);
    let together = [derived.from.clone(), from.clone()].concat();
    match (&derived.value, stated) {
        // What follows from silence alone gives way to a statement, which breaks that silence.
        _ if derived.from.is_empty() && !matches!(stated, Claimed::Word(_)) => {
            of(stated.clone(), from)
        }
        (FactValue::Word(Some(word)), Claimed::Word(stated)) if word == stated => Fact {
            from: together,
            ..derived
        },
        (FactValue::Word(None), Claimed::Word(word))
            if derived.why_unknown != Some(WhyUnknown::Conflict) =>
        {
            Fact::word(Some(word.clone()), from)
        }
        (FactValue::Value(Value::Truth(Truth::Unknown)), Claimed::Truth(_)) => {
            of(stated.clone(), from)
        }
        (FactValue::Value(Value::Truth(truth)), Claimed::Truth(stated)) => {
            let yes = *truth == Truth::True;
            if yes == *stated {
                return Fact {
                    from: together,
                    ..derived
                };
            }
            let records_later = all_before(&said, &evidence);
            let stated_later = all_before(&evidence, &said);
            match change {
                Change::BackAndForth if stated_later => of(Claimed::Truth(*stated), from),
                Change::BackAndForth | Change::Grows
                    if records_later && (yes || change == Change::BackAndForth) =>
                {
                    derived
                }
                Change::BackAndForth | Change::Grows | Change::Fixed => {
                    conflict(entry.ty, together)
                }
            }
        }
        (FactValue::Value(Value::Bounds(bounds)), Claimed::Bounds(stated)) => {
            let up_to_then = evidence.iter().all(|record| {
                said.iter()
                    .all(|said| record.on_or_before(*said) == Truth::True)
            });
            match change {
                Change::BackAndForth if all_before(&evidence, &said) => {
                    of(Claimed::Bounds(*stated), from)
                }
                Change::BackAndForth
                    if all_before(&said, &evidence) && *bounds != Bounds::UNKNOWN =>
                {
                    derived
                }
                // What was counted when it was said can only have grown with what came later.
                Change::Grows if !up_to_then && entry.derivation != (Derivation::Age {}) => {
                    let low = bounds.low.max(stated.low);
                    let high = bounds
                        .high
                        .filter(|high| low.is_none_or(|low| *high >= low));
                    Fact {
                        inferred: derived.inferred,
                        ..of(Claimed::Bounds(Bounds { low, high }), together)
                    }
                }
                Change::BackAndForth | Change::Grows | Change::Fixed => {
                    match intersection(*bounds, *stated) {
                        Some(bounds) => of(Claimed::Bounds(bounds), together),
                        None => conflict(entry.ty, together),
                    }
                }
            }
        }
        _ => conflict(entry.ty, together),
    }
}

fn conflict(ty: FactKind, from: Vec<Provenance>) -> Fact {
    Fact {
        from,
        ..super::unknown(ty)
    }
    .because(WhyUnknown::Conflict)
}

fn of(value: Claimed, from: Vec<Provenance>) -> Fact {
    match value {
        Claimed::Truth(truth) => Fact::truth(Truth::decided(truth), from),
        Claimed::Bounds(bounds) => Fact::bounds(bounds, from),
        Claimed::Word(word) => Fact::word(Some(word), from),
    }
}

fn same(fact: &Fact, value: &Claimed) -> bool {
    match (&fact.value, value) {
        (FactValue::Value(Value::Truth(truth)), Claimed::Truth(stated)) => {
            *truth == Truth::decided(*stated)
        }
        (FactValue::Value(Value::Bounds(bounds)), Claimed::Bounds(stated)) => bounds == stated,
        (FactValue::Word(word), Claimed::Word(stated)) => word.as_ref() == Some(stated),
        _ => false,
    }
}

fn change(rule: &Derivation) -> Change {
    match rule {
        Derivation::Menopause { .. }
        | Derivation::Condition { .. }
        | Derivation::Measurement { .. }
        | Derivation::MeasurementBaseline { .. }
        | Derivation::MeasurementFall { .. }
        | Derivation::LastProgression {}
        | Derivation::Cns { .. }
        | Derivation::StatedOr { .. } => Change::BackAndForth,
        Derivation::Metastatic {}
        | Derivation::MetastasisAt { .. }
        | Derivation::PriorDrug { .. }
        | Derivation::PriorRegimens { .. }
        | Derivation::CurrentLine {}
        | Derivation::EarlyRelapse { .. }
        | Derivation::ProgressedOn { .. }
        | Derivation::ProgressedSinceLatestRegimen { .. }
        | Derivation::Age {} => Change::Grows,
        Derivation::AsOf {}
        | Derivation::Stated {}
        | Derivation::BreastCancer {}
        | Derivation::Disease {}
        | Derivation::Her2 { .. }
        | Derivation::HormoneReceptors { .. }
        | Derivation::Subtype {}
        | Derivation::MetastaticSince {}
        | Derivation::DeNovo { .. }
        | Derivation::Unresectable {}
        | Derivation::LocallyAdvanced {}
        | Derivation::InductionWithoutProgression { .. } => Change::Fixed,
    }
}

fn read(entry: &FactEntry, value: &Stated) -> Option<Claimed> {
    match (entry.ty, value) {
        (FactKind::Boolean, Stated::Bool(truth)) => Some(Claimed::Truth(*truth)),
        (FactKind::Integer | FactKind::Decimal | FactKind::Date, Stated::Bounds(bounds)) => {
            let ordered = intersection(*bounds, Bounds::UNKNOWN);
            ordered.map(Claimed::Bounds)
        }
        (FactKind::Word, Stated::Word(word))
            if entry.values.is_empty() || entry.values.contains(word) =>
        {
            Some(Claimed::Word(word.clone()))
        }
        _ => None,
    }
}

fn unreadable(deriver: &Deriver<'_>, entry: &FactEntry) -> Vec<Provenance> {
    let of_it = deriver.timeline.statements.iter();
    let of_it = of_it.filter(|(_, statement)| statement.fact == entry.id);
    let unread = of_it.filter(|(_, statement)| read(entry, &statement.value).is_none());
    unread.map(|(seen, _)| seen.provenance()).collect()
}

/// What a statement of another fact says of a boolean one.
fn implied(
    deriver: &Deriver<'_>,
    entry: &FactEntry,
    fact: &str,
    value: &Stated,
) -> Option<Claimed> {
    let schema = deriver.bundle.schema();
    let said = &deriver.bundle.fact(schema.find(fact)?).derivation;
    let truth = match value {
        Stated::Word(word) => truth_in_word(said, word, &entry.derivation),
        Stated::Bool(true) => match (said, &entry.derivation) {
            (Derivation::Her2 { aspect: said }, Derivation::Her2 { aspect: asked }) => {
                her2_in_her2(*said, *asked)
            }
            _ => None,
        },
        Stated::Bool(false) | Stated::Bounds(_) => None,
    };
    truth.map(Claimed::Truth)
}

/// What a stated "yes" to one question on HER2 says of another.
fn her2_in_her2(said: Her2Aspect, asked: Her2Aspect) -> Option<bool> {
    match (said, asked) {
        (Her2Aspect::Ihc3Plus, Her2Aspect::Positive) => Some(true),
        (Her2Aspect::Low | Her2Aspect::Ultralow, Her2Aspect::Positive | Her2Aspect::Ihc3Plus) => {
            Some(false)
        }
        (Her2Aspect::Positive, Her2Aspect::Low | Her2Aspect::Ultralow) => Some(false),
        _ => None,
    }
}

fn truth_in_word(said: &Derivation, word: &str, asked: &Derivation) -> Option<bool> {
    match (said, asked) {
        (Derivation::Disease {}, Derivation::BreastCancer {}) => match word {
            "breast" => Some(true),
            "other" => Some(false),
            _ => None,
        },
        (
            Derivation::Her2 {
                aspect: Her2Aspect::Status,
            },
            Derivation::Her2 { aspect },
        ) => her2_in_word(word, *aspect),
        (Derivation::Subtype {}, Derivation::Her2 { aspect }) => {
            let (_, her2) = word.split_once('/')?;
            let word = match her2 {
                "HER2+" => "positive",
                "HER2-low" => "low",
                "HER2-" => "negative",
                _ => return None,
            };
            her2_in_word(word, *aspect)
        }
        (
            Derivation::HormoneReceptors {
                aspect: StatusAspect::Status,
            },
            Derivation::HormoneReceptors {
                aspect: StatusAspect::Positive,
            },
        ) => match word {
            "positive" => Some(true),
            "negative" => Some(false),
            _ => None,
        },
        (
            Derivation::Subtype {},
            Derivation::HormoneReceptors {
                aspect: StatusAspect::Positive,
            },
        ) => match word.split_once('/')?.0 {
            "HR+" => Some(true),
            "HR-" => Some(false),
            _ => None,
        },
        (
            Derivation::Menopause {
                aspect: MenopauseAspect::Status,
                ..
            },
            Derivation::Menopause {
                aspect: MenopauseAspect::Postmenopausal,
                ..
            },
        ) => menopause::is_status(word).then_some(word == menopause::POSTMENOPAUSAL),
        (
            Derivation::Cns {
                aspect: CnsAspect::State,
                ..
            },
            Derivation::Cns {
                aspect: CnsAspect::Active,
                ..
            },
        ) => match word {
            "untreated" | "active" => Some(true),
            "treated-stable" | "none-known" => Some(false),
            _ => None,
        },
        (
            Derivation::Cns {
                aspect: CnsAspect::State,
                ..
            },
            Derivation::MetastasisAt { sites },
        ) => match (sites.as_slice(), word) {
            ([site], "untreated" | "active" | "treated-stable") if site == "brain" => Some(true),
            ([site], "none-known") if site == "brain" || site == "leptomeninges" => Some(false),
            ([site], "leptomeningeal") if site == "leptomeninges" => Some(true),
            _ => None,
        },
        _ => None,
    }
}

/// HER2-positive excludes low and ultralow, and these exclude each other; "negative" leaves open which of them it is.
fn her2_in_word(word: &str, aspect: Her2Aspect) -> Option<bool> {
    match (word, aspect) {
        ("positive", Her2Aspect::Positive)
        | ("low", Her2Aspect::Low)
        | ("ultralow", Her2Aspect::Ultralow) => Some(true),
        ("low" | "ultralow" | "negative", Her2Aspect::Positive | Her2Aspect::Ihc3Plus)
        | ("positive" | "ultralow", Her2Aspect::Low)
        | ("positive" | "low", Her2Aspect::Ultralow) => Some(false),
        _ => None,
    }
}

/// An age stated on an earlier day, as an age on this one.
fn grown_older(age: Bounds, said: DateBounds, as_of: Date) -> Bounds {
    let Some((low, high)) = said.low.zip(said.high) else {
        return Bounds {
            high: if said == DateBounds::UNKNOWN {
                age.high
            } else {
                None
            },
            ..age
        };
    };
    if low >= as_of {
        return age;
    }
    let full = years(high.min(as_of), as_of);
    Bounds {
        low: age.low.map(|age| age.saturating_add(full)),
        high: age
            .high
            .map(|age| age.saturating_add(years(low, as_of) + 1)),
    }
}

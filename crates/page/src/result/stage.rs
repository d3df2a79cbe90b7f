//! Where in the course of treatment a person is, as far as that can be told.

use crate::Reading;
use crate::answers::{Ended, Treatment};
use waymark_criteria::Truth;
use waymark_engine::wire::Scalar;

/// A point in the course of treatment since the cancer spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// It cannot be told.
    Unknown,
    /// Nothing has been started.
    First,
    /// The first treatment is under way, or over.
    FirstBegun,
    /// First chemotherapy is over, and the cancer is quiet.
    Quiet,
    /// Treatment has begun; whether it is the first cannot be told.
    Begun,
    /// A second treatment is next or under way.
    Next,
    /// A second or later one.
    NextOrLater,
    /// A third or later one.
    Later,
}

/// What is to be decided: the brain comes first where it is active.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Where treatment stands cannot be told.
    Unknown,
    /// Which treatment comes first.
    First,
    /// Whether to go on as it is, or to add or change something.
    Continue,
    /// Which treatment comes next, now that the cancer grew.
    AfterGrowth,
    /// Which treatment comes next, if any, after one that ended otherwise.
    Next,
    /// How the cancer in the brain is treated.
    Brain,
}

/// How the treatment begun last stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    UnderWay,
    Grew,
    Over,
    Open,
}

impl Stage {
    pub(crate) fn of(reading: &Reading<'_>) -> Self {
        let (low, high) = treatments(reading);
        let last = last(reading);
        let quiet = reading.truth("induction-without-progression") == Truth::True;
        if quiet && last != Last::Grew {
            return Stage::Quiet;
        }
        let next = match last {
            // The next one is still to be begun.
            Last::Grew => 1,
            Last::UnderWay | Last::Over | Last::Open => 0,
        };
        if high == Some(0) {
            return Stage::First;
        }
        match (low + next, high.map(|it| it + next)) {
            (0, _) => Stage::Unknown,
            (1, Some(1)) => Stage::FirstBegun,
            (1, _) => Stage::Begun,
            (2, Some(2)) => Stage::Next,
            (2, _) => Stage::NextOrLater,
            (_, _) => Stage::Later,
        }
    }

    /// The word of wordings.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Stage::Unknown => "unknown",
            Stage::First => "first",
            Stage::FirstBegun => "first-begun",
            Stage::Quiet => "quiet",
            Stage::Begun => "begun",
            Stage::Next => "next",
            Stage::NextOrLater => "next-or-later",
            Stage::Later => "later",
        }
    }
}

impl Decision {
    pub(crate) fn of(reading: &Reading<'_>) -> Self {
        if reading.truth("active-brain-metastases") == Truth::True {
            return Decision::Brain;
        }
        match (Stage::of(reading), last(reading)) {
            (Stage::First, _) => Decision::First,
            (_, Last::Grew) => Decision::AfterGrowth,
            (Stage::Quiet, _) | (_, Last::UnderWay) => Decision::Continue,
            (_, Last::Over) => Decision::Next,
            (_, Last::Open) => Decision::Unknown,
        }
    }

    /// The word of wordings.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Decision::Unknown => "unknown",
            Decision::First => "first",
            Decision::Continue => "continue",
            Decision::AfterGrowth => "growth",
            Decision::Next => "next",
            Decision::Brain => "brain",
        }
    }
}

/// The number of lines begun since the cancer spread: at least, and at most.
fn lines(reading: &Reading<'_>) -> (i64, Option<i64>) {
    let Some(fact) = reading.fact("current-line") else {
        return (0, None);
    };
    let number = |scalar: Option<&Scalar>| match scalar {
        Some(Scalar::Integer(number)) => Some(*number),
        Some(Scalar::Null | Scalar::Boolean(_) | Scalar::Text(_)) | None => None,
    };
    match number(Some(&fact.value)) {
        Some(exact) => (exact, Some(exact)),
        None => (
            number(fact.low.as_ref()).unwrap_or(0),
            number(fact.high.as_ref()),
        ),
    }
}

/// The same where a person told steps of treatment: there is no line more than steps, if those are all, and each step after
/// one on which the cancer grew begins a line. It places a person on the picture and judges nothing.
fn treatments(reading: &Reading<'_>) -> (i64, Option<i64>) {
    let (low, high) = lines(reading);
    let steps: Vec<&Treatment> = told(reading).collect();
    let Some((_, before)) = steps.split_last() else {
        return (low, high);
    };
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let grew = before.iter().filter(|it| it.ended == Ended::Grew).count();
    let low = low.max(1 + count(grew));
    (low, high.map(|it| it.min(count(steps.len())).max(low)))
}

fn told<'v>(reading: &'v Reading<'_>) -> impl DoubleEndedIterator<Item = &'v Treatment> {
    let answers = reading.answers.answers.values();
    answers.flat_map(|given| &given.treatments)
}

/// The last of the treatments that a person told, whose order is theirs; else the last of a record.
fn last(reading: &Reading<'_>) -> Last {
    if let Some(treatment) = told(reading).next_back() {
        return match treatment.ended {
            Ended::Ongoing => Last::UnderWay,
            Ended::Grew => Last::Grew,
            Ended::SideEffects | Ended::Planned | Ended::Other => Last::Over,
            Ended::Unknown => Last::Open,
        };
    }
    let episodes = reading.lines.episodes.iter();
    let mut advanced = episodes.filter(|it| it.setting != "early");
    let Some(episode) = advanced.next_back() else {
        return Last::Open;
    };
    let grew = |stopped: &Option<String>| stopped.as_deref() == Some("progression");
    if episode.medicines.iter().any(|it| it.ongoing) {
        Last::UnderWay
    } else if episode.growth.iter().any(|growth| growth.certain)
        || episode.medicines.iter().any(|it| grew(&it.stopped))
    {
        Last::Grew
    } else if episode.medicines.iter().all(|it| it.stopped.is_some()) {
        Last::Over
    } else {
        Last::Open
    }
}

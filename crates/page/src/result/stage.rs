//! Where in the course of treatment a person is, as far as that can be told.

use crate::Reading;
use waymark_criteria::Truth;
use waymark_engine::wire::Scalar;

/// A point in the course of treatment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// It cannot be told.
    Unknown,
    /// Nothing has been started since the cancer spread.
    First,
    /// The first treatment is under way.
    FirstUnderWay,
    /// First chemotherapy is over, and the cancer is quiet.
    Quiet,
    /// A second treatment is next or under way.
    Next,
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
    /// Which treatment comes next.
    AfterGrowth,
    /// How the cancer in the brain is treated.
    Brain,
}

impl Decision {
    /// The word of wordings.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Decision::Unknown => "unknown",
            Decision::First => "first",
            Decision::Continue => "continue",
            Decision::AfterGrowth => "growth",
            Decision::Brain => "brain",
        }
    }
}

/// How the treatment begun last stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    UnderWay,
    Grew,
    Open,
}

impl Stage {
    pub(crate) fn of(reading: &Reading<'_>) -> Self {
        let (low, high) = lines(reading);
        let begun = match last(reading) {
            // The next one is still to be begun.
            Last::Grew => 1,
            Last::UnderWay | Last::Open => 0,
        };
        if high == Some(0) {
            return Stage::First;
        }
        let quiet = reading.truth("induction-without-progression") == Truth::True;
        match (low + begun, high.map(|it| it + begun)) {
            (0, _) => Stage::Unknown,
            (1, Some(1)) if quiet => Stage::Quiet,
            (1, Some(1)) => Stage::FirstUnderWay,
            (2, Some(2)) => Stage::Next,
            (1 | 2, _) => Stage::Unknown,
            (_, _) => Stage::Later,
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
            (_, Last::Open) => Decision::Unknown,
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

fn last(reading: &Reading<'_>) -> Last {
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
    } else {
        Last::Open
    }
}

//! The map of options: people told apart along a few axes, and for each kind whether a therapy is met.

use super::{Finding, Gap};
use crate::analysis::{Facts, facts};
use waymark_criteria::{Date, FactIndex, NodeId, Truth, Value};
use waymark_engine::Bundle;
use waymark_engine::bundle::name;
use waymark_engine::search::{Goal, Search, TooMuchWork};

/// One axis of the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    /// What it is called.
    pub name: String,
    /// Its places: id, and what is known there.
    pub places: Vec<(String, Vec<(FactIndex, Value)>)>,
}

/// Who has an option, place by place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionsMap {
    /// The day.
    pub on: Date,
    /// The axes.
    pub axes: Vec<Axis>,
    /// Every place that is possible, in the order of the axes, the last one fastest.
    pub cells: Vec<MapCell>,
}

/// A place on the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapCell {
    /// The id of the place on each axis.
    pub at: Vec<String>,
    /// Who has an option there.
    pub options: Options,
}

/// Who has an option at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Options {
    /// Nobody can be there.
    Impossible,
    /// Everyone meets at least one therapy.
    All,
    /// Some do; with a smallest patient who meets none.
    Some(Facts),
    /// Nobody does; with a smallest patient.
    None(Facts),
    /// The search was given up.
    TooMuchWork,
}

impl OptionsMap {
    /// Draws the map for a day: what is known of everyone, and the axes.
    pub(super) fn draw(
        bundle: &Bundle,
        given: &[(FactIndex, Value)],
        axes: Vec<Axis>,
        on: Date,
    ) -> OptionsMap {
        let mut cells = Vec::new();
        descend(bundle, on, &axes, (Vec::new(), given.to_vec()), &mut cells);
        OptionsMap { on, axes, cells }
    }

    pub(super) fn findings(&self, gaps: &mut Vec<Gap>) {
        for cell in &self.cells {
            let (text, patient) = match &cell.options {
                Options::Some(patient) => ("some people here meet no therapy", patient.clone()),
                Options::None(patient) => ("nobody here meets a therapy", patient.clone()),
                Options::TooMuchWork => ("not searched to the end: too much work", Vec::new()),
                Options::All | Options::Impossible => continue,
            };
            gaps.push(Gap {
                finding: Finding::NoOption,
                of: cell.at.join("/"),
                text: text.to_owned(),
                witness: Some(patient),
                on: Some(self.on),
                accepted: None,
            });
        }
    }
}

fn descend(
    bundle: &Bundle,
    on: Date,
    axes: &[Axis],
    (at, known): (Vec<String>, Vec<(FactIndex, Value)>),
    cells: &mut Vec<MapCell>,
) {
    let Some((axis, rest)) = axes.split_first() else {
        let options = options(bundle, &known, on).unwrap_or(Options::TooMuchWork);
        cells.push(MapCell { at, options });
        return;
    };
    for (id, facts) in &axis.places {
        let at = [&at[..], std::slice::from_ref(id)].concat();
        descend(bundle, on, rest, (at, [&known[..], facts].concat()), cells);
    }
}

fn options(
    bundle: &Bundle,
    known: &[(FactIndex, Value)],
    on: Date,
) -> Result<Options, TooMuchWork> {
    let program = bundle.program();
    let regimens = bundle.content().regimens.iter();
    let all: Vec<NodeId> = regimens
        .filter_map(|regimen| program.root(&name::regimen(&regimen.id)))
        .collect();
    let Some(search) = Search::new(bundle, &all).given(known) else {
        return Ok(Options::Impossible);
    };
    if search.example(&[])?.is_none() {
        return Ok(Options::Impossible);
    }
    let none = Goal {
        any: all.clone(),
        on: Some(on),
        is: Truth::False,
    };
    let some = Goal {
        is: Truth::True,
        ..none.clone()
    };
    let Some(patient) = search.smallest(&[none])? else {
        return Ok(Options::All);
    };
    let patient = facts(bundle, &patient);
    Ok(match search.example(&[some])? {
        Some(_) => Options::Some(patient),
        None => Options::None(patient),
    })
}

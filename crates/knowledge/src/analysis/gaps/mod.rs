//! Where the knowledge is not consistent, or says less than it seems to: found by search over all patients.
//!
//! Every criterion, every pair of criteria and every conjunct is looked at over all patients that the constraints allow.
//! A finding may be accepted in `gaps.toml` with a reason.

mod accepted;
mod dates;
mod logic;
mod map;
mod read;

pub use map::{Axis, MapCell, Options, OptionsMap};

use super::Facts;
use crate::files::{GAPS, Tree};
use crate::{EntryFile, Kind};
use waymark_criteria::{Date, Diagnostic, NodeId};
use waymark_engine::Bundle;
use waymark_engine::bundle::name;

/// What a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// No patient meets it on any day on which it holds.
    NeverMet,
    /// Every patient meets it.
    NeverFails,
    /// Two criteria that always agree.
    SameAs,
    /// A part of a conjunction that follows from the other parts.
    Implied,
    /// An indication without which every verdict would be the same.
    NeverDecides,
    /// A verdict that the evaluator leaves unknown though the stated facts decide it.
    StaysUnknown,
    /// As before, but only the constraints between facts show it.
    TiedFacts,
    /// The search was given up.
    TooLarge,
    /// Two wordings of one therapy hold on the same days although one of them ends.
    Overlap,
    /// Days on which no indication of a therapy is in force, after the first.
    Hole,
    /// Days on which it is not known whether something is in force.
    Undated,
    /// A fact that nothing shown to a reader depends on.
    UnreadFact,
    /// A caution that no fact decides, so that everyone is told.
    NoThreshold,
    /// Patients for whom no therapy is met.
    NoOption,
}

impl Finding {
    /// All of them.
    pub const ALL: [Finding; 14] = [
        Finding::NeverMet,
        Finding::NeverFails,
        Finding::SameAs,
        Finding::Implied,
        Finding::NeverDecides,
        Finding::StaysUnknown,
        Finding::TiedFacts,
        Finding::TooLarge,
        Finding::Overlap,
        Finding::Hole,
        Finding::Undated,
        Finding::UnreadFact,
        Finding::NoThreshold,
        Finding::NoOption,
    ];

    /// Whether a quick look finds all of this kind.
    fn is_quick(self) -> bool {
        match self {
            Finding::NeverMet
            | Finding::NeverFails
            | Finding::Implied
            | Finding::NeverDecides
            | Finding::Overlap
            | Finding::Hole
            | Finding::Undated
            | Finding::UnreadFact
            | Finding::NoThreshold => true,
            Finding::SameAs
            | Finding::StaysUnknown
            | Finding::TiedFacts
            | Finding::TooLarge
            | Finding::NoOption => false,
        }
    }

    /// The word in `gaps.toml` and in output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Finding::NeverMet => "never-met",
            Finding::NeverFails => "never-fails",
            Finding::SameAs => "same-as",
            Finding::Implied => "implied",
            Finding::NeverDecides => "never-decides",
            Finding::StaysUnknown => "stays-unknown",
            Finding::TiedFacts => "tied-facts",
            Finding::TooLarge => "too-large",
            Finding::Overlap => "overlap",
            Finding::Hole => "hole",
            Finding::Undated => "undated",
            Finding::UnreadFact => "unread-fact",
            Finding::NoThreshold => "no-threshold",
            Finding::NoOption => "no-option",
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// What it is.
    pub finding: Finding,
    /// What it is about: an id, two joined by ` + `, or a place on the map.
    pub of: String,
    /// In a sentence.
    pub text: String,
    /// A patient who shows it, where there can be one.
    pub witness: Option<Facts>,
    /// The day of the witness, where it matters.
    pub on: Option<Date>,
    /// Why it is accepted.
    pub accepted: Option<String>,
}

/// One criterion that follows from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Implication {
    /// Whoever meets this one …
    pub from: String,
    /// … meets this one.
    pub to: String,
    /// Someone who meets the second and not the first.
    pub not_back: Facts,
}

/// Everything found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gaps {
    /// The findings, accepted ones included, by kind.
    pub gaps: Vec<Gap>,
    /// Which criteria follow from which; no fault by itself.
    pub implications: Vec<Implication>,
    /// Who has an option, where `gaps.toml` says how to tell people apart.
    pub map: Option<OptionsMap>,
    /// What is wrong: a finding that nobody accepted, an acceptance of what is not found, an error in `gaps.toml`.
    pub problems: Vec<Diagnostic>,
}

/// How much is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// What is fast enough for every check: no pairs of criteria, no sets of stated facts, no map.
    Quick,
    /// Everything.
    Full,
}

/// Analyses a knowledge base that compiled from these files. The map of options is that of `today`.
#[must_use]
pub fn gaps(
    tree: &Tree,
    (bundle, entries): (&Bundle, &[EntryFile]),
    depth: Depth,
    today: Date,
) -> Gaps {
    let mut problems = Vec::new();
    let settings = accepted::read(tree, bundle, &mut problems);
    let mut gaps = Vec::new();
    let found = logic::Found::default();
    logic::definitions(bundle, &found, &mut gaps);
    logic::conjunctions(bundle, &found, &mut gaps);
    logic::deciding(bundle, &found, &mut gaps);
    dates::check(bundle, &mut gaps);
    read::check(bundle, &mut gaps);
    let (mut implications, mut map) = (Vec::new(), None);
    if depth == Depth::Full {
        implications = logic::pairs(bundle, &found, &mut gaps);
        logic::undetected(bundle, &mut gaps);
        map = settings.map(bundle, today);
    }
    if let Some(map) = &map {
        map.findings(&mut gaps);
    }
    gaps.sort_by(|one, other| (one.finding, &one.of).cmp(&(other.finding, &other.of)));
    settings.accept(&mut gaps, depth, &mut problems);
    inherit(bundle, &mut gaps);
    for gap in gaps.iter().filter(|gap| gap.accepted.is_none()) {
        let place = place(entries, bundle, &gap.of);
        let message = format!("`{}`: {}", gap.of, gap.text);
        problems.push(
            Diagnostic::error(gap.finding.word(), message)
                .in_place(&place)
                .help(format!(
                    "change the entry, or accept it with a reason: `[[accepted]]` in {GAPS}"
                )),
        );
    }
    Gaps {
        gaps,
        implications,
        map,
        problems,
    }
}

/// What a criterion leaves unknown, everything that names it leaves unknown: where the one is accepted, so is the other.
fn inherit(bundle: &Bundle, gaps: &mut [Gap]) {
    let program = bundle.program();
    let named = |of: &str| -> Vec<String> {
        let mut regimens = bundle.content().regimens.iter();
        if let Some(regimen) = regimens.find(|it| name::regimen(&it.id) == of) {
            return regimen.indications.iter().map(|it| it.id.clone()).collect();
        }
        let conjuncts = program.root(of).map(|root| program.conjuncts(root));
        let conjuncts = conjuncts.into_iter().flatten();
        conjuncts
            .filter_map(|node| program.name_of(node).map(str::to_owned))
            .collect()
    };
    let inherits = |gap: &Gap| match gap.finding {
        Finding::StaysUnknown | Finding::TiedFacts => gap.accepted.is_none(),
        Finding::NeverMet
        | Finding::NeverFails
        | Finding::SameAs
        | Finding::Implied
        | Finding::NeverDecides
        | Finding::TooLarge
        | Finding::Overlap
        | Finding::Hole
        | Finding::Undated
        | Finding::UnreadFact
        | Finding::NoThreshold
        | Finding::NoOption => false,
    };
    // A criterion may name another one, an indication it, and a therapy that indication.
    for _ in 0..3 {
        let known = gaps.to_vec();
        for gap in gaps.iter_mut().filter(|gap| inherits(gap)) {
            let below = named(&gap.of);
            let same = known
                .iter()
                .filter(|it| it.finding == gap.finding && it.of != gap.of);
            let mut same = same.filter(|it| below.contains(&it.of));
            gap.accepted = same.find_map(|it| {
                let reason = it.accepted.as_ref()?;
                Some(format!("as `{}`, which it names: {reason}", it.of))
            });
        }
    }
}

/// The file of the entry with an id, or that holds an indication, position or caution of it.
fn place(entries: &[EntryFile], bundle: &Bundle, of: &str) -> String {
    let id = of.split(" + ").next().unwrap_or(of);
    let content = bundle.content();
    let holder = |id: &str| -> Option<(Kind, String)> {
        for regimen in &content.regimens {
            let mut held = regimen.indications.iter().map(|it| &it.id);
            let mut said = regimen.positions.iter().map(|it| &it.id);
            let mut warned = regimen.cautions.iter().map(|it| &it.id);
            let whole = name::regimen(&regimen.id);
            if whole == id
                || held.any(|it| it == id)
                || said.any(|it| it == id)
                || warned.any(|it| it == id)
            {
                return Some((Kind::Regimen, regimen.id.clone()));
            }
        }
        let medicines = content.medicines.iter();
        let medicine = medicines
            .filter(|medicine| medicine.cautions.iter().any(|it| it.id == id))
            .map(|medicine| (Kind::Medicine, medicine.id.clone()));
        medicine.into_iter().next()
    };
    let found = match holder(id) {
        Some((kind, id)) => entries
            .iter()
            .find(|entry| entry.kind == kind && entry.id == id),
        None => entries.iter().find(|entry| entry.id == id),
    };
    found.map_or_else(|| GAPS.to_owned(), |entry| entry.path.clone())
}

/// Something that is judged: a criterion, an indication, a position, guidance or a caution with criteria.
struct Definition<'b> {
    id: &'b str,
    root: NodeId,
    in_force: Option<NodeId>,
}

/// Everything that is judged.
fn judged(bundle: &Bundle) -> Vec<Definition<'_>> {
    let content = bundle.content();
    let mut ids: Vec<&str> = content.criteria.iter().map(|it| it.id.as_str()).collect();
    let criteria = ids.len();
    for regimen in &content.regimens {
        ids.extend(regimen.indications.iter().map(|it| it.id.as_str()));
        ids.extend(regimen.positions.iter().map(|it| it.id.as_str()));
        ids.extend(regimen.cautions.iter().map(|it| it.id.as_str()));
    }
    for medicine in &content.medicines {
        ids.extend(medicine.cautions.iter().map(|it| it.id.as_str()));
    }
    ids.extend(content.guidance.iter().map(|it| it.id.as_str()));
    let definition = |(position, id): (usize, &'_ str)| {
        let program = bundle.program();
        // The span of a criterion is what it defines, not when it holds.
        let dated = position >= criteria;
        Some((
            position,
            program.root(id)?,
            dated.then(|| program.root(&name::in_force(id))).flatten(),
        ))
    };
    let found = ids.iter().copied().enumerate().filter_map(definition);
    found
        .map(|(position, root, in_force)| Definition {
            id: ids[position],
            root,
            in_force,
        })
        .collect()
}

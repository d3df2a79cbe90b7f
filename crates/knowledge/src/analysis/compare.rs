//! Two sources side by side: for each therapy, whom they read differently, with a smallest patient for each difference.

use super::{Facts, facts};
use std::collections::BTreeSet;
use waymark_criteria::{Bounds, Date, NodeId, Truth, Value, Values};
use waymark_engine::Bundle;
use waymark_engine::bundle::{Regimen, Scope, name};
use waymark_engine::search::{Goal, Search, TooMuchWork};

/// A source or a group of sources, as it stood on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Id of a source or a group.
    pub source: String,
    /// The day.
    pub on: Date,
}

/// Two sources, therapy by therapy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The two sides.
    pub sides: [Side; 2],
    /// Every therapy on which at least one of them speaks, in the order of the knowledge.
    pub therapies: Vec<Therapy>,
}

/// What two sources say on one therapy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Therapy {
    /// Id of the regimen.
    pub regimen: String,
    /// What each side says.
    pub says: [Vec<Statement>; 2],
    /// What came of it.
    pub outcome: Outcome,
}

/// Something that a source says on a therapy, perhaps not yet or no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Id of the indication or position.
    pub id: String,
    /// Its words.
    pub text: String,
    /// Whether it has criteria.
    pub judged: bool,
}

/// What came of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Only one side has criteria, the one of this position among the sides; with a smallest patient who meets them.
    OnlyOne(usize, Option<Facts>),
    /// Neither side has criteria.
    NoCriteria,
    /// Both have criteria.
    Both {
        /// Whom one side reads as met and the other as not met.
        differ: Vec<Difference>,
        /// Facts that decide one side and leave the other open.
        open: Vec<Leaves>,
    },
    /// The search was given up.
    TooMuchWork,
}

/// A patient who meets one side and not the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The position of the side that is met.
    pub met_by: usize,
    /// What the other side asks for and this patient does not have; several where they are the same question.
    pub because: Vec<String>,
    /// The fewest facts that show it. All others are unknown.
    pub patient: Facts,
}

/// A patient for whom one side is decided and the other is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaves {
    /// The position of the side that is decided.
    pub decided: usize,
    /// Whether it is met.
    pub met: bool,
    /// The fewest facts that show it.
    pub patient: Facts,
}

/// Compares two sides; the id that is neither a source nor a group as error.
///
/// # Errors
/// The first id that is unknown.
pub fn compare(bundle: &Bundle, sides: [Side; 2]) -> Result<Comparison, String> {
    for side in &sides {
        if sources(bundle, &side.source).is_empty() {
            return Err(side.source.clone());
        }
    }
    let regimens = bundle.content().regimens.iter();
    let therapies = regimens.filter_map(|regimen| {
        let views = [0, 1].map(|side| View::of(bundle, regimen, &sides[side]));
        if views.iter().all(|view| view.says.is_empty()) {
            return None;
        }
        let outcome = outcome(bundle, &views).unwrap_or(Outcome::TooMuchWork);
        Some(Therapy {
            regimen: regimen.id.clone(),
            says: views.map(|view| view.says),
            outcome,
        })
    });
    Ok(Comparison {
        therapies: therapies.collect(),
        sides,
    })
}

/// The sources of this id or group.
fn sources<'b>(bundle: &'b Bundle, id: &str) -> BTreeSet<&'b str> {
    let sources = bundle.content().sources.iter();
    sources
        .filter(|source| source.id == id || source.group.as_deref() == Some(id))
        .map(|source| source.id.as_str())
        .collect()
}

/// What one side says on one therapy on its day.
struct View {
    says: Vec<Statement>,
    /// The criteria with their in-force tests.
    valid: Vec<NodeId>,
    /// What is asked for, whole conjuncts by themselves.
    asks: Vec<(String, NodeId)>,
    on: Date,
}

impl View {
    fn of(bundle: &Bundle, regimen: &Regimen, side: &Side) -> View {
        let program = bundle.program();
        let sources = sources(bundle, &side.source);
        let mut day = Values::unknown(bundle.schema());
        let exact = Value::Bounds(Bounds::exact(side.on.to_days()));
        day.set(bundle.as_of(), exact);
        let indications = regimen
            .indications
            .iter()
            .filter(|indication| indication.scope == Scope::Metastatic)
            .map(|it| (&it.id, &it.source, &it.text));
        let positions = regimen.positions.iter();
        let positions = positions.map(|it| (&it.id, &it.source, &it.text));
        let mut view = View {
            says: Vec::new(),
            valid: Vec::new(),
            asks: Vec::new(),
            on: side.on,
        };
        for (id, source, text) in indications.chain(positions) {
            let in_force = program
                .root(&name::in_force(id))
                .map_or(Truth::True, |node| program.truth_of(&day, node));
            if !sources.contains(source.as_str()) || in_force == Truth::False {
                continue;
            }
            let valid = program.root(&name::valid(id));
            view.says.push(Statement {
                id: id.clone(),
                text: text.clone(),
                judged: valid.is_some(),
            });
            view.valid.extend(valid);
            let asked = program.root(id).map(|root| program.conjuncts(root));
            for node in asked.into_iter().flatten() {
                let text = program.text_of(node).to_owned();
                if view.asks.iter().all(|(known, _)| *known != text) {
                    view.asks.push((text, node));
                }
            }
        }
        view
    }

    fn goal(&self, is: Truth) -> Goal {
        Goal {
            any: self.valid.clone(),
            on: Some(self.on),
            is,
        }
    }
}

fn outcome(bundle: &Bundle, views: &[View; 2]) -> Result<Outcome, TooMuchWork> {
    let nodes: Vec<NodeId> = views
        .iter()
        .flat_map(|view| view.valid.iter().copied())
        .collect();
    let search = Search::new(bundle, &nodes);
    let smallest = |goals: &[Goal]| {
        let found = search.smallest(goals)?;
        Ok(found.map(|patient| facts(bundle, &patient)))
    };
    let judged = [0, 1].map(|side| !views[side].valid.is_empty());
    let only = match judged {
        [true, true] => None,
        [true, false] => Some(0),
        [false, true] => Some(1),
        [false, false] => return Ok(Outcome::NoCriteria),
    };
    if let Some(only) = only {
        let patient = smallest(&[views[only].goal(Truth::True)])?;
        return Ok(Outcome::OnlyOne(only, patient));
    }
    let (mut differ, mut open) = (Vec::<Difference>::new(), Vec::new());
    for (met_by, other) in [(0, 1), (1, 0)] {
        let goals = [
            views[met_by].goal(Truth::True),
            views[other].goal(Truth::False),
        ];
        for (asked, node) in &views[other].asks {
            let fails = Goal::new(*node, Some(views[other].on), Truth::False);
            let Some(patient) = smallest(&[&goals[..], &[fails]].concat())? else {
                continue;
            };
            let same = differ
                .iter_mut()
                .find(|known| known.met_by == met_by && known.patient == patient);
            match same {
                Some(known) => known.because.push(asked.clone()),
                None => differ.push(Difference {
                    met_by,
                    because: vec![asked.clone()],
                    patient,
                }),
            }
        }
    }
    for (decided, other) in [(0, 1), (1, 0)] {
        for met in [true, false] {
            let goals = [
                views[decided].goal(Truth::decided(met)),
                views[other].goal(Truth::Unknown),
            ];
            let patient = smallest(&goals)?;
            open.extend(patient.map(|patient| Leaves {
                decided,
                met,
                patient,
            }));
        }
    }
    Ok(Outcome::Both { differ, open })
}

//! Which verdicts of one patient change, and why.

use std::collections::BTreeMap;
use waymark_engine::wire::{Assessment, Fact, Node, Regimen, Text, Truth, Verdict};

/// A verdict that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictChange {
    /// The regimen.
    pub regimen: Text,
    /// Under the old knowledge; `None`: it has no such regimen.
    pub before: Option<Side>,
    /// Under the new knowledge, likewise.
    pub after: Option<Side>,
    /// Criteria of the nearest indications that are answered otherwise, or asked on one side only.
    pub criteria: Vec<CriterionChange>,
    /// Facts read by them that follow otherwise from the same record.
    pub facts: Vec<FactChange>,
}

/// A verdict and its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The verdict.
    pub verdict: Verdict,
    /// The indication that decides it or comes nearest.
    pub nearest: Option<Text>,
    /// Criteria that fail in it.
    pub unmet: Vec<Text>,
    /// Facts that keep it open.
    pub missing: Vec<Text>,
}

/// A criterion that is answered otherwise; `None`: the indication does not ask it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriterionChange {
    /// The criterion.
    pub id: Text,
    /// Under the old knowledge.
    pub before: Option<Truth>,
    /// Under the new knowledge.
    pub after: Option<Truth>,
}

/// A fact that follows otherwise; `None`: the knowledge has no such fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactChange {
    /// The fact.
    pub id: Text,
    /// Under the old knowledge.
    pub before: Option<Fact>,
    /// Under the new knowledge.
    pub after: Option<Fact>,
}

/// The verdicts that differ between two answers for the same record on the same day, in the order of the new ones.
#[must_use]
pub fn verdicts(before: &Assessment, after: &Assessment) -> Vec<VerdictChange> {
    let gone = before
        .regimens
        .iter()
        .filter(|old| find(after, &old.id).is_none());
    let ids = after.regimens.iter().chain(gone).map(|regimen| &regimen.id);
    let changes = ids.filter_map(|id| {
        let (old, new) = (find(before, id), find(after, id));
        let differs = old.map(|it| it.verdict) != new.map(|it| it.verdict);
        differs.then(|| {
            let (was, is) = (Asked::of(old), Asked::of(new));
            VerdictChange {
                regimen: id.clone(),
                before: old.map(Side::of),
                after: new.map(Side::of),
                criteria: criteria(&was, &is),
                facts: facts(before, after, &was, &is),
            }
        })
    });
    changes.collect()
}

fn find<'a>(assessment: &'a Assessment, id: &str) -> Option<&'a Regimen> {
    assessment.regimens.iter().find(|regimen| regimen.id == id)
}

impl Side {
    fn of(regimen: &Regimen) -> Self {
        Side {
            verdict: regimen.verdict,
            nearest: regimen.nearest.clone(),
            unmet: regimen.unmet.clone(),
            missing: regimen.missing.clone(),
        }
    }
}

/// What the nearest indication asks.
#[derive(Default)]
struct Asked {
    criteria: BTreeMap<Text, Truth>,
    facts: Vec<Text>,
}

impl Asked {
    fn of(regimen: Option<&Regimen>) -> Self {
        let mut asked = Asked::default();
        let nearest = regimen.and_then(Regimen::nearest_indication);
        if let Some((id, node)) = nearest.and_then(|it| Some((&it.id, it.explanation.as_ref()?))) {
            asked.gather(node);
            // The indication itself is answered as the verdict says.
            asked.criteria.remove(id);
        }
        asked
    }

    fn gather(&mut self, node: &Node) {
        if let Some(criterion) = &node.criterion {
            self.criteria.insert(criterion.clone(), node.verdict);
        }
        self.facts.extend(node.facts.iter().cloned());
        for child in &node.children {
            self.gather(child);
        }
    }
}

fn criteria(was: &Asked, is: &Asked) -> Vec<CriterionChange> {
    let mut ids: Vec<&Text> = was.criteria.keys().chain(is.criteria.keys()).collect();
    ids.sort();
    ids.dedup();
    let changes = ids.into_iter().map(|id| CriterionChange {
        id: id.clone(),
        before: was.criteria.get(id).copied(),
        after: is.criteria.get(id).copied(),
    });
    changes
        .filter(|change| change.before != change.after)
        .collect()
}

fn facts(before: &Assessment, after: &Assessment, was: &Asked, is: &Asked) -> Vec<FactChange> {
    let of = |assessment: &Assessment, id: &str| {
        assessment.facts.iter().find(|fact| fact.id == id).cloned()
    };
    let mut ids: Vec<&Text> = was.facts.iter().chain(&is.facts).collect();
    ids.sort();
    ids.dedup();
    let changes = ids.into_iter().map(|id| FactChange {
        id: id.clone(),
        before: of(before, id),
        after: of(after, id),
    });
    changes
        .filter(|change| said(&change.before) != said(&change.after))
        .collect()
}

/// The value of a fact, whatever it rests on.
fn said(fact: &Option<Fact>) -> Option<impl PartialEq + '_> {
    fact.as_ref()
        .map(|fact| (&fact.value, &fact.low, &fact.high))
}

//! Regimens and their indications: the verdict, the nearest indication, and why.

use super::shown::{Dated, OfRegimen};
use super::{BREAST_CANCER, Judged, scope_word};
use crate::bundle::{self, Scope, Status};
use crate::wire::{self, Text};
use std::sync::Arc;
use waymark_criteria::{NodeId, Op, SortedSet, Truth};

impl Judged<'_> {
    pub(super) fn regimen(&self, regimen: &bundle::Regimen, shown: &OfRegimen) -> wire::Regimen {
        let indications: Vec<Arc<wire::Indication>> = regimen
            .indications
            .iter()
            .zip(&shown.indications)
            .map(|(indication, dated)| self.indication(indication, dated))
            .collect();
        let verdict = match self.truth(shown.verdict) {
            Some(Truth::True) => wire::Verdict::Indicated,
            Some(Truth::Unknown) => wire::Verdict::Unknown,
            Some(Truth::False) | None => wire::Verdict::NotIndicated,
        };
        let nearest = nearest(&indications).or_else(|| self.out_of_scope(&indications));
        let (unmet, missing) = nearest.map_or_else(Default::default, |nearest| {
            (nearest.unmet.clone(), nearest.missing.clone())
        });
        wire::Regimen {
            id: shown.id.clone(),
            name: shown.name.clone(),
            verdict,
            basis: shown.basis.clone(),
            why: self.why(verdict, nearest, &indications),
            nearest: nearest.map(|nearest| nearest.id.clone()),
            unmet,
            missing,
            given: self.given(shown),
            products: self
                .shown_of(shown)
                .flat_map(|it| it.products.iter().cloned())
                .collect(),
            cautions: self.cautions(regimen, shown),
            positions: regimen
                .positions
                .iter()
                .zip(&shown.positions)
                .filter_map(|(position, dated)| self.position(position, dated))
                .collect(),
            overdue: self.overdue_below(regimen, &indications),
            reasons: None,
            evidence: None,
            indications,
        }
    }

    fn indication(
        &self,
        indication: &bundle::Indication,
        dated: &Dated<wire::Indication>,
    ) -> Arc<wire::Indication> {
        let in_force = self.truth(dated.in_force).unwrap_or(Truth::True);
        let alone = dated.made.of(in_force, || wire::Indication {
            id: Text::from(&indication.id),
            scope: Text::from(scope_word(indication.scope)),
            jurisdiction: Text::from(&indication.jurisdiction),
            text: Text::from(&indication.text),
            source: Text::from(&indication.source),
            status: Text::from(status_word(indication.status)),
            caveat: indication.caveat.as_ref().map(Text::from),
            in_force: wire::InForce {
                from: Text::from(&indication.from),
                to: indication.to.as_ref().map(Text::from),
            },
            verdict: match in_force {
                Truth::False => wire::Verdict::NotInForce,
                Truth::True | Truth::Unknown => wire::Verdict::OutsideGuide,
            },
            unmet: Vec::new(),
            missing: Vec::new(),
            explanation: None,
        });
        let Some(root) = dated.criteria else {
            return alone;
        };
        let verdict = match in_force.and(self.evaluation.truth(root)) {
            _ if in_force == Truth::False => wire::Verdict::NotInForce,
            Truth::True => wire::Verdict::Indicated,
            Truth::False => wire::Verdict::NotIndicated,
            Truth::Unknown => wire::Verdict::Unknown,
        };
        let program = self.bundle.program();
        Arc::new(wire::Indication {
            verdict,
            unmet: self.unmet(root),
            missing: self.fact_ids(program.missing(&self.evaluation, &self.values, root)),
            explanation: Some(wire::Node {
                sources: [alone.source.clone()].into(),
                ..self.node(root)
            }),
            ..wire::Indication::clone(&alone)
        })
    }

    /// Where the cancer is another one, that alone is the reason, whatever was in force: an indication that says so.
    fn out_of_scope<'i>(
        &self,
        indications: &'i [Arc<wire::Indication>],
    ) -> Option<&'i wire::Indication> {
        let scope = self.bundle.schema().find(BREAST_CANCER)?;
        let another = self.values.get(scope).truth() == Truth::False;
        let says_so = |indication: &&wire::Indication| !indication.unmet.is_empty();
        let mut indications = indications.iter().map(Arc::as_ref);
        another.then(|| indications.find(says_so)).flatten()
    }

    /// Named conjuncts that fail. Where the cancer is another one, that alone is the reason.
    fn unmet(&self, root: NodeId) -> Vec<Text> {
        let program = self.bundle.program();
        let failing: Vec<NodeId> = program
            .conjuncts(root)
            .into_iter()
            .filter(|conjunct| self.evaluation.truth(*conjunct) == Truth::False)
            .collect();
        let of_scope = |node: &NodeId| self.bundle.nodes_of_scope().contains(node);
        let out_of_scope = failing.iter().any(of_scope);
        failing
            .into_iter()
            .filter(|node| !out_of_scope || of_scope(node))
            .map(|node| self.alone(node).criterion.clone().unwrap_or_default())
            .collect()
    }

    /// A node without what lies below it.
    fn alone(&self, node: NodeId) -> Arc<wire::Node> {
        let truth = self.evaluation.truth(node);
        self.bundle.shown().node(node).of(truth, || {
            let step = self.bundle.program().step(node);
            let criterion = step.name.and_then(|name| self.bundle.criterion(name));
            let text = match (criterion, truth) {
                (Some(criterion), Truth::True) => &criterion.met,
                (Some(criterion), Truth::False) => &criterion.not_met,
                (Some(criterion), Truth::Unknown) => &criterion.unknown,
                (None, _) => step.text,
            };
            let op = match step.op {
                Op::All => "all",
                Op::Any => "any",
                Op::Not => "not",
                Op::Test => "test",
            };
            let sources = criterion.iter().flat_map(|it| &it.sources);
            wire::Node {
                criterion: step.name.map(Text::from),
                op: Text::from(op),
                verdict: truth.into(),
                text: Text::from(text),
                sources: sources.map(Text::from).collect(),
                facts: self.fact_ids(step.facts).into(),
                children: Vec::new(),
            }
        })
    }

    fn node(&self, node: NodeId) -> wire::Node {
        let operands = self.bundle.program().operands(node);
        wire::Node {
            children: operands.iter().map(|it| self.shared(*it)).collect(),
            ..wire::Node::clone(&self.alone(node))
        }
    }

    /// A node below an indication, which others may have too.
    fn shared(&self, node: NodeId) -> Arc<wire::Node> {
        if self.bundle.program().operands(node).is_empty() {
            return self.alone(node);
        }
        let explained = &self.explained[node.position()];
        Arc::clone(explained.get_or_init(|| Arc::new(self.node(node))))
    }

    fn position(
        &self,
        position: &bundle::Position,
        dated: &Dated<wire::Position>,
    ) -> Option<Arc<wire::Position>> {
        let in_force = self.truth(dated.in_force).unwrap_or(Truth::True);
        if in_force == Truth::False {
            return None;
        }
        let verdict = self.truth(dated.criteria).map(|it| in_force.and(it));
        // One without criteria is not judged on any day.
        Some(
            dated
                .made
                .of(verdict.unwrap_or(Truth::Unknown), || wire::Position {
                    id: position.id.clone(),
                    source: position.source.clone(),
                    text: position.text.clone(),
                    verdict: verdict.map(Into::into),
                    differs: position.differs.clone(),
                    strength: position.strength.clone(),
                    quality: position.quality.clone(),
                    unverified: position.status == Status::Memory,
                }),
        )
    }

    fn label_of(&self, criterion: &str) -> String {
        self.bundle
            .criterion(criterion)
            .map_or_else(|| criterion.to_owned(), |criterion| criterion.label.clone())
    }

    fn why(
        &self,
        verdict: wire::Verdict,
        nearest: Option<&wire::Indication>,
        indications: &[Arc<wire::Indication>],
    ) -> String {
        let Some(nearest) = nearest else {
            let first = indications
                .iter()
                .filter(|one| one.scope == "metastatic")
                .map(|one| &one.in_force.from)
                .min();
            return match first {
                Some(first) => format!(
                    "no use for metastatic breast cancer was in force on this day (first from {first})"
                ),
                None => "outside this guide: no indication for metastatic breast cancer".to_owned(),
            };
        };
        let labels = |ids: &[Text]| {
            ids.iter()
                .map(|id| self.label_of(id))
                .collect::<Vec<_>>()
                .join("; ")
        };
        match verdict {
            wire::Verdict::Indicated => {
                let count = nearest
                    .explanation
                    .as_ref()
                    .map_or(0, |node| node.children.len().max(1));
                format!("all {count} criteria are met")
            }
            wire::Verdict::Unknown if nearest.missing.is_empty() => {
                "the day on which the use was approved or replaced is not known exactly".to_owned()
            }
            wire::Verdict::Unknown => format!("not known: {}", self.open_criteria(nearest)),
            wire::Verdict::NotIndicated
            | wire::Verdict::NotInForce
            | wire::Verdict::OutsideGuide => {
                format!("not met: {}", labels(&nearest.unmet))
            }
        }
    }

    fn open_criteria(&self, indication: &wire::Indication) -> String {
        let open = indication
            .explanation
            .as_ref()
            .map(|node| match node.op.as_str() {
                "all" => node
                    .children
                    .iter()
                    .map(Arc::as_ref)
                    .filter(|child| child.verdict == wire::Truth::Unknown)
                    .collect(),
                _ => vec![node],
            });
        let names = open
            .unwrap_or_default()
            .into_iter()
            .filter_map(|node| node.criterion.as_deref());
        names
            .map(|id| self.label_of(id))
            .collect::<Vec<_>>()
            .join("; ")
    }

    /// The regimen, its medicines, and the criteria and facts that its indications read, where a review is overdue.
    fn overdue_below(
        &self,
        regimen: &bundle::Regimen,
        indications: &[Arc<wire::Indication>],
    ) -> Vec<String> {
        if self.overdue.is_empty() {
            return Vec::new();
        }
        let mut rests_on: SortedSet<&str> = SortedSet::from([regimen.id.as_str()]);
        rests_on.extend(regimen.medicines.iter().map(String::as_str));
        rests_on.extend(regimen.one_of.iter().flatten().map(String::as_str));
        for explanation in indications
            .iter()
            .filter_map(|one| one.explanation.as_ref())
        {
            named(explanation, &mut rests_on);
        }
        let overdue = self.overdue.iter().map(|(id, _)| *id);
        let overdue: SortedSet<&str> = overdue.filter(|id| rests_on.contains(id)).collect();
        overdue.into_iter().map(str::to_owned).collect()
    }
}

/// The criteria and facts at and below a node.
fn named<'a>(node: &'a wire::Node, into: &mut SortedSet<&'a str>) {
    into.extend(node.criterion.as_deref());
    into.extend(node.facts.iter().map(Text::as_str));
    node.children.iter().for_each(|child| named(child, into));
}

/// The deciding indication that comes nearest to being met: fewest unmet, then fewest missing, then first.
fn nearest(indications: &[Arc<wire::Indication>]) -> Option<&wire::Indication> {
    let rank = |verdict: wire::Verdict| match verdict {
        wire::Verdict::Indicated => Some(0),
        wire::Verdict::Unknown => Some(1),
        wire::Verdict::NotIndicated => Some(2),
        wire::Verdict::NotInForce | wire::Verdict::OutsideGuide => None,
    };
    indications
        .iter()
        .map(Arc::as_ref)
        .filter(|indication| indication.scope == scope_word(Scope::Metastatic))
        .filter_map(|indication| Some((rank(indication.verdict)?, indication)))
        .min_by_key(|(rank, indication)| (*rank, indication.unmet.len(), indication.missing.len()))
        .map(|(_, indication)| indication)
}

pub(super) fn status_word(status: Status) -> &'static str {
    match status {
        Status::Confirmed => "confirmed",
        Status::Single => "single",
        Status::Memory => "memory",
    }
}

//! Criteria over all patients: never met, never failing, following from one another, undecided though decided.

use super::{Definition, Finding, Gap, Implication, judged};
use crate::analysis::{Facts, facts};
use std::cell::RefCell;
use waymark_criteria::{Bounds, Date, NodeId, Truth, Value, Values};
use waymark_engine::Bundle;
use waymark_engine::bundle::{Scope, name};
use waymark_engine::search::{Goal, Patient, Search, TooMuchWork};

/// Patients found so far: most questions are answered by one of them.
#[derive(Default)]
pub(super) struct Found(RefCell<Vec<Values>>);

/// Searches that are about one thing.
struct Subject<'b> {
    bundle: &'b Bundle,
    found: &'b Found,
    nodes: Vec<NodeId>,
}

impl<'b> Subject<'b> {
    fn new(bundle: &'b Bundle, found: &'b Found, nodes: &[NodeId]) -> Self {
        Subject {
            bundle,
            found,
            nodes: nodes.to_vec(),
        }
    }

    /// Whether anyone on any day has these truths.
    fn occurs(&self, wanted: &[(NodeId, Truth)]) -> Result<bool, TooMuchWork> {
        let program = self.bundle.program();
        let has = |values: &Values| {
            let mut wanted = wanted.iter();
            wanted.all(|(node, truth)| program.truth_of(values, *node) == *truth)
        };
        if self.found.0.borrow().iter().any(has) {
            return Ok(true);
        }
        let search = Search::new(self.bundle, &self.nodes);
        let example = search.example(&goals(wanted, None))?;
        let occurs = example.is_some();
        self.found.0.borrow_mut().extend(example);
        Ok(occurs)
    }

    /// Truths with which someone meets one node and not the other; a day on which the other is not known counts too.
    fn alone(&self, yes: NodeId, no: NodeId) -> Result<Option<[(NodeId, Truth); 2]>, TooMuchWork> {
        for truth in [Truth::False, Truth::Unknown] {
            let wanted = [(yes, Truth::True), (no, truth)];
            if self.occurs(&wanted)? {
                return Ok(Some(wanted));
            }
        }
        Ok(None)
    }

    /// A smallest patient with these truths, and the day.
    fn witness(&self, wanted: &[(NodeId, Truth)]) -> Option<(Facts, Option<Date>)> {
        let search = Search::new(self.bundle, &self.nodes);
        let example = search.example(&goals(wanted, None)).ok()??;
        let day = day_in(example.get(self.bundle.as_of()).bounds());
        let patient = search.smallest(&goals(wanted, Some(day))).ok()??;
        let on = (search.days().len() > 1).then_some(day);
        Some((facts(self.bundle, &patient), on))
    }
}

fn apart(witness: Option<(Facts, Option<Date>)>) -> (Option<Facts>, Option<Date>) {
    witness.map_or((None, None), |(facts, on)| (Some(facts), on))
}

fn goals(wanted: &[(NodeId, Truth)], on: Option<Date>) -> Vec<Goal> {
    let goal = |(node, truth): &(NodeId, Truth)| Goal::new(*node, on, *truth);
    wanted.iter().map(goal).collect()
}

/// A day of a span: the first, or the last where there is no first.
pub(super) fn day_in(span: Bounds) -> Date {
    let first = span.low.filter(|low| *low > Date::MIN.to_days());
    let day = first.or(span.high).unwrap_or_default();
    Date::from_days(day)
}

fn gap(finding: Finding, of: &str, text: impl Into<String>) -> Gap {
    Gap {
        finding,
        of: of.to_owned(),
        text: text.into(),
        witness: None,
        on: None,
        accepted: None,
    }
}

fn too_large(of: &str, gaps: &mut Vec<Gap>) {
    let text = "too many combinations to look at all of them";
    if gaps
        .iter()
        .all(|gap| gap.finding != Finding::TooLarge || gap.of != of)
    {
        gaps.push(gap(Finding::TooLarge, of, text));
    }
}

/// Looks for definitions that nobody meets or that everybody meets.
pub(super) fn definitions(bundle: &Bundle, found: &Found, gaps: &mut Vec<Gap>) {
    for definition in judged(bundle) {
        let nodes: Vec<NodeId> = [definition.root]
            .into_iter()
            .chain(definition.in_force)
            .collect();
        let subject = Subject::new(bundle, found, &nodes);
        let holds = definition.in_force.map(|node| (node, Truth::True));
        let with = |truth| -> Vec<(NodeId, Truth)> {
            [(definition.root, truth)]
                .into_iter()
                .chain(holds)
                .collect()
        };
        let met = subject.occurs(&with(Truth::True));
        match met.and_then(|met| Ok((met, subject.occurs(&with(Truth::False))?))) {
            Ok((true, true)) => {}
            Ok((false, _)) => gaps.push(gap(Finding::NeverMet, definition.id, "nobody meets it")),
            Ok((true, false)) => {
                gaps.push(gap(
                    Finding::NeverFails,
                    definition.id,
                    "everybody meets it",
                ));
            }
            Err(TooMuchWork) => too_large(definition.id, gaps),
        }
    }
}

/// Looks for conjuncts that follow from the other conjuncts.
pub(super) fn conjunctions(bundle: &Bundle, found: &Found, gaps: &mut Vec<Gap>) {
    let program = bundle.program();
    for Definition { id, root, .. } in judged(bundle) {
        let conjuncts = program.conjuncts(root);
        if conjuncts.len() < 2 {
            continue;
        }
        let subject = Subject::new(bundle, found, &conjuncts);
        for conjunct in &conjuncts {
            let others: Vec<(NodeId, Truth)> = conjuncts
                .iter()
                .map(|other| (*other, Truth::decided(other != conjunct)))
                .collect();
            match subject.occurs(&others) {
                Ok(true) => {}
                Ok(false) => {
                    let text = format!(
                        "{} follows from the rest: nobody fails it alone",
                        program.text_of(*conjunct)
                    );
                    let fails = subject.witness(&[(*conjunct, Truth::False), (root, Truth::False)]);
                    let (witness, on) = apart(fails);
                    gaps.push(Gap {
                        witness,
                        on,
                        ..gap(Finding::Implied, id, text)
                    });
                }
                Err(TooMuchWork) => too_large(id, gaps),
            }
        }
    }
}

/// Looks at every pair of criteria: which are the same, and which follow from which.
pub(super) fn pairs(bundle: &Bundle, found: &Found, gaps: &mut Vec<Gap>) -> Vec<Implication> {
    let criteria: Vec<(&str, NodeId)> = bundle
        .content()
        .criteria
        .iter()
        .filter_map(|it| Some((it.id.as_str(), bundle.program().root(&it.id)?)))
        .collect();
    let mut implications = Vec::new();
    for (position, one) in criteria.iter().enumerate() {
        for other in &criteria[position + 1..] {
            let subject = Subject::new(bundle, found, &[one.1, other.1]);
            let first = subject.alone(one.1, other.1);
            let (from, to, back) =
                match first.and_then(|first| Ok((first, subject.alone(other.1, one.1)?))) {
                    Ok((Some(_), Some(_))) => continue,
                    Ok((None, Some(back))) => (one.0, other.0, back),
                    Ok((Some(back), None)) => (other.0, one.0, back),
                    Ok((None, None)) => {
                        let both = subject.witness(&[(one.1, Truth::True), (other.1, Truth::True)]);
                        let (witness, on) = apart(both);
                        let text = "nobody meets one of them and not the other";
                        gaps.push(Gap {
                            witness,
                            on,
                            ..gap(Finding::SameAs, &format!("{} + {}", one.0, other.0), text)
                        });
                        continue;
                    }
                    Err(TooMuchWork) => {
                        too_large(&format!("{} + {}", one.0, other.0), gaps);
                        continue;
                    }
                };
            implications.push(Implication {
                from: from.to_owned(),
                to: to.to_owned(),
                not_back: subject
                    .witness(&back)
                    .map(|(facts, _)| facts)
                    .unwrap_or_default(),
            });
        }
    }
    implications
}

/// Looks for indications without which every verdict would be the same.
pub(super) fn deciding(bundle: &Bundle, found: &Found, gaps: &mut Vec<Gap>) {
    let program = bundle.program();
    for regimen in &bundle.content().regimens {
        let deciding: Vec<(&str, NodeId)> = regimen
            .indications
            .iter()
            .filter(|indication| indication.scope == Scope::Metastatic)
            .filter_map(|it| Some((it.id.as_str(), program.root(&name::valid(&it.id))?)))
            .collect();
        if deciding.len() < 2 {
            continue;
        }
        let nodes: Vec<NodeId> = deciding.iter().map(|(_, node)| *node).collect();
        let subject = Subject::new(bundle, found, &nodes);
        for (id, node) in &deciding {
            let alone: Vec<(NodeId, Truth)> = nodes
                .iter()
                .map(|other| (*other, Truth::decided(other == node)))
                .collect();
            match subject.occurs(&alone) {
                Ok(true) => {}
                Ok(false) => {
                    let text = "whoever meets it meets another indication of the same therapy on every day";
                    let met = subject.witness(&[(*node, Truth::True)]);
                    let (witness, on) = apart(met);
                    gaps.push(Gap {
                        witness,
                        on,
                        ..gap(Finding::NeverDecides, id, text)
                    });
                }
                Err(TooMuchWork) => too_large(id, gaps),
            }
        }
    }
}

/// Looks for verdicts that stay unknown though all completions agree.
pub(super) fn undetected(bundle: &Bundle, gaps: &mut Vec<Gap>) {
    let program = bundle.program();
    let definitions = judged(bundle)
        .into_iter()
        .map(|it| (it.id.to_owned(), it.root));
    let several = bundle.content().regimens.iter().filter_map(|regimen| {
        let deciding = regimen
            .indications
            .iter()
            .filter(|it| it.scope == Scope::Metastatic);
        let name = name::regimen(&regimen.id);
        let root = program.root(&name)?;
        (deciding.count() > 1).then_some((name, root))
    });
    for (id, root) in definitions.chain(several) {
        let by_itself = Search::unconstrained(bundle, &[root]);
        let found = match first_undetected(&by_itself, root) {
            Ok(None) => {
                let tied = Search::new(bundle, &[root]);
                first_undetected(&tied, root).map(|found| (Finding::TiedFacts, found))
            }
            found => found.map(|found| (Finding::StaysUnknown, found)),
        };
        match found {
            Ok((finding, Some((patient, on, met)))) => {
                let word = if met { "met" } else { "not met" };
                let text =
                    format!("left unknown, though it is {word} whatever the other facts are");
                gaps.push(Gap {
                    witness: Some(facts(bundle, &patient)),
                    on,
                    ..gap(finding, &id, text)
                });
            }
            Ok((_, None)) => {}
            Err(TooMuchWork) => too_large(&id, gaps),
        }
    }
}

/// A patient for whom a node is decided and stays unknown, the day, and whether it is met.
fn first_undetected(
    search: &Search<'_>,
    root: NodeId,
) -> Result<Option<(Patient, Option<Date>, bool)>, TooMuchWork> {
    let days = search.days();
    for span in &days {
        let day = day_in(*span);
        if let Some((patient, met)) = search.undetected(root, day)? {
            let on = (days.len() > 1).then_some(day);
            return Ok(Some((patient, on, met)));
        }
    }
    Ok(None)
}

/// Whether something holds on each span of days, from the first to the last.
pub(super) fn over_time(bundle: &Bundle, nodes: &[NodeId]) -> Vec<(Bounds, Vec<Truth>)> {
    let search = Search::new(bundle, nodes);
    let mut values = Values::unknown(bundle.schema());
    let spans = search.days().into_iter().map(|span| {
        values.set(
            bundle.as_of(),
            Value::Bounds(Bounds::exact(day_in(span).to_days())),
        );
        let truths = nodes
            .iter()
            .map(|node| bundle.program().truth_of(&values, *node));
        (span, truths.collect())
    });
    spans.collect()
}

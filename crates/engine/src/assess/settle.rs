//! Which unknown fact, once known, would settle most of what is open.
//!
//! Each unknown fact is forced to every cell into which the atoms cut its values, within the constraints between
//! facts, and all regimens are judged again.

use crate::bundle::{Bundle, Scope, name};
use crate::facts::Facts;
use crate::wire::{self, Text};
use waymark_criteria::{Evaluation, FactIndex, NodeId, SortedSet, Truth, Values};

/// Every fact that would decide at least one open regimen for some of its values, most telling first.
#[must_use]
pub fn settle(bundle: &Bundle, values: &Values, evaluation: &Evaluation) -> Vec<wire::Settle> {
    let program = bundle.program();
    let regimens = bundle.shown().regimens.iter();
    let regimens = regimens.filter_map(|regimen| Some((&regimen.id, regimen.verdict?)));
    let open: Vec<Open<'_>> = regimens
        .enumerate()
        .map(|(position, (id, root))| Open { id, root, position })
        .filter(|open| evaluation.truth(open.root) == Truth::Unknown)
        .collect();
    let asked: SortedSet<FactIndex> = open
        .iter()
        .flat_map(|open| program.missing(evaluation, values, open.root))
        .collect();
    if asked.is_empty() {
        return Vec::new();
    }
    let mut settled: Vec<(usize, wire::Settle)> = asked
        .into_iter()
        .filter_map(|fact| one(bundle, values, fact, &open))
        .collect();
    settled.sort_by(|(may, left), (other_may, right)| {
        let decided = right.would_decide.len().cmp(&left.would_decide.len());
        decided
            .then(other_may.cmp(may))
            .then_with(|| left.fact.cmp(&right.fact))
    });
    settled.into_iter().map(|(_, settle)| settle).collect()
}

/// Every fact that can still change the verdict of a regimen, or whether an indication, caution, position or piece of
/// guidance speaks of this person.
#[must_use]
pub fn open_facts(bundle: &Bundle, facts: &Facts) -> SortedSet<FactIndex> {
    let program = bundle.program();
    let values = facts.values(bundle.schema());
    let evaluation = program.evaluate(&values);
    let content = bundle.content();
    let regimens = content.regimens.iter().flat_map(|regimen| {
        let indications = regimen.indications.iter();
        let indications = indications.filter(|it| it.scope == Scope::Metastatic);
        let positions = regimen.positions.iter().map(|it| name::valid(&it.id));
        let cautions = regimen.cautions.iter().map(|it| it.id.clone());
        let indications = indications.map(|it| name::valid(&it.id));
        indications.chain(positions).chain(cautions)
    });
    let medicines = content.medicines.iter();
    let cautions = medicines.flat_map(|medicine| medicine.cautions.iter().map(|it| it.id.clone()));
    let guidance = content.guidance.iter().map(|it| it.id.clone());
    regimens
        .chain(cautions)
        .chain(guidance)
        .filter_map(|root| program.root(&root))
        .flat_map(|root| program.missing(&evaluation, &values, root))
        .collect()
}

/// A regimen that is not decided.
struct Open<'a> {
    id: &'a Text,
    root: NodeId,
    /// Its position in the plan of all regimens.
    position: usize,
}

/// What forcing one fact would decide; with it the number of decisions over all cells.
fn one(
    bundle: &Bundle,
    values: &Values,
    fact: FactIndex,
    open: &[Open<'_>],
) -> Option<(usize, wire::Settle)> {
    let (program, cells, constraints) =
        (bundle.program(), bundle.cells(), bundle.constraint_index());
    let mut decided_in = vec![0_usize; open.len()];
    let mut possible = 0_usize;
    let mut forced = values.clone();
    for cell in cells.of(fact, values.get(fact)) {
        forced.clone_from(values);
        forced.set(fact, cell);
        if !constraints.close(program, cells, &mut forced, vec![fact]) {
            continue;
        }
        possible += 1;
        let verdicts = bundle.regimen_verdicts().truths(&forced);
        for (count, open) in decided_in.iter_mut().zip(open) {
            let verdict = verdicts.get(open.position);
            *count += usize::from(verdict.is_some_and(|verdict| verdict.is_known()));
        }
    }
    let ids = |keep: &dyn Fn(usize) -> bool| -> Vec<Text> {
        let kept = decided_in
            .iter()
            .zip(open)
            .filter(|(count, _)| keep(**count));
        kept.map(|(_, open)| open.id.clone()).collect()
    };
    let may_decide = ids(&|count| count > 0);
    let shown = bundle.shown().fact(fact);
    (!may_decide.is_empty()).then(|| {
        let settle = wire::Settle {
            fact: shown.unrecorded.id.clone(),
            question: shown.question.clone(),
            would_decide: ids(&|count| count == possible),
            may_decide,
        };
        (decided_in.iter().sum(), settle)
    })
}

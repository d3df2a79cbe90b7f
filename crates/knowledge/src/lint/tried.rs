//! Every verdict that a criterion can give, and every way to miss an indication, is tried by a case.

use crate::base::Base;
use crate::body::Body;
use crate::entry::Entry;
use crate::kind::Kind;
use crate::lint::indications::{criterion_of, indications};
use crate::run::{CaseResult, called, word};
use waymark_criteria::{DateBounds, Diagnostic, Span, Truth, Values};
use waymark_engine::Bundle;
use waymark_engine::bundle::{Criterion, Scope};

pub(super) fn check(
    base: &Base,
    bundle: &Bundle,
    cases: &[CaseResult],
    problems: &mut Vec<Diagnostic>,
) {
    for entry in base.of(Kind::Criterion) {
        let Some(Body::Criterion(criterion)) = &entry.body else {
            continue;
        };
        if bundle.program().root(&criterion.id).is_some() {
            let tried = Tried::of(cases, entry, &criterion.id);
            tried.check_truths(may_be_unknown(criterion), problems);
        }
    }
    for (entry, id) in beside_verdicts(base) {
        if bundle.program().root(id).is_some() {
            Tried::of(cases, entry, id).check_truths(true, problems);
        }
    }
    for (entry, indication) in indications(base) {
        let program = bundle.program();
        let Some(root) = program.root(&indication.id) else {
            continue;
        };
        if indication.scope != Scope::Metastatic {
            continue;
        }
        let tried = Tried::of(cases, entry, &indication.id);
        tried.check_truths(true, problems);
        let nothing = program.evaluate(&Values::unknown(bundle.schema()));
        // One that is no criterion has been refused as such.
        let conjuncts = program.conjuncts(root).into_iter();
        for node in conjuncts.filter(|node| criterion_of(bundle, *node).is_some()) {
            tried.check_conjunct(&called(program, &nothing, node), problems);
        }
    }
}

/// Cautions, positions and guidance with their files.
fn beside_verdicts(base: &Base) -> impl Iterator<Item = (&Entry, &str)> {
    base.entries.iter().flat_map(|entry| {
        let mut ids: Vec<&str> = Vec::new();
        match &entry.body {
            Some(Body::Medicine(medicine)) => {
                ids.extend(medicine.cautions.iter().map(|it| it.id.as_str()));
            }
            Some(Body::Regimen(regimen)) => {
                ids.extend(regimen.cautions.iter().map(|it| it.id.as_str()));
                ids.extend(regimen.positions.iter().map(|it| it.id.as_str()));
            }
            Some(Body::Guidance(guidance)) => ids.push(&guidance.id),
            _ => {}
        }
        ids.into_iter().map(move |id| (entry, id))
    })
}

/// An in-force test on dates known to the day is never unknown.
fn may_be_unknown(criterion: &Criterion) -> bool {
    let Some(span) = &criterion.in_force else {
        return true;
    };
    let open = |date: &str| DateBounds::parse(date).is_some_and(|date| date.as_exact().is_none());
    open(&span.from) || span.to.as_deref().is_some_and(open)
}

/// The cases of one definition.
struct Tried<'c> {
    entry: &'c Entry,
    id: &'c str,
    place: Span,
    cases: Vec<&'c CaseResult>,
    /// Whether every case of the file could be read; where not, one of those may be the one that is asked for.
    all_read: bool,
}

impl<'c> Tried<'c> {
    fn of(cases: &'c [CaseResult], entry: &'c Entry, id: &'c str) -> Self {
        let own = |result: &&CaseResult| result.case.path == entry.path && result.case.of == id;
        Tried {
            entry,
            id,
            place: entry.place_of(id),
            cases: cases.iter().filter(own).collect(),
            all_read: cases
                .iter()
                .filter(|result| result.case.path == entry.path)
                .count()
                == entry.cases.len(),
        }
    }

    fn check_truths(&self, with_unknown: bool, problems: &mut Vec<Diagnostic>) {
        if !self.all_read {
            return;
        }
        for truth in [Truth::True, Truth::False, Truth::Unknown] {
            let asked = truth != Truth::Unknown || with_unknown;
            let tried = self
                .cases
                .iter()
                .any(|result| result.case.expect.truth == truth);
            if asked && !tried {
                let message = format!("no case of `{}` expects {}", self.id, word(truth));
                problems.push(
                    self.entry
                        .error("missing-case", self.place, message)
                        .help(format!(
                            "add a `case` block with `expect = \"{}\"`",
                            word(truth)
                        )),
                );
            }
        }
    }

    fn check_conjunct(&self, name: &str, problems: &mut Vec<Diagnostic>) {
        if !self.all_read {
            return;
        }
        let alone = |result: &&CaseResult| {
            let expect = &result.case.expect;
            expect.truth == Truth::False && expect.unmet.as_deref() == Some(&[name.to_owned()])
        };
        if !self.cases.iter().any(alone) {
            let message = format!("no case of `{}` fails by `{name}` alone", self.id);
            problems.push(
                self.entry
                    .error("missing-case", self.place, message)
                    .help(format!(
                        "add a `case` block with `expect = \"not-met\"` and `unmet = [\"{name}\"]`"
                    )),
            );
        }
    }
}

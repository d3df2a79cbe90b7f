//! Facts that cannot hold together are taken back: whatever is shown, no rule of the knowledge base is broken.

use super::{Deriver, Slot, is_unknown, statements, unknown};
use crate::facts::{Fact, FactValue, WhyUnknown};
use std::rc::Rc;
use waymark_criteria::{FactIndex, Truth, Values};

/// Takes back facts that break a constraint: first those that nobody stated, then stated ones, and what an overriding
/// statement says only when it is contradicted by another such statement.
pub(super) fn take_back(deriver: &Deriver<'_>) {
    let (bundle, program) = (deriver.bundle, deriver.bundle.program());
    let mut values = Values::unknown(bundle.schema());
    for index in bundle.schema().indices() {
        set(&mut values, index, deriver);
    }
    for constraint in bundle.constraints() {
        for strength in 0..3 {
            if program.truth_of(&values, *constraint) != Truth::False {
                break;
            }
            for index in program.facts_of(*constraint) {
                if index != bundle.as_of() && strength_of(deriver, index) == strength {
                    blank(deriver, index);
                    set(&mut values, index, deriver);
                }
            }
        }
    }
}

fn set(values: &mut Values, index: FactIndex, deriver: &Deriver<'_>) {
    if let Slot::Done(fact) = &deriver.slots.borrow()[index.position()]
        && let FactValue::Value(value) = fact.value
    {
        values.set(index, value);
    }
}

/// How firmly a fact stands: derived, stated, stated over the record.
fn strength_of(deriver: &Deriver<'_>, index: FactIndex) -> usize {
    let claims = statements::claims(deriver, deriver.bundle.fact(index));
    if claims.iter().any(|claim| claim.overrides) {
        2
    } else {
        usize::from(!claims.is_empty())
    }
}

fn blank(deriver: &Deriver<'_>, index: FactIndex) {
    let fact = deriver.fact(index);
    if is_unknown(&fact) {
        return;
    }
    let entry = deriver.bundle.fact(index);
    let blank = unknown(entry.ty)
        .because(WhyUnknown::Conflict)
        .inferred("contradicts another fact of the same person");
    let blank = Fact {
        from: fact.from.clone(),
        ..blank
    };
    deriver.slots.borrow_mut()[index.position()] = Slot::Done(Rc::new(blank));
}

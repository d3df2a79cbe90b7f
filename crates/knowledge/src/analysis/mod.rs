//! What follows from the knowledge by itself, without a patient: where sources differ, and where it is not consistent.

pub mod compare;
pub mod gaps;

pub use compare::{Comparison, Side, compare};

use crate::case;
use waymark_engine::Bundle;
use waymark_engine::search::Patient;

/// The facts that are stated of a patient, each with its value as a case would state it: `age`, `"18.."`. All others
/// are unknown.
pub type Facts = Vec<(String, String)>;

fn facts(bundle: &Bundle, patient: &Patient) -> Facts {
    let stated = patient.stated.iter().map(|(fact, value)| {
        let ty = bundle.schema().fact(*fact).ty;
        (bundle.fact(*fact).id.clone(), case::literal(ty, *value))
    });
    stated.collect()
}

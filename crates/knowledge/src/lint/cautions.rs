//! What rests on memory alone is never raised as grave.

use crate::base::Base;
use crate::body::Body;
use crate::entry::Entry;
use waymark_criteria::Diagnostic;
use waymark_engine::bundle::{Caution, CautionSeverity, Status};

pub(super) fn check(base: &Base, problems: &mut Vec<Diagnostic>) {
    for entry in &base.entries {
        let cautions: &[Caution] = match &entry.body {
            Some(Body::Medicine(medicine)) => &medicine.cautions,
            Some(Body::Regimen(regimen)) => &regimen.cautions,
            _ => continue,
        };
        for (position, caution) in cautions.iter().enumerate() {
            check_caution(entry, position, caution, problems);
        }
    }
}

fn check_caution(
    entry: &Entry,
    position: usize,
    caution: &Caution,
    problems: &mut Vec<Diagnostic>,
) {
    let place = |key: &str| entry.head.span(&format!("cautions.{position}.{key}"));
    let grave = match caution.severity {
        CautionSeverity::Contraindication | CautionSeverity::Boxed => true,
        CautionSeverity::Caution => false,
    };
    if grave && caution.status == Status::Memory {
        let message = "a caution from memory may not be boxed or a contraindication";
        problems.push(
            entry
                .error("grave-from-memory", place("severity"), message)
                .help("confirm it from a source, or make it `severity = \"caution\"`"),
        );
    }
    if caution.to.is_some() && caution.from.is_none() {
        let message = "a caution that ended has a day from which it stood";
        problems.push(entry.error("end-without-start", place("to"), message));
    }
}

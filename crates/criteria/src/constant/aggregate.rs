//! Functions of lists that leave nulls out (CQL 1.5, aggregate functions, and "Exists"): what the unknown-safe profile
//! refuses on facts, so that its wrong answers can be shown.

use super::compare::compared;
use super::{Constant, Diagnostic};
use crate::Truth;
use crate::syntax::tree::BinaryOp;

/// `Count`, `AnyTrue`, `AllTrue`, `Min` or `Max` of a list; `None` for another function.
pub(super) fn call(name: &str, items: &[Constant]) -> Option<Result<Constant, Diagnostic>> {
    let known = || items.iter().filter(|item| **item != Constant::Null);
    let truths = || known().map(Constant::truth).collect::<Result<Vec<_>, _>>();
    let boolean = |holds: bool| Constant::Boolean(holds);
    Some(match name {
        "Count" => Ok(i32::try_from(known().count()).map_or(Constant::Null, Constant::Integer)),
        "AnyTrue" => truths().map(|all| boolean(all.contains(&Truth::True))),
        "AllTrue" => truths().map(|all| boolean(!all.contains(&Truth::False))),
        "Min" => utmost(BinaryOp::Less, known()),
        "Max" => utmost(BinaryOp::Greater, known()),
        _ => return None,
    })
}

/// Whether a list has an element that is not null; of null itself it is false.
pub(super) fn exists(list: &Constant) -> Option<bool> {
    match list {
        Constant::Null => Some(false),
        Constant::List(items) => Some(items.iter().any(|item| *item != Constant::Null)),
        _ => None,
    }
}

fn utmost<'c>(
    before: BinaryOp,
    mut items: impl Iterator<Item = &'c Constant>,
) -> Result<Constant, Diagnostic> {
    let Some(first) = items.next() else {
        return Ok(Constant::Null);
    };
    let mut found = first;
    for item in items {
        match compared(before, item, found)? {
            Truth::True => found = item,
            Truth::False => {}
            // Values without an order have no utmost one.
            Truth::Unknown => return Ok(Constant::Null),
        }
    }
    Ok(found.clone())
}

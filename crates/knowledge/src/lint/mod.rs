//! What an entry must be beyond having the right shape. One subject per module.

mod cautions;
mod citations;
mod dates;
mod definitions;
mod facts;
mod ids;
mod indications;
mod line_rules;
mod names;
mod questions;
mod reviews;
mod trials;
mod tried;
mod unused;
mod vocabulary;
pub(crate) mod wording;

use crate::Options;
use crate::base::Base;
use crate::run::CaseResult;
use waymark_criteria::Diagnostic;
use waymark_engine::Bundle;

/// Checks that need no compiled criteria.
pub(crate) fn entries(base: &Base, options: &Options, problems: &mut Vec<Diagnostic>) {
    ids::check(base, problems);
    names::check(base, problems);
    citations::check(base, problems);
    dates::check(base, problems);
    reviews::check(base, options, problems);
    vocabulary::check(base, problems);
    wording::check(base, problems);
    facts::check(base, problems);
    line_rules::check(base, problems);
    questions::check(base, problems);
    cautions::check(base, problems);
    indications::check(base, problems);
    definitions::check(base, problems);
    trials::check(base, problems);
    unused::check(base, problems);
}

/// Checks on the compiled criteria and on the cases that were run.
pub(crate) fn criteria(
    base: &Base,
    bundle: &Bundle,
    cases: &[CaseResult],
    problems: &mut Vec<Diagnostic>,
) {
    indications::check_conjuncts(base, bundle, problems);
    questions::check_charts(base, bundle, problems);
    tried::check(base, bundle, cases, problems);
}

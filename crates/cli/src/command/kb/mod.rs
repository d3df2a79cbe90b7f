//! `waymark kb …`: for those who write and review the knowledge.

mod attributes;
mod check;
mod compare;
mod coverage;
mod diff;
mod gaps;
mod list;
mod new;
mod review;
mod show;
mod test;
mod translate;

use crate::args::Kb;
use crate::failure::Failure;
use std::path::Path;
use waymark_criteria::Date;

/// The knowledge base of the directory in which the command is run.
const HERE: &str = "kb";

/// Runs a subcommand. `check`, `test`, `gaps` and `translate` work on files, the others on a bundle.
pub(crate) fn run(kb: Kb, dir: Option<&Path>, today: Date) -> Result<(), Failure> {
    let files = dir.unwrap_or(Path::new(HERE));
    match kb {
        Kb::Check {
            release,
            json,
            watch,
        } => check::run(files, today, release, json, watch),
        Kb::New { kind, id } => new::run(files, &kind, &id, today),
        Kb::Review { within } => review::run(dir, today, within),
        Kb::Test { only } => test::run(files, only.as_deref()),
        Kb::List { kind } => list::run(dir, kind.as_deref()),
        Kb::Show { id } => show::run(dir, &id),
        Kb::Attributes { regimen, json } => attributes::run(dir, regimen.as_deref(), json),
        Kb::Translate { language, only } => translate::run(files, &language, &only),
        Kb::Compare {
            left,
            right,
            as_of,
            json,
        } => compare::run(dir, [&left, &right], as_of.unwrap_or(today), json),
        Kb::Gaps { all, json } => gaps::run(files, today, all, json),
        Kb::Coverage { source } => coverage::run(dir, &source),
        Kb::Diff(args) => diff::run(files, &args, today),
    }
}

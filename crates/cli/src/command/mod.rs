//! One file for each subcommand.

mod assess;
mod explain;
mod kb;

use crate::args::{Args, Command, Reading, Record};
use crate::clock;
use crate::failure::Failure;
use waymark_criteria::Date;
use waymark_engine::chart::Completeness;
use waymark_engine::{Bundle, Chart, wire};

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<(), Failure> {
    let today = args.today.unwrap_or_else(clock::today);
    match args.command {
        Command::Assess(assess) => assess::run(&assess, args.kb.as_deref(), today),
        Command::Explain(explain) => explain::run(&explain, args.kb.as_deref(), today),
        Command::Kb(kb) => kb::run(kb, args.kb.as_deref(), today),
    }
}

/// Chart to assessment with the settings of the command line; the flag wins over what the chart states.
fn judge(chart: &Chart, bundle: &Bundle, reading: &Reading, today: Date) -> wire::Assessment {
    let record = match reading.record {
        Some(Record::Partial) => Completeness::Partial,
        Some(Record::Complete) => Completeness::Complete,
        None => chart.record.unwrap_or(Completeness::Partial),
    };
    let facts =
        waymark_engine::derive::derive(chart, bundle, reading.as_of.unwrap_or(today), record);
    waymark_engine::assess::assess(chart, &facts, bundle, today)
}

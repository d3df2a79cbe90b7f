//! One file for each subcommand.

mod assess;
mod explain;
mod export;
mod export_site;
mod kb;
mod lines;
mod replay;
mod serve;

use crate::args::{Args, Command, Reading, Record};
use crate::clock;
use crate::failure::Failure;
use waymark_criteria::Date;
use waymark_engine::chart::Completeness;
use waymark_engine::reasons::Reasoner;
use waymark_engine::{Bundle, Chart, wire};

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<(), Failure> {
    let today = args.today.unwrap_or_else(clock::today);
    match args.command {
        Command::Assess(assess) => assess::run(&assess, args.kb.as_deref(), today),
        Command::Explain(explain) => explain::run(&explain, args.kb.as_deref(), today),
        Command::Lines(lines) => lines::run(&lines, args.kb.as_deref(), today),
        Command::Replay { file } => replay::run(&file, args.kb.as_deref()),
        Command::Export(export) => export::run(&export, args.kb.as_deref(), today),
        Command::Serve(serve) => serve::run(&serve, args.kb.as_deref(), args.today),
        Command::Kb(kb) => kb::run(kb, args.kb.as_deref(), today),
    }
}

/// The therapies for whose verdicts reasons are given.
#[derive(Clone, Copy)]
enum For<'a> {
    None,
    One(&'a str),
    All,
}

/// What a silence of the chart means; the flag wins over what the chart states.
fn completeness(chart: &Chart, reading: &Reading) -> Completeness {
    match reading.record {
        Some(Record::Partial) => Completeness::Partial,
        Some(Record::Complete) => Completeness::Complete,
        None => chart.record.unwrap_or(Completeness::Partial),
    }
}

/// Chart to assessment with the settings of the command line.
fn judge(
    chart: &Chart,
    bundle: &Bundle,
    reading: &Reading,
    today: Date,
    reasons: For<'_>,
) -> wire::Assessment {
    let record = completeness(chart, reading);
    let facts =
        waymark_engine::derive::derive(chart, bundle, reading.as_of.unwrap_or(today), record);
    let mut assessment = waymark_engine::assess::assess(chart, &facts, bundle, today);
    let asked = |id: &str| match reasons {
        For::None => false,
        For::One(regimen) => id == regimen,
        For::All => true,
    };
    let mut reasoner = None;
    for regimen in &mut assessment.regimens {
        if asked(&regimen.id) {
            let values = || facts.values(bundle.schema());
            let reasoner = reasoner.get_or_insert_with(|| Reasoner::new(bundle, &values()));
            regimen.reasons = reasoner.reasons(&regimen.id);
        }
    }
    assessment
}

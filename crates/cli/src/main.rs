//! The `waymark` command. All file access, the clock and the terminal are here.

mod args;
mod clock;
mod command;
mod failure;
mod input;
mod knowledge;
mod render;
mod revision;
mod site;
mod stored;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::parse();
    match command::run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

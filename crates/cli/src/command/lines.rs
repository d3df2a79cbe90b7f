//! `waymark lines FILE`

use super::completeness;
use crate::args::{Lines, LinesFormat};
use crate::failure::Failure;
use crate::render::lines as page;
use crate::render::style::Page;
use crate::{input, knowledge};
use std::io::Write;
use std::path::Path;
use waymark_criteria::Date;
use waymark_engine::derive::history;

/// Tells the history of treatment in one file.
pub(crate) fn run(args: &Lines, kb: Option<&Path>, today: Date) -> Result<(), Failure> {
    let bundle = knowledge::bundle(kb)?;
    let chart = input::chart(&args.file, &bundle, args.reading.patient.as_deref())?;
    let as_of = args.reading.as_of.unwrap_or(today);
    let lines = history(&chart, &bundle, as_of, completeness(&chart, &args.reading));
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match args.format {
        LinesFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &lines).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        LinesFormat::Text => {
            out.write_all(page::history(&lines, &bundle, &Page::of_terminal()).as_bytes())?;
        }
    }
    out.flush()?;
    Ok(())
}

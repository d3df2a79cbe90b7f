//! `waymark assess FILE…`

use super::{For, judge};
use crate::args::{Assess, Format};
use crate::failure::Failure;
use crate::render::style::Page;
use crate::render::{markdown, text};
use crate::{input, knowledge};
use std::io::Write;
use std::path::Path;
use waymark_criteria::Date;
use waymark_engine::wire;

/// Assesses each file; a file that is refused does not take the others down.
pub(crate) fn run(args: &Assess, kb: Option<&Path>, today: Date) -> Result<(), Failure> {
    if args.reasons && args.format != Format::Json {
        let message =
            "--reasons belongs to --format json; `waymark explain` shows them for one therapy";
        return Err(Failure::Usage(message.to_owned()));
    }
    if args.evidence && args.format != Format::Json {
        let message =
            "--evidence belongs to --format json; `waymark explain` shows it for one therapy";
        return Err(Failure::Usage(message.to_owned()));
    }
    let bundle = knowledge::bundle(kb)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut refused = Vec::new();
    let reasons = if args.reasons { For::All } else { For::None };
    for (position, file) in args.files.iter().enumerate() {
        let chart = match input::chart(file, &bundle, args.reading.patient.as_deref()) {
            Ok(chart) => chart,
            Err(Failure::Refused(problems)) => {
                refused.extend(problems);
                continue;
            }
            Err(other) => return Err(other),
        };
        let mut assessment = judge(&chart, &bundle, &args.reading, today, reasons);
        if args.evidence {
            for regimen in &mut assessment.regimens {
                regimen.evidence = Some(wire::trials(&bundle, &regimen.id));
            }
        }
        match args.format {
            Format::Json if args.files.len() == 1 => {
                serde_json::to_writer_pretty(&mut out, &assessment)
                    .map_err(std::io::Error::from)?;
                writeln!(out)?;
            }
            Format::Json => {
                serde_json::to_writer(&mut out, &assessment).map_err(std::io::Error::from)?;
                writeln!(out)?;
            }
            Format::Text => {
                if position > 0 {
                    writeln!(out)?;
                }
                out.write_all(
                    text::assessment(&assessment, &bundle, &Page::of_terminal()).as_bytes(),
                )?;
            }
            Format::Markdown => {
                out.write_all(markdown::assessment(&assessment, &bundle).as_bytes())?
            }
        }
    }
    out.flush()?;
    if refused.is_empty() {
        Ok(())
    } else {
        Err(Failure::Refused(refused))
    }
}

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
use waymark_engine::{Bundle, Chart, wire};

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
    if args.report && args.format != Format::Text {
        let message = "--report belongs to --format text; the JSON always holds the report, under `facts` and `import`";
        return Err(Failure::Usage(message.to_owned()));
    }
    let bundle = knowledge::bundle(kb)?;
    let mut printer = Printer {
        args,
        bundle: &bundle,
        today,
        out: std::io::BufWriter::new(std::io::stdout().lock()),
        printed: 0,
    };
    let patient = args.reading.patient.as_deref();
    let mut refused = Vec::new();
    if args.together {
        let charts = input::together(&args.files, &bundle, patient)?;
        for chart in &charts {
            printer.print(chart, charts.len() == 1)?;
        }
    } else {
        for file in &args.files {
            match input::chart(file, &bundle, patient) {
                Ok(chart) => printer.print(&chart, args.files.len() == 1)?,
                Err(Failure::Refused(problems)) => refused.extend(problems),
                Err(other) => return Err(other),
            }
        }
    }
    printer.out.flush()?;
    if refused.is_empty() {
        Ok(())
    } else {
        Err(Failure::Refused(refused))
    }
}

/// Prints one answer after the other.
struct Printer<'a, W> {
    args: &'a Assess,
    bundle: &'a Bundle,
    today: Date,
    out: W,
    printed: usize,
}

impl<W: Write> Printer<'_, W> {
    /// Prints the answer for a chart; `alone`: no other one comes before or after it.
    fn print(&mut self, chart: &Chart, alone: bool) -> Result<(), Failure> {
        let args = self.args;
        let reasons = if args.reasons { For::All } else { For::None };
        let mut assessment = judge(chart, self.bundle, &args.reading, self.today, reasons);
        if args.evidence {
            for regimen in &mut assessment.regimens {
                regimen.evidence = Some(wire::trials(self.bundle, &regimen.id));
            }
        }
        let page = Page::of_terminal();
        let text = match args.format {
            Format::Json if alone => {
                serde_json::to_string_pretty(&assessment).map_err(std::io::Error::from)? + "\n"
            }
            Format::Json => {
                serde_json::to_string(&assessment).map_err(std::io::Error::from)? + "\n"
            }
            Format::Text if args.report => text::report(&assessment, &page),
            Format::Text => text::assessment(&assessment, self.bundle, &page),
            Format::Markdown => markdown::assessment(&assessment, self.bundle),
        };
        if self.printed > 0 && args.format == Format::Text {
            writeln!(self.out)?;
        }
        self.printed += 1;
        self.out.write_all(text.as_bytes())?;
        Ok(())
    }
}

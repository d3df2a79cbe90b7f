//! `waymark explain FILE REGIMEN`

use super::{For, judge};
use crate::args::Explain;
use crate::failure::Failure;
use crate::render::explanation;
use crate::render::style::Page;
use crate::{input, knowledge};
use std::io::Write;
use std::path::Path;
use waymark_criteria::Date;

/// Explains one regimen in full.
pub(crate) fn run(args: &Explain, kb: Option<&Path>, today: Date) -> Result<(), Failure> {
    let bundle = knowledge::bundle(kb)?;
    if bundle.regimen(&args.regimen).is_none() {
        let known: Vec<&str> = bundle
            .content()
            .regimens
            .iter()
            .map(|regimen| regimen.id.as_str())
            .collect();
        return Err(Failure::Usage(format!(
            "there is no therapy `{}`; there are: {}",
            args.regimen,
            known.join(", ")
        )));
    }
    let chart = input::chart(&args.file, &bundle, args.reading.patient.as_deref())?;
    let assessment = judge(
        &chart,
        &bundle,
        &args.reading,
        today,
        For::One(&args.regimen),
    );
    let page = explanation::regimen(&assessment, &args.regimen, &bundle, &Page::of_terminal());
    std::io::stdout().lock().write_all(page.as_bytes())?;
    Ok(())
}

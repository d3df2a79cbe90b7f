//! `waymark kb compare A B`

use crate::failure::Failure;
use crate::knowledge;
use crate::render::comparison;
use crate::render::style::Page;
use std::io::Write;
use std::path::Path;
use waymark_criteria::Date;
use waymark_knowledge::analysis::{Side, compare};

/// Shows for each therapy where two sources differ.
pub(crate) fn run(
    dir: Option<&Path>,
    sides: [&str; 2],
    as_of: Date,
    json: bool,
) -> Result<(), Failure> {
    let bundle = knowledge::bundle(dir)?;
    let [left, right] = sides.map(|side| read(side, as_of));
    let comparison = compare(&bundle, [left?, right?]).map_err(|unknown| {
        Failure::Usage(format!(
            "there is no source or group `{unknown}`; `waymark kb list --kind source` lists the sources"
        ))
    })?;
    let text = if json {
        format!("{}\n", comparison::json(&comparison, &bundle))
    } else {
        comparison::text(&comparison, &bundle, &Page::of_terminal())
    };
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(())
}

/// `ID` or `ID@DATE`.
fn read(side: &str, as_of: Date) -> Result<Side, Failure> {
    let Some((source, day)) = side.split_once('@') else {
        return Ok(Side {
            source: side.to_owned(),
            on: as_of,
        });
    };
    let on = Date::parse(day).ok_or_else(|| {
        Failure::Usage(format!(
            "`{day}` in `{side}` is not a day: write SOURCE@YYYY-MM-DD"
        ))
    })?;
    Ok(Side {
        source: source.to_owned(),
        on,
    })
}

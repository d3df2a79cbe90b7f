//! `waymark kb attributes [REGIMEN]`

use crate::failure::Failure;
use crate::knowledge;
use crate::render::style::{Ink, Page};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use waymark_engine::Bundle;
use waymark_engine::bundle::{Regimen, SourceEntry};

/// Prints what is the same for all therapies, then each therapy with its citations.
pub(crate) fn run(dir: Option<&Path>, only: Option<&str>, as_json: bool) -> Result<(), Failure> {
    let bundle = knowledge::bundle(dir)?;
    let regimens = &bundle.content().regimens;
    if let Some(only) = only.filter(|only| bundle.regimen(only).is_none()) {
        let known: Vec<&str> = regimens.iter().map(|it| it.id.as_str()).collect();
        let known = known.join(", ");
        return Err(Failure::Usage(format!(
            "there is no therapy `{only}`; there are: {known}"
        )));
    }
    let shown = regimens
        .iter()
        .filter(|it| only.is_none_or(|only| only == it.id));
    let mut out = std::io::stdout().lock();
    if as_json {
        let shown: Vec<Value> = shown.map(|regimen| therapy(&bundle, regimen)).collect();
        let whole = json!({ "knowledge": bundle.content().version, "hash": bundle.hash(),
            "attributes": bundle.attributes(), "therapies": shown });
        serde_json::to_writer_pretty(&mut out, &whole).map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(());
    }
    let page = Page::of_terminal();
    let attributes = bundle.attributes();
    let (version, hash) = (&bundle.content().version, bundle.hash());
    writeln!(
        out,
        "knowledge {version} ({hash}), released {}",
        attributes.released
    )?;
    writeln!(out, "developer: {}", attributes.developer)?;
    writeln!(out, "funding: {}", attributes.funding)?;
    writeln!(out, "to report an error: {}", attributes.report_to)?;
    writeln!(out, "data of the patient:")?;
    for data in &attributes.patient_data {
        let used = match data.facts.is_empty() {
            true => "not used".to_owned(),
            false => format!("used for {}", data.facts.join(", ")),
        };
        writeln!(out, "  {}: {used}", data.element)?;
    }
    for regimen in shown {
        writeln!(
            out,
            "\n{}  {}",
            page.ink(Ink::Bold, &regimen.name),
            page.ink(Ink::Faint, &regimen.id)
        )?;
        for source in bundle.citations(&regimen.id) {
            let cited = format!("{}. {}. {}.", source.publisher, source.title, source.date);
            out.write_all(page.wrap("  ", "    ", &cited).as_bytes())?;
        }
        writeln!(
            out,
            "  reviewed {}, due again {}",
            regimen.review.on, regimen.review.due
        )?;
    }
    Ok(())
}

fn therapy(bundle: &Bundle, regimen: &Regimen) -> Value {
    let citations: Vec<&SourceEntry> = bundle.citations(&regimen.id);
    let citations: Vec<Value> = citations
        .into_iter()
        .map(|source| {
            json!({ "source": source.id, "title": source.title, "developer": source.publisher,
                "released": source.date, "url": source.url })
        })
        .collect();
    json!({ "id": regimen.id, "name": regimen.name, "citations": citations,
        "reviewed": regimen.review.on, "due": regimen.review.due })
}

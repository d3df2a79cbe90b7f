//! Entries to a bundle: the criteria are compiled, and what is wrong with them is shown in the files.

use crate::base::Base;
use crate::entry::Entry;
use crate::files::MANIFEST;
use crate::kind::Kind;
use std::collections::BTreeSet;
use waymark_criteria::{Diagnostic, Span};
use waymark_engine::Bundle;
use waymark_engine::bundle::Content;

/// Compiles what could be read. Where some criteria are in error, those entries go without criteria, so that the
/// cases of the others can still be run; such a bundle is never handed out.
pub(crate) fn compile(base: &Base, problems: &mut Vec<Diagnostic>) -> Option<Bundle> {
    let broken = broken_names(base);
    let mut content = base.content();
    // Cases prove the logic as it is written; what is withdrawn is withdrawn from the bundle that ships.
    content.withdrawn.clear();
    let mut first = true;
    loop {
        let found = match Bundle::new(content.clone()) {
            Ok(bundle) => return Some(bundle),
            Err(found) => found,
        };
        if std::mem::take(&mut first) {
            let shown = found.iter().filter_map(|problem| in_file(base, problem));
            problems.extend(shown.filter(|problem| !names_any(base, problem, &broken)));
        }
        let places: BTreeSet<&str> = found.iter().map(|problem| problem.place.as_str()).collect();
        if !without(&mut content, &places) {
            return None;
        }
    }
}

/// The bundle that ships: what the manifest withdraws is unknown in it.
pub(crate) fn withdraw(
    bundle: Bundle,
    base: &Base,
    problems: &mut Vec<Diagnostic>,
) -> Option<Bundle> {
    let withdrawn = &base.manifest.withdrawn;
    if withdrawn.is_empty() {
        return Some(bundle);
    }
    let mut content = bundle.content().clone();
    content.withdrawn.clone_from(withdrawn);
    match Bundle::new(content) {
        Ok(bundle) => Some(bundle),
        Err(found) => {
            problems.extend(found.into_iter().map(|problem| problem.in_place(MANIFEST)));
            None
        }
    }
}

/// Takes the criteria of these entries out, or the entries themselves where there are none; whether any was there.
fn without(content: &mut Content, places: &BTreeSet<&str>) -> bool {
    let mut changed = false;
    let mut keep = |place: String, cql: &mut String| {
        if !places.contains(place.as_str()) {
            return true;
        }
        changed = true;
        let had = !cql.is_empty();
        cql.clear();
        had
    };
    let Content {
        facts,
        tables,
        criteria,
        medicines,
        regimens,
        guidance,
        ..
    } = content;
    facts.retain_mut(|entry| keep(entry.id.clone(), &mut entry.cql));
    criteria.retain_mut(|entry| keep(entry.id.clone(), &mut entry.cql));
    medicines.retain_mut(|entry| keep(format!("medicine {}", entry.id), &mut entry.cql));
    regimens.retain_mut(|entry| keep(format!("regimen {}", entry.id), &mut entry.cql));
    tables.retain(|entry| keep(entry.id.clone(), &mut String::new()));
    guidance.retain_mut(|entry| keep(entry.id.clone(), &mut entry.cql));
    for medicine in medicines {
        medicine
            .cautions
            .retain(|caution| keep(caution.id.clone(), &mut String::new()));
    }
    for regimen in regimens {
        regimen
            .cautions
            .retain(|caution| keep(caution.id.clone(), &mut String::new()));
    }
    changed
}

/// The same diagnostic with a file as its place. None for what a lint has said already, with a better place.
fn in_file(base: &Base, problem: &Diagnostic) -> Option<Diagnostic> {
    if matches!(problem.code, "bad-date" | "bad-table") {
        return None;
    }
    let Some(entry) = entry_at(base, &problem.place) else {
        return Some(problem.clone());
    };
    let span = match problem.span {
        Some(span) => entry.cql.in_file(span),
        None => entry.head.span("id"),
    };
    Some(problem.clone().in_place(&entry.path).at(span))
}

fn entry_at<'b>(base: &'b Base, place: &str) -> Option<&'b Entry> {
    let of = |kind: Kind, id: &str| base.of(kind).find(|entry| entry.id == id);
    if let Some(id) = place.strip_prefix("medicine ") {
        return of(Kind::Medicine, id);
    }
    if let Some(id) = place.strip_prefix("regimen ") {
        return of(Kind::Regimen, id);
    }
    [Kind::Fact, Kind::Criterion, Kind::Guidance]
        .into_iter()
        .find_map(|kind| of(kind, place))
}

/// Names that entries with a broken head would have given.
fn broken_names(base: &Base) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for entry in base.entries.iter().filter(|entry| entry.body.is_none()) {
        names.extend([entry.id.as_str(), entry.stem()]);
        let ids = entry.head.texts.iter().filter(|text| text.key == "id");
        names.extend(ids.map(|text| text.value.as_str()));
    }
    names
}

/// Whether what a diagnostic underlines is one of these names.
fn names_any(base: &Base, problem: &Diagnostic, names: &BTreeSet<&str>) -> bool {
    let entry = base
        .entries
        .iter()
        .find(|entry| entry.path == problem.place);
    let Some((entry, Span { start, end })) = entry.zip(problem.span) else {
        return false;
    };
    let underlined = entry.text.get(start..end).unwrap_or("").trim_matches('"');
    let regimen = underlined.strip_prefix("regimen ").unwrap_or(underlined);
    names.contains(underlined) || names.contains(regimen)
}

//! `gaps.toml`: how the map of options is drawn, and which findings are accepted and why.

use super::{Axis, Depth, Finding, Gap, OptionsMap};
use crate::blocks::Excerpt;
use crate::case::{Literal, read_value};
use crate::files::{GAPS, Tree};
use crate::head::{Head, Raw};
use serde::Deserialize;
use std::collections::BTreeMap;
use waymark_criteria::{Date, Diagnostic, FactIndex, Value};
use waymark_engine::Bundle;

/// What `gaps.toml` says.
#[derive(Default)]
pub(super) struct Settings {
    map: Option<Drawing>,
    accepted: Vec<Accepted>,
    head: Head,
}

/// How the map is drawn.
struct Drawing {
    /// Of everyone on it.
    known: Vec<(FactIndex, Value)>,
    axes: Vec<Axis>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    map: Option<WrittenMap>,
    #[serde(default)]
    accepted: Vec<Accepted>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenMap {
    /// Facts of everyone on the map.
    #[serde(default)]
    facts: BTreeMap<String, Literal>,
    axis: Vec<WrittenAxis>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAxis {
    name: String,
    place: Vec<WrittenPlace>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPlace {
    id: String,
    facts: BTreeMap<String, Literal>,
}

/// Findings that are accepted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Accepted {
    /// The word of the finding.
    finding: String,
    /// What they are about; on the map, `*` stands for every place of an axis.
    of: Vec<String>,
    /// Why they are accepted.
    reason: String,
}

/// Reads the file; where there is none, nothing is accepted and no map is drawn.
pub(super) fn read(tree: &Tree, bundle: &Bundle, problems: &mut Vec<Diagnostic>) -> Settings {
    let Some(text) = tree.text(GAPS) else {
        return Settings::default();
    };
    let excerpt = Excerpt::of_file(text);
    let raw = Raw::parse(GAPS, &excerpt, problems);
    let head = raw.head.clone();
    let Some(written) = raw.read::<Written>(problems) else {
        return Settings::default();
    };
    for (position, accepted) in written.accepted.iter().enumerate() {
        if Finding::ALL
            .iter()
            .all(|known| known.word() != accepted.finding)
        {
            let words = Finding::ALL.map(Finding::word).join(", ");
            problems.push(
                error(
                    &head,
                    &format!("accepted.{position}.finding"),
                    "unknown-finding",
                    format!("`{}` is no finding", accepted.finding),
                )
                .help(format!("known: {words}")),
            );
        }
        if accepted.reason.trim().is_empty() {
            problems.push(error(
                &head,
                &format!("accepted.{position}.reason"),
                "no-reason",
                "a finding is accepted for a reason".to_owned(),
            ));
        }
    }
    let map = written.map.map(|map| {
        let known = facts(bundle, &head, "map.facts", &map.facts, problems);
        let axes = map.axis.into_iter().enumerate().map(|(axis, written)| {
            let places = written.place.into_iter().enumerate().map(|(place, it)| {
                let path = format!("map.axis.{axis}.place.{place}.facts");
                (it.id, facts(bundle, &head, &path, &it.facts, problems))
            });
            Axis {
                name: written.name,
                places: places.collect(),
            }
        });
        Drawing {
            known,
            axes: axes.collect(),
        }
    });
    Settings {
        map,
        accepted: written.accepted,
        head,
    }
}

fn facts(
    bundle: &Bundle,
    head: &Head,
    path: &str,
    written: &BTreeMap<String, Literal>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<(FactIndex, Value)> {
    let mut facts = Vec::new();
    for (id, literal) in written {
        let place = format!("{path}.{id}");
        let Some(fact) = bundle.schema().find(id) else {
            problems.push(error(
                head,
                &place,
                "unknown-fact",
                format!("there is no fact `{id}`"),
            ));
            continue;
        };
        match read_value(bundle.schema().fact(fact).ty, literal) {
            Ok(value) => facts.push((fact, value)),
            Err(help) => problems.push(
                error(
                    head,
                    &place,
                    "bad-fact",
                    format!("this is not a value of `{id}`"),
                )
                .help(help),
            ),
        }
    }
    facts
}

impl Settings {
    /// The map on a day, where the file says how to draw one.
    pub(super) fn map(&self, bundle: &Bundle, on: Date) -> Option<OptionsMap> {
        let Drawing { known, axes } = self.map.as_ref()?;
        Some(OptionsMap::draw(bundle, known, axes.clone(), on))
    }

    /// Gives accepted findings their reasons, and reports acceptances of what was not found.
    pub(super) fn accept(&self, gaps: &mut [Gap], depth: Depth, problems: &mut Vec<Diagnostic>) {
        for (position, accepted) in self.accepted.iter().enumerate() {
            for (subject, of) in accepted.of.iter().enumerate() {
                let mut found = false;
                for gap in gaps.iter_mut() {
                    if gap.finding.word() == accepted.finding && matches(of, &gap.of) {
                        gap.accepted = Some(accepted.reason.clone());
                        found = true;
                    }
                }
                let kind = Finding::ALL.iter().find(|it| it.word() == accepted.finding);
                let looked_for = kind.is_some_and(|kind| depth == Depth::Full || kind.is_quick());
                if !found && looked_for {
                    let path = format!("accepted.{position}.of.{subject}");
                    problems.push(
                        error(
                            &self.head,
                            &path,
                            "accepted-not-found",
                            format!("`{of}` has no finding `{}` any more", accepted.finding),
                        )
                        .help("take it out"),
                    );
                }
            }
        }
    }
}

/// Whether a subject is meant; part by part of a place on the map, where `*` is every one.
fn matches(meant: &str, of: &str) -> bool {
    let (meant, of): (Vec<&str>, Vec<&str>) = (meant.split('/').collect(), of.split('/').collect());
    let part = |(meant, of): (&&str, &&str)| *meant == "*" || meant == of;
    meant.len() == of.len() && meant.iter().zip(&of).all(part)
}

fn error(head: &Head, path: &str, code: &'static str, message: String) -> Diagnostic {
    Diagnostic::error(code, message)
        .in_place(GAPS)
        .at(head.span(path))
}

//! Rules of counting: each function is set once, windows are lengths of time, and what is named is there.

use crate::base::{Base, Target};
use crate::body::Body;
use crate::kind::Kind;
use std::collections::BTreeMap;
use waymark_criteria::Diagnostic;
use waymark_engine::bundle::LineFunction;

pub(super) fn check(base: &Base, problems: &mut Vec<Diagnostic>) {
    let mut set: BTreeMap<&str, &str> = BTreeMap::new();
    for entry in base.of(Kind::LineRule) {
        let Some(Body::LineRule(rule)) = &entry.body else {
            continue;
        };
        let word = rule.rule.word();
        if let Some(first) = set.insert(word, &entry.path) {
            let message = format!("the function `{word}` is set already");
            let span = entry.head.span("rule.function");
            let problem = entry.error("duplicate-function", span, message);
            problems.push(problem.help(format!("it is set in {first}")));
        }
        if let Some((key, length)) = length(&rule.rule).filter(|(_, length)| *length < 0) {
            let span = entry.head.span(&format!("rule.{key}"));
            let message = format!("`{key}` is a length of time and cannot be {length}");
            problems.push(entry.error("bad-window", span, message));
        }
        let targets = [Target::Class, Target::Medicine];
        for (path, drug) in drugs(&rule.rule) {
            if targets.iter().any(|target| base.has(*target, drug)) {
                continue;
            }
            let span = entry.head.span(&format!("rule.{path}"));
            let message = format!("no medicine has the class or id `{drug}`");
            let mut problem = entry.error("unresolved", span, message);
            if let Some(near) = base.nearest(&targets, drug) {
                problem = problem.help(format!("did you mean `{near}`?"));
            }
            problems.push(problem);
        }
    }
}

fn length(rule: &LineFunction) -> Option<(&'static str, i64)> {
    match rule {
        LineFunction::FirstDay { lead_days } => Some(("lead-days", *lead_days)),
        LineFunction::EarlyTreatment { months } => Some(("months", *months)),
        LineFunction::OneCourse { days }
        | LineFunction::SameStart { days }
        | LineFunction::Pause { days } => Some(("days", *days)),
        _ => None,
    }
}

/// Classes and medicines that a rule names, with their places.
fn drugs(rule: &LineFunction) -> Vec<(String, &str)> {
    let list = |key: &str, drugs: &'_ [String]| -> Vec<String> {
        (0..drugs.len())
            .map(|position| format!("{key}.{position}"))
            .collect()
    };
    match rule {
        LineFunction::Endocrine { classes } => {
            let places = list("classes", classes).into_iter();
            places.zip(classes.iter().map(String::as_str)).collect()
        }
        LineFunction::Maintenance { add_on, beside } => {
            let places = list("add-on", add_on).into_iter();
            let added = places.zip(add_on.iter().map(String::as_str));
            added
                .chain([("beside".to_owned(), beside.as_str())])
                .collect()
        }
        LineFunction::PartialRecord { apart } => {
            let places = list("apart", apart).into_iter();
            places.zip(apart.iter().map(String::as_str)).collect()
        }
        LineFunction::PartnerExchange { beside } => vec![("beside".to_owned(), beside)],
        _ => Vec::new(),
    }
}

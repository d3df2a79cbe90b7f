//! Whatever is cited is there, and nothing about treatment goes without a source.

use crate::base::{Base, Target};
use crate::body::Body;
use crate::entry::Entry;
use crate::head::Text;
use crate::kind::Kind;
use waymark_criteria::Diagnostic;

pub(super) fn check(base: &Base, problems: &mut Vec<Diagnostic>) {
    for entry in &base.entries {
        let Some(kind) = entry.kind else { continue };
        for text in &entry.head.texts {
            let Some((target, what)) = target(kind, &text.key) else {
                continue;
            };
            if base.has(target, &text.value) {
                check_confirmed(base, entry, text, problems);
                continue;
            }
            let message = format!("there is no {what} `{}`", text.value);
            let mut problem = entry.error("unresolved", text.span, message);
            if let Some(near) = base.nearest(&[target], &text.value) {
                problem = problem.help(format!("did you mean `{near}`?"));
            }
            problems.push(problem);
        }
        check_cites(entry, problems);
    }
}

/// Nothing is better confirmed than the source that it rests on.
fn check_confirmed(base: &Base, entry: &Entry, source: &Text, problems: &mut Vec<Diagnostic>) {
    if source.key != "source" || !base.has(Target::SourceFromMemory, &source.value) {
        return;
    }
    let status = entry.head.text(&format!("{}status", source.parent()));
    if let Some(status) = status.filter(|status| status.value != "memory") {
        let message = format!(
            "this is {}, but `{}` rests on memory",
            status.value, source.value
        );
        problems.push(
            entry
                .error("unconfirmed-source", status.span, message)
                .help("confirm the source, or write `status = \"memory\"`"),
        );
    }
}

/// What the strings under a key refer to.
fn target(kind: Kind, key: &str) -> Option<(Target, &'static str)> {
    match (kind, key) {
        (Kind::Source, _) => None,
        (_, "source" | "sources") => Some((Target::Source, "source")),
        (_, "carries") => Some((Target::Statement, "statement of a source")),
        (_, "pivotal" | "studied") => Some((Target::Trial, "trial")),
        (Kind::Regimen, "medicines" | "one-of") | (Kind::Guidance, "medicines") => {
            Some((Target::Medicine, "medicine"))
        }
        (Kind::Regimen, "superseded-by") => Some((Target::Indication, "indication")),
        _ => None,
    }
}

fn check_cites(entry: &Entry, problems: &mut Vec<Diagnostic>) {
    let (what, needs) = match &entry.body {
        Some(Body::Criterion(criterion)) => ("criterion", criterion.sources.is_empty()),
        Some(Body::Medicine(_)) => ("medicine", true),
        Some(Body::LineRule(rule)) => ("rule", rule.sources.is_empty()),
        Some(Body::Question(question)) => ("question", question.sources.is_empty()),
        Some(Body::Regimen(regimen)) => {
            if regimen.indications.is_empty() {
                let message = "a regimen without indications has nothing to judge";
                problems.push(entry.error("no-indication", entry.head.span("id"), message));
            }
            ("regimen", true)
        }
        Some(
            Body::Sources(_)
            | Body::Fact(_)
            | Body::Table(_)
            | Body::Guidance(_)
            | Body::Trial(_)
            | Body::Terms(_)
            | Body::Wording(_),
        )
        | None => return,
    };
    let cites = |key: &str| entry.head.texts.iter().any(|text| text.key == key);
    if needs && !cites("source") && !cites("sources") {
        let message = format!("this {what} cites no source");
        problems.push(
            entry
                .error("no-source", entry.head.span("id"), message)
                .help("give what it says a `source`"),
        );
    }
}

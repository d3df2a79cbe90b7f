//! Questions to a person: what they name is there, and what their answers tell can be read as a chart.

use crate::base::{Base, Target};
use crate::body::Body;
use crate::entry::Entry;
use crate::kind::Kind;
use waymark_criteria::{Diagnostic, Severity};
use waymark_engine::Bundle;
use waymark_engine::bundle::{AnswerForm, Question};
use waymark_engine::chart::written;

fn questions(base: &Base) -> impl Iterator<Item = (&Entry, &Question)> {
    base.of(Kind::Question)
        .filter_map(|entry| match &entry.body {
            Some(Body::Question(question)) => Some((entry, &**question)),
            _ => None,
        })
}

pub(super) fn check(base: &Base, problems: &mut Vec<Diagnostic>) {
    for (entry, question) in questions(base) {
        let unresolved = |path: String, target: Target, id: &str| {
            if base.has(target, id) {
                return None;
            }
            let message = format!("nothing has the id `{id}`");
            let problem = entry.error("unresolved", entry.head.span(&path), message);
            Some(match base.nearest(&[target], id) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem,
            })
        };
        for (position, fact) in question.settles.iter().enumerate() {
            problems.extend(unresolved(
                format!("settles.{position}"),
                Target::Fact,
                fact,
            ));
        }
        for (place, group) in question.groups.iter().enumerate() {
            for (position, medicine) in group.medicines.iter().enumerate() {
                let path = format!("groups.{place}.medicines.{position}");
                problems.extend(unresolved(path, Target::Medicine, medicine));
            }
        }
        for (place, answer) in question.answers.iter().enumerate() {
            let kinds = answer.leaves_open.iter().enumerate();
            let kinds = kinds.filter(|(_, id)| !base.manifest.classes.contains(id));
            for (position, medicine) in kinds {
                let path = format!("answers.{place}.leaves-open.{position}");
                problems.extend(unresolved(path, Target::Medicine, medicine));
            }
        }
        for (position, after) in question.only_after.iter().enumerate() {
            let path = format!("only-after.{position}.question");
            problems.extend(unresolved(path.clone(), Target::Question, &after.question));
            let earlier = questions(base).find(|(_, it)| it.id == after.question);
            let Some((_, earlier)) = earlier else {
                continue;
            };
            for id in after.any_of.iter().chain(&after.none_of) {
                if !earlier.answers.iter().any(|answer| answer.id == *id) {
                    let message = format!("`{id}` is no answer to `{}`", after.question);
                    problems.push(entry.error("unresolved", entry.head.span(&path), message));
                }
            }
            if earlier.order >= question.order {
                let message = format!("`{}` is not asked before this", after.question);
                problems.push(entry.error("bad-order", entry.head.span(&path), message));
            }
        }
        let listed = !question.answers.is_empty();
        let wants = match question.answer {
            AnswerForm::One | AnswerForm::Any | AnswerForm::UpToThree => listed,
            AnswerForm::Treatments => !question.groups.is_empty(),
        };
        if !wants {
            let message = "this question has no answers";
            problems.push(entry.error("no-answers", entry.head.span("answer"), message));
        }
    }
}

/// Every line that an answer tells is one that the reader of charts understands.
pub(super) fn check_charts(base: &Base, bundle: &Bundle, problems: &mut Vec<Diagnostic>) {
    // A line may name what could not be read, and that was said where it stands.
    if problems.iter().any(|it| it.severity == Severity::Error) {
        return;
    }
    for (entry, question) in questions(base) {
        let answers = question.answers.iter().enumerate();
        let answers = answers.map(|(at, answer)| (format!("answers.{at}.chart"), &answer.chart));
        let groups = question
            .groups
            .iter()
            .enumerate()
            .filter_map(|(at, group)| {
                let alone = group.kind_alone.as_ref()?;
                Some((format!("groups.{at}.kind-alone.chart"), &alone.chart))
            });
        for (path, lines) in answers.chain(groups) {
            for (position, line) in lines.iter().enumerate() {
                let Err(found) = written::read(&format!("chart 1\n{line}\n"), bundle) else {
                    continue;
                };
                let span = entry.head.span(&format!("{path}.{position}"));
                problems.extend(found.into_iter().map(|problem| Diagnostic {
                    place: entry.path.clone(),
                    span: Some(span),
                    ..problem
                }));
            }
        }
    }
}

//! Questions to a person: what they name is there, and what their answers tell can be read as a chart.

use crate::base::{Base, Target};
use crate::body::Body;
use crate::entry::Entry;
use crate::kind::Kind;
use waymark_criteria::{Diagnostic, Severity, Truth};
use waymark_engine::Bundle;
use waymark_engine::bundle::{AnswerForm, Question, Tells};
use waymark_engine::chart::{Event, written};

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
        problems.extend(own(entry, question));
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

/// What a question names of its own: rows, answers that tell something together, answers of earlier versions.
fn own(entry: &Entry, question: &Question) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut wrong = |path: String, code: &'static str, message: String| {
        problems.push(entry.error(code, entry.head.span(&path), message));
    };
    let answer = |id: &String| question.answers.iter().find(|answer| answer.id == *id);
    for (place, answer) in question.answers.iter().enumerate() {
        let path = format!("answers.{place}.row");
        match &answer.row {
            Some(row) if !question.rows.iter().any(|it| it.id == *row) => {
                wrong(path, "unresolved", format!("no row has the id `{row}`"));
            }
            Some(_) if question.answer != AnswerForm::Any => {
                let message = "rows belong to a question with `answer = \"any\"`";
                wrong(path, "bad-row", message.to_owned());
            }
            Some(_) | None => {}
        }
    }
    for (place, row) in question.rows.iter().enumerate() {
        let of_row = question.answers.iter();
        let mut of_row = of_row.filter(|answer| answer.row.as_ref() == Some(&row.id));
        if !of_row.any(|answer| answer.tells == Tells::Unknown) {
            let message = format!("the row `{}` has no answer for who does not know", row.id);
            wrong(format!("rows.{place}.id"), "bad-row", message);
        }
    }
    for (place, together) in question.together.iter().enumerate() {
        for id in together.answers.iter().filter(|id| answer(id).is_none()) {
            let path = format!("together.{place}.answers");
            wrong(
                path,
                "unresolved",
                format!("`{id}` is no answer to this question"),
            );
        }
    }
    for (place, retired) in question.retired.iter().enumerate() {
        let path = |field: &str| format!("retired.{place}.{field}");
        if answer(&retired.id).is_some() {
            let message = format!("`{}` is offered again: its id stays retired", retired.id);
            wrong(path("id"), "bad-answer", message);
        }
        for (field, ids) in [
            ("becomes", &retired.becomes),
            ("beside-any-of", &retired.beside_any_of),
            ("beside-none-of", &retired.beside_none_of),
        ] {
            for id in ids.iter().filter(|id| answer(id).is_none()) {
                wrong(
                    path(field),
                    "unresolved",
                    format!("`{id}` is no answer to this question"),
                );
            }
        }
    }
    problems
}

/// Every line that an answer tells is one that the reader of charts understands.
pub(super) fn check_charts(base: &Base, bundle: &Bundle, problems: &mut Vec<Diagnostic>) {
    // A line may name what could not be read, and that was said where it stands.
    if problems.iter().any(|it| it.severity == Severity::Error) {
        return;
    }
    for (entry, question) in questions(base) {
        for (at, answer) in question.answers.iter().enumerate() {
            let text = format!("chart 1\n{}\n", answer.chart.join("\n"));
            let not_told = matches!(answer.tells, Tells::Unknown | Tells::Unsaid);
            let perhaps =
                |event: &Event| matches!(event, Event::Earlier(it) if it.given == Truth::Unknown);
            if not_told
                && let Ok(chart) = written::read(&text, bundle)
                && (chart.record.is_some() || !chart.entries.iter().all(|it| perhaps(&it.event)))
            {
                let message = "who does not know, or does not say, tells at most `perhaps`";
                let span = entry.head.span(&format!("answers.{at}.chart"));
                problems.push(entry.error("bad-answer", span, message));
            }
        }
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
        let together = question.together.iter().enumerate();
        let together = together.map(|(at, it)| (format!("together.{at}.chart"), &it.chart));
        for (path, lines) in answers.chain(groups).chain(together) {
            for (position, line) in lines.iter().enumerate() {
                let span = entry.head.span(&format!("{path}.{position}"));
                let Err(found) = written::read(&format!("chart 1\n{line}\n"), bundle) else {
                    if bundle.line(line).is_none() {
                        let message = "a line that an answer tells says one thing: an entry, the birth, the sex, or what a silence means";
                        problems.push(entry.error("bad-answer", span, message));
                    }
                    continue;
                };
                problems.extend(found.into_iter().map(|problem| Diagnostic {
                    place: entry.path.clone(),
                    span: Some(span),
                    ..problem
                }));
            }
        }
    }
}

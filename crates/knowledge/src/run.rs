//! Cases, tried with the same program that ships.

use crate::base::Base;
use crate::body::Body;
use crate::case::{self, Case};
use crate::entry::Entry;
use crate::kind::Kind;
use std::collections::BTreeSet;
use waymark_criteria::{
    Bounds, Diagnostic, Evaluation, Explanation, NodeId, Op, Program, Truth, Value, Values, explain,
};
use waymark_engine::Bundle;
use waymark_engine::bundle::name;

/// A case and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseResult {
    /// The case.
    pub case: Case,
    /// What came out; none when the definition itself is in error.
    pub got: Option<Got>,
    /// Whether that is what the case expects.
    pub passed: bool,
    /// Why, criterion by criterion: one line each, indented by depth.
    pub explanation: String,
}

/// What came out of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Got {
    /// The truth.
    pub truth: Truth,
    /// The criteria that are not met, sorted.
    pub unmet: Vec<String>,
    /// The facts that keep it unknown, sorted.
    pub missing: Vec<String>,
}

/// The word of a case for a truth.
#[must_use]
pub(crate) fn word(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "met",
        Truth::False => "not-met",
        Truth::Unknown => "unknown",
    }
}

/// Runs every case of every file.
pub(crate) fn run(base: &Base, bundle: &Bundle, problems: &mut Vec<Diagnostic>) -> Vec<CaseResult> {
    let mut results = Vec::new();
    let tried = |entry: &&Entry| entry.kind != Some(Kind::Table);
    for entry in base.entries.iter().filter(tried) {
        for case in case::read(base, entry, bundle.schema(), problems) {
            let result = run_case(bundle, entry, case, problems);
            results.push(result);
        }
    }
    results
}

fn run_case(
    bundle: &Bundle,
    entry: &Entry,
    case: Case,
    problems: &mut Vec<Diagnostic>,
) -> CaseResult {
    let program = bundle.program();
    let values = values(bundle, &case);
    let evaluation = program.evaluate(&values);
    if !case.of.starts_with("constraint ") {
        for constraint in bundle.constraints() {
            if evaluation.truth(*constraint) == Truth::False {
                let broken = program.name_of(*constraint).unwrap_or_default();
                let message = format!("no patient can have these facts: `{broken}` is broken");
                let problem = entry.error("impossible-patient", case.span, message);
                problems.push(problem.help(text_of(program, &evaluation, *constraint)));
            }
        }
    }
    let Some(subject) = Subject::of(entry, program, &case.of) else {
        return CaseResult {
            case,
            got: None,
            passed: false,
            explanation: String::new(),
        };
    };
    let got = subject.judge(bundle, &values, &evaluation);
    let fits = |asked: &Option<Vec<String>>, got: &[String]| {
        asked.as_ref().is_none_or(|asked| asked.as_slice() == got)
    };
    let passed = got.truth == case.expect.truth
        && fits(&case.expect.unmet, &got.unmet)
        && fits(&case.expect.missing, &got.missing);
    let explanation = subject.explanation(program, &evaluation);
    if !passed {
        let message = format!("case `{}`: {}", case.title, difference(&case, &got));
        let help = "`waymark kb test` shows why, criterion by criterion";
        problems.push(entry.error("case-failed", case.span, message).help(help));
    }
    CaseResult {
        case,
        got: Some(got),
        passed,
        explanation,
    }
}

/// The values of a case's facts.
fn values(bundle: &Bundle, case: &Case) -> Values {
    let mut values = Values::unknown(bundle.schema());
    for (id, value) in &case.facts {
        if let Some(index) = bundle.schema().find(id) {
            values.set(index, *value);
        }
    }
    let day = Value::Bounds(Bounds::exact(case.as_of.to_days()));
    values.set(bundle.as_of(), day);
    values
}

fn difference(case: &Case, got: &Got) -> String {
    let list = |ids: &[String]| format!("[{}]", ids.join(", "));
    if got.truth != case.expect.truth {
        let mut text = format!(
            "expected {}, got {}",
            word(case.expect.truth),
            word(got.truth)
        );
        if !got.unmet.is_empty() {
            text += &format!(", unmet {}", list(&got.unmet));
        }
        if !got.missing.is_empty() {
            text += &format!(", missing {}", list(&got.missing));
        }
        return text;
    }
    let mut parts = Vec::new();
    let asked = [
        ("unmet", &case.expect.unmet, &got.unmet),
        ("missing", &case.expect.missing, &got.missing),
    ];
    for (what, expected, got) in asked {
        if let Some(expected) = expected.as_ref().filter(|expected| *expected != got) {
            parts.push(format!(
                "expected {what} {}, got {}",
                list(expected),
                list(got)
            ));
        }
    }
    parts.join("; ")
}

/// What a case tries: a definition, and with it the in-force test of an indication, position, caution or piece of
/// guidance.
struct Subject {
    in_force: Option<(String, NodeId)>,
    root: NodeId,
}

impl Subject {
    fn of(entry: &Entry, program: &Program, id: &str) -> Option<Subject> {
        let root = program.root(id)?;
        let dated = match &entry.body {
            Some(Body::Regimen(_) | Body::Medicine(_) | Body::Guidance(_)) => {
                let test = name::in_force(id);
                program.root(&test).map(|node| (test, node))
            }
            _ => None,
        };
        let in_force = dated;
        Some(Subject { in_force, root })
    }

    fn judge(&self, bundle: &Bundle, values: &Values, evaluation: &Evaluation) -> Got {
        let program = bundle.program();
        let mut truth = evaluation.truth(self.root);
        let mut unmet = BTreeSet::new();
        let mut missing = BTreeSet::new();
        if let Some((test, node)) = &self.in_force {
            let in_force = evaluation.truth(*node);
            truth = truth.and(in_force);
            if in_force == Truth::False {
                unmet.insert(test.clone());
            }
        }
        for node in program.conjuncts(self.root) {
            if evaluation.truth(node) == Truth::False {
                unmet.insert(called(program, evaluation, node));
            }
        }
        if truth == Truth::Unknown {
            let facts = program.missing(evaluation, values, self.root);
            let ids = facts.into_iter().map(|fact| bundle.fact(fact).id.clone());
            missing.extend(ids);
        }
        Got {
            truth,
            unmet: unmet.into_iter().collect(),
            missing: missing.into_iter().collect(),
        }
    }

    fn explanation(&self, program: &Program, evaluation: &Evaluation) -> String {
        let nodes = self.in_force.iter().map(|(_, node)| *node);
        let mut text = String::new();
        for node in nodes.chain([self.root]) {
            describe(&explain::explain(program, evaluation, node), 0, &mut text);
        }
        text
    }
}

/// The name of a node, or its text where it has none.
pub(crate) fn called(program: &Program, evaluation: &Evaluation, node: NodeId) -> String {
    match program.name_of(node) {
        Some(name) => name.to_owned(),
        None => text_of(program, evaluation, node),
    }
}

fn text_of(program: &Program, evaluation: &Evaluation, node: NodeId) -> String {
    explain::explain(program, evaluation, node).text.to_owned()
}

fn describe(node: &Explanation<'_>, depth: usize, text: &mut String) {
    let what = match (node.name, node.op) {
        (Some(name), _) => name,
        (None, Op::All) => "all of",
        (None, Op::Any) => "any of",
        (None, Op::Not) => "not",
        (None, Op::Test) => node.text,
    };
    let indent = "  ".repeat(depth);
    text.push_str(&format!("{indent}{}: {what}\n", node.truth.word()));
    for child in &node.children {
        describe(child, depth + 1, text);
    }
}

//! The conformance cases of CQL on the constant evaluator. Every case of an admitted chapter, and every other case that
//! is answered at all, passes or is listed in `spec/conformance.toml`; what is not run is never counted as passed.

use roxmltree::{Document, Node};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use waymark_criteria::Diagnostic;
use waymark_criteria::constant::{Constant, evaluate};
use waymark_criteria::syntax::parse_expression;

/// The chapters that the grammar admits; the first three without any exclusion for a bug.
const CHAPTERS: [&str; 5] = [
    "CqlLogicalOperatorsTest",
    "CqlNullologicalOperatorsTest",
    "CqlConditionalOperatorsTest",
    "CqlComparisonOperatorsTest",
    "CqlDateTimeOperatorsTest",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Spec {
    excluded: Vec<Exclusion>,
    not_run: Vec<NotRun>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exclusion {
    id: String,
    #[serde(rename = "type")]
    ty: Type,
    reason: String,
    clause: Option<String>,
    expected: String,
    outcome: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotRun {
    file: String,
    reason: String,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
enum Type {
    #[serde(rename = "outside the subset")]
    Outside,
    #[serde(rename = "deliberate departure")]
    Departure,
    #[serde(rename = "suite in error")]
    Suite,
    #[serde(rename = "bug")]
    Bug,
}

struct Case {
    id: String,
    expression: String,
    /// Nothing when an error is expected.
    expected: Option<String>,
}

/// What an expression gives: a value, or the code of the error.
#[derive(Clone, PartialEq, Eq)]
enum Outcome {
    Value(Constant),
    Error(&'static str),
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Value(value) => write!(f, "{value:?}"),
            Outcome::Error(code) => write!(f, "error {code}"),
        }
    }
}

fn outcome(text: &str) -> Outcome {
    let (expr, problems) = parse_expression(text);
    let problem = problems.into_iter().next();
    match problem.map_or_else(|| evaluate(&expr), Err::<Constant, Diagnostic>) {
        Ok(value) => Outcome::Value(value),
        Err(problem) => Outcome::Error(problem.code),
    }
}

/// Values of the same type and precision, which is stricter than `~`. The suite writes an uncertainty as an interval.
fn same(found: &Outcome, expected: &Outcome) -> bool {
    if let (
        Outcome::Value(Constant::Uncertain { low, high }),
        Outcome::Value(Constant::Interval {
            low: least,
            high: most,
            low_closed: true,
            high_closed: true,
        }),
    ) = (found, expected)
    {
        return (&Constant::Integer(*low), &Constant::Integer(*high)) == (&**least, &**most);
    }
    found == expected
}

/// An error passes where one is expected, unless it says that the construct was not evaluated at all.
fn passes(case: &Case, found: &Outcome) -> bool {
    match (&case.expected, found) {
        (None, Outcome::Error(code)) => *code != "unsupported",
        (None, Outcome::Value(_)) | (Some(_), Outcome::Error(_)) => false,
        (Some(expected), found) => same(found, &outcome(expected)),
    }
}

/// The text of a file in XML.
fn read(file: &Path) -> Result<String, String> {
    std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

fn tree(text: &str) -> Result<Document<'_>, String> {
    Document::parse(text).map_err(|error| error.to_string())
}

fn named<'a, 'x>(
    nodes: impl Iterator<Item = Node<'a, 'x>>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'x>>
where
    'x: 'a,
{
    nodes.filter(move |node| node.tag_name().name() == name)
}

fn cases(file: &Path) -> Result<Vec<Case>, String> {
    let text = read(file)?;
    let document = tree(&text)?;
    let chapter = file.file_stem().unwrap_or_default().to_string_lossy();
    let name = |node: Node<'_, '_>| node.attribute("name").unwrap_or_default().to_owned();
    let words = |node: Node<'_, '_>| node.text().unwrap_or_default().trim().to_owned();
    let mut cases = Vec::new();
    for test in named(document.descendants(), "test") {
        let group = test.parent().map(name).unwrap_or_default();
        let id = format!("{chapter}/{group}/{}", name(test));
        let expression = named(test.children(), "expression").next();
        let expression = expression.ok_or_else(|| format!("{id} has no expression"))?;
        let invalid = !matches!(expression.attribute("invalid"), None | Some("false"));
        let mut outputs: Vec<String> = named(test.children(), "output").map(words).collect();
        if invalid {
            outputs.clear();
        } else if outputs.len() != 1 {
            return Err(format!("{id} has {} outputs", outputs.len()));
        }
        cases.push(Case {
            expression: words(expression),
            expected: outputs.pop(),
            id,
        });
    }
    Ok(cases)
}

/// Passed, excluded by type, and all.
#[derive(Default)]
struct Count {
    passed: usize,
    excluded: BTreeMap<Type, usize>,
    total: usize,
}

impl Count {
    fn row(&self, name: &str, table: &mut String) {
        let of = |ty| self.excluded.get(&ty).copied().unwrap_or(0);
        let share = self.passed * 1_000 / self.total.max(1);
        let _ = writeln!(
            table,
            "{name:<32}{:>7}{:>9}{:>11}{:>7}{:>5}{:>7}{:>6}.{} %",
            self.passed,
            of(Type::Outside),
            of(Type::Departure),
            of(Type::Suite),
            of(Type::Bug),
            self.total,
            share / 10,
            share % 10,
        );
    }

    fn add(&mut self, other: &Count) {
        self.passed += other.passed;
        self.total += other.total;
        for (ty, count) in &other.excluded {
            *self.excluded.entry(*ty).or_default() += count;
        }
    }
}

fn judge(
    case: &Case,
    exclusion: Option<&Exclusion>,
    count: &mut Count,
    problems: &mut Vec<String>,
) {
    count.total += 1;
    let found = outcome(&case.expression);
    let passed = passes(case, &found);
    let (id, text) = (&case.id, &case.expression);
    let expected = case.expected.as_deref().unwrap_or("invalid");
    let Some(exclusion) = exclusion else {
        if passed {
            count.passed += 1;
        } else {
            problems.push(format!("{id}: `{text}` gives {found}, not {expected}"));
        }
        return;
    };
    *count.excluded.entry(exclusion.ty).or_default() += 1;
    if passed {
        problems.push(format!("{id} passes: remove it from spec/conformance.toml"));
    }
    if exclusion.expected != expected {
        let listed = &exclusion.expected;
        problems.push(format!(
            "{id}: the suite expects {expected}, listed is {listed}"
        ));
    }
    let listed = match (exclusion.outcome.strip_prefix("error "), &found) {
        (Some(code), Outcome::Error(found)) => code == *found,
        (None, Outcome::Value(_)) => same(&found, &outcome(&exclusion.outcome)),
        (Some(_), Outcome::Value(_)) | (None, Outcome::Error(_)) => false,
    };
    if !listed {
        let listed = &exclusion.outcome;
        problems.push(format!("{id} gives {found}, listed is {listed}"));
    }
}

fn check_list(spec: &Spec, problems: &mut Vec<String>) {
    let mut seen = std::collections::BTreeSet::new();
    for exclusion in &spec.excluded {
        let id = &exclusion.id;
        if !seen.insert(id) {
            problems.push(format!("{id} is listed twice"));
        }
        if exclusion.reason.trim().is_empty() {
            problems.push(format!("{id} has no reason"));
        }
        if exclusion.clause.is_some() != (exclusion.ty == Type::Departure) {
            problems.push(format!(
                "{id}: a deliberate departure, and it alone, names a clause"
            ));
        }
        let strict = CHAPTERS[..3].iter().any(|chapter| id.starts_with(chapter));
        if strict && exclusion.ty == Type::Bug {
            problems.push(format!("{id}: no bug may be excluded in this chapter"));
        }
    }
}

#[test]
fn every_case_passes_or_is_listed() {
    let text = std::fs::read_to_string(waymark_testsuite::root().join("spec/conformance.toml"))
        .expect("the list of exclusions");
    let spec: Spec = toml::from_str(&text).expect("a list of this shape");
    let mut problems = Vec::new();
    check_list(&spec, &mut problems);
    let Some(data) = waymark_testsuite::shared_data() else {
        assert!(problems.is_empty(), "{}", problems.join("\n"));
        return;
    };

    let excluded: BTreeMap<&str, &Exclusion> = spec
        .excluded
        .iter()
        .map(|exclusion| (exclusion.id.as_str(), exclusion))
        .collect();
    let mut unused = excluded.clone();
    let mut table = format!(
        "CQL conformance{:>24}{:>9}{:>11}{:>7}{:>5}{:>7}{:>10}\n",
        "passed", "outside", "departure", "suite", "bug", "total", "share"
    );
    let (mut run, mut all) = (Count::default(), 0);
    let mut not_run: BTreeMap<&str, &str> = spec
        .not_run
        .iter()
        .map(|file| (file.file.as_str(), file.reason.as_str()))
        .collect();
    let (mut others, mut left_out) = (Count::default(), String::new());
    for file in waymark_testsuite::files(&data.join("cql-tests"), ".xml") {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let chapter = name.trim_end_matches(".xml");
        let admitted = CHAPTERS.contains(&chapter);
        let (mut count, mut silent) = (Count::default(), 0);
        for case in cases(&file).expect("a chapter of cases") {
            unused.remove(case.id.as_str());
            let exclusion = excluded.get(case.id.as_str()).copied();
            let answered = matches!(outcome(&case.expression), Outcome::Value(_));
            if admitted || answered {
                judge(&case, exclusion, &mut count, &mut problems);
            } else {
                silent += 1;
            }
        }
        all += count.total + silent;
        if !admitted {
            others.add(&count);
            match not_run.remove(&*name) {
                Some(reason) => {
                    let _ = writeln!(left_out, "not run: {chapter}, {silent} cases: {reason}");
                }
                None => problems.push(format!("{name} is neither run nor listed as not run")),
            }
            continue;
        }
        count.row(chapter, &mut table);
        run.add(&count);
    }
    run.row("admitted chapters", &mut table);
    others.row("answered in other chapters", &mut table);
    run.add(&others);
    let share = run.passed * 1_000 / all.max(1);
    let _ = writeln!(
        table,
        "{} of all {all} cases of the suite passed ({}.{} %)",
        run.passed,
        share / 10,
        share % 10
    );
    problems.extend(
        unused
            .keys()
            .map(|id| format!("{id} is listed, but no case has that name")),
    );
    problems.extend(
        not_run
            .keys()
            .map(|file| format!("{file} is listed, but is not there")),
    );

    // Written to the handle itself: what the print macros write is hidden in a passing test.
    let _ = write!(std::io::stderr(), "{table}{left_out}");
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

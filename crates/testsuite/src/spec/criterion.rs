//! Blocks that evaluate: criteria with their answers, truth tables, thresholds, in-force tests, explanations.

use super::page::Block;
use super::{Checked, Context, Problem, render, values};
use waymark_criteria::{Compiler, DateBounds, Diagnostic, FactType, Program, Truth, Values};

/// The name under which a criterion without `define` is compiled.
const UNNAMED: &str = "this criterion";

/// A line `given => expected` of a block.
struct Check<'t> {
    line: usize,
    given: &'t str,
    expected: &'t str,
}

impl<'t> Check<'t> {
    fn read(line: usize, text: &'t str) -> Result<Self, Problem> {
        match text.split_once("=>") {
            Some((given, expected)) => Ok(Check {
                line,
                given: given.trim(),
                expected: expected.trim(),
            }),
            None => Err(Problem::new(line, format!("`{text}` has no `=>`"))),
        }
    }
}

/// A text that may be one expression, as definitions; and how many bytes were put before it.
pub(super) fn as_definitions(text: &str) -> (String, usize) {
    const STATEMENTS: [&str; 9] = [
        "define ",
        "library ",
        "using ",
        "include ",
        "valueset ",
        "codesystem ",
        "parameter ",
        "context ",
        "/*",
    ];
    if STATEMENTS.iter().any(|word| text.starts_with(word)) {
        return (text.to_owned(), 0);
    }
    let head = format!("define \"{UNNAMED}\": ");
    (format!("{head}{text}"), head.len())
}

/// Checks that begin with `//`, and the text above them.
fn commented(block: &Block) -> Result<(String, Vec<Check<'_>>), Vec<Problem>> {
    let (mut text, mut checks) = (String::new(), Vec::new());
    for (index, line) in block.lines.iter().enumerate() {
        match line.strip_prefix("//") {
            Some(rest) => checks.push(Check::read(block.at(index), rest).map_err(|one| vec![one])?),
            None if checks.is_empty() => text.push_str(&format!("{line}\n")),
            None => {
                return Err(vec![Problem::new(
                    block.at(index),
                    "text below the answers",
                )]);
            }
        }
    }
    if checks.is_empty() {
        return Err(vec![Problem::new(block.line, "the block asks nothing")]);
    }
    Ok((text, checks))
}

fn listed(errors: &[Diagnostic]) -> String {
    let lines: Vec<String> = errors
        .iter()
        .map(|error| format!("{}: {}", error.code, error.message))
        .collect();
    lines.join("; ")
}

fn all(problems: Vec<Problem>, checks: usize) -> Checked {
    if problems.is_empty() {
        Ok(checks)
    } else {
        Err(problems)
    }
}

impl Context<'_> {
    /// The program of a text, and the names that it defines in order.
    fn compile(&self, line: usize, text: &str) -> Result<(Program, Vec<String>), Vec<Problem>> {
        let (text, _) = as_definitions(text);
        let mut compiler = Compiler::new(&self.schema);
        let names = compiler.add_text("", &text);
        match compiler.finish() {
            Ok(program) => Ok((program, names)),
            Err(errors) => Err(vec![Problem::new(line, listed(&errors))]),
        }
    }

    fn values(&self, line: usize, text: &str) -> Result<Values, Problem> {
        values::values(&self.schema, text).map_err(|message| Problem::new(line, message))
    }

    /// The truth of a definition, and for an unknown one what is missing.
    fn answer(&self, program: &Program, name: &str, given: &Values) -> String {
        let Some(root) = program.root(name) else {
            return format!("no definition `{name}`");
        };
        let evaluation = program.evaluate(given);
        let truth = evaluation.truth(root);
        if program.truth_of(given, root) != truth {
            return format!("two different answers for `{name}`");
        }
        let missing = program.missing(&evaluation, given, root);
        let missing: Vec<&str> = missing
            .iter()
            .map(|fact| self.schema.fact(*fact).id.as_str())
            .collect();
        match (truth, &missing[..]) {
            (Truth::True | Truth::False, []) => truth.word().to_owned(),
            (_, []) => format!("{}, missing nothing", truth.word()),
            _ => format!("{}, missing {}", truth.word(), missing.join(", ")),
        }
    }

    /// A criterion, then `// given => answer` lines. With several definitions the last one is asked, or the one that a
    /// line names before a colon. Formatting the text first must change no answer.
    pub(super) fn criterion(&self, block: &Block) -> Checked {
        let (text, checks) = commented(block)?;
        let (program, names) = self.compile(block.line, &text)?;
        let formatted = waymark_criteria::format(&as_definitions(&text).0)
            .map_err(|errors| vec![Problem::new(block.line, listed(&errors))])?;
        let (again, _) = self.compile(block.line, &formatted)?;
        let mut problems = Vec::new();
        for check in &checks {
            let (name, given) = match check
                .given
                .strip_prefix('"')
                .and_then(|rest| rest.split_once("\":"))
            {
                Some((name, given)) => (name, given.trim()),
                None => (
                    names.last().map(String::as_str).unwrap_or_default(),
                    check.given,
                ),
            };
            match self.values(check.line, given) {
                Err(problem) => problems.push(problem),
                Ok(given) => {
                    for program in [&program, &again] {
                        let got = self.answer(program, name, &given);
                        if got != check.expected {
                            problems.push(Problem::differs(check.line, check.expected, &got));
                            break;
                        }
                    }
                }
            }
        }
        all(problems, checks.len())
    }

    /// A truth table: the operator and the right sides above, the left sides before the rows. Every cell is evaluated
    /// with literals, and with the first two boolean facts of the page.
    pub(super) fn table(&self, block: &Block) -> Checked {
        let mut rows = block.lines.iter().enumerate().map(|(index, line)| {
            (
                block.at(index),
                line.split_whitespace().collect::<Vec<&str>>(),
            )
        });
        let Some((line, header)) = rows.next() else {
            return Err(vec![Problem::new(block.line, "the table is empty")]);
        };
        let Some((operator, columns)) = header.split_first() else {
            return Err(vec![Problem::new(line, "the table has no operator")]);
        };
        const WORDS: [&str; 3] = ["true", "false", "unknown"];
        let mut problems = Vec::new();
        let mut seen = Vec::new();
        let mut checks = 0;
        for (line, row) in rows {
            let (left, answers) = match row.split_first() {
                Some((left, answers)) if WORDS.contains(left) => (*left, answers),
                _ => {
                    problems.push(Problem::new(line, "a row begins with a truth"));
                    continue;
                }
            };
            seen.push(left);
            let rights: Vec<Option<&str>> = if columns.is_empty() {
                vec![None]
            } else {
                columns.iter().copied().map(Some).collect()
            };
            if answers.len() != rights.len() {
                problems.push(Problem::new(line, "a row has an answer for each column"));
                continue;
            }
            for (right, answer) in rights.iter().zip(answers) {
                for got in self.cell(operator, left, *right) {
                    checks += 1;
                    if got != *answer {
                        let what =
                            format!("{answer} for {left} {operator} {}", right.unwrap_or(""));
                        problems.push(Problem::differs(line, &what, &got));
                    }
                }
            }
        }
        if seen != WORDS || (!columns.is_empty() && columns != WORDS) {
            problems.push(Problem::new(
                block.line,
                "a table has a row and a column for true, false and unknown, in this order",
            ));
        }
        all(problems, checks)
    }

    fn cell(&self, operator: &str, left: &str, right: Option<&str>) -> Vec<String> {
        let literal = |word: &str| if word == "unknown" { "null" } else { word }.to_owned();
        let facts: Vec<&str> = self
            .schema
            .facts()
            .iter()
            .filter(|fact| fact.ty == FactType::Boolean)
            .map(|fact| fact.id.as_str())
            .collect();
        let [one, other, ..] = facts[..] else {
            return vec!["no two boolean facts on the page".to_owned()];
        };
        let expression = |left: String, right: Option<String>| match right {
            Some(right) => format!("{left} {operator} {right}"),
            None => format!("{operator} {left}"),
        };
        let quoted = |name: &str| format!("\"{name}\"");
        let given = match right {
            Some(right) => format!("{one} = {left}, {other} = {right}"),
            None => format!("{one} = {left}"),
        };
        [
            (expression(literal(left), right.map(literal)), "nothing"),
            (
                expression(quoted(one), right.map(|_| quoted(other))),
                &given[..],
            ),
        ]
        .into_iter()
        .map(|(text, given)| {
            let compiled = self.compile(0, &text);
            match (compiled, self.values(0, given)) {
                (Ok((program, _)), Ok(given)) => {
                    let answer = self.answer(&program, UNNAMED, &given);
                    answer.split(',').next().unwrap_or_default().to_owned()
                }
                (Err(problems), _) => problems
                    .into_iter()
                    .map(|problem| problem.message)
                    .collect(),
                (_, Err(problem)) => problem.message,
            }
        })
        .collect()
    }

    /// A criterion above `=>`, the constants at which its answer can change below: `fact: 2, 7`.
    pub(super) fn thresholds(&self, block: &Block) -> Checked {
        let (text, expected) = block.halves()?;
        let (program, _) = self.compile(block.line, &text)?;
        let mut got = String::new();
        for index in self.schema.indices() {
            let fact = self.schema.fact(index);
            let found: Vec<String> = program
                .thresholds(index)
                .into_iter()
                .map(|value| values::constant(fact.ty, value))
                .collect();
            if !found.is_empty() {
                got.push_str(&format!("{}: {}\n", fact.id, found.join(", ")));
            }
        }
        if got == expected {
            Ok(expected.lines().count())
        } else {
            Err(vec![Problem::differs(block.line, &expected, &got)])
        }
    }

    /// Definitions and one `// given` line above `=>`, the tree of the last definition below.
    pub(super) fn explanation(&self, block: &Block) -> Checked {
        let (above, expected) = block.halves()?;
        let (mut text, mut given) = (String::new(), None);
        for line in above.lines() {
            match line.strip_prefix("//") {
                Some(rest) => given = Some(rest.trim().to_owned()),
                None => text.push_str(&format!("{line}\n")),
            }
        }
        let Some(given) = given else {
            return Err(vec![Problem::new(
                block.line,
                "the block has no `// given` line",
            )]);
        };
        let given = self.values(block.line, &given).map_err(|one| vec![one])?;
        let (program, names) = self.compile(block.line, &text)?;
        let root = names.last().and_then(|name| program.root(name));
        let Some(root) = root else {
            return Err(vec![Problem::new(block.line, "the block defines nothing")]);
        };
        let explained = waymark_criteria::explain(&program, &program.evaluate(&given), root);
        let got = render::tree(&explained, &self.schema);
        if got == expected {
            Ok(expected.lines().count())
        } else {
            Err(vec![Problem::differs(block.line, &expected, &got)])
        }
    }

    /// `from DATE to DATE` or `from DATE`, then `day => truth` lines, on the first date fact of the page.
    pub(super) fn in_force(&self, block: &Block) -> Checked {
        let broken = |message: &str| vec![Problem::new(block.line, message)];
        let Some(on) = self
            .schema
            .indices()
            .find(|index| self.schema.fact(*index).ty == FactType::Date)
        else {
            return Err(broken("no date fact on the page"));
        };
        let words: Vec<&str> = block
            .lines
            .first()
            .map(|line| line.split_whitespace().collect())
            .unwrap_or_default();
        let (from, to) = match words[..] {
            ["from", from] => (DateBounds::parse(from), None),
            ["from", from, "to", to] => (DateBounds::parse(from), Some(DateBounds::parse(to))),
            _ => (None, None),
        };
        let (Some(from), Some(to)) = (from, to.map_or(Some(None), |to| to.map(Some))) else {
            return Err(broken(
                "the block begins with `from DATE` or `from DATE to DATE`",
            ));
        };
        let mut compiler = Compiler::new(&self.schema);
        compiler.add_in_force(UNNAMED, on, from, to);
        let id = &self.schema.fact(on).id;
        let program = compiler.finish();
        let mut problems = Vec::new();
        for (index, line) in block.lines.iter().enumerate().skip(1) {
            let line_number = block.at(index);
            let check = match Check::read(line_number, line) {
                Ok(check) => check,
                Err(problem) => {
                    problems.push(problem);
                    continue;
                }
            };
            let got = match &program {
                Err(errors) => listed(errors),
                Ok(program) => match self.values(line_number, &format!("{id} = {}", check.given)) {
                    Ok(given) => {
                        let answer = self.answer(program, UNNAMED, &given);
                        answer.split(',').next().unwrap_or_default().to_owned()
                    }
                    Err(problem) => problem.message,
                },
            };
            if got != check.expected {
                problems.push(Problem::differs(line_number, check.expected, &got));
            }
        }
        all(problems, block.lines.len().saturating_sub(1))
    }
}

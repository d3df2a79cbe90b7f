//! The language specification as a test: every fenced block of `spec/*.md` is run.
//!
//! A page is prose with fenced blocks; the word after the fence says what a block claims. `spec/README.md` shows one of
//! each. A block of any other kind, and a section without a block or a reference to the test that holds it, is a
//! failure.

mod criterion;
mod diagnostics;
mod page;
mod record;
mod render;
mod values;

use page::{Block, Page};
use std::collections::BTreeMap;
use std::path::Path;
use waymark_criteria::Schema;
use waymark_criteria::constant::evaluate;
use waymark_criteria::syntax::parse_expression;
use waymark_engine::Bundle;

/// What the blocks of a page are tried on.
struct Context<'b> {
    /// The facts declared so far on the page.
    schema: Schema,
    /// The knowledge that records are read with.
    bundle: &'b Bundle,
}

/// What running pages came to.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Blocks run, by kind.
    pub ran: BTreeMap<String, usize>,
    /// Checks inside them: rows of a table, lines of an expectation.
    pub checks: usize,
    /// What does not hold: `file:line`, what was expected and what came.
    pub failures: Vec<String>,
}

impl Outcome {
    /// The number of blocks run.
    #[must_use]
    pub fn blocks(&self) -> usize {
        self.ran.values().sum()
    }
}

/// Runs the text of one page; `root` is the root of the repository, in which references are looked up.
#[must_use]
pub fn run(name: &str, text: &str, root: &Path, bundle: &Bundle) -> Outcome {
    let page = Page::read(text);
    let mut outcome = Outcome::default();
    let mut context = Context {
        schema: Schema::default(),
        bundle,
    };
    for block in &page.blocks {
        let result = context.run(block);
        *outcome.ran.entry(block.kind.clone()).or_default() += 1;
        match result {
            Ok(checks) => outcome.checks += checks,
            Err(problems) => {
                let at = |line: usize| format!("{name}:{line}");
                outcome.failures.extend(
                    problems
                        .into_iter()
                        .map(|problem| format!("{}: {}", at(problem.line), problem.message)),
                );
            }
        }
    }
    outcome.failures.extend(
        page.problems(root)
            .into_iter()
            .map(|problem| format!("{name}:{}: {}", problem.line, problem.message)),
    );
    outcome
}

/// What is wrong, and in which line of the page.
struct Problem {
    line: usize,
    message: String,
}

impl Problem {
    fn new(line: usize, message: impl Into<String>) -> Self {
        Problem {
            line,
            message: message.into(),
        }
    }

    fn differs(line: usize, expected: &str, got: &str) -> Self {
        Problem::new(line, format!("expected {expected}\n    got {got}"))
    }
}

/// The number of checks that held, or what did not.
type Checked = Result<usize, Vec<Problem>>;

impl Context<'_> {
    fn run(&mut self, block: &Block) -> Checked {
        match block.kind.as_str() {
            "facts" => {
                let (schema, checks) = values::schema(block)?;
                self.schema = schema;
                Ok(checks)
            }
            "cql" => self.criterion(block),
            "standard" => standard(block),
            "table" => self.table(block),
            "thresholds" => self.thresholds(block),
            "explain" => self.explanation(block),
            "in-force" => self.in_force(block),
            "refused" => self.refused(block),
            "format" => format_pair(block),
            "record" => self.record(block),
            other => Err(vec![Problem::new(
                block.line,
                format!("`{other}` is no kind of block"),
            )]),
        }
    }
}

/// Expressions without facts, and the value that CQL itself gives each.
fn standard(block: &Block) -> Checked {
    let value = |line: usize, text: &str| {
        let (tree, problems) = parse_expression(text);
        let value = match problems.into_iter().next() {
            Some(problem) => Err(problem),
            None => evaluate(&tree),
        };
        value.map_err(|problem| {
            Problem::new(line, format!("`{}`: {}", text.trim(), problem.message))
        })
    };
    let mut problems = Vec::new();
    for (index, text) in block.lines.iter().enumerate() {
        let line = block.at(index);
        let Some((asked, expected)) = text.split_once("=>") else {
            problems.push(Problem::new(line, format!("`{text}` has no `=>`")));
            continue;
        };
        match (value(line, asked), value(line, expected)) {
            (Ok(found), Ok(wanted)) if found == wanted => {}
            (Ok(found), Ok(_)) => {
                problems.push(Problem::differs(
                    line,
                    expected.trim(),
                    &format!("{found:?}"),
                ));
            }
            (found, wanted) => problems.extend(found.err().into_iter().chain(wanted.err())),
        }
    }
    if block.lines.is_empty() {
        problems.push(Problem::new(block.line, "the block asks nothing"));
    }
    if problems.is_empty() {
        Ok(block.lines.len())
    } else {
        Err(problems)
    }
}

/// Before and after: the first is brought to the second, and the second stays as it is.
fn format_pair(block: &Block) -> Checked {
    let (before, after) = block.halves()?;
    let mut problems = Vec::new();
    for (text, line) in [(&before, block.line), (&after, block.line)] {
        match waymark_criteria::format(text) {
            Ok(formatted) if formatted == after => {}
            Ok(formatted) => problems.push(Problem::differs(line, &after, &formatted)),
            Err(errors) => problems.push(Problem::new(line, format!("{errors:?}"))),
        }
    }
    if problems.is_empty() {
        Ok(2)
    } else {
        Err(problems)
    }
}

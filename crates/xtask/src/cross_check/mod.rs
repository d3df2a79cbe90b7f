//! The exported CQL on the engines of others: every definition, over sets of facts at its edges, answers as ours does.

mod sets;
mod subject;

use sets::{End, Sets};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use subject::Subject;
use waymark_criteria::{NodeId, Truth, Values};
use waymark_knowledge::{Options, compile, read_dir};

/// Where the runner of the other engines is.
const TOOL: &str = "tools/cross-check";

/// The files of the runner.
const FILES: [&str; 7] = [
    "package.json",
    "package-lock.json",
    "evaluate.mjs",
    "translate.mjs",
    "cql-execution.mjs",
    "cqframework.mjs",
    "system-modelinfo.xml",
];

/// The engines, and of how many sets each is given one: the second takes a sixth of a second for each.
const ENGINES: [(&str, usize); 2] = [("cql-execution", 1), ("cqframework", 24)];

/// Sets of the knowledge base, and of the constructs of the language.
const LEAST: [usize; 2] = [10_000, 1_000];

/// Makes the sets, has them evaluated, and compares.
pub(crate) fn run(root: &Path) -> Result<String, String> {
    let dir = root.join("target/cross-check");
    if let Err(reason) = install(root, &dir) {
        let message = format!("NOT CHECKED by other engines: {reason}");
        return match std::env::var_os("CI") {
            Some(_) => Err(message),
            None => Ok(format!("{message}\n(in CI this is an error)")),
        };
    }
    let tree = read_dir(&root.join("kb")).map_err(|error| format!("kb/ was not read: {error}"))?;
    let bundle = compile(&tree, &Options::default())
        .bundle
        .ok_or("kb/ does not compile; run `waymark kb check`")?;
    let subjects = [Subject::knowledge(&bundle), Subject::constructs()?];
    let mut checks = Vec::new();
    for (subject, least) in subjects.iter().zip(LEAST) {
        let sets = sets::generate(subject, least, 1);
        for (engine, every) in ENGINES {
            let place = dir.join(engine);
            write(subject, &sets, every, &place)?;
        }
        checks.push((subject, sets));
    }
    let mut running = Vec::new();
    for (engine, _) in ENGINES {
        running.push((engine, start(&dir, engine)?));
    }
    for (engine, mut child) in running {
        let status = child
            .wait()
            .map_err(|error| format!("{engine} was lost: {error}"))?;
        if !status.success() {
            return Err(format!("{engine} ended with {status}; see above"));
        }
    }
    let mut report = String::new();
    let mut problems = String::new();
    for (subject, sets) in &checks {
        shares(subject, sets, &mut report, &mut problems);
        for (engine, every) in ENGINES {
            compare(
                subject,
                sets,
                (engine, every),
                &dir,
                &mut report,
                &mut problems,
            )?;
        }
    }
    if problems.is_empty() {
        Ok(report)
    } else {
        Err(format!("{report}\n{problems}"))
    }
}

/// What happened to a file or program.
fn said(what: &str) -> impl Fn(std::io::Error) -> String {
    move |error| format!("{what}: {error}")
}

/// Copies the runner to where its packages may be put, and gets them by its lock file.
fn install(root: &Path, dir: &Path) -> Result<(), String> {
    std::fs::create_dir_all(dir).map_err(said("target/cross-check was not made"))?;
    let lock = "package-lock.json";
    let wanted = std::fs::read(root.join(TOOL).join(lock)).map_err(said(lock))?;
    let have = std::fs::read(dir.join("installed")).unwrap_or_default();
    for file in FILES {
        std::fs::copy(root.join(TOOL).join(file), dir.join(file)).map_err(said(file))?;
    }
    let node = Command::new("node").arg("--version").output();
    node.map_err(said("node did not start"))?;
    if have == wanted {
        return Ok(());
    }
    let npm = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(dir)
        .output()
        .map_err(said("npm did not start"))?;
    if !npm.status.success() {
        let error = String::from_utf8_lossy(&npm.stderr);
        return Err(format!("npm could not get the packages: {error}"));
    }
    std::fs::write(dir.join("installed"), wanted).map_err(said("installed"))
}

/// The CQL, the names of its definitions, and every so many of the sets.
fn write(subject: &Subject, sets: &Sets, every: usize, dir: &Path) -> Result<(), String> {
    let names: Vec<&str> = subject.roots().into_iter().map(|(name, _)| name).collect();
    let names = serde_json::Value::from(names).to_string();
    let mut lines = String::new();
    for values in sets.sets.iter().step_by(every) {
        lines.push_str(&subject.json(values));
        lines.push('\n');
    }
    let library = subject.library;
    let files = [
        (format!("{library}.cql"), subject.cql.as_str()),
        (format!("{library}.defines.json"), names.as_str()),
        (format!("{library}.sets.ndjson"), lines.as_str()),
    ];
    std::fs::create_dir_all(dir)
        .and_then(|()| {
            files
                .iter()
                .try_for_each(|(name, text)| std::fs::write(dir.join(name), text))
        })
        .map_err(|error| format!("{} was not written: {error}", dir.display()))
}

fn start(dir: &Path, engine: &str) -> Result<Child, String> {
    Command::new("node")
        .args(["evaluate.mjs", engine, engine, "Waymark", "Constructs"])
        .current_dir(dir)
        .spawn()
        .map_err(|error| format!("node did not start: {error}"))
}

fn letter(truth: Truth) -> char {
    match truth {
        Truth::True => 't',
        Truth::False => 'f',
        Truth::Unknown => 'u',
    }
}

/// How often each definition is true, false and null over all sets.
fn shares(subject: &Subject, sets: &Sets, report: &mut String, problems: &mut String) {
    let roots = subject.roots();
    let mut counts = vec![[0usize; 3]; roots.len()];
    for values in &sets.sets {
        let evaluation = subject.program.evaluate(values);
        for (count, (_, root)) in counts.iter_mut().zip(&roots) {
            count[place(evaluation.truth(*root))] += 1;
        }
    }
    let total = sets.sets.len();
    let _ = writeln!(
        report,
        "\n{}: {} definitions over {total} sets of facts\n{:>8}{:>8}{:>8}  definition",
        subject.library,
        roots.len(),
        "true",
        "false",
        "null"
    );
    for (count, (name, root)) in counts.iter().zip(&roots) {
        let share = |truth: Truth| percent(count[place(truth)], total);
        let _ = writeln!(
            report,
            "{:>8}{:>8}{:>8}  {name}{}",
            share(Truth::True),
            share(Truth::False),
            share(Truth::Unknown),
            never(sets, *root)
        );
        for truth in [Truth::True, Truth::False, Truth::Unknown] {
            let end = sets
                .searches
                .iter()
                .find(|search| search.root == *root && search.wanted == truth)
                .map_or(End::GivenUp, |search| search.end);
            if count[place(truth)] == 0 && end != End::Impossible {
                let word = truth.word();
                let _ = writeln!(problems, "`{name}` is never {word}, although it may be");
            }
        }
    }
}

fn place(truth: Truth) -> usize {
    match truth {
        Truth::True => 0,
        Truth::False => 1,
        Truth::Unknown => 2,
    }
}

fn percent(count: usize, total: usize) -> String {
    let tenths = count * 1000 / total.max(1);
    if count > 0 && tenths == 0 {
        "<0.1 %".to_owned()
    } else {
        format!("{}.{} %", tenths / 10, tenths % 10)
    }
}

/// The answers that no set of facts gives.
fn never(sets: &Sets, root: NodeId) -> String {
    let impossible = sets
        .searches
        .iter()
        .filter(|search| search.root == root && search.end == End::Impossible);
    let words: Vec<&str> = impossible.map(|search| search.wanted.word()).collect();
    if words.is_empty() {
        String::new()
    } else {
        format!("  (cannot be {})", words.join(" or "))
    }
}

/// Adds every difference between an engine's answers and ours.
fn compare(
    subject: &Subject,
    sets: &Sets,
    (engine, every): (&str, usize),
    dir: &Path,
    report: &mut String,
    problems: &mut String,
) -> Result<(), String> {
    let file: PathBuf = dir
        .join(engine)
        .join(format!("{}.{engine}.txt", subject.library));
    let text = std::fs::read_to_string(&file)
        .map_err(|error| format!("{} was not read: {error}", file.display()))?;
    let roots = subject.roots();
    let asked: Vec<&Values> = sets.sets.iter().step_by(every).collect();
    let answers: Vec<&str> = text.lines().collect();
    if answers.len() != asked.len() {
        let message = format!("{engine} answered {} of {}", answers.len(), asked.len());
        return Err(message);
    }
    let mut different = 0usize;
    for (values, theirs) in asked.iter().zip(&answers) {
        let evaluation = subject.program.evaluate(values);
        let ours = roots
            .iter()
            .map(|(_, root)| letter(evaluation.truth(*root)));
        if theirs.chars().count() != roots.len() {
            return Err(format!("{engine} left definitions out"));
        }
        for ((ours, theirs), (name, _)) in ours.zip(theirs.chars()).zip(&roots) {
            if ours != theirs {
                different += 1;
                if different <= 10 {
                    let _ = writeln!(
                        problems,
                        "{engine} gives {theirs} for `{name}`, ours {ours}: {}",
                        subject.json(values)
                    );
                }
            }
        }
    }
    let _ = writeln!(
        report,
        "{}: {engine} answered {} questions ({} sets): {different} answers differ",
        subject.library,
        asked.len() * roots.len(),
        asked.len()
    );
    if different > 10 {
        let _ = writeln!(problems, "{engine}: {different} answers differ in all");
    }
    Ok(())
}

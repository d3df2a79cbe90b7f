//! Instruction counts under valgrind: the difference between two numbers of repetitions, so that setting up is left out.

use crate::Inputs;
use crate::measure::Work;
use std::fmt::Write;
use std::process::Command;
use waymark_engine::Bundle;
use waymark_testsuite::{bundle, root};

const TIMES: u64 = 10;

/// Counts for every bench.
pub(crate) fn table() -> Result<String, String> {
    let inputs = Inputs::new(bundle())?;
    let knowledge = root().join("target/bench-knowledge.json");
    let written = std::fs::create_dir_all(root().join("target"))
        .and_then(|()| std::fs::write(&knowledge, &inputs.bytes));
    written.map_err(|error| format!("{}: {error}", knowledge.display()))?;
    let knowledge = knowledge.display().to_string();
    let mut table = format!("{:<52}{:>20}\n", "", "instructions");
    for work in inputs.works() {
        let (few, many) = (
            count(&work, 1, &knowledge)?,
            count(&work, 1 + TIMES, &knowledge)?,
        );
        let each = many.saturating_sub(few) / TIMES;
        let _ = writeln!(table, "{:<52}{each:>20}", work.name);
    }
    Ok(table)
}

/// Runs this program under valgrind.
fn count(work: &Work<'_>, times: u64, knowledge: &str) -> Result<u64, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(["repeat", work.name, &times.to_string(), knowledge])
        .output()
        .map_err(|error| format!("valgrind did not start: {error}"))?;
    let text = String::from_utf8_lossy(&output.stderr);
    let count = text
        .lines()
        .filter_map(|line| line.split_once("Collected :"))
        .find_map(|(_, count)| count.trim().parse().ok());
    count.ok_or_else(|| format!("valgrind counted nothing:\n{text}"))
}

/// Does one piece of work so many times.
pub(crate) fn repeat(name: &str, times: &str, knowledge: &str) -> Result<String, String> {
    let times = times
        .parse()
        .map_err(|_| format!("`{times}` is no number"))?;
    let bytes = std::fs::read(knowledge).map_err(|error| error.to_string())?;
    let bundle = Bundle::from_bytes(&bytes).map_err(|problems| format!("{problems:?}"))?;
    let inputs = Inputs::new(bundle)?;
    let mut works = inputs.works();
    let work = works.iter_mut().find(|work| work.name == name);
    work.ok_or_else(|| format!("there is no bench `{name}`"))?
        .repeat(times);
    Ok(String::new())
}

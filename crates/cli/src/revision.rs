//! Knowledge of another day: a directory, a bundle file, or a revision of the git repository around the directory that
//! the command is run in.

use crate::failure::Failure;
use crate::knowledge;
use crate::render::diagnostics;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use waymark_criteria::Diagnostic;
use waymark_engine::Bundle;
use waymark_knowledge::Tree;
use waymark_knowledge::files::{GAPS, MANIFEST};

/// Knowledge, and the files it was compiled from where there are any.
pub(crate) struct Revision {
    pub(crate) bundle: Bundle,
    /// How many errors of its cases there are: failed or missing.
    pub(crate) unproven: usize,
    pub(crate) tree: Option<Tree>,
}

/// Reads what a word of the command line names. In git, `dir` is the folder of the knowledge.
pub(crate) fn read(name: &str, dir: &Path) -> Result<Revision, Failure> {
    let path = Path::new(name);
    if path.is_dir() {
        let inside = path.join("kb");
        let own = path.join(MANIFEST).is_file() || !inside.join(MANIFEST).is_file();
        let tree = knowledge::read(if own { path } else { &inside })?;
        return compiled(tree);
    }
    if path.is_file() {
        let bundle = Bundle::from_bytes(&std::fs::read(path)?).map_err(|problems| {
            let placed = problems.into_iter().map(|problem| problem.in_place(name));
            Failure::Refused(placed.collect())
        })?;
        return Ok(Revision {
            bundle,
            unproven: 0,
            tree: None,
        });
    }
    compiled(of_git(name, dir)?)
}

fn compiled(tree: Tree) -> Result<Revision, Failure> {
    let mut outcome = waymark_knowledge::draft(&tree);
    let Some(bundle) = outcome.bundle.take() else {
        let errors: Vec<Diagnostic> = outcome.errors().cloned().collect();
        diagnostics::underlined(&errors, &tree);
        return Err(Failure::Knowledge);
    };
    Ok(Revision {
        bundle,
        unproven: outcome.errors().count(),
        tree: Some(tree),
    })
}

/// The files of a folder as they stood in a revision.
fn of_git(revision: &str, dir: &Path) -> Result<Tree, Failure> {
    let unknown = || {
        let message = format!(
            "`{revision}` is no directory, file or git revision with `{}` in it",
            dir.display()
        );
        Failure::Refused(vec![Diagnostic::error("no-such-knowledge", message).help(
            "name a directory, a bundle file, or a revision of the repository that you are in",
        )])
    };
    // A word that begins with a dash would be an option of git.
    if revision.starts_with('-') {
        return Err(unknown());
    }
    let listed = Command::new("git")
        .args(["ls-tree", "-r", "-z", "--name-only", revision, "--"])
        .arg(dir)
        .stderr(Stdio::null())
        .output()?;
    let names = String::from_utf8_lossy(&listed.stdout).into_owned();
    let names: Vec<&str> = names
        .split('\0')
        .filter(|name| name.ends_with(".md") || name.ends_with(MANIFEST) || name.ends_with(GAPS))
        .collect();
    if !listed.status.success() || names.is_empty() {
        return Err(unknown());
    }
    let asked: String = names
        .iter()
        .map(|name| format!("{revision}:./{name}\n"))
        .collect();
    let mut git = Command::new("git")
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let (mut input, mut output) = (git.stdin.take(), git.stdout.take());
    let mut answer = Vec::new();
    // Asked from a thread of its own: git answers before it has read everything.
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| {
            input
                .take()
                .map(|mut input| input.write_all(asked.as_bytes()))
        });
        let read = output
            .as_mut()
            .map(|output| output.read_to_end(&mut answer));
        let _ = writing.join();
        read.transpose()
    })?;
    git.wait()?;
    let mut rest = answer.as_slice();
    let mut files = Vec::with_capacity(names.len());
    for name in names {
        let text = next_object(&mut rest).ok_or_else(unknown)?;
        let inner = Path::new(name).strip_prefix(dir).unwrap_or(Path::new(name));
        files.push((inner.to_string_lossy().replace('\\', "/"), text));
    }
    Ok(Tree::new(files))
}

/// The next object that `git cat-file --batch` printed: a line that ends with its size, its bytes, an end of line.
fn next_object(rest: &mut &[u8]) -> Option<String> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let header = std::str::from_utf8(&rest[..end]).ok()?;
    let size: usize = header.rsplit(' ').next()?.parse().ok()?;
    let body = rest.get(end + 1..end + 1 + size)?;
    *rest = rest.get(end + size + 2..)?;
    String::from_utf8(body.to_vec()).ok()
}

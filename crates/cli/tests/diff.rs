//! `waymark kb diff` as an editor meets it.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot run the program has failed"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A repository with a copy of the knowledge, one example, and a case that judges it on two days.
fn repository(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    copy(&root().join("kb"), &folder.join("kb"));
    let chart = "two-lines-brain-metastases";
    for path in [
        format!("examples/{chart}.chart"),
        format!("cases/{chart}.toml"),
    ] {
        let to = folder.join(&path);
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        std::fs::copy(root().join(&path), to).expect("a copy");
    }
    for args in [
        &["init", "-q"][..],
        &["add", "."],
        &[
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.org",
            "commit",
            "-q",
            "-m",
            "as it was",
        ],
    ] {
        let done = Command::new("git").args(args).current_dir(&folder).status();
        assert!(done.expect("git starts").success(), "{args:?}");
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).expect("a copy");
        }
    }
}

fn edit(folder: &Path, path: &str, from: &str, to: &str) {
    let path = folder.join(path);
    let text = std::fs::read_to_string(&path).expect("a file");
    assert!(text.contains(from), "{from}");
    std::fs::write(path, text.replace(from, to)).expect("written");
}

fn diff(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_waymark"))
        .args(["--today", "2026-11-01", "kb", "diff", "--people", "1000"])
        .args(args)
        .current_dir(folder)
        .output()
        .expect("waymark starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn an_edited_date_shows_who_changes_and_why() {
    let folder = repository("diff-date");
    let same = diff(&folder, &["HEAD"]);
    assert!(same.status.success(), "{}", stderr(&same));
    assert!(
        stdout(&same).contains("Entries: none differs"),
        "{}",
        stdout(&same)
    );
    assert!(
        stdout(&same).contains("no verdict changes"),
        "{}",
        stdout(&same)
    );
    assert!(
        stdout(&same)
            .contains("None gains an option, none loses one. No verdict on a therapy changes.")
    );
    assert_eq!(stderr(&same), "");

    // Withdrawn by the manifest: whoever met it cannot be told any more, and nobody gains.
    let manifest = folder.join("kb/knowledge.toml");
    let text = std::fs::read_to_string(&manifest).expect("a manifest");
    let withdrawn = "\n[[withdrawn]]\nid = \"one-her2-regimen-metastatic\"\non = \"2026-10-01\"\nreason = \"a test\"\n";
    std::fs::write(&manifest, text + withdrawn).expect("written");
    let changed = diff(&folder, &["HEAD", "kb"]);
    assert!(changed.status.success(), "{}", stderr(&changed));
    let page = stdout(&changed);
    assert!(
        page.contains("★ withdrawn one-her2-regimen-metastatic: new"),
        "{page}"
    );
    assert!(
        page.contains("tucatinib-trastuzumab-capecitabine: met → unknown"),
        "{page}"
    );
    assert!(
        page.contains("one-her2-regimen-metastatic (edited) met → unknown"),
        "{page}"
    );
    assert!(
        page.contains("None gains an option, ") && !page.contains("none loses one"),
        "{page}"
    );
    // Neither a version nor a line in the changelog.
    assert!(
        stderr(&changed).contains("same-version"),
        "{}",
        stderr(&changed)
    );
    assert!(
        stderr(&changed).contains("not-in-changelog"),
        "{}",
        stderr(&changed)
    );
    assert_eq!(
        diff(&folder, &["HEAD", "kb"]).stdout,
        changed.stdout,
        "the same again"
    );
    // The other way round.
    let back = stdout(&diff(&folder, &["kb", "HEAD"]));
    assert!(
        back.contains("tucatinib-trastuzumab-capecitabine: unknown → met"),
        "{back}"
    );
    // On a day on which nobody is judged by it.
    let early = stdout(&diff(&folder, &["HEAD", "kb", "--as-of", "1999-01-01"]));
    assert!(
        early.contains("1 charts, judged 1 times in all; no verdict changes"),
        "{early}"
    );
}

#[test]
fn wording_alone_has_no_star_and_a_directory_is_as_good_as_a_revision() {
    let folder = repository("diff-wording");
    edit(&folder, "kb/shared/adult-patient.md", "# ", "# On ");
    let changed = diff(&folder, &["HEAD"]);
    assert!(changed.status.success(), "{}", stderr(&changed));
    let page = stdout(&changed);
    assert!(
        page.contains("Entries: 1 differs; ★ 0 can change a result"),
        "{page}"
    );
    assert!(
        page.contains("wording of criterion: adult-patient"),
        "{page}"
    );
    let kb = root().join("kb");
    let directory = diff(&folder, &[&kb.display().to_string(), "kb"]);
    assert_eq!(stdout(&directory), page);
}

#[test]
fn what_is_no_knowledge_is_refused() {
    let folder = repository("diff-refused");
    let case = "cases/two-lines-brain-metastases.toml";
    for args in [
        &["no-such-revision"][..],
        &["--", "-x"],
        &[case],
        &["HEAD", case],
    ] {
        let refused = diff(&folder, args);
        assert_eq!(
            refused.status.code(),
            Some(1),
            "{args:?}: {}",
            stderr(&refused)
        );
        assert!(stdout(&refused).is_empty(), "{args:?}");
    }
    assert!(stderr(&diff(&folder, &["no-such-revision"])).contains("no-such-knowledge"));
}

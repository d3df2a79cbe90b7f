//! Ids are kebab-case, unique where they are looked up, and the names of their files.

use crate::base::{Base, shape};
use crate::entry::Entry;
use crate::head::Text;
use crate::kind::Kind;
use std::collections::BTreeMap;
use waymark_criteria::Diagnostic;

/// Names that are looked up together and so may not repeat.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Namespace {
    /// Whatever criteria and cases may name.
    Criteria,
    Medicines,
    Regimens,
    Sources,
    Trials,
    Tables,
    LineRules,
    Questions,
    Wordings,
    /// Statements of one source, in one file.
    Statements,
    /// Answers of one entry.
    Answers,
    /// Rows of one table.
    Rows,
}

pub(super) fn check(base: &Base, problems: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<(Namespace, String), &Entry> = BTreeMap::new();
    for entry in &base.entries {
        let Some(kind) = entry.kind else { continue };
        check_file(entry, kind, problems);
        for text in &entry.head.texts {
            let Some(namespace) = namespace(kind, &shape(&text.path)) else {
                continue;
            };
            let mut key = text.value.clone();
            if namespace == Namespace::Statements {
                key = format!("{} {} {key}", entry.path, statements_of(text));
            } else if matches!(namespace, Namespace::Answers | Namespace::Rows) {
                key = format!("{} {key}", entry.path);
            }
            if namespace != Namespace::Statements && !is_kebab(&text.value) {
                let message = format!("`{}` is not a kebab-case id", text.value);
                problems.push(
                    entry
                        .error("bad-id", text.span, message)
                        .help("write lower-case letters and digits in groups joined by `-`"),
                );
            }
            if let Some(first) = seen.insert((namespace, key.clone()), entry) {
                let message = format!("the id `{}` is taken already", text.value);
                problems.push(
                    entry
                        .error("duplicate-id", text.span, message)
                        .help(format!("it is also in {}", first.path)),
                );
                seen.insert((namespace, key), first);
            }
        }
    }
}

fn check_file(entry: &Entry, kind: Kind, problems: &mut Vec<Diagnostic>) {
    let grouped = entry.head.text("id").is_none();
    if grouped && kind == Kind::Source {
        check_folder(entry, kind, problems);
        return;
    }
    if let Some(id) = entry.head.text("id")
        && id.value != entry.stem()
    {
        let message = format!("the id `{}` is not the name of the file", id.value);
        problems.push(
            entry
                .error("file-name", id.span, message)
                .help(format!("call the file `{}.md`", id.value)),
        );
    }
    check_folder(entry, kind, problems);
}

fn check_folder(entry: &Entry, kind: Kind, problems: &mut Vec<Diagnostic>) {
    let folder = entry.path.split('/').next().unwrap_or("");
    if folder != kind.folder() {
        let message = format!("an entry of kind {} does not belong here", kind.word());
        problems.push(
            entry
                .error("wrong-folder", entry.head.span("kind"), message)
                .help(format!("move it to `{}/`", kind.folder())),
        );
    }
}

fn namespace(kind: Kind, shape: &str) -> Option<Namespace> {
    Some(match (kind, shape) {
        (Kind::Fact | Kind::Criterion | Kind::Guidance, "id")
        | (Kind::Regimen, "indications.*.id" | "positions.*.id" | "cautions.*.id")
        | (Kind::Medicine, "cautions.*.id") => Namespace::Criteria,
        (Kind::Medicine, "id" | "products.*.id") => Namespace::Medicines,
        (Kind::Regimen, "id") => Namespace::Regimens,
        (Kind::Source, "id" | "source.*.id") => Namespace::Sources,
        (Kind::Source, "statements.*.id" | "source.*.statements.*.id") => Namespace::Statements,
        (Kind::Medicine | Kind::Regimen | Kind::Guidance, "about.*.id") => Namespace::Answers,
        (Kind::Trial, "id") => Namespace::Trials,
        (Kind::Terms | Kind::Table, "id") => Namespace::Tables,
        (Kind::Table, "rows.*.id") => Namespace::Rows,
        (Kind::LineRule, "id") => Namespace::LineRules,
        (Kind::Question, "id") => Namespace::Questions,
        (Kind::Question, "answers.*.id" | "groups.*.id") => Namespace::Answers,
        (Kind::Wording, "id") => Namespace::Wordings,
        _ => return None,
    })
}

/// The path of the list of statements that a statement's id is in.
fn statements_of(id: &Text) -> &str {
    id.path.split("statements").next().unwrap_or("")
}

fn is_kebab(id: &str) -> bool {
    let plain = |part: &str| {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        !part.is_empty() && part.bytes().all(allowed)
    };
    id.split('-').all(plain)
}

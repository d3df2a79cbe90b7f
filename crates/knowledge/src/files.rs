//! The one place where the knowledge is read from disk.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// The file that states the version of the knowledge and its closed lists of words.
pub const MANIFEST: &str = "knowledge.toml";

/// The file that says which findings of the analysis are accepted and how the map of options is drawn; it may be absent.
pub const GAPS: &str = "gaps.toml";

/// Markdown files that are about the knowledge, not part of it, wherever they lie.
pub const NOT_ENTRIES: [&str; 4] = ["CHANGELOG.md", "LICENSE.md", "README.md", "TEMPLATE.md"];

/// The text of every file that matters, by its path below the knowledge base, with `/` between folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    /// A tree of these files; the order does not matter.
    pub fn new<P: Into<String>, T: Into<String>>(files: impl IntoIterator<Item = (P, T)>) -> Self {
        Tree {
            files: files
                .into_iter()
                .map(|(path, text)| (path.into(), text.into()))
                .collect(),
        }
    }

    /// The text of a file, for a renderer that underlines spans in it.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The files that hold entries, in order of their paths.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .filter(|(path, _)| is_entry(path))
    }
}

fn is_entry(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.ends_with(".md") && !NOT_ENTRIES.contains(&name)
}

/// Reads `knowledge.toml`, `gaps.toml` and every Markdown file below a folder. Names that begin with a point are passed over.
///
/// # Errors
/// When a folder or file cannot be read, or is not UTF-8; the message names it.
pub fn read_dir(dir: &Path) -> io::Result<Tree> {
    let mut tree = Tree::default();
    let mut open = vec![(dir.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        for item in std::fs::read_dir(&folder).map_err(|error| named(&folder, &error))? {
            let item = item.map_err(|error| named(&folder, &error))?;
            let Ok(name) = item.file_name().into_string() else {
                return Err(named(
                    &item.path(),
                    &io::Error::other("the file name is not UTF-8"),
                ));
            };
            let (path, inner) = (item.path(), format!("{prefix}{name}"));
            if name.starts_with('.') {
                continue;
            }
            if path.is_dir() {
                open.push((path, format!("{inner}/")));
            } else if name.ends_with(".md") || inner == MANIFEST || inner == GAPS {
                let text = std::fs::read_to_string(&path).map_err(|error| named(&path, &error))?;
                tree.files.insert(inner, text);
            }
        }
    }
    Ok(tree)
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

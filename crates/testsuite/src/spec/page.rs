//! A page: its blocks with their places, its sections, and the files and tests that its prose names.

use super::Problem;
use std::path::Path;

/// A fenced block.
pub(super) struct Block {
    /// The word after the fence.
    pub(super) kind: String,
    /// The line of the fence, from 1.
    pub(super) line: usize,
    /// What stands between the fences.
    pub(super) lines: Vec<String>,
}

impl Block {
    /// The place of a line of the block on its page.
    pub(super) fn at(&self, index: usize) -> usize {
        self.line + 1 + index
    }

    /// The text above and below the line `=>`, each ending with a line break.
    pub(super) fn halves(&self) -> Result<(String, String), Vec<Problem>> {
        let Some(middle) = self.lines.iter().position(|line| line == "=>") else {
            return Err(vec![Problem::new(self.line, "the block has no line `=>`")]);
        };
        let joined = |lines: &[String]| {
            lines
                .iter()
                .map(|line| format!("{line}\n"))
                .collect::<String>()
        };
        Ok((
            joined(&self.lines[..middle]),
            joined(&self.lines[middle + 1..]),
        ))
    }
}

/// A heading and what belongs to it.
struct Section {
    title: String,
    line: usize,
    blocks: usize,
    /// Whether it has prose of its own.
    prose: bool,
    /// Code spans of its prose, with their lines.
    spans: Vec<(usize, String)>,
}

/// The blocks and sections of a page.
pub(super) struct Page {
    pub(super) blocks: Vec<Block>,
    sections: Vec<Section>,
    /// A fence that is not closed.
    open: Option<usize>,
}

impl Page {
    pub(super) fn read(text: &str) -> Self {
        let mut page = Page {
            blocks: Vec::new(),
            sections: Vec::new(),
            open: None,
        };
        let mut inside: Option<Block> = None;
        for (index, line) in text.lines().enumerate() {
            let number = index + 1;
            if let Some(mut block) = inside.take() {
                if line == "```" {
                    page.blocks.push(block);
                } else {
                    block.lines.push(line.to_owned());
                    inside = Some(block);
                }
                continue;
            }
            if let Some(kind) = line.trim_start().strip_prefix("```") {
                if let Some(section) = page.sections.last_mut() {
                    section.blocks += 1;
                }
                inside = Some(Block {
                    kind: kind.trim().to_owned(),
                    line: number,
                    lines: Vec::new(),
                });
            } else if line.starts_with('#') {
                page.sections.push(Section {
                    title: line.trim_start_matches('#').trim().to_owned(),
                    line: number,
                    blocks: 0,
                    prose: false,
                    spans: Vec::new(),
                });
            } else if let Some(section) = page.sections.last_mut() {
                section.prose |= !line.trim().is_empty();
                let spans = line.split('`').skip(1).step_by(2);
                section
                    .spans
                    .extend(spans.map(|span| (number, span.to_owned())));
            }
        }
        page.open = inside.map(|block| block.line);
        page
    }

    /// What is wrong with the page itself.
    pub(super) fn problems(&self, root: &Path) -> Vec<Problem> {
        let mut problems = Vec::new();
        if let Some(line) = self.open {
            problems.push(Problem::new(line, "the block has no end"));
        }
        // The title of the page introduces it; every other section with a claim has something that runs.
        for section in self.sections.iter().skip(1) {
            let mut tests = 0;
            for (line, span) in &section.spans {
                if !is_reference(span) {
                    continue;
                }
                match resolve(span, root) {
                    Ok(test) => tests += usize::from(test),
                    Err(message) => problems.push(Problem::new(*line, message)),
                }
            }
            if section.prose && section.blocks + tests == 0 {
                let message = format!("nothing runs in \"{}\"", section.title);
                problems.push(Problem::new(section.line, message));
            }
        }
        problems
    }
}

/// Whether a code span names a file of the repository, perhaps with a test in it.
fn is_reference(span: &str) -> bool {
    ["crates/", "kb/", "docs/", "spec/"]
        .iter()
        .any(|folder| span.starts_with(folder))
}

/// Looks up `path` or `path::test`; whether it is a test that is there.
fn resolve(span: &str, root: &Path) -> Result<bool, String> {
    let (path, test) = match span.split_once("::") {
        Some((path, test)) => (path, Some(test)),
        None => (span, None),
    };
    let file = root.join(path);
    let Some(test) = test else {
        return if file.exists() {
            Ok(false)
        } else {
            Err(format!("`{path}` is not there"))
        };
    };
    let text = std::fs::read_to_string(&file).map_err(|error| format!("`{path}`: {error}"))?;
    if text.contains(&format!("fn {test}(")) && text.contains("#[test]") {
        Ok(true)
    } else {
        Err(format!("`{path}` has no test `{test}`"))
    }
}

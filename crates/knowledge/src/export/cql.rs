//! The criteria as a CQL library that stands alone: parameters, comparisons, and every definition of the bundle.

use super::File;
use std::collections::BTreeSet;
use std::fmt::Write;
use waymark_criteria::export::{BOUNDS, Exporter, Part, type_name};
use waymark_criteria::syntax::parse_library;
use waymark_criteria::{FactIndex, format::WIDTH};
use waymark_engine::Bundle;
use waymark_engine::bundle::{SourceEntry, name};

/// The name of the library.
pub const LIBRARY: &str = "Waymark";

/// The library in a file of its name.
#[must_use]
pub fn files(bundle: &Bundle) -> Vec<File> {
    vec![File {
        name: format!("{LIBRARY}.cql"),
        text: library(bundle),
    }]
}

/// The facts that are known exactly or not at all.
#[must_use]
pub fn exact(bundle: &Bundle) -> [FactIndex; 1] {
    [bundle.as_of()]
}

/// What a library says before its own definitions: its name, its parameters, and the comparisons.
#[must_use]
pub fn head(exporter: &Exporter<'_>, library: &str, version: &str, about: &str) -> String {
    let mut text = format!(
        "{}library {library} version '{version}'\n\n",
        comment(about)
    );
    for parameter in exporter.parameters() {
        let ty = type_name(parameter.ty);
        let _ = writeln!(text, "parameter \"{}\" {ty}", parameter.name);
    }
    let _ = write!(text, "\ncontext Unfiltered\n\n{BOUNDS}");
    text
}

/// The library of a bundle.
#[must_use]
pub fn library(bundle: &Bundle) -> String {
    let exact = exact(bundle);
    let exporter = Exporter::new(bundle.program(), bundle.schema(), &exact);
    let content = bundle.content();
    let about = format!(
        "Waymark knowledge {} ({}), released {} by {}. CC BY 4.0.\n\
         It tells whether criteria are met; it never orders, ranks or advises. Null means that it cannot be told.\n\
         Pass every parameter, null included: an engine may read one that is not set as false. A number or date goes in \
         as the least and the greatest value that it may have, null where there is no such end; both the same where it \
         is known. No date may be partial.",
        content.version,
        bundle.hash(),
        content.publisher.released,
        content.publisher.developer
    );
    let mut text = head(&exporter, LIBRARY, &content.version, &about);
    let mut written = BTreeSet::new();
    for section in sections(bundle) {
        let mut open = Some(&section);
        for one in &section.definitions {
            let Some(definition) = exporter.definition(&one.name) else {
                continue;
            };
            if !written.insert(one.name.clone()) {
                continue;
            }
            if let Some(section) = open.take() {
                let _ = write!(text, "\n\n{}", comment(&section.title));
            }
            let _ = write!(text, "\n{}", comment(&one.about));
            if let Some(withdrawn) = content.withdrawn.iter().find(|it| it.id == one.name) {
                let message = format!(
                    "Withdrawn on {}: {}. Nobody can tell.",
                    withdrawn.on, withdrawn.reason
                );
                text.push_str(&comment(&message));
            }
            text.push_str(definition.trim_end());
            text.push('\n');
        }
    }
    text
}

/// Definitions that belong together.
struct Section {
    title: String,
    definitions: Vec<Definition>,
}

/// A definition and what is said of it.
struct Definition {
    name: String,
    about: String,
}

impl Section {
    fn new(title: impl Into<String>) -> Self {
        Section {
            title: title.into(),
            definitions: Vec::new(),
        }
    }

    fn push(&mut self, name: impl Into<String>, about: impl Into<String>) {
        self.definitions.push(Definition {
            name: name.into(),
            about: about.into(),
        });
    }

    /// What the text of an entry defines beside what was said of already.
    fn push_rest(&mut self, cql: &str) {
        for definition in parse_library(cql).library.definitions {
            let name = definition.name.text;
            if self.definitions.iter().all(|known| known.name != name) {
                self.push(name, "");
            }
        }
    }
}

/// Every definition of the bundle, in the order of its entries.
fn sections(bundle: &Bundle) -> Vec<Section> {
    let content = bundle.content();
    let cited = |id: &str| bundle.source(id).map_or_else(|| id.to_owned(), citation);
    let mut sections = Vec::new();

    let mut section = Section::new("Constraints between facts: none of these is ever false");
    for fact in &content.facts {
        section.push_rest(&fact.cql);
    }
    sections.push(section);

    let mut section = Section::new("Criteria that indications share");
    for criterion in &content.criteria {
        section.push(name::in_force(&criterion.id), "");
        let sources: Vec<String> = criterion.sources.iter().map(|id| cited(id)).collect();
        let about = format!("{}. {}", criterion.label, sources.join("; "));
        section.push(&criterion.id, about);
        section.push_rest(&criterion.cql);
    }
    sections.push(section);

    for medicine in &content.medicines {
        let mut section = Section::new(format!("Cautions of {}", medicine.name));
        for caution in &medicine.cautions {
            section.push(name::in_force(&caution.id), "");
            let about = format!("{} {}", caution.text, cited(&caution.source));
            section.push(&caution.id, about);
        }
        section.push_rest(&medicine.cql);
        sections.push(section);
    }

    for regimen in &content.regimens {
        let mut section = Section::new(regimen.name.clone());
        for indication in &regimen.indications {
            section.push(name::in_force(&indication.id), "");
            let about = format!("{} {}", indication.text, cited(&indication.source));
            section.push(&indication.id, about);
            section.push(name::valid(&indication.id), "");
        }
        section.push(
            name::regimen(&regimen.id),
            "Any indication for metastatic or unresectable breast cancer that is in force.",
        );
        for position in &regimen.positions {
            section.push(name::in_force(&position.id), "");
            let about = format!("{} {}", position.text, cited(&position.source));
            section.push(&position.id, about);
            section.push(name::valid(&position.id), "");
        }
        for caution in &regimen.cautions {
            section.push(name::in_force(&caution.id), "");
            let about = format!("{} {}", caution.text, cited(&caution.source));
            section.push(&caution.id, about);
        }
        section.push_rest(&regimen.cql);
        sections.push(section);
    }

    let mut section = Section::new("Guidance beside the verdicts");
    for guidance in &content.guidance {
        section.push(name::in_force(&guidance.id), "");
        let about = format!("{} {}", guidance.statement, cited(&guidance.source));
        section.push(&guidance.id, about);
        section.push_rest(&guidance.cql);
    }
    sections.push(section);

    // What the compiler adds beside these is exported too: a definition is written once, where it comes first.
    let mut section = Section::new("Other definitions");
    for (name, _) in bundle.program().roots() {
        section.push(name, "");
    }
    sections.push(section);
    sections
}

/// A source in one line: publisher, title and date.
pub(crate) fn citation(source: &SourceEntry) -> String {
    format!("[{}, {}, {}]", source.publisher, source.title, source.date)
}

/// Lines of comment; none for no text.
fn comment(text: &str) -> String {
    let mut lines = String::new();
    for paragraph in text.lines() {
        let mut line = String::from("//");
        for word in paragraph.split_whitespace() {
            if line.len() > 2 && line.chars().count() + 1 + word.chars().count() > WIDTH {
                lines.push_str(&line);
                lines.push('\n');
                line.truncate(2);
            }
            line.push(' ');
            line.push_str(word);
        }
        lines.push_str(&line);
        lines.push('\n');
    }
    lines
}

/// What of a fact a parameter holds, in words.
pub(crate) fn part(part: Part) -> &'static str {
    match part {
        Part::Whole => "",
        Part::Low => ", least possible value",
        Part::High => ", greatest possible value",
    }
}

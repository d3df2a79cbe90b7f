//! `knowledge.toml`: the version of the knowledge and the words that its lints go by.

use crate::blocks::Excerpt;
use crate::files::{MANIFEST, Tree};
use crate::head::Raw;
use serde::Deserialize;
use waymark_criteria::{Date, Diagnostic};
use waymark_engine::bundle::{PatientData, Publisher, Withdrawn};

/// What `knowledge.toml` says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Manifest {
    /// Version, for example `2026.11.0`.
    pub version: String,
    /// Who answers for the knowledge.
    #[serde(default)]
    pub publisher: Publisher,
    /// Kinds of data on the patient, and the facts that rest on each.
    #[serde(default)]
    pub patient_data: Vec<PatientData>,
    /// What was found to be wrong and is not to be relied on.
    #[serde(default)]
    pub withdrawn: Vec<Withdrawn>,
    /// Words that no sentence for readers contains.
    #[serde(default)]
    pub banned: Vec<Banned>,
    /// What a medicine may be counted as.
    #[serde(default)]
    pub classes: Vec<String>,
    /// Languages beside English into which sentences are translated.
    #[serde(default)]
    pub languages: Vec<Language>,
    /// What a code may mean; `ignored.*` stands for every meaning that begins with `ignored.`.
    #[serde(default)]
    pub meanings: Vec<String>,
}

/// A language beside English.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Language {
    /// Two-letter code, for example `es`.
    pub code: String,
    /// Words that no sentence in it contains.
    #[serde(default)]
    pub banned: Vec<Banned>,
}

/// A word to avoid.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Banned {
    /// A word, or several, in lower case.
    pub word: String,
    /// What to write.
    pub say: String,
}

impl Manifest {
    /// Reads it from the tree.
    pub(crate) fn read(tree: &Tree, problems: &mut Vec<Diagnostic>) -> Manifest {
        let Some(text) = tree.text(MANIFEST) else {
            problems.push(
                Diagnostic::error("no-manifest", format!("there is no `{MANIFEST}`"))
                    .in_place(MANIFEST)
                    .help("it states at least `version = \"YYYY.M.P\"`"),
            );
            return Manifest::default();
        };
        let excerpt = Excerpt::of_file(text);
        let raw = Raw::parse(MANIFEST, &excerpt, problems);
        let version = raw.head.span("version");
        let manifest: Manifest = raw.read(problems).unwrap_or_default();
        if !manifest.version.is_empty() && !is_version(&manifest.version) {
            problems.push(
                Diagnostic::error(
                    "bad-version",
                    format!("`{}` is not a version", manifest.version),
                )
                .in_place(MANIFEST)
                .at(version)
                .help("write year, month and count of the month, for example `2026.11.0`"),
            );
        }
        if Date::parse(&manifest.publisher.released).is_none() {
            let message = "the manifest does not say who publishes the knowledge, and on which day";
            problems.push(
                Diagnostic::error("no-publisher", message)
                    .in_place(MANIFEST)
                    .help("add `[publisher]` with developer, funding, released (YYYY-MM-DD) and report-to"),
            );
        }
        manifest
    }

    /// Whether codes may have this meaning.
    pub(crate) fn has_meaning(&self, meaning: &str) -> bool {
        self.meanings
            .iter()
            .any(|known| match known.strip_suffix('*') {
                Some(start) => meaning.len() > start.len() && meaning.starts_with(start),
                None => known == meaning,
            })
    }
}

fn is_version(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.len() == 3 && parts[0].len() == 4 && parts.iter().all(digits)
}

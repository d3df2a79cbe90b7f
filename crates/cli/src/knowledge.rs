//! The knowledge that a command uses: built in, or compiled from a directory.

use crate::failure::Failure;
use crate::render::diagnostics;
use std::path::Path;
use waymark_criteria::{Diagnostic, Severity};
use waymark_engine::Bundle;
use waymark_engine::bundle::Translation;
use waymark_knowledge::{Options, Outcome, Tree};
use waymark_page::{Guide, Site};

/// Packed and compiled: most answers take less time than to read it as JSON and to compile its criteria.
static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.bundle"));
/// The sentences of each language beside English.
static EMBEDDED_TRANSLATIONS: &[&[u8]] = include!(concat!(env!("OUT_DIR"), "/translations.rs"));

/// The bundle built in, or that of `--kb DIR`.
pub(crate) fn bundle(kb: Option<&Path>) -> Result<Bundle, Failure> {
    match kb {
        None => built_in(),
        Some(dir) => in_dir(dir).map(|(bundle, _)| bundle),
    }
}

/// What pages are made of: the bundle and its translations, for a site without settings.
pub(crate) fn guide(kb: Option<&Path>) -> Result<Guide, Failure> {
    let (bundle, translations) = match kb {
        None => {
            let translations = EMBEDDED_TRANSLATIONS.iter();
            let translations = translations.map(|bytes| Translation::from_bytes(bytes));
            let translations = translations.collect::<Result<_, _>>().map_err(|problem| {
                diagnostics::plain(&[Diagnostic::error("translation", problem)]);
                Failure::Knowledge
            })?;
            (built_in()?, translations)
        }
        Some(dir) => in_dir(dir)?,
    };
    Ok(Guide {
        bundle,
        translations,
        site: Site::default(),
    })
}

fn built_in() -> Result<Bundle, Failure> {
    Bundle::from_shipped(EMBEDDED).map_err(|problems| {
        diagnostics::plain(&problems);
        Failure::Knowledge
    })
}

fn in_dir(dir: &Path) -> Result<(Bundle, Vec<Translation>), Failure> {
    let tree = read(dir)?;
    let outcome = waymark_knowledge::compile(&tree, &Options::default());
    let errors: Vec<Diagnostic> = outcome
        .diagnostics
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .cloned()
        .collect();
    match outcome.bundle {
        Some(bundle) if errors.is_empty() => Ok((bundle, outcome.translations)),
        Some(_) | None => {
            diagnostics::underlined(&errors, &tree);
            Err(Failure::Knowledge)
        }
    }
}

/// Reads the files of a knowledge base.
pub(crate) fn read(dir: &Path) -> Result<Tree, Failure> {
    waymark_knowledge::read_dir(dir).map_err(|error| {
        let problem = Diagnostic::error(
            "unreadable-knowledge",
            format!("`{}` could not be read: {error}", dir.display()),
        )
        .help("name the directory of a knowledge base with --kb DIR");
        diagnostics::plain(&[problem]);
        Failure::Knowledge
    })
}

/// Compiles a directory for a command that works on files.
pub(crate) fn compiled(dir: &Path, options: &Options) -> Result<(Tree, Outcome), Failure> {
    let tree = read(dir)?;
    let outcome = waymark_knowledge::compile(&tree, options);
    Ok((tree, outcome))
}

#[cfg(test)]
mod tests {
    use waymark_engine::Bundle;

    #[test]
    fn the_embedded_knowledge_is_whole() {
        let embedded = super::bundle(None);
        let embedded = embedded.unwrap_or_else(|_| unreachable!("it was built in"));
        let compiled = Bundle::from_bytes(&embedded.to_bytes());
        let compiled = compiled.expect("its criteria compile");
        assert_eq!(compiled.hash(), embedded.hash(), "nothing is left out");
    }
}

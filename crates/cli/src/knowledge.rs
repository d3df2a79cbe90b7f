//! The knowledge that a command uses: built in, or compiled from a directory.

use crate::failure::Failure;
use crate::render::diagnostics;
use std::path::Path;
use waymark_criteria::{Diagnostic, Severity};
use waymark_engine::Bundle;
use waymark_engine::bundle::Translation;
use waymark_knowledge::{Options, Outcome, Tree};
use waymark_page::{Guide, Site};

static EMBEDDED: &str = include_str!(concat!(env!("OUT_DIR"), "/knowledge.bundle"));
static EMBEDDED_HASH: &str = include_str!(concat!(env!("OUT_DIR"), "/knowledge.hash"));
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
    Bundle::from_build(EMBEDDED, EMBEDDED_HASH).map_err(|problems| {
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
    use super::{EMBEDDED, EMBEDDED_HASH};
    use waymark_engine::Bundle;

    #[test]
    fn the_embedded_hash_is_that_of_the_embedded_knowledge() {
        let read = Bundle::from_bytes(EMBEDDED.as_bytes());
        let read = read.expect("the knowledge that was built in");
        assert_eq!(read.hash(), EMBEDDED_HASH);
        assert_eq!(read.to_bytes(), EMBEDDED.as_bytes(), "they are canonical");
        let embedded = super::bundle(None);
        assert!(embedded.is_ok_and(|it| it.hash() == EMBEDDED_HASH));
    }
}

//! Who publishes a site, and its files.

use crate::failure::Failure;
use std::path::Path;
use waymark_criteria::Diagnostic;
use waymark_page::{Guide, Site};
use waymark_server::Assets;

/// A file of the site: its name, its bytes, and the same compressed as brotli.
type Embedded = (&'static str, &'static [u8], Option<&'static [u8]>);

static EMBEDDED: &[Embedded] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Reads `site.toml`; without one, the settings of a site that nobody publishes.
pub(crate) fn read(path: Option<&Path>) -> Result<Site, Failure> {
    let Some(path) = path else {
        return Ok(Site::default());
    };
    let refused = |code, message: String, help: &str| {
        let problem = Diagnostic::error(code, message).help(help);
        Failure::Refused(vec![problem.in_place(path.display().to_string())])
    };
    let text = std::fs::read_to_string(path).map_err(|error| {
        let message = format!("the file could not be read: {error}");
        refused("unreadable-file", message, "name a file with --config")
    })?;
    let site: Site = toml::from_str(&text).map_err(|error| {
        let place = error
            .span()
            .map(|span| waymark_knowledge::report::position(&text, span.start));
        let place = place.map_or_else(String::new, |(line, column)| format!("{line}:{column}: "));
        let message = format!("{place}{}", error.message());
        refused("site", message, "docs/site.md lists the settings of a site")
    })?;
    if !(site.base.starts_with('/') && site.base.ends_with('/')) {
        let message = format!("base = \"{}\" does not begin and end with `/`", site.base);
        return Err(refused(
            "site",
            message,
            "write for example base = \"/waymark/\"",
        ));
    }
    if site.languages.is_empty() {
        let message = "languages is empty".to_owned();
        return Err(refused(
            "site",
            message,
            "write for example languages = [\"en\", \"es\"]",
        ));
    }
    Ok(site)
}

/// The files of the site: those built in, and the knowledge and settings that its scripts read.
pub(crate) fn assets(guide: &Guide) -> Result<Assets, Failure> {
    let mut assets = Assets::default();
    for (name, bytes, brotli) in EMBEDDED {
        assets.add(name, *bytes, brotli.map(Into::into));
    }
    let settings = serde_json::to_vec(&guide.site).map_err(std::io::Error::from)?;
    assets.add("site.json", settings, None);
    Ok(assets)
}

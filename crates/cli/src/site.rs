//! Who publishes a site, and its files.

use crate::failure::Failure;
use std::path::Path;
use waymark_criteria::Diagnostic;
use waymark_engine::bundle::ShippedFor;
use waymark_page::{Guide, Site};
use waymark_server::{Asset, Assets, digest, versioned};

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
    let is_name = |text: &str| {
        text.bytes()
            .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-')
    };
    let is_colour = |text: &str| {
        let digits = text.strip_prefix('#').unwrap_or("");
        matches!(digits.len(), 3 | 6) && digits.bytes().all(|it| it.is_ascii_hexdigit())
    };
    let odd = site
        .colours
        .iter()
        .find(|(token, colour)| !is_name(token) || !is_colour(colour));
    if let Some((token, colour)) = odd {
        let message = format!("{token} = \"{colour}\" is no colour of a design token");
        return Err(refused(
            "site",
            message,
            "write for example teal = \"#0B5F5A\" under [colours]",
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

/// The engine; without it every page is made on the server.
pub(crate) const ENGINE: &str = "waymark.wasm";

/// The files of the site: those built in, and what its scripts load. The guide takes their versions.
pub(crate) fn assets(guide: &mut Guide) -> Result<Assets, Failure> {
    let mut assets = Assets::default();
    for (name, bytes, brotli) in EMBEDDED {
        assets.add(name, *bytes, brotli.map(Into::into));
    }
    coloured(&mut assets, &guide.site);
    let score = include_bytes!("../../../docs/ipdas.json").to_vec();
    add(&mut assets, "ipdas.json", score);
    let worker = assets.remove("sw.js");
    if assets.get(ENGINE).is_some() {
        let knowledge = guide.bundle.shipped(ShippedFor::Pages);
        add(&mut assets, KNOWLEDGE, knowledge);
        if assets.get(RECORD_ENGINE).is_some() {
            let knowledge = guide.bundle.shipped(ShippedFor::Records);
            add(&mut assets, RECORD_KNOWLEDGE, knowledge);
        }
        for translation in &guide.translations {
            let name = format!("{}.translation", translation.language);
            add(&mut assets, &name, translation.shipped());
        }
        add(&mut assets, "site.bundle", guide.site.shipped());
        guide.site.versions = assets.versions().into_iter().collect();
        if let Some(worker) = worker {
            let worker = String::from_utf8_lossy(&worker.bytes);
            let worker = filled(&worker, &assets, &guide.site.base);
            assets.add("sw.js", worker.into_bytes(), None);
        }
    }
    guide.site.versions = assets.versions().into_iter().collect();
    Ok(assets)
}

/// The styles with the colours of the publisher behind them.
fn coloured(assets: &mut Assets, site: &Site) {
    const STYLES: &str = "waymark.css";
    if let Some(styles) = assets.get(STYLES)
        && !site.colours.is_empty()
    {
        let mut styles = String::from_utf8_lossy(&styles.bytes).into_owned();
        for (token, colour) in &site.colours {
            styles += &format!(":root {{ --{token}: {colour}; }}\n");
        }
        assets.add(STYLES, styles.into_bytes(), None);
    }
}

/// Adds a file of this guide; the brotli form that was built in serves it where the bytes are the same.
fn add(assets: &mut Assets, name: &str, bytes: Vec<u8>) {
    let built = EMBEDDED
        .iter()
        .find(|(it, built, _)| *it == name && *built == bytes);
    let brotli = built.and_then(|(_, _, brotli)| *brotli);
    assets.add(name, bytes, brotli.map(Into::into));
}

/// The worker with the files that it keeps from the first, those that it keeps once a visit has loaded them, and a version
/// that changes when one of them does.
fn filled(worker: &str, assets: &Assets, base: &str) -> String {
    let kept = [".css", ".js", ".svg", ".wasm", ".bundle", ".woff2"];
    let is_kept = |name: &str| kept.iter().any(|end| name.ends_with(end)) && !is_for_records(name);
    let is_later = |name: &str| is_for_records(name) || name.ends_with(".translation");
    let versions = assets.versions();
    let addresses = |wanted: &dyn Fn(&str) -> bool| {
        let names = assets.iter().map(|(name, _)| name);
        let addresses = names
            .filter(|name| wanted(name))
            .map(|name| match versions.get(name) {
                Some(version) => format!("{base}assets/{}", versioned(name, version)),
                None => format!("{base}assets/{name}"),
            });
        addresses.collect::<Vec<_>>()
    };
    let (files, later) = (addresses(&is_kept), addresses(&is_later));
    let all = [&*files, &*later].concat().join(" ");
    worker
        .replace("{version}", &digest(all.as_bytes()))
        .replace("{base}", base)
        .replace("{files}", &files.join("\", \""))
        .replace("{later}", &later.join("\", \""))
}

const KNOWLEDGE: &str = "knowledge.bundle";

/// The engine that reads FHIR too, and the knowledge with the codes for it, loaded when a record is given.
const RECORD_ENGINE: &str = "waymark-record.wasm";
const RECORD_KNOWLEDGE: &str = "knowledge-record.bundle";

fn is_for_records(name: &str) -> bool {
    [RECORD_ENGINE, RECORD_KNOWLEDGE].contains(&name)
}

/// What does the work of a file, and reads records too.
pub(crate) fn with_records<'a>(assets: &'a Assets, name: &str) -> Option<&'a Asset> {
    match name {
        ENGINE => assets.get(RECORD_ENGINE),
        KNOWLEDGE => assets.get(RECORD_KNOWLEDGE),
        _ => None,
    }
}

/// Whether the script loads a file on every visit, or in a visit in another language.
pub(crate) fn is_loaded(name: &str) -> bool {
    let data = [".bundle", ".translation"];
    name == ENGINE || data.iter().any(|end| name.ends_with(end)) && !is_for_records(name)
}

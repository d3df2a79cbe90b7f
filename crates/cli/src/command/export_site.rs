//! `waymark export site --out DIR`

use super::export::unwritable;
use crate::failure::Failure;
use crate::{knowledge, site};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::Path;
use waymark_criteria::Date;
use waymark_page::{Door, Fields, Guide, Request};
use waymark_server::{Assets, SECURITY, versioned};

/// Writes every page in every language, the files beside them, and the whole site as one file.
pub(crate) fn run(
    out: &Path,
    config: Option<&Path>,
    kb: Option<&Path>,
    today: Date,
) -> Result<(), Failure> {
    let mut guide = knowledge::guide(kb)?;
    guide.site = site::read(config)?;
    let assets = site::assets(&mut guide)?;
    let mut files = pages(&guide, today);
    for (name, asset) in assets.iter() {
        let path = match guide.site.versions.get(name) {
            _ if name == "sw.js" => name.to_owned(),
            Some(version) => format!("assets/{}", versioned(name, version)),
            None => format!("assets/{name}"),
        };
        files.push((path, asset.bytes.to_vec()));
    }
    files.push(("_headers".to_owned(), headers(&guide.site.base).into()));
    files.push((
        "robots.txt".to_owned(),
        b"User-agent: *\nAllow: /\n".to_vec(),
    ));
    let alone = alone(&guide, &assets, today);
    let size = alone.len();
    files.push(("waymark.html".to_owned(), alone.into()));
    for (path, bytes) in &files {
        let path = out.join(path);
        let written = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        let written = written.and_then(|()| std::fs::write(&path, bytes));
        written.map_err(|error| unwritable(&path, &error))?;
    }
    let mut stderr = std::io::stderr();
    if assets.get(site::ENGINE).is_none() {
        let note = "the engine for browsers was not built in (cargo xtask web): this site has pages to read, and takes no answers";
        writeln!(stderr, "{note}")?;
    }
    let (files, size, out) = (files.len(), size.div_ceil(1024), out.display());
    writeln!(
        stderr,
        "{files} files in {out}; waymark.html, the site in one file, has {size} KB"
    )?;
    Ok(())
}

/// Every page that can be written to a file, with its path.
fn pages(guide: &Guide, today: Date) -> Vec<(String, Vec<u8>)> {
    let mut pages = Vec::new();
    for (number, language) in guide.site.languages.iter().enumerate() {
        for place in waymark_page::pages(guide) {
            let path = match (number, &*place) {
                (0, place) => place.to_owned(),
                (_, "") => language.clone(),
                (_, place) => format!("{language}/{place}"),
            };
            let html = page(guide, &path, today);
            let file = if path.is_empty() {
                "index.html".to_owned()
            } else {
                format!("{path}/index.html")
            };
            pages.push((file, html.into()));
        }
    }
    pages.push(("404.html".to_owned(), page(guide, "404", today).into()));
    pages
}

fn page(guide: &Guide, path: &str, today: Date) -> String {
    let request = Request {
        path,
        fields: Fields::default(),
        today,
        door: Door::Static,
        chart: None,
    };
    waymark_page::respond(guide, &request).html
}

/// What a host is to send with every file, in the form that several hosts read.
fn headers(base: &str) -> String {
    let mut text = format!("{base}*\n");
    for (name, value) in SECURITY {
        text += &format!("  {name}: {value}\n");
    }
    text + &format!(
        "{base}assets/*\n  cache-control: public, max-age=31536000, immutable\n{base}assets/fonts/*\n  cache-control: public, max-age=86400\n"
    )
}

/// The first page with everything that it loads inside it; its script makes the others.
fn alone(guide: &Guide, assets: &Assets, today: Date) -> String {
    let html = page(guide, "", today);
    let text = |name: &str| {
        let asset = assets.get(name);
        asset.map_or_else(String::new, |it| {
            String::from_utf8_lossy(&it.bytes).into_owned()
        })
    };
    let styles = text("waymark.css");
    let script = text("waymark.js").replace("</script", "<\\/script");
    let mut inside = String::new();
    let engine = assets.get(site::ENGINE).is_some();
    for (name, asset) in assets.iter().filter(|(name, _)| site::is_loaded(name)) {
        // It has nowhere to load the engine that reads records from, so that one is in it from the first.
        let asset = site::with_records(assets, name).unwrap_or(asset);
        let packed = asset.gzip.as_deref().unwrap_or(&asset.bytes);
        let packed = STANDARD.encode(packed);
        inside += &format!("<script type=\"text/plain\" id=\"file-{name}\">{packed}</script>");
    }
    let policy = format!(
        "default-src 'none'; script-src '{}' 'wasm-unsafe-eval'; style-src '{}'; img-src data:; form-action 'none'; base-uri 'none'",
        hash(&script),
        hash(&styles)
    );
    let files = if engine {
        "{&quot;waymark.wasm&quot;:&quot;&quot;}"
    } else {
        "{}"
    };
    let (head, body) = html.split_once("</head>").unwrap_or(("", &html));
    // The links to the files beside the page end with the head; what stands before them stays. The files go into the head:
    // the script replaces the body.
    let head = head.split("<link").next().unwrap_or("");
    let body = body.strip_suffix("</body></html>").unwrap_or(body);
    format!(
        "{head}<meta http-equiv=\"content-security-policy\" content=\"{policy}\"><style>{styles}</style>{inside}</head>{body}<script data-files=\"{files}\">{script}</script></body></html>\n"
    )
}

fn hash(text: &str) -> String {
    format!(
        "sha256-{}",
        STANDARD.encode(Sha256::digest(text.as_bytes()))
    )
}

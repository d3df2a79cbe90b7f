//! The files of the site.

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;

/// Bytes below which compression saves nothing.
const SMALL: usize = 600;

/// Files by their name below `assets/`.
#[derive(Clone, Debug, Default)]
pub struct Assets(BTreeMap<String, Asset>);

/// A file of the site.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its bytes.
    pub bytes: Cow<'static, [u8]>,
    /// The same compressed as brotli, where a build did so.
    pub brotli: Option<Cow<'static, [u8]>>,
    /// The same compressed as gzip, where that is smaller.
    pub gzip: Option<Vec<u8>>,
    /// A digest of the bytes: names a version of the file.
    pub version: String,
}

impl Asset {
    /// A file and, where there is one, its brotli form.
    #[must_use]
    pub fn new(
        name: &str,
        bytes: impl Into<Cow<'static, [u8]>>,
        brotli: Option<Cow<'static, [u8]>>,
    ) -> Self {
        let bytes = bytes.into();
        let packed = name.ends_with(".woff2") || name.ends_with(".png");
        let gzip = (!packed).then(|| gzip(&bytes)).flatten();
        let version = digest(&bytes);
        Asset {
            bytes,
            brotli,
            gzip,
            version,
        }
    }
}

impl Assets {
    /// Adds a file, in place of one of the same name.
    pub fn add(
        &mut self,
        name: &str,
        bytes: impl Into<Cow<'static, [u8]>>,
        brotli: Option<Cow<'static, [u8]>>,
    ) {
        self.0
            .insert(name.to_owned(), Asset::new(name, bytes, brotli));
    }

    /// A file by name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Asset> {
        self.0.get(name)
    }

    /// A file by the name that stands in an address, `waymark.VERSION.css` or `waymark.css`, and whether that names the
    /// version which is here.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<(&str, &Asset, bool)> {
        let found = |name: &str| self.0.get_key_value(name);
        if let Some((name, asset)) = found(name) {
            return Some((name, asset, false));
        }
        let (rest, end) = name.rsplit_once('.')?;
        let (stem, version) = rest.rsplit_once('.')?;
        let (name, asset) = found(&format!("{stem}.{end}"))?;
        Some((name, asset, asset.version == version))
    }

    /// All files, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Asset)> {
        self.0.iter().map(|(name, asset)| (name.as_str(), asset))
    }

    /// Takes a file away.
    pub fn remove(&mut self, name: &str) -> Option<Asset> {
        self.0.remove(name)
    }

    /// The version of each file: stands in its address, so that a browser may keep it for ever. Files in folders, the
    /// fonts, are named by the styles beside them, without a version.
    #[must_use]
    pub fn versions(&self) -> BTreeMap<String, String> {
        self.iter()
            .filter(|(name, _)| !name.contains('/'))
            .map(|(name, asset)| (name.to_owned(), asset.version.clone()))
            .collect()
    }
}

/// The media type of a file, by the end of its name.
pub(crate) fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, end)| end) {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// A name with a version in it.
#[must_use]
pub fn versioned(name: &str, version: &str) -> String {
    let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("{stem}.{version}.{end}")
}

/// Sixteen hexadecimal digits that tell one content from another.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Compressed as gzip; nothing where that is not smaller.
pub(crate) fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.len() < SMALL {
        return None;
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Into memory: this cannot fail; if it did, the bytes would go out as they are.
    encoder.write_all(bytes).ok()?;
    let packed = encoder.finish().ok()?;
    (packed.len() < bytes.len()).then_some(packed)
}

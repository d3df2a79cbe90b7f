//! The files of the site: the engine as WASM, the knowledge beside it, and how much of each goes over the line.

mod toolchain;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use toolchain::{TARGET, Toolchain};
use waymark_engine::bundle::ShippedFor;

/// What goes over the line, compressed as brotli: the goal in kilobytes, the limit that fails a build, and the files.
const BUDGETS: [(&str, usize, usize, &[&str]); 3] = [
    (
        "page, styles, script",
        60,
        60,
        &[
            "page.html",
            "waymark.css",
            "fonts.css",
            "waymark.js",
            "waymark.svg",
        ],
    ),
    ("fonts", 72, 72, &[".woff2"]),
    ("knowledge in English", 150, 105, &["knowledge.bundle"]),
];

/// Likewise for the first engine.
const ENGINE: (usize, usize) = (220, 220);

/// Likewise for a first visit with the questions, in English.
const FIRST_VISIT: (usize, usize) = (420, 380);

/// What the standard library adds to both, at most, where it was not compiled for size.
const PREBUILT: usize = 25;

/// Builds `web/dist`, which the next build of the binary takes in, and holds it to its budgets.
pub(crate) fn run(root: &Path) -> Result<String, String> {
    let web = root.join("web");
    let dist = web.join("dist");
    let toolchain = Toolchain::find()?;
    let whole = engine(root, toolchain, &[])?;
    let small = engine(root, toolchain, &["--no-default-features"])?;
    let _ = fs::remove_dir_all(&dist);
    fs::create_dir_all(dist.join("fonts")).map_err(|error| at(&dist, &error))?;
    let mut files = vec![
        ("waymark.wasm".to_owned(), small),
        ("waymark-record.wasm".to_owned(), whole),
    ];
    let (bundle, translations) = waymark_knowledge::bundle_for_build(&root.join("kb"))?;
    let shipped = [
        ("knowledge.bundle", ShippedFor::Pages),
        ("knowledge-record.bundle", ShippedFor::Records),
    ];
    for (name, to) in shipped {
        files.push((name.to_owned(), bundle.shipped(to)));
    }
    for translation in &translations {
        let name = format!("{}.translation", translation.language);
        files.push((name, translation.shipped()));
    }
    for below in ["", "fonts/"] {
        for path in listed(&web.join(below))? {
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or("");
            files.push((format!("{below}{name}"), read(&path)?));
        }
    }
    files.sort();
    let mut sizes = vec![("page.html".to_owned(), first_page(root)?)];
    for (name, bytes) in &files {
        let size = write(&dist, name, bytes)?;
        sizes.push((name.clone(), size));
    }
    report(&sizes, toolchain)
}

/// The engine, compiled with these features.
fn engine(root: &Path, toolchain: Toolchain, features: &[&str]) -> Result<Vec<u8>, String> {
    let mut build = toolchain.cargo();
    build
        .args([
            "build",
            "--package",
            "waymark-wasm",
            "--profile",
            "wasm",
            "--target",
            TARGET,
        ])
        .args(features)
        .current_dir(root);
    run_to_end(&mut build)?;
    let metadata = crate::tidy::metadata(root)?;
    let target = metadata["target_directory"].as_str().unwrap_or("target");
    // `wasm-opt` takes a tenth off the file, and adds a tenth to what brotli makes of it: measured, and left out.
    let made = Path::new(target).join(TARGET);
    read(&made.join("wasm/waymark_wasm.wasm"))
}

fn run_to_end(command: &mut Command) -> Result<(), String> {
    let status = command
        .status()
        .map_err(|error| format!("{command:?} did not start: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{command:?} ended with {status}"))
    }
}

/// The files of a folder that go into the site, in the order of their names.
fn listed(dir: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(dir).map_err(|error| at(dir, &error))?;
    let mut paths: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .filter(|path| {
            path.extension()
                .is_none_or(|end| end != "md" && end != "txt")
        })
        .collect();
    paths.sort();
    Ok(paths)
}

/// Writes a file, and its brotli form where that is smaller; the bytes that go over the line.
fn write(dist: &Path, name: &str, bytes: &[u8]) -> Result<usize, String> {
    let path = dist.join(name);
    fs::write(&path, bytes).map_err(|error| at(&path, &error))?;
    let packed = brotli(bytes);
    if name.ends_with(".woff2") || packed.len() >= bytes.len() {
        return Ok(bytes.len());
    }
    let path = dist.join(format!("{name}.br"));
    fs::write(&path, &packed).map_err(|error| at(&path, &error))?;
    Ok(packed.len())
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let settings = brotli::enc::BrotliEncoderParams {
        lgwin: 22,
        ..Default::default()
    };
    let mut packed = Vec::new();
    // From memory into memory: this cannot fail.
    let _ = brotli::BrotliCompress(&mut &*bytes, &mut packed, &settings);
    packed
}

/// Bytes of the first page over the line.
fn first_page(root: &Path) -> Result<usize, String> {
    let (bundle, translations) = waymark_knowledge::bundle_for_build(&root.join("kb"))?;
    let guide = waymark_page::Guide {
        bundle,
        translations,
        site: waymark_page::Site::default(),
    };
    let released = waymark_criteria::Date::parse(&guide.bundle.content().publisher.released);
    let request = waymark_page::Request {
        path: "",
        fields: waymark_page::Fields::default(),
        today: released.ok_or("the knowledge has no day of release")?,
        door: waymark_page::Door::Server,
        chart: None,
    };
    Ok(brotli(waymark_page::respond(&guide, &request).html.as_bytes()).len())
}

/// One line for each budget, and what it adds up to.
fn report(sizes: &[(String, usize)], toolchain: Toolchain) -> Result<String, String> {
    let mut lines = Vec::new();
    let mut over = false;
    let mut all = 0;
    let more = match toolchain {
        Toolchain::Prebuilt => PREBUILT,
        Toolchain::Own | Toolchain::Debian => 0,
    };
    let mut line = |what: &str, size: usize, goal: usize, limit: usize| {
        over |= size > limit * 1024;
        let missed = if size > goal * 1024 { ", missed" } else { "" };
        let shown = size as u64 * 10 / 1024;
        lines.push(format!(
            "{what:<24} {:>4}.{} KB, goal {goal}{missed}",
            shown / 10,
            shown % 10
        ));
    };
    let size_of = |ends: &[&str]| -> usize {
        let of = sizes
            .iter()
            .filter(|(name, _)| ends.iter().any(|end| name.ends_with(end)));
        of.map(|(_, size)| size).sum()
    };
    for (what, goal, limit, ends) in BUDGETS {
        all += size_of(ends);
        line(what, size_of(ends), goal, limit);
    }
    let engine = size_of(&["waymark.wasm"]);
    line("engine", engine, ENGINE.0, ENGINE.1 + more);
    line(
        "first visit",
        all + engine,
        FIRST_VISIT.0,
        FIRST_VISIT.1 + more,
    );
    for (name, size) in sizes
        .iter()
        .filter(|(name, _)| name.ends_with(".translation"))
    {
        lines.push(format!("{name:<24} {:>4} KB, on demand", size / 1024));
    }
    let lines = lines.join("\n");
    let text = format!("web/dist, compiled {toolchain}, compressed as brotli:\n{lines}");
    if over {
        Err(text + "\nover a limit")
    } else {
        Ok(text)
    }
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| at(path, &error))
}

fn at(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

//! Compiles `kb/` into the bundle that the binary embeds. An error in the knowledge stops the build.

use std::path::Path;
use std::process::ExitCode;
use waymark_engine::bundle::ShippedFor;

fn main() -> ExitCode {
    let kb = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kb");
    println!("cargo::rerun-if-changed={}", kb.display());
    let (bundle, translations) = match waymark_knowledge::bundle_for_build(&kb) {
        Ok(bundle) => bundle,
        Err(problems) => {
            eprintln!("the knowledge in kb/ does not compile:\n{problems}");
            return ExitCode::FAILURE;
        }
    };
    let shipped = bundle.shipped(ShippedFor::Exports);
    let Some(out) = std::env::var_os("OUT_DIR") else {
        eprintln!("OUT_DIR is not set; run this through cargo");
        return ExitCode::FAILURE;
    };
    let out = Path::new(&out);
    let mut files = vec![("knowledge.bundle".to_owned(), shipped)];
    let mut listed = String::new();
    for translation in &translations {
        let name = format!("{}.translation", translation.language);
        listed += &format!("include_bytes!({:?}),", out.join(&name));
        files.push((name, translation.to_bytes()));
    }
    files.push(("translations.rs".to_owned(), format!("&[{listed}]").into()));
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web");
    files.push(("assets.rs".to_owned(), assets(&web).into()));
    for (name, bytes) in files {
        if let Err(error) = std::fs::write(out.join(&name), bytes) {
            eprintln!("{name} could not be written: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// The files of the site, as a Rust list of `(name, bytes, brotli)`: what `cargo xtask web` built, else the sources, with
/// which every page is rendered on the server.
fn assets(web: &Path) -> String {
    // A file of `dist` is the built form of a source of the same name.
    let mut found = std::collections::BTreeMap::new();
    for (below, dir) in [
        ("", web.to_owned()),
        ("fonts/", web.join("fonts")),
        ("", web.join("dist")),
        ("fonts/", web.join("dist/fonts")),
    ] {
        println!("cargo::rerun-if-changed={}", dir.display());
        for entry in std::fs::read_dir(&dir).into_iter().flatten().flatten() {
            let path = entry.path();
            if let (true, Ok(name)) = (path.is_file(), entry.file_name().into_string()) {
                found.insert(format!("{below}{name}"), path);
            }
        }
    }
    let wanted = [
        ".css", ".html", ".js", ".json", ".png", ".svg", ".wasm", ".woff2",
    ];
    let mut list = String::new();
    for (name, path) in &found {
        if !wanted.iter().any(|end| name.ends_with(end)) {
            continue;
        }
        let brotli = match found.get(&format!("{name}.br")) {
            Some(path) => format!("Some(include_bytes!({path:?}))"),
            None => "None".to_owned(),
        };
        list += &format!("({name:?}, include_bytes!({path:?}), {brotli}),");
    }
    format!("&[{list}]")
}

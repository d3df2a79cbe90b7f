//! Compiles `kb/` into the bundle that the binary embeds. An error in the knowledge stops the build.

use std::path::Path;
use std::process::ExitCode;

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
    let Some(out) = std::env::var_os("OUT_DIR") else {
        eprintln!("OUT_DIR is not set; run this through cargo");
        return ExitCode::FAILURE;
    };
    let out = Path::new(&out);
    let mut files = vec![
        ("knowledge.bundle".to_owned(), bundle.to_bytes()),
        ("knowledge.hash".to_owned(), bundle.hash().into()),
    ];
    for translation in &translations {
        files.push((
            format!("{}.translation", translation.language),
            translation.to_bytes(),
        ));
    }
    for (name, bytes) in files {
        if let Err(error) = std::fs::write(out.join(&name), bytes) {
            eprintln!("{name} could not be written: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

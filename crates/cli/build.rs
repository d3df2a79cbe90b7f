//! Compiles `kb/` into the bundle that the binary embeds. An error in the knowledge stops the build.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let kb = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kb");
    println!("cargo::rerun-if-changed={}", kb.display());
    let bundle = match waymark_knowledge::bundle_for_build(&kb) {
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
    match std::fs::write(Path::new(&out).join("knowledge.bundle"), bundle) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the bundle could not be written: {error}");
            ExitCode::FAILURE
        }
    }
}

//! A compiler for the browser.

use std::fmt;
use std::path::Path;
use std::process::Command;

pub(super) const TARGET: &str = "wasm32-unknown-unknown";

const DEBIAN: [&str; 4] = [
    "/usr/bin/cargo",
    "/usr/bin/rustc",
    "/usr/bin/wasm-ld",
    "/usr/lib/rustlib/src/rust/library/std/Cargo.toml",
];

/// Whose compiler is taken.
#[derive(Clone, Copy)]
pub(super) enum Toolchain {
    /// The one that builds everything else: it has the target, or rustup could fetch it.
    Own,
    /// The packages rustc-web, cargo-web, rust-web-src and lld of Debian, which compile the standard library too.
    Debian,
}

impl Toolchain {
    pub(super) fn find() -> Result<Self, String> {
        let has_target = || {
            let found = Command::new("rustc")
                .args(["--print", "target-libdir", "--target", TARGET])
                .output();
            found.is_ok_and(|it| Path::new(String::from_utf8_lossy(&it.stdout).trim()).is_dir())
        };
        let fetched = || {
            let added = Command::new("rustup")
                .args(["target", "add", TARGET])
                .output();
            added.is_ok_and(|it| it.status.success()) && has_target()
        };
        if has_target() || fetched() {
            Ok(Toolchain::Own)
        } else if DEBIAN.iter().all(|file| Path::new(file).exists()) {
            Ok(Toolchain::Debian)
        } else {
            Err(format!(
                "the target {TARGET} is not there: `rustup target add {TARGET}`, or the packages rustc-web, cargo-web, rust-web-src and lld of Debian"
            ))
        }
    }

    /// Its cargo, which compiles for the browser.
    pub(super) fn cargo(self) -> Command {
        match self {
            Toolchain::Own => Command::new("cargo"),
            Toolchain::Debian => {
                let [cargo, rustc, linker, _] = DEBIAN;
                let mut command = Command::new(cargo);
                command
                    .env("RUSTC", rustc)
                    .env("RUSTC_BOOTSTRAP", "1")
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                    .args(["-Z", "build-std=std,panic_abort"]);
                command
            }
        }
    }
}

impl fmt::Display for Toolchain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Toolchain::Own => "by the toolchain of this project",
            Toolchain::Debian => "by the packages of Debian, the standard library with it",
        })
    }
}

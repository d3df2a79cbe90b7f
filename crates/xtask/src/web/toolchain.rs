//! A compiler for the browser.

use std::fmt;
use std::path::Path;
use std::process::{Command, Output};

pub(super) const TARGET: &str = "wasm32-unknown-unknown";

/// A panic stops the engine at once, without the code that would tell of it: there is nobody to read it in a browser.
const PANIC: [&str; 2] = ["-Zunstable-options", "-Cpanic=immediate-abort"];

/// The linker leaves five bytes for every number that it may have to change; so it writes them as short as they are.
const SHORT: &str = "-Clink-arg=--compress-relocations";

const DEBIAN: [&str; 4] = [
    "/usr/bin/cargo",
    "/usr/bin/rustc",
    "/usr/bin/wasm-ld",
    "/usr/lib/rustlib/src/rust/library/std/Cargo.toml",
];

/// Whose compiler is taken, and what standard library.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Toolchain {
    /// The compiler that builds everything else, and the standard library compiled for size from its sources.
    Own,
    /// The same compiler, and the standard library as it comes: the sources are not there, or it is older than [`PANIC`].
    Prebuilt,
    /// The packages rustc-web, cargo-web, rust-web-src and lld of Debian; the standard library compiled for size.
    Debian,
}

impl Toolchain {
    pub(super) fn find() -> Result<Self, String> {
        if has_target() || (rustup(&["target", "add", TARGET]) && has_target()) {
            if has_sources() || (rustup(&["component", "add", "rust-src"]) && has_sources()) {
                Ok(Toolchain::Own)
            } else {
                Ok(Toolchain::Prebuilt)
            }
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
        let [debian_cargo, rustc, linker, _] = DEBIAN;
        let mut command = match self {
            Toolchain::Own | Toolchain::Prebuilt => Command::new("cargo"),
            Toolchain::Debian => Command::new(debian_cargo),
        };
        if self == Toolchain::Debian {
            command
                .env("RUSTC", rustc)
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
        if self == Toolchain::Prebuilt {
            command.env("RUSTFLAGS", SHORT);
        } else {
            // Unstable flags; for this one build, the stable compiler takes them.
            command
                .env("RUSTC_BOOTSTRAP", "1")
                .env("RUSTFLAGS", format!("{} {SHORT}", PANIC.join(" ")))
                .args(["-Z", "build-std=std,panic_abort"])
                .args(["-Z", "build-std-features=optimize_for_size"]);
        }
        command
    }
}

/// Whether the compiler knows [`PANIC`] and has the sources of the standard library.
fn has_sources() -> bool {
    let mut ask = Command::new("rustc");
    ask.env("RUSTC_BOOTSTRAP", "1").args(PANIC);
    printed(ask.args(["--print", "sysroot"])).is_some_and(|sysroot| {
        Path::new(&sysroot)
            .join("lib/rustlib/src/rust/library/std/Cargo.toml")
            .is_file()
    })
}

fn has_target() -> bool {
    let mut ask = Command::new("rustc");
    printed(ask.args(["--print", "target-libdir", "--target", TARGET]))
        .is_some_and(|libraries| Path::new(&libraries).is_dir())
}

fn rustup(arguments: &[&str]) -> bool {
    let ended = Command::new("rustup").args(arguments).output();
    ended.is_ok_and(|it| it.status.success())
}

/// The line that a command prints; nothing where it fails.
fn printed(command: &mut Command) -> Option<String> {
    let Output { status, stdout, .. } = command.output().ok()?;
    let line = String::from_utf8_lossy(&stdout).trim().to_owned();
    status.success().then_some(line)
}

impl fmt::Display for Toolchain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Toolchain::Own => "by the toolchain of this project, the standard library for size with it",
            Toolchain::Prebuilt => {
                "by the toolchain of this project with its own standard library, which is larger: its sources (`rustup component add rust-src`) are not there, or it is too old"
            }
            Toolchain::Debian => "by the packages of Debian, the standard library for size with it",
        })
    }
}

//! `waymark serve`

use crate::args::Serve;
use crate::failure::Failure;
use crate::{clock, knowledge, site};
use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use waymark_criteria::{Date, Diagnostic};
use waymark_server::App;

/// Serves the page until interrupted. `fixed`: the day of every request, in place of the clock's.
pub(crate) fn run(args: &Serve, kb: Option<&Path>, fixed: Option<Date>) -> Result<(), Failure> {
    let mut guide = knowledge::guide(kb)?;
    guide.site = site::read(args.config.as_deref())?;
    let assets = site::assets(&mut guide)?;
    if assets.get(site::ENGINE).is_none() {
        let note =
            "the engine for browsers was not built in (cargo xtask web): every page is made here";
        writeln!(std::io::stderr(), "{note}")?;
    }
    let listener = TcpListener::bind(args.listen).map_err(|error| taken(args.listen, &error))?;
    let address = listener.local_addr()?;
    let place = format!("http://{address}{}", guide.site.base);
    writeln!(std::io::stderr(), "Waymark is at {place} (Ctrl-C ends it)")?;
    if args.open {
        open(&place)?;
    }
    let today = move || fixed.unwrap_or_else(clock::today);
    let app = App {
        guide,
        assets,
        today: Box::new(today),
    };
    Ok(waymark_server::run(listener, app)?)
}

fn taken(address: SocketAddr, error: &std::io::Error) -> Failure {
    let message = format!("{address} cannot be listened on: {error}");
    Failure::Refused(vec![Diagnostic::error("address", message).help(
        "name another one with --listen, for example --listen 127.0.0.1:0 for any free port",
    )])
}

/// Opens the page in the browser of this machine; where that fails, the address was printed.
fn open(place: &str) -> Result<(), Failure> {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let opened = std::process::Command::new(program)
        .arg(place)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
    if let Err(error) = opened {
        writeln!(
            std::io::stderr(),
            "no browser was opened ({program}: {error}); open {place} yourself"
        )?;
    }
    Ok(())
}

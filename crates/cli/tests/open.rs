//! `waymark serve --open`: the browser of the machine is given the address at which the server answers.
#![cfg(all(unix, not(target_os = "macos")))]
#![expect(
    clippy::expect_used,
    reason = "a test that cannot run the program has failed"
)]

mod server;

use server::Server;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;
use std::time::Duration;

/// So long nothing takes; a browser that is not called must not keep the test waiting for ever.
const HANGS: Duration = Duration::from_secs(120);

/// A folder of one test in which programs are looked for, empty at first.
fn programs(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn serve(programs: &Path, options: &[&str]) -> Server {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waymark"));
    command.args(["serve", "--listen", "127.0.0.1:0"]);
    Server::start(command.args(options).env("PATH", programs))
}

fn start_page(server: &Server, path: &str) -> String {
    let host = &server.address;
    server.ask(&format!(
        "GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"
    ))
}

#[test]
fn the_browser_is_given_the_address_at_which_the_server_answers() {
    let folder = programs("opened");
    let (browser, opened) = (folder.join("xdg-open"), folder.join("opened"));
    // A pipe: whoever reads it waits until the browser was called, and gets all that it was given.
    let pipe = Command::new("mkfifo").arg(&opened).status();
    assert!(pipe.expect("mkfifo starts").success());
    let script = format!(
        "#!/bin/sh\nprintf '%s\\n' \"$@\" > '{}'\n",
        opened.display()
    );
    fs::write(&browser, script).expect("a program");
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).expect("it can be run");

    let server = serve(&folder, &["--open"]);
    let (told, calls) = mpsc::channel();
    std::thread::spawn(move || told.send(fs::read_to_string(&opened)));
    let given = calls.recv_timeout(HANGS).expect("the browser is called");
    let given = given.expect("what it was given is text");
    let address = given.strip_suffix('\n').expect("a line");
    assert_eq!(address, format!("http://{}/", server.address));
    assert!(start_page(&server, "/").contains("<html lang=\"en\""));
    assert_eq!(server.end(), "");
}

#[test]
fn where_there_is_no_browser_it_says_so_and_serves_all_the_same() {
    let server = serve(&programs("no-browser"), &["--open"]);
    assert!(start_page(&server, "/").contains("<html lang=\"en\""));
    let address = server.address.clone();
    let said = server.end();
    assert!(
        said.starts_with("no browser was opened (xdg-open: "),
        "{said}"
    );
    assert!(
        said.ends_with(&format!("; open http://{address}/ yourself\n")),
        "{said}"
    );
}

#[test]
fn unasked_it_opens_no_browser() {
    let server = serve(&programs("unasked"), &[]);
    start_page(&server, "/");
    assert_eq!(server.end(), "", "it did not even look for one");
}

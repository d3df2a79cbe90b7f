//! A running `waymark serve`.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};

/// A server of one test, on a free port.
pub(crate) struct Server {
    process: Child,
    pub(crate) address: String,
    said: BufReader<ChildStderr>,
}

impl Server {
    /// Starts a command that serves, once it says where it is.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut process = command
            .stderr(Stdio::piped())
            .spawn()
            .expect("waymark starts");
        let mut said = BufReader::new(process.stderr.take().expect("a pipe"));
        let mut address = None;
        while address.is_none() {
            let mut line = String::new();
            assert!(
                said.read_line(&mut line).expect("a line") > 0,
                "the server says where it is"
            );
            let place = line.split("http://").nth(1);
            address = place.and_then(|it| it.split('/').next()).map(str::to_owned);
        }
        Server {
            process,
            address: address.unwrap_or_default(),
            said,
        }
    }

    /// Sends a request as it goes over the line; the whole answer, which is one of status 200.
    pub(crate) fn ask(&self, request: &str) -> String {
        let mut line = TcpStream::connect(&self.address).expect("the server listens");
        line.write_all(request.as_bytes())
            .expect("the server reads");
        let mut answer = String::new();
        line.read_to_string(&mut answer)
            .expect("the server answers");
        assert!(
            answer.starts_with("HTTP/1.1 200"),
            "{}",
            answer.lines().next().unwrap_or("")
        );
        answer
    }

    /// Ends it; what it said after it told where it is.
    pub(crate) fn end(mut self) -> String {
        self.process.kill().expect("the server ends");
        self.process.wait().expect("the server ends");
        let mut rest = String::new();
        self.said.read_to_string(&mut rest).expect("text");
        rest
    }
}

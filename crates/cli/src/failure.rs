//! Why a command stopped, and with which exit code.

use crate::render::diagnostics;
use std::io::Write;
use std::process::ExitCode;
use waymark_criteria::Diagnostic;

/// A command that could not do its work.
pub(crate) enum Failure {
    /// Exit 1: the input was refused.
    Refused(Vec<Diagnostic>),
    /// Exit 2: the command line is wrong.
    Usage(String),
    /// Exit 3: the knowledge is in error; what is wrong was already printed.
    Knowledge,
    /// The reader of our output went away: nothing to say.
    OutputClosed,
}

impl Failure {
    /// Prints what happened on standard error.
    pub(crate) fn report(self) -> ExitCode {
        match self {
            Failure::Refused(problems) => {
                diagnostics::plain(&problems);
                ExitCode::from(1)
            }
            Failure::Usage(message) => {
                // Standard error may be closed too; there is nowhere left to say so.
                let _ = writeln!(std::io::stderr(), "error: {message}");
                ExitCode::from(2)
            }
            Failure::Knowledge => ExitCode::from(3),
            Failure::OutputClosed => ExitCode::SUCCESS,
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Failure::OutputClosed;
        }
        Failure::Refused(vec![Diagnostic::error("io", error.to_string())])
    }
}

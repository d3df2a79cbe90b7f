//! A person's answers, or a chart, to pages: one renderer for server, browser, static site and print.
//!
//! ```text
//! Request (path, fields) ──▶ Answers ──▶ written chart ──▶ Reading ──▶ Response (a whole document)
//!                                        FHIR, chart ───────┘
//! ```
//!
//! Every page is a function of a path and the fields of a form, so that the same pages work with scripts and without. The
//! crate is pure: no clock, files or network. What it says stands in the knowledge, as entries of the kinds `question` and
//! `wording`.

#![cfg_attr(
    not(feature = "sheet"),
    expect(
        dead_code,
        unused_imports,
        reason = "what pages share with the clinician sheet alone"
    )
)]

pub mod answers;
mod ask;
mod cite;
mod compare;
mod frame;
mod json;
mod learn;
mod print;
mod reading;
mod respond;
mod result;
mod scripted;
#[cfg(feature = "sheet")]
mod sheet;
pub mod site;
mod trust;
mod words;

pub use answers::Answers;
pub use reading::{Reading, Status};
pub use respond::{Door, Fields, Media, Refused, Request, Response, pages, refuse, respond};
#[cfg(feature = "sheet")]
pub use sheet::chart_text as sheet_text;
pub use site::Site;
pub use words::{ENGLISH, Said, Words};

use waymark_engine::Bundle;
use waymark_engine::bundle::Translation;

/// Everything that pages are made of.
#[derive(Clone, Debug)]
pub struct Guide {
    /// The knowledge.
    pub bundle: Bundle,
    /// Its sentences in other languages.
    pub translations: Vec<Translation>,
    /// Who publishes it.
    pub site: Site,
}

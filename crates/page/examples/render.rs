//! Prints a page: `cargo run -p waymark-page --example render -- page/ [STATE-FILE] [name=value …]`.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stdout,
    reason = "an example reads files and prints; the crate does not"
)]

use std::error::Error;
use std::path::Path;
use waymark_criteria::Date;
use waymark_page::{Door, Fields, Guide, Request, Site, respond};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_default();
    let mut fields = Vec::new();
    for argument in arguments {
        match argument.split_once('=') {
            Some((name, value)) => fields.push((name.to_owned(), value.to_owned())),
            None => fields.push(("state".to_owned(), std::fs::read_to_string(argument)?)),
        }
    }
    let kb = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kb");
    let (bundle, translations) = waymark_knowledge::bundle_for_build(&kb)?;
    let guide = Guide {
        bundle,
        translations,
        site: Site::default(),
    };
    let request = Request {
        path: &path,
        fields: Fields(&fields),
        today: Date::parse("2026-11-26").ok_or("no date")?,
        door: Door::Server,
        chart: None,
    };
    println!("{}", respond(&guide, &request).html);
    Ok(())
}

//! Bytes that may be FHIR, with the code tables of the knowledge base: every record is used or ignored.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use waymark_fhir::{Reader, looks_like_fhir};
use waymark_fuzz::{BUNDLE, accounted, refused};

static READER: LazyLock<Reader<'static>> = LazyLock::new(|| Reader::new(&BUNDLE));

fuzz_target!(|bytes: &[u8]| {
    let _ = looks_like_fhir(bytes);
    for patient in [None, Some("p")] {
        match READER.read(bytes, patient) {
            Ok(chart) => accounted(&chart),
            Err(problems) => refused(&problems, None),
        }
    }
});

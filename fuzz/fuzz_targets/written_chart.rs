//! Waymark's own chart format, with the vocabulary of the knowledge base.

#![no_main]

use libfuzzer_sys::fuzz_target;
use waymark_engine::chart::written;
use waymark_fuzz::{BUNDLE, accounted, refused};

fuzz_target!(|text: &str| {
    match written::read(text, &BUNDLE) {
        Ok(chart) => {
            assert!(written::looks_like_written(text));
            accounted(&chart);
        }
        Err(problems) => refused(&problems, Some(text)),
    }
});

//! What a browser takes, and what it has already.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_ENCODING, IF_NONE_MATCH};

/// Whether the browser takes a coding of content. A weight of zero means no (RFC 9110, 12.5.3).
pub(crate) fn takes(headers: &HeaderMap, coding: &str) -> bool {
    let offered = headers.get_all(ACCEPT_ENCODING).iter();
    let mut offered = offered
        .filter_map(|value| value.to_str().ok())
        .flat_map(|it| it.split(','));
    offered.any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let refused = weight
            .trim()
            .strip_prefix("q=")
            .is_some_and(|q| q.trim_end_matches(['0', '.']).is_empty());
        name.trim().eq_ignore_ascii_case(coding) && !refused
    })
}

/// Whether the browser holds this version (RFC 9110, 13.1.2: the comparison is weak).
pub(crate) fn holds(headers: &HeaderMap, etag: &str) -> bool {
    let held = headers.get_all(IF_NONE_MATCH).iter();
    let mut held = held
        .filter_map(|value| value.to_str().ok())
        .flat_map(|it| it.split(','));
    held.any(|one| one.trim() == "*" || one.trim().trim_start_matches("W/") == etag)
}

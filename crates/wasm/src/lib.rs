//! The engine and the page in the browser.
//!
//! ```text
//! give(length) ─▶ where to write ─▶ respond(where, length) ─▶ length and bytes ─▶ take(where, length)
//! ```
//!
//! Texts go in and come out; what was loaded, and a record that was read, stay in the memory of the page until
//! `forget` or until it is closed. Nothing here can reach a network.

mod calls;
mod memory;

use calls::Session;
use std::cell::RefCell;

thread_local! {
    static SESSION: RefCell<Session> = RefCell::default();
}

/// Answers a call with the session. No call calls another, so the session is free; were it not, the answer is empty.
fn with(call: impl FnOnce(&mut Session) -> Vec<u8>) -> Vec<u8> {
    SESSION.with(|session| {
        session
            .try_borrow_mut()
            .map_or_else(|_| Vec::new(), |mut it| call(&mut it))
    })
}

//! The border: addresses and lengths on one side, bytes on the other. The only file of the project with `unsafe` in it.
//!
//! Whoever calls gets memory of `give`, writes the input into it and hands it over with a call, which frees it. The answer is
//! four bytes with a length, least significant first, and so many bytes; whoever called frees it with `take`.

#![expect(
    unsafe_code,
    reason = "memory is shared with the script that calls; it goes over as an address and a length"
)]
#![expect(
    unreachable_pub,
    reason = "the functions are called by name, from outside Rust"
)]

use crate::with;

/// Memory for an input.
#[unsafe(no_mangle)]
pub extern "C" fn give(length: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast()
}

/// Frees memory of [`give`], or an answer (its length: that of its bytes and four).
///
/// # Safety
/// The memory is of this module, of this length, and not freed yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn take(at: *mut u8, length: usize) {
    // SAFETY: the caller's promise.
    drop(unsafe { owned(at, length) });
}

/// # Safety
/// As for [`take`].
unsafe fn owned(at: *mut u8, length: usize) -> Box<[u8]> {
    // SAFETY: `give` and `answer` made this box of a slice of this length; the caller hands it over.
    unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(at, length)) }
}

fn answer(bytes: Vec<u8>) -> *mut u8 {
    let length = u32::try_from(bytes.len()).unwrap_or(0);
    let mut whole = Vec::with_capacity(bytes.len() + 4);
    whole.extend(length.to_le_bytes());
    whole.extend(bytes);
    Box::into_raw(whole.into_boxed_slice()).cast()
}

/// A function of the border: an input handed over, an answer to free.
macro_rules! call {
    ($(#[$says:meta])* $name:ident) => {
        $(#[$says])*
        ///
        /// # Safety
        /// The input is memory of [`give`] of this length, handed over.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(at: *mut u8, length: usize) -> *mut u8 {
            // SAFETY: the caller's promise.
            let input = unsafe { owned(at, length) };
            answer(with(|session| session.$name(&input)))
        }
    };
}

call!(
    /// Loads the knowledge, packed.
    load_knowledge
);
call!(
    /// Loads the sentences of another language.
    load_translation
);
call!(
    /// Loads who publishes the site.
    load_site
);
#[cfg(feature = "record")]
call!(
    /// Reads a record, FHIR or a written chart, and keeps it.
    read_record
);
call!(
    /// Makes a page.
    respond
);
#[cfg(feature = "record")]
call!(
    /// Judges every therapy for a record, as `waymark assess --format json` does.
    assess
);
call!(
    /// Forgets the record.
    forget
);

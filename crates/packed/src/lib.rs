//! Values as bytes: in the order of their fields, without names and kinds.
//!
//! ```text
//! bytes   = shape value            shape: eight bytes, least first; of another shape, nothing is read
//! number  = seven bits to a byte, least first, the highest bit where more follow; one that may be below nought, twice it, or -1 - twice it
//! text    = number of bytes, UTF-8
//! list    = number of values, values            option = list of none or one            map = list of keys with their values
//! struct  = its fields             enum   = number of the variant, its fields
//! ```
//!
//! A format that names its fields, or that can fail at each of them, takes several times the code to read: a third of what a
//! browser had to fetch. Here a reader that meets damage goes on with noughts and empty lists, and is asked once, at the end.

mod values;

pub use waymark_packed_derive::Packed;

use std::fmt;

/// A value that has a packed form; derived for structs and enums.
pub trait Packed: Sized {
    /// Tells this type from others: a number of its names and those of its fields, all the way down.
    const SHAPE: u64;

    /// Writes the value.
    fn pack(&self, bytes: &mut Vec<u8>);

    /// Reads a value: any, where the bytes are damaged.
    fn unpack(from: &mut Unpacker<'_>) -> Self;
}

/// The bytes are not of this type. It says no more: bytes are not for mending by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the bytes are damaged, or of another version of the program")
    }
}

impl std::error::Error for Damaged {}

/// The bytes of a value.
pub fn write<T: Packed>(value: &T) -> Vec<u8> {
    let mut bytes = T::SHAPE.to_le_bytes().to_vec();
    value.pack(&mut bytes);
    bytes
}

/// The value that the bytes hold, all of them.
///
/// # Errors
/// When they are not those of such a value.
pub fn read<T: Packed>(bytes: &[u8]) -> Result<T, Damaged> {
    let Some((shape, rest)) = bytes.split_first_chunk() else {
        return Err(Damaged);
    };
    if u64::from_le_bytes(*shape) != T::SHAPE {
        return Err(Damaged);
    }
    let mut from = Unpacker {
        rest,
        damaged: false,
    };
    let value = T::unpack(&mut from);
    if from.damaged || !from.rest.is_empty() {
        return Err(Damaged);
    }
    Ok(value)
}

/// The bytes that are still to be read.
pub struct Unpacker<'b> {
    rest: &'b [u8],
    damaged: bool,
}

impl<'b> Unpacker<'b> {
    /// The next number.
    pub fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let Some((byte, rest)) = self.rest.split_first() else {
                break;
            };
            self.rest = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if *byte < 0x80 {
                return number;
            }
        }
        self.fail();
        0
    }

    /// The bytes are damaged: no more of them is read, and every number from here on is nought.
    pub fn fail(&mut self) {
        self.rest = &[];
        self.damaged = true;
    }

    /// How many bytes or values follow. Each value takes a byte at least, so there are no more than bytes.
    fn length(&mut self) -> usize {
        let length = usize::try_from(self.number()).ok();
        match length.filter(|length| *length <= self.rest.len()) {
            Some(length) => length,
            None => {
                self.fail();
                0
            }
        }
    }

    fn text(&mut self) -> &'b str {
        let length = self.length();
        let (text, rest) = self.rest.split_at(length);
        self.rest = rest;
        std::str::from_utf8(text).unwrap_or_else(|_| {
            self.fail();
            ""
        })
    }
}

/// Writes a number.
pub fn number(mut number: u64, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        let [low, ..] = number.to_le_bytes();
        bytes.push(low | 0x80);
        number >>= 7;
    }
    let [low, ..] = number.to_le_bytes();
    bytes.push(low);
}

/// The shape of what has this name and is made of parts of these shapes (FNV-1a).
#[must_use]
pub const fn shape(name: &str, parts: &[u64]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut place = 0;
    while place < name.len() {
        hash = mixed(hash, name.as_bytes()[place]);
        place += 1;
    }
    let mut part = 0;
    while part < parts.len() {
        let bytes = parts[part].to_le_bytes();
        let mut place = 0;
        while place < bytes.len() {
            hash = mixed(hash, bytes[place]);
            place += 1;
        }
        part += 1;
    }
    hash
}

const fn mixed(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x100_0000_01b3)
}

//! Knowledge and settings as bytes for a browser: values in the order of the fields, without their names.
//!
//! ```text
//! value  = head [bytes | values]
//! head   = n · 8 + kind, seven bits to a byte, least first, the highest bit where more follow
//! kinds  = 0 nothing (n = 0 a field that was left out, 1 none), 1 truth, 2 number, 3 number below nought (-1 - n),
//!          4 text of n bytes, 5 list of n values (the fields of a struct too), 6 variant n, 7 variant n and a list of its fields
//! ```
//!
//! Reading by names takes several times the code: a third of what a browser had to fetch. Whoever reads must have the
//! types of whoever wrote, which the canonical JSON of the bundle does not ask for.

mod read;
mod write;

pub use read::read;
pub use write::write;

use std::fmt;

const NOTHING: u8 = 0;
const TRUTH: u8 = 1;
const NUMBER: u8 = 2;
const BELOW: u8 = 3;
const TEXT: u8 = 4;
const LIST: u8 = 5;
const VARIANT: u8 = 6;
const VARIANT_OF: u8 = 7;

/// `n` of a field that was left out, and of one that holds none.
const LEFT_OUT: u64 = 0;
const NONE: u64 = 1;

/// The bytes are not of these types. It says no more: bytes are not for mending by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the bytes are damaged, or of another version of the program")
    }
}

impl std::error::Error for Damaged {}

impl serde::de::Error for Damaged {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Damaged
    }
}

/// A value that no knowledge has, and the packed form has no place for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unpackable;

impl fmt::Display for Unpackable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that the packed form of knowledge has no place for")
    }
}

impl std::error::Error for Unpackable {}

impl serde::ser::Error for Unpackable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Unpackable
    }
}

/// Declares an enum of two forms: the one that people write, told by a tag or by its shape, and the packed one, told by the
/// number of the variant.
macro_rules! in_two_forms {
    (
        #[serde($($form:tt)*)]
        $(#[$about:meta])*
        $vis:vis enum $name:ident { $($variants:tt)* }
        $packed:ident for $path:literal
    ) => {
        $(#[$about])*
        #[derive(Serialize, Deserialize)]
        #[serde(remote = "Self", $($form)*)]
        $vis enum $name { $($variants)* }

        mod $packed {
            use super::*;

            #[derive(Serialize, Deserialize)]
            #[serde(remote = $path)]
            pub(super) enum $name { $($variants)* }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    $name::serialize(self, serializer)
                } else {
                    $packed::$name::serialize(self, serializer)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    $name::deserialize(deserializer)
                } else {
                    $packed::$name::deserialize(deserializer)
                }
            }
        }
    };
}
pub(crate) use in_two_forms;

#[cfg(test)]
mod tests {
    use super::{Damaged, read, write};
    use serde::{Deserialize, Serialize};
    use std::collections::BTreeMap;

    #[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
    struct Entry {
        id: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        number: Option<u32>,
        below: i64,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        said: bool,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        groups: Vec<Vec<String>>,
        by: BTreeMap<Kind, Option<String>>,
        shape: Shape,
    }

    #[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    enum Kind {
        #[default]
        First,
        Second,
    }

    in_two_forms! {
        #[serde(untagged)]
        #[derive(Debug, PartialEq)]
        enum Shape {
            One(String),
            Many(Vec<String>),
            Between(i64, i64),
            Named {
                #[serde(default, skip_serializing_if = "Option::is_none")]
                left_out: Option<i64>,
                there: i64,
            },
        }
        packed for "super::Shape"
    }

    impl Default for Shape {
        fn default() -> Self {
            Shape::One(String::new())
        }
    }

    fn full() -> Entry {
        Entry {
            id: "ñ".repeat(40),
            note: Some(String::new()),
            number: Some(u32::MAX),
            below: -7,
            said: true,
            groups: vec![vec![], vec!["a".into(), "b".into()]],
            by: [(Kind::First, None), (Kind::Second, Some("x".into()))].into(),
            shape: Shape::Named {
                left_out: None,
                there: 3,
            },
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let many = Entry {
            shape: Shape::Many(vec!["y".into()]),
            ..Entry::default()
        };
        let between = Entry {
            shape: Shape::Between(2, -3),
            ..Entry::default()
        };
        for entry in [Entry::default(), full(), many, between] {
            assert_eq!(read(&write(&entry).unwrap()), Ok(entry));
        }
    }

    #[test]
    fn bytes_are_heads_and_texts_in_the_order_of_fields() {
        // List of eight; text of one byte; left out; none; number 0; left out, twice; list of none; variant 0 and its text.
        let entry = Entry {
            id: "a".into(),
            ..Entry::default()
        };
        let bytes = [8 << 3 | 5, 1 << 3 | 4, b'a', 0, 1 << 3, 2, 0, 0, 5, 7, 4];
        assert_eq!(write(&entry).unwrap(), bytes);
    }

    #[test]
    fn damaged_bytes_are_refused() {
        let whole = write(&full()).unwrap();
        for length in 0..whole.len() {
            assert_eq!(
                read::<Entry>(&whole[..length]),
                Err(Damaged),
                "cut at {length}"
            );
        }
        let longer = [&whole[..], &[0]].concat();
        assert_eq!(read::<Entry>(&longer), Err(Damaged));
        // A length of more bytes than there are, a number of more than 64 bits, a text that is not UTF-8, another type.
        for bytes in [
            &[0xfc, 0xff, 0xff, 0xff, 0x0f][..],
            &[0xff; 11],
            &[1 << 3 | 4, 0xff],
            &[2],
        ] {
            assert_eq!(read::<String>(bytes), Err(Damaged));
        }
    }
}

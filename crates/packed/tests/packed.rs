//! What is written is read, and nothing else is.

use litemap::LiteMap;
use proptest::prelude::*;
use std::collections::BTreeMap;
use waymark_packed::{Damaged, Packed, read, write};

#[derive(Clone, Debug, Default, PartialEq, Packed)]
struct Entry {
    id: String,
    note: Option<String>,
    number: Option<u32>,
    below: i64,
    said: bool,
    groups: Vec<Vec<String>>,
    by: BTreeMap<Kind, Option<String>>,
    words: LiteMap<String, Shape>,
    place: Place,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Packed)]
enum Kind {
    #[default]
    First,
    Second,
}

#[derive(Clone, Debug, PartialEq, Packed)]
enum Shape {
    One(String),
    Between(i64, i64),
    Named { perhaps: Option<i64>, there: i64 },
    Nothing {},
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Packed)]
struct Place(u32);

fn full() -> Entry {
    let named = Shape::Named {
        perhaps: None,
        there: 3,
    };
    let words = [
        ("a".to_owned(), Shape::One("ñ".repeat(200))),
        ("b".to_owned(), Shape::Between(i64::MIN, i64::MAX)),
        ("c".to_owned(), named),
        ("d".to_owned(), Shape::Nothing {}),
    ];
    Entry {
        id: "entry".into(),
        note: Some(String::new()),
        number: Some(u32::MAX),
        below: -7,
        said: true,
        groups: vec![vec![], vec!["a".into(), "b".into()]],
        by: [(Kind::First, None), (Kind::Second, Some("x".into()))].into(),
        words: words.into_iter().collect(),
        place: Place(128),
    }
}

/// The bytes of a value behind its shape.
fn value(bytes: &[u8]) -> &[u8] {
    &bytes[8..]
}

/// These bytes behind the shape of a type.
fn shaped<T: Packed>(value: &[u8]) -> Vec<u8> {
    [&T::SHAPE.to_le_bytes(), value].concat()
}

#[test]
fn what_is_written_is_read() {
    for entry in [Entry::default(), full()] {
        assert_eq!(read(&write(&entry)), Ok(entry));
    }
}

#[test]
fn values_stand_in_the_order_of_their_fields() {
    // Text of one byte; no note; no number; nought; false; three lists of none; nought.
    let entry = Entry {
        id: "a".into(),
        ..Entry::default()
    };
    assert_eq!(value(&write(&entry)), [1, b'a', 0, 0, 0, 0, 0, 0, 0, 0]);
    // Seven bits to a byte: 128 is 0 and 1. Below nought: -1 is 1, 1 is 2.
    assert_eq!(value(&write(&Place(128))), [0x80, 1]);
    assert_eq!(
        value(&write(&vec![-1_i64, 1, -64, 64])),
        [4, 1, 2, 127, 0x80, 1]
    );
    // The third variant, one value in its option, and the field behind it.
    let named = Shape::Named {
        perhaps: Some(0),
        there: -1,
    };
    assert_eq!(value(&write(&named)), [2, 1, 0, 1]);
}

#[test]
fn bytes_of_another_shape_are_refused() {
    mod renamed {
        #[derive(Debug, PartialEq, waymark_packed::Packed)]
        pub(crate) struct Place(pub(crate) u64_as_i64);
        #[expect(
            non_camel_case_types,
            reason = "it stands for a type of another version"
        )]
        pub(crate) type u64_as_i64 = i64;
    }
    assert_eq!(read::<renamed::Place>(&write(&Place(1))), Err(Damaged));
    assert_eq!(read::<u32>(&write(&Place(1))), Err(Damaged));
    assert_eq!(
        read::<Vec<u32>>(&write(&vec!["a".to_owned()])),
        Err(Damaged)
    );
    assert_eq!(read::<Place>(&[]), Err(Damaged));
}

#[test]
fn damaged_bytes_are_refused() {
    let whole = write(&full());
    for length in 0..whole.len() {
        assert_eq!(
            read::<Entry>(&whole[..length]),
            Err(Damaged),
            "cut at {length}"
        );
    }
    let longer = [&whole[..], &[0]].concat();
    assert_eq!(read::<Entry>(&longer), Err(Damaged));
    // A text of more bytes than there are, one that is not UTF-8, a number of more than 64 bits, a truth of neither kind.
    assert_eq!(
        read::<String>(&shaped::<String>(&[0xff, 0xff, 0xff, 0x7f])),
        Err(Damaged)
    );
    assert_eq!(read::<String>(&shaped::<String>(&[1, 0xff])), Err(Damaged));
    assert_eq!(read::<i64>(&shaped::<i64>(&[0xff; 11])), Err(Damaged));
    assert_eq!(read::<bool>(&shaped::<bool>(&[2])), Err(Damaged));
    // A number too large for its field, a list longer than the rest of the bytes, a variant that is not there.
    assert_eq!(
        read::<u32>(&shaped::<u32>(&[0xff, 0xff, 0xff, 0xff, 0x1f])),
        Err(Damaged)
    );
    assert_eq!(
        read::<Vec<u32>>(&shaped::<Vec<u32>>(&[3, 0, 0])),
        Err(Damaged)
    );
    assert_eq!(read::<Shape>(&shaped::<Shape>(&[4])), Err(Damaged));
    // Keys out of their order.
    type Map = LiteMap<u32, bool>;
    assert_eq!(read::<Map>(&shaped::<Map>(&[2, 1, 0, 0, 0])), Err(Damaged));
}

proptest! {
    /// Whatever stands behind the shape is read or refused, and what is read is written the same.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(0_u8..8, 0..60)) {
        if let Ok(entry) = read::<Entry>(&shaped::<Entry>(&bytes)) {
            let written = write(&entry);
            prop_assert_eq!(value(&written), &bytes[..]);
        }
    }
}

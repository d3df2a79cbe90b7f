//! The packed form of numbers, texts, lists and maps.

use crate::{Packed, Unpacker, number, shape};
use litemap::LiteMap;
use std::collections::BTreeMap;

impl Packed for bool {
    const SHAPE: u64 = shape("bool", &[]);

    fn pack(&self, bytes: &mut Vec<u8>) {
        number(u64::from(*self), bytes);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        match from.number() {
            0 => false,
            1 => true,
            _ => {
                from.fail();
                false
            }
        }
    }
}

impl Packed for u8 {
    const SHAPE: u64 = shape("u8", &[]);

    fn pack(&self, bytes: &mut Vec<u8>) {
        number(u64::from(*self), bytes);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        u8::try_from(from.number()).unwrap_or_else(|_| {
            from.fail();
            0
        })
    }
}

impl Packed for u32 {
    const SHAPE: u64 = shape("u32", &[]);

    fn pack(&self, bytes: &mut Vec<u8>) {
        number(u64::from(*self), bytes);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        u32::try_from(from.number()).unwrap_or_else(|_| {
            from.fail();
            0
        })
    }
}

impl Packed for i64 {
    const SHAPE: u64 = shape("i64", &[]);

    fn pack(&self, bytes: &mut Vec<u8>) {
        number(((self << 1) ^ (self >> 63)).cast_unsigned(), bytes);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        let folded = from.number();
        (folded >> 1).cast_signed() ^ -(folded & 1).cast_signed()
    }
}

impl Packed for String {
    const SHAPE: u64 = shape("text", &[]);

    fn pack(&self, bytes: &mut Vec<u8>) {
        number(self.len() as u64, bytes);
        bytes.extend(self.as_bytes());
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        from.text().to_owned()
    }
}

/// So many values of a list are made room for before they are read.
const MOST_AT_ONCE: usize = 1024;

impl<T: Packed> Packed for Vec<T> {
    const SHAPE: u64 = shape("list", &[T::SHAPE]);

    fn pack(&self, bytes: &mut Vec<u8>) {
        number(self.len() as u64, bytes);
        self.iter().for_each(|value| value.pack(bytes));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        let length = from.length();
        // Damaged bytes may name any length, of values of any size.
        let mut values = Vec::with_capacity(length.min(MOST_AT_ONCE));
        for _ in 0..length {
            if from.damaged {
                break;
            }
            values.push(T::unpack(from));
        }
        values
    }
}

impl<T: Packed> Packed for Option<T> {
    const SHAPE: u64 = shape("option", &[T::SHAPE]);

    fn pack(&self, bytes: &mut Vec<u8>) {
        number(u64::from(self.is_some()), bytes);
        self.iter().for_each(|value| value.pack(bytes));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        bool::unpack(from).then(|| T::unpack(from))
    }
}

impl<K: Packed, V: Packed> Packed for (K, V) {
    const SHAPE: u64 = shape("pair", &[K::SHAPE, V::SHAPE]);

    fn pack(&self, bytes: &mut Vec<u8>) {
        self.0.pack(bytes);
        self.1.pack(bytes);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        (K::unpack(from), V::unpack(from))
    }
}

impl<K: Packed + Ord, V: Packed> Packed for LiteMap<K, V> {
    const SHAPE: u64 = shape("map", &[K::SHAPE, V::SHAPE]);

    fn pack(&self, bytes: &mut Vec<u8>) {
        number(self.len() as u64, bytes);
        for (key, value) in self {
            key.pack(bytes);
            value.pack(bytes);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        let pairs = Vec::<(K, V)>::unpack(from);
        if !pairs.is_sorted_by(|(one, _), (next, _)| one < next) {
            from.fail();
        }
        LiteMap::from_sorted_store_unchecked(pairs)
    }
}

impl<K: Packed + Ord, V: Packed> Packed for BTreeMap<K, V> {
    const SHAPE: u64 = shape("map", &[K::SHAPE, V::SHAPE]);

    fn pack(&self, bytes: &mut Vec<u8>) {
        number(self.len() as u64, bytes);
        for (key, value) in self {
            key.pack(bytes);
            value.pack(bytes);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        Vec::<(K, V)>::unpack(from).into_iter().collect()
    }
}

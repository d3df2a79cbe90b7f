//! Bytes to values.

use super::{
    BELOW, Damaged, LEFT_OUT, LIST, NONE, NOTHING, NUMBER, TEXT, TRUTH, VARIANT, VARIANT_OF,
};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess,
    SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

/// The value that the bytes hold, all of them.
///
/// # Errors
/// When they are not those of such a value.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Damaged> {
    let mut reader = Reader { rest: bytes };
    let value = T::deserialize(&mut reader)?;
    if reader.rest.is_empty() {
        Ok(value)
    } else {
        Err(Damaged)
    }
}

struct Reader<'b> {
    rest: &'b [u8],
}

/// A value, or the head of one whose parts follow.
enum Read<'b> {
    None,
    Truth(bool),
    Number(u64),
    Below(i64),
    Text(&'b str),
    List(usize),
    Variant(u32),
    VariantOf(u32),
}

impl<'b> Reader<'b> {
    fn next(&mut self) -> Result<Read<'b>, Damaged> {
        let mut head = 0_u64;
        let mut shift = 0;
        loop {
            let (byte, rest) = self.rest.split_first().ok_or(Damaged)?;
            self.rest = rest;
            if shift > 56 {
                return Err(Damaged);
            }
            head |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if *byte < 0x80 {
                break;
            }
        }
        let n = head >> 3;
        let small = u32::try_from(n).map_err(|_| Damaged);
        Ok(match (head & 7) as u8 {
            NOTHING if n == NONE => Read::None,
            TRUTH if n < 2 => Read::Truth(n == 1),
            NUMBER => Read::Number(n),
            BELOW => Read::Below(!i64::try_from(n).map_err(|_| Damaged)?),
            TEXT => {
                let text = self.rest.split_at_checked(small? as usize);
                let (text, rest) = text.ok_or(Damaged)?;
                self.rest = rest;
                Read::Text(std::str::from_utf8(text).map_err(|_| Damaged)?)
            }
            LIST => Read::List(small? as usize),
            VARIANT => Read::Variant(small?),
            VARIANT_OF => Read::VariantOf(small?),
            _ => return Err(Damaged),
        })
    }

    fn list(&mut self) -> Result<Values<'_, 'b>, Damaged> {
        match self.next()? {
            Read::List(left) => Ok(Values { reader: self, left }),
            _ => Err(Damaged),
        }
    }

    /// Whether what is next was left out, or is none; read if so.
    fn nothing(&mut self, n: u64) -> bool {
        let head = (n as u8) << 3 | NOTHING;
        match self.rest.split_first() {
            Some((byte, rest)) if *byte == head => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Damaged;

    fn is_human_readable(&self) -> bool {
        false
    }

    /// One value at a time: structs and lists say that they are expected.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Damaged> {
        match self.next()? {
            Read::Truth(truth) => visitor.visit_bool(truth),
            Read::Number(number) => visitor.visit_u64(number),
            Read::Below(number) => visitor.visit_i64(number),
            _ => Err(Damaged),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Damaged> {
        match self.next()? {
            Read::Text(text) => visitor.visit_borrowed_str(text),
            _ => Err(Damaged),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Damaged> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Damaged> {
        if self.nothing(NONE) {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Damaged> {
        let values = self.list()?;
        visitor.visit_seq(values)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Damaged> {
        let values = self.list()?;
        if values.left % 2 == 0 {
            visitor.visit_map(values)
        } else {
            Err(Damaged)
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Damaged> {
        let values = self.list()?;
        if values.left == fields.len() {
            visitor.visit_seq(values)
        } else {
            Err(Damaged)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Damaged> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Damaged> {
        match self.next()? {
            Read::Variant(number) => visitor.visit_enum(Variant { number, of: None }),
            Read::VariantOf(number) => visitor.visit_enum(Variant {
                number,
                of: Some(self),
            }),
            _ => Err(Damaged),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
        identifier ignored_any
    }
}

/// What is left of a list.
struct Values<'r, 'b> {
    reader: &'r mut Reader<'b>,
    left: usize,
}

impl<'de> SeqAccess<'de> for Values<'_, 'de> {
    type Error = Damaged;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Damaged> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        // To a struct, a field that was left out looks like the end; the next one is asked for all the same.
        if self.reader.nothing(LEFT_OUT) {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

impl<'de> MapAccess<'de> for Values<'_, 'de> {
    type Error = Damaged;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Damaged> {
        self.next_element_seed(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Damaged> {
        self.next_element_seed(seed)?.ok_or(Damaged)
    }
}

struct Variant<'r, 'b> {
    number: u32,
    of: Option<&'r mut Reader<'b>>,
}

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Damaged;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Damaged> {
        let value =
            seed.deserialize(IntoDeserializer::<Damaged>::into_deserializer(self.number))?;
        Ok((value, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Damaged;

    fn unit_variant(self) -> Result<(), Damaged> {
        match self.of {
            None => Ok(()),
            Some(_) => Err(Damaged),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Damaged> {
        seed.deserialize(self.of.ok_or(Damaged)?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Damaged> {
        let values = self.of.ok_or(Damaged)?.list()?;
        if values.left == len {
            visitor.visit_seq(values)
        } else {
            Err(Damaged)
        }
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Damaged> {
        self.of
            .ok_or(Damaged)?
            .deserialize_struct("", fields, visitor)
    }
}

//! Values to bytes.

use super::{
    BELOW, LEFT_OUT, LIST, NONE, NOTHING, NUMBER, TEXT, TRUTH, Unpackable, VARIANT, VARIANT_OF,
};
use serde::ser::{
    Impossible, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTupleVariant,
};
use serde::{Serialize, Serializer};

/// The bytes of a value.
///
/// # Errors
/// When it holds what no knowledge has: a fraction, raw bytes, a tuple, a number of more than sixty bits.
pub fn write<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Unpackable> {
    let mut bytes = Vec::new();
    value.serialize(Writer(&mut bytes))?;
    Ok(bytes)
}

struct Writer<'w>(&'w mut Vec<u8>);

impl Writer<'_> {
    fn head(&mut self, kind: u8, n: u64) -> Result<(), Unpackable> {
        if n >> 60 != 0 {
            return Err(Unpackable);
        }
        let mut rest = (n << 3) | u64::from(kind);
        loop {
            let [low, ..] = rest.to_le_bytes();
            rest >>= 7;
            if rest == 0 {
                self.0.push(low & 0x7f);
                return Ok(());
            }
            self.0.push(low | 0x80);
        }
    }
}

/// Values whose number is known at the end alone: fields may be left out of a struct, though each has its place.
struct Values<'w> {
    into: &'w mut Vec<u8>,
    bytes: Vec<u8>,
    number: u64,
}

impl Values<'_> {
    fn add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unpackable> {
        self.number += 1;
        value.serialize(Writer(&mut self.bytes))
    }

    fn leave_out(&mut self) -> Result<(), Unpackable> {
        self.number += 1;
        Writer(&mut self.bytes).head(NOTHING, LEFT_OUT)
    }

    fn close(self) -> Result<(), Unpackable> {
        Writer(self.into).head(LIST, self.number)?;
        self.into.extend(self.bytes);
        Ok(())
    }
}

impl<'w> Writer<'w> {
    fn values(self) -> Values<'w> {
        Values {
            into: self.0,
            bytes: Vec::new(),
            number: 0,
        }
    }
}

impl<'w> Serializer for Writer<'w> {
    type Ok = ();
    type Error = Unpackable;
    type SerializeSeq = Values<'w>;
    type SerializeTuple = Impossible<(), Unpackable>;
    type SerializeTupleStruct = Impossible<(), Unpackable>;
    type SerializeTupleVariant = Values<'w>;
    type SerializeMap = Values<'w>;
    type SerializeStruct = Values<'w>;
    type SerializeStructVariant = Values<'w>;

    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_bool(mut self, value: bool) -> Result<(), Unpackable> {
        self.head(TRUTH, u64::from(value))
    }

    fn serialize_i8(self, value: i8) -> Result<(), Unpackable> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<(), Unpackable> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Unpackable> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(mut self, value: i64) -> Result<(), Unpackable> {
        match u64::try_from(value) {
            Ok(number) => self.head(NUMBER, number),
            Err(_) => self.head(BELOW, (!value).unsigned_abs()),
        }
    }

    fn serialize_u8(self, value: u8) -> Result<(), Unpackable> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Unpackable> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Unpackable> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(mut self, value: u64) -> Result<(), Unpackable> {
        self.head(NUMBER, value)
    }

    fn serialize_f32(self, _: f32) -> Result<(), Unpackable> {
        Err(Unpackable)
    }

    fn serialize_f64(self, _: f64) -> Result<(), Unpackable> {
        Err(Unpackable)
    }

    fn serialize_char(self, value: char) -> Result<(), Unpackable> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(mut self, value: &str) -> Result<(), Unpackable> {
        self.head(TEXT, value.len() as u64)?;
        self.0.extend(value.as_bytes());
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Unpackable> {
        Err(Unpackable)
    }

    fn serialize_none(mut self) -> Result<(), Unpackable> {
        self.head(NOTHING, NONE)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unpackable> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Unpackable> {
        Err(Unpackable)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unpackable> {
        Err(Unpackable)
    }

    fn serialize_unit_variant(
        mut self,
        _: &'static str,
        index: u32,
        _: &'static str,
    ) -> Result<(), Unpackable> {
        self.head(VARIANT, index.into())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Unpackable> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        mut self,
        _: &'static str,
        index: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Unpackable> {
        self.head(VARIANT_OF, index.into())?;
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Values<'w>, Unpackable> {
        Ok(self.values())
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Unpackable> {
        Err(Unpackable)
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Unpackable> {
        Err(Unpackable)
    }

    fn serialize_tuple_variant(
        mut self,
        _: &'static str,
        index: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Values<'w>, Unpackable> {
        self.head(VARIANT_OF, index.into())?;
        Ok(self.values())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Values<'w>, Unpackable> {
        Ok(self.values())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Values<'w>, Unpackable> {
        Ok(self.values())
    }

    fn serialize_struct_variant(
        mut self,
        _: &'static str,
        index: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Values<'w>, Unpackable> {
        self.head(VARIANT_OF, index.into())?;
        Ok(self.values())
    }
}

impl SerializeSeq for Values<'_> {
    type Ok = ();
    type Error = Unpackable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unpackable> {
        self.add(value)
    }

    fn end(self) -> Result<(), Unpackable> {
        self.close()
    }
}

impl SerializeMap for Values<'_> {
    type Ok = ();
    type Error = Unpackable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unpackable> {
        self.add(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unpackable> {
        self.add(value)
    }

    fn end(self) -> Result<(), Unpackable> {
        self.close()
    }
}

impl SerializeStruct for Values<'_> {
    type Ok = ();
    type Error = Unpackable;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Unpackable> {
        self.add(value)
    }

    fn skip_field(&mut self, _: &'static str) -> Result<(), Unpackable> {
        self.leave_out()
    }

    fn end(self) -> Result<(), Unpackable> {
        self.close()
    }
}

impl SerializeTupleVariant for Values<'_> {
    type Ok = ();
    type Error = Unpackable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unpackable> {
        self.add(value)
    }

    fn end(self) -> Result<(), Unpackable> {
        self.close()
    }
}

impl SerializeStructVariant for Values<'_> {
    type Ok = ();
    type Error = Unpackable;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Unpackable> {
        self.add(value)
    }

    fn skip_field(&mut self, _: &'static str) -> Result<(), Unpackable> {
        self.leave_out()
    }

    fn end(self) -> Result<(), Unpackable> {
        self.close()
    }
}

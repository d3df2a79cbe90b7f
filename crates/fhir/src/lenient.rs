//! Deserialisers that take what producers really send: one element where a list belongs, a number where a string
//! belongs, a plain string where a concept belongs.

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// A string; numbers and booleans are taken as their text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text<'a>(pub(crate) Cow<'a, str>);

impl Text<'_> {
    /// The text, without white space around it.
    pub(crate) fn as_str(&self) -> &str {
        match self.0.as_bytes() {
            // Nearly always, and then there is nothing to trim.
            [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => &self.0,
            _ => self.0.trim(),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Borrowed(value)))
            }
            fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(value.to_owned())))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(value.to_string())))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(value.to_string())))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(value.to_string())))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(value.to_string())))
            }
        }
        deserializer.deserialize_any(TextVisitor)
    }
}

/// A number as it is written, so that no digit is lost; a string in its place is taken too.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Number<'a>(pub(crate) &'a str);

impl<'de: 'a, 'a> Deserialize<'de> for Number<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&'de RawValue>::deserialize(deserializer)?;
        Ok(Number(raw.get().trim_matches('"').trim()))
    }
}

/// A list; a single element is a list of one, `null` an empty one, and `null` elements are left out.
#[derive(Clone, Debug)]
pub(crate) struct Many<T>(pub(crate) Vec<T>);

impl<T> Default for Many<T> {
    fn default() -> Self {
        Many(Vec::new())
    }
}

impl<T> std::ops::Deref for Many<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ManyVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for ManyVisitor<T> {
            type Value = Many<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list or one element of it")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let Some(first) = seq.next_element::<Option<T>>()? else {
                    return Ok(Many::default());
                };
                // Nearly all lists are of one element.
                let mut all = Vec::with_capacity(1);
                all.extend(first);
                while let Some(element) = seq.next_element::<Option<T>>()? {
                    all.extend(element);
                }
                Ok(Many(all))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                Ok(Many(vec![T::deserialize(MapAccessDeserializer::new(map))?]))
            }
            fn visit_borrowed_str<E: serde::de::Error>(
                self,
                value: &'de str,
            ) -> Result<Self::Value, E> {
                Ok(Many(vec![T::deserialize(BorrowedStrDeserializer::new(
                    value,
                ))?]))
            }
            fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Self::Value, E> {
                Ok(Many(vec![T::deserialize(StrDeserializer::new(value))?]))
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Many::default())
            }
        }
        deserializer.deserialize_any(ManyVisitor(PhantomData))
    }
}

/// Yes or no; the words for them as a string are taken too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Flag(pub(crate) bool);

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Text::deserialize(deserializer)?;
        match text.as_str() {
            "true" => Ok(Flag(true)),
            "false" => Ok(Flag(false)),
            other => Err(serde::de::Error::custom(format!(
                "`{other}` is neither true nor false"
            ))),
        }
    }
}

/// Whether an element is there at all, whatever its shape; `null` is nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Present(pub(crate) bool);

impl<'de> Deserialize<'de> for Present {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let there = Option::<IgnoredAny>::deserialize(deserializer)?;
        Ok(Present(there.is_some()))
    }
}

/// A resource whose ill-shaped elements were left out.
#[derive(Debug)]
pub(crate) struct Repair {
    /// The resource without them.
    pub(crate) text: String,
    /// What was left out and why.
    pub(crate) left_out: Vec<String>,
    /// Why the rest must not be used: what was left out may reverse its meaning.
    pub(crate) unusable: Option<String>,
}

/// Whether the rest of a resource may mean the opposite without an element.
fn reverses(name: &str) -> bool {
    matches!(
        name,
        "status"
            | "clinicalStatus"
            | "verificationStatus"
            | "implicitRules"
            | "doNotPerform"
            | "modifierExtension"
            | "subject"
            | "focus"
            | "valueBoolean"
            | "intent"
            | "taken"
            | "wasNotTaken"
            | "wasNotGiven"
            | "notGiven"
            | "notDone"
            | "notPerformed"
    )
}

/// Leaves out each element of an object (for a list: each member) that `parse` refuses on its own.
/// `None` when the text is not an object.
pub(crate) fn repair(
    text: &str,
    parse: impl Fn(&str) -> Result<(), serde_json::Error>,
) -> Option<Repair> {
    let fields: Fields<'_> = serde_json::from_str(text).ok()?;
    let mut kept = Vec::new();
    let mut left_out = Vec::new();
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    let mut unusable = None;
    for (name, value) in &fields.0 {
        if let Some(first) = names.insert(name.as_ref(), value.get()) {
            let decides = reverses(name)
                || name.starts_with("value")
                || name.starts_with("medication")
                || name.as_ref() == "code";
            if first != value.get() && decides {
                unusable.get_or_insert_with(|| {
                    format!("`{name}` is given twice, with different content")
                });
            }
            left_out.push(format!("`{name}` is given twice; the first one counts"));
            continue;
        }
        let key = serde_json::to_string(name).ok()?;
        let alone = |value: &str| format!("{{{key}:{value}}}");
        let Err(why) = parse(&alone(value.get())) else {
            kept.push(format!("{key}:{}", value.get()));
            continue;
        };
        let members: Vec<&RawValue> = serde_json::from_str(value.get()).unwrap_or_default();
        let good: Vec<&str> = members
            .iter()
            .map(|member| member.get())
            .filter(|member| parse(&alone(&format!("[{member}]"))).is_ok())
            .collect();
        left_out.push(format!("`{name}` has the wrong shape ({})", plain(&why)));
        if reverses(name) {
            unusable.get_or_insert_with(|| format!("`{name}` has the wrong shape"));
        }
        if !good.is_empty() {
            kept.push(format!("{key}:[{}]", good.join(",")));
        }
    }
    Some(Repair {
        text: format!("{{{}}}", kept.join(",")),
        left_out,
        unusable,
    })
}

/// What serde says of an error, without the place in a text that the reader never sees.
pub(crate) fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.split_once(" at line ") {
        Some((message, _)) => message.to_owned(),
        None => text,
    }
}

struct Fields<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldsVisitor;
        impl<'de> Visitor<'de> for FieldsVisitor {
            type Value = Fields<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut all = Vec::new();
                while let Some((Text(name), value)) = map.next_entry::<Text<'de>, &RawValue>()? {
                    all.push((name, value));
                }
                Ok(Fields(all))
            }
        }
        deserializer.deserialize_map(FieldsVisitor)
    }
}

//! JSON as saved answers hold it: objects, lists, texts and whole numbers. A general library reads fractions too, and tells what is
//! wrong where; it was a twentieth of what a browser had to fetch. Here it is JSON of this kind, or it is damaged.

use std::str::Chars;

/// Saved answers go no deeper.
const DEEPEST: u32 = 8;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Json {
    Text(String),
    Number(u32),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(crate) fn texts(texts: &[String]) -> Json {
        Json::List(texts.iter().cloned().map(Json::Text).collect())
    }

    pub(crate) fn text(self) -> Option<String> {
        match self {
            Json::Text(text) => Some(text),
            Json::Number(_) | Json::List(_) | Json::Object(_) => None,
        }
    }

    pub(crate) fn number(self) -> Option<u32> {
        match self {
            Json::Number(number) => Some(number),
            Json::Text(_) | Json::List(_) | Json::Object(_) => None,
        }
    }

    pub(crate) fn list<T>(self, of: impl Fn(Json) -> Option<T>) -> Option<Vec<T>> {
        match self {
            Json::List(values) => values.into_iter().map(of).collect(),
            Json::Text(_) | Json::Number(_) | Json::Object(_) => None,
        }
    }

    pub(crate) fn object(self) -> Option<Fields> {
        match self {
            Json::Object(fields) => Some(Fields(fields)),
            Json::Text(_) | Json::Number(_) | Json::List(_) => None,
        }
    }

    /// Writes it behind a text.
    pub(crate) fn write(&self, to: &mut String) {
        match self {
            Json::Text(text) => write_text(text, to),
            Json::Number(number) => to.push_str(&number.to_string()),
            Json::List(values) => {
                to.push('[');
                for (place, value) in values.iter().enumerate() {
                    comma(place, to);
                    value.write(to);
                }
                to.push(']');
            }
            Json::Object(fields) => {
                to.push('{');
                for (place, (name, value)) in fields.iter().enumerate() {
                    comma(place, to);
                    write_text(name, to);
                    to.push(':');
                    value.write(to);
                }
                to.push('}');
            }
        }
    }

    /// Reads a whole text; nothing where it is not JSON of this kind.
    pub(crate) fn read(text: &str) -> Option<Json> {
        let mut reader = Reader(text.chars());
        let value = reader.value(DEEPEST)?;
        reader.space();
        reader.0.next().is_none().then_some(value)
    }
}

/// The fields of an object that were not taken yet.
pub(crate) struct Fields(pub(crate) Vec<(String, Json)>);

impl Fields {
    /// Takes a field out. One that stands there twice stays once, and so is not understood.
    pub(crate) fn take(&mut self, name: &str) -> Option<Json> {
        let place = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(place).1)
    }

    /// Holds that nothing is left.
    pub(crate) fn end(self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

fn comma(place: usize, to: &mut String) {
    if place > 0 {
        to.push(',');
    }
}

fn write_text(text: &str, to: &mut String) {
    to.push('"');
    for it in text.chars() {
        match it {
            '"' | '\\' => to.extend(['\\', it]),
            '\0'..='\x1f' => to.push_str(&format!("\\u{:04x}", u32::from(it))),
            _ => to.push(it),
        }
    }
    to.push('"');
}

struct Reader<'t>(Chars<'t>);

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.0.clone().next()
    }

    fn space(&mut self) {
        while let Some(' ' | '\t' | '\n' | '\r') = self.peek() {
            self.0.next();
        }
    }

    /// Passes over white space and this sign, if it is next.
    fn takes(&mut self, sign: char) -> bool {
        self.space();
        let there = self.peek() == Some(sign);
        if there {
            self.0.next();
        }
        there
    }

    fn value(&mut self, deep: u32) -> Option<Json> {
        let deeper = deep.checked_sub(1)?;
        self.space();
        match self.peek()? {
            '"' => self.text().map(Json::Text),
            '[' => self.list(deeper),
            '{' => self.object(deeper),
            _ => self.number(),
        }
    }

    fn list(&mut self, deep: u32) -> Option<Json> {
        self.0.next();
        let mut values = Vec::new();
        if self.takes(']') {
            return Some(Json::List(values));
        }
        loop {
            values.push(self.value(deep)?);
            if self.takes(']') {
                return Some(Json::List(values));
            }
            self.takes(',').then_some(())?;
        }
    }

    fn object(&mut self, deep: u32) -> Option<Json> {
        self.0.next();
        let mut fields = Vec::new();
        if self.takes('}') {
            return Some(Json::Object(fields));
        }
        loop {
            self.space();
            let name = self.text()?;
            self.takes(':').then_some(())?;
            fields.push((name, self.value(deep)?));
            if self.takes('}') {
                return Some(Json::Object(fields));
            }
            self.takes(',').then_some(())?;
        }
    }

    fn number(&mut self) -> Option<Json> {
        let text = self.0.as_str();
        let end = text.find(|it: char| !it.is_ascii_digit());
        let (digits, rest) = text.split_at(end.unwrap_or(text.len()));
        self.0 = rest.chars();
        let whole = digits == "0" || !digits.starts_with('0');
        let number = digits.parse().ok().filter(|_| whole);
        number.map(Json::Number)
    }

    fn text(&mut self) -> Option<String> {
        (self.0.next()? == '"').then_some(())?;
        let mut text = String::new();
        loop {
            match self.0.next()? {
                '"' => return Some(text),
                '\\' => text.push(self.escaped()?),
                '\0'..='\x1f' => return None,
                it => text.push(it),
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        Some(match self.0.next()? {
            it @ ('"' | '\\' | '/') => it,
            'b' => '\x08',
            'f' => '\x0c',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.unit(),
            _ => return None,
        })
    }

    /// A character by its units of UTF-16, of which one beyond the first 65,536 has two.
    fn unit(&mut self) -> Option<char> {
        let first = self.hexadecimal()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        (self.0.next()? == '\\' && self.0.next()? == 'u').then_some(())?;
        let second = self.hexadecimal()?;
        let low = (0xdc00..0xe000).contains(&second);
        low.then_some(())?;
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        let mut number = 0;
        for _ in 0..4 {
            number = number * 16 + self.0.next()?.to_digit(16)?;
        }
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::Json;
    use proptest::prelude::*;

    fn written(json: &Json) -> String {
        let mut text = String::new();
        json.write(&mut text);
        text
    }

    /// As `serde_json` sees it.
    fn seen(json: &Json) -> serde_json::Value {
        match json {
            Json::Text(text) => text.as_str().into(),
            Json::Number(number) => (*number).into(),
            Json::List(values) => values.iter().map(seen).collect(),
            Json::Object(fields) => {
                let fields = fields
                    .iter()
                    .map(|(name, value)| (name.clone(), seen(value)));
                serde_json::Value::Object(fields.collect())
            }
        }
    }

    fn any_json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            ".*".prop_map(Json::Text),
            any::<u32>().prop_map(Json::Number)
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            let fields = proptest::collection::btree_map(".*", inner.clone(), 0..4);
            prop_oneof![
                proptest::collection::vec(inner, 0..4).prop_map(Json::List),
                fields.prop_map(|it| Json::Object(it.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_json_and_is_read(json in any_json()) {
            let text = written(&json);
            prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), seen(&json));
            prop_assert_eq!(Json::read(&text), Some(json.clone()));
            // As others write it, with lines and spaces.
            let pretty = serde_json::to_string_pretty(&seen(&json)).unwrap();
            prop_assert_eq!(Json::read(&pretty).map(|it| seen(&it)), Some(seen(&json)));
        }

        /// Nothing is read that `serde_json` does not read as the same.
        #[test]
        fn what_is_read_is_json(text in r#"[\[\]{}:, "\\u0dab1.n-]{0,12}"#) {
            if let Some(json) = Json::read(&text) {
                prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&text).ok(), Some(seen(&json)));
            }
        }
    }

    #[test]
    fn escapes_are_read() {
        let read = |text| Json::read(text).and_then(Json::text);
        let each = r#"  "\"\\\/\b\f\n\r\t\u00f1\uD83C\uDF97é" "#;
        assert_eq!(read(each).unwrap(), "\"\\/\x08\x0c\n\r\tñ🎗é");
        for damaged in [
            r#""\x""#,
            r#""\u12""#,
            r#""\ud83c""#,
            r#""\ud83c\u0041""#,
            r#""\udf97""#,
            "\"\n\"",
            "\"",
        ] {
            assert_eq!(read(damaged), None, "{damaged}");
        }
    }

    #[test]
    fn what_saved_answers_do_not_hold_is_refused() {
        for text in [
            "",
            "null",
            "true",
            "-1",
            "1.5",
            "01",
            "1e3",
            "4294967296",
            "[1,]",
            "{\"a\" 1}",
            "{a:1}",
            "[1] 2",
            "[[[[[[[[[1]]]]]]]]]",
        ] {
            assert_eq!(Json::read(text), None, "{text}");
        }
    }
}

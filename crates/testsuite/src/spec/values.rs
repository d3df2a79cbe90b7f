//! Facts and their values as a page writes them: `count: integer`, `count = 1..`, `last-dose = 2023-05`.

use super::Problem;
use super::page::Block;
use waymark_criteria::value::DECIMAL_UNIT;
use waymark_criteria::{
    Bounds, Date, DateBounds, FactDecl, FactType, Schema, Truth, Value, Values,
};

/// Reads a block of declarations: several `name: type` on a line, with commas between them.
pub(super) fn schema(block: &Block) -> Result<(Schema, usize), Vec<Problem>> {
    let mut facts = Vec::new();
    let mut problems = Vec::new();
    for (index, line) in block.lines.iter().enumerate() {
        for part in line.split(',').filter(|part| !part.trim().is_empty()) {
            let declared = part.split_once(':').and_then(|(id, ty)| {
                Some(FactDecl {
                    id: id.trim().to_owned(),
                    ty: fact_type(ty.trim())?,
                })
            });
            match declared {
                Some(fact) => facts.push(fact),
                None => problems.push(Problem::new(
                    block.at(index),
                    format!("`{}` declares no fact", part.trim()),
                )),
            }
        }
    }
    let count = facts.len();
    let schema = Schema::new(facts);
    if schema.facts().len() != count {
        problems.push(Problem::new(block.line, "a fact is declared twice"));
    }
    if problems.is_empty() {
        Ok((schema, count))
    } else {
        Err(problems)
    }
}

fn fact_type(word: &str) -> Option<FactType> {
    Some(match word {
        "boolean" => FactType::Boolean,
        "integer" => FactType::Integer,
        "decimal" => FactType::Decimal,
        "date" => FactType::Date,
        "word" => FactType::Word,
        _ => return None,
    })
}

/// Reads `count = 1.., her2 = true`; `nothing` sets no fact.
pub(super) fn values(schema: &Schema, text: &str) -> Result<Values, String> {
    let mut values = Values::unknown(schema);
    if text.trim() == "nothing" {
        return Ok(values);
    }
    for part in text.split(',') {
        let Some((id, value)) = part.split_once('=') else {
            return Err(format!("`{}` is no `fact = value`", part.trim()));
        };
        let id = id.trim();
        let Some(fact) = schema.find(id) else {
            return Err(format!("`{id}` is not declared on this page"));
        };
        let Some(read) = value_of(schema.fact(fact).ty, value.trim()) else {
            return Err(format!("`{}` is no value of `{id}`", value.trim()));
        };
        values.set(fact, read);
    }
    Ok(values)
}

fn value_of(ty: FactType, text: &str) -> Option<Value> {
    Some(match ty {
        FactType::Boolean => Value::Truth(truth(text)?),
        FactType::Integer => {
            Value::Bounds(bounds(text, |end| Some(Bounds::exact(end.parse().ok()?)))?)
        }
        FactType::Decimal => Value::Bounds(bounds(text, decimal)?),
        FactType::Date => {
            Value::Bounds(bounds(text, |end| Some(DateBounds::parse(end)?.in_days()))?)
        }
        FactType::Word => return None,
    })
}

/// `true`, `false` or `unknown`.
pub(super) fn truth(text: &str) -> Option<Truth> {
    [Truth::True, Truth::False, Truth::Unknown]
        .into_iter()
        .find(|truth| truth.word() == text)
}

/// `2`, `2..`, `..5` or `2..5`, both ends included.
fn bounds(text: &str, end: impl Fn(&str) -> Option<Bounds>) -> Option<Bounds> {
    let Some((low, high)) = text.split_once("..") else {
        return end(text);
    };
    let read = |text: &str| match text {
        "" => Some(Bounds::UNKNOWN),
        text => end(text),
    };
    let both = Bounds {
        low: read(low)?.low,
        high: read(high)?.high,
    };
    let ordered = both
        .low
        .zip(both.high)
        .is_none_or(|(low, high)| low <= high);
    ordered.then_some(both)
}

fn decimal(text: &str) -> Option<Bounds> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let units = whole.parse::<i64>().ok()?.checked_mul(DECIMAL_UNIT)?;
    let fraction = format!("{fraction:0<8}").parse::<i64>().ok()?;
    Some(Bounds::exact(units.checked_add(fraction)?))
}

/// A value in the notation of a page.
pub(super) fn shown(ty: FactType, value: Value) -> String {
    let (bounds, end): (Bounds, fn(i64) -> String) = match (value, ty) {
        (Value::Truth(truth), _) => return truth.word().to_owned(),
        (Value::Bounds(bounds), FactType::Date) => (bounds, day),
        (Value::Bounds(bounds), FactType::Decimal) => (bounds, decimal_text),
        (Value::Bounds(bounds), FactType::Boolean | FactType::Integer | FactType::Word) => {
            (bounds, |value| value.to_string())
        }
    };
    match (bounds.low, bounds.high) {
        (None, None) => "unknown".to_owned(),
        (Some(low), Some(high)) if low == high => end(low),
        (low, high) => format!(
            "{}..{}",
            low.map(end).unwrap_or_default(),
            high.map(end).unwrap_or_default()
        ),
    }
}

/// A constant in the unit of its fact, as a page writes it.
pub(super) fn constant(ty: FactType, value: i64) -> String {
    shown(ty, Value::Bounds(Bounds::exact(value)))
}

fn day(days: i64) -> String {
    Date::from_days(days).to_string()
}

fn decimal_text(value: i64) -> String {
    let (sign, value) = if value < 0 {
        ("-", -value)
    } else {
        ("", value)
    };
    let text = format!("{}.{:08}", value / DECIMAL_UNIT, value % DECIMAL_UNIT);
    let text = text.trim_end_matches('0');
    format!("{sign}{}", text.strip_suffix('.').unwrap_or(text))
}

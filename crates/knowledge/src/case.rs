//! Cases as authors write them: a few facts, and the verdict that they must give.

use crate::base::{Base, Target};
use crate::body::Body;
use crate::entry::Entry;
use crate::head::Raw;
use crate::kind::Kind;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::DeValue;
use waymark_criteria::value::DECIMAL_UNIT;
use waymark_criteria::{
    Bounds, Date, DateBounds, Diagnostic, FactType, Schema, Span, Truth, Value,
};
use waymark_engine::bundle::AS_OF;

/// The day of a case that names none.
const DEFAULT_AS_OF: &str = "2026-11-01";

/// A case, with what it inherits filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The file, relative to the knowledge base.
    pub path: String,
    /// The place of its title in that file.
    pub span: Span,
    /// What the case is, in a few words; unique in its file.
    pub title: String,
    /// The definition that it tries.
    pub of: String,
    /// The day asked for.
    pub as_of: Date,
    /// The facts that are known, by id. All others are unknown.
    pub facts: BTreeMap<String, Value>,
    /// What must come out.
    pub expect: Expect,
}

/// What a case expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expect {
    /// The truth.
    pub truth: Truth,
    /// Exactly the criteria that are not met, sorted; none: not asked.
    pub unmet: Option<Vec<String>>,
    /// Exactly the facts that keep it unknown, sorted; none: not asked.
    pub missing: Option<Vec<String>>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Word {
    Met,
    NotMet,
    Unknown,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    title: String,
    #[serde(default)]
    of: Option<String>,
    #[serde(default)]
    like: Option<String>,
    #[serde(default)]
    as_of: Option<String>,
    expect: Word,
    #[serde(default)]
    unmet: Option<Vec<String>>,
    #[serde(default)]
    missing: Option<Vec<String>>,
}

/// Reads the cases of a file; one in error is reported and left out.
pub(crate) fn read(
    base: &Base,
    entry: &Entry,
    schema: &Schema,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for excerpt in &entry.cases {
        let mut raw = Raw::parse(&entry.path, excerpt, problems);
        let head = raw.head.clone();
        let facts = raw.take("facts");
        let Some(written) = raw.read::<Written>(problems) else {
            continue;
        };
        let span = head.span("title");
        let before = problems.len();
        if cases.iter().any(|case| case.title == written.title) {
            let message = format!("`{}` is the title of an earlier case too", written.title);
            problems.push(entry.error("duplicate-case", span, message));
        }
        let mut model = None;
        if let Some(like) = &written.like {
            model = cases.iter().find(|case| case.title == *like);
            if model.is_none() {
                let message = format!("no case above this one is called `{like}`");
                problems.push(
                    entry
                        .error("unknown-case", head.span("like"), message)
                        .help("`like` takes the title of an earlier case of the same file that is in order"),
                );
            }
        }
        let subject = written.of.or(model.map(|model| model.of.clone()));
        let subject = subject.map_or_else(|| only_subject(entry), |name| own_subject(entry, name));
        let of = match subject {
            Ok(of) => of,
            Err((message, help)) => {
                let span = if head.text("of").is_some() {
                    head.span("of")
                } else {
                    span
                };
                problems.push(entry.error("case-of", span, message).help(help));
                String::new()
            }
        };
        let day = written.as_of.as_deref();
        let inherited = model.map_or_else(|| Date::parse(DEFAULT_AS_OF), |model| Some(model.as_of));
        let as_of = day.map_or(inherited, Date::parse);
        if as_of.is_none() {
            let message = format!("`{}` is not a day", day.unwrap_or(""));
            problems.push(
                entry
                    .error("bad-date", head.span("as-of"), message)
                    .help("write YYYY-MM-DD"),
            );
        }
        let mut known = model.map(|model| model.facts.clone()).unwrap_or_default();
        if let Some(facts) = facts {
            let read = Facts {
                base,
                entry,
                schema,
                excerpt,
            };
            read.add(&facts, &mut known, problems);
        }
        let sorted = |ids: Option<Vec<String>>| {
            ids.map(|mut ids| {
                ids.sort();
                ids
            })
        };
        let truth = match written.expect {
            Word::Met => Truth::True,
            Word::NotMet => Truth::False,
            Word::Unknown => Truth::Unknown,
        };
        if let (true, Some(as_of)) = (problems.len() == before, as_of) {
            cases.push(Case {
                path: entry.path.clone(),
                span,
                title: written.title,
                of,
                as_of,
                facts: known,
                expect: Expect {
                    truth,
                    unmet: sorted(written.unmet),
                    missing: sorted(written.missing),
                },
            });
        }
    }
    cases
}

/// Everything that a case of this file may try.
fn subjects(entry: &Entry) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    if entry.kind == Some(Kind::Criterion) {
        names.push(entry.id.clone());
    }
    for name in entry.names.iter().filter(|name| name.defined) {
        if !names.contains(&name.name) {
            names.push(name.name.clone());
        }
    }
    names
}

fn only_subject(entry: &Entry) -> Result<String, (String, String)> {
    match &subjects(entry)[..] {
        [only] => Ok(only.clone()),
        [] => Err((
            "this file defines nothing that a case could try".to_owned(),
            "write a `cql` block, or take the case out".to_owned(),
        )),
        several => Err((
            "the case does not say what it tries".to_owned(),
            format!("add `of`: one of `{}`", several.join("`, `")),
        )),
    }
}

fn own_subject(entry: &Entry, name: String) -> Result<String, (String, String)> {
    let mut known = subjects(entry);
    if entry.kind == Some(Kind::Regimen) {
        known.push(waymark_engine::bundle::name::regimen(&entry.id));
    }
    if known.contains(&name) {
        return Ok(name);
    }
    Err((
        format!("`{name}` is not defined in this file"),
        format!(
            "a case tries what its own file defines: `{}`",
            known.join("`, `")
        ),
    ))
}

struct Facts<'b> {
    base: &'b Base,
    entry: &'b Entry,
    schema: &'b Schema,
    excerpt: &'b crate::blocks::Excerpt,
}

impl Facts<'_> {
    /// What the entry of a number says of its limits, in units of the value, and how many of these make one.
    fn limits(&self, id: &str, ty: FactType) -> (Bounds, i64) {
        let scale = if ty == FactType::Decimal {
            DECIMAL_UNIT
        } else {
            1
        };
        let fact = self
            .base
            .of(Kind::Fact)
            .find_map(|entry| match &entry.body {
                Some(Body::Fact(fact)) if fact.id == id => Some(fact),
                _ => None,
            });
        let scaled = |end: Option<i64>| end.map(|end| end.saturating_mul(scale));
        let limits = fact.map_or(Bounds::UNKNOWN, |fact| Bounds {
            low: scaled(fact.min),
            high: scaled(fact.max),
        });
        (limits, scale)
    }

    fn add(
        &self,
        facts: &Spanned<DeValue<'_>>,
        known: &mut BTreeMap<String, Value>,
        problems: &mut Vec<Diagnostic>,
    ) {
        let place =
            |range: std::ops::Range<usize>| self.excerpt.in_file(Span::new(range.start, range.end));
        let DeValue::Table(table) = facts.get_ref() else {
            let span = place(facts.span());
            let message = "`facts` is a table: `[facts]` and one line for each fact";
            problems.push(self.entry.error("bad-value", span, message));
            return;
        };
        for (key, value) in table {
            let (id, span) = (key.get_ref().as_ref(), place(key.span()));
            if id == AS_OF {
                let message = "the day of a case is not one of its facts";
                let problem = self.entry.error("as-of-in-facts", span, message);
                problems.push(problem.help("write `as-of = \"YYYY-MM-DD\"` above `[facts]`"));
                continue;
            }
            let Some(index) = self.schema.find(id) else {
                // A fact whose own entry is in error has been reported there.
                if !self.base.has(Target::Fact, id) {
                    let message = format!("there is no fact `{id}`");
                    let mut problem = self.entry.error("unknown-fact", span, message);
                    if let Some(near) = self.base.nearest(&[Target::Fact], id) {
                        problem = problem.help(format!("did you mean `{near}`?"));
                    }
                    problems.push(problem);
                }
                continue;
            };
            let ty = self.schema.fact(index).ty;
            let limits = self.limits(id, ty);
            let read = read_value(ty, &Literal::of(value.get_ref())).map_err(str::to_owned);
            match read.and_then(|value| within(limits, value)) {
                Ok(value) => {
                    known.insert(id.to_owned(), value);
                }
                Err(help) => {
                    let message = format!("this is not a value of `{id}`");
                    let problem = self.entry.error("bad-fact", place(value.span()), message);
                    problems.push(problem.help(help));
                }
            }
        }
    }
}

/// The value, where no end of it lies beyond the limits; the error says what they are.
fn within((limits, scale): (Bounds, i64), value: Value) -> Result<Value, String> {
    let Value::Bounds(bounds) = value else {
        return Ok(value);
    };
    let inside = |end: i64| {
        let above = limits.low.is_none_or(|low| end >= low);
        above && limits.high.is_none_or(|high| end <= high)
    };
    if bounds.low.is_none_or(inside) && bounds.high.is_none_or(inside) {
        return Ok(value);
    }
    let end = |end: Option<i64>| end.map_or(String::new(), |end| (end / scale).to_string());
    let (low, high) = (end(limits.low), end(limits.high));
    Err(format!("its entry says that it lies within {low}..{high}"))
}

/// A value as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Literal {
    Truth(bool),
    Number(i64),
    Text(String),
}

impl Literal {
    fn of(value: &DeValue<'_>) -> Literal {
        Literal::Text(match value {
            DeValue::Boolean(truth) => return Literal::Truth(*truth),
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().to_owned(),
            DeValue::Float(number) => number.as_str().to_owned(),
            DeValue::Datetime(date) => date.to_string(),
            DeValue::Integer(_) | DeValue::Array(_) | DeValue::Table(_) => String::new(),
        })
    }
}

/// Reads a value; the error says how such a value is written.
pub(crate) fn read_value(ty: FactType, value: &Literal) -> Result<Value, &'static str> {
    let text = match value {
        Literal::Truth(_) => String::new(),
        Literal::Number(number) => number.to_string(),
        Literal::Text(text) => text.clone(),
    };
    if text == "unknown" && ty != FactType::Word {
        return Ok(Value::unknown(ty));
    }
    let bounds =
        |text: &str, point: &dyn Fn(&str) -> Option<Bounds>| bounds(text, point).map(Value::Bounds);
    match ty {
        FactType::Boolean => match value {
            Literal::Truth(truth) => Ok(Value::Truth(Truth::decided(*truth))),
            Literal::Number(_) | Literal::Text(_) => Err("write true, false or \"unknown\""),
        },
        FactType::Integer => bounds(&text, &|text| Some(Bounds::exact(text.parse().ok()?)))
            .ok_or("write a whole number, \"1..\", \"..2\", \"1..2\" or \"unknown\""),
        FactType::Decimal => bounds(&text, &|text| Some(Bounds::exact(decimal(text)?))).ok_or(
            "write a number of up to eight places, \"1.5..\", \"..2\", \"1..2\" or \"unknown\"",
        ),
        FactType::Date => bounds(&text, &|text| Some(DateBounds::parse(text)?.in_days())).ok_or(
            "write \"2023-03-05\", \"2023-03\", \"2023\", \"2023-01/2023-06\" or \"unknown\"",
        ),
        FactType::Word => {
            Err("a worded fact is for readers and decides nothing: give the facts that it sums up")
        }
    }
}

/// One point, or the span between two points joined by `..` of which one may be left out.
fn bounds(text: &str, point: &dyn Fn(&str) -> Option<Bounds>) -> Option<Bounds> {
    let Some((low, high)) = text.split_once("..") else {
        return point(text);
    };
    let end = |text: &str| {
        if text.trim().is_empty() {
            Some(Bounds::UNKNOWN)
        } else {
            point(text.trim())
        }
    };
    let (low, high) = (end(low)?.low, end(high)?.high);
    let is_span = low.is_some() || high.is_some();
    let in_order = low.zip(high).is_none_or(|(low, high)| low <= high);
    (is_span && in_order).then_some(Bounds { low, high })
}

/// A value as a case states it, which is JSON as well: `true`, `2`, `"1.."`, `"2023-03-05"`.
pub(crate) fn literal(ty: FactType, value: Value) -> String {
    let point = |end: i64| match ty {
        FactType::Date => Date::from_days(end).to_string(),
        FactType::Decimal => written_decimal(end),
        FactType::Integer | FactType::Boolean | FactType::Word => end.to_string(),
    };
    match value {
        Value::Truth(Truth::True) => "true".to_owned(),
        Value::Truth(Truth::False) => "false".to_owned(),
        Value::Truth(Truth::Unknown) => "\"unknown\"".to_owned(),
        Value::Bounds(bounds) => match (bounds.as_exact(), bounds.low, bounds.high) {
            (Some(exact), ..) if ty == FactType::Date => format!("\"{}\"", point(exact)),
            (Some(exact), ..) => point(exact),
            (None, None, None) => "\"unknown\"".to_owned(),
            (None, low, high) => {
                let end = |end: Option<i64>| end.map(point).unwrap_or_default();
                let joint = if ty == FactType::Date { "/" } else { ".." };
                format!("\"{}{joint}{}\"", end(low), end(high))
            }
        },
    }
}

/// Hundred-millionths as a decimal number without trailing zeros.
fn written_decimal(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let (magnitude, unit) = (value.unsigned_abs(), DECIMAL_UNIT.unsigned_abs());
    let digits = format!("{:08}", magnitude % unit);
    let part = match digits.trim_end_matches('0') {
        "" => "0",
        part => part,
    };
    format!("{sign}{}.{part}", magnitude / unit)
}

/// A decimal number in hundred-millionths; none when it has more than eight places.
fn decimal(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !plain(whole) || !plain(part) || part.len() > 8 {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = format!("{part:0<8}").parse().ok()?;
    whole
        .checked_mul(DECIMAL_UNIT)?
        .checked_add(part)?
        .checked_mul(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_points_or_spans() {
        let number = |text| bounds(text, &|text| Some(Bounds::exact(decimal(text)?)));
        assert_eq!(number("55.5"), Some(Bounds::exact(5_550_000_000)));
        assert_eq!(number("1.."), Some(Bounds::at_or_above(DECIMAL_UNIT)));
        let upper = Bounds {
            low: None,
            high: Some(2 * DECIMAL_UNIT),
        };
        assert_eq!(number("..2"), Some(upper));
        for bad in [
            "",
            "..",
            "2..1",
            "1e3",
            "0.123456789",
            ".5",
            "--1",
            "99999999999999",
        ] {
            assert_eq!(number(bad), None, "{bad}");
        }
    }
}

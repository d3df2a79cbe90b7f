//! A definite answer holds at every completion of what is open; for one comparison of one fact the reverse holds too.
//!
//! What a criterion is at a completion is told by two judges that share nothing with the program: plain arithmetic on
//! single values, and the evaluator of CQL constants on the criterion with the values written into its text.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod criteria;

use criteria::{FACTS, criterion, schema};
use proptest::prelude::*;
use std::collections::BTreeSet;
use waymark_criteria::constant::{Constant, evaluate};
use waymark_criteria::syntax::parse_expression;
use waymark_criteria::value::DECIMAL_UNIT;
use waymark_criteria::{Bounds, Compiler, Date, FactType, Program, Truth, Value, Values};

const OPERATORS: [&str; 6] = ["=", "!=", "<", "<=", ">", ">="];

fn holds(operator: &str, left: i64, right: i64) -> bool {
    match operator {
        "=" => left == right,
        "!=" => left != right,
        "<" => left < right,
        "<=" => left <= right,
        ">" => left > right,
        _ => left >= right,
    }
}

/// One comparison of one fact, and what it is for a single value of the fact.
#[derive(Clone, Debug)]
struct One {
    text: String,
    fact: &'static str,
    test: Test,
}

#[derive(Clone, Debug)]
enum Test {
    /// The fact, moved, against some value between two ends.
    Compare {
        operator: &'static str,
        months: i64,
        units: i64,
        low: i64,
        high: i64,
    },
    /// The fact is one of these.
    Among { low: i64, high: i64 },
}

impl One {
    /// The answers for one value of the fact, one for each value that the other side may be.
    fn answers(&self, value: i64) -> BTreeSet<bool> {
        match &self.test {
            Test::Compare {
                operator,
                months,
                units,
                low,
                high,
            } => {
                let moved = months_later(value, *months) + units;
                // Of a year, the days beside which a comparison with it can change.
                let others = match high - low < 40 {
                    true => (*low..=*high).collect(),
                    false => vec![*low, low + 1, moved - 1, moved, moved + 1, high - 1, *high],
                };
                let others = others.iter().filter(|other| (low..=high).contains(other));
                others.map(|other| holds(operator, moved, *other)).collect()
            }
            Test::Among { low, high } => [(*low..=*high).contains(&value)].into(),
        }
    }

    /// Whether it asks for a day that adding months passes over: 29 February and a month is 29 March, 1 March and a
    /// month is 1 April. Between such ends a day counts as lying between them (clarification C14).
    fn asks_for_a_skipped_day(&self) -> bool {
        match &self.test {
            Test::Compare {
                operator: "=" | "!=",
                months,
                units,
                low,
                high,
            } if low == high => {
                let near = self.near();
                !(near - 10..near + 10).any(|value| months_later(value, *months) + units == *low)
            }
            Test::Compare { .. } | Test::Among { .. } => false,
        }
    }

    /// A value of the fact near which the answer changes.
    fn near(&self) -> i64 {
        match &self.test {
            Test::Compare {
                months, units, low, ..
            } => low - units - months * 30,
            Test::Among { low, .. } => *low,
        }
    }
}

/// By the calendar alone: the same day of a later month, or its last day.
fn months_later(day: i64, months: i64) -> i64 {
    if months == 0 {
        return day;
    }
    let date = Date::from_days(day);
    let month = i64::from(date.year()) * 12 + i64::from(date.month()) - 1 + months;
    let year = i32::try_from(month.div_euclid(12)).unwrap();
    let month = u8::try_from(month.rem_euclid(12)).unwrap() + 1;
    let last = (1..=date.day())
        .rev()
        .find_map(|day| Date::new(year, month, day));
    last.unwrap().to_days()
}

fn day(text: &str) -> i64 {
    Date::parse(text).unwrap().to_days()
}

fn one() -> impl Strategy<Value = One> {
    let operator = || prop::sample::select(OPERATORS.to_vec());
    let number =
        (operator(), 0..6_i64, 0..3_i64, any::<bool>()).prop_map(|(operator, to, add, first)| {
            let mirrored = ["=", "!=", ">", ">=", "<", "<="];
            let text = match first {
                true => format!("m + {add} {operator} {to}"),
                false => {
                    let place = OPERATORS
                        .iter()
                        .position(|other| *other == operator)
                        .unwrap();
                    format!("{to} {} m + {add}", mirrored[place])
                }
            };
            let test = Test::Compare {
                operator,
                months: 0,
                units: add,
                low: to,
                high: to,
            };
            One {
                text,
                fact: "m",
                test,
            }
        });
    let decimal = (operator(), 0..5_i64).prop_map(|(operator, half)| {
        let to = half * DECIMAL_UNIT + DECIMAL_UNIT / 2;
        let test = Test::Compare {
            operator,
            months: 0,
            units: DECIMAL_UNIT,
            low: to,
            high: to,
        };
        One {
            text: format!("x + 1 {operator} {half}.5"),
            fact: "x",
            test,
        }
    });
    let literals = vec![
        ("@2024-02-29", "2024-02-29", "2024-02-29"),
        ("@2023-08-31", "2023-08-31", "2023-08-31"),
        ("@2024-02", "2024-02-01", "2024-02-29"),
        ("@2023", "2023-01-01", "2023-12-31"),
    ];
    let date = (
        operator(),
        -13..14_i64,
        -40..40_i64,
        prop::sample::select(literals),
    )
        .prop_map(|(operator, months, units, (literal, low, high))| {
            let sign = |number: i64| if number < 0 { '-' } else { '+' };
            let text = format!(
                "d {} {} months {} {} days {operator} {literal}",
                sign(months),
                months.abs(),
                sign(units),
                units.abs(),
            );
            let test = Test::Compare {
                operator,
                months,
                units,
                low: day(low),
                high: day(high),
            };
            One {
                text,
                fact: "d",
                test,
            }
        });
    let among = (0..5_i64, 1..4_i64, 0..4_usize).prop_map(|(low, length, form)| {
        let high = low + length;
        let (text, low, high) = match form {
            0 => (format!("m between {low} and {high}"), low, high),
            1 => (
                format!("m properly between {low} and {}", high + 1),
                low + 1,
                high,
            ),
            2 => (format!("m in Interval[{low}, {high})"), low, high - 1),
            _ => (format!("m in Interval({low}, {high}]"), low + 1, high),
        };
        One {
            text,
            fact: "m",
            test: Test::Among { low, high },
        }
    });
    prop_oneof![number, decimal, date, among]
}

/// Two ends around a value, either of which may be open, and every value between them as far as it matters.
fn around(
    near: i64,
    before: i64,
    width: i64,
    open: [bool; 2],
) -> (Bounds, std::ops::RangeInclusive<i64>) {
    let (low, high) = (near - before, near - before + width);
    let bounds = Bounds {
        low: (!open[0]).then_some(low),
        high: (!open[1]).then_some(high),
    };
    // Beyond every value at which an answer changes: a year and some months.
    let far = 500;
    let range = if open[0] { low - far } else { low }..=if open[1] { high + far } else { high };
    (bounds, range)
}

fn compile(criterion: &str) -> Result<Program, TestCaseError> {
    let schema = schema();
    let mut compiler = Compiler::new(&schema);
    compiler.add_text("law", &format!("define x0: {criterion}"));
    compiler
        .finish()
        .map_err(|errors| TestCaseError::fail(format!("{criterion}: {errors:#?}")))
}

fn truth(program: &Program, values: &Values) -> Truth {
    program.truth_of(values, program.root("x0").unwrap())
}

fn agreed(answers: &BTreeSet<bool>) -> Truth {
    match (answers.contains(&true), answers.contains(&false)) {
        (true, false) => Truth::True,
        (false, true) => Truth::False,
        _ => Truth::Unknown,
    }
}

/// A criterion with whole dates in place of months and years, in which CQL and this language part.
fn with_whole_dates(criterion: &str) -> String {
    let mut pieces = criterion.split('@');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece.find(|letter: char| !letter.is_ascii_digit() && letter != '-');
        let (date, rest) = piece.split_at(end.unwrap_or(piece.len()));
        let day = match date.len() {
            4 => "-06-15",
            7 => "-10",
            _ => "",
        };
        text.push_str(&format!("@{date}{day}{rest}"));
    }
    text
}

/// What CQL makes of the criterion with these values in place of the names.
fn by_cql(criterion: &str, values: &Values) -> Truth {
    let written = |name: &str| -> Option<String> {
        let schema = schema();
        let fact = schema.find(name)?;
        Some(match (schema.fact(fact).ty, values.get(fact)) {
            (_, Value::Truth(truth)) if truth.is_known() => truth.word().to_owned(),
            (_, Value::Truth(_)) => "null".to_owned(),
            (ty, Value::Bounds(bounds)) => match (ty, bounds.as_exact()?) {
                (FactType::Date, day) => format!("@{}", Date::from_days(day)),
                (FactType::Decimal, units) => {
                    format!("{}.{:08}", units / DECIMAL_UNIT, units % DECIMAL_UNIT)
                }
                (_, number) => number.to_string(),
            },
        })
    };
    let mut text = String::new();
    let mut word = String::new();
    for letter in criterion.chars().chain([' ']) {
        if letter.is_ascii_alphanumeric() {
            word.push(letter);
            continue;
        }
        text.push_str(&written(&word).unwrap_or_else(|| word.clone()));
        text.push(letter);
        word.clear();
    }
    let (tree, problems) = parse_expression(&text);
    assert!(problems.is_empty(), "{text}: {problems:?}");
    match evaluate(&tree) {
        Ok(Constant::Boolean(holds)) => Truth::decided(holds),
        Ok(Constant::Null) => Truth::Unknown,
        other => panic!("{text}: {other:?}"),
    }
}

/// What is known of each fact, and seeds for what else it may be.
fn known() -> impl Strategy<Value = Vec<(Value, i64)>> {
    let of = |ty: FactType| match ty {
        FactType::Boolean | FactType::Word => {
            let truths = vec![Truth::True, Truth::False, Truth::Unknown, Truth::Unknown];
            prop::sample::select(truths).prop_map(Value::Truth).boxed()
        }
        FactType::Integer => ends(0, 6, 3),
        FactType::Decimal => ends(0, 600_000_000, 200_000_000),
        FactType::Date => ends(738_500, 739_000, 200),
    };
    FACTS
        .map(|(_, ty)| (of(ty), any::<i64>()))
        .prop_map(|known| known.to_vec())
}

fn ends(least: i64, most: i64, width: i64) -> BoxedStrategy<Value> {
    (least..=most, 0..=width, any::<[bool; 2]>(), any::<bool>())
        .prop_map(|(low, width, [low_open, high_open], exact)| {
            Value::Bounds(match exact {
                true => Bounds::exact(low),
                false => Bounds {
                    low: (!low_open).then_some(low),
                    high: (!high_open).then_some(low + width),
                },
            })
        })
        .boxed()
}

/// One of the values that a fact may have.
fn completed(value: Value, ty: FactType, seed: i64) -> Value {
    let (least, most) = match ty {
        FactType::Decimal => (0, 700_000_000),
        FactType::Date => (738_300, 739_200),
        FactType::Integer | FactType::Boolean | FactType::Word => (0, 8),
    };
    match value {
        Value::Truth(truth) if truth.is_known() => value,
        Value::Truth(_) => Value::Truth(Truth::decided(seed % 2 == 0)),
        Value::Bounds(bounds) => {
            let low = bounds
                .low
                .unwrap_or(least.min(bounds.high.unwrap_or(least)));
            let high = bounds.high.unwrap_or(most.max(low));
            Value::Bounds(Bounds::exact(low + seed.rem_euclid(high - low + 1)))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_comparison_is_decided_exactly_where_every_value_agrees(
        one in one(), before in -4..40_i64, width in prop_oneof![Just(0), 0..4_i64, 0..60_i64], open in any::<[bool; 2]>(),
    ) {
        let program = compile(&one.text)?;
        let (bounds, all) = around(one.near(), before, width, open);
        let mut values = Values::unknown(&schema());
        values.set(schema().find(one.fact).unwrap(), Value::Bounds(bounds));
        prop_assume!(!one.asks_for_a_skipped_day());
        let answers: BTreeSet<bool> = all.flat_map(|value| one.answers(value)).collect();
        prop_assert_eq!(truth(&program, &values), agreed(&answers), "{} with {:?}", one.text, bounds);
    }

    #[test]
    fn two_facts_are_compared_by_every_pair_of_values(
        operator in prop::sample::select(OPERATORS.to_vec()), add in -2..3_i64,
        mine in (0..6_i64, 0..4_i64), theirs in (0..6_i64, 0..4_i64),
    ) {
        let sign = if add < 0 { '-' } else { '+' };
        let program = compile(&format!("m {sign} {} {operator} n", add.abs()))?;
        let mut values = Values::unknown(&schema());
        for (name, (low, width)) in [("m", mine), ("n", theirs)] {
            let bounds = Bounds { low: Some(low), high: Some(low + width) };
            values.set(schema().find(name).unwrap(), Value::Bounds(bounds));
        }
        let all = |(low, width): (i64, i64)| low..=low + width;
        let answers = all(mine).flat_map(|left| all(theirs).map(move |right| holds(operator, left + add, right)));
        prop_assert_eq!(truth(&program, &values), agreed(&answers.collect()));
    }

    #[test]
    fn a_definite_answer_holds_at_every_completion(
        criterion in criterion().prop_map(|criterion| with_whole_dates(&criterion)), known in known(),
    ) {
        let program = compile(&criterion)?;
        let schema = schema();
        let mut values = Values::unknown(&schema);
        for (fact, (value, _)) in schema.indices().zip(&known) {
            values.set(fact, *value);
        }
        let answer = truth(&program, &values);
        for step in 0..12 {
            let mut point = values.clone();
            for (fact, (value, seed)) in schema.indices().zip(&known) {
                let seed = seed.rotate_left(5 * step);
                point.set(fact, completed(*value, schema.fact(fact).ty, seed));
            }
            let said = by_cql(&criterion, &point);
            prop_assert_eq!(truth(&program, &point), said, "{} at {:?}", &criterion, &point);
            prop_assert!(!answer.is_known() || answer == said, "{} of {:?} at {:?}", &criterion, &values, &point);
        }
    }
}

//! What the conformance chapters leave untried.

use super::{Constant, evaluate};
use crate::syntax::parse_expression;
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use proptest::sample::select;

fn result(text: &str) -> Result<Constant, &'static str> {
    let (expr, problems) = parse_expression(text);
    assert!(problems.is_empty(), "{text}: {problems:?}");
    evaluate(&expr).map_err(|problem| problem.code)
}

#[track_caller]
fn same(text: &str, expected: &str) {
    assert_eq!(result(text), result(expected), "{text}");
    assert!(result(text).is_ok(), "{text}");
}

#[track_caller]
fn fails(text: &str, code: &str) {
    assert_eq!(result(text), Err(code), "{text}");
}

#[test]
fn arithmetic_that_a_type_cannot_hold_is_null() {
    for text in [
        "2147483647 + 1",
        "-2147483648 - 1",
        "-(-2147483648)",
        "9223372036854775807L + 1L",
        "99999999999999999999.9 * 10",
        "99999999999999999999.9 * 99999999999999999999.9",
        "1 / 0",
        "1 div 0",
        "-2147483648 div -1",
        "1 mod 0",
        "1.0 mod 0.0",
    ] {
        same(text, "null");
    }
    same("-2147483648 mod -1", "0");
    same("7 / 2", "3.5");
    same("-7 / 3", "-2.33333333");
    same("2 / -3", "-0.66666667");
    same("7 div 2", "3");
    same("0.1 + 0.2", "0.3");
    same("2 * 3L", "6L");
}

#[test]
fn dates_outside_the_calendar_are_errors() {
    fails("@9999-12-31 + 1 day", "out-of-range");
    fails("@0001-01-01 - 1 day", "out-of-range");
    fails("@9999-01 + 12 months", "out-of-range");
    fails("@2024 + 99999999999999999999.0 years", "out-of-range");
    fails(
        "@2024-01-01T00:00 + 1125899906842623.0 weeks",
        "out-of-range",
    );
    fails("DateTime(2024, 2, 30)", "out-of-range");
    fails("DateTime(2024, 2, 3, 4, 5, 6, 7, 15)", "out-of-range");
    fails(
        "@0001-01-01T00:00+01:00 < @2024-01-01T00:00Z",
        "out-of-range",
    );
    fails("Date(2024, null, 1)", "type-mismatch");
}

#[test]
fn types_that_do_not_join_are_refused() {
    for text in [
        "1 = 'a'",
        "@2024 = @T12",
        "true < false",
        "@T12 + 1 day",
        "@2024-01-01 + 1 hour",
        "@2024-01-01 + 1 'mo'",
        "@2024-01-01 same hour as @2024-01-01",
        "hours between @2024-01-01 and @2024-01-02",
        "1 and true",
        "year from @T12",
        "cast 1 as String",
    ] {
        fails(text, "type-mismatch");
    }
    same("1 as String", "null");
}

#[test]
fn the_clock_and_names_are_refused() {
    for text in [
        "Today()",
        "Now()",
        "TimeOfDay()",
        "\"a fact\"",
        "Sum({ 1 })",
        "Count(1)",
    ] {
        fails(text, "unsupported");
    }
}

#[test]
fn aggregates_leave_nulls_out() {
    same("Count({ 1, null, 3 })", "2");
    same("Min({ null, 3, 2 })", "2");
    same("Max({ @2023, null, @2024 })", "@2024");
    same("Max({ @2024, @2024-06 })", "null");
    same("Min({ null })", "null");
    same("AllTrue({ true, null })", "true");
    same("AllTrue({ null, false })", "false");
    same("AnyTrue({ null, true })", "true");
    same("AnyTrue({ null, false })", "false");
    same("exists ({ null, 1 })", "true");
    same("exists null", "false");
    fails("AnyTrue({ 1 })", "type-mismatch");
    fails("exists 1", "type-mismatch");
}

#[test]
fn the_ends_of_an_interval_are_in_order() {
    same("5 in Interval[5, 5]", "true");
    same("5 in Interval[4, 6)", "true");
    fails("5 in Interval[5, 5)", "empty-interval");
    fails("5 in Interval[6, 5]", "empty-interval");
    same("5 in Interval[null, null]", "false");
    same("null in Interval[null, null]", "null");
}

#[test]
fn a_time_goes_round_the_clock() {
    same("@T23:30 + 1 hour", "@T00:30");
    same("@T00:30 - 25 hours", "@T23:30");
}

#[test]
fn seconds_without_a_fraction_are_whole() {
    same("@2024-01-01T10:00:00 = @2024-01-01T10:00:00.0", "true");
    same("@2024-01-01T10:00:00 < @2024-01-01T10:00:00.5", "true");
    same("@2024-01-01T10:00 = @2024-01-01T10:00:00.0", "null");
    same("@T10:00:00.000 + 1.5 seconds", "@T10:00:01.500");
}

#[test]
fn an_offset_of_half_an_hour_blurs_the_hour() {
    // 10 o'clock there is from 04:30 to 05:29 here.
    same(
        "@2024-01-01T10+05:30 same hour as @2024-01-01T04:40Z",
        "null",
    );
    same(
        "@2024-01-01T10+05:30 same hour as @2024-01-01T06:40Z",
        "null",
    );
    same(
        "@2024-01-01T10+05:30 before hour of @2024-01-02T06:40Z",
        "true",
    );
    same("@2024-01-01T10:00+05:30 = @2024-01-01T04:30Z", "true");
}

#[test]
fn whole_months_end_on_the_day_they_began() {
    same("months between @2024-01-31 and @2024-02-29", "0");
    same("months between @2024-01-31 and @2024-03-01", "1");
    same("months between @2024-02-29 and @2024-01-31", "0");
    same("months between @2024-02-29 and @2024-01-29", "-1");
    same("years between @2024-02-29 and @2025-02-28", "0");
    same("years between @2024-02-29 and @2025-03-01", "1");
    same(
        "milliseconds between @0001-01-01T00:00:00 and @9999-12-31T00:00:00",
        "null",
    );
    same("@2024-01-31 + 1 month", "@2024-02-29");
}

#[test]
fn an_uncertainty_is_decided_when_both_ends_agree() {
    let months = "months between DateTime(2005) and DateTime(2006, 5)";
    same(&format!("({months}) between 4 and 16"), "true");
    same(&format!("({months}) = 17"), "false");
    same(&format!("({months}) = 16"), "null");
    same(&format!("1 - ({months}) < 0"), "true");
    same(&format!("({months}) in Interval[4, 16]"), "true");
}

#[test]
fn membership() {
    same("5 in Interval[1, 5]", "true");
    same("5 in Interval[1, 5)", "false");
    same("5 in Interval[1, null]", "true");
    same("5 in Interval[1, null)", "null");
    same("0 in Interval[1, null)", "false");
    same("null in Interval[1, null]", "null");
    same("2 in { 1, 2, null }", "true");
    same("3 in { 1, 2, null }", "false");
    same("{ 1, null } contains null", "true");
    same("3 in null", "false");
}

#[test]
fn units_convert_exactly_or_not_at_all() {
    same("1 'kg' = 1000 'g'", "true");
    same("1 'mg' < 1 'kg'", "true");
    same("1 'mg' = 1 'mL'", "null");
    same("1 'furlong' = 1 'm'", "null");
    same("1 'furlong' = 1 'furlong'", "true");
    same("1 'a' = 365.25 'd'", "true");
    same("2 years = 24 months", "true");
    same("1 year = 365 days", "null");
    same("1.5 'cm' ~ 15.2 'mm'", "true");
    same("1.5 'cm' ~ 16 'mm'", "false");
    same("1 'cm' ~ 1 'g'", "false");
    same("1.0 'mg' + 2 'mg'", "3.0 'mg'");
    fails("1 'mg' + 1 'g'", "unsupported");
    same("1 ~ 1 '1'", "true");
}

#[test]
fn equivalence_is_never_unknown() {
    same("'A\\tb' ~ 'a B'", "true");
    same("1.55 ~ 1.6", "true");
    same("@2024 ~ @2024-01", "false");
    same("{ 1, null } ~ { 1, null }", "true");
    same("1 'cm':2 'cm' ~ 2 'cm':4 'cm'", "true");
}

#[test]
fn tuples_agree_element_by_element() {
    same("Tuple { a: null, b: 1 } = Tuple { a: 1, b: 2 }", "false");
    same("Tuple { a: null, b: 1 } = Tuple { a: 1, b: 1 }", "null");
}

/// Expressions over the ends of every type, most of them without meaning.
fn anything() -> impl Strategy<Value = String> {
    let leaves = select(vec![
        "null",
        "true",
        "0",
        "1",
        "-1",
        "2147483647",
        "-2147483648",
        "9223372036854775807L",
        "-9223372036854775808L",
        "0.00000001",
        "99999999999999999999.99999999",
        "'a'",
        "@0001",
        "@9999",
        "@0001-01-01",
        "@9999-12-31",
        "@2024-02",
        "@2024-02-29",
        "@0001-01-01T00:00:00.000+14:00",
        "@9999-12-31T23:59:59.999-14:00",
        "@2024-02-29T23+05:30",
        "@2024T",
        "@T00",
        "@T23:59:59.999",
        "1 year",
        "25 months",
        "2147483647 weeks",
        "99999999999999999999.9 milliseconds",
        "1.5 seconds",
        "1 'a'",
        "2 'cm'",
        "3 'fm'",
        "99999999999999999999.9 'kg'",
        "1 'mg':2 'mL'",
        "{ 1, null }",
        "Tuple { a: 1 }",
        "Interval[1, null)",
        "DateTime(2024, null)",
        "days between @2024T and @2025-02T",
    ]);
    leaves.prop_map(str::to_owned).prop_recursive(4, 24, 3, |inner| {
        let binary = select(vec![
            "+", "-", "*", "/", "div", "mod", "=", "!=", "~", "<", "<=", "and", "xor", "implies",
            "in", "before", "same day as", "same hour or after", "on or before month of",
        ]);
        let before = select(vec![
            "-", "+", "not ", "year from ", "second from ", "date from ", "time from ",
            "timezoneoffset from ", "IsNull", "Coalesce", "DateTime", "Date", "Time",
        ]);
        let unit = select(vec!["years", "months", "weeks", "days", "hours", "milliseconds"]);
        let count = prop_oneof![Just(""), Just("difference in ")];
        prop_oneof![
            4 => (inner.clone(), binary, inner.clone())
                .prop_map(|(left, op, right)| format!("({left}) {op} ({right})")),
            2 => (before, inner.clone()).prop_map(|(op, operand)| format!("{op}({operand})")),
            1 => (inner.clone(), any::<bool>())
                .prop_map(|(operand, not)| format!("({operand}) is {}null", if not { "not " } else { "" })),
            2 => (count, unit, inner.clone(), inner)
                .prop_map(|(count, unit, from, to)| format!("{count}{unit} between ({from}) and ({to})")),
        ]
    })
}

proptest! {
    #[test]
    fn nothing_brings_the_evaluator_down(text in anything()) {
        let (expr, problems) = parse_expression(&text);
        assert!(problems.iter().all(|problem| problem.code == "out-of-range"), "{text}: {problems:?}");
        let _ = evaluate(&expr);
    }
}

use super::*;
use crate::{Op, explain};
use Truth::{False, True, Unknown};

const TRUTHS: [(&str, Truth); 3] = [("true", True), ("false", False), ("null", Unknown)];

#[test]
fn truth_tables_of_literals_and_facts() {
    for (left_text, left) in TRUTHS {
        assert_eq!(evaluate(&format!("not {left_text}"), &[]), !left);
        for (right_text, right) in TRUTHS {
            let different = (left.and(!right)).or((!left).and(right));
            let table = [
                ("and", left.and(right)),
                ("or", left.or(right)),
                ("xor", different),
                ("implies", (!left).or(right)),
                ("!=", different),
                ("=", !different),
            ];
            for (operator, expected) in table {
                let literal = format!("{left_text} {operator} {right_text}");
                assert_eq!(evaluate(&literal, &[]), expected, "{literal}");
                let known: Vec<(&str, &str)> = [("p", left_text), ("q", right_text)]
                    .into_iter()
                    .filter(|(_, text)| *text != "null")
                    .collect();
                assert_eq!(
                    evaluate(&format!("p {operator} q"), &known),
                    expected,
                    "{literal} as facts"
                );
            }
        }
    }
}

#[test]
fn truths_compare_with_literals() {
    for (expression, when_true, when_false) in [
        ("p = true", True, False),
        ("p = false", False, True),
        ("true != p", False, True),
        ("p != false", True, False),
    ] {
        assert_eq!(
            evaluate(expression, &[("p", "true")]),
            when_true,
            "{expression}"
        );
        assert_eq!(
            evaluate(expression, &[("p", "false")]),
            when_false,
            "{expression}"
        );
        assert_eq!(evaluate(expression, &[]), Unknown, "{expression}");
    }
}

#[test]
fn comparisons_are_decided_by_bounds_where_they_can_be() {
    let table = [
        ("regimens >= 2", "2..", True),
        ("regimens >= 2", "1..", Unknown),
        ("regimens >= 2", "..1", False),
        ("regimens > 2", "2..", Unknown),
        ("regimens < 2", "2..", False),
        ("regimens <= 2", "..2", True),
        ("regimens = 2", "2", True),
        ("regimens = 2", "1..2", Unknown),
        ("regimens = 2", "3..", False),
        ("regimens != 2", "3..", True),
        ("2 <= regimens", "2..", True),
        ("regimens between 2 and 4", "2..4", True),
        ("regimens between 2 and 4", "3..5", Unknown),
        ("regimens between 2 and 4", "5..", False),
        ("regimens properly between 2 and 4", "2", False),
        ("regimens in Interval[2, 4)", "2..3", True),
        ("regimens in Interval[2, 4)", "4", False),
        ("regimens in Interval(2, 4]", "2..3", Unknown),
        ("regimens + 1 >= 3", "2..", True),
        ("1 + regimens >= 3", "2..", True),
        ("regimens - 1 >= 2", "2..", Unknown),
        ("regimens >= 1 + 1", "2..", True),
        ("regimens >= -2147483648", "-2147483648", True),
        ("not regimens >= 2", "2..", False),
    ];
    for (expression, value, expected) in table {
        let expression = expression.replace("not regimens >= 2", "not (regimens >= 2)");
        assert_eq!(
            evaluate(&expression, &[("regimens", value)]),
            expected,
            "{expression} at {value}"
        );
    }
    assert_eq!(
        evaluate(
            "regimens <= lines",
            &[("regimens", "..2"), ("lines", "2..")]
        ),
        True
    );
    assert_eq!(
        evaluate("regimens <= lines", &[("regimens", "3"), ("lines", "2..")]),
        Unknown
    );
    assert_eq!(evaluate("regimens >= 2", &[]), Unknown);
}

#[test]
fn decimals_count_hundred_millionths() {
    for (expression, expected) in [
        ("fraction >= 0.5", True),
        ("fraction = 0.50000000", True),
        ("fraction < 1", True),
        ("fraction + 1 > 1.4", True),
        ("fraction - 0.25 = 0.25", True),
        ("1 + 0.5 = 1.5", True),
        ("-1.5 < fraction", True),
        ("fraction > 0.50000001", False),
    ] {
        assert_eq!(
            evaluate(expression, &[("fraction", "50000000")]),
            expected,
            "{expression}"
        );
    }
}

#[test]
fn months_after_a_long_month_end_with_the_shorter_one() {
    let within = "\"as-of\" <= \"last-dose\" + 6 months";
    for (last, as_of, expected) in [
        ("2023-08-31", "2024-02-29", True),
        ("2023-08-31", "2024-03-01", False),
        ("2023-08", "2024-02-01", True),
        ("2023-08", "2024-02-15", Unknown),
        ("2023-08", "2024-03-01", False),
    ] {
        assert_eq!(
            evaluate(within, &[("last-dose", last), ("as-of", as_of)]),
            expected,
            "{last} {as_of}"
        );
    }
    assert_eq!(evaluate("@2023-08-31 + 6 months = @2024-02-29", &[]), True);
    assert_eq!(
        evaluate("@2024-01-31 + 1 month + 1 day = @2024-03-01", &[]),
        True
    );
    assert_eq!(
        evaluate("@2024-03-15 - 2 weeks - 1 year = @2023-03-01", &[]),
        True
    );
}

#[test]
fn arithmetic_beyond_the_range_of_a_type_is_unknown() {
    assert_eq!(
        evaluate("\"as-of\" + 9000 years > @2024", &[("as-of", "2024-01-01")]),
        Unknown
    );
    let greatest = i64::MAX.to_string();
    assert_eq!(
        evaluate("regimens + 1 > 5", &[("regimens", &greatest)]),
        Unknown
    );
}

#[test]
fn partial_date_literals_are_bounds() {
    for (expression, value, expected) in [
        ("\"as-of\" < @2024", "2023-12-31", True),
        ("\"as-of\" < @2024", "2024-06-01", Unknown),
        ("\"as-of\" < @2024", "2024-12-31", False),
        ("\"as-of\" >= @2024-06", "2024-06-30", True),
        ("\"as-of\" = @2024-06", "2024-06-15", Unknown),
        ("\"as-of\" = @2024-06", "2024-07-01", False),
        ("@2023 + 6 months <= \"as-of\"", "2024-06-30", True),
        (
            "\"as-of\" in Interval[@2024-01-01, @2024-06-30]",
            "2024-03",
            True,
        ),
    ] {
        assert_eq!(
            evaluate(expression, &[("as-of", value)]),
            expected,
            "{expression} at {value}"
        );
    }
}

#[test]
fn cql_precedence() {
    // `not` takes less than `=`, and `in` takes more.
    assert_eq!(
        evaluate("not p = q", &[("p", "true"), ("q", "false")]),
        True
    );
    assert_eq!(
        evaluate("not (p = q)", &[("p", "false"), ("q", "false")]),
        False
    );
    assert_eq!(evaluate("true or true and false", &[]), True);
    assert_eq!(evaluate("true implies false or true", &[]), True);
    assert_eq!(evaluate("regimens >= 2 = true", &[("regimens", "2")]), True);
}

#[test]
fn in_force_is_half_open_and_unknown_inside_partial_dates() {
    let schema = schema();
    let mut compiler = Compiler::new(&schema);
    let date = |text| DateBounds::parse(text).unwrap();
    compiler.add_in_force(
        "exact",
        fact("as-of"),
        date("2020-01-15"),
        Some(date("2022-05-04")),
    );
    compiler.add_in_force("month", fact("as-of"), date("2020-01"), None);
    let program = compiler.finish().unwrap();
    let at = |name: &str, day: &str| {
        program
            .evaluate(&values(&[("as-of", day)]))
            .truth(program.root(name).unwrap())
    };
    for (day, exact, month) in [
        ("2020-01-01", False, Unknown),
        ("2020-01-14", False, Unknown),
        ("2020-01-15", True, Unknown),
        ("2020-01-31", True, True),
        ("2022-05-03", True, True),
        ("2022-05-04", False, True),
    ] {
        assert_eq!(
            (at("exact", day), at("month", day)),
            (exact, month),
            "{day}"
        );
    }
    assert_eq!(
        program.thresholds(fact("as-of")),
        ["2020-01-01", "2020-01-15", "2020-01-31", "2022-05-04"].map(days)
    );
}

#[test]
fn missing_facts_come_in_order_and_only_from_unknown_operands() {
    let text = "define x: p and (q or \"last-dose\" + 6 months <= \"as-of\") and regimens >= 2\ndefine y: x implies r";
    let program = compile(text).unwrap();
    let values = values(&[("p", "true"), ("regimens", "2.."), ("as-of", "2024")]);
    let evaluation = program.evaluate(&values);
    let missing = |name: &str| program.missing(&evaluation, &values, program.root(name).unwrap());
    // The count is open above and decides its test all the same; the date is known to the year, and does not.
    assert_eq!(missing("x"), ["q", "last-dose", "as-of"].map(fact));
    assert_eq!(missing("y"), ["q", "last-dose", "as-of", "r"].map(fact));
    // At least as many regimens as lines, whatever both are: the lines do not matter any more.
    let within = compile("define x: regimens between lines and 9").unwrap();
    let ends = super::values(&[("regimens", "5.."), ("lines", "..5")]);
    let open = within.evaluate(&ends);
    let root = within.root("x").unwrap();
    assert_eq!(within.missing(&open, &ends, root), [fact("regimens")]);
    // One side of a test is settled, the other is what is missing.
    let day = super::values(&[("p", "true"), ("as-of", "2024-03-01"), ("q", "false")]);
    let settled = program.evaluate(&day);
    let root = program.root("x").unwrap();
    let missing = program.missing(&settled, &day, root);
    assert_eq!(missing, ["last-dose", "regimens"].map(fact));
    let decided = program.evaluate(&super::values(&[("p", "false")]));
    assert_eq!(
        program.missing(&decided, &values, program.root("x").unwrap()),
        []
    );
}

#[test]
fn thresholds_fold_distances_in() {
    let text = "define a: regimens >= 2 and regimens + 1 < 8 and 5 > regimens and fraction > 0.5
        define b: \"last-dose\" + 6 months <= @2024-03-31 and \"last-dose\" > @2020
        define c: \"last-dose\" + 6 months <= \"as-of\" and \"last-dose\" + 6 months = @2023-02-28";
    let program = compile(text).unwrap();
    assert_eq!(program.thresholds(fact("regimens")), [2, 5, 7]);
    assert_eq!(program.thresholds(fact("fraction")), [50_000_000]);
    let dates = [
        "2020-01-01",
        "2020-12-31",
        "2022-08-28",
        "2022-08-31",
        "2023-09-30",
    ];
    assert_eq!(program.thresholds(fact("last-dose")), dates.map(days));
    assert_eq!(program.thresholds(fact("as-of")), []);
}

#[test]
fn definitions_stay_distinct_and_conjunctions_flatten() {
    let text = "define a: p and q
        define b: p and q
        define c: (p and (q and a)) and b and (p or q)
        define d: a
        define e: p";
    let program = compile(text).unwrap();
    let root = |name: &str| program.root(name).unwrap();
    assert_ne!(root("a"), root("b"));
    let conjuncts = program.conjuncts(root("c"));
    let names: Vec<Option<&str>> = conjuncts
        .iter()
        .map(|node| program.name_of(*node))
        .collect();
    assert_eq!(names, [None, None, Some("a"), Some("b"), None]);
    assert_eq!(program.conjuncts(root("a"))[..], conjuncts[..2]);
    assert_eq!(program.conjuncts(root("d")), [root("a")]);
    assert_eq!(program.conjuncts(root("e")), [root("e")]);
    assert_eq!(
        program.facts_of(root("c")).into_iter().collect::<Vec<_>>(),
        ["p", "q"].map(fact)
    );
}

#[test]
fn groups_of_definitions() {
    let schema = schema();
    let mut compiler = Compiler::new(&schema);
    compiler.add_all("every", &["a", "p"]);
    compiler.add_any("some", &["a", "p"]);
    compiler.add_all("none of all", &[]);
    compiler.add_any("none of any", &[]);
    compiler.add_text("test", "define a: q");
    let program = compiler.finish().unwrap();
    let evaluation = program.evaluate(&values(&[("p", "true"), ("q", "false")]));
    let truth = |name: &str| evaluation.truth(program.root(name).unwrap());
    assert_eq!(
        (
            truth("every"),
            truth("some"),
            truth("none of all"),
            truth("none of any")
        ),
        (False, True, True, False)
    );
    assert_eq!(program.conjuncts(program.root("every").unwrap()).len(), 2);
    assert_eq!(program.conjuncts(program.root("none of all").unwrap()), []);
    let explained = explain(&program, &evaluation, program.root("every").unwrap());
    assert_eq!(explained.text, "\"a\" and \"p\"");
}

#[test]
fn an_explanation_holds_every_operand_with_its_text() {
    let text = "define \"a b\": p implies (q xor regimens between 1 and 2)\ndefine c: \"a b\" and not (3 < regimens)";
    let program = compile(text).unwrap();
    let evaluation = program.evaluate(&values(&[("p", "false")]));
    let explained = explain(&program, &evaluation, program.root("c").unwrap());
    assert_eq!(
        (explained.name, explained.op, explained.truth),
        (Some("c"), Op::All, Unknown)
    );
    let [first, second] = &explained.children[..] else {
        panic!("two operands")
    };
    assert_eq!(
        (first.name, first.op, first.truth),
        (Some("a b"), Op::Any, True)
    );
    assert_eq!(
        first.text,
        "\"p\" implies \"q\" xor \"regimens\" between 1 and 2"
    );
    assert_eq!(first.children[0].text, "not \"p\"");
    let ways: Vec<&str> = first.children[1]
        .children
        .iter()
        .map(|way| way.text)
        .collect();
    let between = "\"regimens\" between 1 and 2";
    assert_eq!(
        ways,
        [
            format!("\"q\" and not ({between})"),
            format!("not \"q\" and {between}")
        ]
    );
    assert_eq!((second.op, second.children[0].op), (Op::Not, Op::Test));
    assert_eq!(second.children[0].facts, [fact("regimens")]);
}

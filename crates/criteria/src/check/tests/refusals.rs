use super::*;

fn codes(text: &str) -> Vec<&'static str> {
    errors(text)
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect()
}

#[test]
fn types_must_go_together() {
    for expression in [
        "regimens",
        "regimens and p",
        "not regimens",
        "regimens >= 1.5",
        "regimens >= @2024",
        "regimens >= fraction",
        "regimens = 'two'",
        "regimens = true",
        "fraction >= 'half'",
        "fraction = 5 'mg'",
        "\"as-of\" >= 2024",
        "\"as-of\" + 6 > @2024",
        "\"as-of\" + 6 'mo' > @2024",
        "\"as-of\" + 6 hours > @2024",
        "\"as-of\" + 1.5 months > @2024",
        "\"as-of\" - \"last-dose\" > 6",
        "\"as-of\" > @2024-01-01T12:00",
        "p < q",
        "p >= 1",
        "regimens = 1L",
        "regimens = 1:2",
        "6 months",
        "-p",
        "regimens between 1 and 'x'",
    ] {
        let diagnostics = errors(&format!("define x: {expression}"));
        let [diagnostic] = &diagnostics[..] else {
            panic!("{expression}: {diagnostics:#?}")
        };
        assert!(
            ["type-mismatch", "unsafe-on-facts"].contains(&diagnostic.code),
            "{expression}: {diagnostic:?}"
        );
        assert!(
            diagnostic.help.is_some() && diagnostic.span.is_some(),
            "{expression}"
        );
    }
}

#[test]
fn numbers_and_dates_stay_in_range() {
    for expression in [
        "regimens = 2147483648",
        "regimens = 99999999999999999999999",
        "regimens = -2147483648 - 1",
        "regimens < 2147483647 + 1",
        "fraction < 99999999999.5",
        "fraction < 0.123456789",
        "\"as-of\" < @9999-12-31 + 1 day",
        "\"as-of\" < @2024 + 9999 years",
        "\"as-of\" < @2024 + 5000000 days",
    ] {
        assert_eq!(
            codes(&format!("define x: {expression}")),
            ["out-of-range"],
            "{expression}"
        );
    }
    for expression in [
        "\"as-of\" < @2023-02-29",
        "\"as-of\" < @2024-13",
        "\"as-of\" < @20",
        "\"as-of\" < @2024-6-1",
    ] {
        assert_eq!(
            codes(&format!("define x: {expression}")),
            ["invalid-date"],
            "{expression}"
        );
    }
}

#[test]
fn comparisons_with_null_and_empty_intervals_are_mistakes() {
    for expression in [
        "regimens = null",
        "null < regimens",
        "\"as-of\" + null > @2024",
        "regimens in Interval[1, null]",
    ] {
        assert_eq!(
            codes(&format!("define x: {expression}")),
            ["compared-with-null"],
            "{expression}"
        );
    }
    for expression in [
        "regimens between 3 and 2",
        "regimens in Interval(2, 2]",
        "\"as-of\" in Interval[@2024, @2023-06]",
    ] {
        assert_eq!(
            codes(&format!("define x: {expression}")),
            ["empty-interval"],
            "{expression}"
        );
    }
}

#[test]
fn unknown_names_come_with_the_nearest_one() {
    let cases = [
        ("\"her2-postive\"", "did you mean `\"her2-positive\"`?"),
        ("Regimens > 1", "did you mean `\"regimens\"`?"),
        ("\"helper\"", "did you mean `\"helpers\"`?"),
        (
            "her2-positive",
            "put a name that holds a hyphen in double quotes: `\"her2-positive\"`",
        ),
        (
            "\"something else\"",
            "declare a fact of this name, or define it",
        ),
        (
            "\"her2-postive\" is null",
            "did you mean `\"her2-positive\"`?",
        ),
    ];
    for (expression, help) in cases {
        let diagnostics = errors(&format!("define helpers: p\ndefine x: {expression}"));
        let [diagnostic] = &diagnostics[..] else {
            panic!("{expression}: {diagnostics:#?}")
        };
        assert_eq!(
            (diagnostic.code, diagnostic.help.as_deref()),
            ("unknown-name", Some(help)),
            "{expression}"
        );
    }
}

#[test]
fn cycles_and_duplicates() {
    let diagnostics =
        errors("define a: b\ndefine b: p and c\ndefine c: a or q\ndefine d: d\ndefine e: a");
    assert_eq!(
        diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code)
            .collect::<Vec<_>>(),
        ["definition-cycle"; 2]
    );
    assert_eq!(
        diagnostics[0].message,
        "`a` is defined by itself: `a` → `b` → `c` → `a`"
    );
    assert_eq!(
        diagnostics[1].message,
        "`d` is defined by itself: `d` → `d`"
    );
    assert_eq!(
        codes("define a: p\ndefine a: q\ndefine p: q"),
        ["duplicate-definition"; 2]
    );
}

#[test]
fn groups_report_names_and_types() {
    let schema = schema();
    let mut compiler = Compiler::new(&schema);
    compiler.add_all("x", &["nowhere", "regimens"]);
    compiler.add_in_force("y", fact("p"), DateBounds::UNKNOWN, None);
    let date = |text| DateBounds::parse(text).unwrap();
    compiler.add_in_force("z", fact("as-of"), date("2024-02"), Some(date("2024-01")));
    let found: Vec<_> = compiler
        .finish()
        .unwrap_err()
        .iter()
        .map(|error| (error.place.clone(), error.code))
        .collect();
    let expected = [
        ("x", "unknown-name"),
        ("x", "type-mismatch"),
        ("y", "type-mismatch"),
        ("z", "empty-interval"),
    ];
    assert_eq!(
        found,
        expected.map(|(place, code)| (place.to_owned(), code))
    );
}

#[test]
fn a_sign_that_cannot_be_read_says_nothing_of_types() {
    for (text, expected) in [
        ("define x: regimens ≥ 2", &["unexpected-character"][..]),
        ("define x: regimens 2", &["unexpected-token"]),
        (
            "define x: nowhere ≥ 2",
            &["unknown-name", "unexpected-character"],
        ),
    ] {
        assert_eq!(codes(text), expected, "{text}");
    }
}

#[test]
fn every_error_of_every_text_at_once() {
    let schema = schema();
    let mut compiler = Compiler::new(&schema);
    let names = compiler.add_text(
        "one",
        "define a: (p and ) or (q or ]\ndefine b: regimens ~ 1\ndefine c: a and nowhere",
    );
    assert_eq!(names, ["a", "b", "c"]);
    compiler.add_text(
        "two",
        "using FHIR version '4.0.1'\ndefine d: status = 'x' and \"open",
    );
    let found: Vec<_> = compiler
        .finish()
        .unwrap_err()
        .iter()
        .map(|error| (error.place.clone(), error.code))
        .collect();
    let expected = [
        ("one", "unexpected-token"),
        ("one", "unexpected-token"),
        ("one", "unsafe-on-facts"),
        ("one", "unknown-name"),
        ("two", "unsupported-statement"),
        ("two", "worded-fact"),
        ("two", "unterminated"),
    ];
    assert_eq!(
        found,
        expected.map(|(place, code)| (place.to_owned(), code))
    );
}

#[test]
fn deep_chains_and_doublings_are_refused() {
    let chain: String = (1..=2_000)
        .map(|at| format!("define a{at}: a{} and p\n", at - 1))
        .collect();
    assert!(codes(&format!("define a0: p\n{chain}")).contains(&"nested-too-deeply"));
    let doubling: String = (1..=40)
        .map(|at| format!("define a{at}: a{0} and a{0}\n", at - 1))
        .collect();
    assert!(codes(&format!("define a0: p\n{doubling}")).contains(&"too-large"));
    let chain: String = (1..=450)
        .map(|at| format!("define a{at}: a{} and p\n", at - 1))
        .collect();
    let program = compile(&format!("define a0: p\n{chain}")).unwrap();
    let evaluation = program.evaluate(&values(&[("p", "true")]));
    let explained = crate::explain(&program, &evaluation, program.root("a450").unwrap());
    assert_eq!(explained.truth, Truth::True);
}

use super::precedence::{is_reserved, of_binary};
use super::tree::{BinaryOp, ExprKind};
use super::{parse_expression, parse_library};
use crate::format_expression;

fn canonical(text: &str) -> String {
    let (expr, diagnostics) = parse_expression(text);
    assert_eq!(diagnostics, [], "{text}");
    format_expression(&expr)
}

fn messages(text: &str) -> Vec<String> {
    parse_library(text)
        .diagnostics
        .into_iter()
        .map(|diagnostic| diagnostic.message)
        .collect()
}

/// Expressions like those of the conformance suite, in canonical form.
#[test]
fn expressions_of_the_standard() {
    let same = [
        "4 between 2 and 6",
        "1L = 2L",
        "1 'cm' = 0.01 'm'",
        "1 'cm':2 'cm' ~ 1 'cm':3 'cm'",
        "Tuple { Id: 1, Name: 'John' } = Tuple { Id: 2, Name: null }",
        "null as String ~ null",
        "@2022-02-22T00:00:00.000-05:00 same day as @2022-02-22T04:59:00.000Z",
        "@T10:00:00.000 = @T22:00:00.000",
        "DateTime(2014, 12, 20) same day or after DateTime(2014, 12)",
        "@2017-12-21T02:00:00.0 same or after @2017-12-20T11:00:00.0",
        "DateTime(2004, 10, 10) after year of DateTime(2003, 10, 10)",
        "year from DateTime(2003, 10, 29)",
        "timezoneoffset from DateTime(2003, 10, 29, 20, 50, 33, 955, 1)",
        "difference in months between DateTime(2005) and DateTime(2006, 7) > 5",
        "months between DateTime(2005) and DateTime(2006, 7) >= 5",
        "(days between DateTime(2014, 1, 15) and DateTime(2014, 2)) div (months between DateTime(2005) and DateTime(2006, 5))",
        "case when 10 > 5 then 5 when 5 > 10 then 10 else null end",
        "case 10 + 5 when 5 then 12 else 10 - 5 end",
        "if 10 = 5 then 10 + 5 else 10 - 5",
        "Coalesce({ 'a', null, null })",
        "null is null",
        "Interval[1, 10] properly includes 5",
        "Interval[1, 10) overlaps before Interval(4, 10]",
        "Interval[1, 10] starts within 3 days of start Interval[4, 10]",
        "start of Interval[1, 10]",
        "5 in Interval[1, 10]",
        "List<Integer>{} = {}",
        "minimum Integer + 1",
        "convert 5 to Decimal",
        "cast 5 as Decimal",
        "{ 1, 2 }[0]",
        "exists ([Condition: code in \"Cancer\"] C where \"C\".active return all \"C\".onset sort by \"onset\" desc)",
        "[Encounter] E with [Condition] C such that \"E\".period during \"C\".period",
        "from ({ 1, 2 }) A, ({ 3 }) B return \"A\"",
    ];
    for text in same {
        assert_eq!(canonical(text), text);
    }
}

#[test]
fn parentheses_follow_the_precedence_of_the_standard() {
    for (text, expected) in [
        ("a or b and c", "\"a\" or \"b\" and \"c\""),
        ("(a or b) and c", "(\"a\" or \"b\") and \"c\""),
        ("((a)) and (b and c)", "\"a\" and (\"b\" and \"c\")"),
        ("(not a) = b", "not \"a\" = \"b\""),
        ("not (a = b)", "not (\"a\" = \"b\")"),
        ("(a = b) in c", "\"a\" = \"b\" in \"c\""),
        ("a = (b in c)", "\"a\" = (\"b\" in \"c\")"),
        ("a implies (b or c)", "\"a\" implies \"b\" or \"c\""),
        ("(1 + 2) * 3 - (4 - 5)", "(1 + 2) * 3 - (4 - 5)"),
        ("-(2 ^ 2)", "-(2 ^ 2)"),
        ("a is null = true", "\"a\" is null = true"),
    ] {
        assert_eq!(canonical(text), expected, "{text}");
    }
    for op in BinaryOp::ALL {
        assert!(of_binary(*op) > 0);
    }
    assert!(
        is_reserved("within")
            && is_reserved("Interval")
            && is_reserved("years")
            && !is_reserved("regimens")
    );
}

#[test]
fn strings_names_and_comments() {
    let text = r#"'it\'s \u0041 \\ "x"' = "a \"b\"" // trailing
        /* and */ and `c d`"#;
    assert_eq!(canonical(text), r#"'it\'s A \\ "x"' = "a \"b\"" and "c d""#);
    let (expr, _) = parse_expression("\"a\" and b");
    let ExprKind::And(operands) = expr.kind else {
        panic!("{expr:?}")
    };
    assert_eq!((operands[1].span.start, operands[1].span.end), (8, 9));
}

#[test]
fn statements() {
    let parsed = parse_library(
        "library Onco.HER2 version '1.0'\ndefine public \"a b\": true\ndefine c: false",
    );
    assert_eq!(parsed.diagnostics, []);
    let header = parsed.library.header.unwrap();
    assert_eq!(
        (header.name.text.as_str(), header.version.as_deref()),
        ("Onco.HER2", Some("1.0"))
    );
    let names: Vec<&str> = parsed
        .library
        .definitions
        .iter()
        .map(|definition| definition.name.text.as_str())
        .collect();
    assert_eq!(names, ["a b", "c"]);
}

#[test]
fn each_error_is_reported_once_and_reading_goes_on() {
    for (text, expected) in [
        ("p and q", &["expected `define`, found `p`"][..]),
        ("define her2-positive: p", &["expected `:`, found `-`"]),
        (
            "define a: p q\ndefine b: (p",
            &[
                "expected an operator or the next `define`, found `q`",
                "expected `)`, found the end of the text",
            ],
        ),
        (
            "define a: p and\ndefine b: * q",
            &[
                "expected an expression, found `define`",
                "expected an expression, found `*`",
            ],
        ),
        (
            "define a: p or )\ndefine b: p",
            &["expected an expression, found `)`"],
        ),
        ("define a: p ≥ 2 and q", &["`≥` has no meaning here"]),
        (
            "define function f(x Integer): x\ndefine b: p",
            &["`function` is not part of the criteria language"],
        ),
        (
            "parameter x Integer\ncontext Patient\ndefine b: p",
            &["`parameter` is not part of the criteria language"],
        ),
        ("define a: 'open", &["the string has no end"]),
        ("define a: p /* open", &["the comment has no end"]),
        ("define in: p", &["expected a name, found `in`"]),
        (
            "define a: if p then q",
            &["expected `else`, found the end of the text"],
        ),
        (
            "define a: p between 1",
            &["expected `and`, found the end of the text"],
        ),
        ("define a: Interval[1 2]", &["expected `,`, found `2`"]),
        (
            "define a: p 3 days q",
            &["expected `before` or `after`, found `q`"],
        ),
    ] {
        let found = messages(text);
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn nesting_is_bounded_and_long_chains_are_not() {
    for open in [
        "(",
        "not ",
        "- ",
        "{",
        "f(",
        "if ",
        "exists (",
        "case ",
        "a.b(",
        "[A: ",
        "from (",
        "Interval[",
    ] {
        let text = format!("define a: {}\ndefine b: ]", open.repeat(20_000));
        let found = messages(&text);
        assert_eq!(found.len(), 2, "{open}: {found:?}");
        assert_eq!(
            found[0], "the expression is nested more than 200 deep",
            "{open}"
        );
    }
    let deep = format!("{}p{}", "(".repeat(150), ")".repeat(150));
    assert_eq!(canonical(&deep), "\"p\"");
    let chain = vec!["p"; 50_000].join(" and ");
    assert_eq!(
        messages(&format!("define a: {chain}")),
        Vec::<String>::new()
    );
    let sum = vec!["1"; 50_000].join(" + ");
    assert_eq!(
        messages(&format!("define a: {sum}")),
        ["the expression is nested more than 200 deep"]
    );
    let types = format!(
        "define a: p is {}Integer{}",
        "List<".repeat(50_000),
        ">".repeat(50_000)
    );
    assert_eq!(messages(&types), Vec::<String>::new());
}

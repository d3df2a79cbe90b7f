use super::*;

/// Every idiom that turns "not recorded" into an answer, and the name under which it is refused.
const IDIOMS: [(&str, &str); 54] = [
    ("regimens ~ 2", "`~`"),
    ("p !~ q", "`!~`"),
    ("regimens in { 1, 2 }", "`in` a list"),
    ("regimens in \"HER2 agents\"", "`in` a value set"),
    ("{ 1, 2 } contains regimens", "`contains`"),
    (
        "\"as-of\" within 6 months of \"last-dose\"",
        "`within 6 months of`",
    ),
    (
        "\"as-of\" 6 months or less after \"last-dose\"",
        "`6 months or less after`",
    ),
    (
        "\"as-of\" less than 6 months after \"last-dose\"",
        "`less than 6 months after`",
    ),
    (
        "\"as-of\" 6 months or more after \"last-dose\"",
        "`6 months or more after`",
    ),
    ("\"as-of\" 3 days after \"last-dose\"", "`3 days after`"),
    ("\"as-of\" before \"last-dose\"", "`before`"),
    ("\"as-of\" on or after \"last-dose\"", "`on or after`"),
    (
        "\"as-of\" same day or before \"last-dose\"",
        "`same day or before`",
    ),
    ("\"as-of\" same month as \"last-dose\"", "`same month as`"),
    (
        "\"as-of\" during Interval[\"last-dose\", @2024]",
        "`during`",
    ),
    ("\"as-of\" in day of Interval[@2023, @2024]", "`in day of`"),
    (
        "\"as-of\" in Interval[\"last-dose\", @2024]",
        "`in` an interval with facts for ends",
    ),
    (
        "months between \"last-dose\" and \"as-of\" <= 6",
        "`months between`",
    ),
    (
        "difference in months between \"last-dose\" and \"as-of\" <= 6",
        "`months between`",
    ),
    ("p is null", "`is null`"),
    ("p is not null", "`is null`"),
    ("p is true", "`is true`"),
    ("p is not false", "`is false`"),
    ("p is Boolean", "`is` with a type"),
    ("p as Boolean", "a conversion"),
    ("convert regimens to Decimal > 1.0", "a conversion"),
    ("Coalesce(p, false)", "`Coalesce`"),
    ("IsTrue(p)", "`IsTrue`"),
    ("if p then q else r", "`if`"),
    ("case when p then q else r end", "`case`"),
    ("exists ({ p })", "`exists`"),
    ("exists [Condition]", "`exists`"),
    ("Count({ p, q }) > 1", "`Count`"),
    ("AnyTrue({ p, q })", "`AnyTrue`"),
    ("AllTrue({ p, q })", "`AllTrue`"),
    ("Max({ regimens, lines }) > 1", "`Max`"),
    ("Min({ regimens, lines }) > 1", "`Min`"),
    ("Foo(regimens)", "`Foo`"),
    ("[Condition: \"Cancer\"]", "a retrieve"),
    ("[Condition] C where C.active", "a query"),
    (
        "exists ([Condition] C where C.active return C sort by onset desc)",
        "`exists`",
    ),
    ("from regimens A, lines B where A > B", "a query"),
    ("regimens * 2 > 3", "`*`"),
    ("regimens / 2 > 3", "`/`"),
    ("regimens mod 2 = 0", "`mod`"),
    ("-regimens < 0", "`-`"),
    ("regimens + lines > 3", "`+` between facts"),
    ("5 - regimens > 3", "`-` between facts"),
    ("year from \"as-of\" = 2024", "a part of a date"),
    ("regimens in (\"HER2 agents\").codes", "`in` a value set"),
    ("p.value", "a part of a value"),
    (
        "Interval[regimens, lines] = null",
        "an interval with facts for ends",
    ),
    ("{ p, q } = null", "a list"),
    ("start of Interval[\"as-of\", null] > @2024", "`start of`"),
];

#[test]
fn every_idiom_is_refused_once_with_its_reason_and_a_rewrite() {
    for (expression, name) in IDIOMS {
        let text = format!("define x: {expression}");
        let diagnostics = errors(&text);
        let [diagnostic] = &diagnostics[..] else {
            panic!("{expression}: {diagnostics:#?}")
        };
        assert_eq!(
            diagnostic.code, "unsafe-on-facts",
            "{expression}: {diagnostic:?}"
        );
        assert!(
            diagnostic.message.starts_with(name),
            "{expression}: {}",
            diagnostic.message
        );
        assert!(
            diagnostic.message.contains("is not safe on facts: it "),
            "{expression}: {}",
            diagnostic.message
        );
        assert!(diagnostic.help.is_some(), "{expression}");
        let span = diagnostic.span.unwrap();
        assert!(
            expression.contains(&text[span.start..span.end]),
            "{expression}: {span:?}"
        );
    }
}

#[test]
fn the_span_is_that_of_the_idiom() {
    let text = "define x: p and (months between \"last-dose\" and \"as-of\" <= 6 or regimens ~ 2)";
    let spans: Vec<&str> = errors(text)
        .iter()
        .map(|diagnostic| diagnostic.span.unwrap())
        .map(|span| &text[span.start..span.end])
        .collect();
    assert_eq!(
        spans,
        ["months between \"last-dose\" and \"as-of\"", "regimens ~ 2"]
    );
}

#[test]
fn an_idiom_on_another_definition_is_refused_too() {
    let diagnostics = errors("define x: y is true\ndefine y: p");
    assert_eq!(diagnostics[0].code, "unsafe-on-facts");
}

#[test]
fn constants_outside_the_language_are_unsupported_rather_than_unsafe() {
    for expression in [
        "1 is null",
        "2 * 3 = 6",
        "exists { 1 }",
        "Coalesce(null, true)",
        "if true then false else true",
    ] {
        assert_eq!(
            errors(&format!("define x: {expression}"))[0].code,
            "unsupported",
            "{expression}"
        );
    }
}

#[test]
fn worded_facts_are_refused_with_the_alternative() {
    for expression in [
        "status = 'active'",
        "status ~ 'active'",
        "status in { 'a' }",
        "status is null",
        "status",
    ] {
        let diagnostics = errors(&format!("define x: {expression}"));
        let [diagnostic] = &diagnostics[..] else {
            panic!("{expression}: {diagnostics:#?}")
        };
        assert_eq!(diagnostic.code, "worded-fact", "{expression}");
        assert!(
            diagnostic
                .help
                .as_ref()
                .is_some_and(|help| help.contains("booleans"))
        );
    }
}

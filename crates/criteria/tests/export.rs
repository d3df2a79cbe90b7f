//! What each construct becomes in CQL. Expectations follow from the meaning of the construct in `spec/` and of the
//! functions in `src/export/bounds.cql`, with no more parentheses than CQL needs; that other engines agree is shown by `cargo xtask cross-check`.

#![allow(clippy::unwrap_used)]

use waymark_criteria::export::{BOUNDS, Exporter, Part, literal};
use waymark_criteria::{Compiler, DateBounds, FactDecl, FactType, Program, Schema};

fn schema() -> Schema {
    let facts = [
        ("flag", FactType::Boolean),
        ("other", FactType::Boolean),
        ("lines", FactType::Integer),
        ("more", FactType::Integer),
        ("level", FactType::Decimal),
        ("last-dose", FactType::Date),
        ("unread", FactType::Boolean),
        ("as-of", FactType::Date),
    ];
    Schema::new(facts.map(|(id, ty)| FactDecl {
        id: id.to_owned(),
        ty,
    }))
}

fn compiled(text: &str) -> Program {
    let schema = schema();
    let mut compiler = Compiler::new(&schema);
    compiler.add_text("test", text);
    compiler.finish().unwrap()
}

/// The body of the definition that an expression becomes.
fn exported(expression: &str) -> String {
    let text = format!("define \"named\": \"flag\"\ndefine \"it\": {expression}");
    let program = compiled(&text);
    let schema = schema();
    let exact = [schema.find("as-of").unwrap()];
    let definition = Exporter::new(&program, &schema, &exact).definition("it");
    let definition = definition.unwrap();
    let body = definition.strip_prefix("define \"it\":").unwrap();
    body.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_construct_has_its_form() {
    let rows = [
        // Logic
        (r#""flag""#, r#""flag""#),
        (r#""named""#, r#""named""#),
        (r#""flag" and not "other""#, r#""flag" and not "other""#),
        (
            r#"("flag" or "other") and "named""#,
            r#"("flag" or "other") and "named""#,
        ),
        (r#""flag" implies "other""#, r#"not "flag" or "other""#),
        (
            r#""flag" xor "other""#,
            r#""flag" and not "other" or not "flag" and "other""#,
        ),
        (r#""flag" and true"#, r#""flag" and true"#),
        (r#""flag" and null"#, r#""flag" and null as Boolean"#),
        // Numbers, each by its two ends
        (r#""lines" < 2"#, r#"Below("lines low", "lines high", 2)"#),
        (r#""lines" <= 2"#, r#"AtMost("lines low", "lines high", 2)"#),
        (r#""lines" > 2"#, r#"Above("lines low", "lines high", 2)"#),
        (
            r#""lines" >= 2"#,
            r#"AtLeast("lines low", "lines high", 2)"#,
        ),
        (r#""lines" = 2"#, r#"Equals("lines low", "lines high", 2)"#),
        (
            r#""lines" != 2"#,
            r#"not Equals("lines low", "lines high", 2)"#,
        ),
        (r#"2 < "lines""#, r#"Above("lines low", "lines high", 2)"#),
        (
            r#""lines" between 1 and 3"#,
            r#"AtLeast("lines low", "lines high", 1) and AtMost("lines low", "lines high", 3)"#,
        ),
        (
            r#""level" < 50.0"#,
            r#"Below("level low", "level high", 50.0)"#,
        ),
        (
            r#""level" - 0.25 < 50.5"#,
            r#"Below("level low", "level high", 50.75)"#,
        ),
        (
            r#""lines" + 1 <= "more""#,
            r#"AtMost("lines low" + 1, "lines high" + 1, "more low", "more high")"#,
        ),
        (
            r#"0.3 >= "level" + 0.1 + 0.1"#,
            r#"AtMost("level low", "level high", 0.1)"#,
        ),
        // Dates: a month or a year leaves as its first and last day
        (
            r#""last-dose" < @2024-02-29"#,
            r#"Before("last-dose low", "last-dose high", @2024-02-29)"#,
        ),
        (
            r#""last-dose" >= @2024-02"#,
            r#"OnOrAfter("last-dose low", "last-dose high", @2024-02-01, @2024-02-29)"#,
        ),
        (
            r#""last-dose" = @2023"#,
            r#"SameDay("last-dose low", "last-dose high", @2023-01-01, @2023-12-31)"#,
        ),
        // A fact that is known exactly has one parameter
        (
            r#""as-of" <= "last-dose" + 6 months"#,
            r#"OnOrBefore("as-of", "as-of", "last-dose low" + 6 months, "last-dose high" + 6 months)"#,
        ),
        (
            r#""as-of" - 2 weeks > "last-dose""#,
            r#"After("as-of" - 14 days, "as-of" - 14 days, "last-dose low", "last-dose high")"#,
        ),
    ];
    for (written, expected) in rows {
        assert_eq!(exported(written), expected, "{written}");
    }
}

#[test]
fn a_date_that_nobody_knows_leaves_nothing_to_compare() {
    let schema = schema();
    let as_of = schema.find("as-of").unwrap();
    let mut compiler = Compiler::new(&schema);
    compiler.add_text("test", "define \"it\": \"flag\"");
    compiler.add_in_force(
        "from a year",
        as_of,
        DateBounds::parse("2024").unwrap(),
        None,
    );
    let open = DateBounds {
        low: None,
        ..DateBounds::parse("2024-03-01").unwrap()
    };
    compiler.add_in_force("from a day at the latest", as_of, open, None);
    assert!(compiler.withdraw("it", as_of));
    let program = compiler.finish().unwrap();
    let exact = [as_of];
    let exporter = Exporter::new(&program, &schema, &exact);
    let rows = [
        ("it", "define \"it\": null as Boolean\n"),
        (
            "from a year",
            "define \"from a year\": OnOrAfter(\"as-of\", \"as-of\", @2024-01-01, @2024-12-31)\n",
        ),
        (
            "from a day at the latest",
            "define \"from a day at the latest\": OnOrAfter(\"as-of\", \"as-of\", null as Date, @2024-03-01)\n",
        ),
    ];
    for (name, expected) in rows {
        assert_eq!(exporter.definition(name).as_deref(), Some(expected));
    }
    assert_eq!(exporter.definition("no such name"), None);
}

#[test]
fn parameters_are_the_ends_of_what_is_read() {
    let program = compiled(
        "define \"a\": \"flag\" and \"lines\" >= 1\ndefine \"b\": \"as-of\" >= @2024-01-01 or \"flag\"",
    );
    let schema = schema();
    let exact = [schema.find("as-of").unwrap()];
    let found: Vec<(String, FactType, Part)> = Exporter::new(&program, &schema, &exact)
        .parameters()
        .into_iter()
        .map(|it| (it.name, it.ty, it.part))
        .collect();
    let expected = [
        ("flag", FactType::Boolean, Part::Whole),
        ("lines low", FactType::Integer, Part::Low),
        ("lines high", FactType::Integer, Part::High),
        ("as-of", FactType::Date, Part::Whole),
    ];
    assert_eq!(
        found,
        expected.map(|(name, ty, part)| (name.to_owned(), ty, part))
    );
}

#[test]
fn literals_are_in_the_unit_of_their_type() {
    assert_eq!(literal(0, FactType::Date), "@0001-01-01");
    assert_eq!(literal(-3, FactType::Integer), "-3");
    assert_eq!(literal(4_950_000_000, FactType::Decimal), "49.5");
    assert_eq!(literal(100_000_000, FactType::Decimal), "1.0");
    assert_eq!(literal(-1, FactType::Decimal), "-0.00000001");
}

#[test]
fn every_comparison_is_defined_for_a_value_and_for_two_ends() {
    for name in [
        "Below",
        "AtMost",
        "Above",
        "AtLeast",
        "Equals",
        "Before",
        "OnOrBefore",
        "After",
        "OnOrAfter",
        "SameDay",
    ] {
        let heads = BOUNDS
            .lines()
            .filter(|line| line.starts_with(&format!("define function {name}(")));
        let operands: Vec<usize> = heads.map(|line| line.matches(", \"").count() + 1).collect();
        assert_eq!(operands, [4, 3], "{name}");
    }
}

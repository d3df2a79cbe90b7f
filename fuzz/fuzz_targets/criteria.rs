//! Text of the criteria language: parse, check, format, evaluate.
//!
//! What parses is laid out the same the second time, means the same and keeps its comments. What compiles is decided
//! alike by every evaluator, and telling more never flips a truth.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use waymark_criteria::syntax::{parse_expression, parse_library};
use waymark_criteria::{
    Bounds, Compiler, FactDecl, FactType, Program, Schema, Truth, Value, Values, explain, format,
    format_expression,
};
use waymark_fuzz::{refused, said_well};

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let facts = [
        ("b", FactType::Boolean),
        ("her2-positive", FactType::Boolean),
        ("n", FactType::Integer),
        ("x", FactType::Decimal),
        ("d", FactType::Date),
        ("as-of", FactType::Date),
        ("w", FactType::Word),
    ];
    Schema::new(facts.map(|(id, ty)| FactDecl {
        id: id.to_owned(),
        ty,
    }))
});

fuzz_target!(|text: &str| {
    formats(text);
    formats_expression(text);
    let mut compiler = Compiler::new(&SCHEMA);
    compiler.add_text("text", text);
    match compiler.finish() {
        Ok(program) => evaluates(&program),
        Err(problems) => refused(&problems, Some(text)),
    }
});

fn formats(text: &str) {
    let parsed = parse_library(text);
    let formatted = match format(text) {
        Ok(formatted) => formatted,
        Err(problems) => return refused(&problems, Some(text)),
    };
    let again = parse_library(&formatted);
    assert_eq!(again.diagnostics, [], "{formatted}");
    assert_eq!(again.library, parsed.library, "{formatted}");
    let comments = |text: &str| -> Vec<String> {
        let spans = parse_library(text).comments;
        let words = spans.iter().map(|span| &text[span.start..span.end]);
        words.map(|words| words.trim_end().to_owned()).collect()
    };
    assert_eq!(comments(&formatted), comments(text), "{formatted}");
    assert_eq!(format(&formatted).as_ref(), Ok(&formatted));
}

fn formats_expression(text: &str) {
    let (tree, problems) = parse_expression(text);
    if problems.is_empty() {
        let formatted = format_expression(&tree);
        assert_eq!(
            parse_expression(&formatted),
            (tree, Vec::new()),
            "{formatted}"
        );
    }
    for problem in &problems {
        said_well(problem, Some(text));
    }
}

/// From nothing known to everything known, each step tells more.
fn steps() -> [Values; 3] {
    let mut nothing = Values::unknown(&SCHEMA);
    let mut all = nothing.clone();
    for (at, fact) in SCHEMA.indices().enumerate() {
        let (some, exact) = match SCHEMA.fact(fact).ty {
            FactType::Boolean => (
                Value::Truth(Truth::Unknown),
                Value::Truth(Truth::decided(at == 0)),
            ),
            FactType::Integer => between(1, 2, 3),
            FactType::Decimal => between(150_000_000, 200_000_000, 250_000_000),
            FactType::Date => between(738_887, 738_944, 738_979),
            FactType::Word => continue,
        };
        nothing.set(fact, some);
        all.set(fact, exact);
    }
    [Values::unknown(&SCHEMA), nothing, all]
}

fn between(low: i64, exact: i64, high: i64) -> (Value, Value) {
    let some = Bounds {
        low: Some(low),
        high: Some(high),
    };
    (Value::Bounds(some), Value::Bounds(Bounds::exact(exact)))
}

fn evaluates(program: &Program) {
    for fact in SCHEMA.indices() {
        assert!(program.thresholds(fact).is_sorted());
    }
    for (_, root) in program.roots() {
        let mut told = Truth::Unknown;
        for values in steps() {
            let evaluation = program.evaluate(&values);
            let truth = evaluation.truth(root);
            assert!(!told.is_known() || truth == told);
            assert_eq!(program.truth_of(&values, root), truth);
            assert_eq!(explain(program, &evaluation, root).truth, truth);
            assert!(!truth.is_known() || program.missing(&evaluation, &values, root).is_empty());
            told = truth;
        }
    }
}

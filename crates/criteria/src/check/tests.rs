//! Tests go through the language.

mod evaluation;
mod profile;
mod refusals;

use crate::{
    Bounds, Compiler, Date, DateBounds, Diagnostic, Evaluation, FactDecl, FactIndex, FactType,
    Program, Schema, Truth, Value, Values,
};

fn schema() -> Schema {
    let facts = [
        ("p", FactType::Boolean),
        ("q", FactType::Boolean),
        ("r", FactType::Boolean),
        ("her2-positive", FactType::Boolean),
        ("regimens", FactType::Integer),
        ("lines", FactType::Integer),
        ("fraction", FactType::Decimal),
        ("as-of", FactType::Date),
        ("last-dose", FactType::Date),
        ("status", FactType::Word),
    ];
    Schema::new(facts.map(|(id, ty)| FactDecl {
        id: id.to_owned(),
        ty,
    }))
}

fn fact(id: &str) -> FactIndex {
    schema().find(id).unwrap()
}

fn compile(text: &str) -> Result<Program, Vec<Diagnostic>> {
    let schema = schema();
    let mut compiler = Compiler::new(&schema);
    compiler.add_text("test", text);
    compiler.finish()
}

fn errors(text: &str) -> Vec<Diagnostic> {
    match compile(text) {
        Ok(_) => panic!("`{text}` has no error"),
        Err(diagnostics) => diagnostics,
    }
}

/// Values from `fact = value` lines: `true`, `3`, `2..5`, `2..`, `..5` or a date.
fn values(lines: &[(&str, &str)]) -> Values {
    let schema = schema();
    let mut values = Values::unknown(&schema);
    for (id, text) in lines {
        let index = schema.find(id).unwrap();
        let number = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
        let value = match schema.fact(index).ty {
            FactType::Boolean => Value::Truth(Truth::decided(text.parse().unwrap())),
            FactType::Date => Value::Bounds(DateBounds::parse(text).unwrap().in_days()),
            _ => Value::Bounds(match text.split_once("..") {
                Some((low, high)) => Bounds {
                    low: number(low),
                    high: number(high),
                },
                None => Bounds::exact(text.parse().unwrap()),
            }),
        };
        values.set(index, value);
    }
    values
}

fn evaluate(expression: &str, lines: &[(&str, &str)]) -> Truth {
    let program = compile(&format!("define x: {expression}"))
        .unwrap_or_else(|errors| panic!("{expression}: {errors:#?}"));
    let evaluation: Evaluation = program.evaluate(&values(lines));
    evaluation.truth(program.root("x").unwrap())
}

fn days(text: &str) -> i64 {
    Date::parse(text).unwrap().to_days()
}

use crate::{
    Bounds, Compiler, Diagnostic, FactDecl, FactType, Program, Schema, Truth, Value, Values,
    explain,
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

fn compile(text: &str) -> Result<Program, Vec<Diagnostic>> {
    let schema = schema();
    let mut compiler = Compiler::new(&schema);
    compiler.add_text("test", text);
    compiler.finish()
}

#[test]
fn missing_facts_come_in_order_and_only_from_unknown_operands() {
    let schema = schema();
    let text = "define x: p and (q or \"last-dose\" + 6 months <= \"as-of\") and regimens >= 2\ndefine y: x implies r";
    let program = compile(text).unwrap();
    let mut values = Values::unknown(&schema);
    values.set(schema.find("p").unwrap(), Value::Truth(Truth::True));
    values.set(
        schema.find("regimens").unwrap(),
        Value::Bounds(Bounds::at_or_above(2)),
    );
    let evaluation = program.evaluate(&values);
    let root = program.root("y").unwrap();
    let missing = program.missing(&evaluation, &values, root);
    let names: Vec<&str> = missing
        .iter()
        .map(|fact| schema.fact(*fact).id.as_str())
        .collect();
    assert_eq!(names, ["q", "last-dose", "as-of", "r"]);
    assert_eq!(
        explain(&program, &evaluation, root).children[0].text,
        "not \"x\""
    );
}

//! Explanations as text: one node on a line, its operands below it.

use waymark_criteria::{Explanation, Op, Schema};

/// The tree of an explanation.
pub(super) fn tree(explanation: &Explanation<'_>, schema: &Schema) -> String {
    let mut text = String::new();
    node(explanation, schema, 0, &mut text);
    text
}

fn node(explanation: &Explanation<'_>, schema: &Schema, depth: usize, out: &mut String) {
    let op = match explanation.op {
        Op::All => "all",
        Op::Any => "any",
        Op::Not => "not",
        Op::Test => "test",
    };
    let name = explanation
        .name
        .map(|name| format!(" {name}:"))
        .unwrap_or_default();
    let facts: Vec<&str> = explanation
        .facts
        .iter()
        .map(|fact| schema.fact(*fact).id.as_str())
        .collect();
    let reads = if facts.is_empty() {
        String::new()
    } else {
        format!("   reads {}", facts.join(", "))
    };
    out.push_str(&format!(
        "{}{op} {}{name} `{}`{reads}\n",
        "  ".repeat(depth),
        explanation.truth.word(),
        explanation.text
    ));
    for child in &explanation.children {
        node(child, schema, depth + 1, out);
    }
}

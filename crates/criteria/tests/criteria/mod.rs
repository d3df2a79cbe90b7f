//! Facts, and criteria on them that the profile allows.

use proptest::prelude::*;
use waymark_criteria::{FactDecl, FactType, Schema};

pub(crate) const FACTS: [(&str, FactType); 7] = [
    ("p", FactType::Boolean),
    ("q", FactType::Boolean),
    ("m", FactType::Integer),
    ("n", FactType::Integer),
    ("x", FactType::Decimal),
    ("d", FactType::Date),
    ("e", FactType::Date),
];

pub(crate) fn schema() -> Schema {
    Schema::new(FACTS.map(|(id, ty)| FactDecl {
        id: id.to_owned(),
        ty,
    }))
}

/// A criterion that the profile allows.
pub(crate) fn criterion() -> impl Strategy<Value = String> {
    let comparison = prop::sample::select(vec!["=", "!=", "<", "<=", ">", ">="]);
    let number = prop_oneof![
        (0..6i64).prop_map(|value| value.to_string()),
        prop::sample::select(vec!["m", "n", "m + 1", "1 + n", "m - 2", "n - 1 + 3"])
            .prop_map(str::to_owned),
    ];
    let date = prop::sample::select(vec![
        "d",
        "e",
        "d + 1 month",
        "e + 6 months - 3 days",
        "d - 1 year",
        "e + 2 weeks",
        "@2024-01-31",
        "@2024-02",
        "@2023",
        "@2023-08-31 + 6 months",
    ]);
    let atom = prop_oneof![
        prop::sample::select(vec![
            "p",
            "q",
            "true",
            "false",
            "null or null",
            "p = false",
            "p = q",
            "p != q"
        ])
        .prop_map(str::to_owned),
        (number.clone(), comparison.clone(), number)
            .prop_map(|(left, op, right)| format!("{left} {op} {right}")),
        (date.clone(), comparison.clone(), date)
            .prop_map(|(left, op, right)| format!("{left} {op} {right}")),
        (comparison, 0..6i64).prop_map(|(op, half)| format!("x {op} {}.5", half)),
        (0..4i64, 0..3i64)
            .prop_map(|(low, length)| format!("m between {low} and {}", low + length)),
        (0..4i64, 1..3i64)
            .prop_map(|(low, length)| format!("n in Interval[{low}, {})", low + length)),
        Just("d between e and e + 1 month".to_owned()),
    ];
    atom.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|operand| format!("not ({operand})")),
            (
                inner.clone(),
                prop::sample::select(vec!["and", "or", "xor", "implies", "="]),
                inner
            )
                .prop_map(|(left, op, right)| format!("({left}) {op} ({right})")),
        ]
    })
}

//! Trees and tokens to try the laws on.

use proptest::prelude::*;
use waymark_criteria::Span;
use waymark_criteria::syntax::tree::{
    BinaryOp, Direction, Expr, ExprKind, Inclusion, LeftEdge, Limit, Literal, Name, Offset, Phrase,
    Quantity, Query, Relation, RightEdge, SortKey, Test, TimeUnit, UnaryOp, Unit,
};

fn make(kind: ExprKind) -> Expr {
    Expr::new(kind, Span::default())
}

fn boxed(expr: Expr) -> Box<Expr> {
    Box::new(expr)
}

fn name() -> impl Strategy<Value = Name> {
    let text = prop_oneof![
        4 => "[a-z][a-z0-9_]{0,5}",
        1 => prop::sample::select(vec!["and", "her2-positive", "a \"b\"", "back\\slash", "x\ny", "é"]).prop_map(str::to_owned),
    ];
    text.prop_map(|text| Name {
        text,
        span: Span::default(),
    })
}

fn unit() -> impl Strategy<Value = TimeUnit> {
    prop::sample::select(TimeUnit::ALL.to_vec())
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        (0..1000u32).prop_map(|value| value.to_string()),
        "[0-9]{1,5}\\.[0-9]{1,8}"
    ]
}

fn quantity() -> impl Strategy<Value = Quantity> {
    let unit = prop_oneof![
        unit().prop_map(Unit::Calendar),
        "[a-z/']{0,4}".prop_map(Unit::Ucum)
    ];
    (number(), unit).prop_map(|(number, unit)| Quantity {
        number,
        unit: Some(unit),
    })
}

fn literal() -> BoxedStrategy<Literal> {
    let words = |words: &[&str]| {
        prop::sample::select(
            words
                .iter()
                .map(|&word| word.to_owned())
                .collect::<Vec<_>>(),
        )
    };
    prop_oneof![
        Just(Literal::Null),
        any::<bool>().prop_map(Literal::Boolean),
        (0..=1u64 << 31).prop_map(Literal::Integer),
        (0..=1u64 << 63).prop_map(Literal::Long),
        "[0-9]{1,20}\\.[0-9]{1,8}".prop_map(Literal::Decimal),
        any::<String>().prop_map(Literal::String),
        words(&["2024", "2024-02", "2024-02-29"]).prop_map(Literal::Date),
        words(&[
            "2024T",
            "2024-02-29T23",
            "2024-01-01T10:30:00.5Z",
            "2024-01-01T10-05:00"
        ])
        .prop_map(Literal::DateTime),
        words(&["23", "23:59", "23:59:59.999"]).prop_map(Literal::Time),
        quantity().prop_map(Literal::Quantity),
        (quantity(), number())
            .prop_map(|(one, number)| Literal::Ratio(one, Quantity { number, unit: None })),
    ]
    .boxed()
}

fn type_name() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "Integer",
        "System.Date",
        "List<Integer>",
        "Interval<List<Date>>",
    ])
    .prop_map(str::to_owned)
}

fn direction() -> impl Strategy<Value = Direction> {
    prop::sample::select(Direction::ALL.to_vec())
}

fn phrase() -> BoxedStrategy<Phrase> {
    let limit = prop::sample::select(vec![
        Limit::Exactly,
        Limit::OrMore,
        Limit::OrLess,
        Limit::LessThan,
        Limit::MoreThan,
    ]);
    let offset = (quantity(), limit).prop_map(|(quantity, limit)| Offset { quantity, limit });
    let edges = (
        prop::option::of(prop::sample::select(LeftEdge::ALL.to_vec())),
        prop::option::of(unit()),
        prop::option::of(prop::sample::select(RightEdge::ALL.to_vec())),
    );
    let edged = prop_oneof![
        prop::option::of(direction()).prop_map(Relation::Same),
        (prop::option::of(offset), direction(), any::<bool>()).prop_map(
            |(offset, direction, inclusive)| Relation::Relative {
                offset,
                direction,
                inclusive
            }
        ),
        any::<bool>().prop_map(|properly| Relation::During { properly }),
    ];
    let plain = prop_oneof![
        (any::<bool>(), quantity())
            .prop_map(|(properly, quantity)| Relation::Within { properly, quantity }),
        any::<bool>().prop_map(|properly| Relation::Includes { properly }),
        prop::option::of(direction()).prop_map(Relation::Meets),
        prop::option::of(direction()).prop_map(Relation::Overlaps),
        Just(Relation::Starts),
        Just(Relation::Ends),
    ];
    let bare = |relation| Phrase {
        left_edge: None,
        relation,
        precision: None,
        right_edge: None,
    };
    prop_oneof![
        (edges, edged).prop_map(|((left_edge, precision, right_edge), relation)| Phrase {
            left_edge,
            relation,
            precision,
            right_edge
        }),
        plain.prop_map(bare),
        (prop::bool::ANY, unit()).prop_map(move |(inside, unit)| Phrase {
            precision: Some(unit),
            ..bare(if inside {
                Relation::In
            } else {
                Relation::Contains
            })
        }),
    ]
    .boxed()
}

/// Trees of everything that the parser reads.
pub(crate) fn expression() -> BoxedStrategy<Expr> {
    let leaf = prop_oneof![
        3 => name().prop_map(|name| ExprKind::Name(name.text)),
        3 => literal().prop_map(ExprKind::Literal),
        1 => (any::<bool>(), type_name()).prop_map(|(greatest, ty)| ExprKind::Extreme { greatest, ty }),
    ];
    leaf.prop_map(make).prop_recursive(5, 40, 3, |inner| {
        prop_oneof![4 => operators(inner.clone()), 2 => brackets(inner.clone()), 1 => words(inner.clone()), 1 => queries(inner)]
            .prop_map(make)
    })
    .boxed()
}

fn operators(inner: BoxedStrategy<Expr>) -> BoxedStrategy<ExprKind> {
    let many = prop::collection::vec(inner.clone(), 2..4);
    let unary = prop::sample::select(UnaryOp::ALL.to_vec());
    let binary = prop::sample::select(BinaryOp::ALL.to_vec());
    let two = (inner.clone(), inner.clone());
    let test = prop::sample::select(vec![Test::Null, Test::True, Test::False]);
    prop_oneof![
        many.clone().prop_map(ExprKind::And),
        many.prop_map(ExprKind::Or),
        (unary, inner.clone()).prop_map(|(op, operand)| ExprKind::Unary(op, boxed(operand))),
        (binary, two.clone()).prop_map(|(op, (left, right))| ExprKind::Binary(
            op,
            boxed(left),
            boxed(right)
        )),
        (phrase(), two.clone()).prop_map(|(phrase, (left, right))| ExprKind::Timing {
            left: boxed(left),
            phrase,
            right: boxed(right)
        }),
        (inner.clone(), any::<bool>(), test).prop_map(|(operand, negated, test)| ExprKind::Is {
            operand: boxed(operand),
            negated,
            test
        }),
        (inner.clone(), type_name(), any::<bool>()).prop_map(|(operand, ty, strict)| {
            ExprKind::As {
                operand: boxed(operand),
                ty,
                strict,
            }
        }),
        (inner.clone(), type_name()).prop_map(|(operand, ty)| ExprKind::IsType {
            operand: boxed(operand),
            ty
        }),
        (inner, two, any::<bool>()).prop_map(|(operand, (low, high), properly)| {
            ExprKind::Between {
                operand: boxed(operand),
                low: boxed(low),
                high: boxed(high),
                properly,
            }
        }),
    ]
    .boxed()
}

fn brackets(inner: BoxedStrategy<Expr>) -> BoxedStrategy<ExprKind> {
    let items = prop::collection::vec(inner.clone(), 0..3);
    let fields = prop::collection::vec((name(), inner.clone()), 0..3);
    let path = prop::option::of((
        name(),
        prop::sample::select(vec!["in", "=", "~"]).prop_map(str::to_owned),
    ));
    prop_oneof![
        (inner.clone(), inner.clone(), any::<[bool; 2]>()).prop_map(|(low, high, closed)| {
            ExprKind::Interval {
                low: boxed(low),
                high: boxed(high),
                low_closed: closed[0],
                high_closed: closed[1],
            }
        }),
        (prop::option::of(type_name()), items.clone())
            .prop_map(|(ty, items)| ExprKind::List { ty, items }),
        fields.prop_map(ExprKind::Tuple),
        (prop::option::of(inner.clone()), name(), items).prop_map(|(target, name, arguments)| {
            ExprKind::Call {
                target: target.map(boxed),
                name,
                arguments,
            }
        }),
        (inner.clone(), name()).prop_map(|(target, name)| ExprKind::Property {
            target: boxed(target),
            name
        }),
        (inner.clone(), inner.clone()).prop_map(|(target, index)| ExprKind::Index {
            target: boxed(target),
            index: boxed(index)
        }),
        (name(), path, inner.clone()).prop_map(|(ty, path, codes)| ExprKind::Retrieve {
            ty,
            path,
            codes: Some(boxed(codes))
        }),
        name().prop_map(|ty| ExprKind::Retrieve {
            ty,
            path: None,
            codes: None
        }),
    ]
    .boxed()
}

fn words(inner: BoxedStrategy<Expr>) -> BoxedStrategy<ExprKind> {
    let two = (inner.clone(), inner.clone());
    let arms = prop::collection::vec(two.clone(), 1..3);
    let part = prop_oneof![
        unit().prop_map(|unit| unit.word().to_owned()),
        prop::sample::select(vec!["date", "time", "timezoneoffset"]).prop_map(str::to_owned),
    ];
    prop_oneof![
        (inner.clone(), two.clone()).prop_map(|(condition, (then, otherwise))| ExprKind::If {
            condition: boxed(condition),
            then: boxed(then),
            otherwise: boxed(otherwise)
        }),
        (prop::option::of(inner.clone()), arms, inner.clone()).prop_map(
            |(subject, arms, otherwise)| ExprKind::Case {
                subject: subject.map(boxed),
                arms,
                otherwise: boxed(otherwise)
            }
        ),
        (two, unit(), any::<bool>()).prop_map(|((from, to), unit, difference)| {
            ExprKind::DurationBetween {
                difference,
                unit,
                from: boxed(from),
                to: boxed(to),
            }
        }),
        (inner.clone(), unit(), any::<bool>()).prop_map(|(operand, unit, difference)| {
            ExprKind::DurationOf {
                difference,
                unit,
                operand: boxed(operand),
            }
        }),
        (inner.clone(), part).prop_map(|(operand, part)| ExprKind::Component {
            part,
            operand: boxed(operand)
        }),
        (inner, type_name()).prop_map(|(operand, ty)| ExprKind::Convert {
            operand: boxed(operand),
            ty
        }),
    ]
    .boxed()
}

fn queries(inner: BoxedStrategy<Expr>) -> BoxedStrategy<ExprKind> {
    let source = (inner.clone(), name());
    let inclusion = (any::<bool>(), inner.clone(), name(), inner.clone()).prop_map(
        |(negated, source, alias, condition)| Inclusion {
            negated,
            source,
            alias,
            condition,
        },
    );
    let sort = prop_oneof![
        Just(Vec::new()),
        any::<bool>().prop_map(|descending| vec![SortKey {
            by: None,
            descending
        }]),
        prop::collection::vec(
            (inner.clone(), any::<bool>()).prop_map(|(by, descending)| SortKey {
                by: Some(by),
                descending
            }),
            1..3
        ),
    ];
    (
        prop::collection::vec(source, 1..3),
        prop::collection::vec((name(), inner.clone()), 0..2),
        prop::collection::vec(inclusion, 0..2),
        prop::option::of(inner.clone()),
        prop::option::of((prop::option::of(any::<bool>()), inner)),
        sort,
    )
        .prop_map(|(sources, lets, inclusions, condition, result, sort)| {
            ExprKind::Query(Box::new(Query {
                sources,
                lets,
                inclusions,
                condition,
                result,
                sort,
            }))
        })
        .boxed()
}

/// Words, signs and literals of the language, and some that are none.
pub(crate) fn token() -> impl Strategy<Value = String> {
    let words = "define library version and or not xor implies is null true false between in Interval List Tuple if \
        then else case when end exists same day as before after on within of months difference duration start starts \
        ends occurs properly includes included during meets overlaps less more than years from where return sort by \
        desc with without such that let cast convert to minimum as contains p q m d \"e\" ( ) [ ] { } , : . < <= = != \
        ~ !~ + - * / ^ & | ; @2024 @2024-02-30 @T10 2 1.5 3L 'mg' ' \" ` /* // \\ ≥ é 99999999999";
    let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
    prop::sample::select(words)
}

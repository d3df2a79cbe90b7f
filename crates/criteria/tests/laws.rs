//! Laws of the language, tried on generated trees, texts and values.

mod criteria;
mod trees;

use criteria::{FACTS, criterion, schema};
use std::ops::Not;

use proptest::prelude::*;
use waymark_criteria::syntax::tree::Expr;
use waymark_criteria::syntax::{parse_expression, parse_library};
use waymark_criteria::{
    Bounds, Compiler, Explanation, FactType, Op, Open, Program, Residual, Truth, Value, Values,
    explain, format, format_expression,
};

/// Two values of a fact, the second of which tells at least as much.
fn tightening(ty: FactType) -> BoxedStrategy<(Value, Value)> {
    let (least, most): (i64, i64) = match ty {
        FactType::Boolean | FactType::Word => {
            let decided = prop_oneof![Just(Truth::True), Just(Truth::False)];
            return (any::<bool>(), any::<bool>(), decided)
                .prop_map(|(before, after, truth)| {
                    let open =
                        |known: bool| Value::Truth(if known { truth } else { Truth::Unknown });
                    (open(before), open(before || after))
                })
                .boxed();
        }
        FactType::Integer => (0, 6),
        FactType::Decimal => (0, 600_000_000),
        FactType::Date => (738_500, 739_000),
    };
    (prop::collection::vec(least..=most, 4), any::<[bool; 4]>())
        .prop_map(|(mut ends, open)| {
            ends.sort_unstable();
            let wide = Bounds {
                low: open[0].then_some(ends[0]),
                high: open[1].then_some(ends[3]),
            };
            let tight = Bounds {
                low: if open[2] { Some(ends[1]) } else { wide.low },
                high: if open[3] { Some(ends[2]) } else { wide.high },
            };
            (Value::Bounds(wide), Value::Bounds(tight))
        })
        .boxed()
}

fn two_values() -> impl Strategy<Value = (Values, Values)> {
    FACTS.map(|(_, ty)| tightening(ty)).prop_map(|pairs| {
        let schema = schema();
        let (mut before, mut after) = (Values::unknown(&schema), Values::unknown(&schema));
        for (fact, (wide, tight)) in schema.indices().zip(pairs) {
            before.set(fact, wide);
            after.set(fact, tight);
        }
        (before, after)
    })
}

fn compile(criterion: &str) -> Result<Program, TestCaseError> {
    let schema = schema();
    let mut compiler = Compiler::new(&schema);
    compiler.add_text(
        "law",
        &format!("define x0: {criterion}\ndefine y0: x0 or not x0"),
    );
    compiler
        .finish()
        .map_err(|errors| TestCaseError::fail(format!("{criterion}: {errors:#?}")))
}

fn all_nodes<'e, 'p>(explanation: &'e Explanation<'p>) -> Vec<&'e Explanation<'p>> {
    let below = explanation.children.iter().flat_map(all_nodes);
    std::iter::once(explanation).chain(below).collect()
}

fn all_open(open: &Open) -> Vec<&Open> {
    let below = open.children.iter().flat_map(all_open);
    std::iter::once(open).chain(below).collect()
}

/// What a text means by itself: evaluated by the truth tables, from the explanation's leaves.
fn from_leaves(explanation: &Explanation<'_>) -> Truth {
    let children = explanation.children.iter().map(from_leaves);
    match explanation.op {
        waymark_criteria::Op::All => children.fold(Truth::True, Truth::and),
        waymark_criteria::Op::Any => children.fold(Truth::False, Truth::or),
        waymark_criteria::Op::Not => children.fold(Truth::True, Truth::and).not(),
        waymark_criteria::Op::Test => explanation.truth,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn telling_more_never_flips_a_verdict(criterion in criterion(), (before, after) in two_values()) {
        let program = compile(&criterion)?;
        let (first, second) = (program.evaluate(&before), program.evaluate(&after));
        for (_, root) in program.roots() {
            let (less, more) = (explain(&program, &first, root), explain(&program, &second, root));
            for (less, more) in all_nodes(&less).into_iter().zip(all_nodes(&more)) {
                prop_assert!(!less.truth.is_known() || less.truth == more.truth, "{}: {:?} {:?}", less.text, less.truth, more.truth);
            }
        }
    }

    #[test]
    fn an_explanation_adds_up(criterion in criterion(), (values, _) in two_values()) {
        let program = compile(&criterion)?;
        let evaluation = program.evaluate(&values);
        for (_, root) in program.roots() {
            for node in all_nodes(&explain(&program, &evaluation, root)) {
                prop_assert_eq!(from_leaves(node), node.truth);
            }
            prop_assert_eq!(program.truth_of(&values, root), evaluation.truth(root));
        }
    }

    /// Unknown facts outside `missing` never matter alone, and a decided node misses nothing.
    #[test]
    fn settling_what_is_missing_decides(criterion in criterion(), (before, after) in two_values()) {
        let program = compile(&criterion)?;
        for (_, root) in program.roots() {
            let evaluation = program.evaluate(&before);
            let missing = program.missing(&evaluation, &before, root);
            prop_assert!(!evaluation.truth(root).is_known() || missing.is_empty());
            prop_assert!(missing.iter().all(|fact| !before.get(*fact).is_settled()));
            // Facts that are not missing may be told without deciding anything by themselves.
            let mut partly = before.clone();
            for fact in schema().indices().filter(|fact| !missing.contains(fact)) {
                partly.set(fact, after.get(fact));
            }
            if !evaluation.truth(root).is_known() {
                prop_assert_eq!(program.evaluate(&partly).truth(root), Truth::Unknown);
            }
        }
    }

    /// Filling in and then evaluating gives what evaluating what is left gives; its text says the same.
    #[test]
    fn what_is_left_means_the_same(criterion in criterion(), (before, after) in two_values()) {
        let program = compile(&criterion)?;
        for (_, root) in program.roots() {
            let left = program.reduce(&before, root);
            prop_assert_eq!(left.truth(&program, &before), program.truth_of(&before, root));
            prop_assert_eq!(left.truth(&program, &after), program.truth_of(&after, root));
            let Residual::Open(open) = left else { continue };
            for open in all_open(&open) {
                let rest = Residual::Open(open.clone());
                prop_assert_eq!(rest.truth(&program, &before), Truth::Unknown, "{}", &open.text);
                let shape = open.children.len();
                prop_assert!(match open.op {
                    Op::Test => shape == 0,
                    Op::Not => shape == 1,
                    Op::All | Op::Any => shape > 1 || open.name.is_some(),
                }, "{:?}", open);
            }
            let schema = schema();
            let mut compiler = Compiler::new(&schema);
            compiler.add_text("law", &format!("define x0: {criterion}\ndefine z0: {}", open.text));
            let again = compiler.finish().map_err(|errors| TestCaseError::fail(format!("{errors:?}")))?;
            let root_again = again.root("z0").ok_or_else(|| TestCaseError::fail("defined"))?;
            prop_assert_eq!(again.truth_of(&after, root_again), program.truth_of(&after, root), "{}", &open.text);
        }
    }

    /// While the facts of a hurdle stay as they are, the truth is not got, whatever the others become.
    #[test]
    fn a_hurdle_stands(criterion in criterion(), (before, other) in two_values(), wanted in any::<bool>()) {
        let program = compile(&criterion)?;
        for (_, root) in program.roots() {
            let decided = Truth::decided(wanted);
            let Some(hurdle) = program.hurdles(&before, root, wanted) else {
                prop_assert_eq!(program.truth_of(&before, root), decided);
                continue;
            };
            let mut changed = before.clone();
            for fact in schema().indices().filter(|fact| !hurdle.contains(fact)) {
                changed.set(fact, other.get(fact));
            }
            prop_assert_ne!(program.truth_of(&before, root), decided);
            prop_assert_ne!(program.truth_of(&changed, root), decided);
        }
    }

    /// Between two neighbouring thresholds nothing changes, when only one fact is open.
    #[test]
    fn verdicts_change_only_at_thresholds(
        op in prop::sample::select(vec!["<", "<=", ">", ">=", "=", "!="]),
        months in 0..14i64,
        days in 0..40i64,
        constant in prop::sample::select(vec!["2024-02-29", "2023-02-28", "2024-02", "2023-08-31", "2024-03-31"]),
    ) {
        let program = compile(&format!("d + {months} months - {days} days {op} @{constant}"))?;
        let fact = schema().find("d").ok_or_else(|| TestCaseError::fail("undeclared"))?;
        let thresholds = program.thresholds(fact);
        let at = |day: i64| {
            let mut values = Values::unknown(&schema());
            values.set(fact, Value::Bounds(Bounds::exact(day)));
            program.root("x0").map(|root| program.evaluate(&values).truth(root))
        };
        for day in 738_000..739_100 {
            if at(day) != at(day + 1) {
                prop_assert!(thresholds.contains(&day) || thresholds.contains(&(day + 1)), "{day} {thresholds:?}");
            }
        }
    }

    #[test]
    fn formatting_is_idempotent_and_keeps_the_tree(criteria in prop::collection::vec(criterion(), 1..4)) {
        let text: String = criteria.iter().enumerate().map(|(at, body)| format!("define a{at}: {body} // note\n")).collect();
        let formatted = format(&text).map_err(|errors| TestCaseError::fail(format!("{errors:?}")))?;
        prop_assert_eq!(format(&formatted).ok(), Some(formatted.clone()));
        prop_assert_eq!(parse_library(&formatted).library, parse_library(&text).library);
        prop_assert_eq!(formatted.matches("// note").count(), criteria.len());
    }

    #[test]
    fn printing_then_reading_is_the_identity(tree in trees::expression()) {
        let text = format_expression(&tree);
        let (again, diagnostics) = parse_expression(&text);
        prop_assert_eq!(&diagnostics, &[], "{}", text);
        prop_assert_eq!(&again, &tree, "{}", text);
        let definition = format!("define x: {text}");
        let formatted = format(&definition).map_err(|errors| TestCaseError::fail(format!("{errors:?}")))?;
        let bodies: Vec<Expr> = parse_library(&formatted).library.definitions.into_iter().map(|definition| definition.body).collect();
        prop_assert_eq!(bodies, [tree]);
        prop_assert_eq!(format(&formatted).ok(), Some(formatted));
    }

    #[test]
    fn no_text_brings_the_parser_down(text in any::<String>()) {
        read_all(&text);
    }

    #[test]
    fn no_heap_of_tokens_brings_the_parser_down(tokens in prop::collection::vec(trees::token(), 0..60)) {
        read_all(&tokens.join(" "));
        read_all(&tokens.concat());
        read_all(&format!("define a: {}", tokens.join(" ")));
    }
}

/// Every stage must come to an end, with spans that lie in the text and one line for each message.
fn read_all(text: &str) {
    let _ = parse_expression(text);
    let _ = format(text);
    let schema = schema();
    let mut compiler = Compiler::new(&schema);
    compiler.add_text("heap", text);
    let Err(diagnostics) = compiler.finish() else {
        return;
    };
    for diagnostic in diagnostics {
        assert!(
            !diagnostic.message.contains('\n') && !diagnostic.message.ends_with('.'),
            "{}",
            diagnostic.message
        );
        assert!(diagnostic.help.is_some(), "{}", diagnostic.message);
        if let Some(span) = diagnostic.span {
            assert!(text.get(span.start..span.end).is_some(), "{span:?}");
        }
    }
}

//! Laws of lanes: every lane is what one patient alone would be.

mod criteria;

use criteria::{FACTS, criterion, schema};
use proptest::prelude::*;
use waymark_criteria::{
    BLOCK_LANES, Bounds, Compiler, FactColumns, FactType, NodeId, Program, Schema, Truth, Value,
    Values,
};

/// What a fact may be, ends of the range of its type and open ends included.
fn value(ty: FactType) -> BoxedStrategy<Value> {
    let near = match ty {
        FactType::Boolean | FactType::Word => {
            let truths = vec![Truth::True, Truth::False, Truth::Unknown];
            return prop::sample::select(truths).prop_map(Value::Truth).boxed();
        }
        FactType::Integer => 0..=6_i64,
        FactType::Decimal => 0..=600_000_000,
        FactType::Date => 738_500..=739_000,
    };
    let end = prop_oneof![
        20 => near,
        1 => prop::sample::select(vec![i64::MIN, i64::MIN + 1, -1, 0, 30, 3_652_050, i64::MAX - 1, i64::MAX]),
    ];
    let bounds = prop_oneof![
        end.clone().prop_map(Bounds::exact),
        (end.clone(), end, any::<[bool; 2]>()).prop_map(|(one, other, [low, high])| Bounds {
            low: low.then_some(one.min(other)),
            high: high.then_some(one.max(other)),
        }),
    ];
    bounds.prop_map(Value::Bounds).boxed()
}

fn patient() -> impl Strategy<Value = Values> {
    FACTS.map(|(_, ty)| value(ty)).prop_map(|found| {
        let schema = schema();
        let mut values = Values::unknown(&schema);
        for (fact, value) in schema.indices().zip(found) {
            values.set(fact, value);
        }
        values
    })
}

/// Criteria, some of them resting on others, and far sides of the calendar.
fn criteria() -> impl Strategy<Value = Vec<String>> {
    let far = prop::sample::select(vec![
        "d + 9999 years < @2024-01-31",
        "d - 9999 years < @2024-01-31",
        "n + 2147483647 <= 3",
        "m - 2147483647 > 3",
        "e = @2024-02",
        "e + 1 month = @2024-02-29",
        "e + 1 month != @2024-02-29",
        "@2024-02 >= d",
    ]);
    let near = criterion();
    let one = prop_oneof![4 => near, 1 => far.prop_map(str::to_owned)];
    prop::collection::vec(one, 1..5)
}

fn compile(schema: &Schema, criteria: &[String]) -> Result<Program, TestCaseError> {
    let mut compiler = Compiler::new(schema);
    for (at, criterion) in criteria.iter().enumerate() {
        compiler.add_text(
            "law",
            &format!("define x{at}: {criterion}\ndefine y{at}: not x{at} or x0"),
        );
    }
    compiler
        .finish()
        .map_err(|errors| TestCaseError::fail(format!("{criteria:?}: {errors:#?}")))
}

/// A number of lanes around the edges of words and blocks.
fn lanes() -> impl Strategy<Value = usize> {
    prop::sample::select(vec![1, 63, 64, 65, 511, 512, 513, 1025])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_lane_is_as_one_patient_alone(
        criteria in criteria(),
        patients in prop::collection::vec(patient(), 1..40),
        lanes in lanes(),
        kept in any::<u8>(),
    ) {
        let schema = schema();
        let program = compile(&schema, &criteria)?;
        let mut columns = FactColumns::unknown(&schema, lanes);
        let of = |lane: usize| &patients[lane * 7 % patients.len()];
        for lane in 0..lanes {
            // Whatever stood there before leaves no trace.
            columns.set_all(lane, &patients[lane % patients.len()]);
            columns.set_all(lane, of(lane));
        }
        let roots: Vec<NodeId> = program.roots().map(|(_, root)| root).enumerate()
            .filter(|(at, _)| kept >> (at % 8) & 1 == 1).map(|(_, root)| root).collect();
        let plan = program.plan(&roots);
        prop_assert_eq!(plan.roots(), roots.len());
        let mut planes = plan.planes();
        // Blocks in any order share nothing.
        for block in (0..columns.blocks()).rev() {
            plan.atom_planes(&columns, block, &mut planes);
            plan.evaluate_planes(&mut planes);
            for (position, root) in roots.iter().enumerate() {
                let found = plan.root_lanes(&planes, position);
                for lane in 0..BLOCK_LANES {
                    let patient = block * BLOCK_LANES + lane;
                    let alone = if patient < lanes {
                        program.truth_of(of(patient), *root)
                    } else {
                        Truth::Unknown
                    };
                    prop_assert_eq!(found.truth(lane), alone, "lane {} of {:?}", patient, criteria);
                }
            }
        }
    }

    #[test]
    fn a_plan_for_one_patient_says_what_the_program_says(criteria in criteria(), patient in patient()) {
        let schema = schema();
        let program = compile(&schema, &criteria)?;
        let roots: Vec<NodeId> = program.roots().map(|(_, root)| root).collect();
        let evaluation = program.evaluate(&patient);
        let expected: Vec<Truth> = roots.iter().map(|root| evaluation.truth(*root)).collect();
        prop_assert_eq!(program.plan(&roots).truths(&patient), expected, "{:?}", criteria);
    }

    #[test]
    fn columns_give_back_what_they_were_given(patients in prop::collection::vec(patient(), 1..20), lanes in lanes()) {
        let schema = schema();
        let mut columns = FactColumns::unknown(&schema, lanes);
        for lane in 0..lanes {
            columns.set_all(lane, &patients[lane % patients.len()]);
        }
        // A lane that does not exist is not written to, and nothing is known of it.
        columns.set_all(lanes, &patients[0]);
        let unknown = Values::unknown(&schema);
        for lane in 0..=lanes {
            let expected = if lane < lanes { &patients[lane % patients.len()] } else { &unknown };
            for fact in schema.indices() {
                prop_assert_eq!(columns.value(lane, fact), expected.get(fact));
            }
        }
    }
}

#[test]
fn a_plan_holds_only_what_its_roots_rest_on() {
    let schema = schema();
    let mut compiler = Compiler::new(&schema);
    compiler.add_text(
        "law",
        "define a: m >= 2 and p\ndefine b: not (m < 2) and p\ndefine c: a or q\ndefine d2: x < 1.5",
    );
    let program = compiler.finish().unwrap();
    let root = |name: &str| program.root(name).unwrap();
    let size = |names: &[&str]| {
        let roots: Vec<NodeId> = names.iter().map(|name| root(name)).collect();
        let plan = program.plan(&roots);
        (plan.tests(), plan.gates())
    };
    assert_eq!(size(&[]), (0, 0));
    assert_eq!(size(&["d2"]), (1, 0));
    // The same meaning is evaluated once, however it is written.
    assert_eq!(size(&["a", "b"]), (2, 1));
    assert_eq!(size(&["a", "b", "c"]), (3, 2));
}

/// None of all is true and none of any is false: the only constants that a plan has without a test.
#[test]
fn empty_groups_are_constants_of_a_plan() {
    let schema = schema();
    let mut compiler = Compiler::new(&schema);
    compiler.add_all("every", &[]);
    compiler.add_any("some", &[]);
    compiler.add_text(
        "law",
        "define a: \"some\" and p\ndefine b: \"some\" or p\ndefine c: \"every\" and p\ndefine d2: not \"every\" or not (\"some\" and q)",
    );
    let program = compiler.finish().unwrap();
    let roots: Vec<NodeId> = program.roots().map(|(_, root)| root).collect();
    let plan = program.plan(&roots);
    for truth in [Truth::True, Truth::False, Truth::Unknown] {
        let mut values = Values::unknown(&schema);
        values.set(schema.find("p").unwrap(), Value::Truth(truth));
        let expected: Vec<Truth> = roots
            .iter()
            .map(|root| program.truth_of(&values, *root))
            .collect();
        assert_eq!(plan.truths(&values), expected, "p is {truth:?}");
        let of = |name: &str| program.truth_of(&values, program.root(name).unwrap());
        assert_eq!(
            ["a", "b", "c", "d2"].map(of),
            [Truth::False, truth, truth, Truth::True]
        );
    }
}

//! Laws of the evaluator over the real knowledge.

use proptest::prelude::{
    ProptestConfig, Strategy, any, prop, prop_assert, prop_assert_eq, proptest,
};
use std::sync::LazyLock;
use waymark_criteria::{Bounds, FactType, Truth, Value, Values};
use waymark_engine::Bundle;

static BUNDLE: LazyLock<Bundle> = LazyLock::new(waymark_testsuite::bundle);

/// For each fact, a value and whether it is known; the seed picks both.
fn patient(seeds: &[(u8, i64)]) -> Values {
    let schema = BUNDLE.schema();
    let mut values = Values::unknown(schema);
    for (index, (known, seed)) in schema.indices().zip(seeds) {
        if known % 3 != 0 {
            values.set(index, point(schema.fact(index).ty, *seed));
        }
    }
    values
}

fn point(ty: FactType, seed: i64) -> Value {
    match ty {
        FactType::Boolean | FactType::Word => Value::Truth(Truth::decided(seed % 2 == 0)),
        FactType::Integer => Value::Bounds(Bounds::exact(seed.rem_euclid(90))),
        FactType::Decimal => Value::Bounds(Bounds::exact(seed.rem_euclid(10_000) * 1_000_000)),
        // Days from 1998 on.
        FactType::Date => Value::Bounds(Bounds::exact(729_390 + seed.rem_euclid(10_600))),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Filling in what is unknown never flips a definite truth of any node.
    #[test]
    fn filling_in_never_flips(
        seeds in prop::collection::vec((any::<u8>(), any::<i64>()), BUNDLE.schema().facts().len()),
        fill in prop::collection::vec(any::<i64>(), BUNDLE.schema().facts().len()),
    ) {
        let program = BUNDLE.program();
        let open = patient(&seeds);
        let mut filled = open.clone();
        for (index, seed) in BUNDLE.schema().indices().zip(fill) {
            if !open.get(index).is_settled() {
                filled.set(index, point(BUNDLE.schema().fact(index).ty, seed));
            }
        }
        let (before, after) = (program.evaluate(&open), program.evaluate(&filled));
        for regimen in &BUNDLE.content().regimens {
            let node = program.root(&waymark_engine::bundle::name::regimen(&regimen.id)).unwrap();
            if before.truth(node).is_known() {
                prop_assert_eq!(before.truth(node), after.truth(node), "{}", &regimen.id);
            }
            prop_assert_eq!(program.truth_of(&open, node), before.truth(node));
        }
    }

    /// A verdict that is open names at least one fact, and only facts that are not settled.
    #[test]
    fn what_is_open_says_what_is_missing(
        seeds in prop::collection::vec((any::<u8>(), any::<i64>()), BUNDLE.schema().facts().len()).prop_map(|seeds| patient(&seeds)),
    ) {
        let program = BUNDLE.program();
        let evaluation = program.evaluate(&seeds);
        for regimen in &BUNDLE.content().regimens {
            let node = program.root(&waymark_engine::bundle::name::regimen(&regimen.id)).unwrap();
            let missing = program.missing(&evaluation, &seeds, node);
            prop_assert!(missing.iter().all(|fact| !seeds.get(*fact).is_settled()));
            if seeds.get(BUNDLE.as_of()).is_settled() && evaluation.truth(node).is_known() {
                prop_assert!(missing.is_empty());
            }
        }
    }
}

//! Reasons over the real knowledge: some regimens against brute force, all of them on random people.

#![expect(
    clippy::unwrap_used,
    reason = "a test without its regimens and facts has failed"
)]

use proptest::prelude::{
    ProptestConfig, Strategy, any, prop, prop_assert, prop_assert_eq, prop_assume, proptest,
};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use waymark_criteria::value::DECIMAL_UNIT;
use waymark_criteria::{Bounds, FactIndex, FactType, NodeId, Truth, Value, Values};
use waymark_engine::bundle::name;
use waymark_engine::reasons::Reasoner;
use waymark_engine::{Bundle, wire};
use waymark_testsuite::day;

static BUNDLE: LazyLock<Bundle> = LazyLock::new(waymark_testsuite::bundle);

fn root(regimen: &str) -> NodeId {
    BUNDLE.program().root(&name::regimen(regimen)).unwrap()
}

/// One value of each cell of a fact.
fn points(fact: FactIndex) -> Vec<Value> {
    let entry = BUNDLE.fact(fact);
    let unit = match BUNDLE.schema().fact(fact).ty {
        FactType::Boolean | FactType::Word => {
            return vec![Value::Truth(Truth::True), Value::Truth(Truth::False)];
        }
        FactType::Decimal => DECIMAL_UNIT,
        FactType::Integer | FactType::Date => 1,
    };
    let (least, most) = (entry.min.unwrap_or(0) * unit, entry.max.unwrap_or(0) * unit);
    let mut values = BTreeSet::from([least, most]);
    for threshold in BUNDLE.program().thresholds(fact) {
        values
            .extend((threshold - 1..=threshold + 1).filter(|value| (least..=most).contains(value)));
    }
    values
        .into_iter()
        .map(|value| Value::Bounds(Bounds::exact(value)))
        .collect()
}

fn someone() -> Values {
    let mut values = Values::unknown(BUNDLE.schema());
    let today = day("2026-11-01").to_days();
    values.set(BUNDLE.as_of(), Value::Bounds(Bounds::exact(today)));
    values
}

fn breaks_a_constraint(values: &Values) -> bool {
    let mut constraints = BUNDLE.constraints().iter();
    constraints.any(|node| BUNDLE.program().truth_of(values, *node) == Truth::False)
}

/// Settles facts in a drawn order at drawn values, as far as the constraints allow; those that are known stay.
fn completed(mut values: Values, seeds: &[(u32, usize)]) -> Option<Values> {
    let mut order: Vec<(u32, usize, FactIndex)> = BUNDLE
        .schema()
        .indices()
        .zip(seeds)
        .map(|(fact, (rank, seed))| (*rank, *seed, fact))
        .collect();
    order.sort_unstable();
    for (_, seed, fact) in order {
        let before = values.get(fact);
        if before.is_settled() || BUNDLE.schema().fact(fact).ty == FactType::Word {
            continue;
        }
        let points = points(fact);
        let fits = (0..points.len()).any(|step| {
            let point = points[(seed + step) % points.len()];
            let inside = match (point, before) {
                (Value::Bounds(point), Value::Bounds(before)) => before.overlap(point).is_some(),
                (Value::Truth(_) | Value::Bounds(_), _) => true,
            };
            values.set(fact, point);
            inside && !breaks_a_constraint(&values)
        });
        if !fits {
            return None;
        }
    }
    Some(values)
}

/// A person of whom some facts are known.
fn person(seeds: &[(u32, usize)], known: &[u8]) -> Option<Values> {
    let mut values = completed(someone(), seeds)?;
    for (fact, known) in BUNDLE.schema().indices().zip(known) {
        if known % 4 == 0 && fact != BUNDLE.as_of() {
            values.set(fact, Value::unknown(BUNDLE.schema().fact(fact).ty));
        }
    }
    Some(values)
}

fn fact(id: &str) -> FactIndex {
    BUNDLE.schema().find(id).unwrap()
}

fn told(extent: &wire::Extent, like: Value) -> Value {
    let end = |end: &Option<wire::Scalar>| match end {
        Some(wire::Scalar::Integer(value)) => Some(*value),
        _ => None,
    };
    match (&extent.value, like) {
        (wire::Scalar::Boolean(truth), _) => Value::Truth(Truth::decided(*truth)),
        (wire::Scalar::Integer(value), _) => Value::Bounds(Bounds::exact(*value)),
        (_, Value::Truth(_)) => Value::Truth(Truth::Unknown),
        (_, Value::Bounds(_)) => Value::Bounds(Bounds {
            low: end(&extent.low),
            high: end(&extent.high),
        }),
    }
}

/// The person with the facts as a way says that they would be.
fn changed(actual: &Values, way: &wire::Way) -> Values {
    let mut values = actual.clone();
    for change in way.changes.iter().chain(&way.follows) {
        let fact = fact(&change.fact);
        values.set(fact, told(&change.would_be, actual.get(fact)));
    }
    values
}

const SEEDS: usize = 200;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn reasons_hold_for_random_people(
        seeds in prop::collection::vec((any::<u32>(), any::<usize>().prop_map(|seed| seed % 1000)), SEEDS),
        known in prop::collection::vec(any::<u8>(), SEEDS),
        others in prop::collection::vec(prop::collection::vec((any::<u32>(), any::<usize>().prop_map(|seed| seed % 1000)), SEEDS), 4),
    ) {
        let actual = person(&seeds, &known);
        prop_assume!(actual.is_some());
        let actual = actual.unwrap();
        let reasoner = Reasoner::new(&BUNDLE, &actual);
        for regimen in &BUNDLE.content().regimens {
            let reasons = reasoner.reasons(&regimen.id).unwrap();
            let node = root(&regimen.id);
            let truth = BUNDLE.program().truth_of(&actual, node);
            prop_assert_eq!(&reasons.not_computed, &None, "{}", &regimen.id);
            prop_assert_eq!(reasons.decided_by.is_some(), truth.is_known());
            prop_assert_eq!(reasons.still_open.is_empty(), truth.is_known());
            if let Some(decided_by) = &reasons.decided_by {
                let mut kept = someone();
                for id in decided_by {
                    kept.set(fact(id), actual.get(fact(id)));
                }
                for completion in others.iter().filter_map(|seeds| completed(kept.clone(), seeds)) {
                    prop_assert_eq!(BUNDLE.program().truth_of(&completion, node), truth, "{}: {:?}", &regimen.id, decided_by);
                }
            }
            for (wanted, otherwise) in [(true, &reasons.would_be_met), (false, &reasons.would_not_be_met)] {
                for way in otherwise.iter().flat_map(|otherwise| &otherwise.ways) {
                    let values = changed(&actual, way);
                    prop_assert_eq!(BUNDLE.program().truth_of(&values, node), Truth::decided(wanted), "{}: {:?}", &regimen.id, way);
                    prop_assert!(!breaks_a_constraint(&values), "{}: {:?}", &regimen.id, way);
                }
            }
        }
    }
}

/// Facts at values that satisfy every constraint on them whatever the other facts are: they are free to follow, so
/// trying their other values cannot find more.
fn following(read: &BTreeSet<FactIndex>) -> Values {
    let program = BUNDLE.program();
    let mut values = someone();
    loop {
        let mut more = false;
        for fact in BUNDLE
            .schema()
            .indices()
            .filter(|fact| !read.contains(fact))
        {
            let open = values.get(fact);
            if open.is_settled() || BUNDLE.schema().fact(fact).ty == FactType::Word {
                continue;
            }
            let harmless = points(fact).into_iter().find(|point| {
                let mut tried = values.clone();
                tried.set(fact, *point);
                let mut on_it = BUNDLE
                    .constraints()
                    .iter()
                    .filter(|node| program.facts_of(**node).contains(&fact));
                on_it.all(|node| program.truth_of(&tried, *node) == Truth::True)
            });
            if let Some(point) = harmless {
                values.set(fact, point);
                more = true;
            }
        }
        if !more {
            return values;
        }
    }
}

/// The smallest sets for some hundred people are those that trying all sets and all possibilities finds.
#[test]
fn the_smallest_sets_are_smallest() {
    for (regimen, indications) in [
        ("tdxd", &["tdx-2"][..]),
        ("tdm1", &["tdm-1"]),
        ("margetuximab-chemo", &["mar-1"]),
    ] {
        let program = BUNDLE.program();
        let read: BTreeSet<FactIndex> = indications
            .iter()
            .flat_map(|id| program.facts_of(program.root(id).unwrap()))
            .collect();
        let mut all = vec![following(&read)];
        let mut open: Vec<FactIndex> = read.iter().copied().collect();
        open.extend(BUNDLE.schema().indices().filter(|fact| {
            !read.contains(fact)
                && !all[0].get(*fact).is_settled()
                && BUNDLE
                    .constraints()
                    .iter()
                    .any(|node| program.facts_of(*node).contains(fact))
        }));
        for fact in &open {
            all = all
                .iter()
                .flat_map(|values| {
                    points(*fact).into_iter().map(|point| {
                        let mut values = values.clone();
                        values.set(*fact, point);
                        values
                    })
                })
                .filter(|values| !breaks_a_constraint(values))
                .collect();
        }
        let node = root(regimen);
        let read: Vec<FactIndex> = read.into_iter().collect();
        let truths: Vec<(Vec<Value>, Truth)> = all
            .iter()
            .map(|values| {
                (
                    read.iter().map(|fact| values.get(*fact)).collect(),
                    program.truth_of(values, node),
                )
            })
            .collect();
        let mut tried = 0;
        for actual in all.iter().step_by((all.len() / 60).max(1)) {
            let mut actual = actual.clone();
            // Every third person has a fact that is not known.
            if tried % 3 == 2 {
                let fact = read[tried % read.len()];
                actual.set(fact, Value::unknown(BUNDLE.schema().fact(fact).ty));
            }
            tried += 1;
            let truth = program.truth_of(&actual, node);
            if !truth.is_known() {
                continue;
            }
            let forces = |set: &Vec<usize>| {
                truths.iter().all(|(values, found)| {
                    *found == truth
                        || set.iter().any(|position| {
                            let known = actual.get(read[*position]);
                            known.is_settled() && values[*position] != known
                        })
                })
            };
            let mut sets = (0..=read.len()).flat_map(|size| subsets(0, read.len(), size));
            let expected: Vec<String> = sets
                .find(forces)
                .unwrap()
                .into_iter()
                .map(|position| BUNDLE.fact(read[position]).id.clone())
                .collect();
            let found = Reasoner::new(&BUNDLE, &actual).reasons(regimen).unwrap();
            assert_eq!(found.decided_by, Some(expected), "{regimen}");
        }
        assert!(tried >= 60, "{regimen}: {tried}");
    }
}

/// All sets of so many positions, in order.
fn subsets(from: usize, to: usize, size: usize) -> Vec<Vec<usize>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    (from..to)
        .flat_map(|first| {
            subsets(first + 1, to, size - 1)
                .into_iter()
                .map(move |rest| [vec![first], rest].concat())
        })
        .collect()
}

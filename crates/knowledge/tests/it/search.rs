//! The search over all patients, against trying every patient and every set of stated facts.

use crate::small::Small;
use waymark_criteria::{Bounds, Date, FactIndex, NodeId, Truth, Value, Values};
use waymark_engine::Bundle;
use waymark_engine::search::{Goal, Search};

const CRITERIA: [&str; 12] = [
    "\"a\"",
    "\"a\" and \"b\"",
    "\"a\" or not \"c\"",
    "\"n\" >= 2 and \"b\"",
    "\"n\" = 1 or \"m\" >= 2",
    "not (\"n\" between 1 and 2)",
    "\"n\" < \"m\" and \"a\"",
    "(\"a\" and \"n\" >= 1) or (not \"a\" and \"n\" >= 1)",
    "\"a\" implies (\"b\" and \"c\")",
    "\"n\" >= 1 and \"m\" = 0",
    "(\"n\" >= 3 and \"c\") or (\"n\" <= 1 and not \"c\")",
    "\"a\" xor \"b\"",
];

fn knowledge() -> Bundle {
    let small = Small::new()
        .boolean("a", "")
        .boolean("b", "define \"constraint b\": \"b\" implies \"n\" >= 1")
        .boolean("c", "define \"constraint c\": not (\"c\" and \"b\")")
        .number("m", 3, "")
        .number("n", 3, "define \"constraint n\": \"n\" <= \"m\"");
    let criteria = CRITERIA.iter().enumerate();
    let small = criteria.fold(small, |small, (position, expression)| {
        small.criterion(&format!("c{position:02}"), expression)
    });
    small.bundle()
}

/// Everything that may be stated of each fact: unknown first, then every value, then spans of numbers.
fn statements(bundle: &Bundle, fact: FactIndex) -> Vec<Value> {
    match bundle.fact(fact).max {
        None => [Truth::Unknown, Truth::False, Truth::True]
            .map(Value::Truth)
            .to_vec(),
        Some(max) => {
            let mut all = vec![Value::Bounds(Bounds::UNKNOWN)];
            for low in 0..=max {
                for high in low..=max {
                    all.push(Value::Bounds(Bounds {
                        low: Some(low),
                        high: Some(high),
                    }));
                }
            }
            all
        }
    }
}

/// Every combination of what may be said of the facts.
fn every(bundle: &Bundle, said: impl Fn(FactIndex) -> Vec<Value>) -> Vec<Values> {
    let day = Value::Bounds(Bounds::exact(day().to_days()));
    let mut start = Values::unknown(bundle.schema());
    start.set(bundle.as_of(), day);
    let facts = bundle
        .schema()
        .indices()
        .filter(|fact| *fact != bundle.as_of());
    facts.fold(vec![start], |all, fact| {
        let choices = said(fact);
        let with = |values: &Values| {
            let values = values.clone();
            choices.clone().into_iter().map(move |value| {
                let mut values = values.clone();
                values.set(fact, value);
                values
            })
        };
        all.iter().flat_map(with).collect()
    })
}

fn day() -> Date {
    Date::parse("2026-11-01").unwrap()
}

struct World {
    bundle: Bundle,
    /// Every patient of whom all is known.
    patients: Vec<Values>,
    /// Everything that may be stated and can be true of someone, with the number of facts stated.
    stated: Vec<(usize, Values)>,
}

impl World {
    fn new() -> Self {
        let bundle = knowledge();
        let known = |fact| {
            let mut all = statements(&bundle, fact);
            all.retain(|value| value.is_settled());
            all
        };
        let keeps = |values: &Values| {
            let mut constraints = bundle.constraints().iter();
            constraints.all(|node| bundle.program().truth_of(values, *node) == Truth::True)
        };
        let mut patients = every(&bundle, known);
        patients.retain(keeps);
        let stated = every(&bundle, |fact| statements(&bundle, fact));
        let stated = stated
            .into_iter()
            .filter(|stated| patients.iter().any(|it| agrees(&bundle, stated, it)))
            .map(|stated| (count(&bundle, &stated), stated))
            .collect();
        World {
            bundle,
            patients,
            stated,
        }
    }

    fn node(&self, position: usize) -> NodeId {
        self.bundle
            .program()
            .root(&format!("c{position:02}"))
            .unwrap()
    }

    fn truth(&self, values: &Values, node: NodeId) -> Truth {
        self.bundle.program().truth_of(values, node)
    }
}

fn count(bundle: &Bundle, stated: &Values) -> usize {
    let facts = bundle
        .schema()
        .indices()
        .filter(|fact| *fact != bundle.as_of());
    facts
        .filter(|fact| stated.get(*fact) != Values::unknown(bundle.schema()).get(*fact))
        .count()
}

/// Whether a patient is one of those of whom this may be stated.
fn agrees(bundle: &Bundle, stated: &Values, patient: &Values) -> bool {
    bundle
        .schema()
        .indices()
        .all(|fact| match (stated.get(fact), patient.get(fact)) {
            (Value::Bounds(stated), Value::Bounds(known)) => stated.overlap(known) == Some(known),
            (Value::Truth(Truth::Unknown), _) => true,
            (stated, known) => stated == known,
        })
}

#[test]
fn a_smallest_patient_is_smallest_and_shows_what_is_asked() {
    let world = World::new();
    let (mut some, mut none) = (0, 0);
    for (left, right) in
        (0..CRITERIA.len()).flat_map(|left| (0..CRITERIA.len()).map(move |right| (left, right)))
    {
        for (first, second) in [
            (Truth::True, Truth::False),
            (Truth::True, Truth::Unknown),
            (Truth::False, Truth::Unknown),
        ] {
            let wanted = [(world.node(left), first), (world.node(right), second)];
            let shows = |values: &Values| {
                wanted
                    .iter()
                    .all(|(node, truth)| world.truth(values, *node) == *truth)
            };
            let fewest = world
                .stated
                .iter()
                .filter(|(_, values)| shows(values))
                .map(|(count, _)| *count)
                .min();
            let search = Search::new(&world.bundle, &wanted.map(|(node, _)| node));
            let goals = wanted.map(|(node, truth)| Goal::new(node, Some(day()), truth));
            let Ok(found) = search.smallest(&goals) else {
                let compares = [left, right].map(|it| CRITERIA[it].contains("< \"m\""));
                assert!(
                    second == Truth::Unknown && compares.contains(&true),
                    "{left} {right}"
                );
                continue;
            };
            let label = format!(
                "{} {first:?}, {} {second:?}",
                CRITERIA[left], CRITERIA[right]
            );
            assert_eq!(found.as_ref().map(|it| it.stated.len()), fewest, "{label}");
            let Some(patient) = found else {
                none += 1;
                continue;
            };
            some += 1;
            let mut values = Values::unknown(world.bundle.schema());
            for (fact, value) in &patient.stated {
                values.set(*fact, *value);
            }
            assert!(shows(&values), "{label}: {patient:?}");
            assert!(
                world
                    .patients
                    .iter()
                    .any(|it| agrees(&world.bundle, &values, it)),
                "{label}"
            );
        }
    }
    assert!(some > 100 && none > 20, "{some} found, {none} not");
}

#[test]
fn an_example_is_found_where_there_is_one() {
    let world = World::new();
    for (left, right) in
        (0..CRITERIA.len()).flat_map(|left| (0..left).map(move |right| (left, right)))
    {
        for truths in [
            [Truth::True, Truth::True],
            [Truth::True, Truth::False],
            [Truth::False, Truth::False],
        ] {
            let nodes = [world.node(left), world.node(right)];
            let shows = |values: &Values| {
                nodes
                    .iter()
                    .zip(truths)
                    .all(|(node, truth)| world.truth(values, *node) == truth)
            };
            let goals = [0, 1].map(|it| Goal::new(nodes[it], None, truths[it]));
            let found = Search::new(&world.bundle, &nodes).example(&goals).unwrap();
            assert_eq!(
                found.is_some(),
                world.patients.iter().any(shows),
                "{} {} {truths:?}",
                CRITERIA[left],
                CRITERIA[right]
            );
            if let Some(found) = found {
                assert!(shows(&found));
                assert!(
                    world
                        .patients
                        .iter()
                        .any(|it| agrees(&world.bundle, &found, it))
                );
            }
        }
    }
}

#[test]
fn what_stays_unknown_though_decided_is_found_where_there_is_any() {
    let world = World::new();
    let mut found_any = 0;
    for (position, criterion) in CRITERIA.iter().enumerate() {
        let node = world.node(position);
        let search = Search::new(&world.bundle, &[node]);
        let Ok(found) = search.undetected(node, day()) else {
            assert!(
                criterion.contains("< \"m\""),
                "only a comparison of facts is refused"
            );
            continue;
        };
        let read = world.bundle.program().facts_of(node);
        let only_read = |values: &Values| {
            let others = world
                .bundle
                .schema()
                .indices()
                .filter(|fact| !read.contains(fact) && *fact != world.bundle.as_of());
            others
                .into_iter()
                .all(|fact| values.get(fact) == Values::unknown(world.bundle.schema()).get(fact))
        };
        let hidden = |values: &Values| {
            let mut completions = world
                .patients
                .iter()
                .filter(|it| agrees(&world.bundle, values, it));
            let first = completions.next().map(|it| world.truth(it, node));
            world.truth(values, node) == Truth::Unknown
                && completions.all(|it| Some(world.truth(it, node)) == first)
        };
        let expected = world
            .stated
            .iter()
            .any(|(_, values)| only_read(values) && hidden(values));
        assert_eq!(found.is_some(), expected, "{}", criterion);
        if let Some((patient, met)) = found {
            found_any += 1;
            let mut values = world.stated[0].1.clone();
            for (fact, value) in &patient.stated {
                values.set(*fact, *value);
            }
            assert!(hidden(&values), "{}", criterion);
            let someone = world
                .patients
                .iter()
                .find(|it| agrees(&world.bundle, &values, it))
                .unwrap();
            assert_eq!(
                world.truth(someone, node),
                Truth::decided(met),
                "{}",
                criterion
            );
        }
    }
    assert!(found_any > 1, "{found_any}");
}

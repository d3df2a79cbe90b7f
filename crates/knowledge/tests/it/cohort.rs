//! People made up for the knowledge of the template.

use crate::sample::{files, run};
use waymark_criteria::{Bounds, Date, Truth, Value};
use waymark_engine::Bundle;
use waymark_knowledge::Tree;
use waymark_knowledge::cohort::{Cohort, Shares};

const SHARES: &str = r#"
unknown = 200
yes = 500

[[fact]]
id = "marker-positive"
source = "example-label-2020-02-03"
says = "A quarter."
yes = 250

[[fact]]
id = "earlier-regimens"
source = "example-label-2020-02-03"
says = "With the marker, none to three."
when = { marker-positive = true }
spans = [[0, 3, 1]]
unknown = 100
at-least = 300

[[fact]]
id = "earlier-regimens"
source = "example-label-2020-02-03"
says = "Without, the constraint leaves none."
spans = [[0, 1, 1]]

[[fact]]
id = "no-such-fact"
source = "example-label-2020-02-03"
says = "Of another knowledge base."
yes = 1
"#;

fn day() -> Date {
    Date::parse("2022-01-01").unwrap()
}

fn bundle() -> Bundle {
    run(&Tree::new(files())).bundle.unwrap()
}

#[test]
fn people_keep_the_constraints_and_the_shares() {
    let (bundle, shares) = (bundle(), Shares::parse(SHARES).unwrap());
    let cohort = Cohort::new(&bundle, &shares, day(), 7);
    let fact = |id| bundle.schema().find(id).unwrap();
    let [constraint] = bundle.constraints() else {
        panic!("the template has one constraint")
    };
    let (mut known, mut yes, mut bounded, mut open) = (0, 0, 0, 0);
    let people = 20_000;
    for number in 0..people {
        let person = cohort.person(number).unwrap();
        assert_ne!(
            bundle.program().truth_of(&person, *constraint),
            Truth::False
        );
        assert_eq!(
            person.get(bundle.as_of()),
            Value::Bounds(Bounds::exact(day().to_days()))
        );
        let marker = person.get(fact("marker-positive")).truth();
        known += u64::from(marker.is_known());
        yes += u64::from(marker == Truth::True);
        let Bounds { low, high } = person.get(fact("earlier-regimens")).bounds();
        if marker == Truth::True {
            bounded += u64::from(low.is_some() && high.is_none());
            open += u64::from(low.is_none());
        }
    }
    let near = |found: u64, expected: u64| found.abs_diff(expected) < people / 100;
    assert!(near(known, people * 8 / 10), "{known}");
    // A quarter of those of whom it is known, which does not depend on it.
    assert!(near(yes, people * 2 / 10), "{yes}");
    assert!(near(bounded, people * 6 / 100), "{bounded}");
    assert!(near(open, people * 2 / 100), "{open}");
}

#[test]
fn what_is_recorded_is_so() {
    let bundle = bundle();
    let recorded = Shares::parse(SHARES).unwrap();
    let mut whole = recorded.clone();
    whole.unknown = 0;
    for row in &mut whole.facts {
        (row.unknown, row.at_least) = (None, 0);
    }
    let (recorded, whole) = (
        Cohort::new(&bundle, &recorded, day(), 7),
        Cohort::new(&bundle, &whole, day(), 7),
    );
    for number in 0..2000 {
        let (said, so) = (
            recorded.person(number).unwrap(),
            whole.person(number).unwrap(),
        );
        for fact in bundle.schema().indices() {
            let fits = match (said.get(fact), so.get(fact)) {
                (Value::Truth(said), Value::Truth(so)) => said == so || said == Truth::Unknown,
                (Value::Bounds(said), Value::Bounds(so)) => said.overlap(so) == Some(so),
                (Value::Truth(_), Value::Bounds(_)) | (Value::Bounds(_), Value::Truth(_)) => false,
            };
            assert!(fits, "person {number}");
        }
    }
}

#[test]
fn the_same_seed_makes_the_same_people() {
    let (bundle, shares) = (bundle(), Shares::parse(SHARES).unwrap());
    let columns = |seed| {
        Cohort::new(&bundle, &shares, day(), seed)
            .columns(0, 600)
            .unwrap()
    };
    assert_eq!(columns(1), columns(1));
    assert_ne!(columns(1), columns(2));
    // People do not depend on those before them.
    let later = Cohort::new(&bundle, &shares, day(), 1)
        .columns(500, 1)
        .unwrap();
    let fact = bundle.schema().find("earlier-regimens").unwrap();
    assert_eq!(later.value(0, fact), columns(1).value(500, fact));
}

#[test]
fn a_file_that_cannot_be_drawn_from_is_refused() {
    for (from, to) in [
        ("yes = 250", "yes = 1001"),
        ("at-least = 300", "at-least = 901"),
        ("[[0, 3, 1]]", "[[3, 0, 1]]"),
        ("[[0, 3, 1]]", "[[0, 3, 0]]"),
        ("says = \"A quarter.\"", "sais = \"A quarter.\""),
    ] {
        assert!(SHARES.contains(from));
        let problem = Shares::parse(&SHARES.replacen(from, to, 1)).unwrap_err();
        assert_eq!(
            (problem.code, problem.place.as_str()),
            ("bad-cohort", "cohort.toml"),
            "{to}"
        );
    }
}

#[test]
fn constraints_that_exclude_one_another_are_told() {
    let bundle = bundle();
    let mut content = bundle.content().clone();
    let fact = content
        .facts
        .iter_mut()
        .find(|it| it.id == "marker-positive")
        .unwrap();
    fact.cql = "define \"constraint one\": \"marker-positive\"\ndefine \"constraint two\": not \"marker-positive\"".to_owned();
    let (bundle, shares) = (
        Bundle::new(content).unwrap(),
        Shares::parse(SHARES).unwrap(),
    );
    let problem = Cohort::new(&bundle, &shares, day(), 1)
        .person(0)
        .unwrap_err();
    assert_eq!(problem.code, "no-cohort");
}

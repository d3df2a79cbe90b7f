//! The made-up population: its sources, its shares, the constraints between facts.

#![allow(clippy::unwrap_used)]

use waymark_criteria::{Truth, Value, Values};
use waymark_engine::Bundle;
use waymark_knowledge::cohort::{Cohort, Share, Shares, When};
use waymark_testsuite::{bundle, day, root};

/// The rows whose numbers no source gives.
const CHOSEN: &str = "waymark-design";

fn shares() -> Shares {
    Shares::parse(&std::fs::read_to_string(root().join("kb/cohort.toml")).unwrap()).unwrap()
}

fn holds(bundle: &Bundle, values: &Values, row: &Share) -> bool {
    row.when.iter().all(|(id, when)| {
        let value = values.get(bundle.schema().find(id).unwrap());
        match (when, value) {
            (When::Truth(truth), Value::Truth(found)) => Truth::decided(*truth) == found,
            (When::Between(low, high), Value::Bounds(found)) => found
                .as_exact()
                .is_some_and(|found| *low <= found && found <= *high),
            (When::Truth(_), Value::Bounds(_)) | (When::Between(..), Value::Truth(_)) => false,
        }
    })
}

#[test]
fn every_number_has_a_source_and_every_fact_is_one() {
    let bundle = bundle();
    for row in shares().facts {
        let known = bundle.source(&row.source).is_some() || row.source.starts_with("https://");
        assert!(known, "{}: {}", row.id, row.source);
        for id in std::iter::once(&row.id).chain(row.when.keys()) {
            assert!(bundle.schema().find(id).is_some(), "{id}");
        }
    }
}

/// Among the people of whom a row speaks, its share is that of its source.
#[test]
fn shares_are_those_of_their_sources() {
    let bundle = bundle();
    let mut shares = shares();
    shares.unknown = 0;
    for row in &mut shares.facts {
        (row.unknown, row.at_least) = (Some(0), 0);
    }
    let cohort = Cohort::new(&bundle, &shares, day("2026-11-01"), 3);
    let people: Vec<Values> = (0..20_000)
        .map(|number| cohort.person(number).unwrap())
        .collect();
    let mut cited = 0;
    for (position, row) in shares.facts.iter().enumerate() {
        let Some(expected) = row.yes.filter(|_| row.source != CHOSEN) else {
            continue;
        };
        let before = || shares.facts[..position].iter().filter(|it| it.id == row.id);
        let fact = bundle.schema().find(&row.id).unwrap();
        let (mut of, mut yes) = (0_u64, 0_u64);
        for person in &people {
            if holds(&bundle, person, row) && !before().any(|it| holds(&bundle, person, it)) {
                of += 1;
                yes += u64::from(person.get(fact).truth() == Truth::True);
            }
        }
        // Three standard deviations of a share of a half among 1500 people are 39 thousandths.
        assert!(of > 1500, "{}: {of} people", row.id);
        let found = yes * 1000 / of;
        assert!(
            found.abs_diff(expected) <= 39,
            "{}: {found} instead of {expected} of 1000",
            row.id
        );
        cited += 1;
    }
    assert!(cited >= 7, "{cited} rows cite a source");
}

#[test]
fn no_constraint_is_broken_and_every_regimen_has_every_answer_that_it_can() {
    let bundle = bundle();
    let (program, shares) = (bundle.program(), shares());
    let cohort = Cohort::new(&bundle, &shares, day("2026-11-01"), 5);
    let plan = bundle.regimen_verdicts();
    let mut seen = vec![[0_u32; 3]; plan.roots()];
    for number in 0..5000 {
        let person = cohort.person(number).unwrap();
        for constraint in bundle.constraints() {
            let kept = program.truth_of(&person, *constraint) != Truth::False;
            assert!(
                kept,
                "{:?} of person {number}",
                program.name_of(*constraint)
            );
        }
        for (seen, truth) in seen.iter_mut().zip(plan.truths(&person)) {
            seen[match truth {
                Truth::True => 0,
                Truth::False => 1,
                Truth::Unknown => 2,
            }] += 1;
        }
    }
    for (regimen, seen) in bundle.content().regimens.iter().zip(&seen) {
        let judged = regimen
            .indications
            .iter()
            .any(|it| it.scope == waymark_engine::bundle::Scope::Metastatic && it.to.is_none());
        assert_eq!(
            seen.iter().all(|people| *people > 0),
            judged,
            "{}: {seen:?}",
            regimen.id
        );
    }
}

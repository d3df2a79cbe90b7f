//! The trials behind each regimen, as the JSON carries them.

use std::collections::BTreeSet;
use waymark_engine::bundle::Topic::{
    self, HowGiven, HowItWorks, HowStudied, MayFace, MayGain, NotKnown, WhenToCall,
};
use waymark_engine::bundle::{Basis, Endpoint, Layer, Measure, Scope, Status};
use waymark_engine::chart::Completeness;
use waymark_engine::{replay, wire};
use waymark_testsuite::{assess, bundle, chart, day, root};

#[test]
fn evidence_holds_to_the_published_schema() {
    let bundle = bundle();
    let schema = std::fs::read_to_string(root().join("docs/assessment.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let chart = chart(&root().join("examples/minimal.chart"), &bundle).unwrap();
    let mut answer = assess(&chart, &bundle, day("2026-11-01"), Completeness::Partial);
    assert!(
        answer
            .regimens
            .iter()
            .all(|regimen| regimen.evidence.is_none())
    );
    for regimen in &mut answer.regimens {
        regimen.evidence = Some(wire::trials(&bundle, &regimen.id));
    }
    let answer = serde_json::to_value(answer).unwrap();
    let problems: Vec<String> = validator
        .iter_errors(&answer)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert!(problems.is_empty(), "{problems:#?}");
}

/// The figures are those of the publications, digit by digit; what is from memory stands apart and says so.
#[test]
fn figures_are_carried_as_written() {
    let trials = wire::trials(&bundle(), "tucatinib-trastuzumab-capecitabine");
    let trial = trials.first().unwrap();
    assert_eq!((&*trial.nct, trial.people), ("NCT02614794", Some(612)));
    let survival = trial
        .results
        .iter()
        .find(|row| row.endpoint == Endpoint::Os)
        .unwrap();
    assert_eq!(survival.measure, Some(Measure::Median));
    let value = |figure: &Option<wire::Figure>| figure.as_ref().unwrap().value.clone();
    assert_eq!(
        (value(&survival.given), value(&survival.comparator)),
        ("24.7".into(), "19.2".into())
    );
    let ratio = survival.compared.as_ref().unwrap();
    let ends = (ratio.low.as_deref(), ratio.high.as_deref());
    assert_eq!(
        (&*ratio.value, ends),
        ("0.73", (Some("0.59"), Some("0.90")))
    );
    let response = trial
        .results
        .iter()
        .find(|row| row.endpoint == Endpoint::Orr)
        .unwrap();
    assert_eq!(response.status, Status::Memory);
}

#[test]
fn pivotal_trials_come_first_and_no_trial_twice() {
    let bundle = bundle();
    for regimen in &bundle.content().regimens {
        let trials = wire::trials(&bundle, &regimen.id);
        let roles: Vec<bool> = trials.iter().map(|trial| trial.pivotal).collect();
        assert!(
            roles.is_sorted_by(|before, after| before >= after),
            "{}",
            regimen.id
        );
        let ids: BTreeSet<&str> = trials.iter().map(|trial| &*trial.id).collect();
        assert_eq!(
            ids.len(),
            regimen.pivotal.len() + regimen.studied.len(),
            "{}",
            regimen.id
        );
    }
    assert!(wire::trials(&bundle, "no-such-regimen").is_empty());
}

/// A reader of any regimen that is judged for metastatic disease finds, in plain words, each thing that people ask.
#[test]
fn what_people_ask_is_answered_or_said_to_be_unknown() {
    let bundle = bundle();
    let judged = |scope: Scope| scope == Scope::Metastatic;
    for regimen in &bundle.content().regimens {
        if !regimen.indications.iter().any(|it| judged(it.scope)) && regimen.basis == Basis::Label {
            continue;
        }
        let given = regimen
            .medicines
            .iter()
            .chain(regimen.one_of.iter().flatten());
        let medicines = given
            .filter_map(|id| bundle.medicine(id))
            .flat_map(|it| &it.about);
        let topics: BTreeSet<_> = regimen
            .about
            .iter()
            .chain(medicines)
            .map(|it| it.topic)
            .collect();
        let asked = [
            HowGiven, HowItWorks, MayGain, MayFace, HowStudied, NotKnown, WhenToCall,
        ];
        let open: Vec<_> = asked
            .iter()
            .filter(|topic| !topics.contains(topic))
            .collect();
        assert!(open.is_empty(), "{}: {open:?}", regimen.id);
    }
}

/// A figure says of how many in 100 it is, and what everyone sees first has none.
#[test]
fn figures_of_how_often_are_of_100_people_and_wait_to_be_asked_for() {
    let bundle = bundle();
    let content = bundle.content();
    let told = content.regimens.iter().flat_map(|it| &it.about);
    let mut figures = 0;
    for about in told.chain(content.medicines.iter().flat_map(|it| &it.about)) {
        let text = &about.text;
        assert!(!text.contains('%'), "{text}");
        let outcome = matches!(about.topic, Topic::MayGain | Topic::MayFace);
        match about.layer {
            Some(Layer::HowOften) => {
                assert!(text.contains("in 100 ") && outcome, "{text}");
                figures += 1;
            }
            Some(Layer::HowLong | Layer::Survival) => {
                assert!(
                    text.to_lowercase().contains("half ") || text.contains("in 100 "),
                    "{text}"
                );
            }
            None if outcome => assert!(!text.contains("in 100 "), "{text}"),
            None => {}
        }
    }
    assert!(figures > 10);
}

/// A stored answer with its evidence is confirmed, and a figure that was changed is found.
#[test]
fn a_replay_compares_the_figures() {
    let bundle = bundle();
    let chart = chart(&root().join("examples/minimal.chart"), &bundle).unwrap();
    let mut stored = assess(&chart, &bundle, day("2026-11-01"), Completeness::Partial);
    for regimen in &mut stored.regimens {
        regimen.evidence = Some(wire::trials(&bundle, &regimen.id));
    }
    let now = replay::again(&stored, &bundle).unwrap();
    assert!(replay::differences(&stored, &now).is_empty());
    let changed = stored
        .regimens
        .iter_mut()
        .filter_map(|regimen| regimen.evidence.as_mut())
        .find_map(|trials| trials.first_mut());
    changed.unwrap().people = Some(1);
    let differences = replay::differences(&stored, &now);
    assert_eq!(differences.len(), 1);
    assert!(
        differences[0].place.ends_with("people"),
        "{}",
        differences[0].place
    );
}

//! The knowledge of the template before and after one edit, with every move worked out by hand.

use crate::sample::{files, run};
use waymark_criteria::{Bounds, Date, FactColumns, Truth, Value};
use waymark_engine::Bundle;
use waymark_engine::assess::assess;
use waymark_engine::bundle::Content;
use waymark_engine::chart::{Completeness, written};
use waymark_engine::derive::derive;
use waymark_engine::wire::{self, Verdict};
use waymark_knowledge::Tree;
use waymark_knowledge::diff::{
    Change, Comparison, Effect, EntryChange, Role, Standing, entries, feeds_facts, verdicts,
};

const REGIMEN: &str = "examplimab-alone";
const CRITERION: &str = "regimen-before-where-required";

fn template() -> Bundle {
    run(&Tree::new(files())).bundle.unwrap()
}

fn edited(edit: impl FnOnce(&mut Content)) -> Bundle {
    let mut content = template().content().clone();
    edit(&mut content);
    Bundle::new(content).unwrap()
}

/// The number of regimens that the criterion asks for.
fn asking(number: &str) -> Bundle {
    edited(|content| {
        let criterion = content
            .criteria
            .iter_mut()
            .find(|it| it.id == CRITERION)
            .unwrap();
        assert!(criterion.cql.contains(">= 1"));
        criterion.cql = criterion.cql.replace(">= 1", number);
    })
}

fn between(low: Option<i64>, high: Option<i64>) -> Value {
    Value::Bounds(Bounds { low, high })
}

/// While the limit lasts: marker and earlier regimens.
fn people(bundle: &Bundle) -> FactColumns {
    let yes = Truth::True;
    let people = [
        (yes, between(Some(0), Some(0))),
        (yes, between(Some(1), Some(1))),
        (yes, between(Some(2), Some(2))),
        (yes, between(Some(1), None)),
        (yes, between(Some(0), Some(1))),
        (yes, between(None, None)),
        (Truth::False, between(Some(0), Some(0))),
        (Truth::Unknown, between(Some(1), Some(1))),
    ];
    let mut columns = FactColumns::unknown(bundle.schema(), people.len());
    let fact = |id| bundle.schema().find(id).unwrap();
    let day = Date::parse("2022-01-01").unwrap().to_days();
    for (lane, (marker, regimens)) in people.into_iter().enumerate() {
        columns.set(lane, bundle.as_of(), Value::Bounds(Bounds::exact(day)));
        columns.set(lane, fact("marker-positive"), Value::Truth(marker));
        columns.set(lane, fact("earlier-regimens"), regimens);
    }
    columns
}

fn effect(old: &Bundle, new: &Bundle) -> Effect {
    let comparison = Comparison::new(old, new).unwrap();
    let mut effect = comparison.nobody();
    comparison.judge(&people(comparison.facts()), &mut effect);
    effect
}

/// The moves of a regimen, caution or piece of guidance.
fn moves(effect: &Effect, id: &str) -> Vec<(Standing, Standing, u64)> {
    effect
        .items
        .iter()
        .find(|item| item.id == id)
        .unwrap()
        .moves()
}

#[test]
fn nothing_moves_between_equal_bundles() {
    let effect = effect(&template(), &template());
    assert_eq!(
        (effect.people, effect.gain, effect.lose, effect.differ),
        (8, 0, 0, 0)
    );
    assert!(effect.items.iter().all(|item| item.moves().is_empty()));
    let judged: Vec<(Role, &str)> = effect
        .items
        .iter()
        .map(|it| (it.role, it.id.as_str()))
        .collect();
    assert_eq!(
        judged,
        [
            (Role::Regimen, REGIMEN),
            (Role::Caution, "examplimab-alone-caution"),
            (Role::Caution, "examplimab-earlier"),
            (Role::Guidance, "ask-for-the-marker"),
        ]
    );
    // Two regimens for sure: the third person alone. A caution without a define holds for everyone.
    let met = |id: &str| {
        effect
            .items
            .iter()
            .find(|it| it.id == id)
            .unwrap()
            .met_after
    };
    assert_eq!(met("examplimab-earlier"), 1);
    assert_eq!(met("examplimab-alone-caution"), 8);
    // Held since 2024.
    assert_eq!(met("ask-for-the-marker"), 0);
}

#[test]
fn a_stricter_threshold_takes_the_option_from_whom_it_no_longer_fits() {
    // One regimen, and at least one: met until now. With two asked for, one is too few; at least one may be enough.
    // None to one: was open and is too few now, as is one where the marker is open.
    let effect = effect(&template(), &asking(">= 2"));
    assert_eq!(
        moves(&effect, REGIMEN),
        [
            (Standing::Unknown, Standing::NotMet, 2),
            (Standing::Met, Standing::NotMet, 1),
            (Standing::Met, Standing::Unknown, 1),
        ]
    );
    assert_eq!((effect.gain, effect.lose, effect.differ), (0, 2, 4));
    let regimen = &effect.items[0];
    assert_eq!((regimen.met_before, regimen.met_after), (3, 1));
    assert!(effect.items[1..].iter().all(|item| item.moves().is_empty()));
}

#[test]
fn a_looser_threshold_gives_it() {
    // None is enough now: the first person, and the fifth with none or one. The one without the marker stays out.
    let effect = effect(&template(), &asking(">= 0"));
    assert_eq!(
        moves(&effect, REGIMEN),
        [
            (Standing::NotMet, Standing::Met, 1),
            (Standing::Unknown, Standing::Met, 1),
        ]
    );
    assert_eq!((effect.gain, effect.lose, effect.differ), (2, 0, 2));
}

#[test]
fn a_regimen_that_is_gone_is_lost_to_those_who_met_it() {
    let without = edited(|content| content.regimens.clear());
    // Met 3 (one, two, at least one), not met 2 (none; no marker), open 3.
    let gone = effect(&template(), &without);
    assert_eq!(
        moves(&gone, REGIMEN),
        [
            (Standing::Met, Standing::Absent, 3),
            (Standing::Unknown, Standing::Absent, 3),
            (Standing::NotMet, Standing::Absent, 2),
        ]
    );
    assert_eq!((gone.gain, gone.lose, gone.differ), (0, 3, 8));
    let new = effect(&without, &template());
    assert_eq!((new.gain, new.lose, new.differ), (3, 0, 8));
}

#[test]
fn facts_are_matched_by_their_ids() {
    // A fact that comes first in order moves the places of all others.
    let more = edited(|content| {
        let mut fact = content
            .facts
            .iter()
            .find(|it| it.id == "marker-positive")
            .unwrap()
            .clone();
        fact.id = "aa-marker".to_owned();
        fact.cql.clear();
        content.facts.insert(0, fact);
        let criterion = content
            .criteria
            .iter_mut()
            .find(|it| it.id == CRITERION)
            .unwrap();
        criterion.cql = criterion.cql.replace(">= 1", ">= 2");
    });
    let expected = effect(&template(), &asking(">= 2"));
    assert_eq!(effect(&template(), &more), expected);
    // And where the old one has the fact that the new one lacks.
    let back = effect(&more, &template());
    assert_eq!((back.gain, back.lose), (expected.lose, expected.gain));
}

/// Kind and id, fields with their stars, star.
type Shown<'a> = (String, Vec<(&'a str, bool)>, bool);

fn shown(changes: &[EntryChange]) -> Vec<Shown<'_>> {
    let one = |entry: &'_ EntryChange| format!("{} {}", entry.kind, entry.id);
    let fields = changes.iter().map(|it| {
        it.fields
            .iter()
            .map(|(path, star)| (path.as_str(), *star))
            .collect()
    });
    changes
        .iter()
        .zip(fields)
        .map(|(it, fields)| (one(it), fields, it.star))
        .collect()
}

#[test]
fn a_star_stands_at_what_can_change_a_result() {
    let new = edited(|content| {
        content.version = "2026.12.0".to_owned();
        let criterion = content
            .criteria
            .iter_mut()
            .find(|it| it.id == CRITERION)
            .unwrap();
        criterion.cql = criterion.cql.replace(">= 1", ">= 2");
        criterion.met = "Enough came before.".to_owned();
        let regimen = &mut content.regimens[0];
        regimen.about.clear();
        regimen.indications[0].from = "2020-02-04".to_owned();
        regimen.indications[0].text = "Other words.".to_owned();
        content.guidance[0].statement = "Other words.".to_owned();
        content.trials.pop();
        content.line_rules[0].says = "Other words.".to_owned();
    });
    let (old, new) = (template(), new);
    let changes = entries(old.content(), new.content());
    assert_eq!(
        shown(&changes),
        [
            (
                "criterion regimen-before-where-required".to_owned(),
                vec![("cql", true), ("met", false)],
                true
            ),
            (
                "regimen examplimab-alone".to_owned(),
                vec![
                    ("about.gain-often", false),
                    ("indications.ex-1.from", true),
                    ("indications.ex-1.text", false)
                ],
                true
            ),
            (
                "guidance ask-for-the-marker".to_owned(),
                vec![("statement", false)],
                false
            ),
            ("trial example-2".to_owned(), vec![], false),
            (
                "line-rule started-together".to_owned(),
                vec![("says", false)],
                false
            ),
        ]
    );
    assert_eq!(changes[3].change, Change::Removed);
    assert!(changes[1].touches("ex-1") && !changes[1].touches("ex-2"));
    assert!(!changes.iter().any(feeds_facts));
    assert!(entries(old.content(), old.content()).is_empty());
}

#[test]
fn what_bears_on_how_facts_follow_is_told_apart() {
    let new = edited(|content| {
        content.medicines[0].classes.pop();
        content.terms[0].terms[0].display = "other words".to_owned();
        content
            .facts
            .iter_mut()
            .find(|it| it.id == "marker-positive")
            .unwrap()
            .cql
            .clear();
    });
    let changes = entries(template().content(), new.content());
    let ids: Vec<(&str, bool)> = changes
        .iter()
        .map(|it| (it.id.as_str(), feeds_facts(it)))
        .collect();
    assert_eq!(
        ids,
        [
            ("marker-positive", true),
            ("examplimab", true),
            ("example-codes", false)
        ]
    );
}

fn answer(bundle: &Bundle, day: &str, regimens: i64) -> wire::Assessment {
    let text = format!(
        "chart 1\npatient: made-up\nfact marker-positive = true\nfact earlier-regimens = {regimens}\n"
    );
    let chart = written::read(&text, bundle).unwrap();
    let day = Date::parse(day).unwrap();
    let facts = derive(&chart, bundle, day, Completeness::Partial);
    assess(&chart, &facts, bundle, day)
}

#[test]
fn a_patient_is_told_which_criterion_changed() {
    let (old, new) = (template(), asking(">= 2"));
    let changes = verdicts(
        &answer(&old, "2022-01-01", 1),
        &answer(&new, "2022-01-01", 1),
    );
    let [change] = &changes[..] else {
        panic!("{changes:#?}")
    };
    assert_eq!(change.regimen, REGIMEN);
    let side = |side: &Option<waymark_knowledge::diff::Side>| {
        let side = side.as_ref().unwrap();
        (
            side.verdict,
            side.nearest.clone(),
            side.unmet.clone(),
            side.missing.clone(),
        )
    };
    let nearest = Some("ex-1".into());
    assert_eq!(
        side(&change.before),
        (Verdict::Indicated, nearest.clone(), vec![], vec![])
    );
    assert_eq!(
        side(&change.after),
        (
            Verdict::NotIndicated,
            nearest,
            vec![CRITERION.into()],
            vec![]
        )
    );
    let [criterion] = &change.criteria[..] else {
        panic!("{change:#?}")
    };
    assert_eq!(criterion.id, CRITERION);
    assert_eq!(
        (criterion.before, criterion.after),
        (Some(wire::Truth::True), Some(wire::Truth::False))
    );
    assert!(change.facts.is_empty(), "{change:#?}");
    // Two regimens are enough for both, and after the limit none is needed.
    for (day, regimens) in [("2022-01-01", 2), ("2025-02-01", 1)] {
        assert_eq!(
            verdicts(&answer(&old, day, regimens), &answer(&new, day, regimens)),
            []
        );
    }
}

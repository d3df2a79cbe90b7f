//! What a decision aid owes its reader, by the IPDAS checklist: options with both sides in like detail, what each is like
//! to live with, and what comes after a test either way.

use std::collections::BTreeSet;
use waymark_engine::Bundle;
use waymark_engine::bundle::Topic::{
    self, DailyLife, HowGiven, IfFound, IfNotFound, LooksFor, MayFace, MayGain, NotKnown,
    TimeItTakes, WhatPeopleNotice, WhenToCall,
};
use waymark_engine::bundle::{About, Card, Guidance, Layer};
use waymark_testsuite::bundle;

fn topics<'a>(about: impl IntoIterator<Item = &'a About>) -> BTreeSet<Topic> {
    about.into_iter().map(|it| it.topic).collect()
}

fn words(about: &[About], topic: Topic, first_seen: bool) -> usize {
    about
        .iter()
        .filter(|it| it.topic == topic && !(first_seen && it.layer.is_some()))
        .map(|it| it.text.split_whitespace().count())
        .sum()
}

fn cards(bundle: &Bundle, card: Card) -> Vec<&Guidance> {
    let all = bundle.content().guidance.iter();
    all.filter(|it| it.card == Some(card)).collect()
}

/// Every regimen, and every way to go on without a new medicine.
fn options(bundle: &Bundle) -> Vec<(&str, &[About])> {
    let regimens = bundle.content().regimens.iter();
    let mut options: Vec<(&str, &[About])> = regimens.map(|it| (&*it.id, &*it.about)).collect();
    options.extend(
        cards(bundle, Card::Option)
            .into_iter()
            .map(|it| (&*it.id, &*it.about)),
    );
    options
}

#[test]
fn every_option_says_what_it_is_like() {
    let bundle = bundle();
    for (id, about) in options(&bundle) {
        let told = topics(about);
        for topic in [
            HowGiven,
            TimeItTakes,
            MayGain,
            MayFace,
            WhatPeopleNotice,
            DailyLife,
            NotKnown,
        ] {
            assert!(told.contains(&topic), "{id}: {topic:?}");
        }
    }
}

/// Words of gain to words of harm lie between 0.6 and 1.67, of what is seen first and of all of it.
#[test]
fn gain_and_harm_get_like_detail() {
    let bundle = bundle();
    for (id, about) in options(&bundle) {
        for first_seen in [true, false] {
            let gain = words(about, MayGain, first_seen);
            let harm = words(about, MayFace, first_seen);
            assert!(
                gain * 100 >= harm * 60 && gain * 100 <= harm * 167,
                "{id}: {gain} words of gain, {harm} of harm, seen first: {first_seen}"
            );
        }
    }
}

#[test]
fn the_options_that_are_no_new_medicine_are_there() {
    let bundle = bundle();
    let ids: BTreeSet<&str> = cards(&bundle, Card::Option)
        .into_iter()
        .map(|it| &*it.id)
        .collect();
    let wanted = [
        "clinical-trials",
        "comfort-focused-care",
        "stay-on-present-plan",
    ];
    assert_eq!(ids, BTreeSet::from(wanted));
}

#[test]
fn every_test_says_what_it_looks_for_and_what_comes_next_either_way() {
    let bundle = bundle();
    let tests = cards(&bundle, Card::Test);
    let ids: BTreeSet<&str> = tests.iter().map(|it| &*it.id).collect();
    let wanted = [
        "test-biopsy",
        "test-brain-scan",
        "test-heart-scan",
        "test-receptors-again",
    ];
    assert_eq!(ids, BTreeSet::from(wanted));
    for test in tests {
        let told = topics(&test.about);
        for topic in [LooksFor, IfFound, IfNotFound] {
            assert!(told.contains(&topic), "{}: {topic:?}", test.id);
        }
        // That scans without symptoms help is unproven, and the card says so.
        assert!(test.id != "test-brain-scan" || told.contains(&NotKnown));
    }
}

/// One card, and a sign of each kind that calls for the same day.
#[test]
fn when_to_call_names_each_kind_of_sign() {
    let bundle = bundle();
    let found = cards(&bundle, Card::WhenToCall);
    let [card] = found.as_slice() else {
        panic!("{} cards", found.len());
    };
    let signs: BTreeSet<&str> = card.about.iter().map(|it| &*it.id).collect();
    for sign in ["brain", "lungs", "heart", "fever", "diarrhoea", "liver"] {
        assert!(signs.contains(sign), "{sign}");
    }
    assert!(card.about.iter().all(|it| it.topic == WhenToCall));
}

/// The words of a sentence, without what stands around them.
fn bare(text: &str) -> Vec<&str> {
    let around = |it: char| !it.is_alphanumeric() && it != '%';
    text.split_whitespace()
        .map(|word| word.trim_matches(around))
        .collect()
}

fn count(word: &str) -> Option<u32> {
    word.replace(',', "").parse().ok()
}

/// Whether a sentence says of how many people it is: `621 people`, which `27 in 100 people` does not.
fn names_people(text: &str) -> bool {
    bare(text)
        .windows(3)
        .any(|it| it[0] != "in" && count(it[1]).is_some() && it[2] == "people")
}

/// The shares of a sentence, each with what it is of: `27 in 100` is (27, 100).
fn shares(text: &str) -> Vec<(u32, u32)> {
    let share = |it: &[&str]| Some((count(it[0])?, count(it[2])?)).filter(|_| it[1] == "in");
    bare(text).windows(3).filter_map(share).collect()
}

/// Every entry with plain answers, and the sentences that stand before them.
fn told(bundle: &Bundle) -> Vec<(&str, &str, &[About])> {
    let content = bundle.content();
    let regimens = content.regimens.iter().map(|it| (&*it.id, "", &*it.about));
    let guidance = content
        .guidance
        .iter()
        .map(|it| (&*it.id, &*it.statement, &*it.about));
    regimens.chain(guidance).collect()
}

#[test]
fn every_number_says_of_how_many_people_it_is_or_how_sure() {
    let bundle = bundle();
    let mut seen = 0;
    for (id, statement, about) in told(&bundle) {
        for number in about.iter().filter(|it| it.layer.is_some()) {
            seen += 1;
            let points_back = ["same study", "that study"]
                .iter()
                .any(|it| number.text.contains(it));
            let other = about
                .iter()
                .filter(|it| it.id != number.id && it.source == number.source)
                .any(|it| names_people(&it.text));
            let named = names_people(&number.text)
                || number.text.contains("interval")
                || (points_back && (other || names_people(statement)));
            assert!(named, "{id}, {}: {}", number.id, number.text);
        }
    }
    assert!(seen > 40, "{seen} sentences with numbers");
}

#[test]
fn how_often_is_of_a_hundred_and_says_both_sides() {
    let bundle = bundle();
    for (id, statement, about) in told(&bundle) {
        for text in std::iter::once(statement).chain(about.iter().map(|it| &*it.text)) {
            assert!(
                shares(text).iter().all(|(_, of)| *of == 100),
                "{id}: {text}"
            );
        }
        let how_often = about.iter().filter(|it| it.layer == Some(Layer::HowOften));
        for number in how_often {
            let sides: Vec<u32> = shares(&number.text)
                .iter()
                .map(|(share, _)| *share)
                .collect();
            assert!(
                sides.len() >= 2 && sides[0] + sides[1] == 100,
                "{id}: {}",
                number.text
            );
        }
    }
}

#[test]
fn sentences_about_people_are_told_from_shares() {
    assert!(names_people(
        "In a study of 1,157 people, some were helped."
    ));
    assert!(!names_people("About 27 in 100 people were helped."));
    assert_eq!(
        shares("About 27 in 100 people; in 2 of 3, not."),
        [(27, 100)]
    );
}

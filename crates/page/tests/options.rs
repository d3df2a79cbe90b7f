//! The options of every person: each therapy once, in a group that says so in a word and a shape, with both sides told alike.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod guide;

use guide::{
    DEPTHS, PEOPLE, answers, element, everyone, guide as the_guide, page, page_of, reading, tags,
    text, values,
};
use std::collections::BTreeSet;
use waymark_engine::bundle::{About, Layer};
use waymark_page::{Answers, Status};

fn cards(html: &str) -> Vec<&str> {
    let ids = values(html, "id")
        .into_iter()
        .filter(|it| it.starts_with("card-"));
    ids.map(|id| element(html, "article", id).unwrap())
        .collect()
}

#[test]
fn every_therapy_stands_in_the_group_of_its_status_once() {
    for name in everyone() {
        let html = page_of("page", name);
        let mut shown = BTreeSet::new();
        for (status, regimens) in reading(name).groups() {
            let group = element(&html, "section", &format!("group-{}", status.word())).unwrap();
            let cards = cards(group);
            assert_eq!(cards.len(), regimens.len(), "{name} {}", status.word());
            for (card, regimen) in cards.iter().zip(&regimens) {
                assert!(
                    card.contains(&format!("id=\"card-{}\"", regimen.id)),
                    "{name}"
                );
                assert!(
                    shown.insert(regimen.id.to_string()),
                    "{name}: {} twice",
                    regimen.id
                );
            }
        }
        let all: BTreeSet<String> = the_guide()
            .bundle
            .content()
            .regimens
            .iter()
            .map(|it| it.id.clone())
            .collect();
        assert_eq!(shown, all, "{name}");
    }
}

#[test]
fn a_status_is_a_word_and_a_shape() {
    let words = [
        ("may", "May be an option to discuss"),
        ("depends", "Depends on a result we don’t have"),
        ("later", "Often used at another point"),
        ("notnow", "Does not match the approved use today"),
        ("trial", "Being studied"),
    ];
    let mut seen = BTreeSet::new();
    for name in everyone() {
        let html = page_of("page", name);
        for card in cards(&html) {
            let Some(status) = values(card, "data-status").first().copied() else {
                continue;
            };
            seen.insert(status.to_owned());
            let (_, word) = words.iter().find(|(it, _)| *it == status).unwrap();
            assert!(text(card).contains(word), "{name}: {status}");
            assert!(
                card.contains(&format!("class=\"shape {status}\"")),
                "{name}: {status}"
            );
        }
    }
    assert!(
        seen.len() >= 4,
        "people of nearly every status are tried: {seen:?}"
    );
}

#[test]
fn no_group_stands_empty_or_alone() {
    for name in everyone() {
        let html = page_of("page", name);
        for status in Status::ALL {
            if let Some(group) = element(&html, "section", &format!("group-{}", status.word())) {
                assert!(!cards(group).is_empty(), "{name}: {}", status.word());
            }
        }
        let some = reading(name).groups().contains_key(&Status::May);
        let none_yet = html.contains("id=\"none-yet\"");
        assert_eq!(none_yet, !some, "{name}: what leads where nothing may fit");
        assert!(
            !cards(element(&html, "section", "group-also").unwrap()).is_empty(),
            "{name}"
        );
    }
}

#[test]
fn every_way_to_go_on_that_is_no_medicine_has_a_card_of_its_own() {
    let html = page_of("page", "nobody");
    let also = element(&html, "section", "group-also").unwrap();
    for id in [
        "stay-on-present-plan",
        "comfort-focused-care",
        "clinical-trials",
    ] {
        assert!(also.contains(&format!("id=\"card-{id}\"")), "{id}");
    }
}

/// IPDAS C1: the same place, the same level of heading, the same state.
#[test]
fn what_people_may_gain_and_may_face_stand_side_by_side_alike() {
    for name in everyone() {
        for card in cards(&page_of("page", name)) {
            assert_eq!(values(card, "data-panel"), ["gain", "face"], "{name}");
            let panels = card
                .split("data-panel=")
                .skip(1)
                .map(|it| it.split("</div>").next().unwrap());
            let shapes: Vec<(usize, usize)> = panels
                .map(|it| (tags(it, "h5").len(), tags(it, "details").len()))
                .collect();
            assert_eq!(shapes, [(1, 0), (1, 0)], "{name}");
        }
    }
}

fn abouts() -> Vec<&'static About> {
    let content = the_guide().bundle.content();
    let regimens = content.regimens.iter().flat_map(|it| &it.about);
    let medicines = content.medicines.iter().flat_map(|it| &it.about);
    regimens
        .chain(medicines)
        .chain(content.guidance.iter().flat_map(|it| &it.about))
        .collect()
}

/// A layer opens with its own choice and never before; survival has the last.
#[test]
fn numbers_come_only_when_asked_for() {
    let depth = |layer: Option<Layer>| match layer {
        None => 0,
        Some(Layer::HowOften) => 1,
        Some(Layer::HowLong) => 2,
        Some(Layer::Survival) => 3,
    };
    for (name, _) in PEOPLE {
        for (at, word) in DEPTHS.iter().enumerate() {
            let html = page("page", &answers(name), &[("numbers", word)]);
            for about in abouts().into_iter().filter(|it| depth(it.layer) > at) {
                let escaped = about.text.replace('&', "&amp;");
                assert!(!html.contains(&escaped), "{name} {word}: {}", about.text);
            }
        }
    }
    let html = page("page", &answers("grew-once"), &[("numbers", "survival")]);
    assert!(
        html.contains("lived for 52.6 months or longer"),
        "and it comes when it is asked for"
    );
}

/// Lines of numbers in cards carry the mark of their source.
#[test]
fn every_number_has_its_source() {
    for (name, _) in PEOPLE {
        let html = page("page", &answers(name), &[("numbers", "survival")]);
        let mut seen = 0;
        for item in html.split("data-layer=").skip(1) {
            let item = item.split("</li>").next().unwrap();
            assert_eq!(
                values(item, "data-source").len(),
                1,
                "{name}: {}",
                text(item)
            );
            seen += 1;
        }
        assert!(seen > 10, "{name}");
        for id in values(&html, "data-source") {
            assert!(the_guide().bundle.source(id).is_some(), "{name}: {id}");
        }
    }
}

/// "About 80 in 100" is drawn as eighty of a hundred dots.
#[test]
fn a_picture_of_a_hundred_has_as_many_dots_as_the_sentence_says() {
    let html = page("page", &answers("grew-once"), &[("numbers", "often")]);
    let card = element(&html, "article", "card-tdxd").unwrap();
    let item = card
        .split("data-layer=\"often\"")
        .find(|it| it.contains("about 80 in 100"))
        .unwrap();
    let item = item.split("</li>").next().unwrap();
    assert_eq!(item.matches("class=\"on\"").count(), 80);
    assert_eq!(item.matches("class=\"off\"").count(), 20);
}

/// IPDAS K10: what matters to a person chooses words and questions, never options or their order.
#[test]
fn values_never_change_the_options() {
    let content = the_guide().bundle.content();
    let Some(question) = content.questions.iter().find(|it| it.id == "matters") else {
        return;
    };
    for (name, _) in PEOPLE {
        let order = |answers: &Answers| -> Vec<String> {
            let html = page("page", answers, &[]);
            let ids = values(&html, "id")
                .into_iter()
                .filter(|it| it.starts_with("card-"));
            ids.map(str::to_owned).collect()
        };
        let without = order(&answers(name));
        for answer in &question.answers {
            let mut with = answers(name);
            with.answers.insert(
                question.id.clone(),
                waymark_page::answers::Given {
                    chosen: vec![answer.id.clone()],
                    ..Default::default()
                },
            );
            assert_eq!(order(&with), without, "{name}: {}", answer.id);
        }
    }
}

#[test]
fn what_does_not_fit_stands_first_and_is_named() {
    let html = page_of("page", "grew-once");
    let card = element(&html, "article", "card-thp").unwrap();
    assert_eq!(values(card, "data-status"), ["later"]);
    assert_eq!(values(card, "data-fits").first(), Some(&"unfit"));
    assert!(text(card).contains(
        "Chemotherapy or HER2 treatment has already been started for metastatic disease."
    ));
}

/// What holds for everyone who has a medicine is not told as if it were about this person.
#[test]
fn a_caution_says_for_whom_it_holds() {
    let saved = r#"{"waymark":1,"answers":{
        "her2":{"chosen":["positive"]},"spread":{"chosen":["liver"]},"health":{"chosen":["heart"]},
        "treatments":{"chosen":["all"],"treatments":[{"medicines":["docetaxel","trastuzumab","pertuzumab"],"ended":"grew"}]}}}"#;
    let person = Answers::restore(saved, &the_guide().bundle)
        .unwrap()
        .answers;
    let html = page("page", &person, &[]);
    let card = element(&html, "article", "card-tdxd").unwrap();
    let words = |key: &str| {
        let mut all = the_guide().bundle.content().wordings.iter();
        all.find(|it| it.id == "card")
            .unwrap()
            .texts
            .get(key)
            .unwrap()
            .clone()
    };
    let (closed, opened) = card.split_once("<details>").unwrap();
    let (_, opened) = opened.split_once(&words("cautions")).unwrap();
    let (for_everyone, for_some) = opened.split_once(&words("cautions-open")).unwrap();
    let [closed, for_everyone, for_some] = [closed, for_everyone, for_some].map(text);
    let said = words("because-told").replace("{what}", "heart failure");
    assert!(closed.contains(&said), "{closed}");
    let medicine = the_guide().bundle.medicine("tdxd").unwrap();
    let program = the_guide().bundle.program();
    let of_card = |part: &str, id: &str| {
        let text = &medicine
            .cautions
            .iter()
            .find(|it| it.id == id)
            .unwrap()
            .text;
        part.contains(&**text)
    };
    for caution in &medicine.cautions {
        let conditional = program.root(&caution.id).is_some();
        assert!(
            !conditional || !of_card(&for_everyone, &caution.id),
            "{} holds for some people alone",
            caution.id
        );
        assert!(
            conditional || !of_card(&closed, &caution.id) && !of_card(&for_some, &caution.id),
            "{} holds for everyone",
            caution.id
        );
    }
    assert!(of_card(&for_everyone, "tdxd-ild") && of_card(&closed, "tdxd-heart"));
}

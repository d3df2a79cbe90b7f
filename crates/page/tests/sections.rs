//! The sections of the page: who sees which, in what order, and what they must hold.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod guide;

use guide::{element, everyone, page_of, tags, text, values};
use waymark_criteria::Truth;

fn sections(html: &str) -> Vec<&str> {
    let main = element(html, "main", "main").unwrap();
    let tags = tags(main, "section");
    let ids = tags
        .into_iter()
        .filter_map(|tag| tag.split("id=\"").nth(1)?.split('"').next());
    ids.filter(|id| !id.starts_with("group-")).collect()
}

#[test]
fn the_sections_stand_in_their_order() {
    let all = [
        "in-short",
        "told",
        "your-cancer",
        "pathway",
        "options",
        "settle",
        "brain",
        "hormone",
        "trials",
        "timeline",
        "matters",
        "questions",
        "feeling-well",
        "call",
        "sure",
    ];
    assert_eq!(sections(&page_of("page", "nobody")), all);
    // Negative hormone receptors: no part on hormone medicines.
    let without: Vec<&str> = all.into_iter().filter(|it| *it != "hormone").collect();
    assert_eq!(sections(&page_of("page", "first-line")), without);
    assert_eq!(sections(&page_of("page", "quiet")), all);
}

#[test]
fn new_symptoms_put_the_card_on_calling_first() {
    assert_eq!(sections(&page_of("page", "brain-active"))[0], "call");
    assert_eq!(
        page_of("page", "brain-active")
            .matches("id=\"call\"")
            .count(),
        1
    );
}

/// IPDAS Q1 and Q2.
#[test]
fn the_page_names_the_cancer_and_the_decision() {
    let decision = |name| {
        let html = page_of("page", name);
        text(element(&html, "p", "decision").unwrap())
    };
    assert!(decision("first-line").contains("which treatment to begin with"));
    assert!(decision("under-way").contains("whether to go on as you are"));
    assert!(decision("quiet").contains("whether to go on as you are"));
    assert!(decision("grew-once").contains("which treatment comes next"));
    assert!(decision("brain-active").contains("the cancer in the brain"));
    assert!(decision("nobody").contains("which treatment fits where you are now"));
    let html = page_of("page", "first-line-hormone");
    let cancer = text(element(&html, "section", "your-cancer").unwrap());
    for said in [
        "HER2 positive",
        "yes, it is metastatic",
        "Hormone receptors positive",
        "bones",
    ] {
        assert!(cancer.contains(said), "{said}: {cancer}");
    }
    let html = page_of("page", "nobody");
    let cancer = text(element(&html, "section", "your-cancer").unwrap());
    assert!(cancer.matches("not known yet").count() >= 4, "{cancer}");
}

#[test]
fn whoever_this_guide_is_not_for_is_told_first_and_may_read_on() {
    let exit = |name| {
        let html = page_of("page", name);
        element(&html, "aside", "exit").map(text)
    };
    assert!(exit("early").unwrap().contains("has not spread"));
    assert!(exit("her2-low").unwrap().contains("HER2-low"));
    assert!(exit("her2-negative").unwrap().contains("not HER2-positive"));
    assert!(exit("other-cancer").unwrap().contains("another cancer"));
    for name in [
        "nobody",
        "first-line",
        "quiet",
        "grew-once",
        "brain-active",
        "undated",
    ] {
        assert_eq!(exit(name), None, "{name}");
    }
}

#[test]
fn the_brain_is_open_only_for_whom_it_is_part_of_the_answers() {
    for name in everyone() {
        let html = page_of("page", name);
        let brain = element(&html, "section", "brain").unwrap();
        let open = tags(brain, "details").first().unwrap().contains(" open");
        let reading = guide::reading(name);
        let told = [
            "brain-metastases",
            "leptomeningeal-disease",
            "new-neurological-symptoms",
        ];
        let part = told.iter().any(|fact| reading.truth(fact) == Truth::True);
        assert_eq!(open, part, "{name}");
    }
}

#[test]
fn what_would_settle_most_stands_in_the_order_of_the_engine() {
    for name in everyone() {
        let html = page_of("page", name);
        let settle = element(&html, "section", "settle").unwrap();
        let reading = guide::reading(name);
        let mut expected = reading
            .assessment
            .settle
            .iter()
            .map(|it| &*it.fact)
            .collect::<Vec<&str>>();
        // What is in the same report is asked for once: whether it is breast cancer, and HER2-low, behind HER2-positive. Nobody
        // needs a visit to tell their age.
        if expected.contains(&"her2-positive") {
            let same = ["breast-cancer", "her2-low", "her2-ultralow", "age"];
            expected.retain(|it| !same.contains(it));
        }
        assert_eq!(values(settle, "data-fact"), expected, "{name}");
    }
}

/// What is asked on request alone is offered where it could still tell something.
#[test]
fn what_is_asked_on_request_is_offered_beside_what_is_open() {
    let html = page_of("page", "nobody");
    let settle = element(&html, "section", "settle").unwrap();
    assert_eq!(values(settle, "data-question"), ["retest"]);
    assert!(settle.contains("/q/retest/"));
}

/// Guidance that carries the source page is read in that page's order: what metastatic means before the kinds of cancer.
#[test]
fn guidance_is_read_in_the_order_of_the_page_that_it_carries() {
    let html = page_of("page", "first-line");
    let section = element(&html, "section", "your-cancer").unwrap();
    let place = |id: &str| section.find(&format!("id=\"guidance-{id}\"")).unwrap();
    assert!(place("metastatic-definition") < place("four-kinds"));
    assert!(place("four-kinds") < place("retest-on-metastasis"));
    // Carries no statement of that page.
    assert!(place("retest-on-metastasis") < place("her2-low-comment"));
}

/// Whatever of guidance holds or may hold is on the page once.
#[test]
fn all_guidance_that_is_not_ruled_out_is_read_once() {
    for name in everyone() {
        let html = page_of("page", name);
        let content = guide::guide().bundle.content();
        for it in &guide::reading(name).assessment.guidance {
            let entry = content
                .guidance
                .iter()
                .find(|entry| entry.id == it.id)
                .unwrap();
            let ruled_out = it.verdict == waymark_engine::wire::Truth::False;
            let places = html.matches(&format!("id=\"guidance-{}\"", it.id)).count()
                + html.matches(&format!("id=\"card-{}\"", it.id)).count()
                + html
                    .matches(&entry.statement.replace('&', "&amp;").replace('"', "&quot;"))
                    .count();
            if ruled_out {
                assert_eq!(places, 0, "{name}: {}", it.id);
            } else if entry.card != Some(waymark_engine::bundle::Card::WhenToCall)
                && !whole_part_is_left_out(entry, &html)
            {
                assert_eq!(places, 2, "{name}: {} once, with its statement", it.id);
            }
        }
    }
}

/// Hormone medicines are left out where the receptors are negative; what is about calling is a sentence of the card alone.
fn whole_part_is_left_out(entry: &waymark_engine::bundle::Guidance, html: &str) -> bool {
    use waymark_engine::bundle::Theme;
    match entry.theme {
        Some(Theme::Hormone) => !html.contains("<section id=\"hormone\""),
        Some(Theme::Call) => true,
        _ => false,
    }
}

/// The number to dial goes with where care is given.
#[test]
fn the_emergency_number_is_that_of_the_region() {
    let mut answers = guide::answers("nobody");
    let mut call = |region: Option<&str>| {
        if let Some(region) = region {
            let given = waymark_page::answers::Given {
                chosen: vec![region.to_owned()],
                ..Default::default()
            };
            answers.answers.insert("region".to_owned(), given);
        }
        let html = guide::page("page", &answers, &[]);
        text(element(&html, "section", "call").unwrap())
    };
    assert!(call(None).contains("911 in the United States, or your local"));
    assert!(call(Some("us")).contains("call 911."));
    let elsewhere = call(Some("elsewhere"));
    assert!(elsewhere.contains("your local emergency number") && !elsewhere.contains("911"));
}

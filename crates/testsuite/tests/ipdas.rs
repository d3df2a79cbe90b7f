//! The score as a decision aid: what it points to is there, and what is not met is said.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use waymark_knowledge::bundle_for_build;
use waymark_page::{Door, Fields, Guide, Request, Site, pages, respond};
use waymark_testsuite::{day, root};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Score {
    schema: String,
    #[serde(rename = "checklist")]
    _checklist: String,
    scored_on: String,
    #[serde(rename = "scored-by")]
    _scored_by: String,
    items: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    id: String,
    kind: String,
    item: String,
    status: String,
    evidence: Vec<String>,
    note: Option<String>,
}

fn score() -> Score {
    let text = std::fs::read_to_string(root().join("docs/ipdas.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// What stands at a pointer: `page:PATH`, `page:PATH#ID` or `test:FILE::NAME`.
fn resolves(pointer: &str, pages: &BTreeMap<String, String>) -> bool {
    match pointer.split_once(':') {
        Some(("page", place)) => {
            let (path, id) = place.split_once('#').unwrap_or((place, "main"));
            let html = pages.get(path);
            html.is_some_and(|html| html.contains(&format!("id=\"{id}\"")))
        }
        Some(("test", place)) => {
            let Some((file, name)) = place.split_once("::") else {
                return false;
            };
            let text = std::fs::read_to_string(root().join(file)).unwrap_or_default();
            text.contains(&format!("#[test]\nfn {name}()"))
        }
        _ => false,
    }
}

#[test]
fn every_pointer_leads_somewhere() {
    let (bundle, translations) = bundle_for_build(&root().join("kb")).unwrap();
    let guide = Guide {
        bundle,
        translations,
        site: Site::default(),
    };
    let shown = pages(&guide).into_iter().map(|path| {
        let request = Request {
            path: &path,
            fields: Fields(&[]),
            today: day("2026-11-26"),
            door: Door::Static,
            chart: None,
        };
        let html = respond(&guide, &request).html;
        (path, html)
    });
    let shown: BTreeMap<String, String> = shown.collect();
    let mut lost = Vec::new();
    for item in score().items {
        let pointers = item.evidence.into_iter();
        lost.extend(
            pointers
                .filter(|it| !resolves(it, &shown))
                .map(|it| (item.id.clone(), it)),
        );
    }
    assert!(lost.is_empty(), "{lost:#?}");
    assert!(!resolves("page:about#nowhere", &shown));
    assert!(!resolves(
        "test:crates/page/tests/topics.rs::nothing",
        &shown
    ));
}

#[test]
fn every_item_is_scored_and_what_is_not_met_says_why() {
    let score = score();
    assert_eq!(score.schema, "waymark.ipdas/1");
    assert!(score.scored_on.as_str() <= "2026-11-26");
    let ids: BTreeSet<&str> = score.items.iter().map(|it| &*it.id).collect();
    assert_eq!(ids.len(), score.items.len(), "each item once");
    let of_kind = |kind: &str| score.items.iter().filter(|it| it.kind == kind).count();
    assert_eq!((of_kind("qualifying"), of_kind("certifying")), (6, 10));
    assert_eq!(of_kind("quality"), score.items.len() - 16);
    let mut open = Vec::new();
    for item in &score.items {
        assert!(!item.item.is_empty());
        match item.status.as_str() {
            "met" => assert!(!item.evidence.is_empty(), "{}: nothing shows it", item.id),
            "partly" => assert!(item.note.is_some(), "{}: what is missing?", item.id),
            "not-met" => {}
            other => panic!("{}: no status is called {other}", item.id),
        }
        if item.status != "met" && item.kind != "quality" {
            open.push(&*item.id);
        }
    }
    assert!(open.is_empty(), "every decision aid has to meet {open:?}");
}

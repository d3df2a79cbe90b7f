//! Every statement of the source page reaches a reader: what carries it is said on a page.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::collections::BTreeMap;
use waymark_engine::Bundle;
use waymark_knowledge::{Kind, bundle_for_build, coverage};
use waymark_page::site::{HelpLine, Newsletter, Organisation};
use waymark_page::{Door, Fields, Guide, Request, Site, pages, respond};
use waymark_testsuite::{day, root};

const SOURCE: &str = "lbbc-2024-05-24";

fn guide() -> Guide {
    let (bundle, translations) = bundle_for_build(&root().join("kb")).unwrap();
    Guide {
        bundle,
        translations,
        site: Site {
            organisation: Some(Organisation {
                name: "Example Foundation".to_owned(),
                url: None,
                logo: None,
                offers: Some("It answers calls.".to_owned()),
            }),
            newsletter: Some(Newsletter {
                url: "https://example.org/join".to_owned(),
                about: Some("It comes every week.".to_owned()),
            }),
            help_line: Some(HelpLine {
                name: "A line".to_owned(),
                phone: Some("555 0100".to_owned()),
                url: None,
            }),
            ..Site::default()
        },
    }
}

/// What each page shows, by its path.
fn shown(guide: &Guide) -> BTreeMap<String, String> {
    let of_path = |path: String| {
        let request = Request {
            path: &path,
            fields: Fields(&[]),
            today: day("2026-11-26"),
            door: Door::Static,
            chart: None,
        };
        let html = respond(guide, &request).html;
        (path, html)
    };
    pages(guide).into_iter().map(of_path).collect()
}

/// The text of a page, white space made single.
fn text(html: &str) -> String {
    let parts = html.split('<').skip(1);
    let texts = parts.filter_map(|part| part.split_once('>'));
    let text: String = texts.map(|(_, text)| text).collect();
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    plain(&text.replace("&quot;", "\"").replace("&amp;", "&"))
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The sentences of an entry by which it carries what it says that it carries.
fn sentences<'b>(bundle: &'b Bundle, kind: Kind, id: &str) -> Vec<&'b str> {
    let content = bundle.content();
    let paragraphs = |text: &'b str| text.split("\n\n").collect::<Vec<_>>();
    match kind {
        Kind::Guidance => {
            let entry = content.guidance.iter().find(|it| it.id == id);
            entry.map_or(Vec::new(), |it| vec![&*it.statement])
        }
        Kind::Fact => {
            let entry = content.facts.iter().find(|it| it.id == id);
            entry.map_or(Vec::new(), |it| paragraphs(&it.text))
        }
        Kind::Trial => {
            let entry = content.trials.iter().find(|it| it.id == id);
            entry.map_or(Vec::new(), |it| paragraphs(&it.text))
        }
        Kind::Medicine => bundle.medicine(id).map_or(Vec::new(), |it| {
            let mut said = paragraphs(&it.text);
            said.push(&it.kind_of_medicine);
            said.extend(it.mechanism.as_ref().map(|it| &*it.text));
            said.extend(it.products.iter().map(|it| &*it.brand));
            said
        }),
        Kind::Regimen => bundle.regimen(id).map_or(Vec::new(), |it| {
            let mut said = paragraphs(&it.text);
            let positions = it.positions.iter().filter(|it| it.source == SOURCE);
            said.extend(
                positions.flat_map(|it| std::iter::once(&*it.text).chain(it.differs.as_deref())),
            );
            said
        }),
        Kind::Source
        | Kind::Table
        | Kind::Criterion
        | Kind::Terms
        | Kind::LineRule
        | Kind::Question
        | Kind::Wording => Vec::new(),
    }
}

#[test]
fn what_carries_a_statement_is_said_on_a_page() {
    let guide = guide();
    let pages = shown(&guide);
    let texts: Vec<String> = pages.values().map(|html| text(html)).collect();
    let coverage = coverage(&guide.bundle, SOURCE).unwrap();
    assert_eq!(coverage.rows.len(), 40);
    for row in &coverage.rows {
        let statement = &row.statement;
        for (kind, id) in &row.carried_by {
            let said = sentences(&guide.bundle, *kind, id);
            assert!(
                !said.is_empty(),
                "{statement}: {id} says nothing to a reader"
            );
            for sentence in said {
                let sentence = plain(sentence);
                assert!(
                    texts.iter().any(|text| text.contains(&sentence)),
                    "{statement}: no page says what {id} says: {sentence}"
                );
            }
        }
        if let Some(module) = &row.module {
            let id = format!("id=\"module-{module}\"");
            let carrying = pages
                .iter()
                .filter(|(path, _)| *path == "page" || path.starts_with("learn"));
            for (path, html) in carrying {
                assert!(
                    html.contains(&id),
                    "{statement}: {path} has no module {module}"
                );
            }
        }
    }
}

/// The page says hormone-receptor negative where the label sets no such limit: both stand on one page, and that they differ.
#[test]
fn where_the_source_page_and_the_label_differ_both_are_shown() {
    let guide = guide();
    let order = text(&shown(&guide)["learn/order"]);
    let regimen = guide.bundle.regimen("tdxd").unwrap();
    let position = regimen.positions.iter().find(|it| it.source == SOURCE);
    let differs = position.and_then(|it| it.differs.as_ref()).unwrap();
    let label = regimen
        .indications
        .iter()
        .find(|it| it.to.is_none())
        .unwrap();
    assert!(order.contains(&plain(differs)));
    assert!(order.contains(&plain(&label.text)));
}

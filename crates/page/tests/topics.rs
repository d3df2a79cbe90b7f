//! The topic pages and the pages of trust.

mod guide;

use guide::{guide, today, values};
use std::collections::BTreeSet;
use waymark_criteria::Date;
use waymark_page::site::Feedback;
use waymark_page::{Door, Fields, Guide, Request, pages, respond};

fn html(guide: &Guide, path: &str, door: Door) -> String {
    html_on(guide, path, door, today())
}

fn html_on(guide: &Guide, path: &str, door: Door, today: Date) -> String {
    let request = Request {
        path,
        fields: Fields(&[]),
        today,
        door,
        chart: None,
    };
    let response = respond(guide, &request);
    assert_eq!(response.status, 200, "{path}");
    response.html
}

/// The pages of this subject, in both languages.
fn paths(guide: &Guide) -> Vec<String> {
    let of_subject = |path: &&String| {
        let first = path.split('/').next().unwrap_or("");
        ["learn", "about", "privacy", "changes", "sources"].contains(&first)
    };
    let all = pages(guide);
    let english: Vec<String> = all.iter().filter(of_subject).cloned().collect();
    let spanish = english.iter().map(|path| format!("es/{path}"));
    english.iter().cloned().chain(spanish).collect()
}

#[test]
fn links_lead_somewhere() {
    let guide = guide();
    let sources = html(guide, "sources", Door::Static);
    let cited: BTreeSet<&str> = values(&sources, "id").into_iter().collect();
    let served: BTreeSet<String> = pages(guide).iter().map(|it| format!("/{it}/")).collect();
    for path in paths(guide) {
        let html = html(guide, &path, Door::Static);
        for href in values(&html, "href") {
            let place = href
                .strip_prefix("/es/")
                .map_or(href.to_owned(), |it| format!("/{it}"));
            if let Some(source) = place.strip_prefix("/sources/#") {
                assert!(cited.contains(source), "{path}: {href}");
            } else if place.starts_with('/') && place.ends_with('/') && place.len() > 1 {
                assert!(served.contains(&place), "{path}: {href}");
            }
        }
    }
}

#[test]
fn every_piece_of_guidance_in_force_is_on_exactly_one_topic_page() {
    let guide = guide();
    let topics = pages(guide)
        .into_iter()
        .filter(|path| path.starts_with("learn/"));
    let shown: Vec<String> = topics
        .map(|path| html(guide, &path, Door::Static))
        .collect();
    let in_force = guide.bundle.content().guidance.iter();
    let in_force = in_force.filter(|it| it.to.as_deref().is_none_or(|to| to > "2026-11-26"));
    for piece in in_force {
        let opening = format!("<section class=\"piece\" id=\"{}\">", piece.id);
        let on = shown.iter().filter(|html| html.contains(&opening)).count();
        assert_eq!(on, 1, "{}", piece.id);
    }
}

#[test]
fn every_approved_use_is_a_change_and_the_newest_stands_first() {
    let guide = guide();
    let html = html(guide, "changes", Door::Static);
    let ids = values(&html, "id");
    let content = guide.bundle.content();
    let uses: Vec<_> = content
        .regimens
        .iter()
        .flat_map(|it| &it.indications)
        .collect();
    for indication in &uses {
        assert!(ids.contains(&&*format!("change-{}", indication.id)));
    }
    let newest = uses.iter().map(|it| &*it.from).max().expect("a use");
    let first = ids.iter().find_map(|id| id.strip_prefix("change-"));
    let first = uses
        .iter()
        .find(|it| Some(&*it.id) == first)
        .expect("a use");
    assert_eq!(first.from, newest);
}

#[test]
fn privacy_has_ten_sentences_and_differs_by_door() {
    let guide = guide();
    let sentences = |door| {
        let html = html(guide, "privacy", door);
        let list = html
            .split("<ol class=\"sentences\">")
            .nth(1)
            .expect("the list")
            .to_owned();
        list.split("</ol>").next().expect("its end").to_owned()
    };
    let (server, browser) = (sentences(Door::Server), sentences(Door::Browser));
    assert_eq!(server.matches("<li>").count(), 10);
    assert_eq!(browser.matches("<li>").count(), 10);
    assert_ne!(server, browser);
    assert_eq!(browser, sentences(Door::Static));
}

/// Where nothing receives the note, no form sends it, and the page says so; the one that is sent carries no answers.
#[test]
fn feedback_is_sent_only_where_something_receives_it() {
    let mut guide = guide().clone();
    let module = |guide: &Guide| {
        let html = html(guide, "learn/brain", Door::Server);
        let module = html
            .split("id=\"module-helpful\"")
            .nth(1)
            .expect("the module");
        module
            .split("</section>")
            .next()
            .expect("its end")
            .to_owned()
    };
    let local = module(&guide);
    assert!(!local.contains("action=") && !local.contains("submit"));
    assert!(local.contains("sends nothing"));
    guide.site.feedback = Feedback::Server;
    let server = module(&guide);
    assert!(server.contains("action=\"/feedback\"") && server.contains("submit"));
    assert!(!server.contains("state"));
}

/// On the 120th day after the release no page says that it may be out of date; on the 121st every page does.
#[test]
fn the_date_is_below_every_page_and_an_old_one_says_so() {
    let guide = guide();
    let content = guide.bundle.content();
    let frame = content.wordings.iter().find(|it| it.id == "frame");
    let said = frame
        .expect("the part")
        .texts
        .get("ageing")
        .expect("the text");
    let said = said.split('{').next().expect("its beginning").trim();
    let released = Date::parse(&content.publisher.released).expect("a day");
    let year = content
        .publisher
        .released
        .split('-')
        .next()
        .expect("a year");
    for path in ["", "learn/order", "about", "clinician"] {
        let on = |days| html_on(guide, path, Door::Static, released.add_days(days));
        assert!(!on(120).contains(said), "{path}");
        assert!(on(121).contains(said), "{path}");
        assert!(on(0).contains(year), "{path}");
    }
    let module = html(guide, "learn/order", Door::Static);
    assert!(module.contains("id=\"module-reviewed\""));
}

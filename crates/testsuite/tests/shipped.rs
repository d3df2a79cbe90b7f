//! What goes to a browser for pages leaves something out; the pages are the same to the byte.

use waymark_criteria::Diagnostic;
use waymark_engine::Bundle;
use waymark_engine::bundle::ShippedFor;
use waymark_page::{Door, Fields, Guide, Request, Site, pages, respond};
use waymark_testsuite::personas::{guide, personas, today};

fn of_pages() -> Result<Guide, Vec<Diagnostic>> {
    let shipped = guide().bundle.shipped(ShippedFor::Pages);
    Ok(Guide {
        bundle: Bundle::from_shipped(&shipped)?,
        translations: Vec::new(),
        site: Site::default(),
    })
}

fn html(guide: &Guide, path: &str, state: &str) -> String {
    let fields = [("state".to_owned(), state.to_owned())];
    let request = Request {
        path,
        fields: Fields(&fields),
        today: today(),
        door: Door::Browser,
        chart: None,
    };
    respond(guide, &request).html
}

#[test]
fn every_page_without_answers() {
    let shipped = of_pages().unwrap();
    let paths = pages(guide());
    assert_eq!(paths, pages(&shipped));
    for path in paths {
        assert!(
            html(guide(), &path, "") == html(&shipped, &path, ""),
            "{path}"
        );
    }
}

#[test]
fn the_pages_of_every_persona() {
    let shipped = of_pages().unwrap();
    for persona in personas() {
        for path in ["check", "page", "print", "compare", "clinician"] {
            assert!(
                html(guide(), path, &persona.text) == html(&shipped, path, &persona.text),
                "{path} of {}",
                persona.name
            );
        }
    }
}

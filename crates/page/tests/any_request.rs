//! Whatever is asked for, there is a page.

mod guide;

use guide::guide;
use proptest::prelude::*;
use waymark_criteria::Date;
use waymark_page::{Door, Fields, Request, pages, respond};

/// Names of fields that pages read, and one that none does.
const NAMES: [&str; 16] = [
    "state",
    "asked",
    "go",
    "treatments",
    "year",
    "month",
    "medicine",
    "ended",
    "from-year",
    "to-month",
    "remove",
    "chart",
    "entry",
    "confirmed",
    "option",
    "other",
];

/// Values that mean something, and any text.
fn value() -> impl Strategy<Value = String> {
    let told = [
        "",
        "next",
        "again",
        "stop",
        "1",
        "0",
        "99999999999999999999",
        "2025",
        "13",
        "trastuzumab",
        "kind:antibodies",
        "1.eyJ3YXltYXJrIjoxfQ",
        "1.",
        "2.x",
        "9999999999.x",
        "{\"waymark\":1}",
        "{\"waymark\":1,\"answers\":{\"her2\":{}}}",
        "chart 1\n? HER2 IHC 3+\n",
        "ongoing",
        "tdxd",
    ];
    prop_oneof![
        proptest::sample::select(told.to_vec()).prop_map(str::to_owned),
        any::<String>()
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_path_and_form_has_a_page(
        at in 0_usize..200,
        other in "[a-z/%.é-]{0,12}",
        known in any::<bool>(),
        spanish in any::<bool>(),
        fields in proptest::collection::vec((proptest::sample::select(NAMES.to_vec()), value()), 0..8),
        door in proptest::sample::select(vec![Door::Server, Door::Browser, Door::Static]),
        day in 0_i64..1_000_000,
    ) {
        let guide = guide();
        let pages = pages(guide);
        let place = if known { pages[at % pages.len()].clone() } else { other };
        let path = if spanish { format!("es/{place}") } else { place };
        let fields: Vec<(String, String)> =
            fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let request = Request {
            path: &path,
            fields: Fields(&fields),
            today: Date::from_days(day),
            door,
            chart: None,
        };
        let page = respond(guide, &request);
        prop_assert!(page.html.ends_with("</body></html>"));
        prop_assert!(page.status == 200 || page.status == 404);
        // The same request gives the same bytes.
        prop_assert_eq!(respond(guide, &request), page);
    }
}

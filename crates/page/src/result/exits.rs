//! Pages for whom this guide is not: said first and kindly, with where to go; the page below stays readable.

use super::view::View;
use maud::{Markup, html};
use waymark_criteria::Truth;

/// What stands at the top where the answers describe another situation.
pub(super) fn exit(view: &View<'_, '_, '_>) -> Markup {
    let reading = view.reading;
    let (metastatic, unresectable) = (reading.truth("metastatic"), reading.truth("unresectable"));
    let why = if reading.truth("breast-cancer") == Truth::False {
        Some("other")
    } else if metastatic == Truth::False && unresectable != Truth::True {
        Some("early")
    } else if reading.truth("her2-positive") == Truth::False {
        match reading.truth("her2-low") {
            Truth::True => Some("low"),
            Truth::False | Truth::Unknown => Some("negative"),
        }
    } else {
        None
    };
    let words = view.words();
    html! {
        @if let Some(why) = why {
            aside.notice #exit aria-label=(words.text("result.exit")) {
                p { strong { (words.text(&format!("result.exit-{why}"))) } }
                p { (words.text(&format!("result.exit-{why}-next"))) }
                p { (words.text("result.exit-below")) }
            }
        }
    }
}

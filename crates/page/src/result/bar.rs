//! What can be done with the page: printed without scripts, kept, shared and cleared with them.

use super::view::View;
use maud::{Markup, html};

/// The bar. The script shows the buttons that need it.
pub(super) fn bar(view: &View<'_, '_, '_>) -> Markup {
    let words = view.words();
    html! {
        div.bar role="group" aria-label=(words.text("result.bar")) {
            form method="post" action=(view.context.href("print")) {
                input type="hidden" name="state" value=(view.reading.answers.code());
                button #print.primary type="submit" { (words.text("result.print")) }
            }
            button #save.secondary type="button" hidden { (words.text("result.save")) }
            button #share.secondary type="button" hidden { (words.text("result.share")) }
            button #clear.secondary type="button" hidden { (words.text("result.clear")) }
        }
    }
}

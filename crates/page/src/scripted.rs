//! What only scripts can do: the files that they load, and the controls that stay hidden until they run.

use crate::json::Json;
use crate::respond::{Context, Door};
use maud::{Markup, html};

/// The engine; a site without it is served without it.
const ENGINE: &str = "waymark.wasm";

/// The addresses of the files that the script loads, by name, as JSON; none where the engine was not built.
pub(crate) fn files(context: &Context<'_, '_>) -> String {
    let versions = &context.guide.site.versions;
    let loaded = |name: &&String| {
        [".wasm", ".bundle", ".translation"]
            .iter()
            .any(|end| name.ends_with(end))
    };
    if !versions.contains_key(ENGINE) {
        return "{}".to_owned();
    }
    let names = versions.keys().filter(loaded);
    let addresses = names.map(|name| (name.clone(), Json::Text(context.asset(name))));
    let mut files = String::new();
    Json::Object(addresses.collect()).write(&mut files);
    files
}

/// The switch between light and dark; it lasts as long as the visit.
pub(crate) fn themes(context: &Context<'_, '_>) -> Markup {
    let words = context.words;
    html! {
        div.themes role="group" aria-label=(words.text("door.theme")) data-scripts="" hidden {
            @for (choice, word) in [("", "system"), ("light", "light"), ("dark", "dark")] {
                button.link type="button" data-theme-choice=(choice) aria-pressed=(choice.is_empty()) {
                    (words.text(&format!("door.theme-{word}")))
                }
            }
        }
    }
}

/// What is said where the engine could not be had.
pub(crate) fn no_engine(context: &Context<'_, '_>) -> Markup {
    let words = context.words;
    let said = match context.request.door {
        Door::Static => words.text("door.no-engine-static"),
        Door::Server | Door::Browser => words.text("door.no-engine-server"),
    };
    html! { p #no-engine.notice role="alert" hidden { (said) } }
}

/// A record or a file of saved answers, read in the browser to fill in the answers.
pub(crate) fn drop(context: &Context<'_, '_>) -> Markup {
    let words = context.words;
    html! {
        details #drop.drop data-scripts="" hidden {
            summary { (words.text("door.drop")) }
            p { (words.text("door.drop-what")) }
            form method="post" action=(context.href("check")) data-record="answers" {
                label { (words.text("door.drop-file")) " " input type="file" multiple accept=".json,.ndjson,.chart,.txt"; }
                (whose(context))
                output.problem lang="en" {}
            }
        }
    }
}

/// The choice among the people of a file; the script fills it.
pub(crate) fn whose(context: &Context<'_, '_>) -> Markup {
    let words = context.words;
    html! {
        p.whose hidden {
            label { (words.text("door.whose")) " " select name="patient" {} }
            " " button.secondary type="button" data-choose="" { (words.text("door.choose")) }
        }
    }
}

/// The windows in which a page is saved and shared, and what the script says when something was done.
pub(crate) fn windows(context: &Context<'_, '_>) -> Markup {
    let words = context.words;
    let close = || html! { form method="dialog" { button.link { (words.text("door.close")) } } };
    html! {
        dialog #saving aria-labelledby="h-saving" {
            h2 #h-saving { (words.text("door.saving")) }
            p { (words.text("door.save-answers-what")) }
            p { button #save-answers.primary type="button" { (words.text("door.save-answers")) } }
            p { (words.text("door.save-page-what")) }
            p { button #save-page.secondary type="button" { (words.text("door.save-page")) } }
            label.tick { input #kept type="checkbox"; span { (words.text("door.keep")) } }
            p.hint { (words.text("door.keep-warning")) }
            (close())
        }
        dialog #sharing aria-labelledby="h-sharing" {
            h2 #h-sharing { (words.text("door.sharing")) }
            p { (words.text("door.sharing-what")) }
            label { (words.text("door.link")) input #link readonly autocomplete="off"; }
            p { button #copy-link.primary type="button" { (words.text("door.copy")) } }
            (close())
        }
        div #said.quiet role="status" aria-live="polite"
            data-copied=(words.text("door.copied"))
            data-saved=(words.text("door.saved"))
            data-cleared=(words.text("door.cleared"))
            data-read=(words.text("door.read"))
            data-unread=(words.text("door.unread"))
            data-live=(words.text("door.live")) {}
    }
}

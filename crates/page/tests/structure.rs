//! The shape of the page of every person: headings, ids, links within it, and no key in place of a sentence.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod guide;

use guide::{PEOPLE, answers, everyone, page, page_of, tags, text, values};
use std::collections::BTreeSet;

const PLACES: [&str; 3] = ["page", "print", "compare"];

/// Every page of every person in both languages.
fn every_page(check: impl Fn(&str, &str)) {
    for name in everyone() {
        for place in PLACES {
            for language in ["", "es/"] {
                let path = format!("{language}{place}");
                check(&format!("{name} {path}"), &page_of(&path, name));
            }
        }
    }
    for (name, _) in PEOPLE {
        let two = [
            ("option", "tdxd"),
            ("option", "clinical-trials"),
            ("numbers", "often"),
        ];
        check(
            &format!("{name} compares"),
            &page("compare", &answers(name), &two),
        );
    }
}

#[test]
fn one_first_heading_and_none_skips_a_level() {
    every_page(|whose, html| {
        let levels: Vec<usize> = html
            .match_indices("<h")
            .filter_map(|(at, _)| {
                let rest = &html[at + 2..];
                let level = rest.chars().next()?.to_digit(10)? as usize;
                matches!(rest.as_bytes().get(1), Some(b' ' | b'>')).then_some(level)
            })
            .collect();
        assert_eq!(levels.iter().filter(|it| **it == 1).count(), 1, "{whose}");
        for pair in levels.windows(2) {
            assert!(
                pair[1] <= pair[0] + 1,
                "{whose}: h{} is followed by h{}",
                pair[0],
                pair[1]
            );
        }
    });
}

#[test]
fn every_id_is_given_once_and_every_reference_has_one() {
    every_page(|whose, html| {
        let ids = values(html, "id");
        let set: BTreeSet<&str> = ids.iter().copied().collect();
        let mut twice = ids.clone();
        twice.sort_unstable();
        let twice: Vec<_> = twice.windows(2).filter(|it| it[0] == it[1]).collect();
        assert!(twice.is_empty(), "{whose}: {twice:?}");
        let named = ["aria-labelledby", "aria-describedby", "form"];
        for reference in named
            .iter()
            .flat_map(|it| values(html, it))
            .flat_map(str::split_whitespace)
        {
            assert!(
                set.contains(reference),
                "{whose}: nothing has the id `{reference}`"
            );
        }
        for link in values(html, "href")
            .into_iter()
            .filter_map(|it| it.strip_prefix('#'))
        {
            assert!(set.contains(link), "{whose}: `#{link}` leads nowhere");
        }
    });
}

/// A key of a wording looks like `part.key`; sentences never do. The parts are those of this page.
#[test]
fn no_key_stands_in_place_of_a_sentence() {
    const PARTS: [&str; 10] = [
        "result", "options", "card", "pathway", "timeline", "numbers", "call", "asks", "print",
        "compare",
    ];
    let mut all = Vec::new();
    for name in everyone() {
        all.extend(PLACES.map(|place| page_of(place, name)));
        all.push(page("page", &answers(name), &[("numbers", "survival")]));
    }
    for html in &all {
        for word in text(html).split_whitespace() {
            let word = word.trim_matches(|it: char| !it.is_ascii_alphanumeric());
            if let Some((part, key)) = word.split_once('.') {
                let is_key = PARTS.contains(&part)
                    && key
                        .chars()
                        .all(|it| it.is_ascii_lowercase() || it == '-' || it == '.');
                assert!(!is_key, "`{word}` has no sentence");
            }
        }
        assert!(!html.contains("{n}") && !html.contains("{name}") && !html.contains("{date}"));
    }
}

#[test]
fn nothing_is_styled_or_scripted_in_place() {
    every_page(|whose, html| {
        assert!(values(html, "style").is_empty(), "{whose}");
        assert!(
            !html.contains(" onclick=") && !html.contains("<style"),
            "{whose}"
        );
        assert_eq!(
            tags(html, "script").len(),
            1,
            "{whose}: the one of the frame"
        );
    });
}

#[test]
fn a_picture_has_a_name_and_a_twin_or_is_hidden() {
    every_page(|whose, html| {
        for svg in tags(html, "svg") {
            let named = svg.contains("role=\"img\"")
                && svg.contains("aria-labelledby=")
                && svg.contains("aria-describedby=");
            assert!(
                named || svg.contains("aria-hidden=\"true\""),
                "{whose}: <svg{svg}>"
            );
        }
    });
}

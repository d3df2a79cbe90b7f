//! Every kind of finding on small invented knowledge, and beside it the like that is no finding.

use crate::small::Small;
use waymark_criteria::Date;
use waymark_knowledge::Tree;
use waymark_knowledge::analysis::gaps::{Depth, Finding, Gaps, Options, gaps};

fn found_with(small: &Small, settings: &str) -> Gaps {
    let tree = Tree::new([("gaps.toml", settings)]);
    let today = Date::parse("2026-11-01").unwrap();
    gaps(&tree, (&small.bundle(), &[]), Depth::Full, today)
}

/// What is found of a kind, with the facts of its witness.
fn found(small: &Small, finding: Finding) -> Vec<(String, Vec<String>)> {
    let gaps = found_with(small, "").gaps.into_iter();
    let of_kind = gaps.filter(|gap| gap.finding == finding);
    let facts = of_kind.map(|gap| {
        let witness = gap.witness.unwrap_or_default().into_iter();
        let facts = witness.map(|(fact, value)| format!("{fact} = {value}"));
        (gap.of, facts.collect())
    });
    facts.collect()
}

fn ids(small: &Small, finding: Finding) -> Vec<String> {
    found(small, finding)
        .into_iter()
        .map(|(of, _)| of)
        .collect()
}

#[test]
fn a_criterion_that_nobody_or_everybody_meets() {
    let small = Small::new()
        .number("count", 5, "")
        .boolean("first", "")
        .boolean(
            "second",
            "define \"constraint one needs the other\": \"second\" implies \"first\"",
        )
        .criterion("beyond-the-limit", "\"count\" >= 6")
        .criterion("at-the-limit", "\"count\" >= 5")
        .criterion("against-the-constraint", "\"second\" and not \"first\"")
        .criterion("with-the-constraint", "\"second\" and \"first\"")
        .criterion("by-the-constraint", "not \"second\" or \"first\"")
        .criterion("any-count", "\"count\" >= 0");
    assert_eq!(
        ids(&small, Finding::NeverMet),
        ["against-the-constraint", "beyond-the-limit"]
    );
    assert_eq!(
        ids(&small, Finding::NeverFails),
        ["any-count", "by-the-constraint"]
    );
}

#[test]
fn two_criteria_that_agree_and_one_that_follows() {
    let small = Small::new()
        .number("count", 5, "")
        .criterion("two", "\"count\" >= 2")
        .criterion("more-than-one", "not (\"count\" <= 1)")
        .criterion("one", "\"count\" >= 1");
    assert_eq!(ids(&small, Finding::SameAs), ["more-than-one + two"]);
    let implied = found_with(&small, "").implications;
    let pairs: Vec<(&str, &str)> = implied.iter().map(|it| (&*it.from, &*it.to)).collect();
    assert_eq!(pairs, [("more-than-one", "one"), ("two", "one")]);
    // Whoever has exactly one shows that it does not follow back.
    assert_eq!(implied[1].not_back, [("count".to_owned(), "1".to_owned())]);
}

#[test]
fn a_conjunct_that_follows_from_the_rest() {
    let small = Small::new()
        .number("all", 5, "define \"constraint\": \"late\" <= \"all\"")
        .number("late", 5, "")
        .criterion("idle", "\"late\" >= 2 and \"all\" >= 2")
        .criterion("not-idle", "\"late\" >= 2 and \"all\" >= 3");
    assert_eq!(ids(&small, Finding::Implied), ["idle"]);
}

#[test]
fn an_indication_that_another_one_covers() {
    let both = |second_from| {
        Small::new()
            .boolean("adult", "")
            .boolean("ill", "")
            .regimen(
                "therapy",
                &[
                    ("wide", "label", "2020-01-01", None, "\"ill\""),
                    (
                        "narrow",
                        "label",
                        second_from,
                        None,
                        "\"ill\" and \"adult\"",
                    ),
                ],
            )
    };
    let covered = [(
        "narrow".to_owned(),
        vec!["adult = true".to_owned(), "ill = true".to_owned()],
    )];
    assert_eq!(found(&both("2020-01-01"), Finding::NeverDecides), covered);
    // One day earlier it decides, on that day.
    assert_eq!(ids(&both("2019-12-31"), Finding::NeverDecides), [""; 0]);
}

#[test]
fn a_verdict_that_stays_unknown_though_it_is_decided() {
    let small = Small::new()
        .boolean("first", "")
        .boolean(
            "second",
            "define \"constraint\": \"second\" implies \"first\"",
        )
        .boolean("third", "")
        .criterion(
            "twice",
            "(\"first\" and \"third\") or (not \"first\" and \"third\")",
        )
        .criterion("tied", "\"first\" and \"second\"")
        .criterion("plain", "\"first\" and \"third\"");
    // Whatever `first` is, `third` decides; that it is false the evaluator does see.
    assert_eq!(
        found(&small, Finding::StaysUnknown),
        [("twice".to_owned(), vec!["third = true".to_owned()])]
    );
    assert_eq!(
        found(&small, Finding::TiedFacts),
        [("tied".to_owned(), vec!["second = true".to_owned()])]
    );
}

#[test]
fn a_criterion_of_too_many_facts_is_not_searched_in_silence() {
    let names: Vec<String> = (0..16).map(|number| format!("fact-{number:02}")).collect();
    let small = names
        .iter()
        .fold(Small::new(), |small, name| small.boolean(name, ""));
    let joined = names
        .iter()
        .map(|name| format!("\"{name}\""))
        .collect::<Vec<_>>()
        .join(" or ");
    assert_eq!(
        ids(&small.criterion("wide", &joined), Finding::TooLarge),
        ["wide"]
    );
}

#[test]
fn wordings_that_overlap_or_leave_a_hole() {
    let wordings = |end, next| {
        Small::new().boolean("ill", "").regimen(
            "therapy",
            &[
                ("old", "label", "2020-01-01", Some(end), "\"ill\""),
                ("new", "label", next, None, "\"ill\""),
            ],
        )
    };
    let same_day = wordings("2022-05-04", "2022-05-04");
    assert_eq!(ids(&same_day, Finding::Overlap), [""; 0]);
    assert_eq!(ids(&same_day, Finding::Hole), [""; 0]);
    assert_eq!(
        ids(&wordings("2022-05-04", "2022-05-03"), Finding::Overlap),
        ["old + new"]
    );
    let hole = found_with(&wordings("2022-05-04", "2022-05-05"), "");
    let hole = hole
        .gaps
        .iter()
        .find(|gap| gap.finding == Finding::Hole)
        .unwrap();
    assert_eq!(hole.of, "therapy");
    assert!(hole.text.ends_with("on 2022-05-04"), "{}", hole.text);
}

#[test]
fn days_on_which_nobody_knows() {
    let from = |from| {
        Small::new()
            .boolean("ill", "")
            .regimen("therapy", &[("use", "label", from, None, "\"ill\"")])
    };
    assert_eq!(ids(&from("2022-05-04"), Finding::Undated), [""; 0]);
    let month = found_with(&from("2022-05"), "");
    let undated = month
        .gaps
        .iter()
        .find(|gap| gap.finding == Finding::Undated)
        .unwrap();
    // On the last day of the month it has begun, whichever day it was.
    assert!(
        undated.text.ends_with("from 2022-05-01 to 2022-05-30"),
        "{}",
        undated.text
    );
}

#[test]
fn facts_and_cautions_that_do_nothing() {
    let small = Small::new()
        .boolean("read", "")
        .boolean(
            "constrained",
            "define \"constraint\": \"constrained\" implies \"read\"",
        )
        .boolean("warned", "")
        .regimen("therapy", &[("use", "label", "2020", None, "\"read\"")])
        .caution("judged", "confirmed", Some("\"warned\""))
        .caution("for-everyone", "confirmed", None)
        .caution("remembered", "memory", None);
    assert_eq!(ids(&small, Finding::UnreadFact), ["constrained"]);
    assert_eq!(ids(&small, Finding::NoThreshold), ["for-everyone"]);
}

const MAP: &str = r#"
[map]
facts = { ill = true }
[[map.axis]]
name = "earlier treatments"
place = [{ id = "none", facts = { count = 0 } }, { id = "some", facts = { count = "1.." } }]
[[map.axis]]
name = "marker"
place = [{ id = "positive", facts = { marker = true } }, { id = "negative", facts = { marker = false } }]
"#;

fn options() -> Small {
    Small::new()
        .boolean("ill", "")
        .boolean("marker", "")
        .boolean("adult", "")
        .number("count", 5, "")
        .regimen(
            "first",
            &[(
                "first-use",
                "label",
                "2020-01-01",
                None,
                "\"ill\" and \"count\" = 0 and \"adult\"",
            )],
        )
        .regimen(
            "later",
            &[(
                "later-use",
                "label",
                "2020-01-01",
                None,
                "\"ill\" and \"count\" >= 1 and \"marker\"",
            )],
        )
}

#[test]
fn the_map_tells_who_has_no_option() {
    let map = found_with(&options(), MAP).map.unwrap();
    let adult = vec![("adult".to_owned(), "false".to_owned())];
    let expected = [
        (["none", "positive"], Options::Some(adult.clone())),
        (["none", "negative"], Options::Some(adult)),
        (["some", "positive"], Options::All),
        (["some", "negative"], Options::None(Vec::new())),
    ];
    let cells = map.cells.into_iter().map(|cell| (cell.at, cell.options));
    let expected = expected.map(|(at, options)| (at.map(str::to_owned).to_vec(), options));
    assert_eq!(cells.collect::<Vec<_>>(), expected);
}

#[test]
fn what_is_accepted_has_a_reason_and_occurs() {
    let accepted = |of: &str| {
        let text =
            format!("{MAP}\n[[accepted]]\nfinding = \"no-option\"\nof = [{of}]\nreason = \"r\"\n");
        let codes = found_with(&options(), &text)
            .problems
            .into_iter()
            .map(|problem| problem.code);
        codes.collect::<Vec<_>>()
    };
    assert_eq!(accepted(r#""none/*", "some/negative""#), [""; 0]);
    assert_eq!(accepted(r#""none/*""#), ["no-option"]);
    assert_eq!(
        accepted(r#""none/*", "some/*", "some/positive""#),
        ["accepted-not-found"]
    );
}

#[test]
fn what_names_a_criterion_is_accepted_with_it() {
    let small = Small::new()
        .boolean(
            "first",
            "define \"constraint\": \"second\" implies \"first\"",
        )
        .boolean("second", "")
        .boolean("third", "")
        .criterion("tied", "\"first\" and \"second\"")
        .criterion("names-it", "\"tied\" and \"third\"")
        .criterion("by-itself", "\"second\" and \"third\" and \"first\"");
    let accepted = "[[accepted]]\nfinding = \"tied-facts\"\nof = [\"tied\"]\nreason = \"r\"\n";
    let problems = found_with(&small, accepted).problems.into_iter();
    let tied = problems.filter(|problem| problem.code == "tied-facts");
    let messages: Vec<String> = tied.map(|problem| problem.message).collect();
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(messages[0].starts_with("`by-itself`"), "{messages:?}");
}

#[test]
fn settings_are_read_strictly() {
    let codes = |text: &str| {
        let problems = found_with(&options(), text).problems;
        problems
            .into_iter()
            .filter(|it| it.place == "gaps.toml")
            .map(|it| it.code)
            .collect::<Vec<_>>()
    };
    let accepted = "[[accepted]]\nfinding = \"hole\"\nof = []\nreason = \"r\"\n";
    assert_eq!(codes(accepted), [""; 0]);
    assert_eq!(
        codes(&accepted.replace("hole", "holes")),
        ["unknown-finding"]
    );
    assert_eq!(codes(&accepted.replace("\"r\"", "\" \"")), ["no-reason"]);
    assert_eq!(
        codes(&accepted.replace("reason", "because")),
        ["unknown-key", "missing-key"]
    );
    assert_eq!(
        codes(&MAP.replace("ill = true", "well = true"))[0],
        "unknown-fact"
    );
    assert_eq!(codes(&MAP.replace("ill = true", "ill = 3"))[0], "bad-fact");
}

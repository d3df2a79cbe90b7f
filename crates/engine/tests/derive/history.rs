//! The history that is told: episodes, the rules behind them, and what was known on a day.

use crate::{BUNDLE, chart, facts_of, get};
use waymark_criteria::{Date, Value};
use waymark_engine::chart::Completeness;
use waymark_engine::derive::history;
use waymark_engine::facts::FactValue;
use waymark_engine::wire::lines::{Episode, Lines, Number};

fn told(lines: &str, as_of: &str) -> Lines {
    let chart = chart(&format!("2020-01-01 metastasis: liver | {lines}").replace(" | ", "\n"));
    let mut reversed = chart.clone();
    reversed.entries.reverse();
    let day = Date::parse(as_of).unwrap();
    let told = history(&chart, &BUNDLE, day, Completeness::Complete);
    let other = history(&reversed, &BUNDLE, day, Completeness::Complete);
    assert_eq!(told, other, "order matters: {lines}");
    told
}

/// `line 1; her2 1; trastuzumab + docetaxel; line: new-medicine; her2-regimen: agent-change`
fn shown(episode: &Episode) -> String {
    let number = |name: &str, number: Option<Number>| match number {
        None => String::new(),
        Some(Number { low, high }) if low == high => format!("{name} {low}; "),
        Some(Number { low, high }) => format!("{name} {low}-{high}; "),
    };
    let medicines: Vec<&str> = episode
        .medicines
        .iter()
        .map(|it| it.medicine.as_str())
        .collect();
    let begins = episode.begins.iter().map(|begins| {
        let perhaps = if begins.certain { "" } else { "?" };
        format!("; {}{perhaps}: {}", begins.what, begins.rules.join("/"))
    });
    format!(
        "{}{}{}{}",
        number("line", episode.line),
        number("her2", episode.her2_regimen),
        medicines.join(" + "),
        begins.collect::<String>()
    )
}

fn episodes(lines: &str, expected: &[&str]) {
    let told = told(lines, crate::AS_OF);
    let found: Vec<String> = told.episodes.iter().map(shown).collect();
    assert_eq!(found, expected, "{lines}");
}

#[test]
fn an_episode_says_what_it_is_and_by_which_rule() {
    episodes(
        "2020-02-01..2020-06-01 docetaxel | 2020-02-01..2021-01-01 trastuzumab + pertuzumab | 2021-01-05 progression | 2021-02-01.. tdxd",
        &[
            "line 1; her2 1; docetaxel + pertuzumab + trastuzumab; line: new-medicine; her2-regimen: agent-change",
            "line 2; her2 2; tdxd; line: growth; her2-regimen: growth",
        ],
    );
    // Without growth the exchange begins both.
    episodes(
        "2020-02-01..2021-01-01 trastuzumab | 2021-02-01.. tdxd",
        &[
            "line 1; her2 1; trastuzumab; line: new-medicine; her2-regimen: agent-change",
            "line 2; her2 2; tdxd; line: new-medicine; her2-regimen: agent-change",
        ],
    );
    // The first HER2 medicine joins its partner; the two counts part where tucatinib is added to maintenance.
    episodes(
        "2020-02-01..2020-06-01 docetaxel | 2020-02-20..2021-01-01 trastuzumab | 2020-08-01.. tucatinib",
        &[
            "line 1; her2 1; docetaxel + trastuzumab; line: new-medicine; her2-regimen: agent-change",
            "line 1; her2 2; tucatinib; her2-regimen: agent-change",
        ],
    );
    episodes(
        "2020-02.. trastuzumab | 2020-03.. pertuzumab",
        &[
            "line 1; her2 1; trastuzumab; line: new-medicine; her2-regimen: agent-change",
            "line 1-2; her2 1-2; pertuzumab; line?: new-medicine; her2-regimen?: agent-change",
        ],
    );
    episodes(
        "2018-01-01..2019-01-01 adjuvant trastuzumab | ? tdxd",
        &[
            // What has no date may have come first, or have been begun together with it.
            "her2 1-2; trastuzumab; her2-regimen?: agent-change",
            "line 0-1; her2 0-1; tdxd; line?: new-medicine; her2-regimen?: agent-change",
        ],
    );
}

#[test]
fn what_goes_on_within_an_episode() {
    let told = told(
        "2020-02-01..2020-06-01 docetaxel | 2020-02-01.. trastuzumab | 2020-07-01.. letrozole | 2020-09-01 progression: brain | 2020-09-10 radiosurgery: brain | 2020-02-01.. denosumab",
        crate::AS_OF,
    );
    let [episode] = told.episodes.as_slice() else {
        panic!("{:#?}", told.episodes);
    };
    assert_eq!(
        episode.goes_on_by,
        ["dropped-medicine", "endocrine", "local-treatment"]
    );
    let maintenance = episode.maintenance.as_ref().unwrap();
    assert_eq!(maintenance.after, "2020-06-01");
    assert!(!maintenance.intensified);
    assert_eq!(episode.growth[0].date, "2020-09-01");
    assert!(episode.ongoing && episode.to.is_none());
    let beside: Vec<&str> = told.beside.iter().map(|it| it.medicine.as_str()).collect();
    assert_eq!(beside, ["denosumab"]);
    let rules: Vec<&str> = told.rules.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(
        rules,
        [
            "new-medicine",
            "agent-change",
            "dropped-medicine",
            "maintenance",
            "endocrine",
            "local-treatment",
        ]
    );
}

#[test]
fn no_maintenance_where_chemotherapy_goes_on_or_the_cancer_grew() {
    for (lines, expected) in [
        (
            "2020-02-01..2020-06-01 docetaxel | 2020-02-01.. trastuzumab",
            true,
        ),
        ("2020-02-01.. docetaxel + trastuzumab", false),
        ("2020-02-01..? docetaxel | 2020-02-01.. trastuzumab", false),
        ("2020-02-01..2020-06-01 docetaxel + trastuzumab", false),
        (
            "2020-02-01..2020-06-01 docetaxel | 2020-02-01..2020-06-02 trastuzumab",
            true,
        ),
        (
            "2020-02-01..2020-06-01 docetaxel: progression | 2020-02-01.. trastuzumab",
            false,
        ),
        // Found on the day after the last dose: the chemotherapy was over.
        (
            "2020-02-01..2020-06-01 docetaxel | 2020-02-01.. trastuzumab | 2020-06-02 progression",
            true,
        ),
    ] {
        let told = told(lines, crate::AS_OF);
        assert_eq!(told.episodes[0].maintenance.is_some(), expected, "{lines}");
    }
}

#[test]
fn doses_of_one_course_and_courses_that_overlap() {
    let courses = |lines: &str| -> usize {
        told(lines, crate::AS_OF)
            .episodes
            .iter()
            .map(|episode| episode.medicines.len())
            .sum()
    };
    // 42 days lie between two doses of one course.
    assert_eq!(
        courses("2020-02-01..2020-02-01 trastuzumab | 2020-03-14..2020-03-14 trastuzumab"),
        1
    );
    assert_eq!(
        courses("2020-02-01..2020-02-01 trastuzumab | 2020-03-15..2020-03-15 trastuzumab"),
        2
    );
    let overlaps = |end: &str| -> Vec<(String, bool)> {
        let told = told(
            &format!("2020-02-01..{end} trastuzumab | 2020-08-01.. tdxd"),
            crate::AS_OF,
        );
        let overlaps = &told.episodes[1].overlaps;
        overlaps
            .iter()
            .map(|it| (it.medicine.clone(), it.certain))
            .collect()
    };
    assert_eq!(overlaps("2020-07-31"), []);
    assert_eq!(overlaps("2020-08-01"), []);
    assert_eq!(overlaps("2020-08-02"), [("trastuzumab".to_owned(), true)]);
    assert_eq!(overlaps("?"), [("trastuzumab".to_owned(), false)]);
}

#[test]
fn a_day_shows_what_was_known_on_it() {
    let lines = "2020-02-01..2020-06-01 trastuzumab: progression | 2020-06-01 progression | 2020-06-20.. tdxd | 2020-06-21 fact line = 5 override";
    let on = |day: &str| told(lines, day);
    let line = |told: &Lines| {
        let count = told.counts.iter().find(|it| it.fact.id == "line").unwrap();
        serde_json::to_value(&count.fact.value).unwrap()
    };
    let day = on("2020-01-31");
    assert!(day.episodes.is_empty() && day.after_as_of.len() == 4);
    assert_eq!(line(&day), 0);

    // A stop after the day is not known yet, nor its reason: the course goes on.
    let before = on("2020-05-31");
    let course = &before.episodes[0].medicines[0];
    assert!(course.ongoing && course.to.is_none() && course.stopped.is_none());
    assert!(before.episodes[0].growth.is_empty() && before.events.is_empty());
    let then = on("2020-06-01");
    let course = &then.episodes[0].medicines[0];
    assert!(!course.ongoing);
    assert_eq!(course.to.as_deref(), Some("2020-06-01"));
    assert_eq!(course.stopped.as_deref(), Some("progression"));
    assert_eq!(then.episodes[0].growth.len(), 1);

    assert_eq!(line(&on("2020-06-19")), 1);
    assert_eq!(line(&on("2020-06-20")), 2);
    let stated = on("2020-06-21");
    assert_eq!(line(&stated), 5);
    let count = stated
        .counts
        .iter()
        .find(|it| it.fact.id == "line")
        .unwrap();
    let records = count.records_say.as_ref().unwrap();
    assert_eq!(serde_json::to_value(&records.value).unwrap(), 2);
    assert!(stated.after_as_of.is_empty());
}

#[test]
fn an_order_is_not_told_as_given_to_this_day() {
    let course = |lines: &str| told(lines, crate::AS_OF).episodes[0].medicines[0].clone();
    let ordered = course("2020-02-01.. trastuzumab: ordered");
    assert!(ordered.ordered && !ordered.ongoing && ordered.to.is_none());
    let given = course("2020-02-01.. trastuzumab");
    assert!(!given.ordered && given.ongoing);
    // A dose on record tells more than the order before it, and less than one after it.
    let dose = course("2020-02-01.. trastuzumab: ordered | 2020-02-03..2020-02-03 trastuzumab");
    assert_eq!(dose.to.as_deref(), Some("2020-02-03"));
    assert!(!dose.ordered);
    let again = course("2020-02-03..2020-02-03 trastuzumab | 2020-02-24.. trastuzumab: ordered");
    assert!(again.ordered && again.to.is_none());
}

#[test]
fn a_stop_that_may_lie_after_the_day_is_not_told() {
    let lines = "2020-02-01..2020-06 trastuzumab: toxicity";
    let course = |day: &str| told(lines, day).episodes[0].medicines[0].clone();
    assert_eq!(course("2020-06-29").stopped, None);
    assert_eq!(course("2020-06-30").stopped.as_deref(), Some("toxicity"));
    assert!(course("2020-05-31").ongoing);
    assert!(!course("2020-06-01").ongoing);
}

#[test]
fn every_uncertain_count_has_a_reason_and_every_number_is_that_of_the_facts() {
    for lines in [
        "2020-02.. trastuzumab | 2020-03.. pertuzumab",
        "? trastuzumab",
        "2019-06-01.. trastuzumab",
        "2020-02-01.. other: ABC-123 | 2020-06-01.. tdxd",
        "2020-02-01..2020-06-01 docetaxel | 2021-06-01.. docetaxel",
        "2020-02-01.. trastuzumab | 2020-06-15.. letrozole | 2020-06 progression",
        "2026-11.. trastuzumab",
    ] {
        let told = told(lines, crate::AS_OF);
        let chart = chart(&format!(
            "2020-01-01 metastasis: liver\n{}",
            lines.replace(" | ", "\n")
        ));
        let facts = facts_of(&chart, crate::AS_OF, Completeness::Complete);
        let mut open = 0;
        for count in &told.counts {
            let exact = match get(&facts, &count.fact.id).value {
                FactValue::Value(Value::Bounds(bounds)) => bounds.as_exact(),
                FactValue::Value(Value::Truth(_)) | FactValue::Word(_) => panic!("not a number"),
            };
            let shown = serde_json::to_value(&count.fact.value).unwrap();
            assert_eq!(shown.as_i64(), exact, "{lines}: {}", count.fact.id);
            assert_eq!(
                exact.is_none(),
                !count.because.is_empty(),
                "{lines}: {count:#?}"
            );
            open += usize::from(exact.is_none());
        }
        assert!(open > 0, "{lines} leaves nothing open");
    }
}

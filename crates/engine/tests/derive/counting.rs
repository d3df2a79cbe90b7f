//! The rules of counting one by one: each with its opposite, and each date boundary one day to either side.
//!
//! The parameters are those of `bundle::line_rules`: 14 days before the metastatic date, 28 days of one start, 120 days
//! of pause, 12 months around early treatment.

use crate::{AS_OF, chart, complete, facts_of, get, partial, written_value};
use waymark_engine::chart::Completeness;

/// Metastatic since the first day of 2020. `lines` and `regimens` are the two counts.
fn counts(cases: &[(&str, &str, &str)]) {
    let cases: Vec<(&'static str, &'static str)> = cases
        .iter()
        .map(|(chart, lines, regimens)| {
            let chart = format!("2020-01-01 metastasis: liver | {chart}");
            let counts = format!("line = {lines}, regimens-metastatic = {regimens}");
            let leaked: (&'static str, &'static str) = (
                Box::leak(chart.into_boxed_str()),
                Box::leak(counts.into_boxed_str()),
            );
            leaked
        })
        .collect();
    complete(&cases);
}

#[test]
fn counting_begins_with_metastatic_disease() {
    counts(&[
        ("2019-12-18..2020-03-01 docetaxel + trastuzumab", "1", "1"),
        (
            "2019-12-17..2020-03-01 docetaxel + trastuzumab",
            "0..1",
            "0..1",
        ),
        // A stated intent goes before dates.
        (
            "2019-12-17..2020-03-01 palliative docetaxel + trastuzumab",
            "1",
            "1",
        ),
        ("2020-01-15..2020-03-01 adjuvant trastuzumab", "0", "0"),
        (
            "2020-01-16..2020-03-01 adjuvant trastuzumab",
            "0..1",
            "0..1",
        ),
    ]);
}

#[test]
fn early_treatment_is_told_by_its_reason() {
    counts(&[
        (
            "2018-06-01 mastectomy | 2019-06-01..2019-10-01 docetaxel + trastuzumab",
            "0",
            "0",
        ),
        (
            "2018-06-01 mastectomy | 2019-06-02..2019-10-01 docetaxel + trastuzumab",
            "0..1",
            "0..1",
        ),
        (
            "2018-01-01..2018-05-01 docetaxel | 2019-05-01 mastectomy",
            "0",
            "0",
        ),
        (
            "2018-01-01..2018-05-01 docetaxel | 2019-05-02 mastectomy",
            "0..1",
            "0",
        ),
        // A stated early intent that outlasts the metastatic date by twelve months, and by a day more.
        ("2019-06-01..2021-01-01 adjuvant trastuzumab", "0", "0"),
        (
            "2019-06-01..2021-01-02 adjuvant trastuzumab",
            "0..1",
            "0..1",
        ),
    ]);
}

#[test]
fn medicines_begun_together() {
    counts(&[
        (
            "2020-02-01.. docetaxel | 2020-02-29.. vinorelbine",
            "1",
            "0",
        ),
        (
            "2020-02-01.. docetaxel | 2020-03-01.. vinorelbine",
            "2",
            "0",
        ),
        (
            "2020-02-01.. trastuzumab | 2020-02-29.. pertuzumab",
            "1",
            "1",
        ),
        (
            "2020-02-01.. trastuzumab | 2020-03-01.. pertuzumab",
            "2",
            "2",
        ),
        // An exchange within the days of one start is one start of a line, and still an exchange of HER2 medicines.
        (
            "2020-02-01..2020-02-10 trastuzumab | 2020-02-11.. tdxd",
            "1",
            "2",
        ),
        (
            "2020-02-01..2020-02-11 trastuzumab | 2020-02-11.. tdxd",
            "1",
            "1",
        ),
    ]);
}

#[test]
fn a_new_medicine_and_one_that_was_there() {
    counts(&[
        ("2020-02-01..2020-05-01 docetaxel", "1", "0"),
        (
            "2020-02-01..2020-05-01 docetaxel | 2020-05-20.. vinorelbine",
            "2",
            "0",
        ),
        (
            "2020-02-01..2020-05-01 docetaxel | 2020-05-20.. docetaxel",
            "1",
            "0",
        ),
        (
            "2020-02-01..2020-05-01 trastuzumab | 2020-05-20.. tdxd",
            "2",
            "2",
        ),
        (
            "2020-02-01..2020-05-01 trastuzumab: toxicity | 2020-05-20.. tdxd",
            "2",
            "2",
        ),
        // Planned treatment is none.
        (
            "2020-02-01..2020-05-01 trastuzumab | planned tdxd",
            "1",
            "1",
        ),
        // Back to a HER2 medicine after another one.
        (
            "2020-02-01..2020-05-01 trastuzumab | 2020-05-20..2020-09-01 tdxd | 2020-09-20.. trastuzumab",
            "3",
            "3",
        ),
    ]);
}

#[test]
fn growth_and_then_a_change() {
    let given = |rest: &str| format!("2020-02-01..2021-01-01 docetaxel + trastuzumab | {rest}");
    let cases = [
        // Found on the first day, it is what the treatment was begun for.
        ("2020-02-01 progression | 2020-06-01.. letrozole", "1", "1"),
        ("2020-02-02 progression | 2020-06-01.. letrozole", "2", "2"),
        ("2020-06-01 progression | 2020-06-01.. letrozole", "2", "2"),
        ("2020-06-02 progression | 2020-06-01.. letrozole", "1", "1"),
        // Growth alone begins nothing.
        ("2020-05-20 progression", "1", "1"),
        // Within the days of one start.
        (
            "2020-02-10 progression | 2020-02-20.. vinorelbine",
            "2",
            "2",
        ),
        ("2020-02-20.. vinorelbine", "1", "1"),
        // Known to the month.
        ("2020-05 progression | 2020-06-15.. letrozole", "2", "2"),
        (
            "2020-06 progression | 2020-06-15.. letrozole",
            "1..2",
            "1..2",
        ),
        ("2020-07 progression | 2020-06-15.. letrozole", "1", "1"),
    ];
    let charts: Vec<String> = cases.iter().map(|(rest, _, _)| given(rest)).collect();
    let cases = charts.iter().zip(&cases);
    let cases: Vec<(&str, &str, &str)> = cases
        .map(|(chart, (_, lines, regimens))| (chart.as_str(), *lines, *regimens))
        .collect();
    counts(&cases);
}

#[test]
fn a_dropped_medicine() {
    counts(&[
        (
            "2020-02-01..2020-06-01 docetaxel | 2020-02-01.. trastuzumab + pertuzumab",
            "1",
            "1",
        ),
        (
            "2020-02-01..2020-06-01 docetaxel | 2020-02-01.. trastuzumab | 2020-06-10 progression",
            "1",
            "1",
        ),
        (
            "2020-02-01..2020-06-01 docetaxel: progression | 2020-02-01..2021-01-01 trastuzumab | 2020-06-10.. vinorelbine",
            "2",
            "2",
        ),
    ]);
}

#[test]
fn maintenance_and_what_is_added_to_it() {
    counts(&[
        (
            "2020-02-01..2020-07-31 docetaxel | 2020-02-01..2021-01-01 trastuzumab | 2020-08-01.. tucatinib",
            "1",
            "2",
        ),
        // Chemotherapy is not over, or goes with it.
        (
            "2020-02-01..2020-08-01 docetaxel | 2020-02-01.. trastuzumab | 2020-08-01.. tucatinib",
            "2",
            "2",
        ),
        (
            "2020-02-01..2020-06-01 docetaxel | 2020-02-01.. trastuzumab | 2020-08-01.. tucatinib | 2020-08-29.. capecitabine",
            "2",
            "2",
        ),
        (
            "2020-02-01..2020-06-01 docetaxel | 2020-02-01..2021-01-01 trastuzumab | 2020-08-01.. tucatinib | 2020-08-30.. capecitabine",
            "1",
            "2",
        ),
        // Whether it was still given is open where its end is not on record: `active` may be an old word.
        (
            "2020-02-01..2020-07-31 docetaxel | 2020-02-01.. trastuzumab | 2020-08-01.. tucatinib",
            "1..2",
            "2",
        ),
        // Nothing is left to maintain.
        (
            "2020-02-01..2020-06-01 docetaxel | 2020-02-01..2020-08-01 trastuzumab | 2020-08-01.. tucatinib",
            "1",
            "2",
        ),
        (
            "2020-02-01..2020-06-01 docetaxel | 2020-02-01..2020-07-31 trastuzumab | 2020-08-01.. tucatinib",
            "2",
            "2",
        ),
        // The cancer grew, there was no chemotherapy before, or the medicine is on no list.
        (
            "2020-02-01..2020-06-01 docetaxel | 2020-02-01.. trastuzumab | 2020-07-15 progression | 2020-08-01.. tucatinib",
            "2",
            "2",
        ),
        (
            "2020-02-01.. trastuzumab | 2020-08-01.. tucatinib",
            "2",
            "2",
        ),
        (
            "2020-02-01..2020-06-01 docetaxel | 2020-02-01.. trastuzumab | 2020-08-01.. pertuzumab",
            "2",
            "2",
        ),
    ]);
}

#[test]
fn hormonal_therapy() {
    counts(&[
        (
            "2020-02-01.. docetaxel + trastuzumab | 2020-06-01.. letrozole + palbociclib",
            "1",
            "1",
        ),
        (
            "2020-02-01..2020-06-01 letrozole | 2020-07-01.. fulvestrant + palbociclib",
            "1",
            "0",
        ),
        (
            "2020-02-01..2020-06-01 letrozole: progression | 2020-07-01.. fulvestrant + palbociclib",
            "2",
            "0",
        ),
        (
            "2020-02-01..2020-06-01 letrozole | 2020-07-01.. docetaxel",
            "2",
            "0",
        ),
        // In the place of all other treatment: after growth a line, and no HER2 regimen.
        (
            "2020-02-01..2020-06-01 docetaxel + trastuzumab: progression | 2020-07-01.. letrozole",
            "2",
            "1",
        ),
        (
            "2020-02-01..2020-06-01 docetaxel + trastuzumab | 2020-07-01.. letrozole",
            "1",
            "1",
        ),
    ]);
}

#[test]
fn products_and_partners() {
    counts(&[
        (
            "2020-02-01..2020-06-01 trastuzumab + pertuzumab | 2020-06-22.. phesgo",
            "1",
            "1",
        ),
        (
            "2020-02-01..2020-06-01 trastuzumab | 2020-06-22.. phesgo",
            "2",
            "2",
        ),
        (
            "2020-02-01..2020-06-01 trastuzumab | 2020-06-22.. tdm1",
            "2",
            "2",
        ),
        (
            "2020-02-01..2020-05-01 docetaxel: toxicity | 2020-06-01.. paclitaxel",
            "1",
            "0",
        ),
        (
            "2020-02-01..2020-05-01 docetaxel: progression | 2020-06-01.. paclitaxel",
            "2",
            "0",
        ),
        (
            "2020-02-01..2020-05-01 docetaxel | 2020-02-01.. trastuzumab | 2020-06-01.. vinorelbine",
            "1",
            "1",
        ),
        (
            "2020-02-01..2020-05-01 docetaxel | 2020-06-01.. vinorelbine",
            "2",
            "0",
        ),
    ]);
}

#[test]
fn pauses() {
    counts(&[
        (
            "2020-02-01..2020-06-01 trastuzumab | 2020-09-29.. trastuzumab",
            "1",
            "1",
        ),
        (
            "2020-02-01..2020-06-01 trastuzumab | 2020-09-30.. trastuzumab",
            "1..2",
            "1",
        ),
        // Something else was given all the time.
        (
            "2020-02-01..2020-06-01 trastuzumab | 2020-02-01.. letrozole | 2020-09-30.. trastuzumab",
            "1",
            "1",
        ),
        // Its last dose is not on record, or it never stopped.
        (
            "2020-02-01..? trastuzumab | 2020-09-30.. trastuzumab",
            "1..2",
            "1",
        ),
        (
            "2020-02-01.. trastuzumab | 2020-09-30.. trastuzumab",
            "1",
            "1",
        ),
        // Growth in a short pause, and the same again.
        (
            "2020-02-01..2020-06-01 trastuzumab | 2020-06-10 progression | 2020-07-01.. trastuzumab",
            "1",
            "1",
        ),
    ]);
}

#[test]
fn local_treatment_and_supportive_medicines() {
    counts(&[
        (
            "2020-02-01.. trastuzumab | 2020-06-01 progression: brain | 2020-06-10 radiosurgery: brain",
            "1",
            "1",
        ),
        (
            "2020-02-01.. trastuzumab | 2020-06-01 progression: brain | 2020-06-10 radiosurgery: brain | 2020-06-20.. tucatinib + capecitabine",
            "2",
            "2",
        ),
        ("2020-02-01.. denosumab", "0", "0"),
        (
            "2020-02-01.. trastuzumab | 2020-06-01 progression | 2020-06-10.. denosumab",
            "1",
            "1",
        ),
    ]);
}

#[test]
fn dates_known_to_the_month() {
    counts(&[
        // 28 days lie between the ends of a February of 29 days, and 30 between those of a January.
        ("2020-02 docetaxel | 2020-02 vinorelbine", "1", "0"),
        ("2021-01 docetaxel | 2021-01 vinorelbine", "1..2", "0"),
        // From the last day of February to the first of April.
        ("2020-02.. trastuzumab | 2020-04.. pertuzumab", "2", "2"),
        (
            "2020-02.. trastuzumab | 2020-03.. pertuzumab",
            "1..2",
            "1..2",
        ),
        ("2020.. trastuzumab", "1", "1"),
        ("2019.. trastuzumab", "0..1", "0..1"),
        ("? trastuzumab", "0..1", "0..1"),
        // A medicine that nobody here knows.
        ("2020-02-01.. other: ABC-123", "0..1", "0..1"),
        (
            "2020-02-01.. tdxd | 2020-06-01.. other: ABC-123",
            "1..2",
            "1..2",
        ),
    ]);
}

#[test]
fn a_statement_overrides_the_count_of_its_day() {
    let given = "2020-02-01..2020-06-01 trastuzumab | 2020-06-20..2021-01-01 tdxd";
    let with = |rest: &str| format!("{given} | {rest}");
    let cases = [
        ("2021-02-01 fact line = 1 override", "1", "2"),
        ("fact line = 4 override", "4", "2"),
        ("2021-02-01 fact regimens-metastatic = 3 override", "2", "3"),
        // What was begun on that day counts among what it speaks of; what was begun a day later may add to it.
        (
            "2021-02-01 fact line = 1 override | 2021-02-01.. tucatinib",
            "1",
            "3",
        ),
        (
            "2021-02-01 fact line = 1 override | 2021-02-02.. tucatinib",
            "1..",
            "3",
        ),
        // Without `override` it has to agree.
        ("2021-02-01 fact line = 2", "2", "2"),
        ("2021-02-01 fact line = 1", "?c", "2"),
    ];
    let charts: Vec<String> = cases.iter().map(|(rest, _, _)| with(rest)).collect();
    let cases = charts.iter().zip(&cases);
    let cases: Vec<(&str, &str, &str)> = cases
        .map(|(chart, (_, lines, regimens))| (chart.as_str(), *lines, *regimens))
        .collect();
    counts(&cases);
}

#[test]
fn medicines_of_one_line_were_begun_together() {
    complete(&[
        (
            "? metastasis: liver | ..? palliative docetaxel + trastuzumab + pertuzumab",
            "regimens-metastatic = 1, line = 1",
        ),
        (
            "? metastasis: liver | 2021.. palliative docetaxel + trastuzumab + pertuzumab",
            "regimens-metastatic = 1, line = 1",
        ),
        // On lines of their own they may have been begun at different times.
        (
            "? metastasis: liver | ..? palliative trastuzumab | ..? palliative pertuzumab",
            "regimens-metastatic = 1..2, line = 1..2",
        ),
        (
            "? metastasis: liver | 2021.. palliative trastuzumab | 2021.. palliative pertuzumab",
            "regimens-metastatic = 1..2, line = 1..2",
        ),
        // Growth that may lie before or after their common start lies between none of them.
        (
            "? metastasis: liver | ..? palliative docetaxel + trastuzumab + pertuzumab | ? progression",
            "regimens-metastatic = 1, line = 1",
        ),
        // Nothing tells which of two lines came first, or whether they overlap.
        (
            "? metastasis: liver | ..? palliative trastuzumab + pertuzumab | ..? palliative tdxd",
            "regimens-metastatic = 1..2, line = 1..2",
        ),
    ]);
    partial(&[(
        "? metastasis: liver | ..? palliative docetaxel + trastuzumab + pertuzumab",
        "regimens-metastatic = 1.., line = 1..",
    )]);
}

#[test]
fn medicines_found_in_the_words_of_one_text_may_be_of_different_times() {
    let lines = "? metastasis: liver\n..? palliative trastuzumab + pertuzumab";
    let mut chart = chart(lines);
    for entry in &mut chart.entries {
        std::sync::Arc::make_mut(&mut entry.source).from_text = true;
    }
    let facts = facts_of(&chart, AS_OF, Completeness::Complete);
    for id in ["regimens-metastatic", "line"] {
        assert_eq!(written_value(id, get(&facts, id), false), "1..2", "{id}");
    }
}

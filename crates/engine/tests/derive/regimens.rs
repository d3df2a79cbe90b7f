//! Counting HER2-directed regimens.

use crate::{complete, partial};

/// Metastatic since the first day of 2020.
const MBC: &str = "2020-01-01 metastasis: liver";

fn counts(cases: &[(&str, &str)]) {
    let cases: Vec<(&'static str, &'static str)> = cases
        .iter()
        .map(|(lines, count)| {
            let lines: &'static str = Box::leak(format!("{MBC} | {lines}").into_boxed_str());
            let count: &'static str =
                Box::leak(format!("regimens-metastatic = {count}").into_boxed_str());
            (lines, count)
        })
        .collect();
    complete(&cases);
}

#[test]
fn one_regimen_goes_on() {
    counts(&[
        ("planned trastuzumab", "0"),
        ("2020-02-01.. docetaxel", "0"),
        (
            "2020-02-01..2021-02-01 trastuzumab + pertuzumab + docetaxel",
            "1",
        ),
        // Drugs of one planned start, to the 28th day.
        ("2020-02-01.. trastuzumab | 2020-02-29.. pertuzumab", "1"),
        ("2020-02-01.. trastuzumab | 2020-03-01.. pertuzumab", "2"),
        // Another product of the same substances.
        (
            "2020-02-01..2020-06-01 trastuzumab + pertuzumab | 2020-06-22.. phesgo",
            "1",
        ),
        (
            "2020-02-01..2020-06-01 phesgo | 2020-06-22.. trastuzumab",
            "1",
        ),
        // Dropping, pausing, endocrine therapy, another partner: all without growth.
        (
            "2020-02-01..2021-02-01 trastuzumab | 2020-02-01..2020-06-01 pertuzumab + docetaxel",
            "1",
        ),
        (
            "2020-02-01..2020-06-01 trastuzumab | 2022-02-01.. trastuzumab",
            "1",
        ),
        (
            "2020-02-01..2021-02-01 trastuzumab | 2020-06-01.. letrozole",
            "1",
        ),
        (
            "2020-02-01..2021-02-01 trastuzumab + docetaxel | 2020-06-01.. vinorelbine",
            "1",
        ),
        (
            "2020-02-01..2021-02-01 trastuzumab | 2020-06-01 progression: brain | 2020-06-10 radiosurgery: brain",
            "1",
        ),
        (
            "2020-02-01..2020-06-01 trastuzumab | 2020-06-05 progression | 2020-07-01..2021-02-01 trastuzumab",
            "1",
        ),
        // Records of single doses.
        (
            "2020-02-01..2020-02-01 trastuzumab | 2020-02-22..2020-02-22 trastuzumab | 2020-03-14..2020-03-14 trastuzumab",
            "1",
        ),
    ]);
}

#[test]
fn a_new_regimen_begins() {
    counts(&[
        (
            "2020-02-01..2021-02-01 trastuzumab + pertuzumab | 2021-02-20.. tdxd",
            "2",
        ),
        // An exchange inside the window is still an exchange.
        (
            "2020-02-01..2020-02-10 trastuzumab | 2020-02-20.. tdxd",
            "2",
        ),
        (
            "2020-02-01..2020-06-01 trastuzumab: toxicity | 2020-06-22.. tdm1",
            "2",
        ),
        (
            "2020-02-01..2021-06-01 trastuzumab | 2021-02-01.. tucatinib",
            "2",
        ),
        // Growth lies between, and any drug changes.
        (
            "2020-02-01..2021-02-01 trastuzumab + docetaxel | 2020-05-20 progression | 2020-06-01.. vinorelbine",
            "2",
        ),
        (
            "2020-02-01..2021-02-01 trastuzumab + docetaxel | 2020-06-01 progression | 2020-06-01.. vinorelbine",
            "2",
        ),
        (
            "2020-02-01..2021-02-01 trastuzumab + docetaxel | 2020-06-02 progression | 2020-06-01.. vinorelbine",
            "1",
        ),
        (
            "2020-02-01..2021-02-01 trastuzumab | 2020-05-20 progression | 2020-06-01.. letrozole",
            "2",
        ),
        // The partner goes on without an agent: no regimen of this kind.
        (
            "2020-02-01..2020-05-20 trastuzumab: progression | 2020-06-01.. capecitabine",
            "1",
        ),
        (
            "2020-02-01..2020-05-20 trastuzumab: progression | 2020-06-01..2021-01-01 tucatinib + trastuzumab + capecitabine",
            "2",
        ),
        // Back to an earlier agent after another one.
        (
            "2020-02-01..2020-06-01 trastuzumab | 2020-06-20..2020-12-01 tdxd | 2021-01-01.. trastuzumab + capecitabine",
            "3",
        ),
        (
            "2020-02-01..2021-02-01 trastuzumab + pertuzumab | 2021-03-01..2021-09-01 tdxd | 2021-10-01..2022-03-01 trastuzumab + tucatinib + capecitabine | 2022-04-01.. tdm1",
            "4",
        ),
    ]);
}

#[test]
fn what_the_record_leaves_open() {
    counts(&[
        ("2020-02 trastuzumab | 2020-03 pertuzumab", "1..2"),
        (
            "2020-02-01..2021-01-01 trastuzumab | 2021-02-01.. other: ABC-123",
            "1..2",
        ),
        ("? trastuzumab", "0..1"),
        (
            "2020-02-01..? trastuzumab + docetaxel | 2020-05-20 progression | 2020-06-01.. vinorelbine",
            "1..2",
        ),
        ("2019-12-18.. trastuzumab", "1"),
        ("2019-12-17.. trastuzumab", "0..1"),
        // Growth, and then a medicine that may be none against the cancer.
        (
            "2020-02-01.. trastuzumab | 2020-06-01 progression | 2020-06-20.. other: ABC-123",
            "1..2",
        ),
        // It may be the later one under another name.
        (
            "2020-02-01.. trastuzumab + other: ABC-123 | 2020-06-20.. pertuzumab",
            "1..2",
        ),
        (
            "2020-02-01.. trastuzumab + other: ABC-123 | 2020-06-20.. tdxd | 2021-01-01.. tucatinib",
            "2..3",
        ),
        ("2020-02-01.. other: ABC-123", "0..1"),
        (
            "2020-02-01.. other: ABC-123 | 2020-06-01 progression | 2020-06-20.. other: ABC-124",
            "0..2",
        ),
    ]);
    partial(&[
        ("2020-01-01 metastasis: liver", "regimens-metastatic = 0.."),
        (
            "2020-01-01 metastasis: liver | 2020-02-01..2021-01-01 trastuzumab | 2021-02-01.. tdxd",
            "regimens-metastatic = 2.., regimens-any = 2..",
        ),
    ]);
}

#[test]
fn early_regimens_count_beside_metastatic_ones() {
    complete(&[
        (
            "2018-01-01..2018-05-01 neoadjuvant trastuzumab + pertuzumab + docetaxel | 2018-07-01..2019-01-01 adjuvant trastuzumab + pertuzumab",
            "regimens-any = 1, regimens-metastatic = 0",
        ),
        (
            "2018-01-01..2018-05-01 neoadjuvant trastuzumab + pertuzumab + docetaxel | 2018-07-01..2019-01-01 adjuvant trastuzumab",
            "regimens-any = 1",
        ),
        (
            "2018-01-01..2018-05-01 neoadjuvant trastuzumab + pertuzumab + docetaxel | 2018-07-01..2019-01-01 adjuvant tdm1",
            "regimens-any = 2",
        ),
        (
            "2018-01-01..2019-01-01 adjuvant trastuzumab | 2022-01-01 metastasis: lung | 2022-02-01.. trastuzumab",
            "regimens-any = 2, regimens-metastatic = 1",
        ),
        (
            "2018-01-01..2019-01-01 trastuzumab | 2022-01-01 metastasis: lung | 2022-02-01.. trastuzumab",
            "regimens-any = 1..2, regimens-metastatic = 1",
        ),
        (
            "2017-12-01 lumpectomy | 2018-01-01..2019-01-01 trastuzumab | 2022-01-01 metastasis: lung | 2022-02-01.. trastuzumab",
            "regimens-any = 2, regimens-metastatic = 1",
        ),
        (
            "2021-06-01..2022-03-01 trastuzumab | 2022-01-01 metastasis: lung",
            "regimens-any = 1, regimens-metastatic = 0..1",
        ),
        (
            "2018-01-01..2019-01-01 adjuvant trastuzumab | 2022-01-01 metastasis: lung | ? tdxd",
            "regimens-any = 1..2, regimens-metastatic = 0..1",
        ),
        (
            "2018-01-01..2019-01-01 adjuvant trastuzumab | 2022-01-01 metastasis: lung | ? trastuzumab",
            "regimens-any = 1..2",
        ),
    ]);
}

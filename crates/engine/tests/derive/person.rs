//! Age, menopause, conditions and measurements.

use crate::{both, check_as_of, complete, partial};
use waymark_engine::chart::Completeness;

#[test]
fn completed_years_of_age() {
    let at = |day: &str, cases: &[(&'static str, &'static str)]| {
        check_as_of(day, Completeness::Partial, cases)
    };
    at(
        "2026-05-13",
        &[
            ("born: 1971-05-14", "age = 54"),
            ("born: 1971-05", "age = 54..55"),
            ("born: 1971", "age = 54..55"),
        ],
    );
    at("2026-05-14", &[("born: 1971-05-14", "age = 55")]);
    at("2026-12-31", &[("born: 1971", "age = 55")]);
    at("2018-02-28", &[("born: 2000-02-29", "age = 17")]);
    at("2018-03-01", &[("born: 2000-02-29", "age = 18")]);
    at("1970-01-01", &[("born: 1971-05-14", "age = ?a")]);
    both(&[
        ("patient: nobody", "age = ?n"),
        ("fact age = 54", "age = 54"),
        ("2024-11-01 fact age = 54", "age = 56..57"),
        ("born: 1971 | fact age = 55", "age = 55"),
        ("born: 1971-05-14 | fact age = 40", "age = ?c"),
    ]);
}

#[test]
fn the_latest_word_on_menopause() {
    both(&[
        (
            "2024-01-01 postmenopausal",
            "postmenopausal = true, menopausal-status = postmenopausal",
        ),
        (
            "2025-11-01 perimenopausal",
            "postmenopausal = false, menopausal-status = perimenopausal",
        ),
        (
            "2025-10-31 perimenopausal",
            "postmenopausal = ?u, menopausal-status = ?u",
        ),
        (
            "? perimenopausal",
            "postmenopausal = false, menopausal-status = perimenopausal",
        ),
        (
            "2015-01-01 premenopausal | 2024-01-01 postmenopausal",
            "postmenopausal = true, menopausal-status = postmenopausal",
        ),
        (
            "2024-01-01 premenopausal | 2024-01-01 postmenopausal",
            "postmenopausal = ?c, menopausal-status = ?c",
        ),
        (
            "2026-01-01 premenopausal | 2026-01-01 perimenopausal",
            "postmenopausal = false, menopausal-status = ?",
        ),
        ("2026-01-01 not postmenopausal", "postmenopausal = false"),
        ("2024-01-01 not postmenopausal", "postmenopausal = ?u"),
        ("born: 1930", "postmenopausal = ?n"),
        ("sex: male", "postmenopausal = ?n"),
        (
            "fact menopausal-status = postmenopausal",
            "postmenopausal = true, menopausal-status = postmenopausal",
        ),
        (
            "2015-01-01 premenopausal | 2024-01-01 fact postmenopausal = true",
            "postmenopausal = true",
        ),
        (
            "2026-01-01 premenopausal | 2026-01-01 fact postmenopausal = true",
            "postmenopausal = ?c",
        ),
        (
            "2014-01-01 fact postmenopausal = false | 2024-01-01 postmenopausal",
            "postmenopausal = true",
        ),
    ]);
}

#[test]
fn conditions() {
    both(&[
        ("2024-01-01 heart failure", "heart-failure = true"),
        ("2026-11-01 no heart failure", "heart-failure = false"),
        (
            "2024-01-01 heart failure | 2025-01-01 no heart failure",
            "heart-failure = ?c",
        ),
        (
            "2024-01-01 no heart failure | 2025-01-01 heart failure",
            "heart-failure = true",
        ),
        ("2024-01-01 interstitial lung disease", "ild-history = true"),
        ("2026-06-01 pregnant", "pregnant = true"),
        ("2025-06-01 pregnant", "pregnant = ?u"),
        // 44 weeks before the day asked for, and a day more.
        ("2025-12-28 pregnant", "pregnant = true"),
        ("2025-12-27 pregnant", "pregnant = ?u"),
        // That she was not is of its day alone.
        (
            "2026-06-01 pregnant | 2026-11-01 not pregnant",
            "pregnant = false",
        ),
        (
            "2026-06-01 pregnant | 2026-10-31 not pregnant",
            "pregnant = ?u",
        ),
        ("? not pregnant", "pregnant = false"),
        (
            "2026-06-01 pregnant | 2026-06-01 not pregnant",
            "pregnant = ?c",
        ),
        ("patient: nobody", "pregnant = ?n, ild-history = ?n"),
    ]);
    partial(&[
        ("patient: nobody", "heart-failure = ?n"),
        // That there was none is of its day, unless what came later would be on record.
        ("2026-10-31 no heart failure", "heart-failure = ?u"),
    ]);
    complete(&[
        ("patient: nobody", "heart-failure = false"),
        ("2026-10-31 no heart failure", "heart-failure = false"),
    ]);
}

#[test]
fn the_latest_measurement() {
    both(&[
        (
            "2024-01-01 LVEF 58 % | 2024-06-01 LVEF 49.5 %",
            "lvef = 49.5",
        ),
        ("2024-01-01 LVEF 58 % | 2024-01-01 LVEF 49 %", "lvef = ?c"),
        ("2024-01-01 LVEF 58 % | 2024-01-01 LVEF 58 %", "lvef = 58"),
        ("2024-01 LVEF 58 % | 2024-01-15 LVEF 50 %", "lvef = ?c"),
        ("2024-01-01 LVEF 50..55 %", "lvef = 50..55"),
        ("2024-01-01 ALT 80 (limit 40)", "alt-times-uln = 2"),
        ("2024-01-01 ALT 100 (limit 40)", "alt-times-uln = 2.5"),
        ("2024-01-01 ALT 10 (limit 30)", "alt-times-uln = 0.33333334"),
        ("2024-01-01 ALT 80", "alt-times-uln = ?u"),
        ("patient: nobody", "lvef = ?n"),
        (
            "2024-01-01 LVEF 58 % | 2024-06-01 fact lvef = 45",
            "lvef = 45",
        ),
    ]);
}

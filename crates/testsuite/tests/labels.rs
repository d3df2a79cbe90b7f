//! The labels through the years: whole patients, and the day on which each use was approved or reworded.
//!
//! Every day here was taken from the list of FDA decisions, not from the knowledge base; the day before is tried too.

#![expect(clippy::panic, reason = "a test stops at what it did not expect")]

use waymark_criteria::Date;
use waymark_engine::Bundle;
use waymark_engine::chart::{Completeness, written};
use waymark_engine::wire::Verdict;
use waymark_testsuite::{assess, bundle, day};

fn verdict(lines: &str, regimen: &str, on: Date, bundle: &Bundle) -> Verdict {
    let text =
        format!("chart 1\npatient: p born: 1950-05-30 sex: female\nrecord: complete\n{lines}\n");
    let chart = written::read(&text, bundle).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let assessment = assess(&chart, bundle, on, Completeness::Complete);
    let found = assessment.regimens.iter().find(|it| it.id == regimen);
    found
        .unwrap_or_else(|| panic!("no regimen {regimen}"))
        .verdict
}

/// The verdict on the day before, and on the day.
fn around(lines: &str, regimen: &str, on: &str, bundle: &Bundle) -> [Verdict; 2] {
    let on = day(on);
    [on.add_days(-1), on].map(|on| verdict(lines, regimen, on, bundle))
}

const POSITIVE: &str = "1995-01-11 breast cancer, stage 4
1995-01-11 HER2 IHC 3+ (primary), ER 90 %, PR 20 %
1995-01-18 metastasis: liver
1998-01-01 postmenopausal";

/// Two HER2 regimens, an anthracycline and a taxane for metastatic disease, growth on each: enough for every label that
/// asks for earlier treatment. The treatment lies before 1998, so that only the days of the labels decide.
const TREATED: &str = "1995-02-01..1995-06-07 docetaxel: completed
1995-06-10..1995-09-01 doxorubicin: stopped, progression
1996-02-01..1996-12-07 trastuzumab + paclitaxel: stopped, progression
1997-01-01..1997-06-01 lapatinib: stopped, progression";

#[test]
fn a_use_for_people_treated_before_is_met_from_the_day_of_its_approval() {
    let bundle = bundle();
    let lines = format!("{POSITIVE}\n{TREATED}");
    for (regimen, on) in [
        ("trastuzumab", "1998-09-25"),
        ("lapatinib-capecitabine", "2007-03-13"),
        ("lapatinib-letrozole", "2010-01-29"),
        ("tdm1", "2013-02-22"),
        ("tdxd", "2019-12-20"),
        ("neratinib-capecitabine", "2020-02-25"),
        ("tucatinib-trastuzumab-capecitabine", "2020-04-17"),
        ("margetuximab-chemo", "2020-12-16"),
    ] {
        let expected = [Verdict::NotIndicated, Verdict::Indicated];
        assert_eq!(around(&lines, regimen, on, &bundle), expected, "{regimen}");
        // None was withdrawn since.
        let today = verdict(&lines, regimen, day("2026-11-01"), &bundle);
        assert_eq!(today, Verdict::Indicated, "{regimen}");
    }
}

#[test]
fn a_first_use_is_met_from_the_day_of_its_approval_and_never_after_treatment() {
    let bundle = bundle();
    let treated = format!("{POSITIVE}\n{TREATED}");
    for (regimen, on) in [
        ("trastuzumab-chemo", "1998-09-25"),
        ("thp", "2012-06-08"),
        ("tdxd-pertuzumab", "2025-12-15"),
    ] {
        let expected = [Verdict::NotIndicated, Verdict::Indicated];
        assert_eq!(
            around(POSITIVE, regimen, on, &bundle),
            expected,
            "{regimen}"
        );
        let expected = [Verdict::NotIndicated; 2];
        assert_eq!(
            around(&treated, regimen, on, &bundle),
            expected,
            "{regimen}"
        );
    }
}

#[test]
fn one_regimen_is_enough_for_t_dxd_alone_from_2022_on() {
    let bundle = bundle();
    let once = format!("{POSITIVE}\n1996-02-01..1996-12-07 trastuzumab + paclitaxel");
    let expected = [Verdict::NotIndicated, Verdict::Indicated];
    assert_eq!(around(&once, "tdxd", "2022-05-04", &bundle), expected);
    // Two were asked for until then: someone who had two met either wording.
    let expected = [Verdict::Indicated; 2];
    let twice = format!("{POSITIVE}\n{TREATED}");
    assert_eq!(around(&twice, "tdxd", "2022-05-04", &bundle), expected);
}

#[test]
fn her2_low_and_ultralow_cancer_have_their_own_days() {
    let bundle = bundle();
    let tested = |her2: &str, treatment: &str| {
        format!(
            "2015-01-11 breast cancer, stage 4\n2015-01-11 HER2 {her2} (primary), ER 90 %, PR 20 %\n2015-01-18 metastasis: liver\n{treatment}"
        )
    };
    let expected = [Verdict::NotIndicated, Verdict::Indicated];
    let chemotherapy = tested(
        "IHC 1+",
        "2015-02-01..2016-02-01 capecitabine: stopped, progression",
    );
    let found = around(&chemotherapy, "tdxd-her2-low", "2022-08-05", &bundle);
    assert_eq!(found, expected);
    let hormonal = tested(
        "IHC 1+",
        "2015-02-01..2016-02-01 letrozole: stopped, progression",
    );
    let found = around(&hormonal, "tdxd-her2-low", "2025-01-27", &bundle);
    assert_eq!(found, expected);
    // The label for HER2-positive cancer never covered it.
    let found = around(&chemotherapy, "tdxd", "2026-11-01", &bundle);
    assert_eq!(found, [Verdict::NotIndicated; 2]);
}

#[test]
fn maintenance_with_palbociclib_is_met_from_june_2026_on() {
    let bundle = bundle();
    let lines = format!(
        "{POSITIVE}\n2025-09-01..2026-03-01 docetaxel: completed\n2025-09-01.. trastuzumab + pertuzumab"
    );
    let expected = [Verdict::NotIndicated, Verdict::Indicated];
    let found = around(&lines, "palbociclib-maintenance", "2026-06-24", &bundle);
    assert_eq!(found, expected);
}

/// The first label of trastuzumab with paclitaxel asked for no chemotherapy only; when it came to say first line is
/// known to lie between that day and 2019-02-28.
#[test]
fn her2_treatment_without_chemotherapy_ends_first_line_only_by_the_later_wording() {
    let bundle = bundle();
    let lines = format!("{POSITIVE}\n1997-01-01..1997-06-01 lapatinib: stopped, progression");
    let on = |date| verdict(&lines, "trastuzumab-chemo", day(date), &bundle);
    assert_eq!(on("1998-09-24"), Verdict::NotIndicated);
    assert_eq!(on("1998-09-25"), Verdict::Indicated);
    assert_eq!(on("1998-09-26"), Verdict::Unknown);
    assert_eq!(on("2019-02-27"), Verdict::Unknown);
    assert_eq!(on("2019-02-28"), Verdict::NotIndicated);
}

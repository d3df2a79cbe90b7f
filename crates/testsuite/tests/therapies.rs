//! Whole patients whose treatment the record leaves open: no verdict is surer than the record.

#![expect(clippy::panic, reason = "a test stops at what it did not expect")]

use std::collections::BTreeMap;
use waymark_engine::Bundle;
use waymark_engine::chart::{Completeness, written};
use waymark_engine::wire::{Text, Verdict};
use waymark_testsuite::{assess, bundle, day};

/// The verdict on each indication, for a record that is stated to be complete.
fn verdicts(lines: &str, bundle: &Bundle) -> BTreeMap<Text, Verdict> {
    let text = format!(
        "chart 1\npatient: p born: 1971-05-30 sex: female\nrecord: complete\n2015-01-10 breast cancer\n{lines}\n"
    );
    let chart = written::read(&text, bundle).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let assessment = assess(&chart, bundle, day("2026-11-01"), Completeness::Complete);
    let indications = assessment
        .regimens
        .into_iter()
        .flat_map(|regimen| regimen.indications);
    indications
        .map(|indication| (indication.id.clone(), indication.verdict))
        .collect()
}

fn check(bundle: &Bundle, lines: &str, expected: &[(&str, Verdict)]) {
    let found = verdicts(lines, bundle);
    for (id, verdict) in expected {
        assert_eq!(found.get(*id), Some(verdict), "{id} after\n{lines}");
    }
}

const POSITIVE: &str = "2015-01-10 HER2 IHC 3+ (primary)";
const LOW: &str = "2015-01-10 HER2 IHC 1+ (primary), ER negative, PR negative";

#[test]
fn an_unknown_medicine_is_no_line_of_treatment() {
    let bundle = bundle();
    let early =
        "2015-02-01..2015-06-01 adjuvant docetaxel\n2015-02-01..2016-02-01 adjuvant trastuzumab";
    let lines = format!(
        "{POSITIVE}\n{early}\n2026-01-10 metastasis: liver\n2026-02-01.. other: ondansetron"
    );
    check(
        &bundle,
        &lines,
        &[
            ("tdm-1", Verdict::Unknown),
            ("tdx-1", Verdict::Unknown),
            ("tdx-2", Verdict::Unknown),
            ("per-1", Verdict::Unknown),
            ("tra-1", Verdict::Unknown),
        ],
    );
    let lines = format!("{POSITIVE}\n{early}\n2026-01-10 metastasis: liver");
    check(
        &bundle,
        &lines,
        &[
            ("tdm-1", Verdict::NotIndicated),
            ("tdx-1", Verdict::Indicated),
        ],
    );
}

#[test]
fn treatment_before_a_late_metastatic_date_leaves_first_line_open() {
    let bundle = bundle();
    let given = "docetaxel + trastuzumab + pertuzumab";
    let first_line = |verdict| {
        ["tdx-1", "per-1", "tra-1"]
            .into_iter()
            .map(move |id| (id, verdict))
            .collect::<Vec<_>>()
    };
    for dates in [
        "2026-01-10..",
        "2026-01-10..2026-09-10",
        "2025-06-01..2026-01-20",
    ] {
        let lines = format!("{POSITIVE}\n{dates} {given}\n2026-02-10 metastasis: liver");
        check(&bundle, &lines, &first_line(Verdict::Unknown));
    }
    let lines = format!("{POSITIVE}\n2026-01-27.. {given}\n2026-02-10 metastasis: liver");
    check(&bundle, &lines, &first_line(Verdict::NotIndicated));
    let lines = format!(
        "{POSITIVE}\n2025-05-20 stage 2\n2025-06-01..2025-11-20 {given}\n2025-12-10 mastectomy\n2026-02-10 metastasis: liver"
    );
    check(&bundle, &lines, &first_line(Verdict::Indicated));
}

#[test]
fn what_may_count_as_chemotherapy_decides_nothing() {
    let bundle = bundle();
    for medicine in ["sacituzumab govitecan", "datopotamab deruxtecan"] {
        let after = format!("2026-01-10 metastasis: liver\n2026-02-01.. {medicine}");
        check(
            &bundle,
            &format!("{LOW}\n{after}"),
            &[("tdx-3", Verdict::Unknown)],
        );
        check(
            &bundle,
            &format!("{POSITIVE}\n{after}"),
            &[
                ("tdx-1", Verdict::Unknown),
                ("per-1", Verdict::Unknown),
                ("tra-1", Verdict::Unknown),
            ],
        );
    }
}

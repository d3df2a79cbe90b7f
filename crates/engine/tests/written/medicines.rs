//! Lines of medicines.

use crate::{chart_of, dates, events};
use waymark_criteria::{Date, DateBounds, Truth};
use waymark_engine::chart::{Drug, Event, Intent, StopReason, Therapy, TherapyStatus};

fn therapies(line: &str) -> Vec<Therapy> {
    let courses = events(line).into_iter().map(|event| match event {
        Event::Therapy(therapy) => therapy,
        other => panic!("`{line}` gave {other:?}"),
    });
    courses.collect()
}

#[test]
fn medicines_are_known_by_any_name_and_by_the_longest() {
    let names = [
        ("trastuzumab", "trastuzumab"),
        ("Herceptin", "trastuzumab"),
        ("KANJINTI", "trastuzumab"),
        ("trastuzumab-anns", "trastuzumab"),
        ("trastuzumab deruxtecan", "tdxd"),
        ("T-DXd", "tdxd"),
        ("tdxd", "tdxd"),
        ("Enhertu", "tdxd"),
        ("ado-trastuzumab  emtansine", "tdm1"),
        (
            "pertuzumab, trastuzumab and hyaluronidase-zzxf",
            "pertuzumab-trastuzumab",
        ),
    ];
    for (name, id) in names {
        let [therapy] = &therapies(&format!("2021.. {name}"))[..] else {
            panic!("`{name}` is not one medicine");
        };
        assert_eq!(therapy.drug, Drug::Known(id.into()), "{name}");
    }
    let drugs = |line: &str| -> Vec<Drug> {
        therapies(line)
            .into_iter()
            .map(|therapy| therapy.drug)
            .collect()
    };
    let [docetaxel, her] = ["docetaxel", "trastuzumab"].map(|id| Drug::Known(id.into()));
    for between in ["+", ",", "/", "&", " and ", " with ", "+ "] {
        let line = format!("2021-02 docetaxel{between}trastuzumab");
        assert_eq!(drugs(&line), [docetaxel.clone(), her.clone()], "{line}");
    }
    let unknown = Drug::Unrecognised("ABC-123 (trial)".into());
    assert_eq!(
        drugs("2021-02.. other: ABC-123 (trial) + docetaxel"),
        [unknown, docetaxel]
    );
}

#[test]
fn what_was_given_before_metastasis() {
    let said = |line: &str| -> Vec<(String, Truth)> {
        let said = events(line).into_iter().map(|event| match event {
            Event::Earlier(said) => (said.drug, said.given),
            other => panic!("`{line}` gave {other:?}"),
        });
        said.collect()
    };
    let of = |said: &[(&str, Truth)]| -> Vec<(String, Truth)> {
        let said = said
            .iter()
            .map(|(drug, given)| ((*drug).to_owned(), *given));
        said.collect()
    };
    use Truth::{False, True, Unknown};
    assert_eq!(
        said("before metastasis: Taxane, no Herceptin; perhaps T-DM1, no systemic"),
        of(&[
            ("taxane", True),
            ("trastuzumab", False),
            ("tdm1", Unknown),
            ("systemic", False)
        ])
    );
    // A name may hold a comma itself.
    let phesgo = "pertuzumab, trastuzumab and hyaluronidase-zzxf";
    assert_eq!(
        said(&format!("? before metastasis: no {phesgo}, no docetaxel")),
        of(&[("pertuzumab-trastuzumab", False), ("docetaxel", False)])
    );
    assert_eq!(
        chart_of("before metastasis: no docetaxel").entries[0].date,
        DateBounds::UNKNOWN
    );
}

#[test]
fn courses_of_medicines() {
    let one = |line: &str| {
        let chart = chart_of(line);
        let [therapy] = &therapies(line)[..] else {
            panic!("`{line}` is not one medicine");
        };
        (chart.entries[0].date, therapy.clone())
    };
    let capecitabine = Therapy {
        drug: Drug::Known("capecitabine".into()),
        end: None,
        status: TherapyStatus::Ongoing,
        intent: None,
        stopped: None,
    };
    let over = Therapy {
        status: TherapyStatus::Ended,
        ..capecitabine.clone()
    };
    let until = Therapy {
        end: Some(dates("2022-03-10")),
        ..over.clone()
    };
    assert_eq!(
        one("2021-02.. capecitabine"),
        (dates("2021-02"), capecitabine.clone())
    );
    assert_eq!(
        one("2021-02 capecitabine"),
        (dates("2021-02"), capecitabine.clone())
    );
    assert_eq!(
        one("? capecitabine"),
        (DateBounds::UNKNOWN, capecitabine.clone())
    );
    assert_eq!(
        one("2021-02..? capecitabine"),
        (dates("2021-02"), over.clone())
    );
    for spaced in [
        "2021-02..2022-03-10",
        "2021-02 .. 2022-03-10",
        "2021-02.. 2022-03-10",
        "2021-02 ..2022-03-10",
    ] {
        assert_eq!(
            one(&format!("{spaced} capecitabine")),
            (dates("2021-02"), until.clone()),
            "{spaced}"
        );
    }
    let before = DateBounds {
        low: None,
        high: Date::parse("2022-03-10"),
    };
    assert_eq!(one("..2022-03-10 capecitabine"), (before, until.clone()));
    assert_eq!(one("?..2022-03-10 capecitabine"), (before, until.clone()));
    let planned = Therapy {
        status: TherapyStatus::Planned,
        ..capecitabine
    };
    assert_eq!(
        one("planned capecitabine"),
        (DateBounds::UNKNOWN, planned.clone())
    );
    assert_eq!(
        one("planned 2026-12 capecitabine"),
        (dates("2026-12"), planned)
    );
    let fields = [
        ("completed", StopReason::Completed),
        ("stopped, progression", StopReason::Progression),
        ("toxicity", StopReason::Toxicity),
        ("stopped, other reason", StopReason::Other),
    ];
    for (words, reason) in fields {
        let stopped = Therapy {
            stopped: Some(reason),
            ..until.clone()
        };
        assert_eq!(
            one(&format!("2021-02..2022-03-10 capecitabine: {words}")).1,
            stopped,
            "{words}"
        );
    }
    assert_eq!(one("2021-02 capecitabine: stopped").1, over);
    for (word, intent) in [
        ("neoadjuvant", Intent::Neoadjuvant),
        ("adjuvant", Intent::Adjuvant),
        ("curative", Intent::Curative),
        ("palliative", Intent::Metastatic),
    ] {
        assert_eq!(
            one(&format!("2021-02.. {word} capecitabine")).1.intent,
            Some(intent)
        );
        assert_eq!(
            one(&format!("2021-02.. capecitabine: {word}")).1.intent,
            Some(intent)
        );
    }
}

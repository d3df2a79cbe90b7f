//! The written chart: every construct, every error, and the page that describes it.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at what it did not expect"
)]

mod bundle;
mod errors;
mod medicines;
mod page;
mod receptors;

use bundle::BUNDLE;
use waymark_criteria::value::DECIMAL_UNIT;
use waymark_criteria::{Bounds, DateBounds};
use waymark_engine::chart::written::{looks_like_written, read};
use waymark_engine::chart::{
    Cancer, Chart, Completeness, Diagnosis, DiseaseStatus, Event, LocalTherapy, LocalTherapyKind,
    Measurement, Metastasis, Place, Sex, Site, Stage, Stated, Statement, Trend,
};

fn chart_of(lines: &str) -> Chart {
    let text = format!("chart 1\n{lines}\n");
    read(&text, &BUNDLE).unwrap_or_else(|problems| panic!("{lines}: {problems:#?}"))
}

/// The events of a line.
fn events(line: &str) -> Vec<Event> {
    chart_of(line)
        .entries
        .into_iter()
        .map(|entry| entry.event)
        .collect()
}

/// The one event of a finding.
fn finding(words: &str) -> Event {
    let [event] = &events(&format!("2021-01-15  {words}"))[..] else {
        panic!("`{words}` is not one event");
    };
    event.clone()
}

fn dates(text: &str) -> DateBounds {
    DateBounds::parse(text).unwrap()
}

fn metastasis(site: Option<Site>, present: bool) -> Event {
    Event::Metastasis(Metastasis {
        site,
        present,
        cancer: None,
    })
}

fn diagnosis(cancer: Cancer, recurrence: bool) -> Event {
    Event::Diagnosis(Diagnosis {
        cancer,
        recurrence,
        side: None,
    })
}

fn status(trend: Trend, place: Place) -> Event {
    Event::Status(DiseaseStatus {
        trend,
        place,
        cancer: None,
    })
}

fn local(kind: LocalTherapyKind, place: Place) -> Event {
    Event::LocalTherapy(LocalTherapy { kind, place })
}

#[test]
fn a_chart_is_told_by_its_first_word() {
    assert!(looks_like_written("# words\n\n  chart 1 # version\n"));
    assert!(looks_like_written("\u{feff}chart 1\r\n"));
    assert!(looks_like_written("chart 2"));
    for other in [
        "",
        "{\"resourceType\": \"Bundle\"}",
        "charts 1",
        "# chart 1",
    ] {
        assert!(!looks_like_written(other), "{other}");
    }
}

#[test]
fn the_header_tells_who() {
    let chart = chart_of(
        "patient: anna k   born: 1971-05   sex: female\nrecord: complete\nnote: born: in 1971",
    );
    assert_eq!(chart.patient.id, "anna k");
    assert_eq!(chart.patient.birth, dates("1971-05"));
    assert_eq!(chart.patient.birth_source.unwrap().record, "line 2");
    assert_eq!(chart.patient.sex, Some(Sex::Female));
    assert_eq!(chart.record, Some(Completeness::Complete));
    assert!(chart.entries.is_empty() && chart.import.records == 0);
    let bare = chart_of("");
    assert_eq!((bare.record, bare.patient.sex), (None, None));
    assert_eq!(bare.patient.birth, DateBounds::UNKNOWN);
}

#[test]
fn every_entry_line_is_in_the_report_and_in_its_sources() {
    let text = "\u{feff}chart 1\r\n\r\n# words\r\n2021-01-15\tHER2 IHC 3+,  ER 90 % # a remark\r\n? progression\r\n";
    let chart = read(text, &BUNDLE).unwrap();
    assert_eq!(chart.import.records, 2);
    let gave: Vec<_> = chart
        .import
        .used
        .iter()
        .map(|used| (used.record.as_str(), used.gave.as_str()))
        .collect();
    assert_eq!(
        gave,
        [
            ("line 4", "2 receptor results"),
            ("line 5", "course of the disease")
        ]
    );
    assert!(chart.import.ignored.is_empty());
    let first = &chart.entries[0];
    assert_eq!(
        (first.source.record.as_str(), first.source.text.as_str()),
        ("line 4", "HER2 IHC 3+, ER 90 %")
    );
    assert!(!first.source.from_text);
    assert_eq!(chart.entries.len(), 3);
    assert_eq!(
        (chart.entries[1].date, chart.entries[2].date),
        (dates("2021-01-15"), DateBounds::UNKNOWN)
    );
}

#[test]
fn dates_may_be_partial_or_lie_between_two() {
    for text in ["2021-01-15", "2021-01", "2021", "2021-01/2021-04-10"] {
        let chart = chart_of(&format!("{text} progression"));
        assert_eq!(chart.entries[0].date, dates(text), "{text}");
    }
}

#[test]
fn diagnoses_stages_and_metastases() {
    assert_eq!(finding("breast cancer"), diagnosis(Cancer::Breast, false));
    assert_eq!(
        finding("Breast  Cancer recurrence"),
        diagnosis(Cancer::Breast, true)
    );
    assert_eq!(finding("recurrence"), diagnosis(Cancer::Breast, true));
    assert_eq!(
        finding("cancer: lung"),
        diagnosis(Cancer::Other("lung".into()), false)
    );
    assert_eq!(
        finding("recurrence: lung"),
        diagnosis(Cancer::Other("lung".into()), true)
    );
    assert_eq!(
        finding("cancer: unspecified"),
        diagnosis(Cancer::Unspecified, false)
    );
    let stage = |group, distant| {
        Event::Stage(Stage {
            group,
            distant,
            cancer: None,
        })
    };
    assert_eq!(finding("stage 0"), stage(Some(0), None));
    assert_eq!(finding("stage IIIb"), stage(Some(3), None));
    assert_eq!(finding("stage IV"), stage(Some(4), None));
    assert_eq!(finding("cM0"), stage(None, Some(false)));
    assert_eq!(finding("M1"), stage(None, Some(true)));
    assert_eq!(finding("metastatic"), metastasis(None, true));
    assert_eq!(finding("no metastases"), metastasis(None, false));
    assert_eq!(
        finding("no brain metastases"),
        metastasis(Some(Site::Brain), false)
    );
    assert_eq!(
        finding("no metastasis: brain"),
        metastasis(Some(Site::Brain), false)
    );
    assert_eq!(
        events(
            "2021 metastasis: liver and bone, regional nodes, chest wall, other adrenal, progression"
        ),
        [
            metastasis(Some(Site::Liver), true),
            metastasis(Some(Site::Bone), true),
            metastasis(Some(Site::RegionalNodes), true),
            metastasis(Some(Site::MayBeRegional), true),
            metastasis(Some(Site::Other("adrenal".into())), true),
            status(Trend::Progression, Place::Unstated),
        ]
    );
}

#[test]
fn a_line_is_tied_to_the_cancer_on_it() {
    let cancers = |line: &str| -> Vec<Option<Cancer>> {
        let tied = events(line).into_iter().filter_map(|event| match event {
            Event::Metastasis(metastasis) => Some(metastasis.cancer),
            Event::Stage(stage) => Some(stage.cancer),
            Event::Receptor(result) => Some(result.cancer),
            _ => None,
        });
        tied.collect()
    };
    let lung = Some(Cancer::Other("lung".into()));
    assert_eq!(
        cancers("2021 breast cancer, stage 2"),
        [Some(Cancer::Breast)]
    );
    assert_eq!(
        cancers("2021 cancer: lung, HER2 3+, M1"),
        [lung.clone(), lung.clone()]
    );
    assert_eq!(
        cancers("2021 metastasis: liver, brain  cancer=lung"),
        [lung.clone(), lung]
    );
    assert_eq!(cancers("2021 breast cancer, cancer: lung, stage 4"), [None]);
}

#[test]
fn treatment_of_another_cancer_is_left_out_and_named() {
    let chart = chart_of(
        "2021.. carboplatin cancer=lung\n2021.. docetaxel cancer=breast\n2022 progression, metastasis: bone cancer=lung",
    );
    assert_eq!((chart.import.records, chart.entries.len()), (3, 2));
    let why = "treatment or course of another cancer: lung";
    let ignored = &chart.import.ignored[0];
    assert_eq!(
        (ignored.record.as_str(), ignored.reason.as_str()),
        ("line 2", why)
    );
    let gave = &chart.import.used[1].gave;
    assert_eq!(*gave, format!("statement on metastasis; not {why}"));
}

#[test]
fn course_and_local_therapy() {
    assert_eq!(
        finding("progression"),
        status(Trend::Progression, Place::Unstated)
    );
    assert_eq!(
        finding("progression: brain"),
        status(Trend::Progression, Place::Cns)
    );
    assert_eq!(
        finding("stable: elsewhere"),
        status(Trend::Stable, Place::Elsewhere)
    );
    assert_eq!(
        finding("response"),
        status(Trend::Response, Place::Unstated)
    );
    assert_eq!(
        finding("remission"),
        status(Trend::Remission, Place::Unstated)
    );
    assert_eq!(
        finding("surgery: breast"),
        local(LocalTherapyKind::Surgery, Place::Breast)
    );
    assert_eq!(
        finding("mastectomy"),
        local(LocalTherapyKind::Surgery, Place::Breast)
    );
    assert_eq!(
        finding("radiosurgery: brain"),
        local(LocalTherapyKind::Radiosurgery, Place::Cns)
    );
    assert_eq!(
        finding("radiotherapy"),
        local(LocalTherapyKind::Radiotherapy, Place::Unstated)
    );
    assert_eq!(
        finding("radiotherapy: bone"),
        local(LocalTherapyKind::Radiotherapy, Place::Elsewhere)
    );
}

#[test]
fn measurements() {
    let measured =
        |quantity: &str, low: Option<i64>, high: Option<i64>, upper_limit: Option<i64>| {
            Event::Measurement(Measurement {
                quantity: quantity.into(),
                value: Bounds { low, high },
                upper_limit,
            })
        };
    let exactly = |value: i64| Some(value * DECIMAL_UNIT);
    assert_eq!(
        finding("LVEF 58 %"),
        measured("lvef", exactly(58), exactly(58), None)
    );
    assert_eq!(
        finding("lvef: 57.5"),
        measured("lvef", Some(5_750_000_000), Some(5_750_000_000), None)
    );
    assert_eq!(
        finding("LVEF <50 %"),
        measured("lvef", None, Some(50 * DECIMAL_UNIT - 1), None)
    );
    assert_eq!(
        finding("LVEF 50..55 %"),
        measured("lvef", exactly(50), exactly(55), None)
    );
    assert_eq!(
        finding("ALT 80 (limit 40)"),
        measured("alt", exactly(80), exactly(80), exactly(40))
    );
    assert_eq!(
        finding("ALT 80 U/L (limit 40)"),
        measured("alt", exactly(80), exactly(80), exactly(40))
    );
    assert_eq!(
        finding("ALT 2 x limit"),
        measured("alt", exactly(2), exactly(2), exactly(1))
    );
    // Quantities that only the terms name.
    assert_eq!(
        finding("platelets 100 10*9/L"),
        measured("platelets", exactly(100), exactly(100), None)
    );
    assert_eq!(
        finding("alkaline phosphatase 90"),
        measured("alkaline-phosphatase", exactly(90), exactly(90), None)
    );
}

#[test]
fn conditions_and_menopause() {
    let condition = |id: &str, present| Event::Condition {
        id: id.into(),
        present,
    };
    assert_eq!(finding("pregnant"), condition("pregnancy", true));
    assert_eq!(finding("not pregnant"), condition("pregnancy", false));
    assert_eq!(
        finding("no heart failure"),
        condition("heart-failure", false)
    );
    assert_eq!(
        finding("interstitial lung disease"),
        condition("interstitial-lung-disease", true)
    );
    assert_eq!(finding("ILD"), condition("interstitial-lung-disease", true));
    assert_eq!(
        finding("severe hepatic impairment"),
        condition("severe-hepatic-impairment", true)
    );
    assert_eq!(
        finding("not postmenopausal"),
        condition("postmenopausal", false)
    );
    assert_eq!(finding("postmenopausal"), condition("postmenopausal", true));
}

#[test]
fn stated_facts() {
    let stated = |line: &str| {
        let chart = chart_of(line);
        let Event::Statement(statement) = &chart.entries[0].event else {
            panic!("`{line}` is no statement");
        };
        (chart.entries[0].date, statement.clone())
    };
    let statement = |fact: &str, value, overrides| Statement {
        fact: fact.into(),
        value,
        overrides,
    };
    let unresectable = statement("unresectable", Stated::Bool(true), false);
    assert_eq!(
        stated("fact unresectable = true"),
        (DateBounds::UNKNOWN, unresectable.clone())
    );
    assert_eq!(
        stated("2023-05-01 fact unresectable=yes"),
        (dates("2023-05-01"), unresectable)
    );
    assert_eq!(
        stated("fact her2-positive = false override").1,
        statement("her2-positive", Stated::Bool(false), true)
    );
    let count = |low, high| {
        statement(
            "prior-her2-regimens-any",
            Stated::Bounds(Bounds { low, high }),
            false,
        )
    };
    assert_eq!(
        stated("fact prior-her2-regimens-any = 2").1,
        count(Some(2), Some(2))
    );
    assert_eq!(
        stated("fact prior-her2-regimens-any = 2..").1,
        count(Some(2), None)
    );
    assert_eq!(
        stated("fact prior-her2-regimens-any = ..2").1,
        count(None, Some(2))
    );
    assert_eq!(
        stated("fact prior-her2-regimens-any = 1..2").1,
        count(Some(1), Some(2))
    );
    assert_eq!(
        stated("fact prior-her2-regimens-any = >1").1,
        count(Some(2), None)
    );
    let lvef = Stated::Bounds(Bounds::exact(58 * DECIMAL_UNIT));
    assert_eq!(stated("fact lvef = 58 %").1, statement("lvef", lvef, false));
    let month = Stated::Bounds(dates("2023-03").in_days());
    assert_eq!(
        stated("fact relapse = 2023-03").1,
        statement("relapse", month, false)
    );
    let word = Stated::Word("postmenopausal".into());
    assert_eq!(
        stated("fact menopausal-status = postmenopausal").1,
        statement("menopausal-status", word, false)
    );
}

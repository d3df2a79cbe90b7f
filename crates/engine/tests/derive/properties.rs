//! What holds for any chart.

use crate::{AS_OF, BUNDLE, facts_of, get};
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;
use std::sync::Arc;
use waymark_criteria::{Bounds, Date, DateBounds, Truth, Value};
use waymark_engine::chart::{
    Cancer, Chart, Completeness, Diagnosis, DiseaseStatus, Drug, Entry, Event, ImportReport,
    Intent, LocalTherapy, LocalTherapyKind, Metastasis, Method, Patient, Place, Polarity, Receptor,
    ReceptorResult, Site, Source, Stage, StopReason, Therapy, TherapyStatus, Tissue, Trend,
};
use waymark_engine::facts::{FactValue, Facts, WhyUnknown};

/// A day inside a span of some length, so that a chart can be written with the span and with the day.
#[derive(Clone, Copy, Debug)]
struct Fuzzy {
    day: i64,
    before: i64,
    after: i64,
}

impl Fuzzy {
    fn vague(self) -> DateBounds {
        DateBounds::between(
            Date::from_days(self.day - self.before),
            Date::from_days(self.day + self.after),
        )
    }

    fn sharp(self) -> DateBounds {
        DateBounds::exact(Date::from_days(self.day))
    }
}

fn fuzzy() -> impl Strategy<Value = Fuzzy> {
    let first = Date::parse("2022-01-01").unwrap().to_days();
    let spans = select(vec![0, 0, 0, 5, 15, 40]);
    (0i64..60, spans.clone(), spans).prop_map(move |(step, before, after)| Fuzzy {
        day: first + step * 15,
        before,
        after,
    })
}

/// A dated thing; the second date is the end of a therapy.
fn event() -> impl Strategy<Value = (Event, Option<Fuzzy>)> {
    let drug = select(vec![
        "trastuzumab",
        "pertuzumab",
        "phesgo",
        "tdm1",
        "tdxd",
        "tucatinib",
        "docetaxel",
        "paclitaxel",
        "capecitabine",
        "letrozole",
        "palbociclib",
        "denosumab",
        "sacituzumab",
        "not in the knowledge base",
    ]);
    let intent = select(vec![
        None,
        None,
        None,
        Some(Intent::Adjuvant),
        Some(Intent::Neoadjuvant),
        Some(Intent::Metastatic),
    ]);
    let stopped = select(vec![
        None,
        None,
        Some(StopReason::Progression),
        Some(StopReason::Toxicity),
    ]);
    let therapy = (
        drug,
        intent,
        stopped,
        proptest::option::of(fuzzy()),
        any::<bool>(),
    )
        .prop_map(|(drug, intent, stopped, end, ongoing)| {
            let status = if ongoing && end.is_none() {
                TherapyStatus::Ongoing
            } else {
                TherapyStatus::Ended
            };
            let therapy = Therapy {
                drug: Drug::Known(drug.to_owned()),
                end: None,
                status,
                intent,
                stopped,
            };
            (Event::Therapy(therapy), end)
        });
    let site = select(vec![
        None,
        Some(Site::Brain),
        Some(Site::Liver),
        Some(Site::OtherCns),
        Some(Site::MayBeRegional),
    ]);
    let metastasis = (site, select(vec![true, true, true, false])).prop_map(|(site, present)| {
        Event::Metastasis(Metastasis {
            site,
            present,
            cancer: None,
        })
    });
    let trend = select(vec![
        Trend::Progression,
        Trend::Progression,
        Trend::Stable,
        Trend::Response,
    ]);
    let place = select(vec![Place::Unstated, Place::Cns]);
    let status = (trend, place).prop_map(|(trend, place)| {
        Event::Status(DiseaseStatus {
            trend,
            place,
            cancer: None,
        })
    });
    let local = select(vec![
        LocalTherapy {
            kind: LocalTherapyKind::Surgery,
            place: Place::Breast,
        },
        LocalTherapy {
            kind: LocalTherapyKind::Radiosurgery,
            place: Place::Cns,
        },
    ]);
    let result = (
        select(vec![Tissue::Primary, Tissue::Metastasis, Tissue::Unstated]),
        select(vec![
            (Receptor::Her2, Method::Ihc, None, Some(0)),
            (Receptor::Her2, Method::Ihc, None, Some(1)),
            (Receptor::Her2, Method::Ihc, None, Some(2)),
            (Receptor::Her2, Method::Ihc, None, Some(3)),
            (Receptor::Her2, Method::Ish, Some(Polarity::Positive), None),
            (Receptor::Her2, Method::Ish, Some(Polarity::Negative), None),
            (Receptor::Er, Method::Ihc, Some(Polarity::Positive), None),
            (Receptor::Pr, Method::Ihc, Some(Polarity::Negative), None),
        ]),
    )
        .prop_map(|(tissue, (receptor, method, polarity, score))| {
            Event::Receptor(ReceptorResult {
                receptor,
                method,
                polarity,
                score,
                ratio: None,
                copies: None,
                recount: false,
                percent: None,
                tissue,
                side: None,
                specimen: None,
                cancer: None,
            })
        });
    let diagnosis = any::<bool>().prop_map(|recurrence| {
        Event::Diagnosis(Diagnosis {
            cancer: Cancer::Breast,
            recurrence,
            side: None,
        })
    });
    let stage = select(vec![2u8, 4]).prop_map(|group| {
        Event::Stage(Stage {
            group: Some(group),
            distant: None,
            cancer: None,
        })
    });
    let other = prop_oneof![
        metastasis,
        status,
        local.prop_map(Event::LocalTherapy),
        result,
        diagnosis,
        stage
    ];
    prop_oneof![4 => therapy, 5 => (other, Just(None))]
}

type Things = Vec<((Event, Option<Fuzzy>), Fuzzy)>;

fn things() -> impl Strategy<Value = Things> {
    proptest::collection::vec((event(), fuzzy()), 0..9)
}

fn chart(things: &Things, date: impl Fn(Fuzzy) -> DateBounds) -> Chart {
    let entries = things
        .iter()
        .enumerate()
        .map(|(line, ((event, end), start))| {
            let mut event = event.clone();
            if let (Event::Therapy(therapy), Some(end)) = (&mut event, end) {
                // An end surely not before the start, for a chart that makes sense.
                let later = Fuzzy {
                    day: end.day.max(start.day),
                    ..*end
                };
                therapy.end = Some(date(later));
            }
            Entry {
                date: date(*start),
                event,
                source: Arc::new(Source {
                    record: format!("line {line}"),
                    text: String::new(),
                    from_text: false,
                }),
            }
        });
    Chart {
        patient: Patient {
            id: "p".to_owned(),
            birth: DateBounds::UNKNOWN,
            birth_source: None,
            sex: None,
        },
        record: None,
        entries: entries.collect(),
        import: ImportReport::default(),
    }
}

/// The facts whose value in the one is neither that of the other nor open to it.
fn flipped(loose: &Facts, tight: &Facts) -> Vec<String> {
    let pairs = loose
        .facts
        .iter()
        .zip(&tight.facts)
        .zip(BUNDLE.schema().facts());
    let flipped = pairs.filter(|((loose, tight), _)| match (&loose.value, &tight.value) {
        (FactValue::Value(Value::Truth(loose)), FactValue::Value(Value::Truth(tight))) => {
            *loose != Truth::Unknown && *tight != Truth::Unknown && loose != tight
        }
        (FactValue::Value(Value::Bounds(loose)), FactValue::Value(Value::Bounds(tight))) => {
            tight != &Bounds::UNKNOWN && loose.equal(*tight) == Truth::False
        }
        _ => false,
    });
    flipped
        .map(|((loose, tight), decl)| format!("{}: {loose:?}\n  then {tight:?}", decl.id))
        .collect()
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn order_does_not_matter(things in things(), turn in 0usize..9) {
        let one = chart(&things, Fuzzy::vague);
        let mut other = one.clone();
        let middle = turn.min(other.entries.len());
        other.entries.rotate_left(middle);
        let record = Completeness::Complete;
        prop_assert_eq!(facts_of(&one, AS_OF, record), facts_of(&other, AS_OF, record));
    }

    #[test]
    fn knowing_the_day_never_flips_a_fact(things in things(), whole in any::<bool>()) {
        let record = if whole { Completeness::Complete } else { Completeness::Partial };
        for as_of in ["2023-06-15", AS_OF] {
            let vague = facts_of(&chart(&things, Fuzzy::vague), as_of, record);
            let sharp = facts_of(&chart(&things, Fuzzy::sharp), as_of, record);
            let flipped = flipped(&vague, &sharp);
            prop_assert!(flipped.is_empty(), "{} {}", as_of, flipped.join("\n"));
        }
    }

    #[test]
    fn completeness_never_flips_a_fact(things in things()) {
        let chart = chart(&things, Fuzzy::vague);
        let partial = facts_of(&chart, AS_OF, Completeness::Partial);
        let complete = facts_of(&chart, AS_OF, Completeness::Complete);
        let flipped = flipped(&partial, &complete);
        prop_assert!(flipped.is_empty(), "{}", flipped.join("\n"));
    }

    #[test]
    fn knowing_the_medicine_never_flips_a_fact(
        things in things(),
        known in select(vec![
            "denosumab", "trastuzumab", "pertuzumab", "tdxd", "docetaxel", "paclitaxel", "capecitabine",
            "letrozole",
        ]),
    ) {
        let open = chart(&things, Fuzzy::sharp);
        let mut told = open.clone();
        for entry in &mut told.entries {
            if let Event::Therapy(therapy) = &mut entry.event
                && therapy.drug == Drug::Known("not in the knowledge base".to_owned())
            {
                therapy.drug = Drug::Known(known.to_owned());
            }
        }
        for record in [Completeness::Partial, Completeness::Complete] {
            let flipped = flipped(&facts_of(&open, AS_OF, record), &facts_of(&told, AS_OF, record));
            prop_assert!(flipped.is_empty(), "{} {}", known, flipped.join("\n"));
        }
    }

    #[test]
    fn what_lies_after_the_day_changes_no_value(things in things()) {
        let all = chart(&things, Fuzzy::sharp);
        let mut cut = all.clone();
        let day = Date::parse("2023-06-15").unwrap();
        cut.entries.retain(|entry| entry.date.low <= Some(day));
        let values = |chart: &Chart| {
            let facts = facts_of(chart, "2023-06-15", Completeness::Complete);
            facts.facts.into_iter().map(|fact| fact.value).collect::<Vec<_>>()
        };
        prop_assert_eq!(values(&all), values(&cut));
    }

    /// Less on record is no more that is sure, unless the count itself says that the record left it open.
    #[test]
    fn taking_a_record_away_never_raises_a_count(things in things()) {
        let counts = ["regimens-metastatic", "regimens-any", "line"];
        let all = chart(&things, Fuzzy::sharp);
        let full = facts_of(&all, AS_OF, Completeness::Partial);
        for place in 0..all.entries.len() {
            let mut fewer = all.clone();
            let gone = fewer.entries.remove(place);
            let less = facts_of(&fewer, AS_OF, Completeness::Partial);
            for id in counts {
                let low = |facts: &Facts| match get(facts, id).value {
                    FactValue::Value(Value::Bounds(bounds)) => bounds.low.unwrap_or(0),
                    _ => 0,
                };
                let open = get(&full, id).why_unknown == Some(WhyUnknown::Unresolved);
                prop_assert!(open || low(&less) <= low(&full), "{} without {:?}", id, gone);
            }
        }
    }
}

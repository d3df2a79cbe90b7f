//! Made-up people who answered the questions of the page: where therapies stand for them, worked out from the labels.

use std::collections::BTreeSet;
use waymark_engine::wire::Scalar;
use waymark_page::Status::{Depends, Later, May, NotNow};
use waymark_page::{Door, Fields, Request, Status, respond};
use waymark_testsuite::personas::{guide, personas, today};

const THP: &str = "thp";
const TRASTUZUMAB_CHEMO: &str = "trastuzumab-chemo";
const TRASTUZUMAB: &str = "trastuzumab";
const TDXD_PERTUZUMAB: &str = "tdxd-pertuzumab";
const TDXD: &str = "tdxd";
const TDXD_LOW: &str = "tdxd-her2-low";
const TDM1: &str = "tdm1";
const TUCATINIB: &str = "tucatinib-trastuzumab-capecitabine";
const NERATINIB: &str = "neratinib-capecitabine";
const MARGETUXIMAB: &str = "margetuximab-chemo";
const LAPATINIB_CAPECITABINE: &str = "lapatinib-capecitabine";
const LAPATINIB_LETROZOLE: &str = "lapatinib-letrozole";
const PALBOCICLIB: &str = "palbociclib-maintenance";
const ENDOCRINE: &str = "endocrine-her2";

/// Where some telling therapies stand for each person.
///
/// First line: no chemotherapy and no HER2 medicine since it spread (TRA-1, PER-1, TDX-1). One HER2 regimen since then
/// opens TDX-2 and TUC-1, two open NER-1; MAR-1 counts two in any setting. TDM-1 asks for trastuzumab, a taxane, and
/// treatment since it spread or a return within six months of treatment after surgery. LAP-1 asks for an anthracycline,
/// a taxane, and growth on trastuzumab; LAP-2 and PAL-1 for hormone receptors, LAP-2 for menopause, PAL-1 for
/// maintenance.
const EXPECTED: [(&str, &[(&str, Status)]); 38] = [
    (
        "no-answers",
        &[
            (THP, Depends),
            (TDXD, Depends),
            (TDXD_LOW, Depends),
            (LAPATINIB_LETROZOLE, Depends),
        ],
    ),
    (
        "every-answer-i-dont-know",
        &[(THP, Depends), (TDXD, Depends), (TDXD_LOW, Depends)],
    ),
    (
        "every-answer-rather-not-say",
        &[(THP, Depends), (TDXD, Depends), (TDXD_LOW, Depends)],
    ),
    (
        "three-answers-two-of-them-i-dont-know",
        &[(THP, Depends), (TDXD, Depends), (TDXD_LOW, NotNow)],
    ),
    (
        "de-novo-first-line-hormone-receptor-negative",
        &[
            (TRASTUZUMAB_CHEMO, May),
            (THP, May),
            (TDXD_PERTUZUMAB, May),
            (TRASTUZUMAB, Later),
            (TDXD, Later),
            (TDM1, Later),
            (TUCATINIB, Later),
            (NERATINIB, Later),
            (MARGETUXIMAB, Later),
            (LAPATINIB_CAPECITABINE, Later),
            (LAPATINIB_LETROZOLE, NotNow),
            (PALBOCICLIB, NotNow),
            (ENDOCRINE, NotNow),
            (TDXD_LOW, NotNow),
        ],
    ),
    (
        "de-novo-first-line-hormone-receptor-positive-past-menopause",
        &[
            (THP, May),
            (TDXD_PERTUZUMAB, May),
            (LAPATINIB_LETROZOLE, May),
            (ENDOCRINE, May),
            (PALBOCICLIB, Later),
        ],
    ),
    (
        "de-novo-first-line-hormone-receptor-positive-before-menopause",
        &[
            (THP, May),
            (LAPATINIB_LETROZOLE, NotNow),
            (ENDOCRINE, May),
            (PALBOCICLIB, Later),
        ],
    ),
    (
        "maintenance-after-first-chemotherapy",
        &[
            (PALBOCICLIB, May),
            (ENDOCRINE, May),
            (TDXD, May),
            (TDM1, May),
            (THP, Later),
            (TDXD_PERTUZUMAB, Later),
            (NERATINIB, Later),
        ],
    ),
    (
        "second-line-after-growth-on-first",
        &[
            (TDXD, May),
            (TDM1, May),
            (TUCATINIB, May),
            (TRASTUZUMAB, May),
            (THP, Later),
            (TDXD_PERTUZUMAB, Later),
            (NERATINIB, Later),
            (MARGETUXIMAB, Later),
            (PALBOCICLIB, NotNow),
        ],
    ),
    (
        "third-line-after-growth-on-two",
        &[
            (TDXD, May),
            (NERATINIB, May),
            (MARGETUXIMAB, May),
            (THP, Later),
            (LAPATINIB_CAPECITABINE, Later),
        ],
    ),
    (
        "second-line-after-side-effects",
        &[
            (TDXD, May),
            (TUCATINIB, May),
            (THP, Later),
            (LAPATINIB_CAPECITABINE, Later),
        ],
    ),
    (
        "history-of-twelve-treatments",
        &[
            (NERATINIB, May),
            (TUCATINIB, May),
            (MARGETUXIMAB, May),
            (LAPATINIB_CAPECITABINE, May),
            (LAPATINIB_LETROZOLE, May),
            (THP, Later),
            (ENDOCRINE, Later),
            (PALBOCICLIB, Later),
        ],
    ),
    (
        "history-of-twelve-treatments-without-dates",
        &[
            (NERATINIB, May),
            (TUCATINIB, May),
            (LAPATINIB_CAPECITABINE, May),
            (THP, Later),
        ],
    ),
    (
        "history-by-kind-alone",
        &[
            (TDXD, May),
            (TUCATINIB, May),
            (NERATINIB, May),
            (TRASTUZUMAB, May),
            (THP, Later),
            (TDM1, Depends),
        ],
    ),
    (
        "came-back-within-6-months-of-trastuzumab",
        &[
            (TDXD, May),
            (TDM1, May),
            (THP, May),
            (TDXD_PERTUZUMAB, May),
            (TUCATINIB, Later),
            (MARGETUXIMAB, Later),
            (ENDOCRINE, NotNow),
        ],
    ),
    (
        "came-back-6-to-12-months-after-trastuzumab",
        // Hormone-receptor positive, and nothing said of hormone medicine: the label of T-DM1 does not decide on a
        // return during it (TDM-1).
        &[
            (THP, May),
            (TDXD, Later),
            (TDM1, Depends),
            (ENDOCRINE, Later),
        ],
    ),
    (
        "came-back-more-than-12-months-after-trastuzumab",
        &[(THP, May), (ENDOCRINE, May), (TDXD, Later), (TDM1, Later)],
    ),
    (
        "came-back-within-6-months-of-tdm1",
        &[(TDXD, May), (TDM1, May), (THP, May), (TUCATINIB, Later)],
    ),
    (
        "came-back-after-chemotherapy-without-her2-medicine",
        &[
            (THP, May),
            (TDXD_PERTUZUMAB, May),
            (TDXD, Later),
            (TUCATINIB, Later),
        ],
    ),
    (
        "came-back-without-earlier-medicine",
        &[(THP, May), (TDXD, Later), (TDM1, Later)],
    ),
    ("brain-treated-and-quiet", &[(TDXD, May), (TUCATINIB, May)]),
    (
        "brain-growing-with-new-symptoms",
        &[(TDXD, May), (TUCATINIB, May), (THP, Later)],
    ),
    (
        "brain-growing-without-symptoms",
        &[(TUCATINIB, May), (NERATINIB, May)],
    ),
    (
        "cancer-in-the-fluid-around-the-brain",
        &[(THP, May), (TDXD, Later)],
    ),
    (
        "heart-failure-and-lung-swelling",
        &[(TDXD, May), (TDM1, May)],
    ),
    (
        "severe-liver-disease-and-nerve-damage",
        &[(NERATINIB, May), (TUCATINIB, May)],
    ),
    (
        "pregnant-first-line",
        &[(THP, May), (LAPATINIB_LETROZOLE, NotNow)],
    ),
    (
        "man-first-line-hormone-receptor-positive",
        &[(THP, May), (ENDOCRINE, May), (LAPATINIB_LETROZOLE, Depends)],
    ),
    (
        "answers-that-contradict-one-another",
        &[
            (TDXD, Depends),
            (TUCATINIB, Depends),
            (TRASTUZUMAB, May),
            (THP, Later),
        ],
    ),
    (
        "her2-low-after-hormone-medicine",
        &[(TDXD_LOW, May), (THP, NotNow), (TDXD, NotNow)],
    ),
    (
        "her2-negative-without-a-score",
        &[(TDXD_LOW, Depends), (THP, NotNow)],
    ),
    (
        "her2-2plus-second-test-open",
        &[(THP, Depends), (TDXD_PERTUZUMAB, Depends), (TDXD, Later)],
    ),
    (
        "receptors-changed-between-tests",
        &[(THP, May), (ENDOCRINE, May)],
    ),
    (
        "not-spread-and-removable",
        &[
            (THP, NotNow),
            (TDXD_PERTUZUMAB, NotNow),
            (TDXD, NotNow),
            (NERATINIB, NotNow),
        ],
    ),
    (
        "not-removable-by-surgery",
        &[
            (TDXD_PERTUZUMAB, May),
            (THP, NotNow),
            (TDXD, Depends),
            (NERATINIB, Later),
        ],
    ),
    (
        "carer-outside-the-united-states-second-line",
        &[(TDXD, May), (TUCATINIB, May), (THP, Later)],
    ),
    (
        "age-not-told-second-line",
        &[
            (TDM1, May),
            (TDXD, Depends),
            (TUCATINIB, Depends),
            (TRASTUZUMAB, Depends),
        ],
    ),
    (
        "clinician-filling-in-for-a-patient",
        &[(TDXD, May), (TDM1, May), (TRASTUZUMAB, May), (THP, Later)],
    ),
];

/// What the guide reads out of some answers beside the therapies.
const FACTS: [(&str, &str, Scalar); 10] = [
    (
        "de-novo-first-line-hormone-receptor-negative",
        "brain-metastases",
        Scalar::Boolean(false),
    ),
    (
        "de-novo-first-line-hormone-receptor-negative",
        "current-line",
        Scalar::Integer(0),
    ),
    (
        "maintenance-after-first-chemotherapy",
        "prior-her2-regimens-metastatic",
        Scalar::Integer(1),
    ),
    (
        "brain-treated-and-quiet",
        "active-brain-metastases",
        Scalar::Boolean(false),
    ),
    (
        "brain-growing-with-new-symptoms",
        "active-brain-metastases",
        Scalar::Boolean(true),
    ),
    (
        "cancer-in-the-fluid-around-the-brain",
        "leptomeningeal-disease",
        Scalar::Boolean(true),
    ),
    (
        "brain-growing-with-new-symptoms",
        "new-neurological-symptoms",
        Scalar::Boolean(true),
    ),
    (
        "brain-growing-without-symptoms",
        "new-neurological-symptoms",
        Scalar::Boolean(false),
    ),
    (
        "heart-failure-and-lung-swelling",
        "ild-history",
        Scalar::Boolean(true),
    ),
    ("pregnant-first-line", "pregnant", Scalar::Boolean(true)),
];

#[test]
fn every_persona_stands_in_the_table() {
    let there: BTreeSet<String> = personas().into_iter().map(|persona| persona.name).collect();
    let expected: BTreeSet<String> = EXPECTED
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    assert_eq!(there, expected);
    assert!(there.len() >= 24);
}

#[test]
fn therapies_stand_where_the_labels_put_them() {
    let mut wrong = Vec::new();
    for persona in personas() {
        let reading = persona.reading();
        let expected = EXPECTED.iter().find(|(name, _)| *name == persona.name);
        for (id, status) in expected.into_iter().flat_map(|(_, rows)| *rows) {
            let regimens = &reading.assessment.regimens;
            let regimen = regimens.iter().find(|regimen| regimen.id == *id).unwrap();
            let stands = reading.status(regimen);
            if stands != *status {
                let (name, why) = (&persona.name, &regimen.why);
                wrong.push(format!("{name}: {id} is {stands:?}, not {status:?}: {why}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn answers_become_the_facts_that_they_tell() {
    let all = personas();
    for (name, fact, value) in &FACTS {
        let persona = all.iter().find(|persona| persona.name == *name).unwrap();
        let reading = persona.reading();
        assert_eq!(&reading.fact(fact).unwrap().value, value, "{name}: {fact}");
    }
}

#[test]
fn every_line_of_every_chart_is_read() {
    for persona in personas() {
        let reading = persona.reading();
        assert_eq!(reading.left_out, Vec::<String>::new(), "{}", persona.name);
    }
}

#[test]
fn every_therapy_stands_in_exactly_one_group() {
    let mut all: Vec<&str> = guide()
        .bundle
        .content()
        .regimens
        .iter()
        .map(|it| &*it.id)
        .collect();
    all.sort_unstable();
    for persona in personas() {
        let reading = persona.reading();
        let groups = reading.groups();
        let mut grouped: Vec<&str> = groups.values().flatten().map(|it| &*it.id).collect();
        grouped.sort_unstable();
        assert_eq!(grouped, all, "{}", persona.name);
    }
}

#[test]
fn contradictions_are_told() {
    let told = |name: &str| {
        let persona = personas().into_iter().find(|persona| persona.name == name);
        let reading = persona.unwrap().reading();
        let facts = reading.assessment.facts.iter();
        facts
            .filter(|fact| fact.why_unknown.as_deref() == Some("conflict"))
            .map(|fact| fact.id.clone())
            .collect::<Vec<_>>()
    };
    assert!(
        told("answers-that-contradict-one-another")
            .contains(&"prior-her2-regimens-metastatic".into())
    );
    for persona in personas() {
        if persona.name != "answers-that-contradict-one-another" {
            assert_eq!(
                told(&persona.name),
                Vec::<String>::new(),
                "{}",
                persona.name
            );
        }
    }
}

#[test]
fn the_page_of_a_carer_says_whom_it_means() {
    for persona in personas() {
        let answers = persona.answers();
        let state = [("state".to_owned(), answers.code())];
        let request = Request {
            path: "page",
            fields: Fields(&state),
            today: today(),
            door: Door::Browser,
            chart: None,
        };
        let said = respond(guide(), &request)
            .html
            .contains("You care for someone.");
        assert_eq!(said, answers.chose("audience", "carer"), "{}", persona.name);
    }
}

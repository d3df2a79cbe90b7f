//! Receptor results.

use crate::events;
use waymark_criteria::Bounds;
use waymark_engine::chart::{Event, Method, Polarity, Receptor, ReceptorResult, Tissue};

fn result(receptor: Receptor, method: Method) -> ReceptorResult {
    ReceptorResult {
        receptor,
        method,
        polarity: None,
        score: None,
        ratio: None,
        copies: None,
        recount: false,
        percent: None,
        tissue: Tissue::Unstated,
        side: None,
        specimen: None,
        cancer: None,
    }
}

fn ihc(score: u8) -> ReceptorResult {
    ReceptorResult {
        score: Some(score),
        ..result(Receptor::Her2, Method::Ihc)
    }
}

fn overall(receptor: Receptor, polarity: Polarity) -> ReceptorResult {
    ReceptorResult {
        polarity: Some(polarity),
        ..result(receptor, Method::Overall)
    }
}

fn ish(polarity: Polarity) -> ReceptorResult {
    ReceptorResult {
        polarity: Some(polarity),
        ..result(Receptor::Her2, Method::Ish)
    }
}

fn share(receptor: Receptor, low: i64, high: i64) -> ReceptorResult {
    let percent = Bounds {
        low: Some(low),
        high: Some(high),
    };
    ReceptorResult {
        percent: Some(percent),
        ..result(receptor, Method::Ihc)
    }
}

fn receptors(words: &str) -> Vec<ReceptorResult> {
    let results = events(&format!("? {words}"))
        .into_iter()
        .map(|event| match event {
            Event::Receptor(result) => result,
            other => panic!("`{words}` gave {other:?}"),
        });
    results.collect()
}

#[test]
fn her2_results() {
    for (words, score) in [
        ("IHC 0", 0),
        ("IHC 1+", 1),
        ("IHC 2+", 2),
        ("IHC 3+", 3),
        ("3+", 3),
    ] {
        assert_eq!(receptors(&format!("HER2 {words}")), [ihc(score)], "{words}");
    }
    let ultralow = ReceptorResult {
        percent: Some(Bounds::exact(400)),
        ..ihc(0)
    };
    assert_eq!(receptors("HER2 IHC 0 4 %"), [ultralow]);
    assert_eq!(receptors("HER2 ISH positive"), [ish(Polarity::Positive)]);
    assert_eq!(
        receptors("HER2 FISH not amplified"),
        [ish(Polarity::Negative)]
    );
    assert_eq!(
        receptors("HER2 IHC 2+, ISH negative"),
        [ihc(2), ish(Polarity::Negative)]
    );
    assert_eq!(
        receptors("HER2 IHC 2+ ISH negative"),
        [ihc(2), ish(Polarity::Negative)]
    );
    let dual = ReceptorResult {
        ratio: Some(Bounds::exact(230)),
        copies: Some(Bounds::exact(450)),
        ..result(Receptor::Her2, Method::IshDual)
    };
    assert_eq!(receptors("HER2 ISH ratio 2.3 copies 4.5"), [dual]);
    assert_eq!(
        receptors("her2 ratio = 2.3, HER2 dual-probe ISH copies 4.5").len(),
        2
    );
    let single = ReceptorResult {
        copies: Some(Bounds::exact(610)),
        ..result(Receptor::Her2, Method::IshSingle)
    };
    assert_eq!(receptors("single-probe ISH copies 6.1"), [single]);
    for (words, low, high) in [
        ("HER2 ISH ratio >2.2", Some(220), None),
        ("HER2 ISH ratio >= 2.0", Some(200), None),
        ("HER2 ISH ratio = ≥2", Some(200), None),
        ("HER2 ISH ratio <1.8", None, Some(179)),
        ("HER2 ISH ratio 1.8..2.2", Some(180), Some(220)),
    ] {
        let limit = ReceptorResult {
            ratio: Some(Bounds { low, high }),
            ..result(Receptor::Her2, Method::IshDual)
        };
        assert_eq!(receptors(words), [limit], "{words}");
    }
    let words = [
        ("HER2 positive", Polarity::Positive),
        ("HER2-negative", Polarity::Negative),
        ("HER2-low", Polarity::Low),
        ("HER2 ultralow", Polarity::Ultralow),
        ("HER2: equivocal", Polarity::Equivocal),
        ("HER2+", Polarity::Positive),
        ("HER2-", Polarity::Negative),
    ];
    for (words, polarity) in words {
        assert_eq!(
            receptors(words),
            [overall(Receptor::Her2, polarity)],
            "{words}"
        );
    }
    let by_ihc = ReceptorResult {
        polarity: Some(Polarity::Positive),
        ..result(Receptor::Her2, Method::Ihc)
    };
    assert_eq!(receptors("HER2 IHC positive"), [by_ihc]);
}

#[test]
fn hormone_receptors() {
    assert_eq!(receptors("ER 90 %"), [share(Receptor::Er, 9_000, 9_000)]);
    assert_eq!(receptors("PR <1%"), [share(Receptor::Pr, 0, 99)]);
    assert_eq!(receptors("ER >=10 %"), [share(Receptor::Er, 1_000, 10_000)]);
    assert_eq!(receptors("ER >10 %"), [share(Receptor::Er, 1_001, 10_000)]);
    assert_eq!(receptors("ER 1..10 %"), [share(Receptor::Er, 100, 1_000)]);
    assert_eq!(receptors("ER 1-10 %"), [share(Receptor::Er, 100, 1_000)]);
    assert_eq!(
        receptors("ER+, PR-"),
        [
            overall(Receptor::Er, Polarity::Positive),
            overall(Receptor::Pr, Polarity::Negative)
        ]
    );
    let three = [
        overall(Receptor::Er, Polarity::Positive),
        overall(Receptor::Pr, Polarity::Negative),
        overall(Receptor::Her2, Polarity::Positive),
    ];
    assert_eq!(receptors("ER+/PR-/HER2+"), three);
    assert_eq!(receptors("HER2/neu 3+"), [ihc(3)]);
    assert_eq!(
        receptors("HR-positive"),
        [overall(Receptor::Hormone, Polarity::Positive)]
    );
    let both = ReceptorResult {
        polarity: Some(Polarity::Positive),
        ..share(Receptor::Er, 9_000, 9_000)
    };
    assert_eq!(receptors("ER positive 90 %"), [both]);
}

#[test]
fn tissue_and_specimen_hold_for_the_line() {
    for line in [
        "HER2 IHC 3+ (metastasis) specimen=S2, ER 5 %",
        "HER2 IHC 3+, ER 5 % (metastasis, specimen=S2)",
    ] {
        for result in receptors(line) {
            assert_eq!(result.tissue, Tissue::Metastasis, "{line}");
            assert_eq!(result.specimen.as_deref(), Some("S2"), "{line}");
        }
    }
    assert_eq!(receptors("HER2+ (primary)")[0].tissue, Tissue::Primary);
    assert_eq!(receptors("HER2+")[0].tissue, Tissue::Unstated);
}

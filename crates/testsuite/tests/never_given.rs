//! What the lines on medicines before the spread tell of what was given at any time, and what never was.

use waymark_engine::bundle::{Question, Tells};
use waymark_engine::wire;
use waymark_page::answers::{Given, Treatment, chart_text};
use waymark_page::{Answers, Reading};
use waymark_testsuite::personas::{answered, guide, today};

fn questions() -> impl Iterator<Item = &'static Question> {
    guide().bundle.content().questions.iter()
}

fn reading(answers: &Answers) -> Reading<'static> {
    Reading::of_answers(guide(), answers.clone(), today())
}

fn chose(answer: &str) -> Given {
    Given {
        chosen: vec![answer.to_owned()],
        ..Given::default()
    }
}

/// What was given at any time, and what never was, as far as it is known: `taxane = true`.
fn given(before: &[&str], since: &str, medicines: &[&str]) -> Vec<String> {
    let mut answers = Answers::default();
    answers.answers.insert("spread".to_owned(), chose("bones"));
    if !medicines.is_empty() {
        answers.answers.insert("her2-count".to_owned(), chose("1"));
    }
    let told = Given {
        chosen: before.iter().map(|it| (*it).to_owned()).collect(),
        ..Given::default()
    };
    answers.answers.insert("before".to_owned(), told);
    let mut told = chose(since);
    if !medicines.is_empty() {
        told.treatments.push(Treatment {
            medicines: medicines.iter().map(|it| (*it).to_owned()).collect(),
            ended: waymark_page::answers::Ended::Grew,
            from: None,
            to: None,
        });
    }
    answers.answers.insert("treatments".to_owned(), told);
    at_any_time(&reading(&answers))
}

fn at_any_time(reading: &Reading<'_>) -> Vec<String> {
    let asked = [
        "taxane",
        "anthracycline",
        "trastuzumab",
        "pertuzumab",
        "tdxd",
        "systemic-therapy",
        "her2-regimens-any",
    ];
    let known = asked
        .iter()
        .filter_map(|id| match reading.fact(&format!("prior-{id}"))?.value {
            wire::Scalar::Boolean(truth) => Some(format!("{id} = {truth}")),
            wire::Scalar::Integer(number) => Some(format!("{id} = {number}")),
            wire::Scalar::Null | wire::Scalar::Text(_) => None,
        });
    known.collect()
}

/// Whether anything of it says "never".
fn never(told: &[String]) -> bool {
    told.iter()
        .any(|it| it.ends_with("= false") || it.ends_with("= 0"))
}

#[test]
fn a_no_and_all_treatments_since_say_what_was_never_given() {
    // Taxane before, THP since: the taxane and both antibodies were given, the rest never was.
    let since = &["docetaxel", "trastuzumab", "pertuzumab"];
    assert_eq!(
        given(&answered(&["taxane"]), "all", since),
        [
            "taxane = true",
            "anthracycline = false",
            "trastuzumab = true",
            "pertuzumab = true",
            "tdxd = false",
            "systemic-therapy = true",
            "her2-regimens-any = 1",
        ]
    );
    // Line by line: what is not answered stays open.
    assert_eq!(
        given(&["no-taxane", "no-tdxd"], "all", &["capecitabine"]),
        ["taxane = false", "tdxd = false", "systemic-therapy = true"]
    );
    // Nothing at all, before or since, told at once or line by line, or with the shortcut for HER2 medicines.
    let nothing = [
        "taxane = false",
        "anthracycline = false",
        "trastuzumab = false",
        "pertuzumab = false",
        "tdxd = false",
        "systemic-therapy = false",
        "her2-regimens-any = 0",
    ];
    let shortcut = [
        "no-her2",
        "no-taxane",
        "no-anthracycline",
        "no-other-chemotherapy",
        "no-hormone",
        "no-other",
    ];
    for before in [&["none"][..], &answered(&[]), &shortcut] {
        assert_eq!(given(before, "none-yet", &[]), nothing, "{before:?}");
    }
    // Every line but one: what that one may hold stays open.
    let mut but_other = answered(&[]);
    but_other.retain(|it| *it != "no-other");
    assert_eq!(given(&but_other, "none-yet", &[]), nothing[..5]);
}

#[test]
fn a_no_alone_says_of_nothing_that_it_was_never_given() {
    let no = answered(&["taxane"]);
    for (before, since) in [
        (&["taxane"][..], "all"),
        (&[], "all"),
        (&no, "more"),
        (&no, "unknown"),
        (&["unknown"], "all"),
        (&["unsaid"], "all"),
        // Beside "I don't know" nothing is ruled out at once.
        (&["none", "unknown"], "all"),
        (&["no-her2", "unknown"], "all"),
        (&["none", "unknown-taxane"], "all"),
        (&["none", "taxane"], "all"),
    ] {
        let told = given(before, since, &["docetaxel"]);
        assert!(!never(&told), "{before:?} {since}: {told:?}");
    }
    // A kind alone since it spread may have been anything of that kind.
    let told = given(&no, "all", &["kind:antibodies"]);
    assert!(
        !told.contains(&"trastuzumab = false".to_owned()),
        "{told:?}"
    );
    // T-DXd before is known by its name alone, and so the number of treatments is not.
    let told = given(&answered(&["tdxd"]), "all", &["trastuzumab"]);
    assert!(told.contains(&"tdxd = true".to_owned()), "{told:?}");
    assert!(
        !told.iter().any(|it| it.starts_with("her2-regimens-any")),
        "{told:?}"
    );
}

/// What was given may leave another medicine open, however its own line was answered.
#[test]
fn a_no_says_no_more_than_the_person_can_know() {
    let says = |before: &[&'static str], line: &str| {
        let told = given(&answered(before), "all", &["capecitabine"]);
        told.iter().any(|it| it.as_str() == line)
    };
    for (before, open, closed) in [
        // Phesgo is one injection of pertuzumab and trastuzumab.
        ("pertuzumab", &["trastuzumab"][..], &["tdxd", "taxane"][..]),
        // T-DM1 and neratinib follow trastuzumab by their labels, T-DM1 a taxane too (TDM-2, NER-2).
        (
            "tdm1",
            &["trastuzumab", "taxane"],
            &["pertuzumab", "tdxd", "anthracycline"],
        ),
        ("neratinib", &["trastuzumab"], &["pertuzumab", "taxane"]),
        // The label of T-DXd names these beside it.
        (
            "tdxd",
            &["trastuzumab", "pertuzumab", "taxane"],
            &["anthracycline"],
        ),
        // A drip of anything may be called chemotherapy; a HER2 medicine is ruled out by its name.
        (
            "other-chemotherapy",
            &["taxane", "anthracycline"],
            &["trastuzumab", "tdxd"],
        ),
        // One in a study may have been anything.
        (
            "other",
            &[
                "taxane",
                "anthracycline",
                "trastuzumab",
                "pertuzumab",
                "tdxd",
            ],
            &[],
        ),
        // These leave nothing open.
        (
            "known-chemotherapy",
            &[],
            &["taxane", "anthracycline", "trastuzumab"],
        ),
        ("trastuzumab-after", &[], &["pertuzumab", "taxane"]),
        ("hormone", &[], &["trastuzumab", "taxane"]),
    ] {
        for medicine in open {
            assert!(
                !says(&[before], &format!("{medicine} = false")),
                "{before}: {medicine}"
            );
        }
        for medicine in closed {
            assert!(
                says(&[before], &format!("{medicine} = false")),
                "{before}: {medicine}"
            );
        }
    }
    // "I don't know" in one line beside "no HER2 medicine" leaves that line open.
    let told = given(
        &["no-her2", "unknown-trastuzumab"],
        "all",
        &["capecitabine"],
    );
    assert!(
        !told.contains(&"trastuzumab = false".to_owned()),
        "{told:?}"
    );
    assert!(told.contains(&"tdxd = false".to_owned()), "{told:?}");
    // Trastuzumab may have been begun twice before the spread: the answers are kinds, not treatments.
    for before in [
        "trastuzumab-after",
        "trastuzumab",
        "tdm1",
        "neratinib",
        "pertuzumab",
    ] {
        let told = given(&answered(&[before]), "all", &["trastuzumab"]);
        assert!(
            !told.iter().any(|it| it.starts_with("her2-regimens-any")),
            "{before} {told:?}"
        );
    }
    // "No HER2 medicine" beside one is a contradiction.
    for before in [
        "trastuzumab-after",
        "trastuzumab",
        "pertuzumab",
        "tdxd",
        "tdm1",
    ] {
        let told = given(&[before, "no-her2"], "all", &["docetaxel"]);
        assert!(!never(&told), "{before}: {told:?}");
    }
}

/// Answering "I don't know" in a line never settles what leaving it empty does not.
#[test]
fn not_knowing_settles_nothing_that_silence_leaves_open() {
    let rows = questions()
        .into_iter()
        .find(|it| it.id == "before")
        .unwrap()
        .rows
        .len();
    for seed in 0..60_usize {
        // Every third line or so is left empty, the others are answered; the seed turns the lines.
        let no = answered(&[["taxane", "tdm1", "known-chemotherapy", "pertuzumab"][seed % 4]]);
        let kept: Vec<&str> = no
            .iter()
            .enumerate()
            .filter(|(at, _)| (at + seed) % 3 != 0)
            .map(|(_, it)| *it)
            .collect();
        let before = questions()
            .into_iter()
            .find(|it| it.id == "before")
            .unwrap();
        let row = |id: &str| {
            before
                .answers
                .iter()
                .find(|it| it.id == id)
                .and_then(|it| it.row.clone())
        };
        let mut more = kept.clone();
        for answer in before
            .answers
            .iter()
            .filter(|it| it.tells == Tells::Unknown && it.row.is_some())
        {
            if !kept.iter().any(|id| row(id) == answer.row) {
                more.push(&answer.id);
            }
        }
        assert!(more.len() >= rows, "{more:?}");
        let silent = given(&kept, "all", &["capecitabine"]);
        let unknown = given(&more, "all", &["capecitabine"]);
        assert!(
            unknown.iter().all(|it| silent.contains(it)),
            "{more:?}: {unknown:?} beside {silent:?}"
        );
    }
}

/// "That is all" of earlier versions still says what it said, and no more.
#[test]
fn saved_answers_of_earlier_versions_are_read_as_they_were_meant() {
    let saved = |chosen: &str| {
        let text = format!(r#"{{"waymark":1,"answers":{{"before":{{"chosen":{chosen}}}}}}}"#);
        let restored = Answers::restore(&text, &guide().bundle).unwrap();
        assert!(restored.dropped.is_empty(), "{chosen}");
        let mut chosen = restored.answers.get("before").unwrap().chosen.clone();
        chosen.sort();
        chosen
    };
    let sorted = |told: &[&'static str]| {
        let mut all: Vec<String> = answered(told).into_iter().map(str::to_owned).collect();
        all.sort();
        all
    };
    assert_eq!(
        saved(r#"["taxane","trastuzumab-after","all"]"#),
        sorted(&["taxane", "trastuzumab-after"])
    );
    assert_eq!(saved(r#"["hormone","all"]"#), sorted(&["hormone"]));
    // What is given leaves others open, as it did.
    let told = given(&answered(&["pertuzumab"]), "all", &["capecitabine"]);
    assert!(
        !told.contains(&"trastuzumab = false".to_owned()),
        "{told:?}"
    );
    // It said nothing beside chemotherapy without a name, beside "I don't know", and of no medicine at all.
    assert_eq!(
        saved(r#"["other-chemotherapy","taxane","all"]"#),
        ["other-chemotherapy", "taxane"]
    );
    assert_eq!(
        saved(r#"["taxane","all","unknown"]"#),
        ["taxane", "unknown"]
    );
    assert_eq!(saved(r#"["taxane","all","unsaid"]"#), ["taxane", "unsaid"]);
    assert_eq!(saved(r#"["no-her2","all"]"#), ["no-her2"]);
    // By itself it told nothing, and is asked for again.
    let alone = r#"{"waymark":1,"answers":{"before":{"chosen":["all"]}}}"#;
    let restored = Answers::restore(alone, &guide().bundle).unwrap();
    assert_eq!(restored.dropped, ["before"]);
    assert!(restored.answers.is_empty());
    // Ticks mean what they meant.
    for old in ["taxane", "trastuzumab-before", "no-her2", "none", "unknown"] {
        assert_eq!(saved(&format!(r#"["{old}"]"#)), [old]);
    }
}

#[test]
fn a_list_of_treatments_without_a_step_is_not_all() {
    let told = given(&["none"], "all", &[]);
    assert!(!never(&told), "{told:?}");
    let mut answers = Answers::default();
    for (since, complete) in [("all", false), ("none-yet", true)] {
        answers
            .answers
            .insert("treatments".to_owned(), chose(since));
        let text = chart_text(&answers, &guide().bundle);
        assert_eq!(text.contains("record: "), complete, "{text}");
    }
}

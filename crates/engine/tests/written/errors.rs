//! Each error with the words it underlines, and no text that brings the reader down.

use crate::bundle::BUNDLE;
use proptest::prelude::{ProptestConfig, prop, prop_assert, proptest};
use waymark_criteria::Diagnostic;
use waymark_engine::chart::written::{looks_like_written, read};

/// Code and underlined words of each problem.
fn problems(text: &str) -> Vec<(&'static str, String)> {
    let problems = read(text, &BUNDLE).expect_err(text);
    problems
        .iter()
        .map(|problem| (problem.code, underlined(problem, text)))
        .collect()
}

/// The problems of one line of a chart.
fn problems_of(line: &str) -> Vec<Diagnostic> {
    read(&format!("chart 1\n{line}"), &BUNDLE).expect_err(line)
}

fn underlined(problem: &Diagnostic, text: &str) -> String {
    let span = problem.span.expect("every problem has its place");
    text[span.start..span.end].to_owned()
}

#[test]
fn each_error_underlines_its_words() {
    let cases: &[(&str, &str, &str)] = &[
        // Dates.
        ("2021-13-01 progression", "chart-bad-date", "2021-13-01"),
        ("2021-1-5 progression", "chart-bad-date", "2021-1-5"),
        ("2021-02..2022-33 docetaxel", "chart-bad-date", "2022-33"),
        (
            "2022-05..2021-02 docetaxel",
            "chart-date-order",
            "2022-05..2021-02",
        ),
        ("progression", "chart-no-date", "progression"),
        ("metastasis: liver", "chart-no-date", "metastasis: liver"),
        ("2021-01-15", "chart-nothing-said", ""),
        (
            "2021-01..2021-03 metastasis: liver",
            "chart-span",
            "metastasis: liver",
        ),
        ("planned progression", "chart-span", "progression"),
        // Header.
        ("born: May", "chart-bad-date", "May"),
        ("sex: woman", "chart-bad-header", "woman"),
        ("record: all", "chart-bad-header", "all"),
        ("patient:", "chart-bad-header", "patient"),
        ("born: 1971   born: 1972", "chart-bad-header", "born"),
        ("pateint: anna", "chart-unknown-key", "pateint"),
        ("patient: anna   brn: 1971", "chart-unknown-key", "brn"),
        // Before metastasis.
        (
            "2021 before metastasis: no docetaxel",
            "chart-bad-date",
            "before metastasis: no docetaxel",
        ),
        (
            "before metastasis no docetaxel",
            "chart-no-value",
            "before metastasis no docetaxel",
        ),
        ("before metastasis:", "chart-unknown-medicine", ""),
        ("before metastasis: no", "chart-unknown-medicine", ""),
        (
            "before metastasis: no docetaxel,",
            "chart-unknown-medicine",
            "",
        ),
        (
            "before metastasis: no docetaxol, perhaps trastuzumab",
            "chart-unknown-medicine",
            "docetaxol",
        ),
        (
            "before metastasis: docetaxel + trastuzumab",
            "chart-unknown-medicine",
            "docetaxel + trastuzumab",
        ),
        // Findings.
        (
            "2021 metastsis: liver",
            "chart-unknown-finding",
            "metastsis: liver",
        ),
        (
            "2021 progression, remision",
            "chart-unknown-finding",
            "remision",
        ),
        (
            "2021 progression, docetaxel",
            "chart-unknown-finding",
            "docetaxel",
        ),
        ("2021 progression,", "chart-unknown-finding", ""),
        ("2021 metastasis: lver", "chart-unknown-place", "lver"),
        (
            "2021 metastasis: liver and kidney",
            "chart-unknown-place",
            "kidney",
        ),
        ("2021 metastasis liver", "chart-unexpected", "liver"),
        ("2021 radiosurgery: head", "chart-unknown-place", "head"),
        ("2021 breast cancer left", "chart-unexpected", "left"),
        ("2021 stage 5", "chart-bad-stage", "5"),
        ("2021 stage", "chart-bad-stage", "stage"),
        ("2021 cancer", "chart-which-cancer", "cancer"),
        (
            "2021 triple negative",
            "chart-unknown-finding",
            "triple negative",
        ),
        ("patient anna", "chart-no-date", "patient anna"),
        // Receptors.
        ("2021 HER2 IHC 4+", "chart-bad-score", "4+"),
        ("2021 HER2 IHC", "chart-no-result", "HER2 IHC"),
        ("2021 ER", "chart-no-result", "ER"),
        ("2021 HER2 strong", "chart-bad-result", "strong"),
        ("2021 ER brown", "chart-bad-result", "brown"),
        ("2021 ER 120 %", "chart-out-of-range", "120"),
        ("2021 ER 90", "chart-bad-number", "90"),
        ("2021 HER2 ratio high", "chart-bad-number", "high"),
        ("2021 HER2 ratio 2.345", "chart-bad-number", "2.345"),
        (
            "2021 HER2 positive negative",
            "chart-contradiction",
            "negative",
        ),
        ("2021 HER2 3+ (bone)", "chart-bad-tissue", "bone"),
        (
            "2021 HER2 3+ (primary), ER 90 % (metastasis)",
            "chart-contradiction",
            "metastasis",
        ),
        // Measurements.
        ("2021 LVEF", "chart-no-result", "LVEF"),
        ("2021 LVEF fine", "chart-bad-number", "fine"),
        ("2021 LVEF 158 %", "chart-out-of-range", "158"),
        ("2021 LVEF 58 mL", "chart-bad-unit", "mL"),
        ("2021 ALT 80 (limit 0)", "chart-unexpected", "limit 0)"),
        (
            "2021 ALT 99999999999999999999",
            "chart-bad-number",
            "99999999999999999999",
        ),
        // Medicines.
        (
            "2021.. trastuzumap",
            "chart-unknown-medicine",
            "trastuzumap",
        ),
        ("2021 trastuzumap", "chart-unknown-medicine", "trastuzumap"),
        (
            "2021.. trastuzumab-abcd",
            "chart-unknown-medicine",
            "trastuzumab-abcd",
        ),
        ("2021.. docetaxel +", "chart-unknown-medicine", ""),
        ("2021.. other:", "chart-unknown-medicine", "other:"),
        (
            "2021.. docetaxel trastuzumab",
            "chart-unexpected",
            "trastuzumab",
        ),
        (
            "2021..2022 docetaxel: finished",
            "chart-unknown-field",
            "finished",
        ),
        (
            "2021.. docetaxel: stopped",
            "chart-contradiction",
            "stopped",
        ),
        (
            "planned docetaxel: completed",
            "chart-contradiction",
            "completed",
        ),
        (
            "2021..2022 docetaxel: ongoing",
            "chart-contradiction",
            "ongoing",
        ),
        (
            "2021..2022 docetaxel: ordered",
            "chart-contradiction",
            "ordered",
        ),
        (
            "2021..2022 docetaxel: toxicity, progression",
            "chart-contradiction",
            "progression",
        ),
        // Facts.
        (
            "fact unresectble = true",
            "chart-unknown-fact",
            "unresectble",
        ),
        ("fact unresectable", "chart-no-value", "unresectable"),
        ("fact unresectable = maybe", "chart-fact-type", "maybe"),
        ("fact unresectable =", "chart-fact-type", ""),
        (
            "fact prior-her2-regimens-any = 1.5",
            "chart-bad-number",
            "1.5",
        ),
        (
            "fact prior-her2-regimens-any = 3..1",
            "chart-bad-number",
            "3..1",
        ),
        (
            "fact prior-her2-regimens-any = 99",
            "chart-out-of-range",
            "99",
        ),
        ("fact menopausal-status = old", "chart-fact-type", "old"),
        ("fact as-of = 2026-01-01", "chart-fact-type", "as-of"),
        ("fact relapse = soon", "chart-bad-date", "soon"),
    ];
    for (line, code, words) in cases {
        let text = format!("chart 1\n# é\n{line}\n");
        assert_eq!(problems(&text), [(*code, (*words).to_owned())], "{line}");
    }
}

#[test]
fn the_version_comes_first() {
    assert_eq!(problems(""), [("chart-no-version", String::new())]);
    assert_eq!(
        problems("2021 progression"),
        [("chart-no-version", "2021 progression".into())]
    );
    assert_eq!(problems("chart 2\n"), [("chart-version", "2".into())]);
    assert_eq!(problems("chart\n"), [("chart-version", "chart".into())]);
}

#[test]
fn all_errors_come_at_once_with_the_nearest_known_word() {
    let text = "chart 1\nsex: femal\n2021-13 metastsis: liver\n2021.. docetaxl + trastuzumb: complted\nfact her2-postive = yes\n";
    let problems = read(text, &BUNDLE).unwrap_err();
    let underlined: Vec<String> = problems
        .iter()
        .map(|problem| underlined(problem, text))
        .collect();
    assert_eq!(
        underlined,
        [
            "femal",
            "2021-13",
            "metastsis: liver",
            "docetaxl",
            "trastuzumb",
            "complted",
            "her2-postive"
        ]
    );
    let help = |index: usize| problems[index].help.clone().unwrap_or_default();
    for (index, word) in [
        (2, "metastasis"),
        (3, "docetaxel"),
        (4, "trastuzumab"),
        (5, "completed"),
        (6, "her2-positive"),
    ] {
        assert!(
            help(index).contains(&format!("did you mean `{word}`?")),
            "{}",
            help(index)
        );
    }
    assert!(help(3).contains("other: docetaxl"));
}

/// Words that the format does not have never become a medicine, which would open the count of lines.
#[test]
fn what_is_no_medicine_goes_into_a_note() {
    for line in ["2021 heart attack", "2021 PD-L1 positive"] {
        let problems = problems_of(line);
        let help = problems[0].help.as_deref().unwrap_or("");
        assert!(help.contains("`note: …`"), "{line}: {help}");
        assert!(!help.contains("write `other:"), "{line}: {help}");
    }
}

/// One misspelt part is said of that part, not of the line.
#[test]
fn a_misspelt_part_is_matched_by_itself() {
    let text = "chart 1\n2021 brest cancer, stage 4, metastasis: liver, bone";
    let problems = read(text, &BUNDLE).expect_err(text);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(underlined(&problems[0], text), "brest cancer");
    assert_eq!(
        problems[0].help.as_deref(),
        Some("did you mean `breast cancer`?")
    );
}

#[test]
fn a_share_written_for_a_percentage_is_refused() {
    let problems = problems_of("2021 LVEF 0.58");
    assert_eq!(problems[0].code, "chart-out-of-range");
    assert_eq!(
        problems[0].help.as_deref(),
        Some("lvef: in percent, 5 to 90")
    );
}

/// Pieces of the format, good and bad, that a random line is made of.
const WORDS: [&str; 58] = [
    "chart",
    "1",
    "2021-02-03",
    "2021",
    "2021-01/2022",
    "?",
    "..",
    "2021-02..",
    "planned",
    "fact",
    "=",
    "override",
    ":",
    ",",
    "+",
    "(",
    ")",
    "#",
    "%",
    "<",
    ">=",
    "-",
    "metastasis",
    "liver",
    "brain",
    "no",
    "not",
    "HER2",
    "IHC",
    "ISH",
    "3+",
    "0",
    "ratio",
    "copies",
    "2.3",
    "ER",
    "positive",
    "low",
    "(primary)",
    "specimen=S1",
    "cancer=lung",
    "cancer",
    "breast cancer",
    "stage",
    "IV",
    "LVEF",
    "58",
    "limit",
    "x",
    "trastuzumab",
    "deruxtecan",
    "other",
    "adjuvant",
    "stopped",
    "unresectable",
    "true",
    "é",
    "\u{feff}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Any text is read or refused; what is refused has its place inside the text, on character boundaries.
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC*|(.|\n){0,80}") {
        whole(&text)?;
        whole(&format!("chart 1\n{text}"))?;
    }

    /// The same for lines made of the words of the format.
    #[test]
    fn any_words_are_read_or_refused(words in prop::collection::vec((0..WORDS.len(), prop::bool::weighted(0.8)), 0..14)) {
        let line: String = words
            .iter()
            .map(|(word, space)| format!("{}{}", WORDS[*word], if *space { " " } else { "" }))
            .collect();
        whole(&format!("chart 1\n{line}\n2021 {line}\n2021.. {line}"))?;
    }
}

fn whole(text: &str) -> Result<(), proptest::test_runner::TestCaseError> {
    let _ = looks_like_written(text);
    match read(text, &BUNDLE) {
        Ok(chart) => {
            let import = &chart.import;
            prop_assert!(import.records == import.used.len() + import.ignored.len());
            prop_assert!(chart.entries.len() >= import.used.len(), "{text}");
        }
        Err(problems) => {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                let span = problem.span.expect("every problem has its place");
                prop_assert!(text.get(span.start..span.end).is_some(), "{problem:?}");
                prop_assert!(!problem.message.contains('\n'));
            }
        }
    }
    Ok(())
}

//! Which questions a person meets on the way, how many, and what "I don't know" beside another answer tells.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]
#![expect(
    clippy::print_stdout,
    reason = "how many questions each persona meets is a figure to be read"
)]

use std::collections::BTreeSet;
use waymark_page::answers::{Given, Treatment, chart_text};
use waymark_page::{Answers, Door, Fields, Reading, Request, Response, respond};
use waymark_testsuite::personas::{answered, guide, personas, today};

/// No one is asked more pages of questions than this.
const MOST: usize = 12;
/// Nor half of them more than this.
const TYPICAL: usize = 10;

fn chose(answers: &[&str]) -> Given {
    Given {
        chosen: answers.iter().map(|it| (*it).to_owned()).collect(),
        ..Given::default()
    }
}

fn told(given: &[(&str, &[&str])]) -> Answers {
    let mut answers = Answers::default();
    for (question, chosen) in given {
        answers
            .answers
            .insert((*question).to_owned(), chose(chosen));
    }
    answers
}

fn reading(answers: &Answers) -> Reading<'static> {
    Reading::of_answers(guide(), answers.clone(), today())
}

/// The pages of questions in the order in which a person meets them who says what they know of each, and passes over the
/// rest; each as the ids of its questions.
fn met(known: &Answers) -> Vec<String> {
    let mut answers = Answers::default();
    // On the start page.
    let adult = known.get("adult").cloned().unwrap_or_default();
    answers.answers.insert("adult".to_owned(), adult);
    let mut met: Vec<String> = Vec::new();
    let mut last: Option<String> = None;
    while let Some(page) = reading(&answers).path().next(last.as_deref()) {
        for question in page {
            let given = known.get(&question.id).cloned().unwrap_or_default();
            answers.answers.insert(question.id.clone(), given);
        }
        let ids: Vec<&str> = page.iter().map(|it| &*it.id).collect();
        met.push(ids.join("+"));
        last = page.first().map(|it| it.id.clone());
    }
    met
}

#[test]
fn no_one_is_asked_without_end() {
    let mut counts: Vec<usize> = Vec::new();
    for persona in personas() {
        let met = met(&persona.answers());
        println!("{:2} {}: {}", met.len(), persona.name, met.join(" "));
        assert!(met.len() <= MOST, "{}: {}", persona.name, met.len());
        counts.push(met.len());
    }
    counts.sort_unstable();
    println!(
        "pages of questions: half of them {} or fewer, {:?} to {:?}",
        counts[counts.len() / 2],
        counts.first(),
        counts.last()
    );
    assert!(counts[counts.len() / 2] <= TYPICAL, "{counts:?}");
}

#[test]
fn whose_cancer_has_not_spread_is_asked_what_fits() {
    let not_spread: (&str, &[&str]) = ("spread", &["not-spread"]);
    let asked = |operable: &[&str], begin: &[&str]| {
        let mut given = vec![
            ("her2", &["positive"][..]),
            not_spread,
            ("operable", operable),
        ];
        if !begin.is_empty() {
            given.push(("begin", begin));
        }
        let reading = reading(&told(&given));
        let path = reading.path();
        let ids = path.questions().map(|it| it.id.clone());
        ids.collect::<Vec<String>>()
    };
    // Where surgery can remove it, no use for metastatic cancer is left to be judged by earlier medicines.
    for id in ["begin", "before", "treatments", "her2-count"] {
        assert!(!asked(&["neither"], &[]).contains(&id.to_owned()), "{id}");
    }
    // Where it cannot, labels for "unresectable or metastatic" cancer ask for them.
    for id in ["begin", "before", "treatments"] {
        assert!(
            asked(&["unresectable"], &[]).contains(&id.to_owned()),
            "{id}"
        );
    }
    // A cancer that has not come back is not asked when it came back.
    let given = told(&[
        not_spread,
        ("operable", &["unresectable"]),
        ("begin", &["not-back"]),
        ("before", &["trastuzumab-before"]),
        ("return-her2", &["within-6"]),
    ]);
    let text = chart_text(&given, &guide().bundle);
    assert!(text.contains("fact early-relapse-her2 = false"), "{text}");
    assert!(!text.contains("early-relapse-her2 = true"), "{text}");
}

/// What the server makes of a form.
fn posted(path: &str, fields: &[(&str, &str)]) -> Response {
    let fields = fields.iter();
    let fields: Vec<(String, String)> = fields
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    let request = Request {
        path,
        fields: Fields(&fields),
        today: today(),
        door: Door::Server,
        chart: None,
    };
    respond(guide(), &request)
}

/// What stands in the answers after a form of this question was sent.
fn sent(question: &str, ticked: &[&str]) -> Vec<String> {
    let fields = [("go", "next"), ("asked", question)].into_iter();
    let fields: Vec<(&str, &str)> = fields
        .chain(ticked.iter().map(|it| (question, *it)))
        .collect();
    let state = posted(&format!("q/{question}"), &fields).state;
    let answers = Answers::restore(&state, &guide().bundle).unwrap().answers;
    answers.get(question).unwrap().chosen.clone()
}

#[test]
fn what_is_ticked_counts_and_not_knowing_beside_it_stays() {
    assert_eq!(sent("health", &["heart", "unknown"]), ["heart", "unknown"]);
    assert_eq!(sent("spread", &["liver", "unsaid"]), ["liver", "unsaid"]);
    assert_eq!(sent("health", &["unknown"]), ["unknown"]);
    // "None of these" is no answer beside one of them, nor beside "I don't know".
    assert_eq!(sent("health", &["heart", "none"]), ["heart"]);
    assert_eq!(sent("health", &["none", "unknown"]), ["unknown"]);
    assert_eq!(sent("health", &["none"]), ["none"]);
}

#[test]
fn a_list_beside_none_yet_or_not_knowing_is_not_all() {
    let listed = |chosen: &[&str]| {
        let mut answers = told(&[("treatments", chosen)]);
        let list = answers.answers.get_mut("treatments").unwrap();
        list.treatments = vec![Treatment {
            medicines: vec!["trastuzumab".to_owned()],
            ..Treatment::default()
        }];
        chart_text(&answers, &guide().bundle)
    };
    let all = "record: metastatic therapies complete";
    assert!(listed(&["all"]).contains(all));
    for contradicted in [&["none-yet"][..], &["all", "unknown"], &["all", "unsaid"]] {
        let text = listed(contradicted);
        assert!(!text.contains(all), "{contradicted:?}: {text}");
        assert!(text.contains("palliative trastuzumab"), "{text}");
    }
    let none = chart_text(&told(&[("treatments", &["none-yet"])]), &guide().bundle);
    assert!(none.contains(all), "{none}");
}

#[test]
fn a_saved_file_is_read_as_the_form_is() {
    let health = |chosen: &[&str]| chart_text(&told(&[("health", chosen)]), &guide().bundle);
    let no = "? no heart failure";
    assert!(health(&["none"]).contains(no));
    assert_eq!(health(&["none", "unknown"]), "chart 1\n");
    assert_eq!(health(&["heart", "none"]), health(&["heart"]));
    assert_eq!(health(&["heart", "unknown"]), health(&["heart"]));
    // Metastasis that is ticked beside "not spread" counts.
    let spread = chart_text(
        &told(&[("spread", &["liver", "not-spread"])]),
        &guide().bundle,
    );
    assert!(!spread.contains("metastatic = false"), "{spread}");
}

/// Only a "no" to a hormone medicine, and to what else may have been given later, lets a late return decide for the label of
/// T-DM1.
#[test]
fn a_late_return_decides_only_where_nothing_later_may_have_been_given() {
    let late = |before: &[&str]| {
        let given = told(&[("before", before), ("return-trastuzumab", &["later"])]);
        chart_text(&given, &guide().bundle).contains("fact early-relapse-adjuvant = false")
    };
    let all = [
        "trastuzumab-after",
        "no-tdm1",
        "no-tdxd",
        "no-neratinib",
        "no-hormone",
        "no-other",
        "no-other-chemotherapy",
    ];
    assert!(late(&all));
    for (place, left_out) in all.iter().enumerate() {
        let mut some = all.to_vec();
        some.remove(place);
        assert!(!late(&some), "without {left_out}");
    }
    for (no, instead) in [
        ("no-hormone", "unknown-hormone"),
        ("no-hormone", "hormone"),
        ("no-other", "unknown-other"),
        ("no-other", "other"),
        ("no-tdm1", "tdm1"),
        ("no-other-chemotherapy", "unknown-other-chemotherapy"),
    ] {
        let other = all.map(|it| if it == no { instead } else { it });
        assert!(!late(&other), "{instead}");
    }
    // Chemotherapy goes before trastuzumab or beside it.
    let with = all.map(|it| {
        if it == "no-other-chemotherapy" {
            "known-chemotherapy"
        } else {
            it
        }
    });
    assert!(late(&with));
    for open in ["unknown", "unsaid"] {
        let mut more = all.to_vec();
        more.push(open);
        assert!(!late(&more), "{open}");
    }
}

/// A return long after trastuzumab may have come soon after another HER2 medicine, unless each that may have come later was
/// answered with "no".
#[test]
fn a_return_long_after_trastuzumab_leaves_open_one_soon_after_another_her2_medicine() {
    let told = |before: &[&str], question: &str, answer: &str| {
        let given = told(&[("before", before), (question, &[answer])]);
        chart_text(&given, &guide().bundle)
    };
    let early = "fact early-relapse-her2 = ";
    let no = "fact early-relapse-her2 = false";
    let none_later = ["no-tdm1", "no-tdxd", "no-neratinib", "no-other"];
    let before = [&["trastuzumab-after"], &none_later[..]].concat();
    for answer in ["within-12", "later"] {
        assert!(told(&before, "return-trastuzumab-hormone", answer).contains(no));
        for place in 1..before.len() {
            let mut some = before.clone();
            let left_out = some.remove(place);
            let open = left_out.replace("no-", "unknown-");
            for before in [some.clone(), [&some[..], &[&open]].concat()] {
                for question in ["return-trastuzumab-hormone", "return-trastuzumab-open"] {
                    let text = told(&before, question, answer);
                    assert!(!text.contains(early), "{before:?}: {text}");
                }
                let text = told(&before, "return-trastuzumab-open", answer);
                assert!(
                    text.contains("fact relapse-within-12-months-trastuzumab = "),
                    "{text}"
                );
                let soon = told(&before, "return-trastuzumab-open", "within-6");
                assert!(soon.contains("fact early-relapse-her2 = true"), "{soon}");
            }
        }
    }
}

/// Of the questions that stand in one another's place a person meets one, also who passes it over.
#[test]
fn who_passes_over_a_question_is_not_asked_it_again() {
    for before in [
        answered(&["trastuzumab-after"]),
        answered(&["trastuzumab-after", "hormone"]),
        vec!["trastuzumab-after"],
        answered(&["tdm1"]),
        vec!["tdm1"],
    ] {
        let told = told(&[
            ("her2", &["positive"]),
            ("spread", &["liver"]),
            ("begin", &["came-back"]),
            ("before", &before),
        ]);
        let met = met(&told);
        let asked = met.iter().filter(|page| page.contains("return-"));
        assert_eq!(asked.count(), 1, "{before:?}: {met:?}");
    }
}

/// "No HER2 medicine" beside one of them is a contradiction: of a return after it nothing is asked, nor told.
#[test]
fn no_return_is_told_after_a_medicine_that_is_also_denied() {
    for (medicine, question) in [
        ("trastuzumab-after", "return-trastuzumab"),
        ("trastuzumab-after", "return-trastuzumab-hormone"),
        ("trastuzumab-after", "return-trastuzumab-open"),
        ("tdm1", "return-adjuvant"),
        ("tdm1", "return-adjuvant-hormone"),
        ("trastuzumab-before", "return-her2"),
    ] {
        for answer in ["within-6", "later"] {
            let asked = |before: &[&str]| {
                let given = told(&[("before", before), (question, &[answer])]);
                chart_text(&given, &guide().bundle)
            };
            let denied = [&answered(&[medicine])[..], &["no-her2"]].concat();
            let some = asked(&[medicine, "no-her2"]) + &asked(&denied);
            assert!(!some.contains("relapse"), "{some}");
        }
    }
}

/// In a row, the form sends one choice under a name of its own.
#[test]
fn a_row_is_taken_from_its_own_field() {
    let fields = [
        ("go", "next"),
        ("asked", "before"),
        ("before", "no-her2"),
        ("before.taxane", "taxane"),
        ("before.anthracycline", "unknown-anthracycline"),
        ("before.hormone", "no such answer"),
    ];
    let response = posted("q/before", &fields);
    let answers = Answers::restore(&response.state, &guide().bundle)
        .unwrap()
        .answers;
    assert_eq!(
        answers.get("before").unwrap().chosen,
        ["no-her2", "taxane", "unknown-anthracycline"]
    );
}

/// Each row is a group of its own, named by its legend, with the choice that was made; the other answers stand around them.
#[test]
fn rows_are_shown_as_groups_of_their_own() {
    let given = told(&[("before", &["taxane", "no-anthracycline", "no-her2"])]);
    let html = posted("q/before", &[("state", &given.code())]).html;
    let rows: Vec<&str> = html.split("<fieldset><legend>").skip(1).collect();
    assert_eq!(rows.len(), 10);
    for row in &rows {
        let row = row.split("</fieldset>").next().unwrap();
        let names: BTreeSet<&str> = row
            .split("name=\"")
            .skip(1)
            .filter_map(|it| it.split('"').next())
            .collect();
        assert_eq!(names.len(), 1, "{row}");
        assert!(names.iter().all(|it| it.starts_with("before.")), "{row}");
        assert!(!row.contains("checkbox"), "{row}");
        assert!(
            row.contains("I don’t know") && row.contains(">No<"),
            "{row}"
        );
    }
    let checked: Vec<&str> = html
        .split("<input ")
        .filter(|it| {
            it.split('>')
                .next()
                .is_some_and(|it| it.contains(" checked"))
        })
        .filter_map(|it| it.split("value=\"").nth(1)?.split('"').next())
        .collect();
    assert_eq!(checked, ["no-her2", "taxane", "no-anthracycline"]);
}

/// On the page on which answers are checked, a choice of a row is told with its row.
#[test]
fn an_answer_of_a_row_is_told_with_its_row() {
    let given = told(&[("before", &["no-her2", "taxane", "unknown-hormone"])]);
    let html = posted("check", &[("state", &given.code()), ("go", "stop")]).html;
    let wanted = "No HER2 medicine; Chemotherapy: a taxane: Yes; Hormone medicine: I don’t know";
    assert!(html.contains(wanted), "{html}");
}

/// The tick on the start page is asked for with the first questions where it was left empty, and else not again.
#[test]
fn eighteen_or_older_is_asked_once() {
    let begun = |ticked: bool| {
        let mut fields = vec![("asked", "adult")];
        fields.extend(ticked.then_some(("adult", "adult")));
        posted("q", &fields).html
    };
    let again = "name=\"adult\" value=\"adult\"";
    assert!(begun(false).contains(again));
    assert!(!begun(true).contains(again));
    assert!(begun(true).contains("name=\"audience\""));
}

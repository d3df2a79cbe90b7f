//! The guide of the repository's knowledge for tests, people of every kind, and what is read out of a page.

#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]
#![allow(
    clippy::disallowed_methods,
    reason = "tests read personas from their files"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};
use waymark_criteria::Date;
use waymark_engine::Bundle;
use waymark_engine::bundle::{Answer, AnswerForm, Content, Question, Review, Tells};
use waymark_page::answers::{Given, VERSION};
use waymark_page::{Answers, Door, Fields, Guide, Reading, Request, Response, Site, respond};

/// The question that stands for all others here: each of its answers tells a written chart.
const TOLD: &str = "told-in-tests";

/// People in the lines of a written chart, each with a name.
pub(crate) const PEOPLE: [(&str, &[&str]); 14] = [
    ("nobody", &[]),
    (
        "first-line",
        &[
            "record: complete",
            "born: 1970",
            "? breast cancer",
            "? metastasis: liver, bone",
            "? HER2 IHC 3+, ER 0 %, PR 0 %",
        ],
    ),
    (
        "first-line-hormone",
        &[
            "record: complete",
            "born: 1970",
            "? breast cancer",
            "? metastasis: bone",
            "? HER2 IHC 3+, ER 90 %, PR 50 %",
            "? postmenopausal",
        ],
    ),
    (
        "under-way",
        &[
            "record: complete",
            "born: 1970",
            "? breast cancer",
            "2025-01-10 metastasis: liver",
            "? HER2 IHC 3+, ER 0 %, PR 0 %",
            "2025-02-01.. docetaxel + trastuzumab + pertuzumab",
        ],
    ),
    (
        "quiet",
        &[
            "record: complete",
            "born: 1970",
            "? breast cancer",
            "2025-01-10 metastasis: liver",
            "? HER2 IHC 3+, ER 90 %, PR 50 %",
            "2025-02-01..2025-07-01 docetaxel: completed",
            "2025-02-01.. trastuzumab + pertuzumab",
            "2025-02-01.. letrozole",
        ],
    ),
    (
        "grew-once",
        &[
            "record: complete",
            "born: 1970",
            "? breast cancer",
            "2023-01-10 metastasis: liver",
            "? HER2 IHC 3+, ER 0 %, PR 0 %",
            "2023-02-01..2024-05-01 docetaxel + trastuzumab + pertuzumab: stopped, progression",
            "2024-05-01 progression",
        ],
    ),
    (
        "grew-twice",
        &[
            "record: complete",
            "born: 1970",
            "? breast cancer",
            "2022-01-10 metastasis: liver",
            "? HER2 IHC 3+, ER 0 %, PR 0 %",
            "2022-02-01..2023-05-01 docetaxel + trastuzumab + pertuzumab: stopped, progression",
            "2023-05-01 progression",
            "2023-05-15..2024-09-01 trastuzumab deruxtecan: stopped, progression",
            "2024-09-01 progression",
        ],
    ),
    (
        "brain-active",
        &[
            "record: complete",
            "born: 1970",
            "? breast cancer",
            "2023-01-10 metastasis: liver",
            "? metastasis: brain",
            "? HER2 IHC 3+, ER 0 %, PR 0 %",
            "2023-02-01..2024-05-01 docetaxel + trastuzumab + pertuzumab: stopped, progression",
            "fact active-brain-metastases = true",
            "fact new-neurological-symptoms = true",
        ],
    ),
    (
        "undated",
        &[
            "born: 1970",
            "? breast cancer",
            "? metastasis: lung",
            "? HER2 IHC 3+",
            "? palliative trastuzumab + docetaxel",
            "? palliative ado-trastuzumab emtansine: stopped, toxicity",
            "? palliative capecitabine",
        ],
    ),
    (
        "her2-low",
        &[
            "record: complete",
            "born: 1970",
            "? breast cancer",
            "? metastasis: liver",
            "? HER2 IHC 1+, ER 0 %, PR 0 %",
        ],
    ),
    (
        "her2-negative",
        &[
            "record: complete",
            "born: 1970",
            "? breast cancer",
            "? metastasis: liver",
            "? HER2 IHC 0, ER 90 %, PR 0 %",
        ],
    ),
    (
        "early",
        &[
            "born: 1970",
            "? breast cancer",
            "fact metastatic = false",
            "fact unresectable = false",
            "? HER2 IHC 3+",
        ],
    ),
    (
        "other-cancer",
        &["born: 1970", "? cancer: lung", "fact breast-cancer = false"],
    ),
    (
        "long-history",
        &[
            "record: complete",
            "born: 1960",
            "? breast cancer",
            "2016-01-10 metastasis: liver, bone, lung",
            "? HER2 IHC 3+, ER 90 %, PR 20 %",
            "2016-02..2017-01 docetaxel + trastuzumab + pertuzumab: stopped, progression",
            "2017-02..2018-01 ado-trastuzumab emtansine: stopped, progression",
            "2018-02..2018-09 lapatinib + capecitabine: stopped, progression",
            "2018-10..2019-05 trastuzumab + vinorelbine: stopped, progression",
            "2019-06..2020-01 trastuzumab + gemcitabine: stopped, progression",
            "2020-02..2021-06 trastuzumab deruxtecan: stopped, progression",
            "2021-07..2022-02 tucatinib + trastuzumab + capecitabine: stopped, progression",
            "2022-03..2022-09 neratinib + capecitabine: stopped, toxicity",
            "2022-10..2023-03 margetuximab + eribulin: stopped, progression",
            "2023-04..2024-01 fulvestrant + trastuzumab: stopped, progression",
            "2024-02..2025-01 trastuzumab + paclitaxel: stopped, progression",
            "2025-02.. exemestane",
        ],
    ),
];

/// What every field of `numbers` opens.
pub(crate) const DEPTHS: [&str; 4] = ["words", "often", "long", "survival"];

/// The guide, read once.
pub(crate) fn guide() -> &'static Guide {
    static GUIDE: OnceLock<Guide> = OnceLock::new();
    GUIDE.get_or_init(|| {
        let kb = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kb");
        let (bundle, translations) = waymark_knowledge::bundle_for_build(&kb).unwrap();
        let mut content = bundle.content().clone();
        tell(&mut content);
        Guide {
            bundle: Bundle::new(content).unwrap(),
            translations,
            site: Site::default(),
        }
    })
}

fn tell(content: &mut Content) {
    let answers = PEOPLE.iter().map(|(name, lines)| Answer {
        id: (*name).to_owned(),
        label: (*name).to_owned(),
        hint: None,
        chart: lines.iter().map(|line| (*line).to_owned()).collect(),
        tells: Tells::Something,
        row: None,
    });
    content.questions.push(Question {
        id: TOLD.to_owned(),
        order: 1000,
        section: "Tests".to_owned(),
        ask: "Who?".to_owned(),
        hint: None,
        why: None,
        find: None,
        specimen: None,
        answer: AnswerForm::One,
        settles: Vec::new(),
        always: true,
        on_request: false,
        page: None,
        only_after: Vec::new(),
        answers: answers.collect(),
        rows: Vec::new(),
        together: Vec::new(),
        retired: Vec::new(),
        groups: Vec::new(),
        sources: Vec::new(),
        review: Review {
            on: "2026-11-26".to_owned(),
            due: "2027-05-26".to_owned(),
            written_by: None,
            reviewers: Vec::new(),
        },
        title: String::new(),
        text: String::new(),
    });
}

/// The names of everyone: those above, and the personas of the test suite.
pub(crate) fn everyone() -> &'static [String] {
    static NAMES: OnceLock<Vec<String>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names: Vec<String> = PEOPLE.iter().map(|(name, _)| (*name).to_owned()).collect();
        let mut personas: Vec<String> = std::fs::read_dir(personas())
            .unwrap()
            .map(|file| file.unwrap().path())
            .filter(|path| path.extension().is_some_and(|it| it == "json"))
            .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        personas.sort();
        assert!(personas.len() >= 24, "the personas are there");
        names.extend(personas);
        names
    })
}

fn personas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../testsuite/personas")
}

/// The answers of someone.
pub(crate) fn answers(name: &str) -> Answers {
    if !PEOPLE.iter().any(|(it, _)| *it == name) {
        let saved = std::fs::read_to_string(personas().join(format!("{name}.json"))).unwrap();
        return Answers::restore(&saved, &guide().bundle).unwrap().answers;
    }
    let mut answers = Answers {
        waymark: VERSION,
        ..Answers::default()
    };
    if name != "nobody" {
        let given = Given {
            chosen: vec![name.to_owned()],
            ..Given::default()
        };
        answers.answers.insert(TOLD.to_owned(), given);
    }
    answers
}

pub(crate) fn today() -> Date {
    Date::parse("2026-11-26").unwrap()
}

/// What is read of someone. Every line of a chart above is understood; the answers of a persona may contradict themselves.
pub(crate) fn reading(name: &str) -> Reading<'static> {
    let reading = Reading::of_answers(guide(), answers(name), today());
    if PEOPLE.iter().any(|(it, _)| *it == name) {
        assert_eq!(reading.left_out, Vec::<String>::new(), "{name}");
    }
    reading
}

/// How many treatments someone has had: those told, else those of the chart.
pub(crate) fn treatments(name: &str) -> usize {
    let answers = answers(name);
    let told: usize = answers
        .answers
        .values()
        .map(|given| given.treatments.len())
        .sum();
    if told > 0 {
        told
    } else {
        reading(name).lines.episodes.len()
    }
}

/// What the server makes of the fields of a form.
pub(crate) fn posted(guide: &Guide, path: &str, fields: &[(&str, &str)]) -> Response {
    let fields: Vec<(String, String)> = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let request = Request {
        path,
        fields: Fields(&fields),
        today: today(),
        door: Door::Server,
        chart: None,
    };
    respond(guide, &request)
}

/// A page for answers, with further fields of the form.
pub(crate) fn page(path: &str, answers: &Answers, fields: &[(&str, &str)]) -> String {
    let code = answers.code();
    let mut all = vec![("state", code.as_str())];
    all.extend(fields);
    let response = posted(guide(), path, &all);
    assert_eq!(response.status, 200, "{path}");
    response.html
}

/// A page for someone, made once for all tests of a file.
pub(crate) fn page_of(path: &str, name: &str) -> String {
    static MADE: Mutex<BTreeMap<(String, String), String>> = Mutex::new(BTreeMap::new());
    let key = (path.to_owned(), name.to_owned());
    let made = MADE.lock().unwrap().get(&key).cloned();
    made.unwrap_or_else(|| {
        let html = page(path, &answers(name), &[]);
        MADE.lock().unwrap().insert(key, html.clone());
        html
    })
}

/// The start tags of an element, in their order: everything between `<name` and `>`.
pub(crate) fn tags<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let open = format!("<{name}");
    let found = html.split(&open).skip(1).filter_map(|rest| {
        let tag = rest.split('>').next()?;
        (tag.is_empty() || tag.starts_with(' ')).then_some(tag)
    });
    found.collect()
}

/// The values of an attribute, in their order.
pub(crate) fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let open = format!(" {attribute}=\"");
    let found = html
        .split(&open)
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    found.collect()
}

/// What stands from the element with an id to the end of that element.
pub(crate) fn element<'h>(html: &'h str, name: &str, id: &str) -> Option<&'h str> {
    let at = html.find(&format!(" id=\"{id}\""))?;
    let start = html[..at].rfind('<')?;
    let rest = &html[start..];
    assert!(
        rest.starts_with(&format!("<{name}")),
        "`{id}` is a `{name}`"
    );
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut depth = 0;
    let mut place = 0;
    loop {
        let next_close = rest[place..].find(&close)? + place;
        match rest[place..].find(&open).map(|it| it + place) {
            Some(next_open) if next_open < next_close => {
                depth += 1;
                place = next_open + open.len();
            }
            Some(_) | None => {
                depth -= 1;
                place = next_close + close.len();
                if depth == 0 {
                    return Some(&rest[..place]);
                }
            }
        }
    }
}

/// The words of a piece of a page, without tags.
pub(crate) fn text(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if inside => {}
            _ => text.push(letter),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! The clinician sheet: nothing left out, every truth that of the explanation, every number with its source.

#![expect(clippy::expect_used, reason = "a test says what it needs")]

mod guide;

use guide::{guide, posted, today, values};
use std::collections::BTreeSet;
use waymark_engine::assess::assess;
use waymark_engine::chart::{Completeness, written};
use waymark_engine::derive::derive;
use waymark_engine::wire::{Node, Truth};
use waymark_page::{Door, Fields, Guide, Media, Reading, Request, respond, sheet_text};

/// Charts of the written format, from nothing known to a long history.
const CHARTS: [&str; 4] = [
    "chart 1\n",
    "chart 1\nborn: 1971-05 sex: female\n2024-03 breast cancer, HER2 IHC 3+, ER negative, PR negative\n2024-03 metastasis: liver\n",
    "chart 1\nborn: 1960\n2021-01 breast cancer, HER2 IHC 3+, ER 90 %\n2021-01 metastasis: bone, brain\n\
     2021-02..2022-03 docetaxel + trastuzumab + pertuzumab: progression\n2022-03 progression\n2022-04.. trastuzumab deruxtecan\n\
     2023-01 LVEF 40 %, pregnant\n",
    "chart 1\nborn: 1950\n2020 breast cancer, HER2 IHC 1+, ER 90 %\n2022 metastasis: lung\n",
];

/// The field that asks for each regimen in full.
const IN_FULL: (&str, &str) = ("appendix", "print");

fn html(guide: &Guide, path: &str, fields: &[(&str, &str)]) -> String {
    let response = posted(guide, path, fields);
    assert_eq!(response.status, 200, "{path}");
    response.html
}

fn reading<'g>(guide: &'g Guide, chart: &str) -> Reading<'g> {
    let chart = written::read(chart, &guide.bundle).expect("a chart");
    Reading::of_chart(guide, chart, today())
}

/// What stands between two texts, for the first time.
fn between<'h>(html: &'h str, before: &str, after: &str) -> &'h str {
    let rest = html.split_once(before).expect(before).1;
    rest.split_once(after).expect(after).0
}

fn sheet_word<'g>(guide: &'g Guide, key: &str) -> &'g str {
    let wordings = &guide.bundle.content().wordings;
    let part = wordings.iter().find(|it| it.id == "sheet");
    part.expect("the part").texts.get(key).expect(key)
}

#[test]
fn every_regimen_stands_in_the_table_once_and_in_full_once() {
    let guide = guide();
    let regimens = guide.bundle.content().regimens.iter();
    let all: BTreeSet<&str> = regimens.map(|it| &*it.id).collect();
    for chart in CHARTS {
        let html = html(guide, "clinician", &[("chart", chart)]);
        let rows = values(&html, "data-regimen");
        assert_eq!(rows.len(), all.len());
        assert_eq!(rows.iter().copied().collect::<BTreeSet<_>>(), all);
        assert!(!html.contains("<article class=\"detail\""));
        let details = self::html(guide, "clinician", &[("chart", chart), IN_FULL]);
        let details = details.matches("<article class=\"detail\"").count();
        assert_eq!(details, all.len());
    }
}

/// What a label asks for, one by one: the parts of a conjunction at the root of an explanation.
fn conjuncts(root: &Node) -> Vec<&Node> {
    if root.op == "all" {
        root.children.iter().map(|it| &**it).collect()
    } else {
        vec![root]
    }
}

#[test]
fn signs_are_the_truths_of_the_explanation() {
    let guide = guide();
    let mut seen = BTreeSet::new();
    for chart in CHARTS {
        let html = html(guide, "clinician", &[("chart", chart)]);
        let reading = reading(guide, chart);
        for regimen in &reading.assessment.regimens {
            let row = between(&html, &format!("data-regimen=\"{}\"", regimen.id), "</tr>");
            let nearest = regimen.nearest_indication();
            let root = nearest.and_then(|it| it.explanation.as_ref());
            let expected: Vec<&Node> = root.map_or(Vec::new(), conjuncts);
            let criteria: Vec<&str> = expected
                .iter()
                .filter_map(|it| it.criterion.as_deref())
                .collect();
            assert_eq!(values(row, "data-criterion"), criteria, "{}", regimen.id);
            let truths: Vec<&str> = expected.iter().map(|it| word(it.verdict)).collect();
            assert_eq!(values(row, "data-truth"), truths, "{}", regimen.id);
            // The sign that is read is the one of the truth.
            for (item, node) in row.split("data-truth=").skip(1).zip(&expected) {
                let sign = between(item, "<span class=\"sign ", "</span>");
                let (sign_is, others) = match node.verdict {
                    Truth::True => ('✓', ['✕', '?']),
                    Truth::False => ('✕', ['✓', '?']),
                    Truth::Unknown => ('?', ['✓', '✕']),
                };
                assert!(sign.contains(sign_is) && !sign.contains(others), "{sign}");
                seen.insert(node.verdict);
            }
        }
    }
    assert_eq!(seen.len(), 3, "the charts show all three truths");
}

fn word(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "true",
        Truth::False => "false",
        Truth::Unknown => "unknown",
    }
}

#[test]
fn every_note_is_at_the_end_and_every_row_of_figures_has_one() {
    let guide = guide();
    let html = html(guide, "clinician", &[("chart", CHARTS[2]), IN_FULL]);
    let ids: BTreeSet<&str> = values(&html, "id").into_iter().collect();
    let targets = values(&html, "href").into_iter();
    let targets: Vec<&str> = targets.filter_map(|it| it.strip_prefix('#')).collect();
    assert!(targets.iter().any(|it| it.starts_with("note-")));
    for target in targets {
        assert!(ids.contains(target), "#{target} leads nowhere");
    }
    let mut rows = 0;
    for table in html.split("class=\"numbers\"").skip(1) {
        for row in between(table, "<tbody>", "</tbody>").split("<tr>").skip(1) {
            let head = row.split("</th>").next().expect("its head");
            assert!(head.contains("class=\"note\""), "{head}");
            rows += 1;
        }
    }
    let content = guide.bundle.content();
    let shown = content
        .regimens
        .iter()
        .flat_map(|it| it.pivotal.iter().chain(&it.studied));
    let shown = shown.filter_map(|id| content.trials.iter().find(|trial| trial.id == *id));
    let results: usize = shown.map(|trial| trial.results.len()).sum();
    assert_eq!(
        rows, results,
        "no figure of a trial of a regimen is left out"
    );
}

#[test]
fn the_text_for_a_chart_is_short_ascii_and_names_every_regimen() {
    let guide = guide();
    for chart in CHARTS {
        let text = sheet_text(&reading(guide, chart));
        assert!(text.is_ascii());
        assert!(text.len() <= 1500, "{} characters:\n{text}", text.len());
        for regimen in &guide.bundle.content().regimens {
            let named = text.lines().any(|line| {
                let line = line.strip_prefix("- ").unwrap_or("");
                let names = line.split(": ").next().unwrap_or("");
                names.split("; ").any(|it| it == regimen.name)
            });
            assert!(named, "{}:\n{text}", regimen.id);
        }
        assert!(text.ends_with(sheet_word(guide, "text-verify")));
    }
}

#[test]
fn what_cannot_be_read_is_asked_after_its_line() {
    let guide = guide();
    let fields = [("chart", "born: 1971\n2024-03 brest cancer")];
    let html = html(guide, "clinician", &fields);
    let told = between(&html, "<div class=\"notice\" role=\"alert\">", "</div>");
    assert!(told.contains("line 2"), "{told}");
    assert!(html.contains("data-regimen"), "the sheet is still there");
}

#[test]
fn a_confirmed_fact_is_flagged_and_an_unknown_one_cannot_be() {
    let guide = guide();
    let fields = [
        ("chart", CHARTS[1]),
        ("confirmed", "her2-status"),
        ("confirmed", "lvef"),
    ];
    let html = html(guide, "clinician", &fields);
    let flag = |fact: &str| {
        let item = between(&html, &format!("<li data-fact=\"{fact}\">"), "</li>");
        let flag = item.split_once("class=\"flag\"").expect("a flag").1;
        flag.split_once('>').and_then(|(_, it)| it.chars().next())
    };
    assert_eq!(flag("her2-status"), Some('C'));
    assert_eq!(flag("hr-status"), Some('R'));
    assert_eq!(flag("lvef"), Some('?'));
}

#[test]
fn a_record_of_the_door_stands_in_the_place_of_answers() {
    let guide = guide();
    let chart = written::read(CHARTS[1], &guide.bundle).expect("a chart");
    let request = Request {
        path: "clinician",
        fields: Fields(&[]),
        today: today(),
        door: Door::Browser,
        chart: Some(&chart),
    };
    let html = respond(guide, &request).html;
    assert!(
        html.contains("id=\"import\""),
        "what was read of it is told"
    );
    let fact = between(&html, "<li data-fact=\"her2-status\">", "</li>");
    assert!(fact.contains("<strong>positive</strong>"), "{fact}");
}

#[test]
fn what_is_printed_for_a_board_tells_of_every_regimen_what_is_met_open_or_not() {
    let guide = guide();
    for chart in CHARTS {
        let html = html(guide, "clinician", &[("chart", chart)]);
        let reading = reading(guide, chart);
        let board = between(&html, "<div class=\"board\">", "<div class=\"screen\">");
        assert_eq!(
            values(board, "data-board").len(),
            guide.bundle.content().regimens.len()
        );
        for (status, regimens) in reading.groups() {
            for regimen in regimens {
                let line = between(board, &format!("data-board=\"{}\"", regimen.id), "</li>");
                assert!(
                    line.contains(&format!("data-status=\"{}\"", status.word())),
                    "{line}"
                );
                let root = regimen
                    .nearest_indication()
                    .and_then(|it| it.explanation.as_ref());
                let unmet = root.map_or(Vec::new(), conjuncts).into_iter();
                let unmet = unmet.filter(|node| node.verdict != Truth::True);
                for id in unmet.filter_map(|node| node.criterion.as_deref()) {
                    let label = &guide.bundle.criterion(id).expect("a criterion").label;
                    assert!(line.contains(&**label), "{}: {label}", regimen.id);
                }
            }
        }
    }
}

#[test]
fn the_file_of_a_sheet_is_the_assessment() {
    let guide = guide();
    let fields = [("chart".to_owned(), CHARTS[2].to_owned())];
    let request = Request {
        path: "es/clinician/json",
        fields: Fields(&fields),
        today: today(),
        door: Door::Browser,
        chart: None,
    };
    let file = respond(guide, &request);
    assert_eq!(file.media, Media::Json);
    let chart = written::read(CHARTS[2], &guide.bundle).expect("a chart");
    let record = chart.record.unwrap_or(Completeness::Partial);
    let facts = derive(&chart, &guide.bundle, today(), record);
    let expected = assess(&chart, &facts, &guide.bundle, today());
    let expected = serde_json::to_string_pretty(&expected).expect("JSON");
    assert_eq!(file.html, expected + "\n");
}

//! A small knowledge base for tests, and a plain rendering of what was read.

#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use waymark_criteria::{Bounds, Diagnostic};
use waymark_engine::bundle::{
    Code, Content, Derivation, FORMAT, FactEntry, FactKind, Medicine, Product, Review, Status,
    Term, TermTable,
};
use waymark_engine::chart::{Cancer, Drug, Entry, Event, Side};
use waymark_engine::{Bundle, Chart};

fn review() -> Review {
    Review {
        on: "2026-11-23".to_owned(),
        due: "2027-05-23".to_owned(),
        written_by: None,
        reviewers: Vec::new(),
    }
}

fn term(row: &str) -> Term {
    let mut parts = row.splitn(3, ' ');
    let code = parts.next().unwrap();
    let meaning = parts.next().unwrap().to_owned();
    let display = parts.next().unwrap_or("own words").to_owned();
    let (code, prefix) = match code.strip_suffix('*') {
        Some(code) => (code, true),
        None => (code, false),
    };
    let (code, status) = match code.strip_prefix('?') {
        Some(code) => (code, Status::Memory),
        None => (code, Status::Confirmed),
    };
    Term {
        code: code.to_owned(),
        prefix,
        meaning,
        status,
        display,
        note: None,
    }
}

/// A code table of rows `code meaning display`.
pub(crate) fn table(id: &str, systems: &[&str], rows: &[&str]) -> TermTable {
    TermTable {
        id: id.to_owned(),
        systems: systems.iter().map(|uri| (*uri).to_owned()).collect(),
        version: "test".to_owned(),
        purpose: "test".to_owned(),
        terms: rows.iter().map(|row| term(row)).collect(),
        lists: Vec::new(),
        review: review(),
        title: String::new(),
        text: String::new(),
    }
}

/// The words of the real knowledge.
fn words() -> [TermTable; 6] {
    let files = [
        include_str!("../../../../kb/terms/words-of-cancer.md"),
        include_str!("../../../../kb/terms/atc.md"),
        include_str!("../../../../kb/terms/words-of-medicines.md"),
        include_str!("../../../../kb/terms/words-of-other-medicines.md"),
        include_str!("../../../../kb/terms/words-of-procedures.md"),
        include_str!("../../../../kb/terms/words-of-results.md"),
    ];
    files.map(|file| {
        let head = file.split("```").nth(1).unwrap();
        let head = head.strip_prefix("toml\nkind = \"terms\"\n").unwrap();
        toml::from_str(head).unwrap()
    })
}

fn code(code: &str) -> Code {
    let (code, status) = match code.strip_prefix('?') {
        Some(code) => (code, Status::Memory),
        None => (code, Status::Confirmed),
    };
    let (system, code) = code.split_once(':').unwrap();
    Code {
        system: system.to_owned(),
        code: code.to_owned(),
        status,
        note: None,
    }
}

fn fact(id: &str, ty: FactKind, derivation: Derivation) -> FactEntry {
    FactEntry {
        id: id.to_owned(),
        ty,
        label: id.to_owned(),
        unit: None,
        min: None,
        max: None,
        values: Vec::new(),
        changes: waymark_engine::bundle::Changes::Fixed,
        for_readers: false,
        question: "is it so".to_owned(),
        ask: None,
        asked_after: None,
        how: "told".to_owned(),
        derivation,
        sources: Vec::new(),
        review: review(),
        carries: Vec::new(),
        title: String::new(),
        text: String::new(),
        cql: String::new(),
    }
}

fn measured(quantity: &str, (min, max): (i64, i64), times_upper_limit: bool) -> FactEntry {
    let derivation = Derivation::Measurement {
        quantity: quantity.to_owned(),
        times_upper_limit,
    };
    FactEntry {
        min: Some(min),
        max: Some(max),
        ..fact(quantity, FactKind::Decimal, derivation)
    }
}

fn history(condition: &str) -> FactEntry {
    let derivation = Derivation::Condition {
        condition: condition.to_owned(),
        absence_means_none: false,
        holds_days: None,
        history: true,
    };
    fact(condition, FactKind::Boolean, derivation)
}

fn medicine(
    id: &str,
    name: &str,
    names: &[&str],
    codes: &[&str],
    products: Vec<Product>,
) -> Medicine {
    Medicine {
        id: id.to_owned(),
        name: name.to_owned(),
        short: None,
        classes: vec!["systemic".to_owned()],
        kind_of_medicine: "test".to_owned(),
        target: None,
        size: None,
        acts: None,
        mechanism: None,
        ingredients: Vec::new(),
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        codes: codes.iter().map(|entry| code(entry)).collect(),
        products,
        rules: Vec::new(),
        cautions: Vec::new(),
        pivotal: Vec::new(),
        about: Vec::new(),
        review: review(),
        carries: Vec::new(),
        title: String::new(),
        text: String::new(),
        cql: String::new(),
    }
}

fn product(id: &str, brand: &str, name: &str, codes: &[&str]) -> Product {
    Product {
        id: id.to_owned(),
        brand: brand.to_owned(),
        name: name.to_owned(),
        kind: "reference".to_owned(),
        route: "iv".to_owned(),
        sponsor: None,
        approvals: Vec::new(),
        codes: codes.iter().map(|entry| code(entry)).collect(),
        names: Vec::new(),
        note: None,
    }
}

pub(crate) fn bundle() -> Bundle {
    let snomed = &[
        "254837009 cancer.breast",
        "1081551000119106 cancer.breast-recurrent",
        "254637007 cancer.other",
        "363346000 cancer.unspecified",
        "94225005 metastasis.brain",
        "94381002 metastasis.liver",
        "94181007 metastasis.nodes-regional",
        "94161006 metastasis.other",
        "94253005 metastasis.may-be-regional",
        "128462008 metastasis.unspecified",
        "1287652008 history.metastatic",
        "427685000 condition-receptor.her2-positive HER2-positive carcinoma of breast",
        "431396003 condition-receptor.her2-negative HER2-negative carcinoma of breast",
        "10828004 value.positive",
        "260385009 value.negative",
        "42425007 value.equivocal",
        "260347006 value.ihc-1",
        "260348001 value.ihc-2",
        "260349009 value.ihc-3",
        "258228008 value.stage-4",
        "261638004 value.stage-3",
        "30893008 value.m0",
        "1229903009 value.m1",
        "1229901006 value.m0",
        "277208005 observation.stage-m",
        "399588009 observation.stage-group",
        "268910001 value.improved",
        "271299001 value.worsened",
        "359746009 value.stable",
        "709137006 value.undetermined",
        "161712005 observation.menopause",
        "76498008 value.postmenopausal",
        "77386006 condition.pregnancy",
        "77386006 value.pregnant",
        "60001007 value.not-pregnant",
        "84114007 condition.heart-failure",
        "373808002 intent.curative",
        "363676003 intent.palliative",
        "373846009 intent.adjuvant",
        "266721009 reason.progression",
        "407563006 reason.toxicity",
        "105480006 reason.refused",
        "115959002 procedure.radiosurgery",
        "429584001 procedure.radiosurgery-brain",
        "33195004 procedure.radiotherapy",
        "1217123003 procedure.radiotherapy",
        "64368001 procedure.surgery-breast",
        "122548005 procedure.biopsy",
        "367336001 procedure.chemotherapy",
        "434363004 procedure.her2-test",
        "12738006 body.brain",
        "80248007 body.breast",
        "10200004 body.other",
        "7771000 side.left",
        "24028007 side.right",
        "51440002 side.both",
        "77284006 histology.in-situ",
        "82711006 ignored.morphology",
    ];
    let loinc = &[
        "48676-1 receptor.her2.overall",
        "85319-2 receptor.her2.ihc",
        "85318-4 receptor.her2.ish",
        "31150-6 receptor.her2.ish",
        "49683-6 receptor.her2.ratio",
        "74860-8 receptor.her2.copies",
        "32996-1 receptor.her2.serum",
        "42783-1 receptor.her2.mutation",
        "85337-4 receptor.er.presence",
        "85329-1 receptor.er.percent",
        "85339-0 receptor.pr.presence",
        "10480-2 receptor.er-pr",
        "LA6576-8 value.positive",
        "LA6577-6 value.negative",
        "LA9622-7 value.ecog-0",
        "LA9623-5 value.ecog-1",
        "LA13538-6 value.not-tested",
        "LA6111-4 value.ihc-0",
        "LA11841-6 value.ihc-1",
        "LA11842-4 value.ihc-2",
        "LA11884-6 value.indeterminate",
        "LA9633-4 value.present",
        "96893-3 receptor.her2.ish",
        "69548-6 ignored.genomic-report",
        "48018-6 ignored.genomic-report",
        "88040-1 observation.disease-status",
        "LA11843-2 value.ihc-3",
        "LA11840-8 ignored.wrong-answer mixed",
        "21902-2 observation.stage-group",
        "42802-9 observation.age-at-menopause",
        "21908-9 observation.stage-group",
        "21907-1 observation.stage-m",
        "21905-5 observation.stage-t",
        "97509-4 observation.disease-status",
        "89247-1 observation.ecog",
        "89243-0 observation.karnofsky",
        "10230-1 observation.lvef",
        "777-3 observation.platelets",
        "26499-4 observation.neutrophils",
        "1742-6 observation.alt",
        "82810-3 observation.pregnancy",
        "44667-4 observation.metastasis-site",
        "1968-7 ignored.direct-bilirubin",
    ];
    let icd = &[
        "C50* cancer.breast",
        "C79.31 metastasis.brain",
        "Z17.31 condition-receptor.her2-positive",
        "Z17.410 condition-receptor.hr-positive-her2-positive",
        "Z17.420 condition-receptor.hr-negative-her2-positive",
        "?C50.A0 cancer.breast",
    ];
    let content = Content {
        publisher: waymark_engine::bundle::Publisher::default(),
        patient_data: Vec::new(),
        withdrawn: Vec::new(),
        format: FORMAT,
        version: "test".to_owned(),
        sources: Vec::new(),
        tables: Vec::new(),
        facts: vec![
            fact("as-of", FactKind::Date, Derivation::AsOf {}),
            measured("ecog", (0, 5), false),
            measured("karnofsky", (0, 100), false),
            measured("lvef", (5, 90), false),
            measured("platelets", (0, 3000), false),
            measured("neutrophils", (0, 200), false),
            measured("alt", (0, 1000), true),
            history("heart-failure"),
            history("interstitial-lung-disease"),
            fact(
                "unresectable",
                FactKind::Boolean,
                Derivation::Unresectable {},
            ),
            fact(
                "locally-advanced",
                FactKind::Boolean,
                Derivation::LocallyAdvanced {},
            ),
        ],
        criteria: Vec::new(),
        medicines: vec![
            medicine(
                "paclitaxel",
                "paclitaxel",
                &["taxol"],
                &["rxnorm:56946"],
                Vec::new(),
            ),
            medicine(
                "pertuzumab",
                "pertuzumab",
                &[],
                &["rxnorm:1298944"],
                Vec::new(),
            ),
            medicine(
                "tdm1",
                "trastuzumab emtansine",
                &["ado-trastuzumab emtansine", "t-dm1"],
                &["rxnorm:1371041"],
                vec![product(
                    "kadcyla",
                    "Kadcyla",
                    "ado-trastuzumab emtansine",
                    &[],
                )],
            ),
            medicine(
                "tdxd",
                "trastuzumab deruxtecan",
                &["fam-trastuzumab deruxtecan-nxki", "t-dxd"],
                &["rxnorm:2267582"],
                Vec::new(),
            ),
            medicine(
                "trastuzumab",
                "trastuzumab",
                &[],
                &["rxnorm:224905", "atc:L01FD01", "?rxnorm:999"],
                vec![
                    product(
                        "trastuzumab-anns",
                        "Kanjinti",
                        "trastuzumab-anns",
                        &["rxnorm:2174802"],
                    ),
                    product(
                        "trastuzumab-reference",
                        "Herceptin",
                        "trastuzumab",
                        &["rxnorm:101306"],
                    ),
                ],
            ),
        ],
        regimens: Vec::new(),
        guidance: Vec::new(),
        trials: Vec::new(),
        line_rules: Vec::new(),
        questions: Vec::new(),
        wordings: Vec::new(),
        terms: [
            table(
                "snomed",
                &["http://snomed.info/sct", "urn:oid:2.16.840.1.113883.6.96"],
                snomed,
            ),
            table("loinc", &["http://loinc.org", "LNC"], loinc),
            table("icd", &["http://hl7.org/fhir/sid/icd-10-cm"], icd),
            table(
                "icd-10-categories",
                &["icd-10-categories"],
                &[
                    "C50* cancer.breast",
                    "C6* cancer.other",
                    "C77* metastasis.may-be-regional",
                    "C79* metastasis.other",
                    "C79.2* metastasis.may-be-regional",
                    "?C97* cancer.other",
                ],
            ),
            table(
                "tnm-metastasis-sites",
                &["https://example.org/tnm-sites"],
                &["HEP metastasis.liver", "LYM metastasis.may-be-regional"],
            ),
            table(
                "local-results",
                &["urn:waymark:local"],
                &["P value.positive", "N value.negative"],
            ),
            table(
                "snomed-sex",
                &["http://snomed.info/sct"],
                &["248152002 value.female", "248153007 value.male"],
            ),
            table(
                "hl7-interpretation",
                &["http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"],
                &[
                    "POS value.positive",
                    "NEG value.negative",
                    "?IND value.indeterminate",
                ],
            ),
        ]
        .into_iter()
        .chain(words())
        .collect(),
    };
    Bundle::new(content).unwrap()
}

/// A system's URI by a short name.
pub(crate) fn uri(short: &str) -> &str {
    match short {
        "sct" => "http://snomed.info/sct",
        "loinc" => "http://loinc.org",
        "rxnorm" => "http://www.nlm.nih.gov/research/umls/rxnorm",
        "icd" => "http://hl7.org/fhir/sid/icd-10-cm",
        "int" => "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
        other => other,
    }
}

/// Expands `@sct:123` to a Coding, so that tables stay readable.
pub(crate) fn expand(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        let end = tail.find([',', ']', '}', ' ']).unwrap_or(tail.len());
        let mut parts = tail[..end].splitn(3, ':');
        let (system, code) = (parts.next().unwrap(), parts.next().unwrap());
        out.push_str(&format!(
            "{{\"system\":\"{}\",\"code\":\"{code}\"",
            uri(system)
        ));
        if let Some(display) = parts.next() {
            out.push_str(&format!(",\"display\":\"{}\"", display.replace('_', " ")));
        }
        out.push('}');
        rest = &tail[end..];
    }
    out.push_str(rest);
    out
}

/// The patient of the tables.
pub(crate) const PATIENT: &str = r#"{"resourceType":"Patient","id":"p","identifier":[{"system":"urn:mrn","value":"1"}],"birthDate":"1970-05","gender":"female"}"#;

/// A chart of the patient and some resources, their subject filled in where none is given.
pub(crate) fn chart_of(resources: &[&str]) -> Chart {
    chart_by(&bundle(), resources)
}

/// The same, by another knowledge base.
pub(crate) fn chart_by(bundle: &Bundle, resources: &[&str]) -> Chart {
    read_by(bundle, resources).unwrap_or_else(|errors| panic!("{resources:?}: {errors:?}"))
}

/// What an input of some resources gives: as they stand where one is a container or a patient, else with the patient of the
/// tables.
fn read_by(bundle: &Bundle, resources: &[&str]) -> Result<Chart, Vec<Diagnostic>> {
    let kinds =
        ["Bundle", "Parameters", "Patient"].map(|it| format!("{{\"resourceType\":\"{it}\""));
    let whole = |text: &&str| text.starts_with('[') || kinds.iter().any(|it| text.starts_with(it));
    let mut all = vec![PATIENT.to_owned()];
    if resources.iter().any(whole) {
        let lines: Vec<String> = resources.iter().map(|line| expand(line)).collect();
        let chart = waymark_fhir::read(lines.join("\n").as_bytes(), bundle, None)?;
        accounted(&chart);
        return Ok(chart);
    }
    for resource in resources {
        let resource = expand(resource);
        let needs_subject = !resource.contains("\"subject\"");
        all.push(if needs_subject {
            resource.replacen('{', r#"{"subject":{"reference":"Patient/p"},"#, 1)
        } else {
            resource
        });
    }
    let text = format!("[{}]", all.join(","));
    let chart = waymark_fhir::read(text.as_bytes(), bundle, None)?;
    accounted(&chart);
    Ok(chart)
}

/// Every record is used or ignored, once.
pub(crate) fn accounted(chart: &Chart) {
    let import = &chart.import;
    assert_eq!(
        import.records,
        import.used.len() + import.ignored.len(),
        "{import:?}"
    );
    assert!(
        import
            .ignored
            .iter()
            .all(|ignored| !ignored.reason.is_empty())
    );
    assert!(import.used.iter().all(|used| !used.gave.is_empty()));
    for entry in &chart.entries {
        assert!(
            import
                .used
                .iter()
                .any(|used| used.record == entry.source.record)
        );
    }
}

/// All entries in plain words.
pub(crate) fn lines(chart: &Chart) -> Vec<String> {
    chart.entries.iter().map(line).collect()
}

fn low<T: std::fmt::Debug>(value: &T) -> String {
    format!("{value:?}").to_lowercase()
}

fn bounds(bounds: Bounds, unit: i64) -> String {
    let end = |end: Option<i64>| {
        end.map_or_else(String::new, |end| {
            let (whole, rest) = (end / unit, end % unit);
            if rest == 0 {
                whole.to_string()
            } else {
                format!("{end}/{unit}")
            }
        })
    };
    if bounds.low == bounds.high {
        end(bounds.low)
    } else {
        format!("{}..{}", end(bounds.low), end(bounds.high))
    }
}

fn on(side: Option<Side>) -> String {
    side.map_or_else(String::new, |side| format!(" {}", low(&side)))
}

fn tied(cancer: Option<&Cancer>) -> String {
    cancer.map_or_else(String::new, |cancer| format!(" of {}", low(cancer)))
}

fn line(entry: &Entry) -> String {
    let event = match &entry.event {
        Event::Diagnosis(diagnosis) => format!(
            "{}{}{}",
            low(&diagnosis.cancer),
            if diagnosis.recurrence { " again" } else { "" },
            on(diagnosis.side)
        ),
        Event::Metastasis(metastasis) => format!(
            "{} {}{}",
            if metastasis.present { "met" } else { "no met" },
            metastasis.site.as_ref().map_or_else(|| "?".to_owned(), low),
            tied(metastasis.cancer.as_ref())
        ),
        Event::Stage(stage) => format!(
            "stage {:?} m {:?}{}",
            stage.group,
            stage.distant,
            tied(stage.cancer.as_ref())
        ),
        Event::Receptor(result) => {
            let mut text = format!("{} {}", low(&result.receptor), low(&result.method));
            if let Some(polarity) = result.polarity {
                text += &format!(" {}", low(&polarity));
            }
            if let Some(score) = result.score {
                text += &format!(" score {score}");
            }
            if let Some(ratio) = result.ratio {
                text += &format!(" ratio {}", bounds(ratio, 1));
            }
            if let Some(copies) = result.copies {
                text += &format!(" copies {}", bounds(copies, 1));
            }
            if let Some(percent) = result.percent {
                text += &format!(" share {}", bounds(percent, 1));
            }
            if result.tissue != waymark_engine::chart::Tissue::Unstated {
                text += &format!(" in {}", low(&result.tissue));
            }
            text += &on(result.side);
            if let Some(specimen) = &result.specimen {
                text += &format!(" from {specimen}");
            }
            text + &tied(result.cancer.as_ref())
        }
        Event::Therapy(therapy) => {
            let mut text = match &therapy.drug {
                Drug::Known(id) => id.clone(),
                Drug::Unrecognised(name) => format!("unrecognised {name}"),
            };
            text += &format!(" {}", low(&therapy.status));
            if let Some(end) = therapy.end {
                text += &format!(" to {end}");
            }
            if let Some(intent) = therapy.intent {
                text += &format!(" {}", low(&intent));
            }
            if let Some(stopped) = therapy.stopped {
                text += &format!(" stopped {}", low(&stopped));
            }
            text
        }
        Event::Status(status) => format!("status {} {}", low(&status.trend), low(&status.place)),
        Event::LocalTherapy(local) => format!("{} {}", low(&local.kind), low(&local.place)),
        Event::Measurement(measured) => {
            let unit = waymark_criteria::value::DECIMAL_UNIT;
            let limit = measured
                .upper_limit
                .map_or_else(String::new, |limit| format!(" limit {}", limit / unit));
            format!(
                "{} {}{limit}",
                measured.quantity,
                bounds(measured.value, unit)
            )
        }
        Event::Condition { id, present } => {
            format!("{}{id}", if *present { "" } else { "no " })
        }
        Event::Statement(statement) => statement.fact.clone(),
        Event::Earlier(said) => said.drug.clone(),
    };
    let words = if entry.source.from_text {
        " (words)"
    } else {
        ""
    };
    format!("{} {event}{words}", entry.date)
}

/// The person in plain words: id, date of birth and sex.
fn person(chart: &Chart) -> String {
    let patient = &chart.patient;
    let sex = patient.sex.map_or_else(|| "?".to_owned(), |sex| low(&sex));
    format!("{} born {} {sex}", patient.id, patient.birth)
}

/// One row: resources, the entries they give, and what the report says: `ignored REASON`, `note CODE`, `used WHAT`, `person
/// ID born DATE SEX`, `lost COUNT`, or `refused CODE` where nothing is read.
pub(crate) fn check(rows: &[(&str, &[&str], &[&str])]) {
    for (resource, facts, report) in rows {
        let resources: Vec<&str> = resource.split("\n---\n").collect();
        let chart = match read_by(&bundle(), &resources) {
            Ok(chart) => chart,
            Err(errors) => {
                let codes: Vec<String> = errors
                    .iter()
                    .map(|it| format!("refused {}", it.code))
                    .collect();
                assert_eq!(codes, *report, "{resource}\n{errors:?}");
                continue;
            }
        };
        assert_eq!(&lines(&chart)[..], *facts, "{resource}\n{:?}", chart.import);
        for expected in *report {
            let found = match expected.split_once(' ').unwrap() {
                ("ignored", reason) => chart
                    .import
                    .ignored
                    .iter()
                    .any(|ignored| ignored.reason.contains(reason)),
                ("note", code) => chart.import.notes.iter().any(|note| note.code == code),
                ("person", told) => person(&chart) == told,
                ("lost", count) => chart.import.lost.to_string() == count,
                ("used", gave) => chart
                    .import
                    .used
                    .iter()
                    .any(|used| used.gave.contains(gave)),
                _ => panic!("{expected}"),
            };
            assert!(found, "{expected}: {resource}\n{:?}", chart.import);
        }
    }
}

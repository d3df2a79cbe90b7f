//! Lines of findings: `breast cancer, stage 2`, `metastasis: liver, bone`, `HER2 IHC 3+ (primary), ER 90 %`.

use super::measurements;
use super::nearest::nearest;
use super::piece::Piece;
use super::places::{SITES, place, site};
use super::receptors;
use super::tie;
use super::tissue::Marks;
use super::vocabulary::Vocabulary;
use crate::chart::{
    Cancer, Diagnosis, DiseaseStatus, Event, LocalTherapy, LocalTherapyKind, Metastasis, Place,
    Site, Stage, Tissue, Trend,
};
use waymark_criteria::Diagnostic;

/// Words that open a finding, beside those of the knowledge base.
const WORDS: [&str; 25] = [
    "breast cancer",
    "cancer",
    "recurrence",
    "stage",
    "M0",
    "M1",
    "metastasis",
    "metastatic",
    "brain metastasis",
    "bone metastasis",
    "liver metastasis",
    "lung metastasis",
    "HER2",
    "ER",
    "PR",
    "HR",
    "ISH",
    "progression",
    "stable",
    "response",
    "remission",
    "surgery",
    "mastectomy",
    "radiotherapy",
    "radiosurgery",
];

/// What to do with words that the format does not have. Never a medicine: that would open the count of lines.
const UNSAID: &str = "the format has no such finding: keep the words for readers on a line `note: …` or after `#`; \
     `other: NAME` is for medicines alone";

const METASTASES: [&str; 5] = [
    "metastasis",
    "metastases",
    "distant metastasis",
    "distant metastases",
    "mets",
];

const TRENDS: [(&str, Trend); 10] = [
    ("progression", Trend::Progression),
    ("progressive disease", Trend::Progression),
    ("stable disease", Trend::Stable),
    ("stable", Trend::Stable),
    ("partial response", Trend::Response),
    ("response", Trend::Response),
    ("complete remission", Trend::Remission),
    ("remission", Trend::Remission),
    ("no evidence of disease", Trend::Remission),
    ("NED", Trend::Remission),
];

const LOCAL: [(&str, LocalTherapyKind, Place); 6] = [
    ("surgery", LocalTherapyKind::Surgery, Place::Unstated),
    ("mastectomy", LocalTherapyKind::Surgery, Place::Breast),
    ("lumpectomy", LocalTherapyKind::Surgery, Place::Breast),
    (
        "radiotherapy",
        LocalTherapyKind::Radiotherapy,
        Place::Unstated,
    ),
    ("radiation", LocalTherapyKind::Radiotherapy, Place::Unstated),
    (
        "radiosurgery",
        LocalTherapyKind::Radiosurgery,
        Place::Unstated,
    ),
];

/// What a list of places after a colon is about; it goes on over commas.
#[derive(Clone, Copy)]
enum List {
    Metastasis { present: bool },
    Status(Trend),
    Local(LocalTherapyKind),
}

type Found = Result<Vec<Event>, Vec<Diagnostic>>;

/// The findings of a line; `None` when its first words open no finding.
///
/// # Errors
/// Every part of the line that is not understood.
pub(super) fn read(
    words: Piece<'_>,
    cancer: Option<Cancer>,
    vocabulary: &Vocabulary<'_>,
) -> Option<Found> {
    let mut line = Line::of(vocabulary);
    let mut events = Vec::new();
    let mut problems = Vec::new();
    for (index, segment) in segments(words).into_iter().enumerate() {
        let found = match line.segment(segment) {
            Some(found) => found,
            None if index == 0 => return None,
            None => Err(vec![line.unknown(segment)]),
        };
        match found {
            Ok(more) => events.extend(more),
            Err(more) => problems.extend(more),
        }
    }
    if !problems.is_empty() {
        return Some(Err(problems));
    }
    line.tie_to_tissue(&mut events);
    tie_to_cancer(cancer, &mut events);
    Some(Ok(events))
}

/// The parts between commas; a stroke before the name of a receptor parts as well (`ER+/PR-/HER2+`).
fn segments(words: Piece<'_>) -> Vec<Piece<'_>> {
    let mut segments = Vec::new();
    for part in words.split(&[',', ';']) {
        let mut open = part;
        let strokes: Vec<usize> = part.text.match_indices('/').map(|(at, _)| at).collect();
        for stroke in strokes {
            let (head, tail) = open.split_at(part.start + stroke - open.start);
            let next = tail.split_at("/".len()).1.trim();
            if receptors::opens(next) {
                segments.push(head.trim());
                open = next;
            }
        }
        segments.push(open);
    }
    segments
}

/// Ties what can be tied: to the cancer named at the end of the line, else to the one diagnosis on the line.
fn tie_to_cancer(named: Option<Cancer>, events: &mut [Event]) {
    let mut diagnoses = events.iter().filter_map(|event| match event {
        Event::Diagnosis(diagnosis) => Some(diagnosis.cancer.clone()),
        _ => None,
    });
    let only = diagnoses.next().filter(|_| diagnoses.next().is_none());
    let Some(tied) = named.or(only) else {
        return;
    };
    for event in events {
        match event {
            Event::Metastasis(metastasis) => metastasis.cancer = Some(tied.clone()),
            Event::Stage(stage) => stage.cancer = Some(tied.clone()),
            Event::Receptor(result) => result.cancer = Some(tied.clone()),
            Event::Status(status) => status.cancer = Some(tied.clone()),
            _ => {}
        }
    }
}

/// Whether the words open a finding.
pub(super) fn opens(words: Piece<'_>, vocabulary: &Vocabulary<'_>) -> bool {
    read(words, None, vocabulary).is_some()
}

/// The known word nearest to one that is not known.
pub(super) fn suggest(words: Piece<'_>, vocabulary: &Vocabulary<'_>) -> Option<String> {
    let own: Vec<String> = vocabulary.finding_words().collect();
    let known = || WORDS.into_iter().chain(own.iter().map(String::as_str));
    let (first, _) = words.first_word();
    let before_colon = words.split_once(&[':']).map_or(words, |(head, _)| head);
    nearest(before_colon.text, known())
        .or_else(|| nearest(first.text, known()))
        .map(str::to_owned)
}

struct Line<'v, 't> {
    vocabulary: &'v Vocabulary<'v>,
    list: Option<List>,
    tissue: Option<Tissue>,
    specimen: Option<Piece<'t>>,
}

impl<'v, 't> Line<'v, 't> {
    fn of(vocabulary: &'v Vocabulary<'v>) -> Self {
        Line {
            vocabulary,
            list: None,
            tissue: None,
            specimen: None,
        }
    }

    fn segment(&mut self, segment: Piece<'t>) -> Option<Found> {
        if let Some(list) = self.list {
            if let Ok(event) = list.at(segment) {
                return Some(Ok(vec![event]));
            }
            self.list = None;
        }
        let (body, marks) = Marks::of(segment);
        if let Some(results) = receptors::read(body) {
            let marked = marks.and_then(|marks| self.mark(marks));
            return Some(match (results, marked) {
                (results, Ok(())) => results,
                (Ok(_), Err(problem)) => Err(vec![problem]),
                (Err(mut problems), Err(problem)) => {
                    problems.push(problem);
                    Err(problems)
                }
            });
        }
        if let Some(measured) = measurements::read(segment, self.vocabulary) {
            return Some(
                measured
                    .map(|event| vec![event])
                    .map_err(|problem| vec![problem]),
            );
        }
        self.disease(segment)
            .or_else(|| self.course(segment))
            .or_else(|| self.condition(segment))
    }

    /// Diagnosis, stage, metastasis.
    fn disease(&mut self, segment: Piece<'t>) -> Option<Found> {
        if let Some(rest) = segment.after("breast cancer") {
            let recurrence = rest.is("recurrence");
            return Some(only(
                diagnosis(Cancer::Breast, recurrence),
                rest,
                recurrence,
            ));
        }
        if segment.is("recurrent breast cancer") {
            return Some(Ok(vec![diagnosis(Cancer::Breast, true)]));
        }
        for (word, recurrence) in [("cancer", false), ("recurrence", true), ("relapse", true)] {
            if let Some(rest) = segment.after(word) {
                return Some(cancer(segment, rest.trim(), recurrence));
            }
        }
        if let Some(rest) = segment.after("stage") {
            return Some(stage(rest.trim(), segment));
        }
        for (word, distant) in [("M0", false), ("M1", true)] {
            let clinical = [word.to_owned(), format!("c{word}"), format!("p{word}")];
            if clinical.iter().any(|word| segment.is(word)) {
                return Some(Ok(vec![Event::Stage(Stage {
                    group: None,
                    distant: Some(distant),
                    cancer: None,
                })]));
            }
        }
        if segment.is("metastatic") {
            return Some(Ok(vec![metastasis(None, true)]));
        }
        let (negated, rest) = match segment.after_any(&["no", "without"]) {
            Some(rest) => (true, rest.trim()),
            None => (false, segment),
        };
        if let Some(rest) = rest.after_any(&METASTASES) {
            return Some(self.listed(List::Metastasis { present: !negated }, rest.trim()));
        }
        let (_, site, rest) = SITES
            .into_iter()
            .find_map(|(word, site)| Some((word, site, rest.after(word)?.trim())))?;
        let rest = rest.after_any(&METASTASES)?;
        Some(only(metastasis(Some(site), !negated), rest, false))
    }

    /// Course of the disease, local therapy.
    fn course(&mut self, segment: Piece<'t>) -> Option<Found> {
        for (word, trend) in TRENDS {
            if let Some(rest) = segment.after(word) {
                return Some(self.listed(List::Status(trend), rest.trim()));
            }
        }
        for (word, kind, place) in LOCAL {
            if let Some(rest) = segment.after(word) {
                if place == Place::Unstated {
                    return Some(self.listed(List::Local(kind), rest.trim()));
                }
                let event = Event::LocalTherapy(LocalTherapy { kind, place });
                return Some(only(event, rest, false));
            }
        }
        None
    }

    /// Conditions other than the cancer, menopause among them.
    fn condition(&self, segment: Piece<'t>) -> Option<Found> {
        let (present, name) = match segment.after_any(&["no", "not"]) {
            Some(rest) => (false, rest.trim()),
            None => (true, segment),
        };
        let id = self.vocabulary.condition(name)?.to_owned();
        Some(Ok(vec![Event::Condition { id, present }]))
    }

    /// Nothing, or a colon and the first of a list of places.
    fn listed(&mut self, list: List, rest: Piece<'t>) -> Found {
        if rest.is_empty() {
            return Ok(vec![list.bare()]);
        }
        let Some(places) = rest.after_sign(&[':']) else {
            return Err(vec![unexpected(rest)]);
        };
        self.list = Some(list);
        let (mut events, mut problems) = (Vec::new(), Vec::new());
        let mut next = Some(places);
        while let Some(place) = next {
            let (place, more) = split_at_word(place, "and");
            match list.at(place) {
                Ok(event) => events.push(event),
                Err(problem) => problems.push(problem),
            }
            next = more;
        }
        if problems.is_empty() {
            Ok(events)
        } else {
            Err(problems)
        }
    }

    /// Notes tissue and specimen, which hold for every receptor result of the line.
    fn mark(&mut self, marks: Marks<'t>) -> Result<(), Diagnostic> {
        let differs = |at: Piece<'_>| {
            Diagnostic::error(
                "chart-contradiction",
                format!("`{}` differs from what stands before it on this line", at.text),
            )
            .at(at.span())
            .help("the receptor results of a line are of one specimen; write others on a line of their own")
        };
        if let Some((tissue, at)) = marks.tissue {
            if self.tissue.is_some_and(|known| known != tissue) {
                return Err(differs(at));
            }
            self.tissue = Some(tissue);
        }
        if let Some(specimen) = marks.specimen {
            if self
                .specimen
                .is_some_and(|known| known.text != specimen.text)
            {
                return Err(differs(specimen));
            }
            self.specimen = Some(specimen);
        }
        Ok(())
    }

    fn tie_to_tissue(&self, events: &mut [Event]) {
        for event in events {
            if let Event::Receptor(result) = event {
                result.tissue = self.tissue.unwrap_or(Tissue::Unstated);
                result.specimen = self.specimen.map(|specimen| specimen.text.to_owned());
            }
        }
    }

    fn unknown(&self, segment: Piece<'_>) -> Diagnostic {
        let shown = if segment.is_empty() {
            "nothing"
        } else {
            segment.text
        };
        let problem = Diagnostic::error(
            "chart-unknown-finding",
            format!("`{shown}` is no finding that a chart knows"),
        )
        .at(segment.span());
        if self.vocabulary.medicine(segment).is_some() {
            return problem.help("a medicine stands on a line of its own");
        }
        if segment.is_empty() {
            return problem.help("a comma stands between findings");
        }
        problem.help(meant(segment, self.vocabulary))
    }
}

impl List {
    fn bare(self) -> Event {
        match self {
            List::Metastasis { present } => metastasis(None, present),
            List::Status(trend) => status(trend, Place::Unstated),
            List::Local(kind) => Event::LocalTherapy(LocalTherapy {
                kind,
                place: Place::Unstated,
            }),
        }
    }

    /// The event at one place.
    fn at(self, at: Piece<'_>) -> Result<Event, Diagnostic> {
        match self {
            List::Metastasis { present } => site(at).map(|site| metastasis(Some(site), present)),
            List::Status(trend) => place(at).map(|place| status(trend, place)),
            List::Local(kind) => {
                place(at).map(|place| Event::LocalTherapy(LocalTherapy { kind, place }))
            }
        }
    }
}

fn diagnosis(cancer: Cancer, recurrence: bool) -> Event {
    Event::Diagnosis(Diagnosis {
        cancer,
        recurrence,
        side: None,
    })
}

fn metastasis(site: Option<Site>, present: bool) -> Event {
    Event::Metastasis(Metastasis {
        site,
        present,
        cancer: None,
    })
}

fn status(trend: Trend, place: Place) -> Event {
    Event::Status(DiseaseStatus {
        trend,
        place,
        cancer: None,
    })
}

/// `cancer: lung`, `recurrence`, `recurrence: lung`; a recurrence without a name is one of the breast cancer.
fn cancer(segment: Piece<'_>, rest: Piece<'_>, recurrence: bool) -> Found {
    if rest.is_empty() && recurrence {
        return Ok(vec![diagnosis(Cancer::Breast, true)]);
    }
    let Some(name) = rest.after_sign(&[':']).filter(|name| !name.is_empty()) else {
        return Err(vec![
            Diagnostic::error("chart-which-cancer", format!("`{}` does not say which cancer", segment.text))
                .at(segment.span())
                .help("write `breast cancer`, `cancer: lung`, or `cancer: unspecified` where the record does not say"),
        ]);
    };
    Ok(vec![diagnosis(tie::named(name), recurrence)])
}

/// `stage 2`, `stage IIB`; a letter after the group is allowed.
fn stage(rest: Piece<'_>, segment: Piece<'_>) -> Found {
    let letters = rest.text.to_ascii_uppercase();
    let group = letters.trim_end_matches(['A', 'B', 'C']);
    let number = match group {
        "0" => Some(0),
        "1" | "I" => Some(1),
        "2" | "II" => Some(2),
        "3" | "III" => Some(3),
        "4" | "IV" => Some(4),
        _ => None,
    };
    if letters.len() > group.len() + 1 || number.is_none() {
        let at = if rest.is_empty() { segment } else { rest };
        return Err(vec![
            Diagnostic::error("chart-bad-stage", format!("`{}` is not a stage", at.text))
                .at(at.span())
                .help("the stages are 0 to 4 or 0 to IV, a letter A to C may follow"),
        ]);
    }
    Ok(vec![Event::Stage(Stage {
        group: number,
        distant: None,
        cancer: None,
    })])
}

/// The event, when nothing unread follows.
fn only(event: Event, rest: Piece<'_>, read: bool) -> Found {
    if read || rest.trim().is_empty() {
        Ok(vec![event])
    } else {
        Err(vec![unexpected(rest.trim())])
    }
}

fn unexpected(rest: Piece<'_>) -> Diagnostic {
    Diagnostic::error(
        "chart-unexpected",
        format!("`{}` is not understood here", rest.text),
    )
    .at(rest.span())
    .help("a comma stands between findings, a colon before a place; `#` opens a comment")
}

/// Both sides of a word that stands alone.
fn split_at_word<'t>(piece: Piece<'t>, word: &str) -> (Piece<'t>, Option<Piece<'t>>) {
    let mut from = 0;
    while let Some(found) = piece.text.get(from..).and_then(|text| text.find(word)) {
        let at = from + found;
        let (head, tail) = piece.split_at(at);
        let rest = tail.split_at(word.len()).1;
        if head.text.ends_with(char::is_whitespace) && rest.text.starts_with(char::is_whitespace) {
            return (head.trim(), Some(rest.trim()));
        }
        from = at + word.len();
    }
    (piece.trim(), None)
}

/// The errors of a line that is neither a finding nor medicines, part by part: what one of them was probably meant to be
/// is said of that part alone.
pub(super) fn unknown_line(words: Piece<'_>, vocabulary: &Vocabulary<'_>) -> Vec<Diagnostic> {
    let mut line = Line::of(vocabulary);
    let mut problems = Vec::new();
    for (index, segment) in segments(words).into_iter().enumerate() {
        match line.segment(segment) {
            Some(Ok(_)) => {}
            Some(Err(more)) => problems.extend(more),
            None if index > 0 || segment.is_empty() => problems.push(line.unknown(segment)),
            None => problems.push(
                Diagnostic::error(
                    "chart-unknown-finding",
                    format!("`{}` is neither a finding nor a medicine", segment.text),
                )
                .at(segment.span())
                .help(meant(segment, vocabulary)),
            ),
        }
    }
    problems
}

/// The known word that the words were probably meant to be, else where they can stand.
fn meant(words: Piece<'_>, vocabulary: &Vocabulary<'_>) -> String {
    match suggest(words, vocabulary) {
        Some(word) => format!("did you mean `{word}`?"),
        None => UNSAID.to_owned(),
    }
}

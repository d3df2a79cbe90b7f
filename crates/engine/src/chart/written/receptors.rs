//! Receptor results: `HER2 IHC 2+ ISH negative ratio 1.4 (metastasis) specimen=S2`, `ER 90 %`.

use super::number;
use super::piece::Piece;
use crate::chart::{Event, Method, Polarity, Receptor, ReceptorResult, Tissue};
use waymark_criteria::{Bounds, Diagnostic};

/// Percent and ratios count hundredths.
const HUNDREDTHS: i64 = 100;

const POLARITIES: [(&str, Polarity); 10] = [
    ("positive", Polarity::Positive),
    ("amplified", Polarity::Positive),
    ("negative", Polarity::Negative),
    ("not amplified", Polarity::Negative),
    ("non amplified", Polarity::Negative),
    ("equivocal", Polarity::Equivocal),
    ("indeterminate", Polarity::Equivocal),
    ("low", Polarity::Low),
    ("ultralow", Polarity::Ultralow),
    ("ultra low", Polarity::Ultralow),
];

const HER2_HELP: &str = "a HER2 result is `IHC 0` to `IHC 3+`, `ISH positive` or `negative`, `ratio 2.3` or `>=2.0`, `copies 4.5`, \
                         or `positive`, `negative`, `low`, `ultralow`, `equivocal`; a comma stands between results";
const HORMONE_HELP: &str = "a hormone-receptor result is `90 %`, `<1 %`, `positive` or `negative`; a comma stands between results";

const HER2: [&str; 3] = ["HER2/neu", "HER2", "HER 2"];

const HORMONE: [(&str, Receptor); 6] = [
    ("ER", Receptor::Er),
    ("PR", Receptor::Pr),
    ("PgR", Receptor::Pr),
    ("HR", Receptor::Hormone),
    ("hormone receptors", Receptor::Hormone),
    ("hormone receptor", Receptor::Hormone),
];

/// Whether the text begins with the name of a receptor.
pub(super) fn opens(piece: Piece<'_>) -> bool {
    let hormone = HORMONE.iter().any(|(name, _)| piece.after(name).is_some());
    hormone || piece.after_any(&HER2).is_some()
}

/// The results of one segment, without tissue and specimen; `None` when it does not begin with a receptor.
pub(super) fn read(segment: Piece<'_>) -> Option<Result<Vec<Event>, Vec<Diagnostic>>> {
    if let Some(rest) = segment.after_any(&HER2) {
        return Some(her2(segment, rest));
    }
    // Alone, a method of HER2 testing means HER2.
    if segment
        .after_any(&["IHC", "ISH", "FISH", "dual probe ISH", "single probe ISH"])
        .is_some()
    {
        return Some(her2(segment, segment));
    }
    let hormone = [
        ("ER", Receptor::Er),
        ("PR", Receptor::Pr),
        ("PgR", Receptor::Pr),
        ("HR", Receptor::Hormone),
        ("hormone receptors", Receptor::Hormone),
        ("hormone receptor", Receptor::Hormone),
    ];
    hormone.into_iter().find_map(|(name, receptor)| {
        Some(hormone_receptor(segment, segment.after(name)?, receptor))
    })
}

/// A result of this receptor and method that says nothing yet.
fn blank(receptor: Receptor, method: Method) -> ReceptorResult {
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

fn hormone_receptor(
    segment: Piece<'_>,
    rest: Piece<'_>,
    receptor: Receptor,
) -> Result<Vec<Event>, Vec<Diagnostic>> {
    let mut result = blank(receptor, Method::Overall);
    let mut rest = joined(rest);
    if rest.is_empty() {
        return Err(vec![says_nothing(segment, HORMONE_HELP)]);
    }
    while !rest.is_empty() {
        if let Some((polarity, tail)) = sign(rest).or_else(|| polarity(rest)) {
            set(&mut result.polarity, polarity, rest).map_err(|problem| vec![problem])?;
            rest = tail;
        } else if starts_number(rest) {
            let (percent, tail) = percent(rest).map_err(|problem| vec![problem])?;
            result.percent = Some(percent);
            result.method = Method::Ihc;
            rest = tail;
        } else {
            return Err(vec![not_understood(rest, HORMONE_HELP)]);
        }
    }
    Ok(vec![Event::Receptor(result)])
}

/// What is being told of HER2 at a point of the segment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Overall,
    Ihc,
    Ish,
}

fn her2(segment: Piece<'_>, rest: Piece<'_>) -> Result<Vec<Event>, Vec<Diagnostic>> {
    let mut results = Her2::default();
    let mut told = Told::Overall;
    let mut rest = sign(rest.trim()).map_or(rest, |(polarity, tail)| {
        results.overall = Some(polarity);
        tail
    });
    loop {
        rest = joined(rest);
        if rest.is_empty() {
            break;
        }
        rest = results
            .word(rest, &mut told)
            .map_err(|problem| vec![problem])?;
    }
    let events = results.events();
    if events.is_empty() {
        return Err(vec![says_nothing(segment, HER2_HELP)]);
    }
    Ok(events)
}

#[derive(Default)]
struct Her2 {
    overall: Option<Polarity>,
    ihc: Option<Polarity>,
    score: Option<u8>,
    percent: Option<Bounds>,
    ish: Option<Polarity>,
    probe: Option<Method>,
    ratio: Option<Bounds>,
    copies: Option<Bounds>,
    recounting: bool,
    recount_ratio: Option<Bounds>,
    recount_copies: Option<Bounds>,
}

impl Her2 {
    /// Reads the next word or two; returns the rest.
    fn word<'t>(&mut self, at: Piece<'t>, told: &mut Told) -> Result<Piece<'t>, Diagnostic> {
        let probes = [
            ("dual probe ISH", Some(Method::IshDual)),
            ("single probe ISH", Some(Method::IshSingle)),
            ("ISH", None),
            ("FISH", None),
        ];
        for (name, probe) in probes {
            if let Some(rest) = at.after(name) {
                *told = Told::Ish;
                self.probe = probe.or(self.probe);
                return Ok(rest);
            }
        }
        if let Some(rest) = at.after("IHC") {
            *told = Told::Ihc;
            return Ok(rest);
        }
        if let Some(rest) = at.after("recount") {
            self.recounting = true;
            return Ok(rest);
        }
        if let Some(rest) = at.after("ratio") {
            let (ratio, rest) = counted(value(rest))?;
            let slot = if self.recounting {
                &mut self.recount_ratio
            } else {
                &mut self.ratio
            };
            set(slot, ratio, at)?;
            return Ok(rest);
        }
        if let Some(rest) = at.after("copies") {
            let (copies, rest) = counted(value(rest))?;
            let slot = if self.recounting {
                &mut self.recount_copies
            } else {
                &mut self.copies
            };
            set(slot, copies, at)?;
            return Ok(rest);
        }
        if let Some((polarity, rest)) = polarity(at) {
            let slot = match told {
                Told::Overall => &mut self.overall,
                Told::Ihc => &mut self.ihc,
                Told::Ish => &mut self.ish,
            };
            set(slot, polarity, at)?;
            return Ok(rest);
        }
        if *told != Told::Ish
            && let Some((score, rest)) = score(at)?
        {
            set(&mut self.score, score, at)?;
            return Ok(rest);
        }
        if *told != Told::Ish && starts_number(at) {
            let (percent, rest) = percent(at)?;
            set(&mut self.percent, percent, at)?;
            return Ok(rest);
        }
        Err(not_understood(at, HER2_HELP))
    }

    fn events(self) -> Vec<Event> {
        let mut results = Vec::new();
        if self.ihc.is_some() || self.score.is_some() || self.percent.is_some() {
            results.push(ReceptorResult {
                polarity: self.ihc,
                score: self.score,
                percent: self.percent,
                ..blank(Receptor::Her2, Method::Ihc)
            });
        }
        if self.ish.is_some() || self.ratio.is_some() || self.copies.is_some() {
            // A ratio needs both probes.
            let by_ratio = self.ratio.map(|_| Method::IshDual);
            results.push(ReceptorResult {
                polarity: self.ish,
                ratio: self.ratio,
                copies: self.copies,
                ..blank(
                    Receptor::Her2,
                    self.probe.or(by_ratio).unwrap_or(Method::Ish),
                )
            });
        }
        if self.recount_ratio.is_some() || self.recount_copies.is_some() {
            results.push(ReceptorResult {
                ratio: self.recount_ratio,
                copies: self.recount_copies,
                recount: true,
                ..blank(Receptor::Her2, Method::IshDual)
            });
        }
        if self.overall.is_some() {
            results.push(ReceptorResult {
                polarity: self.overall,
                ..blank(Receptor::Her2, Method::Overall)
            });
        }
        results.into_iter().map(Event::Receptor).collect()
    }
}

/// Without the hyphen or colon that may join a name to its result.
fn joined(rest: Piece<'_>) -> Piece<'_> {
    let rest = rest.trim();
    let word = rest
        .after_sign(&['-', ':'])
        .filter(|word| word.text.starts_with(char::is_alphanumeric));
    word.unwrap_or(rest)
}

/// `=` may stand before a value.
fn value(rest: Piece<'_>) -> Piece<'_> {
    let rest = rest.trim();
    rest.after_sign(&['=']).unwrap_or(rest)
}

/// `ER+`, `HER2-`: a sign that ends a word.
fn sign(at: Piece<'_>) -> Option<(Polarity, Piece<'_>)> {
    let mut letters = at.text.chars();
    let polarity = match letters.next()? {
        '+' => Polarity::Positive,
        '-' | '−' => Polarity::Negative,
        _ => return None,
    };
    let rest = Piece {
        text: letters.as_str(),
        start: at.start + at.text.len() - letters.as_str().len(),
    };
    (!rest.text.starts_with(char::is_alphanumeric)).then(|| (polarity, rest.trim()))
}

fn polarity(at: Piece<'_>) -> Option<(Polarity, Piece<'_>)> {
    POLARITIES
        .iter()
        .find_map(|(word, polarity)| Some((*polarity, at.after(word)?.trim())))
}

/// An IHC score: one digit, with a plus where it is not 0, and not the start of a percentage.
fn score(at: Piece<'_>) -> Result<Option<(u8, Piece<'_>)>, Diagnostic> {
    let (word, _) = at.first_word();
    let (figure, rest) = at.split_at(1);
    let Ok(score) = figure.text.parse::<u8>() else {
        return Ok(None);
    };
    let plus = rest.text.strip_prefix('+').is_some();
    let rest = rest.split_at(usize::from(plus)).1;
    let more = rest
        .text
        .starts_with(|letter: char| letter.is_alphanumeric() || ".+-–%".contains(letter));
    if more || rest.trim().text.starts_with('%') {
        return Ok(None);
    }
    if score > 3 || (score == 0 && plus) {
        return Err(Diagnostic::error(
            "chart-bad-score",
            format!("`{}` is not a HER2 IHC score", word.text),
        )
        .at(word.span())
        .help("the scores are 0, 1+, 2+ and 3+"));
    }
    Ok(Some((score, rest.trim())))
}

fn starts_number(at: Piece<'_>) -> bool {
    at.text
        .starts_with(|letter: char| letter.is_ascii_digit() || "<>≤≥".contains(letter))
        || at.text.starts_with("..")
}

/// A ratio or a count in hundredths. It need not be whole hundredths: 1.995 lies above 1.99, and is 199 when cut.
fn counted(at: Piece<'_>) -> Result<(Bounds, Piece<'_>), Diagnostic> {
    let (bounds, rest) = number::read(at, HUNDREDTHS)?;
    let above = at.trim().text.strip_prefix('>');
    let strictly = above.is_some_and(|text| !text.starts_with('='));
    let low = bounds.low.map(|low| low - i64::from(strictly));
    Ok((Bounds { low, ..bounds }, rest))
}

/// A percentage in hundredths of a percent, closed to 0 to 100 %.
fn percent(at: Piece<'_>) -> Result<(Bounds, Piece<'_>), Diagnostic> {
    let whole = 100 * HUNDREDTHS;
    let (bounds, rest) = number::read(at, HUNDREDTHS)?;
    let number = at.split_at(rest.start - at.start).0.trim();
    let low = bounds.low.unwrap_or(0);
    let high = bounds.high.unwrap_or(whole);
    if high > whole || low > whole || high < 0 {
        return Err(Diagnostic::error(
            "chart-out-of-range",
            format!("`{}` is not a percentage", number.text),
        )
        .at(number.span())
        .help("a share of cells lies between 0 and 100 %"));
    }
    let rest = rest.trim();
    let Some(rest) = rest.after_sign(&['%']) else {
        return Err(Diagnostic::error(
            "chart-bad-number",
            format!("`{}` has no unit", number.text),
        )
        .at(number.span())
        .help("write `%` after a share of cells, or `+` after an IHC score"));
    };
    let bounds = Bounds {
        low: Some(low),
        high: Some(high),
    };
    Ok((bounds, rest))
}

/// Fills a slot once.
fn set<T: PartialEq>(slot: &mut Option<T>, value: T, at: Piece<'_>) -> Result<(), Diagnostic> {
    if slot.as_ref().is_some_and(|known| *known != value) {
        let (word, _) = at.first_word();
        return Err(Diagnostic::error(
            "chart-contradiction",
            format!("`{}` contradicts what stands before it", word.text),
        )
        .at(word.span())
        .help("write two results on two lines, each with its date, tissue and specimen"));
    }
    *slot = Some(value);
    Ok(())
}

fn says_nothing(segment: Piece<'_>, help: &str) -> Diagnostic {
    Diagnostic::error(
        "chart-no-result",
        format!("`{}` names a test without its result", segment.text),
    )
    .at(segment.span())
    .help(format!(
        "{help}; leave out a test whose result is not known"
    ))
}

fn not_understood(at: Piece<'_>, help: &str) -> Diagnostic {
    let (word, _) = at.first_word();
    Diagnostic::error(
        "chart-bad-result",
        format!("`{}` is not part of a receptor result", word.text),
    )
    .at(word.span())
    .help(help)
}

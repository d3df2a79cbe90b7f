//! Results and places in words: "3+", "HER2 IHC 3+", "2+ / FISH amplified", "<1 %", "metastatic to liver".
//! Reading words is conservative: what is not plainly said is not read.

use crate::lookup::{Lookup, fold, typed};
use crate::naming;
use crate::number::decimal;
use crate::plain::{self, Beside, DENIED_RESULT, RESULT, Stance, in_doubt, stance};
use crate::why;
use waymark_criteria::Bounds;
use waymark_criteria::value::DECIMAL_UNIT;
use waymark_engine::chart::{Place, Polarity, Site, Trend};

/// Lower case, plain letters and signs, with the spellings of HER2 made one and its slashes gone.
pub(crate) fn normal(text: &str) -> String {
    let mut text = text.to_lowercase();
    if !text.is_ascii() {
        text = text.chars().map(typed).collect();
    }
    for (from, to) in [
        (" percent", " %"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
        ("&nbsp;", " "),
        ("&#43;", "+"),
        ("her-2", "her2"),
        ("her 2", "her2"),
        ("her2/neu", "her2"),
        ("her2neu", "her2"),
        ("c-erbb-2", "her2"),
        ("c-erbb2", "her2"),
        ("erbb2", "her2"),
        ("her2/cep17", "her2 ratio"),
        ("her2/cep 17", "her2 ratio"),
        ("her2/chr17", "her2 ratio"),
        ("her2:cep17", "her2 ratio"),
        ("r/o ", "rule out "),
        (">/=", ">="),
        ("</=", "<="),
    ] {
        if text.contains(from) {
            text = text.replace(from, to);
        }
    }
    text
}

/// Splits a text at slashes, semicolons, commas and lines, but not inside numbers and scores (`0/1+`, `2,4`), and at the
/// end of a sentence where the next one begins with the name of a marker ("ER: positive. HER2: negative"). What is no
/// more than names belongs to what follows ("ER, PR and HER2 negative").
pub(crate) fn segments(lookup: &Lookup<'_>, text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut begin = 0;
    let mut names = String::new();
    let is_name = |word: &str| word == "her2" || lookup.is_word(word, "words.marker");
    let mut add = |segment: &str| {
        let folded = fold(segment);
        let signed = segment.contains('+') || segment.trim_end().ends_with('-');
        if !signed && folded.split_whitespace().all(is_name) {
            names.push_str(segment);
            names.push(' ');
        } else {
            found.push(std::mem::take(&mut names) + segment);
        }
    };
    for (at, mark) in text.match_indices(['/', ';', ',', '\n', '.']) {
        let rest = &text[at + mark.len()..];
        let ends = if mark == "." {
            let next = fold(rest);
            let next = next.split_whitespace().next();
            rest.starts_with(char::is_whitespace) && next.is_some_and(is_name)
        } else {
            let after = rest.chars().next();
            let before = text[..at].chars().next_back();
            let inside_number = after.is_some_and(|next| next.is_ascii_digit())
                && before.is_some_and(|last| last.is_ascii_digit() || last == '+');
            !inside_number
        };
        if ends {
            add(&text[begin..at]);
            begin = at + mark.len();
        }
    }
    add(&text[begin..]);
    found.extend((!names.trim().is_empty()).then_some(names));
    found
}

/// Whether the text says that there is no result.
pub(crate) fn no_result(lookup: &Lookup<'_>, text: &str) -> bool {
    lookup.says(&fold(text), "words.no-result")
}

/// Whether a text names two different years: it tells of tests of different times.
pub(crate) fn names_two_years(text: &str) -> bool {
    /// Beside these a year is that of a rule, not of a test.
    const RULES: [&str; 5] = ["asco", "cap", "guideline", "guidelines", "criteria"];
    let folded = fold(text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let is_year = |word: &str| {
        let digits = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        digits && (word.starts_with("19") || word.starts_with("20"))
    };
    let of_rule = |at: usize| {
        let mut near = words.iter().skip(at.saturating_sub(2)).take(at.min(2) + 4);
        near.any(|word| RULES.contains(word))
    };
    let words = words.iter().enumerate();
    let mut years = words
        .filter(|(at, word)| is_year(word) && !of_rule(*at))
        .map(|(_, word)| *word);
    let first = years.next();
    years.any(|year| Some(year) != first)
}

/// A clause of more words is a report; no single result can be told from it.
const LONGEST_CLAUSE: usize = 100;

/// The polarity that a text (as [`normal`] gives it) states.
pub(crate) fn polarity(lookup: &Lookup<'_>, text: &str) -> Option<Polarity> {
    let (positives, negatives) = (
        lookup.words("value.positive"),
        lookup.words("value.negative"),
    );
    // These name what was looked for; they are a result only when nothing denies it.
    let found = lookup.words("words.found-or-not");
    if no_result(lookup, text) {
        return None;
    }
    let words = fold(text);
    if words.contains(" not negative ") {
        return None;
    }
    if lookup.says(&words, "value.equivocal") {
        let plain = is_plain(lookup, text, &words);
        return Some(if plain {
            Polarity::Equivocal
        } else {
            Polarity::Contradictory
        });
    }
    if let Some(low) = low(&words) {
        let plain = is_plain(lookup, text, &words) && !positives.are_in(&words);
        return Some(if plain { low } else { Polarity::Contradictory });
    }
    let mut negative = ends_with_sign(text, "her2-") || negatives.are_in(&words);
    let mut positive = false;
    for clause in segments(lookup, text) {
        let mut words = fold(&clause);
        if negative {
            words = negatives.taken_out_of(&words);
        }
        let words: Vec<&str> = words.split_whitespace().collect();
        if words.len() > LONGEST_CLAUSE {
            return Some(Polarity::Contradictory);
        }
        // "FISH for HER2 amplification" asks for it.
        let asked = words
            .iter()
            .any(|word| lookup.is_word(word, "words.asked-for"));
        let said = |word: &&str| positives.have(word) || (!negative && found.have(word));
        let only_asked =
            |at: usize, stance: &Stance| asked && found.have(words[at]) && *stance == Stance::Plain;
        let stances = (0..words.len())
            .filter(|at| said(&words[*at]))
            .map(|at| (at, stance(lookup, &words, at)))
            .filter(|(at, stance)| !only_asked(*at, stance))
            .map(|(at, stance)| match stance {
                Stance::Plain if is_of_else(lookup, &words[at + 1..]) => Stance::Doubted,
                stance => stance,
            })
            .chain(ends_with_sign(&clause, "her2+").then(|| stance(lookup, &words, 0)));
        let mut denied = false;
        for stance in stances {
            if stance == Stance::Doubted || plain::asks(&clause) {
                return Some(Polarity::Contradictory);
            }
            denied |= stance == Stance::Denied;
            positive |= stance == Stance::Plain;
        }
        negative |= denied;
    }
    match (positive, negative) {
        (true, true) => Some(Polarity::Contradictory),
        (true, false) => Some(Polarity::Positive),
        (false, true) if is_plainly_negative(lookup, text) => Some(Polarity::Negative),
        (false, true) => Some(Polarity::Contradictory),
        (false, false) => None,
    }
}

/// Whether the words behind a positive say of what, and it is no receptor: "positive for carcinoma".
fn is_of_else(lookup: &Lookup<'_>, after: &[&str]) -> bool {
    let receptor = |word: &&str| {
        *word == "her2"
            || matches!(
                *word,
                "receptor" | "expression" | "staining" | "protein" | "gene"
            )
            || ["words.found-or-not", "words.marker"]
                .iter()
                .any(|list| lookup.is_word(word, list))
    };
    after.first() == Some(&"for") && !after.iter().any(receptor)
}

/// HER2-low or HER2-ultralow, as folded words name it.
fn low(words: &str) -> Option<Polarity> {
    let rest = words.replace(" ultra low ", " ultralow ");
    let ultralow = rest.contains(" ultralow ");
    let low = rest.contains(" her2 low ") || rest == " low ";
    match (low, ultralow) {
        (true, true) => Some(Polarity::Contradictory),
        (true, false) => Some(Polarity::Low),
        (false, true) => Some(Polarity::Ultralow),
        (false, false) => None,
    }
}

/// Whether a text denies and doubts nothing, and every word of it goes with a result.
pub(crate) fn is_plain(lookup: &Lookup<'_>, text: &str, folded: &str) -> bool {
    let words: Vec<&str> = folded.split_whitespace().collect();
    let denials = lookup.words("words.denial");
    let denied = words.iter().any(|word| denials.have(word));
    !denied
        && !plain::asks(text)
        && !in_doubt(lookup, &words)
        && plain::odd(lookup, folded, RESULT).is_none()
}

/// Whether a text that is negative doubts nothing, and every word beside what is negative goes with a result or denies one.
fn is_plainly_negative(lookup: &Lookup<'_>, text: &str) -> bool {
    let folded = fold(text);
    let all: Vec<&str> = folded.split_whitespace().collect();
    let denies = |word: &str| lookup.is_word(word, "words.denial");
    let twice = all
        .windows(2)
        .any(|pair| denies(pair[0]) && lookup.is_word(pair[1], "value.negative"));
    !twice && is_plainly_told(lookup, text, DENIED_RESULT)
}

/// Whether a text asks and doubts nothing, and every word of it goes with a result or denies one.
pub(crate) fn is_plainly_told(lookup: &Lookup<'_>, text: &str, beside: Beside) -> bool {
    let folded = fold(text);
    let denies = |word: &&str| *word == "none" || lookup.is_word(word, "words.denial");
    let said: Vec<&str> = folded
        .split_whitespace()
        .filter(|word| !denies(word))
        .collect();
    let rest = lookup.words("value.negative").taken_out_of(&folded);
    let mut rest = rest.split_whitespace();
    !plain::asks(text)
        && !in_doubt(lookup, &said)
        && rest.all(|word| word == "none" || plain::goes(lookup, word, beside))
}

fn ends_with_sign(text: &str, signed: &str) -> bool {
    text.match_indices(signed).any(|(at, found)| {
        !text[at + found.len()..].starts_with(|next: char| next.is_alphanumeric() || next == '+')
    })
}

/// The IHC scores that a text (as [`normal`] gives it) states; two of them when it gives a range.
pub(crate) fn scores(text: &str) -> Vec<u8> {
    let mut found = Vec::new();
    let trimmed = text.trim();
    if trimmed == "0" {
        return vec![0];
    }
    // "0 (no staining)", "negative (0)".
    if let Some((score @ ("0" | "1" | "2" | "3"), _)) = trimmed.split_once(" (") {
        found.extend(score.parse::<u8>());
    }
    if text.contains("(0)") {
        found.push(0);
    }
    let letters: Vec<char> = text.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        let Some(digit) = letter.to_digit(10).filter(|digit| *digit <= 3) else {
            continue;
        };
        let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied();
        let plus = letters[at + 1..].iter().find(|next| **next != ' ') == Some(&'+');
        if !plus || before.is_some_and(|last| last.is_alphanumeric() || last == '.' || last == ',')
        {
            continue;
        }
        let preceding: String = letters[..at].iter().collect();
        if let Some(scored) = preceding.trim_end().strip_suffix(" of") {
            // "1 of 3+": the end of the scale. A score with its own plus sign was found already.
            let scored = scored.trim_end().strip_suffix(" out").unwrap_or(scored);
            let mut last = scored.trim_end().chars().rev();
            let score = last.next().and_then(|last| last.to_digit(10));
            if let Some(score) = score.filter(|score| *score <= 3)
                && !last.next().is_some_and(char::is_alphanumeric)
            {
                found.push(score as u8);
            }
            continue;
        }
        found.extend(range_begins(&preceding));
        found.push(digit as u8);
    }
    if found.is_empty() {
        let words = fold(text);
        let mut words = words.split_whitespace().peekable();
        while let Some(word) = words.next() {
            if word == "her2" && words.next_if(|word| *word == "0").is_some() {
                // "HER2 0", but not "HER2 0.9".
                found.extend(words.peek().is_none().then_some(0));
                continue;
            }
            if word != "score" && word != "ihc" {
                continue;
            }
            while words
                .next_if(|word| matches!(*word, "score" | "of" | "is"))
                .is_some()
            {}
            if let Some(score) = words.peek().and_then(|word| match *word {
                "0" => Some(0),
                "1" => Some(1),
                "2" => Some(2),
                "3" => Some(3),
                _ => None,
            }) {
                words.next();
                // "score 3 of 10" is of another scale.
                let _out = words.next_if(|word| *word == "out");
                let other_scale = words.next_if(|word| *word == "of").is_some()
                    && words.peek().is_some_and(|end| *end != "3");
                if !other_scale {
                    found.push(score);
                }
            }
        }
    }
    found.extend(signs(text));
    found.sort_unstable();
    found.dedup();
    found
}

/// Scores as signs alone: `HER2 +++`, `(++)`. A single plus sign may say positive.
fn signs(text: &str) -> Vec<u8> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('+') {
        let run = rest[at..].bytes().take_while(|byte| *byte == b'+').count();
        let before = rest[..at].trim_end();
        let joined = before.len() == at && before.ends_with(char::is_alphanumeric);
        let alone = before.is_empty()
            || before.ends_with("her2")
            || !before.ends_with(char::is_alphanumeric);
        if alone && (!joined || before.ends_with("her2")) && (2..=3).contains(&run) {
            found.push(run as u8);
        }
        rest = &rest[at + run..];
    }
    found
}

/// The score with which a range begins that a text before its other end leaves open: `0-`, `1+ to`, `0 or`.
fn range_begins(preceding: &str) -> Option<u8> {
    let mut ends = ["-", "/", " to", " or"].iter();
    let first = ends.find_map(|end| preceding.trim_end().strip_suffix(end))?;
    let first = first.trim_end();
    let mut last = first.strip_suffix('+').unwrap_or(first).chars().rev();
    let score = last.next()?.to_digit(10).filter(|score| *score <= 3)?;
    let alone = last
        .next()
        .is_none_or(|before| !before.is_alphanumeric() && before != '.');
    alone.then_some(score as u8)
}

/// Whether an IHC score stands behind a comparison ("<3+", "at least 2+"), or before what it is defined as ("3+ = positive").
pub(crate) fn score_compared(text: &str) -> bool {
    let mut digits = text
        .char_indices()
        .filter(|(_, letter)| letter.is_ascii_digit());
    digits.any(|(at, _)| {
        let rest = text[at + 1..].trim_start();
        let defined = rest
            .strip_prefix('+')
            .is_some_and(|rest| rest.trim_start().starts_with('='));
        let compared = rest.starts_with('+') && !comparator(text[..at].trim_end()).is_empty();
        compared || defined
    })
}

/// Whether a segment with an IHC score denies or doubts it, tells of another time, or what the score could have been.
pub(crate) fn score_in_doubt(lookup: &Lookup<'_>, segment: &str) -> bool {
    let otherwise = lookup.words("words.score-in-doubt");
    let words = fold(segment);
    let words: Vec<&str> = words.split_whitespace().collect();
    plain::asks(segment)
        || in_doubt(lookup, &words)
        || words.iter().any(|word| otherwise.have(word))
        || plain::odd(lookup, &fold(segment), RESULT).is_some()
}

/// Whether what stains does so in a tenth of the cells or less: ASCO/CAP 2018 asks for more than 10 %.
pub(crate) fn stains_too_few(segment: &str) -> bool {
    const TENTH: i64 = 10 * DECIMAL_UNIT;
    let mut shares = numbers(segment)
        .into_iter()
        .filter(|number| number.percent)
        .peekable();
    shares.peek().is_some()
        && shares.all(|share| share.value <= TENTH && !share.comparator.starts_with('>'))
}

/// Whether folded words deny the score that follows: "not 1+".
pub(crate) fn score_denied(words: &str) -> bool {
    let words: Vec<&str> = words.split_whitespace().collect();
    words.windows(2).any(|pair| {
        matches!(pair[0], "no" | "not" | "never" | "without")
            && matches!(
                pair[1],
                "0" | "1" | "2" | "3" | "confirmed" | "reproduced" | "verified"
            )
    })
}

/// Whether a text names a 0 by itself, which beside a higher score may be that of another test. "0-3+" is a scale.
pub(crate) fn names_a_zero(text: &str) -> bool {
    numbers(text).into_iter().any(|number| {
        let after = text[number.at..].strip_prefix('0').unwrap_or("x");
        let scale = ["-", "–", "to ", "or ", "/"]
            .iter()
            .any(|begin| after.trim_start().starts_with(begin));
        let alone = !after
            .starts_with(|next: char| next.is_alphanumeric() || matches!(next, '.' | ',' | ':'));
        number.value == 0 && !number.percent && number.comparator.is_empty() && alone && !scale
    })
}

/// A number in a text with what stands before and after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stated {
    /// Hundred-millionths.
    pub(crate) value: i64,
    /// `<`, `<=`, `>`, `>=` or empty.
    pub(crate) comparator: &'static str,
    /// A percent sign follows.
    pub(crate) percent: bool,
    /// Byte place in the text.
    pub(crate) at: usize,
}

/// The comparison with which the text before a number ends.
fn comparator(before: &str) -> &'static str {
    [
        ("<=", "<="),
        ("≤", "<="),
        (">=", ">="),
        ("≥", ">="),
        ("<", "<"),
        (">", ">"),
        ("less than or equal to", "<="),
        ("greater than or equal to", ">="),
        ("not greater than", "<="),
        ("not more than", "<="),
        ("no more than", "<="),
        ("not less than", ">="),
        ("no less than", ">="),
        ("less than", "<"),
        ("greater than", ">"),
        ("more than", ">"),
        ("below", "<"),
        ("above", ">"),
        ("at least", ">="),
        ("at most", "<="),
        ("up to", "<="),
    ]
    .iter()
    .find(|(words, _)| before.ends_with(words))
    .map_or("", |(_, comparator)| comparator)
}

/// The numbers of a text. Digits inside words (`her2`, `cep17`) and numbers beyond the range are left out.
pub(crate) fn numbers(text: &str) -> Vec<Stated> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let begin = at;
        while at < bytes.len()
            && (bytes[at].is_ascii_digit()
                || (matches!(bytes[at], b'.' | b',')
                    && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)))
        {
            at += 1;
        }
        let before = text[..begin].trim_end();
        let inside_word = text[..begin]
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric)
            || text[at..].chars().next().is_some_and(char::is_alphabetic);
        if inside_word {
            continue;
        }
        let Some(value) = decimal(&text[begin..at]) else {
            continue;
        };
        let comparator = comparator(before);
        found.push(Stated {
            value,
            comparator,
            percent: text[at..].trim_start().starts_with('%'),
            at: begin,
        });
    }
    found
}

/// A share in percent that a text states, in hundredths of a percent.
pub(crate) fn percent(text: &str) -> Option<Bounds> {
    let numbers = numbers(text);
    match numbers[..] {
        [one] if one.percent => crate::number::compare(one.comparator, one.value).and_then(share),
        [low, high]
            if high.percent
                && low.comparator.is_empty()
                && high.comparator.is_empty()
                && low.value <= high.value
                && (text[low.at..high.at].contains('-')
                    || text[low.at..high.at].contains(" to ")) =>
        {
            share(Bounds {
                low: Some(low.value),
                high: Some(high.value),
            })
        }
        _ => None,
    }
}

/// The share that a number alone gives where a share was asked for; one and less may be a fraction of one.
pub(crate) fn bare_percent(text: &str) -> Option<Bounds> {
    let [one] = numbers(text)[..] else {
        return None;
    };
    let told = one.value == 0 || one.value > DECIMAL_UNIT;
    crate::number::compare(one.comparator, one.value)
        .filter(|_| told)
        .and_then(share)
}

/// Bounds in hundred-millionths of a percent as hundredths of a percent, 0 to 100 %; `None` outside.
pub(crate) fn share(bounds: Bounds) -> Option<Bounds> {
    const HUNDREDTH: i64 = 1_000_000;
    let low = bounds.low.unwrap_or(0);
    let high = bounds.high.unwrap_or(10_000 * HUNDREDTH);
    (0 <= low && low <= high && high <= 10_000 * HUNDREDTH).then(|| Bounds {
        // Rounded towards the inside only where the end was opened by a comparator (`<1 %` is 0 to 99).
        low: Some(
            (low + HUNDREDTH - 1)
                .div_euclid(HUNDREDTH)
                .min(high / HUNDREDTH),
        ),
        high: Some(high / HUNDREDTH),
    })
}

/// The site of disease that a text names; `None` when it names none that is known.
pub(crate) fn site(lookup: &Lookup<'_>, text: &str) -> Option<Site> {
    let text = fold(text);
    let says = |meaning| lookup.says(&text, meaning);
    if says("metastasis.leptomeninges") {
        Some(Site::Leptomeninges)
    } else if says("metastasis.brain") {
        Some(Site::Brain)
    } else if says("metastasis.cns") {
        Some(Site::OtherCns)
    } else if says("words.node") {
        Some(if says("metastasis.nodes-regional") {
            Site::RegionalNodes
        } else {
            Site::MayBeRegional
        })
    } else if says("words.beside-breast") {
        Some(Site::MayBeRegional)
    } else if says("metastasis.bone") {
        Some(Site::Bone)
    } else if says("metastasis.liver") {
        Some(Site::Liver)
    } else if says("metastasis.lung") {
        Some(Site::Lung)
    } else if says("metastasis.may-be-regional") {
        Some(Site::MayBeRegional)
    } else {
        None
    }
}

/// The sites of disease that a text names, each between "and", commas or strokes: "axillary nodes and bone".
pub(crate) fn sites(lookup: &Lookup<'_>, text: &str) -> Vec<Site> {
    let text = text.to_lowercase().replace(" and ", ",");
    let parts = text.split([',', ';', '/', '&', '+']);
    let mut found: Vec<Site> = Vec::new();
    for site in parts.filter_map(|part| site(lookup, part)) {
        if !found.contains(&site) {
            found.push(site);
        }
    }
    found
}

/// The place that a text names, for local therapy.
pub(crate) fn place(lookup: &Lookup<'_>, text: &str) -> Option<Place> {
    match site(lookup, text) {
        Some(Site::Brain | Site::Leptomeninges | Site::OtherCns) => Some(Place::Cns),
        Some(Site::RegionalNodes) => Some(Place::Breast),
        Some(Site::MayBeRegional) if lookup.says(&fold(text), "words.node") => None,
        Some(Site::MayBeRegional) | None => {
            let here = naming::is_breast(lookup, text) || fold(text).contains(" chest wall ");
            here.then_some(Place::Breast)
        }
        Some(_) => Some(Place::Elsewhere),
    }
}

/// Whether every word of a text with a number goes with a measured value.
pub(crate) fn goes_with_measurement(lookup: &Lookup<'_>, text: &str) -> bool {
    let goes_with = &["words.beside-measurement"];
    plain::odd(lookup, &fold(text), goes_with).is_none() && !plain::asks(text)
}

/// The course of the disease that a text plainly states.
pub(crate) fn trend(lookup: &Lookup<'_>, text: &str) -> Option<Trend> {
    let grew = why::grew(lookup, text, "value.worsened")?;
    let text = fold(text);
    let says = |meaning| lookup.says(&text, meaning);
    if says("words.trend-in-doubt") {
        return None;
    }
    let told = [
        (Trend::Remission, says("value.remission")),
        (Trend::Response, says("value.improved")),
        (Trend::Stable, says("value.stable")),
        (Trend::Progression, grew),
    ];
    let mut told = told
        .iter()
        .filter(|(_, said)| *said)
        .map(|(trend, _)| *trend);
    let first = told.next()?;
    told.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_in_words() {
        let bundle = crate::words::tests::bundle();
        let lookup = Lookup::new(&bundle);
        for (text, scored, said) in [
            ("3+", vec![3], None),
            ("HER2 IHC 3+", vec![3], None),
            ("Positive (3+)", vec![3], Some(Polarity::Positive)),
            ("HER-2/neu 2 +", vec![2], None),
            ("HER2+", vec![], Some(Polarity::Positive)),
            ("HER2-", vec![], Some(Polarity::Negative)),
            ("IHC score 0", vec![0], None),
            ("score of 1", vec![1], None),
            ("1+/2+", vec![1, 2], None),
            ("0/1+", vec![0, 1], None),
            ("FISH amplified", vec![], Some(Polarity::Positive)),
            ("not amplified", vec![], Some(Polarity::Negative)),
            (
                "amplification not detected",
                vec![],
                Some(Polarity::Negative),
            ),
            ("positiv", vec![], Some(Polarity::Positive)),
            (
                "no evidence of HER2 overexpression",
                vec![],
                Some(Polarity::Negative),
            ),
            ("possibly negative", vec![], Some(Polarity::Contradictory)),
            ("negative?", vec![], Some(Polarity::Contradictory)),
            ("false negative", vec![], Some(Polarity::Contradictory)),
            ("never negative", vec![], Some(Polarity::Contradictory)),
            ("negative for EGFR", vec![], Some(Polarity::Contradictory)),
            (
                "HER2 negative cannot be excluded",
                vec![],
                Some(Polarity::Contradictory),
            ),
            ("HER2-low", vec![], Some(Polarity::Low)),
            ("HER2 low expression (IHC 1+)", vec![1], Some(Polarity::Low)),
            ("HER2-ultralow", vec![], Some(Polarity::Ultralow)),
            ("not HER2-low", vec![], Some(Polarity::Contradictory)),
            ("possible HER2-low", vec![], Some(Polarity::Contradictory)),
            ("no longer HER2 low", vec![], Some(Polarity::Contradictory)),
            (
                "HER2-low vs ultralow",
                vec![],
                Some(Polarity::Contradictory),
            ),
            (
                "HER2 ultralow cannot be excluded",
                vec![],
                Some(Polarity::Contradictory),
            ),
            ("pending", vec![], None),
            (
                "positive and negative",
                vec![],
                Some(Polarity::Contradictory),
            ),
        ] {
            let text = normal(text);
            assert_eq!(
                (scores(&text), polarity(&lookup, &text)),
                (scored, said),
                "{text}"
            );
        }
    }

    #[test]
    fn shares_in_words() {
        let bounds = |low, high| {
            Some(Bounds {
                low: Some(low),
                high: Some(high),
            })
        };
        for (text, share) in [
            ("85 %", bounds(8500, 8500)),
            ("<1%", bounds(0, 99)),
            (">= 10 %", bounds(1000, 10_000)),
            ("10-20%", bounds(1000, 2000)),
            ("0,5 %", bounds(50, 50)),
            ("not more than 1 %", bounds(0, 100)),
            ("greater than or equal to 10 %", bounds(1000, 10_000)),
            ("101 %", None),
            ("85", None),
        ] {
            assert_eq!(percent(text), share, "{text}");
        }
    }

    #[test]
    fn places_in_words() {
        let bundle = crate::words::tests::bundle();
        let lookup = Lookup::new(&bundle);
        for (text, found) in [
            ("radiotherapy to the chest wall", Some(Place::Breast)),
            ("excision of skin of breast", Some(Place::Breast)),
            ("excision of skin", None),
            ("excision of lymph nodes", None),
            ("excision of axillary lymph nodes", Some(Place::Breast)),
            ("resection of liver", Some(Place::Elsewhere)),
        ] {
            assert_eq!(place(&lookup, text), found, "{text}");
        }
    }
}

//! Numbers as a person writes them: `58`, `2.3`, `<1`, `>= 10`, `1..3`, `1.. `, `..2`, `1-10`.

use super::piece::Piece;
use waymark_criteria::{Bounds, Diagnostic};

/// A number within bounds, and what follows it. `scale` is the number of parts of one: 1, 100 or a power of ten more.
///
/// # Errors
/// When there is no number, it has too many decimals, is too great, or its ends are in the wrong order.
pub(super) fn read(piece: Piece<'_>, scale: i64) -> Result<(Bounds, Piece<'_>), Diagnostic> {
    let piece = piece.trim();
    for (sign, kind) in SIGNS {
        if let Some(rest) = piece.text.strip_prefix(sign) {
            let rest = piece.split_at(piece.text.len() - rest.len()).1.trim();
            let (value, after) = one(rest, scale)?;
            return Ok((kind.bounds(value), after));
        }
    }
    if let Some(rest) = piece.text.strip_prefix("..") {
        let (value, after) = one(piece.split_at(piece.text.len() - rest.len()).1, scale)?;
        return Ok((Sign::AtMost.bounds(value), after));
    }
    let (low, after) = one(piece, scale)?;
    let Some(rest) = after
        .text
        .strip_prefix("..")
        .or_else(|| after.text.strip_prefix('-'))
        .or_else(|| after.text.strip_prefix('–'))
    else {
        return Ok((Bounds::exact(low), after));
    };
    let dots = after.text.starts_with("..");
    let rest = after.split_at(after.text.len() - rest.len()).1;
    if dots
        && !rest
            .text
            .starts_with(|letter: char| letter.is_ascii_digit())
    {
        return Ok((Bounds::at_or_above(low), rest));
    }
    let (high, after) = one(rest, scale)?;
    if low > high {
        let whole = piece.split_at(after.start - piece.start).0;
        return Err(bad(whole, "ends below its beginning").help("write the smaller number first"));
    }
    let bounds = Bounds {
        low: Some(low),
        high: Some(high),
    };
    Ok((bounds, after))
}

/// An exact number, and what follows it.
///
/// # Errors
/// As for [`read`], and when the number is a range.
pub(super) fn exact(piece: Piece<'_>, scale: i64) -> Result<(i64, Piece<'_>), Diagnostic> {
    let piece = piece.trim();
    let (bounds, rest) = read(piece, scale)?;
    match bounds.as_exact() {
        Some(value) => Ok((value, rest)),
        None => Err(bad(
            piece.split_at(rest.start - piece.start).0,
            "is not one number",
        )
        .help("here one number is wanted, without a comparator or a range")),
    }
}

#[derive(Clone, Copy)]
enum Sign {
    Below,
    AtMost,
    Above,
    AtLeast,
}

const SIGNS: [(&str, Sign); 6] = [
    ("<=", Sign::AtMost),
    ("≤", Sign::AtMost),
    (">=", Sign::AtLeast),
    ("≥", Sign::AtLeast),
    ("<", Sign::Below),
    (">", Sign::Above),
];

impl Sign {
    fn bounds(self, value: i64) -> Bounds {
        match self {
            Sign::Below => Bounds {
                low: None,
                high: Some(value.saturating_sub(1)),
            },
            Sign::AtMost => Bounds {
                low: None,
                high: Some(value),
            },
            Sign::Above => Bounds::at_or_above(value.saturating_add(1)),
            Sign::AtLeast => Bounds::at_or_above(value),
        }
    }
}

fn one(piece: Piece<'_>, scale: i64) -> Result<(i64, Piece<'_>), Diagnostic> {
    let whole = piece.text.len() - piece.text.trim_start_matches(digit).len();
    if whole == 0 {
        let (word, _) = piece.first_word();
        let shown = if word.is_empty() { piece } else { word };
        return Err(bad(shown, "is not a number").help("for example `58`, `2.3`, `<1` or `1..3`"));
    }
    let (_, tail) = piece.split_at(whole);
    let decimals = match tail.text.strip_prefix('.') {
        Some(after) => after.len() - after.trim_start_matches(digit).len(),
        None => 0,
    };
    // `1..3` is a range: its dots are no decimal point.
    let length = whole + if decimals == 0 { 0 } else { 1 + decimals };
    let (number, rest) = piece.split_at(length);
    let mut value: i64 = 0;
    let mut parts = scale;
    let mut fraction = false;
    for letter in number.text.chars() {
        let Some(figure) = letter.to_digit(10) else {
            fraction = true;
            continue;
        };
        if fraction {
            if parts < 10 && figure != 0 {
                return Err(bad(number, "has too many decimals").help(decimals_help(scale)));
            }
            parts /= 10;
            value = value.saturating_add(parts.saturating_mul(i64::from(figure)));
        } else {
            value = value
                .saturating_mul(10)
                .saturating_add(scale.saturating_mul(i64::from(figure)));
        }
        // Room to spare for sums and comparators.
        if value > i64::MAX / 16 {
            return Err(bad(number, "is too great"));
        }
    }
    Ok((value, rest))
}

fn digit(letter: char) -> bool {
    letter.is_ascii_digit()
}

fn decimals_help(scale: i64) -> String {
    match scale.checked_ilog10().unwrap_or(0) {
        0 => "a whole number is wanted".to_owned(),
        places => format!("at most {places} decimals are kept"),
    }
}

fn bad(piece: Piece<'_>, what: &str) -> Diagnostic {
    Diagnostic::error("chart-bad-number", format!("`{}` {what}", piece.text)).at(piece.span())
}

//! Stated facts: `fact unresectable = true`, `fact prior-her2-regimens-any = 2.. override`.

use super::measurements::out_of_range;
use super::nearest::nearest;
use super::number;
use super::piece::Piece;
use super::when::read_date;
use crate::Bundle;
use crate::bundle::{Derivation, FactEntry, FactKind};
use crate::chart::{Event, Stated, Statement};
use waymark_criteria::value::DECIMAL_UNIT;
use waymark_criteria::{Bounds, Diagnostic};

/// The statement after the word `fact`.
///
/// # Errors
/// When the fact is not in the knowledge base, or the value does not suit its type.
pub(super) fn read(words: Piece<'_>, bundle: &Bundle) -> Result<Event, Diagnostic> {
    let Some((name, value)) = words.split_once(&['=']) else {
        return Err(
            Diagnostic::error("chart-no-value", "a stated fact has no value")
                .at(words.span())
                .help("write `fact NAME = VALUE`"),
        );
    };
    let fact = find(name, bundle)?;
    let (value, overrides) = match value.text.strip_suffix("override") {
        Some(head) if head.ends_with(char::is_whitespace) => {
            (value.split_at(head.len()).0.trim(), true)
        }
        Some(_) | None => (value, false),
    };
    Ok(Event::Statement(Statement {
        fact: fact.id.clone(),
        value: stated(fact, value)?,
        overrides,
    }))
}

fn find<'b>(name: Piece<'_>, bundle: &'b Bundle) -> Result<&'b FactEntry, Diagnostic> {
    let facts = &bundle.content().facts;
    let Some(fact) = facts.iter().find(|fact| fact.id == name.text) else {
        let problem = Diagnostic::error(
            "chart-unknown-fact",
            format!("`{}` is no fact of the knowledge base", name.text),
        )
        .at(name.span());
        return Err(
            match nearest(name.text, facts.iter().map(|fact| fact.id.as_str())) {
                Some(known) => problem.help(format!("did you mean `{known}`?")),
                None => problem.help("facts are named by their ids, for example `metastatic`"),
            },
        );
    };
    if matches!(fact.derivation, Derivation::AsOf {}) {
        return Err(Diagnostic::error(
            "chart-fact-type",
            format!(
                "`{}` is the day asked for, not a matter of the chart",
                fact.id
            ),
        )
        .at(name.span())
        .help("give it when you ask for the assessment"));
    }
    Ok(fact)
}

fn stated(fact: &FactEntry, value: Piece<'_>) -> Result<Stated, Diagnostic> {
    match fact.ty {
        FactKind::Boolean => match value {
            value if value.is("true") || value.is("yes") => Ok(Stated::Bool(true)),
            value if value.is("false") || value.is("no") => Ok(Stated::Bool(false)),
            value => Err(wrong(fact, value, "`true` or `false`")),
        },
        FactKind::Integer => range(fact, value, 1),
        FactKind::Decimal => range(fact, value, DECIMAL_UNIT),
        FactKind::Date => read_date(value).map(|date| Stated::Bounds(date.in_days())),
        FactKind::Word => match fact
            .values
            .iter()
            .find(|word| value.text.eq_ignore_ascii_case(word))
        {
            Some(word) => Ok(Stated::Word(word.clone())),
            None => Err(wrong(
                fact,
                value,
                &format!("one of: {}", fact.values.join(", ")),
            )),
        },
    }
}

fn range(fact: &FactEntry, value: Piece<'_>, scale: i64) -> Result<Stated, Diagnostic> {
    let (bounds, rest) = number::read(value, scale)?;
    let rest = rest.trim();
    if !rest.is_empty() && fact.unit.as_deref() != Some(rest.text) {
        let wanted = match &fact.unit {
            Some(unit) => format!("a number in {unit}"),
            None => "a number alone".to_owned(),
        };
        return Err(wrong(fact, value, &wanted));
    }
    let inside = |end: i64| {
        let above = fact.min.is_none_or(|min| end >= min.saturating_mul(scale));
        above && fact.max.is_none_or(|max| end <= max.saturating_mul(scale))
    };
    let Bounds { low, high } = bounds;
    if low.is_some_and(|low| !inside(low)) || high.is_some_and(|high| !inside(high)) {
        return Err(out_of_range(fact, value));
    }
    Ok(Stated::Bounds(bounds))
}

fn wrong(fact: &FactEntry, value: Piece<'_>, wanted: &str) -> Diagnostic {
    let shown = if value.is_empty() {
        "nothing"
    } else {
        value.text
    };
    Diagnostic::error(
        "chart-fact-type",
        format!("`{shown}` is no value of `{}`", fact.id),
    )
    .at(value.span())
    .help(format!(
        "write {wanted}; leave the line out where it is not known"
    ))
}

//! An expression on one line, with no more parentheses than it needs.

use crate::syntax::lexer::is_plain_identifier;
use crate::syntax::precedence;
use crate::syntax::tree::{
    Expr, ExprKind, Limit, Literal, Name, Phrase, Quantity, Query, Relation, SortKey, TimeUnit,
    UnaryOp, Unit,
};

/// Binds more loosely than every operator: needs parentheses except at the top or between keywords of its own.
const OPEN: u8 = 0;

/// The level of an expression: where a tighter one is asked for it needs parentheses.
pub(super) fn level(expr: &Expr) -> u8 {
    match &expr.kind {
        ExprKind::Error
        | ExprKind::Literal(_)
        | ExprKind::Name(_)
        | ExprKind::Case { .. }
        | ExprKind::Interval { .. }
        | ExprKind::List { .. }
        | ExprKind::Tuple(_)
        | ExprKind::Call { .. }
        | ExprKind::Property { .. }
        | ExprKind::Index { .. }
        | ExprKind::Retrieve { .. } => precedence::ATOM,
        ExprKind::And(_) => precedence::AND,
        ExprKind::Or(_) => precedence::OR,
        ExprKind::Unary(UnaryOp::Distinct | UnaryOp::Flatten, _)
        | ExprKind::If { .. }
        | ExprKind::Query(_) => OPEN,
        ExprKind::Unary(op, _) => precedence::of_unary(*op),
        ExprKind::Binary(op, ..) => precedence::of_binary(*op),
        ExprKind::As { strict: true, .. } => precedence::CAST,
        ExprKind::Is { .. } | ExprKind::As { .. } | ExprKind::IsType { .. } => precedence::TYPE,
        ExprKind::Convert { .. }
        | ExprKind::Extreme { .. }
        | ExprKind::DurationOf { .. }
        | ExprKind::Component { .. } => precedence::SIGN,
        ExprKind::Between { .. } | ExprKind::DurationBetween { .. } => precedence::BETWEEN,
        ExprKind::Timing { .. } => precedence::TIMING,
    }
}

/// The text of an expression that stands where `least` is asked for.
pub(super) fn inline(expr: &Expr, least: u8) -> String {
    let text = bare(expr);
    if level(expr) < least {
        format!("({text})")
    } else {
        text
    }
}

fn bare(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Error => "?".to_owned(),
        ExprKind::Literal(value) => literal(value),
        ExprKind::Name(text) => quoted(text),
        ExprKind::And(operands) => joined(operands, precedence::AND + 1, " and "),
        ExprKind::Or(operands) => joined(operands, precedence::OR + 1, " or "),
        ExprKind::Unary(op @ (UnaryOp::Negate | UnaryOp::Plus), operand) => {
            format!("{}{}", op.word(), inline(operand, precedence::SIGN))
        }
        ExprKind::Unary(op, operand) => format!("{} {}", op.word(), inline(operand, level(expr))),
        ExprKind::Binary(op, left, right) => {
            let level = precedence::of_binary(*op);
            format!(
                "{} {} {}",
                inline(left, level),
                op.word(),
                inline(right, level + 1)
            )
        }
        ExprKind::Is {
            operand,
            negated,
            test,
        } => {
            let not = if *negated { "not " } else { "" };
            format!(
                "{} is {not}{}",
                inline(operand, precedence::TYPE),
                test.word()
            )
        }
        ExprKind::As {
            operand,
            ty,
            strict,
        } => {
            let cast = if *strict { "cast " } else { "" };
            format!("{cast}{} as {ty}", inline(operand, precedence::TYPE))
        }
        ExprKind::IsType { operand, ty } => {
            format!("{} is {ty}", inline(operand, precedence::TYPE))
        }
        ExprKind::Convert { operand, ty } => format!("convert {} to {ty}", inline(operand, OPEN)),
        ExprKind::Between {
            operand,
            low,
            high,
            properly,
        } => {
            let properly = if *properly { "properly " } else { "" };
            let operand = inline(operand, precedence::BETWEEN);
            format!(
                "{operand} {properly}between {} and {}",
                term(low),
                term(high)
            )
        }
        ExprKind::Timing {
            left,
            phrase,
            right,
        } => {
            let (left, right) = (
                inline(left, precedence::TIMING),
                inline(right, precedence::TIMING + 1),
            );
            format!("{left} {} {right}", phrase_text(phrase))
        }
        ExprKind::DurationBetween {
            difference,
            unit,
            from,
            to,
        } => {
            let difference = if *difference { "difference in " } else { "" };
            format!(
                "{difference}{}s between {} and {}",
                unit.word(),
                term(from),
                term(to)
            )
        }
        ExprKind::DurationOf {
            difference,
            unit,
            operand,
        } => {
            let word = if *difference {
                "difference"
            } else {
                "duration"
            };
            format!(
                "{word} in {}s of {}",
                unit.word(),
                inline(operand, precedence::SIGN)
            )
        }
        ExprKind::Component { part, operand } => {
            format!("{part} from {}", inline(operand, precedence::SIGN))
        }
        ExprKind::If {
            condition,
            then,
            otherwise,
        } => {
            let [condition, then, otherwise] =
                [condition, then, otherwise].map(|part| inline(part, OPEN));
            format!("if {condition} then {then} else {otherwise}")
        }
        ExprKind::Case {
            subject,
            arms,
            otherwise,
        } => {
            let subject = subject
                .iter()
                .map(|subject| format!(" {}", inline(subject, OPEN)));
            let arms = arms.iter().map(|(when, then)| {
                format!(" when {} then {}", inline(when, OPEN), inline(then, OPEN))
            });
            let inside: String = subject.chain(arms).collect();
            format!("case{inside} else {} end", inline(otherwise, OPEN))
        }
        ExprKind::Interval {
            low,
            high,
            low_closed,
            high_closed,
        } => {
            let (open, close) = (
                if *low_closed { '[' } else { '(' },
                if *high_closed { ']' } else { ')' },
            );
            format!("Interval{open}{}, {}{close}", item(low), item(high))
        }
        ExprKind::List { ty, items } => {
            let ty = ty
                .iter()
                .map(|ty| format!("List<{ty}>"))
                .collect::<String>();
            let items = joined(items, precedence::SET, ", ");
            if items.is_empty() {
                format!("{ty}{{}}")
            } else {
                format!("{ty}{{ {items} }}")
            }
        }
        ExprKind::Tuple(fields) if fields.is_empty() => "Tuple {}".to_owned(),
        ExprKind::Tuple(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{}: {}", member(name), item(value)))
                .collect();
            format!("Tuple {{ {} }}", fields.join(", "))
        }
        ExprKind::Call {
            target,
            name,
            arguments,
        } => {
            let target = target
                .iter()
                .map(|target| format!("{}.", inline(target, precedence::ATOM)))
                .collect::<String>();
            format!(
                "{target}{}({})",
                identifier(name),
                joined(arguments, precedence::SET, ", ")
            )
        }
        ExprKind::Property { target, name } => {
            format!("{}.{}", inline(target, precedence::ATOM), member(name))
        }
        ExprKind::Index { target, index } => format!(
            "{}[{}]",
            inline(target, precedence::ATOM),
            inline(index, OPEN)
        ),
        ExprKind::Extreme { greatest, ty } => {
            format!("{} {ty}", if *greatest { "maximum" } else { "minimum" })
        }
        ExprKind::Retrieve { ty, path, codes } => {
            let ty = dotted(&ty.text);
            match (path, codes) {
                (Some((path, comparator)), Some(codes)) => {
                    format!("[{ty}: {} {comparator} {}]", member(path), item(codes))
                }
                // In parentheses, so that an operator in the codes is not read as a path.
                (None, Some(codes)) => format!("[{ty}: {}]", inline(codes, precedence::ATOM)),
                (_, None) => format!("[{ty}]"),
            }
        }
        ExprKind::Query(query) => query_text(query),
    }
}

fn joined(operands: &[Expr], least: u8, separator: &str) -> String {
    operands
        .iter()
        .map(|operand| inline(operand, least))
        .collect::<Vec<_>>()
        .join(separator)
}

fn term(expr: &Expr) -> String {
    inline(expr, precedence::ADDITION)
}

/// Between commas a query, an `if` and the like need parentheses.
fn item(expr: &Expr) -> String {
    inline(expr, precedence::SET)
}

/// Whether a name needs no quotes.
pub(crate) fn is_bare(word: &str) -> bool {
    is_plain_identifier(word) && !precedence::is_reserved(word)
}

fn identifier(name: &Name) -> String {
    if is_bare(&name.text) {
        name.text.clone()
    } else {
        quoted(&name.text)
    }
}

/// A name where words of the language are names too, as after a dot.
fn member(name: &Name) -> String {
    if is_plain_identifier(&name.text) {
        name.text.clone()
    } else {
        quoted(&name.text)
    }
}

/// A name that may have dots.
pub(super) fn dotted(name: &str) -> String {
    if name.split('.').all(is_bare) {
        name.to_owned()
    } else {
        quoted(name)
    }
}

/// A name of a fact or a definition, always in double quotes.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", escaped(name, '"'))
}

pub(super) fn escaped(text: &str, quote: char) -> String {
    let mut escaped = String::with_capacity(text.len());
    for next in text.chars() {
        match next {
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            '\u{c}' => escaped.push_str("\\f"),
            _ if next == quote => escaped.extend(['\\', next]),
            _ => escaped.push(next),
        }
    }
    escaped
}

fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Null => "null".to_owned(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::Long(value) => format!("{value}L"),
        Literal::Decimal(digits) => digits.clone(),
        Literal::String(text) => format!("'{}'", escaped(text, '\'')),
        Literal::Date(text) | Literal::DateTime(text) => format!("@{text}"),
        Literal::Time(text) => format!("@T{text}"),
        Literal::Quantity(value) => quantity(value),
        Literal::Ratio(numerator, denominator) => {
            format!("{}:{}", quantity(numerator), quantity(denominator))
        }
    }
}

fn quantity(quantity: &Quantity) -> String {
    match &quantity.unit {
        None => quantity.number.clone(),
        Some(Unit::Calendar(unit)) => {
            let plural = if quantity.number == "1" { "" } else { "s" };
            format!("{} {}{plural}", quantity.number, unit.word())
        }
        Some(Unit::Ucum(code)) => format!("{} '{}'", quantity.number, escaped(code, '\'')),
    }
}

/// The phrase between the operands of a timing expression.
pub(crate) fn phrase_text(phrase: &Phrase) -> String {
    let mut words: Vec<String> = Vec::new();
    words.extend(phrase.left_edge.map(|edge| edge.word().to_owned()));
    let precision = phrase.precision.map(TimeUnit::word);
    let properly = |properly: bool, word: &str| {
        if properly {
            format!("properly {word}")
        } else {
            word.to_owned()
        }
    };
    let directed = |word: &str, direction: &Option<crate::syntax::tree::Direction>| match direction
    {
        Some(direction) => format!("{word} {}", direction.word()),
        None => word.to_owned(),
    };
    match &phrase.relation {
        Relation::Same(direction) => {
            words.push("same".to_owned());
            words.extend(precision.map(str::to_owned));
            words.push(direction.map_or("as".to_owned(), |direction| {
                format!("or {}", direction.word())
            }));
        }
        Relation::Relative {
            offset,
            direction,
            inclusive,
        } => {
            words.extend(offset.as_ref().map(|offset| {
                let length = quantity(&offset.quantity);
                match offset.limit {
                    Limit::Exactly => length,
                    Limit::OrMore => format!("{length} or more"),
                    Limit::OrLess => format!("{length} or less"),
                    Limit::LessThan => format!("less than {length}"),
                    Limit::MoreThan => format!("more than {length}"),
                }
            }));
            words.push(if *inclusive {
                format!("on or {}", direction.word())
            } else {
                direction.word().to_owned()
            });
        }
        Relation::Within {
            properly: flag,
            quantity: length,
        } => {
            words.push(properly(*flag, "within"));
            words.push(format!("{} of", quantity(length)));
        }
        Relation::Includes { properly: flag } => words.push(properly(*flag, "includes")),
        Relation::During { properly: flag } => words.push(properly(*flag, "during")),
        Relation::Meets(direction) => words.push(directed("meets", direction)),
        Relation::Overlaps(direction) => words.push(directed("overlaps", direction)),
        Relation::Starts => words.push("starts".to_owned()),
        Relation::Ends => words.push("ends".to_owned()),
        Relation::In => words.push("in".to_owned()),
        Relation::Contains => words.push("contains".to_owned()),
    }
    if !matches!(phrase.relation, Relation::Same(_)) {
        words.extend(precision.map(|unit| format!("{unit} of")));
    }
    words.extend(phrase.right_edge.map(|edge| edge.word().to_owned()));
    words.join(" ")
}

fn query_text(query: &Query) -> String {
    let plain = matches!(&query.sources[..], [(source, _)] if has_clause(query) || matches!(source.kind, ExprKind::Retrieve { .. }));
    let mut text = if plain {
        String::new()
    } else {
        "from ".to_owned()
    };
    let sources: Vec<String> = query
        .sources
        .iter()
        .map(|(source, alias)| format!("{} {}", source_text(source), identifier(alias)))
        .collect();
    text.push_str(&sources.join(", "));
    if !query.lets.is_empty() {
        let lets: Vec<String> = query
            .lets
            .iter()
            .map(|(name, value)| format!("{}: {}", identifier(name), item(value)))
            .collect();
        text.push_str(&format!(" let {}", lets.join(", ")));
    }
    for inclusion in &query.inclusions {
        let word = if inclusion.negated { "without" } else { "with" };
        let (source, alias) = (source_text(&inclusion.source), identifier(&inclusion.alias));
        text.push_str(&format!(
            " {word} {source} {alias} such that {}",
            item(&inclusion.condition)
        ));
    }
    if let Some(condition) = &query.condition {
        text.push_str(&format!(" where {}", item(condition)));
    }
    if let Some((distinct, value)) = &query.result {
        let quantifier = match distinct {
            Some(true) => "distinct ",
            Some(false) => "all ",
            None => "",
        };
        text.push_str(&format!(" return {quantifier}{}", item(value)));
    }
    match &query.sort[..] {
        [] => {}
        [
            SortKey {
                by: None,
                descending,
            },
        ] => {
            text.push_str(if *descending {
                " sort desc"
            } else {
                " sort asc"
            });
        }
        keys => {
            let keys: Vec<String> = keys
                .iter()
                .map(|key| {
                    let by = key.by.as_ref().map(term).unwrap_or_default();
                    if key.descending {
                        format!("{by} desc")
                    } else {
                        by
                    }
                })
                .collect();
            text.push_str(&format!(" sort by {}", keys.join(", ")));
        }
    }
    text
}

fn has_clause(query: &Query) -> bool {
    !query.lets.is_empty()
        || !query.inclusions.is_empty()
        || query.condition.is_some()
        || query.result.is_some()
        || !query.sort.is_empty()
}

/// A source is a retrieve, a dotted name or in parentheses.
fn source_text(source: &Expr) -> String {
    match &source.kind {
        ExprKind::Retrieve { .. } | ExprKind::Name(_) => inline(source, OPEN),
        _ => format!("({})", inline(source, OPEN)),
    }
}

//! `waymark kb review`

use crate::failure::Failure;
use crate::knowledge;
use std::io::Write;
use std::path::Path;
use waymark_criteria::Date;
use waymark_engine::bundle::Review;

/// Lists overdue reviews and those that are due soon, and counts what no second person has reviewed.
pub(crate) fn run(dir: Option<&Path>, today: Date, within: u16) -> Result<(), Failure> {
    let bundle = knowledge::bundle(dir)?;
    let reviews = bundle.reviews();
    let soon = Date::from_days(today.to_days() + i64::from(within));
    let due = |review: &Review| Date::parse(&review.due);
    let between = |from: Option<Date>, to: Date| {
        let mut listed: Vec<(&str, &str)> = reviews
            .iter()
            .filter(|(_, review)| {
                due(review).is_some_and(|due| due < to && from.is_none_or(|from| due >= from))
            })
            .map(|(id, review)| (review.due.as_str(), *id))
            .collect();
        listed.sort_unstable();
        listed
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (heading, listed) in [
        (format!("overdue on {today}"), between(None, today)),
        (
            format!("due within {within} days"),
            between(Some(today), soon),
        ),
    ] {
        writeln!(out, "{heading}: {}", listed.len())?;
        for (due, id) in listed {
            writeln!(out, "  {due}  {id}")?;
        }
    }
    let alone = reviews
        .iter()
        .filter(|(_, review)| review.reviewers.is_empty());
    writeln!(
        out,
        "without a named second reviewer: {} of {} entries",
        alone.count(),
        reviews.len()
    )?;
    if let Some((next, id)) = reviews.iter().map(|(id, review)| (&review.due, id)).min() {
        writeln!(out, "the first review is due on {next} ({id})")?;
    }
    out.flush()?;
    Ok(())
}

//! Every entry was reviewed on a day and is due again on a later one.

use crate::Options;
use crate::base::Base;
use crate::entry::Entry;
use waymark_criteria::{Date, Diagnostic, Severity};

pub(super) fn check(base: &Base, options: &Options, problems: &mut Vec<Diagnostic>) {
    for entry in &base.entries {
        let (Some(on), Some(due)) = (entry.head.text("review.on"), entry.head.text("review.due"))
        else {
            continue;
        };
        let (Some(reviewed), Some(next)) = (Date::parse(&on.value), Date::parse(&due.value)) else {
            continue;
        };
        if next <= reviewed {
            let message = format!("the next review, {next}, is not after the last, {reviewed}");
            problems.push(entry.error("review-order", due.span, message));
        }
        check_reviewers(entry, reviewed, problems);
        let Some(today) = options.today else { continue };
        if reviewed > today {
            let message = format!("the review of {reviewed} has not happened by {today}");
            problems.push(entry.error("review-in-future", on.span, message));
        }
        if next < today {
            let message = format!("the review was due on {next}");
            let severity = if options.release {
                Severity::Error
            } else {
                Severity::Warning
            };
            let problem = entry.error("review-overdue", due.span, message);
            let problem = problem.help("review the entry, then set `on` and `due`");
            problems.push(Diagnostic {
                severity,
                ..problem
            });
        }
    }
}

/// A reviewer is another person than the author, and read the entry on or before the day of its review.
fn check_reviewers(entry: &Entry, reviewed: Date, problems: &mut Vec<Diagnostic>) {
    let author = entry.head.text("review.written-by");
    let of_reviewers = |key: &str| {
        let texts = entry.head.texts.iter();
        let key = key.to_owned();
        texts.filter(move |text| text.path.starts_with("review.reviewers.") && text.key == key)
    };
    for name in of_reviewers("name") {
        if author.is_some_and(|author| author.value == name.value) {
            let message = format!("{} wrote this entry and cannot review it", name.value);
            let problem = entry.error("reviewed-by-author", name.span, message);
            problems.push(problem.help("ask a second person"));
        }
    }
    for on in of_reviewers("on") {
        if Date::parse(&on.value).is_none_or(|day| day > reviewed) {
            let message = format!(
                "`{}` is no day on or before the last review, {reviewed}",
                on.value
            );
            let problem = entry.error("review-order", on.span, message);
            problems.push(
                problem.help(
                    "write the day as YYYY-MM-DD, and set `on` to the day of the last review",
                ),
            );
        }
    }
}
